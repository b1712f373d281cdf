"""Advice as trees of text, numbers, lists and mappings, for JSON: numbers with two digits, exact ones as text too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.advice import CAUSES, lead
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.reports.numbers import Shown, seen_apart, shown, shown_difference
from clinic_vetting.score import rounded
from clinic_vetting.words import again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from clinic_vetting.advice import Comparison, Difference, Fix, Forecast, Hold, Moved, Pair, Remedies, Shift, Side
    from clinic_vetting.criterion import Band
    from clinic_vetting.evidence import Belief, Outcome
    from clinic_vetting.verdict import Verdict

_DIGITS: Final = 2


def fixes_tree(verdict: Verdict, found: Remedies) -> dict[str, Any]:
    """Write what failed, what mending brings back, and the smallest sets that reach the next band."""
    missing = [
        {
            "condition": each.condition,
            "wanted": float(each.wanted),
            "found": float(seen_apart(each.found, each.wanted, _DIGITS)),
            "criteria": list(each.criteria),
        }
        for each in found.missing
    ]
    return {
        **_verdict(verdict),
        "fixes": [_fix(each) for each in found.fixes],
        "next_band": _band(found.band),
        "sets": [[each.criterion.full_id for each in one] for one in found.sets],
        "more_sets": found.more,
        "proven_smallest": found.smallest,
        "missing": missing,
    }


def forecast_tree(found: Forecast) -> dict[str, Any]:
    """Write each day on which the verdict changes if nothing new arrives."""
    days = [
        {
            "on": each.on.isoformat(),
            **_numbers(each.verdict),
            "shifts": [_shift(one, found.verdict.language) for one in each.shifts],
        }
        for each in found.days
    ]
    return {**_verdict(found.verdict), "until": found.until.isoformat(), "days": days}


def robustness_tree(verdict: Verdict, holds: Sequence[Hold]) -> dict[str, Any]:
    """Write how far each category's weight can move before the band changes."""
    return {**_verdict(verdict), "categories": [_hold(each) for each in holds]}


def difference_tree(found: Difference) -> dict[str, Any]:
    """Write why two verdicts of one clinic differ; as shown, causes sum to the score and criteria to their cause."""
    numbers = shown_difference(found, _DIGITS)
    steps = zip(CAUSES, (*found.between, found.after), strict=True)
    return {
        "before": _verdict(found.before),
        "after": _verdict(found.after),
        "same_criteria": found.same_criteria,
        "difference": float(numbers.total) if numbers else None,
        "causes": [
            {"cause": name, "score": float(numbers.causes[name]) if numbers else None, "then": _numbers(verdict)}
            for name, verdict in steps
        ],
        "start": {name: float(numbers.moved[name][""]) if numbers else None for name in CAUSES},
        "moved": [
            {
                **_outcomes(each),
                **{name: float(numbers.moved[name][each.criterion]) if numbers else None for name in CAUSES},
            }
            for each in found.moved
        ],
    }


def comparison_tree(found: Comparison) -> dict[str, Any]:
    """Write several clinics side by side, and whether their order is proven."""
    return {
        "clinics": [_side(each) for each in found.sides],
        "pairs": [_pair(each) for each in found.pairs()],
        "neighbours": [{**_pair(each), "higher_score": _lead(each)} for each in found.neighbours()],
        "differing": [
            {"criterion": name, "outcomes": [each.value for each in outcomes]} for name, outcomes in found.differing()
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    """Write which verdict it is about."""
    criteria = verdict.criteria
    return {
        "clinic": {"id": verdict.clinic.id, "name": verdict.clinic.name},
        "criteria": {"id": criteria.id, "version": criteria.version, "digest": criteria_digest(criteria)},
        "dossier_digest": clinic_digest(verdict.clinic),
        "as_of": verdict.as_of.isoformat(),
        **_numbers(verdict),
    }


def _numbers(verdict: Verdict) -> dict[str, Any]:
    numbers: Shown | None = shown(verdict, _DIGITS)
    parts = {name: float(numbers.parts[name]) if numbers else None for name in ("proven", "unknown", "failed")}
    return {"band": _band(verdict.band), "score": float(numbers.score) if numbers else None, **parts}


def _band(band: Band | None) -> str | None:
    return band.id if band else None


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "criterion": fix.criterion.full_id,
        "severity": fix.criterion.severity.value,
        "regains": _two(fix.regains),
        "check": fix.criterion.check,
        "cannot_change": fix.stands.value if fix.stands else None,
    }


def _shift(shift: Shift, language: str) -> dict[str, Any]:
    source = shift.decided_by.statement.source if shift.decided_by else None
    cited = {"source": source.id, "who": again(source.who, language), "kind": source.kind.value} if source else None
    seen = {"seen": source.seen.isoformat() if source.seen else None} if source else {}
    return {
        "on": shift.on.isoformat(),
        "criterion": shift.criterion.full_id,
        "before": _belief(shift.before),
        "after": _belief(shift.after),
        "reason": shift.reason.value,
        "decided_by": {**cited, **seen} if cited else None,
    }


def _belief(belief: Belief | None) -> dict[str, Any] | None:
    if belief is None:
        return None
    return {"outcome": belief.outcome.value, "proven": belief.proven, "failed": belief.failed}


def _hold(hold: Hold) -> dict[str, Any]:
    ends = {"low": (hold.low, hold.low_holds, hold.below), "high": (hold.high, hold.high_holds, hold.above)}
    return {
        "id": hold.category.id,
        "weight": hold.category.weight,
        "points": _two(hold.share),
        **{
            name: {"points": _two(end), "exact": str(end), "holds": holds, "beyond": _band(beyond)}
            for name, (end, holds, beyond) in ends.items()
        },
    }


def _outcomes(moved: Moved) -> dict[str, Any]:
    return {"criterion": moved.criterion, "before": _outcome(moved.before), "after": _outcome(moved.after)}


def _outcome(outcome: Outcome | None) -> str | None:
    return outcome.value if outcome else None


def _side(side: Side) -> dict[str, Any]:
    interval = None if side.low is None or side.high is None else [_two(side.low), _two(side.high)]
    until = side.verdict.valid_until
    return {**_verdict(side.verdict), "interval": interval, "valid_until": until.isoformat() if until else None}


def _pair(pair: Pair) -> dict[str, Any]:
    ids = {"upper": pair.upper.verdict.clinic.id, "lower": pair.lower.verdict.clinic.id}
    return {**ids, "overlap": pair.overlap, "proven": pair.proven}


def _lead(pair: Pair) -> dict[str, Any] | None:
    """Write the shares of all weightings in which each has the higher score."""
    found = lead(pair.upper.verdict, pair.lower.verdict)
    return (
        None
        if found is None
        else {
            "upper": float(rounded(found.first_ahead, 4)),
            "lower": float(rounded(found.second_ahead, 4)),
            "draws": found.draws,
            "error": float(found.error),
        }
    )


def _two(value: Fraction) -> float:
    return float(rounded(value, _DIGITS))
