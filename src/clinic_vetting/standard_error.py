"""What is told on standard error, to whoever runs a command."""

from __future__ import annotations

import contextlib
import sys

from clinic_vetting.language import said
from clinic_vetting.reports.harmless import harmless


def tell(what: object, language: str) -> None:
    """Write an error, a fault or a message in a language; where that cannot be, only the exit code tells."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{spoken(what, language)}\n")
            sys.stderr.flush()


def spoken(what: object, language: str) -> str:
    """Say an error, a fault or a message in a language, each line harmless in a terminal."""
    return "\n".join(map(harmless, said(what, language).split("\n")))
