"""What a clinic's records hold that does not count today, told so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.clinic import Action
from clinic_vetting.measures.hygiene import ABOUT_PRODUCTS
from clinic_vetting.measures.sourcing import concerns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic, Notice, Sanction


def history(clinic: Clinic, as_of: dt.date) -> Iterator[str]:
    """Tell, a sentence each, of lifted notices, ended sanctions, allegations, and recalls of other products."""
    for notice in clinic.notices:
        if notice.lifted is not None and notice.lifted <= as_of:
            yield f"{notice}, lifted {notice.lifted}: history, not counted ({_by(notice)})"
        elif notice.kind in ABOUT_PRODUCTS and not concerns(notice, clinic):
            yield f"{notice}: names no product on record here, not counted ({_by(notice)})"
    for sanction in clinic.sanctions:
        if sanction.action is Action.ALLEGATION:
            yield f"{sanction}: an allegation is no decision, not counted ({_by(sanction)})"
        elif sanction.ended is not None and sanction.ended <= as_of:
            yield f"{sanction}, ended {sanction.ended}: history, not counted ({_by(sanction)})"


def _by(record: Notice | Sanction) -> str:
    seen = record.source.seen or "undated"
    return f"{record.source.who}, {record.source.kind}, {seen}"
