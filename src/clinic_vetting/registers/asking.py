"""What kinds of registers need to say something of a clinic: whom to look for, and how to add what was found."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import fields
from clinic_vetting.clinic import Clinic, PossibleMatch, Practitioner
from clinic_vetting.identifiers import readings
from clinic_vetting.measures.credentials import SANCTION
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from typing import TypeVar

    from clinic_vetting.registers.register import Register
    from clinic_vetting.registers.rows import Entry

    T = TypeVar("T")

MOST_LICENCES: Final = fields.most(Practitioner, "licences")
"""How many of them a practitioner may have."""
MOST_MATCHES: Final = 5
"""How many possible matches of one name in one register are listed; the rest are counted."""


def with_more(clinic: Clinic, **records: Iterable[Any]) -> Clinic:
    """Add records to a clinic, such as `sanctions`; one that is there already is not added again.

    Of more than a dossier may hold those that have not ended come first, and a question tells how many are left out.
    """
    more: dict[str, Any] = {}
    questions = list(records.pop("possible_matches", ()))
    for name, given in records.items():
        new, left = _new(clinic, name, given)
        more[name] = (*getattr(clinic, name), *new)
        questions += left_out(left)
    asked, _ = _new(clinic, "possible_matches", questions)
    return attrs.evolve(clinic, **more, possible_matches=(*clinic.possible_matches, *asked))


def _new(clinic: Clinic, name: str, given: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Part records that a clinic does not have yet into those for which it has room, and the rest."""
    held = getattr(clinic, name)
    return fitting((each for each in dict.fromkeys(given) if each not in held), fields.most(Clinic, name) - len(held))


def fitting(records: Iterable[T], room: int) -> tuple[list[T], list[T]]:
    """Part records into those for which there is room, and the rest.

    Of too many, decisions come first, those that end last before the others, and what is no decision comes last.
    """
    found = list(records)
    if len(found) > room:
        found.sort(key=_rank)
    return found[: max(room, 0)], found[max(room, 0) :]


def _rank(record: Any) -> tuple[bool, int]:
    ended: dt.date = getattr(record, "ended", None) or dt.date.max
    return getattr(record, "action", None) not in {None, *SANCTION}, -ended.toordinal()


def left_out(records: list[Any]) -> list[PossibleMatch]:
    """Give the question that tells of records for which there is no room; none where there are none."""
    if not records:
        return []
    one = records[-1]
    about = getattr(one, "practitioner", None) or getattr(one, "number", None) or told("register.the_clinic")
    name, ask = told("register.more_rows"), told("register.left_out", count=len(records))
    return [PossibleMatch(about=cut(about, 300), name=name, place=one.source.id[:200], ask=ask, source=one.source)]


def is_one(written: str, authorities: Iterable[str]) -> bool:
    """Say whether an authority's name is one of some, whatever its case, blanks and stops."""
    return _folded(written) in set(map(_folded, authorities))


@lru_cache(maxsize=1000)
def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def number_key(written: str) -> str:
    """Give what a number is found by; blank where it is none, such as `pending` or `000`.

    >>> number_key("cl - 001"), number_key("A00000"), number_key("n/a")
    ('CL001', '', '')
    """
    plain = unicodedata.normalize("NFKC", written)
    is_number = any(unicodedata.decimal(each, 0) for each in plain)
    return "".join(filter(str.isalnum, plain)).upper() if is_number else ""


def numbers(person: Practitioner, authorities: Iterable[str]) -> Iterator[str]:
    """Give the numbers under which a person is said to stand in a register, by any of the register's names."""
    known = tuple(authorities)
    for each in person.licences:
        if each.number and is_one(each.authority, known):
            yield each.number.strip()


def npis(person: Practitioner, authorities: Iterable[str]) -> list[str]:
    """Give every NPI that a person's numbers may be read as, however they are written, and each as it is written."""
    written = list(numbers(person, authorities))
    read = [each[-10:] for number in written for each in readings("NPI", number)]
    return sorted({*written, *read})


def possible(  # noqa: PLR0913 - what a possible match is made of
    register: Register, entry: Entry, about: str, named: tuple[str, str], ask: str, *, by_number: bool = False
) -> PossibleMatch:
    """Make a possible match of a row: a question, never a statement.

    Args:
        register: Where the row stands.
        entry: The row.
        about: Whom or what of the clinic it may concern.
        named: The row's name, and what the row says.
        ask: How to find out.
        by_number: Whether a number tells that the row is about them, and only its words are in question.
    """
    name, says = named
    return PossibleMatch(
        about=cut(about, 300),
        name=cut(name or told("register.no_name"), 300),
        place=register.place(entry),
        says=cut(says, 1000) or None,
        ask=cut(ask, 1000),
        source=register.asking(entry, by_number=by_number),
    )


def capped(matches: Iterable[PossibleMatch]) -> list[PossibleMatch]:
    """Keep the first few; the last of them tells how many more there are."""
    found = list(matches)
    if len(found) <= MOST_MATCHES:
        return found
    *kept, last = found[:MOST_MATCHES]
    more = joined(" ", told("register.not_listed", count=len(found) - MOST_MATCHES), last.ask)
    return [*kept, attrs.evolve(last, ask=cut(more, 1000))]


def firms(clinic: Clinic) -> list[str]:
    """List the firms that a clinic's records name: itself, its products' suppliers and makers; sorted."""
    found = {clinic.name} | {each.maker for each in clinic.products}
    found |= {each.supplier.name for each in clinic.products if each.supplier}
    return sorted(each for each in found if each)


def state(clinic: Clinic) -> str:
    """Give a US clinic's state, such as `CA`; blank where it is not said."""
    region = clinic.region or ""
    return region[3:] if region.startswith("US-") else ""


def unopposed(clinic: Clinic, criterion: str, day: dt.date) -> bool:
    """Say whether nothing on record speaks against a clinic: no answer, and no decision that has not ended by a day."""
    decided = any(each.action in SANCTION and not (each.ended and each.ended <= day) for each in clinic.sanctions)
    return not decided and not any(each.against for each in clinic.answers.get(criterion, ()))
