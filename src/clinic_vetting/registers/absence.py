"""What the silence of the exclusions list says: that nobody on record can be on it, under any number or name.

It clears people, so that it is said only where nothing on record comes near a row: no number that can be an NPI, under
whatever authority, and no run of words of a name that is alike to a listed family name, whatever the given name and the
state. Most rows have no NPI: that a number is absent is no answer alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Clinic, Practitioner
from clinic_vetting.evidence import Answer, Statement
from clinic_vetting.identifiers import readings
from clinic_vetting.plain_words import words
from clinic_vetting.registers import names, spelling
from clinic_vetting.registers.asking import npis, numbers, unopposed
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.registers.register import Register

CRITERION: Final = "credentials.no_active_sanctions"
"""What absence speaks to."""


def absent(clinic: Clinic, register: Register, authorities: Iterable[str]) -> Clinic:
    """State that nobody on record is excluded, where the list was searched for each by NPI and by name.

    It proves that none of them is on the list, and no more: a state board's decision does not stand there. It is
    therefore left out where anything on record speaks against it, which it must not displace, and where the list has
    left a question open, of a person, of a firm or of a number.

    Args:
        clinic: With what every register says of it.
        register: The whole list, of which every row could be read.
        authorities: Under which names dossiers cite NPIs.
    """
    people, known = clinic.practitioners, tuple(authorities)
    searched = all(_can_be_searched(each, known) and not _may_be_listed(each, register, known) for each in people)
    asked = any(each.source.id.startswith(f"{register.kind.name}:") for each in clinic.possible_matches)
    in_reach = clinic.country in (None, "US")
    if not people or not searched or asked or not in_reach or not unopposed(clinic, CRITERION, register.as_of):
        return clinic
    said = Statement(Answer.YES, register.source(), told("exclusion.absent"))
    return clinic if said in clinic.answers.get(CRITERION, ()) else clinic.answering({CRITERION: said})


def has_npi(person: Practitioner, authorities: Iterable[str]) -> bool:
    """Say whether a person has an NPI, and each that is on record can be read and can be one."""
    found = [readings("NPI", each) for each in numbers(person, authorities)]
    return bool(found) and all(found)


def other_numbers(clinic: Clinic, authorities: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each number of a clinic that can be an NPI and is not given as a person's, with whom it is said to be of."""
    known = tuple(authorities)
    for each in clinic.registrations:
        yield from ((clinic.name or each.body, npi) for npi in readings("NPI", each.number or ""))
    for person in clinic.practitioners:
        own = npis(person, known)
        read = {npi for each in person.licences for npi in readings("NPI", each.number or "")}
        yield from ((person.name or npi, npi) for npi in sorted(read.difference(own)))


def _can_be_searched(person: Practitioner, authorities: tuple[str, ...]) -> bool:
    """Say whether a person is named in full, in letters that are read, and each NPI on record is one."""
    written = person.name or ""
    named = names.read(written)
    full = all(map(_is_full, named.readings))
    read = spelling.is_read(written) and len(words(written)) <= spelling.MOST_WORDS
    return full and read and not named.is_firm and has_npi(person, authorities)


def _is_full(named: names.Name) -> bool:
    return any(len(each) > 1 for each in named.given) and all(len(each) > 1 for each in named.family)


def _may_be_listed(person: Practitioner, register: Register, authorities: tuple[str, ...]) -> bool:
    """Say whether a number is listed, or any run of words of a name may be spelt as somebody's family name."""
    listed = any(register.by_number(each) for each in npis(person, authorities))
    return listed or register.holds(spelling.search_keys(person.name or ""))
