"""What practitioners' licences say, and the numbers by which they are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import LicenceStatus
from clinic_vetting.combining import every
from clinic_vetting.evidence import Answer, Kind, Less, Source, Statement
from clinic_vetting.identifiers import check_number
from clinic_vetting.measures.credentials.entries import injectors, is_over, is_proof, is_superseded, together
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import Says, in_date, said
from clinic_vetting.tables import find
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Clinic, Licence, Practitioner
    from clinic_vetting.combining import Part

LICENCE: Final = {
    LicenceStatus.ACTIVE: Answer.YES,
    LicenceStatus.CONDITIONS: Answer.PARTLY,
    LicenceStatus.SUSPENDED: Answer.NO,
    LicenceStatus.REVOKED: Answer.NO,
    LicenceStatus.SURRENDERED: Answer.NO,
    LicenceStatus.LAPSED: Answer.NO,
    LicenceStatus.EXPIRED: Answer.NO,
    LicenceStatus.NOT_FOUND: Answer.NO,
}
_OFFICIAL: Final = frozenset({Kind.REGISTER, Kind.INSPECTION})
_HISTORY: Final = frozenset({LicenceStatus.LAPSED, LicenceStatus.EXPIRED, LicenceStatus.NOT_FOUND})
_ENDS: Final = frozenset({LicenceStatus.ACTIVE, LicenceStatus.CONDITIONS})
_UNPROVEN: Final[dict[Says | None, Says | None]] = {Answer.YES: None, Answer.PARTLY: Less.SPENT}
"""What is left of an answer under a number that cannot exist: what it fails."""


@register("licensed_injectors", reads="practitioners", registers="people")
def licensed_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every injector has a licence that is active and in date.

    An entry that has merely lapsed is history where somebody other than the clinic shows another in
    force; a suspension, a revocation and conditions never are. A number that cannot exist shows no licence.
    """

    def licensed(person: Practitioner) -> Part:
        old = superseded(person, as_of, clinic.country)
        kept = [each for each in person.licences if each not in old]
        return together(_licence_says(each, as_of, clinic.country, person.name) for each in kept)

    return every(tuple(licensed(each) for each in injectors(clinic)))


def superseded(person: Practitioner, as_of: dt.date, country: str | None) -> list[Licence]:
    """List a person's entries that have lapsed where another is shown to be in force."""
    lapsed = [each for each in person.licences if _has_lapsed(each, as_of)]
    if not lapsed:
        return []
    proofs = [each for each in person.licences if is_proof(_licence_says(each, as_of, country), as_of)]
    return [each for each in lapsed if is_superseded(each, proofs)]


def impossible(licence: Licence, country: str | None) -> bool:
    """Say whether a number was given that cannot exist, for a clinic in a country.

    Where an official source has seen the entry, the number was mistyped since: that says nothing of anybody.
    In another country than the register's its short name may be that of another body.
    """
    if licence.number is None or licence.source.kind in _OFFICIAL:
        return False
    checked = check_number(licence.authority, licence.number)
    return checked.cannot_exist and checked.holds_in(country)


def _number_says(licence: Licence, whose: str | None) -> Statement:
    """State that a number cannot exist: our own check, seen when the record was, as strong as a document."""
    checked = check_number(licence.authority, licence.number or "")
    who, seen = told("measured.number_check"), licence.source.seen
    by = Source("number-check", Kind.DOCUMENT, who, seen, checked.look_up)
    return Statement(Answer.NO, by, joined(": ", whose, checked.says), licence)


def _licence_says(
    licence: Licence, as_of: dt.date, country: str | None, whose: str | None = None
) -> tuple[Statement, ...]:
    answer = LICENCE[licence.status] if licence.status else None
    says = in_date(answer, licence.expires, licence.source, as_of)
    if says in _UNPROVEN and impossible(licence, country):
        says = _UNPROVEN[says]
    return said(says, licence.source, licence, _noted(licence, says, whose))


def _noted(licence: Licence, says: Says | None, whose: str | None) -> str | None:
    """Give whose licence it is; with it that nothing here knows whose register shows it, which counts all the same."""
    if says is not Answer.YES or licence.source.kind not in _OFFICIAL or find(licence.authority):
        return whose
    return joined(": ", whose, told("measured.unknown_authority", name=licence.authority))


def _has_lapsed(licence: Licence, as_of: dt.date) -> bool:
    return licence.status in _HISTORY or (licence.status in _ENDS and is_over(licence.expires, as_of))


@register("identified_injectors", reads="practitioners", registers="people")
def identified_injectors(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001
    """Ask that every injector is named with a number that can be looked up; a name alone is half of it.

    Who names the person speaks, or who gives the number; a register has the person's entry and does not tell what
    the clinic shows. Where every number that was given cannot exist, none can be looked up: no.
    """

    def identified(person: Practitioner) -> Part:
        ruled_out = [each for each in person.licences if impossible(each, clinic.country)]
        found = (each for each in person.licences if each.number and each.status is not LicenceStatus.NOT_FOUND)
        numbered = [each for each in found if each not in ruled_out]
        if ruled_out and all(each in ruled_out for each in person.licences if each.number):
            return tuple(_number_says(each, person.name) for each in ruled_out)
        if person.name and numbered:
            given = (each.source for each in numbered if each.source.kind is not Kind.REGISTER)
            by = (person.source,) if person.source else tuple(given)
            return tuple(statement for source in by for statement in said(Answer.YES, source, person))
        return said(Answer.PARTLY if person.name else None, person.source, person)

    return every(tuple(identified(each) for each in injectors(clinic)))
