"""The keys under which a name is found among many.

Each is the sound of one word with the first letter of another. For a person in a register that is the family name with
the first letter of the given name, so that a lookup reads the few rows that share a key, whatever the order of the
words, with a middle name or without.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from clinic_vetting.registers.names import Name, firm, person
from clinic_vetting.registers.sounds import initial, sound

KEY: Final = "~"
"""What a name's keys begin with, so that no number is taken for one."""
_SHORT: Final = 3
_MOST: Final = 3
"""Words that are joined: `de la Cruz`."""


def keys(name: Name) -> tuple[str, ...]:
    """Give the keys under which a register's name is kept."""
    if name.is_firm:
        return _pairs(name.family[:1], name.family[1:2])
    if not name.others:
        return _pairs(name.family, name.given[:1])
    return tuple(dict.fromkeys(key for each in name.readings for key in _pairs(each.family, each.given[:1])))


@lru_cache(maxsize=50_000)
def person_keys(family: str, given: str) -> tuple[str, ...]:
    """Give the keys of a person whose family name and given names a register gives apart."""
    return keys(person(family, given))


@lru_cache(maxsize=50_000)
def firm_keys(text: str) -> tuple[str, ...]:
    """Give the keys of a firm."""
    return keys(firm(text))


def _pairs(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    adds = initial(second[0]) if second else ""
    joined = ("".join(first),) if len(first) > 1 else ()
    return tuple({f"{KEY}{sound(each)}{adds}": None for each in first + joined})


def search_keys(name: Name) -> tuple[str, ...]:
    """Give every key under which a name may be kept, whatever the order of its words."""
    several = (each[:8] for read in name.readings for each in (read.words, read.written))
    return tuple(dict.fromkeys(chain.from_iterable(map(_search_keys, several))))


def _joined(several: tuple[str, ...]) -> Iterator[str]:
    """Join short words, which may begin a family name that a register writes as one, to those behind: `O Brien`."""
    for at, word in enumerate(several):
        if len(word) <= _SHORT:
            yield from map("".join, (several[at:end] for end in range(at + 2, min(at + _MOST, len(several)) + 1)))


def _search_keys(several: tuple[str, ...]) -> Iterator[str]:
    for one in (*several, *_joined(several)):
        for adds in ("", *(initial(other) for other in several if other is not one)):
            yield f"{KEY}{sound(one)}{adds}"
