"""What a page tells of a verdict, in plain values and in one language, for HTML and Markdown alike."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from clinic_vetting import advice
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.evidence import Kind, Outcome
from clinic_vetting.history import history
from clinic_vetting.reports.cited import Item, item
from clinic_vetting.reports.lines import DIGITS, label, limit_words, one
from clinic_vetting.reports.numbers import Shown, shown, shown_limit
from clinic_vetting.reports.rows import Ahead, Lane, Limited, Row, lanes, row
from clinic_vetting.reports.telling import Teller
from clinic_vetting.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.advice import Question
    from clinic_vetting.clinic import Reply, Waiver
    from clinic_vetting.criterion import Band, Criterion, Reference
    from clinic_vetting.evidence import Strength
    from clinic_vetting.verdict import Verdict

QUESTIONS: Final = 5
DAYS: Final = 6
PARTS: Final = ("proven", "unknown", "failed")
TONES: Final = 5
"""How many looks there are for bands, from the best to the worst."""


class Page(Teller):
    """A verdict as a page tells it, in its own language or another; each part is made when it is asked for."""

    def __init__(self, verdict: Verdict, language: str | None = None) -> None:
        super().__init__(language or verdict.language)
        self.verdict = verdict.in_language(self.language)

    def label(self, band: Band | None) -> str:
        """Give a band's name."""
        return label(band, self.language)

    def tone(self, band: Band | None) -> str:
        """Give a band its look: 0 for the best, 4 for the worst, `none` where nothing is rated."""
        last = len(self.verdict.criteria.bands) - 1
        place = self.verdict.criteria.bands.index(band) if band else 0
        return str(round(Fraction(place * (TONES - 1), max(last, 1)))) if band else "none"

    @property
    def name(self) -> str:
        """The clinic's name, or its id."""
        return self.verdict.clinic.name or self.verdict.clinic.id

    @property
    def about(self) -> list[str]:
        """Where the clinic is, what it is vetted for, and its id."""
        clinic = self.verdict.clinic
        treatments = (self.word("treatment", each) for each in clinic.treatments)
        return [each for each in (clinic.region or clinic.country, *treatments, clinic.id) if each]

    @property
    def says(self) -> str:
        """The band in one sentence."""
        band = self.verdict.band
        return (band.says or "") if band else self.say("head.nothing_applies", criteria=self.verdict.criteria.id)

    @property
    def dated(self) -> str:
        """The day of the verdict, and how long it stands."""
        day, until = self.day(self.verdict.as_of), self.verdict.valid_until
        return (
            self.say("head.as_of_until", day=day, until=self.day(until)) if until else self.say("head.as_of", day=day)
        )

    @cached_property
    def numbers(self) -> Shown | None:
        """The numbers as they are shown."""
        return shown(self.verdict, DIGITS)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every finding, in the set's order."""
        effects = self.numbers.effects if self.numbers else {}
        return tuple(item(each, effects.get(each.id), self) for each in self.verdict.findings)

    @cached_property
    def against(self) -> list[Item]:
        """What speaks against the clinic: the most severe first, then what moves the score most."""
        severities = [each.criterion.severity for each in self.verdict.findings]
        rank = {each: place for place, each in enumerate(type(severities[0]))}
        found = [pair for pair in zip(self.items, severities, strict=True) if pair[0].outcome.in_doubt]
        return [each for each, _ in sorted(found, key=lambda pair: (rank[pair[1]], pair[0].effect or 0))]

    @cached_property
    def met(self) -> list[Item]:
        """What is shown, by what it moves the score."""
        found = [each for each in self.items if each.outcome is Outcome.MET]
        return sorted(found, key=lambda each: -(each.effect or 0))

    @cached_property
    def told(self) -> frozenset[str]:
        """Ids of the findings that are told in full before the list of all."""
        return frozenset(each.id for each in (*self.against, *self.met))

    @cached_property
    def limits(self) -> list[Limited]:
        """What keeps the clinic out of better bands, each condition once."""
        grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        labels = {band.id: band.label for band in self.verdict.criteria.bands}
        for each in self.verdict.limits:
            says = limit_words(each, shown_limit(each, self.numbers, DIGITS), self.language)
            grouped.setdefault((says, each.criteria), []).append(labels[each.band])
        found = {each.id: each for each in self.items}
        return [
            Limited(tuple(bands), says, tuple(found[each] for each in criteria))
            for (says, criteria), bands in grouped.items()
        ]

    @cached_property
    def settled(self) -> str:
        """Where answering the unknown can still lead."""
        best, worst = self.verdict.settled.best, self.verdict.settled.worst
        if not (best and worst):
            return ""
        return (
            self.say("settled.closed")
            if best is worst
            else self.say("settled.open", best=best.label, worst=worst.label)
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to ask, in the order of worth."""
        return advice.questions(self.verdict)

    def labels(self, bands: tuple[str, ...]) -> str:
        """Name bands by their ids."""
        return ", ".join(each.label for each in self.verdict.criteria.bands if each.id in bands)

    @cached_property
    def rows(self) -> list[Row]:
        """Each category with its findings and its points."""
        found = {each.id: each for each in self.items}
        return [
            row(category, tuple(found[each.full_id] for each in category.criteria), self.verdict)
            for category in self.verdict.criteria.categories
        ]

    @cached_property
    def forecast(self) -> advice.Forecast:
        """The next changes if nothing new arrives."""
        return advice.forecast(self.verdict, most=DAYS)

    @property
    def lanes(self) -> list[Lane]:
        """The same as a drawing: the bands, the best first, over the time."""
        return lanes(self.forecast)

    @property
    def ahead(self) -> Iterator[Ahead]:
        """The same, each against the one before it."""
        before = self.verdict
        for each in self.forecast.days:
            after = each.verdict
            why = {(shift.criterion.question, self.word("reason", shift.reason)): None for shift in each.shifts}
            score = one(after.score) or self.say("label.none")
            yield Ahead(each.on, after.band, before.band is not after.band, score, tuple(why))
            before = after

    @cached_property
    def replies(self) -> list[tuple[Item, Reply]]:
        """Every reply of the clinic, with what it answers."""
        return [(each, reply) for each in self.items for reply in each.replies]

    @cached_property
    def waivers(self) -> list[tuple[Criterion, Waiver]]:
        """What the vetter leaves out."""
        return [(self.verdict.plan.asked[place].criterion, each) for place, each in self.verdict.waived.items()]

    @property
    def without_waivers(self) -> str:
        """The verdict without them."""
        without = self.verdict.without_waivers
        score = one(without.score) if without and without.score is not None else self.say("label.none")
        return self.say("waiver.without", band=self.label(without.band), score=score) if without else ""

    @cached_property
    def history(self) -> list[str]:
        """What is on record and does not count today."""
        return history(self.verdict.clinic, self.verdict.as_of, self.language)

    @cached_property
    def references(self) -> dict[str, tuple[int, Reference]]:
        """What the criteria that apply rest on, numbered, by id."""
        cited = dict.fromkeys(name for each in self.items if each.points is not None for name in each.references)
        return {name: (number, self.verdict.criteria.references[name]) for number, name in enumerate(cited, 1)}

    @property
    def kinds(self) -> list[tuple[str, Strength]]:
        """How far each kind of source is believed."""
        return [(self.word("page.kind", each), self.verdict.criteria.evidence[each]) for each in Kind]

    @cached_property
    def digests(self) -> tuple[str, str]:
        """The digests of the criteria set and of the dossier."""
        return criteria_digest(self.verdict.criteria), clinic_digest(self.verdict.clinic)

    @property
    def library(self) -> str:
        """The version of this library."""
        return version()
