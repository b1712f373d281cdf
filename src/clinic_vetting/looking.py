"""What a word comes to, by who said it and when: decided once by the readable `Scale`, then looked up.

What one statement comes to depends on its answer, its kind of source and how fresh it is; what several
come to, on these and on the order of their days. Every memo is bounded.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field

from clinic_vetting.combining import How
from clinic_vetting.evidence import Answer, Kind, Source, Standing, Statement, freshness, standing
from clinic_vetting.measures.saying import stated
from clinic_vetting.measures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.evidence import Fresh, Scale
    from clinic_vetting.worth import Cell, Leaf

Word: TypeAlias = "str | bool | tuple[int, int] | None"
"""An answer, a record's own word for one such as a licence's status, or a measured belief."""
Said: TypeAlias = "tuple[Source, str | bool | None]"
"""Who says it, and the word."""
View: TypeAlias = "tuple[Fresh | None, bool, bool]"
"""How fresh something is, whether a failure still counts in full, and whether it was seen on the very day."""
Sheet: TypeAlias = "list[dict[Word, Leaf]]"
"""What words come to for several criteria, by place."""
MOST_DAYS: Final = 2000
_OLDEST: Final = dt.date.min
_PAIR: Final = 2


class Words(dict[Word, "Leaf"]):
    """What one statement comes to by its word, for one criterion, kind of source and freshness."""

    __slots__ = ("cell", "scale", "source")

    def __init__(self, cell: Cell, scale: Scale, source: Source) -> None:
        self.cell, self.scale, self.source = cell, scale, source

    def __missing__(self, word: Word) -> Leaf:
        leaf = self[word] = self._leaf(word)
        return leaf

    def _leaf(self, word: Word) -> Leaf:
        """Make a leaf of its own for each word, so that a case of several tells apart what speaks in it."""
        if isinstance(word, tuple):
            return self.cell.leaf(self.scale.rule((Statement(Answer.YES, self.source, measured=word),)).belief)
        says = WORDS.get(word)
        if says is None:
            return self.cell.unsaid
        ruling = self.scale.rule((stated(says, self.source),))
        return self.cell.new(ruling.belief) if ruling.deciding else self.cell.unsaid


class Days(dict[Standing, Sheet]):
    """The same for several criteria, by where they stand, as one day sees it; shared by all that is as fresh."""

    __slots__ = ("rows", "scales", "sheets")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.scales = {row.scale.fresh_for: row.scale for row in rows}
        self.sheets: dict[object, Sheet] = {}

    def __missing__(self, source: Standing) -> Sheet:
        if len(self) >= MOST_DAYS:
            self.clear()
        views = {span: _view(scale, source.seen) for span, scale in self.scales.items()}
        case = (source.kind, *views.values())
        if case not in self.sheets:
            self.sheets[case] = [_words(row, source, views[row.scale.fresh_for]) for row in self.rows]
        sheet = self[source] = self.sheets[case]
        return sheet


def _words(row: Row, source: Standing, view: View) -> dict[Word, Leaf]:
    case, known = (source.kind, *view), row.cell.by_class
    if case not in known:
        known[case] = Words(row.cell, row.scale, _stand_in(source))
    return known[case]


def _view(scale: Scale, seen: dt.date | None) -> View:
    fresh = None if seen and seen > scale.as_of else freshness(seen, scale.fresh_for, scale.as_of)
    recent = seen is not None and scale.as_of <= scale.evidence.failures_fresh_for.after(seen)
    return fresh, recent, seen == scale.as_of


def _case(leaves: list[Leaf], days: list[dt.date]) -> object:
    """Tell apart what several statements come to: what each is alone, and the order of their days."""
    if len(leaves) == _PAIR:
        first, second = days
        return leaves[0], leaves[1], first < second, first == second
    return (*leaves, *map(sorted(set(days)).index, days))


def _stand_in(source: Source | Standing) -> Source:
    """Give a source that weighs like another; a statement takes no source of a draft, which is not frozen yet."""
    return Source("quick", source.kind, "one statement", source.seen)


@define(eq=False)
class Row:
    """What to look up for one criterion on one day.

    Attributes:
        days: What words come to, for all rows that are looked up together.
        place: Where its own words stand in each list of `days`.
    """

    cell: Cell
    scale: Scale
    days: Days = field(init=False)
    place: int = field(init=False, default=0)
    as_of: dt.date = field(init=False)
    unsaid: Leaf = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.as_of, self.unsaid = self.scale.as_of, self.cell.unsaid

    def worse(self, one: Leaf, other: Leaf) -> Leaf:
        """Take the worse of two."""
        return self.cell.fold(How.EVERY, (one, other))

    def better(self, one: Leaf, other: Leaf) -> Leaf:
        """Take the better of two."""
        return self.cell.fold(How.ANY, (one, other))

    def several(self, said: Sequence[Said]) -> Leaf:
        """Decide between what several sources say on one question."""
        if not said:
            return self.unsaid
        days, place = self.days, self.place
        leaves = [days[source.standing][place][word] for source, word in said]
        if len(leaves) == 1:
            return leaves[0]
        case = _case(leaves, [source.seen or _OLDEST for source, _ in said])
        if case in self.cell.cases:
            return self.cell.cases[case]
        statements = tuple(stated(says, _stand_in(source)) for source, word in said if (says := WORDS.get(word)))
        return self.cell.kept(case, self.scale.rule(statements).belief)

    def direct(self, said: tuple[Statement, ...]) -> Leaf | None:
        """Decide between direct answers; `None` where one is measured."""
        days, place = self.days, self.place
        leaves, seen = [], []
        for each in said:
            if each.measured is not None:
                return None
            source = each.source
            leaves.append(days[source.standing][place][each.answer])
            seen.append(source.seen or _OLDEST)
        if len(leaves) < _PAIR:
            return leaves[0] if leaves else self.unsaid
        case = _case(leaves, seen)
        leaf = self.cell.cases.get(case)
        return self.cell.kept(case, self.scale.rule(said).belief) if leaf is None else leaf

    def measured(self, seen: dt.date | None, belief: tuple[int, int]) -> Leaf:
        """Decide on what a measure made of many patients' words."""
        return self.days[standing(Kind.PATIENT, seen)][self.place][belief]


def together(rows: Sequence[Row]) -> Days:
    """Let rows be looked up together."""
    days = Days(rows)
    for place, row in enumerate(rows):
        row.days, row.place = days, place
    return days
