"""Alerts of the Medical Board of California: what was alleged, withdrawn and decided about a licence, word by word.

The published extract has no names. An alert tells of an event: an interim order stands until a later alert says that
the case was decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action, Clinic, PossibleMatch, Practitioner, Sanction
from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers import days
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import numbers, possible, with_more
from clinic_vetting.registers.board_actions import Means, Word, board_words, key
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.rows import Entry, RegisterKind, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from clinic_vetting.registers.register import Register

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
LAYOUT: Final = Layout("alerts", COLUMNS, frozenset({"alerted", "city", "state"}))
_INTERIM: Final = frozenset({Action.SUSPENSION, Action.PROHIBITION, Action.CONDITIONS})


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows; one without a licence or without an action, or with a day that is none, is a fault."""

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        facts = dict(zip(FIELDS, map(str.strip, values), strict=True))
        return _fault(intake, number, facts) or Row(number, (_licence(facts["licence"]),), tuple(facts.values()))

    return Table(intake, [LAYOUT]).made(row)


def _fault(intake: Intake, line: int, facts: dict[str, str]) -> Fault | None:
    for name in ("licence", "action"):
        if not facts[name]:
            return intake.fault(line, COLUMNS[name], "text", "nothing")
    if not _licence(facts["licence"]):
        return intake.fault(line, COLUMNS["licence"], "a number with a digit", shown(facts["licence"]))
    try:
        days.day(facts["decided"])
    except ValueError:
        return intake.fault(line, COLUMNS["decided"], days.EXPECTED["us"], shown(facts["decided"]))
    return None


def _licence(written: str) -> str:
    """Give what a licence is found by; blank where it has no digit, such as `pending`."""
    return "".join(filter(str.isalnum, written)).upper() if any(map(str.isdigit, written)) else ""


def word(entry: Entry) -> Word:
    """Give what a row's action word means."""
    return board_words("california").get(key(entry["action"]), Word(Means.UNCLEAR))


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add what was decided and alleged about each licence on record, and ask about words that do not say what."""
    sanctions: list[Sanction] = []
    matches: list[PossibleMatch] = []
    for person in clinic.practitioners:
        for number in sorted({_licence(each) for each in numbers(person, about(NAME).authorities)} - {""}):
            found = sorted(register.by_number(number), key=lambda each: (_day(each), each.place))
            sanctions += _sanctions(person, found, register)
            matches += _unclear(person, number, found, register)
    return with_more(clinic, sanctions=sanctions, possible_matches=matches)


def _day(entry: Entry) -> dt.date:
    return days.day(entry["decided"]) or dt.date.min


def _sanctions(person: Practitioner, found: list[Entry], register: Register) -> Iterator[Sanction]:
    for place, entry in enumerate(found):
        meant = word(entry)
        action = Action.ALLEGATION if meant.means is Means.ALLEGATION else meant.action
        if action is not None:
            yield Sanction(
                by=about(NAME).by,
                action=action,
                practitioner=person.name or cut(told("register.licence", number=entry["licence"]), 300),
                decided=days.day(entry["decided"]),
                ended=_ended(action, found[place + 1 :]),
                source=register.source(entry, entry["action"]),
            )


def _ended(action: Action, later: list[Entry]) -> dt.date | None:
    """Give the day on which a later alert ended an allegation or an interim order."""
    if action is Action.ALLEGATION:
        ending = [each for each in later if word(each).means is Means.WITHDRAWN or word(each).final]
    elif action in _INTERIM:
        ending = [each for each in later if word(each).final]
    else:
        ending = []
    return days.day(ending[0]["decided"]) if ending else None


def _unclear(person: Practitioner, number: str, found: list[Entry], register: Register) -> Iterator[PossibleMatch]:
    for entry in found:
        meant = word(entry)
        if meant.means is Means.UNCLEAR:
            decided = days.day(entry["decided"])
            says = joined(", ", entry["action"], f"{decided}" if decided else told("label.undated"))
            ask = joined(" ", told("board.read"), told(f"board.{meant.asks}"))
            named = (told("register.licence", number=number), says)
            yield possible(register, entry, person.name or number, named, ask, by_number=True)


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
