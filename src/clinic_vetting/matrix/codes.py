"""A corpus of verdicts as codes, one byte for each listing and criterion."""

from __future__ import annotations

import zipfile
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np
from attrs import frozen

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.hints import did_you_mean
from clinic_vetting.matrix.book import Entry, MatrixError, State, bases, entries
from clinic_vetting.matrix.index import Index
from clinic_vetting.matrix.rescoring import rescored
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.matrix.scores import Scores
    from clinic_vetting.verdict import Verdict

MOST_CODES: Final = 256
_VERSION: Final = 1


@frozen(eq=False)
class CodeMatrix:
    """What is known of each listing and criterion, without anybody's words. Made by `codes`.

    Attributes:
        codes: uint8, listings x criteria, each a row of `book`; columns lie together in memory.
        book: uint8, codes x 3, at most 256 rows: proven and failed in hundredths, and a `State`.
        ids: The full ids of the criteria.
        bases: For each criterion the digest of what decided its beliefs: evidence, freshness,
            measure and where it applies.

    Raises:
        MatrixError: The parts do not fit each other.
    """

    codes: NDArray[np.uint8]
    book: NDArray[np.uint8]
    ids: tuple[str, ...]
    bases: tuple[str, ...] = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if problem := _problem(self):
            raise MatrixError(problem)
        object.__setattr__(self, "codes", np.asfortranarray(self.codes))

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def index(self) -> Index:
        """The codes ordered for rescoring: made at the first, used by all that follow, and as large as `codes`."""
        return Index.of(self.codes, self.book)

    def rescore(self, criteria: CriteriaSet) -> Scores:
        """Give the scores and bands of every listing under another weighting, exactly those of `vet`.

        Weights, severities, bands, categories' weights and `unknown_counts` may differ, and criteria may be
        left out. The first call makes `index`.

        Raises:
            MatrixError: The set asks something new, or asks it otherwise, so that listings have to be vetted again.
        """
        wanted = bases(criteria)
        known = dict(zip(self.ids, self.bases, strict=True))
        for name, basis in wanted.items():
            if name not in known:
                unknown = told("fault.matrix.not_known", set=criteria.id, criterion=name)
                raise MatrixError(joined("; ", unknown, did_you_mean(name, known)))
            if basis != known[name]:
                raise MatrixError(told("fault.matrix.otherwise", set=criteria.id, criterion=name))
        columns = [self.ids.index(name) for name in wanted]
        return rescored(self.index, self.book, columns, criteria)

    def save(self, path: str | Path) -> None:
        """Write it as an .npz file: arrays and text, nothing that runs."""
        with open(path, "wb") as file:  # noqa: PTH123 - numpy would add a suffix to a name
            ids, own = np.array(self.ids, np.str_), np.array(self.bases, np.str_)
            np.savez(file, version=np.array(_VERSION), codes=self.codes, book=self.book, ids=ids, bases=own)

    @classmethod
    def load(cls, path: str | Path) -> CodeMatrix:
        """Read what `save` wrote.

        Raises:
            MatrixError: It is something else, or damaged.
            OSError: The file cannot be opened.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                if int(file["version"]) != _VERSION:
                    got = str(file["version"])
                    raise MatrixError(told("fault.matrix.version", path=str(path), version=_VERSION, got=got))
                ids, own = (tuple(map(str, file[name])) for name in ("ids", "bases"))
                return cls(file["codes"], file["book"], ids, own)
        except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
            raise MatrixError(told("fault.matrix.saved", path=str(path), error=str(error))) from None


def codes(verdicts: Iterable[Verdict]) -> CodeMatrix:
    """Keep what verdicts believe, one byte a criterion; rows are in the order of the verdicts.

    Verdicts may be of any day, and come one at a time: none is kept.

    Raises:
        MatrixError: No verdicts, verdicts of several criteria sets, or more than 256 distinct codes.
    """
    book: dict[Entry, int] = {}
    rows = bytearray()
    first: CriteriaSet | None = None
    for verdict in verdicts:
        first = first or verdict.criteria
        _check_same(first, verdict)
        found = [book.setdefault(each, len(book)) for each in entries(verdict)]
        if len(book) > MOST_CODES:
            raise MatrixError(told("fault.matrix.beliefs", most=MOST_CODES, clinic=repr(verdict.clinic.id)))
        rows += bytes(found)
    if first is None:
        raise MatrixError(told("fault.matrix.no_verdicts"))
    own = bases(first)
    matrix = np.frombuffer(bytes(rows), np.uint8).reshape(-1, len(own))
    return CodeMatrix(matrix, np.array(list(book), np.uint8), tuple(own), tuple(own.values()))


def _check_same(first: CriteriaSet, verdict: Verdict) -> None:
    if verdict.criteria is not first and criteria_digest(verdict.criteria) != criteria_digest(first):
        sets = {"first": repr(first), "second": repr(verdict.criteria)}
        raise MatrixError(told("fault.matrix.one_set", **sets, clinic=repr(verdict.clinic.id)))


def _problem(matrix: CodeMatrix) -> str:
    codes, book = matrix.codes, matrix.book
    if codes.dtype != np.uint8 or codes.ndim != 2 or codes.shape[1] != len(matrix.ids):
        return told("fault.matrix.codes", criteria=len(matrix.ids), type=str(codes.dtype), shape=codes.shape)
    if book.dtype != np.uint8 or book.ndim != 2 or book.shape[1] != 3 or len(book) > MOST_CODES:
        return told("fault.matrix.book", most=MOST_CODES, type=str(book.dtype), shape=book.shape)
    if len(set(matrix.ids)) != len(matrix.ids) or len(matrix.bases) != len(matrix.ids) or not matrix.ids:
        return told("fault.matrix.ids")
    if (book[:, :2].sum(axis=1) > 100).any() or (book[:, 2] > max(State)).any():
        return told("fault.matrix.hundredths")
    return told("fault.matrix.below", most=len(book)) if codes.size and codes.max() >= len(book) else ""
