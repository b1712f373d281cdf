"""Criteria, the categories that they stand in, and where they apply."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.clinic import COUNTRY, REGION
from clinic_vetting.dates import Span
from clinic_vetting.evidence import Outcome
from clinic_vetting.frozen import frozen_dict
from clinic_vetting.words import ENGLISH, say

_MOST_WEIGHT: Final = 1_000_000
_COUNTRY: Final = shapes.Text(2, COUNTRY, "country")
_REGION: Final = shapes.Text(6, REGION, "region")


class Severity(StrEnum):
    """How much harm a failure can do, in the words that inspectors use."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@frozen(kw_only=True)
class Applies:
    """Where a criterion applies: every kind of limit must hold, within a kind any value will do.

    Attributes:
        countries: ISO 3166-1 alpha-2; empty for everywhere.
        regions: ISO 3166-2; empty for everywhere.
        treatments: Empty for all; compared whatever their case and outer space.
    """

    countries: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_COUNTRY, single=True))
    regions: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_REGION, single=True))
    treatments: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(100), single=True))

    def to(self, country: str | None, region: str | None, treatments: tuple[str, ...]) -> bool:
        """Say whether it applies; a limit on something that is not stated holds."""
        stated = ((self.countries, country), (self.regions, region))
        places = all(not limit or value is None or value in limit for limit, value in stated)
        procedures = (
            not self.treatments or not treatments or not _folded(self.treatments).isdisjoint(_folded(treatments))
        )
        return places and procedures


def _folded(names: tuple[str, ...]) -> set[str]:
    return {each.strip().casefold() for each in names}


@frozen(kw_only=True)
class OurStandard:
    """Where the law does not ask for this, and it is a standard of the criteria set's own; `says` names the place."""

    says: str = attrs.field(**fields.text(400))
    countries: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_COUNTRY, single=True))
    regions: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_REGION, single=True))

    def holds(self, country: str | None, region: str | None) -> bool:
        """Say whether the clinic stands in one of these places, or of a region may: its country is the region's."""
        if country in self.countries or region in self.regions:
            return True
        return region is None and country is not None and any(each.startswith(f"{country}-") for each in self.regions)


@frozen(kw_only=True)
class Criterion:
    """One question about a clinic.

    Attributes:
        id: Unique within its category.
        question: A yes means good.
        weight: Whole number >= 1, against the other criteria of its category.
        severity: What a failure means for the band.
        fresh_for: How long evidence counts in full; the set's own where left out.
        measure: The name of the measure that reads records, where one does.
        applies: Where it applies; everywhere where left out.
        our_standard: Where the law does not ask for it.
        says: One sentence for each outcome.
        why: Why it is asked.
        ask: What a patient can ask.
        check: How a vetter finds out.
        if_failed: What to do if it failed.
        references: Ids in the set's references.
        category: The id of its category.
    """

    id: str = attrs.field(**fields.identifier())
    question: str = attrs.field(**fields.text(600))
    weight: int = attrs.field(**fields.whole(1, _MOST_WEIGHT))
    severity: Severity = attrs.field(**fields.choice(Severity))
    fresh_for: Span | None = attrs.field(default=None, **fields.span())
    measure: str | None = attrs.field(default=None, **fields.identifier())
    applies: Applies | None = attrs.field(default=None, **fields.one(Applies))
    our_standard: tuple[OurStandard, ...] = attrs.field(factory=tuple, **fields.many(OurStandard, single=True))
    says: Mapping[Outcome, str] = attrs.field(
        default=None, converter=frozen_dict, **fields.shaped(shapes.Words(Outcome))
    )
    why: str | None = attrs.field(default=None, **fields.text())
    ask: str | None = attrs.field(default=None, **fields.text())
    check: str | None = attrs.field(default=None, **fields.text())
    if_failed: str | None = attrs.field(default=None, **fields.text())
    references: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(64, fields.ID, "reference")))
    category: str = attrs.field(default="")

    @property
    def full_id(self) -> str:
        """The id that findings bear, such as `hygiene.hand_hygiene`."""
        return f"{self.category}.{self.id}"

    def sentence(self, outcome: Outcome) -> str:
        """Say the outcome in the criterion's own words, or plainly where it has none."""
        own = (self.says or {}).get(outcome)
        return own or f"{self.question} {say(ENGLISH, f'plainly.{outcome}')}"


def _named(category: Any) -> None:
    criteria = tuple(attrs.evolve(each, category=category.id) for each in category.criteria)
    object.__setattr__(category, "criteria", criteria)


@frozen(kw_only=True)
class Category:
    """Criteria that belong together, and their weight against the other categories."""

    id: str = attrs.field(**fields.identifier())
    title: str = attrs.field(**fields.text(200))
    weight: int = attrs.field(**fields.whole(1, _MOST_WEIGHT))
    criteria: tuple[Criterion, ...] = attrs.field(factory=tuple, **fields.many(Criterion, most=500))

    __attrs_post_init__ = _named


@frozen(kw_only=True)
class Reference:
    """Something that was published, by whom and when."""

    by: str = attrs.field(**fields.text(300))
    title: str = attrs.field(**fields.text(500))
    year: int | None = attrs.field(default=None, **fields.whole(1800, 2200))
    url: str | None = attrs.field(default=None, **fields.text(500, pattern="https?://[!-~]+", what="address"))

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.by, self.title, self.year) if part)
