"""Text from a dossier, made harmless to show in a terminal."""

from __future__ import annotations

import unicodedata

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of the text around them."""


def harmless(text: str) -> str:
    """Write control characters and direction overrides out, so that they do nothing."""
    if text.isprintable():
        return text
    return "".join(_written(char) for char in text)


def _written(char: str) -> str:
    if char in "\n\t":
        return " "
    if unicodedata.category(char) == "Cc" or char in _TURNS:
        return f"\\u{ord(char):04x}"
    return char
