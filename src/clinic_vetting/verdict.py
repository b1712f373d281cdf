"""The verdict: what one clinic's facts come to under one criteria set on one day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from clinic_vetting import reach
from clinic_vetting.ahead import Ahead
from clinic_vetting.clinic import Clinic
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.fast_reading import made_of
from clinic_vetting.finding import Finding
from clinic_vetting.hints import did_you_mean
from clinic_vetting.plan import Limit, Plan, compiled
from clinic_vetting.quick import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import PossibleMatch, Waiver
    from clinic_vetting.criterion import Band, Category, CriteriaSet
    from clinic_vetting.evidence import Belief
    from clinic_vetting.fast_reading import Draft
    from clinic_vetting.quick import Found
    from clinic_vetting.score import Points, Sums
    from clinic_vetting.timeline import Change


@frozen(eq=False, slots=False, repr=False)
class Verdict:
    """A clinic's band and score, with everything that they rest on. Made by `vet`.

    Attributes:
        as_of: The day as of which it was vetted.
        band: The band; `None` where nothing applies.
        plan, found: The compiled set, and what each criterion came to.
    """

    _of: Clinic | Draft
    plan: Plan
    as_of: dt.date
    band: Band | None
    found: Found

    def __repr__(self) -> str:
        band = self.band and self.band.id
        return f"Verdict(clinic={self._of.id!r}, criteria={self.criteria.id!r}, as_of={self.as_of!r}, band={band!r})"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_of": self.clinic}

    @property
    def clinic(self) -> Clinic:
        """The clinic that was vetted; of a draft it is made when it is first read."""
        of = self._of
        if isinstance(of, Clinic):
            return of
        made: Clinic = vars(self).setdefault("_made", made_of(of))  # the first of threads that come together
        object.__setattr__(self, "_of", made)
        return made

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria set."""
        return self.plan.criteria

    @property
    def language(self) -> str:
        """The language of its sentences."""
        return self.criteria.language

    def in_language(self, language: str) -> Verdict:
        """Give the same verdict, the same numbers and digests, with its sentences in a language.

        Raises:
            InputError: The library speaks no such language.
        """
        from clinic_vetting.translation import in_language  # noqa: PLC0415 - who stays in English needs none

        criteria = in_language(self.criteria, language)
        return self if language == self.language else vet(self.clinic, criteria, as_of=self.as_of)

    @cached_property
    def beliefs(self) -> tuple[Belief | None, ...]:
        """What is known of each criterion, in the set's order; `None` where it does not apply."""
        return tuple(self.found.beliefs)

    @property
    def points(self) -> Points:
        """What each criterion is worth."""
        return self.found.worth.points

    @cached_property
    def sums(self) -> Sums:
        """What is proven and what has failed, in whole numbers."""
        return self.found.worth.sums(self.found.packed)

    @property
    def rated(self) -> bool:
        """Say whether anything applies; where nothing does, band and numbers are `None`."""
        return self.sums.whole > 0

    @property
    def proven(self) -> Fraction | None:
        """Points of 100 shown to be right, exact."""
        return self.sums.proven if self.rated else None

    @property
    def failed(self) -> Fraction | None:
        """Points of 100 shown to be wrong, exact."""
        return self.sums.failed if self.rated else None

    @property
    def unknown(self) -> Fraction | None:
        """Points of 100 that nobody has shown yet, exact."""
        return self.sums.unknown if self.rated else None

    @property
    def start(self) -> Fraction | None:
        """The score where nothing is known, exact."""
        return 100 * self.plan.unknown_counts if self.rated else None

    @property
    def score(self) -> Fraction | None:
        """Start plus every finding's effect, exact."""
        return self.sums.score(self.plan.unknown_counts) if self.rated else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every criterion's finding, in the set's order."""
        return tuple([Finding(self, place) for place in range(len(self.plan.asked))])

    def finding(self, criterion: str) -> Finding:
        """Give one finding by full id.

        Raises:
            KeyError: The set has no such criterion.
        """
        if criterion not in self.plan.place:
            hint = did_you_mean(criterion, self.plan.place)
            message = f"{self.criteria.id} has no criterion {criterion!r}; {hint}"
            raise KeyError(message)
        return Finding(self, self.plan.place[criterion])

    def by_category(self) -> Iterator[tuple[Category, tuple[Finding, ...]]]:
        """Give each category with its findings."""
        findings, start = self.findings, 0
        for category in self.criteria.categories:
            stop = start + len(category.criteria)
            yield category, findings[start:stop]
            start = stop

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What kept the clinic out of each better band, best band first."""
        if self.band is None:
            return ()
        better = takewhile(lambda band: band is not self.band, self.criteria.bands)
        return tuple(self.plan.limits_of(better, self.found.beliefs, self.sums, self.clinic))

    @cached_property
    def settled(self) -> reach.Reach:
        """The best and worst band that answering the unknown can still lead to."""
        return reach.settled(self.found)

    @cached_property
    def reachable(self) -> reach.Reach:
        """The best and worst band that a new inspection today could lead to."""
        return reach.reachable(self.found, self.ahead)

    @cached_property
    def valid_until(self) -> dt.date | None:
        """The last day on which this verdict stands; `None` where nothing ever changes it."""
        day = _next_change(self)
        if day is None:
            return None
        if not self._changes_on(day):
            day = next((later.as_of for later in changed_verdicts(self)), None)
        return day - ONE_DAY if day else None

    def _changes_on(self, day: dt.date) -> bool:
        """Say whether the next change, on a day, is seen at once to change the verdict."""
        if self.clinic.waivers:
            return False
        cells, leaves, packed = self.found.worth.cells, self.found.leaves, self.found.packed
        for place, change in enumerate(self.first_changes):
            if change and change[0] == day:
                if change[1] is None or leaves[place].belief is None:
                    return False
                packed += cells[place].leaf(change[1]).packed - leaves[place].packed
        return self.found.worth.sums(packed) != self.sums

    @cached_property
    def first_changes(self) -> list[Change | None]:
        """Each criterion's first change to come."""
        return self.ahead.first_changes()

    @cached_property
    def ahead(self) -> Ahead:
        """What each criterion comes to on days ahead, and beside a new inspection."""
        return Ahead(self.plan, self.clinic, self.as_of)

    @cached_property
    def waived(self) -> dict[int, Waiver]:
        """The waivers in force, by the place of their criterion."""
        if not any(each.in_force(self.as_of) for each in self.clinic.waivers):
            return {}
        return _waived(self.plan, self.clinic, self.as_of, self.plan.beliefs(self.clinic, self.as_of))

    @cached_property
    def without_waivers(self) -> Verdict | None:
        """The same without waivers, where one is in force."""
        return vet(attrs.evolve(self.clinic, waivers=()), self.criteria, as_of=self.as_of) if self.waived else None

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What the dossier says and this criteria set cannot use."""
        from clinic_vetting.warning import warnings  # noqa: PLC0415 - a score needs none

        return tuple(sorted(warnings(self)))

    @property
    def possible_matches(self) -> tuple[PossibleMatch, ...]:
        """Rows of registers, seen by the day, that may be about the clinic: to be asked, never scored; sorted."""
        told = [each for each in self.clinic.possible_matches if (each.source.seen or self.as_of) <= self.as_of]
        return tuple(sorted(told, key=lambda each: (each.about, each.source.id, each.place, str(each))))


def vet(clinic: Clinic, criteria: CriteriaSet, *, as_of: dt.date) -> Verdict:
    """Score a clinic: what its facts come to under a criteria set, as they were known on a day.

    Raises:
        CriteriaError: The set asks for a measure that nobody registered.
        TypeError: `clinic`, `criteria` or `as_of` is something else, such as a path or a datetime.
    """
    if clinic.__class__ is not Clinic:
        message = f"vet needs a Clinic, got a {type(clinic).__name__}"
        raise TypeError(message)
    if as_of.__class__ is not dt.date:
        message = f"as_of must be a datetime.date, got a {type(as_of).__name__}"
        raise TypeError(message)
    plan = compiled(criteria)
    return judged(plan, clinic, as_of, evaluate(plan, clinic, as_of))


def judged(plan: Plan, clinic: Clinic, as_of: dt.date, found: Found) -> Verdict:
    """Give the verdict on what every criterion came to on a day; what is waived then is left out."""
    if clinic.waivers:
        beliefs = found.beliefs
        for place in _waived(plan, clinic, as_of, found.beliefs):
            beliefs[place] = None
        found = found.with_beliefs(beliefs)
    return Verdict(clinic, plan, as_of, found.band, found)


def changed_verdicts(verdict: Verdict) -> Iterator[Verdict]:
    """Give the verdicts to come if nothing new arrives, each differing from the one before it."""
    shown = verdict
    while (day := _next_change(verdict)) is not None:
        verdict = vet(verdict.clinic, verdict.criteria, as_of=day)
        if verdict.band is not shown.band or not verdict.sums.same_as(shown.sums):
            yield verdict
            shown = verdict


def _next_change(verdict: Verdict) -> dt.date | None:
    """Give the next day on which a criterion changes, or a waiver begins or ends."""
    days = [change[0] for change in verdict.first_changes if change]
    return min((day for day in (*days, *waiver_days(verdict.clinic)) if day > verdict.as_of), default=None)


def waiver_days(clinic: Clinic) -> Iterator[dt.date]:
    """Give the days on which a waiver begins, or is over."""
    for waiver in clinic.waivers:
        if waiver.since:
            yield waiver.since
        if waiver.until < dt.date.max:
            yield waiver.until + ONE_DAY


def _waived(plan: Plan, clinic: Clinic, as_of: dt.date, beliefs: list[Belief | None]) -> dict[int, Waiver]:
    """Find the waivers in force; a critical criterion that failed cannot be waived."""
    named = [each for each in clinic.waivers if each.in_force(as_of) and each.criterion in plan.place]
    in_force = sorted(named, key=lambda each: (each.criterion, each.until, each.reason, each.owner, str(each.since)))
    return {
        place: each
        for each in in_force
        if (belief := beliefs[place := plan.place[each.criterion]]) is not None and not plan.asked[place].fatal(belief)
    }
