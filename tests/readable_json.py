"""What is behind a verdict's JSON, as it was first written: to be read, and to be compared with.

Frozen: the library's own functions have become faster since, and must give the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
from attrs import frozen

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.clinic import Product
from clinic_vetting.combining import rule, statements
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.dossier import plain
from clinic_vetting.evidence import Answer, Belief, Kind, Outcome, Source, Statement
from clinic_vetting.history import history
from clinic_vetting.reach import Reach
from clinic_vetting.score import HUNDRED
from clinic_vetting.verdict import Finding, Verdict, vet
from clinic_vetting.version import version

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from clinic_vetting.clinic import Clinic, Reply, Waiver
    from clinic_vetting.criterion import Band, Category, Criterion
    from clinic_vetting.dates import Span
    from clinic_vetting.evidence import Scale, Weighed
    from clinic_vetting.plan import Asked, Limit, Plan
    from clinic_vetting.quick import Found

_RECORDS = ("practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews")


Change: TypeAlias = "tuple[dt.date, Belief | None]"
"""A day, and what a criterion's belief is from then on; `None` where it does not apply."""


def changes(plan: Plan, asked: Asked, clinic: Clinic, as_of: dt.date) -> Iterator[Change]:
    """Give each day after `as_of` on which a criterion's belief differs, with the new belief."""
    direct = asked.direct(clinic)
    if not asked.applies(clinic) or not (direct or asked.reads(clinic)):
        return
    day, part = as_of, asked.part(clinic, as_of)
    belief = rule(part, direct, plan.scale(asked, day)).belief
    dates = record_days(clinic, asked)
    while (following := _next_day((*statements(part), *direct), plan.scale(asked, day), dates)) is not None:
        day, part = following, asked.part(clinic, following)
        new = rule(part, direct, plan.scale(asked, day)).belief
        if new != belief:
            belief = new
            yield day, new


def record_days(clinic: Clinic, asked: Asked) -> list[dt.date]:
    """List the days on which what the records say can change: each date in them, and the day after."""
    if asked.measure is None:
        return []
    names = asked.measure.reads or _RECORDS
    days = {day for name in names for record in getattr(clinic, name) for day in _days(record)}
    return sorted(days | {day + ONE_DAY for day in days if day < dt.date.max})


def _next_day(said: Iterable[Statement], scale: Scale, dates: list[dt.date]) -> dt.date | None:
    """Give the first day after the scale's own on which the belief could differ."""
    found = {each for statement in said for each in _turning_days(statement, scale)}
    return min((each for each in found.union(dates) if each > scale.as_of), default=None)


def _turning_days(statement: Statement, scale: Scale) -> Iterator[dt.date]:
    seen = statement.source.seen
    if seen is None:
        return
    yield seen
    for span in _spans(scale.fresh_for, scale.evidence.failures_fresh_for):
        last = span.after(seen)
        if last < dt.date.max:
            yield last + ONE_DAY


@lru_cache(maxsize=1024)
def _spans(fresh_for: Span, failures_fresh_for: Span) -> tuple[Span, ...]:
    return (fresh_for, fresh_for.times(2), failures_fresh_for)


def _days(record: Any) -> Iterator[dt.date]:
    if isinstance(record, Product) and record.last_day:
        yield record.last_day
    for each in attrs.fields(type(record)):
        value = getattr(record, each.name)
        if isinstance(value, dt.date):
            yield value
        elif isinstance(value, tuple):
            for inner in value:
                yield from _days(inner) if attrs.has(type(inner)) else ()
        elif attrs.has(type(value)) and not isinstance(value, Source):
            yield from _days(value)


def at_best(belief: Belief) -> Belief:
    """Answer all that is unknown for the clinic."""
    return Belief(100 - belief.failed, belief.failed)


def at_worst(belief: Belief) -> Belief:
    """Answer all that is unknown against the clinic."""
    return Belief(belief.proven, 100 - belief.proven)


def settled(found: Found) -> Reach:
    """Answer what is unknown, if today's statements stand."""
    best = [at_best(each) if each is not None else None for each in found.beliefs]
    worst = [at_worst(each) if each is not None else None for each in found.beliefs]
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def reachable(found: Found, clinic: Clinic, as_of: dt.date) -> Reach:
    """Inspect anew, on the day, all that is open or has failed."""
    best = _inspected(found, clinic, as_of, Answer.YES)
    worst = _inspected(found, clinic, as_of, Answer.NO)
    return Reach(found.with_beliefs(best).band, found.with_beliefs(worst).band)


