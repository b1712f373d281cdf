"""Vet a cosmetic-injection clinic: a dossier in, a scored and explained verdict out.

    >>> import datetime as dt
    >>> from clinic_vetting import Answer, Clinic, Kind, Source, Statement, load_criteria, vet
    >>> visit = Source("visit", Kind.OBSERVATION, "our editor", seen=dt.date(2026, 9, 14))
    >>> reused = Statement(Answer.NO, visit, note="one needle for two patients")
    >>> clinic = Clinic(id="a-clinic", answers={"hygiene.single_use_sharps": reused})
    >>> verdict = vet(clinic, load_criteria(), as_of=dt.date(2026, 11, 21))
    >>> verdict.band.label
    'Avoid'
"""

from clinic_vetting.advice import Fix, Question, fixes, questions
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
from clinic_vetting.dossier import clinic_digest, clinic_from, load_clinic, parse_clinic, plain
from clinic_vetting.errors import ClinicVettingError, CriteriaError, Fault, InputError
from clinic_vetting.evidence import Answer, Belief, Evidence, Kind, Outcome, Source, Statement, Strength
from clinic_vetting.reports import to_json, to_text, to_tree
from clinic_vetting.verdict import Finding, Verdict, vet

__all__ = [
    "Action",
    "Answer",
    "Authorisation",
    "AuthorisationStatus",
    "Band",
    "Belief",
    "Category",
    "Clinic",
    "ClinicVettingError",
    "CriteriaError",
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "Fault",
    "Finding",
    "Fix",
    "InputError",
    "Insurance",
    "Kind",
    "Licence",
    "LicenceStatus",
    "Notice",
    "NoticeKind",
    "Outcome",
    "Practitioner",
    "Product",
    "ProductKind",
    "Question",
    "Rating",
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
    "clinic_digest",
    "clinic_from",
    "criteria_digest",
    "fixes",
    "load_clinic",
    "load_criteria",
    "parse_clinic",
    "parse_criteria",
    "plain",
    "plain_criteria",
    "questions",
    "shipped",
    "to_json",
    "to_text",
    "to_tree",
    "vet",
]
