"""Rank correlation of two scorings. Needs numpy."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def spearman(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Give Spearman's rho with ties: Pearson's correlation of mid-ranks.

    Equal values share the mean of the ranks that they take together (1, 2.5, 2.5, 4). With R and S twice the
    mid-ranks of n listings, whole numbers, and m = n + 1 their mean, it is
    sum((R - m)(S - m)) / sqrt(sum((R - m)^2) * sum((S - m)^2)): whole sums, divided and rooted once.
    1 where both put all in the same order with the same ties, -1 where the one reverses the other; `None`
    for fewer than two listings, or where either scores all alike, and there is no order to compare.
    Exact for up to 1,000,000 listings.
    """
    centred = [_twice_mid_ranks(each) - (len(each) + 1) for each in (before, after)]
    product, left, right = (int((a * b).sum()) for a, b in (centred, centred[:1] * 2, centred[1:] * 2))
    return product / sqrt(left * right) if left and right else None


def _twice_mid_ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: NDArray[np.int64] = (2 * last - counts + 1)[place]
    return ranks
