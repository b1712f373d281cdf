"""Unique device identifiers as labels show them: whose code it is, which device, which lot, until when.

Source: US FDA, "UDI formats by FDA-accredited issuing agency" (GS1, HIBCC, ICCBBA); ANSI/HIBC 2.6, sections 2 to 4;
ISBT 128 Standard, section on coding of medical devices.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from clinic_vetting import gs1
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Callable


class Agency(StrEnum):
    """Who issues the device identifier."""

    GS1 = "GS1"
    HIBCC = "HIBCC"
    ICCBBA = "ICCBBA"


@frozen
class Udi:
    """A device identifier (`di`), and the production identifiers that were read beside it.

    Attributes:
        agency: Who issued it.
        di: Which device: a GTIN, or labeler, product and unit of a HIBC, or the ISBT 128 identifier.
        lot: As written.
        expires: The last day of use.
        serial: As written.
    """

    agency: Agency
    di: str
    lot: str | None = None
    expires: dt.date | None = None
    serial: str | None = None


_CHECKED: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_HIBC: Final = re.compile(r"\+([A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9])((?:/[^/]+)*)", re.ASCII)
_SECONDARY: Final = re.compile(r"\$\$(\+?)(?:8[0-9]{2}|9[0-9]{5})?([2-6]?)(.*)|\$(\+?)(.*)|([0-9]{5})(.*)", re.ASCII)
"""A HIBC's lot or (behind `+`) serial, behind a quantity, which is passed over, and a date in the form of its digit."""
_ISBT: Final = re.compile(r"=/([A-Z0-9]{16})((?:[=&][^=&]+)*)", re.ASCII)


@lru_cache(maxsize=4096)
def read(text: str, year: int = gs1.SEEN_IN) -> Udi:
    """Read the UDI of any of the three issuing agencies; `year` is when it was seen, for years of two digits.

    Raises:
        ValueError: It has none of their forms, no device identifier, a wrong check character, or an impossible date.
    """
    text = text.strip()
    if text.startswith("+"):
        return _hibc(text.upper(), year)
    if text.startswith("="):
        return _isbt(text)
    pack = gs1.read(text, year)
    if pack.gtin is None:
        raise ValueError(told("fault.pack.udi"))
    return Udi(Agency.GS1, pack.gtin, pack.lot, pack.expires, pack.serial)


def _hibc(text: str, year: int) -> Udi:
    """Read a Health Industry Bar Code; its last character checks all others."""
    if not set(text) <= set(_CHECKED) or _CHECKED[sum(map(_CHECKED.index, text[:-1])) % 43] != text[-1]:
        raise ValueError(told("fault.pack.checked", udi=told("fault.pack.udi")))
    match = _HIBC.fullmatch(text[:-1].removesuffix("/"))
    if not match:
        raise ValueError(told("fault.pack.udi"))
    found = Udi(Agency.HIBCC, match[1])
    for part in match[2].split("/")[1:]:
        found = _with_secondary(found, part, year)
    return found


def _with_secondary(found: Udi, part: str, year: int) -> Udi:
    """Add what one part behind a slash says; what is none of lot, serial and expiry is passed over."""
    if part.startswith("14D"):
        return evolve(found, expires=_date(part[3:], "%Y%m%d"))
    if part.startswith("S"):
        return evolve(found, serial=part[1:])
    match = _SECONDARY.fullmatch(part)
    if not match:
        return found
    dated_plus, form, dated, plus, bare, julian, lot = match.groups()
    if julian:
        return evolve(found, expires=_julian(julian, year), lot=lot or found.lot)
    expires, rest = _dated(form, dated, year) if dated is not None else (None, bare)
    found = evolve(found, expires=expires or found.expires)
    return evolve(found, serial=rest or None) if dated_plus or plus else evolve(found, lot=rest or None)


def _dated(form: str, text: str, year: int) -> tuple[dt.date | None, str]:
    """Split a date of one of the HIBC's forms from what follows it."""
    if not form and text.startswith("7"):
        return None, text[1:]
    length, reads = _FORMS[form]
    return reads(text[:length], year), text[length:]


def _mmyy(text: str, year: int) -> dt.date:
    """Read the month after which a device may not be used."""
    day = _date(f"01{text}", "%d%m%y")
    full = gs1.in_century(day.year % 100, year)
    return dt.date(full, day.month, calendar.monthrange(full, day.month)[1])


def _mmddyy(text: str, year: int) -> dt.date:
    return _of_century(text[4:] + text[:4], year)


def _of_century(text: str, year: int) -> dt.date:
    if not re.fullmatch("[0-9]{6,8}", text, re.ASCII):
        raise ValueError(told("fault.pack.udi"))
    return _date(f"{gs1.in_century(int(text[:2]), year)}{text[2:6]}", "%Y%m%d")


def _julian(text: str, year: int) -> dt.date:
    if not re.fullmatch("[0-9]{5,7}", text, re.ASCII):
        raise ValueError(told("fault.pack.udi"))
    return _date(f"{gs1.in_century(int(text[:2]), year)}{text[2:5]}", "%Y%j")


_FORMS: Final[dict[str, tuple[int, Callable[[str, int], dt.date]]]] = {
    "": (4, _mmyy), "2": (6, _mmddyy), "3": (6, _of_century), "4": (8, _of_century), "5": (5, _julian),
    "6": (7, _julian),
}  # fmt: skip
"""Dates of a HIBC by their digit: how long they are, and what reads them."""


def _isbt(text: str) -> Udi:
    """Read an ISBT 128 compound message; its years have three digits, the century first."""
    match = _ISBT.fullmatch(text)
    if not match:
        raise ValueError(told("fault.pack.udi"))
    found = Udi(Agency.ICCBBA, match[1])
    for part in re.findall("[=&][^=&]+", match[2]):
        if part.startswith("=>"):
            found = evolve(found, expires=_date(f"2{part[2:8]}", "%Y%j"))
        elif part.startswith("&,1"):
            found = evolve(found, lot=part[3:])
        elif part.startswith("=,"):
            found = evolve(found, serial=part[2:])
    return found


def _date(text: str, form: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, wherever it is
    except ValueError:
        raise ValueError(told("fault.pack.last_day", text=repr(text))) from None
