"""A criteria set made ready for use: what to look up for each criterion, and which band follows.

Compiled once from a resolved set. `rulings` is the readable evaluation of one clinic.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from clinic_vetting import measures
from clinic_vetting.combining import Part, Several, rule
from clinic_vetting.criterion import CriteriaSet, Severity
from clinic_vetting.errors import ClinicVettingError, CriteriaError, Problem
from clinic_vetting.evidence import Outcome, Scale
from clinic_vetting.score import Points, Sums, distribute
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import Band, Criterion
    from clinic_vetting.evidence import Belief, Evidence, Ruling, Statement
    from clinic_vetting.measures import Measure


@frozen(eq=False)
class Asked:
    """One criterion with its place and its measure."""

    place: int
    id: str
    criterion: Criterion
    measure: Measure | None

    def part(self, clinic: Clinic, as_of: dt.date) -> Part:
        """Give what the clinic's records say."""
        if self.measure is None or not self.reads(clinic):
            return ()
        try:
            part = self.measure.says(clinic, as_of)
        except ClinicVettingError:
            raise
        except Exception as error:
            raised, name = f"{type(error).__name__}: {error}", repr(self.measure.name)
            got = told("fault.measures.raised", error=raised, name=name)
            raise CriteriaError([Problem(self.id, told("fault.measures.answer"), got)]) from error
        if part.__class__ not in (tuple, Several):
            got = told("fault.measures.other", type=type(part).__name__, name=repr(self.measure.name))
            raise CriteriaError([Problem(self.id, told("fault.measures.statements"), got)])
        return part

    def reads(self, clinic: Clinic) -> bool:
        """Say whether the clinic has a record that the measure looks at."""
        if self.measure is None:
            return False
        reads = self.measure.reads
        return not reads or any(getattr(clinic, name) for name in reads)

    def direct(self, clinic: Clinic) -> tuple[Statement, ...]:
        """Give the clinic's direct answers."""
        return clinic.answers.get(self.id, ())

    def fatal(self, belief: Belief) -> bool:
        """Say whether a belief is a failure that nothing can outvote."""
        return self.criterion.severity is Severity.CRITICAL and belief.outcome is Outcome.FAILED

    def applies(self, clinic: Clinic) -> bool:
        """Say whether the set asks this of the clinic."""
        limits = self.criterion.applies
        return limits is None or limits.to(clinic.country, clinic.region, clinic.treatments)


@frozen
class Limit:
    """One condition that kept a clinic out of a band.

    Attributes:
        band: The band's id.
        condition: Its name in the criteria set.
        wanted: What the band asks for.
        found: What was found, exact.
        criteria: Full ids of the criteria that it rests on, where it rests on some.
    """

    band: str
    condition: str
    wanted: Fraction
    found: Fraction
    criteria: tuple[str, ...] = ()


