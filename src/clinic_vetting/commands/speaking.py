"""In whose language a command speaks, and how it tells whoever runs it what happened."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

from clinic_vetting import standard_error
from clinic_vetting.words import ENGLISH

LANGUAGE: Final = ContextVar("LANGUAGE", default=ENGLISH)
"""What the command speaks to whoever runs it."""


def tell(what: object) -> None:
    """Write an error, a fault or a message to standard error, in the reader's language."""
    standard_error.tell(what, LANGUAGE.get())


def spoken(what: object) -> str:
    """Say an error, a fault or a message in the reader's language, each line harmless in a terminal."""
    return standard_error.spoken(what, LANGUAGE.get())
