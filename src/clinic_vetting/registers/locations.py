"""Files of locations of the English regulator (CQC): the API's records as JSON, and tables of its directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from clinic_vetting.errors import Fault, shown
from clinic_vetting.plain_words import words
from clinic_vetting.registers import days
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import firm_keys
from clinic_vetting.registers.records import records
from clinic_vetting.registers.rows import Row, fact
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

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
    expected = told("fault.registers.location")
    for each in records(intake, expected):
        if isinstance(each, Fault):
            yield each
            continue
        number, tree = each
        place = told("fault.registers.record", number=number)
        try:
            facts = _facts(tree)
        except (AttributeError, TypeError, KeyError, ValueError) as error:
            yield intake.fault(0, place, expected, shown(f"{error!r}"))
            continue
        yield _row(intake, number, facts, place, 0)


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
    for each in (facts["inspected"] or published, facts["ended"]):
        days.day(str(each), "iso")
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
    tells_end = _LOCATIONS["ended"].casefold() in {each.strip().casefold() for each in table.header}

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        given = dict(zip(table.layout.columns, map(str.strip, values), strict=True))
        dated = {name: given.get(name, "") for name in ("published", "began", "ended")}
        for name, written in dated.items():
            try:
                dated[name] = str(days.day(written, order) or "")
            except ValueError:
                return intake.fault(number, table.layout.columns[name], days.expected("uk"), shown(written))
        facts = _of_columns(given, dated, tells_end=tells_end)
        return _row(intake, number, facts, table.layout.columns["id"], number)

    return table.made(row)


def _of_columns(given: dict[str, str], dated: dict[str, str], *, tells_end: bool) -> dict[str, str]:
    """Bring a table's row to the same facts; a publication on the day of registration is no rating's day."""
    facts = {**dict.fromkeys(FIELDS, ""), **{name: value for name, value in given.items() if name in FIELDS}}
    asked = [f"{each.capitalize()}: {given[each]}" for each in _QUESTIONS if given.get(each)]
    status = "Deregistered" if dated["ended"] else "Registered"
    return {
        **facts,
        "status": status if tells_end else "",
        "ended": dated["ended"],
        "published": dated["published"] if dated["published"] != dated["began"] else "",
        "questions": ", ".join(asked),
    }


def _row(intake: Intake, number: int, facts: dict[str, str], column: str, line: int) -> Row | Fault:
    if not facts["id"] or not words(facts["name"]):
        got = shown(f"{facts['id']} {facts['name']}".strip())
        return intake.fault(line, column, told("fault.registers.id_and_name"), got)
    return Row(number, (facts["id"], *firm_keys(facts["name"])), tuple(facts[name] for name in FIELDS))
