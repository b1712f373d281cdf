"""Statements, how far each is believed, and how several are weighed (method, sections 1 and 2)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Final, NamedTuple

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.dates import Span

COUNTS_FROM: Final = 50
"""What a `not_applicable` must have left to count, and a `yes` to displace one against."""
UNDATED_NO: Final = 40
"""The most that an undated statement may count against a clinic."""
_NOTE: Final = shapes.Text(4000)


class Kind(StrEnum):
    """What kind of source speaks; its strength is data of the criteria set."""

    REGISTER = "register"
    """An official register or regulator, looked up."""
    INSPECTION = "inspection"
    """An on-site inspection by a regulator or accreditor."""
    DOCUMENT = "document"
    """A certificate, invoice, label or contract that the vetter has seen."""
    OBSERVATION = "observation"
    """The vetter's own visit or photograph."""
    PATIENT = "patient"
    """One patient's account."""
    CLAIM = "claim"
    """The clinic's own word."""


class Answer(StrEnum):
    """What a statement says. Silence is no answer: there is no statement."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@frozen
class Source:
    """Who says something, and when that was seen.

    Attributes:
        id: The name by which statements refer to it; breaks ties, as text.
        kind: Decides how far it is believed.
        who: For readers, such as `General Medical Council`.
        seen: The day on which the vetter saw it; undated statements count half.
        url: Where it can be looked up.
    """

    id: str = attrs.field(**fields.checked(shapes.Text(100)))
    kind: Kind = attrs.field(**fields.choice(Kind))
    who: str = attrs.field(**fields.text(300))
    seen: dt.date | None = attrs.field(default=None, **fields.day())
    url: str | None = attrs.field(default=None, **fields.text(2000))


@frozen
class Statement:
    """One answer to one question, by one source.

    Attributes:
        answer: What it says.
        source: Who says so.
        note: What else there is to know, for readers.
        record: The record that says it, where no answer was given directly.
        measured: For a measure with a scale: what it proves and what it fails, in hundredths, instead
            of the strength of its kind.

    Raises:
        ValueError: A value has another type, or is not within its bounds.
    """

    answer: Answer = attrs.field(**fields.described(shapes.Choice(Answer)))
    source: Source = attrs.field(**fields.described(shapes.Reference("source", Source), referring=True))
    note: str | None = attrs.field(default=None, **fields.described(_NOTE))
    record: object = None
    measured: tuple[int, int] | None = None

    def __attrs_post_init__(self) -> None:
        if self.answer.__class__ is not Answer or self.source.__class__ is not Source:
            message = f"a statement needs an Answer and a Source, got {self.answer!r} and {self.source!r}"
            raise ValueError(message)
        if self.note is not None and (problem := _NOTE.problem(self.note)):
            message = f"a statement's note must be {problem}, got {self.note!r}"
            raise ValueError(message)
        if self.measured is not None and not _is_belief(self.measured):
            message = f"a statement's measured must be two whole numbers of at most 100 together, got {self.measured!r}"
            raise ValueError(message)

    @property
    def against(self) -> bool:
        """Say whether it speaks against the clinic, if only in part."""
        if self.measured is not None:
            return self.measured[1] > 0
        return self.answer is Answer.NO or self.answer is Answer.PARTLY


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
        return self in (Outcome.FAILED, Outcome.PARTLY, Outcome.DOUBTED)


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


@frozen
class Weighed:
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
    def rank(self) -> tuple[int, int, str, str]:
        """Sort key: strongest, newest, smaller source id first; then by what is said, so that no order is left open."""
        statement = self.statement
        details = f"{statement.answer}\n{statement.note or ''}\n{statement.record or ''}"
        return (-self.left, -_ordinal(statement.source.seen), statement.source.id, details)


@frozen
class Ruling:
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
        return attrs.evolve(no, displaced=True) if displaced else no

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
            return Belief(strength // 2, strength - strength // 2)
        case Answer.NO:
            return Belief(0, strength)
        case Answer.NOT_APPLICABLE:
            return NOBODY_SAID


def _is_belief(pair: Any) -> bool:
    numbers = isinstance(pair, tuple) and len(pair) == 2 and all(type(each) is int and each >= 0 for each in pair)
    return numbers and sum(pair) <= 100


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
