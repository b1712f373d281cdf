"""Lint: weights that come to nothing, or that leave nothing to the others."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting.score import HUNDRED
from clinic_vetting.upkeep.remark import Level, Remark

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
            yield Remark(
                "zero-weight", Level.MEND, subject.written.criterion(each.id, "weight"),
                f"{each.id} is worth {float(each.points):.3f} of 100 points, which reports show as 0.0",
                "It is asked, and its answer moves no number that anybody can see.",
                "Give it more weight, give the others less, or drop it.",
            )  # fmt: skip


def dominated(subject: Subject) -> Iterator[Remark]:
    """Tell one criterion that outweighs all others of its category together, and one such category."""
    for category in subject.criteria.categories:
        weights = {each.full_id: each.weight for each in category.criteria}
        if (name := _dominant(weights)) and len(weights) > 2:
            place = subject.written.criterion(name, "weight")
            yield _dominates(place, name, weights, f"criteria of {category.id}")
    weights = {each.id: each.weight for each in subject.criteria.categories}
    if (name := _dominant(weights)) and len(weights) > 2:
        yield _dominates(subject.written.category(name, "weight"), name, weights, "categories")


def _dominant(weights: Mapping[str, int]) -> str:
    """Name what weighs more than all the others together; of two, one always may."""
    most = max(weights, key=lambda name: weights[name])
    return most if 2 * weights[most] > sum(weights.values()) else ""


def _dominates(place: Place, name: str, weights: Mapping[str, int], among: str) -> Remark:
    others = sum(weights.values()) - weights[name]
    return Remark(
        "dominated-weights", Level.MEND, place,
        f"{name} weighs {weights[name]}, the other {len(weights) - 1} {among} {others} together",
        "Whatever the others say cannot balance it; their weights decide nothing between good and bad.",
        "Lower it below the sum of the others; what nothing may outvote is a matter of severity, not of weight.",
    )  # fmt: skip


def scores(subject: Subject) -> Iterator[Remark]:
    """Tell a set in which the best or the worst clinic does not get all or nothing."""
    least, most = score_range(subject)
    if least > 0 or most < HUNDRED:
        yield Remark(
            "score-range", Level.NOTE, subject.written.of_set("evidence"),
            f"answers lead to scores from {float(least):.1f} to {float(most):.1f}, not from 0.0 to 100.0",
            "No source of this set is believed in full, so readers take its best clinic for a mediocre one.",
            "Believe one kind of source in full, or say so where scores are shown.",
        )  # fmt: skip


def score_range(subject: Subject) -> tuple[Fraction, Fraction]:
    """Give the least and the greatest score that answers can lead to, where everything applies."""
    strengths = subject.criteria.evidence.values()
    proven, failed = max(each.for_ for each in strengths), max(each.against for each in strengths)
    counts = Fraction(subject.criteria.unknown_counts)
    return counts * (100 - failed), proven + counts * (100 - proven)
