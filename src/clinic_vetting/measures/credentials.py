"""What practitioners' and registrations' records say."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action, Licence, LicenceStatus, RegistrationKind, RegistrationStatus
from clinic_vetting.combining import any_of, every
from clinic_vetting.evidence import Answer, Kind, Less, Source, Statement
from clinic_vetting.identifiers import check_number
from clinic_vetting.measures.looks import outdated
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import Says, in_date, said, same
from clinic_vetting.tables import find
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_vetting.clinic import Clinic, Insurance, Practitioner, Registration, Sanction, Training
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
_A_YEAR: Final = dt.timedelta(days=365)
_OFFICIAL: Final = frozenset({Kind.REGISTER, Kind.INSPECTION})
_HISTORY: Final = frozenset({LicenceStatus.LAPSED, LicenceStatus.EXPIRED, LicenceStatus.NOT_FOUND})
_ENDS: Final = frozenset({LicenceStatus.ACTIVE, LicenceStatus.CONDITIONS})
_UNPROVEN: Final[dict[Says | None, Says | None]] = {Answer.YES: None, Answer.PARTLY: Less.SPENT}
"""What is left of an answer under a number that cannot exist: what it fails."""
SANCTION: Final = {
    Action.SUSPENSION: Answer.NO,
    Action.REVOCATION: Answer.NO,
    Action.SURRENDER: Answer.NO,
    Action.EXCLUSION: Answer.NO,
    Action.PROHIBITION: Answer.NO,
    Action.CONDITIONS: Answer.PARTLY,
}
REGISTRATION: Final = {
    RegistrationStatus.REGISTERED: Answer.YES,
    RegistrationStatus.ACCREDITED: Answer.YES,
    RegistrationStatus.MEMBER: Answer.YES,
    RegistrationStatus.ACTIVE: Answer.YES,
    RegistrationStatus.CONDITIONS: Answer.PARTLY,
    RegistrationStatus.SUSPENDED: Answer.NO,
    RegistrationStatus.CANCELLED: Answer.NO,
    RegistrationStatus.REFUSED: Answer.NO,
    RegistrationStatus.LAPSED: Answer.NO,
    RegistrationStatus.EXPIRED: Answer.NO,
    RegistrationStatus.NOT_REGISTERED: Answer.NO,
    RegistrationStatus.NOT_REQUIRED: Answer.NOT_APPLICABLE,
}


def injectors(clinic: Clinic) -> list[Practitioner]:
    """List those who are not said not to inject."""
    return [each for each in clinic.practitioners if each.injects is not False]


@register("licensed_injectors", reads="practitioners", registers="people")
def licensed_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every injector has a licence that is active and in date.

    An entry that has merely lapsed is history where somebody other than the clinic shows another in
    force; a suspension, a revocation and conditions never are. A number that cannot exist shows no licence.
    """

    def licensed(person: Practitioner) -> Part:
        old = superseded(person, as_of, clinic.country)
        kept = [each for each in person.licences if each not in old]
        return _together(_licence_says(each, as_of, clinic.country, person.name) for each in kept)

    return every(tuple(licensed(each) for each in injectors(clinic)))


def superseded(person: Practitioner, as_of: dt.date, country: str | None) -> list[Licence]:
    """List a person's entries that have lapsed where another is shown to be in force."""
    lapsed = [each for each in person.licences if _has_lapsed(each, as_of)]
    if not lapsed:
        return []
    proofs = [each for each in person.licences if _is_proof(_licence_says(each, as_of, country), as_of)]
    return [each for each in lapsed if _is_superseded(each, proofs)]


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
    return licence.status in _HISTORY or (licence.status in _ENDS and _is_over(licence.expires, as_of))


@register("unsanctioned_injectors", reads="sanctions", registers="people")
def unsanctioned_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Report each decision in force; an allegation and a decision that has ended say nothing.

    About somebody who is on record as not injecting it is a doubt.
    """
    old = outdated(clinic.sanctions, as_of)
    return tuple(
        statement
        for each in clinic.sanctions
        if each not in old
        if (each.decided is None or each.decided <= as_of) and (each.ended is None or as_of < each.ended)
        for statement in said(decided(each, clinic), each.source, each)
    )


def decided(sanction: Sanction, clinic: Clinic) -> Says | None:
    """Say what a decision means for a clinic; nothing where it restricts nobody.

    It is a doubt where somebody other than the clinic shows that whom it restricts does not inject.
    """
    answer = SANCTION.get(sanction.action)
    if answer is None or sanction.practitioner is None:
        return answer
    whom = sanction.practitioner
    named = [each for each in clinic.practitioners if each.name and same(each.name, whom)]
    return Less.DOUBT if named and all(map(_is_seen_not_to_inject, named)) else answer


def _is_seen_not_to_inject(person: Practitioner) -> bool:
    return person.injects is False and person.source is not None and person.source.kind is not Kind.CLAIM


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


@register("trained_injectors", reads="practitioners")
def trained_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every injector has completed training in each procedure vetted."""

    def fits(training: Training, treatment: str | None) -> bool:
        done = training.completed is None or training.completed <= as_of
        return done and (treatment is None or same(training.treatment, treatment))

    def trained(person: Practitioner, treatment: str | None) -> Part:
        fitting = [each for each in person.training if fits(each, treatment)]
        return _together(said(Answer.YES, each.source, each, person.name) for each in fitting)

    people, treatments = injectors(clinic), clinic.treatments or (None,)
    return every(tuple(trained(person, treatment) for person in people for treatment in treatments))


