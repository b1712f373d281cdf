"""A publisher's file becomes a snapshot: streamed, all or nothing.

Everything happens in one transaction. SQLite's rollback journal takes back whatever a killed import has written,
so that the old snapshot stands. Keys are sorted once at the end, in SQLite's own bounded memory.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers.database import Database, found
from clinic_vetting.registers.intake import Intake, open_intake
from clinic_vetting.registers.register import UNIT, RegisterKind
from clinic_vetting.registers.rows import Fields, fact
from clinic_vetting.words import told

CHUNK: Final = 500
"""Rows that are written at once."""
_AT_ONCE: Final = 50
"""Pairs that are inserted with one statement."""
_MOST_TABLES: Final = 10


@frozen
class Heard:
    """Who hears of rows that cannot be read, of how many were, and of what else is to be known."""

    tell: Callable[[Fault], None]
    progress: Callable[[Intake, int], None]
    note: Callable[[str], None] = lambda _: None


def load(  # noqa: PLR0913, PLR0917 - the one place where all of it comes together
    database: Database,
    kind: RegisterKind,
    path: str | Path,
    as_of: dt.date,
    options: Mapping[str, Any],
    heard: Heard,
    enough: Callable[[int], None] = lambda _: None,
) -> int:
    """Import a file; give the snapshot's id. `enough` refuses too few rows, of which those not read are some.

    Raises:
        InputError: The file cannot be used, or not one of its rows.
        RegisterError: The database cannot be used, or the rows are too few.
    """
    with contextlib.closing(open_intake(path, options)) as intake, _transaction(database) as connection, _uncollected():
        _tell_tables(intake, heard)
        number = _begun(connection, str(options.get("register", kind.name)), kind, as_of, intake)
        rows, refused = _written(connection, number, kind, intake, heard)
        if not rows:
            none = told("fault.registers.no_row", rows=refused) if refused else told("fault.registers.header_alone")
            intake.refuse(told("fault.registers.rows"), none)
        enough(rows + refused)
        _index(connection, number)
        connection.execute(
            "UPDATE snapshots SET rows = ?, refused = ?, complete = ? WHERE id = ?",
            (rows, refused, intake.complete and not refused, number),
        )
    return number


def _tell_tables(intake: Intake, heard: Heard) -> None:
    """Tell of tables of a zip that are left out; a whole register is one table."""
    if not intake.beside:
        return
    left = ", ".join(map(shown, intake.beside[:_MOST_TABLES]))
    if intake.whole:
        expected, got = told("fault.registers.one_table"), told("fault.registers.other_tables", tables=left)
        intake.refuse(expected, got, told("fault.registers.unpack_list"))
    heard.note(told("note.register.left_out", file=shown(intake.name), tables=left))


@contextlib.contextmanager
def _transaction(database: Database) -> Iterator[sqlite3.Connection]:
    with database.worded() as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            database.check_in_place()
            found(connection)
            yield connection
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: rows have none, and a tenth of the time would go into looking."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        (gc.enable if was else gc.disable)()


def _begun(connection: sqlite3.Connection, register: str, kind: RegisterKind, as_of: dt.date, intake: Intake) -> int:
    """Make room for a snapshot in the place of one of the same register and day."""
    same = (register, as_of.isoformat())
    for (old,) in connection.execute("SELECT id FROM snapshots WHERE register = ? AND as_of = ?", same).fetchall():
        connection.execute(f"DROP TABLE rows_{old}")
        connection.execute(f"DROP TABLE keys_{old}")
        connection.execute("DELETE FROM snapshots WHERE id = ?", (old,))
    options = json.dumps(dict(intake.options), sort_keys=True)
    made = connection.execute(
        "INSERT INTO snapshots (register, kind, as_of, file, rows, refused, complete, options)"
        " VALUES (?, ?, ?, ?, 0, 0, 0, ?)",
        (register, kind.name, as_of.isoformat(), Path(intake.name).name, options),
    )
    number = made.lastrowid or 0
    connection.execute(f"CREATE TABLE rows_{number} (place INTEGER PRIMARY KEY, facts TEXT NOT NULL)")
    connection.execute(f"CREATE TABLE keys_{number} (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID")
    return number


def _written(
    connection: sqlite3.Connection, number: int, kind: RegisterKind, intake: Intake, heard: Heard
) -> tuple[int, int]:
    """Write rows as they are read, and their keys aside; give how many there were, and how many not."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS unsorted (key TEXT, place INTEGER)")
    connection.execute("DELETE FROM unsorted")
    rows, refused, found = 0, 0, kind.read(intake)
    heard.progress(intake, 0)
    while chunk := list(islice(found, CHUNK)):
        good = [each for each in chunk if not isinstance(each, Fault)]
        refused += len(chunk) - len(good)
        for each in chunk if len(good) < len(chunk) else ():
            if isinstance(each, Fault):
                heard.tell(each)
        rows += len(good)
        _write(connection, number, good)
        heard.progress(intake, rows)
    return rows, refused


def _write(connection: sqlite3.Connection, number: int, rows: list[Fields]) -> None:
    facts = _joined(rows)
    if not _is_plain("".join(facts), sum([len(each) - 1 for _, _, each in rows])):
        rows = [_plain(*each) for each in rows]
        facts = _joined(rows)
    places = [place for place, _, _ in rows]
    _insert(connection, f"rows_{number}", list(chain.from_iterable(zip(places, facts, strict=True))))
    _insert(connection, "unsorted", [each for place, keys, _ in rows for key in keys for each in (key, place)])


def _joined(rows: list[Fields]) -> list[str]:
    return [UNIT.join(facts) for _, _, facts in rows]


def _plain(place: int, keys: tuple[str, ...], facts: tuple[str, ...]) -> Fields:
    """Give a row; one with what parts facts, or is no character, is made of facts first."""
    if _is_plain(UNIT.join(facts), len(facts) - 1):
        return place, keys, facts
    return place, tuple(map(fact, keys)), tuple(map(fact, facts))


def _is_plain(joined: str, units: int) -> bool:
    return joined.isascii() and joined.count(UNIT) == units and "\0" not in joined


def _insert(connection: sqlite3.Connection, table: str, values: list[str | int]) -> None:
    """Insert pairs, many with a statement, which takes half the time of one with each."""
    for at in range(0, len(values), 2 * _AT_ONCE):
        part = values[at : at + 2 * _AT_ONCE]
        marks = ", ".join(["(?, ?)"] * (len(part) // 2))
        connection.execute(f"INSERT INTO {table} VALUES {marks}", part)  # noqa: S608 - a table of our own


def _index(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        f"INSERT OR IGNORE INTO keys_{number} SELECT key, place FROM unsorted ORDER BY key, place"  # noqa: S608
    )
    connection.execute("DELETE FROM unsorted")
