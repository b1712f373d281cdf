"""Advice on one verdict as text: what mending brings, what is to come, how much hangs on the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.advice import Reason, Stands
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.lines import DIGITS, bullet, joined, label, limit_words, named, one, section, told
from clinic_vetting.reports.numbers import seen_apart
from clinic_vetting.score import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from clinic_vetting.advice import Day, Fix, Forecast, Hold, Remedies, Shift
    from clinic_vetting.evidence import Belief
    from clinic_vetting.verdict import Verdict

_NEXT: Final = 3
_STANDS: Final = {
    Stands.PATIENTS: "cannot be mended: patients wrote it, and only what they write later changes it",
    Stands.STRONGER: "cannot be changed today: no inspection on this day would outweigh what was said",
}
_REASONS: Final = {
    Reason.AGED: "evidence grows old",
    Reason.ENDED: "a date in the records has come",
    Reason.SEEN: "a statement is seen from this day on",
    Reason.CLEARED: "what spoke against it has grown old, and a later yes clears it",
    Reason.WAIVER: "a waiver begins or ends",
}


def fixes_text(verdict: Verdict, found: Remedies) -> str:
    """Write what speaks against a clinic, what mending it brings back, and how that leads to the next band."""
    lines = [line for number, each in enumerate(found.fixes, 1) for line in _fix(verdict, number, each)]
    nothing = [] if lines else ["Nothing speaks against it, so there is nothing to mend."]
    title = f"What mending brings back, of {one(verdict.score)} now"
    return joined([_head(verdict), nothing, section(title, lines), remedies_lines(found)])


def remedies_lines(found: Remedies) -> list[str]:
    """Write how mending alone leads to the next better band."""
    if found.band is None or not found.fixes:
        return []
    title, lines = f"From here to {found.band.label}", []
    if found.missing:
        lines = told("Mending alone does not lead there. With everything mended that can be:", 2, 2)
        for each in found.missing:
            criteria = f" ({', '.join(each.criteria)})" if each.criteria else ""
            lines += bullet(f"{limit_words(each, seen_apart(each.found, each.wanted, DIGITS))}{criteria}")
    else:
        lines = told(_how_many(found), 2, 2)
        lines += [line for each in found.sets for line in bullet(", ".join(one.criterion.full_id for one in each))]
        lines += ["  There are more sets of this size."] if found.more and found.smallest else []
    return section(harmless(title), lines)


def _how_many(found: Remedies) -> str:
    size, alone = len(found.sets[0]), len(found.sets) == 1
    if not found.smallest:
        return f"These {size} fixes together are enough; they are too many to prove that no fewer are:"
    if size == 1:
        return "This fix alone is enough:" if alone else "Any one of these fixes is enough:"
    what = f"These {size} fixes together are" if alone else f"Any one of these sets of {size} fixes is"
    return f"{what} enough, and no fewer are:"


def _fix(verdict: Verdict, number: int, fix: Fix) -> list[str]:
    criterion = fix.criterion
    belief = verdict.beliefs[verdict.plan.place[criterion.full_id]]
    outcome = belief.outcome if belief else ""
    lines = told(f"{number}. {criterion.full_id}: {outcome}, {criterion.severity}, +{one(fix.regains)} points", 2, 5)
    if fix.stands:
        return [*lines, *told(_STANDS[fix.stands], 5, 5)]
    return [*lines, *(told(f"To show it: {criterion.check}", 5, 5) if criterion.check else [])]


def forecast_text(found: Forecast) -> str:
    """Write each day on which a verdict changes if nothing new arrives, and why."""
    says = f"If nothing new arrives, through {found.until}:"
    nothing = [] if found.days else ["Nothing changes."]
    days = [_day(before, day) for before, day in _steps(found)]
    return joined([[*_head(found.verdict), *told(says)], nothing, *days])


def forecast_lines(found: Forecast) -> list[str]:
    """Write the next days of change in a line each, and the next on which the band changes."""
    steps = _steps(found)
    turns = [each for each in steps[_NEXT:] if each[0].band is not each[1].verdict.band][:1]
    lines = [line for each in (*steps[:_NEXT], *turns) for line in bullet(_title(*each))]
    more = len(steps) - _NEXT - len(turns)
    return [*lines, *([f"  and {more} more through {found.until}"] if more > 0 else [])]


def _steps(found: Forecast) -> list[tuple[Verdict, Day]]:
    """Give each day with the verdict before it."""
    return list(zip((found.verdict, *(each.verdict for each in found.days)), found.days, strict=False))


def _day(before: Verdict, day: Day) -> list[str]:
    return [*told(_title(before, day)), *(line for each in day.shifts for line in _shift(day, each))]


def _title(before: Verdict, day: Day) -> str:
    after = day.verdict
    changed = "stays" if before.band is after.band else f"{label(before.band)} becomes"
    scores = [one(each.score) or "none" for each in (before, after)]
    moved = " to ".join(scores) if scores[0] != scores[1] else f"still {scores[0]}, moved by less than is shown"
    return f"{day.on}: {changed} {label(after.band)}, score {moved}"


def _shift(day: Day, shift: Shift) -> list[str]:
    source = shift.decided_by.statement.source if shift.decided_by else None
    who = f": {source.who} ({source.kind}, {source.seen or 'undated'})" if source else ""
    on = "" if shift.on == day.on else f" on {shift.on}"
    moved = f"{_outcome(shift.before)} to {_outcome(shift.after)}"
    return bullet(f"{shift.criterion.full_id}{on}, {moved}: {_REASONS[shift.reason]}{who}")


def _outcome(belief: Belief | None) -> str:
    return f"{belief.outcome} ({belief.proven}, {belief.failed})" if belief else "not applicable"


def robustness_text(verdict: Verdict, holds: Sequence[Hold]) -> str:
    """Write how far each category's weight can move before the band changes."""
    says = (
        "Points of 100 that each category is worth, and between which points the band stands, the other categories "
        "scaled alike."
    )
    lines = [line for each in holds for line in _hold(each)]
    nothing = [] if lines else ["Nothing is rated, so nothing hangs on the weights."]
    return joined([_head(verdict), told(says) if lines else nothing, lines])


def robustness_lines(holds: Sequence[Hold]) -> list[str]:
    """Write only the categories on whose weight the band hangs."""
    return [line for each in holds if not each.always for line in _hold(each)]


def _hold(hold: Hold) -> list[str]:
    if hold.always:
        return told(f"{hold.category.title}: {one(hold.share)}, the band stands whatever its weight", 2, 4)
    return told(f"{hold.category.title}: {one(hold.share)}, stands {_between(hold)}", 2, 4)


def _between(hold: Hold) -> str:
    parts = []
    if hold.below:
        parts.append(f"{'from' if hold.low_holds else 'above'} {_apart(hold, hold.low)} (less: {hold.below.label})")
    if hold.above:
        parts.append(f"{'up to' if hold.high_holds else 'below'} {_apart(hold, hold.high)} (more: {hold.above.label})")
    return " and ".join(parts)


def _apart(hold: Hold, end: Fraction) -> str:
    """Write an end with as many digits as it takes to see it apart from the category's share, where it is."""
    return one(end) if end == hold.share else f"{float(seen_apart(end, rounded(hold.share, DIGITS), DIGITS)):g}"


def _head(verdict: Verdict) -> list[str]:
    title = f"{label(verdict.band).upper()}: {named(verdict.clinic)}"
    return [*told(title, 0, 4), *told(f"As of {verdict.as_of}, {verdict.criteria.id} {verdict.criteria.version}.")]
