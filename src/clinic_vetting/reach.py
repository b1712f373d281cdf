"""Which bands are still open: if the unknown is answered, or if everything is inspected anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.combining import rule
from clinic_vetting.evidence import Answer, Belief, Kind, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band
    from clinic_vetting.plan import Plan


@frozen
class Reach:
    """The best and the worst band; `None` where nothing applies."""

    best: Band | None
    worst: Band | None


def at_best(belief: Belief) -> Belief:
    """Answer all that is unknown for the clinic."""
    return Belief(100 - belief.failed, belief.failed)


def at_worst(belief: Belief) -> Belief:
    """Answer all that is unknown against the clinic."""
    return Belief(belief.proven, 100 - belief.proven)


def settled(plan: Plan, clinic: Clinic, beliefs: Sequence[Belief | None]) -> Reach:
    """Answer what is unknown, if today's statements stand."""
    best = [at_best(each) if each is not None else None for each in beliefs]
    worst = [at_worst(each) if each is not None else None for each in beliefs]
    return Reach(plan.band(best, clinic), plan.band(worst, clinic))


def reachable(plan: Plan, clinic: Clinic, as_of: dt.date, beliefs: Sequence[Belief | None]) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    best = _inspected(plan, clinic, as_of, beliefs, Answer.YES)
    worst = _inspected(plan, clinic, as_of, beliefs, Answer.NO)
    return Reach(plan.band(best, clinic), plan.band(worst, clinic))


def _inspected(
    plan: Plan, clinic: Clinic, as_of: dt.date, beliefs: Sequence[Belief | None], answer: Answer
) -> list[Belief | None]:
    inspection = Statement(answer, Source("inspection today", Kind.INSPECTION, "an inspection", as_of))
    found = list(beliefs)
    for asked in plan.asked:
        belief = beliefs[asked.place]
        if belief is not None and (belief.open or belief.failed):
            said = (*asked.direct(clinic), inspection)
            found[asked.place] = rule(asked.part(clinic, as_of), said, plan.scale(asked, as_of)).belief
    return found
