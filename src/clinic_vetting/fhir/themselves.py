"""Those whose confirmation is their own word: the clinic, its people, whatever they are called or referred to by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting import titles
from clinic_vetting.fhir.elements import parted
from clinic_vetting.plain_words import words_of_any_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.fhir.elements import Element
    from clinic_vetting.fhir.resources import Resource, Resources

_SELF: Final = frozenset(
    {
        "self", "myself", "himself", "herself", "themselves", "me", "own", "same", "applicant", "practitioner",
        "provider", "clinician", "licensee", "holder", "subject", "individual", "person", "the", "reported", "attested",
        "declared",
    }
)  # fmt: skip
"""Words that name nobody but the one it is about."""
_PERSON: Final = re.compile(
    r"(?:^|/)#|(?:^|/)(?:practitioner(?:role)?|patient|person|relatedperson)(?:[/?|#]|$)", re.IGNORECASE
)
"""What points to a person, or into the resource itself: nobody who keeps a register."""


@frozen
class Themselves:
    """The clinic and its people.

    Attributes:
        references: Keys and full URLs of their resources.
        people: The words of each person's name, without titles.
        places: The names of the clinic, in letters and digits alone.
        numbers: Their identifiers, likewise.
    """

    references: frozenset[str] = frozenset()
    people: frozenset[frozenset[str]] = frozenset()
    places: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def include(self, reference: str | None, name: str, number: str | None = None) -> bool:
        """Say whether a source is one of them or just any person: by what it points to, its name or its number."""
        if _PERSON.search(reference or "") or _bare(reference or "") in self.references:
            return True
        if _joined(name) in self.places or (number and _joined(number) in self.numbers):
            return True
        words = _person(name)
        if words <= _SELF:
            return True
        full = {each for each in words if len(each) > 1}
        return any((len(each) > 1 and each <= words) or (full and full <= each) for each in self.people)


NOBODY: Final = Themselves()


def themselves(resources: Resources, place: Resource | None, clinic: str | None = None) -> Themselves:
    """Gather them: everybody listed, the organization that is the clinic, and others of its name."""
    named = {_joined(each) for each in (*_names(place), clinic or "")} - {""}
    places = [each for each in resources.of("Organization") if each is place or named & set(map(_joined, _names(each)))]
    people = [*resources.of("Practitioner"), *resources.of("PractitionerRole")]
    said = [name for each in people for name in _people(each.at)]
    said += [name for each in resources.of("VerificationResult") for name in _targets(each.at)]
    return Themselves(
        frozenset(_bare(key) for each in (*places, *people) for key in (each.key, each.url) if key),
        frozenset(words for each in said if (words := _core(_person(each)))),
        frozenset(named),
        frozenset(_joined(number) for each in (*places, *people) for number in _numbers(each.at)),
    )


def _names(place: Resource | None) -> Iterator[str]:
    if place is not None:
        yield from filter(None, (each.text() for key in ("name", "alias") for each in place.at.each(key)))


def _people(at: Element) -> Iterator[str]:
    for name in at.each("name"):
        parts = [each.text() for each in (*name.each("given"), *name.each("family"))]
        yield from (name.text("text") or "", " ".join(each for each in parts if each))
    yield at.text("practitioner", "display") or ""


def _targets(at: Element) -> Iterator[str]:
    yield from filter(None, (each.text("display") for each in at.each("target")))


def _numbers(at: Element) -> Iterator[str]:
    yield from filter(None, (each.text("value") for each in at.parts("identifier")))


def _bare(reference: str) -> str:
    """Give type and id in small letters, whatever the server, what is asked of it and the case."""
    return parted(re.split(r"[?|#]", reference)[0].removeprefix("./"))[1].casefold()


def _person(name: str) -> frozenset[str]:
    return frozenset(titles.bare(titles.without(words_of_any_script(name))))


def _core(words: frozenset[str]) -> frozenset[str]:
    """Leave initials away where at least two words stay."""
    full = frozenset(each for each in words if len(each) > 1)
    return full if len(full) > 1 else words


def _joined(name: str) -> str:
    return "".join(titles.without_legal_form(words_of_any_script(name)))
