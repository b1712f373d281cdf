"""Of two clinics, in how many weightings of the categories one stays ahead."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.catalogue import criteria_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic_vetting.verdict import Verdict

MOST_PRODUCTS: Final = 100
"""Categories in which one clinic is ahead, times those in which the other is, for which it is computed exactly."""
DRAWS: Final = 5000
"""How many weightings are drawn otherwise."""
_SEED: Final = 20_261_122
_FINE: Final = 53
_UNLIKELY: Final = Fraction(1, 100)


@frozen(eq=False)
class Lead:
    """How often each of two clinics has the higher score, over all weightings of the categories.

    Attributes:
        first, second: The verdicts.
        first_ahead, second_ahead: The shares of all weightings, 0..1; the rest are ties.
        draws: How many weightings were drawn; `None` where the shares are exact.
        error: With 99 % probability each share is within so much of the exact one; 0 where exact.
    """

    first: Verdict
    second: Verdict
    first_ahead: Fraction
    second_ahead: Fraction
    draws: int | None
    error: Fraction


def lead(first: Verdict, second: Verdict) -> Lead | None:
    """Give the share of weightings in which each of two clinics has the higher score; `None` where one is not rated.

    Every way to split 100 points among the categories is as likely as any other (uniform on the simplex); inside a
    category the weights stay. Where the same categories apply to both, the shares are exact: the difference of the two
    scores is then a weighted mean of the categories' differences, and the chance that it is positive follows from the
    memorylessness of exponential variables. Otherwise, or where there are very many categories, `DRAWS` weightings
    are drawn with a fixed seed, as whole numbers, the same on every machine.

    Raises:
        ValueError: The two rest on different criteria.
    """
    if criteria_digest(first.criteria) != criteria_digest(second.criteria):
        message = f"{first.clinic.id!r} and {second.clinic.id!r} were vetted by different criteria: vet both by one set"
        raise ValueError(message)
    if not first.rated or not second.rated:
        return None
    scores = [(a, b) for a, b in zip(_scores(first), _scores(second), strict=True) if a is not None or b is not None]
    exact = [a - b for a, b in scores if a is not None and b is not None]
    ahead, behind = [each for each in exact if each > 0], [-each for each in exact if each < 0]
    if len(exact) == len(scores) and len(ahead) * len(behind) <= MOST_PRODUCTS:
        return Lead(first, second, _chance(ahead, behind), _chance(behind, ahead), None, Fraction(0))
    wins, losses = _drawn(scores)
    error = Fraction(math.ceil(1000 * math.sqrt(math.log(2 / _UNLIKELY) / (2 * DRAWS))), 1000)
    return Lead(first, second, Fraction(wins, DRAWS), Fraction(losses, DRAWS), DRAWS, error)


def _scores(verdict: Verdict) -> Iterator[Fraction | None]:
    """Give each category's own score, 0..100; `None` where nothing in it applies."""
    points, unknown_counts, start = verdict.points.each, verdict.plan.unknown_counts, 0
    for category in verdict.criteria.categories:
        stop = start + len(category.criteria)
        own = [(points[i], belief) for i in range(start, stop) if (belief := verdict.beliefs[i])]
        worth = sum(each for each, _ in own)
        total = sum((each * (belief.proven + unknown_counts * belief.open) for each, belief in own), Fraction(0))
        yield total / worth if worth else None
        start = stop


def _chance(ahead: Sequence[Fraction], behind: Sequence[Fraction]) -> Fraction:
    """Give the chance that a random weighting of some differences, ahead and behind, is positive.

    A uniform weighting is independent exponential variables over their sum. Of the last on each side, scaled by its
    difference, the one on the other side is the smaller with chance `a / (a + b)`; what is left of the greater is
    distributed as it was. So one drops out, and the question is the same with one fewer.
    """
    row = [Fraction(0)] * (len(behind) + 1)
    for a in ahead:
        row[0] = Fraction(1)
        for j, b in enumerate(behind, 1):
            row[j] = (a * row[j - 1] + b * row[j]) / (a + b)
    return row[-1]


def _drawn(scores: Sequence[tuple[Fraction | None, Fraction | None]]) -> tuple[int, int]:
    """Count the drawn weightings in which the first and the second has the higher score."""
    common = math.lcm(*(each.denominator for pair in scores for each in pair if each is not None))
    one, other = (_whole([pair[side] for pair in scores], common) for side in range(2))
    draw, wins, losses = random.Random(_SEED), 0, 0  # noqa: S311 - no secret
    for _ in range(DRAWS):
        cuts = sorted(draw.getrandbits(_FINE) for _ in scores[1:])
        weights = [b - a for a, b in pairwise((0, *cuts, 1 << _FINE))]
        difference = _total(one[0], weights) * _total(other[1], weights) - _total(other[0], weights) * _total(
            one[1], weights
        )
        wins, losses = wins + (difference > 0), losses + (difference < 0)
    return wins, losses


def _whole(scores: Sequence[Fraction | None], common: int) -> tuple[list[int], list[int]]:
    """Give scores as whole numbers, and 1 for each category that applies."""
    return [int((each or 0) * common) for each in scores], [int(each is not None) for each in scores]


def _total(values: Sequence[int], weights: Sequence[int]) -> int:
    return sum(map(int.__mul__, values, weights))
