"""What speaks against the clinic, what mending it brings back, and what nobody can mend (method, section 8)."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.advice.order import in_order
from clinic_vetting.ahead import Ahead
from clinic_vetting.evidence import Answer
from clinic_vetting.reviews.telling import is_reading

if TYPE_CHECKING:
    from clinic_vetting.criterion import Criterion
    from clinic_vetting.verdict import Verdict


class Stands(StrEnum):
    """Why something that failed cannot be changed on the day."""

    PATIENTS = "patients"
    """It is what patients wrote: nobody can mend that, and only newer words change it."""
    STRONGER = "stronger"
    """No inspection on the day would displace what was said."""


@frozen
class Fix:
    """What failed, if only in part, and what showing it to be mended is worth.

    Attributes:
        criterion: What to mend.
        regains: The points by which the score would rise if it became `(100, 0)`, exact.
        stands: Why it cannot be changed; `None` where it can.
    """

    criterion: Criterion
    regains: Fraction
    stands: Stands | None = None


def fixes(verdict: Verdict) -> tuple[Fix, ...]:
    """List what has some `f`, by the score that mending it would bring back, the most first, then by id."""
    whole = verdict.points.whole * verdict.plan.unknown_counts.denominator
    asked, ranked = verdict.plan.asked, ranked_fixes(verdict)
    ahead = Ahead(verdict.plan, verdict.clinic, verdict.as_of) if ranked else None
    return tuple(
        Fix(asked[place].criterion, Fraction(gain, whole), _stands(verdict, place, ahead) if ahead else None)
        for gain, place in ranked
    )


def ranked_fixes(verdict: Verdict) -> list[tuple[int, int]]:
    """Give what each regains, in whole numbers, and its place."""
    count, of = verdict.plan.unknown_counts.as_integer_ratio()
    each, leaves = verdict.points.each, verdict.found.leaves
    gains = [
        (each[place] * (of * (100 - belief.proven) - count * (100 - belief.proven - belief.failed)), place)
        for place in in_order(verdict.plan)
        if (belief := leaves[place].belief) is not None and belief.failed
    ]
    return sorted(gains, key=lambda one: -one[0])


def _stands(verdict: Verdict, place: int, ahead: Ahead) -> Stands | None:
    deciding = verdict.plan.ruling(verdict.plan.asked[place], verdict.clinic, verdict.as_of).deciding
    if deciding and (deciding.statement.measured is not None or is_reading(deciding.statement.source)):
        return Stands.PATIENTS
    inspected = ahead.inspected(place, Answer.YES)
    return Stands.STRONGER if inspected is None or inspected.failed else None
