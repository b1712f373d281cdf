"""Advice on one verdict as text: what mending brings, what is to come, how much hangs on the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Outcome
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.lines import DIGITS, bullet, joined, label, limit_words, named, one, section, titled, told
from clinic_vetting.reports.numbers import seen_apart
from clinic_vetting.score import rounded
from clinic_vetting.words import again, say, word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from clinic_vetting.advice import Day, Fix, Forecast, Hold, Remedies, Shift
    from clinic_vetting.evidence import Belief
    from clinic_vetting.verdict import Verdict

_NEXT: Final = 3


def fixes_text(verdict: Verdict, found: Remedies) -> str:
    """Write what speaks against a clinic, what mending it brings back, and how that leads to the next band."""
    language = verdict.language
    lines = [line for number, each in enumerate(found.fixes, 1) for line in _fix(verdict, number, each)]
    nothing = [] if lines else told(say(language, "fixes.nothing"))
    title = say(language, "fixes.title", score=one(verdict.score))
    return joined([_head(verdict), nothing, section(title, lines), remedies_lines(found, language)])


def remedies_lines(found: Remedies, language: str) -> list[str]:
    """Write how mending alone leads to the next better band."""
    if found.band is None or not found.fixes:
        return []
    title, lines = say(language, "remedies.title", band=found.band.label), []
    if found.missing:
        lines = told(say(language, "remedies.not_alone"), 2, 2)
        for each in found.missing:
            criteria = f" ({', '.join(each.criteria)})" if each.criteria else ""
            lines += bullet(f"{limit_words(each, seen_apart(each.found, each.wanted, DIGITS), language)}{criteria}")
    else:
        lines = told(_how_many(found, language), 2, 2)
        lines += [line for each in found.sets for line in bullet(", ".join(one.criterion.full_id for one in each))]
        lines += told(say(language, "remedies.more"), 2, 2) if found.more and found.smallest else []
    return section(harmless(title), lines)


def _how_many(found: Remedies, language: str) -> str:
    size, alone = len(found.sets[0]), len(found.sets) == 1
    if not found.smallest:
        form = "unproven"
    elif size == 1:
        form = "this" if alone else "any"
    else:
        form = "together" if alone else "any_set"
    return say(language, f"remedies.{form}", count=size)


def _fix(verdict: Verdict, number: int, fix: Fix) -> list[str]:
    criterion, language = fix.criterion, verdict.language
    belief = verdict.beliefs[verdict.plan.place[criterion.full_id]]
    words = {
        "criterion": criterion.full_id,
        "outcome": word(language, "outcome", belief.outcome) if belief else "",
        "severity": word(language, "severity", criterion.severity),
    }
    lines = told(say(language, "fixes.fix", number=number, points=one(fix.regains), **words), 2, 5)
    lines += told(criterion.question, 5, 5)
    if fix.stands:
        return [*lines, *told(say(language, f"fixes.{fix.stands}"), 5, 5)]
    return [*lines, *(told(say(language, "fixes.show", text=criterion.check), 5, 5) if criterion.check else [])]


def forecast_text(found: Forecast) -> str:
    """Write each day on which a verdict changes if nothing new arrives, and why."""
    language = found.verdict.language
    says = say(language, "forecast.through", day=found.until)
    nothing = [] if found.days else told(say(language, "forecast.nothing"))
    days = [_day(before, day) for before, day in _steps(found)]
    return joined([[*_head(found.verdict), *told(says)], nothing, *days])


def forecast_lines(found: Forecast) -> list[str]:
    """Write the next days of change in a line each, and the next on which the band changes."""
    steps = _steps(found)
    turns = [each for each in steps[_NEXT:] if each[0].band is not each[1].verdict.band][:1]
    lines = [line for each in (*steps[:_NEXT], *turns) for line in bullet(_title(*each))]
    more = len(steps) - _NEXT - len(turns)
    left = say(found.verdict.language, "forecast.more", count=more, day=found.until)
    return [*lines, *([f"  {left}"] if more > 0 else [])]


def _steps(found: Forecast) -> list[tuple[Verdict, Day]]:
    """Give each day with the verdict before it."""
    return list(zip((found.verdict, *(each.verdict for each in found.days)), found.days, strict=False))


def _day(before: Verdict, day: Day) -> list[str]:
    shifts = (line for each in day.shifts for line in _shift(day, each))
    return [*told(_title(before, day)), *shifts]


def _title(before: Verdict, day: Day) -> str:
    after, language = day.verdict, day.verdict.language
    form = "stays" if before.band is after.band else "becomes"
    scores = [one(each.score) or say(language, "label.none") for each in (before, after)]
    moved = say(language, "forecast.moved", before=scores[0], after=scores[1])
    if scores[0] == scores[1]:
        moved = say(language, "forecast.still", score=scores[0])
    bands = {"before": label(before.band, language), "band": label(after.band, language)}
    return say(language, f"forecast.{form}", day=day.on, moved=moved, **bands)


def _shift(day: Day, shift: Shift) -> list[str]:
    language = day.verdict.language
    source = shift.decided_by.statement.source if shift.decided_by else None
    values = {
        "criterion": shift.criterion.full_id,
        "before": _outcome(shift.before, language),
        "after": _outcome(shift.after, language),
        "reason": say(language, f"reason.{shift.reason}"),
    }
    words = say(language, "forecast.shift" if shift.on == day.on else "forecast.shift_on", day=shift.on, **values)
    if source:
        kind, seen = word(language, "kind", source.kind), source.seen or say(language, "label.undated")
        words = say(language, "forecast.cited", shift=words, who=again(source.who, language), kind=kind, seen=seen)
    return [*bullet(words), *told(shift.criterion.question, 4, 4)]


def _outcome(belief: Belief | None, language: str) -> str:
    outcome = word(language, "outcome", belief.outcome if belief else Outcome.NOT_APPLICABLE)
    return f"{outcome} ({belief.proven}, {belief.failed})" if belief else outcome


def robustness_text(verdict: Verdict, holds: Sequence[Hold]) -> str:
    """Write how far each category's weight can move before the band changes."""
    language = verdict.language
    lines = [line for each in holds for line in _hold(each, language)]
    says = say(language, "robustness.what" if lines else "robustness.nothing")
    return joined([_head(verdict), told(says), lines])


