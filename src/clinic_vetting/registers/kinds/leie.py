"""The exclusions list of the US OIG: closed-world, so that absence says something, as far as it can be searched.

`absence` says when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action, Clinic, PossibleMatch, Practitioner, Sanction
from clinic_vetting.registers import absence, days, families, names
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import capped, firms, npis, possible, state, with_more
from clinic_vetting.registers.exclusions import FIELDS, NO_NPI, read, row_name
from clinic_vetting.registers.likeness import Likeness
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry
from clinic_vetting.words import ENGLISH, catalogue, joined, told

if TYPE_CHECKING:
    from clinic_vetting.registers.names import Name

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
                    ask = told("exclusion.number", number=npi)
                    matches.append(_possible(register, entry, person.name or npi, ask))
                else:
                    sanctions.append(_sanction(clinic, person, register, entry))
                    matches += _ends_early(person, register, entry)
        matches += capped(_namesakes(clinic, person, register))
    for whose, npi in absence.other_numbers(clinic, about(NAME).authorities):
        ask = told("exclusion.whose", number=npi)
        matches += [_possible(register, each, whose, ask) for each in register.by_number(npi)]
    for name in firms(clinic):
        found = register.by_name(names.firm(name), _names) if _in_reach(clinic) else []
        matches += capped(
            _possible(register, entry, name, told("exclusion.ask")) for entry, _ in found if entry["name"]
        )
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
        afar = told("exclusion.elsewhere", state=entry["state"]) if elsewhere else ""
        ask = joined(" ", told("exclusion.ask"), afar)
        yield _possible(register, entry, person.name, ask)


def _in_reach(clinic: Clinic) -> bool:
    return clinic.country in (None, "US")


def _is_surely_another(person: Practitioner, entry: Entry) -> bool:
    """Say whether a number leads to a name whose family name is not the person's."""
    return bool(person.name) and not families.agree(names.read(person.name or ""), row_name(entry.facts))


def _sanction(clinic: Clinic, person: Practitioner, register: Register, entry: Entry) -> Sanction:
    decided, ended = (_day(entry[name], register) for name in ("excluded", "reinstated"))
    return Sanction(
        by=about(NAME).by,
        action=Action.CONDITIONS if _is_waived(clinic, register, entry) else Action.EXCLUSION,
        practitioner=person.name,
        decided=decided,
        ended=None if _is_early(entry) else ended,
        source=register.source(entry, says=_says(entry)),
    )


def _is_waived(clinic: Clinic, register: Register, entry: Entry) -> bool:
    """Say whether it is waived in the clinic's state by the day of the list; a waiver follows what it waives."""
    excluded, waived = days.day(entry["excluded"]), days.day(entry["waiver"])
    in_order = waived is None or (waived <= register.as_of and (excluded is None or excluded <= waived))
    return bool(entry["waiver_state"]) and entry["waiver_state"] == state(clinic) and in_order


def _is_early(entry: Entry) -> bool:
    """Say whether an exclusion would have ended before it began: most likely an earlier one has."""
    decided, ended = days.day(entry["excluded"]), days.day(entry["reinstated"])
    return bool(decided and ended and ended < decided)


def _ends_early(person: Practitioner, register: Register, entry: Entry) -> list[PossibleMatch]:
    if not _is_early(entry):
        return []
    return [_possible(register, entry, person.name or entry["npi"], told("register.ends_early"), by_number=True)]


def _day(written: str, register: Register) -> dt.date | None:
    """Read a day; a month that had not ended when the snapshot was taken, through the snapshot's day."""
    found = days.day(written)
    return min(found, register.as_of) if found and days.is_month(written) else found


def _says(entry: Entry) -> str:
    excluded, waived, reinstated = (days.day(entry[name]) for name in ("excluded", "waiver", "reinstated"))
    return joined(
        ", ",
        told("exclusion.on", day=excluded) if excluded else told("exclusion.undated"),
        _reason(entry["reason"]),
        told("exclusion.waived_from" if waived else "exclusion.waived", state=entry["waiver_state"], day=waived)
        if entry["waiver_state"]
        else "",
        told("exclusion.reinstated", day=reinstated) if reinstated else "",
    )


def _reason(code: str) -> str:
    """Say by which section of the Social Security Act a row excludes; the code alone where it is not known."""
    message = f"exclusion.reason.{code}"
    return told(message) if message in catalogue(ENGLISH, "reports") else code


def _possible(register: Register, entry: Entry, about_: str, ask: str, *, by_number: bool = False) -> PossibleMatch:
    name = entry["name"] or f"{entry['family']}, {entry['given']} {entry['middle']}".strip()
    where = f"{entry['specialty']}, {entry['state']}".strip(", ")
    says = told("exclusion.where", says=_says(entry), where=where) if where else _says(entry)
    return possible(register, entry, about_, (name, says), ask, by_number=by_number)


def absent(clinic: Clinic, register: Register) -> Clinic:
    """State that nobody on record is on the list, where that is sure."""
    return absence.absent(clinic, register, about(NAME).authorities)


KIND: Final = RegisterKind(
    name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look, absent=absent
)
