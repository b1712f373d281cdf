"""Which bands are still open: if the unknown is answered, or if everything is inspected anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.combining import rule
from clinic_vetting.evidence import Answer, Belief, Kind, Source, Statement

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band
    from clinic_vetting.quick import Found


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


def settled(found: Found) -> Reach:
    """Answer what is unknown, if today's statements stand."""
    best = [at_best(each) if each is not None else None for each in found.beliefs]
    worst = [at_worst(each) if each is not None else None for each in found.beliefs]
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def reachable(found: Found, clinic: Clinic, as_of: dt.date) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    best = _inspected(found, clinic, as_of, Answer.YES)
    worst = _inspected(found, clinic, as_of, Answer.NO)
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def _inspected(found: Found, clinic: Clinic, as_of: dt.date, answer: Answer) -> list[Belief | None]:
    plan, beliefs = found.worth.plan, found.beliefs
    inspection = Statement(answer, Source("inspection today", Kind.INSPECTION, "an inspection", as_of))
    for asked, belief in zip(plan.asked, found.beliefs, strict=True):
        if belief is not None and (belief.open or belief.failed):
            said = (*asked.direct(clinic), inspection)
            beliefs[asked.place] = rule(asked.part(clinic, as_of), said, plan.scale(asked, as_of)).belief
    return beliefs
