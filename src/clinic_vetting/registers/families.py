"""Whether the name of a row is a person's, where a number has led to it: for a statement both have to agree.

It leans towards a question: the family name has to be the same, and the given names must not speak against it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from clinic_vetting.registers.likeness import alike_words, likeness
from clinic_vetting.registers.names import Name
from clinic_vetting.titles import BEHIND, TITLES

_PARTICLES: Final = frozenset(
    {
        "abd", "al", "ben", "bin", "da", "das", "de", "degli", "del", "dela", "della", "den", "der", "di", "do", "dos",
        "du", "e", "el", "ibn", "la", "las", "le", "les", "lo", "los", "mac", "mc", "saint", "san", "santa", "st",
        "te", "ten", "ter", "van", "vander", "von", "y", "zu", "zum", "zur",
    }
)  # fmt: skip
"""Words that stand before many family names: to share one says nothing."""
_NO_FAMILY: Final = TITLES | BEHIND | _PARTICLES


def agree(given: Name, listed: Name) -> bool:
    """Say whether a person's name is that of a row.

    Either the two are alike as a whole. Or they share a word of the family name, which is no title, initial or
    particle, and the given names begin alike; a word between given and family name counts as one of the family name
    where the given names are the same or spelt alike.
    """
    if given.is_firm or listed.is_firm:
        return False
    if likeness(given, listed):
        return True
    return any(_share_family(one, other) for one in given.readings for other in listed.readings)


def _share_family(given: Name, listed: Name) -> bool:
    family = _plain(listed.family)
    if _plain(given.family) & family and _begin_alike(given, listed):
        return True
    return bool(_plain(given.given[1:] + given.family) & family) and _same_given(given, listed)


def _begin_alike(one: Name, other: Name) -> bool:
    return not (one.given and other.given) or one.given[0][0] == other.given[0][0]


def _same_given(one: Name, other: Name) -> bool:
    return bool(one.given and other.given) and alike_words(one.given[0], other.given[0]) is not None


def _plain(several: tuple[str, ...]) -> set[str]:
    """Give words that can be a family name, pairs of them joined."""
    joined = map("".join, pairwise(several))
    return {each for each in (*several, *joined) if len(each) > 1 and each not in _NO_FAMILY}
