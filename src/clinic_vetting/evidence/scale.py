"""Several statements weighed: which one decides, and what it comes to."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, TypeAlias

from attrs import frozen

from clinic_vetting.dates import Span
from clinic_vetting.evidence.belief import COUNTS_FROM, NOBODY_SAID, Belief
from clinic_vetting.evidence.source import Answer, Kind, Less, Statement
from clinic_vetting.evidence.strength import MOST_OF_A_DOUBT, UNDATED_NO, Evidence, Fresh, freshness


class Wording:
    """What a statement says, to be sorted by as text; its record is told only where answer and note are alike."""

    __slots__ = ("statement",)

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    def __str__(self) -> str:
        return f"{self._before}{self.statement.record or ''}"

    def __lt__(self, other: Wording) -> bool:
        mine, theirs = self._before, other._before
        if mine.startswith(theirs) or theirs.startswith(mine):
            return str(self) < str(other)
        return mine < theirs

    @property
    def _before(self) -> str:
        return f"{self.statement.answer}\n{self.statement.note or ''}\n"


Rank: TypeAlias = tuple[int, int, str, Wording]


class Weighed(NamedTuple):
    """A statement on one day, for one criterion.

    Attributes:
        statement: What was said.
        strength: Before freshness, 0..100.
        left: After freshness; what speaks against the clinic keeps its strength.
        fresh: How much of what it proves still counts.
        belief: What it alone would make one believe.
        displaced: Whether another took its place.
    """

    statement: Statement
    strength: int
    left: int
    fresh: Fresh
    belief: Belief
    displaced: bool = False

    @property
    def rank(self) -> Rank:
        """Sort key: strongest, newest, smaller source id first; then by what is said, so that no order is left open."""
        source = self.statement.source
        return (-self.left, -_ordinal(source.seen), source.id, Wording(self.statement))


class Ruling(NamedTuple):
    """What several statements on one question come to.

    Attributes:
        belief: `None` where the question does not apply.
        deciding: The statement that is cited, if any counts.
        others: Every other statement that exists on the day, strongest first.
        contradicted: Whether one of the others still counts and answers otherwise.
    """

    belief: Belief | None
    deciding: Weighed | None = None
    others: tuple[Weighed, ...] = ()
    contradicted: bool = False

    def set_aside(self) -> Ruling:
        """Keep every statement to be shown, and let none count."""
        deciding = (self.deciding,) if self.deciding else ()
        return Ruling(None, None, (*deciding, *self.others))


@frozen
class Scale:
    """Weighs statements for one criterion on one day."""

    evidence: Evidence
    fresh_for: Span
    as_of: dt.date

    def rule(self, statements: tuple[Statement, ...]) -> Ruling:
        """Decide between all statements on one question; those not seen yet do not exist."""
        found = sorted((self.weigh(each) for each in statements if self.exists(each)), key=lambda each: each.rank)
        speaking = [each for each in found if not each.statement.against and self._counts(each)]
        weighed = [self._displaced_by(speaking, each) if each.statement.against else each for each in found]
        standing = [each for each in weighed if each.statement.against and each.strength and not each.displaced]
        if standing:
            belief: Belief | None = Belief(
                min(each.belief.proven for each in standing), max(each.belief.failed for each in standing)
            )
            deciding = min(standing, key=_cited)
        elif speaking:
            deciding = min(speaking, key=_strongest)
            belief = None if deciding.statement.answer is Answer.NOT_APPLICABLE else deciding.belief
        else:
            return Ruling(NOBODY_SAID, None, tuple(weighed))
        others = tuple(each for each in weighed if each is not deciding)
        disputed = any(each.statement.answer != deciding.statement.answer for each in (*standing, *speaking))
        return Ruling(belief, deciding, others, disputed)

    def exists(self, statement: Statement) -> bool:
        """Say whether it had been seen by this day."""
        return statement.source.seen is None or statement.source.seen <= self.as_of

    def weigh(self, statement: Statement) -> Weighed:
        """Weigh one statement alone."""
        strength = self.evidence.strength(statement)
        fresh = freshness(statement.source.seen, self.fresh_for, self.as_of)
        proven, failed = _split(statement, strength)
        left = strength if statement.against else fresh.of(strength)
        return Weighed(statement, strength, left, fresh, Belief(fresh.of(proven), failed))

    def displaces(self, yes: Weighed, no: Weighed) -> bool:
        """Say whether a `yes` (or a `not_applicable` that counts) takes the place of one against."""
        if yes.left < COUNTS_FROM:
            return False
        if yes.left > no.strength:
            return True
        later = _ordinal(yes.statement.source.seen) > _ordinal(no.statement.source.seen)
        share = 1 if self._recent(no) else 2
        return later and yes.left * share >= no.strength

    def _displaced_by(self, speaking: list[Weighed], no: Weighed) -> Weighed:
        displaced = any(self.displaces(each, no) for each in speaking)
        return no._replace(displaced=True) if displaced else no

    def _recent(self, no: Weighed) -> bool:
        seen = no.statement.source.seen
        return seen is not None and self.as_of <= self.evidence.failures_fresh_for.after(seen)

    def _counts(self, each: Weighed) -> bool:
        if each.statement.answer is Answer.NOT_APPLICABLE:
            by_itself = each.statement.source.kind is Kind.CLAIM
            return each.left >= COUNTS_FROM and not by_itself
        return each.left > 0


def _split(statement: Statement, strength: int) -> Belief:
    """Split a strength into what speaks for and against, the odd hundredth against."""
    if statement.measured is not None:
        proven, failed = statement.measured
        return Belief(proven, failed) if statement.source.seen else Belief(proven // 2, min(failed // 2, UNDATED_NO))
    match statement.answer:
        case Answer.YES:
            return Belief(strength, 0)
        case Answer.PARTLY:
            if statement.less is Less.DOUBT:
                return Belief(0, min(strength, MOST_OF_A_DOUBT))
            half = strength // 2
            return Belief(0 if statement.less else half, strength - half)
        case Answer.NO:
            return Belief(0, strength)
        case Answer.NOT_APPLICABLE:
            return NOBODY_SAID


def _ordinal(seen: dt.date | None) -> int:
    return seen.toordinal() if seen else 0


def _strongest(each: Weighed) -> Any:
    left, newest, source, details = each.rank
    excused_first = each.statement.answer is not Answer.NOT_APPLICABLE
    return (left, newest, excused_first, source, details)


def _cited(each: Weighed) -> Any:
    """Order by who gives the greatest `failed`, else the least `proven`; then as usual."""
    proven, failed = each.belief
    return (-failed, 0 if failed else proven, *each.rank)
