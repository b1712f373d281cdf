"""Text as words: made plain to match, with the place of each word in what can be quoted.

Everything here takes time in proportion to the text: words are cut by one expression without
repetition inside repetition.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE: Final = 160
"""The most characters of a review that a finding quotes."""
_LONGEST: Final = 40
_MOST_WORDS: Final = 200
"""A longer sentence is read in pieces, so that reading takes time in proportion to the text."""
_WORD: Final = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
_END: Final = re.compile(r"[.!?\u2026\u3002](?=\s|$)|\n")
_PAUSE: Final = frozenset(',;:()\u2013\u2014"\u00bf\u00a1-')
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Word(NamedTuple):
    """A word in lower case without accents, where it stands in its sentence, and whether a pause precedes it."""

    text: str
    start: int
    end: int
    paused: bool


class Sentence(NamedTuple):
    """A sentence as it can be quoted, and its words."""

    text: str
    words: tuple[Word, ...]

    @property
    def is_question(self) -> bool:
        """Say whether it asks."""
        return self.text.rstrip().endswith("?")

    def quote(self, first: int, last: int) -> str:
        """Quote the words from `first` to `last` with what stands around them, at most `QUOTE` characters."""
        start, end = self.words[first].start, self.words[last].end
        if len(self.text) <= QUOTE:
            return self.text.strip()
        room = max(QUOTE - (end - start), 0)
        left = max(0, start - room // 2)
        cut = self.text[left : left + QUOTE]
        return f"{'...' if left else ''}{cut.strip()}{'...' if left + QUOTE < len(self.text) else ''}"


def clean(text: str) -> str:
    """Give a text that shows as it reads: one form for each letter, without what is invisible or turns it around.

    >>> clean("a\u200bb\u202e \uff49nfection\u2019s")
    "ab infection's"
    """
    if text.isascii() and text.isprintable():
        return text
    folded = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    if folded.isprintable():
        return folded
    return "".join(" " if char in "\r\t" else char for char in folded if char in "\n\r\t" or _shows(char))


def _shows(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) not in _HIDDEN


def plain(text: str) -> str:
    """Give a clean text in lower case without accents."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return "".join(char for char in unicodedata.normalize("NFD", lower) if not unicodedata.combining(char))


def plain_words(text: str) -> list[str]:
    """Give the plain words of a clean text in order.

    >>> plain_words("Me salió un bulto; A&E didn't help")
    ['me', 'salio', 'un', 'bulto', 'a&e', "didn't", 'help']
    """
    return _WORD.findall(plain(text))


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a clean text into its sentences."""
    start = 0
    for match in _END.finditer(text):
        yield from _sentence(text[start : match.end()])
        start = match.end()
    yield from _sentence(text[start:])


def _sentence(text: str) -> Iterator[Sentence]:
    words, before = [], 0
    for match in _WORD.finditer(text):
        paused = not _PAUSE.isdisjoint(text[before : match.start()])
        words.append(Word(plain(match[0])[:_LONGEST], match.start(), match.end(), paused))
        before = match.end()
    for i in range(0, len(words), _MOST_WORDS):
        yield Sentence(text, tuple(words[i : i + _MOST_WORDS]))
