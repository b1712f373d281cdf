"""Check digits, each by the name that the table of authorities uses; every text is of the right form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""Twice each digit, its own digits added up."""
_US_HEALTH: Final = "80840"
"""80 for health applications and 840 for the United States: what stands before an NPI on a card."""


def luhn(number: str) -> bool:
    """Check the last digit by Luhn's formula (ISO/IEC 7812-1, annex B)."""
    digits = [int(each) for each in reversed(number)]
    return (sum(digits[::2]) + sum(_DOUBLED[each] for each in digits[1::2])) % 10 == 0


def npi(number: str) -> bool:
    """Check a National Provider Identifier, with or without 80840 in front (69 FR 3434, 2004)."""
    return luhn(_US_HEALTH + number[-10:])


def dea(number: str) -> bool:
    """Check a DEA registration: odd places once, even places twice, and the last digit of the sum."""
    *digits, last = (int(each) for each in number[-7:])
    return (sum(digits[::2]) + 2 * sum(digits[1::2])) % 10 == last


def lanr(number: str) -> bool:
    """Check the first seven digits of a LANR, weighted 4 and 9 in turn, which sum to a multiple of ten."""
    digits = [int(each) for each in number[:7]]
    return (sum(4 * each for each in digits[:6:2]) + sum(9 * each for each in digits[1:6:2]) + digits[6]) % 10 == 0


HOLDS: Final[dict[str, Callable[[str], bool]]] = {each.__name__: each for each in (luhn, npi, dea, lanr)}
"""Whether a check digit holds, by name."""
