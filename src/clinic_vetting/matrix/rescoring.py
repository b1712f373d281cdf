"""Sums of a whole corpus: one look-up adds proven, failed and every count of several criteria at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from clinic_vetting.matrix.bands import FAILED, PROVEN, Condition, band_places, conditions
from clinic_vetting.matrix.book import Meaning, meaning
from clinic_vetting.matrix.packing import Layout, add_up, tables
from clinic_vetting.matrix.scores import Scores, empty
from clinic_vetting.plan import compiled
from clinic_vetting.score import Points, distribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.matrix.index import Index

    _Block = tuple[int, int, dict[str, NDArray[Any]]]

PACK_FROM: Final = 4096
"""Listings to which the same applies, from which on look-up tables are worth their making."""
_MOST: Final = 2**63


@frozen(eq=False)
class Job:
    """One rescoring: the columns of a matrix that a set asks, and what their codes mean under it."""

    index: Index
    columns: Sequence[int]
    means: Meaning
    criteria: CriteriaSet
    asked: tuple[Condition, ...]

    def points(self, run: int) -> Points:
        """Share the points among what applies to a run of listings."""
        listing = self.index.rows(self.index.starts[run], self.index.starts[run] + 1)
        code = self.index.codes[listing][0][self.columns]
        return distribute(self.criteria, self.means.applies[np.arange(len(code)), code].tolist())

    def sums(self, points: Points, start: int, stop: int) -> Iterator[_Block]:
        """Give every sum for a run of listings, block by block."""
        counted = dict.fromkeys(each.of for each in self.asked if each.of in self.means.counts)
        layout = Layout.of(points, {name: self.means.counts[name] for name in counted})
        if layout and stop - start >= PACK_FROM:
            made = tables(layout, self.index, self.columns, self.means)
            yield from add_up(layout, self.index, made, start, stop)
        else:
            yield from self._plainly(points, counted, start, stop)

    def _plainly(self, points: Points, counted: Iterable[str], start: int, stop: int) -> Iterator[_Block]:
        """Add up one by one, which is exact for numbers of any size."""
        each = np.arange(len(self.columns))
        worth = np.array(points.each, np.int64 if 100 * points.whole < _MOST else object)
        for at in range(start, stop, PACK_FROM):
            end = min(stop, at + PACK_FROM)
            codes = self.index.codes[self.index.rows(at, end)][:, self.columns]
            found = {name: self.means.counts[name][each, codes].sum(axis=1) for name in counted}
            found[PROVEN] = (self.means.proven[each, codes] * worth).sum(axis=1)
            found[FAILED] = (self.means.failed[each, codes] * worth).sum(axis=1)
            yield at, end, found


def rescored(index: Index, book: NDArray[np.uint8], columns: Sequence[int], criteria: CriteriaSet) -> Scores:
    """Score every listing under a set that asks these columns of the matrix, in this order."""
    unknown, out_of = compiled(criteria).unknown_counts.as_integer_ratio()
    job = Job(index, columns, meaning(book, criteria), criteria, conditions(criteria))
    runs = [job.points(run) for run in range(len(index.starts) - 1) if index.starts[-1]]
    scores = _room(index, [each.whole * out_of for each in runs], criteria)
    for points, start, stop in zip(runs, index.starts, index.starts[1:], strict=False):
        for at, end, found in job.sums(points, start, stop):
            rows = index.rows(at, end)
            proven, failed = found[PROVEN], found[FAILED]
            scores.proven[rows] = proven * out_of
            scores.failed[rows] = failed * out_of
            scores.score[rows] = (out_of - unknown) * proven - unknown * failed + 100 * unknown * points.whole
            scores.band[rows] = band_places(job.asked, found, points.whole) if points.whole else -1
    return scores


def _room(index: Index, wholes: list[int], criteria: CriteriaSet) -> Scores:
    dtype = np.dtype(np.int64 if 100 * max(wholes, default=0) < _MOST else object)
    over = np.broadcast_to(np.array(wholes[0] if wholes else 0, dtype), index.starts[-1])
    if index.order is not None:
        over = np.empty(len(index.order), dtype)
        over[index.order] = np.repeat(np.array(wholes, dtype), np.diff(index.starts))
    return empty(index.starts[-1], dtype, over, tuple(band.id for band in criteria.bands))
