"""Lint: weights that come to nothing, or that leave nothing to the others."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting.score import HUNDRED
from clinic_vetting.upkeep.remark import Remark, mend, note
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic_vetting.upkeep.rules import Subject
    from clinic_vetting.upkeep.written import Place

SHOWN_FROM: Final = Fraction(5, 100)
"""Points from which on a report with one digit shows more than 0.0."""


def zero(subject: Subject) -> Iterator[Remark]:
    """Tell criteria whose points round to 0.0 in a report; a weight of 0 cannot be read at all."""
    for each in subject.weighed:
        if each.points < SHOWN_FROM:
            place = subject.written.criterion(each.id, "weight")
            yield mend("zero-weight", place, criterion=each.id, points=f"{float(each.points):.3f}")


def dominated(subject: Subject) -> Iterator[Remark]:
    """Tell one criterion that outweighs all others of its category together, and one such category."""
    for category in subject.criteria.categories:
        weights = {each.full_id: each.weight for each in category.criteria}
        if (name := _dominant(weights)) and len(weights) > 2:
            place = subject.written.criterion(name, "weight")
            yield _dominates(place, name, weights, told("lint.dominated-weights.criteria", category=category.id))
    weights = {each.id: each.weight for each in subject.criteria.categories}
    if (name := _dominant(weights)) and len(weights) > 2:
        yield _dominates(
            subject.written.category(name, "weight"), name, weights, told("lint.dominated-weights.categories")
        )


def _dominant(weights: Mapping[str, int]) -> str:
    """Name what weighs more than all the others together; of two, one always may."""
    most = max(weights, key=lambda name: weights[name])
    return most if 2 * weights[most] > sum(weights.values()) else ""


def _dominates(place: Place, name: str, weights: Mapping[str, int], among: str) -> Remark:
    others = sum(weights.values()) - weights[name]
    values = {"name": name, "weight": weights[name], "count": len(weights) - 1, "among": among, "others": others}
    return mend("dominated-weights", place, **values)


def scores(subject: Subject) -> Iterator[Remark]:
    """Tell a set in which the best or the worst clinic does not get all or nothing."""
    least, most = score_range(subject)
    if least > 0 or most < HUNDRED:
        values = {"least": f"{float(least):.1f}", "most": f"{float(most):.1f}"}
        yield note("score-range", subject.written.of_set("evidence"), **values)


def score_range(subject: Subject) -> tuple[Fraction, Fraction]:
    """Give the least and the greatest score that answers can lead to, where everything applies."""
    strengths = subject.criteria.evidence.values()
    proven, failed = max(each.for_ for each in strengths), max(each.against for each in strengths)
    counts = Fraction(subject.criteria.unknown_counts)
    return counts * (100 - failed), proven + counts * (100 - proven)
