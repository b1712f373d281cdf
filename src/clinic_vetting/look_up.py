"""Where a person looks up what a question asks: the registers' own addresses, and the numbers on record."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from clinic_vetting import tables
from clinic_vetting.clinic import RegistrationKind
from clinic_vetting.identifiers import Form, check_number
from clinic_vetting.measures.credentials import injectors
from clinic_vetting.words import ENGLISH, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.plan import Asked
    from clinic_vetting.tables import Authority

Entry: TypeAlias = tuple[str, str | None]
"""A body as a record names it, and the number, if one is on record."""


@frozen
class LookUp:
    """One place to look.

    Attributes:
        authority: The body by its short name.
        name: The body in full.
        url: The register's own address; `None` where it is not known here.
        number: What to look up, where a number is on record.
        form: What the form of that number shows, where it is judged, and
        says: the same as a sentence.
    """

    authority: str
    name: str
    url: str | None
    number: str | None = None
    form: Form | None = None
    says: str | None = None

    def __str__(self) -> str:
        return self.told(ENGLISH)

    def told(self, language: str) -> str:
        """Say where to look, and what for."""
        where = self.url or say(language, "look_up.no_address")
        if self.form is None:
            named = self.name if self.name == self.authority else f"{self.name} ({self.authority})"
            form = "look_up.number" if self.number else "look_up.place"
            return say(language, form, name=named, number=self.number, where=where)
        form = say(language, f"form.{self.form}")
        return say(language, "look_up.formed", name=self.authority, number=self.number, form=form, where=where)


def look_up(asked: Asked, clinic: Clinic) -> tuple[LookUp, ...]:
    """List where to look up the answer to a question: bodies on record, or those of the clinic's country.

    The latter where no number on record stands for a licence, as an NPI does not. Nothing for questions that no
    register answers, and where neither body nor country is known.
    """
    watch = asked.measure.registers if asked.measure else None
    if watch is None:
        return ()
    entries = {*(_licences(clinic) if watch == "people" else _premises(clinic))}
    ordered = sorted(entries, key=lambda entry: (entry[0], entry[1] or ""))
    return _places(watch, tuple(ordered), clinic.country, clinic.region)


def _licences(clinic: Clinic) -> Iterator[Entry]:
    return ((each.authority, each.number) for person in injectors(clinic) for each in person.licences)


def _premises(clinic: Clinic) -> Iterator[Entry]:
    premises = (each for each in clinic.registrations if each.kind is RegistrationKind.PREMISES)
    return ((each.body, each.number) for each in premises)


@lru_cache(maxsize=4096)
def _places(watch: str, entries: tuple[Entry, ...], country: str | None, region: str | None) -> tuple[LookUp, ...]:
    known = [(body, number) for name, number in entries if (body := tables.find(name))]
    more = () if any(body.licence for body, _ in known) else _registers(watch, country, region)
    return tuple(_place(body, number, country) for body, number in (*known, *((body, None) for body in more)))


def _place(body: Authority, number: str | None, country: str | None) -> LookUp:
    checked = check_number(body.id, number or "")
    if number is None or not checked.holds_in(country):
        return LookUp(body.id, body.name, body.look_up, number)
    return LookUp(body.id, body.name, body.look_up, number, checked.form, checked.says)


def _registers(watch: str, country: str | None, region: str | None) -> Iterator[Authority]:
    """Give the registers of a place that can be looked up; regional ones where the region is known to be theirs."""
    for each in (*tables.authorities().values(), *tables.boards().values()):
        there = each.country == country and (not each.regions or region in each.regions)
        if there and each.of == watch and each.licence and each.look_up:
            yield each
