"""The same rulings as `Plan.ruling`, where they are read: each statement is weighed once for all that are alike.

How a statement weighs depends on its answer, or how much less it is, its kind of source and its day alone. Only what
several say on one question is ruled anew, by the readable `Scale`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from clinic_vetting.combining import Several, rule
from clinic_vetting.evidence import NOBODY_SAID, Ruling, Scale, Source, Statement, Weighed

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.combining import Part
    from clinic_vetting.plan import Plan

MOST_WEIGHED: Final = 5000
_FEW: Final = 8
UNSAID: Final = Ruling(NOBODY_SAID)


@frozen(eq=False)
class Remembering(Scale):
    """Weighs for one criterion on one day, and remembers what weighs how.

    Attributes:
        known: What a statement alone comes to, by what it weighs by.
    """

    known: dict[object, Ruling] = field(factory=dict, repr=False)

    def rule(self, statements: tuple[Statement, ...]) -> Ruling:
        """Decide between all statements on one question; one alone is looked up."""
        if not statements:
            return UNSAID
        if len(statements) > 1:
            return super().rule(statements)
        alone = self._alone(statements[0])
        if alone.deciding is not None:
            return Ruling(alone.belief, _like(alone.deciding, statements[0]))
        return Ruling(alone.belief, None, (_like(alone.others[0], statements[0]),)) if alone.others else alone

    def weigh(self, statement: Statement) -> Weighed:
        """Weigh one statement, of those that exist."""
        alone = self._alone(statement)
        return _like(alone.deciding or alone.others[0], statement)

    def _alone(self, statement: Statement) -> Ruling:
        """Give what a statement like this one comes to alone."""
        answer, by, measured, less = statement.answer, statement.source.standing, statement.measured, statement.less
        known = self.known.get((answer, by, measured, less))
        if known is None:
            if len(self.known) >= MOST_WEIGHED:
                self.known.clear()
            one = Statement(answer, Source("alike", by.kind, "whoever", by.seen), measured=measured, less=less)
            readable = Scale(self.evidence, self.fresh_for, self.as_of)
            known = self.known[answer, by, measured, less] = readable.rule((one,))
        return known

    def alike(self, part: Several) -> Ruling | None:
        """Decide on several things of which statements that are alike speak, one of each: all come to the same.

        Such as licences that one register shows to be active; `None` where they differ.
        """
        said = [each[0] for each in part.parts if isinstance(each, tuple) and len(each) == 1]
        if not 0 < len(part.parts) == len(said) <= _FEW:
            return None
        alone = self._alone(said[0])
        if alone.deciding is None or alone.belief is None or any(self._alone(each) is not alone for each in said):
            return None
        weighed = [_like(alone.deciding, each) for each in said]
        weighed.sort(key=lambda each: each.rank)
        shown = [each for i, each in enumerate(weighed) if each not in weighed[:i]]
        return Ruling(alone.belief, shown[0], tuple(shown[1:]))


def _like(alike: Weighed, statement: Statement) -> Weighed:
    """Weigh a statement as one that is alike."""
    return Weighed(statement, alike.strength, alike.left, alike.fresh, alike.belief)


@lru_cache(maxsize=32)
def _scales(plan: Plan, as_of: dt.date) -> tuple[Remembering, ...]:
    """Give how each criterion is weighed on a day, by place."""
    fresh = [plan.criteria.freshness(each.criterion) for each in plan.asked]
    made = {span: Remembering(plan.evidence, span, as_of) for span in fresh}
    return tuple(made[span] for span in fresh)


def _found(part: Part, direct: tuple[Statement, ...], scale: Remembering) -> Ruling:
    if isinstance(part, Several):
        return (None if direct else scale.alike(part)) or rule(part, direct, scale)
    return scale.rule(part + direct)


def ruling(plan: Plan, place: int, clinic: Clinic, as_of: dt.date) -> Ruling:
    """Decide one criterion."""
    asked = plan.asked[place]
    part, direct = asked.part(clinic, as_of), asked.direct(clinic)
    found = _found(part, direct, _scales(plan, as_of)[place])
    return found if asked.applies(clinic) else found.set_aside()
