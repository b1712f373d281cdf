"""A practitioner's qualifications and numbers, as licences and training, each with the best that was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting import tables
from clinic_vetting.clinic import Licence, LicenceStatus, Training
from clinic_vetting.evidence import Kind
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clinic_vetting.evidence import Source
    from clinic_vetting.fhir.elements import Element
    from clinic_vetting.fhir.resources import Resource, Resources
    from clinic_vetting.fhir.verification import Verification
    from clinic_vetting.fhir.voices import Voice, Voices

LICENCE_NUMBERS: Final = frozenset({"DDS", "DO", "LN", "MD", "NP", "OD", "PA", "RN", "RPH", "SL"})
"""Identifier types (HL7 v2 table 0203) that number a licence of a health profession."""
SYSTEMS: Final = {
    "http://hl7.org/fhir/sid/us-npi": "NPI",
    "https://fhir.hl7.org.uk/Id/gmc-number": "GMC",
    "https://fhir.hl7.org.uk/Id/nmc-number": "NMC",
    "https://fhir.hl7.org.uk/Id/gphc-number": "GPhC",
    "http://hl7.org.au/id/ahpra-registration-number": "Ahpra",
    "http://fhir.nl/fhir/NamingSystem/big": "BIG",
}
"""Systems of identifiers that are numbers in a register, and that register."""
_LONGEST: Final = 100
"""The most characters of a number or a title."""
_LISTED_AS: Final = {
    "revoked": LicenceStatus.REVOKED,
    "suspended": LicenceStatus.SUSPENDED,
    "inactive": LicenceStatus.LAPSED,
    "expired": LicenceStatus.EXPIRED,
}
"""What a directory's own status of a qualification means where a register has confirmed the entry."""


@frozen
class Qualification:
    """One qualification as FHIR lists it.

    Attributes:
        path: Such as `Practitioner.qualification[0]`.
        title: Its words.
        issuer: Who issued it.
        number: Its first identifier.
        licence: Whether its number is of a type that licences have.
        start, end: Its period; of months and years the first and the last day.
        listed: The status that a directory's extension gives it.
        old: Whether its number is no longer in use.
    """

    path: str
    title: str | None
    issuer: str | None
    number: str | None
    licence: bool
    start: dt.date | None
    end: dt.date | None
    listed: str | None
    old: bool = False

    def of(self, whose: Whose) -> str:
        """Say which it is, and whose."""
        number = told("note.import.fhir.number", number=self.number) if self.number else None
        known = joined(", ", self.title, number, self.issuer) or told("note.import.fhir.not_named")
        return told("note.import.fhir.of", what=joined("", self.path, " (", known, ")"), name=whose.name)


@frozen
class Whose:
    """Whose qualifications they are: a name for readers, and the source that lists them."""

    name: str
    listing: Source


def read_qualifications(whose: Resource, resources: Resources) -> Iterator[Qualification]:
    """List a practitioner's qualifications."""
    for place, each in enumerate(whose.at.parts("qualification")):
        if each.is_modified():
            continue
        organization = resources.at(each.reference("issuer"), whose.server)
        named = organization.at.text("name", most=200) if organization else None
        issuer = (
            each.text("issuer", "display", most=200)
            or named
            or each.text("identifier", "assigner", "display", most=200)
        )
        number = min(each.parts("identifier"), key=_is_old, default=None)
        yield Qualification(
            f"Practitioner.qualification[{place}]",
            each.label("code", most=_LONGEST),
            issuer,
            number.text("value", most=_LONGEST) if number else None,
            bool(number and number.codes("type") & LICENCE_NUMBERS),
            each.day("period", "start"),
            each.day("period", "end", last=True),
            _listed(each),
            bool(number and _is_old(number)),
        )


def _is_old(identifier: Element) -> bool:
    return identifier.text("use") == "old"


def _listed(at: Element) -> str | None:
    """Find the status in a directory's extension of a qualification."""
    inner = [one for each in at.each("extension") for one in each.each("extension") if one.text("url") == "status"]
    codes = [
        code
        for each in inner
        for key in ("valueCode", "valueCoding", "valueCodeableConcept")
        for code in each.codes(key)
    ]
    return min(codes, default=None)


def numbers(at: Element, source: Source) -> Iterator[Licence]:
    """List the numbers of registers that are known; by themselves they prove nothing, and can be looked up."""
    for each in at.parts("identifier"):
        authority, number = SYSTEMS.get(each.text("system") or ""), each.text("value", most=_LONGEST)
        if authority and number:
            yield Licence(authority=authority, number=number, source=source)


def records(found: Qualification, said: list[Verification], voices: Voices, whose: Whose) -> list[Licence | Training]:
    """Give the records that come of one qualification and of what was verified about it."""
    heard = voices.heard(said, found.of(whose), whose.listing)
    on_register = any(each.source.kind is Kind.REGISTER for each in heard)
    is_licence = found.number or found.licence or (on_register and found.issuer and tables.find(found.issuer))
    if is_licence and found.issuer:
        licences = [_licence(found, found.issuer, each, voices, whose) for each in heard]
        return list(dict.fromkeys(licences)) or [_entry(found, found.issuer, whose.listing)]
    if found.title:
        return [_training(found, found.title, each) for each in heard]
    voices.tell(told("note.import.fhir.unnamed", what=found.of(whose)))
    return []


def _licence(found: Qualification, issuer: str, voice: Voice, voices: Voices, whose: Whose) -> Licence:
    """Give an entry with its status where somebody says that it is in force; else as a number to look up."""
    register, seen = voice.source.kind is Kind.REGISTER, voice.source.seen
    if found.end and seen and found.end < seen:
        voices.tell(told("note.import.fhir.ended", what=found.of(whose), end=found.end, seen=seen))
        return _entry(found, issuer, whose.listing)
    if found.start and seen and found.start > seen:
        voices.tell(told("note.import.fhir.begins", what=found.of(whose), start=found.start))
        return _entry(found, issuer, whose.listing)
    if found.old:
        voices.tell(told("note.import.fhir.old_number", what=found.of(whose)))
        return _entry(found, issuer, whose.listing)
    if found.listed not in (None, "active"):
        status = _LISTED_AS.get(found.listed or "") if register else None
        voices.tell(told("note.import.fhir.listed", what=found.of(whose), status=found.listed))
    else:
        status = LicenceStatus.ACTIVE if register or found.licence else None
    if status is not LicenceStatus.ACTIVE:
        return _entry(found, issuer, voice.source if status else whose.listing, status)
    through = min((each for each in (found.end, voice.through) if each), default=None)
    return Licence(authority=issuer, number=found.number, status=status, expires=through, source=voice.source)


def _entry(found: Qualification, issuer: str, source: Source, status: LicenceStatus | None = None) -> Licence:
    return Licence(authority=issuer, number=found.number, status=status, source=source)


def _training(found: Qualification, title: str, voice: Voice) -> Training:
    return Training(treatment=title, provider=found.issuer, completed=found.start, source=voice.source)
