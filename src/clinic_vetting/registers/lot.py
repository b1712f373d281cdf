"""A lot as it is written on a pack or in a list, and as lots are compared."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import Final

BEFORE_LOTS: Final = re.compile(
    r"\b(?:lots?|batch(?:es)?|l/n)\b(?:\s*/\s*(?:lots?|batch(?:es)?))?(?:\s*(?:numbers?|nos?\.?|codes?))?"
    r"(?:\s*and\s*exp\S*(?:\s*dates?)?)?\s*[:#.]*",
    re.IGNORECASE,
)
"""What is written before lots in a text."""
_FOREWORD: Final = re.compile(
    r"\s*(?:\(10\)|(?:(?:lots?|batch|l/n)\b|#|numbers?\b|no\b|nr\b|code\b|[.:\s])+)", re.IGNORECASE
)
"""What is written before a lot on a pack."""
_NO_LOT_KNOWN: Final = frozenset({"N/A", "NA", "NONE", "UNKNOWN", "NOTKNOWN", "TBD"})
_DIGITS: Final = frozenset(string.digits)
_SHAPES: Final = str.maketrans(string.ascii_uppercase + string.digits, "A" * 26 + "9" * 10)


def plain(lot: str) -> str:
    """Write a lot in capitals and without blanks, invisible signs and words in front, as lots are compared.

    >>> plain("Lot: a 123"), plain("(10)A123"), plain("n/a")
    ('A123', 'A123', '')
    """
    seen = visible(lot)
    before = _FOREWORD.match(seen)
    written = "".join(seen[before.end() if before else 0 :].split()).upper()
    return "" if written in _NO_LOT_KNOWN or not any(map(str.isalnum, written)) else written


def bare(lot: str) -> str:
    """Write a plain lot without its dashes and the like."""
    return "".join(filter(str.isalnum, lot))


def spellings(lot: str) -> tuple[str, ...]:
    """List what may be the lot in what somebody has written as one: all of it, and each word of it with a digit."""
    words = (plain(each) for each in re.split(r"[\s,;]+", lot))
    found = (plain(lot), *(each for each in words if has_digit(each)))
    return tuple(dict.fromkeys(written for each in found if each for written in (each, bare(each))))


def visible(text: str) -> str:
    """Give a text in one form of each letter, without signs that cannot be seen."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", "".join(char for char in text if unicodedata.category(char) != "Cf"))


def has_digit(text: str) -> bool:
    """Say whether a text has a digit, as most lots have."""
    return not _DIGITS.isdisjoint(text)


def shape(text: str) -> str:
    """Give which signs of a text are letters and which are digits: lots of one list are mostly alike in it.

    >>> shape("AB-12")
    'AA-99'
    """
    return text.translate(_SHAPES)
