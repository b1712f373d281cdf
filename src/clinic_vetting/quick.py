"""The same beliefs as `Plan.beliefs`, fast: by looking up what the readable rules said before.

What one statement comes to depends on its answer, its kind of source and how fresh it is; what
several come to, on these and on the order of their days. So each such case is decided once by the
readable `Scale`, and looked up from then on. What has another shape (measures of a site's own, direct
answers beside records, measured answers) goes to the readable rule each time.

A `Worth` holds what depends on what applies, a `Sight` what depends on the day too. Every memo is bounded.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import define, field, frozen

from clinic_vetting.combining import How, combined
from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import NOBODY_SAID, Answer, Belief, Kind, Outcome, Source, Statement, freshness
from clinic_vetting.quick_records import QUICK, UNSAID, WORDS
from clinic_vetting.review_columns import settled
from clinic_vetting.score import Points, Sums

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band
    from clinic_vetting.evidence import Fresh, Scale
    from clinic_vetting.plan import Asked, Plan
    from clinic_vetting.quick_records import Gets, Quick

Said: TypeAlias = "tuple[Source, str | bool | None]"
"""Who says it, and an answer or a record's own word for one, such as a licence's status."""
Words: TypeAlias = "dict[str | bool | None, Leaf]"
MOST_DAYS: Final = 2000
MOST_CASES: Final = 5000
_OLDEST: Final = dt.date.min
_PAIR: Final = 2


@frozen(eq=False)
class Leaf:
    """What one criterion comes to, with all that it adds to the sums packed into one whole number."""

    place: int
    belief: Belief | None
    outcome: Outcome
    packed: int


class Threshold(NamedTuple):
    """A band's conditions in whole numbers: parts, counts as masks with limits, bits of what must be met."""

    band: Band
    proven: int
    failed: int
    counts: tuple[tuple[int, int], ...]
    met: int


