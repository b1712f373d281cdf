"""Codes ordered for rescoring: listings to which the same applies stand together, several columns share one index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from clinic_vetting.evidence import Belief, Outcome
from clinic_vetting.matrix.book import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MOST_ENTRIES: Final = 1 << 14
"""Entries of a group's look-up table: of 16 bytes each, they fit in a core's second-level cache."""


@frozen(eq=False)
class Group:
    """Some columns as one: each distinct combination of their codes has a number.

    Attributes:
        columns: Their places in the matrix.
        present: For each, the codes that occur in it, ascending; the last column's vary fastest.
        numbers: uint16 a listing, in the order of the index.
    """

    columns: tuple[int, ...]
    present: tuple[NDArray[np.uint8], ...]
    numbers: NDArray[np.uint16]


@frozen(eq=False)
class Index:
    """What does not depend on weights.

    Attributes:
        codes: The matrix itself.
        order: The listings, those to which the same applies together; `None` where the same applies to all.
        starts: Where each such run starts in `order`, and the end.
        groups: The columns, in groups.
    """

    codes: NDArray[np.uint8]
    order: NDArray[np.intp] | None
    starts: tuple[int, ...]
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, codes: NDArray[np.uint8], book: NDArray[np.uint8]) -> Index:
        """Order a matrix of codes, of at least one column."""
        present = [np.flatnonzero(np.bincount(column, minlength=1)).astype(np.uint8) for column in codes.T]
        order, starts = _runs(codes, present, _kinds(book))
        groups = tuple(
            Group(columns, tuple(present[i] for i in columns), _numbers(codes, columns, present, order))
            for columns in _grouped([max(1, len(each)) for each in present])
        )
        return cls(codes, order, starts, groups)

    def rows(self, start: int, stop: int) -> slice | NDArray[np.intp]:
        """Say which listings stand from `start` to `stop`."""
        return slice(start, stop) if self.order is None else self.order[start:stop]


def _kinds(book: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Tell codes apart by what can keep them from counting: nothing, anything, or all but being critical."""
    failed = np.array([Belief(int(p), int(f)).outcome is Outcome.FAILED for p, f, _ in book], bool)
    left_out = (book[:, 2] != State.COUNTS).astype(np.uint64)
    kinds: NDArray[np.uint64] = left_out + ((book[:, 2] == State.WAIVED) & failed)
    return kinds


def _runs(
    codes: NDArray[np.uint8], present: list[NDArray[np.uint8]], kinds: NDArray[np.uint64]
) -> tuple[NDArray[np.intp] | None, tuple[int, ...]]:
    """Order the listings by the kinds of their codes."""
    listings = len(codes)
    mixed = [i for i, own in enumerate(present) if len(set(kinds[own].tolist())) > 1]
    if not mixed:
        return None, (0, listings)
    run = np.zeros(listings, np.intp)
    for key in _keys(codes, mixed, kinds):
        distinct, place = np.unique(key, return_inverse=True)
        run = np.unique(run * len(distinct) + place, return_inverse=True)[1]
    order = np.argsort(run, kind="stable")
    return order, (*np.flatnonzero(np.diff(run[order], prepend=-1)).tolist(), listings)


def _keys(codes: NDArray[np.uint8], mixed: list[int], kinds: NDArray[np.uint64]) -> Iterator[NDArray[np.uint64]]:
    """Pack the kinds of up to 32 columns in one word, two bits each."""
    for start in range(0, len(mixed), 32):
        key = np.zeros(len(codes), np.uint64)
        for place, column in enumerate(mixed[start : start + 32]):
            key |= (kinds << np.uint64(2 * place))[codes[:, column]]
        yield key


def _grouped(sizes: list[int]) -> list[tuple[int, ...]]:
    """Put columns together while the product of their sizes allows it: largest first, each where it still fits."""
    groups: list[tuple[int, list[int]]] = []
    for column in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        for i, (product, columns) in enumerate(groups):
            if product * sizes[column] <= MOST_ENTRIES:
                groups[i] = (product * sizes[column], [*columns, column])
                break
        else:
            groups.append((sizes[column], [column]))
    return [tuple(columns) for _, columns in groups]


def _numbers(codes: NDArray[np.uint8], columns: tuple[int, ...], present: list[Any], order: Any) -> NDArray[np.uint16]:
    numbers = np.zeros(len(codes), np.uint16)
    for column in columns:
        place = np.zeros(256, np.uint16)
        place[present[column]] = np.arange(len(present[column]))
        numbers *= np.uint16(max(1, len(present[column])))
        numbers += place[codes[:, column]]
    return numbers if order is None else numbers[order]
