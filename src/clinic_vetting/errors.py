"""What can go wrong, as a small tree: every error of this library is a `ClinicVettingError`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 60


class ClinicVettingError(Exception):
    """The root of every error raised on purpose by this library."""


class InputError(ClinicVettingError):
    """A document cannot be used; `faults` holds everything that is wrong with it, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class CriteriaError(ClinicVettingError, ValueError):
    """A criteria set contradicts itself, or asks for a measure that nobody registered.

    Attributes:
        problems: Each with its path in the set.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{each.path}: expected {each.expected}, got {each.got}" for each in self.problems)


class RecordError(ClinicVettingError, ValueError):
    """A record contradicts itself, such as a notice that was lifted before it was issued.

    Attributes:
        problems: The one contradiction, with its field.
    """

    def __init__(self, problem: Problem) -> None:
        self.problems = (problem,)
        super().__init__(problem)

    def __str__(self) -> str:
        return "; ".join(f"{each.path!r} must be {each.expected}, got {each.got}" for each in self.problems)


class BatchError(ClinicVettingError):
    """A batch cannot begin or go on; its text says why, and what to do about it."""


class RegisterError(ClinicVettingError):
    """A database of registers cannot be used; its text says why, and what to do about it."""


class ExtraError(ClinicVettingError, ImportError):
    """A library is not installed that something needs; its text says which extra brings it."""


class Problem(NamedTuple):
    """One contradiction: where it stands, what would have been right, what stands there, and the word it is about."""

    path: str
    expected: str
    got: str
    about: str = ""


@frozen
class Fault:
    """One thing to mend in a document.

    Attributes:
        file: The file's name as it was given.
        line: Line in the file, from 1; 0 where the document had no text (a Python dict).
        path: Where in the tree, such as `practitioners[0].licences[1].number`.
        expected: What would have been right.
        got: What stands there.
        hint: What to do about it, or an empty text.
    """

    file: str
    line: int
    path: str
    expected: str
    got: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place('document')}: expected {self.expected}, got {self.got}{hint}"

    def place(self, whole: str) -> str:
        """Say where it stands; `whole` names the document where there is no path."""
        file = self.file if self.file.isprintable() else ascii(self.file)[1:-1]
        return f"{file}:{self.line}: {self.path or whole}" if self.line else f"{file}: {self.path or whole}"


def shown(value: str) -> str:
    """Quote `value` for a message: on one line, no control characters, at most 60 characters."""
    cut = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}..."
    return ascii(cut) if any(not c.isprintable() for c in cut) else repr(cut)


def join(path: str, key: str) -> str:
    """Add a key to a path; what cannot be printed is written out."""
    word = key if key.isprintable() and len(key) <= _SHOWN else shown(key)[1:-1]
    return f"{path}.{word}" if path else word


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Give the known word nearest to `word`, at least so much alike (0..1); an empty text where none is near."""
    return next(iter(get_close_matches(word[:_SHOWN], list(known), n=1, cutoff=alike)), "")
