"""What texts for a terminal are made of: sections, bullets, numbers, and the words of a limit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting.reports.harmless import columns, harmless, wrapped
from clinic_vetting.score import rounded
from clinic_vetting.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band, Category
    from clinic_vetting.plan import Limit

DIGITS: Final = 1
_FORMS: Final = {"proven_at_least": "at_least", "failed_at_most": "at_most", "met": "met"}


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


def label(band: Band | None, language: str) -> str:
    """Give a band's name."""
    return band.label if band else say(language, "label.not_rated")


def named(clinic: Clinic) -> str:
    """Give a clinic's name and id."""
    return f"{clinic.name} ({clinic.id})" if clinic.name else clinic.id


def titled(category: Category) -> str:
    """Give a category's title and id."""
    return f"{category.title} ({category.id})"


def limit_words(limit: Limit, found: Fraction, language: str) -> str:
    """Say a condition that does not hold, with what was found as it is shown."""
    condition = say(language, f"condition.{limit.condition}")
    form = _FORMS.get(limit.condition, "counted")
    shown = (f"{float(each):g}" if form in ("at_least", "at_most") else each for each in (found, limit.wanted))
    return say(language, f"limit.{form}", condition=condition, **dict(zip(("found", "wanted"), shown, strict=True)))
