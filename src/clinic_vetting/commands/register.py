"""`register`: snapshots of official registers, imported into a database and listed."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic_vetting.commands.options import GIVEN, UNREADABLE, add_language, day, today
from clinic_vetting.commands.speaking import LANGUAGE, spoken, tell
from clinic_vetting.errors import RegisterError
from clinic_vetting.hints import unwritable
from clinic_vetting.words import joined, told, whole

if TYPE_CHECKING:
    from clinic_vetting.errors import Fault
    from clinic_vetting.registers import Snapshot

_TOLD = 20
"""Rows that cannot be read are listed one by one up to here; `--errors` has all of them."""
_AHEAD = dt.timedelta(days=366)


def add(commands: Any) -> None:
    """Add `register` with its own commands."""
    group = commands.add_parser("register", help="help.register.says")
    add_language(group, writes=False)
    register = group.add_subparsers(required=True, metavar="COMMAND")
    _add_import(register.add_parser("import", help="help.register.import.says"))
    command = register.add_parser("list", help="help.register.list")
    _add_database(command)
    command.set_defaults(run=_list)
    command = register.add_parser("kinds", help="help.register.kinds")
    add_language(command)
    command.set_defaults(run=_kinds)


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", metavar="KIND", help="help.register.import.kind")
    command.add_argument("file", metavar="FILE", help="help.register.import.file")
    command.add_argument("--as-of", type=day, required=True, metavar="DATE", help="help.register.import.as_of")
    command.add_argument("--map", metavar="FILE", help="help.register.import.map")
    command.add_argument("--whole", action="store_true", help="help.register.import.whole")
    command.add_argument("--fewer", action="store_true", help="help.register.import.fewer")
    command.add_argument("--errors", metavar="FILE", help="help.register.import.errors")
    _add_database(command)
    command.set_defaults(run=_import)


def _add_database(command: argparse.ArgumentParser) -> None:
    command.add_argument("--db", required=True, metavar="PATH", help="help.register.db")
    add_language(command)


def _import(chosen: argparse.Namespace) -> int:
    from clinic_vetting.batch.meter import Meter  # noqa: PLC0415 - only this command needs it
    from clinic_vetting.registers import Registers, kinds  # noqa: PLC0415 - only these commands need a database
    from clinic_vetting.registers.column_map import read_map  # noqa: PLC0415

    kinds.find(chosen.kind)
    _near(chosen.as_of)
    meters, notes = list[Meter](), list[str]()

    def progress(intake: Any, rows: int) -> None:
        if not meters:
            meters.append(Meter(intake, 0, language=LANGUAGE.get()))
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
        tell(note)
    print(_line(done))
    return UNREADABLE if done.refused else GIVEN


def _near(as_of: dt.date) -> None:
    """Refuse a day that lies so far ahead that no verdict would ever use what is imported.

    Raises:
        RegisterError: It does.
    """
    if as_of - today() > _AHEAD:
        raise RegisterError(told("fault.registers.ahead", day=as_of))


def _spare(chosen: argparse.Namespace) -> None:
    """Refuse to write over what is read.

    Raises:
        RegisterError: Two of the files are one.
    """
    given = {"": chosen.file, "--db": chosen.db, "--map": chosen.map, "--errors": chosen.errors}
    for (one, first), (other, second) in combinations(given.items(), 2):
        if first and second and _are_one(first, second):
            named = one or told("fault.registers.the_file")
            raise RegisterError(told("fault.registers.same_file", path=second, one=named, other=other))


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
            print(spoken(fault), file=self._file)
        elif self._count <= _TOLD:
            tell(fault)

    def close(self) -> None:
        """Tell how many were not told."""
        if self._file is None and self._count > _TOLD:
            tell(told("note.register.more", number=whole(self._count - _TOLD)))


@contextlib.contextmanager
def _refusals(path: str | None) -> Iterator[_Refusals]:
    if path is None:
        yield _Refusals(None)
        return
    try:
        file = open(path, "w", 1, encoding="utf-8", errors="backslashreplace")  # noqa: PTH123, SIM115
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None
    try:
        with file:
            yield _Refusals(file)
    except OSError as error:
        raise unwritable(path, error) from None


def _list(chosen: argparse.Namespace) -> int:
    from clinic_vetting.registers import Registers  # noqa: PLC0415 - only these commands need a database

    with Registers.open(chosen.db) as registers:
        held = registers.snapshots()
        for each in held:
            print(_line(each))
    if not held:
        tell(told("note.register.none", path=chosen.db))
    return GIVEN


def _kinds(_: argparse.Namespace) -> int:
    from clinic_vetting.registers import kinds  # noqa: PLC0415 - only these commands need a database

    for each in map(kinds.find, kinds.names()):
        print(f"{each.name:<20}{spoken(each.title or told('note.register.own_table'))}")
    return GIVEN


def _line(snapshot: Snapshot) -> str:
    is_whole = snapshot.complete and snapshot.options.get("whole")
    rows = told("note.register.holds", rows=whole(snapshot.rows))
    refused = told("note.register.refused", rows=whole(snapshot.refused)) if snapshot.refused else ""
    complete = told("note.register.complete") if is_whole else ""
    holds = joined(", ", rows, refused, complete)
    return spoken(joined("  ", snapshot.register, str(snapshot.as_of), holds, snapshot.file))
