"""A verdict's numbers as `numbers.shown` has them, and what kept it out of better bands, in whole hundredths.

Points are `worth.points`, and beliefs hundredths, so that each sum is exact without fractions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clinic_vetting.advice.order import in_order
from clinic_vetting.reports import fragments
from clinic_vetting.reports.fragments import rounded, two
from clinic_vetting.reports.numbers import seen_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.plan import Limit
    from clinic_vetting.reports.fragments import Line
    from clinic_vetting.verdict import Verdict


class Numbers(NamedTuple):
    """A rated verdict's numbers in hundredths, as they are shown; effects by place, 0 where it does not apply."""

    start: int
    score: int
    proven: int
    unknown: int
    failed: int
    effects: list[int]


def numbers(verdict: Verdict, lines: Sequence[Line]) -> Numbers | None:
    """Round a verdict's numbers; `None` where nothing is rated."""
    sums, (count, of) = verdict.sums, verdict.plan.unknown_counts.as_integer_ratio()
    proven, failed, whole = sums.proven_parts, sums.failed_parts, sums.whole
    if not whole:
        return None
    unknown = 100 * whole - proven - failed
    start, score = rounded(100 * count, of), rounded(of * proven + count * unknown, of * whole)
    parts = [divmod(100 * part, whole) for part in (failed, proven, unknown)]
    against, for_it, open_ = _apportioned(parts, (0, 1, 2), 10_000)
    effects = _apportioned([line.effect for line in lines], in_order(verdict.plan), score - start)
    return Numbers(start, score, for_it, open_, against, effects)


def _apportioned(parts: Sequence[tuple[int, int]], order: Sequence[int], total: int) -> list[int]:
    """Round quotients with their remainders so that they sum to `total`, by largest remainder, ties in an order."""
    shown, remainders = map(list, zip(*parts, strict=True))
    missing = total - sum(shown)
    for place in sorted(order, key=remainders.__getitem__, reverse=True)[:missing]:
        shown[place] += 1
    return shown


def shown(found: Numbers | None) -> str:
    """Write them, without effects."""
    if found is None:
        return '"start": null, "score": null, "proven": null, "unknown": null, "failed": null'
    start, score, proven, unknown, failed, _ = found
    return (
        f'"start": {two(start)}, "score": {two(score)}, "proven": {two(proven)}, "unknown": {two(unknown)}, '
        f'"failed": {two(failed)}'
    )


def limit(each: Limit, found: Numbers) -> str:
    """Write what kept the clinic out of a band, and what was found as the parts show it, if that is seen apart."""
    named = f'{{"band": "{each.band}", "condition": "{each.condition}", "wanted": '
    ids = fragments.ids(each.criteria)
    if each.condition not in ("failed_at_most", "proven_at_least"):
        return f'{named}{each.wanted.numerator}, "found": {each.found.numerator}, "criteria": {ids}}}'
    wanted, of = each.wanted.as_integer_ratio()
    part, more = (found.failed, True) if each.condition == "failed_at_most" else (found.proven, False)
    apart = part * of > 100 * wanted if more else part * of < 100 * wanted
    value = two(part) if apart else repr(float(seen_apart(each.found, each.wanted, 2)))
    return f'{named}{float(each.wanted)!r}, "found": {value}, "criteria": {ids}}}'
