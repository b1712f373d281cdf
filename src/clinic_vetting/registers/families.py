"""Family names: whether two agree, for a statement; and what might be one, where absence is to be claimed.

A statement by number needs the family name too; absence needs that nothing in a name can be a family name that is
listed. Both lean towards a question.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Final

from clinic_vetting.registers import names
from clinic_vetting.registers.names import KEY, TITLES, Name

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def agree(given: Name, listed: Name) -> bool:
    """Say whether a person's family name is that of a row; not an initial, a title, or a given name alone.

    A word between given and family name counts as one too, if the given names begin alike.
    """
    if given.is_firm or listed.is_firm:
        return False
    if names.likeness(given, listed):
        return True
    family = _plain(listed.family)
    if _plain(given.family) & family:
        return True
    begins = bool(given.given and listed.given) and given.given[0][0] == listed.given[0][0]
    return begins and bool(_plain(given.given[1:] + given.family) & family)


def _plain(several: tuple[str, ...]) -> set[str]:
    """Give words that can be a family name, pairs of them joined."""
    return {each for each in (*several, *_joined(several)) if len(each) > 1 and each not in TITLES}


def _joined(several: tuple[str, ...]) -> list[str]:
    return ["".join(each) for each in pairwise(several)]


def keys(listed: Name) -> tuple[str, ...]:
    """Give the keys under which a listed family name is kept, whatever the given name; of a firm each of its words."""
    several = listed.family
    return tuple({f"{KEY}={each}": None for each in (*several, *_joined(several), "".join(several))})


def search_keys(name: str) -> tuple[str, ...]:
    """Give a key for each word of a name, titles and remarks too, and for each pair of them joined."""
    forms = {name.casefold(), name.casefold().translate(_UMLAUTS)}
    forms |= {each.replace("ae", "a").replace("oe", "o").replace("ue", "u") for each in tuple(forms)}
    several = [names.words(each) for each in sorted(forms)]
    return tuple({f"{KEY}={each}": None for one in several for each in (*one, *_joined(one))})


def is_read(name: str) -> bool:
    """Say whether every letter of a name was read: no other script, and no digit, which no name has."""
    letters = "".join(names.words(name))
    whole = unicodedata.normalize("NFKD", name.translate(names.LETTERS)).casefold()
    return letters.isalpha() and len(letters) == sum(map(str.isalnum, whole))
