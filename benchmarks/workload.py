"""The one workload that every peer does, and what it has to come to; told here and nowhere else.

For each of the set's criteria: the strength of a statement by its kind of source and answer; what is left of it by
three cut-offs (not seen yet, fresh, half as long again); `p` and `f`; the outcome. Then the sums of proven and failed
in whole parts, exact, how many critical and major criteria failed or are in doubt, and the band: the first whose every
condition holds. The library's own verdict is what each peer's answer is compared with, on every listing.

The library and the hand-written function start from the listing and do all of it, records included. Rule engines are
given less to do, outside the time that is measured, because most of them cannot loop over records:

- what records say arrives as a finished pair `p`, `f` for each criterion with a measure (18 of 61);
- where several statements answer one question, only the one that decides arrives;
- days arrive as whole numbers, and cut-offs stand in the rules as constants of one day.

No made-up listing has a `not_applicable`, a limit or a waiver, so every criterion applies and points are constants.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from listings import listing

from clinic_vetting import clinic_from, load_criteria, vet
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.evidence import Answer, Kind
from clinic_vetting.plan import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.dates import Span
    from clinic_vetting.finding import Finding
    from clinic_vetting.verdict import Verdict

DAY = dt.date(2026, 11, 22)
COUNTS = ("critical_in_doubt", "critical_failed", "major_failed")
NO_LIMIT = 1000
OUTCOMES = ("met", "partly", "failed", "doubted", "supported", "weak", "unknown")
IN_DOUBT = ("failed", "partly", "doubted")


class Scored(NamedTuple):
    """What a listing comes to: an outcome for each criterion, sums in whole parts, the band."""

    outcomes: tuple[str, ...]
    proven: int
    failed: int
    band: str


@dataclass(frozen=True)
class Asked:
    """One criterion, as constants for rules."""

    id: str
    name: str
    place: int
    severity: str
    measured: bool
    points: int
    full_from: dt.date
    half_from: dt.date


@dataclass(frozen=True)
class Rung:
    """One band's conditions in whole numbers; `most` in the order of `COUNTS`."""

    id: str
    proven: int
    failed: int
    most: tuple[int, ...]
    met: tuple[str, ...]


def earliest_start(span: Span) -> dt.date:
    """Give the earliest start whose span still includes the day of the workload."""
    start = DAY
    while span.after(start - ONE_DAY) >= DAY:
        start -= ONE_DAY
    return start


class Rules:
    """The shipped criteria set on one day, as constants that a peer compiles once."""

    def __init__(self) -> None:
        self.criteria = load_criteria()
        plan = compiled(self.criteria)
        points = vet(clinic_from({"dossier": 1, "clinic": {"id": "nobody"}}), self.criteria, as_of=DAY).points
        self.whole = points.whole
        self.asked = tuple(
            Asked(
                id=each.id,
                name=each.id.replace(".", "_"),
                place=each.place,
                severity=str(each.criterion.severity),
                measured=each.measure is not None,
                points=points.each[each.place],
                full_from=earliest_start(self.criteria.freshness(each.criterion)),
                half_from=earliest_start(self.criteria.freshness(each.criterion).times(2)),
            )
            for each in plan.asked
        )
        strengths = self.criteria.beliefs.strengths
        self.strengths = {
            str(answer): {str(kind): self._strength(strengths[kind], answer) for kind in Kind}
            for answer in (Answer.YES, Answer.PARTLY, Answer.NO)
        }
        self.recent_from = earliest_start(self.criteria.beliefs.failures_fresh_for)
        self.rungs = tuple(
            Rung(
                id=band.id,
                proven=int(Fraction(band.proven_at_least or 0) * self.whole),
                failed=100 * self.whole
                if band.failed_at_most is None
                else int(Fraction(band.failed_at_most) * self.whole),
                most=tuple(NO_LIMIT if (most := getattr(band, name)) is None else most for name in COUNTS),
                met=tuple(each.replace(".", "_") for each in band.met),
            )
            for band in self.criteria.bands
        )

    @staticmethod
    def _strength(strength: Any, answer: Answer) -> int:
        by_answer = {Answer.YES: strength.for_, Answer.NO: strength.against}
        return int(by_answer.get(answer, strength.lower))

    @cached_property
    def by_name(self) -> dict[str, Asked]:
        """Criteria by a name that is an identifier in every language."""
        return {each.name: each for each in self.asked}


