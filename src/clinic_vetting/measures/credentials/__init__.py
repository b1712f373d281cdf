"""What practitioners' and registrations' records say."""

from clinic_vetting.measures.credentials.entries import injectors
from clinic_vetting.measures.credentials.licences import (
    LICENCE,
    identified_injectors,
    impossible,
    licensed_injectors,
    superseded,
)
from clinic_vetting.measures.credentials.registrations import (
    REGISTRATION,
    accreditation_in_force,
    registered_premises,
    voluntary_memberships,
)
from clinic_vetting.measures.credentials.sanctions import SANCTION, decided, unsanctioned_injectors
from clinic_vetting.measures.credentials.treatments import insured_injectors, trained_injectors

__all__ = [
    "LICENCE",
    "REGISTRATION",
    "SANCTION",
    "accreditation_in_force",
    "decided",
    "identified_injectors",
    "impossible",
    "injectors",
    "insured_injectors",
    "licensed_injectors",
    "registered_premises",
    "superseded",
    "trained_injectors",
    "unsanctioned_injectors",
    "voluntary_memberships",
]
