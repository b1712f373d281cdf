"""Which conditions of bands answers can keep or break, for a clinic to which everything applies.

Beliefs are taken as any pair of hundredths up to the greatest strengths of the set's evidence, and up to
100 where a measure may bring its own. That is never less than what answers can give, so what is said to be
impossible here is impossible; a condition that only fine steps of hundredths keep from breaking may pass.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.criterion import NUMERIC, Severity
from clinic_vetting.score import distribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clinic_vetting.criterion import Band, CriteriaSet

_MET, _DOUBT, _FAILED = 50, 25, 50
"""From which hundredth on a finding is met, in doubt, failed (method, section 4)."""


@frozen(eq=False)
class Conditions:
    """What a band asks.

    Attributes:
        limits: Numbers by the name of the condition.
        met: Full ids of the criteria that must be met.
    """

    limits: Mapping[str, Fraction]
    met: frozenset[str]

    @classmethod
    def of(cls, band: Band, *, without: str = "") -> Conditions:
        """Take a band's conditions, but for one."""
        given = {name: getattr(band, name) for name in NUMERIC if name != without}
        return cls({name: Fraction(limit) for name, limit in given.items() if limit is not None}, frozenset(band.met))

    def most(self, severity: Severity) -> tuple[int | None, int | None]:
        """Say how many criteria may be in doubt, and how many failed; `None` for any number."""
        doubt, failed = (self.limits.get(f"{severity}_{what}") for what in ("in_doubt", "failed"))
        both = [each for each in (doubt, failed) if each is not None]
        return None if doubt is None else int(doubt), int(min(both)) if both else None


@frozen
class Weighed:
    """A criterion with what answers can make of it.

    Attributes:
        id, severity: The criterion's.
        points: Of 100.
        proven, failed: The greatest hundredths.
    """

    id: str
    severity: Severity
    points: Fraction
    proven: int
    failed: int


def weighed(criteria: CriteriaSet) -> tuple[Weighed, ...]:
    """Weigh every criterion where everything applies."""
    asked = list(criteria.criteria())
    points = distribute(criteria, [True] * len(asked))
    proven = max(each.for_ for each in criteria.evidence.values())
    failed = max(each.against for each in criteria.evidence.values())
    return tuple(
        Weighed(each.full_id, each.severity, points.of(i), *((100, 100) if each.measure else (proven, failed)))
        for i, each in enumerate(asked)
    )


def allows(each: tuple[Weighed, ...], kept: Conditions) -> bool:
    """Say whether answers can keep these conditions; all good ones can, if they prove enough."""
    enough = _proven(each) >= kept.limits.get("proven_at_least", 0)
    return enough and all(one.proven >= _MET for one in each if one.id in kept.met)


def breaks(each: tuple[Weighed, ...], name: str, limit: Fraction, kept: Conditions) -> bool:
    """Say whether answers can break one numeric condition and keep the others; `False` is certain."""
    if name == "proven_at_least":
        least = sum((one.points * _MET / 100 for one in each if one.id in kept.met), Fraction())
        return max(least, kept.limits.get(name, Fraction())) < limit
    if name == "failed_at_most":
        return min(_most_failed(each, kept), *_bounds(kept)) > limit
    severity, what = name.split("_", 1)
    return _counts(each, Severity(severity), what, int(limit) + 1, kept)


def misses(each: tuple[Weighed, ...], required: frozenset[str], kept: Conditions) -> bool:
    """Say whether a required criterion can be unmet while the conditions are kept; `False` is certain."""
    return any(_missed(each, one, kept) for one in each if one.id in required - kept.met)


def _missed(each: tuple[Weighed, ...], one: Weighed, kept: Conditions) -> bool:
    wanted = kept.limits.get("proven_at_least", Fraction())
    only_said = _proven(each) - one.points * max(0, one.proven - _MET + 1) / 100
    partly = _proven(each) - one.points * max(0, one.proven - (100 - _DOUBT)) / 100
    allowed = one.severity is Severity.MINOR or kept.most(one.severity)[0] != 0
    fails = one.points * _DOUBT / 100 <= kept.limits.get("failed_at_most", 100) and one.failed >= _DOUBT
    return only_said >= wanted or (allowed and fails and partly >= wanted)


def _bounds(kept: Conditions) -> Iterable[Fraction]:
    """Give what else bounds the points that fail."""
    yield Fraction(100) - kept.limits.get("proven_at_least", 0)
    yield kept.limits.get("failed_at_most", Fraction(100))


def _proven(each: tuple[Weighed, ...]) -> Fraction:
    return sum((one.points * one.proven / 100 for one in each), Fraction())


def _most_failed(each: tuple[Weighed, ...], kept: Conditions) -> Fraction:
    """Give the most points that can fail: what may not be in doubt fails below the threshold, the weightiest beyond."""
    free = {one.id for one in each if one.severity is Severity.MINOR} - kept.met
    total = sum(
        (one.points * (one.failed if one.id in free else min(_DOUBT - 1, one.failed)) for one in each), Fraction()
    )
    for severity in (Severity.CRITICAL, Severity.MAJOR):
        own = [one for one in each if one.severity is severity and one.id not in kept.met]
        doubt, failed = kept.most(severity)
        total += _top((one.points * max(0, min(75, one.failed) - _DOUBT + 1) for one in own), doubt)
        total += _top((one.points * max(0, one.failed - 75) for one in own), failed)
    return total / 100


def _top(values: Iterable[Fraction], most: int | None) -> Fraction:
    return sum(sorted(values, reverse=True)[:most], Fraction())


def _counts(each: tuple[Weighed, ...], severity: Severity, what: str, need: int, kept: Conditions) -> bool:
    """Say whether so many can be in doubt or failed: the lightest, at the threshold."""
    least, left = (_DOUBT, 75) if what == "in_doubt" else (_FAILED, _DOUBT - 1)
    doubt, failed = kept.most(severity)
    most = doubt if what == "in_doubt" else failed
    own = [one for one in each if one.severity is severity and one.id not in kept.met and one.failed >= least]
    if len(own) < need or (most is not None and most < need):
        return False
    cost = sum(sorted(one.points for one in own)[:need], Fraction()) * least / 100
    loss = sum(sorted(one.points * max(0, one.proven - left) for one in own)[:need], Fraction()) / 100
    bounded = kept.limits.get("failed_at_most", Fraction(100))
    return cost <= bounded and _proven(each) - loss >= kept.limits.get("proven_at_least", 0)
