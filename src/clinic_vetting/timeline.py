"""On which days findings change if nothing new arrives (method, section 5)."""

from __future__ import annotations

import datetime as dt
import heapq
from typing import TYPE_CHECKING, Any

import attrs

from clinic_vetting.clinic import Product
from clinic_vetting.combining import statements
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.evidence import Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.evidence import Belief, Scale
    from clinic_vetting.plan import Asked, Plan

_RECORDS = ("practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews")


def changes(plan: Plan, asked: Asked, clinic: Clinic, as_of: dt.date) -> Iterator[tuple[dt.date, Belief | None]]:
    """Give each day after `as_of` on which a criterion's belief differs, with the new belief."""
    if not asked.applies(clinic):
        return
    day = as_of
    belief = plan.ruling(asked, clinic, as_of).belief
    dates = record_days(clinic, asked)
    while (following := _next_day(plan, asked, clinic, day, dates)) is not None:
        day = following
        new = plan.ruling(asked, clinic, day).belief
        if new != belief:
            belief = new
            yield day, new


def all_changes(plan: Plan, clinic: Clinic, as_of: dt.date) -> Iterator[tuple[dt.date, int, Belief | None]]:
    """Give every change of every criterion, by day, with the criterion's place."""

    def of(asked: Asked) -> Iterator[tuple[dt.date, int, Belief | None]]:
        for day, belief in changes(plan, asked, clinic, as_of):
            yield day, asked.place, belief

    return heapq.merge(*(of(each) for each in plan.asked), key=lambda change: change[:2])


def record_days(clinic: Clinic, asked: Asked) -> list[dt.date]:
    """List the days on which what the records say can change: each date in them, and the day after."""
    if asked.measure is None:
        return []
    names = asked.measure.reads or _RECORDS
    days = {day for name in names for record in getattr(clinic, name) for day in _days(record)}
    return sorted(days | {day + ONE_DAY for day in days if day < dt.date.max})


def _next_day(plan: Plan, asked: Asked, clinic: Clinic, day: dt.date, dates: list[dt.date]) -> dt.date | None:
    """Give the first day after `day` on which the belief could differ."""
    scale = plan.scale(asked, day)
    said = (*statements(asked.part(clinic, day)), *asked.direct(clinic))
    found = {each for statement in said for each in _turning_days(statement, scale) if each > day}
    return min(found | {each for each in dates if each > day}, default=None)


def _turning_days(statement: Statement, scale: Scale) -> Iterator[dt.date]:
    seen = statement.source.seen
    if seen is None:
        return
    yield seen
    for span in (scale.fresh_for, scale.fresh_for.times(2), scale.evidence.failures_fresh_for):
        last = span.after(seen)
        if last < dt.date.max:
            yield last + ONE_DAY


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
