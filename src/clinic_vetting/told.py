"""What has been said on each criterion, to be looked up on other days and beside a new inspection.

A `Told` answers for one criterion wherever `quick` can look its answer up. Where it cannot, there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from clinic_vetting.clinic import Product
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.evidence import Answer, Kind, Source, Statement, standing
from clinic_vetting.looking import Row
from clinic_vetting.quick import sight_of
from clinic_vetting.quick_records import Tally
from clinic_vetting.worth import Leaf

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.plan import Asked, Plan
    from clinic_vetting.worth import Worth

Look: TypeAlias = Callable[[Row], "Leaf | None"]
Days: TypeAlias = "frozenset[dt.date]"
Alone: TypeAlias = "tuple[Answer, Kind, dt.date | None]"
NO_DAYS: Final[Days] = frozenset()
_DATED: Final = re.compile(r"\b(date|Source|Licence|Training|Insurance|Authorisation|Supplier|Statement)\b")


class Told(NamedTuple):
    """What has been said on one criterion.

    Attributes:
        look: Looks up what it comes to; `None` where only the readable rule can say.
        seen: The days on which its statements were seen.
        dates: The days on which its records can change what they say.
        alone: The one direct answer, where nothing else was said: its change is looked up too.
    """

    look: Look | None
    seen: Days
    dates: Days
    alone: Alone | None = None

    def leaf(self, row: Row) -> Leaf:
        """Look up what it comes to.

        Raises:
            LookupError: Only the readable rule can say.
        """
        leaf = self.look(row) if self.look else None
        if leaf is None:
            raise LookupError
        return leaf


UNREADABLE: Final = Told(None, NO_DAYS, NO_DAYS)


def told(plan: Plan, clinic: Clinic, as_of: dt.date) -> tuple[Worth, dict[int, Told]]:
    """Collect what has been said on each criterion that the set asks and somebody has spoken on."""
    sight = sight_of(plan, clinic, as_of)
    found: dict[int, Told] = {each.place: UNREADABLE for each in sight.readable if each.reads(clinic)}
    for gets, measures in sight.records:
        if things := gets(clinic, as_of):
            days = _days_of(things, clinic, measures[0][0].cell.asked, as_of)
            for row, quick in measures:
                found[row.cell.asked.place] = Told(_look(quick, things, clinic), *days) if days else UNREADABLE
    for key, said in clinic.answers.items():
        place = plan.place.get(key)
        if place is not None and sight.worth.asking >> place & 1:
            found[place] = UNREADABLE if plan.asked[place].reads(clinic) else _direct(said)
    return sight.worth, found


def _look(quick: Any, things: Any, clinic: Clinic) -> Look:
    return lambda row: quick(row, things, clinic)


def _direct(said: tuple[Statement, ...]) -> Told:
    first = said[0]
    if len(said) == 1 and first.measured is None:
        return told_alone((first.answer, first.source.kind, first.source.seen))
    seen = frozenset(each.source.seen for each in said if each.source.seen)
    return Told(lambda row: row.direct(said), seen, NO_DAYS)


@lru_cache(maxsize=20_000)
def told_alone(alone: Alone) -> Told:
    """Tell one direct answer; the same for all that are alike."""
    answer, kind, seen = alone
    days, by = frozenset([seen] if seen else []), standing(kind, seen)
    return Told(lambda row: row.days[by][row.place][answer], days, NO_DAYS, alone)


def _days_of(things: Any, clinic: Clinic, asked: Asked, as_of: dt.date) -> tuple[Days, Days] | None:
    """Give the days on which a kind of records was seen, and their own dates; none where reviews lie ahead."""
    if isinstance(things, Tally):
        ahead = any(each.date and each.date > as_of for each in clinic.reviews)
        if ahead or any(each.seen and each.seen > as_of for each in clinic.ratings):
            return None
        return frozenset(each for each in (things.newest, *things.days[:1]) if each), NO_DAYS
    seen: set[dt.date] = set()
    dates: set[dt.date] = set()
    for name in asked.measure.reads if asked.measure else ():
        for record in getattr(clinic, name):
            _collect(record, seen, dates)
    return frozenset(seen), frozenset(dates).union(each + ONE_DAY for each in dates if each < dt.date.max)


def _collect(record: Any, seen: set[dt.date], dates: set[dt.date]) -> None:
    """Collect the dates within a record, and the days on which its sources were seen."""
    if record.__class__ is Product and record.last_day:
        dates.add(record.last_day)
    for name in _dated(record.__class__):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        if value.__class__ is tuple:
            for each in value:
                _collect(each, seen, dates)
        elif value.__class__ is not Source:
            dates.add(value) if isinstance(value, dt.date) else _collect(value, seen, dates)
        elif value.seen:
            seen.add(value.seen)


@lru_cache(maxsize=64)
def _dated(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """List the fields of a record that can hold a date, a source or another record."""
    return tuple(each.name for each in attrs.fields(kind) if _DATED.search(str(each.type)))
