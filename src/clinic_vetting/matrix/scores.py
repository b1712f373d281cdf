"""Scores of a whole corpus: exact whole numbers, and points when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXACT = 2**53


@frozen(eq=False)
class Scores:
    """What `vet` would give each listing, in order; a listing's points are its number over its `over`.

    Attributes:
        proven, failed, score: Whole numbers, 0 to `100 * over`: int64, or Python's own (dtype object)
            where the weights' common denominator needs more than 63 bits.
        over: What to divide them by; 0 where nothing is rated. Read only: one number may stand for all.
        band: The place of the band in `bands`, best first; -1 where nothing is rated.
        bands: The ids of the set's bands.
    """

    proven: NDArray[Any]
    failed: NDArray[Any]
    score: NDArray[Any]
    over: NDArray[Any]
    band: NDArray[np.int8]
    bands: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.band)

    def points(self, name: str) -> NDArray[np.float64]:
        """Give `proven`, `failed`, `unknown` or `score` as points, 0..100, correctly rounded; NaN where not rated.

        The same as `float` of the exact fraction that a `Verdict` holds.
        """
        parts = 100 * self.over - self.proven - self.failed if name == "unknown" else getattr(self, name)
        if parts.dtype == object or (len(self) and 100 * int(self.over.max()) > _EXACT):
            parts, rated = parts.astype(object), np.where(self.over > 0, self.over, 1).astype(object)
            return np.where(self.over > 0, (parts / rated).astype(np.float64), np.nan)
        with np.errstate(invalid="ignore"):
            divided: NDArray[np.float64] = parts / self.over
        return divided


def empty(listings: int, dtype: Any, over: NDArray[Any], bands: tuple[str, ...]) -> Scores:
    """Make room for so many."""
    proven, failed, score = (np.empty(listings, dtype) for _ in range(3))
    return Scores(proven, failed, score, over, np.empty(listings, np.int8), bands)
