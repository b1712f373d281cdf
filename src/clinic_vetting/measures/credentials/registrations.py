"""What registrations, memberships and accreditations of the clinic say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import RegistrationKind, RegistrationStatus
from clinic_vetting.combining import any_of, every
from clinic_vetting.evidence import Answer
from clinic_vetting.measures.credentials.entries import together
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import in_date, said, same

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Clinic, Registration
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Statement

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


def _registered(clinic: Clinic, kind: RegistrationKind, as_of: dt.date) -> list[tuple[str, Part]]:
    """Give what each body says, by body."""

    def says(each: Registration) -> tuple[Statement, ...]:
        answer = REGISTRATION.get(each.status) if each.status else None
        return said(in_date(answer, each.expires, each.source, as_of), each.source, each)

    found = [each for each in clinic.registrations if each.kind is kind]
    bodies = sorted({each.body.strip().casefold() for each in found})
    return [(body, together(says(each) for each in found if same(each.body, body))) for body in bodies]


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
