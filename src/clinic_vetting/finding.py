"""What is known about one criterion, worked out as it is read.

What does not depend on the clinic, such as an effect, is worked out once for each criterion and belief.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from clinic_vetting.evidence import Belief, Outcome, Ruling, Weighed
from clinic_vetting.remembering import ruling
from clinic_vetting.score import effect
from clinic_vetting.words import say

if TYPE_CHECKING:
    from clinic_vetting.clinic import Reply, Waiver
    from clinic_vetting.criterion import Criterion
    from clinic_vetting.verdict import Verdict
    from clinic_vetting.worth import Leaf, Worth


class Shared(NamedTuple):
    """What every finding on one criterion with one belief says, where the same criteria apply."""

    points: Fraction | None
    effect: Fraction | None
    says: str


@lru_cache(maxsize=20_000)
def _shared(worth: Worth, leaf: Leaf) -> Shared:
    plan, belief = worth.plan, leaf.belief
    says = plan.asked[leaf.place].criterion.sentence(leaf.outcome)
    if belief is None:
        return Shared(None, None, says)
    points = worth.points.of(leaf.place)
    return Shared(points, effect(points, belief, plan.unknown_counts), says)


@define(unsafe_hash=True, repr=False)
class Finding:
    """What is known about one criterion of a verdict. Made by `Verdict.findings`, anew each time, so that it is light.

    Attributes:
        verdict, place: The verdict, and where its set has the criterion.
    """

    verdict: Verdict
    place: int
    _kept: Ruling | None = field(default=None, init=False, eq=False)

    def __repr__(self) -> str:
        return f"Finding({self.id!r}, {self.outcome.value!r})"

    @property
    def id(self) -> str:
        """Full id, such as `hygiene.hand_hygiene`."""
        return self.verdict.plan.asked[self.place].id

    @property
    def criterion(self) -> Criterion:
        """What was asked."""
        return self.verdict.plan.asked[self.place].criterion

    @property
    def outcome(self) -> Outcome:
        """The answer in a word."""
        return self.verdict.found.leaves[self.place].outcome

    @property
    def belief(self) -> Belief | None:
        """What is proven and failed, in hundredths; `None` where it does not apply."""
        return self.verdict.found.leaves[self.place].belief

    @property
    def points(self) -> Fraction | None:
        """What it is worth, of 100; `None` where it does not apply."""
        return self._shared.points

    @property
    def effect(self) -> Fraction | None:
        """How far it moves the score from its start; `None` where it does not apply."""
        return self._shared.effect

    @property
    def decided_by(self) -> Weighed | None:
        """The statement that decided, if one did."""
        return self._ruling.deciding

    @property
    def others(self) -> tuple[Weighed, ...]:
        """Every other statement, shown and not counted."""
        return self._ruling.others

    @property
    def contradicted(self) -> bool:
        """Whether another statement still counts and answers otherwise."""
        return self._ruling.contradicted

    @property
    def changes_on(self) -> dt.date | None:
        """The first day on which `belief` differs if nothing new arrives."""
        change = self.verdict.first_changes[self.place]
        return change[0] if change else None

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The clinic's replies, newest first; shown, never scored."""
        clinic, as_of = self.verdict.clinic, self.verdict.as_of
        replies = [each for each in clinic.replies if each.criterion == self.id and each.on <= as_of]
        return tuple(sorted(replies, key=lambda each: (each.on, each.text, each.by), reverse=True))

    @property
    def waiver(self) -> Waiver | None:
        """The vetter's decision to leave it out, if one is in force."""
        return self.verdict.waived.get(self.place)

    @property
    def notes(self) -> tuple[str, ...]:
        """What else a reader should know, such as where the law does not ask for this."""
        clinic = self.verdict.clinic
        return tuple(each.says for each in self.criterion.our_standard if each.holds(clinic.country, clinic.region))

    @property
    def language(self) -> str:
        """The language of its sentences."""
        return self.verdict.language

    @property
    def says(self) -> str:
        """One sentence, in the criteria set's words, or who left it out."""
        if waiver := self.waiver:
            return say(self.language, "finding.waived", owner=waiver.owner, until=waiver.until, reason=waiver.reason)
        return self._shared.says

    @property
    def _shared(self) -> Shared:
        found = self.verdict.found
        return _shared(found.worth, found.leaves[self.place])

    @property
    def _ruling(self) -> Ruling:
        if self._kept is None:
            verdict = self.verdict
            self._kept = ruling(verdict.plan, self.place, verdict.clinic, verdict.as_of)
        return self._kept
