"""How a word of a name sounds, in the classes of American Soundex.

Source: https://www.archives.gov/research/census/soundex
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_CLASSES: Final = {letter: digit for digit, letters in enumerate(
    ("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1
) for letter in letters}  # fmt: skip
_FIRST: Final = {"k": "c", "q": "c", "z": "s", "j": "g", "y": "i"}


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Give a word's American Soundex, its first letter folded where two letters sound alike at the beginning.

    >>> sound("robert"), sound("rupert"), sound("katherine") == sound("catherine")
    ('r163', 'r163', True)
    """
    return f"{initial(word)}{consonants(word[1:], _CLASSES.get(word[0], 0))[:3]:0<3}"


def initial(word: str) -> str:
    """Give a word's first letter, of those that sound alike at the beginning always the same."""
    return _FIRST.get(word[0], word[0])


def consonants(letters: str, before: int = 0) -> str:
    """Give the class of each consonant; one after another of its class, or with only h or w between, is left out.

    Args:
        letters: Of a plain word.
        before: The class of the letter in front of them; 0 where it has none.
    """
    code = ""
    for letter in letters:
        digit = _CLASSES.get(letter, 0)
        if digit and digit != before:
            code += str(digit)
        if letter not in "hw":
            before = digit
    return code
