"""The exclusions list of the US OIG: closed-world, so that absence says something, as far as it can be searched.

`absence` says when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action, Clinic, PossibleMatch, Practitioner, Sanction
from clinic_vetting.registers import absence, days, families, names
from clinic_vetting.registers.about import about, words
from clinic_vetting.registers.asking import ENDS_EARLY, capped, firms, npis, possible, state, with_more
from clinic_vetting.registers.exclusions import FIELDS, NO_NPI, read, row_name
from clinic_vetting.registers.names import Likeness
from clinic_vetting.registers.rows import Entry, RegisterKind

if TYPE_CHECKING:
    from clinic_vetting.registers.names import Name
    from clinic_vetting.registers.register import Register

NAME: Final = "leie"


def _names(entry: Entry) -> tuple[Name, ...]:
    return (row_name(entry.facts),)


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add an exclusion for each practitioner whose NPI is listed, and a question for each name that may be."""
    sanctions: list[Sanction] = []
    matches: list[PossibleMatch] = []
    for person in clinic.practitioners:
        for npi in npis(person, about(NAME).authorities):
            for entry in register.by_number(npi):
                if _is_surely_another(person, entry):
                    ask = f"The NPI {npi} is listed under that name. Is the number right?"
                    matches.append(_possible(register, entry, person.name or npi, ask))
                else:
                    sanctions.append(_sanction(clinic, person, register, entry))
                    matches += _ends_early(person, register, entry)
        matches += capped(_namesakes(clinic, person, register))
    for whose, npi in absence.other_numbers(clinic, about(NAME).authorities):
        ask = f"The number {npi} is listed, as the NPI of that name. Whose number is it?"
        matches += [_possible(register, each, whose, ask) for each in register.by_number(npi)]
    for name in firms(clinic):
        found = register.by_name(names.firm(name), _names) if _in_reach(clinic) else []
        matches += capped(_possible(register, entry, name, _ASK) for entry, _ in found if entry["name"])
    return with_more(clinic, sanctions=sanctions, possible_matches=matches)


def _namesakes(clinic: Clinic, person: Practitioner, register: Register) -> Iterator[PossibleMatch]:
    """Give the rows of a person's name that may be this person.

    Not one with another NPI, which is another person. In another state only under the very same name: such a row
    is most likely another person's, yet while nobody has looked, absence cannot be claimed.
    """
    own = absence.has_npi(person, about(NAME).authorities)
    if not person.name or not _in_reach(clinic):
        return
    for entry, likeness in register.by_name(names.read(person.name), _names):
        listed = entry["npi"] not in NO_NPI
        elsewhere = state(clinic) and entry["state"] and state(clinic) != entry["state"]
        if (listed and own) or (elsewhere and likeness is not Likeness.SAME):
            continue
        ask = (
            f"{_ASK} The row is of another state ({entry['state']}): most likely another person." if elsewhere else _ASK
        )
        yield _possible(register, entry, person.name, ask)


_ASK: Final = "Search the register's own page, which confirms by Social Security or employer number whom it is about."


def _in_reach(clinic: Clinic) -> bool:
    return clinic.country in (None, "US")


def _is_surely_another(person: Practitioner, entry: Entry) -> bool:
    """Say whether a number leads to a name whose family name is not the person's."""
    return bool(person.name) and not families.agree(names.read(person.name or ""), row_name(entry.facts))


def _sanction(clinic: Clinic, person: Practitioner, register: Register, entry: Entry) -> Sanction:
    decided, ended = (_day(entry[name], register) for name in ("excluded", "reinstated"))
    waived_here = entry["waiver_state"] and entry["waiver_state"] == state(clinic)
    return Sanction(
        by=about(NAME).by,
        action=Action.CONDITIONS if waived_here else Action.EXCLUSION,
        practitioner=person.name,
        decided=decided,
        ended=None if _is_early(entry) else ended,
        source=register.source(entry, says=_says(entry)),
    )


def _is_early(entry: Entry) -> bool:
    """Say whether an exclusion would have ended before it began: most likely an earlier one has."""
    decided, ended = days.day(entry["excluded"]), days.day(entry["reinstated"])
    return bool(decided and ended and ended < decided)


def _ends_early(person: Practitioner, register: Register, entry: Entry) -> list[PossibleMatch]:
    return [_possible(register, entry, person.name or entry["npi"], ENDS_EARLY)] if _is_early(entry) else []


def _day(written: str, register: Register) -> dt.date | None:
    """Read a day; a month that had not ended when the snapshot was taken, through the snapshot's day."""
    found = days.day(written)
    return min(found, register.as_of) if found and days.is_month(written) else found


def _says(entry: Entry) -> str:
    excluded, waived = days.day(entry["excluded"]), days.day(entry["waiver"])
    reason = words(NAME, "reasons", entry["reason"]) or entry["reason"]
    parts = [f"excluded {excluded}" if excluded else "excluded", reason]
    if entry["waiver_state"]:
        parts.append(f"waived in {entry['waiver_state']}{f' from {waived}' if waived else ''}")
    reinstated = days.day(entry["reinstated"])
    return ", ".join(each for each in (*parts, f"reinstated {reinstated}" if reinstated else "") if each)


def _possible(register: Register, entry: Entry, about_: str, ask: str) -> PossibleMatch:
    name = entry["name"] or f"{entry['family']}, {entry['given']} {entry['middle']}".strip()
    where = f"{entry['specialty']}, {entry['state']}".strip(", ")
    says = f"{_says(entry)} ({where})" if where else _says(entry)
    return possible(register, entry, about_, (name, says), ask)


def absent(clinic: Clinic, register: Register) -> Clinic:
    """State that nobody on record is on the list, where that is sure."""
    return absence.absent(clinic, register, about(NAME).authorities)


KIND: Final = RegisterKind(
    name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look, absent=absent
)