def _inspected(found: Found, clinic: Clinic, as_of: dt.date, answer: Answer) -> list[Belief | None]:
    plan, beliefs = found.worth.plan, found.beliefs
    inspection = Statement(answer, Source("inspection today", Kind.INSPECTION, "an inspection", as_of))
    for asked, belief in zip(plan.asked, found.beliefs, strict=True):
        if belief is not None and (belief.open or belief.failed):
            said = (*asked.direct(clinic), inspection)
            beliefs[asked.place] = rule(asked.part(clinic, as_of), said, plan.scale(asked, as_of)).belief
    return beliefs


@frozen
class Question:
    """An open criterion that is worth asking about.

    Attributes:
        criterion: What to ask.
        points: How many points of 100 are unknown, exact.
        opens: Ids of the better bands that cannot be reached without an answer, best first.
    """

    criterion: Criterion
    points: Fraction
    opens: tuple[str, ...]


@frozen
class Fix:
    """What failed, and the score that would come back if it were shown to be mended, exact."""

    criterion: Criterion
    regains: Fraction


def questions(verdict: Verdict) -> tuple[Question, ...]:
    """List open criteria: first those without which no better band can be reached, then by points unknown."""
    if verdict.band is None:
        return ()
    found, bands = verdict.found, verdict.criteria.bands
    order: dict[Band | None, int] = {band: place for place, band in enumerate(bands)}
    best_found = found.with_beliefs([at_best(each) if each is not None else None for each in found.beliefs])
    top, now = order[best_found.band], order[verdict.band]
    asked = []
    for one, leaf, answered in zip(verdict.plan.asked, found.leaves, best_found.leaves, strict=True):
        if leaf.belief is not None and leaf.belief.open:
            without = order[found.worth.band(best_found.packed - answered.packed + leaf.packed)]
            opens = tuple(band.id for band in bands[top : min(without, now)])
            points = verdict.points.of(one.place) * leaf.belief.open / 100
            decisive = top < now <= without
            asked.append((not decisive, -points, one.id, Question(one.criterion, points, opens)))
    return tuple(each[-1] for each in sorted(asked, key=lambda each: each[:3]))


def fixes(verdict: Verdict) -> tuple[Fix, ...]:
    """List what speaks against the clinic, by the score that mending it would bring back."""
    found = []
    for asked in verdict.plan.asked:
        belief = verdict.found.beliefs[asked.place]
        if belief is not None and belief.failed:
            points = verdict.points.of(asked.place)
            counts = verdict.plan.unknown_counts
            regains = effect(points, Belief(100, 0), counts) - effect(points, belief, counts)
            found.append((-regains, asked.id, Fix(asked.criterion, regains)))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:2]))


def effect(points: Fraction, belief: Belief, unknown_counts: Fraction) -> Fraction:
    """How far a finding moves the score from its start; unknown has no effect."""
    proven, failed = belief
    return points * (proven + unknown_counts * (100 - proven - failed)) / 100 - unknown_counts * points


def rounded(value: Fraction, digits: int) -> Fraction:
    """Round to so many digits, halves up."""
    scale = 10**digits
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def apportioned(parts: Mapping[str, Fraction], total: Fraction, digits: int) -> dict[str, Fraction]:
    """Round parts so that they sum to the rounded `total`, by largest remainder, ties by name.

    `total` is what is shown, so it has at most so many digits; the parts' exact sum is within one
    unit of it.
    """
    scale = 10**digits
    floors = {name: floor(value * scale) for name, value in parts.items()}
    missing = int(total * scale) - sum(floors.values())
    by_remainder = sorted(parts, key=lambda name: (floors[name] - parts[name] * scale, name))
    return {name: Fraction(floors[name] + (name in _first(by_remainder, missing)), scale) for name in parts}


def _first(names: Sequence[Hashable], count: int) -> frozenset[Hashable]:
    return frozenset(names[:count])


@frozen
class Shown:
    """Rounded numbers of a rated verdict.

    Attributes:
        parts: `proven`, `unknown` and `failed`; they sum to 100.
        start, score: `start` plus all `effects` is `score`.
        effects: By full criterion id.
    """

    parts: dict[str, Fraction]
    start: Fraction
    score: Fraction
    effects: dict[str, Fraction]


def shown(verdict: Verdict, digits: int) -> Shown | None:
    """Round a verdict's numbers; `None` where nothing is rated."""
    proven, failed, unknown = verdict.proven, verdict.failed, verdict.unknown
    exact_start, exact_score = verdict.start, verdict.score
    if proven is None or failed is None or unknown is None or exact_start is None or exact_score is None:
        return None
    start, score = rounded(exact_start, digits), rounded(exact_score, digits)
    effects = {each.id: each.effect for each in findings(verdict) if each.effect is not None}
    return Shown(
        apportioned({"proven": proven, "unknown": unknown, "failed": failed}, HUNDRED, digits),
        start,
        score,
        apportioned(effects, score - start, digits),
    )


