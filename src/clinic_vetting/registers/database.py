"""The embedded database: SQLite from the standard library, and what can go wrong with it, in words."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from clinic_vetting.errors import RegisterError

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
_DAMAGED: Final = "is damaged; remove it and import the registers again"


def damaged(path: str) -> str:
    """Say that a database is damaged, and what to do about it."""
    return f"{path}: {_DAMAGED}"


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
        message = f"{path}: {_hint(error)}"
        raise RegisterError(message) from None


def _hint(error: sqlite3.Error) -> str:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another import is under way; try again when it has ended"
        case sqlite3.SQLITE_NOTADB:
            return "is no database of registers; give another --db, or import into a new one"
        case sqlite3.SQLITE_CORRUPT:
            return _DAMAGED
        case sqlite3.SQLITE_FULL:
            return "there is no room left on the disk; nothing was changed"
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "cannot be opened or written"
        case _:
            told = str(error)
            return _DAMAGED if "decode" in told or not told.isprintable() else told


def open_database(path: str | Path, *, create: bool = False) -> Database:
    """Open a database; only one that is to be created may be absent.

    Raises:
        RegisterError: It is absent, damaged, of another version of the library, or none of ours.
    """
    name = str(path)
    if Path(name).is_dir():
        message = f"{name}: is a folder; expected a database of registers"
        raise RegisterError(message)
    if not create and not Path(name).exists():
        message = f"{name}: there is no such database; make it with 'clinic-vetting register import'"
        raise RegisterError(message)
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
            message = f"{name}: is empty; make it with 'clinic-vetting register import'"
            raise RegisterError(message)
        _found(connection)
    elif application != APPLICATION:
        message = f"{name}: is no database of registers; give another --db, or import into a new one"
        raise RegisterError(message)
    elif version > VERSION:
        message = f"{name}: is of a newer clinic-vetting (form {version}, known: {VERSION}); upgrade"
        raise RegisterError(message)
    elif version < VERSION:
        message = f"{name}: is of an older clinic-vetting (form {version}, known: {VERSION}); import into a new one"
        raise RegisterError(message)
    elif not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'snapshots'").fetchone():
        raise RegisterError(damaged(name))


def _found(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(_TABLES)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
