"""How far each finding moves the score, in whole numbers, in one order for all who list findings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic_vetting.plan import Plan
    from clinic_vetting.verdict import Verdict


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
