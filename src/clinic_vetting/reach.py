"""Which bands are still open: if the unknown is answered, or if everything is inspected anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.evidence import Answer, Belief
from clinic_vetting.told import Inspections

if TYPE_CHECKING:
    from collections.abc import Callable

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
    return Reach(answered(found, at_best).band, answered(found, at_worst).band)


def answered(found: Found, how: Callable[[Belief], Belief]) -> Found:
    """Answer what is unknown on each criterion."""
    return found.with_beliefs([None if each is None else how(each) for each in found.beliefs])


def reachable(found: Found, clinic: Clinic, as_of: dt.date) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    inspections = Inspections(found.worth.plan, clinic, as_of)
    best = _inspected(found, inspections, Answer.YES)
    worst = _inspected(found, inspections, Answer.NO)
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def _inspected(found: Found, inspections: Inspections, answer: Answer) -> list[Belief | None]:
    beliefs = found.beliefs
    for place, belief in enumerate(found.beliefs):
        if belief is not None and (belief.open or belief.failed):
            beliefs[place] = inspections.belief(place, answer)
    return beliefs
