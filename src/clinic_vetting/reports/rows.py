"""Rows of a page: what limits a band, what a category is worth, a day to come."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.reports.lines import DIGITS
from clinic_vetting.score import HUNDRED, rounded

if TYPE_CHECKING:
    from clinic_vetting.advice import Forecast
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


@frozen
class Lane:
    """One band in the time to come.

    Attributes:
        band: The band; `None` where nothing is rated.
        spans: Start and length of each time in which it stands, as shares of the whole.
        changes: Days within them on which the verdict changes and the band stays, as shares of the whole.
    """

    band: Band | None
    spans: tuple[tuple[Fraction, Fraction], ...]
    changes: tuple[Fraction, ...]


def lanes(found: Forecast) -> list[Lane]:
    """Give the bands of a forecast, the best first, each with the times in which it stands."""
    first, last = found.verdict.as_of, found.until
    whole = max((last - first).days, 1)
    steps = [(first, found.verdict.band), *((each.on, each.verdict.band) for each in found.days)]
    ends = [*(on for on, _ in steps[1:]), last]
    at = [
        (Fraction((on - first).days, whole), Fraction((end - on).days, whole))
        for (on, _), end in zip(steps, ends, strict=True)
    ]
    bands = [band for _, band in steps]
    ranked: list[Band | None] = [*found.verdict.criteria.bands, None]
    return [
        Lane(
            each,
            tuple(span for band, span in zip(bands, at, strict=True) if band is each),
            tuple(
                span[0] for (before, band), span in zip(pairwise(bands), at[1:], strict=True) if before is band is each
            ),
        )
        for each in ranked
        if each in bands
    ]


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
