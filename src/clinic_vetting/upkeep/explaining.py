"""Why one listing's score differs between two sets: start, and each criterion, summing exactly."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from clinic_vetting.clinic import Clinic
from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Belief, Outcome
from clinic_vetting.matrix.book import Entry, State
from clinic_vetting.plan import Limit, Plan, compiled
from clinic_vetting.score import Points, effect

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
    """A listing under one set."""

    plan: Plan
    known: Mapping[str, Entry]
    beliefs: list[Belief | None]
    points: Points

    @classmethod
    def of(cls, criteria: CriteriaSet, known: Mapping[str, Entry]) -> _Side:
        plan = compiled(criteria)
        beliefs = [_belief(known[each.id], each.criterion.severity) for each in plan.asked]
        return cls(plan, known, beliefs, plan.points(beliefs))

    @property
    def start(self) -> Fraction:
        return 100 * self.plan.unknown_counts

    def belief(self, name: str) -> Belief | None:
        place = self.plan.place.get(name)
        return None if place is None else self.beliefs[place]

    def worth(self, name: str) -> Fraction | None:
        """Give a criterion's points; `None` where it does not apply."""
        return None if self.belief(name) is None else self.points.of(self.plan.place[name])

    def effect(self, name: str) -> Fraction:
        belief, worth = self.belief(name), self.worth(name)
        return Fraction() if belief is None or worth is None else effect(worth, belief, self.plan.unknown_counts)

    def score(self) -> Fraction:
        return self.points.sums(self.beliefs).score(self.plan.unknown_counts)

    def kept_out(self, name: str) -> tuple[Limit, ...]:
        """Give the conditions of a band that do not hold; it requires only what the set asks of this clinic."""
        band = next(each for each in self.plan.criteria.bands if each.id == name)
        required = tuple(each for each in band.met if self.known[each].state is not State.NOT_ASKED)
        sums = self.points.sums(self.beliefs)
        return tuple(self.plan.limits(attrs.evolve(band, met=required), self.beliefs, sums, Clinic(id="any")))


def explained(old: CriteriaSet, before: Mapping[str, Entry], new: CriteriaSet, after: Mapping[str, Entry]) -> Explained:
    """Explain what two sets make of one listing that both rate, from what is known under each, by criterion."""
    was, now = _Side.of(old, before), _Side.of(new, after)
    parts = [_part(name, was, now) for name in {**now.plan.place, **was.plan.place}]
    moving = sorted((each for each in parts if each.change), key=lambda each: (-abs(each.change), each.criterion))
    return Explained(was.score(), now.score(), now.start - was.start, tuple(moving))


def kept_out(criteria: CriteriaSet, known: Mapping[str, Entry], band: str) -> tuple[Limit, ...]:
    """Give the conditions of a band that a listing does not keep."""
    return _Side.of(criteria, known).kept_out(band)


def _part(name: str, was: _Side, now: _Side) -> Part:
    return Part(name, _because(name, was, now), was.worth(name), now.worth(name), now.effect(name) - was.effect(name))


def _because(name: str, was: _Side, now: _Side) -> Because:
    if name not in was.plan.place or name not in now.plan.place:
        return Because.REMOVED if name in was.plan.place else Because.ADDED
    if was.belief(name) is None or now.belief(name) is None:
        return Because.APPLIES
    if was.worth(name) != now.worth(name):
        return Because.POINTS
    return Because.BELIEF if was.belief(name) != now.belief(name) else Because.UNKNOWN_COUNTS


def _belief(entry: Entry, severity: Severity) -> Belief | None:
    """Give the belief where it counts: a waiver leaves out all but a critical failure."""
    belief = Belief(entry.proven, entry.failed)
    fatal = severity is Severity.CRITICAL and belief.outcome is Outcome.FAILED
    return belief if entry.state is State.COUNTS or (entry.state is State.WAIVED and fatal) else None
