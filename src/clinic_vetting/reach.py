"""Which bands are still open: if the unknown is answered, or if everything is inspected anew.

A band follows from one whole number, to which each criterion adds its own: so what is answered is a difference.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.ahead import beside_unsaid, inspected_alone
from clinic_vetting.evidence import Answer, Belief

if TYPE_CHECKING:
    from clinic_vetting.ahead import Ahead
    from clinic_vetting.criterion import Band
    from clinic_vetting.quick import Found
    from clinic_vetting.remembering import Alone
    from clinic_vetting.worth import Cell, Leaf, Worth

MOST_LEAVES: Final = 20_000
_ANSWERS: Final = (Answer.YES, Answer.NO)


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


class Beside(dict["tuple[int, Alone]", "tuple[int, int] | None"]):
    """By place and what one statement comes to: what the criterion adds to the sums beside a good and a bad inspection.

    `None` where an inspection takes it out. Made once for each `Worth`, by `_beside`.
    """

    __slots__ = ("worth",)

    def __init__(self, worth: Worth) -> None:
        self.worth = worth

    def __missing__(self, case: tuple[int, Alone]) -> tuple[int, int] | None:
        if len(self) >= MOST_LEAVES:
            self.clear()
        place, alone = case
        yes, no = (inspected_alone(alone, answer) for answer in _ANSWERS)
        found = self[case] = _packed(self.worth.cells[place], yes, no)
        return found


_beside = lru_cache(maxsize=128)(Beside)


def _packed(cell: Cell, yes: Belief | None, no: Belief | None) -> tuple[int, int] | None:
    return None if yes is None or no is None else (cell.leaf(yes).packed, cell.leaf(no).packed)


def reachable(found: Found, ahead: Ahead) -> Reach:
    """Inspect anew, on the day, all that is open or has failed; what was not told is the same for all clinics."""
    leaves, worth, beside = found.leaves, found.worth, _beside(found.worth)
    unsaid, best, worst = _unsaid(worth, ahead.worth, ahead.as_of)
    for place, said in ahead.heard.items():
        leaf = leaves[place]
        belief, inspected = leaf.belief, (leaf.packed, leaf.packed)
        if belief is not None and (belief.open or belief.failed):
            if said.alone:
                each = beside[place, said.alone]
            else:
                each = _packed(worth.cells[place], *(ahead.inspected(place, answer) for answer in _ANSWERS))
            if each is None:
                return Reach(*(_anew(found, ahead, answer) for answer in _ANSWERS))
            inspected = each
        yes, no = unsaid[place]
        best += inspected[0] - yes
        worst += inspected[1] - no
    return Reach(worth.band(best), worth.band(worst))


@lru_cache(maxsize=128)
def _unsaid(worth: Worth, asked: Worth, as_of: dt.date) -> tuple[list[tuple[int, int]], int, int]:
    """Give what each criterion adds to the sums that nobody has spoken on, once it is inspected, by place; and all."""
    added = []
    for cell, points in zip(worth.cells, worth.points.each, strict=True):
        beliefs = [beside_unsaid(asked, cell.asked.place, as_of, answer) for answer in _ANSWERS]
        yes, no = [cell.leaf(belief).packed if points else 0 for belief in beliefs]
        added.append((yes, no))
    return added, sum(yes for yes, _ in added), sum(no for _, no in added)


def _anew(found: Found, ahead: Ahead, answer: Answer) -> Band | None:
    """Share the points out anew, where an inspection takes criteria out."""
    beliefs = found.beliefs
    for place, belief in enumerate(found.beliefs):
        if belief is not None and (belief.open or belief.failed):
            beliefs[place] = ahead.inspected(place, answer)
    return found.with_beliefs(beliefs).band
