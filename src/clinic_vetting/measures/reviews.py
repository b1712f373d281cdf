"""What ratings and reviews say in numbers; their texts are read elsewhere.

Reviews are weak evidence, and sometimes inverted: nothing here reaches the strength of a document.
A platform's own aggregate stands for its single reviews. What a clinic controls is left out.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from clinic_vetting.evidence import Answer, Kind, Source, Statement
from clinic_vetting.measures.registry import register

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic, Rating, Review
    from clinic_vetting.combining import Part

PRIOR_MEAN: Final = Fraction(7, 2)
"""What a clinic's mean is taken to be before anybody has rated it: 3.5 of 5 stars."""
PRIOR_COUNT: Final = 10
"""How many ratings the prior weighs as much as."""
MOST: Final = 70
"""The strength that many ratings approach, in hundredths; half of it at `HALF_COUNT` ratings."""
HALF_COUNT: Final = 20
RECENT: Final = 3
"""How many dated reviews show that patients still come."""


class _Ratings(NamedTuple):
    """Ratings on one platform, or on all of them."""

    number: int
    stars: Fraction
    newest: dt.date | None

    @property
    def strength(self) -> int:
        return MOST * self.number // (self.number + HALF_COUNT)

    @property
    def mean(self) -> Fraction:
        return self.stars / self.number

    @property
    def belief(self) -> tuple[int, int]:
        """What the mean proves and fails; the prior is no evidence, it only takes away from either."""
        shrunk = (PRIOR_MEAN * PRIOR_COUNT + self.stars) / (PRIOR_COUNT + self.number)
        good, bad = min(self.mean, shrunk) - 1, 5 - max(self.mean, shrunk)
        return int(self.strength * good / 4), int(self.strength * bad / 4)


@register("review_rating", reads=("ratings", "reviews"))
def review_rating(clinic: Clinic, as_of: dt.date) -> Part:
    """Give the mean rating, shrunk towards the prior; no ratings say nothing."""
    ratings, source = _everything(clinic, as_of)
    if not ratings.strength:
        return ()
    proven, failed = ratings.belief
    answer = Answer.YES if proven >= 3 * failed else Answer.NO if failed >= 3 * proven else Answer.PARTLY
    note = f"mean {float(ratings.mean):.2f} of 5 from {ratings.number} ratings"
    return (Statement(answer, source, note, None, (proven, failed)),)


@register("review_volume", reads=("ratings", "reviews"))
def review_volume(clinic: Clinic, as_of: dt.date) -> Part:
    """Count the ratings; few are weak evidence, and never speak against a clinic."""
    ratings, source = _everything(clinic, as_of)
    if not ratings.strength:
        return ()
    return (Statement(Answer.YES, source, f"{ratings.number} ratings", None, (ratings.strength, 0)),)


@register("recent_reviews", reads="reviews")
def recent_reviews(clinic: Clinic, as_of: dt.date) -> Part:
    """Take the third newest review as the day on which patients were last seen to come."""
    days = sorted(
        (each.date for each in clinic.reviews if each.independent and each.date and each.date <= as_of), reverse=True
    )
    newest = days[:RECENT]
    if not newest:
        return ()
    source = Source("reviews", Kind.PATIENT, f"{len(days)} dated reviews", newest[-1])
    return (Statement(Answer.YES, source, None, None, (60 * len(newest) // RECENT, 0)),)


def _everything(clinic: Clinic, as_of: dt.date) -> tuple[_Ratings, Source]:
    platforms = _aggregates(clinic, as_of)
    _add_single(clinic, as_of, platforms)
    number = sum(each.number for each in platforms.values())
    stars = sum((Fraction(each.stars) for each in platforms.values()), Fraction(0))
    newest = max((each.newest for each in platforms.values() if each.newest), default=None)
    who = f"{number} ratings on {', '.join(sorted(platforms)) or 'no platform'}"
    return _Ratings(number, stars, newest), Source("ratings", Kind.PATIENT, who[:300], newest)


def _aggregates(clinic: Clinic, as_of: dt.date) -> dict[str, _Ratings]:
    """Take each platform's newest aggregate."""
    found: dict[str, _Ratings] = {}
    for each in sorted(clinic.ratings, key=_when_seen):
        if each.independent and each.count and (each.seen is None or each.seen <= as_of):
            found[each.platform] = _Ratings(each.count, Fraction(each.mean) * each.count, each.seen)
    return found


def _add_single(clinic: Clinic, as_of: dt.date, platforms: dict[str, _Ratings]) -> None:
    """Sum up the single reviews on platforms that give no aggregate."""
    rated: dict[str, list[Review]] = {}
    for each in clinic.reviews:
        if each.rating is not None and each.independent and each.platform not in platforms:
            if each.date is None or each.date <= as_of:
                rated.setdefault(each.platform, []).append(each)
    for platform, reviews in rated.items():
        stars = sum((each.rating for each in reviews if each.rating is not None), Decimal(0))
        newest = max((each.date for each in reviews if each.date), default=None)
        platforms[platform] = _Ratings(len(reviews), Fraction(stars), newest)


def _when_seen(rating: Rating) -> tuple[dt.date, Decimal, int]:
    return (rating.seen or dt.date.min, rating.mean, rating.count)
