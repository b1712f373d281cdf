"""What a clinic's records hold that does not count today, told so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from clinic_vetting.clinic import Action, Practitioner, RegistrationStatus
from clinic_vetting.measures.credentials import SANCTION, injectors, superseded
from clinic_vetting.measures.looks import ABOUT_PRODUCTS, outdated
from clinic_vetting.measures.recalled import concerns
from clinic_vetting.measures.saying import same
from clinic_vetting.words import ENGLISH, again, say, word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic, Insurance, Licence, Notice, Registration, Sanction, Training

    _Record: TypeAlias = Notice | Sanction | Registration | Licence | Training | Insurance
    _Line: TypeAlias = tuple[str, _Record, dict[str, Any]]


def history(clinic: Clinic, as_of: dt.date, language: str = ENGLISH) -> list[str]:
    """Tell, a sentence each and sorted, of lifted notices, ended sanctions, allegations and whatever else."""
    return sorted(_said(language, form, record, **values) for form, record, values in _history(clinic, as_of))


def _said(language: str, form: str, record: _Record, **values: Any) -> str:
    """Say one sentence about a record, and who says so."""
    source = record.source
    seen = source.seen or say(language, "label.undated")
    by = f"{again(source.who, language)}, {word(language, 'kind', source.kind)}, {seen}"
    values = {name: each.told(language) if isinstance(each, Practitioner) else each for name, each in values.items()}
    return say(language, f"history.{form}", record=record.told(language), by=by, **values)


def _history(clinic: Clinic, as_of: dt.date) -> Iterator[_Line]:
    notices, sanctions = outdated(clinic.notices, as_of), outdated(clinic.sanctions, as_of)
    for notice in clinic.notices:
        if notice in notices:
            yield "looked_again", notice, {}
        elif notice.lifted is not None and notice.lifted <= as_of:
            yield "lifted", notice, {"day": notice.lifted}
        elif notice.kind in ABOUT_PRODUCTS and not concerns(notice, clinic):
            yield "other_product", notice, {}
    for sanction in clinic.sanctions:
        ended = sanction.ended if sanction.ended and sanction.ended <= as_of else None
        if sanction in sanctions:
            yield "looked_again", sanction, {}
        elif sanction.action is Action.ALLEGATION:
            yield "ended_allegation" if ended else "allegation", sanction, {"day": ended}
        elif ended:
            yield "ended", sanction, {"day": ended}
        elif sanction.action not in SANCTION:
            yield "no_restriction", sanction, {}
    yield from _of_entries(clinic, as_of)


def _of_entries(clinic: Clinic, as_of: dt.date) -> Iterator[_Line]:
    for registration in clinic.registrations:
        if registration.status is RegistrationStatus.APPLIED:
            yield "not_in_force", registration, {}
    for person in clinic.practitioners:
        for licence in superseded(person, as_of, clinic.country):
            yield ("superseded", licence, {"name": person.name}) if person.name else ("superseded_unnamed", licence, {})
    yield from _of_another_treatment(clinic, as_of)


def _of_another_treatment(clinic: Clinic, as_of: dt.date) -> Iterator[_Line]:
    """Tell training and cover of those who inject that are not for what is vetted, and training still to come."""
    vetted = clinic.treatments
    for person in injectors(clinic):
        for training in person.training:
            if vetted and not any(same(training.treatment, each) for each in vetted):
                yield "other_treatment", training, {"name": person}
            elif training.completed and training.completed > as_of:
                yield "not_completed", training, {"name": person}
        for policy in person.insurance:
            if not policy.covers or (vetted and not any(same(one, each) for one in policy.covers for each in vetted)):
                yield "other_cover", policy, {"name": person}
