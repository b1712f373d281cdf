"""The National Drug Code Directory: `product.txt`, `package.txt`, unfinished drugs, and openFDA's records of them.

Being listed is no approval. A code whose marketing category is one of approved drugs says that a drug of that name is
approved in the US, if its route is an injection; it never says that the pack is genuine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import fields, tables
from clinic_vetting.clinic import Authorisation, Clinic, PossibleMatch, Product
from clinic_vetting.errors import Fault, shown
from clinic_vetting.evidence import Kind, Source
from clinic_vetting.ndc import elevens
from clinic_vetting.plain_words import words
from clinic_vetting.registers import days, names, openfda
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import with_more
from clinic_vetting.registers.likeness import Likeness, likeness
from clinic_vetting.registers.packs import asked, pack_of
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.registers.intake import Intake

MOST_AUTHORISATIONS: Final = fields.most(Product, "authorisation")
"""How many of them a product may have."""
NAME: Final = "ndc"
FIELDS: Final = (
    "ndc",
    "brand",
    "generic",
    "routes",
    "ends",
    "category",
    "application",
    "labeler",
    "excluded",
    "begins",
    "listed",
)
_COLUMNS: Final = {
    "ndc": "PRODUCTNDC", "brand": "PROPRIETARYNAME", "generic": "NONPROPRIETARYNAME", "routes": "ROUTENAME",
    "ends": "ENDMARKETINGDATE", "category": "MARKETINGCATEGORYNAME", "application": "APPLICATIONNUMBER",
    "labeler": "LABELERNAME", "excluded": "NDC_EXCLUDE_FLAG", "begins": "STARTMARKETINGDATE",
    "listed": "LISTING_RECORD_CERTIFIED_THROUGH",
}  # fmt: skip
LAYOUTS: Final = (
    Layout("products", _COLUMNS, frozenset({"begins", "listed"})),
    Layout("unfinished", _COLUMNS, frozenset({"brand", "routes", "application", "excluded", "begins", "listed"})),
    Layout("packages", {**_COLUMNS, "package": "NDCPACKAGECODE"}, frozenset(_COLUMNS) - {"ndc"}),
)
_RECORD: Final = {
    "ndc": "product_ndc", "brand": "brand_name", "generic": "generic_name", "routes": "route",
    "ends": "marketing_end_date", "category": "marketing_category", "application": "application_number",
    "labeler": "labeler_name", "begins": "marketing_start_date", "listed": "listing_expiration_date",
}  # fmt: skip


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the products; a code that is no NDC, or an impossible end of marketing, is a fault."""
    for number, facts in _records(intake):
        if isinstance(facts, Fault):
            yield facts
        elif not (found := elevens(facts["ndc"])):
            yield intake.fault(number, "PRODUCTNDC", told("fault.registers.ndc"), shown(facts["ndc"]))
        elif fault := _fault(intake, number, facts):
            yield fault
        else:
            yield Row(number, tuple(each[:9] for each in found), tuple(facts[name] for name in FIELDS))


def _records(intake: Intake) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Give the facts of each row, of a table or of openFDA's JSON."""
    if openfda.begins(intake, b"{"):
        for number, record in openfda.records(intake):
            yield number, dict.fromkeys(FIELDS, "") | {name: _text(record.get(key)) for name, key in _RECORD.items()}
        return
    table = Table(intake, LAYOUTS, "\t")
    for each in table.rows():
        if isinstance(each, Fault):
            yield each.line, each
        else:
            yield each[0], dict.fromkeys(FIELDS, "") | dict(zip(table.layout.columns, each[1], strict=True))


def _text(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _fault(intake: Intake, number: int, facts: dict[str, str]) -> Fault | None:
    for name in ("ends", "begins", "listed"):
        try:
            days.day(facts[name])
        except ValueError:
            return intake.fault(number, _COLUMNS[name], days.expected("us"), shown(facts[name]))
    return None


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add an authorisation to each product whose NDC is that of an approved injection; ask where names differ."""
    matches: list[PossibleMatch] = []
    products = []
    for product in clinic.products:
        given = list(product.authorisation)
        for entry in _entries(product, register):
            question = _question(product, entry, register)
            if question or product.source is None:
                matches.append(asked(register, entry, product, (_listed(entry), entry["category"]), question))
            else:
                given.append(_authorisation(entry, _source(product.source, entry, register)))
        products.append(attrs.evolve(product, authorisation=tuple(dict.fromkeys(given))[:MOST_AUTHORISATIONS]))
    return with_more(attrs.evolve(clinic, products=tuple(products)), possible_matches=matches)


def _entries(product: Product, register: Register) -> list[Entry]:
    """Give the rows of a product's NDC; packages alone say nothing."""
    wanted = tuple(sorted({each[:9] for each in pack_of(product).ndcs}))
    return [each for each in register.by_keys(wanted) if each["category"]] if wanted else []


def _listed(entry: Entry) -> str:
    return ", ".join(each for each in (entry["brand"] or entry["generic"], entry["labeler"]) if each)


def _question(product: Product, entry: Entry, register: Register) -> str:
    """Say what has to be asked before the row can speak for the product; blank where nothing has."""
    return next((ask for so, ask in _questions(product, entry, register) if so), "")


def _questions(product: Product, entry: Entry, register: Register) -> Iterator[tuple[bool, str]]:
    """Give each reason not to take the row for the product, whether it holds, and what it asks."""
    table: dict[str, Any] = tables.table("registers")[NAME]
    number, category = entry["ndc"], entry["category"]
    yield product.source is None, told("ndc.unseen", number=number)
    several = len(elevens(product.ndc or "")) > 1
    yield several, told("ndc.several", number=number)
    known = (entry["brand"], entry["generic"], f"{entry['brand']} {entry['generic']}")
    other = bool(product.name) and words(product.name or "") not in {words(each) for each in known}
    yield other, told("ndc.other", number=number)
    firm, labeler = names.firm(product.maker or ""), names.firm(entry["labeler"])
    foreign = bool(product.maker and entry["labeler"]) and likeness(firm, labeler) is not Likeness.SAME
    yield foreign, told("ndc.foreign", number=number, labeler=entry["labeler"])
    unapproved = category.upper() not in table["approved"]
    yield unapproved, told("ndc.unapproved", category=category)
    routes = {each.strip().upper() for each in entry["routes"].split(";")}
    stated = entry["routes"] or told("ndc.not_stated")
    yield not routes & set(table["injected"]), told("ndc.no_injection", routes=stated)
    begins, *ends = (days.day(entry[name]) for name in ("begins", "ends", "listed"))
    over = entry["excluded"].strip() not in ("", "N") or any(each and each < register.as_of for each in ends)
    yield over, told("ndc.ended")
    ahead = bool(begins and begins > register.as_of)
    yield ahead, told("ndc.ahead", begins=begins)


def _source(seen_by: Source, entry: Entry, register: Register) -> Source:
    """Give the register, or who names the product: an approved code proves no more than that it is on the pack."""
    if seen_by.kind in (Kind.CLAIM, Kind.PATIENT) or seen_by.seen is None:
        return seen_by
    return register.source(entry, says=f"{_listed(entry)}: {entry['category']}"[:150])


def _authorisation(entry: Entry, source: Source) -> Authorisation:
    return Authorisation(authority="FDA", number=entry["application"] or None, country="US", source=source)


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
