"""What is known of one criterion, in hundredths and in a word."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

COUNTS_FROM: Final = 50
"""What a `not_applicable` must have left to count, and a `yes` to displace one against."""


class Outcome(StrEnum):
    """A belief in a word (method, section 2)."""

    MET = "met"
    PARTLY = "partly"
    FAILED = "failed"
    DOUBTED = "doubted"
    SUPPORTED = "supported"
    WEAK = "weak"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def in_doubt(self) -> bool:
        """Say whether somebody's word stands against it."""
        return self in _IN_DOUBT


_IN_DOUBT: Final = frozenset({Outcome.FAILED, Outcome.PARTLY, Outcome.DOUBTED})


class Belief(NamedTuple):
    """What is proven and what has failed, in hundredths; `proven + failed <= 100`, the rest is unknown."""

    proven: int
    failed: int

    @property
    def open(self) -> int:
        """What nobody has shown yet."""
        return 100 - self.proven - self.failed

    @property
    def outcome(self) -> Outcome:
        """The first outcome that fits."""
        proven, failed = self
        if failed >= 25:
            if proven >= 25:
                return Outcome.PARTLY
            return Outcome.FAILED if failed >= 50 else Outcome.DOUBTED
        if proven >= 25:
            return Outcome.MET if proven >= 50 else Outcome.SUPPORTED
        return Outcome.WEAK if proven or failed else Outcome.UNKNOWN

    def negated(self) -> Belief:
        """Swap the two."""
        return Belief(self.failed, self.proven)


NOBODY_SAID: Final = Belief(0, 0)
