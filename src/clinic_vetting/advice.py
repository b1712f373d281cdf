"""What to ask next, and what mending is worth (method, section 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.evidence import Belief
from clinic_vetting.score import effect

if TYPE_CHECKING:
    from clinic_vetting.criterion import Criterion
    from clinic_vetting.verdict import Verdict


@frozen
class Question:
    """An open criterion that is worth asking about.

    Attributes:
        criterion: What to ask.
        points: How many points of 100 are unknown, exact.
        opens: Ids of the better bands that cannot be reached without an answer, best first.
    """

    criterion: Criterion
    points: Fraction
    opens: tuple[str, ...]


@frozen
class Fix:
    """What failed, and the score that would come back if it were shown to be mended, exact."""

    criterion: Criterion
    regains: Fraction


def questions(verdict: Verdict) -> tuple[Question, ...]:
    """List open criteria: first those without which no better band can be reached, then by points unknown."""
    if verdict.band is None:
        return ()
    plan, clinic = verdict.plan, verdict.clinic
    best = [reach.at_best(each) if each is not None else None for each in verdict.beliefs]
    top = plan.band_place(best, clinic) or 0
    now = plan.criteria.bands.index(verdict.band)
    found = []
    for asked in plan.asked:
        belief = verdict.beliefs[asked.place]
        if belief is not None and belief.open:
            without = [*best[: asked.place], belief, *best[asked.place + 1 :]]
            place = plan.band_place(without, clinic)
            opens = tuple(band.id for band in plan.criteria.bands[top:now][: (now if place is None else place) - top])
            points = verdict.points.of(asked.place) * belief.open / 100
            found.append(
                (len(opens) < now - top or now == top, -points, asked.id, Question(asked.criterion, points, opens))
            )
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:3]))


def fixes(verdict: Verdict) -> tuple[Fix, ...]:
    """List what speaks against the clinic, by the score that mending it would bring back."""
    found = []
    for asked in verdict.plan.asked:
        belief = verdict.beliefs[asked.place]
        if belief is not None and belief.failed:
            points = verdict.points.of(asked.place)
            counts = verdict.plan.unknown_counts
            regains = effect(points, Belief(100, 0), counts) - effect(points, belief, counts)
            found.append((-regains, asked.id, Fix(asked.criterion, regains)))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:2]))
