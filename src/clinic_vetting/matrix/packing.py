"""Several sums in one addition: fields side by side in 64-bit words, wide enough never to touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from clinic_vetting.matrix.bands import FAILED, PROVEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from clinic_vetting.matrix.book import Meaning
    from clinic_vetting.matrix.index import Group, Index
    from clinic_vetting.score import Points

BLOCK: Final = 1 << 15
"""Listings at a time: enough to make calls cheap, few enough for their sums to stay in a core's caches."""
_WORD: Final = 64


@frozen
class Field:
    """Where a sum stands: in which word, and from which bit on, how many."""

    word: int
    shift: int
    bits: int

    def read(self, words: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Take the sums out of words, one row for each word."""
        taken: NDArray[np.uint64] = words[self.word] >> np.uint64(self.shift) & np.uint64((1 << self.bits) - 1)
        return taken.view(np.int64)


@frozen(eq=False)
class Layout:
    """Where every sum stands, and what each criterion is worth."""

    points: Points
    fields: dict[str, Field]
    words: int

    @classmethod
    def of(cls, points: Points, counts: Mapping[str, NDArray[np.bool_]]) -> Layout | None:
        """Find room for the sums and counts; `None` where a sum needs more than 63 bits."""
        most = {PROVEN: 100 * points.whole, FAILED: 100 * points.whole}
        most |= {name: int(can.any(axis=1).sum()) for name, can in counts.items()}
        if most[PROVEN].bit_length() >= _WORD:
            return None
        fields: dict[str, Field] = {}
        used: list[int] = []
        for name, value in most.items():
            bits = value.bit_length()
            word = next((i for i, full in enumerate(used) if full + bits <= _WORD), len(used))
            used += [0] * (word == len(used))
            fields[name] = Field(word, used[word], bits)
            used[word] += bits
        return cls(points, fields, len(used))

    def words_of(self, means: Meaning) -> NDArray[np.uint64]:
        """Write what every code of every criterion adds: criteria x codes x words."""
        worth = np.array(self.points.each, np.int64)[:, None]
        added = {PROVEN: means.proven * worth, FAILED: means.failed * worth, **means.counts}
        packed = np.zeros((*means.proven.shape, self.words), np.uint64)
        for name, field in self.fields.items():
            packed[..., field.word] += added[name].astype(np.uint64) << np.uint64(field.shift)
        return packed


def add_up(
    layout: Layout, index: Index, tables: Sequence[NDArray[np.uint64]], start: int, stop: int
) -> Iterator[tuple[int, int, dict[str, NDArray[Any]]]]:
    """Give every sum for the listings from `start` to `stop` of an index, block by block."""
    room = np.empty((2, min(BLOCK, stop - start), layout.words), np.uint64)
    wide = np.empty(room.shape[1], np.intp)
    for at in range(start, stop, BLOCK):
        end = min(stop, at + BLOCK)
        (sums, more), numbers = room[:, : end - at], wide[: end - at]
        sums[:] = 0
        for group, table in zip(index.groups, tables, strict=True):
            np.copyto(numbers, group.numbers[at:end])
            table.take(numbers, axis=0, out=more, mode="wrap")  # every number is in the table; this mode costs least
            np.add(sums, more, out=sums)
        words = np.ascontiguousarray(sums.T)
        yield at, end, {name: field.read(words) for name, field in layout.fields.items()}


def tables(layout: Layout, index: Index, columns: Sequence[int], means: Meaning) -> list[NDArray[np.uint64]]:
    """Make the look-up table of each group of an index; a column that is not asked adds nothing."""
    place = {column: i for i, column in enumerate(columns)}
    packed = layout.words_of(means)
    return [_table(each, place, packed) for each in index.groups]


def _table(group: Group, place: Mapping[int, int], packed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Add up what each combination of a group's codes is worth: combinations x words."""
    table = np.zeros((1, packed.shape[2]), np.uint64)
    for column, present in zip(group.columns, group.present, strict=True):
        own = packed[place[column]][present] if column in place else np.zeros((len(present), table.shape[1]), np.uint64)
        table = (table[:, None] + own).reshape(-1, table.shape[1])
    return table
