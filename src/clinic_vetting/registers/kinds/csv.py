"""A table of one's own, read by a column map: a board's list of decisions, a society's members, a council's notices.

It is open: absence from it says nothing. A word that the map does not explain is asked about.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import Final

import attrs

from clinic_vetting.clinic import Clinic, Licence, PossibleMatch, Practitioner, Sanction
from clinic_vetting.errors import Fault, shown
from clinic_vetting.identifiers import readings
from clinic_vetting.plain_words import words
from clinic_vetting.registers import days, families, names
from clinic_vetting.registers.asking import (
    MOST_LICENCES,
    capped,
    firms,
    fitting,
    is_one,
    left_out,
    number_key,
    possible,
    state,
    with_more,
)
from clinic_vetting.registers.column_map import About, ColumnMap, Meaning, column_map
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import keys
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.separators import suggesting_separator
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import cut, joined, told

FIELDS: Final = ("number", "name", "action", "status", "decided", "ended", "expires", "state", "about")
_WORDS: Final = ("action", "status")
_DAYS: Final = ("decided", "ended", "expires")


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows; one without number and name, or with a day that is none, is a fault.

    Raises:
        InputError: There is no column map.
    """
    if "map" not in intake.options:
        intake.refuse(told("fault.registers.map.one"), told("fault.none"), told("fault.registers.map.write"))
    given = column_map(intake.options["map"])
    columns = {name: header for name in FIELDS if (header := getattr(given.columns, name))}

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        facts = {**dict.fromkeys(FIELDS, ""), **dict(zip(columns, map(str.strip, values), strict=True))}
        keys = _keys(facts, given)
        return _fault(intake, number, facts, given) or Row(number, keys, tuple(facts[name] for name in FIELDS))

    layout = Layout("mapped", columns)
    with suggesting_separator(intake.name, layout):
        table = Table(intake, [layout], given.separator)
    return table.made(row)


def _fault(intake: Intake, line: int, facts: dict[str, str], given: ColumnMap) -> Fault | None:
    if not number_key(facts["number"]) and not words(facts["name"]):
        expected, got = told("fault.registers.number_or_name"), told("fault.registers.neither")
        return intake.fault(line, _found_by(given), expected, got)
    for name in _DAYS:
        try:
            days.day(facts[name], given.dates)
        except ValueError:
            column = getattr(given.columns, name)
            return intake.fault(line, column, days.expected(given.dates), shown(facts[name]))
    return None


def _found_by(given: ColumnMap) -> str:
    number, name = given.columns.number, given.columns.name
    return told("fault.registers.either", one=number, other=name) if number and name else number or name or ""


def _written(number: str) -> str:
    """Compare numbers without case and blanks; dashes count, since `12-3` is not `1-23`."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def _keys(facts: dict[str, str], given: ColumnMap) -> tuple[str, ...]:
    number = tuple(filter(None, [number_key(facts["number"])]))
    return (*number, *(keys(_name(facts["name"], given)) if words(facts["name"]) else ()))


def _name(written: str, given: ColumnMap) -> Name:
    return names.firm(written) if given.about is About.FIRMS else names.read(written)


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add what the rows of a licence number say, and ask about rows of a name."""
    return _Looking(register, column_map(register.options["map"])).look(clinic)


