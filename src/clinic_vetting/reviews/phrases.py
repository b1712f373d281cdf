"""Phrases that are looked for in words, found without regular expressions and so in bounded time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_GAP: Final = 4
"""How many words may stand where a phrase has `..`."""


class Place(NamedTuple):
    """Where a phrase was found: its name, its first word and the one after its last."""

    name: str
    start: int
    end: int


class _Piece(NamedTuple):
    word: str
    any_ending: bool
    after_gap: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.word) if self.any_ending else word == self.word


class Phrases:
    """Named phrases: `*` stands for any ending of a word, `..` for at most four words between two.

    >>> phrases = Phrases({"lips": ["lip* .. white"]})
    >>> phrases.find("my lips went all white".split())
    [Place(name='lips', start=1, end=5)]
    """

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        exact: dict[str, list[tuple[str, tuple[_Piece, ...]]]] = {}
        endings: list[tuple[_Piece, tuple[str, tuple[_Piece, ...]]]] = []
        rarest = []
        for name, phrases in named.items():
            for phrase in phrases:
                first, *rest = _pieces(phrase)
                rarest.append(max((first, *rest), key=lambda piece: len(piece.word)))
                if first.any_ending:
                    endings.append((first, (name, tuple(rest))))
                else:
                    exact.setdefault(first.word, []).append((name, tuple(rest)))

        @lru_cache(maxsize=20_000)
        def beginning(word: str) -> tuple[tuple[str, tuple[_Piece, ...]], ...]:
            return (*exact.get(word, ()), *(entry for first, entry in endings if first.fits(word)))

        @lru_cache(maxsize=20_000)
        def telling(word: str) -> bool:
            return any(piece.fits(word) for piece in rarest)

        self._beginning, self._telling = beginning, telling

    def may_be_in(self, words: Iterable[str]) -> bool:
        """Say whether any phrase can be found: whether the longest word of one is there."""
        return any(map(self._telling, words))

    def find(self, words: Sequence[str]) -> list[Place]:
        """Find every phrase, in the order of their first words."""
        found = []
        for start, word in enumerate(words):
            for name, rest in self._beginning(word):
                end = _end(rest, words, start + 1)
                if end:
                    found.append(Place(name, start, end))
        return found


def _pieces(phrase: str) -> list[_Piece]:
    pieces, gap = [], False
    for word in phrase.split():
        if word == "..":
            gap = True
        else:
            pieces.append(_Piece(word.removesuffix("*"), word.endswith("*"), gap))
            gap = False
    return pieces


def _end(pieces: tuple[_Piece, ...], words: Sequence[str], start: int) -> int:
    """Give the place after the last piece, each found as early as it can be; 0 where one is missing."""
    for piece in pieces:
        last = start + (_GAP if piece.after_gap else 0)
        start = next((i for i in range(start, min(last + 1, len(words))) if piece.fits(words[i])), -1) + 1
        if not start:
            return 0
    return start
