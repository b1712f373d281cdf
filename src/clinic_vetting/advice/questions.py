"""What to ask next, in the order in which asking is worth most (method, section 8)."""

from __future__ import annotations

from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.advice.order import in_order
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
    worth, bands, answered = verdict.found.worth, verdict.criteria.bands, reach.answered(verdict.found.worth)
    order = {id(each): place for place, each in enumerate(bands)}
    differs = [answered[leaf] for leaf in verdict.found.leaves]
    best = verdict.found.packed + sum([for_it for for_it, _, _ in differs])
    top, now = order[id(worth.band(best))], order[id(verdict.band)]
    first: list[tuple[int, int, int]] = []
    rest: list[tuple[int, int, int]] = []
    for place in in_order(verdict.plan):
        for_it, _, unknown = differs[place]
        if unknown:
            without = order[id(worth.band(best - for_it))] if top < now else now
            (first if top < now <= without else rest).append((unknown, place, min(without, now)))
    first.sort(key=itemgetter(0), reverse=True)
    rest.sort(key=itemgetter(0), reverse=True)
    opens = {last: tuple(band.id for band in bands[top:last]) for last in range(now + 1)}
    return [(place, opens[last]) for _, place, last in (*first, *rest)]
