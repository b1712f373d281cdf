"""On which days findings change if nothing new arrives (method, section 5)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from clinic_vetting.clinic import Notice, Product, Sanction
from clinic_vetting.combining import rule, statements
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.measures.registry import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.dates import Span
    from clinic_vetting.evidence import Belief, Scale
    from clinic_vetting.plan import Asked, Plan

Change: TypeAlias = "tuple[dt.date, Belief | None]"
"""A day, and what a criterion's belief is from then on; `None` where it does not apply."""


def changes(plan: Plan, asked: Asked, clinic: Clinic, as_of: dt.date, until: dt.date = dt.date.max) -> Iterator[Change]:
    """Give each day after `as_of` and through `until` on which a criterion's belief differs, with the new belief."""
    direct = asked.direct(clinic)
    if not asked.applies(clinic) or not (direct or asked.reads(clinic)):
        return
    day, part = as_of, asked.part(clinic, as_of)
    belief = rule(part, direct, plan.scale(asked, day)).belief
    dates = record_days(clinic, asked)
    while (following := _next_day((*statements(part), *direct), plan.scale(asked, day), dates)) is not None:
        if following > until:
            return
        day, part = following, asked.part(clinic, following)
        new = rule(part, direct, plan.scale(asked, day)).belief
        if new != belief:
            belief = new
            yield day, new


def record_days(clinic: Clinic, asked: Asked) -> list[dt.date]:
    """List the days on which what the records say can change: each date in them, and the day after."""
    if asked.measure is None:
        return []
    names = asked.measure.reads or RECORDS
    days = {day for name in names for record in getattr(clinic, name) for day in _days(record)}
    return sorted(days | {day + ONE_DAY for day in days if day < dt.date.max})


def _next_day(said: Iterable[Statement], scale: Scale, dates: list[dt.date]) -> dt.date | None:
    """Give the first day after the scale's own on which the belief could differ."""
    found = {each for statement in said for each in _turns(statement, scale)}
    return min((each for each in found.union(dates) if each > scale.as_of), default=None)


def _turns(statement: Statement, scale: Scale) -> Iterator[dt.date]:
    return turning_days(statement.source.seen, scale) if statement.source.seen else iter(())


def turning_days(seen: dt.date, scale: Scale) -> Iterator[dt.date]:
    """Give the days on which what was seen on a day begins to count otherwise."""
    yield seen
    for span in _spans(scale.fresh_for, scale.evidence.failures_fresh_for):
        last = span.after(seen)
        if last < dt.date.max:
            yield last + ONE_DAY


@lru_cache(maxsize=1024)
def _spans(fresh_for: Span, failures_fresh_for: Span) -> tuple[Span, ...]:
    return (fresh_for, fresh_for.times(2), failures_fresh_for)


def _days(record: Any) -> Iterator[dt.date]:
    if isinstance(record, Product) and record.last_day:
        yield record.last_day
    if isinstance(record, Notice | Sanction) and record.source.seen:
        yield record.source.seen
    for each in attrs.fields(type(record)):
        value = getattr(record, each.name)
        if isinstance(value, dt.date):
            yield value
        elif isinstance(value, tuple):
            for inner in value:
                yield from _days(inner) if attrs.has(type(inner)) else ()
        elif attrs.has(type(value)) and not isinstance(value, Source):
            yield from _days(value)
