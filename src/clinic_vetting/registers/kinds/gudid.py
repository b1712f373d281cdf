"""AccessGUDID: what labelers have told of their devices; the full release in XML, `device.txt`, and openFDA's records.

Nothing in it is an approval. An identifier that leads to another brand, or to a device no longer sold, is a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from clinic_vetting.clinic import Clinic, PossibleMatch, Product
from clinic_vetting.errors import Fault
from clinic_vetting.plain_words import words
from clinic_vetting.registers import openfda
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import with_more
from clinic_vetting.registers.packs import asked, pack_of
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.registers.intake import Intake

NAME: Final = "gudid"
FIELDS: Final = ("brand", "company", "model", "distribution", "identifiers")
_SPACE: Final = "{http://www.fda.gov/cdrh/gudid}"
_IN_XML: Final = {
    "brand": "brandName", "company": "companyName", "model": "versionModelNumber",
    "distribution": "deviceCommDistributionStatus",
}  # fmt: skip
_RECORD: Final = {
    "brand": "brand_name", "company": "company_name", "model": "version_or_model_number",
    "distribution": "commercial_distribution_status",
}  # fmt: skip
LAYOUT: Final = Layout("device.txt", {**_IN_XML, "identifiers": "PrimaryDI"})


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the devices; one without an identifier is a fault."""
    for number, facts in _records(intake):
        if isinstance(facts, Fault):
            yield facts
        elif not facts["identifiers"]:
            yield intake.fault(number, "deviceId", told("fault.registers.device"), told("fault.nothing"))
        else:
            plain = {name: " ".join(facts[name].split()) for name in FIELDS}
            yield Row(number, tuple(plain["identifiers"].split()), tuple(plain.values()))


def _records(intake: Intake) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    if openfda.begins(intake, b"<"):
        yield from enumerate(_devices(intake), 1)
    elif openfda.begins(intake, b"{"):
        for number, record in openfda.records(intake):
            listed = record.get("identifiers")
            found = [each.get("id") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
            yield number, _facts(record, _RECORD, [each for each in found if isinstance(each, str)])
    else:
        table = Table(intake, (LAYOUT,), "|")
        for each in table.rows():
            if isinstance(each, Fault):
                yield each.line, each
            else:
                yield each[0], dict(zip(LAYOUT.columns, each[1], strict=True))


def _facts(record: dict[str, Any], known: dict[str, str], identifiers: list[str]) -> dict[str, str]:
    return {name: str(record.get(key) or "") for name, key in known.items()} | {"identifiers": " ".join(identifiers)}


def _devices(intake: Intake) -> Iterator[dict[str, str]]:
    """Give the devices of a release, each forgotten once it is read.

    Raises:
        InputError: It is no XML, or is cut off.
    """
    try:
        with intake.unbroken():
            yield from _read(intake)
    except (ET.ParseError, LookupError, ValueError) as error:
        raise intake.refuse(told("fault.registers.xml"), str(error), told("fault.registers.get_again")) from None


def _read(intake: Intake) -> Iterator[dict[str, str]]:
    found = ET.iterparse(intake.data, events=("start", "end"))  # noqa: S314 - expat stops entities that multiply
    _, root = next(found)
    for event, each in found:
        if event == "end" and each.tag == f"{_SPACE}device":
            record = {key: each.findtext(f"{_SPACE}{key}") for key in _IN_XML.values()}
            yield _facts(record, _IN_XML, [one.text for one in each.iter(f"{_SPACE}deviceId") if one.text])
            root.clear()


def look(clinic: Clinic, register: Register) -> Clinic:
    """Ask about each product whose device identifier is told of under another name, or as no longer sold."""
    matches: list[PossibleMatch] = []
    for product in clinic.products:
        for number in sorted(pack_of(product).devices):
            for entry in register.by_number(number):
                if question := _question(product, entry):
                    named = f"{entry['brand']}, {entry['company']}"
                    says = told("device.says", number=number, named=named, distribution=entry["distribution"])
                    matches.append(asked(register, entry, product, (named, says), question))
    return with_more(clinic, possible_matches=matches)


def _question(product: Product, entry: Entry) -> str:
    if product.name and words(product.name) != words(entry["brand"]):
        return told("device.other")
    if entry["distribution"].casefold().startswith("not "):
        return told("device.not_sold")
    return ""


KIND: Final = RegisterKind(name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look)
