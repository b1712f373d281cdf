"""The JSON Schema of a verdict."""

from __future__ import annotations

from typing import Any, Final

from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Answer, Fresh, Kind, Outcome
from clinic_vetting.identifiers import Form
from clinic_vetting.schema.parts import (
    CHANGE,
    CLINIC,
    CRITERIA,
    DAY,
    DAY_OR_NULL,
    DIGEST,
    FLAG,
    HUNDREDTHS,
    NUMBER,
    POINTS,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    Schema,
    each,
    exact,
    maybe,
    part,
    word,
    word_or_null,
)

_NUMBERS: Final[Schema] = dict.fromkeys(("start", "score", "proven", "unknown", "failed"), POINTS)
_SUMS: Final[Schema] = dict.fromkeys(("points", "proven", "unknown", "failed"), POINTS)
_REACH: Final = exact(best=TEXT_OR_NULL, worst=TEXT_OR_NULL)


def verdict_schema() -> dict[str, Any]:
    """Describe a verdict."""
    band = maybe(part("Band"))
    properties = exact(
        verdict={"const": 1},
        clinic=CLINIC,
        criteria=CRITERIA,
        dossier_digest=DIGEST,
        review_rules=maybe(DIGEST),
        as_of=DAY,
        valid_until=DAY_OR_NULL,
        library=TEXT,
        band=band,
        **_NUMBERS,
        limits=each(part("Limit")),
        settled=_REACH,
        reachable=_REACH,
        categories=each(part("Category")),
        questions=each(part("Question")),
        fixes=each(exact(criterion=TEXT, regains=NUMBER)),
        waivers=each(part("Waiver")),
        without_waivers=maybe(exact(band=band, **_NUMBERS)),
        possible_matches=each(part("PossibleMatch")),
        history=TEXTS,
        warnings=TEXTS,
    )
    return {"title": "A verdict", **properties, "$defs": _PARTS}


_FINDING: Final = exact(
    id=TEXT,
    outcome=word(Outcome),
    severity=word(Severity),
    points=POINTS,
    proven=HUNDREDTHS,
    failed=HUNDREDTHS,
    effect=CHANGE,
    says=TEXT,
    why=TEXT_OR_NULL,
    if_failed=TEXT_OR_NULL,
    notes=TEXTS,
    decided_by=maybe(part("Statement")),
    other_statements=each(part("Statement")),
    contradicted=FLAG,
    changes_on=DAY_OR_NULL,
    references=TEXTS,
    reply=maybe(part("Reply")),
    earlier_replies=each(part("Reply")),
    waiver=maybe(part("Waiver")),
)
_STATEMENT: Final = exact(
    answer=word(Answer),
    kind=word(Kind),
    who=TEXT,
    seen=DAY_OR_NULL,
    fresh=word(Fresh),
    strength=HUNDREDTHS,
    displaced=FLAG,
    source=TEXT,
    url=TEXT_OR_NULL,
    note=TEXT_OR_NULL,
    record=TEXT_OR_NULL,
)
_LOOK_UP: Final = exact(
    authority=TEXT, name=TEXT, url=TEXT_OR_NULL, number=TEXT_OR_NULL, form=word_or_null(Form), says=TEXT_OR_NULL
)
_QUESTION: Final = exact(
    criterion=TEXT, ask=TEXT_OR_NULL, check=TEXT_OR_NULL, points=POINTS, opens=TEXTS, look_up=each(part("LookUp"))
)
_MATCH: Final = exact(
    about=TEXT, name=TEXT, place=TEXT, says=TEXT_OR_NULL, ask=TEXT, who=TEXT, seen=DAY_OR_NULL, url=TEXT_OR_NULL
)
_PARTS: Final[Schema] = {
    "Band": exact(id=TEXT, label=TEXT, says=TEXT_OR_NULL),
    "Limit": exact(band=TEXT, condition=TEXT, wanted=NUMBER, found=NUMBER, criteria=TEXTS),
    "Category": exact(id=TEXT, title=TEXT, **_SUMS, findings=each(part("Finding"))),
    "Finding": _FINDING,
    "Statement": _STATEMENT,
    "Question": _QUESTION,
    "LookUp": _LOOK_UP,
    "PossibleMatch": _MATCH,
    "Reply": exact(by=TEXT, on=DAY, text=TEXT),
    "Waiver": exact(criterion=TEXT, reason=TEXT, owner=TEXT, since=DAY_OR_NULL, until=DAY),
}
