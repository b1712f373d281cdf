"""Several clinics side by side, and whether their order is proven (method, section 8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.evidence import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.verdict import Verdict


@frozen(eq=False)
class Side:
    """One clinic of a comparison.

    Attributes:
        verdict: Its verdict.
        low, high: Where the score will lie once all that is unknown is known, `[proven, 100 - failed]`, if today's
            statements stand; in points of 100, exact. `None` where nothing is rated.
    """

    verdict: Verdict
    low: Fraction | None
    high: Fraction | None


@frozen(eq=False)
class Pair:
    """Two clinics in the order of a comparison.

    Attributes:
        upper, lower: The one before, and the one after it.
        overlap: Whether their intervals have a point in common.
        proven: Whether the order stands whatever the unknown turns out to be, if today's statements stand: the upper's
            worst settled band is better than the lower's best; or the same, and its whole interval lies above.
    """

    upper: Side
    lower: Side
    overlap: bool
    proven: bool


@frozen(eq=False)
class Comparison:
    """Several clinics, best first: by band, then by score, then by id; those not rated last."""

    sides: tuple[Side, ...]

    def pairs(self) -> Iterator[Pair]:
        """Give every pair of rated clinics, in order."""
        rated = [each for each in self.sides if each.low is not None]
        for upper, lower in combinations(rated, 2):
            yield _pair(upper, lower)

    def neighbours(self) -> Iterator[Pair]:
        """Give each rated clinic with the next one."""
        rated = [each for each in self.sides if each.low is not None]
        for upper, lower in pairwise(rated):
            yield _pair(upper, lower)

    def unproven(self) -> tuple[Pair, ...]:
        """Give the pairs whose order answering the unknown could still reverse."""
        return tuple(each for each in self.pairs() if not each.proven)

    def differing(self) -> tuple[tuple[str, tuple[Outcome, ...]], ...]:
        """Give each criterion on which the clinics differ, in the set's order, with an outcome for each side."""
        findings = zip(*(each.verdict.found.leaves for each in self.sides), strict=True)
        asked = self.sides[0].verdict.plan.asked
        rows = ((each.id, tuple(leaf.outcome for leaf in row)) for each, row in zip(asked, findings, strict=True))
        return tuple((name, outcomes) for name, outcomes in rows if len(set(outcomes)) > 1)


def comparison(verdicts: Iterable[Verdict]) -> Comparison:
    """Put several verdicts under one criteria set side by side.

    Raises:
        ValueError: There is none, or they rest on different criteria.
    """
    found = tuple(verdicts)
    if len({criteria_digest(each.criteria) for each in found}) != 1:
        names = sorted({f"{each.criteria.id} {each.criteria.version}" for each in found})
        message = f"expected verdicts under one criteria set, got {', '.join(names) or 'no verdict'}"
        raise ValueError(message)
    return Comparison(tuple(sorted(map(_side, found), key=_order)))


def _side(verdict: Verdict) -> Side:
    return Side(verdict, verdict.proven, None if verdict.failed is None else 100 - verdict.failed)


def _order(side: Side) -> tuple[int, Fraction, str]:
    verdict = side.verdict
    bands = verdict.criteria.bands
    place = len(bands) if verdict.band is None else bands.index(verdict.band)
    return place, -(verdict.score or Fraction(0)), verdict.clinic.id


def _pair(upper: Side, lower: Side) -> Pair:
    """Compare two rated clinics."""
    low, high, other_low, other_high = (each or Fraction(0) for each in (upper.low, upper.high, lower.low, lower.high))
    bands = upper.verdict.criteria.bands
    worst, best = upper.verdict.settled.worst, lower.verdict.settled.best
    apart = bands.index(worst) - bands.index(best) if worst and best else 1
    return Pair(
        upper,
        lower,
        overlap=low <= other_high and other_low <= high,
        proven=apart < 0 or (apart == 0 and low > other_high),
    )
