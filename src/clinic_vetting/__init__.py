"""Vet a cosmetic-injection clinic: a dossier in, a scored and explained verdict out.

    >>> import datetime as dt
    >>> from clinic_vetting import Answer, Clinic, Kind, Source, Statement, load_criteria, vet
    >>> visit = Source("visit", Kind.OBSERVATION, "our editor", seen=dt.date(2026, 9, 14))
    >>> reused = Statement(Answer.NO, visit, note="one needle for two patients")
    >>> clinic = Clinic(id="a-clinic", answers={"hygiene.single_use_sharps": reused})
    >>> verdict = vet(clinic, load_criteria(), as_of=dt.date(2026, 11, 21))
    >>> verdict.band.label
    'Avoid'

Each name is loaded when it is first used, with what it rests on and nothing else: importing this package
reads no file and costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

_ROOMS: Final = {
    "advice": (
        "Comparison Difference Fix Forecast Hold Lead Question Remedies comparison difference fixes forecast "
        "lead questions remedies robustness"
    ),
    "batch.many": "vet_many",
    "catalogue": "criteria_digest load_criteria parse_criteria plain_criteria shipped",
    "clinic": (
        "Action Authorisation AuthorisationStatus Clinic Insurance Licence LicenceStatus Notice NoticeKind "
        "PossibleMatch Practitioner Product ProductKind Rating Registration RegistrationKind "
        "RegistrationStatus Reply Review Sanction Supplier Training Waiver"
    ),
    "criterion": "Band Category CriteriaSet Criterion Severity",
    "dates": "Span",
    "decoding": "decode_clinic",
    "dossier": "clinic_digest clinic_from load_clinic parse_clinic plain",
    "errors": "BatchError ClinicVettingError CriteriaError ExtraError Fault InputError RegisterError",
    "evidence": "Answer Belief Evidence Kind Outcome Source Statement Strength",
    "fhir": "from_fhir",
    "finding": "Finding",
    "identifiers": "Checked Form check_number",
    "language": "said",
    "look_up": "LookUp",
    "measures": "register",
    "reports": ("to_badge to_csv to_html to_index to_json to_jsonld to_markdown to_svg to_text to_tree write_pages"),
    "reviews": "read_reviews",
    "translation": "Translation in_language load_translation missing",
    "verdict": "Verdict vet",
    "vetting": "vet_json vet_tree",
    "words": "languages",
}
_ROOM_OF: Final = {name: room for room, names in _ROOMS.items() for name in names.split()}

if TYPE_CHECKING:
    from clinic_vetting.contents import *  # noqa: F403
else:

    def __getattr__(name: str) -> object:
        if name == "__all__":
            return sorted(_ROOM_OF)
        if name not in _ROOM_OF:
            raise AttributeError(_missing(name))
        value = globals()[name] = getattr(import_module(f"clinic_vetting.{_ROOM_OF[name]}"), name)
        return value


def __dir__() -> list[str]:
    return sorted(_ROOM_OF)


def _missing(name: str) -> str:
    from importlib.util import find_spec  # noqa: PLC0415 - seldom used

    if find_spec(f"clinic_vetting.{name}"):
        return f"module 'clinic_vetting.{name}' has not been imported"
    return f"module 'clinic_vetting' has no attribute {name!r}"
