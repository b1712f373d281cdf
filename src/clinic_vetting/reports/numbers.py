"""The numbers of a verdict as they are shown: rounded once, so that they still add up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.advice import CAUSES
from clinic_vetting.score import HUNDRED, apportioned, rounded

if TYPE_CHECKING:
    from clinic_vetting.advice import Difference
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


def shown_interval(verdict: Verdict, digits: int) -> tuple[Fraction, Fraction] | None:
    """Round where the score lies once all is known, so that its ends are the parts as shown; `None` if not rated."""
    numbers = shown(verdict, digits)
    return (numbers.parts["proven"], HUNDRED - numbers.parts["failed"]) if numbers else None


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


@frozen
class ShownDifference:
    """A difference of two rated verdicts, rounded so that it adds up in both ways.

    Attributes:
        total: The later score as shown less the earlier one as shown; all `causes` sum to it.
        causes: By cause.
        moved: By cause, then by criterion; an empty name stands for what no criterion has. They sum to the cause.
    """

    total: Fraction
    causes: dict[str, Fraction]
    moved: dict[str, dict[str, Fraction]]

    def of(self, criterion: str) -> Fraction:
        """Give how far a criterion moves the score, by all causes together."""
        return sum((each[criterion] for each in self.moved.values()), Fraction(0))


def shown_difference(difference: Difference, digits: int) -> ShownDifference | None:
    """Round a difference; `None` where one of its verdicts is not rated."""
    before, after, split, start = difference.before.score, difference.after.score, difference.score, difference.start
    if before is None or after is None or split is None or start is None:
        return None
    total = rounded(after, digits) - rounded(before, digits)
    causes = apportioned({name: getattr(split, name) for name in CAUSES}, total, digits)
    moved = {}
    for name in CAUSES:
        parts = {each.criterion: getattr(each.effect, name) for each in difference.moved}
        moved[name] = apportioned({**parts, "": getattr(start, name)}, causes[name], digits)
    return ShownDifference(total, causes, moved)
