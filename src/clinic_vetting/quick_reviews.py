"""Single reviews counted for the quick evaluation: one by one, or from columns where all of them count."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from clinic_vetting.measures.reviews import EXACT, RECENT
from clinic_vetting.review_columns import Columns

if TYPE_CHECKING:
    from collections.abc import KeysView, Sequence

    from clinic_vetting.clinic import Review

NO_STARS: Final = Decimal(0)


class Counted(NamedTuple):
    """How many ratings count, their stars, the newest of their days, and the newest days of all in order."""

    given: int
    stars: Decimal
    newest: dt.date | None
    days: list[dt.date]


def counted(written: Sequence[Review] | Columns, as_of: dt.date, aggregated: KeysView[str]) -> Counted:
    """Count single reviews on platforms without an aggregate."""
    if isinstance(written, Columns):
        return _all(written, as_of, aggregated) or counted(written.records(), as_of, aggregated)
    given, days, third, left_out = [], [], dt.date.min, False  # type: tuple[list[Decimal], list[dt.date], dt.date, bool]
    for each in written:
        if each.independent:
            date = each.date
            if date is not None and date >= third:
                if date > as_of:
                    continue
                insort(days, date)
                if len(days) > RECENT:
                    del days[0]
                    third = days[0]
            rating = each.rating
            if rating is None or each.platform in aggregated:
                left_out = True
            else:
                given.append(rating)
    newest = _newest(written, as_of, aggregated) if left_out else days[-1] if days else None
    return Counted(len(given), reduce(EXACT.add, given, NO_STARS), newest, days)


def _newest(written: Sequence[Review], as_of: dt.date, aggregated: KeysView[str]) -> dt.date | None:
    rated = (each for each in written if each.independent and each.rating is not None)
    dates = (each.date for each in rated if each.platform not in aggregated)
    return max((each for each in dates if each and each <= as_of), default=None)


def _all(columns: Columns, as_of: dt.date, aggregated: KeysView[str]) -> Counted | None:
    """Count all at once; `None` where some do not count."""
    days = [columns.day[each] for each in sorted(columns.raw["date"])[-RECENT:]]
    if days[-1] > as_of or (aggregated and not aggregated.isdisjoint(columns.raw["platform"])):
        return None
    ratings = columns.raw["rating"]
    stars = Decimal(sum(ratings)) if type(ratings[0]) is int else reduce(EXACT.add, columns.stars)
    return Counted(len(ratings), stars, days[-1], days)
