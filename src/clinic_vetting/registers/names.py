"""Names of people and firms: how they are found among many, and how alike two of them are.

Method: a name is brought to plain words (accents, case, hyphens, titles and legal forms away). For finding, each
name has a few keys: the sound of one word (American Soundex) with the first letter of another. For a person in a
register that is the family name with the first letter of the given name, so that a lookup reads the few rows that
share a key, whatever the order of the words, with a middle name or without. What was found is compared word by word.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from clinic_vetting import plain_words
from clinic_vetting.registers import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS: Final = plain_words.LETTERS
words: Final = plain_words.words
LEGAL_FORMS: Final = frozenset(
    {
        "inc", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "llp", "lp", "pllc", "pc",
        "gmbh",
        "ag", "sa", "srl", "sl", "bv", "pty", "pvt", "sas", "kg", "oy", "ab", "spa", "the", "and", "of", "incorporated",
    }
)  # fmt: skip
SOUNDS: Final = {letter: digit for digit, letters in enumerate(
    ("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1
) for letter in letters}  # fmt: skip
KEY: Final = "~"
"""What a name's keys begin with, so that no number is taken for one."""


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "the same name"
    INITIAL = "the same name, as far as initials say"
    ALIKE = "a name spelt alike"


@frozen
class Name:
    """A name in plain words.

    Attributes:
        family: Words of the family name, where the name's form tells them; of a firm, all of its words.
        given: The other words, in order.
        is_firm: Whether it is taken for a firm.
        parted: Whether the name's form tells which words are the family name.
        others: The other readings of a name of which a word may be a title.
        written: All words, where some are left out: a database keeps names as it was filled, maybe with more of them.
    """

    family: tuple[str, ...]
    given: tuple[str, ...] = ()
    is_firm: bool = False
    parted: bool = True
    others: tuple[Name, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[Name, ...]:
        """Every reading, this one first."""
        return (self, *self.others)

    @property
    def words(self) -> tuple[str, ...]:
        """All words."""
        return self.given + self.family


def person(family: str, given: str = "", middle: str = "") -> Name:
    """Name a person whose parts a register gives."""
    last, first = words(family), words(given) + words(middle)
    name = Name(titles.without(last) or last, titles.without(first))
    return name if name.words == first + last else evolve(name, written=first + last)


def firm(text: str) -> Name:
    """Name a firm; its legal form is left out."""
    found = words(text)
    return Name(tuple(each for each in found if each not in LEGAL_FORMS) or found, (), is_firm=True)


def read(text: str) -> Name:
    """Read `FAMILY, GIVEN MIDDLE`, `Given Middle Family, CREDENTIALS`, or a firm, told by its legal form.

    >>> read("EXAMPLE, ANNE Q").given, read("1 BEST CARE, INC").is_firm
    (('anne', 'q'), True)
    """
    text = titles.uncertified(text)
    before, _, after = text.partition(",")
    found, ends, several = words(text), words(after), len(words(before)) > 1
    credentials = after.isupper() and not before.isupper() and several and not set(ends) <= LEGAL_FORMS
    is_firm = any(each in LEGAL_FORMS for each in found[1:]) or (found and any(map(str.isdigit, found[0])))
    if is_firm and not credentials:
        return firm(text)
    if credentials:
        return _unparted(before)
    if not titles.without(ends):
        return _unparted(text)
    if several and titles.KNOWN.issuperset(words(after.partition(",")[0])):
        return _either(*_unparted(before).readings, person(before, after))
    return _parted(person(before, after))


def _unparted(text: str) -> Name:
    """Read a name of which the form does not tell the family name."""
    found = words(text)
    plain = titles.without(found) or found
    read = dict.fromkeys((titles.bare(plain), plain))
    written = () if plain == found else found
    return _either(*(Name(each[-1:], each[:-1], parted=False, written=written) for each in read))


def _parted(name: Name) -> Name:
    """Read a name whose given names may begin with a title."""
    bare = titles.bare(name.given, least=1)
    return name if bare == name.given else _either(evolve(name, given=bare), name)


def _either(name: Name, *others: Name) -> Name:
    return evolve(name, others=others) if others else name


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Give a word's American Soundex, its first letter folded where two letters sound alike at the beginning.

    Source: https://www.archives.gov/research/census/soundex

        >>> sound("robert"), sound("rupert"), sound("katherine") == sound("catherine")
        ('r163', 'r163', True)
    """
    code, before = "", SOUNDS.get(word[0], 0)
    for letter in word[1:]:
        digit = SOUNDS.get(letter, 0)
        if digit and digit != before:
            code += str(digit)
        if letter not in "hw":
            before = digit
    return f"{_initial(word)}{code[:3]:0<3}"


def _initial(word: str) -> str:
    return {"k": "c", "q": "c", "z": "s", "j": "g", "y": "i"}.get(word[0], word[0])


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
    initial = _initial(second[0]) if second else ""
    joined = ("".join(first),) if len(first) > 1 else ()
    return tuple({f"{KEY}{sound(each)}{initial}": None for each in first + joined})


def search_keys(name: Name) -> tuple[str, ...]:
    """Give every key under which a name may be kept, whatever the order of its words."""
    several = (each[:8] for read in name.readings for each in (read.words, read.written))
    return tuple(dict.fromkeys(chain.from_iterable(map(_search_keys, several))))


def _search_keys(several: tuple[str, ...]) -> Iterator[str]:
    for one in several:
        for initial in ("", *(_initial(other) for other in several if other is not one)):
            yield f"{KEY}{sound(one)}{initial}"


def likeness(one: Name, other: Name) -> Likeness | None:
    """Say how alike two names are; `None` where they are not to be taken for one another."""
    if one.is_firm or other.is_firm:
        return _alike_firms(one.words, other.words)
    found = (_alike_people(a, b) for a in _orders(one) for b in _orders(other))
    return max(filter(None, found), key=RANK.index, default=None)


RANK: Final = (Likeness.ALIKE, Likeness.INITIAL, Likeness.SAME)


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
    return family and min(family, given, key=RANK.index)


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
