"""What has been said on each criterion, to be looked up on other days and beside a new inspection.

A `Heard` answers for one criterion wherever `quick` can look its answer up; where it cannot, `leaf` raises LookupError.
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
from clinic_vetting.quick_records import DATED, Tally
from clinic_vetting.remembering import scales
from clinic_vetting.worth import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Statement
    from clinic_vetting.plan import Asked, Plan
    from clinic_vetting.quick_records import Quick
    from clinic_vetting.remembering import Alone, Remembering
    from clinic_vetting.worth import Worth

Look: TypeAlias = Callable[[Row], "Leaf | None"]
Days: TypeAlias = "frozenset[dt.date]"
NO_DAYS: Final[Days] = frozenset()
_DATED: Final = re.compile(r"\b(date|Source|Licence|Training|Insurance|Authorisation|Supplier|Statement)\b")


class Heard(NamedTuple):
    """What has been said on one criterion.

    Attributes:
        part, direct: What records say, and direct answers.
        alone: What it comes to, where one statement was made, or all made are alike.
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


def heard(plan: Plan, clinic: Clinic, as_of: dt.date) -> tuple[Worth, dict[int, Heard]]:
    """Collect what has been said on each criterion that the set asks and somebody has spoken on."""
    sight, scale = sight_of(plan, clinic, as_of), scales(plan, as_of)
    readable = [each for each in sight.readable if each.reads(clinic)]
    found = {each.place: Heard(each.part(clinic, as_of), each.direct(clinic)) for each in readable}
    for gets, measures in sight.records:
        things = gets(clinic, as_of)
        if not things:
            found.update((row.cell.asked.place, Heard((), ())) for row, _ in measures if _to_come(row, clinic, as_of))
        else:
            dated = _dated_by(things, clinic, measures[0][0].cell.asked, as_of)
            for row, quick in measures:
                asked = row.cell.asked
                part, look = asked.part(clinic, as_of), _look(quick, things, clinic)
                if said := _recorded(part, scale[asked.place], dated, quick, look):
                    found[asked.place] = said
    for key, answers in clinic.answers.items():
        place = plan.place.get(key)
        if place is not None and sight.worth.asking >> place & 1:
            asked = plan.asked[place]
            beside = asked.reads(clinic)
            found[place] = Heard(asked.part(clinic, as_of), answers) if beside else _direct(answers, scale[place])
    return sight.worth, found


def _recorded(part: Part, scale: Remembering, dated: Dated | None, quick: Quick, look: Look) -> Heard | None:
    """Tell what records say; `None` where they say nothing on any day to come."""
    if dated is None:
        return Heard(part, ())
    seen, dates, until = dated.of(DATED.get(quick))
    return Heard(part, (), scale.alike(part, ()), look, seen, dates, until) if part or until else None


def _look(quick: Quick, things: Any, clinic: Clinic) -> Look:
    return lambda row: quick(row, things, clinic)


def _direct(said: tuple[Statement, ...], scale: Remembering) -> Heard:
    alone = scale.alone(said[0]) if len(said) == 1 else None
    seen = alone.seen if alone else frozenset(each.source.seen for each in said if each.source.seen)
    return Heard((), said, alone, lambda row: row.direct(said), seen)


class Dated:
    """The days of records that lie ahead, by their kind, and those on which their sources were seen.

    Attributes:
        seen: The latter, past ones included.
    """

    def __init__(self, records: Iterable[Any], as_of: dt.date) -> None:
        self.as_of = as_of
        self.seen: set[dt.date] = set()
        self._dates: dict[type[Any] | None, set[dt.date]] = {}
        self._of: dict[type[Any] | None, tuple[Days, Days, dt.date | None]] = {}
        for each in records:
            self._collect(each)

    def of(self, kind: type[Any] | None) -> tuple[Days, Days, dt.date | None]:
        """Give the days of one kind of record: when seen, its own, and the first of them that is to come."""
        if kind not in self._of:
            dates = frozenset(self._dates.get(kind, ()))
            until = min([day for day in (*dates, *self.seen) if day > self.as_of], default=None)
            self._of[kind] = frozenset(self.seen), dates, until
        return self._of[kind]

    def _collect(self, record: Any) -> None:
        kind = record.__class__
        if kind is Product and record.last_day:
            self._add(kind, record.last_day)
        for name in _dated(kind):
            value = getattr(record, name)
            if value.__class__ is Source:
                if value.seen:
                    self.seen.add(value.seen)
            elif value.__class__ is tuple:
                for each in value:
                    self._collect(each)
            elif isinstance(value, dt.date):
                self._add(kind, value)
            elif value is not None:
                self._collect(value)

    def _add(self, kind: type[Any], day: dt.date) -> None:
        """Add a day, and the one after it, if they are to come."""
        if day >= self.as_of:
            self._dates.setdefault(kind, set()).update((day, day + ONE_DAY) if day < dt.date.max else (day,))


def _dated_by(things: Any, clinic: Clinic, asked: Asked, as_of: dt.date) -> Dated | None:
    """Give the days of records; none where ratings or reviews are still to come."""
    if not isinstance(things, Tally):
        reads = asked.measure.reads if asked.measure else ()
        return Dated((each for name in reads for each in getattr(clinic, name)), as_of)
    if any(each.date and each.date > as_of for each in clinic.reviews) or _rated_later(clinic, as_of):
        return None
    found = Dated((), as_of)
    found.seen.update(each for each in (things.newest, *things.days[:1]) if each)
    return found


def _to_come(row: Row, clinic: Clinic, as_of: dt.date) -> bool:
    """Say whether ratings that its measure reads, of which none counts yet, bear a day that is still to come."""
    measure = row.cell.asked.measure
    return measure is not None and "ratings" in measure.reads and _rated_later(clinic, as_of)


def _rated_later(clinic: Clinic, as_of: dt.date) -> bool:
    return any(each.seen and each.seen > as_of for each in clinic.ratings)


@lru_cache(maxsize=64)
def _dated(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """List the fields of a record that can hold a date, a source or another record."""
    return tuple(each.name for each in attrs.fields(kind) if _DATED.search(str(each.type)))
