# ruff: noqa: TRY003, EM102
"""A slow and obvious evaluator of clinic verdicts, written from the specification alone.

It is an oracle for tests: it shares no code with the library, caches nothing, and finds every day
on which something changes by trying all the days on which something could. Each docstring quotes,
between '...' marks, the sentence of the specification that the function implements; a line that
starts with `Chosen:` says what was decided where the specification is silent.

The entry point is `evaluate(criteria, dossier, as_of)`; both trees are plain parsed JSON.
"""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

Date = datetime.date
Tree = Mapping[str, Any]

Belief = tuple[int, int]
"""'A pair of whole hundredths, proven `p` and failed `f`, with `p + f <= 100`'."""

NOTHING: Belief = (0, 0)
HALF = Fraction(1, 2)
ONE_DAY = datetime.timedelta(days=1)
AGAINST = ("no", "partly")
IN_DOUBT = ("failed", "partly", "doubted")


# --- Numbers, days and durations -----------------------------------------------------------------


def exact(number: object) -> Fraction:
    """'Arithmetic is exact (integers or fractions)': 0.1 and '0.1' are both one tenth."""
    return Fraction(str(number))


@dataclass(frozen=True)
class Duration:
    """A length of time in calendar months or in days, such as `12 months`, `30 days`, `2 years`."""

    months: int
    days: int


def read_duration(text: str) -> Duration:
    """Read `12 months`, `1 month`, `30 days` or `2 years`; a year is twelve months."""
    number, unit = text.split()
    count = int(number)
    match unit.removesuffix("s"):
        case "year":
            return Duration(12 * count, 0)
        case "month":
            return Duration(count, 0)
        case "day":
            return Duration(0, count)
        case _:
            raise ValueError(f"not a duration: {text!r}")


def after(day: Date, duration: Duration, times: int = 1) -> Date | None:
    """The day `times` durations after `day`; None, for never, beyond the year 9999.

    'Months are calendar months: the same day of the month, or the month's last.' and '`seen + 2 x
    fresh_for` (counted from `seen`)': the months are doubled first, then added once.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + duration.months * times, 12)
    if year > datetime.MAXYEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    try:
        same_day = Date(year, month + 1, min(day.day, last))
        return same_day + datetime.timedelta(days=duration.days * times)
    except OverflowError:
        return None


def is_over(day: Date, start: Date, duration: Duration, times: int = 1) -> bool:
    """Whether `day` is later than `start` plus the duration; that last day itself is not over."""
    end = after(start, duration, times)
    return end is not None and day > end


# --- The criteria set ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Criterion:
    """One question that the set asks, with its category's weight beside its own."""

    id: str
    category: str
    category_weight: Fraction
    weight: Fraction
    severity: str
    fresh_for: Duration
    applies: Tree


def read_criteria(criteria: Tree) -> list[Criterion]:
    """All criteria of the set, in its order; `fresh_for` is the set's 'unless a criterion says
    otherwise'.
    """
    return [
        Criterion(
            id=f"{category['id']}.{item['id']}",
            category=category["id"],
            category_weight=exact(category["weight"]),
            weight=exact(item["weight"]),
            severity=item["severity"],
            fresh_for=read_duration(item.get("fresh_for") or criteria["fresh_for"]),
            applies=item.get("applies") or {},
        )
        for category in criteria["categories"]
        for item in category["criteria"]
    ]


def applies(criterion: Criterion, clinic: Tree) -> bool:
    """'Every kind of limit must hold, within a kind any value will do, and a limit on something
    that the dossier does not state holds.'

    Chosen: an empty value in the dossier (blank, or an empty list) states nothing.
    """
    stated = {
        "countries": [clinic["country"]] if clinic.get("country") else [],
        "regions": [clinic["region"]] if clinic.get("region") else [],
        "treatments": clinic.get("treatments") or [],
    }
    return all(
        not stated[kind] or any(value in wanted for value in stated[kind])
        for kind, wanted in criterion.applies.items()
        if wanted is not None
    )


# --- Statements and their strength ---------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """'A statement answers one question about a clinic: `yes`, `partly`, `no`, or
    `not_applicable`, and names its source'; `strength` is before freshness, with the undated half
    already taken.
    """

    answer: str
    source: str
    kind: str
    seen: Date | None
    strength: int


Statements = dict[str, list[Statement]]


def table_strength(evidence: Tree, kind: str, answer: str) -> int:
    """'`partly` and `not_applicable` have the lower of their kind's two strengths.'"""
    entry = evidence[kind]
    both = entry if isinstance(entry, Mapping) else {"for": entry, "against": entry}
    if answer == "yes":
        return int(exact(both["for"]))
    if answer == "no":
        return int(exact(both["against"]))
    return int(min(exact(both["for"]), exact(both["against"])))


