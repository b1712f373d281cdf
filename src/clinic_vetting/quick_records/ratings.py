"""What the measures of ratings and reviews say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, getcontext, setcontext
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from clinic_vetting.fast_reading import Columns
from clinic_vetting.measures import reviews

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_vetting.clinic import Clinic, Rating, Review
    from clinic_vetting.fast_reading import Draft
    from clinic_vetting.looking import Row
    from clinic_vetting.measures.reviews import Crowd, Sample
    from clinic_vetting.worth import Leaf


class Written(NamedTuple):
    """The reviews on one platform.

    Attributes:
        stars: The ratings that have a day.
        dates: The day of each.
        undated: The ratings without one.
        unrated: The days of reviews without a rating.
    """

    stars: list[Decimal]
    dates: list[dt.date]
    undated: list[Decimal]
    unrated: list[dt.date]

    def until(self, day: dt.date) -> Written:
        """Leave out what is written later."""
        kept = [pair for pair in zip(self.stars, self.dates, strict=True) if pair[1] <= day]
        unrated = [each for each in self.unrated if each <= day]
        return Written([star for star, _ in kept], [date for _, date in kept], self.undated, unrated)


class Tally(NamedTuple):
    """What all ratings come to, and what dates them.

    Attributes:
        belief: What they prove and fail; `None` without ratings.
        strength: What so many of them prove.
        newest: The newest day among them.
        days: The days of the three newest reviews, in order.
    """

    belief: tuple[int, int] | None
    strength: int
    newest: dt.date | None
    days: list[dt.date]


@lru_cache(maxsize=5000)
def _alone(count: int, mean: Decimal) -> tuple[tuple[int, int], int]:
    """Give what one platform's aggregate comes to."""
    halves = count * reviews.WHOLE
    sample = ((halves, reviews.EXACT.multiply(mean, halves)),)
    return reviews.belief(sample, sample), reviews.strength(sample)


def _tallied(aged: Sample, every: Sample, newest: dt.date | None, days: list[dt.date]) -> Tally:
    return Tally(reviews.belief(aged, every) if every else None, reviews.strength(aged), newest, days)


def tally(clinic: Clinic | Draft, as_of: dt.date) -> Tally | None:
    """Add up each platform's newest aggregate, and the reviews on platforms without one."""
    if not clinic.reviews and len(clinic.ratings) < 2:
        return _lone(clinic.ratings, as_of)
    written = _by_platform(clinic.reviews)
    orders = {name: sorted(each.dates) for name, each in written.items()}
    days = _three_newest(written, orders)
    if days and days[-1] > as_of:
        written = {name: each.until(as_of) for name, each in written.items()}
        orders = {name: sorted(each.dates) for name, each in written.items()}
        days = _three_newest(written, orders)
    latest = _latest(clinic.ratings, as_of) if clinic.ratings else {}
    every, seen, dated = [], [], True  # type: tuple[list[Crowd], list[dt.date], bool]
    for each in latest.values():
        every.append(_of(each))
        if each.seen:
            seen.append(each.seen)
        else:
            dated = False
    for name, single in written.items():
        if name not in latest and (single.dates or single.undated):
            every.append(_crowd(single))
            dated = dated and not single.undated
            if single.dates:
                seen += orders[name][0], orders[name][-1]
    newest, sample = max(seen) if seen else None, tuple(every)
    if newest is None or (dated and (newest - min(seen)).days <= reviews.FULL_DAYS):
        return _tallied(sample, sample, newest, days)
    alone = [each for name, each in written.items() if name not in latest]
    aged = [_of(each, newest) for each in latest.values()] + [_aged(each, newest) for each in alone]
    return _tallied(tuple(each for each in aged if each[0]), sample, newest, days)


def _lone(ratings: Sequence[Rating], as_of: dt.date) -> Tally | None:
    """Give what the only aggregate comes to, if there is one that counts."""
    for each in ratings:
        if each.independent and each.count and (each.seen is None or each.seen <= as_of):
            return Tally(*_alone(each.count, each.mean), each.seen, [])
    return None


