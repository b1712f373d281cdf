"""What texts for a terminal are made of: sections, bullets, numbers, and the words of a limit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting.reports.harmless import columns, harmless, wrapped
from clinic_vetting.score import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band
    from clinic_vetting.plan import Limit

DIGITS: Final = 1
_CONDITIONS: Final = {
    "critical_in_doubt": "critical criteria failed or in doubt",
    "critical_failed": "critical criteria failed",
    "major_in_doubt": "major criteria failed or in doubt",
    "major_failed": "major criteria failed",
    "met": "required criteria met",
    "failed_at_most": "points failed",
    "proven_at_least": "points proven",
}


def section(title: str, lines: Iterable[str]) -> list[str]:
    """Put a heading above lines; nothing where there are none."""
    body = list(lines)
    heading = wrapped(title)
    return [*heading, "-" * max(map(columns, heading)), *body] if body else []


def bullet(text: str) -> list[str]:
    """Write one point of a list."""
    return told(f"- {text}", 2, 4)


def told(text: str, first: int = 0, rest: int = 0) -> list[str]:
    """Make a text harmless and wrap it."""
    return wrapped(harmless(text), first, rest)


def joined(parts: Iterable[Sequence[str]]) -> str:
    """Put parts below each other, a blank line between, those without lines left out."""
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def one(value: Fraction | None) -> str:
    """Write a number with one digit."""
    return "" if value is None else f"{float(rounded(value, DIGITS)):.1f}"


def signed(value: Fraction) -> str:
    """Write a number that has been rounded with its sign."""
    return f"{float(value):+.1f}"


def label(band: Band | None) -> str:
    """Give a band's name."""
    return band.label if band else "Not rated"


def named(clinic: Clinic) -> str:
    """Give a clinic's name and id."""
    return f"{clinic.name} ({clinic.id})" if clinic.name else clinic.id


def limit_words(limit: Limit, found: Fraction) -> str:
    """Say a condition that does not hold, with what was found as it is shown."""
    words = _CONDITIONS[limit.condition]
    if limit.condition in ("proven_at_least", "failed_at_most"):
        least = "at least" if limit.condition == "proven_at_least" else "at most"
        return f"{float(found):g} {words}, wanted {least} {float(limit.wanted):g}"
    if limit.condition == "met":
        return f"{words}: {limit.found} of {limit.wanted}; missing"
    return f"{words}: {limit.found}, allowed {limit.wanted}"
