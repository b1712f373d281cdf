"""The numbers of a verdict as they are shown: rounded once, so that they still add up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.score import HUNDRED, apportioned, rounded

if TYPE_CHECKING:
    from clinic_vetting.plan import Limit
    from clinic_vetting.verdict import Verdict


@frozen
class Shown:
    """Rounded numbers of a rated verdict.

    Attributes:
        parts: `proven`, `unknown` and `failed`; they sum to 100.
        start, score: `start` plus all `effects` is `score`.
        effects: By full criterion id.
    """

    parts: dict[str, Fraction]
    start: Fraction
    score: Fraction
    effects: dict[str, Fraction]


def shown(verdict: Verdict, digits: int) -> Shown | None:
    """Round a verdict's numbers; `None` where nothing is rated."""
    proven, failed, unknown = verdict.proven, verdict.failed, verdict.unknown
    exact_start, exact_score = verdict.start, verdict.score
    if proven is None or failed is None or unknown is None or exact_start is None or exact_score is None:
        return None
    start, score = rounded(exact_start, digits), rounded(exact_score, digits)
    effects = {each.id: each.effect for each in verdict.findings if each.effect is not None}
    return Shown(
        apportioned({"proven": proven, "unknown": unknown, "failed": failed}, HUNDRED, digits),
        start,
        score,
        apportioned(effects, score - start, digits),
    )


def shown_limit(limit: Limit, numbers: Shown | None, digits: int) -> Fraction:
    """Show what was found as the parts show it, or with as many digits as it takes to see it apart."""
    part = numbers.parts.get(limit.condition.split("_")[0]) if numbers else None
    if part is not None and "at" in limit.condition.split("_"):
        apart = part > limit.wanted if limit.found > limit.wanted else part < limit.wanted
        return part if apart else seen_apart(limit.found, limit.wanted, digits)
    return limit.found


def seen_apart(found: Fraction, wanted: Fraction, digits: int) -> Fraction:
    """Round `found` with as many digits as it takes to see that it is not `wanted`."""
    for more in range(digits, 16):
        value = rounded(found, more)
        if value != wanted:
            return value
    return found
