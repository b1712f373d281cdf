"""The JSON Schemas of advice, each named as the command that prints it."""

from __future__ import annotations

from typing import Any, Final

from clinic_vetting.advice import CAUSES, Reason, Stands
from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Kind, Outcome
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
    OUTCOME_OR_NULL,
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

_NUMBERS: Final[Schema] = {"band": TEXT_OR_NULL, **dict.fromkeys(("score", "proven", "unknown", "failed"), POINTS)}
_VERDICT: Final[Schema] = {"clinic": CLINIC, "criteria": CRITERIA, "dossier_digest": DIGEST, "as_of": DAY, **_NUMBERS}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}


def fixes_schema() -> dict[str, Any]:
    """Describe what `fixes` prints."""
    fix = exact(
        criterion=TEXT, severity=word(Severity), regains=POINTS, check=TEXT_OR_NULL, cannot_change=word_or_null(Stands)
    )
    properties = exact(
        **_VERDICT,
        fixes=each(fix),
        next_band=TEXT_OR_NULL,
        sets=each(TEXTS),
        more_sets=FLAG,
        proven_smallest=FLAG,
        missing=each(exact(condition=TEXT, wanted=NUMBER, found=NUMBER, criteria=TEXTS)),
    )
    return {"title": "What to mend, and the smallest sets of fixes that reach the next band", **properties}


def forecast_schema() -> dict[str, Any]:
    """Describe what `forecast` prints."""
    day = exact(on=DAY, **_NUMBERS, shifts=each(part("Shift")))
    parts = {
        "Belief": exact(outcome=word(Outcome), proven=HUNDREDTHS, failed=HUNDREDTHS),
        "Shift": exact(
            on=DAY,
            criterion=TEXT,
            before=maybe(part("Belief")),
            after=maybe(part("Belief")),
            reason=word(Reason),
            decided_by=maybe(exact(source=TEXT, who=TEXT, kind=word(Kind), seen=DAY_OR_NULL)),
        ),
    }
    title = "Each day on which the verdict changes if nothing new arrives"
    return {"title": title, **exact(**_VERDICT, until=DAY, days=each(day)), "$defs": parts}


def robustness_schema() -> dict[str, Any]:
    """Describe what `robustness` prints."""
    end = exact(points=POINTS, exact={**TEXT, "pattern": "^[0-9]+(/[0-9]+)?$"}, holds=FLAG, beyond=TEXT_OR_NULL)
    category = exact(id=TEXT, weight={"type": "integer", "minimum": 1}, points=POINTS, low=end, high=end)
    title = "Between which weights of each category the band stands"
    return {"title": title, **exact(**_VERDICT, categories=each(category))}


def difference_schema() -> dict[str, Any]:
    """Describe what `diff` prints."""
    changes: Schema = dict.fromkeys(CAUSES, CHANGE)
    cause = exact(cause={"enum": [*CAUSES]}, score=CHANGE, then=exact(**_NUMBERS))
    properties = exact(
        before=exact(**_VERDICT),
        after=exact(**_VERDICT),
        same_criteria=FLAG,
        difference=CHANGE,
        causes=each(cause),
        start=exact(**changes),
        moved=each(exact(criterion=TEXT, before=OUTCOME_OR_NULL, after=OUTCOME_OR_NULL, **changes)),
    )
    return {"title": "Why two verdicts of one clinic differ", **properties}


def comparison_schema() -> dict[str, Any]:
    """Describe what `compare` prints."""
    interval = {"type": "array", "items": POINTS, "minItems": 2, "maxItems": 2}
    side = exact(**_VERDICT, interval=maybe(interval), valid_until=DAY_OR_NULL)
    pair: Schema = {"upper": TEXT, "lower": TEXT, "overlap": FLAG, "proven": FLAG}
    draws = {"type": ["integer", "null"], "minimum": 0}
    lead = exact(upper=_SHARE, lower=_SHARE, draws=draws, error=_SHARE)
    properties = exact(
        clinics=each(side),
        pairs=each(exact(**pair)),
        neighbours=each(exact(**pair, higher_score=maybe(lead))),
        differing=each(exact(criterion=TEXT, outcomes=each(word(Outcome)))),
    )
    return {"title": "Several clinics side by side, and whether their order is proven", **properties}
