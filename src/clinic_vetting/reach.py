"""Which bands are still open: if the unknown is answered, or if everything is inspected anew.

A band follows from one whole number, to which each criterion adds its own: so what is answered is a difference.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.ahead import beside_unsaid
from clinic_vetting.evidence import Answer, Belief

if TYPE_CHECKING:
    from clinic_vetting.ahead import Ahead
    from clinic_vetting.criterion import Band
    from clinic_vetting.quick import Found
    from clinic_vetting.worth import Leaf, Worth

MOST_LEAVES: Final = 20_000


@frozen
class Reach:
    """The best and the worst band; `None` where nothing applies."""

    best: Band | None
    worst: Band | None


def at_best(belief: Belief) -> Belief:
    """Answer all that is unknown for the clinic."""
    return Belief(100 - belief.failed, belief.failed)


def at_worst(belief: Belief) -> Belief:
    """Answer all that is unknown against the clinic."""
    return Belief(belief.proven, 100 - belief.proven)


class Answered(dict["Leaf", tuple[int, int, int]]):
    """By what a criterion comes to: how the sums differ where the unknown in it is answered for and against.

    And how many parts of all points are unknown in it.

    Made once for each `Worth`, by `answered`.
    """

    __slots__ = ("worth",)

    def __init__(self, worth: Worth) -> None:
        self.worth = worth

    def __missing__(self, leaf: Leaf) -> tuple[int, int, int]:
        if len(self) >= MOST_LEAVES:
            self.clear()
        differs = self[leaf] = self._differs(leaf)
        return differs

    def _differs(self, leaf: Leaf) -> tuple[int, int, int]:
        if leaf.belief is None:
            return 0, 0, 0
        cell = self.worth.cells[leaf.place]
        best, worst = cell.leaf(at_best(leaf.belief)), cell.leaf(at_worst(leaf.belief))
        unknown = self.worth.points.each[leaf.place] * leaf.belief.open
        return best.packed - leaf.packed, worst.packed - leaf.packed, unknown


answered = lru_cache(maxsize=128)(Answered)


def settled(found: Found) -> Reach:
    """Answer what is unknown, if today's statements stand."""
    differs = answered(found.worth)
    best = worst = found.packed
    for leaf in found.leaves:
        for_it, against, _ = differs[leaf]
        best += for_it
        worst += against
    return Reach(found.worth.band(best), found.worth.band(worst))


def reachable(found: Found, ahead: Ahead) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    best = _inspected(found, ahead, Answer.YES)
    worst = _inspected(found, ahead, Answer.NO)
    return Reach(best, worst)


def _inspected(found: Found, ahead: Ahead, answer: Answer) -> Band | None:
    """Give the band where what is open or has failed is inspected; what was not told is the same for all clinics."""
    leaves, cells = found.leaves, found.worth.cells
    unsaid = _unsaid(found.worth, ahead.worth, ahead.as_of, answer)
    packed = sum(unsaid)
    for place in ahead.told:
        packed -= unsaid[place]
        leaf = leaves[place]
        belief = leaf.belief
        if belief is not None and (belief.open or belief.failed):
            inspected = ahead.inspected(place, answer)
            if inspected is None:
                return _anew(found, ahead, answer)
            leaf = cells[place].leaf(inspected)
        packed += leaf.packed
    return found.worth.band(packed)


@lru_cache(maxsize=128)
def _unsaid(worth: Worth, asked: Worth, as_of: dt.date, answer: Answer) -> list[int]:
    """Give what each criterion adds to the sums that nobody has spoken on, once it is inspected, by place."""
    beliefs = [beside_unsaid(asked, place, as_of, answer) for place in range(len(worth.cells))]
    rated = zip(worth.cells, beliefs, worth.points.each, strict=True)
    return [cell.leaf(belief).packed if points else 0 for cell, belief, points in rated]


def _anew(found: Found, ahead: Ahead, answer: Answer) -> Band | None:
    """Share the points out anew, where an inspection takes criteria out."""
    beliefs = found.beliefs
    for place, belief in enumerate(found.beliefs):
        if belief is not None and (belief.open or belief.failed):
            beliefs[place] = ahead.inspected(place, answer)
    return found.with_beliefs(beliefs).band