def robustness_lines(holds: Sequence[Hold], language: str) -> list[str]:
    """Write only the categories on whose weight the band hangs."""
    return [line for each in holds if not each.always for line in _hold(each, language)]


def _hold(hold: Hold, language: str) -> list[str]:
    form, between = "always" if hold.always else "stands", _between(hold, language)
    values = {"category": titled(hold.category), "points": one(hold.share), "between": between}
    return told(say(language, f"robustness.{form}", **values), 2, 4)


def _between(hold: Hold, language: str) -> str:
    parts = []
    if hold.below:
        form, points = "from" if hold.low_holds else "above", _apart(hold, hold.low)
        parts.append(say(language, f"robustness.{form}", points=points, band=hold.below.label))
    if hold.above:
        form, points = "up_to" if hold.high_holds else "below", _apart(hold, hold.high)
        parts.append(say(language, f"robustness.{form}", points=points, band=hold.above.label))
    return say(language, "robustness.and", low=parts[0], high=parts[1]) if len(parts) == 2 else "".join(parts)


def _apart(hold: Hold, end: Fraction) -> str:
    """Write an end with as many digits as it takes to see it apart from the category's share, where it is."""
    return one(end) if end == hold.share else f"{float(seen_apart(end, rounded(hold.share, DIGITS), DIGITS)):g}"


def _head(verdict: Verdict) -> list[str]:
    language, criteria = verdict.language, verdict.criteria
    band = label(verdict.band, language).upper()
    title = say(language, "advice.head", band=band, clinic=named(verdict.clinic))
    rests = say(language, "advice.set", day=verdict.as_of, criteria=criteria.id, version=criteria.version)
    return [*told(title, 0, 4), *told(rests)]