def _three_newest(written: dict[str, Written], orders: dict[str, list[dt.date]]) -> list[dt.date]:
    days: list[dt.date] = []
    for name, order in orders.items():
        days += order[-reviews.RECENT :]
        days += written[name].unrated
    days.sort()
    return days[-reviews.RECENT :]


def _latest(ratings: Iterable[Rating], as_of: dt.date) -> dict[str, Rating]:
    """Give each platform's newest aggregate over which the clinic has no say."""
    latest: dict[str, Rating] = {}
    for each in ratings:
        seen = each.seen
        if each.independent and each.count and (seen is None or seen <= as_of):
            name = reviews.folded(each.platform)
            known = latest.get(name)
            if known is None or reviews.when_seen(known) <= reviews.when_seen(each):
                latest[name] = each
    return latest


def _by_platform(written: Columns | Sequence[Review]) -> dict[str, Written]:
    """Sort out the reviews over which the clinic has no say."""
    return _of_columns(written) if isinstance(written, Columns) else _of_records(written)


def _of_records(written: Iterable[Review]) -> dict[str, Written]:
    found: dict[str, Written] = {}
    last = None
    for each in written:
        if each.independent:
            platform = each.platform
            if platform != last:
                last = platform
                stars, dates, undated, unrated = found.setdefault(reviews.folded(platform), Written([], [], [], []))
            date = each.date
            rating = each.rating
            if date is None:
                if rating is not None:
                    undated.append(rating)
            elif rating is None:
                unrated.append(date)
            else:
                stars.append(rating)
                dates.append(date)
    return found


def _of_columns(written: Columns) -> dict[str, Written]:
    if all(written.independent) and len(set(written.platform)) == 1:
        return {reviews.folded(written.platform[0]): _sorted_out(written.rating, written.date)}
    found: dict[str, tuple[list[Decimal | None], list[dt.date | None]]] = {}
    for platform, rating, date, *_, independent in zip(*written, strict=True):
        if independent:
            stars, dates = found.setdefault(reviews.folded(platform), ([], []))
            stars.append(rating)
            dates.append(date)
    return {name: _sorted_out(*each) for name, each in found.items()}


def _sorted_out(stars: list[Decimal | None], dates: list[dt.date | None]) -> Written:
    if all(stars) and all(dates):
        return Written(cast("list[Decimal]", stars), cast("list[dt.date]", dates), [], [])
    both = list(zip(stars, dates, strict=True))
    pairs = [(star, date) for star, date in both if star is not None and date is not None]
    undated = [star for star, date in both if star is not None and date is None]
    unrated = [date for star, date in both if star is None and date is not None]
    return Written([star for star, _ in pairs], [date for _, date in pairs], undated, unrated)


def _of(each: Rating, newest: dt.date | None = None) -> Crowd:
    halves = each.count * reviews.weight(each.seen, newest)
    return halves, reviews.EXACT.multiply(each.mean, halves)


def _crowd(written: Written) -> Crowd:
    stars = written.stars + written.undated if written.undated else written.stars
    return reviews.WHOLE * len(stars), reviews.EXACT.multiply(_total(stars), reviews.WHOLE)


def _aged(written: Written, newest: dt.date) -> Crowd:
    weighed = [(each, reviews.weight(day, newest)) for each, day in zip(written.stars, written.dates, strict=True)]
    whole = [each for each, halves in weighed if halves == reviews.WHOLE]
    half = [each for each, halves in weighed if halves == 1] + written.undated
    return reviews.WHOLE * len(whole) + len(half), _total([*whole, *whole, *half])


def _total(stars: list[Decimal]) -> Decimal:
    """Add up exactly, whatever context the application has set."""
    before = getcontext()
    setcontext(reviews.EXACT)
    try:
        return sum(stars, Decimal(0))
    finally:
        setcontext(before)


def review_rating(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what the mean rating proves and fails."""
    return row.unsaid if ratings.belief is None else row.measured(ratings.newest, ratings.belief)


def review_volume(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many ratings prove."""
    return row.unsaid if ratings.belief is None else row.measured(ratings.newest, (ratings.strength, 0))


def recent_reviews(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many reviews prove, on the day of the third newest."""
    days = ratings.days
    return row.measured(days[0], (reviews.recent_strength(len(days)), 0)) if days else row.unsaid
