"""Why two verdicts of one clinic differ: what time did, what evidence, what other criteria (method, section 8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.evidence import Outcome
from clinic_vetting.verdict import vet

if TYPE_CHECKING:
    from clinic_vetting.verdict import Verdict

CAUSES: Final = ("time", "evidence", "criteria")
"""The causes, in the order in which they are told apart."""


@frozen
class Split:
    """A difference in points of 100, exact: the three causes sum to it.

    Attributes:
        time: What the old dossier comes to on the new day under the old criteria, less what it came to on the old day.
        evidence: What the new dossier adds to that, on the new day and still under the old criteria.
        criteria: What the new criteria add to that.
    """

    time: Fraction
    evidence: Fraction
    criteria: Fraction

    @property
    def total(self) -> Fraction:
        """The whole difference, new less old."""
        return self.time + self.evidence + self.criteria


@frozen
class Moved:
    """One criterion that moves the score otherwise than before, or has another outcome.

    Attributes:
        criterion: Full id.
        before, after: Its outcome; `None` where the set does not ask it.
        effect: How its effect on the score changed; where it does not apply, or is not asked, it has none.
    """

    criterion: str
    before: Outcome | None
    after: Outcome | None
    effect: Split


@frozen(eq=False)
class Difference:
    """The difference of two verdicts of one clinic.

    Attributes:
        before, after: The verdicts.
        between: The verdicts at the two steps: the old dossier on the new day, then the new dossier, both under the old
            criteria.
        score, proven, failed: Each split exactly; `None` where one of the four verdicts is not rated.
        start: The part of the score's difference that no criterion has: the new set counts the unknown otherwise.
        moved: Criteria that moved, those whose effect changed most first, then by id. Their effects and `start` sum to
            `score`, cause by cause.
        same_criteria: Whether both rest on the same criteria; where not, a reader must be told.
    """

    before: Verdict
    after: Verdict
    between: tuple[Verdict, Verdict]
    score: Split | None
    proven: Split | None
    failed: Split | None
    start: Split | None
    moved: tuple[Moved, ...]
    same_criteria: bool


def difference(before: Verdict, after: Verdict) -> Difference:
    """Split the difference of two verdicts of one clinic into what time, evidence and criteria did, in this order.

    First time passes over the old dossier, which is what a forecast had told; then the new dossier comes, then the new
    criteria. Each step is a verdict of its own, so the parts sum exactly.

    Raises:
        ValueError: The verdicts are of two clinics, or the second is of an earlier day.
    """
    if before.clinic.id != after.clinic.id:
        message = f"expected two verdicts of one clinic, got {before.clinic.id!r} and {after.clinic.id!r}"
        raise ValueError(message)
    if after.as_of < before.as_of:
        message = f"expected the earlier verdict first, got {before.as_of} and then {after.as_of}; swap them"
        raise ValueError(message)
    aged = vet(before.clinic, before.criteria, as_of=after.as_of)
    known = vet(after.clinic, before.criteria, as_of=after.as_of)
    steps = (before, aged, known, after)
    return Difference(
        before=before,
        after=after,
        between=(aged, known),
        score=_split([each.score for each in steps]),
        proven=_split([each.proven for each in steps]),
        failed=_split([each.failed for each in steps]),
        start=_split([each.start for each in steps]),
        moved=_moved(steps),
        same_criteria=criteria_digest(before.criteria) == criteria_digest(after.criteria),
    )


def _split(values: list[Fraction | None]) -> Split | None:
    known = [each for each in values if each is not None]
    return Split(*(b - a for a, b in pairwise(known))) if len(known) == len(values) else None


def _moved(steps: tuple[Verdict, ...]) -> tuple[Moved, ...]:
    outcomes = [{each.id: each.outcome for each in verdict.findings} for verdict in (steps[0], steps[-1])]
    effects = [{each.id: each.effect or Fraction(0) for each in verdict.findings} for verdict in steps]
    found = []
    for name in sorted(effects[0] | effects[-1]):
        values = [each.get(name, Fraction(0)) for each in effects]
        split = Split(*(b - a for a, b in pairwise(values)))
        before, after = (each.get(name) for each in outcomes)
        if before is not after or any((split.time, split.evidence, split.criteria)):
            found.append(Moved(name, before, after, split))
    return tuple(sorted(found, key=lambda each: (-abs(each.effect.total), each.criterion)))
