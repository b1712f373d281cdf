"""What the verdict will be on each day to come if nothing new arrives, and why (method, section 8)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from clinic_vetting.ahead import Ahead
from clinic_vetting.combining import statements
from clinic_vetting.dates import ONE_DAY, Span
from clinic_vetting.quick import evaluate
from clinic_vetting.verdict import judged, waiver_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import Criterion
    from clinic_vetting.evidence import Belief, Ruling, Weighed
    from clinic_vetting.plan import Asked
    from clinic_vetting.verdict import Verdict

HORIZON: Final = Span(24)
"""How far ahead a forecast looks unless another day is asked for."""
MOST_DAYS: Final = 200
"""How many days of change a forecast tells at most."""
_WAIVER: Final = -1
Event: TypeAlias = "tuple[dt.date, int, Belief | None]"


class Reason(StrEnum):
    """Why a criterion changes though nothing new arrives."""

    AGED = "aged"
    """What decided has become too old to count in full, or at all."""
    ENDED = "ended"
    """A date in a record has come, such as the end of a licence or of a notice."""
    SEEN = "seen"
    """A statement was given that is seen only on this day."""
    CLEARED = "cleared"
    """What spoke against it has become so old that a weaker `yes` clears it."""
    WAIVER = "waiver"
    """A waiver begins or ends."""


@frozen(eq=False)
class Shift:
    """One criterion that changes on a day.

    Attributes:
        on: The first day of the change.
        criterion: Which.
        before, after: What is proven and failed, in hundredths; `None` where it does not apply.
        reason: Why.
        decided_by: The statement that had decided until then, if one did; where something is newly seen, that.
    """

    on: dt.date
    criterion: Criterion
    before: Belief | None
    after: Belief | None
    reason: Reason
    decided_by: Weighed | None


@frozen(eq=False)
class Day:
    """A day from which on the verdict is another one, by band, score, proven or failed, unrounded.

    Attributes:
        verdict: The new one.
        shifts: What changed since the verdict before; on an earlier day, where that by itself moved no number.
    """

    verdict: Verdict
    shifts: tuple[Shift, ...]

    @property
    def on(self) -> dt.date:
        """The first day of the new verdict."""
        return self.verdict.as_of


@frozen(eq=False)
class Forecast:
    """The verdicts to come if nothing new arrives.

    Attributes:
        verdict: Today's.
        until: The last day for which the forecast speaks.
        days: Each day through `until` on which the verdict changes, in order.
    """

    verdict: Verdict
    until: dt.date
    days: tuple[Day, ...]

    def at(self, day: dt.date) -> Verdict:
        """Give the verdict that stands on a day.

        Raises:
            ValueError: The forecast does not speak for that day.
        """
        if not self.verdict.as_of <= day <= self.until:
            message = f"the forecast speaks for {self.verdict.as_of} to {self.until}, not for {day}"
            raise ValueError(message)
        return next((each.verdict for each in reversed(self.days) if each.on <= day), self.verdict)


def forecast(verdict: Verdict, *, until: dt.date | None = None, most: int = MOST_DAYS) -> Forecast:
    """Tell each day through `until` on which the verdict changes without new evidence, and to what.

    Without `until` it looks 24 months ahead. Where more than `most` days of change come, it ends on the last day before
    the next one. Days on which the verdict stays the same are left out.

    Raises:
        ValueError: `until` lies before the verdict's day, or `most` is less than 1.
    """
    until = HORIZON.after(verdict.as_of) if until is None else until
    if until < verdict.as_of or most < 1:
        message = f"expected until on or after {verdict.as_of} and most at least 1, got {until} and {most}"
        raise ValueError(message)
    days: list[Day] = []
    shifts: list[Shift] = []
    shown = eve = verdict
    for each in _verdicts(verdict, until):
        shifts += _shifts(eve, each)
        eve = each
        if each.band is not shown.band or not each.sums.same_as(shown.sums):
            if len(days) == most:
                return Forecast(verdict, each.as_of - ONE_DAY, tuple(days))
            days.append(Day(each, tuple(shifts)))
            shown, shifts = each, []
    return Forecast(verdict, until, tuple(days))


def _verdicts(verdict: Verdict, until: dt.date) -> Iterator[Verdict]:
    """Give the verdict of each day on which a criterion changes, or a waiver begins or ends."""
    plan, clinic = verdict.plan, verdict.clinic
    found = evaluate(plan, clinic, verdict.as_of)
    for day, events in groupby(_events(verdict, until), key=lambda each: each[0]):
        beliefs = found.beliefs
        for _, place, belief in events:
            if place != _WAIVER:
                beliefs[place] = belief
        found = found.with_beliefs(beliefs)
        yield judged(plan, clinic, day, found)


def _events(verdict: Verdict, until: dt.date) -> Iterator[Event]:
    """Give what changes on the days to come, in order."""
    ahead = Ahead(verdict.plan, verdict.clinic, verdict.as_of)
    waivers = sorted((day, _WAIVER, None) for day in waiver_days(verdict.clinic) if verdict.as_of < day <= until)
    return merge(waivers, *(_of_one(ahead, place, until) for place in ahead.heard), key=lambda each: each[:2])


def _of_one(ahead: Ahead, place: int, until: dt.date) -> Iterator[Event]:
    for day, belief in ahead.changes(place, until):
        yield day, place, belief


def _shifts(before: Verdict, after: Verdict) -> Iterator[Shift]:
    """Tell which beliefs differ, between a day's verdict and that of the last day before on which something changed."""
    for asked, was, now in zip(after.plan.asked, before.beliefs, after.beliefs, strict=True):
        if was != now:
            eve, day = (after.plan.ruling(asked, after.clinic, on) for on in (after.as_of - ONE_DAY, after.as_of))
            waived = asked.place in before.waived or asked.place in after.waived
            reason = Reason.WAIVER if waived else _reason(asked, after, eve, day)
            cited = day.deciding if reason is Reason.SEEN else eve.deciding
            yield Shift(after.as_of, asked.criterion, was, now, reason, cited)


def _reason(asked: Asked, after: Verdict, eve: Ruling, day: Ruling) -> Reason:
    said = (*statements(asked.part(after.clinic, after.as_of)), *asked.direct(after.clinic))
    if any(each.source.seen == after.as_of for each in said):
        return Reason.SEEN
    if eve.deciding is not None and eve.deciding.statement not in said:
        return Reason.ENDED
    healed = eve.belief and (day.belief is None or day.belief.failed < eve.belief.failed)
    if healed and eve.deciding and eve.deciding.statement.against:
        return Reason.CLEARED
    scales = [after.plan.scale(asked, on) for on in (after.as_of - ONE_DAY, after.as_of)]
    aged = any(scales[0].weigh(each).fresh is not scales[1].weigh(each).fresh for each in said)
    return Reason.AGED if aged else Reason.ENDED
