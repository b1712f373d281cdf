"""Why one listing's score differs between two sets: start, and each criterion, summing exactly."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Belief, Outcome
from clinic_vetting.matrix.book import Entry, State
from clinic_vetting.score import distribute, effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_vetting.criterion import CriteriaSet


class Because(StrEnum):
    """What moved a criterion's effect on the score."""

    ADDED = "added"
    """Only the new set asks it."""
    REMOVED = "removed"
    """Only the old set asks it."""
    APPLIES = "applies"
    """It applies to this clinic under one of the sets only."""
    POINTS = "points"
    """It is worth more or less."""
    BELIEF = "belief"
    """The same facts are believed otherwise: evidence, freshness, measure."""
    UNKNOWN_COUNTS = "unknown_counts"
    """Only what an unknown point counts differs."""


@frozen
class Part:
    """What one criterion adds to the change of a score.

    Attributes:
        criterion: Its full id.
        because: What moved it; of several the first that holds, in the order of `Because`.
        before, after: Points of 100, `None` where it is not asked or does not apply.
        change: How far it moves the score, exact.
    """

    criterion: str
    because: Because
    before: Fraction | None
    after: Fraction | None
    change: Fraction


@frozen
class Explained:
    """The change of one listing's score; `start` and all parts sum to `change`, exactly.

    Attributes:
        before, after: The scores, exact.
        start: What the score of knowing nothing adds: 0 unless `unknown_counts` differs.
        parts: Every criterion that adds something, the largest first, ties by id.
    """

    before: Fraction
    after: Fraction
    start: Fraction
    parts: tuple[Part, ...]

    @property
    def change(self) -> Fraction:
        """How far the score moved."""
        return self.after - self.before


@frozen(eq=False)
class _Side:
    """A listing under one set: what each criterion that applies is worth, its belief and its effect."""

    criteria: CriteriaSet
    points: dict[str, Fraction]
    beliefs: dict[str, Belief]
    asked: frozenset[str]

    @classmethod
    def of(cls, criteria: CriteriaSet, known: Mapping[str, Entry]) -> _Side:
        asked = [(each.full_id, each.severity) for each in criteria.criteria()]
        applying = [_counts(known[name], severity) for name, severity in asked]
        shared = distribute(criteria, applying)
        names = [(i, name) for i, (name, _) in enumerate(asked) if applying[i]]
        points = {name: shared.of(i) for i, name in names}
        beliefs = {name: Belief(known[name].proven, known[name].failed) for _, name in names}
        return cls(criteria, points, beliefs, frozenset(name for name, _ in asked))

    @property
    def start(self) -> Fraction:
        return 100 * Fraction(self.criteria.unknown_counts)

    def effect(self, name: str) -> Fraction:
        """Give how far a criterion moves the score; 0 where it does not apply."""
        if name not in self.points:
            return Fraction()
        return effect(self.points[name], self.beliefs[name], Fraction(self.criteria.unknown_counts))

    def score(self) -> Fraction:
        return self.start + sum((self.effect(name) for name in self.points), Fraction())


def explained(old: CriteriaSet, before: Mapping[str, Entry], new: CriteriaSet, after: Mapping[str, Entry]) -> Explained:
    """Explain what two sets make of one listing that both rate, from what is known under each, by criterion."""
    was, now = _Side.of(old, before), _Side.of(new, after)
    parts = [_part(name, was, now) for name in {**now.points, **was.points}]
    moving = sorted((each for each in parts if each.change), key=lambda each: (-abs(each.change), each.criterion))
    return Explained(was.score(), now.score(), now.start - was.start, tuple(moving))


def _part(name: str, was: _Side, now: _Side) -> Part:
    before, after = was.points.get(name), now.points.get(name)
    return Part(name, _because(name, was, now), before, after, now.effect(name) - was.effect(name))


def _because(name: str, was: _Side, now: _Side) -> Because:
    if name not in was.asked or name not in now.asked:
        return Because.REMOVED if name in was.asked else Because.ADDED
    if name not in was.points or name not in now.points:
        return Because.APPLIES
    if was.points[name] != now.points[name]:
        return Because.POINTS
    return Because.BELIEF if was.beliefs[name] != now.beliefs[name] else Because.UNKNOWN_COUNTS


def _counts(entry: Entry, severity: Severity) -> bool:
    """Say whether a belief counts: a waiver leaves out all but a critical failure."""
    if entry.state is not State.WAIVED:
        return entry.state is State.COUNTS
    return severity is Severity.CRITICAL and Belief(entry.proven, entry.failed).outcome is Outcome.FAILED