@define(eq=False)
class Plan:
    """A criteria set, compiled."""

    criteria: CriteriaSet
    asked: tuple[Asked, ...]
    place: dict[str, int]
    unknown_counts: Fraction
    limited: bool
    everything: int
    evidence: Evidence
    _points: dict[tuple[bool, ...], Points] = field(factory=dict)

    def scale(self, asked: Asked, as_of: dt.date) -> Scale:
        """Give how statements on a criterion are weighed on a day."""
        return _scale(self.evidence, self.criteria.freshness(asked.criterion), as_of)

    def ruling(self, asked: Asked, clinic: Clinic, as_of: dt.date) -> Ruling:
        """Decide one criterion; where the set does not ask it, nothing that was said counts."""
        ruling = rule(asked.part(clinic, as_of), asked.direct(clinic), self.scale(asked, as_of))
        return ruling if asked.applies(clinic) else ruling.set_aside()

    def beliefs(self, clinic: Clinic, as_of: dt.date) -> list[Belief | None]:
        """Decide every criterion; `None` where it does not apply."""
        return [self.ruling(each, clinic, as_of).belief for each in self.asked]

    def points(self, beliefs: Sequence[Belief | None]) -> Points:
        """Share 100 points among the criteria that apply."""
        applying = tuple(belief is not None for belief in beliefs)
        if applying not in self._points:
            if len(self._points) > 1000:
                self._points.clear()
            self._points[applying] = distribute(self.criteria, applying)
        return self._points[applying]

    def band(self, beliefs: Sequence[Belief | None], clinic: Clinic) -> Band | None:
        """Give the first band whose every condition holds; `None` where nothing applies."""
        place = self.band_place(beliefs, clinic)
        return None if place is None else self.criteria.bands[place]

    def band_place(self, beliefs: Sequence[Belief | None], clinic: Clinic) -> int | None:
        """Give that band's place, best first."""
        sums = self.points(beliefs).sums(beliefs)
        if not sums.whole:
            return None
        bands = enumerate(self.criteria.bands)
        return next(i for i, band in bands if not self.limits(band, beliefs, sums, clinic))

    def limits(self, band: Band, beliefs: Sequence[Belief | None], sums: Sums, clinic: Clinic) -> list[Limit]:
        """List the conditions of a band that do not hold: critical, required, ruled out, major, failed, proven."""
        return self.limits_of((band,), beliefs, sums, clinic)

    def limits_of(
        self, bands: Iterable[Band], beliefs: Sequence[Belief | None], sums: Sums, clinic: Clinic
    ) -> list[Limit]:
        """List the same of several bands, one after the other."""
        against = [(each, belief) for each, belief in zip(self.asked, beliefs, strict=True) if belief and belief.failed]
        doubts = [(each, outcome) for each, belief in against if (outcome := belief.outcome).in_doubt]
        critical, major = _of_severity(Severity.CRITICAL, doubts), _of_severity(Severity.MAJOR, doubts)
        worst, failed, proven = tuple([each.id for each, _ in against]), sums.failed, sums.proven
        found: list[Limit] = []
        for band in bands:
            found += _counted(band, critical)
            found += self._required(band, beliefs, clinic)
            found += self._ruled_out(band, beliefs)
            found += _counted(band, major)
            if band.failed_at_most is not None and failed > _exact(band.failed_at_most):
                found.append(Limit(band.id, "failed_at_most", _exact(band.failed_at_most), failed, worst))
            if band.proven_at_least is not None and proven < _exact(band.proven_at_least):
                found.append(Limit(band.id, "proven_at_least", _exact(band.proven_at_least), proven))
        return found

    def _required(self, band: Band, beliefs: Sequence[Belief | None], clinic: Clinic) -> list[Limit]:
        asked = [each for name in band.met if (each := self.asked[self.place[name]]).applies(clinic)]
        missing = [
            each.id for each in asked if (belief := beliefs[each.place]) is None or belief.outcome is not Outcome.MET
        ]
        met = len(asked) - len(missing)
        return [Limit(band.id, "met", _exact(len(asked)), _exact(met), tuple(missing))] if missing else []

    def _ruled_out(self, band: Band, beliefs: Sequence[Belief | None]) -> list[Limit]:
        named = ((name, beliefs[self.place[name]]) for name in band.not_failed)
        failed = tuple(name for name, belief in named if belief and belief.outcome is Outcome.FAILED)
        return [Limit(band.id, "not_failed", Fraction(0), Fraction(len(failed)), failed)] if failed else []


def _of_severity(severity: Severity, doubts: list[tuple[Asked, Outcome]]) -> dict[str, tuple[str, ...]]:
    """Give by condition which criteria of a severity are in doubt, and which failed."""
    outcomes = [(each.id, outcome) for each, outcome in doubts if each.criterion.severity is severity]
    failed = [name for name, outcome in outcomes if outcome is Outcome.FAILED]
    return {f"{severity}_in_doubt": tuple([name for name, _ in outcomes]), f"{severity}_failed": tuple(failed)}


def _counted(band: Band, ids: dict[str, tuple[str, ...]]) -> Iterator[Limit]:
    """Give the limits on how many criteria are in doubt, or failed."""
    for condition, each in ids.items():
        most = getattr(band, condition)
        if most is not None and len(each) > most:
            yield Limit(band.id, condition, _exact(most), _exact(len(each)), each)


_scale = lru_cache(maxsize=4096)(Scale)
_exact = lru_cache(maxsize=1024)(Fraction)


@lru_cache(maxsize=32)
def compiled(criteria: CriteriaSet) -> Plan:
    """Compile a criteria set, once.

    Raises:
        CriteriaError: It asks for a measure that nobody registered.
        TypeError: It is no criteria set.
    """
    if criteria.__class__ is not CriteriaSet:
        message = f"expected a CriteriaSet, such as load_criteria() gives, got a {type(criteria).__name__}"
        raise TypeError(message)
    asked = tuple(
        Asked(place, each.full_id, each, measures.find(each.measure) if each.measure else None)
        for place, each in enumerate(criteria.criteria())
    )
    place = {each.id: each.place for each in asked}
    limited = any(each.criterion.applies for each in asked)
    return Plan(
        criteria, asked, place, Fraction(criteria.unknown_counts), limited, (1 << len(asked)) - 1, criteria.beliefs
    )
