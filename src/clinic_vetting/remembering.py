"""The same rulings as `Plan.ruling`, where they are read: each statement is weighed once for all that are alike.

How a statement weighs depends on its answer, or how much less it is, its kind of source and its day alone. Only what
several say on one question is ruled anew, by the readable `Scale`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from clinic_vetting.combining import Several, rule
from clinic_vetting.evidence import NOBODY_SAID, Ruling, Scale, Source, Statement, Weighed
from clinic_vetting.evidence.scale import Wording

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.combining import Part
    from clinic_vetting.plan import Plan

MOST_WEIGHED: Final = 5000
_FEW: Final = 8
UNSAID: Final = Ruling(NOBODY_SAID)


@define(eq=False)
class Alone:
    """What one statement comes to by itself; all that weigh alike on one scale share it.

    Attributes:
        scale: What it was weighed on.
        statement: One that weighs like them, without words of its own.
        ruling: What it comes to.
        weighed: How it weighs; `None` where it does not exist yet.
    """

    scale: Scale
    statement: Statement
    ruling: Ruling
    weighed: Weighed | None

    @property
    def seen(self) -> frozenset[dt.date]:
        """The day on which it was seen, if that is known."""
        return _only(self.statement.source.seen)

    def like(self, statement: Statement) -> Ruling:
        """Give what a statement comes to that weighs like this one."""
        if self.weighed is None:
            return self.ruling
        weighed, belief = _like(self.weighed, statement), self.ruling.belief
        return Ruling(belief, weighed) if self.ruling.deciding else Ruling(belief, None, (weighed,))


@frozen(eq=False)
class Remembering(Scale):
    """Weighs for one criterion on one day, and remembers what weighs how.

    Attributes:
        known: What a statement comes to by itself, by what it weighs by.
    """

    known: dict[object, Alone] = field(factory=dict, repr=False)

    def rule(self, statements: tuple[Statement, ...]) -> Ruling:
        """Decide between all statements on one question; one alone is looked up."""
        if not statements:
            return UNSAID
        return super().rule(statements) if len(statements) > 1 else self.alone(statements[0]).like(statements[0])

    def weigh(self, statement: Statement) -> Weighed:
        """Weigh one statement, of those that exist."""
        return _like(self.alone(statement).weighed or super().weigh(statement), statement)

    def alone(self, statement: Statement) -> Alone:
        """Give what a statement like this one comes to by itself."""
        case = (statement.answer, statement.source.standing, statement.measured, statement.less)
        found = self.known.get(case)
        if found is None:
            if len(self.known) >= MOST_WEIGHED:
                self.known.clear()
            found = self.known[case] = self._alone(statement)
        return found

    def _alone(self, statement: Statement) -> Alone:
        by, measured, less = statement.source.standing, statement.measured, statement.less
        one = Statement(statement.answer, Source("alike", by.kind, "whoever", by.seen), measured=measured, less=less)
        readable = Scale(self.evidence, self.fresh_for, self.as_of)
        ruling = readable.rule((one,))
        return Alone(readable, one, ruling, ruling.deciding or next(iter(ruling.others), None))

    def alike(self, part: Part, direct: tuple[Statement, ...]) -> Alone | None:
        """Give what all comes to that has been said, where it is one statement, or one on each thing, all alike.

        Such as licences that one register shows to be active; `None` where they differ.
        """
        if isinstance(part, Several):
            return None if direct else self._each_alike(part)
        said = part or direct
        return self.alone(said[0]) if len(said) == 1 and not (part and direct) else None

    def _each_alike(self, part: Several) -> Alone | None:
        found: Alone | None = None
        for each in part.parts:
            if each.__class__ is not tuple or len(each) != 1:
                return None
            alone = self.alone(each[0])
            if alone is not (found or alone):
                return None
            found = alone
        if found is None or found.ruling.deciding is None or found.ruling.belief is None:
            return None
        return found if len(part.parts) <= _FEW else None

    def found(self, part: Part, direct: tuple[Statement, ...]) -> Ruling:
        """Decide on all that has been said."""
        if not isinstance(part, Several):
            return self.rule(part + direct)
        alone = self.alike(part, direct)
        if alone is None or alone.ruling.deciding is None:
            return rule(part, direct, self)
        first, *others = [_like(alone.ruling.deciding, each) for each in ordered(part)]
        return Ruling(alone.ruling.belief, first, tuple(others))


def ordered(part: Several) -> list[Statement]:
    """List statements that weigh alike, one on each thing, as they are cited; equal ones once."""
    said = [each[0] for each in part.parts if isinstance(each, tuple)]
    if len(said) == 1:
        return said
    ranked = sorted([(each.source.id, f"{each.note or ''}\n", i) for i, each in enumerate(said)])
    if any(one[0] == other[0] and other[1].startswith(one[1]) for one, other in pairwise(ranked)):
        ranked = sorted([(each.source.id, str(Wording(each)), i) for i, each in enumerate(said)])
        found = [said[i] for _, _, i in ranked]
        return [each for i, each in enumerate(found) if each not in found[:i]]
    return [said[i] for _, _, i in ranked]


@lru_cache(maxsize=2000)
def _only(day: dt.date | None) -> frozenset[dt.date]:
    return frozenset([day] if day else [])


def _like(alike: Weighed, statement: Statement) -> Weighed:
    """Weigh a statement as one that is alike."""
    return Weighed(statement, alike.strength, alike.left, alike.fresh, alike.belief)


@lru_cache(maxsize=32)
def scales(plan: Plan, as_of: dt.date) -> tuple[Remembering, ...]:
    """Give how each criterion is weighed on a day, by place."""
    fresh = [plan.criteria.freshness(each.criterion) for each in plan.asked]
    made = {span: Remembering(plan.evidence, span, as_of) for span in fresh}
    return tuple(made[span] for span in fresh)


def ruling(plan: Plan, place: int, clinic: Clinic, as_of: dt.date) -> Ruling:
    """Decide one criterion."""
    asked = plan.asked[place]
    part = asked.part(clinic, as_of) if asked.measure else ()
    direct = clinic.answers.get(asked.id, ())
    if not part and not direct:
        return UNSAID
    found = scales(plan, as_of)[place].found(part, direct)
    return found if asked.applies(clinic) else found.set_aside()
