"""FHIR resources as a clinic: its people, their licences and training, its registrations, each with its source."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import attrs
from attrs import frozen

from clinic_vetting import fields
from clinic_vetting.clinic import (
    Clinic,
    Licence,
    Practitioner,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Training,
)
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.evidence import Kind
from clinic_vetting.fhir.elements import parted
from clinic_vetting.fhir.organizations import clinic_of, find_organization, placed
from clinic_vetting.fhir.qualifications import SYSTEMS, Whose, numbers, read_qualifications, records
from clinic_vetting.fhir.resources import read_resources
from clinic_vetting.fhir.themselves import Themselves, themselves
from clinic_vetting.fhir.verification import REGISTERS, Standing, read_verification
from clinic_vetting.fhir.voices import Voices
from clinic_vetting.words import joined, recorded, told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from clinic_vetting.document import Document
    from clinic_vetting.evidence import Source
    from clinic_vetting.fhir.elements import Element
    from clinic_vetting.fhir.resources import Resource, Resources
    from clinic_vetting.fhir.verification import Verification

_MOST_PEOPLE: Final = fields.most(Clinic, "practitioners")
_LONGEST_NAME: Final = fields.most(Practitioner, "name")
_Record = TypeVar("_Record", Licence, Training)


@frozen
class Imported:
    """What came of FHIR resources.

    Attributes:
        clinic: What is evidence, as records with their sources.
        told: A sentence for everything that was said and is no evidence, in order.
        faults: What could not be read, with file, line and path.
    """

    clinic: Clinic
    told: tuple[str, ...]
    faults: tuple[Fault, ...]


def from_fhir(
    documents: Iterable[Document],
    clinic: Clinic | None = None,
    organization: str | None = None,
    as_of: dt.date | None = None,
) -> Imported:
    """Read FHIR resources as a clinic, or into one.

    Args:
        documents: FHIR JSON or XML, single resources or Bundles, as `open_document` reads them.
        clinic: What is known already; its records stay, and where it has no name or place the organization's is taken.
        organization: Which Organization the clinic is, as `Organization/1`; needed where there are several.
        as_of: The day of reading; what is dated after it is a fault. Without it, after the resource's last update.

    Raises:
        InputError: It is not clear which organization the clinic is, or it has no id.
    """
    resources = read_resources(documents)
    with _after(resources):
        place = find_organization(resources, organization)
        given = clinic or clinic_of(place)
    own = themselves(resources, place, clinic.name if clinic else None)
    reading = _Reading(resources, Voices(), _verifications(resources, own, as_of))
    people = reading.people(place)
    registrations = reading.registrations(place) if place else ()
    reading.tell_the_rest()
    for kind, count in sorted(resources.passed.items()):
        reading.voices.tell(told("note.import.fhir.passed", number=count, type=kind))
    found = attrs.evolve(
        placed(given, place, reading.voices),
        practitioners=(*given.practitioners, *people),
        registrations=(*given.registrations, *registrations),
    )
    return Imported(found, tuple(reading.voices.told), _faults(resources))


@contextmanager
def _after(resources: Resources) -> Iterator[None]:
    """Tell first what could not be read, where nothing comes of the rest."""
    try:
        yield
    except InputError as error:
        raise InputError([*_faults(resources), *error.faults]) from None


def _faults(resources: Resources) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(fault for each in resources.faults for fault in each.found))


@frozen(eq=False)
class _Reading:
    resources: Resources
    voices: Voices
    said: dict[str, list[Verification]]

    def people(self, place: Resource | None) -> tuple[Practitioner, ...]:
        """List the practitioners who have a role at the organization, or all where no role is given."""
        roles = self._roles(place)
        found = []
        for each in self.resources.of("Practitioner"):
            if roles is not None and each.key not in roles:
                clinic = place.key if place else told("note.import.fhir.the_clinic")
                self.voices.tell(told("note.import.fhir.no_role", key=each.key, clinic=clinic))
            elif each.at.text("active") == "false":
                self.voices.tell(told("note.import.fhir.record_inactive", key=each.key))
            else:
                found.append(self._person(each, (roles or {}).get(each.key)))
        for person in found[_MOST_PEOPLE:]:
            self.voices.tell(told("note.import.fhir.people", person=recorded(person), most=_MOST_PEOPLE))
        return tuple(found[:_MOST_PEOPLE])

    def _roles(self, place: Resource | None) -> dict[str, str | None] | None:
        """Give the role of each practitioner who has one here; nothing where the resources give no roles at all."""
        roles = list(self.resources.of("PractitionerRole"))
        found: dict[str, str | None] = {}
        for each in roles:
            whose = self._key(each, "practitioner")
            where = self._key(each, "organization")
            if each.at.text("active") == "false":
                self.voices.tell(told("note.import.fhir.inactive", key=each.key))
            elif whose and (place is None or where in (None, place.key)):
                found.setdefault(whose, each.at.label("code", most=100))
        return found if roles else None

    def _key(self, role: Resource, name: str) -> str | None:
        reference = role.at.reference(name)
        found = self.resources.at(reference, role.server)
        return found.key if found else reference

    def _person(self, resource: Resource, role: str | None) -> Practitioner:
        """Read one practitioner with everything that was verified."""
        at, name = resource.at, _name(resource.at)
        whose = Whose(name or resource.key, self._listing(resource))
        said = self.said.get(resource.key, [])
        licences: list[Licence] = list(numbers(at, whose.listing))
        training: list[Training] = []
        for each in read_qualifications(resource, self.resources):
            reaching = [one for one in said if one.reaches(each.path)]
            for record in records(each, reaching, self.voices, whose):
                licences.append(record) if isinstance(record, Licence) else training.append(record)
        shown = next((each.source for each in licences if each.status and each.source.kind is not Kind.CLAIM), None)
        return Practitioner(
            name=name,
            role=role,
            licences=self._most("licences", licences, whose),
            training=self._most("training", training, whose),
            source=shown or whose.listing,
        )

    def _most(self, name: str, found: list[_Record], whose: Whose) -> tuple[_Record, ...]:
        """Keep as many as a record holds, and tell of the others."""
        most = fields.most(Practitioner, name)
        for each in found[most:]:
            what = told("note.import.fhir.of", what=recorded(each), name=whose.name)
            self.voices.tell(told("note.import.fhir.too_many", what=what, most=most))
        return tuple(found[:most])

    def _listing(self, resource: Resource) -> Source:
        """Give the source of what nobody has verified: the directory's entry, which is its subject's word."""
        who = told("source.fhir_entry", key=resource.key)
        return self.voices.source(Kind.CLAIM, who, resource.at.day("meta", "lastUpdated"))

    def registrations(self, place: Resource) -> tuple[Registration, ...]:
        """Give the registrations of an organization that a registration authority has confirmed."""
        said = [each for each in self.said.get(place.key, []) if each.reaches("Organization")]
        said = [each for each in said if each.standing is not Standing.PROOF or _registered(each)]
        heard = self.voices.heard(said, place.key, self._listing(place)) if said else []
        number = next((each.text("value", most=100) for each in place.at.parts("identifier") if _is_own(each)), None)
        return tuple(
            Registration(
                kind=RegistrationKind.PREMISES,
                body=each.source.who[:200],
                number=number,
                status=RegistrationStatus.REGISTERED,
                expires=each.through,
                source=each.source,
            )
            for each in heard
            if each.source.kind is Kind.REGISTER
        )

    def tell_the_rest(self) -> None:
        """Tell of each verification that reached no record, so that none is dropped in silence."""
        for about, said in self.said.items():
            whom = about if self.resources.at(about) else told("note.import.fhir.not_held", about=about)
            for each in said:
                if each.key not in self.voices.used:
                    self.voices.tell(_bearing_on_nothing(each, whom))


def _bearing_on_nothing(each: Verification, about: str) -> str:
    parts = ", ".join(each.locations)
    status = told("note.import.fhir.of", what=each.status.value, name=parts) if parts else each.status.value
    return told("note.import.fhir.no_record", key=each.key, status=status, about=about)


def _registered(each: Verification) -> bool:
    return bool(each.confirmed_by and each.confirmed_by.types & REGISTERS)


def _is_own(identifier: Element) -> bool:
    return identifier.text("system") not in SYSTEMS


def _verifications(resources: Resources, own: Themselves, as_of: dt.date | None) -> dict[str, list[Verification]]:
    """List what was verified about each resource, in the order of the files."""
    found: dict[str, list[Verification]] = {}
    for each in resources.of("VerificationResult"):
        verification = read_verification(each, own, as_of)
        if verification is None:
            continue
        if not verification.targets:
            each.at.faults.note(each.at, told("fault.fhir.target"))
        for target in verification.targets:
            about = resources.at(target, each.server)
            found.setdefault(about.key if about else _elsewhere(target, each.server, resources), []).append(
                verification
            )
    return found


def _elsewhere(target: str, server: str, resources: Resources) -> str:
    """Name what is not here, or not surely, otherwise than anything that is."""
    if target not in resources.index:
        return target
    return joined("/", parted(target)[0] or server or told("note.import.fhir.server"), parted(target)[1])


def _name(at: Element) -> str | None:
    name = next(at.parts("name"), None)
    if name is None:
        return None
    parts = [each.text() for each in (*name.each("given"), *name.each("family"))]
    found = name.text("text", most=_LONGEST_NAME) or " ".join(each for each in parts if each)
    if len(found) > _LONGEST_NAME:
        at.faults.note(name, told("fault.fhir.name", most=_LONGEST_NAME), told("fault.it_is_left_out"))
        return None
    return found or None
