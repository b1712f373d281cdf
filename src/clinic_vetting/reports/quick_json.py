"""The same text as `json.dumps(to_tree(verdict))`, put together from parts written once.

`json_report.to_tree` is the definition. Numbers are whole here: points are `worth.points`, and beliefs
hundredths, so that each sum is exact without fractions. Verdicts with waivers go the readable way.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from clinic_vetting import advice
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.combining import Several
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.history import history
from clinic_vetting.look_up import look_up
from clinic_vetting.remembering import ordered, ruling, scales
from clinic_vetting.reports import fragments
from clinic_vetting.reports.fragments import rounded, text, two, words
from clinic_vetting.reports.matches import match_trees
from clinic_vetting.reports.numbers import Shown
from clinic_vetting.reviews.telling import rules_of
from clinic_vetting.version import version
from clinic_vetting.words import again, telling

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic, Reply
    from clinic_vetting.evidence import Ruling, Source, Statement, Weighed
    from clinic_vetting.plan import Asked
    from clinic_vetting.reach import Reach
    from clinic_vetting.remembering import Remembering
    from clinic_vetting.told import Told
    from clinic_vetting.verdict import Verdict


Key = TypeVar("Key", int, str)
_UNDISPUTED: Final = '], "contradicted": false, "changes_on": '


class Numbers(NamedTuple):
    """A rated verdict's numbers in hundredths, as they are shown; effects by place."""

    start: int
    score: int
    proven: int
    unknown: int
    failed: int
    effects: dict[int, int]

    def as_shown(self) -> Shown:
        """Give the same as `numbers.shown` has them, without effects."""
        parts = {name: Fraction(getattr(self, name), 100) for name in ("proven", "unknown", "failed")}
        return Shown(parts, Fraction(self.start, 100), Fraction(self.score, 100), {})


def numbers_of(verdict: Verdict) -> Numbers | None:
    """Round a verdict's numbers; `None` where nothing is rated."""
    return _numbers(verdict) if verdict.rated else None


