"""The embedded database: SQLite from the standard library, and what can go wrong with it, in words."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from clinic_vetting.errors import RegisterError
from clinic_vetting.words import told

APPLICATION: Final = 0x436C5672
"""Marks a file as a database of registers (`ClVr`)."""
VERSION: Final = 2
"""The version of the database's form that this library reads and writes; since 2 it holds how names may be spelt."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS snapshots (
    id INTEGER PRIMARY KEY, register TEXT NOT NULL, kind TEXT NOT NULL, as_of TEXT NOT NULL, file TEXT NOT NULL,
    rows INTEGER NOT NULL, refused INTEGER NOT NULL, complete INTEGER NOT NULL, options TEXT NOT NULL,
    UNIQUE (register, as_of)
)
"""
_WAIT: Final = 5.0
"""Seconds to wait for another who is writing."""


def damaged(path: str) -> str:
    """Say that a database is damaged, and what to do about it."""
    return _of(path, "fault.registers.database.damaged")


def _of(path: str, message: str, **values: object) -> str:
    return told("fault.registers.database.line", path=path, fault=told(message, **values))


@frozen
class Database:
    """An open database.

    Attributes:
        path: As it was given.
        connection: Its connection, which begins no transaction by itself.
    """

    path: str
    connection: sqlite3.Connection

    @contextlib.contextmanager
    def worded(self) -> Iterator[sqlite3.Connection]:
        """Word what can go wrong with the database."""
        with _worded(self.path):
            yield self.connection


@contextlib.contextmanager
def _worded(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise RegisterError(_worded_as(path, error)) from None


def _worded_as(path: str, error: sqlite3.Error) -> str:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _of(path, "fault.registers.database.busy")
        case sqlite3.SQLITE_NOTADB:
            return _of(path, "fault.registers.database.none_of_ours")
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path)
        case sqlite3.SQLITE_FULL:
            return _of(path, "fault.registers.database.full")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _of(path, "fault.registers.database.closed")
        case _:
            why = str(error)
            return damaged(path) if "decode" in why or not why.isprintable() else f"{path}: {why}"


def open_database(path: str | Path, *, create: bool = False) -> Database:
    """Open a database; only one that is to be created may be absent, and is founded with its first import.

    Raises:
        RegisterError: It is absent, damaged, of another version of the library, or none of ours.
    """
    name = str(path)
    if Path(name).is_dir():
        raise RegisterError(_of(name, "fault.registers.database.folder"))
    if not create and not Path(name).exists():
        raise RegisterError(_of(name, "fault.registers.database.absent"))
    with _worded(name):
        connection = sqlite3.connect(name, timeout=_WAIT, isolation_level=None)
        try:
            _check(name, connection, create=create)
        except BaseException:
            connection.close()
            raise
    return Database(name, connection)


def _check(name: str, connection: sqlite3.Connection, *, create: bool) -> None:
    application, version = (
        connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("application_id", "user_version")
    )
    if (application, version) == (0, 0) and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        if not create:
            raise RegisterError(_of(name, "fault.registers.database.empty"))
        connection.execute("PRAGMA page_size = 16384")
    elif application != APPLICATION:
        raise RegisterError(_of(name, "fault.registers.database.none_of_ours"))
    elif version > VERSION:
        raise RegisterError(_of(name, "fault.registers.database.newer", form=version, known=VERSION))
    elif version < VERSION:
        raise RegisterError(_of(name, "fault.registers.database.older", form=version, known=VERSION))
    elif not is_founded(connection):
        raise RegisterError(damaged(name))


def is_founded(connection: sqlite3.Connection) -> bool:
    """Say whether there is a place for snapshots."""
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'snapshots'").fetchone())


def found(connection: sqlite3.Connection) -> None:
    """Make the place for snapshots, inside a transaction: if that fails, the file stays empty."""
    if is_founded(connection):
        return
    connection.execute(_TABLES)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
