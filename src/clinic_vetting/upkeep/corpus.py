"""Dossiers evaluated once, kept as codes: what is known of each, to be scored under any weighting. Needs numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, field, frozen

from clinic_vetting.matrix.book import Entry, MatrixError, State, bases, entries
from clinic_vetting.matrix.codes import MOST_CODES, CodeMatrix
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict


def suffices(old: CriteriaSet, new: CriteriaSet) -> bool:
    """Say whether what is known under one set is all that another needs: the same questions, decided alike."""
    return bases(new).items() <= bases(old).items()


@frozen(eq=False)
class Corpus:
    """Evaluated dossiers.

    Attributes:
        names: What they are called, in order.
        parts: Their codes, in the same order, at most 256 different ones in each part.
    """

    names: tuple[str, ...]
    parts: tuple[CodeMatrix, ...]

    def place(self, listing: int) -> tuple[int, int]:
        """Give the part that holds a listing, and its row there.

        Raises:
            IndexError: There are fewer listings.
        """
        row = listing
        for number, part in enumerate(self.parts):
            if row < len(part):
                return number, row
            row -= len(part)
        message = f"expected a listing from 0 to {len(self.names) - 1}, got {listing}"
        raise IndexError(message)

    def known(self, listing: int) -> dict[str, Entry]:
        """Give what is known of one, by criterion."""
        number, row = self.place(listing)
        part = self.parts[number]
        codes = part.book[part.codes[row]].tolist()
        return {name: Entry(p, f, State(s)) for name, (p, f, s) in zip(part.ids, codes, strict=True)}


@define
class Gathering:
    """A corpus in the making; no verdict is kept."""

    criteria: CriteriaSet
    _names: list[str] = field(factory=list)
    _parts: list[CodeMatrix] = field(factory=list)
    _book: dict[Entry, int] = field(factory=dict)
    _rows: bytearray = field(factory=bytearray)

    def add(self, verdict: Verdict) -> None:
        """Take a verdict under the set.

        Raises:
            MatrixError: It alone holds more than 256 different beliefs.
        """
        found = list(entries(verdict))
        if len(set(found)) > MOST_CODES:
            raise MatrixError(told("fault.upkeep.too_many", most=MOST_CODES, clinic=repr(verdict.clinic.id)))
        if len(self._book.keys() | set(found)) > MOST_CODES:
            self._close()
        self._rows += bytes([self._book.setdefault(each, len(self._book)) for each in found])
        self._names.append(verdict.clinic.id)

    def corpus(self) -> Corpus:
        """Give what was gathered."""
        self._close()
        return Corpus(tuple(self._names), tuple(self._parts))

    def _close(self) -> None:
        """End a part: its codes are full, or nothing follows."""
        if self._rows:
            own = bases(self.criteria)
            codes = np.frombuffer(bytes(self._rows), np.uint8).reshape(-1, len(own))
            book = np.array(list(self._book), np.uint8)
            self._parts.append(CodeMatrix(codes, book, tuple(own), tuple(own.values())))
        self._book, self._rows = {}, bytearray()


def kept(matrix: CodeMatrix, names: Iterable[str] | None = None) -> Corpus:
    """Take a code matrix as a corpus; without names its listings are numbered from 1."""
    return Corpus(tuple(names or (str(i + 1) for i in range(len(matrix)))), (matrix,))
