"""`import csv`: a table of listings as one dossier a row."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field

from clinic_vetting import dossier
from clinic_vetting.commands.options import GIVEN, UNREADABLE, tell
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.reports.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.listings import Listed, Listings
    from clinic_vetting.listings.folder import Output

_MOST_PLACES: Final = 20
"""Lines that a note names one by one."""


def add(formats: Any) -> None:
    """Add `import csv`."""
    command = formats.add_parser(
        "csv",
        help="a table of listings, CSV or xlsx",
        description="Write one dossier for each row of a table, as a map says.",
    )
    command.add_argument("file", metavar="FILE", help="a CSV file, or a workbook (.xlsx)")
    command.add_argument("--map", required=True, metavar="MAP", help="a map of listings, in YAML")
    command.add_argument(
        "--output",
        default="dossiers",
        metavar="DIR|FILE.ndjson",
        help="a folder, a file that batch reads, or - for standard output (default: dossiers)",
    )
    command.add_argument("--replace", action="store_true", help="replace files of the folder that say something else")
    command.set_defaults(run=_csv)


def _csv(chosen: argparse.Namespace) -> int:
    from clinic_vetting.listings import open_listings, read_listing_map  # noqa: PLC0415 - what only this needs
    from clinic_vetting.listings.folder import output  # noqa: PLC0415

    given = read_listing_map(chosen.map)
    table = open_listings(chosen.file, given)
    with output(chosen.output, replace=chosen.replace) as place:
        run = _Run(table, place)
        run.all(given)
    print(run.summary(chosen.output), file=sys.stderr if chosen.output == "-" else sys.stdout)
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
                self._tell(evolve(row, hint=f"{row.hint}; the row is left out".removeprefix("; ")))
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
            got = f"{found.clinic.id!r}, which line {self.lines[found.clinic.id]} has"
            self._tell(Fault(self.table.name, found.line, "clinic.id", "each id once", got, "the row is left out"))
            return
        self.lines[found.clinic.id] = found.line
        try:
            self.place.add(found.clinic.id, dossier.plain(found.clinic), self._comment(found))
            self.written += 1
        except InputError as error:
            self._tell(*error.faults)

    def _comment(self, found: Listed) -> str:
        return f"From {harmless(ascii(self.table.name)[1:-1])}, line {found.line}."

    def _tell(self, *faults: Fault) -> None:
        self.faults += len(faults)
        for fault in faults:
            tell(harmless(str(fault)))

    def summary(self, name: str) -> str:
        """Say what came of all rows."""
        blank = f", {self.blank} of them blank" if self.blank else ""
        rows, dossiers = _several(self.rows, "row"), _several(self.written, "dossier")
        told = [f"{self.table.name}: {rows}{blank}; {dossiers} written to {name}"]
        if self.table.unread:
            told.append(f"Columns that the map does not name: {', '.join(self.table.unread)}")
        if self.table.short:
            told.append(
                f"Rows without their last cells, taken as blank; look whether they are: {_places(self.table.short)}"
            )
        if self.bare:
            told.append(f"Rows that name a clinic and say nothing of it (a total?): {_places(self.bare)}")
        if self.faults:
            told.append(f"Not read, each listed on standard error: {self.faults}")
        return "\n".join(map(harmless, told))


def _several(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _places(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - _MOST_PLACES:,} more" if len(lines) > _MOST_PLACES else ""
    return f"{'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines[:_MOST_PLACES]))}{more}"
