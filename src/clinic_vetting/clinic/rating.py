"""What patients say: ratings of platforms, single reviews."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from attrs import frozen

from clinic_vetting import fields


@frozen(kw_only=True)
class Rating:
    """A platform's own aggregate.

    Attributes:
        platform: Where, such as `Google`.
        mean: Mean of the ratings, 1..5 stars.
        count: How many ratings, 0..10,000,000.
        seen: The day on which the aggregate was read.
        independent: Whether the clinic has no say in what the platform shows.
    """

    platform: str = attrs.field(**fields.text(200))
    mean: Decimal = attrs.field(**fields.number(1, 5))
    count: int = attrs.field(**fields.whole(0, 10_000_000))
    seen: dt.date | None = attrs.field(default=None, **fields.day())
    independent: bool = attrs.field(default=True, **fields.flag())


@frozen(kw_only=True)
class Review:
    """One patient's review.

    Attributes:
        platform: Where it was written.
        rating: 1..5 stars; without one it is read, and not averaged.
        date: When it was written.
        verified: Whether the platform has checked that the author was a patient.
        author: As shown by the platform.
        text: What was written.
        independent: Whether the clinic has no say in what the platform shows.
    """

    platform: str = attrs.field(**fields.text(200))
    rating: Decimal | None = attrs.field(default=None, **fields.number(1, 5))
    date: dt.date | None = attrs.field(default=None, **fields.day())
    verified: bool | None = attrs.field(default=None, **fields.flag())
    author: str | None = attrs.field(default=None, **fields.text(300))
    text: str | None = attrs.field(default=None, **fields.text(20_000))
    independent: bool = attrs.field(default=True, **fields.flag())
