"""What to ask next, and what mending is worth (method, section 6)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.look_up import LookUp, look_up

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band, Criterion
    from clinic_vetting.plan import Plan
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


@frozen
class Fix:
    """What failed, and the score that would come back if it were shown to be mended, exact."""

    criterion: Criterion
    regains: Fraction


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
    found, bands, each = verdict.found, verdict.criteria.bands, verdict.points.each
    order: dict[Band | None, int] = {band: place for place, band in enumerate(bands)}
    best = reach.answered(found, reach.at_best)
    top, now = order[best.band], order[verdict.band]
    ranked = []
    for place in in_order(verdict.plan):
        leaf = found.leaves[place]
        if leaf.belief is not None and (unknown := leaf.belief.open):
            without = order[found.worth.band(best.packed - best.leaves[place].packed + leaf.packed)]
            ranked.append((not top < now <= without, -each[place] * unknown, place, min(without, now)))
    ranked.sort(key=lambda one: one[:2])
    opens = {last: tuple(band.id for band in bands[top:last]) for last in range(now + 1)}
    return [(place, opens[last]) for _, _, place, last in ranked]


def fixes(verdict: Verdict) -> tuple[Fix, ...]:
    """List what speaks against the clinic, by the score that mending it would bring back."""
    whole = verdict.points.whole * verdict.plan.unknown_counts.denominator
    asked = verdict.plan.asked
    return tuple(Fix(asked[place].criterion, Fraction(gain, whole)) for gain, place in ranked_fixes(verdict))


def ranked_fixes(verdict: Verdict) -> list[tuple[int, int]]:
    """Give what each regains, in whole numbers as `effects` has them, and its place."""
    count, of = verdict.plan.unknown_counts.as_integer_ratio()
    each, leaves, found = verdict.points.each, verdict.found.leaves, effects(verdict)
    gains = [
        (100 * each[place] * (of - count) - effect, place)
        for place, effect in found.items()
        if (belief := leaves[place].belief) is not None and belief.failed
    ]
    return sorted(gains, key=lambda one: -one[0])


def effects(verdict: Verdict) -> dict[int, int]:
    """Give each effect by place, ordered by id: points of 100 times `points.whole` and what `unknown_counts` is of."""
    count, of = verdict.plan.unknown_counts.as_integer_ratio()
    each, leaves = verdict.points.each, verdict.found.leaves
    return {
        place: each[place] * (of * belief[0] - count * (belief[0] + belief[1]))
        for place in in_order(verdict.plan)
        if (belief := leaves[place].belief) is not None
    }


@lru_cache(maxsize=32)
def in_order(plan: Plan) -> tuple[int, ...]:
    """Give the places of criteria in the order of their ids."""
    return tuple(each.place for each in sorted(plan.asked, key=lambda each: each.id))
