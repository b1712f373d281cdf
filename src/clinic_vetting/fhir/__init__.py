"""FHIR R4: practitioners, organizations and what was verified about them, as a clinic's records.

Source: HL7 FHIR R4 (4.0.1), Practitioner, Organization, PractitionerRole, VerificationResult and Bundle; the status
`entered-in-error`, which R4 lacks, as R5 defines it.
"""

from clinic_vetting.fhir.clinics import Imported, from_fhir
from clinic_vetting.fhir.resources import Resource, Resources, read_resources
from clinic_vetting.fhir.verification import PrimarySource, Standing, Status, Verification, read_verification

__all__ = [
    "Imported",
    "PrimarySource",
    "Resource",
    "Resources",
    "Standing",
    "Status",
    "Verification",
    "from_fhir",
    "read_resources",
    "read_verification",
]
