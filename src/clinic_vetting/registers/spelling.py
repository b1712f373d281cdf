"""Family names as they may be spelt: by what a listed one is kept, and by what a name is held against all of them.

Two names are alike where, of the first twelve letters, they are the same once at most one letter is left out of each;
where their consonants sound the same; or where the list has cut the one off at the length of its field. A listed name
has a key for each way of leaving out a letter and one for its sound, a name the same keys for each run of its words
joined: where they share one, the two are alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from clinic_vetting import plain_words
from clinic_vetting.registers.name_keys import KEY
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.sounds import consonants

MOST_WORDS: Final = 12
"""A name of more words cannot be held against a list."""
FIELD: Final = 20
"""How many characters the list has for a family name; what is longer is cut off."""
_LETTERS: Final = 12
"""How many letters are compared."""
_DIGITS: Final = 6
_LEAST: Final = 2
"""A single letter is an initial, and no family name."""
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MARKS: Final = frozenset(" '.,-\u2019`()/&")
"""What stands between the letters of a name."""


@lru_cache(maxsize=50_000)
def keys(family: str) -> tuple[str, ...]:
    """Give the keys of a listed family name; of one that fills its field, also for what it may be the beginning of."""
    several = plain_words.words(family)
    if len(family) < FIELD:
        return _alike(several)
    ends = ("".join(several[at:]) for at in range(len(several)))
    return (*_alike(several), *(f"{KEY}<{each[:_LETTERS]}" for each in ends if len(each) >= _LEAST))


def firm_keys(name: Name) -> tuple[str, ...]:
    """Give the keys of a listed firm: each of its words as it is spelt, and several of them joined."""
    return _exact(name.family)


def _exact(several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{KEY}={each}" for each in runs(several))


@lru_cache(maxsize=50_000)
def _alike(several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in runs(several) for key in _of_run(each)))


def _of_run(run: str) -> tuple[str, ...]:
    return (*(f"{KEY}-{each}" for each in _shortened(run)), f"{KEY}?{sound(run)}")


def _begun(several: tuple[str, ...]) -> Iterator[str]:
    for run in runs(several):
        yield from (f"{KEY}<{run[:length]}" for length in range(_LEAST, min(len(run), _LETTERS) + 1))


def search_keys(name: str) -> tuple[str, ...]:
    """Give the keys of whatever in a name may be a family name: any run of its words, titles and remarks too."""
    forms = {name.casefold(), name.casefold().translate(_UMLAUTS)}
    forms |= {each.replace("ae", "a").replace("oe", "o").replace("ue", "u") for each in tuple(forms)}
    several = [plain_words.words(each)[:MOST_WORDS] for each in sorted(forms)]
    found = ((*_exact(each), *_alike(each), *_begun(each)) for each in several)
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def runs(several: tuple[str, ...]) -> list[str]:
    """Join the words of each run of words; a single letter is none.

    >>> runs(("de", "la", "o"))
    ['de', 'dela', 'delao', 'la', 'lao']
    """
    parts = ("".join(several[at:end]) for at in range(len(several)) for end in range(at + 1, len(several) + 1))
    return [each for each in dict.fromkeys(parts) if len(each) >= _LEAST]


def _shortened(run: str) -> dict[str, None]:
    """Give a name's first letters, and what is left of them without any one."""
    begun = run[:_LETTERS]
    return dict.fromkeys((begun, *(begun[:at] + begun[at + 1 :] for at in range(len(begun)))))


def sound(word: str) -> str:
    """Give how the consonants of a word sound, in the classes of Soundex, its first letter as any other.

    >>> sound("stevens") == sound("stephens"), sound("philips") == sound("filips"), sound("smith") == sound("smart")
    (True, True, False)
    """
    return consonants(word)[:_DIGITS]


def is_read(name: str) -> bool:
    """Say whether every letter of a name was read: no other script, and no digit, which no name has."""
    letters = "".join(plain_words.words(name))
    whole = unicodedata.normalize("NFKD", name.translate(plain_words.LETTERS)).casefold()
    return letters.isalpha() and len(letters) == sum(map(str.isalnum, whole))


def is_whole(listed: str) -> bool:
    """Say whether a listed family name came through undamaged: Latin letters, and what stands between them.

    >>> is_whole("O'BRIEN-NUÑEZ"), is_whole("NU?EZ"), is_whole("D0E")
    (True, False, False)
    """
    if listed.isascii() and listed.replace(" ", "").isalpha():
        return True
    return is_read(listed) and not _is_garbled(listed) and all(each in _MARKS or _is_letter(each) for each in listed)


def is_latin(listed: str) -> bool:
    """Say whether no letter of a firm's listed name is lost or of another script; signs and digits are its own."""
    letters = "".join(filter(str.isalpha, listed))
    return "\ufffd" not in listed and not _is_garbled(listed) and (is_read(letters) or not letters)


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char) == "Mn"


def _is_garbled(text: str) -> bool:
    """Say whether UTF-8 was read as an older encoding."""
    try:
        return not text.isascii() and text.encode("cp1252").decode() != text
    except UnicodeError:
        return False
