"""What people's training and insurance say of each treatment that is vetted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.combining import every
from clinic_vetting.evidence import Answer
from clinic_vetting.measures.credentials.entries import injectors, is_over, is_proof, is_superseded, together
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import in_date, said, same

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Clinic, Insurance, Practitioner, Training
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Statement


@register("trained_injectors", reads="practitioners")
def trained_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every injector has completed training in each procedure vetted."""

    def fits(training: Training, treatment: str | None) -> bool:
        done = training.completed is None or training.completed <= as_of
        return done and (treatment is None or same(training.treatment, treatment))

    def trained(person: Practitioner, treatment: str | None) -> Part:
        fitting = [each for each in person.training if fits(each, treatment)]
        return together(said(Answer.YES, each.source, each, person.name) for each in fitting)

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
        if any(is_over(each.expires, as_of) for each in kept):
            proofs = [each for each in kept if is_proof(says(each, None), as_of)]
            kept = [each for each in kept if not (is_over(each.expires, as_of) and is_superseded(each, proofs))]
        return together(says(each, person.name) for each in kept)

    people, treatments = injectors(clinic), clinic.treatments or (None,)
    return every(tuple(insured(person, treatment) for person in people for treatment in treatments))
