"""The exclusions list of the US OIG: closed-world, so that absence says something, as far as it can be searched.

The official monthly file has 18 columns, `LASTNAME` to `WVRSTATE`. Most of its rows have no NPI. That a number is
absent from it is no answer about a person, therefore: only absence by number and by name together is one, and only
for what was imported as the whole list, of which every row could be read, and only where no word of a name is a family
name on it. Two reshaped extracts are read too; they are never whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action, Clinic, PossibleMatch, Practitioner, Sanction
from clinic_vetting.errors import Fault, shown
from clinic_vetting.evidence import Answer, Statement
from clinic_vetting.identifiers import readings
from clinic_vetting.registers import days, families, names
from clinic_vetting.registers.about import about
from clinic_vetting.registers.asking import capped, firms, npis, numbers, possible, state, unopposed, with_more
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.names import Likeness
from clinic_vetting.registers.rows import Entry, RegisterKind, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import ENGLISH, catalogue, joined, told

if TYPE_CHECKING:
    from clinic_vetting.registers.names import Name
    from clinic_vetting.registers.register import Register

NAME: Final = "leie"
CRITERION: Final = "credentials.no_active_sanctions"
"""What absence speaks to."""
_NO_NPI: Final = frozenset({"", "0000000000"})
_FULL: Final = dt.timedelta(days=730)
"""A monthly supplement has the same columns; the whole list tells of decades."""
_SUPPLEMENT: Final = "a monthly supplement would hide who is excluded; import the whole list, UPDATED.csv"
OFFICIAL: Final = Layout(
    "official",
    {
        "family": "LASTNAME", "given": "FIRSTNAME", "middle": "MIDNAME", "name": "BUSNAME", "specialty": "SPECIALTY",
        "npi": "NPI", "state": "STATE", "reason": "EXCLTYPE", "excluded": "EXCLDATE", "reinstated": "REINDATE",
        "waiver": "WAIVERDATE", "waiver_state": "WVRSTATE", "general": "GENERAL", "upin": "UPIN", "born": "DOB",
        "address": "ADDRESS", "city": "CITY", "zip": "ZIP",
    },
)  # fmt: skip
_NONE: Final = ("family", "given", "middle", "reinstated", "waiver", "waiver_state")
_BY_NPI: Final = {"name": "name", "specialty": "spec", "npi": "npi", "state": "state", "reason": "reason"}
_RECENT: Final = {"name": "n", "specialty": "sp", "npi": "npi", "state": "s", "reason": "r"}
LAYOUTS: Final = (
    OFFICIAL,
    Layout("by NPI", {**_BY_NPI, "excluded": "date"}),
    Layout("recent", {**_RECENT, "excluded": "d"}),
)
FIELDS: Final = (
    "family", "given", "middle", "name", "specialty", "npi", "state", "reason", "excluded", "reinstated", "waiver",
    "waiver_state",
)  # fmt: skip


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows; a row without a name, or with an NPI or a date that is none, is a fault."""
    table = Table(intake, LAYOUTS)
    fields = tuple(table.layout.columns)
    first, last, ended = dt.date.max, dt.date.min, True
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
        yield Row(number, _keys(facts), tuple(facts[name] for name in FIELDS))
    if table.layout is OFFICIAL and ended and last > dt.date.min:
        intake.refuse("exclusions", "reinstatements alone", _SUPPLEMENT)
    if intake.whole:
        whole = table.layout is OFFICIAL and last > first and last - first > _FULL
        intake.complete = whole or intake.refuse("the whole list, as --whole says", "a part or an extract of it")


def _fault(intake: Intake, line: int, facts: dict[str, str], layout: Layout) -> Fault | None:
    if not facts["name"] and not facts["family"]:
        return intake.fault(line, layout.columns["name"], "a name of a person or a firm", "neither")
    npi = facts["npi"]
    if npi not in _NO_NPI and not (len(npi) == 10 and npi.isascii() and npi.isdigit()):
        return intake.fault(line, layout.columns["npi"], "an NPI of ten digits, or zeros", shown(npi))
    for name in ("excluded", "reinstated", "waiver"):
        try:
            days.day(facts[name])
        except ValueError:
            return intake.fault(line, layout.columns[name], days.EXPECTED["us"], shown(facts[name]))
    return None


