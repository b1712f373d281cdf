"""A clinic and its records, as facts with their sources; no record says what it is worth."""

from clinic_vetting.clinic.dossier import Answers, Clinic
from clinic_vetting.clinic.parts import COUNTRY, REGION, is_region_of
from clinic_vetting.clinic.practitioner import Insurance, Licence, LicenceStatus, Practitioner, Training
from clinic_vetting.clinic.product import (
    Authorisation,
    AuthorisationStatus,
    Code,
    Product,
    ProductKind,
    Supplier,
    codes_of,
)
from clinic_vetting.clinic.rating import Rating, Review
from clinic_vetting.clinic.registration import (
    Action,
    Notice,
    NoticeKind,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Sanction,
)
from clinic_vetting.clinic.remark import PossibleMatch, Reply, Waiver

__all__ = [
    "COUNTRY",
    "REGION",
    "Action",
    "Answers",
    "Authorisation",
    "AuthorisationStatus",
    "Clinic",
    "Code",
    "Insurance",
    "Licence",
    "LicenceStatus",
    "Notice",
    "NoticeKind",
    "PossibleMatch",
    "Practitioner",
    "Product",
    "ProductKind",
    "Rating",
    "Registration",
    "RegistrationKind",
    "RegistrationStatus",
    "Reply",
    "Review",
    "Sanction",
    "Supplier",
    "Training",
    "Waiver",
    "codes_of",
    "is_region_of",
]
