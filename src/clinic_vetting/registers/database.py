"""The embedded database: SQLite from the standard library, and what can go wrong with it, in words."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from clinic_vetting.errors import RegisterError
from clinic_vetting.places import is_folder, is_hidden, is_possible, is_there
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
_TAKEN_AWAY: Final = (sqlite3.SQLITE_IOERR_FSTAT, sqlite3.SQLITE_READONLY_DBMOVED)
"""What SQLite says where another import, which failed, has taken the file away."""
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
        place: Where that was when it was opened, whatever the current folder is by now.
        connection: Its connection, which begins no transaction by itself.
        file: What tells its file from others; `None` where it is in none.
        is_made: Whether opening made the file.
    """

    path: str
    place: Path
    connection: sqlite3.Connection
    file: tuple[int, int] | None
    is_made: bool

    @contextlib.contextmanager
    def worded(self) -> Iterator[sqlite3.Connection]:
        """Word what can go wrong with the database."""
        with _worded(self.path):
            yield self.connection

    def check_in_place(self) -> None:
        """Refuse to write where another file stands at its path by now: what is written would be lost.

        Raises:
            RegisterError: It is so.
        """
        if _file_at(self.place) != self.file:
            raise RegisterError(_of(self.path, "fault.registers.database.busy"))

    def close(self) -> None:
        """Close it. A file that opening made goes, where it holds nothing and nobody writes into it."""
        if self.is_made:
            with contextlib.suppress(sqlite3.Error, OSError):
                self.connection.execute("PRAGMA busy_timeout = 0")
                self.connection.execute("BEGIN IMMEDIATE")
                if not is_founded(self.connection) and _file_at(self.place) == self.file:
                    self.place.resolve().unlink()
        self.connection.close()


def _file_at(place: Path) -> tuple[int, int] | None:
    try:
        status = place.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextlib.contextmanager
def _worded(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise RegisterError(_worded_as(path, error)) from None


def _worded_as(path: str, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None) or 0
    match code if code in _TAKEN_AWAY else code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_IOERR_FSTAT | sqlite3.SQLITE_READONLY_DBMOVED:
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
    if is_folder(name):
        raise RegisterError(_of(name, "fault.registers.database.folder"))
    if is_hidden(name) or not is_possible(name):
        raise RegisterError(_of(name, "fault.registers.database.closed"))
    is_made = not is_there(name)
    if is_made and not create:
        raise RegisterError(_of(name, "fault.registers.database.absent"))
    with _worded(name):
        connection = sqlite3.connect(name, timeout=_WAIT, isolation_level=None)
        try:
            _check(name, connection, create=create)
        except BaseException:
            connection.close()
            raise
    place = Path(name).absolute()
    return Database(name, place, connection, _file_at(place), is_made)


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
