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
from clinic_vetting.evidence import Source
from clinic_vetting.looking import Row
from clinic_vetting.quick import sight_of
from clinic_vetting.quick_records import Tally
from clinic_vetting.remembering import scales
from clinic_vetting.worth import Leaf

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Statement
    from clinic_vetting.plan import Asked, Plan
    from clinic_vetting.remembering import Alone, Remembering
    from clinic_vetting.worth import Worth

Look: TypeAlias = Callable[[Row], "Leaf | None"]
Days: TypeAlias = "frozenset[dt.date]"
NO_DAYS: Final[Days] = frozenset()
_DATED: Final = re.compile(r"\b(date|Source|Licence|Training|Insurance|Authorisation|Supplier|Statement)\b")


class Told(NamedTuple):
    """What has been said on one criterion.

    Attributes:
        part, direct: What records say, and direct answers.
        alone: What each statement comes to, where all that was said is alike: what becomes of it is looked up too.
        look: Looks up what it comes to; `None` where only the readable rule can say.
        seen: The days on which its statements were seen.
        dates: The days on which its records can change what they say.
        until: The first day to come on which its records can say something else; `None` where there is none.
    """

    part: Part
    direct: tuple[Statement, ...]
    alone: Alone | None = None
    look: Look | None = None
    seen: Days = NO_DAYS
    dates: Days = NO_DAYS
    until: dt.date | None = None

    def leaf(self, row: Row) -> Leaf:
        """Look up what it comes to.

        Raises:
            LookupError: Only the readable rule can say.
        """
        leaf = self.look(row) if self.look else None
        if leaf is None:
            raise LookupError
        return leaf


def told(plan: Plan, clinic: Clinic, as_of: dt.date) -> tuple[Worth, dict[int, Told]]:
    """Collect what has been said on each criterion that the set asks and somebody has spoken on."""
    sight, scale = sight_of(plan, clinic, as_of), scales(plan, as_of)
    readable = [each for each in sight.readable if each.reads(clinic)]
    found = {each.place: Told(each.part(clinic, as_of), each.direct(clinic)) for each in readable}
    for gets, measures in sight.records:
        if things := gets(clinic, as_of):
            days = _days_of(things, clinic, measures[0][0].cell.asked, as_of)
            until = min((day for each in days for day in each if day > as_of), default=None) if days else None
            for row, quick in measures:
                asked = row.cell.asked
                part = asked.part(clinic, as_of)
                if days:
                    alone = scale[asked.place].alike(part, ())
                    found[asked.place] = Told(part, (), alone, _look(quick, things, clinic), *days, until)
                else:
                    found[asked.place] = Told(part, ())
    for key, said in clinic.answers.items():
        place = plan.place.get(key)
        if place is not None and sight.worth.asking >> place & 1:
            asked = plan.asked[place]
            if asked.reads(clinic):
                found[place] = Told(asked.part(clinic, as_of), said)
            else:
                found[place] = _direct(said, scale[place])
    return sight.worth, found


def _look(quick: Any, things: Any, clinic: Clinic) -> Look:
    return lambda row: quick(row, things, clinic)


def _direct(said: tuple[Statement, ...], scale: Remembering) -> Told:
    alone = scale.alone(said[0]) if len(said) == 1 else None
    seen = alone.seen if alone else frozenset(each.source.seen for each in said if each.source.seen)
    return Told((), said, alone, lambda row: row.direct(said), seen)


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
