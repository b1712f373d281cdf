"""The same beliefs as `Plan.beliefs`, fast: by looking up what the readable rules said before.

Each case is decided once by the readable `Scale`, and looked up from then on. What has another shape
(measures of a site's own, direct answers beside records, measured answers) goes to the readable rule each time.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from attrs import define, frozen

from clinic_vetting.looking import Days, Row, together
from clinic_vetting.quick_records import QUICK
from clinic_vetting.worth import Leaf, Worth, worth_of

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band
    from clinic_vetting.evidence import Answer, Belief
    from clinic_vetting.fast_reading import Draft
    from clinic_vetting.plan import Asked, Plan
    from clinic_vetting.quick_records import Gets, Quick

ELSEWHERE: Final = -1


class Places(dict[str, int]):
    """Where the words of criteria stand on which only direct answers speak; `ELSEWHERE` for all else."""

    __slots__ = ()

    def __missing__(self, key: str) -> int:
        return ELSEWHERE


@frozen(eq=False)
class Sight:
    """A criteria set as one day sees it: what to look up for each criterion that the set asks."""

    worth: Worth
    leaves: list[Leaf]
    """What each criterion is before anything is said."""
    places: Places
    """Where to look up a direct answer, by full id."""
    records: list[tuple[Gets, list[tuple[Row, Quick]]]]
    """Shipped measures, by the records they share."""
    readable: list[Asked]
    """Criteria with other measures."""
    every: dict[str, Row]
    """All criteria, by full id."""
    days: Days
    as_of: dt.date


@lru_cache(maxsize=8)
def _sight(plan: Plan, as_of: dt.date, asking: int) -> Sight:
    worth = worth_of(plan, asking, asking)
    leaves = [cell.unsaid if asking >> place & 1 else cell.leaf(None) for place, cell in enumerate(worth.cells)]
    every = [Row(worth.cells[each.place], plan.scale(each, as_of)) for each in plan.asked if asking >> each.place & 1]
    sight = Sight(worth, leaves, Places(), [], [], {}, together(every), as_of)
    groups: dict[Gets, list[tuple[Row, Quick]]] = {}
    for row in every:
        asked = row.cell.asked
        sight.every[asked.id] = row
        if asked.measure is None:
            sight.places[asked.id] = row.place
        elif asked.measure in QUICK:
            gets, quick = QUICK[asked.measure]
            groups.setdefault(gets, []).append((row, quick))
        else:
            sight.readable.append(asked)
    sight.records.extend(groups.items())
    return sight


def sight_of(plan: Plan, clinic: Clinic, as_of: dt.date) -> Sight:
    """Give what to look up for a clinic on a day."""
    return _sight(plan, as_of, _asking(plan, clinic))


def _asking(plan: Plan, clinic: Clinic) -> int:
    """Say what the set asks of the clinic: a bit for each criterion, by place."""
    if not plan.limited:
        return plan.everything
    return _asking_at(plan, clinic.country, clinic.region, clinic.treatments)


@lru_cache(maxsize=4096)
def _asking_at(plan: Plan, country: str | None, region: str | None, treatments: tuple[str, ...]) -> int:
    limits = ((each.place, each.criterion.applies) for each in plan.asked)
    return sum(1 << place for place, limit in limits if limit is None or limit.to(country, region, treatments))


@define(eq=False)
class Found:
    """What every criterion comes to, with the sums."""

    leaves: list[Leaf]
    packed: int
    worth: Worth

    @property
    def beliefs(self) -> list[Belief | None]:
        """What is known of each criterion; `None` where it does not apply."""
        return [each.belief for each in self.leaves]

    @property
    def band(self) -> Band | None:
        """The first band whose every condition holds; `None` where nothing applies."""
        return self.worth.band(self.packed)

    def with_beliefs(self, beliefs: list[Belief | None]) -> Found:
        """Give what other beliefs come to; where other criteria apply, the points are shared out anew."""
        applying = sum(1 << place for place, belief in enumerate(beliefs) if belief is not None)
        worth = worth_of(self.worth.plan, self.worth.asking, applying)
        leaves = [cell.leaf(belief) for cell, belief in zip(worth.cells, beliefs, strict=True)]
        return Found(leaves, sum(each.packed for each in leaves), worth)


def evaluate(plan: Plan, clinic: Clinic, as_of: dt.date) -> Found:
    """Decide every criterion, and add up."""
    sight = sight_of(plan, clinic, as_of)
    leaves, places, days, late = sight.leaves.copy(), sight.places, sight.days, [*sight.readable]
    packed = _of_records(sight, clinic, leaves, late)
    leaf: Leaf | None
    for key, said in clinic.answers.items():
        statement, place = said[0], places[key]
        if place >= 0 and said[-1] is statement and statement.measured is None:
            leaf = days[statement.source.standing][place][statement.answer]
        elif (leaf := _otherwise(sight, clinic, key, late)) is None:
            continue
        leaves[leaf.place] = leaf
        packed += leaf.packed
    found = Found(leaves, packed, sight.worth)
    return _finished(found, clinic, as_of, late) if late or packed >= sight.worth.excused else found


def evaluate_draft(plan: Plan, draft: Draft, as_of: dt.date) -> Found | None:
    """Decide the same of a draft, and freeze nothing; `None` where only the readable rule can tell."""
    like: Any = draft
    sight = sight_of(plan, like, as_of)
    leaves, places, days, late = sight.leaves.copy(), sight.places, sight.days, [*sight.readable]
    packed = 0 if late else _of_records(sight, like, leaves, late)
    if late:
        return None
    leaf: Leaf | None
    for key, answer, said in draft.answers:
        place = places[key]
        if place >= 0 and answer is not None:
            leaf = days[said.standing][place][answer]
        elif (row := sight.every.get(key)) is None:
            continue
        elif (leaf := _said_of(row, like, answer, said)) is None:
            return None
        leaves[leaf.place] = leaf
        packed += leaf.packed
    found = Found(leaves, packed, sight.worth)
    return found.with_beliefs(found.beliefs) if packed >= sight.worth.excused else found


def _of_records(sight: Sight, clinic: Clinic, leaves: list[Leaf], late: list[Asked]) -> int:
    """Decide on what records say, or note it for later; and add up."""
    packed, as_of = 0, sight.as_of
    for gets, measures in sight.records:
        if things := gets(clinic, as_of):
            for row, quick in measures:
                leaf = quick(row, things, clinic)
                if leaf is None:
                    late.append(row.cell.asked)
                else:
                    leaves[leaf.place] = leaf
                    packed += leaf.packed
    return packed


def _said_of(row: Row, draft: Clinic, answer: Answer | None, said: Any) -> Leaf | None:
    """Decide on a draft's direct answer to a question; `None` where records may speak to it too."""
    if row.cell.asked.reads(draft):
        return None
    return row.direct(said) if answer is None else row.days[said.standing][row.place][answer]


def _otherwise(sight: Sight, clinic: Clinic, key: str, late: list[Asked]) -> Leaf | None:
    """Decide on direct answers that are several, or stand where records may speak too; or note it for later."""
    row = sight.every.get(key)
    if row is None:
        return None
    if row.cell.asked.reads(clinic):
        late.append(row.cell.asked)
        return None
    leaf = row.direct(clinic.answers[key])
    if leaf is None:
        late.append(row.cell.asked)
    return leaf


def _finished(found: Found, clinic: Clinic, as_of: dt.date, late: list[Asked]) -> Found:
    """Decide the rest by the readable rule, and leave out what is excused."""
    leaves, packed, worth = found.leaves, found.packed, found.worth
    for asked in late:
        leaf = worth.cells[asked.place].leaf(worth.plan.ruling(asked, clinic, as_of).belief)
        packed += leaf.packed - leaves[asked.place].packed
        leaves[asked.place] = leaf
    if packed >= worth.excused:
        return found.with_beliefs(found.beliefs)
    return Found(leaves, packed, worth)
