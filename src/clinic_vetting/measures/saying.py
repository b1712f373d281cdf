"""How a record becomes a statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Answer, Statement

if TYPE_CHECKING:
    from clinic_vetting.evidence import Source


FOR: Final = frozenset({Answer.YES, Answer.PARTLY})
"""Answers that a record gives as long as it is in date."""


def said(
    answer: Answer | None, source: Source | None, record: object, whose: str | None = None
) -> tuple[Statement, ...]:
    """State an answer by a source, with the name of whom it is about; without answer or source, say nothing."""
    if answer is None or source is None:
        return ()
    return (Statement(answer, source, whose or None, record),)


def in_date(answer: Answer | None, expires: dt.date | None, source: Source, as_of: dt.date) -> Answer | None:
    """Give `answer` through its last day.

    What was seen after that day had run out when it was seen: `no`. What ran out since then is
    neither good nor bad until somebody looks again: nothing.
    """
    if expires is None or as_of <= expires or answer not in FOR:
        return answer
    return Answer.NO if source.seen is not None and source.seen > expires else None


def same(one: str, other: str) -> bool:
    """Compare two names, whatever their case and outer space."""
    return one.strip().casefold() == other.strip().casefold()
