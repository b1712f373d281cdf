"""Locations of the English regulator (CQC): the API's records as JSON, and tables of its directory.

A rating is evidence from an inspection, on governance: CQC does not inspect cosmetic injectables. Only the rating in
force speaks; earlier ones are told beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from clinic_vetting.clinic import (
    Clinic,
    PossibleMatch,
    Registration,
    RegistrationKind,
    RegistrationStatus,
)
from clinic_vetting.errors import Fault, shown
from clinic_vetting.evidence import Answer, Kind, Statement
from clinic_vetting.registers import days, names
from clinic_vetting.registers.about import about, words
from clinic_vetting.registers.asking import capped, possible, with_more
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.records import records
from clinic_vetting.registers.rows import Entry, RegisterKind, Row, fact
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from clinic_vetting.registers.register import Register

NAME: Final = "cqc"
CRITERION: Final = "credentials.independent_accreditation"
"""What a rating speaks to."""
FIELDS: Final = (
    "id", "name", "postcode", "status", "ended", "rating", "inspected", "published", "questions", "earlier",
)  # fmt: skip
_QUESTIONS: Final = ("safe", "effective", "caring", "responsive", "well-led")
_LOCATIONS: Final = {
    "id": "Location ID", "name": "Location Name", "postcode": "Location Postal Code",
    "began": "Location HSCA start date",
    "ended": "Location HSCA end date", "rating": "Location Latest Overall Rating", "published": "Publication Date",
    **{each: f"Location {each} rating" for each in _QUESTIONS},
}  # fmt: skip
_SHORT: Final = {
    "id": "location_id", "name": "location_name", "postcode": "location_postal_code", "rating": "latest_rating",
    "published": "publication_date",
}  # fmt: skip
_DIRECTORY: Final = {
    "id": "CQC Location ID (for office use only)", "name": "Name", "postcode": "Postcode",
    "published": "Date of latest check",
}  # fmt: skip
LAYOUTS: Final = (
    Layout("locations", _LOCATIONS, frozenset(_LOCATIONS) - {"id", "name", "rating"}),
    Layout("short", _SHORT, frozenset({"postcode"})),
    Layout("directory", _DIRECTORY, frozenset({"postcode"})),
)


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the locations of a table or of JSON, whichever it is; one without id or name is a fault."""
    return _of_json(intake) if intake.begins_with("{", "[") else _of_table(intake)


def _of_json(intake: Intake) -> Iterator[Row | Fault]:
    for each in records(intake, "a location of the CQC API"):
        if isinstance(each, Fault):
            yield each
            continue
        number, tree = each
        try:
            facts = _facts(tree)
        except (AttributeError, TypeError, KeyError, ValueError) as error:
            yield intake.fault(0, f"record {number}", "a location of the CQC API", shown(f"{error!r}"))
            continue
        yield _row(intake, number, facts, f"record {number}", 0)


def _facts(tree: dict[str, Any]) -> dict[str, str]:
    overall = (tree.get("currentRatings") or {}).get("overall") or {}
    earlier = sorted(
        (
            f"{each['reportDate']}: {each['overall']['rating']}"
            for each in tree.get("historicRatings", ())
            if _rated(each)
        ),
        reverse=True,
    )
    published = str(overall.get("reportDate") or (tree.get("currentRatings") or {}).get("reportDate") or "")
    facts = {
        "id": tree["locationId"],
        "name": tree["name"],
        "postcode": tree.get("postalCode", ""),
        "status": tree.get("registrationStatus", ""),
        "ended": tree.get("deregistrationDate", ""),
        "rating": overall.get("rating", ""),
        "inspected": _visit(tree, str(overall.get("reportLinkId", ""))),
        "published": published,
        "questions": ", ".join(f"{each['name']}: {each['rating']}" for each in overall.get("keyQuestionRatings", ())),
        "earlier": "; ".join(earlier),
    }
    days.day(facts["inspected"] or published, "iso")
    return {name: fact(value) for name, value in facts.items()}


def _rated(rating: dict[str, Any]) -> bool:
    return bool(rating.get("reportDate")) and "rating" in (rating.get("overall") or {})


def _visit(tree: dict[str, Any], report: str) -> str:
    """Give the first day of the inspection that a report is about."""
    visits = [each.get("firstVisitDate", "") for each in tree.get("reports", ()) if each.get("linkId") == report]
    return next(filter(None, visits), "")


