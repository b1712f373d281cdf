"""The order in which findings are listed where nothing else puts them in one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic_vetting.plan import Plan


@lru_cache(maxsize=32)
def in_order(plan: Plan) -> tuple[int, ...]:
    """Give the places of criteria in the order of their ids."""
    return tuple(each.place for each in sorted(plan.asked, key=lambda each: each.id))