def write(verdict: Verdict, numbers: Numbers | None, limits: str) -> str:
    """Write a verdict without waivers, its limits already written."""
    criteria = verdict.criteria
    named = {"id": verdict.clinic.id, "name": verdict.clinic.name}
    of = {"id": criteria.id, "version": criteria.version, "digest": criteria_digest(criteria)}
    days = {"as_of": verdict.as_of.isoformat(), "valid_until": _day(verdict.valid_until), "library": version()}
    digests = {"dossier_digest": clinic_digest(verdict.clinic), "review_rules": rules_of(verdict.clinic)}
    head = {"verdict": 1, "clinic": named, "criteria": of, **digests, **days}
    told = ", ".join(_findings_by_category(verdict, numbers))
    told_before = history(verdict.clinic, verdict.as_of, verdict.language)
    tail = {"possible_matches": match_trees(verdict), "history": told_before, "warnings": list(verdict.warnings)}
    return (
        f'{text(head)[:-1]}, "band": {fragments.band(verdict.band)}, {_shown(numbers)}, "limits": {limits}, '
        f'"settled": {_reach(verdict.settled)}, "reachable": {_reach(verdict.reachable)}, '
        f'"categories": [{told}], "questions": [{_questions(verdict)}], "fixes": [{_fixes(verdict)}], '
        f'"waivers": [], "without_waivers": null, {text(tail)[1:]}'
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _reach(reach: Reach) -> str:
    return text({"best": reach.best.id if reach.best else None, "worst": reach.worst.id if reach.worst else None})


def _shown(numbers: Numbers | None) -> str:
    if numbers is None:
        return '"start": null, "score": null, "proven": null, "unknown": null, "failed": null'
    named = zip(("start", "score", "proven", "unknown", "failed"), numbers[:-1], strict=True)
    return ", ".join(f'"{name}": {two(value)}' for name, value in named)


def _numbers(verdict: Verdict) -> Numbers:
    """Round as `numbers.shown` does."""
    sums, (count, of) = verdict.sums, verdict.plan.unknown_counts.as_integer_ratio()
    proven, failed, whole = sums.proven_parts, sums.failed_parts, sums.whole
    unknown = 100 * whole - proven - failed
    start, score = rounded(100 * count, of), rounded(of * proven + count * unknown, of * whole)
    parts = _apportioned({"failed": failed, "proven": proven, "unknown": unknown}, whole, 10_000)
    effects = _apportioned(advice.effects(verdict), of * whole, score - start)
    return Numbers(start, score, parts["proven"], parts["unknown"], parts["failed"], effects)


def _apportioned(parts: dict[Key, int], whole: int, total: int) -> dict[Key, int]:
    """Round parts to hundredths so that they sum to `total`, by largest remainder, ties in order."""
    given = {name: divmod(100 * part, whole) for name, part in parts.items()}
    shown = {name: floor for name, (floor, _) in given.items()}
    missing = total - sum(shown.values())
    for name in sorted(given, key=lambda each: -given[each][1])[:missing]:
        shown[name] += 1
    return shown


def _findings_by_category(verdict: Verdict, numbers: Numbers | None) -> Iterator[str]:
    findings = _findings(verdict, numbers)
    start = 0
    for category in verdict.criteria.categories:
        stop = start + len(category.criteria)
        sums = _category(verdict, range(start, stop))
        named, told = fragments.named(category.id, category.title), ", ".join(findings[start:stop])
        yield f'{named}, {sums}, "findings": [{told}]}}'
        start = stop


def _category(verdict: Verdict, places: range) -> str:
    """Write what a category is worth, and what is proven, unknown and failed of it."""
    worth, leaves = verdict.points, verdict.found.leaves
    points = proven = failed = 0
    for place in places:
        belief = leaves[place].belief
        if belief is not None:
            each = worth.each[place]
            points += each
            proven += each * belief[0]
            failed += each * belief[1]
    if not points:
        return '"points": null, "proven": null, "unknown": null, "failed": null'
    sums = (100 * points, proven, 100 * points - proven - failed, failed)
    shown = [two(rounded(each, worth.whole)) for each in sums]
    return '"points": {}, "proven": {}, "unknown": {}, "failed": {}'.format(*shown)


def _findings(verdict: Verdict, numbers: Numbers | None) -> list[str]:
    written = fragments.findings(verdict.found.worth, verdict.clinic.country, verdict.clinic.region)
    effects = numbers.effects if numbers else {}
    shown, replies = _statements(verdict), _replies(verdict)
    findings = []
    for place, leaf in enumerate(verdict.found.leaves):
        before, says, references = written[leaf]
        effect = two(effects[place]) if place in effects else "null"
        said, answered = shown.get(place, fragments.UNSAID), replies.get(place, fragments.UNANSWERED)
        findings.append(f"{before}{effect}{says}{said}{references}{answered}")
    return findings


def _replies(verdict: Verdict) -> dict[int, str]:
    """Write the clinic's replies by place, newest first."""
    known: dict[int, list[Reply]] = {}
    for each in verdict.clinic.replies:
        if each.on <= verdict.as_of and each.criterion in verdict.plan.place:
            known.setdefault(verdict.plan.place[each.criterion], []).append(each)
    return {place: _answered(replies) for place, replies in known.items()}


def _answered(replies: list[Reply]) -> str:
    newest = sorted(replies, key=lambda each: (each.on, each.text, each.by), reverse=True)
    first, *earlier = [{"by": each.by, "on": each.on.isoformat(), "text": each.text} for each in newest]
    return f'"reply": {text(first)}, "earlier_replies": {text(earlier)}, "waiver": null}}'


def _statements(verdict: Verdict) -> dict[int, str]:
    """Write what was said on each criterion on which somebody has spoken."""
    changes, sources, shown = verdict.first_changes, _Sources(verdict.language), {}
    weighing = scales(verdict.plan, verdict.as_of)
    for place, said in verdict.ahead.told.items():
        write = sources.alone if said.alone else sources.several
        change = changes[place]
        shown[place] = f'{write(said, weighing[place])}"{change[0]}"' if change else f"{write(said, weighing[place])}null"
    if verdict.found.worth.asking != verdict.plan.everything:
        for asked in verdict.plan.asked:
            if not verdict.found.worth.asking >> asked.place & 1:
                said = ruling(verdict.plan, asked.place, verdict.clinic, verdict.as_of)
                shown[asked.place] = f"{sources.ruled(said)}null"
    return shown


class _Sources(dict[int, tuple[str, str, "Source"]]):
    """Who each source is, and its id and address, as JSON; by identity, so each is kept while this is.

    Attributes:
        language: The language in which records are told.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def of(self, source: Source) -> tuple[str, str, Source]:
        """Write a source once."""
        if id(source) not in self:
            where = f'{words(source.id)}, "url": {words(source.url)}, "note": '
            self[id(source)] = words(again(source.who, self.language)), where, source
        return self[id(source)]

    def cite(self, weighed: Weighed) -> str:
        """Write a statement."""
        before, between = fragments.around(weighed)
        return f"{before}{self._words(weighed.statement, between)}"

    def alone(self, said: Told, _: Remembering) -> str:
        """Write what several statements that are alike say, or one, up to the day on which that changes."""
        found = fragments.citation(said.alone)
        if found is None:
            return fragments.UNSAID[:-4]
        opening, between, rest = found
        if not isinstance(said.part, Several):
            (statement,) = said.part or said.direct
            return f"{opening}{self._words(statement, between)}{rest}"
        first, *others = ordered(said.part)
        if not others:
            return f"{opening}{self._words(first, between)}{rest}"
        before, _ = fragments.around(said.alone.weighed)
        cited = ", ".join([f"{before}{self._words(each, between)}" for each in others])
        return f'{opening}{self._words(first, between)}, "other_statements": [{cited}{_UNDISPUTED}'

    def several(self, said: Told, weighing: Remembering) -> str:
        """Write what several statements, or records, say."""
        return self.ruled(weighing.found(said.part, said.direct))

    def ruled(self, found: Ruling) -> str:
        """Write what has been decided between statements, up to the day on which that changes."""
        deciding = self.cite(found.deciding) if found.deciding else "null"
        others = ", ".join(map(self.cite, found.others))
        disputed = "true" if found.contradicted else "false"
        return f'"decided_by": {deciding}, "other_statements": [{others}], "contradicted": {disputed}, "changes_on": '

    def _words(self, statement: Statement, between: str) -> str:
        """Write a statement from who says so to the end."""
        who, where, _ = self.of(statement.source)
        return f"{who}{between}{where}{_own(statement, self.language)}"


def _own(statement: Statement, language: str) -> str:
    record = None if statement.record is None else telling(statement.record, language)
    note = statement.note and again(statement.note, language)
    return f'{words(note)}, "record": {words(record)}}}'


def _questions(verdict: Verdict) -> str:
    written, leaves = fragments.questions(verdict.found.worth), verdict.found.leaves
    ranked, asked, clinic = advice.ranked_questions(verdict), verdict.plan.asked, verdict.clinic
    language = verdict.language
    opening = {opens: text(list(opens)) for opens in {opens for _, opens in ranked}}
    return ", ".join(
        [f"{written[leaves[i]]}{opening[opens]}{_look_up(asked[i], clinic, language)}" for i, opens in ranked]
    )


def _look_up(asked: Asked, clinic: Clinic, language: str) -> str:
    if asked.measure is None or asked.measure.registers is None:
        return fragments.NOWHERE
    return fragments.look_up(look_up(asked, clinic), language)


def _fixes(verdict: Verdict) -> str:
    ranked, of = advice.ranked_fixes(verdict), verdict.points.whole * verdict.plan.unknown_counts.denominator
    return ", ".join(
        f'{{"criterion": "{verdict.plan.asked[place].id}", "regains": {two(rounded(regains, of))}}}'
        for regains, place in ranked
    )
