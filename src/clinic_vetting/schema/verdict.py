"""The JSON Schema of a verdict."""

from __future__ import annotations

from typing import Any, Final

from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Answer, Fresh, Kind, Outcome
from clinic_vetting.identifiers import Form
from clinic_vetting.schema import kinds
from clinic_vetting.schema.parts import Schema, each, exact, maybe, part, word, word_or_null

_NUMBERS: Final[Schema] = {"start": kinds.POINTS, **kinds.NUMBERS}
_SUMS: Final[Schema] = dict.fromkeys(("points", "proven", "unknown", "failed"), kinds.POINTS)
_REACH: Final = exact(best=kinds.TEXT_OR_NULL, worst=kinds.TEXT_OR_NULL)


def verdict_schema() -> dict[str, Any]:
    """Describe a verdict."""
    band = maybe(part("Band"))
    properties = exact(
        verdict={"const": 1},
        **kinds.VETTED,
        review_rules=maybe(kinds.DIGEST),
        as_of=kinds.DAY,
        valid_until=kinds.DAY_OR_NULL,
        library=kinds.TEXT,
        band=band,
        **_NUMBERS,
        limits=each(part("Limit")),
        settled=_REACH,
        reachable=_REACH,
        categories=each(part("Category")),
        questions=each(part("Question")),
        fixes=each(exact(criterion=kinds.TEXT, regains=kinds.NUMBER)),
        waivers=each(part("Waiver")),
        without_waivers=maybe(exact(band=band, **_NUMBERS)),
        possible_matches=each(part("PossibleMatch")),
        history=kinds.TEXTS,
        warnings=kinds.TEXTS,
    )
    return {"title": "A verdict", **properties, "$defs": _PARTS}


_FINDING: Final = exact(
    id=kinds.TEXT,
    outcome=word(Outcome),
    severity=word(Severity),
    points=kinds.POINTS,
    proven=kinds.HUNDREDTHS,
    failed=kinds.HUNDREDTHS,
    effect=kinds.CHANGE,
    says=kinds.TEXT,
    why=kinds.TEXT_OR_NULL,
    if_failed=kinds.TEXT_OR_NULL,
    notes=kinds.TEXTS,
    decided_by=maybe(part("Statement")),
    other_statements=each(part("Statement")),
    contradicted=kinds.FLAG,
    changes_on=kinds.DAY_OR_NULL,
    references=kinds.TEXTS,
    reply=maybe(part("Reply")),
    earlier_replies=each(part("Reply")),
    waiver=maybe(part("Waiver")),
)
_STATEMENT: Final = exact(
    answer=word(Answer),
    kind=word(Kind),
    who=kinds.TEXT,
    seen=kinds.DAY_OR_NULL,
    fresh=word(Fresh),
    strength=kinds.HUNDREDTHS,
    displaced=kinds.FLAG,
    source=kinds.TEXT,
    url=kinds.TEXT_OR_NULL,
    note=kinds.TEXT_OR_NULL,
    record=kinds.TEXT_OR_NULL,
)
_LOOK_UP: Final = exact(
    authority=kinds.TEXT,
    name=kinds.TEXT,
    url=kinds.TEXT_OR_NULL,
    number=kinds.TEXT_OR_NULL,
    form=word_or_null(Form),
    says=kinds.TEXT_OR_NULL,
)
_QUESTION: Final = exact(
    criterion=kinds.TEXT,
    ask=kinds.TEXT_OR_NULL,
    check=kinds.TEXT_OR_NULL,
    points=kinds.POINTS,
    opens=kinds.TEXTS,
    look_up=each(part("LookUp")),
)
_MATCH: Final = exact(
    about=kinds.TEXT,
    name=kinds.TEXT,
    place=kinds.TEXT,
    says=kinds.TEXT_OR_NULL,
    ask=kinds.TEXT,
    who=kinds.TEXT,
    seen=kinds.DAY_OR_NULL,
    url=kinds.TEXT_OR_NULL,
)
_PARTS: Final[Schema] = {
    "Band": exact(id=kinds.TEXT, label=kinds.TEXT, says=kinds.TEXT_OR_NULL),
    "Limit": exact(band=kinds.TEXT, **kinds.LIMIT),
    "Category": exact(id=kinds.TEXT, title=kinds.TEXT, **_SUMS, findings=each(part("Finding"))),
    "Finding": _FINDING,
    "Statement": _STATEMENT,
    "Question": _QUESTION,
    "LookUp": _LOOK_UP,
    "PossibleMatch": _MATCH,
    "Reply": exact(by=kinds.TEXT, on=kinds.DAY, text=kinds.TEXT),
    "Waiver": exact(
        criterion=kinds.TEXT, reason=kinds.TEXT, owner=kinds.TEXT, since=kinds.DAY_OR_NULL, until=kinds.DAY
    ),
}
