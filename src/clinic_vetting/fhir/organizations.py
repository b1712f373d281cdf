"""Which organization the clinic is, and what a clinic takes from it: its id, its name and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from clinic_vetting.clinic import Clinic
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.fhir.resources import Resource, Resources
    from clinic_vetting.fhir.voices import Voices

_ALPHA_2: Final = {"USA": "US", "GBR": "GB", "AUS": "AU", "IRL": "IE", "CAN": "CA", "NZL": "NZ"}


def find_organization(resources: Resources, wanted: str | None) -> Resource | None:
    """Find the organization that the clinic is: the one named, or the only one, or the only one with roles.

    Raises:
        InputError: It is not clear which.
    """
    known = {each.key: each for each in resources.of("Organization")}
    if wanted is not None:
        if wanted not in known:
            listed = told("fault.one_of", words=", ".join(known)) if known else told("fault.fhir.no_organization")
            raise _unclear(listed, wanted)
        return known[wanted]
    roles = [(each.at.reference("organization"), each.server) for each in resources.of("PractitionerRole")]
    working = {found.key: found for each in roles if (found := resources.at(*each))} or known
    if len(working) > 1:
        raise _unclear(told("fault.fhir.which", organizations=", ".join(working)), told("fault.fhir.several"))
    return next(iter(working.values()), None)


def _unclear(expected: str, got: str) -> InputError:
    return InputError([Fault("FHIR", 0, "Organization", expected, got, told("fault.fhir.name_organization"))])


def clinic_of(place: Resource | None) -> Clinic:
    """Give a clinic with the id of its organization.

    Raises:
        InputError: There is none.
    """
    if place is None:
        expected, got, hint = told("fault.fhir.id"), told("fault.nothing"), told("fault.fhir.name_id")
        raise InputError([Fault("FHIR", 0, "Organization", expected, got, hint)])
    return Clinic(id=place.at.text("id") or place.key)


def placed(clinic: Clinic, place: Resource | None, voices: Voices) -> Clinic:
    """Add an organization's name and place where the clinic has none."""
    if place is None:
        return clinic
    at = place.at
    written, state = at.text("address", "country"), at.text("address", "state")
    country = clinic.country or _ALPHA_2.get(written or "", written)
    try:
        found = attrs.evolve(clinic, name=clinic.name or at.text("name", most=500), country=country)
    except ValueError:
        voices.tell(told("note.import.fhir.no_country", key=place.key, written=repr(written)))
        return attrs.evolve(clinic, name=clinic.name or at.text("name", most=500))
    try:
        return attrs.evolve(found, region=clinic.region or (f"{country}-{state}" if country and state else None))
    except ValueError:
        voices.tell(told("note.import.fhir.no_state", key=place.key, written=repr(state)))
        return found
