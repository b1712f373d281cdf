"""`import csv`: a table of listings as one dossier a row."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field

from clinic_vetting import dossier
from clinic_vetting.commands.options import GIVEN, UNREADABLE, add_language, named
from clinic_vetting.commands.speaking import LANGUAGE, spoken, tell
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.words import joined, say, told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic_vetting.listings import Listed, Listings
    from clinic_vetting.listings.folder import Output

_MOST_PLACES: Final = 20
"""Lines that a note names one by one."""


def add(formats: Any) -> None:
    """Add `import csv`."""
    command = formats.add_parser("csv", help="help.import.csv.says", description="help.import.csv.description")
    command.add_argument("file", metavar="FILE", help="help.import.csv.file")
    command.add_argument("--map", required=True, metavar="MAP", help="help.import.csv.map")
    says = "help.import.csv.output"
    command.add_argument("--output", type=named, default="dossiers", metavar="DIR|FILE.ndjson", help=says)
    command.add_argument("--replace", action="store_true", help="help.import.csv.replace")
    add_language(command)
    command.set_defaults(run=_csv)


def _csv(chosen: argparse.Namespace) -> int:
    from clinic_vetting.listings import open_listings, read_listing_map  # noqa: PLC0415 - what only this needs
    from clinic_vetting.listings.folder import output  # noqa: PLC0415

    given = read_listing_map(chosen.map)
    table = open_listings(chosen.file, given)
    with output(chosen.output, replace=chosen.replace) as place:
        run = _Run(table, place)
        run.all(given)
    for each in run.summary(chosen.output):
        if chosen.output == "-":
            tell(each)
        else:
            print(spoken(each))
    return UNREADABLE if run.faults else GIVEN


@define(eq=False)
class _Run:
    table: Listings
    place: Output
    rows: int = 0
    written: int = 0
    blank: int = 0
    faults: int = 0
    bare: list[int] = field(factory=list)
    lines: dict[str, int] = field(factory=dict)

    def all(self, given: Any) -> None:
        """Write the dossier of each row, and tell of what cannot be read."""
        from clinic_vetting.listings import listed  # noqa: PLC0415

        for row in self.table.rows:
            self.rows += 1
            if isinstance(row, Fault):
                self._tell(evolve(row, hint=joined("; ", row.hint, _left_out())))
            else:
                self._one(listed(row, given, self.table.name))

    def _one(self, found: Listed) -> None:
        for fault in found.faults:
            self._tell(fault)
        self.blank += found.blank
        self.bare += [found.line] * found.bare
        if found.clinic is None:
            return
        if found.clinic.id in self.lines:
            self._tell(self._again(found.line, found.clinic.id))
            return
        self.lines[found.clinic.id] = found.line
        try:
            self.place.add(found.clinic.id, dossier.plain(found.clinic), self._comment(found))
            self.written += 1
        except InputError as error:
            self._tell(*error.faults)

    def _again(self, line: int, clinic: str) -> Fault:
        expected = told("fault.listings.id_once")
        got = told("fault.listings.id_taken", id=repr(clinic), line=self.lines[clinic])
        return Fault(self.table.name, line, "clinic.id", expected, got, _left_out())

    def _comment(self, found: Listed) -> str:
        file = harmless(ascii(self.table.name)[1:-1])
        return say(LANGUAGE.get(), "note.import.csv.heading", file=file, line=found.line)

    def _tell(self, *faults: Fault) -> None:
        self.faults += len(faults)
        for fault in faults:
            tell(fault)

    def summary(self, name: str) -> Iterator[str]:
        """Say what came of all rows."""
        rows = told("note.import.csv.rows", count=self.rows)
        blank = told("note.import.csv.blank", number=self.blank) if self.blank else ""
        given = {"rows": joined(", ", rows, blank), "dossiers": told("note.import.csv.dossiers", count=self.written)}
        yield told("note.import.csv.read", table=self.table.name, **given, place=name)
        if self.table.unread:
            yield told("note.import.csv.columns", columns=", ".join(self.table.unread))
        if self.table.short:
            yield told("note.import.csv.short", lines=_places(self.table.short))
        if self.bare:
            yield told("note.import.csv.bare", lines=_places(self.bare))
        if self.faults:
            yield told("note.import.csv.faults", number=self.faults)


def _left_out() -> str:
    return told("fault.listings.is_left_out", what=told("fault.listings.row"))


def _places(lines: Sequence[int]) -> str:
    listed = ", ".join(map(str, lines[:_MOST_PLACES]))
    found = told("note.import.csv.line" if len(lines) == 1 else "note.import.csv.lines", lines=listed)
    more = len(lines) - _MOST_PLACES
    return told("note.import.csv.more", lines=found, number=whole(more)) if more > 0 else found
