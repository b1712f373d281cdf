"""The US register of providers (NPPES), as its monthly file has it: 330 columns, of which few are needed.

An NPI says who somebody is, not what they may do: CMS gives it to whoever applies.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers import names
from clinic_vetting.registers.about import about
from clinic_vetting.registers.identity import Identity
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import firm_keys, person_keys
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.register import RegisterKind
from clinic_vetting.registers.rows import Entry, Fields
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import joined, told

NAME: Final = "nppes"
_PRACTICE: Final = "Provider Business Practice Location Address"
COLUMNS: Final = {
    "npi": "NPI",
    "family": "Provider Last Name (Legal Name)",
    "given": "Provider First Name",
    "middle": "Provider Middle Name",
    "credential": "Provider Credential Text",
    "firm": "Provider Organization Name (Legal Business Name)",
    "other_firm": "Provider Other Organization Name",
    "other_family": "Provider Other Last Name",
    "other_given": "Provider Other First Name",
    "city": f"{_PRACTICE} City Name",
    "state": f"{_PRACTICE} State Name",
    "deactivated": "NPI Deactivation Date",
    "reactivated": "NPI Reactivation Date",
    "taxonomy": "Healthcare Provider Taxonomy Code_1",
    "licence": "Provider License Number_1",
    "licence_state": "Provider License Number State Code_1",
}
FIELDS: Final = tuple(COLUMNS)
_REQUIRED: Final = frozenset({"npi", "family", "given", "state"})
LAYOUT: Final = Layout("official", COLUMNS, frozenset(FIELDS) - _REQUIRED, lines=1)


def read(intake: Intake) -> Iterator[Fields | Fault]:
    """Give the rows; a row whose NPI is none is a fault."""
    for each in Table(intake, [LAYOUT]).rows():
        if isinstance(each, Fault):
            yield each
            continue
        number, values = each
        npi, family, given = values[0], values[1], values[2]
        if len(npi) != 10 or not npi.isdecimal():
            yield intake.fault(number, "NPI", told("fault.registers.npi"), shown(npi))
            continue
        found = (npi, *keys_of(family, given)) if family else (npi,)
        if values[7]:
            found += keys_of(values[7], values[8] or given)
        if values[5]:
            found += firm_keys(values[5])
        if values[6]:
            found += firm_keys(values[6])
        yield number, found, values


def keys_of(family: str, given: str) -> tuple[str, ...]:
    """Give `person_keys`, put together from those of a family name and what a given name adds.

    Among millions of rows there are few of either, and many pairs.
    """
    found, adds = person_keys(family, ""), _addition(given)
    return (found[0] + adds,) if len(found) == 1 else tuple([each + adds for each in found])


@lru_cache(maxsize=50_000)
def _addition(given: str) -> str:
    (alone,), (key,) = person_keys("a", ""), person_keys("a", given)
    return key.removeprefix(alone)


def row_names(entry: Entry) -> Iterator[Name]:
    """Give the names of a row: legal, former, of the firm."""
    given, middle = entry["given"], entry["middle"]
    if entry["family"]:
        yield names.person(entry["family"], given, middle)
    if entry["other_family"]:
        yield names.person(entry["other_family"], entry["other_given"] or given, middle)
    yield from (names.firm(entry[name]) for name in ("firm", "other_firm") if entry[name])


def _says(entry: Entry) -> str:
    number, of = entry["licence"], entry["licence_state"]
    licence = told("register.licence_of", number=number, state=of) if number else ""
    parts = (f"NPI {entry['npi']}", entry["credential"], entry["taxonomy"], licence, entry["city"], entry["state"])
    return joined(", ", *parts)


def _odd(entry: Entry) -> str:
    if not entry["deactivated"] or entry["reactivated"]:
        return ""
    return told("register.deactivated", day=entry["deactivated"])


_IDENTITY: Final = Identity(about(NAME).authorities, row_names, lambda entry: entry["state"], _says, _odd)
KIND: Final = RegisterKind(
    name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=_IDENTITY.look
)
