"""What ratings and reviews say in numbers; their texts are read elsewhere.

Reviews are weak evidence, and sometimes inverted: nothing here reaches the strength of a document.
A platform's own aggregate stands for its single reviews. What a clinic controls is left out.
What ratings prove ages one by one, what they show to be wrong does not: `belief` takes both samples.
"""

from __future__ import annotations

import datetime as dt
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from clinic_vetting.evidence import Answer, Kind, Source, Statement
from clinic_vetting.measures.once import Once
from clinic_vetting.measures.registry import register
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clinic_vetting.clinic import Clinic, Rating
    from clinic_vetting.combining import Part

PRIOR_MEAN: Final = Decimal("3.5")
"""What a clinic's mean is taken to be before anybody has rated it: 3.5 of 5 stars."""
PRIOR_COUNT: Final = 10
"""How many ratings the prior weighs as much as."""
PRIOR_STARS: Final = int(PRIOR_MEAN * PRIOR_COUNT)
MOST: Final = 70
"""The strength that many ratings approach, in hundredths; half of it at `HALF_COUNT` ratings."""
HALF_COUNT: Final = 20
MOST_ALIKE: Final = 100
"""What the effective number of one platform's ratings approaches: 1 / 100 is their correlation, as in one crowd."""
FULL_DAYS: Final = 365
"""How many days before the newest rating another counts in full; half for as long again, then no more."""
WHOLE: Final = 2
"""The weight of a rating, in halves."""
_LONGEST: Final = 300
"""How many characters name a source."""
RECENT: Final = 3
"""How many dated reviews show that patients still come."""


EXACT: Final = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
"""Adds up decimals without rounding, whatever context the application has set."""

Crowd: TypeAlias = "tuple[int, Decimal]"
"""The ratings on one platform: their weights in halves, and their stars times those."""
Sample: TypeAlias = "tuple[Crowd, ...]"
"""Ratings on several platforms, which are taken as independent of one another."""


@lru_cache(maxsize=5000)
def effective(sample: Sample) -> tuple[int, int, int]:
    """Give a sample's effective number of ratings and their stars, exactly, each as so many parts of a whole.

    `n` ratings of one crowd tell as much as `n / (1 + (n - 1) / MOST_ALIKE)` independent ones: Kish's design
    effect for clusters (Survey Sampling, 1965). Crowds add up.

    Returns:
        The number and the stars, as whole multiples of the third over which both stand.
    """
    number, stars, over = 0, 0, 1
    for halves, weighed in sample:
        top, of = weighed.as_integer_ratio()
        under = of * (halves + WHOLE * (MOST_ALIKE - 1))
        number = number * under + MOST_ALIKE * halves * of * over
        stars = stars * under + MOST_ALIKE * top * over
        over *= under
    return number, stars, over


@lru_cache(maxsize=5000)
def strength(sample: Sample) -> int:
    """Give the strength of so many ratings, by their effective number."""
    number, _, over = effective(sample)
    return MOST * number // (number + HALF_COUNT * over)


def recent_strength(dated: int) -> int:
    """Give the strength of so many dated reviews, at most `RECENT`."""
    return 60 * dated // RECENT


@lru_cache(maxsize=5000)
def belief(aged: Sample, every: Sample) -> tuple[int, int]:
    """Give what ratings prove by their age, and fail at any age; the prior only takes away from either."""
    failed = _fails(every)
    return min(_proves(aged), 100 - failed), failed


def _proves(sample: Sample) -> int:
    number, stars, over = effective(sample)
    if PRIOR_COUNT * stars < PRIOR_STARS * number:
        return strength(sample) * (stars - number) // (4 * number)
    of = number + PRIOR_COUNT * over
    return strength(sample) * (stars + PRIOR_STARS * over - of) // (4 * of)


def _fails(sample: Sample) -> int:
    number, stars, over = effective(sample)
    if PRIOR_COUNT * stars >= PRIOR_STARS * number:
        return strength(sample) * (5 * number - stars) // (4 * number)
    of = number + PRIOR_COUNT * over
    return strength(sample) * (5 * of - stars - PRIOR_STARS * over) // (4 * of)


class Given(NamedTuple):
    """Ratings of one day on one platform; a single review is one of them.

    Attributes:
        platform: Its name, as given.
        stars: In all.
        number: How many.
        day: When they were written, or the aggregate was read.
    """

    platform: str
    stars: Decimal
    number: int
    day: dt.date | None


