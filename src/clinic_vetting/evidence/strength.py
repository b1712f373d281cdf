"""How strong each kind of source is, and how fresh."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from attrs import frozen

from clinic_vetting.dates import Span
from clinic_vetting.evidence.source import Answer, Kind, Statement

UNDATED_NO: Final = 40
"""The most that an undated statement may count against a clinic."""
MOST_OF_A_DOUBT: Final = 40
"""The most that a doubt may, so that it is never a failure."""


@frozen
class Strength:
    """How far one kind of source is believed, in hundredths 0..100, for a `yes` and for a `no`."""

    for_: int
    against: int

    @property
    def lower(self) -> int:
        """The strength of `partly` and `not_applicable`."""
        return min(self.for_, self.against)


@frozen(eq=False)
class Evidence:
    """The strengths of the six kinds, and how soon what was shown to be wrong may be cleared.

    Attributes:
        strengths: One `Strength` for each `Kind`.
        failures_fresh_for: After this span a later `yes` needs only half the strength of a `no`.
    """

    strengths: dict[Kind, Strength]
    failures_fresh_for: Span

    def strength(self, statement: Statement) -> int:
        """Give a statement's strength before freshness; half, rounded down, where it is undated."""
        base = sum(statement.measured) if statement.measured else self._of_kind(statement)
        if statement.source.seen:
            return base
        return min(base // 2, UNDATED_NO) if statement.answer is Answer.NO else base // 2

    def _of_kind(self, statement: Statement) -> int:
        strength = self.strengths[statement.source.kind]
        match statement.answer:
            case Answer.YES:
                return strength.for_
            case Answer.NO:
                return strength.against
            case _:
                return strength.lower


class Fresh(StrEnum):
    """How much of what a statement proves still counts on a day."""

    FULL = "full"
    HALF = "half"
    STALE = "stale"
    UNDATED = "undated"

    def of(self, hundredths: int) -> int:
        """Give the share of `hundredths` that is left, rounded down."""
        match self:
            case Fresh.HALF:
                return hundredths // 2
            case Fresh.STALE:
                return 0
            case _:
                return hundredths


def freshness(seen: dt.date | None, fresh_for: Span, as_of: dt.date) -> Fresh:
    """Say how fresh something seen on a day is: in full through `seen + fresh_for`, then half as long again."""
    if seen is None:
        return Fresh.UNDATED
    if as_of <= fresh_for.after(seen):
        return Fresh.FULL
    return Fresh.HALF if as_of <= fresh_for.times(2).after(seen) else Fresh.STALE
