"""What a VerificationResult says: of what, by whom, since when, and how far that is a proof."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.evidence import Kind
from clinic_vetting.fhir.themselves import NOBODY, Themselves
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic_vetting.fhir.elements import Element
    from clinic_vetting.fhir.resources import Resource


class Status(StrEnum):
    """The validation status of the target, in FHIR's words."""

    ATTESTED = "attested"
    VALIDATED = "validated"
    IN_PROCESS = "in-process"
    REQ_REVALID = "req-revalid"
    VAL_FAIL = "val-fail"
    REVAL_FAIL = "reval-fail"
    ENTERED_IN_ERROR = "entered-in-error"


class Standing(StrEnum):
    """What a status comes to, as evidence."""

    PROOF = "proof"
    """A primary source other than the one it is about has confirmed it."""
    WORD = "word"
    """The one it is about, or who speaks for them, says so."""
    OPEN = "open"
    """It is being checked, or has to be checked again: no proof either way."""
    UNCONFIRMED = "unconfirmed"
    """A check did not confirm it, which is a question and no finding against anybody."""
    NEVER_SAID = "never said"
    """It was recorded by mistake."""


REGISTERS: Final = frozenset({"lic-board", "reg-auth"})
"""Types of primary source that keep an official register: a license board, a registration authority."""
EDUCATION: Final = frozenset({"prim", "cont-ed"})
"""Types of primary source that teach."""
_STANDING: Final = {
    Status.ATTESTED: Standing.WORD,
    Status.IN_PROCESS: Standing.OPEN,
    Status.REQ_REVALID: Standing.OPEN,
    Status.VAL_FAIL: Standing.UNCONFIRMED,
    Status.REVAL_FAIL: Standing.UNCONFIRMED,
    Status.ENTERED_IN_ERROR: Standing.NEVER_SAID,
}


@frozen
class PrimarySource:
    """Where something was checked.

    Attributes:
        who: Its name, for readers.
        reference: What it points to, if it does.
        types: Codes such as `lic-board`.
        outcome: `successful`, `failed`, `unknown`, or nothing.
        on: The day of the check.
        number: Its identifier, if it has one.
        is_named: Whether anybody says who it is.
    """

    who: str
    reference: str | None
    types: frozenset[str]
    outcome: frozenset[str]
    on: dt.date | None
    number: str | None = None
    is_named: bool = True

    @property
    def kind(self) -> Kind:
        """The kind of evidence that its confirmation is."""
        return Kind.REGISTER if self.types & REGISTERS else Kind.DOCUMENT


@frozen
class Verification:
    """One VerificationResult.

    Attributes:
        key: Its type and id, or its place.
        status: In FHIR's words.
        targets: What it is about.
        locations: Which parts of that, as paths; none: all of it.
        on: The day on which it was last performed, else that of its status.
        next_check: The day of the next scheduled check, if it lies after `on`.
        sources: Where it was checked.
        attested_by: Who attested, and for whom: references and names.
        attested_on: When.
        by: The name of who attested.
        against_nothing: Whether it was validated without looking anywhere.
        themselves: Those whose confirmation is their own word.
    """

    key: str
    status: Status
    targets: tuple[str, ...]
    locations: tuple[str, ...]
    on: dt.date | None
    next_check: dt.date | None
    sources: tuple[PrimarySource, ...]
    attested_by: frozenset[str]
    attested_on: dt.date | None
    by: str | None
    against_nothing: bool
    themselves: Themselves = NOBODY

    @property
    def standing(self) -> Standing:
        """What it comes to; validated without a source other than those it is about, it is their word."""
        if self.status is Status.VALIDATED:
            return Standing.PROOF if self.confirmed_by else Standing.WORD
        return _STANDING[self.status]

    @property
    def confirmed_by(self) -> PrimarySource | None:
        """The strongest primary source that confirmed it and is none of those it is about; of equals the newest."""
        if self.against_nothing:
            return None
        fits = [each for each in self.sources if each.outcome == {"successful"} and not self._is_own(each)]
        return max(fits, key=_strongest, default=None)

    def _is_own(self, source: PrimarySource) -> bool:
        about = {*self.targets, *self.attested_by}
        return (
            not source.is_named
            or bool(about & {source.reference, source.who})
            or self.themselves.include(source.reference, source.who, source.number)
        )

    def reaches(self, path: str) -> bool:
        """Say whether it is about a part such as `Practitioner.qualification[0]`, or about the number of that part."""
        wanted = {path, path.partition("[")[0]}
        return not self.locations or any(each.removesuffix(".identifier") in wanted for each in self.locations)


