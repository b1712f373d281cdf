"""`criteria backtest`: what a new set would make of dossiers that an old one has scored. Needs numpy.

Scores are ordered as doubles, correctly rounded from exact fractions; what is told of a listing is exact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np
from attrs import frozen

from clinic_vetting.matrix.scores import Scores
from clinic_vetting.upkeep.correlation import spearman
from clinic_vetting.upkeep.explaining import Explained, explained, kept_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.plan import Limit
    from clinic_vetting.upkeep.corpus import Corpus

EXPLAINED: Final = 10
"""How many of the largest changes are explained."""
NOT_RATED: Final = "not rated"


@frozen(eq=False)
class Mover:
    """A listing whose score or band moved.

    Attributes:
        listing: Its place in the corpus, from 0.
        name: What it is called.
        bands: Ids before and after; `None` where it is not rated.
        scores: Before and after, exact; `None` where it is not rated.
        explained: Why; `None` unless both rate it and it was asked for.
        limits: The conditions that keep it out of the better of the two bands, under the set that gives the worse
            one; empty where the band is the same, or a set lacks one of the two.
    """

    listing: int
    name: str
    bands: tuple[str | None, str | None]
    scores: tuple[Fraction | None, Fraction | None]
    explained: Explained | None = None
    limits: tuple[Limit, ...] = ()


@frozen(eq=False)
class Side:
    """A corpus under one set.

    Attributes:
        criteria: The set.
        corpus: What is known under it.
        parts: The scores of each of its parts, exact.
        band: The place of each listing's band, best is 0; -1 where it is not rated.
        score: Doubles; NaN where it is not rated.
    """

    criteria: CriteriaSet
    corpus: Corpus
    parts: tuple[Scores, ...]
    band: NDArray[np.int8]
    score: NDArray[np.float64]

    @classmethod
    def of(cls, criteria: CriteriaSet, corpus: Corpus) -> Side:
        """Score a corpus.

        Raises:
            MatrixError: The set asks something that the corpus does not know.
        """
        parts: tuple[Scores, ...] = tuple(part.rescore(criteria) for part in corpus.parts)
        bands = [each.band for each in parts] or [np.empty(0, np.int8)]
        points = [each.points("score") for each in parts] or [np.empty(0)]
        return cls(criteria, corpus, parts, np.concatenate(bands), np.concatenate(points))

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the bands, and what stands for none."""
        return (*(each.id for each in self.criteria.bands), NOT_RATED)

    def is_worse(self, band: str, other: str) -> bool:
        """Say whether a band stands after another."""
        return self.names.index(band) > self.names.index(other)

    def band_of(self, listing: int) -> str | None:
        """Give one listing's band."""
        place = int(self.band[listing])
        return None if place < 0 else self.criteria.bands[place].id

    def score_of(self, listing: int) -> Fraction | None:
        """Give one listing's score, exact."""
        if np.isnan(self.score[listing]):
            return None
        part, place = self.corpus.place(listing)
        scores = self.parts[part]
        return Fraction(int(scores.score[place]), int(scores.over[place]))


@frozen(eq=False)
class Backtest:
    """What a new set makes of a corpus.

    Attributes:
        old, new: The corpus under each set.
        matrix: Listings by band before (rows) and after (columns), each in its set's order, best first, those not
            rated last.
        moved: The places of listings whose band differs by id, the largest change of score first.
        largest: The places of listings rated by both, the largest change of score first, then in order; no more
            than `EXPLAINED`, none without a change.
        correlation: Spearman's rho of the scores of listings rated by both; see `correlation.spearman`.
    """

    old: Side
    new: Side
    matrix: NDArray[np.int64]
    moved: NDArray[np.intp]
    largest: NDArray[np.intp]
    correlation: float | None

    def mover(self, listing: int) -> Mover:
        """Give one listing, without explaining it."""
        both = (self.old, self.new)
        before, after = (each.band_of(listing) for each in both)
        was, now = (each.score_of(listing) for each in both)
        return Mover(listing, self.old.corpus.names[listing], (before, after), (was, now))

    def explained(self) -> tuple[Mover, ...]:
        """Explain the largest changes, exactly."""
        return tuple(self._explained(int(each)) for each in self.largest)

    def _explained(self, listing: int) -> Mover:
        plain = self.mover(listing)
        before, after = (each.corpus.known(listing) for each in (self.old, self.new))
        why = explained(self.old.criteria, before, self.new.criteria, after)
        return attrs.evolve(plain, explained=why, limits=self._limits(plain))

    def _limits(self, mover: Mover) -> tuple[Limit, ...]:
        before, after = (str(each) for each in mover.bands)
        if before == after or any({before, after} - {*each.names} for each in (self.old, self.new)):
            return ()
        worse, better = (self.new, before) if self.new.is_worse(after, before) else (self.old, after)
        return kept_out(worse.criteria, worse.corpus.known(mover.listing), better)


def backtest(old: CriteriaSet, new: CriteriaSet, corpus: Corpus, renewed: Corpus | None = None) -> Backtest:
    """Compare what two sets make of the same listings.

    `corpus` holds what is known under the old set, and under the new one too where `corpus.suffices` says so;
    else `renewed` holds what is known of the same listings under the new set.

    Raises:
        MatrixError: The new set asks something that neither corpus knows.
        ValueError: The two hold other listings.
    """
    renewed = renewed or corpus
    if renewed.names != corpus.names:
        message = f"the same listings in both, got {len(corpus.names)} and {len(renewed.names)}"
        raise ValueError(message)
    was, now = Side.of(old, corpus), Side.of(new, renewed)
    change = np.abs(now.score - was.score)
    rated = ~np.isnan(change)
    order = np.argsort(-np.where(rated, change, 101), kind="stable")
    moved = order[_other_band(was, now)[order]]
    largest = order[(rated & (change > 0))[order]][:EXPLAINED]
    return Backtest(was, now, _matrix(was, now), moved, largest, spearman(was.score[rated], now.score[rated]))


def _other_band(was: Side, now: Side) -> NDArray[np.bool_]:
    """Say whose band has another id."""
    same = np.array([[one == other for other in now.names] for one in was.names])
    other: NDArray[np.bool_] = ~same[was.band, now.band]
    return other


def _matrix(was: Side, now: Side) -> NDArray[np.int64]:
    rows, columns = len(was.names), len(now.names)
    pairs = (was.band % rows).astype(np.int64) * columns + now.band % columns
    counted: NDArray[np.int64] = np.bincount(pairs, minlength=rows * columns).reshape(rows, columns)
    return counted
