"""Text from a dossier, made harmless and narrow enough to show in a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

WIDTH: Final = 78
_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible characters that writing in some languages, and emoji, need."""
_BLANK: Final = "\u2800"
"""A letter that looks like a space."""


def harmless(text: str) -> str:
    """Write out what is invisible or moves the text around it, so that it does nothing."""
    return text if text.isprintable() and _BLANK not in text else "".join(map(_written, text))


def wrapped(text: str, first: int = 0, rest: int = 0) -> list[str]:
    """Break text into lines of at most `WIDTH` columns, the first and the others indented by so many."""
    lines, line, room = [], "", WIDTH - first
    for word in _pieces(text.split(), WIDTH - max(first, rest)):
        joined = f"{line} {word}" if line else word
        if columns(joined) > room:
            lines.append(line)
            line, room = word, WIDTH - rest
        else:
            line = joined
    lines.append(line)
    return [f"{' ' * (rest if i else first)}{each}" for i, each in enumerate(lines) if each]


def columns(text: str) -> int:
    """Count the columns that a text takes; ideographs and emoji take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)


def _pieces(words: list[str], most: int) -> list[str]:
    """Cut words that are too long for a line."""
    pieces = []
    for word in words:
        start, room = 0, most
        for i, char in enumerate(word if columns(word) > most else ""):
            room -= columns(char)
            if room < 0:
                pieces.append(word[start:i])
                start, room = i, most - columns(char)
        pieces.append(word[start:])
    return pieces


def _written(char: str) -> str:
    if char in "\n\t":
        return " "
    unseen = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS
    return f"\\u{ord(char):04x}" if unseen or char == _BLANK or _is_no_character(char) else char


def _is_no_character(char: str) -> bool:
    """Say whether Unicode says that this is never a character; XML and HTML do not take it."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"
