"""The verdict: what one clinic's facts come to under one criteria set on one day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from clinic_vetting import products, reach
from clinic_vetting.clinic import Clinic, ProductKind
from clinic_vetting.dates import ONE_DAY
from clinic_vetting.dossier import clinic_from
from clinic_vetting.errors import did_you_mean, nearest
from clinic_vetting.evidence import Belief, Outcome, Weighed
from clinic_vetting.identifiers import check_number
from clinic_vetting.plan import Limit, Plan, compiled
from clinic_vetting.quick import evaluate
from clinic_vetting.score import effect
from clinic_vetting.tables import misspelt
from clinic_vetting.told import Ahead
from clinic_vetting.translation import in_language
from clinic_vetting.words import ENGLISH, say, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import PossibleMatch, Reply, Waiver
    from clinic_vetting.criterion import Band, Category, CriteriaSet, Criterion
    from clinic_vetting.quick import Found
    from clinic_vetting.score import Points, Sums
    from clinic_vetting.timeline import Change


@frozen(eq=False, kw_only=True)
class Finding:
    """What is known about one criterion.

    Attributes:
        criterion: What was asked.
        outcome: The answer in a word.
        belief: What is proven and failed, in hundredths; `None` where it does not apply.
        points: What it is worth, of 100; `None` where it does not apply.
        effect: How far it moves the score from its start; `None` where it does not apply.
        decided_by: The statement that decided, if one did.
        others: Every other statement, shown and not counted.
        contradicted: Whether another statement still counts and answers otherwise.
        changes_on: The first day on which `belief` differs if nothing new arrives.
        replies: The clinic's replies, newest first; shown, never scored.
        waiver: The vetter's decision to leave it out, if one is in force.
        notes: What else a reader should know, such as where the law does not ask for this.
        language: The language of its sentences.
    """

    criterion: Criterion
    outcome: Outcome
    belief: Belief | None
    points: Fraction | None
    effect: Fraction | None
    decided_by: Weighed | None
    others: tuple[Weighed, ...]
    contradicted: bool
    changes_on: dt.date | None
    replies: tuple[Reply, ...]
    waiver: Waiver | None
    notes: tuple[str, ...]
    language: str = ENGLISH

    @property
    def id(self) -> str:
        """Full id, such as `hygiene.hand_hygiene`."""
        return self.criterion.full_id

    @property
    def says(self) -> str:
        """One sentence, in the criteria set's words, or who left it out."""
        if self.waiver:
            waiver = self.waiver
            return say(self.language, "finding.waived", owner=waiver.owner, until=waiver.until, reason=waiver.reason)
        return self.criterion.sentence(self.outcome)


