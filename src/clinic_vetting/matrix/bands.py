"""Bands for many listings at once, exactly as `Plan.band` gives them for one."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from clinic_vetting.criterion import COUNTED
from clinic_vetting.matrix.book import required, ruled_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from clinic_vetting.criterion import Band, CriteriaSet

PROVEN, FAILED = "proven", "failed"


@frozen
class Condition:
    """One condition of bands: where it does not hold, no band before `level` can be had.

    That is enough because a better band is at least as strict as a worse one, in every condition; a
    criteria set that is otherwise is refused when it is made.

    Attributes:
        of: The count, or `proven` or `failed`.
        limit: The most of it; of `proven` the least.
        level: The first band without this condition.
    """

    of: str
    limit: Fraction
    level: int

    def broken(self, found: Mapping[str, NDArray[Any]], whole: int) -> NDArray[np.bool_]:
        """Say where it does not hold; points are whole numbers, 100 times `whole` in all."""
        values = found[self.of]
        broken: NDArray[np.bool_]
        if self.of == PROVEN:
            broken = values < ceil(self.limit * whole)
        elif self.of == FAILED:
            broken = values > floor(self.limit * whole)
        else:
            broken = values > int(self.limit)
        return broken


def conditions(criteria: CriteriaSet) -> tuple[Condition, ...]:
    """List the conditions of all bands, each once, with the first band that is without it."""
    levels = {each: i + 1 for i, band in enumerate(criteria.bands) for each in _of_band(band)}
    return tuple(Condition(of, limit, level) for (of, limit), level in levels.items())


def _of_band(band: Band) -> Iterator[tuple[str, Fraction]]:
    for name in COUNTED:
        if (most := getattr(band, name)) is not None:
            yield name, Fraction(most)
    if band.met:
        yield required(band), Fraction(0)
    if band.not_failed:
        yield ruled_out(band), Fraction(0)
    if band.failed_at_most is not None:
        yield FAILED, Fraction(band.failed_at_most)
    if band.proven_at_least is not None:
        yield PROVEN, Fraction(band.proven_at_least)


def band_places(asked: tuple[Condition, ...], found: Mapping[str, NDArray[Any]], whole: int) -> NDArray[np.int8]:
    """Give each listing's band by its place, best first; `found` has a value a listing for every count."""
    places = np.zeros(len(found[PROVEN]), np.int8)
    for each in asked:
        np.maximum(places, each.broken(found, whole).view(np.int8) * np.int8(each.level), out=places)
    return places
