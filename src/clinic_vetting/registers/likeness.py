"""How alike two names of people or of firms are, compared word by word."""

from __future__ import annotations

from enum import IntEnum

from clinic_vetting.registers.names import Name, firm
from clinic_vetting.registers.sounds import sound


class Likeness(IntEnum):
    """How alike two names are: spelt alike, the same as far as initials say, or the same."""

    ALIKE = 1
    INITIAL = 2
    SAME = 3


def likeness(one: Name, other: Name) -> Likeness | None:
    """Say how alike two names are; `None` where they are not to be taken for one another."""
    if one.is_firm or other.is_firm:
        return _alike_firms(one.words, other.words)
    found = (_alike_people(a, b) for a in _orders(one) for b in _orders(other))
    return max(filter(None, found), default=None)


def _orders(name: Name) -> list[Name]:
    """List the ways in which a name can be read, and parted where its form does not tell the family name."""
    return [order for each in name.readings for order in _partings(each)]


def _partings(name: Name) -> list[Name]:
    several = name.words
    if name.parted:
        return [name]
    parted = [(several[:at], several[at:]) for at in range(1, len(several))]
    return [Name(*each, parted=False) for one, other in parted for each in ((one, other), (other, one))]


def _alike_people(one: Name, other: Name) -> Likeness | None:
    if not one.given or not other.given:
        return None
    given = alike_words(one.given[0], other.given[0])
    if given is None or not _middles_agree(one.given[1:], other.given[1:]):
        return None
    family = _alike_families(one, other) or _alike_families(other, one)
    return family and min(family, given)


def _alike_families(one: Name, other: Name) -> Likeness | None:
    """Compare family names; one of the two of a double name is alike."""
    if "".join(one.family) == "".join(other.family):
        return Likeness.SAME
    if len(one.family) == len(other.family) == 1:
        return _spelt_alike(one.family[0], other.family[0])
    shared = other.parted and len(one.family) == 1 and one.family[0] in other.family
    return Likeness.ALIKE if shared else None


def alike_words(one: str, other: str) -> Likeness | None:
    """Say how alike two given names are: an initial is as good as the name; `None` where they are not."""
    if one == other:
        return Likeness.SAME
    if len(one) == 1 or len(other) == 1:
        return Likeness.INITIAL if one[0] == other[0] else None
    return _spelt_alike(one, other)


def _spelt_alike(one: str, other: str) -> Likeness | None:
    return Likeness.ALIKE if sound(one) == sound(other) and _one_slip(one, other) else None


def _one_slip(one: str, other: str) -> bool:
    """Say whether one letter more, less, other or changed places makes two words the same."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[at:], other[at:]
    swapped = first[:2] == second[1::-1] and first[2:] == second[2:]
    return first[1:] == second[1:] or first[1:] == second or first == second[1:] or swapped


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether middle names do not speak against it: one is missing, or begins as the other."""
    return all(a[0] == b[0] and (a == b or 1 in (len(a), len(b))) for a, b in zip(one, other, strict=False))


def _alike_firms(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    one, other = firm(" ".join(one)).family, firm(" ".join(other)).family
    if "".join(one) == "".join(other):
        return Likeness.SAME
    slips = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(slips) != 1:
        return None
    return _spelt_alike(*slips[0]) if min(map(len, slips[0])) > 3 else None