class Load:
    """Listings of one size, what they come to, and the facts that rule engines are given."""

    def __init__(self, rules: Rules, clinics: int, reviews: int) -> None:
        self.rules, self.reviews = rules, reviews
        self.trees: list[dict[str, Any]] = [listing(i, reviews) for i in range(clinics)]
        self.texts: list[str] = [json.dumps(each) for each in self.trees]
        self.clinics: list[Clinic] = [clinic_from(each) for each in self.trees]
        verdicts = [vet(each, rules.criteria, as_of=DAY) for each in self.clinics]
        self.expected = [scored_by_library(each) for each in verdicts]
        self.facts = [_facts(rules, each) for each in verdicts]


def scored_by_library(verdict: Verdict) -> Scored:
    """Read a verdict in the common form."""
    outcomes = tuple(str(each.outcome) for each in verdict.findings)
    assert verdict.band
    return Scored(outcomes, verdict.sums.proven_parts, verdict.sums.failed_parts, verdict.band.id)


def _facts(rules: Rules, verdict: Verdict) -> dict[str, dict[str, Any]]:
    """Turn a clinic into direct facts, by criterion; where nobody said anything there is none."""
    facts: dict[str, dict[str, Any]] = {}
    for asked, finding in zip(rules.asked, verdict.findings, strict=True):
        fact = _pair(finding) if asked.measured else _said(finding)
        if fact:
            facts[asked.name] = fact
    return facts


def _pair(finding: Finding) -> dict[str, Any] | None:
    if finding.belief is None or not any(finding.belief):
        return None
    return {"p": finding.belief.proven, "f": finding.belief.failed}


def _said(finding: Finding) -> dict[str, Any] | None:
    weighed = finding.decided_by or next(iter(finding.others), None)
    if weighed is None:
        return None
    source = weighed.statement.source
    assert source.seen
    return {"answer": str(weighed.statement.answer), "kind": str(source.kind), "seen": source.seen.toordinal()}


class Totals(NamedTuple):
    """What a host language adds up for engines whose rules give one value each."""

    proven: int
    failed: int
    critical_in_doubt: int
    critical_failed: int
    major_failed: int
    met: list[str]


def add_up(rules: Rules, found: dict[str, tuple[int, int, str]]) -> Totals:
    """Add up `p`, `f` and outcomes, for engines that cannot."""
    proven = failed = doubted = critical = major = 0
    met = []
    for name, (p, f, outcome) in found.items():
        asked = rules.by_name[name]
        proven += asked.points * p
        failed += asked.points * f
        if outcome == "met":
            met.append(name)
        elif outcome in IN_DOUBT:
            if asked.severity == "critical":
                doubted += 1
                critical += outcome == "failed"
            elif asked.severity == "major":
                major += outcome == "failed"
    return Totals(proven, failed, doubted, critical, major, met)


def in_order(rules: Rules, outcomes: dict[str, str]) -> tuple[str, ...]:
    """Put outcomes in the set's order; where nothing was said they are unknown."""
    return tuple(outcomes.get(each.name, "unknown") for each in rules.asked)


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: Who.
        does: What is inside the time that is measured.
        call: Does it, for one of `inputs`.
        inputs: One for each listing, or a single one with all of them.
        copies: How often each listing is in `inputs`, for what is made for many at once.
        scored: Reads what `call` gave, outside the time; none where a peer does not score.
    """

    name: str
    does: str
    call: Callable[[Any], Any]
    inputs: Sequence[Any]
    scored: Callable[[Any], Scored | list[Scored]] | None = None
    copies: int = 1

    def check(self, expected: list[Scored]) -> None:
        """See that every listing comes to what the library says."""
        results = [self.call(each) for each in self.inputs]
        if self.scored is None:
            return
        read = [self.scored(each) for each in results]
        found = [one for each in read for one in (each if isinstance(each, list) else [each])]
        for i, (got, wanted) in enumerate(zip(found, expected * self.copies, strict=True)):
            for part in Scored._fields:
                if getattr(got, part) != getattr(wanted, part):
                    message = f"{self.name}: listing {i}: {part} {getattr(got, part)!r}, not {getattr(wanted, part)!r}"
                    raise AssertionError(message)
