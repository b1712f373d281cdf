"""The table of contents: everything that the library offers, by name."""

from clinic_vetting.advice import Fix, Question, fixes, questions
from clinic_vetting.batch.many import vet_many
from clinic_vetting.catalogue import criteria_digest, load_criteria, parse_criteria, plain_criteria, shipped
from clinic_vetting.clinic import (
    Action,
    Authorisation,
    AuthorisationStatus,
    Clinic,
    Insurance,
    Licence,
    LicenceStatus,
    Notice,
    NoticeKind,
    PossibleMatch,
    Practitioner,
    Product,
    ProductKind,
    Rating,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Reply,
    Review,
    Sanction,
    Supplier,
    Training,
    Waiver,
)
from clinic_vetting.criterion import Band, Category, CriteriaSet, Criterion, Severity
from clinic_vetting.dates import Span
from clinic_vetting.decoding import decode_clinic
from clinic_vetting.dossier import clinic_digest, clinic_from, load_clinic, parse_clinic, plain
from clinic_vetting.errors import BatchError, ClinicVettingError, CriteriaError, Fault, InputError, RegisterError
from clinic_vetting.evidence import Answer, Belief, Evidence, Kind, Outcome, Source, Statement, Strength
from clinic_vetting.fhir import from_fhir
from clinic_vetting.identifiers import Checked, Form, check_number
from clinic_vetting.look_up import LookUp
from clinic_vetting.measures import register
from clinic_vetting.reports import to_json, to_text, to_tree
from clinic_vetting.reviews import read_reviews
from clinic_vetting.verdict import Finding, Verdict, vet, vet_tree

__all__ = [
    "Action",
    "Answer",
    "Authorisation",
    "AuthorisationStatus",
    "Band",
    "BatchError",
    "Belief",
    "Category",
    "Checked",
    "Clinic",
    "ClinicVettingError",
    "CriteriaError",
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "Fault",
    "Finding",
    "Fix",
    "Form",
    "InputError",
    "Insurance",
    "Kind",
    "Licence",
    "LicenceStatus",
    "LookUp",
    "Notice",
    "NoticeKind",
    "Outcome",
    "PossibleMatch",
    "Practitioner",
    "Product",
    "ProductKind",
    "Question",
    "Rating",
    "RegisterError",
    "Registration",
    "RegistrationKind",
    "RegistrationStatus",
    "Reply",
    "Review",
    "Sanction",
    "Severity",
    "Source",
    "Span",
    "Statement",
    "Strength",
    "Supplier",
    "Training",
    "Verdict",
    "Waiver",
    "check_number",
    "clinic_digest",
    "clinic_from",
    "criteria_digest",
    "decode_clinic",
    "fixes",
    "from_fhir",
    "load_clinic",
    "load_criteria",
    "parse_clinic",
    "parse_criteria",
    "plain",
    "plain_criteria",
    "questions",
    "read_reviews",
    "register",
    "shipped",
    "to_json",
    "to_text",
    "to_tree",
    "vet",
    "vet_many",
    "vet_tree",
]
