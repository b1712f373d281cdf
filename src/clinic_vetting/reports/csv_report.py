"""Findings as CSV, a row each, which a spreadsheet cannot be tricked by.

The method: every text is quoted, with quotes doubled (RFC 4180), so that it stays in its cell; line ends and other
control characters within are written out; and wherever a text could begin a formula (`=`, `+`, `-`, `@`, or what looks
like them, at its start or after anything that a spreadsheet may take for the end of a cell), an apostrophe goes before,
which makes it text. Numbers are the report's own and stand bare, a minus sign included. Dates are YYYY-MM-DD.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.page import Page
from clinic_vetting.score import rounded

if TYPE_CHECKING:
    from fractions import Fraction

    from clinic_vetting.reports.cited import Cited, Item
    from clinic_vetting.verdict import Verdict

_COLUMNS: Final = (
    *("clinic", "name", "as_of", "band", "score", "criterion", "severity", "outcome", "points", "effect", "says"),
    *("answer", "kind", "who", "seen", "details", "other_statements", "replies"),
)
_FORMULA: Final = re.compile(r"""(^|[,;|\t\r\n"'])([\s"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])""")


def to_csv(verdict: Verdict, *, header: bool = True, language: str | None = None) -> str:
    """Write a row for each finding, and the names of the columns first unless told not to; lines end with CR LF."""
    page, text = Page(verdict, language), io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    if header:
        writer.writerow([page.word("column", each) for each in _COLUMNS])
    for each in page.items:
        row = (*_clinic(page), *_finding(each), *_said(each, page))
        writer.writerow([cell if isinstance(cell, float) else plain_text(cell) for cell in row])
    return text.getvalue()


def plain_text(text: str) -> str:
    """Make a text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1\2'", harmless(text))


def _clinic(page: Page) -> tuple[str | float, ...]:
    clinic, numbers = page.verdict.clinic, page.numbers
    score = float(numbers.score) if numbers else ""
    return clinic.id, clinic.name or "", str(page.verdict.as_of), page.label(page.verdict.band), score


def _finding(item: Item) -> tuple[str | float, ...]:
    return item.id, item.severity, item.outcome_word, _number(item.points), _number(item.effect), item.says


def _said(item: Item, page: Page) -> tuple[str, ...]:
    deciding = [each for each in item.cited if not each.beside][:1]
    others = " | ".join(_cited(each) for each in item.cited if each.beside)
    replies = " | ".join(page.say("finding.reply", by=each.by, day=each.on, text=each.text) for each in item.replies)
    said = [(each.answer, each.kind, each.who, str(each.seen or ""), ": ".join(each.details)) for each in deciding]
    return *(said[0] if said else ("",) * 5), others, replies


def _cited(cited: Cited) -> str:
    return f"{cited.beside} {cited.answer}: {': '.join((cited.who, cited.when, *cited.details))}"


def _number(value: Fraction | None) -> str | float:
    return "" if value is None else float(rounded(value, 1))
