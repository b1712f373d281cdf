"""The smallest choices of things that together give enough of everything, by a bounded exact search.

Plain numbers: what they mean is told in `remedies`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, combinations
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_STEPS: Final = 8_000
"""Partial choices that are looked at before the search gives up: some 50 ms."""
MOST_THINGS: Final = 250
"""Things among which it searches at all."""
_ROW_COST: Final = 20
Needs: TypeAlias = "tuple[int, ...]"


@frozen
class Cover:
    """What a search found.

    Attributes:
        choices: The places of what to take, ascending; all of one size.
        more: Whether there are, or may be, more of that size than were listed.
        smallest: Whether it is proven that nothing smaller is enough.
    """

    choices: tuple[tuple[int, ...], ...]
    more: bool
    smallest: bool


def smallest_covers(needs: Needs, gains: Sequence[Needs], most: int) -> Cover:
    """Find the smallest choices whose gains sum to at least every need, at most so many of them.

    All numbers are whole, gains at least 0; where even everything is not enough there is no choice. The things are
    searched in the order of how much of the needs each gives, so where there are more choices than `most`, those of
    the things that give most are listed; the list is in the order of places. Where the search is given up before any
    choice was found, there is one from which nothing can be left out, and `smallest` is false.

        >>> smallest_covers((10, 1), [(9, 0), (4, 1), (6, 1), (2, 0)], most=5)
        Cover(choices=((0, 1), (0, 2), (1, 2)), more=False, smallest=True)
    """
    total = _sums(gains, len(needs))
    if any(have < need for have, need in zip(total, needs, strict=True)):
        return Cover((), more=False, smallest=True)
    forced = [i for i, own in enumerate(gains) if _short(needs, [a - b for a, b in zip(total, own, strict=True)])]
    taken = _sums([gains[i] for i in forced], len(needs))
    left = tuple(max(0, need - have) for need, have in zip(needs, taken, strict=True))
    active = [d for d, need in enumerate(left) if need]
    free = [i for i in range(len(gains)) if i not in set(forced)]
    own = [tuple(gains[i][d] for d in active) for i in free]
    found = _searched(tuple(left[d] for d in active), own, most)
    return Cover(
        tuple(sorted(tuple(sorted([*forced, *(free[i] for i in each)])) for each in found.choices)),
        found.more,
        found.smallest,
    )


def _searched(needs: Needs, gains: list[Needs], most: int) -> Cover:
    if not needs:
        return Cover(((),), more=False, smallest=True)
    order = sorted(range(len(gains)), key=lambda i: -_served(needs, gains[i]))
    search = _Search(needs, [gains[i] for i in order])
    found: list[tuple[int, ...]] = []
    size = 0
    try:
        while not found:
            size += 1
            for each in search.choices(0, size, needs, ()):
                if len(found) == most:
                    return Cover(tuple(found), more=True, smallest=True)
                found.append(tuple(order[i] for i in each))
    except _GivenUpError:
        if not found:
            return Cover((_irreducible(needs, gains, order),), more=True, smallest=False)
        return Cover(tuple(found), more=True, smallest=True)
    return Cover(tuple(found), more=False, smallest=True)


class _GivenUpError(Exception):
    """The search took too many steps."""


class _Search:
    """Goes through choices of one size, and leaves out what cannot give enough.

    A choice from the things after a place can give of each need at most the greatest gains there; the same holds of
    two needs weighed together, which tells apart what is good for only one of them. What was seen not to lead
    anywhere is not tried again.
    """

    def __init__(self, needs: Needs, gains: list[Needs]) -> None:
        self.gains, self.steps = gains, 0
        self.dead: set[tuple[int, int, Needs]] = set()
        self.rows: dict[int, list[list[int]]] = {}
        self.pairs = [(d, e, needs[e], needs[d]) for d, e in combinations(range(len(needs)), 2)]
        self.columns = [[own[d] for own in gains] for d in range(len(needs))]
        self.columns += [[own[d] * x + own[e] * y for own in gains] for d, e, x, y in self.pairs]
        if len(gains) > MOST_THINGS:
            self.steps = MOST_STEPS

    def choices(self, start: int, size: int, needs: Needs, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Give each choice of `size` things from `start` on that meets the needs."""
        if not size:
            if not any(needs):
                yield chosen
            return
        state = (start, size, needs)
        if state in self.dead or not self._possible(start, size, needs):
            return
        fruitless = True
        left = tuple([need - own if need > own else 0 for need, own in zip(needs, self.gains[start], strict=True)])
        for each in self.choices(start + 1, size - 1, left, (*chosen, start)):
            fruitless = False
            yield each
        for each in self.choices(start + 1, size, needs, chosen):
            fruitless = False
            yield each
        if fruitless:
            self.dead.add(state)

    def _possible(self, start: int, size: int, needs: Needs) -> bool:
        self._step(1)
        if size > len(self.gains) - start:
            return False
        best = self.rows[start] if start in self.rows else self._row(start)
        for need, row in zip(needs, best, strict=False):
            if need > row[size]:
                return False
        for (d, e, x, y), row in zip(self.pairs, best[len(needs) :], strict=True):
            if needs[d] * x + needs[e] * y > row[size]:
                return False
        return True

    def _row(self, start: int) -> list[list[int]]:
        """Give the most that so many of the things from a place on can gain, of each need and each pair of needs."""
        self._step(1 + (len(self.gains) - start) * len(self.columns) // _ROW_COST)
        made = [[0, *accumulate(sorted(column[start:], reverse=True))] for column in self.columns]
        self.rows[start] = made
        return made

    def _step(self, count: int) -> None:
        self.steps += count
        if self.steps > MOST_STEPS:
            raise _GivenUpError


def _served(needs: Needs, own: Needs) -> Fraction:
    """Give how much of the needs one thing gives, the sum of its shares."""
    return sum((Fraction(min(gain, need), need) for gain, need in zip(own, needs, strict=True)), Fraction(0))


def _irreducible(needs: Needs, gains: list[Needs], order: list[int]) -> tuple[int, ...]:
    """Leave out one after the other, what gives least first, as long as the rest is enough."""
    kept, have = set(order), _sums(gains, len(needs))
    for i in reversed(order):
        without = [a - b for a, b in zip(have, gains[i], strict=True)]
        if not _short(needs, without):
            kept.remove(i)
            have = without
    return tuple(kept)


def _sums(gains: Sequence[Needs], width: int) -> list[int]:
    return [sum(own[d] for own in gains) for d in range(width)]


def _short(needs: Needs, have: Sequence[int]) -> bool:
    return any(a < b for a, b in zip(have, needs, strict=True))
