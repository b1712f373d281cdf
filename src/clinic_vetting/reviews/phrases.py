"""Phrases that are looked for in words, found without regular expressions and so in bounded time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from clinic_vetting.reviews.languages import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_GAP: Final = 4
"""How many words may stand where a phrase has `..`."""
_MEMO: Final = 20_000


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


_Entry: TypeAlias = "tuple[str, tuple[_Piece, ...]]"


class Phrases:
    """Named phrases: `*` stands for any ending of a word, `..` for at most four words between two.

    >>> phrases = Phrases({"lips": ["lip* .. white"]})
    >>> phrases.find("my lips went all white".split())
    [Place(name='lips', start=1, end=5)]
    """

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        cut = [(name, _pieces(phrase)) for name, phrases in named.items() for phrase in phrases]
        rarest = [(max(pieces, key=_rareness), _exact(pieces)) for _, pieces in cut]
        pairs: dict[str, dict[str, list[_Entry]]] = {}
        others: list[tuple[_Piece, _Entry]] = []
        for name, (first, *rest) in cut:
            entry = (name, tuple(rest))
            if rest and rest[0].after_gap is rest[0].any_ending is first.any_ending is False:
                pairs.setdefault(first.word, {}).setdefault(rest[0].word, []).append(entry)
            else:
                others.append((first, entry))

        @lru_cache(maxsize=_MEMO)
        def beginning(word: str) -> tuple[tuple[_Entry, ...], dict[str, list[_Entry]]] | None:
            entries = tuple(entry for first, entry in others if first.fits(word))
            return (entries, pairs.get(word, {})) if entries or word in pairs else None

        @lru_cache(maxsize=_MEMO)
        def beside(word: str) -> frozenset[frozenset[str]]:
            return frozenset(exact for piece, exact in rarest if piece.fits(word))

        self._beginning, self._beside = beginning, beside

    def telling(self, words: frozenset[str]) -> frozenset[str]:
        """Give the rarest word of each phrase of which no word is missing: where there is none, no phrase is."""
        return frozenset(word for word in filter(self._beside, words) if any(map(words.issuperset, self._beside(word))))

    def find(self, words: Sequence[str]) -> list[Place]:
        """Find every phrase, in the order of their first words."""
        return list(self._found(words))

    def by_name(self, words: Sequence[str]) -> dict[str, list[Place]]:
        """Find every phrase, by its name."""
        places: dict[str, list[Place]] = {}
        for each in self._found(words):
            places.setdefault(each.name, []).append(each)
        return places

    def _found(self, words: Sequence[str]) -> Iterator[Place]:
        following = (*words[1:], "")
        for place, found in enumerate(map(self._beginning, words)):
            if found:
                entries, by_second = found
                for name, rest in (*entries, *by_second.get(following[place], ())):
                    if end := _end(rest, words, place + 1):
                        yield Place(name, place, end)


def _pieces(phrase: str) -> list[_Piece]:
    pieces, gap = [], False
    for word in phrase.split():
        if word != "..":
            pieces.append(_Piece(word.removesuffix("*"), word.endswith("*"), gap))
        gap = word == ".."
    return pieces


def _rareness(piece: _Piece) -> tuple[bool, int]:
    return piece.word not in COMMON, len(piece.word)


def _exact(pieces: Iterable[_Piece]) -> frozenset[str]:
    return frozenset(each.word for each in pieces if not each.any_ending)


def _end(pieces: tuple[_Piece, ...], words: Sequence[str], start: int) -> int:
    """Give the place after the last piece, each found as early as it can be; 0 where one is missing."""
    for text, any_ending, after_gap in pieces:
        for place in range(start, min(start + (_GAP if after_gap else 0) + 1, len(words))):
            word = words[place]
            if word == text or (any_ending and word.startswith(text)):
                start = place + 1
                break
        else:
            return 0
    return start
