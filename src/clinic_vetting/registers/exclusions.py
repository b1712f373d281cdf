"""Files of the exclusions list of the US OIG: the official 18 columns, `LASTNAME` to `WVRSTATE`, and two extracts.

The extracts are never whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers import days, names, spelling
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import keys
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.rows import Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

NO_NPI: Final = frozenset({"", "0000000000"})
_MOST_KNOWN: Final = 50_000
"""How many names are remembered, so that memory stays flat."""
_FULL: Final = dt.timedelta(days=730)
"""A monthly supplement has the same columns; the whole list tells of decades."""
OFFICIAL: Final = Layout(
    "official",
    {
        "family": "LASTNAME", "given": "FIRSTNAME", "middle": "MIDNAME", "name": "BUSNAME", "specialty": "SPECIALTY",
        "npi": "NPI", "state": "STATE", "reason": "EXCLTYPE", "excluded": "EXCLDATE", "reinstated": "REINDATE",
        "waiver": "WAIVERDATE", "waiver_state": "WVRSTATE", "general": "GENERAL", "upin": "UPIN", "born": "DOB",
        "address": "ADDRESS", "city": "CITY", "zip": "ZIP",
    },
    lines=1,
)  # fmt: skip
_BY_NPI: Final = {"name": "name", "specialty": "spec", "npi": "npi", "state": "state", "reason": "reason"}
_RECENT: Final = {"name": "n", "specialty": "sp", "npi": "npi", "state": "s", "reason": "r"}
LAYOUTS: Final = (
    OFFICIAL,
    Layout("by NPI", {**_BY_NPI, "excluded": "date"}, lines=1),
    Layout("recent", {**_RECENT, "excluded": "d"}, lines=1),
)
FIELDS: Final = (
    "family", "given", "middle", "name", "specialty", "npi", "state", "reason", "excluded", "reinstated", "waiver",
    "waiver_state",
)  # fmt: skip


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows; a row without a name, or with an NPI or a date that is none, is a fault.

    A name that came through damaged is a fault beside its row, which is found by its number still.
    """
    table = Table(intake, LAYOUTS)
    fields = tuple(table.layout.columns)
    first, last, ended, known = dt.date.max, dt.date.min, True, set[tuple[str, bool]]()
    for each in table.rows():
        if isinstance(each, Fault):
            yield each
            continue
        number, values = each
        facts = {**dict.fromkeys(FIELDS, ""), **dict(zip(fields, map(str.strip, values), strict=True))}
        if fault := _fault(intake, number, facts, table.layout):
            yield fault
            continue
        if excluded := days.day(facts["excluded"]):
            first, last = min(first, excluded), max(last, excluded)
        ended = ended and bool(days.day(facts["reinstated"]))
        yield from _damaged(intake, number, facts, table.layout)
        yield Row(number, _keys(facts, known), tuple(facts[name] for name in FIELDS))
    if table.layout is OFFICIAL and ended and last > dt.date.min:
        expected, got = told("fault.registers.exclusions"), told("fault.registers.reinstatements")
        intake.refuse(expected, got, told("fault.registers.supplement"))
    if intake.whole:
        whole = table.layout is OFFICIAL and last > first and last - first > _FULL
        expected, got = told("fault.registers.whole_list"), told("fault.registers.part_of_it")
        intake.complete = whole or intake.refuse(expected, got)


def _fault(intake: Intake, line: int, facts: dict[str, str], layout: Layout) -> Fault | None:
    if not facts["name"] and not facts["family"]:
        expected, got = told("fault.registers.person_or_firm"), told("fault.registers.neither")
        return intake.fault(line, layout.columns["name"], expected, got)
    npi = facts["npi"]
    if npi not in NO_NPI and not (len(npi) == 10 and npi.isascii() and npi.isdigit()):
        return intake.fault(line, layout.columns["npi"], told("fault.registers.npi_or_zeros"), shown(npi))
    for name in ("excluded", "reinstated", "waiver"):
        try:
            days.day(facts[name])
        except ValueError:
            return intake.fault(line, layout.columns[name], days.expected("us"), shown(facts[name]))
    return None


def _damaged(intake: Intake, line: int, facts: dict[str, str], layout: Layout) -> Iterator[Fault]:
    """Tell of a name in which letters are lost or of another script, so that absence of it proves nothing."""
    name = "family" if facts["family"] else "name"
    is_whole = spelling.is_whole if name == "family" or not row_name(facts).is_firm else spelling.is_latin
    if not is_whole(facts[name]):
        expected, hint = told("fault.registers.latin"), told("fault.registers.latin_hint")
        yield intake.fault(line, layout.columns[name], expected, shown(facts[name]), hint)


def _keys(facts: dict[str, str], known: set[tuple[str, bool]]) -> tuple[str, ...]:
    """Give what a row is found by; how a name may be spelt stands at the first row that has it."""
    name = row_name(facts)
    found, written = keys(name), (facts["family"] or facts["name"], name.is_firm)
    if written not in known:
        found += spelling.firm_keys(name) if name.is_firm else spelling.keys(written[0])
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known.add(written)
    return found if facts["npi"] in NO_NPI else (facts["npi"], *found)


def row_name(facts: Mapping[str, str]) -> Name:
    """Give the name of a row, whichever columns it stands in."""
    if facts["family"]:
        return names.person(facts["family"], facts["given"], facts["middle"])
    return names.read(facts["name"])