def seen_apart(found: Fraction, wanted: Fraction, digits: int) -> Fraction:
    """Round `found` with as many digits as it takes to see that it is not `wanted`."""
    for more in range(digits, 16):
        value = rounded(found, more)
        if value != wanted:
            return value
    return found


@lru_cache(maxsize=4)
def first_changes(verdict: Verdict) -> tuple[Change | None, ...]:
    """Each criterion's first change to come."""
    each = (changes(verdict.plan, asked, verdict.clinic, verdict.as_of) for asked in verdict.plan.asked)
    return tuple(next(days, None) for days in each)


def changed_verdicts(verdict: Verdict) -> Iterator[Verdict]:
    """Give the verdicts to come if nothing new arrives, each differing from the one before it."""
    shown = verdict
    while (day := _next_change(verdict)) is not None:
        verdict = vet(verdict.clinic, verdict.criteria, as_of=day)
        if verdict.band is not shown.band or not verdict.sums.same_as(shown.sums):
            yield verdict
            shown = verdict


def _next_change(verdict: Verdict) -> dt.date | None:
    """Give the next day on which a criterion changes, or a waiver ends."""
    days = [change[0] for change in first_changes(verdict) if change]
    for waiver in verdict.clinic.waivers:
        days += [waiver.since] if waiver.since else []
        days += [waiver.until + ONE_DAY] if waiver.until < dt.date.max else []
    return min((day for day in days if day > verdict.as_of), default=None)


def _waived(plan: Plan, clinic: Clinic, as_of: dt.date, beliefs: list[Belief | None]) -> dict[int, Waiver]:
    """Find the waivers in force; a critical criterion that failed cannot be waived."""
    in_force = [each for each in clinic.waivers if each.in_force(as_of) and each.criterion in plan.place]
    return {
        place: each
        for each in in_force
        if (belief := beliefs[place := plan.place[each.criterion]]) is not None and not plan.asked[place].fatal(belief)
    }


def valid_until(verdict: Verdict) -> dt.date | None:
    """Give the last day on which a verdict stands."""
    first = next(changed_verdicts(verdict), None)
    return first.as_of - ONE_DAY if first else None


def waived(verdict: Verdict) -> dict[int, Waiver]:
    """Give the waivers in force, by the place of their criterion."""
    plan, clinic, as_of = verdict.plan, verdict.clinic, verdict.as_of
    return _waived(plan, clinic, as_of, plan.beliefs(clinic, as_of))


@lru_cache(maxsize=4)
def findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Give every criterion's finding."""
    return tuple(_found(verdict, place) for place in range(len(verdict.plan.asked)))


def _found(self: Verdict, place: int) -> Finding:
    asked = self.plan.asked[place]
    belief = self.found.beliefs[place]
    ruling = self.plan.ruling(asked, self.clinic, self.as_of)
    points = None if belief is None else self.points.of(place)
    change = first_changes(self)[place]
    replies = [each for each in self.clinic.replies if each.criterion == asked.id and each.on <= self.as_of]
    standards = [each for each in asked.criterion.our_standard if each.holds(self.clinic.country, self.clinic.region)]
    return Finding(
        criterion=asked.criterion,
        outcome=Outcome.NOT_APPLICABLE if belief is None else belief.outcome,
        belief=belief,
        points=points,
        effect=None if points is None or belief is None else effect(points, belief, self.plan.unknown_counts),
        decided_by=ruling.deciding,
        others=ruling.others,
        contradicted=ruling.contradicted,
        changes_on=change[0] if change else None,
        replies=tuple(sorted(replies, key=lambda each: (each.on, each.text), reverse=True)),
        waiver=waived(self).get(place),
        notes=tuple(each.says for each in standards),
    )


def by_category(verdict: Verdict) -> Iterator[tuple[Category, tuple[Finding, ...]]]:
    """Give each category with its findings."""
    start = 0
    for category in verdict.criteria.categories:
        stop = start + len(category.criteria)
        yield category, findings(verdict)[start:stop]
        start = stop


VERSION: Final = 1
"""The format version of verdicts that this library writes."""
_DIGITS: Final = 2


def readable_json(verdict: Verdict) -> str:
    """Write a verdict as one line of JSON, without a line end."""
    return json.dumps(readable_tree(verdict), separators=(", ", ": "))