def _keys(facts: dict[str, str]) -> tuple[str, ...]:
    name = _name(facts)
    found = (*names.keys(name), *families.keys(name))
    return found if facts["npi"] in _NO_NPI else (facts["npi"], *found)


def _name(facts: dict[str, str]) -> Name:
    if facts["family"]:
        return names.person(facts["family"], facts["given"], facts["middle"])
    return names.read(facts["name"])


def _names(entry: Entry) -> tuple[Name, ...]:
    return (_name(dict(entry.facts)),)


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
        matches += capped(_namesakes(clinic, person, register))
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
    own = _valid(person)
    if not person.name or not _in_reach(clinic):
        return
    for entry, likeness in register.by_name(names.read(person.name), _names):
        listed = entry["npi"] not in _NO_NPI
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
    return bool(person.name) and not families.agree(names.read(person.name or ""), _name(dict(entry.facts)))


def _sanction(clinic: Clinic, person: Practitioner, register: Register, entry: Entry) -> Sanction:
    decided, ended = (_day(entry[name], register) for name in ("excluded", "reinstated"))
    waived_here = entry["waiver_state"] and entry["waiver_state"] == state(clinic)
    return Sanction(
        by=about(NAME).by,
        action=Action.CONDITIONS if waived_here else Action.EXCLUSION,
        practitioner=person.name,
        decided=decided,
        ended=None if decided and ended and ended < decided else ended,
        source=register.source(entry, says=_says(entry)),
    )


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
    return told(message) if message in catalogue(ENGLISH) else code


def _possible(register: Register, entry: Entry, about_: str, ask: str) -> PossibleMatch:
    name = entry["name"] or f"{entry['family']}, {entry['given']} {entry['middle']}".strip()
    where = f"{entry['specialty']}, {entry['state']}".strip(", ")
    says = told("exclusion.where", says=_says(entry), where=where) if where else _says(entry)
    return possible(register, entry, about_, (name, says), ask)


def absent(clinic: Clinic, register: Register) -> Clinic:
    """State that nobody on record is excluded, where the list was searched for each by NPI and by name.

    It proves that none of them is on the list, and no more: a state board's decision does not stand there. It is
    therefore left out where anything on record speaks against it, which it must not displace, and where the list has
    left a question open, of a person or of a firm.
    """
    people = clinic.practitioners
    searched = all(_can_be_searched(each) and not _may_be_listed(each, register) for each in people)
    asked = any(each.source.id.startswith(f"{NAME}:") for each in clinic.possible_matches)
    if not people or not searched or not _in_reach(clinic) or asked or not unopposed(clinic, CRITERION, register.as_of):
        return clinic
    said = Statement(Answer.YES, register.source(), told("exclusion.absent"))
    return clinic if said in clinic.answers.get(CRITERION, ()) else clinic.answering({CRITERION: said})


def _can_be_searched(person: Practitioner) -> bool:
    """Say whether a person is named in full, in letters that are read, and each NPI on record is one."""
    written = person.name or ""
    named = names.read(written)
    full = bool(named.given) and any(len(each) > 1 for each in named.given)
    return full and not named.is_firm and families.is_read(written) and bool(_valid(person))


def _valid(person: Practitioner) -> bool:
    """Say whether a person has an NPI, and each that is on record can be read and can be one."""
    found = [readings("NPI", each) for each in numbers(person, about(NAME).authorities)]
    return bool(found) and all(found)


def _may_be_listed(person: Practitioner, register: Register) -> bool:
    """Say whether a number is listed, or any word of a name as somebody's family name."""
    listed = any(register.by_number(each) for each in npis(person, about(NAME).authorities))
    return listed or bool(register.by_keys(families.search_keys(person.name or "")))


KIND: Final = RegisterKind(
    name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=look, absent=absent
)
