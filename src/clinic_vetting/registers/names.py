"""Names of people and firms, in plain words: accents, case, hyphens, titles and legal forms are away.

By `name_keys` they are found among many, and `likeness` compares what was found.
"""

from __future__ import annotations

from attrs import evolve, frozen

from clinic_vetting import titles
from clinic_vetting.plain_words import words
from clinic_vetting.titles import LEGAL_FORMS


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
    name = Name(titles.without(last) or last, titles.without(first) or first)
    return name if name.words == first + last else evolve(name, written=first + last)


def firm(text: str) -> Name:
    """Name a firm; its legal form is left out."""
    return Name(titles.without_legal_form(words(text)), is_firm=True)


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
    """Read a name of which the form does not tell the family name; where one word remains, as it is written too."""
    found = words(text)
    plain = titles.without(found) or found
    read = dict.fromkeys((titles.bare(plain), plain, *(titles.two(found) if len(plain) == 1 else ())))
    written = () if plain == found else found
    return _either(*(Name(each[-1:], each[:-1], parted=False, written=written) for each in read))


def _parted(name: Name) -> Name:
    """Read a name whose given names may begin with a title."""
    bare = titles.bare(name.given, least=1)
    return name if bare == name.given else _either(evolve(name, given=bare), name)


def _either(name: Name, *others: Name) -> Name:
    return evolve(name, others=others) if others else name
