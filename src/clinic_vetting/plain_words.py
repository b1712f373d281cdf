"""Texts as plain words, as names are compared: without accents, case and signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LETTERS: Final = str.maketrans(
    {"™": " ", "℠": " ", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "œ": "oe"}
)
_UNSEEN: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Accents, and what is invisible inside a word, such as a soft hyphen."""
_WORD: Final = re.compile(r"[a-z0-9]+")
_ANY_WORD: Final = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_JOINED: Final = re.compile(r"(?<=\w)['\u2019`.](?=\w)|(?<=\w)&(?=\w)")


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """Give the plain words of a text.

    >>> words("María-José O'Brien, Jr.")
    ('maria', 'jose', 'obrien', 'jr')
    """
    return tuple(_WORD.findall(_simple(text)))


@lru_cache(maxsize=100_000)
def words_of_any_script(text: str) -> tuple[str, ...]:
    """Give the plain words of a text, and beside them those of other scripts.

    >>> words_of_any_script("Ботокс, lot C-1234")
    ('ботокс', 'lot', 'c', '1234')
    """
    return tuple(_ANY_WORD.findall(_simple(text)))


def _simple(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(LETTERS))
        text = "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)
    return _JOINED.sub("", text.casefold())


def names(text: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Say whether the words of a text hold those of a name, whole and in order; no words name nothing."""
    return bool(name) and any(text[i : i + len(name)] == name for i in range(len(text) - len(name) + 1))