@frozen(eq=False, slots=False)
class Verdict:
    """A clinic's band and score, with everything that they rest on. Made by `vet`.

    Attributes:
        clinic, criteria, as_of: What was vetted, by what, on which day.
        band: The band; `None` where nothing applies.
        plan, found: The compiled set, and what each criterion came to.
    """

    clinic: Clinic
    plan: Plan = attrs.field(repr=False)
    as_of: dt.date
    band: Band | None
    found: Found = attrs.field(repr=False)

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

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every criterion's finding, in the set's order."""
        return tuple(self._finding(place) for place in range(len(self.plan.asked)))

    def finding(self, criterion: str) -> Finding:
        """Give one finding by full id.

        Raises:
            KeyError: The set has no such criterion.
        """
        if criterion not in self.plan.place:
            hint = did_you_mean(criterion, self.plan.place)
            message = f"{self.criteria.id} has no criterion {criterion!r}; {hint}"
            raise KeyError(message)
        return self.findings[self.plan.place[criterion]]

    def by_category(self) -> Iterator[tuple[Category, tuple[Finding, ...]]]:
        """Give each category with its findings."""
        start = 0
        for category in self.criteria.categories:
            stop = start + len(category.criteria)
            yield category, self.findings[start:stop]
            start = stop

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """What kept the clinic out of each better band, best band first."""
        if self.band is None:
            return ()
        better = self.criteria.bands[: self.criteria.bands.index(self.band)]
        return tuple(limit for band in better for limit in self.plan.limits(band, self.beliefs, self.sums, self.clinic))

    @cached_property
    def settled(self) -> reach.Reach:
        """The best and worst band that answering the unknown can still lead to."""
        return reach.settled(self.found)

    @cached_property
    def reachable(self) -> reach.Reach:
        """The best and worst band that a new inspection today could lead to."""
        return reach.reachable(self.found, self._ahead)

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
        return self._ahead.first_changes()

    @cached_property
    def _ahead(self) -> Ahead:
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
        return tuple(sorted(_warnings(self)))

    @property
    def possible_matches(self) -> tuple[PossibleMatch, ...]:
        """Rows of registers, seen by the day, that may be about the clinic: to be asked, never scored; sorted."""
        told = [each for each in self.clinic.possible_matches if (each.source.seen or self.as_of) <= self.as_of]
        return tuple(sorted(told, key=lambda each: (each.about, each.source.id, each.place, str(each))))

    def _finding(self, place: int) -> Finding:
        asked = self.plan.asked[place]
        belief = self.beliefs[place]
        ruling = self.plan.ruling(asked, self.clinic, self.as_of)
        points = None if belief is None else self.points.of(place)
        change = self.first_changes[place]
        replies = [each for each in self.clinic.replies if each.criterion == asked.id and each.on <= self.as_of]
        standards = [
            each for each in asked.criterion.our_standard if each.holds(self.clinic.country, self.clinic.region)
        ]
        return Finding(
            criterion=asked.criterion,
            outcome=Outcome.NOT_APPLICABLE if belief is None else belief.outcome,
            belief=belief,
            points=points,
            effect=None if points is None or belief is None else effect(points, belief, self.plan.unknown_counts),
            decided_by=ruling.deciding,
            others=ruling.others,
            contradicted=ruling.contradicted,
            changes_on=change[0] if change else None,
            replies=tuple(sorted(replies, key=lambda each: (each.on, each.text, each.by), reverse=True)),
            waiver=self.waived.get(place),
            notes=tuple(each.says for each in standards),
            language=self.language,
        )


def vet(clinic: Clinic, criteria: CriteriaSet, *, as_of: dt.date) -> Verdict:
    """Score a clinic: what its facts come to under a criteria set, as they were known on a day.

    Raises:
        CriteriaError: The set asks for a measure that nobody registered.
        TypeError: `clinic`, `criteria` or `as_of` is something else, such as a path or a datetime.
    """
    if as_of.__class__ is not dt.date or clinic.__class__ is not Clinic:
        message = f"vet needs a Clinic and a datetime.date, got a {type(clinic).__name__} and a {type(as_of).__name__}"
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


def vet_tree(tree: object, criteria: CriteriaSet, *, as_of: dt.date) -> Verdict:
    """Read a dossier from a Python tree, such as `json.loads` gives, and score it.

    Raises:
        InputError: With every fault of the tree.
        CriteriaError: The set asks for a measure that nobody registered.
        TypeError: `criteria` or `as_of` is something else.
    """
    return vet(clinic_from(tree), criteria, as_of=as_of)


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


def _warnings(verdict: Verdict) -> Iterator[str]:
    clinic, language = verdict.clinic, verdict.language
    yield from _unasked(verdict)
    yield from _not_yet(verdict)
    for name in sorted({each.authority for person in clinic.practitioners for each in person.licences}):
        if near := misspelt(name):
            yield say(language, "warning.authority", name=repr(name), hint=_meant(near, language))
    yield from _odd_numbers(clinic, language)
    yield from _unsourced(clinic, language)
    yield from _misspelt_treatments(clinic, language)
    yield from products.remarks(clinic)
    for waiver in clinic.waivers:
        place = verdict.plan.place.get(waiver.criterion)
        if place is not None and waiver.in_force(verdict.as_of) and place not in verdict.waived:
            yield say(language, "warning.waiver", criterion=waiver.criterion)


def _unasked(verdict: Verdict) -> Iterator[str]:
    """Tell what the set does not ask for; an answer that speaks against the clinic with who gave it."""
    clinic, known, language = verdict.clinic, verdict.plan.place, verdict.language
    for what, ids in (
        ("answers", [*clinic.answers]),
        ("replies", [each.criterion for each in clinic.replies]),
        ("waivers", [each.criterion for each in clinic.waivers]),
    ):
        for each in dict.fromkeys(ids):
            if each not in known:
                more = _against(clinic, each, language) if what == "answers" else ""
                more += _replied(clinic, each) if what == "replies" else ""
                told = say(language, "warning.not_asked", what=what, criteria=verdict.criteria.id, criterion=each)
                near = nearest(each, known)
                yield f"{told}{more}; {_meant(near, language)}" if near else f"{told}{more}"


def _meant(near: str, language: str) -> str:
    return say(language, "warning.did_you_mean", word=repr(near))


def _against(clinic: Clinic, criterion: str, language: str) -> str:
    said = [each for each in clinic.answers[criterion] if each.against]
    words = [(word(language, "answer", each.answer), each.source) for each in said]
    who = (
        say(language, "warning.against_by", answer=answer, who=source.who, kind=word(language, "kind", source.kind))
        for answer, source in words
    )
    return say(language, "warning.against", who=", ".join(who)) if said else ""


def _replied(clinic: Clinic, criterion: str) -> str:
    replies = [f"{each.by}, {each.on}: {each.text}" for each in clinic.replies if each.criterion == criterion]
    return f" ({'; '.join(replies)})"


def _not_yet(verdict: Verdict) -> Iterator[str]:
    later = {source.id: source for source in verdict.clinic.sources() if source.seen and source.seen > verdict.as_of}
    if later:
        named = ", ".join(f"{name} ({later[name].seen})" for name in sorted(later))
        yield say(verdict.language, "warning.later", day=verdict.as_of, named=named)


def _odd_numbers(clinic: Clinic, language: str) -> Iterator[str]:
    """Tell numbers that cannot exist or look mistyped, by whomever they were given."""
    licences = [(each.authority, each.number) for person in clinic.practitioners for each in person.licences]
    premises = [(each.body, each.number) for each in clinic.registrations]
    for what, numbers in (("practitioners", licences), ("registrations", premises)):
        for authority, number in dict.fromkeys(numbers):
            if number and (checked := check_number(authority, number)).odd and checked.holds_in(clinic.country):
                form = "warning.number_at" if checked.look_up else "warning.number"
                yield say(language, form, what=what, says=checked.says, where=checked.look_up)


def _unsourced(clinic: Clinic, language: str) -> Iterator[str]:
    for i, product in enumerate(clinic.products):
        cosmetic = product.kind is ProductKind.COSMETIC
        if product.source is None and (cosmetic or product.lot_in_use or product.last_day):
            yield say(language, "warning.unsourced", place=i)


def _misspelt_treatments(clinic: Clinic, language: str) -> Iterator[str]:
    named = {each.treatment for person in clinic.practitioners for each in person.training}
    named |= {each for person in clinic.practitioners for policy in person.insurance for each in policy.covers}
    offered = {each.strip().casefold() for each in clinic.treatments}
    for each in sorted(named):
        if offered and each.strip().casefold() not in offered and (near := nearest(each, clinic.treatments)):
            yield say(language, "warning.treatment", name=repr(each), hint=_meant(near, language))
