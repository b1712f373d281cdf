"""What to ask next, and what mending is worth (method, section 6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.evidence import Belief
from clinic_vetting.score import effect

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band, Criterion
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
    found, bands = verdict.found, verdict.criteria.bands
    order: dict[Band | None, int] = {band: place for place, band in enumerate(bands)}
    best = found.with_beliefs([reach.at_best(each) if each is not None else None for each in found.beliefs])
    top, now = order[best.band], order[verdict.band]
    asked = []
    for one, leaf, at_best in zip(verdict.plan.asked, found.leaves, best.leaves, strict=True):
        if leaf.belief is not None and leaf.belief.open:
            without = order[found.worth.band(best.packed - at_best.packed + leaf.packed)]
            opens = tuple(band.id for band in bands[top : min(without, now)])
            points = verdict.points.of(one.place) * leaf.belief.open / 100
            decisive = top < now <= without
            asked.append((not decisive, -points, one.id, Question(one.criterion, points, opens)))
    return tuple(each[-1] for each in sorted(asked, key=lambda each: each[:3]))


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
