"""What to ask next, in the order in which asking is worth most (method, section 8)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.advice.effects import in_order
from clinic_vetting.look_up import LookUp, look_up

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
        look_up: Where a person looks it up, for questions that registers answer.
    """

    criterion: Criterion
    points: Fraction
    opens: tuple[str, ...]
    look_up: tuple[LookUp, ...] = ()


def questions(verdict: Verdict) -> tuple[Question, ...]:
    """List open criteria: first those without which no better band can be reached, then by points unknown."""
    asked, leaves = verdict.plan.asked, verdict.found.leaves
    return tuple(
        Question(
            asked[place].criterion,
            verdict.points.of(place) * belief.open / 100,
            opens,
            look_up(asked[place], verdict.clinic),
        )
        for place, opens in ranked_questions(verdict)
        if (belief := leaves[place].belief) is not None
    )


def ranked_questions(verdict: Verdict) -> list[tuple[int, tuple[str, ...]]]:
    """Give the places of open criteria in that order, and what an answer opens."""
    if verdict.band is None:
        return []
    found, bands = verdict.found, verdict.criteria.bands
    band, answered = found.worth.band, reach.answered(found.worth)
    order = {id(each): place for place, each in enumerate(bands)}
    differs = [answered[leaf] for leaf in found.leaves]
    best = found.packed + sum([for_it for for_it, _, _ in differs])
    top, now = order[id(band(best))], order[id(verdict.band)]
    ranked = []
    for place in in_order(verdict.plan):
        for_it, _, unknown = differs[place]
        if unknown:
            without = order[id(band(best - for_it))]
            ranked.append((not top < now <= without, -unknown, place, min(without, now)))
    ranked.sort(key=lambda one: one[:2])
    opens = {last: tuple(band.id for band in bands[top:last]) for last in range(now + 1)}
    return [(place, opens[last]) for _, _, place, last in ranked]
