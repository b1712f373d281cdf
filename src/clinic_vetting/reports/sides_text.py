"""Two verdicts of one clinic, and several clinics side by side, as text."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from clinic_vetting.advice import CAUSES, lead
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.reports.harmless import columns, harmless
from clinic_vetting.reports.lines import DIGITS, bullet, joined, label, named, one, section, signed, titled, told
from clinic_vetting.reports.numbers import ShownDifference, seen_apart, shown_difference, shown_interval
from clinic_vetting.words import say, word

if TYPE_CHECKING:
    from clinic_vetting.advice import Comparison, Difference, Lead, Moved, Pair, Side
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.evidence import Outcome


def difference_text(found: Difference) -> str:
    """Write why two verdicts of one clinic differ."""
    numbers = shown_difference(found, DIGITS)
    after, language = found.after, found.after.language
    days = say(language, "difference.days", before=found.before.as_of, after=after.as_of)
    title = [*told(named(after.clinic), 0, 4), *told(days)]
    unrated = [] if numbers else told(say(language, "difference.unrated"))
    causes = [line for name in CAUSES for line in _cause(found, name, numbers)] if numbers else []
    asked = {each.id: each.criterion.question for one in (found.before, found.after) for each in one.plan.asked}
    tells = [each for each in found.moved if _tells(each)]
    moved = [
        line for each in tells for line in (*_moved(each, numbers, language), *told(asked[each.criterion], 10, 10))
    ]
    if silent := sum(not _tells(each) for each in found.moved):
        moved += told(say(language, "difference.silent", count=silent), 2, 2)
    if numbers and found.start and found.start.total:
        moved += told(say(language, "difference.start", total=signed(numbers.of(""))), 2, 4)
    why = section(say(language, "difference.why"), causes)
    parts = [title, [*told(_became(found, numbers)), *unrated], _criteria(found), why]
    return joined([*parts, section(say(language, "difference.moved"), moved)])


def _became(found: Difference, numbers: ShownDifference | None) -> str:
    """Say what became of band and score."""
    before, after, language = found.before, found.after, found.after.language
    band, other = label(before.band, language), label(after.band, language)
    form = f"difference.{'stays' if band == other else 'became'}"
    if numbers is None:
        return say(language, form, band=band, other=other)
    scores = {"before": one(before.score), "after": one(after.score), "total": signed(numbers.total)}
    return say(language, f"{form}_score", band=band, other=other, **scores)


def _criteria(found: Difference) -> list[str]:
    if found.same_criteria:
        return []
    sets = [
        f"{each.id} {each.version} ({criteria_digest(each)[:19]})"
        for each in (found.before.criteria, found.after.criteria)
    ]
    return told(say(found.after.language, "difference.criteria", first=sets[0], second=sets[1]))


def _cause(found: Difference, name: str, numbers: ShownDifference) -> list[str]:
    verdict = dict(zip(CAUSES, (*found.between, found.after), strict=True))[name]
    language = found.after.language
    cause = say(language, f"because.{name}")
    if name == "criteria" and found.same_criteria:
        cause = say(language, "difference.same", cause=cause)
    values = {"points": f"{signed(numbers.causes[name]):>6}", "band": label(verdict.band, language)}
    return told(say(language, "difference.cause", cause=cause, **values), 2, 10)


def _moved(moved: Moved, numbers: ShownDifference | None, language: str) -> list[str]:
    words = after = _outcome(moved.after, language)
    if moved.before is not moved.after:
        words = say(language, "difference.outcomes", before=_outcome(moved.before, language), after=after)
    causes = ", ".join(say(language, f"cause.{name}") for name in CAUSES if getattr(moved.effect, name))
    if causes:
        words = say(language, "difference.by", moved=words, causes=causes)
    points = f"{signed(numbers.of(moved.criterion)):>6}  " if numbers else ""
    return told(f"{points}{moved.criterion}: {words}", 2, 10)


def _tells(moved: Moved) -> bool:
    """Say whether it moves the score, or was asked both times."""
    return bool(moved.effect.total or (moved.before and moved.after))


def _outcome(outcome: Outcome | None, language: str) -> str:
    return word(language, "outcome", outcome) if outcome else say(language, "difference.not_asked")


def comparison_text(found: Comparison) -> str:
    """Write several clinics side by side, and whether their order is proven."""
    criteria, language = found.sides[0].verdict.criteria, found.sides[0].verdict.language
    first, *later = sorted({str(each.verdict.as_of) for each in found.sides})
    days = reduce(lambda one, other: say(language, "comparison.and", first=one, second=other), later, first)
    named = {"criteria": criteria.id, "version": criteria.version, "days": days}
    title = told(say(language, "comparison.title", count=len(found.sides), **named))
    rows = [line for number, each in enumerate(found.sides, 1) for line in _side(number, each)]
    order = [line for each in found.neighbours() for line in _pair(each)]
    pairs = list(found.pairs())
    if len(pairs) > len(found.sides):
        proven = sum(each.proven for each in pairs)
        order += told(say(language, "comparison.pairs", count=len(pairs), proven=proven), 2, 2)
    differing = _differing(found, criteria, language)
    sections = (("comparison.order", order), ("comparison.differ", differing))
    return joined([title, rows, *(section(say(language, name), lines) for name, lines in sections)])


def _side(number: int, side: Side) -> list[str]:
    verdict, language = side.verdict, side.verdict.language
    values: dict[str, object] = {"number": number, "clinic": named(verdict.clinic)}
    interval = shown_interval(verdict, DIGITS)
    if interval is None:
        return told(say(language, "comparison.unrated", **values), 2, 5)
    values |= {"band": label(verdict.band, language), "score": one(verdict.score), "until": verdict.valid_until}
    form = "comparison.side_until" if verdict.valid_until else "comparison.side"
    return told(say(language, form, low=one(interval[0]), high=one(interval[1]), **values), 2, 5)


def _pair(pair: Pair) -> list[str]:
    upper, lower = (each.verdict for each in (pair.upper, pair.lower))
    form = "proven" if pair.proven else "overlap" if pair.overlap else "apart"
    values = {"upper": upper.clinic.id, "lower": lower.clinic.id, "says": say(upper.language, f"comparison.{form}")}
    return [*bullet(say(upper.language, "comparison.pair", **values)), *_lead(lead(upper, lower), upper.language)]


def _lead(found: Lead | None, language: str) -> list[str]:
    return told(_share(found, language), 4, 4) if found else []


def _share(found: Lead, language: str) -> str:
    how = say(language, "comparison.exact")
    if found.draws:
        error = f"{float(100 * found.error):.1f}"
        how = say(language, "comparison.drawn", draws=found.draws, error=error)
    share = 100 * found.first_ahead
    apart = seen_apart(share, Fraction(0 if share < 50 else 100), DIGITS)
    return say(language, "comparison.share", share=f"{float(apart):g}", how=how)


def _differing(found: Comparison, criteria: CriteriaSet, language: str) -> list[str]:
    """Write what each criterion came to for each clinic, where that is not the same, under its category's title."""
    outcomes = dict(found.differing())
    lines = _row("", [each.verdict.clinic.id for each in found.sides]) if outcomes else []
    for category in criteria.categories:
        asked = [each for each in category.criteria if each.full_id in outcomes]
        lines += ["", *told(titled(category), 2, 4)] if asked else []
        for each in asked:
            lines += _row(each.full_id, [_outcome(one, language) for one in outcomes[each.full_id]])
            lines += told(each.question, 4, 4)
    return lines


def _row(name: str, cells: list[str]) -> list[str]:
    """Write what stands in a column for each clinic, in one line where it has room."""
    row = harmless(" | ".join(cells))
    wide = f"  {name:<38}{row}"
    return [wide] if columns(wide) <= 78 else [*(told(name, 2, 4) if name else ()), *told(row, 4, 4)]
