"""Alerts of the Medical Board of California: what was alleged, withdrawn and decided about a licence, word by word.

The published extract has no names. An alert tells of an event: an interim order stands until a later alert says that
the case was decided or dropped. Of two alerts of one day nobody knows which came first: it is asked about.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.clinic import Action, Clinic, PossibleMatch, Practitioner, Sanction
from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers import days
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import number_key, numbers, possible, with_more
from clinic_vetting.registers.board_actions import Means, Word, board_words, key
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from typing import Self

NAME: Final = "ca-board"
COLUMNS: Final = {
    "licence": "license",
    "action": "action_type",
    "decided": "action_date",
    "alerted": "alert_date",
    "city": "city",
    "state": "state",
}
FIELDS: Final = tuple(COLUMNS)
LAYOUT: Final = Layout("alerts", COLUMNS, frozenset({"alerted", "city", "state"}), lines=1)
_INTERIM: Final = frozenset({Action.SUSPENSION, Action.PROHIBITION, Action.CONDITIONS})


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows; one without a licence or without an action, or with a day that is none, is a fault."""

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        facts = dict(zip(FIELDS, map(str.strip, values), strict=True))
        return _fault(intake, number, facts) or Row(number, (number_key(facts["licence"]),), tuple(facts.values()))

    return Table(intake, [LAYOUT]).made(row)


def _fault(intake: Intake, line: int, facts: dict[str, str]) -> Fault | None:
    for name in ("licence", "action"):
        if not facts[name]:
            return intake.fault(line, COLUMNS[name], told("fault.text"), told("fault.nothing"))
    if not number_key(facts["licence"]):
        expected = told("fault.registers.number")
        return intake.fault(line, COLUMNS["licence"], expected, shown(facts["licence"]))
    try:
        days.day(facts["decided"])
    except ValueError:
        return intake.fault(line, COLUMNS["decided"], days.expected("us"), shown(facts["decided"]))
    return None


def word(entry: Entry) -> Word:
    """Give what a row's action word means."""
    return board_words("california").get(key(entry["action"]), Word(Means.UNCLEAR))


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add what was decided and alleged about each licence on record, and ask about words that do not say what."""
    sanctions: list[Sanction] = []
    matches: list[PossibleMatch] = []
    for person in clinic.practitioners:
        for number in sorted({number_key(each) for each in numbers(person, about(NAME).authorities)} - {""}):
            found = sorted(register.by_number(number), key=lambda each: (_day(each), each.place))
            sanctions += _sanctions(person, found, register)
            matches += _unclear(person, number, found, register)
    return with_more(clinic, sanctions=sanctions, possible_matches=matches)


def _day(entry: Entry) -> dt.date:
    return days.day(entry["decided"]) or dt.date.min


@frozen
class _Endings:
    """The alerts of a licence that end others, each list by day."""

    closing: list[Entry]
    restoring: list[Entry]

    @classmethod
    def of(cls, found: list[Entry]) -> Self:
        """Pick them out of alerts that are sorted by day."""
        closing = [each for each in found if word(each).final or word(each).means is Means.WITHDRAWN]
        return cls(closing, [each for each in found if word(each).means is Means.RESTORED])

    def after(self, entry: Entry) -> Entry | None:
        """Give the first alert, not of an earlier day, that ends what another says, whichever row stands first."""
        meant, found = word(entry), list[Entry]()
        if meant.means is Means.ALLEGATION or meant.action in _INTERIM:
            found += self._since(self.closing, entry)
        if meant.means is Means.DECISION:
            found += self._since(self.restoring, entry)
        return min(found, key=_day, default=None)

    def doubt(self, entry: Entry) -> str:
        """Say what is doubtful about the end of a decision; blank where nothing is."""
        ending = self.after(entry)
        if ending is None or word(entry).means is not Means.DECISION:
            return ""
        if _day(ending) == _day(entry):
            return told("board.same_day", action=ending["action"])
        return "" if word(ending).final else told(f"board.{word(ending).asks}")

    def _since(self, endings: list[Entry], entry: Entry) -> list[Entry]:
        at = bisect_left(endings, _day(entry), key=_day)
        return endings[at : at + 1]


def _sanctions(person: Practitioner, found: list[Entry], register: Register) -> Iterator[Sanction]:
    endings = _Endings.of(found)
    for entry in found:
        meant = word(entry)
        action = Action.ALLEGATION if meant.means is Means.ALLEGATION else meant.action
        if action is not None:
            ending = endings.after(entry)
            yield Sanction(
                by=about(NAME).by,
                action=action,
                practitioner=person.name or cut(told("register.licence", number=entry["licence"]), 300),
                decided=days.day(entry["decided"]),
                ended=days.day(ending["decided"]) if ending else None,
                source=register.source(entry, entry["action"]),
            )


def _unclear(person: Practitioner, number: str, found: list[Entry], register: Register) -> Iterator[PossibleMatch]:
    endings = _Endings.of(found)
    for entry in found:
        asks = told(f"board.{word(entry).asks}") if word(entry).means is Means.UNCLEAR else endings.doubt(entry)
        if asks:
            decided = days.day(entry["decided"])
            says = joined(", ", entry["action"], f"{decided}" if decided else told("label.undated"))
            named = (told("register.licence", number=number), says)
            ask = joined(" ", told("board.read"), asks)
            yield possible(register, entry, person.name or number, named, ask, by_number=True)


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