def _strongest(source: PrimarySource) -> tuple[bool, dt.date, str]:
    return (source.kind is Kind.REGISTER, source.on or dt.date.min, source.who)


def read_verification(
    resource: Resource, themselves: Themselves = NOBODY, as_of: dt.date | None = None
) -> Verification | None:
    """Read one; without a status that FHIR knows it says nothing, and is a fault.

    Args:
        resource: The VerificationResult.
        themselves: Whose confirmation is their own word, beside those it is about.
        as_of: The day of reading; a check after it, or after the resource's last update, was not made.
    """
    at = resource.at
    status = next((each for each in Status if each in at.codes("status")), None)
    if status is None:
        words = ", ".join(each.value for each in Status)
        at.faults.note(at.first("status") or at, told("fault.fhir.status", words=words))
        return None
    on = at.past_day("lastPerformed", as_of) or at.past_day("statusDate", as_of)
    until = _last_day(at, as_of)
    within = {f"#{each.text('id')}": each for each in at.parts("contained")}
    return Verification(
        resource.key,
        status,
        tuple(filter(None, (each.reference() for each in at.parts("target")))),
        tuple(filter(None, (each.text() for each in at.each("targetLocation")))),
        on,
        _next_check(at, on),
        tuple(found for each in at.parts("primarySource") if (found := _source(each, until, within))),
        frozenset(_attesting(at)),
        at.past_day("attestation", as_of, "date"),
        at.text("attestation", "who", "display") or at.reference("attestation", "who"),
        "nothing" in at.codes("validationType"),
        themselves,
    )


def _last_day(at: Element, as_of: dt.date | None) -> dt.date | None:
    """Give the last day on which something can have been checked; clocks of the world are up to a day apart."""
    updated = at.day("meta", "lastUpdated")
    days = [as_of] if as_of else []
    if updated and updated < dt.date.max:
        days.append(updated + dt.timedelta(days=1))
    return min(days, default=None)


def _next_check(at: Element, on: dt.date | None) -> dt.date | None:
    day = at.day("nextScheduled")
    if day and on and day <= on:
        expected, hint = told("fault.fhir.next_check", day=on), told("fault.it_is_left_out")
        at.faults.note(at.first("nextScheduled") or at, expected, hint)
        return None
    return day


def _source(at: Element, until: dt.date | None, within: Mapping[str, Element]) -> PrimarySource | None:
    """Read where something was checked; a check that lies ahead was not made.

    An organization inside the resource is known by its name; a person there, or whoever is said to be one, is none
    that keeps a register.
    """
    on = at.day("validationDate")
    if at.is_modified() or at.is_ahead(on, until, "validationDate"):
        return None
    reference, name = at.reference("who"), at.text("who", "display")
    number, inside = at.text("who", "identifier", "value"), within.get(reference or "")
    if inside is not None and inside.text("resourceType") == "Organization" and inside.text("name"):
        reference, name = None, name or inside.text("name")
    elif at.text("who", "type"):
        reference = reference or f"{at.text('who', 'type')}/"
    return PrimarySource(
        name or reference or number or told("note.import.fhir.primary_source"),
        reference,
        frozenset(code for each in at.each("type") for code in each.codes()),
        at.codes("validationStatus"),
        on,
        number,
        bool(name or reference or number),
    )


def _attesting(at: Element) -> Iterator[str]:
    for key in ("who", "onBehalfOf"):
        for found in (at.reference("attestation", key), at.text("attestation", key, "display")):
            if found:
                yield found
