"""Points and sums, exact; and the one rounding, for display (method, section 3)."""

from __future__ import annotations

from fractions import Fraction
from math import floor, lcm
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.evidence import Belief

HUNDRED: Final = Fraction(100)


@frozen
class Points:
    """What each criterion is worth where some apply: whole numbers whose sum is `whole`.

    A criterion's points of 100 are `100 * each[i] / whole`; `whole` is 0 where nothing applies.
    """

    each: tuple[int, ...]
    whole: int

    def of(self, i: int) -> Fraction:
        """Give criterion `i`'s points of 100."""
        return Fraction(100 * self.each[i], self.whole)

    def sums(self, beliefs: Sequence[Belief | None]) -> Sums:
        """Add up what is proven and what has failed."""
        proven = failed = 0
        for worth, belief in zip(self.each, beliefs, strict=True):
            if belief:
                proven += worth * belief[0]
                failed += worth * belief[1]
        return Sums(proven, failed, self.whole)


@frozen
class Sums:
    """What is proven and failed, as whole numbers: points of 100 times `whole`."""

    proven_parts: int
    failed_parts: int
    whole: int

    @property
    def proven(self) -> Fraction:
        """Points of 100 shown to be right."""
        return Fraction(self.proven_parts, self.whole)

    @property
    def failed(self) -> Fraction:
        """Points of 100 shown to be wrong."""
        return Fraction(self.failed_parts, self.whole)

    @property
    def unknown(self) -> Fraction:
        """Points of 100 that nobody has shown yet."""
        return HUNDRED - self.proven - self.failed

    def score(self, unknown_counts: Fraction) -> Fraction:
        """Proven, and the unknown as far as it counts."""
        return self.proven + unknown_counts * self.unknown

    def same_as(self, other: Sums) -> bool:
        """Compare, whatever the denominators."""
        return (
            self.proven_parts * other.whole == other.proven_parts * self.whole
            and self.failed_parts * other.whole == other.failed_parts * self.whole
        )


def distribute(criteria: CriteriaSet, applying: Sequence[bool]) -> Points:
    """Share 100 points among the criteria that apply, by the weights of categories and criteria."""
    categories, start = [], 0
    for category in criteria.categories:
        stop = start + len(category.criteria)
        weights = [each.weight * applies for each, applies in zip(category.criteria, applying[start:stop], strict=True)]
        categories.append((category.weight, weights))
        start = stop
    common = lcm(*(sum(weights) for _, weights in categories if any(weights)))
    shares = ((weight * common // sum(own) if any(own) else 0, own) for weight, own in categories)
    each = tuple(share * weight for share, own in shares for weight in own)
    return Points(each, sum(each))


def effect(points: Fraction, belief: Belief, unknown_counts: Fraction) -> Fraction:
    """How far a finding moves the score from its start; unknown has no effect."""
    proven, failed = belief
    return points * (proven + unknown_counts * (100 - proven - failed)) / 100 - unknown_counts * points


def rounded(value: Fraction, digits: int) -> Fraction:
    """Round to so many digits, halves up."""
    scale = 10**digits
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def apportioned(parts: Mapping[str, Fraction], total: Fraction, digits: int) -> dict[str, Fraction]:
    """Round parts so that they sum to the rounded `total`, by largest remainder, ties by name.

    `total` is what is shown, so it has at most so many digits; the parts' exact sum is within one
    unit of it.
    """
    scale = 10**digits
    floors = {name: floor(value * scale) for name, value in parts.items()}
    missing = int(total * scale) - sum(floors.values())
    by_remainder = sorted(parts, key=lambda name: (floors[name] - parts[name] * scale, name))
    return {name: Fraction(floors[name] + (name in _first(by_remainder, missing)), scale) for name in parts}


def _first(names: Sequence[Hashable], count: int) -> frozenset[Hashable]:
    return frozenset(names[:count])