@define(eq=False)
class Worth:
    """What beliefs add to the sums where some criteria apply.

    A packed number holds, from its lowest bit: proven parts, failed parts, counts of criteria in doubt
    and failed, a bit for each required criterion that is met, and how many are excused by a statement.
    """

    plan: Plan
    asking: int
    points: Points
    width: int
    bits: dict[str, int]
    excused: int
    cells: tuple[Cell, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    def pack(self, asked: Asked, belief: Belief | None) -> int:
        """Pack what one belief adds to the sums."""
        if belief is None:
            return self.excused if self.points.each[asked.place] else 0
        outcome, severity = belief.outcome, asked.criterion.severity
        named = {f"{severity}_in_doubt": outcome.in_doubt, f"{severity}_failed": outcome is Outcome.FAILED}
        named[asked.id] = outcome is Outcome.MET
        counted = sum(self.bits.get(name, 0) for name, counts in named.items() if counts)
        return counted + self.points.each[asked.place] * (belief.proven + (belief.failed << self.width))

    def sums(self, packed: int) -> Sums:
        """Unpack proven and failed parts."""
        most = (1 << self.width) - 1
        return Sums(packed & most, packed >> self.width & most, self.points.whole)

    def band(self, packed: int) -> Band | None:
        """Give the first band whose every condition holds; `None` where nothing applies."""
        most = (1 << self.width) - 1
        proven, failed = packed & most, packed >> self.width & most
        for band, least, worst, counts, met in self.thresholds:
            if proven >= least and failed <= worst and packed & met == met:
                for mask, limit in counts:
                    if packed & mask > limit:
                        break
                else:
                    return band
        return None


@lru_cache(maxsize=128)
def worth_of(plan: Plan, asking: int, applying: int) -> Worth:
    """Prepare the sums where the set asks some criteria and some apply: a bit for each, by place."""
    points = plan.points([NOBODY_SAID if applying >> each.place & 1 else None for each in plan.asked])
    width, wide = (100 * points.whole).bit_length(), len(plan.asked).bit_length()
    names = [f"{severity}_{what}" for severity in Severity for what in ("in_doubt", "failed")]
    bits = {name: 1 << 2 * width + i * wide for i, name in enumerate(names)}
    top = 2 * width + len(bits) * wide
    required = dict.fromkeys(name for band in plan.criteria.bands for name in band.met)
    bits |= {name: 1 << top + i for i, name in enumerate(required)}
    worth = Worth(plan, asking, points, width, bits, 1 << top + len(required))
    worth.cells = tuple(Cell(worth, each) for each in plan.asked)
    if points.whole:
        worth.thresholds = tuple(_threshold(worth, each, asking) for each in plan.criteria.bands)
    return worth


def _threshold(worth: Worth, band: Band, asking: int) -> Threshold:
    """Put a band's conditions as whole numbers; what the set does not ask is not required."""
    whole, mask = worth.points.whole, (1 << len(worth.cells).bit_length()) - 1
    proven = ceil(Fraction(band.proven_at_least or 0) * whole)
    failed = 100 * whole if band.failed_at_most is None else floor(Fraction(band.failed_at_most) * whole)
    limits = [(bit, getattr(band, name, None)) for name, bit in worth.bits.items()]
    counts = tuple((bit * mask, bit * min(limit, mask)) for bit, limit in limits if limit is not None)
    met = sum(worth.bits[each] for each in band.met if asking >> worth.plan.place[each] & 1)
    return Threshold(band, proven, failed, counts, met)


@define(eq=False)
class Cell:
    """One criterion where some apply: each belief and case it has come to, made once."""

    worth: Worth
    asked: Asked
    unsaid: Leaf = field(init=False)
    by_belief: dict[Belief | None, Leaf] = field(factory=dict)
    by_class: dict[tuple[Fresh | None, bool], Kinds] = field(factory=dict)
    cases: dict[object, Leaf] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.unsaid = self.new(NOBODY_SAID)

    def new(self, belief: Belief | None) -> Leaf:
        """Make a leaf."""
        outcome = Outcome.NOT_APPLICABLE if belief is None else belief.outcome
        return Leaf(self.asked.place, belief, outcome, self.worth.pack(self.asked, belief))

    def leaf(self, belief: Belief | None) -> Leaf:
        """Give the leaf of a belief."""
        if belief not in self.by_belief:
            self.by_belief[belief] = self.new(belief)
        return self.by_belief[belief]

    def kept(self, case: object, belief: Belief | None) -> Leaf:
        """Remember what a case comes to."""
        if len(self.cases) >= MOST_CASES:
            self.cases.clear()
        leaf = self.cases[case] = self.leaf(belief)
        return leaf

    def fold(self, how: How, leaves: Collection[Leaf]) -> Leaf:
        """Combine answers about several things; nothing to ask about says nothing."""
        if not leaves:
            return self.unsaid
        case = (how, frozenset(leaves))
        if case in self.cases:
            return self.cases[case]
        beliefs = [each.belief for each in leaves if each.belief is not None]
        return self.kept(case, combined(how, beliefs) if beliefs else None)


def _words(cell: Cell, scale: Scale, source: Source) -> Words:
    """Give what one statement comes to, by its word, for one criterion, freshness and kind of source."""

    def leaf(answer: Answer) -> Leaf:
        ruling = scale.rule((Statement(answer, source),))
        return cell.new(ruling.belief) if ruling.deciding else cell.unsaid

    leaves = {answer: leaf(answer) for answer in Answer}
    if cell.asked.measure is None:
        return dict(leaves.items())
    return {**dict.fromkeys(UNSAID, cell.unsaid), **{word: leaves[answer] for word, answer in WORDS.items()}}


class Kinds(dict[Kind, Words]):
    """The same by kind of source; and what measured statements come to."""

    __slots__ = ("cell", "measured", "scale", "seen")

    def __init__(self, cell: Cell, scale: Scale, seen: dt.date | None) -> None:
        self.cell, self.scale, self.seen = cell, scale, seen
        self.measured: dict[tuple[int, int], Leaf] = {}

    def __missing__(self, kind: Kind) -> Words:
        words = self[kind] = _words(self.cell, self.scale, Source("quick", kind, "one statement", self.seen))
        return words


@lru_cache(maxsize=4 * MOST_DAYS)
def _one(day: dt.date | None) -> dt.date | None:
    """Give one object for equal days, to keep the memos small."""
    return day


def _case(leaves: list[Leaf], days: list[dt.date]) -> object:
    """Tell apart what several statements come to: what each is alone, and the order of their days."""
    if len(leaves) == _PAIR:
        first, second = days
        return (*leaves, first < second, first == second)
    return (*leaves, *map(sorted(set(days)).index, days))


class Row(dict["dt.date | None", Kinds]):
    """The same by the day on which it was seen, as one day sees it."""

    __slots__ = ("as_of", "cell", "scale", "unsaid")

    def __init__(self, cell: Cell, scale: Scale) -> None:
        self.cell, self.scale, self.as_of, self.unsaid = cell, scale, scale.as_of, cell.unsaid

    def __missing__(self, seen: dt.date | None) -> Kinds:
        if len(self) >= MOST_DAYS:
            self.clear()
        fresh = None if seen and seen > self.as_of else freshness(seen, self.scale.fresh_for, self.as_of)
        recent = seen is not None and self.as_of <= self.scale.evidence.failures_fresh_for.after(seen)
        kinds = self.cell.by_class.setdefault((fresh, recent), Kinds(self.cell, self.scale, seen))
        self[_one(seen)] = kinds
        return kinds

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
        leaves = [self[source.seen][source.kind][word] for source, word in said]
        if len(leaves) == 1:
            return leaves[0]
        case = _case(leaves, [source.seen or _OLDEST for source, _ in said])
        if case in self.cell.cases:
            return self.cell.cases[case]
        answers = [(answer, source) for source, word in said if (answer := WORDS.get(word))]
        return self.cell.kept(case, self.scale.rule(tuple(Statement(*each) for each in answers)).belief)

    def direct(self, said: tuple[Statement, ...]) -> Leaf | None:
        """Decide between direct answers; `None` where one is measured."""
        leaves, days = [], []
        for each in said:
            if each.measured is not None:
                return None
            source = each.source
            seen = source.seen
            leaves.append(self[seen][source.kind][each.answer])
            days.append(seen or _OLDEST)
        if len(leaves) < _PAIR:
            return leaves[0] if leaves else self.unsaid
        case = _case(leaves, days)
        leaf = self.cell.cases.get(case)
        return self.cell.kept(case, self.scale.rule(said).belief) if leaf is None else leaf

    def measured(self, seen: dt.date | None, belief: tuple[int, int]) -> Leaf:
        """Decide on what a measure made of many patients' words."""
        kinds = self[seen]
        leaf = kinds.measured.get(belief)
        if leaf is None:
            statement = Statement(
                Answer.YES, Source("quick", Kind.PATIENT, "many patients", kinds.seen), measured=belief
            )
            leaf = kinds.measured[belief] = self.cell.leaf(kinds.scale.rule((statement,)).belief)
        return leaf


@frozen(eq=False)
class Sight:
    """A criteria set as one day sees it: what to look up for each criterion that the set asks."""

    worth: Worth
    leaves: list[Leaf]
    """What each criterion is before anything is said."""
    rows: dict[str, Row]
    """Criteria on which only direct answers speak, by full id."""
    records: list[tuple[Gets, list[tuple[Row, Quick]]]]
    """Shipped measures, by the records they share."""
    readable: list[Asked]
    """Criteria with other measures."""
    measured: dict[str, Row]
    """Criteria on which records may speak beside direct answers, by full id."""


@lru_cache(maxsize=8)
def _sight(plan: Plan, as_of: dt.date, asking: int) -> Sight:
    worth = worth_of(plan, asking, asking)
    leaves = [cell.unsaid if asking >> place & 1 else cell.leaf(None) for place, cell in enumerate(worth.cells)]
    sight = Sight(worth, leaves, {}, [], [], {})
    groups: dict[Gets, list[tuple[Row, Quick]]] = {}
    for asked in (each for each in plan.asked if asking >> each.place & 1):
        row = Row(worth.cells[asked.place], plan.scale(asked, as_of))
        if asked.measure is None:
            sight.rows[asked.id] = row
            continue
        sight.measured[asked.id] = row
        if asked.measure in QUICK:
            gets, quick = QUICK[asked.measure]
            groups.setdefault(gets, []).append((row, quick))
        else:
            sight.readable.append(asked)
    sight.records.extend(groups.items())
    return sight


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
    sight = _sight(plan, as_of, _asking(plan, clinic))
    leaves, rows, late, packed = sight.leaves.copy(), sight.rows, [*sight.readable], 0
    leaf: Leaf | None
    for gets, measures in sight.records:
        if things := gets(clinic, as_of):
            for row, quick in measures:
                leaf = quick(row, things, clinic)
                if leaf is None:
                    late.append(row.cell.asked)
                else:
                    leaves[leaf.place] = leaf
                    packed += leaf.packed
    for key, said in clinic.answers.items():
        statement = said[0]
        if key in rows and said[-1] is statement and statement.measured is None:
            source = statement.source
            leaf = rows[key][source.seen][source.kind][statement.answer]
        elif (leaf := _otherwise(sight, clinic, key, late)) is None:
            continue
        leaves[leaf.place] = leaf
        packed += leaf.packed
    found = Found(leaves, packed, sight.worth)
    return _finished(found, clinic, as_of, late) if late or packed >= sight.worth.excused else found


def _otherwise(sight: Sight, clinic: Clinic, key: str, late: list[Asked]) -> Leaf | None:
    """Decide on direct answers that are several, or stand where records may speak too; or note it for later."""
    row = sight.rows.get(key)
    if row is None:
        row = sight.measured.get(key)
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
    clinic = settled(clinic)
    for asked in late:
        leaf = worth.cells[asked.place].leaf(worth.plan.ruling(asked, clinic, as_of).belief)
        packed += leaf.packed - leaves[asked.place].packed
        leaves[asked.place] = leaf
    if packed >= worth.excused:
        return found.with_beliefs(found.beliefs)
    return Found(leaves, packed, worth)