def readable_tree(verdict: Verdict) -> dict[str, Any]:
    """Write a verdict as a tree of text, numbers, lists and mappings."""
    numbers = shown(verdict, _DIGITS)
    criteria = verdict.criteria
    without = verdict.without_waivers
    return {
        "verdict": VERSION,
        "clinic": {"id": verdict.clinic.id, "name": verdict.clinic.name},
        "criteria": {"id": criteria.id, "version": criteria.version, "digest": criteria_digest(criteria)},
        "dossier_digest": digest(plain(verdict.clinic)),
        "as_of": verdict.as_of.isoformat(),
        "valid_until": _day(valid_until(verdict)),
        "library": version(),
        "band": _band(verdict.band),
        **_numbers(numbers),
        "limits": [_limit(each) for each in verdict.limits],
        "settled": _reach(settled(verdict.found)),
        "reachable": _reach(reachable(verdict.found, verdict.clinic, verdict.as_of)),
        "categories": [_category_tree(category, found, numbers) for category, found in by_category(verdict)],
        "questions": [_question(each) for each in questions(verdict)],
        "fixes": [{"criterion": each.criterion.full_id, "regains": _two(each.regains)} for each in fixes(verdict)],
        "waivers": [_waiver(each) for each in waived(verdict).values()],
        "without_waivers": {"band": _band(without.band), **_numbers(shown(without, _DIGITS))} if without else None,
        "history": list(history(verdict.clinic, verdict.as_of)),
        "warnings": list(verdict.warnings),
    }


def _numbers(numbers: Shown | None) -> dict[str, float | None]:
    if numbers is None:
        return dict.fromkeys(("start", "score", "proven", "unknown", "failed"))
    parts = {name: float(numbers.parts[name]) for name in ("proven", "unknown", "failed")}
    return {"start": float(numbers.start), "score": float(numbers.score), **parts}


def _band(band: Band | None) -> dict[str, str | None] | None:
    return {"id": band.id, "label": band.label, "says": band.says} if band else None


def _limit(limit: Limit) -> dict[str, Any]:
    counted = limit.condition not in ("proven_at_least", "failed_at_most")
    number = int if counted else float
    return {
        "band": limit.band,
        "condition": limit.condition,
        "wanted": number(limit.wanted),
        "found": number(seen_apart(limit.found, limit.wanted, _DIGITS)),
        "criteria": list(limit.criteria),
    }


def _reach(reach: Reach) -> dict[str, str | None]:
    return {"best": reach.best.id if reach.best else None, "worst": reach.worst.id if reach.worst else None}


def _category_tree(category: Category, findings: tuple[Finding, ...], numbers: Shown | None) -> dict[str, Any]:
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
        "decided_by": _weighed(finding.decided_by) if finding.decided_by else None,
        "other_statements": [_weighed(each) for each in finding.others],
        "contradicted": finding.contradicted,
        "changes_on": _day(finding.changes_on),
        "references": list(criterion.references),
        "reply": replies[0] if replies else None,
        "earlier_replies": replies[1:],
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
    }


def _weighed(weighed: Weighed) -> dict[str, Any]:
    statement, source = weighed.statement, weighed.statement.source
    return {
        "answer": statement.answer.value,
        "kind": source.kind.value,
        "who": source.who,
        "seen": _day(source.seen),
        "fresh": weighed.fresh.value,
        "strength": weighed.strength,
        "displaced": weighed.displaced,
        "source": source.id,
        "url": source.url,
        "note": statement.note,
        "record": None if statement.record is None else str(statement.record),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "criterion": question.criterion.full_id,
        "ask": question.criterion.ask,
        "check": question.criterion.check,
        "points": _two(question.points),
        "opens": list(question.opens),
    }


def _reply(reply: Reply) -> dict[str, str]:
    return {"by": reply.by, "on": reply.on.isoformat(), "text": reply.text}


def _waiver(waiver: Waiver) -> dict[str, str]:
    until = waiver.until.isoformat()
    return {"criterion": waiver.criterion, "reason": waiver.reason, "owner": waiver.owner, "until": until}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _two(value: Fraction) -> float:
    return float(rounded(value, _DIGITS))


def digest(tree: object) -> str:
    """Give a tree's SHA-256 over its canonical form: sorted keys and lists, no insignificant space."""
    return f"sha256:{hashlib.sha256(_canonical(tree).encode()).hexdigest()}"


def _canonical(tree: object) -> str:
    match tree:
        case dict():
            inner = ",".join(f"{json.dumps(key)}:{_canonical(tree[key])}" for key in sorted(tree))
            return f"{{{inner}}}"
        case list():
            return f"[{','.join(sorted(map(_canonical, tree)))}]"
        case _:
            return json.dumps(tree)
