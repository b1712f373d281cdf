"""Rows of a page: what limits a band, what a category is worth, a day to come."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.reports.lines import DIGITS
from clinic_vetting.score import HUNDRED, rounded

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band, Category
    from clinic_vetting.reports.cited import Item
    from clinic_vetting.verdict import Verdict


@frozen
class Limited:
    """A condition that keeps a clinic out of better bands: which ones, in words, by which findings."""

    bands: tuple[str, ...]
    says: str
    items: tuple[Item, ...]


@frozen
class Row:
    """One category: what it is worth and how that divides, in points of 100; `None` where nothing in it applies."""

    category: Category
    items: tuple[Item, ...]
    points: Fraction | None
    parts: dict[str, Fraction]


@frozen
class Ahead:
    """A day on which the verdict changes if nothing new arrives, and to what.

    Attributes:
        on: The day.
        band, score: The new band, and the new score as it is shown.
        turns: Whether the band changes.
        why: Which questions move, and why.
    """

    on: dt.date
    band: Band | None
    turns: bool
    score: str
    why: tuple[tuple[str, str], ...]


def row(category: Category, items: tuple[Item, ...], verdict: Verdict) -> Row:
    """Add up a category; its parts are rounded one by one, so that they need not add up."""
    places = [verdict.plan.place[each.id] for each in items]
    rated = [(verdict.points.of(place), belief) for place in places if (belief := verdict.beliefs[place]) is not None]
    parts = {
        "proven": sum((points * belief.proven for points, belief in rated), Fraction(0)),
        "unknown": sum((points * belief.open for points, belief in rated), Fraction(0)),
        "failed": sum((points * belief.failed for points, belief in rated), Fraction(0)),
    }
    points = sum((points for points, _ in rated), Fraction(0))
    shares = {name: rounded(value / HUNDRED, DIGITS) for name, value in parts.items()}
    return Row(category, items, rounded(points, DIGITS) if rated else None, shares)
