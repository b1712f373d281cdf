"""Locations of the English regulator (CQC): whether they are registered, and how they were rated.

A rating is evidence from an inspection, on governance: CQC does not inspect cosmetic injectables. Only the rating in
force speaks; earlier ones are told beside it. A number that leads to another name is a question, and a row that does
not say how its registration stands says nothing of that.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from attrs import evolve

from clinic_vetting.clinic import (
    Clinic,
    PossibleMatch,
    Registration,
    RegistrationKind,
    RegistrationStatus,
)
from clinic_vetting.evidence import Answer, Kind, Statement
from clinic_vetting.registers import days, names
from clinic_vetting.registers.about import about, words
from clinic_vetting.registers.asking import capped, is_one, possible, with_more
from clinic_vetting.registers.likeness import likeness
from clinic_vetting.registers.locations import FIELDS, read
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry
from clinic_vetting.words import cut, joined, told

NAME: Final = "cqc"
CRITERION: Final = "credentials.independent_accreditation"
"""What a rating speaks to."""


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add what CQC says of each location number on record; a clinic without one is asked about by name."""
    known = about(NAME).authorities
    ours = sorted({each.number.strip() for each in clinic.registrations if each.number and is_one(each.body, known)})
    found = [entry for number in ours for entry in register.by_number(number)]
    agreed = [each for each in found if _agrees(clinic, each)]
    matches = [_odd(clinic, each, register) for each in found if each not in agreed or _doubt(each, register)]
    clinic = with_more(clinic, registrations=[_registration(each, register) for each in agreed])
    for statement in (said for each in agreed if (said := _inspection(each, register))):
        if statement not in clinic.answers.get(CRITERION, ()):
            clinic = clinic.answering({CRITERION: statement})
    if clinic.name and not ours and clinic.country in (None, "GB"):
        namesakes = register.by_name(names.firm(clinic.name), _names)
        matches += capped(_possible(clinic.name, each, register) for each, _ in namesakes)
    return with_more(clinic, possible_matches=matches)


def _names(entry: Entry) -> tuple[Name, ...]:
    return (names.firm(entry["name"]),)


def _agrees(clinic: Clinic, entry: Entry) -> bool:
    """Say whether a location's name is the clinic's: alike, or longer by what stands behind two words or more."""
    if not clinic.name:
        return True
    one, other = names.firm(clinic.name), names.firm(entry["name"])
    same = min(len(one.words), len(other.words))
    return bool(likeness(one, other)) or (same > 1 and one.words[:same] == other.words[:same])


def _doubt(entry: Entry, register: Register) -> str:
    """Say what in a row cannot be; blank where nothing is."""
    if _has_ended(entry, register) and _is_registered(entry):
        return told("cqc.both", day=entry["ended"])
    inspected = _inspected(entry)
    late = inspected and inspected > register.as_of
    return told("cqc.ahead", day=inspected) if late else ""


def _is_registered(entry: Entry) -> bool:
    return entry["status"].casefold() == "registered"


def _has_ended(entry: Entry, register: Register) -> bool:
    ended = days.day(entry["ended"])
    return bool(ended and ended <= register.as_of)


def _status(entry: Entry, register: Register) -> RegistrationStatus | None:
    """Give how a registration stands; `None` where the row does not say, or says two things."""
    if _is_registered(entry):
        return None if _has_ended(entry, register) else RegistrationStatus.REGISTERED
    return RegistrationStatus.CANCELLED if entry["status"].casefold() == "deregistered" else None


def _registration(entry: Entry, register: Register) -> Registration:
    ended = told("cqc.ended", day=entry["ended"]) if entry["ended"] else ""
    return Registration(
        kind=RegistrationKind.PREMISES,
        body=about(NAME).by,
        number=entry["id"],
        status=_status(entry, register),
        source=register.source(entry, joined(", ", entry["name"], ended)),
    )


def _inspection(entry: Entry, register: Register) -> Statement | None:
    """State what the rating in force says, on the day of the inspection; of a location that has ended, nothing."""
    answer = words(NAME, "ratings", " ".join(entry["rating"].casefold().split()))
    has_ended = _status(entry, register) is RegistrationStatus.CANCELLED or entry["ended"]
    if not answer or has_ended or _doubt(entry, register):
        return None
    source = register.source(entry)
    source = evolve(source, id=f"{source.id}:rating", kind=Kind.INSPECTION, seen=_inspected(entry))
    earlier = told("cqc.earlier", ratings=entry["earlier"]) if entry["earlier"] else ""
    parts = joined("; ", told("cqc.overall", rating=entry["rating"]), entry["questions"], earlier)
    return Statement(Answer(answer), source, cut(joined(". ", parts, told("cqc.note")), 4000))


def _inspected(entry: Entry) -> dt.date | None:
    """Give the day of the inspection, else that of its report."""
    return days.day(entry["inspected"]) or days.day(entry["published"])


def _odd(clinic: Clinic, entry: Entry, register: Register) -> PossibleMatch:
    """Ask about a row that a number has led to, and that is another's or cannot be."""
    doubt = _doubt(entry, register) or told("cqc.whose", number=entry["id"])
    says, ask = _says(entry), joined(" ", doubt, told("cqc.look"))
    named, is_ours = (entry["name"], says), bool(says) and _agrees(clinic, entry)
    return possible(register, entry, clinic.name or entry["id"], named, ask, by_number=is_ours)


def _says(entry: Entry) -> str:
    overall = told("cqc.overall_now", rating=entry["rating"]) if entry["rating"] else ""
    return joined(", ", entry["status"], entry["postcode"], overall)


def _possible(name: str, entry: Entry, register: Register) -> PossibleMatch:
    ask = joined(" ", told("cqc.address", number=entry["id"]), told("cqc.note"))
    return possible(register, entry, name, (entry["name"], _says(entry)), ask)


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
