"""Which bands are still open: if the unknown is answered, or if everything is inspected anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.evidence import Answer, Belief

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.criterion import Band
    from clinic_vetting.quick import Found
    from clinic_vetting.told import Ahead


MOST_BELIEFS: Final = 5151
"""How many pairs of hundredths there are."""


@frozen
class Reach:
    """The best and the worst band; `None` where nothing applies."""

    best: Band | None
    worst: Band | None


@lru_cache(maxsize=MOST_BELIEFS)
def at_best(belief: Belief) -> Belief:
    """Answer all that is unknown for the clinic."""
    return Belief(100 - belief.failed, belief.failed)


@lru_cache(maxsize=MOST_BELIEFS)
def at_worst(belief: Belief) -> Belief:
    """Answer all that is unknown against the clinic."""
    return Belief(belief.proven, 100 - belief.proven)


def settled(found: Found) -> Reach:
    """Answer what is unknown, if today's statements stand."""
    return Reach(answered(found, at_best).band, answered(found, at_worst).band)


def answered(found: Found, how: Callable[[Belief], Belief]) -> Found:
    """Answer what is unknown on each criterion."""
    return found.with_beliefs([None if each is None else how(each) for each in found.beliefs])


def reachable(found: Found, ahead: Ahead) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    best = _inspected(found, ahead, Answer.YES)
    worst = _inspected(found, ahead, Answer.NO)
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def _inspected(found: Found, ahead: Ahead, answer: Answer) -> list[Belief | None]:
    beliefs = found.beliefs
    for place, belief in enumerate(found.beliefs):
        if belief is not None and (belief.open or belief.failed):
            beliefs[place] = ahead.inspected(place, answer)
    return beliefs
