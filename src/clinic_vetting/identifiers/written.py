"""Numbers as people write them: with names, blanks and dashes, in another case, with a letter for a digit."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = (
    "REGISTRATION|REGISTERED|REGISTER|REG|REFERENCE|REF|LICEN[CS]E|MEMBERSHIP|NUMBER|NUMERO|NUMMER|NUM|NO|NR|N°|PIN|ID"
)
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), "-")
_ONE: Final = re.compile(r"[A-Z0-9]+(?:[ .\-]{1,3}[A-Z0-9]+){0,5}")
"""What is plainly one number: at most six groups, with blanks, dots or dashes between them."""
_DIGIT: Final = {"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8"}
_LETTER: Final = {"0": "O", "1": "I", "5": "S", "8": "B"}
_MOST_MISREAD: Final = 2


def plain(number: str, names: tuple[str, ...]) -> str:
    """Give a number in capitals and digits of ASCII, without the register's name or a word for it in front.

    Full-width digits and letters become plain ones; other scripts stay, and so are read as words.
    """
    text = number if number.isascii() else unicodedata.normalize("NFKC", number).translate(_DASHES)
    text = text.upper().strip()
    label = _labels(names).match(text)
    return text[label.end() :] if label else text


def is_one(text: str) -> bool:
    """Say whether a text is plainly one number, and no words around it: it has a digit, and few letters."""
    return bool(_ONE.fullmatch(text)) and any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= 6


def parts(text: str) -> Iterator[str]:
    """Give each run of groups of letters and digits in a text, joined; the longest first."""
    groups = re.findall(r"[A-Z0-9]+", text)[:8]
    for length in range(len(groups), 0, -1):
        for start in range(len(groups) - length + 1):
            yield "".join(groups[start : start + length])


def fitted(text: str, mask: str, lost_zeros: int) -> str:
    """Read a text by a mask, with zeros put back in front of its digits; an empty text where it does not fit."""
    if _exactly(mask).fullmatch(text):
        return text
    missing, start = len(mask) - len(text), len(mask.rstrip("9"))
    if not 0 <= missing <= lost_zeros or (missing and len(text) <= start):
        return ""
    text = text[:start] + "0" * missing + text[start:]
    read = "".join(map(_read, text, mask))
    misread = sum(map(str.__ne__, read, text))
    return read if len(read) == len(mask) and misread <= _MOST_MISREAD else ""


@cache
def _exactly(mask: str) -> re.Pattern[str]:
    return re.compile(mask.replace("9", "[0-9]").replace("A", "[A-Z]"))


@cache
def _labels(names: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join((*map(re.escape, map(str.upper, names)), _WORDS))
    return re.compile(rf"(?:(?:{words})(?![A-Z])[\s.:#/\-]*)+(?=.)|#\s*")


def _read(char: str, wanted: str) -> str:
    """Read a character as a mask wants it; an empty text where it is none such, and looks like none."""
    if wanted == "9":
        return char if char in string.digits else _DIGIT.get(char, "")
    if wanted == "A":
        return char if char in string.ascii_uppercase else _LETTER.get(char, "")
    return char if char == wanted else ""
