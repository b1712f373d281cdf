"""Dates as publishers write them: ISO, American, British, without separators, or a month alone."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import Final

from clinic_vetting.words import told

_TIME: Final = re.compile(r"[T ]+\d{1,2}:\d{2}.*$")
_FORMS: Final = {
    "iso": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?"),
    "plain": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    "us": re.compile(r"(?P<m>\d{1,2})/(?:(?P<d>\d{1,2})/)?(?P<y>\d{4})"),
    "uk": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
}
_NONE: Final = frozenset({"", "0", "00000000"})


def expected(order: str) -> str:
    """Say which dates can be read, by what `03/04/2026` means: `us` or `uk`."""
    return told(f"fault.registers.dates.{order}")


@lru_cache(maxsize=50_000)
def day(text: str, order: str = "us") -> dt.date | None:
    """Read a day; of a month alone, its last day: nothing is said to be so before it surely was.

    Args:
        text: As written, a time of day after it left out; blank or zeros: no date.
        order: What `03/04/2026` means: `us` or `uk`.

    Raises:
        ValueError: It is no date.

        >>> day("05/2023"), day("20190420"), day("6/26/2025 12:00:00 AM")
        (datetime.date(2023, 5, 31), datetime.date(2019, 4, 20), datetime.date(2025, 6, 26))
    """
    written = _TIME.sub("", text.strip())
    if written in _NONE:
        return None
    for form in ("iso", "plain", order):
        if match := _FORMS[form].fullmatch(written):
            year, month = int(match["y"]), int(match["m"])
            if not 1 <= month <= 12 or not year >= 1:
                break
            return dt.date(year, month, int(match["d"] or calendar.monthrange(year, month)[1]))
    raise ValueError(text)


def is_month(text: str) -> bool:
    """Say whether a date that can be read is a month alone, so that its day is not known."""
    written = text.strip()
    return any((match := form.fullmatch(written)) and not match["d"] for form in _FORMS.values())
