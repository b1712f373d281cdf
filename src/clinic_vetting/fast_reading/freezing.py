"""A draft made a `Clinic`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.clinic import Answers
from clinic_vetting.fast_reading.compiled import RECORDS, readers
from clinic_vetting.fast_reading.making import sealed

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.evidence import Answer, Statement
    from clinic_vetting.fast_reading.compiled import Reads
    from clinic_vetting.fast_reading.draft import Draft


def made_of(draft: Draft) -> Clinic:
    """Make the clinic of a draft: its records and sources are frozen, and the draft is as good as before."""
    for name in RECORDS:
        sealed(getattr(draft, name))
    for _, _, said in draft.answers:
        sealed(said)
    return clinic_of(draft)


def clinic_of(draft: Draft) -> Clinic:
    """Make the clinic of a draft whose records are frozen."""
    made = readers(frozen=True)
    reviews = tuple(map(made.make_review, zip(*draft.reviews, strict=True)))
    clinic: Clinic = made.make_clinic(draft, reviews, _statements(draft, made.make_statement))
    return clinic


def _statements(draft: Draft, make: Reads) -> Answers:
    """Give direct answers; what one source answers alike to several questions is one statement."""
    found: dict[str, tuple[Statement, ...]] = {}
    alike: dict[tuple[Answer, str], tuple[Statement, ...]] = {}
    for key, answer, said in draft.answers:
        if answer is None:
            found[key] = said
            continue
        case = answer, said.id
        if case not in alike:
            alike[case] = (make((answer, said, None, None, None, None)),)
        found[key] = alike[case]
    return Answers(found)