def _of_table(intake: Intake) -> Iterator[Row | Fault]:
    table = Table(intake, LAYOUTS)
    order = "uk" if table.layout is not LAYOUTS[0] else "us"

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        given = dict(zip(table.layout.columns, map(str.strip, values), strict=True))
        try:
            facts = _of_columns(given, order)
        except ValueError as error:
            return intake.fault(number, table.layout.columns["published"], days.EXPECTED["uk"], shown(str(error)))
        return _row(intake, number, facts, table.layout.columns["id"], number)

    return table.made(row)


def _of_columns(given: dict[str, str], order: str) -> dict[str, str]:
    """Bring a table's row to the same facts; a publication on the day of registration is no rating's day."""
    published, began = (days.day(given.get(name, ""), order) for name in ("published", "began"))
    facts = {**dict.fromkeys(FIELDS, ""), **{name: value for name, value in given.items() if name in FIELDS}}
    asked = [f"{each.capitalize()}: {given[each]}" for each in _QUESTIONS if given.get(each)]
    return {
        **facts,
        "status": "Deregistered" if facts["ended"] else "Registered",
        "published": published.isoformat() if published and published != began else "",
        "questions": ", ".join(asked),
    }


def _row(intake: Intake, number: int, facts: dict[str, str], column: str, line: int) -> Row | Fault:
    if not facts["id"] or not names.words(facts["name"]):
        got = shown(f"{facts['id']} {facts['name']}".strip())
        return intake.fault(line, column, "a location's id and name", got)
    return Row(number, (facts["id"], *names.keys(names.firm(facts["name"]))), tuple(facts[name] for name in FIELDS))


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add what CQC says of each location number on record; a clinic without one is asked about by name."""
    known = {each.casefold() for each in about(NAME).authorities}
    ours = [each.number for each in clinic.registrations if each.body.casefold() in known and each.number]
    found = [entry for number in sorted(set(ours)) for entry in register.by_number(number.strip())]
    clinic = with_more(clinic, registrations=[_registration(each, register) for each in found])
    for statement in (said for each in found if (said := _inspection(each, register))):
        if statement not in clinic.answers.get(CRITERION, ()):
            clinic = clinic.answering({CRITERION: statement})
    if clinic.name and not ours and clinic.country in (None, "GB"):
        namesakes = register.by_name(names.firm(clinic.name), _names)
        clinic = with_more(
            clinic, possible_matches=capped(_possible(clinic.name, each, register) for each, _ in namesakes)
        )
    return clinic


def _names(entry: Entry) -> tuple[Name, ...]:
    return (names.firm(entry["name"]),)


def _is_registered(entry: Entry) -> bool:
    return entry["status"].casefold() == "registered"


def _registration(entry: Entry, register: Register) -> Registration:
    ended = told("cqc.ended", day=entry["ended"]) if entry["ended"] else ""
    return Registration(
        kind=RegistrationKind.PREMISES,
        body=about(NAME).by,
        number=entry["id"],
        status=RegistrationStatus.REGISTERED if _is_registered(entry) else RegistrationStatus.CANCELLED,
        source=register.source(entry, joined(", ", entry["name"], ended)),
    )


def _inspection(entry: Entry, register: Register) -> Statement | None:
    """State what the rating in force says, on the day of the inspection; of a location that has ended, nothing."""
    answer = words(NAME, "ratings", " ".join(entry["rating"].casefold().split()))
    if not answer or not _is_registered(entry):
        return None
    source = register.source(entry)
    day = _inspected(entry, register)
    source = evolve(source, id=f"{source.id}:rating", kind=Kind.INSPECTION, seen=day)
    earlier = told("cqc.earlier", ratings=entry["earlier"]) if entry["earlier"] else ""
    parts = joined("; ", told("cqc.overall", rating=entry["rating"]), entry["questions"], earlier)
    return Statement(Answer(answer), source, cut(joined(". ", parts, told("cqc.note")), 4000))


def _inspected(entry: Entry, register: Register) -> dt.date | None:
    """Give the day of the inspection, else that of its report; none that is later than the snapshot."""
    day = days.day(entry["inspected"]) or days.day(entry["published"])
    return day and min(day, register.as_of)


def _possible(name: str, entry: Entry, register: Register) -> PossibleMatch:
    overall = told("cqc.overall_now", rating=entry["rating"]) if entry["rating"] else ""
    ask = joined(" ", told("cqc.address", number=entry["id"]), told("cqc.note"))
    return possible(
        register, entry, name, (entry["name"], joined(", ", entry["status"], entry["postcode"], overall)), ask
    )


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