def strength(evidence: Tree, kind: str, answer: str, seen: Date | None) -> int:
    """'An undated statement has half its strength, and an undated `no` at most 40' and 'halves are
    rounded down'.
    """
    full = table_strength(evidence, kind, answer)
    if seen is not None:
        return full
    return min(full // 2, 40) if answer == "no" else full // 2


def make_statement(evidence: Tree, answer: str, source: str, kind: str, seen: Date | None) -> Statement:
    """A statement with the strength that the set's table gives it."""
    return Statement(answer, source, kind, seen, strength(evidence, kind, answer, seen))


def read_answers(evidence: Tree, dossier: Tree, value: Any) -> list[Statement]:
    """The statements in one answer: a bare word (of the default source), a mapping, or a list of
    those.

    'A blank value (nothing after the colon) means absent.'
    """
    if value is None:
        return []
    if isinstance(value, list):
        return [one for item in value for one in read_answers(evidence, dossier, item)]
    if isinstance(value, str):
        value = {"answer": value, "source": dossier["default_source"]}
    source = dossier["sources"][value["source"]]
    seen = Date.fromisoformat(source["seen"]) if source.get("seen") else None
    return [make_statement(evidence, value["answer"], value["source"], source["kind"], seen)]


def read_statements(criteria: Tree, dossier: Tree, asked: list[Criterion]) -> Statements:
    """The statements on each criterion that is asked; 'silence is not an answer: there is no
    statement'.

    'A dossier may hold answers that the chosen criteria set does not ask': they are not looked at.
    """
    answers = dossier.get("answers") or {}
    found: Statements = {}
    for criterion in asked:
        short_id = criterion.id.removeprefix(criterion.category + ".")
        value = (answers.get(criterion.category) or {}).get(short_id)
        found[criterion.id] = read_answers(criteria["evidence"], dossier, value)
    return found


# --- One criterion on one day --------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """What the rules for one criterion need to know beside its statements."""

    today: Date
    fresh_for: Duration
    failures_fresh_for: Duration


def fresh_share(one: Statement, day: Day) -> Fraction:
    """'What a statement proves counts in full through the day `seen + fresh_for`, half through the
    day `seen + 2 x fresh_for` (counted from `seen`), then not at all.'

    Chosen: an undated statement does not age; its half strength stands instead.
    """
    if one.seen is None or not is_over(day.today, one.seen, day.fresh_for):
        return Fraction(1)
    return Fraction(0) if is_over(day.today, one.seen, day.fresh_for, 2) else HALF


def strength_left(one: Statement, day: Day) -> int:
    """After freshness; but 'what a statement shows to be wrong [...] keeps its strength'."""
    if one.answer in AGAINST:
        return one.strength
    return math.floor(one.strength * fresh_share(one, day))


def belief_of(one: Statement, day: Day) -> Belief:
    """'A statement of strength `s` with answer `yes` is `(s, 0)`, `no` is `(0, s)`, `partly` is
    half each (the odd one to `failed`); then freshness takes its share of `p`, and leaves `f`.'
    """
    if one.answer == "no":
        return 0, one.strength
    if one.answer == "yes":
        return strength_left(one, day), 0
    proven = one.strength // 2
    return math.floor(proven * fresh_share(one, day)), one.strength - proven


def exists(one: Statement, day: Day) -> bool:
    """'A statement seen after the as-of date does not exist yet.'"""
    return one.seen is None or one.seen <= day.today


def counts(one: Statement, day: Day) -> bool:
    """'[A `not_applicable`] counts only from a strength of 50 after freshness and never as a
    claim.'

    Chosen: a statement with no strength left ('then not at all') decides and contradicts nothing.
    """
    if one.answer == "not_applicable":
        return one.kind != "claim" and strength_left(one, day) >= 50
    return strength_left(one, day) > 0


def seen_later(one: Statement, other: Statement) -> bool:
    """'Was seen later'; 'undated is oldest': it is later than nothing, and all that is dated is
    later.
    """
    if one.seen is None:
        return False
    return other.seen is None or one.seen > other.seen


def is_old_failure(against: Statement, day: Day) -> bool:
    """'The one against is older than the set's `failures_fresh_for`'; one that is undated is."""
    return against.seen is None or is_over(day.today, against.seen, day.failures_fresh_for)


def displaces(one: Statement, against: Statement, day: Day) -> bool:
    """'A `yes` displaces one when it has at least 50 left after freshness, and is stronger than
    it, or was seen later and is at least as strong; where the one against is older than the set's
    `failures_fresh_for`, a later `yes` needs only half its strength. [...] A `not_applicable`
    displaces in the same way.'

    Chosen: every strength of the displacing statement is the one it has left after freshness.
    """
    left = strength_left(one, day)
    if left < 50:
        return False
    if left > against.strength:
        return True
    if not seen_later(one, against):
        return False
    needed = against.strength * (HALF if is_old_failure(against, day) else 1)
    return left >= needed


def newness(one: Statement) -> int:
    """A number that is greater the newer the statement is; 'undated is oldest'."""
    return one.seen.toordinal() if one.seen else 0


@dataclass(frozen=True)
class Ruling:
    """What the statements on one criterion come to: `belief` is None for 'does not apply here'."""

    belief: Belief | None
    decided_by: Statement | None
    contradicted: bool


def rule(statements: list[Statement], day: Day) -> Ruling:
    """'Those against (`no`, `partly`) stand until displaced. If any against stand, the belief is
    the worst of theirs. If none does, the strongest of the others decides.' And 'one that still
    counts and answers otherwise is reported as a contradiction': one displaced counts no more.
    """
    counting = [one for one in statements if exists(one, day) and counts(one, day)]
    others = [one for one in counting if one.answer not in AGAINST]
    standing = [
        one for one in counting if one.answer in AGAINST and not any(displaces(other, one, day) for other in others)
    ]
    if not standing and not others:
        return Ruling(NOTHING, None, False)
    belief, decider = worst_of(standing, day) if standing else strongest_of(others, day)
    return Ruling(belief, decider, any(one.answer != decider.answer for one in standing + others))


def worst_of(standing: list[Statement], day: Day) -> tuple[Belief | None, Statement]:
    """'The belief is the worst of theirs: the least `p`, the greatest `f`.' and 'Which one is
    cited as deciding: the one that gives `f`, else `p`; then the strongest, the newest, the
    smaller source id as text.' One that counts against always has some `f`, so the greatest `f` is
    never 0.
    """
    p = min(belief_of(one, day)[0] for one in standing)
    f = max(belief_of(one, day)[1] for one in standing)
    givers = [one for one in standing if belief_of(one, day)[1] == f]
    cited = min(givers, key=lambda one: (-one.strength, -newness(one), one.source, one.answer))
    return (p, f), cited


def strongest_of(others: list[Statement], day: Day) -> tuple[Belief | None, Statement]:
    """'The strongest of the others decides (then the newest, then `not_applicable` before `yes`)',
    then 'the smaller source id as text'.
    """
    decider = min(
        others,
        key=lambda one: (-strength_left(one, day), -newness(one), one.answer == "yes", one.source),
    )
    return (belief_of(decider, day) if decider.answer == "yes" else None), decider


def outcome(belief: Belief | None) -> str:
    """'Outcome of a finding, for people, by the first line that fits', line by line."""
    if belief is None:
        return "not_applicable"
    p, f = belief
    table = [
        ("met", p >= 50 and f < 25),
        ("partly", p >= 25 and f >= 25),
        ("failed", p < 25 and f >= 50),
        ("doubted", p < 25 and f >= 25),
        ("supported", p >= 25 and f < 25),
        ("weak", p < 25 and f < 25 and belief != NOTHING),
        ("unknown", belief == NOTHING),
    ]
    return next(name for name, fits in table if fits)


# --- All criteria: points, parts and band --------------------------------------------------------

Beliefs = dict[str, Belief | None]
"""The belief in each criterion that the set asks of this clinic (its `applies` holds); None is a
criterion that a statement has shown not to apply. One that `applies` takes out is not in it.
"""


@dataclass(frozen=True)
class Case:
    """One clinic under one criteria set: everything but the day. `asked` is what `applies` leaves
    in.
    """

    criteria: Tree
    asked: list[Criterion]
    statements: Statements


def read_case(criteria: Tree, dossier: Tree) -> Case:
    """Read both trees."""
    clinic = dossier.get("clinic") or {}
    asked = [criterion for criterion in read_criteria(criteria) if applies(criterion, clinic)]
    return Case(criteria, asked, read_statements(criteria, dossier, asked))


def rule_all(case: Case, today: Date) -> dict[str, Ruling]:
    """The ruling on each criterion that is asked, on one day."""
    failures_fresh_for = read_duration(case.criteria["failures_fresh_for"])
    return {
        criterion.id: rule(case.statements[criterion.id], Day(today, criterion.fresh_for, failures_fresh_for))
        for criterion in case.asked
    }


def beliefs_on(case: Case, today: Date) -> Beliefs:
    """The belief in each criterion that is asked, on one day."""
    return {id_: ruling.belief for id_, ruling in rule_all(case, today).items()}


def points(case: Case, beliefs: Beliefs) -> dict[str, Fraction]:
    """'A criterion that does not apply leaves, and its weight goes to the others in its category;
    a category with nothing left leaves, and its weight goes to the other categories. What remains
    are the criterion's points, and all points sum to 100.'
    """
    left = [criterion for criterion in case.asked if beliefs[criterion.id] is not None]
    inside: dict[str, Fraction] = {}
    for criterion in left:
        inside[criterion.category] = inside.get(criterion.category, Fraction(0)) + criterion.weight
    all_categories = sum({one.category: one.category_weight for one in left}.values(), Fraction(0))
    return {one.id: 100 * one.category_weight / all_categories * one.weight / inside[one.category] for one in left}


@dataclass(frozen=True)
class Parts:
    """The numbers of a verdict, exact."""

    proven: Fraction
    failed: Fraction
    unknown: Fraction
    score: Fraction


def parts(case: Case, beliefs: Beliefs) -> Parts | None:
    """'proven = sum of points * p / 100', 'failed = sum of points * f / 100', 'unknown = 100 -
    proven - failed', 'score = proven + unknown_counts * unknown', and 'where nothing applies there
    is no score and no band'.
    """
    share = points(case, beliefs)
    if not share:
        return None
    known = {id_: belief for id_, belief in beliefs.items() if belief is not None}
    proven = sum((share[id_] * p / 100 for id_, (p, _) in known.items()), Fraction(0))
    failed = sum((share[id_] * f / 100 for id_, (_, f) in known.items()), Fraction(0))
    unknown = 100 - proven - failed
    return Parts(proven, failed, unknown, proven + unknown_counts(case) * unknown)


def unknown_counts(case: Case) -> Fraction:
    """'The set's unknown_counts, shipped: 0.5', exactly."""
    return exact(case.criteria["unknown_counts"])


def effect(case: Case, share: Fraction, belief: Belief) -> Fraction:
    """'In general `points * (p + unknown_counts * (100 - p - f)) / 100 - unknown_counts *
    points`.'
    """
    p, f = belief
    counted = unknown_counts(case)
    return share * (p + counted * (100 - p - f)) / 100 - counted * share


def count(case: Case, beliefs: Beliefs, severity: str, outcomes: tuple[str, ...]) -> int:
    """How many criteria of a severity have one of the outcomes."""
    return sum(
        criterion.severity == severity and outcome(beliefs[criterion.id]) in outcomes for criterion in case.asked
    )


def broken_conditions(case: Case, beliefs: Beliefs, numbers: Parts, band: Tree) -> list[str]:
    """The names of the band's conditions that do not hold, 'in the order critical, required,
    ruled out, major, failed, proven'. 'Counts mean `at most`'; 'bands compare unrounded values'; 'a required
    `met` is excused only where the set's own `applies` takes the criterion out, not by a
    statement'.

    Chosen: within critical and within major, in doubt comes before failed.
    """

    def too_many(name: str, severity: str, outcomes: tuple[str, ...]) -> bool:
        most = band.get(name)
        return most is not None and count(case, beliefs, severity, outcomes) > exact(most)

    failed, proven = band.get("failed_at_most"), band.get("proven_at_least")
    required = [id_ for id_ in band.get("met") or [] if id_ in beliefs]
    ruled_out = [id_ for id_ in band.get("not_failed") or [] if id_ in beliefs]
    conditions = [
        ("critical_in_doubt", too_many("critical_in_doubt", "critical", IN_DOUBT)),
        ("critical_failed", too_many("critical_failed", "critical", ("failed",))),
        ("met", any(outcome(beliefs[id_]) != "met" for id_ in required)),
        ("not_failed", any(outcome(beliefs[id_]) == "failed" for id_ in ruled_out)),
        ("major_in_doubt", too_many("major_in_doubt", "major", IN_DOUBT)),
        ("major_failed", too_many("major_failed", "major", ("failed",))),
        ("failed_at_most", failed is not None and numbers.failed > exact(failed)),
        ("proven_at_least", proven is not None and numbers.proven < exact(proven)),
    ]
    return [name for name, broken in conditions if broken]


def band_place(case: Case, beliefs: Beliefs) -> int | None:
    """'Bands stand in order, best first; [...] the clinic gets the first band whose every
    condition holds': its place, 0 for the best; None where nothing applies.
    """
    numbers = parts(case, beliefs)
    if numbers is None:
        return None
    bands = case.criteria["bands"]
    return next(place for place, band in enumerate(bands) if not broken_conditions(case, beliefs, numbers, band))


def band_id(case: Case, place: int | None) -> str | None:
    """The id of the band at a place."""
    return None if place is None else case.criteria["bands"][place]["id"]


def limits(case: Case, beliefs: Beliefs) -> list[tuple[str, str]]:
    """'A verdict says for each better band, best first, which conditions kept it out (limits),
    each once.'
    """
    numbers, place = parts(case, beliefs), band_place(case, beliefs)
    if numbers is None or place is None:
        return []
    return [
        (band["id"], name)
        for band in case.criteria["bands"][:place]
        for name in broken_conditions(case, beliefs, numbers, band)
    ]


# --- Advice --------------------------------------------------------------------------------------


def at_best(belief: Belief | None) -> Belief | None:
    """All that is unknown is good: 'the truth lies in `[p, 100 - f]`'."""
    return None if belief is None else (100 - belief[1], belief[1])


def at_worst(belief: Belief | None) -> Belief | None:
    """All that is unknown is bad: 'the truth lies in `[p, 100 - f]`'."""
    return None if belief is None else (belief[0], 100 - belief[0])


def is_open(belief: Belief | None) -> bool:
    """'Open criteria (`p + f < 100`)'; one that does not apply is not open."""
    return belief is not None and sum(belief) < 100


def settled(case: Case, beliefs: Beliefs) -> dict[str, str | None]:
    """'The best and the worst band still reachable by answering what is unknown, if today's
    statements stand.' No condition gets harder with more `p` or less `f`, so the two extremes are
    enough.
    """
    best = {id_: at_best(belief) for id_, belief in beliefs.items()}
    worst = {id_: at_worst(belief) for id_, belief in beliefs.items()}
    return {
        "best": band_id(case, band_place(case, best)),
        "worst": band_id(case, band_place(case, worst)),
    }


def reachable(case: Case, today: Date) -> dict[str, str | None]:
    """'The same if every criterion with `p + f < 100` or `f > 0` were answered anew by an
    inspection on the as-of day': `yes` to all for the best, `no` to all for the worst, by the
    ordinary rules.
    """
    return {
        "best": band_id(case, band_place(case, beliefs_on(inspected(case, today, "yes"), today))),
        "worst": band_id(case, band_place(case, beliefs_on(inspected(case, today, "no"), today))),
    }


def inspected(case: Case, today: Date, answer: str) -> Case:
    """The case with one more statement wherever an inspection could tell something new."""
    evidence = case.criteria["evidence"]
    inspection = make_statement(evidence, answer, "(a new inspection)", "inspection", today)
    statements = dict(case.statements)
    for id_, belief in beliefs_on(case, today).items():
        if belief is not None and (sum(belief) < 100 or belief[1] > 0):
            statements[id_] = [*statements[id_], inspection]
    return replace(case, statements=statements)


def is_decisive(case: Case, beliefs: Beliefs, id_: str) -> bool:
    """'First those without which a better band is impossible': with all others at their best and
    this one as it is today there is no better band than today's; with this one at its best too
    there is.
    """
    today = band_place(case, beliefs)
    all_best = {one: at_best(belief) for one, belief in beliefs.items()}
    with_it = band_place(case, all_best)
    without_it = band_place(case, {**all_best, id_: beliefs[id_]})
    if today is None or with_it is None or without_it is None:
        return False
    return with_it < today <= without_it


def questions(case: Case, beliefs: Beliefs) -> list[str]:
    """'Open criteria in the order in which asking is worth most: first those without which a
    better band is impossible, then by points unknown', the most first, then by id.
    """
    share = points(case, beliefs)

    def order(id_: str) -> tuple[bool, Fraction, str]:
        points_unknown = share[id_] * (100 - sum(beliefs[id_] or NOTHING)) / 100
        return not is_decisive(case, beliefs, id_), -points_unknown, id_

    return sorted((id_ for id_, belief in beliefs.items() if is_open(belief)), key=order)


# --- Time ----------------------------------------------------------------------------------------


def candidate_days(case: Case, today: Date) -> list[Date]:
    """'From the statements alone the library knows every day on which a finding changes': for
    every dated statement the day it is seen and the ends of its periods, and the day after each.
    """
    failures_fresh_for = read_duration(case.criteria["failures_fresh_for"])
    days: set[Date] = set()
    for criterion in case.asked:
        for one in case.statements[criterion.id]:
            if one.seen is not None:
                days.update(turning_days(one.seen, criterion.fresh_for, failures_fresh_for))
    return sorted(day for day in days if day > today)


def turning_days(seen: Date, fresh_for: Duration, failures_fresh_for: Duration) -> Iterator[Date]:
    """The days on which a statement seen on a day can begin, or cease, to count for something."""
    ends = (
        seen,
        after(seen, fresh_for),
        after(seen, fresh_for, 2),
        after(seen, failures_fresh_for),
    )
    for end in ends:
        if end is not None:
            yield end
            if end < Date.max:
                yield end + ONE_DAY


def verdict_on(case: Case, today: Date) -> tuple[int | None, Parts | None]:
    """What `valid_until` watches: 'band, score, proven and failed, unrounded'."""
    beliefs = beliefs_on(case, today)
    return band_place(case, beliefs), parts(case, beliefs)


def valid_until(case: Case, today: Date) -> Date | None:
    """'`valid_until` is the last day on which this verdict stands (band, score, proven and failed,
    unrounded; `None` where nothing ever changes; a statement whose `seen` lies ahead can be a
    change on that day)'.
    """
    now = verdict_on(case, today)
    changed = (day for day in candidate_days(case, today) if verdict_on(case, day) != now)
    first = next(changed, None)
    return None if first is None else first - ONE_DAY


def changes_on(case: Case, today: Date) -> dict[str, Date]:
    """'`changes_on` is the first day on which this finding's proven or failed differ'; a criterion
    that never changes is not in the answer.
    """
    now = beliefs_on(case, today)
    first: dict[str, Date] = {}
    for day in candidate_days(case, today):
        for id_, belief in beliefs_on(case, day).items():
            if belief != now[id_]:
                first.setdefault(id_, day)
    return first


# --- The verdict ---------------------------------------------------------------------------------


def findings(case: Case, today: Date, all_ids: list[str]) -> dict[str, dict[str, Any]]:
    """One finding for each criterion of the set; 'a finding that does not apply is listed with
    nulls'.
    """
    rulings = rule_all(case, today)
    share = points(case, beliefs_on(case, today))
    changes = changes_on(case, today)
    out_by_the_set = Ruling(None, None, False)
    found: dict[str, dict[str, Any]] = {}
    for id_ in all_ids:
        ruling = rulings.get(id_, out_by_the_set)
        p, f = ruling.belief or (None, None)
        found[id_] = {
            "outcome": outcome(ruling.belief),
            "p": p,
            "f": f,
            "points": share.get(id_),
            "effect": effect(case, share[id_], ruling.belief) if ruling.belief is not None else None,
            "decided_by": ruling.decided_by.source if ruling.decided_by else None,
            "answer": ruling.decided_by.answer if ruling.decided_by else None,
            "contradicted": ruling.contradicted,
            "changes_on": changes.get(id_),
        }
    return found


def evaluate(criteria: dict[str, Any], dossier: dict[str, Any], as_of: Date) -> dict[str, Any]:
    """The verdict on one clinic on one day, in exact numbers.

    'Where nothing applies there is no score and no band (`None`, not rated), never 0 and never
    100.'
    """
    case = read_case(criteria, dossier)
    beliefs = beliefs_on(case, as_of)
    numbers = parts(case, beliefs)
    return {
        "proven": numbers.proven if numbers else None,
        "failed": numbers.failed if numbers else None,
        "unknown": numbers.unknown if numbers else None,
        "score": numbers.score if numbers else None,
        "start": 100 * unknown_counts(case) if numbers else None,
        "band": band_id(case, band_place(case, beliefs)),
        "limits": limits(case, beliefs),
        "settled": settled(case, beliefs),
        "reachable": reachable(case, as_of),
        "valid_until": valid_until(case, as_of),
        "questions": questions(case, beliefs),
        "findings": findings(case, as_of, [one.id for one in read_criteria(criteria)]),
    }
