"""The verdict as JSON: one line, the same bytes for the same dossier, criteria and day."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import advice
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.evidence import Outcome
from clinic_vetting.history import history
from clinic_vetting.reports import quick_json
from clinic_vetting.reports.matches import match_trees
from clinic_vetting.reports.numbers import Shown, shown, shown_limit
from clinic_vetting.reviews.telling import rules_of
from clinic_vetting.score import rounded
from clinic_vetting.version import version
from clinic_vetting.words import again, telling

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Reply, Waiver
    from clinic_vetting.criterion import Band, Category
    from clinic_vetting.evidence import Weighed
    from clinic_vetting.finding import Finding
    from clinic_vetting.look_up import LookUp
    from clinic_vetting.plan import Limit
    from clinic_vetting.reach import Reach
    from clinic_vetting.verdict import Verdict

VERSION: Final = 1
"""The format version of verdicts that this library writes."""
_DIGITS: Final = 2


def to_json(verdict: Verdict, *, language: str | None = None) -> str:
    """Write a verdict as one line of JSON, without a line end: `to_tree`, put together faster.

    Keys, ids and outcomes are English in every language; sentences are in `language`, or else in that of the
    verdict's criteria.

    Raises:
        InputError: The library speaks no such language.
    """
    verdict = verdict.in_language(language) if language else verdict
    if verdict.waived:
        return json.dumps(to_tree(verdict))
    return quick_json.write(verdict)


def to_tree(verdict: Verdict, *, language: str | None = None) -> dict[str, Any]:
    """Write a verdict as a tree of text, numbers, lists and mappings; `language` as for `to_json`."""
    verdict = verdict.in_language(language) if language else verdict
    numbers = shown(verdict, _DIGITS)
    criteria = verdict.criteria
    without = verdict.without_waivers
    return {
        "verdict": VERSION,
        "clinic": {"id": verdict.clinic.id, "name": verdict.clinic.name},
        "criteria": {"id": criteria.id, "version": criteria.version, "digest": criteria_digest(criteria)},
        "dossier_digest": clinic_digest(verdict.clinic),
        "review_rules": rules_of(verdict.clinic),
        "as_of": verdict.as_of.isoformat(),
        "valid_until": _day(verdict.valid_until),
        "library": version(),
        "band": _band(verdict.band),
        **_numbers(numbers),
        "limits": [_limit(each, numbers) for each in verdict.limits],
        "settled": _reach(verdict.settled),
        "reachable": _reach(verdict.reachable),
        "categories": [_category(category, found, numbers) for category, found in verdict.by_category()],
        "questions": [_question(each, verdict.language) for each in advice.questions(verdict)],
        "fixes": [
            {"criterion": each.criterion.full_id, "regains": _two(each.regains)} for each in advice.fixes(verdict)
        ],
        "waivers": [_waiver(each) for each in verdict.waived.values()],
        "without_waivers": {"band": _band(without.band), **_numbers(shown(without, _DIGITS))} if without else None,
        "possible_matches": match_trees(verdict),
        "history": history(verdict.clinic, verdict.as_of, verdict.language),
        "warnings": list(verdict.warnings),
    }


def _numbers(numbers: Shown | None) -> dict[str, float | None]:
    if numbers is None:
        return dict.fromkeys(("start", "score", "proven", "unknown", "failed"))
    parts = {name: float(numbers.parts[name]) for name in ("proven", "unknown", "failed")}
    return {"start": float(numbers.start), "score": float(numbers.score), **parts}


def _band(band: Band | None) -> dict[str, str | None] | None:
    return {"id": band.id, "label": band.label, "says": band.says} if band else None


def _limit(limit: Limit, numbers: Shown | None) -> dict[str, Any]:
    counted = limit.condition not in ("proven_at_least", "failed_at_most")
    number = int if counted else float
    return {
        "band": limit.band,
        "condition": limit.condition,
        "wanted": number(limit.wanted),
        "found": number(shown_limit(limit, numbers, _DIGITS)),
        "criteria": list(limit.criteria),
    }


def _reach(reach: Reach) -> dict[str, str | None]:
    return {"best": reach.best.id if reach.best else None, "worst": reach.worst.id if reach.worst else None}


def _category(category: Category, findings: tuple[Finding, ...], numbers: Shown | None) -> dict[str, Any]:
    rated = [(each.points, each.belief) for each in findings if each.points is not None and each.belief is not None]
    sums = {
        "points": sum((points for points, _ in rated), Fraction(0)),
        "proven": sum((points * belief.proven / 100 for points, belief in rated), Fraction(0)),
        "unknown": sum((points * belief.open / 100 for points, belief in rated), Fraction(0)),
        "failed": sum((points * belief.failed / 100 for points, belief in rated), Fraction(0)),
    }
    return {
        "id": category.id,
        "title": category.title,
        **{name: _two(value) if rated else None for name, value in sums.items()},
        "findings": [_finding(each, numbers) for each in findings],
    }


def _finding(finding: Finding, numbers: Shown | None) -> dict[str, Any]:
    belief, criterion = finding.belief, finding.criterion
    effect = numbers.effects.get(finding.id) if numbers else None
    replies = [_reply(each) for each in finding.replies]
    return {
        "id": finding.id,
        "outcome": finding.outcome.value,
        "severity": criterion.severity.value,
        "points": None if finding.points is None else _two(finding.points),
        "proven": None if belief is None else belief.proven,
        "failed": None if belief is None else belief.failed,
        "effect": None if effect is None else float(effect),
        "says": finding.says,
        "why": criterion.why,
        "if_failed": criterion.if_failed if finding.outcome in (Outcome.FAILED, Outcome.PARTLY) else None,
        "notes": list(finding.notes),
        "decided_by": _weighed(finding.decided_by, finding.language) if finding.decided_by else None,
        "other_statements": [_weighed(each, finding.language) for each in finding.others],
        "contradicted": finding.contradicted,
        "changes_on": _day(finding.changes_on),
        "references": list(criterion.references),
        "reply": replies[0] if replies else None,
        "earlier_replies": replies[1:],
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
    }


def _weighed(weighed: Weighed, language: str) -> dict[str, Any]:
    statement, source = weighed.statement, weighed.statement.source
    return {
        "answer": statement.answer.value,
        "kind": source.kind.value,
        "who": again(source.who, language),
        "seen": _day(source.seen),
        "fresh": weighed.fresh.value,
        "strength": weighed.strength,
        "displaced": weighed.displaced,
        "source": source.id,
        "url": source.url,
        "note": statement.note and again(statement.note, language),
        "record": None if statement.record is None else telling(statement.record, language),
    }


def _question(question: advice.Question, language: str) -> dict[str, Any]:
    return {
        "criterion": question.criterion.full_id,
        "ask": question.criterion.ask,
        "check": question.criterion.check,
        "points": _two(question.points),
        "opens": list(question.opens),
        "look_up": [_look_up(each, language) for each in question.look_up],
    }


def _look_up(place: LookUp, language: str) -> dict[str, str | None]:
    form = place.form.value if place.form else None
    named = {"authority": place.authority, "name": place.name, "url": place.url}
    return {**named, "number": place.number, "form": form, "says": place.says and again(place.says, language)}


def _reply(reply: Reply) -> dict[str, str]:
    return {"by": reply.by, "on": reply.on.isoformat(), "text": reply.text}


def _waiver(waiver: Waiver) -> dict[str, str | None]:
    days = {"since": _day(waiver.since), "until": waiver.until.isoformat()}
    return {"criterion": waiver.criterion, "reason": waiver.reason, "owner": waiver.owner, **days}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _two(value: Fraction) -> float:
    return float(rounded(value, _DIGITS))
