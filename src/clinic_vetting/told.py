"""What has been said on each criterion, to be looked up on other days and beside a new inspection.

The same as `timeline.changes` and a readable ruling each time, without ruling anew: a `Told` answers for
one criterion wherever `quick` can look its answer up. Where it cannot, there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs
from attrs import frozen

from clinic_vetting.clinic import Product, Review
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.evidence import Answer, Kind, Ruling, Scale, Source, Statement
from clinic_vetting.quick import Cell, Leaf, Row, sight_of
from clinic_vetting.quick_records import Tally
from clinic_vetting.timeline import turning_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.plan import Plan
    from clinic_vetting.quick import Sight, Worth
    from clinic_vetting.timeline import Change

Look: TypeAlias = Callable[[Row], "Leaf | None"]
Days: TypeAlias = "frozenset[dt.date]"
NO_DAYS: Final[Days] = frozenset()
_SOURCED: Final = ("practitioners", "products", "registrations", "notices", "sanctions")


class Told(NamedTuple):
    """What has been said on one criterion.

    Attributes:
        look: Looks up what it comes to; `None` where only the readable rule can say.
        seen: The days on which its statements were seen.
        dates: The days on which its records can change what they say.
    """

    look: Look | None
    seen: Days
    dates: Days


UNREADABLE: Final = Told(None, NO_DAYS, NO_DAYS)


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
    return Row(worth.cells[place], worth.plan.scale(worth.cells[place].asked, as_of))


@lru_cache(maxsize=4000)
def inspected_row(worth: Worth, place: int, as_of: dt.date, answer: Answer) -> Row:
    """Give the same, beside an inspection on the day."""
    scale = worth.plan.scale(worth.cells[place].asked, as_of)
    beside = Inspected(scale.evidence, scale.fresh_for, as_of, answer)
    return Row(_inspected_cell(worth, place, answer, beside), beside)


_CELLS: Final = 4000


def _inspected_cell(worth: Worth, place: int, answer: Answer, beside: Inspected) -> Cell:
    cells = worth.inspected
    if (place, answer) not in cells:
        cell = cells[place, answer] = Cell(worth, worth.cells[place].asked)
        cell.unsaid = cell.leaf(beside.rule(()).belief)
    return cells[place, answer]


def told(plan: Plan, clinic: Clinic, as_of: dt.date) -> tuple[Worth, dict[int, Told]]:
    """Collect what has been said on each criterion that the set asks and somebody has spoken on."""
    sight = sight_of(plan, clinic, as_of)
    found: dict[int, Told] = {each.place: UNREADABLE for each in sight.readable if each.reads(clinic)}
    for gets, measures in sight.records:
        if things := gets(clinic, as_of):
            seen, dates = _days_of(things, clinic, measures[0][0].cell.asked.measure, as_of)
            for row, quick in measures:
                found[row.cell.asked.place] = Told(_look(quick, things, clinic), seen, dates)
    for key, said in clinic.answers.items():
        row = sight.rows.get(key) or sight.measured.get(key)
        if row is not None:
            place = row.cell.asked.place
            found[place] = UNREADABLE if place in found or row.cell.asked.reads(clinic) else _direct(said)
    return sight.worth, found


def _look(quick: Any, things: Any, clinic: Clinic) -> Look:
    return lambda row: quick(row, things, clinic)


def _direct(said: tuple[Statement, ...]) -> Told:
    seen = frozenset(each.source.seen for each in said if each.source.seen)
    return Told(lambda row: row.direct(said), seen, NO_DAYS)
