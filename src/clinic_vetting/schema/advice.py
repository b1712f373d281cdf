"""The JSON Schemas of advice, each named as the command that prints it."""

from __future__ import annotations

from typing import Any, Final

from clinic_vetting.advice import CAUSES, Reason, Stands
from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import Kind, Outcome
from clinic_vetting.schema import kinds
from clinic_vetting.schema.parts import Schema, each, exact, maybe, part, word, word_or_null

_NUMBERS: Final[Schema] = {"band": kinds.TEXT_OR_NULL, **kinds.NUMBERS}
_VERDICT: Final[Schema] = {**kinds.VETTED, "as_of": kinds.DAY, **_NUMBERS}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}


def fixes_schema() -> dict[str, Any]:
    """Describe what `fixes` prints."""
    fix = exact(
        criterion=kinds.TEXT,
        severity=word(Severity),
        regains=kinds.POINTS,
        check=kinds.TEXT_OR_NULL,
        cannot_change=word_or_null(Stands),
    )
    properties = exact(
        **_VERDICT,
        fixes=each(fix),
        next_band=kinds.TEXT_OR_NULL,
        sets=each(kinds.TEXTS),
        more_sets=kinds.FLAG,
        proven_smallest=kinds.FLAG,
        missing=each(exact(**kinds.LIMIT)),
    )
    return {"title": "What to mend, and the smallest sets of fixes that reach the next band", **properties}


def forecast_schema() -> dict[str, Any]:
    """Describe what `forecast` prints."""
    day = exact(on=kinds.DAY, **_NUMBERS, shifts=each(part("Shift")))
    parts = {
        "Belief": exact(outcome=word(Outcome), proven=kinds.HUNDREDTHS, failed=kinds.HUNDREDTHS),
        "Shift": exact(
            on=kinds.DAY,
            criterion=kinds.TEXT,
            before=maybe(part("Belief")),
            after=maybe(part("Belief")),
            reason=word(Reason),
            decided_by=maybe(exact(source=kinds.TEXT, who=kinds.TEXT, kind=word(Kind), seen=kinds.DAY_OR_NULL)),
        ),
    }
    title = "Each day on which the verdict changes if nothing new arrives"
    return {"title": title, **exact(**_VERDICT, until=kinds.DAY, days=each(day)), "$defs": parts}


def robustness_schema() -> dict[str, Any]:
    """Describe what `robustness` prints."""
    end = exact(
        points=kinds.POINTS,
        exact={**kinds.TEXT, "pattern": "^[0-9]+(/[0-9]+)?$"},
        holds=kinds.FLAG,
        beyond=kinds.TEXT_OR_NULL,
    )
    category = exact(id=kinds.TEXT, weight={"type": "integer", "minimum": 1}, points=kinds.POINTS, low=end, high=end)
    title = "Between which weights of each category the band stands"
    return {"title": title, **exact(**_VERDICT, categories=each(category))}


def difference_schema() -> dict[str, Any]:
    """Describe what `diff` prints."""
    changes: Schema = dict.fromkeys(CAUSES, kinds.CHANGE)
    cause = exact(cause={"enum": [*CAUSES]}, score=kinds.CHANGE, then=exact(**_NUMBERS))
    properties = exact(
        before=exact(**_VERDICT),
        after=exact(**_VERDICT),
        same_criteria=kinds.FLAG,
        difference=kinds.CHANGE,
        causes=each(cause),
        start=exact(**changes),
        moved=each(exact(criterion=kinds.TEXT, before=kinds.OUTCOME_OR_NULL, after=kinds.OUTCOME_OR_NULL, **changes)),
    )
    return {"title": "Why two verdicts of one clinic differ", **properties}


def comparison_schema() -> dict[str, Any]:
    """Describe what `compare` prints."""
    interval = {"type": "array", "items": kinds.POINTS, "minItems": 2, "maxItems": 2}
    side = exact(**_VERDICT, interval=maybe(interval), valid_until=kinds.DAY_OR_NULL)
    pair: Schema = {"upper": kinds.TEXT, "lower": kinds.TEXT, "overlap": kinds.FLAG, "proven": kinds.FLAG}
    draws = {"type": ["integer", "null"], "minimum": 0}
    lead = exact(upper=_SHARE, lower=_SHARE, draws=draws, error=_SHARE)
    properties = exact(
        clinics=each(side),
        pairs=each(exact(**pair)),
        neighbours=each(exact(**pair, higher_score=maybe(lead))),
        differing=each(exact(criterion=kinds.TEXT, outcomes=each(word(Outcome)))),
    )
    return {"title": "Several clinics side by side, and whether their order is proven", **properties}
