"""What criteria come to on days ahead, and beside a new inspection.

The same as `timeline.changes` and a readable ruling each time; only what cannot be looked up goes there.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.combining import rule
from clinic_vetting.evidence import Answer, Kind, Ruling, Scale, Source, Statement
from clinic_vetting.heard import Heard, heard
from clinic_vetting.looking import Row, together
from clinic_vetting.timeline import changes, turning_days
from clinic_vetting.worth import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.evidence import Belief
    from clinic_vetting.plan import Plan
    from clinic_vetting.remembering import Alone
    from clinic_vetting.timeline import Change
    from clinic_vetting.worth import Worth

MOST_ALONE: Final = 5000


@frozen(slots=False)
class Inspected(Scale):
    """Weighs what was said, and beside it what an inspection on the day would say."""

    answer: Answer = Answer.YES

    def rule(self, statements: tuple[Statement, ...]) -> Ruling:
        """Decide; what is taken out by its own records is not brought back."""
        alone = super().rule(statements)
        if alone.belief is None:
            return alone
        return super().rule((*statements, inspection(self.answer, self.as_of)))


@lru_cache(maxsize=256)
def inspection(answer: Answer, as_of: dt.date) -> Statement:
    """Give what an inspection on a day would say."""
    return Statement(answer, Source("inspection today", Kind.INSPECTION, "an inspection", as_of))


@lru_cache(maxsize=20_000)
def row_of(worth: Worth, place: int, as_of: dt.date) -> Row:
    """Give what to look up for one criterion on one day."""
    return _row(worth.cells[place], worth.plan.scale(worth.cells[place].asked, as_of))


@lru_cache(maxsize=4000)
def inspected_row(worth: Worth, place: int, as_of: dt.date, answer: Answer) -> Row:
    """Give the same, beside an inspection on the day."""
    scale = worth.plan.scale(worth.cells[place].asked, as_of)
    beside = Inspected(scale.evidence, scale.fresh_for, as_of, answer)
    return _row(_inspected_cell(worth, place, answer, beside), beside)


def beside_unsaid(worth: Worth, place: int, as_of: dt.date, answer: Answer) -> Belief | None:
    """Give what an inspection on the day comes to where nothing else has been said."""
    return inspected_row(worth, place, as_of, answer).unsaid.belief


def _row(cell: Cell, scale: Scale) -> Row:
    row = Row(cell, scale)
    together([row])
    return row


def _inspected_cell(worth: Worth, place: int, answer: Answer, beside: Inspected) -> Cell:
    cells = worth.inspected
    if (place, answer) not in cells:
        cell = cells[place, answer] = Cell(worth, worth.cells[place].asked)
        cell.unsaid = cell.leaf(beside.rule(()).belief)
    return cells[place, answer]


@lru_cache(maxsize=MOST_ALONE)
def _change_alone(alone: Alone) -> Change | None:
    """Give the first change to come of what one statement comes to."""
    scale, said = alone.scale, (alone.statement,)
    seen = alone.statement.source.seen
    for day in sorted(set(turning_days(seen, scale))) if seen else ():
        if day > scale.as_of:
            belief = Scale(scale.evidence, scale.fresh_for, day).rule(said).belief
            if belief != alone.ruling.belief:
                return day, belief
    return None


@lru_cache(maxsize=MOST_ALONE)
def inspected_alone(alone: Alone, answer: Answer) -> Belief | None:
    """Give what one statement comes to beside an inspection on the day."""
    scale = alone.scale
    return Inspected(scale.evidence, scale.fresh_for, scale.as_of, answer).rule((alone.statement,)).belief


def _changes(worth: Worth, place: int, as_of: dt.date, said: Heard, until: dt.date = dt.date.max) -> Iterator[Change]:
    """Give each change; what has been seen and counts nothing will not count because time goes by."""
    row = row_of(worth, place, as_of)
    leaf = said.leaf(row)
    counts = leaf is not row.unsaid
    days = {day for seen in said.seen if counts or seen > as_of for day in _turns(worth.plan, place, as_of, seen)}
    days.update(day for day in said.dates if day > as_of)
    now = leaf.belief
    for day in sorted(each for each in days if each <= until):
        belief = said.leaf(row_of(worth, place, day)).belief
        if belief != now:
            now = belief
            yield day, belief


@lru_cache(maxsize=20_000)
def _turns(plan: Plan, place: int, as_of: dt.date, seen: dt.date) -> tuple[dt.date, ...]:
    """Give the days to come on which what was seen on a day may count otherwise."""
    return tuple(day for day in turning_days(seen, plan.scale(plan.asked[place], as_of)) if day > as_of)


class Ahead:
    """What each criterion of a clinic comes to on days ahead, and beside an inspection on the day."""

    def __init__(self, plan: Plan, clinic: Clinic, as_of: dt.date) -> None:
        self.plan, self.clinic, self.as_of = plan, clinic, as_of
        self.worth, self.heard = heard(plan, clinic, as_of)

    def first_changes(self) -> list[Change | None]:
        """Give each criterion's first change after the day."""
        found: list[Change | None] = [None] * len(self.plan.asked)
        for place, said in self.heard.items():
            change = _change_alone(said.alone) if said.alone else None
            if said.alone and (said.until is None or (change and change[0] < said.until)):
                found[place] = change
            else:
                found[place] = self._first_change(place, said)
        return found

    def _first_change(self, place: int, said: Heard) -> Change | None:
        try:
            return next(_changes(self.worth, place, self.as_of, said), None)
        except LookupError:
            return next(changes(self.plan, self.plan.asked[place], self.clinic, self.as_of), None)

    def changes(self, place: int, until: dt.date) -> Iterable[Change]:
        """Give each change of a criterion on which something was said, after the day and through another, in order."""
        said = self.heard[place]
        try:
            return list(_changes(self.worth, place, self.as_of, said, until))
        except LookupError:
            return changes(self.plan, self.plan.asked[place], self.clinic, self.as_of, until)

    def inspected(self, place: int, answer: Answer) -> Belief | None:
        """Give what one criterion comes to beside an inspection on the day."""
        if place not in self.heard:
            return beside_unsaid(self.worth, place, self.as_of, answer)
        said = self.heard[place]
        if said.alone:
            return inspected_alone(said.alone, answer)
        try:
            return said.leaf(inspected_row(self.worth, place, self.as_of, answer)).belief
        except LookupError:
            asked = self.plan.asked[place]
            direct = (*asked.direct(self.clinic), inspection(answer, self.as_of))
            return rule(asked.part(self.clinic, self.as_of), direct, self.plan.scale(asked, self.as_of)).belief
