"""Text as words: made plain to match, with the place of each word in what can be quoted.

Everything here takes time in proportion to the text: words are cut by one expression without
repetition inside repetition.
"""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE: Final = 160
"""The most characters of a review that a finding quotes."""
_LONG: Final = 1000
"""A sentence of more characters is read in pieces, so that reading takes time in proportion to the text."""
_WORD: Final = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
_SPACED: Final = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'&")}
_LOOSE: Final = (" '", "' ", " &", "& ", "''", "&&", "'&", "&'")
"""Where a mark stands at the edge of a word, and is none of its letters."""
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_END: Final = re.compile(r"[.!?\u2026\u3002](?=\s|$)|\n")
_PAUSE: Final = frozenset(',;:()\u2013\u2014"\u00bf\u00a1-')
_LATIN: Final = frozenset(string.ascii_letters)
_LOOKALIKES: Final = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u04cf\u0501\u051b\u051d"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0131\u0251\u0261\u0570\u0578\u057d\u0585",
    "abekmopctyxsijhldqwABEKMHOPCTYXSIJaeiknoptuxABEZHIKMNOPTYXiaghnuo",
)
"""Letters of Cyrillic, Greek, Armenian and rare Latin ones that look like a Latin letter, by Unicode's confusables."""
_LOOK: Final = frozenset(map(chr, _LOOKALIKES))
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Sentence(NamedTuple):
    """A sentence as it can be quoted, and in lower case without accents, character for character."""

    text: str
    plain: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its plain words."""
        return tuple(_cut(self.plain))

    @property
    def places(self) -> tuple[re.Match[str], ...]:
        """Where each word stands."""
        return tuple(_WORD.finditer(self.plain))

    @property
    def is_question(self) -> bool:
        """Say whether it asks."""
        return self.text.rstrip().endswith("?")

    def pauses(self, marks: frozenset[str] = _PAUSE) -> frozenset[int]:
        """Give the words before which a comma or the like stands, or one of some marks."""
        if marks.isdisjoint(self.text):
            return frozenset()
        places = self.places
        between = ((i, self.text[places[i - 1].end() : each.start()]) for i, each in enumerate(places) if i)
        return frozenset(i for i, gap in between if gap != " " and not marks.isdisjoint(gap))

    def quote(self, first: int, last: int) -> str:
        """Quote the words from `first` to `last` with what stands around them, at most `QUOTE` characters."""
        if len(self.text) <= QUOTE:
            return self.text.strip()
        places = self.places
        start, end = places[first].start(), places[last].end()
        left = max(0, start - max(QUOTE - (end - start), 0) // 2)
        cut = self.text[left : left + QUOTE].strip()
        return f"{'...' if left else ''}{cut}{'...' if left + QUOTE < len(self.text) else ''}"


def clean(text: str) -> str:
    """Give a text that shows as it reads: one form for each letter, without what is invisible or turns it around.

    >>> clean("a\u200bb\u202e \uff49nfection\u2019s")
    "ab infection's"
    """
    if text.isascii() and text.isprintable():
        return text
    folded = _unmask(unicodedata.normalize("NFKC", text).replace("\u2019", "'"))
    if folded.isprintable():
        return folded
    return "".join(" " if char in "\r\t" else char for char in folded if char in "\n\r\t" or _shows(char))


def _unmask(text: str) -> str:
    """Make letters Latin that only look so: all in a text with more Latin than foreign ones, else in mixed words."""
    if _LOOK.isdisjoint(text):
        return text
    latin = sum(map(_LATIN.__contains__, text))
    foreign = sum(char.isalpha() and char not in _LATIN and char not in _LOOK for char in text)
    mostly = latin > foreign

    def latinised(word: re.Match[str]) -> str:
        return word[0].translate(_LOOKALIKES) if mostly or not _LATIN.isdisjoint(word[0]) else word[0]

    return _WORD.sub(latinised, text)


def _shows(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) not in _HIDDEN


class _Folding(dict[int, str]):
    """Maps each character to one in lower case without an accent, worked out when it first comes."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = unicodedata.normalize("NFD", chr(code).lower())[0]
        return folded


_FOLDED: Final = _Folding()


def plain(text: str) -> str:
    """Give a text in lower case without accents, each character in its place.

    >>> plain("Inyección")
    'inyeccion'
    """
    return text.lower() if text.isascii() else _FOREIGN.sub(_fold, text).lower()


def _fold(run: re.Match[str]) -> str:
    return run[0].translate(_FOLDED)


def plain_words(text: str) -> list[str]:
    """Give the plain words of a clean text in order.

    >>> plain_words("Me salió un bulto; A&E didn't help")
    ['me', 'salio', 'un', 'bulto', 'a&e', "didn't", 'help']
    """
    return _cut(plain(text))


def _cut(text: str) -> list[str]:
    """Cut plain text into words: at what is no letter or digit, but for a mark between two of them."""
    if text.isascii():
        spaced = f" {text.translate(_SPACED)} "
        if not any(map(spaced.__contains__, _LOOSE)):
            return spaced.split()
    return _WORD.findall(text)


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a clean text into its sentences; a very long one into several."""
    lower, start = plain(text), 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        for i in range(start, end, _LONG):
            j = min(i + _LONG, end)
            yield Sentence(text[i:j], lower[i:j])
        start = end
