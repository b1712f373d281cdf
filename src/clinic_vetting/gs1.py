"""The few GS1 element strings that say which product, which lot and until when.

Source: GS1 General Specifications, section 3 (application identifiers 01, 10 and 17).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from attrs import frozen

_ELEMENT = re.compile(r"\(([0-9]{2,4})\)([!-%&-'*-Z_a-z]{1,90})", re.ASCII)


@frozen
class Pack:
    """What a pack's code says: trade item number, lot, and the last day of use."""

    gtin: str | None
    lot: str | None
    expires: dt.date | None


@lru_cache(maxsize=4096)
def read(text: str) -> Pack:
    """Read the readable form, `(01)05060000000015(17)270630(10)A17`.

    Raises:
        ValueError: It has another form, or its date does not exist.
    """
    elements = dict(_ELEMENT.findall(text))
    if not elements or _ELEMENT.sub("", text).strip():
        message = "GS1 element strings such as (01)05060000000015(17)270630(10)A17"
        raise ValueError(message)
    expires = elements.get("17")
    return Pack(elements.get("01"), elements.get("10"), _expiry(expires) if expires else None)


def _expiry(text: str) -> dt.date:
    """Read YYMMDD; day 00 is the month's last, and the year is in the 2000s."""
    match = re.fullmatch("([0-9]{2})([0-9]{2})([0-9]{2})", text)
    try:
        year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
        return dt.date(2000 + year, month, day or calendar.monthrange(2000 + year, month)[1])
    except ValueError:
        message = "a GS1 expiry (17) as YYMMDD"
        raise ValueError(message) from None
