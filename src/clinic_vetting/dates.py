"""Spans of calendar time: how long evidence stays fresh."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import Final

from attrs import field, frozen
from attrs.validators import and_, ge, in_, instance_of, le

_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?")
_MOST: Final = 1_000_000_000
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}
ONE_DAY: Final = dt.timedelta(days=1)


@frozen
class Span:
    """A span of whole days or whole calendar months.

    Attributes:
        count: How many, from 1 to 1,000,000,000.
        unit: `day` or `month`. Weeks are days and years are months.
    """

    count: int = field(validator=and_(instance_of(int), ge(1), le(_MOST)))
    unit: str = field(default="month", validator=in_(("day", "month")))

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read `12 months`, `90 days`, `2 weeks` or `1 year`.

        Raises:
            ValueError: The text has another form.
        """
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise ValueError(text)
        count, unit = int(match[1]), match[2]
        if unit in _DAYS:
            return cls(count * _DAYS[unit], "day")
        return cls(count * _MONTHS[unit], "month")

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count > 1 else ''}"

    def times(self, n: int) -> Span:
        """Give the span `n` times as long, counted from one start."""
        return Span(min(self.count * n, _MOST), self.unit)

    def after(self, day: dt.date) -> dt.date:
        """Give the last day of the span that starts on `day`.

        Months are calendar months: the same day of the month, or the month's last. Beyond the year
        9999 it is `date.max`.
        """
        return _after(self.count, self.unit, day)


def between(first: dt.date, last: dt.date) -> Span:
    """Give the whole calendar months between two days, or the days where it is less than one; at least a day."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return Span(months) if months > 0 else Span(max((last - first).days, 1), "day")


@lru_cache(maxsize=4096)
def _after(count: int, unit: str, day: dt.date) -> dt.date:
    if unit == "day":
        left = (dt.date.max - day).days
        return day + dt.timedelta(days=min(count, left))
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
