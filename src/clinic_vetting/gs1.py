"""The GS1 element strings that say which product, which lot and until when, however they were scanned or typed.

Source: GS1 General Specifications, sections 3 (application identifiers), 5.10 (symbology identifiers),
7.8 (separators and predefined lengths), 7.9 (check digits) and 7.12 (the century of a date).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEN_IN: Final = 2026
"""The year from which centuries are counted where nobody says when a pack was seen."""
GTINS: Final = frozenset({8, 12, 13, 14})
"""How many digits a GTIN has; written to 14 with zeros in front."""
LONGEST: Final = 20
"""The most characters of a lot or a serial number."""
_DATA: Final = "[!-%&-'*-Z_a-z]"
_READABLE: Final = re.compile(rf"\(([0-9]{{2,4}})\)({_DATA}{{1,90}})", re.ASCII)
_SCANNED: Final = re.compile(r"\](?:C1|e0|d2|Q3|J1)")
_SEPARATOR: Final = "\x1d"
_WRITTEN_SEPARATORS: Final = re.compile(r"\u241d|<GS>|\{GS\}|<FNC1>|\{FNC1\}")
_LENGTHS: Final = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, **dict.fromkeys(("11", "12", "13", "15", "16", "17"), 6),
    "20": 2, **dict.fromkeys(("31", "32", "33", "34", "35", "36"), 6), "41": 13,
}  # fmt: skip
"""Predefined lengths of data, by the first two digits of the identifier: no separator follows."""
_DIGITS: Final = {
    **dict.fromkeys(("23", "24", "25", "40", "41", "42", "71"), 3),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82"), 4),
}
"""How long an identifier is, by its first two digits; else two."""
_ASSIGNED: Final = re.compile("0[0-4]|1[0-35-7]|2[0-5]|3[0-79]|4[0-3]|7[0-2]|8[0-2]|9[0-9]")


@frozen
class Pack:
    """What a pack's code says.

    Attributes:
        gtin: Trade item number, 14 digits.
        lot: As written.
        expires: The last day of use.
        serial: As written.
    """

    gtin: str | None = None
    lot: str | None = None
    expires: dt.date | None = None
    serial: str | None = None


@lru_cache(maxsize=4096)
def read(text: str, year: int = SEEN_IN) -> Pack:
    """Read `(01)05060000000016(17)270630(10)A17`, or what a scanner gives of it.

    A scanner's text may begin with a symbology identifier (`]d2`, `]C1`, `]Q3`, `]e0`, `]J1`); its elements of free
    length end with the group separator (FNC1, ASCII 29), also written `<GS>`, `{GS}` or as its picture. Identifiers
    that say something else are passed over.

    Args:
        text: The code.
        year: When it was seen: two-digit years are the nearest, from 49 years before to 50 after.

    Raises:
        ValueError: It has another form, a length that its identifier does not have, or a date that does not exist.
    """
    elements: dict[str, str] = {}
    for key, value in _elements(text):
        if elements.setdefault(key, value) != value:
            raise ValueError(told("fault.pack.differ", key=key))
    for key in ("10", "21"):
        if len(elements.get(key, "")) > LONGEST:
            raise ValueError(told("fault.pack.longer", key=key, most=LONGEST, length=len(elements[key])))
    expires = elements.get("17")
    gtin = _gtin(elements["01"]) if "01" in elements else None
    return Pack(gtin, elements.get("10"), _day(expires, year) if expires else None, elements.get("21"))


def is_gtin(text: str) -> bool:
    """Say whether a text has the digits of a GTIN and the check digit that belongs to them."""
    return len(text) in GTINS and text.isascii() and text.isdecimal() and check_digit(text[:-1]) == text[-1]


def check_digit(digits: str) -> str:
    """Give the check digit that belongs behind some digits, weighted 3 and 1 from the right."""
    total = sum(int(each) * (1 if place % 2 else 3) for place, each in enumerate(reversed(digits)))
    return str(-total % 10)


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Split either form into identifiers and data."""
    if text.lstrip().startswith("("):
        yield from _readable(text)
        return
    rest = _WRITTEN_SEPARATORS.sub(_SEPARATOR, _SCANNED.sub("", text.strip(" \t\r\n"), count=1)).lstrip(_SEPARATOR)
    while True:
        key, value, rest = _first(rest)
        yield key, value
        if not rest:
            return


def _readable(text: str) -> Iterator[tuple[str, str]]:
    if _READABLE.sub("", text).strip():
        raise ValueError(told("fault.pack.gs1"))
    for key, value in _READABLE.findall(text):
        length = _LENGTHS.get(key[:2])
        if length and len(value) != length and not (key == "01" and len(value) in GTINS):
            raise ValueError(told("fault.pack.length", key=key, wanted=length, length=len(value)))
        yield key, value


def _first(text: str) -> tuple[str, str, str]:
    """Split off the first element of a scanned text."""
    if not _ASSIGNED.match(text):
        raise ValueError(told("fault.pack.gs1"))
    at = _DIGITS.get(text[:2], 2)
    length = _LENGTHS.get(text[:2])
    value = text[at : at + length] if length else text[at:].partition(_SEPARATOR)[0]
    if (length and len(value) < length) or not re.fullmatch(f"{_DATA}{{1,90}}", value, re.ASCII):
        raise ValueError(told("fault.pack.gs1"))
    return text[:at], value, text[at + len(value) :].removeprefix(_SEPARATOR)


def _gtin(text: str) -> str:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(told("fault.pack.gtin"))
    return text.zfill(14)


def _day(text: str, year: int) -> dt.date:
    """Read YYMMDD; day 00 is the month's last."""
    match = re.fullmatch("([0-9]{2})([0-9]{2})([0-9]{2})", text)
    try:
        short, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
        full = in_century(short, year)
        return dt.date(full, month, day or calendar.monthrange(full, month)[1])
    except ValueError:
        raise ValueError(told("fault.pack.expiry")) from None


def in_century(short: int, year: int) -> int:
    """Give the year that two digits mean when read in `year`: 49 years back to 50 ahead."""
    return year - 49 + (short - (year - 49)) % 100
