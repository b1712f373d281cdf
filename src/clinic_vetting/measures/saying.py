"""How a record becomes a statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from clinic_vetting.evidence import Answer, Less, Statement

if TYPE_CHECKING:
    from clinic_vetting.evidence import Source


Says: TypeAlias = Answer | Less


def stated(says: Says, source: Source, note: str | None = None, record: object = None) -> Statement:
    """Make the statement."""
    if isinstance(says, Answer):
        return Statement(says, source, note, record)
    return Statement(Answer.PARTLY, source, note, record, less=says)


def said(says: Says | None, source: Source | None, record: object, whose: str | None = None) -> tuple[Statement, ...]:
    """State an answer by a source, with the name of whom it is about; without answer or source, say nothing."""
    if says is None or source is None:
        return ()
    return (stated(says, source, whose or None, record),)


def in_date(says: Says | None, expires: dt.date | None, source: Source, as_of: dt.date) -> Says | None:
    """Give what a record says through its last day.

    What was seen after that day had run out when it was seen: `no`. What ran out since then was good and
    says nothing until somebody looks again; what was wrong with it even then stays.
    """
    if expires is None or as_of <= expires or (says is not Answer.YES and says is not Answer.PARTLY):
        return says
    if source.seen is not None and source.seen > expires:
        return Answer.NO
    return Less.SPENT if says is Answer.PARTLY else None


def same(one: str, other: str) -> bool:
    """Compare two names, whatever their case and outer space."""
    return one.strip().casefold() == other.strip().casefold()
