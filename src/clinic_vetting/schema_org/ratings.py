"""The ratings and reviews that a page shows of its own clinic, who has a say in them.

Their platform is a key, by which ratings and reviews are matched: its text is one in every language.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from clinic_vetting.clinic import Rating, Review
from clinic_vetting.errors import Fault, shown
from clinic_vetting.words import ENGLISH, say, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.evidence import Source
    from clinic_vetting.schema_org.markup import Thing
    from clinic_vetting.schema_org.reading import Reading

_BEST, _WORST = Decimal(5), Decimal(1)


def ratings(reading: Reading, place: Thing, source: Source) -> Iterator[Rating]:
    """Give the mean that the page shows of itself: the clinic has a say in it."""
    for each in place.things("aggregateRating"):
        mean = _stars(reading, each, "aggregateRating")
        count = reading.fit(Rating, "count", each.text("ratingCount", "reviewCount"), place, "aggregateRating")
        if mean is None or count is None:
            reading.told.append(told("note.import.page.rating", thing=str(place)))
        else:
            yield Rating(
                platform=say(ENGLISH, "source.own_page"), mean=mean, count=count, seen=source.seen, independent=False
            )


def reviews(reading: Reading, place: Thing) -> Iterator[Review]:
    """Give the reviews that the page shows of itself."""
    for each in place.things("review", "reviews"):
        stars = next((_stars(reading, one, "reviewRating") for one in each.things("reviewRating")), None)
        written = each.text("datePublished", "dateCreated")
        reading.used.add(id(each))
        yield Review(
            platform=say(ENGLISH, "source.own_page"),
            rating=stars,
            date=reading.fit(Review, "date", written[:10] if written else None, each, "datePublished"),
            author=reading.fit(Review, "author", each.text("author"), each, "author"),
            text=reading.fit(Review, "text", each.text("reviewBody", "description"), each, "reviewBody"),
            independent=False,
        )


def _stars(reading: Reading, at: Thing, where: str) -> Decimal | None:
    """Give a rating on a scale from 1 to 5, whatever scale the page has."""
    texts = [at.text(name) for name in ("ratingValue", "bestRating", "worstRating")]
    try:
        value, best, worst = (
            Decimal(text.replace(",", ".")) if text else usual
            for text, usual in zip(texts, (None, _BEST, _WORST), strict=True)
        )
    except ArithmeticError:
        value = best = worst = None
    if value is None or best is None or worst is None or not worst <= value <= best or not best > worst:
        got = shown("/".join(each for each in texts if each))
        expected, hint = told("fault.page.rating"), told("fault.left_out")
        reading.faults.append(Fault(reading.page.name, at.line, where, expected, got, hint))
        return None
    stars = _WORST + (value - worst) * (_BEST - _WORST) / (best - worst)
    return stars.quantize(Decimal("0.01")).normalize()