@register("insured_injectors", reads="practitioners")
def insured_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every injector has cover in date that names each procedure vetted."""

    def names(policy: Insurance, treatment: str | None) -> bool:
        return any(treatment is None or same(each, treatment) for each in policy.covers)

    def says(policy: Insurance, whose: str | None) -> tuple[Statement, ...]:
        return said(in_date(Answer.YES, policy.expires, policy.source, as_of), policy.source, policy, whose)

    def insured(person: Practitioner, treatment: str | None) -> Part:
        kept = [each for each in person.insurance if names(each, treatment)]
        if any(_is_over(each.expires, as_of) for each in kept):
            proofs = [each for each in kept if _is_proof(says(each, None), as_of)]
            kept = [each for each in kept if not (_is_over(each.expires, as_of) and _is_superseded(each, proofs))]
        return _together(says(each, person.name) for each in kept)

    people, treatments = injectors(clinic), clinic.treatments or (None,)
    return every(tuple(insured(person, treatment) for person in people for treatment in treatments))


def _registered(clinic: Clinic, kind: RegistrationKind, as_of: dt.date) -> list[tuple[str, Part]]:
    """Give what each body says, by body."""

    def says(each: Registration) -> tuple[Statement, ...]:
        answer = REGISTRATION.get(each.status) if each.status else None
        return said(in_date(answer, each.expires, each.source, as_of), each.source, each)

    found = [each for each in clinic.registrations if each.kind is kind]
    bodies = sorted({each.body.strip().casefold() for each in found})
    return [(body, _together(says(each) for each in found if same(each.body, body))) for body in bodies]


@register("registered_premises", reads="registrations", registers="places")
def registered_premises(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that the premises are registered with every body that is named."""
    return every(tuple(part for _, part in _registered(clinic, RegistrationKind.PREMISES, as_of)))


@register("voluntary_memberships", reads="registrations")
def voluntary_memberships(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that one voluntary register or society has the clinic as a member."""
    return any_of(tuple(part for _, part in _registered(clinic, RegistrationKind.MEMBERSHIP, as_of)))


@register("accreditation_in_force", reads="registrations")
def accreditation_in_force(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that one accreditation is in force."""
    return any_of(tuple(part for _, part in _registered(clinic, RegistrationKind.ACCREDITATION, as_of)))


def _together(says: Iterable[tuple[Statement, ...]]) -> Part:
    """Put what several records say together."""
    return tuple(chain.from_iterable(says))


def _is_proof(statements: tuple[Statement, ...], as_of: dt.date) -> bool:
    """Say whether somebody other than the clinic or a patient has seen that it is so."""
    sources = [each.source for each in statements if each.answer is Answer.YES]
    return any(
        source.seen is not None and source.seen <= as_of and source.kind not in (Kind.CLAIM, Kind.PATIENT)
        for source in sources
    )


def _is_superseded(old: Licence | Insurance, proofs: Sequence[Licence | Insurance]) -> bool:
    """Say whether another entry was seen in force after this one, or in the year before it."""
    seen = old.source.seen
    return any(
        seen is None or each.source.seen is None or seen - each.source.seen <= _A_YEAR
        for each in proofs
        if _others_entry(each, old)
    )


def _others_entry(one: Licence | Insurance, other: Licence | Insurance) -> bool:
    """Say whether two records are surely of different entries: both numbered, or both with an end."""
    if isinstance(one, Licence) and isinstance(other, Licence):
        if not same(one.authority, other.authority):
            return True
        return bool(one.number and other.number) and not same(one.number or "", other.number or "")
    return bool(one.expires and other.expires) and one.expires != other.expires


def _is_over(expires: dt.date | None, as_of: dt.date) -> bool:
    return expires is not None and expires < as_of
