"""What ratings and reviews say in numbers; their texts are read elsewhere.

Reviews are weak evidence, and sometimes inverted: nothing here reaches the strength of a document.
A platform's own aggregate stands for its single reviews. What a clinic controls is left out.
"""

from __future__ import annotations

import datetime as dt
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from clinic_vetting.evidence import Answer, Kind, Source, Statement
from clinic_vetting.measures.registry import register
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic, Rating, Review
    from clinic_vetting.combining import Part

PRIOR_MEAN: Final = Decimal("3.5")
"""What a clinic's mean is taken to be before anybody has rated it: 3.5 of 5 stars."""
PRIOR_COUNT: Final = 10
"""How many ratings the prior weighs as much as."""
PRIOR_STARS: Final = int(PRIOR_MEAN * PRIOR_COUNT)
MOST: Final = 70
"""The strength that many ratings approach, in hundredths; half of it at `HALF_COUNT` ratings."""
HALF_COUNT: Final = 20
_LONGEST: Final = 300
"""How many characters name a source."""
RECENT: Final = 3
"""How many dated reviews show that patients still come."""


EXACT: Final = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
"""Adds up decimals without rounding, whatever context the application has set."""


def strength(count: int) -> int:
    """Give the strength of so many ratings."""
    return MOST * count // (count + HALF_COUNT)


def recent_strength(dated: int) -> int:
    """Give the strength of so many dated reviews, at most `RECENT`."""
    return 60 * dated // RECENT


@lru_cache(maxsize=5000)
def belief(count: int, stars: Decimal) -> tuple[int, int]:
    """Give what a mean proves and fails; the prior is no evidence, it only takes away from either."""
    total, of = stars.as_integer_ratio()
    given, shrunk, with_prior = count * of, total + PRIOR_STARS * of, (count + PRIOR_COUNT) * of
    most = strength(count)
    if PRIOR_COUNT * total >= PRIOR_STARS * given:
        return most * (shrunk - with_prior) // (4 * with_prior), most * (5 * given - total) // (4 * given)
    return most * (total - given) // (4 * given), most * (5 * with_prior - shrunk) // (4 * with_prior)


class _Ratings(NamedTuple):
    """Ratings on one platform, or on all of them."""

    given: int
    stars: Decimal
    newest: dt.date | None


@register("review_rating", reads=("ratings", "reviews"))
def review_rating(clinic: Clinic, as_of: dt.date) -> Part:
    """Give the mean rating, shrunk towards the prior; no ratings say nothing."""
    ratings, source = _everything(clinic, as_of)
    if not strength(ratings.given):
        return ()
    proven, failed = belief(ratings.given, ratings.stars)
    answer = Answer.YES if proven >= 3 * failed else Answer.NO if failed >= 3 * proven else Answer.PARTLY
    total, of = ratings.stars.as_integer_ratio()
    mean = total / (of * ratings.given)
    note = told("measured.mean", mean=f"{mean:.2f}", count=ratings.given)
    return (Statement(answer, source, note, None, (proven, failed)),)


@register("review_volume", reads=("ratings", "reviews"))
def review_volume(clinic: Clinic, as_of: dt.date) -> Part:
    """Count the ratings; few are weak evidence, and never speak against a clinic."""
    ratings, source = _everything(clinic, as_of)
    if not strength(ratings.given):
        return ()
    note = told("measured.ratings", count=ratings.given)
    return (Statement(Answer.YES, source, note, None, (strength(ratings.given), 0)),)


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


def _everything(clinic: Clinic, as_of: dt.date) -> tuple[_Ratings, Source]:
    platforms = _aggregates(clinic, as_of)
    _add_single(clinic, as_of, platforms)
    number = sum(each.given for each in platforms.values())
    stars = reduce(EXACT.add, (each.stars for each in platforms.values()), Decimal(0))
    newest = max((each.newest for each in platforms.values() if each.newest), default=None)
    named = ", ".join(sorted(platforms)) or told("measured.no_platform")
    who = told("measured.ratings_on", count=number, platforms=named)
    if len(who) > _LONGEST:
        who = told("measured.ratings_on", count=number, platforms=named[: _LONGEST - len(who)])
    return _Ratings(number, stars, newest), Source("ratings", Kind.PATIENT, who, newest)


def _aggregates(clinic: Clinic, as_of: dt.date) -> dict[str, _Ratings]:
    """Take each platform's newest aggregate."""
    found: dict[str, _Ratings] = {}
    for each in sorted(clinic.ratings, key=when_seen):
        if each.independent and each.count and (each.seen is None or each.seen <= as_of):
            found[each.platform] = _Ratings(each.count, EXACT.multiply(each.mean, each.count), each.seen)
    return found


def _add_single(clinic: Clinic, as_of: dt.date, platforms: dict[str, _Ratings]) -> None:
    """Sum up the single reviews on platforms that give no aggregate."""
    rated: dict[str, list[Review]] = {}
    for each in clinic.reviews:
        exists = each.date is None or each.date <= as_of
        if each.rating is not None and each.independent and exists and each.platform not in platforms:
            rated.setdefault(each.platform, []).append(each)
    for platform, reviews in rated.items():
        stars = reduce(EXACT.add, (each.rating for each in reviews if each.rating is not None), Decimal(0))
        newest = max((each.date for each in reviews if each.date), default=None)
        platforms[platform] = _Ratings(len(reviews), stars, newest)


def when_seen(rating: Rating) -> tuple[dt.date, Decimal, int]:
    """Order one platform's aggregates by their day."""
    return (rating.seen or dt.date.min, rating.mean, rating.count)
