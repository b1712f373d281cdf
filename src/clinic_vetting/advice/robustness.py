"""Whether the band hangs on a weight that someone chose: how far each can move (method, section 8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic_vetting.criterion import Band, Category
    from clinic_vetting.verdict import Verdict

_NONE, _ALL = Fraction(0), Fraction(1)
_HUNDRED: Final = 100


@frozen
class Hold:
    """The shares of one category within which the band stands, the other categories scaled alike.

    Attributes:
        category: Whose weight moves.
        share: What the category is worth now, in points of 100, exact.
        low, high: The greatest interval around `share` in which the band stands, in points of 100, exact, 0..100.
        low_holds, high_holds: Whether the band stands at that end itself.
        below, above: The band just beyond each end; `None` where nothing lies beyond, as the end is 0 or 100.
        others: The sum of the other categories' weights, of those in which something applies.
    """

    category: Category
    share: Fraction
    low: Fraction
    high: Fraction
    low_holds: bool
    high_holds: bool
    below: Band | None
    above: Band | None
    others: int

    @property
    def always(self) -> bool:
        """Say whether the band stands whatever the category's weight."""
        return self.below is None and self.above is None

    def weight(self, share: Fraction) -> Fraction | None:
        """Give the category's weight for a share, the others' left as they are; `None` where none is large enough."""
        return None if share == _HUNDRED else share * self.others / (_HUNDRED - share)


class Mix(NamedTuple):
    """What is proven and failed of one category and of all others together, in points of 100 of each."""

    own: tuple[Fraction, Fraction]
    others: tuple[Fraction, Fraction]

    def at(self, share: Fraction) -> tuple[Fraction, Fraction]:
        """Give what is proven and failed where the category has a share, 0..1."""
        proven, failed = (a * share + b * (1 - share) for a, b in zip(self.own, self.others, strict=True))
        return proven, failed

    def crossings(self, band: Band) -> Iterator[Fraction]:
        """Give the shares at which what is proven or failed is just what a band asks for."""
        limits = (band.proven_at_least, band.failed_at_most)
        for limit, own, others in zip(limits, self.own, self.others, strict=True):
            if limit is not None and own != others:
                yield (Fraction(limit) - others) / (own - others)


def robustness(verdict: Verdict) -> tuple[Hold, ...]:
    """Give, for each category in which something applies, how far its weight can move before the band changes.

    A category's share of the 100 points moves between 0 and 100; the others keep their weights against each other, and
    criteria theirs inside each category. Empty where nothing is rated.
    """
    if verdict.band is None:
        return ()
    rungs = [band for band in verdict.criteria.bands if _counts_hold(verdict, band)]
    found = list(_categories(verdict))
    weights = sum(category.weight for category, _, _ in found)
    return tuple(
        _hold(category, Fraction(worth, verdict.points.whole), mix, rungs, weights - category.weight)
        for category, worth, mix in found
    )


def _counts_hold(verdict: Verdict, band: Band) -> bool:
    """Say whether all conditions of a band hold that no weight moves."""
    moved = ("proven_at_least", "failed_at_most")
    limits = verdict.plan.limits(band, verdict.beliefs, verdict.sums, verdict.clinic)
    return all(each.condition in moved for each in limits)


def _categories(verdict: Verdict) -> Iterator[tuple[Category, int, Mix]]:
    """Give each category in which something applies, its points, and what is proven and failed in it and outside it."""
    sums, start = verdict.sums, 0
    for category in verdict.criteria.categories:
        stop = start + len(category.criteria)
        own = [(verdict.points.each[i], belief) for i in range(start, stop) if (belief := verdict.beliefs[i])]
        start = stop
        if worth := sum(points for points, _ in own):
            inside = [sum(points * belief[i] for points, belief in own) for i in range(2)]
            outside = [sums.proven_parts - inside[0], sums.failed_parts - inside[1]]
            rest = sums.whole - worth
            within = (Fraction(inside[0], worth), Fraction(inside[1], worth))
            beyond = (Fraction(outside[0], rest), Fraction(outside[1], rest)) if rest else within
            yield category, worth, Mix(within, beyond)


def _hold(category: Category, share: Fraction, mix: Mix, rungs: Sequence[Band], others: int) -> Hold:
    crossed = {each for band in rungs for each in mix.crossings(band) if _NONE < each < _ALL}
    marks = sorted({_NONE, share, _ALL} | crossed)
    here = marks.index(share)
    low, low_holds, below = _end(marks[here::-1], mix, rungs)
    high, high_holds, above = _end(marks[here:], mix, rungs)
    return Hold(category, 100 * share, 100 * low, 100 * high, low_holds, high_holds, below, above, others)


def _end(marks: Sequence[Fraction], mix: Mix, rungs: Sequence[Band]) -> tuple[Fraction, bool, Band | None]:
    """Walk from a share to the last mark until the band changes: where, whether it holds there, and to what."""
    band = _band(mix, marks[0], rungs)
    for mark, following in pairwise(marks):
        between = _band(mix, (mark + following) / 2, rungs)
        if between is not band:
            return mark, True, between
        if (beyond := _band(mix, following, rungs)) is not band:
            return following, False, beyond
    return marks[-1], True, None


def _band(mix: Mix, share: Fraction, rungs: Sequence[Band]) -> Band:
    proven, failed = mix.at(share)
    return next(
        band
        for band in rungs
        if (band.proven_at_least is None or proven >= Fraction(band.proven_at_least))
        and (band.failed_at_most is None or failed <= Fraction(band.failed_at_most))
    )
