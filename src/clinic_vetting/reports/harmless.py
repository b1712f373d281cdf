"""Text from a dossier, made harmless and narrow enough to show in a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

WIDTH: Final = 78
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of the text around them."""


def harmless(text: str) -> str:
    """Write control characters, line separators and direction overrides out, so that they do nothing."""
    return text if text.isprintable() else "".join(map(_written, text))


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
        left = word
        while columns(left) > most:
            end = next(i for i in range(len(left), 0, -1) if columns(left[:i]) <= most)
            pieces.append(left[:end])
            left = left[end:]
        pieces.append(left)
    return pieces


def _written(char: str) -> str:
    if char in "\n\t":
        return " "
    if unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in _TURNS:
        return f"\\u{ord(char):04x}"
    return char