@attrs.frozen
class _Looking:
    register: Register
    map: ColumnMap

    def look(self, clinic: Clinic) -> Clinic:
        if self.map.about is About.FIRMS:
            return with_more(
                clinic, possible_matches=[each for firm in firms(clinic) for each in self._alike(firm, clinic)]
            )
        sanctions, matches, people = list[Sanction](), list[PossibleMatch](), list[Practitioner]()
        for person in clinic.practitioners:
            found, doubtful = self._found(person)
            listed = filter(None, map(self._licence, found))
            new, left = fitting(
                (each for each in listed if each not in person.licences), MOST_LICENCES - len(person.licences)
            )
            people.append(attrs.evolve(person, licences=(*person.licences, *new)))
            matches += left_out(left)
            sanctions += [each for entry in found for each in self._sanctions(person, entry)]
            matches += [each for entry in found for each in self._questions(person, entry)]
            matches += capped(self._possible(person, each, told("register.whose")) for each in doubtful)
            if not found and not doubtful and person.name:
                matches += self._alike(person.name, clinic)
        clinic = attrs.evolve(clinic, practitioners=tuple(people))
        return with_more(clinic, sanctions=sanctions, possible_matches=matches)

    def _numbers(self, person: Practitioner) -> set[str]:
        """Give the numbers of a person, as written; and as they are read, where the authority's have a known form."""
        known = (self.map.by, *self.map.authorities)
        ours = [each for each in person.licences if each.number and is_one(each.authority, known)]
        written = [_written(each.number or "") for each in ours]
        read = (readings(each.authority, each.number or "") for each in ours)
        return {each for each in chain(written, *read) if number_key(each)}

    def _found(self, person: Practitioner) -> tuple[list[Entry], list[Entry]]:
        """Give the rows of a person's numbers; and those whose number or name is not quite the person's."""
        own = self._numbers(person)
        sure, doubtful = list[Entry](), list[Entry]()
        for each in (row for key in sorted(set(map(number_key, own))) for row in self.register.by_number(key)):
            is_own = _written(each["number"]) in own and self._agrees(person, each)
            (sure if is_own else doubtful).append(each)
        return sure, doubtful

    def _agrees(self, person: Practitioner, entry: Entry) -> bool:
        """Say whether a row has the person's name, or none; one of another script agrees with nothing but itself."""
        one, other = person.name or "", entry["name"]
        if not one or not any(map(str.isalnum, other)) or one.casefold() == other.casefold():
            return True
        return families.agree(names.read(one), names.read(other))

    def _meanings(self, entry: Entry) -> list[Meaning]:
        """Give what a row's words mean, whichever of the two columns they stand in."""
        return [each for name in _WORDS if (each := self.map.meaning(entry[name]))]

    def _sanctions(self, person: Practitioner, entry: Entry) -> list[Sanction]:
        decided, ended = self._period(entry)
        return [
            Sanction(
                by=self.map.by,
                action=action,
                practitioner=person.name or cut(told("register.licence", number=entry["number"]), 300),
                decided=decided,
                ended=None if decided and ended and ended < decided else ended,
                source=self.register.source(entry, _says(entry)),
            )
            for action in dict.fromkeys(each.action for each in self._meanings(entry))
            if action
        ]

    def _period(self, entry: Entry) -> tuple[dt.date | None, dt.date | None]:
        return days.day(entry["decided"], self.map.dates), days.day(entry["ended"], self.map.dates)

    def _questions(self, person: Practitioner, entry: Entry) -> Iterator[PossibleMatch]:
        """Ask about a decision that would have ended before it began, and a word that the map does not explain."""
        decided, ended = self._period(entry)
        if decided and ended and ended < decided:
            yield self._possible(person, entry, told("register.ends_early"), by_number=True)
        if any(entry[name] and self.map.meaning(entry[name]) is None for name in _WORDS):
            yield self._possible(person, entry, told("register.unexplained"), by_number=True)

    def _licence(self, entry: Entry) -> Licence | None:
        """Give a row as an entry, where it says how the entry stands, or nothing of a decision."""
        status = next((each.status for each in self._meanings(entry) if each.status), None)
        decides = entry["action"] or any(each.action for each in self._meanings(entry))
        if decides and not status:
            return None
        return Licence(
            authority=self.map.by,
            number=entry["number"][:100],
            status=status,
            expires=days.day(entry["expires"], self.map.dates),
            source=self.register.source(entry, _says(entry)),
        )

    def _possible(self, person: Practitioner, entry: Entry, ask: str, *, by_number: bool = False) -> PossibleMatch:
        named = (entry["name"] or entry["number"], _says(entry))
        about = person.name or entry["number"]
        return possible(self.register, entry, about, named, ask, by_number=by_number)

    def _alike(self, name: str, clinic: Clinic) -> list[PossibleMatch]:
        """Ask about rows of a name; not of another state, where it is most likely another's."""
        found = self.register.by_name(_name(name, self.map), lambda entry: (_name(entry["name"], self.map),))
        ask = told("register.same")
        return capped(
            possible(self.register, entry, name, (entry["name"], _says(entry)), ask)
            for entry, _ in found
            if not state(clinic) or entry["state"] in ("", state(clinic))
        )


def _says(entry: Entry) -> str:
    first, last = entry["decided"], entry["ended"]
    period = told("register.period", first=first, last=last) if first and last else first or last
    return joined(", ", entry["action"], entry["status"], period, entry["about"][:300], entry["state"])


KIND: Final = RegisterKind(
    name="csv",
    title="",
    url="",
    fields=FIELDS,
    read=read,
    look=look,
)
