"""What the measures of ratings and reviews say."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from clinic_vetting.measures import reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.clinic import Clinic, Rating, Review
    from clinic_vetting.looking import Row
    from clinic_vetting.worth import Leaf

NO_STARS: Final = Decimal(0)


class Tally(NamedTuple):
    """All ratings: how many are given, their stars in all, the newest, and the three newest reviews' days."""

    given: int
    stars: Decimal
    newest: dt.date | None
    days: list[dt.date]


def tally(clinic: Clinic, as_of: dt.date) -> Tally | None:
    """Add up each platform's newest aggregate, and the reviews on platforms without one."""
    if not clinic.ratings and not clinic.reviews:
        return None
    latest: dict[str, Rating] = {}
    for each in clinic.ratings:
        seen = each.seen
        if each.independent and each.count and (seen is None or seen <= as_of):
            known = latest.get(each.platform)
            if known is None or reviews.when_seen(known) <= reviews.when_seen(each):
                latest[each.platform] = each
    count, stars, newest = 0, NO_STARS, None
    for each in latest.values():
        count, stars, seen = count + each.count, reviews.EXACT.fma(each.mean, each.count, stars), each.seen
        if seen and (newest is None or newest < seen):
            newest = seen
    if not clinic.reviews:
        return Tally(count, stars, newest, [])
    given, last, days = _reviews(clinic.reviews, as_of, latest)
    newest = max(newest, last) if newest and last else newest or last
    return Tally(count + len(given), reduce(reviews.EXACT.add, given, stars), newest, days)


def _reviews(
    written: Sequence[Review], as_of: dt.date, aggregated: dict[str, Rating]
) -> tuple[list[Decimal], dt.date | None, list[dt.date]]:
    """Give the single ratings that count, the newest of their days, and the newest days of all in order."""
    given, days, third, left_out = [], [], dt.date.min, False  # type: tuple[list[Decimal], list[dt.date], dt.date, bool]
    for each in written:
        if each.independent:
            date = each.date
            if date is not None and date >= third:
                if date > as_of:
                    continue
                insort(days, date)
                if len(days) > reviews.RECENT:
                    del days[0]
                    third = days[0]
            rating = each.rating
            if rating is None or each.platform in aggregated:
                left_out = True
            else:
                given.append(rating)
    if not left_out:
        return given, days[-1] if days else None, days
    counted = (each for each in written if each.independent and each.rating is not None)
    dates = (each.date for each in counted if each.platform not in aggregated)
    return given, max((each for each in dates if each and each <= as_of), default=None), days


def review_rating(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what the mean rating proves and fails."""
    count, stars, newest, _days = ratings
    return row.measured(newest, reviews.belief(count, stars)) if count else row.unsaid


def review_volume(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many ratings prove."""
    return row.measured(ratings.newest, (reviews.strength(ratings.given), 0)) if ratings.given else row.unsaid


def recent_reviews(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many reviews prove, on the day of the third newest."""
    days = ratings.days
    return row.measured(days[0], (reviews.recent_strength(len(days)), 0)) if days else row.unsaid
