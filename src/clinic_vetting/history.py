"""What a clinic's records hold that does not count today, told so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.clinic import Action, RegistrationStatus
from clinic_vetting.measures.credentials import SANCTION, superseded
from clinic_vetting.measures.hygiene import ABOUT_PRODUCTS
from clinic_vetting.measures.sourcing import concerns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic, Licence, Notice, Registration, Sanction


def history(clinic: Clinic, as_of: dt.date) -> list[str]:
    """Tell, a sentence each and sorted, of lifted notices, ended sanctions, allegations and whatever else."""
    return sorted(_history(clinic, as_of))


def _history(clinic: Clinic, as_of: dt.date) -> Iterator[str]:
    for notice in clinic.notices:
        if notice.lifted is not None and notice.lifted <= as_of:
            yield f"{notice}, lifted {notice.lifted}: history, not counted ({_by(notice)})"
        elif notice.kind in ABOUT_PRODUCTS and not concerns(notice, clinic):
            yield f"{notice}: names no product on record here, not counted ({_by(notice)})"
    for sanction in clinic.sanctions:
        if sanction.action is Action.ALLEGATION:
            ended = f", ended {sanction.ended}" if sanction.ended and sanction.ended <= as_of else ""
            yield f"{sanction}{ended}: an allegation is no decision, not counted ({_by(sanction)})"
        elif sanction.ended is not None and sanction.ended <= as_of:
            yield f"{sanction}, ended {sanction.ended}: history, not counted ({_by(sanction)})"
        elif sanction.action not in SANCTION:
            yield f"{sanction}: on record, and restricts nobody ({_by(sanction)})"
    yield from _of_entries(clinic, as_of)


def _of_entries(clinic: Clinic, as_of: dt.date) -> Iterator[str]:
    for registration in clinic.registrations:
        if registration.status is RegistrationStatus.APPLIED:
            yield f"{registration}: not in force, not counted ({_by(registration)})"
    for person in clinic.practitioners:
        for licence in superseded(person, as_of, clinic.country):
            name = person.name or "a practitioner not named"
            yield f"{name}: {licence}: history where another entry is in force ({_by(licence)})"


def _by(record: Notice | Sanction | Registration | Licence) -> str:
    seen = record.source.seen or "undated"
    return f"{record.source.who}, {record.source.kind}, {seen}"
