"""What a kind of register is, and one register as it was on one day, to be looked up by number and by name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting.clinic.remark import BY_NUMBER
from clinic_vetting.errors import RegisterError
from clinic_vetting.evidence import Kind, Source
from clinic_vetting.registers.database import Database, damaged
from clinic_vetting.registers.likeness import Likeness, likeness
from clinic_vetting.registers.name_keys import KEY, search_keys
from clinic_vetting.registers.rows import Entry, Fields, Snapshot
from clinic_vetting.words import cut, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.errors import Fault
    from clinic_vetting.registers.intake import Intake
    from clinic_vetting.registers.names import Name

UNIT: Final = "\x1f"
"""Stands between the facts of a row."""
_MOST_KEYS: Final = 500
"""How many keys are asked for at once; SQLite takes no more than some."""


@frozen(kw_only=True)
class RegisterKind:
    """A kind of register: how its files are read, and what its rows say of a clinic.

    Attributes:
        name: As it is given to `register import`, such as `leie`.
        title: In full, for readers; empty where each file has one of its own.
        url: The register's own address, for a person to look up.
        fields: The names of a row's facts.
        read: Gives a file's rows one by one, and a fault in the place of a row that cannot be read.
        look: Gives the clinic with what the register says of it; pure, and adds only.
        absent: For a closed-world register: gives the clinic with what absence from it says. Called after every
            `look`, and only for a snapshot that is complete.
    """

    name: str
    title: str
    url: str
    fields: tuple[str, ...]
    read: Callable[[Intake], Iterator[Fields | Fault]]
    look: Callable[[Clinic, Register], Clinic]
    absent: Callable[[Clinic, Register], Clinic] | None = None


@frozen
class Register:
    """A snapshot that is open for lookups."""

    snapshot: Snapshot
    kind: RegisterKind
    _database: Database

    @property
    def as_of(self) -> dt.date:
        """The day of which it tells."""
        return self.snapshot.as_of

    @property
    def options(self) -> Mapping[str, Any]:
        """What else was said at the import, such as a column map."""
        return self.snapshot.options

    @property
    def title(self) -> str:
        """Its title, for readers."""
        return str(self.options.get("map", {}).get("title", self.kind.title))

    @property
    def url(self) -> str | None:
        """Its own address."""
        return self.options.get("map", {}).get("url") or self.kind.url or None

    def damaged(self) -> RegisterError:
        """Give the error that says that its database is damaged."""
        return RegisterError(damaged(self._database.path))

    def by_number(self, number: str) -> list[Entry]:
        """Give the rows with a number, in order."""
        return self.by_keys((number,)) if number and not number.startswith(KEY) else []

    def by_name(self, name: Name, named: Callable[[Entry], Iterable[Name]]) -> list[tuple[Entry, Likeness]]:
        """Give the rows that may be of a name, in order, with how alike it is; `named` gives the names of a row."""
        found = []
        for entry in self.by_keys(search_keys(name)):
            alike = [each for other in named(entry) if (each := likeness(name, other))]
            if alike:
                found.append((entry, max(alike)))
        return found

    def by_keys(self, keys: tuple[str, ...]) -> list[Entry]:
        """Give the rows under any of some keys, each once, in order."""
        marks, number = ", ".join("?" * len(keys)), self.snapshot.id
        asked = (
            f"SELECT place, facts FROM rows_{number} WHERE place IN "  # noqa: S608 - a whole number of our own
            f"(SELECT place FROM keys_{number} WHERE key IN ({marks})) ORDER BY place"
        )
        with self._database.worded() as connection:
            return [self._entry(*row) for row in connection.execute(asked, keys)]

    def holds(self, keys: tuple[str, ...]) -> bool:
        """Say whether there is a row under any of some keys, however many they are."""
        number, some = self.snapshot.id, range(0, len(keys), _MOST_KEYS)
        with self._database.worded() as connection:
            for part in (keys[at : at + _MOST_KEYS] for at in some):
                asked = f"SELECT 1 FROM keys_{number} WHERE key IN ({', '.join('?' * len(part))}) LIMIT 1"  # noqa: S608
                if connection.execute(asked, part).fetchone():
                    return True
        return False

    def _entry(self, place: int, facts: object) -> Entry:
        values = facts.split(UNIT) if isinstance(facts, str) else []
        if len(values) != len(self.kind.fields):
            register = self.snapshot.register
            message = told("fault.registers.damaged_row", path=self._database.path, row=place, register=register)
            raise RegisterError(message)
        return Entry(place, dict(zip(self.kind.fields, values, strict=True)))

    def source(self, entry: Entry | None = None, says: str = "") -> Source:
        """Give the source that a row is, with what it says: always the same for a row; or the register as a whole."""
        return self._source("" if entry is None else f":{entry.place}", entry, says)

    def asking(self, entry: Entry, *, by_number: bool = False) -> Source:
        """Give the source of a question about a row: whose it is, or what it says where its number tells whose."""
        return self._source(f":{entry.place}{BY_NUMBER if by_number else '?'}", entry, "")

    def _source(self, end: str, entry: Entry | None, says: str) -> Source:
        form = "whole" if entry is None else "row_says" if says else "row"
        place = entry and self.place(entry)
        who = told(f"register.{form}", title=self.title, day=self.as_of, place=place, says=says)
        named = f"{self.snapshot.register[:60]}:{self.as_of}{end}"
        return Source(named, Kind.REGISTER, cut(who, 300), self.as_of, self.url)

    def place(self, entry: Entry) -> str:
        """Say where in its file a row stands."""
        return f"{self.snapshot.file[:80]}:{entry.place}"
