"""What registers of identities say, in which anybody may enter: that a number is that person's, and no more.

To be found in one proves no licence; not to be found in one proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import attrs
from attrs import frozen

from clinic_vetting.clinic import Clinic, Licence, PossibleMatch, Practitioner
from clinic_vetting.registers import names
from clinic_vetting.registers.asking import MOST_LICENCES, capped, fitting, npis, possible, state, with_more
from clinic_vetting.registers.likeness import likeness
from clinic_vetting.words import told

MOST_ENTRIES: Final = 5
"""How many different rows of one number are taken into account."""

if TYPE_CHECKING:
    from clinic_vetting.registers.names import Name
    from clinic_vetting.registers.register import Register
    from clinic_vetting.registers.rows import Entry


def _once(entries: list[Entry], says: Callable[[Entry], str]) -> list[Entry]:
    """Keep the first of rows that say the same: somebody with several addresses has a row for each."""
    return list({says(each): each for each in reversed(entries)}.values())[:MOST_ENTRIES]


@frozen
class Identity:
    """How a register of identities is read.

    Attributes:
        authorities: Under which names dossiers cite its numbers; the first is written into records.
        named: The names of a row.
        state: The state of a row.
        says: What a row says, in words.
        odd: What about a row should make a person look again; blank where nothing is.
    """

    authorities: tuple[str, ...]
    named: Callable[[Entry], Iterable[Name]]
    state: Callable[[Entry], str]
    says: Callable[[Entry], str]
    odd: Callable[[Entry], str] = lambda _: ""

    def look(self, clinic: Clinic, register: Register) -> Clinic:
        """Add to each practitioner the entry that a number leads to, and ask where name and number disagree."""
        people, matches = [], list[PossibleMatch]()
        for person in clinic.practitioners:
            found = [each for number in self._numbers(person) for each in _once(register.by_number(number), self.says)]
            agreeing = [each for each in found if self._agrees(person, each) and not self.odd(each)]
            people.append(self._confirmed(person, agreeing, register))
            matches += [self._odd(person, each, register) for each in found if each not in agreeing]
            if not self._numbers(person):
                matches += capped(self._namesakes(clinic, person, register))
        clinic = attrs.evolve(clinic, practitioners=tuple(people))
        return with_more(clinic, possible_matches=matches)

    def _numbers(self, person: Practitioner) -> list[str]:
        return npis(person, self.authorities)

    def _agrees(self, person: Practitioner, entry: Entry) -> bool:
        given = names.read(person.name or "")
        return any(likeness(given, each) for each in self.named(entry))

    def _confirmed(self, person: Practitioner, found: Iterable[Entry], register: Register) -> Practitioner:
        new = [
            Licence(authority=self.authorities[0], number=entry["npi"], source=register.source(entry, self.says(entry)))
            for entry in found
        ]
        held = person.licences
        more, _ = fitting((each for each in new if each not in held), MOST_LICENCES - len(held))
        return attrs.evolve(person, licences=(*held, *more))

    def _odd(self, person: Practitioner, entry: Entry, register: Register) -> PossibleMatch:
        number = entry["npi"]
        ask = self.odd(entry) or told("register.number_of_another", number=number)
        return self._possible(person.name or told("register.person", number=number), entry, register, ask)

    def _possible(self, about: str, entry: Entry, register: Register, ask: str) -> PossibleMatch:
        name = next((" ".join(each.words).title() for each in self.named(entry)), "")
        return possible(register, entry, about, (name, self.says(entry)), ask)

    def _namesakes(self, clinic: Clinic, person: Practitioner, register: Register) -> Iterator[PossibleMatch]:
        """Give the rows of a name in the clinic's own state; elsewhere a name is most likely another person's."""
        if person.name and state(clinic) and clinic.country in (None, "US"):
            for entry, _ in register.by_name(names.read(person.name), self.named):
                if self.state(entry) == state(clinic):
                    ask = told("register.ask_number", number=entry["npi"])
                    yield self._possible(person.name, entry, register, ask)
