"""`register`: snapshots of official registers, imported into a database and listed."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic_vetting.commands.options import GIVEN, UNREADABLE, day, tell, today
from clinic_vetting.errors import RegisterError
from clinic_vetting.reports.harmless import harmless

if TYPE_CHECKING:
    from clinic_vetting.errors import Fault
    from clinic_vetting.registers import Snapshot

_TOLD = 20
"""Rows that cannot be read are listed one by one up to here; `--errors` has all of them."""
_AHEAD = dt.timedelta(days=366)


def add(commands: Any) -> None:
    """Add `register` with its own commands."""
    register = commands.add_parser("register", help="import or list official registers").add_subparsers(
        required=True, metavar="COMMAND"
    )
    command = register.add_parser("import", help="import a register's file as its snapshot of a day")
    command.add_argument("kind", metavar="KIND", help="such as leie; 'register kinds' lists them")
    command.add_argument("file", metavar="FILE", help="as the publisher gives it; plain, gzip, or a table in a zip")
    command.add_argument("--as-of", type=day, required=True, metavar="DATE", help="the day of which the file tells")
    command.add_argument("--map", metavar="FILE", help="the column map of a table of your own (kind csv)")
    command.add_argument("--whole", action="store_true", help="it is the whole register: absence counts (kind leie)")
    command.add_argument("--fewer", action="store_true", help="it is right, though far fewer rows than the one before")
    command.add_argument("--errors", metavar="FILE", help="all rows that cannot be read (default: tell of the first)")
    _add_database(command)
    command.set_defaults(run=_import)
    command = register.add_parser("list", help="list the snapshots in a database")
    _add_database(command)
    command.set_defaults(run=_list)
    register.add_parser("kinds", help="list the kinds of registers that can be imported").set_defaults(run=_kinds)


def _add_database(command: argparse.ArgumentParser) -> None:
    command.add_argument("--db", required=True, metavar="PATH", help="the database of registers")


def _import(chosen: argparse.Namespace) -> int:
    from clinic_vetting.batch.meter import Meter  # noqa: PLC0415 - only this command needs it
    from clinic_vetting.registers import Registers, kinds  # noqa: PLC0415 - only these commands need a database
    from clinic_vetting.registers.column_map import read_map  # noqa: PLC0415

    kinds.find(chosen.kind)
    _near(chosen.as_of)
    meters, notes = list[Meter](), list[str]()

    def progress(intake: Any, rows: int) -> None:
        if not meters:
            meters.append(Meter(intake, 0))
        meters[0].show(rows)

    options = {} if chosen.map is None else read_map(chosen.map)
    _spare(chosen)
    with _refusals(chosen.errors) as refusals, Registers.open(chosen.db, create=True) as registers:
        try:
            done = registers.add(
                chosen.kind,
                chosen.file,
                chosen.as_of,
                options=options,
                whole=chosen.whole,
                fewer=chosen.fewer,
                tell=refusals.tell,
                progress=progress,
                note=notes.append,
            )
        finally:
            for each in meters:
                each.close()
    refusals.close()
    for note in notes:
        tell(harmless(note))
    print(_line(done))
    return UNREADABLE if done.refused else GIVEN


def _near(as_of: dt.date) -> None:
    """Refuse a day that lies so far ahead that no verdict would ever use what is imported.

    Raises:
        RegisterError: It does.
    """
    if as_of - today() > _AHEAD:
        message = f"--as-of {as_of}: lies more than a year ahead; give the day of which the file tells"
        raise RegisterError(message)


def _spare(chosen: argparse.Namespace) -> None:
    """Refuse to write over what is read.

    Raises:
        RegisterError: Two of the files are one.
    """
    given = {"the register's file": chosen.file, "--db": chosen.db, "--map": chosen.map, "--errors": chosen.errors}
    for (one, first), (other, second) in combinations(given.items(), 2):
        if first and second and _are_one(first, second):
            message = f"{second}: {one} and {other} are the same file; give another"
            raise RegisterError(message)


def _are_one(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return Path(one).absolute() == Path(other).absolute()


class _Refusals:
    """Tells of rows that cannot be read: the first few, or all of them into a file."""

    def __init__(self, file: Any) -> None:
        self._file, self._count = file, 0

    def tell(self, fault: Fault) -> None:
        """Tell of one."""
        self._count += 1
        if self._file is not None:
            print(fault, file=self._file)
        elif self._count <= _TOLD:
            tell(str(fault))

    def close(self) -> None:
        """Tell how many were not told."""
        if self._file is None and self._count > _TOLD:
            tell(f"and {self._count - _TOLD:,} more rows that cannot be read; --errors FILE lists them all")


@contextlib.contextmanager
def _refusals(path: str | None) -> Iterator[_Refusals]:
    if path is None:
        yield _Refusals(None)
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123, SIM115
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise RegisterError(message) from None
    with file:
        yield _Refusals(file)


def _list(chosen: argparse.Namespace) -> int:
    from clinic_vetting.registers import Registers  # noqa: PLC0415 - only these commands need a database

    with Registers.open(chosen.db) as registers:
        for each in registers.snapshots():
            print(_line(each))
    return GIVEN


def _kinds(_: argparse.Namespace) -> int:
    from clinic_vetting.registers import kinds  # noqa: PLC0415 - only these commands need a database

    for each in map(kinds.find, kinds.names()):
        print(f"{each.name:<20}{each.title}")
    return GIVEN


def _line(snapshot: Snapshot) -> str:
    refused = f", not read {snapshot.refused:,}" if snapshot.refused else ""
    whole = ", complete: absence counts" if snapshot.complete and snapshot.options.get("whole") else ""
    told = f"{snapshot.register}  {snapshot.as_of}  rows {snapshot.rows:,}{refused}{whole}  {snapshot.file}"
    return harmless(told) if sys.stdout is not None else told
