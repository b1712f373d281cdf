"""FDA's index of warning letters: names of firms and no number, so that it only ever asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_vetting.clinic import Clinic, PossibleMatch
from clinic_vetting.errors import Fault, shown
from clinic_vetting.plain_words import words
from clinic_vetting.registers import days, names
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import capped, firms, possible, with_more
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import firm_keys
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import joined, told

NAME: Final = "fda-warning-letters"
FIELDS: Final = ("company", "issued", "posted", "subject", "office", "url", "closed")
_INDEX: Final = {
    "company": "company", "issued": "letter_date", "posted": "posted_date", "subject": "subject",
    "office": "issuing_office", "url": "url",
}  # fmt: skip
_EXPORT: Final = {
    "company": "Company Name", "issued": "Letter Issue Date", "posted": "Posted Date", "subject": "Subject",
    "office": "Issuing Office", "closed": "Closeout Letter",
}  # fmt: skip
LAYOUTS: Final = (
    Layout("index", _INDEX, frozenset({"posted", "office", "url"})),
    Layout("export", _EXPORT, frozenset({"posted", "office", "closed"})),
)


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the letters; one without a company, or with a day that is none, is a fault."""
    table = Table(intake, LAYOUTS)

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        given = dict(zip(table.layout.columns, map(str.strip, values), strict=True))
        fault = _fault(intake, number, given, table.layout)
        facts = tuple(given.get(name, "") for name in FIELDS)
        return fault or Row(number, firm_keys(given["company"]), facts)

    return table.made(row)


def _fault(intake: Intake, line: int, given: dict[str, str], layout: Layout) -> Fault | None:
    if not words(given["company"]):
        return intake.fault(line, layout.columns["company"], told("fault.registers.company"), shown(given["company"]))
    try:
        days.day(given["issued"])
    except ValueError:
        return intake.fault(line, layout.columns["issued"], days.expected("us"), shown(given["issued"]))
    return None


def _names(entry: Entry) -> tuple[Name, ...]:
    return (names.firm(entry["company"]),)


def look(clinic: Clinic, register: Register) -> Clinic:
    """Ask about each firm on record whose name is that of a firm which got a letter."""
    matches: list[PossibleMatch] = []
    for firm in firms(clinic):
        found = register.by_name(names.firm(firm), _names)
        matches += capped(_possible(firm, entry, register) for entry, _ in found)
    return with_more(clinic, possible_matches=matches)


def _possible(firm: str, entry: Entry, register: Register) -> PossibleMatch:
    letter = f"https://www.fda.gov{entry['url']}" if entry["url"].startswith("/") else entry["url"]
    closed = told("letter.closed", day=entry["closed"]) if entry["closed"] else ""
    issued = days.day(entry["issued"])
    of = told("letter.of", day=issued) if issued else told("letter.undated")
    says = joined("; ", joined(": ", of, entry["subject"]), closed)
    ask = told("letter.ask_at", letter=letter) if letter else told("letter.ask")
    return possible(register, entry, firm, (entry["company"], says), ask)


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
