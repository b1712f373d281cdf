"""The same text as `json.dumps(to_tree(verdict))`, put together from parts written once.

`json_report.to_tree` is the definition. Verdicts with waivers go the readable way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting import advice
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.history import history
from clinic_vetting.look_up import look_up
from clinic_vetting.reports import fragments, quick_numbers
from clinic_vetting.reports.fragments import rounded, text, two, words
from clinic_vetting.reports.matches import match_trees
from clinic_vetting.reports.quick_cited import cited
from clinic_vetting.reviews.telling import rules_of
from clinic_vetting.version import version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from clinic_vetting.clinic import Clinic, Reply
    from clinic_vetting.plan import Asked
    from clinic_vetting.reach import Reach
    from clinic_vetting.reports.fragments import Line, Section
    from clinic_vetting.reports.quick_numbers import Numbers
    from clinic_vetting.verdict import Verdict


def write(verdict: Verdict) -> str:
    """Write a verdict without waivers."""
    clinic = verdict.clinic
    line = fragments.lines(verdict.found.worth, clinic.country, clinic.region)
    lines = [line[leaf] for leaf in verdict.found.leaves]
    numbers = quick_numbers.numbers(verdict, lines)
    limits = ", ".join([quick_numbers.limit(each, numbers) for each in verdict.limits]) if numbers else ""
    before = (
        f'{_head(verdict)}, "band": {fragments.band(verdict.band)}, {quick_numbers.shown(numbers)}, '
        f'"limits": [{limits}], "settled": {_reach(verdict.settled)}, "reachable": {_reach(verdict.reachable)}, '
        '"categories": ['
    )
    told_before = history(clinic, verdict.as_of, verdict.language)
    after = (
        f'], "fixes": [{_fixes(verdict)}], "waivers": [], "without_waivers": null, '
        f'"possible_matches": {text(match_trees(verdict))}, "history": {text(told_before)}, '
        f'"warnings": {text(list(verdict.warnings))}}}'
    )
    told, questions = _categories(verdict, lines, numbers), _questions(verdict, lines)
    return "".join([before, *told, '], "questions": [', *questions, after])


def _head(verdict: Verdict) -> str:
    """Write what the verdict is about."""
    clinic, until = verdict.clinic, verdict.valid_until
    return (
        f'{{"verdict": 1, "clinic": {{"id": {words(clinic.id)}, "name": {words(clinic.name)}}}, '
        f'"criteria": {fragments.criteria(verdict.criteria)}, "dossier_digest": "{clinic_digest(clinic)}", '
        f'"review_rules": {words(rules_of(clinic))}, "as_of": "{verdict.as_of}", '
        f'"valid_until": {_day(until)}, "library": {words(version())}'
    )


def _day(day: dt.date | None) -> str:
    return f'"{day}"' if day else "null"


def _reach(reach: Reach) -> str:
    best, worst = (words(each.id if each else None) for each in (reach.best, reach.worst))
    return f'{{"best": {best}, "worst": {worst}}}'


def _categories(verdict: Verdict, lines: Sequence[Line], numbers: Numbers | None) -> list[str]:
    """Write each category, in pieces: what it is worth, what is proven, unknown and failed of it, and its findings."""
    findings, pieces, before = _findings(verdict, lines, numbers), list[str](), ""
    for section in fragments.sections(verdict.found.worth):
        pieces.append(f'{before}{section.named}, {_parts(verdict, section)}, "findings": [')
        between = ""
        for finding in findings[section.start : section.stop]:
            pieces.append(between)
            pieces += finding
            between = ", "
        before = "]}, "
    return [*pieces, "]}"]


def _parts(verdict: Verdict, section: Section) -> str:
    worth, points = verdict.found.worth, section.points
    if not points:
        return '"proven": null, "unknown": null, "failed": null'
    sums = worth.sums(sum([leaf.packed for leaf in verdict.found.leaves[section.start : section.stop]]))
    proven, failed = sums.proven_parts, sums.failed_parts
    parts = (proven, 100 * points - proven - failed, failed)
    return '"proven": {}, "unknown": {}, "failed": {}'.format(*[two(rounded(each, sums.whole)) for each in parts])


def _findings(verdict: Verdict, lines: Sequence[Line], numbers: Numbers | None) -> list[tuple[str, ...]]:
    """Write each finding, in pieces."""
    leaves, said, replies = verdict.found.leaves, cited(verdict), _replies(verdict)
    unsaid, unanswered = fragments.UNSAID, fragments.UNANSWERED
    effects = numbers.effects if numbers else [0] * len(lines)
    moves = ["null" if leaf.belief is None else two(each) for leaf, each in zip(leaves, effects, strict=True)]
    return [
        (before, move, says, said.get(place, unsaid), references, replies.get(place, unanswered))
        for place, ((before, says, references, *_), move) in enumerate(zip(lines, moves, strict=True))
    ]


def _replies(verdict: Verdict) -> dict[int, str]:
    """Write the clinic's replies by place, newest first."""
    known: dict[int, list[Reply]] = {}
    for each in verdict.clinic.replies:
        if each.on <= verdict.as_of and each.criterion in verdict.plan.place:
            known.setdefault(verdict.plan.place[each.criterion], []).append(each)
    return {place: _answered(replies) for place, replies in known.items()}


def _answered(replies: list[Reply]) -> str:
    newest = sorted(replies, key=lambda each: (each.on, each.text, each.by), reverse=True)
    first, *earlier = [f'{{"by": {words(each.by)}, "on": "{each.on}", "text": {words(each.text)}}}' for each in newest]
    return f'"reply": {first}, "earlier_replies": [{", ".join(earlier)}], "waiver": null}}'


def _questions(verdict: Verdict, lines: Sequence[Line]) -> list[str]:
    """Write each question, in pieces."""
    asked, clinic, language = verdict.plan.asked, verdict.clinic, verdict.language
    pieces: list[str] = []
    between = ""
    for place, opens in advice.ranked_questions(verdict):
        pieces += between, lines[place].question, fragments.ids(opens), _look_up(asked[place], clinic, language)
        between = ", "
    return pieces


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