@register("review_rating", reads=("ratings", "reviews"))
def review_rating(clinic: Clinic, as_of: dt.date) -> Part:
    """Give the mean rating, shrunk towards the prior; no ratings say nothing."""
    rated = _rated(clinic, as_of)
    if rated is None:
        return ()
    proven, failed = belief(rated.aged, rated.every)
    answer = Answer.YES if proven >= 3 * failed else Answer.NO if failed >= 3 * proven else Answer.PARTLY
    total, of = reduce(EXACT.add, (stars for _, stars in rated.every)).as_integer_ratio()
    note = told("measured.mean", mean=f"{total / (WHOLE * of * rated.number):.2f}", count=rated.number)
    return (Statement(answer, rated.source, note, None, (proven, failed)),)


@register("review_volume", reads=("ratings", "reviews"))
def review_volume(clinic: Clinic, as_of: dt.date) -> Part:
    """Count the ratings by their age; few are weak evidence, and never speak against a clinic."""
    rated = _rated(clinic, as_of)
    if rated is None:
        return ()
    note = told("measured.ratings", count=rated.number)
    return (Statement(Answer.YES, rated.source, note, None, (strength(rated.aged), 0)),)


@register("recent_reviews", reads="reviews")
def recent_reviews(clinic: Clinic, as_of: dt.date) -> Part:
    """Take the third newest review as the day on which patients were last seen to come."""
    days = sorted(
        (each.date for each in clinic.reviews if each.independent and each.date and each.date <= as_of), reverse=True
    )
    newest = days[:RECENT]
    if not newest:
        return ()
    source = Source("reviews", Kind.PATIENT, told("measured.reviews", count=len(days)), newest[-1])
    return (Statement(Answer.YES, source, None, None, (recent_strength(len(newest)), 0)),)


class _Rated(NamedTuple):
    """All ratings that count: how many, by their age and at any age, and who they are as a source."""

    number: int
    aged: Sample
    every: Sample
    source: Source


@Once
def _rated(clinic: Clinic, as_of: dt.date) -> _Rated | None:
    """Add up what counts on a day; `None` where there is nothing."""
    ratings = counted(clinic, as_of)
    if not ratings:
        return None
    newest, every = _newest(ratings), _sample(ratings, lambda _: WHOLE)
    alike = all(weight(each, newest) == WHOLE for each in {each.day for each in ratings})
    aged = every if alike else _sample(ratings, lambda each: weight(each.day, newest))
    return _Rated(sum(each.number for each in ratings), aged, every, _source(ratings))


def counted(clinic: Clinic, as_of: dt.date) -> list[Given]:
    """Take each platform's newest aggregate, and the single reviews on platforms without one."""
    aggregates: dict[str, Rating] = {}
    for each in sorted(clinic.ratings, key=when_seen):
        if each.independent and each.count and (each.seen is None or each.seen <= as_of):
            aggregates[folded(each.platform)] = each
    found = [
        Given(each.platform, EXACT.multiply(each.mean, each.count), each.count, each.seen)
        for each in aggregates.values()
    ]
    for review in clinic.reviews:
        exists = review.date is None or review.date <= as_of
        if review.rating and review.independent and exists and folded(review.platform) not in aggregates:
            found.append(Given(review.platform, review.rating, 1, review.date))
    return found


def weight(day: dt.date | None, newest: dt.date | None) -> int:
    """Weigh a rating by how much older it is than the newest, in halves; one without a day as half, where any has one.

    Not by its age today: the whole sample ages with its newest day, as every statement does.
    """
    if newest is None:
        return WHOLE
    return 1 if day is None else max(WHOLE - max((newest - day).days - 1, 0) // FULL_DAYS, 0)


@lru_cache(maxsize=5000)
def folded(platform: str) -> str:
    """Give a platform's name without case and outer space."""
    return platform.strip().casefold()


def when_seen(rating: Rating) -> tuple[dt.date, Decimal, int]:
    """Order one platform's aggregates by their day."""
    return (rating.seen or dt.date.min, rating.mean, rating.count)


def _sample(ratings: Iterable[Given], weighing: Callable[[Given], int]) -> Sample:
    crowds: dict[str, Crowd] = {}
    for each in ratings:
        name, weighs = folded(each.platform), weighing(each)
        if weighs:
            halves, stars = crowds.get(name, (0, Decimal(0)))
            crowds[name] = halves + weighs * each.number, EXACT.fma(each.stars, weighs, stars)
    return tuple(crowds.values())


def _newest(ratings: Iterable[Given]) -> dt.date | None:
    return max((each.day for each in ratings if each.day), default=None)


def _source(ratings: list[Given]) -> Source:
    number = sum(each.number for each in ratings)
    names = {folded(each): each for each in sorted({each.platform for each in ratings})}
    named = ", ".join(sorted(names.values()))
    who = told("measured.ratings_on", count=number, platforms=named)
    if len(who) > _LONGEST:
        who = told("measured.ratings_on", count=number, platforms=named[: _LONGEST - len(who)])
    return Source("ratings", Kind.PATIENT, who, _newest(ratings))
