"""What beliefs add to the sums, as whole numbers: parts, counts and what a band requires in one.

A `Worth` holds what depends on what applies. Every memo is bounded.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import define, field, frozen

from clinic_vetting.combining import How, combined
from clinic_vetting.criterion import Severity
from clinic_vetting.evidence import NOBODY_SAID, Answer, Belief, Outcome
from clinic_vetting.score import Points, Sums

if TYPE_CHECKING:
    from collections.abc import Collection

    from clinic_vetting.criterion import Band
    from clinic_vetting.plan import Asked, Plan

MOST_CASES: Final = 5000


@frozen(eq=False)
class Leaf:
    """What one criterion comes to, with all that it adds to the sums packed into one whole number."""

    place: int
    belief: Belief | None
    outcome: Outcome
    packed: int


class Threshold(NamedTuple):
    """A band's conditions in whole numbers: parts, the bit and limit of each count, the bits of what must be met."""

    band: Band
    proven: int
    failed: int
    counts: tuple[tuple[int, int], ...]
    met: tuple[int, ...]


class Check(NamedTuple):
    """The same as one sum: all hold where a packed number and `added` have, of the bits `looked_at`, just `wanted`.

    What is added carries into a field's spare bit where the field reaches what it must, or passes what it may.
    """

    band: Band
    added: int
    looked_at: int
    wanted: int


@define(eq=False)
class Worth:
    """What beliefs add to the sums where some criteria apply.

    A packed number holds, from its lowest bit: proven parts, failed parts, counts of criteria in doubt
    and failed, each with a spare bit above it; a bit for each required criterion that is met, and how many
    are excused by a statement.
    """

    plan: Plan
    asking: int
    points: Points
    width: int
    wide: int
    bits: dict[str, int]
    excused: int
    cells: tuple[Cell, ...] = ()
    inspected: dict[tuple[int, Answer], Cell] = field(factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    checks: tuple[Check, ...] = ()

    def pack(self, asked: Asked, belief: Belief | None) -> int:
        """Pack what one belief adds to the sums."""
        if belief is None:
            return self.excused if self.points.each[asked.place] else 0
        outcome, severity = belief.outcome, asked.criterion.severity
        named = {f"{severity}_in_doubt": outcome.in_doubt, f"{severity}_failed": outcome is Outcome.FAILED}
        named[asked.id] = outcome is Outcome.MET
        named[_failing(asked.id)] = outcome is Outcome.FAILED
        counted = sum(self.bits.get(name, 0) for name, counts in named.items() if counts)
        return counted + self.points.each[asked.place] * (belief.proven + (belief.failed << self.width + 1))

    def sums(self, packed: int) -> Sums:
        """Unpack proven and failed parts."""
        most = (1 << self.width) - 1
        return Sums(packed & most, packed >> self.width + 1 & most, self.points.whole)

    def band(self, packed: int) -> Band | None:
        """Give the first band whose every condition holds; `None` where nothing applies."""
        for band, added, looked_at, wanted in self.checks:
            if packed + added & looked_at == wanted:
                return band
        return None


@lru_cache(maxsize=128)
def worth_of(plan: Plan, asking: int, applying: int) -> Worth:
    """Prepare the sums where the set asks some criteria and some apply: a bit for each, by place."""
    points = plan.points([NOBODY_SAID if applying >> each.place & 1 else None for each in plan.asked])
    width, wide = (100 * points.whole).bit_length(), len(plan.asked).bit_length()
    names = [f"{severity}_{what}" for severity in Severity for what in ("in_doubt", "failed")]
    names += dict.fromkeys(_failing(name) for band in plan.criteria.bands for name in band.not_failed)
    start = 2 * (width + 1)
    bits = {name: 1 << start + i * (wide + 1) for i, name in enumerate(names)}
    top = start + len(bits) * (wide + 1)
    required = dict.fromkeys(name for band in plan.criteria.bands for name in band.met)
    bits |= {name: 1 << top + i for i, name in enumerate(required)}
    worth = Worth(plan, asking, points, width, wide, bits, 1 << top + len(required))
    worth.cells = tuple(Cell(worth, each) for each in plan.asked)
    if points.whole:
        worth.thresholds = tuple(_threshold(worth, each, asking) for each in plan.criteria.bands)
        worth.checks = tuple(_check(worth, each) for each in worth.thresholds)
    return worth


def _threshold(worth: Worth, band: Band, asking: int) -> Threshold:
    """Put a band's conditions in whole numbers; what the set does not ask is not required."""
    whole = worth.points.whole
    proven = ceil(Fraction(band.proven_at_least or 0) * whole)
    failed = 100 * whole if band.failed_at_most is None else floor(Fraction(band.failed_at_most) * whole)
    counts = [(bit, getattr(band, name, None)) for name, bit in worth.bits.items()]
    counts += [(worth.bits[_failing(name)], 0) for name in band.not_failed]
    limits = tuple((bit, limit) for bit, limit in counts if limit is not None)
    met = tuple(worth.bits[each] for each in band.met if asking >> worth.plan.place[each] & 1)
    return Threshold(band, proven, failed, limits, met)


def _failing(criterion: str) -> str:
    """Name the count of one criterion that rules bands out by failing."""
    return f"{criterion} failed"


def _check(worth: Worth, threshold: Threshold) -> Check:
    """Put a band's conditions as one sum."""
    band, proven, failed, counts, met = threshold
    most, spare = (1 << worth.width) - 1, 1 << worth.width
    added = spare - proven + (most - failed << worth.width + 1)
    looked_at, wanted = spare | spare << worth.width + 1 | sum(met), spare | sum(met)
    most, spare = (1 << worth.wide) - 1, 1 << worth.wide
    for bit, limit in counts:
        added += bit * (most - min(limit, most))
        looked_at += bit * spare
    return Check(band, added, looked_at, wanted)


@define(eq=False)
class Cell:
    """One criterion where some apply: each belief and case it has come to, made once."""

    worth: Worth
    asked: Asked
    unsaid: Leaf = field(init=False)
    by_belief: dict[Belief | None, Leaf] = field(factory=dict)
    by_class: dict[object, dict[Any, Leaf]] = field(factory=dict)
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
        """Combine answers about several things, of which there is at least one."""
        case = (how, frozenset(leaves))
        if case in self.cases:
            return self.cases[case]
        beliefs = [each.belief for each in leaves if each.belief is not None]
        return self.kept(case, combined(how, beliefs) if beliefs else None)
