"""A whole criteria set."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.criterion.band import Band, band_contradictions, repeated
from clinic_vetting.criterion.criterion import Category, Criterion, Reference
from clinic_vetting.criterion.strengths import Strengths
from clinic_vetting.dates import Span
from clinic_vetting.errors import CriteriaError, Problem
from clinic_vetting.evidence import Evidence, Kind, Strength
from clinic_vetting.frozen import frozen_dict
from clinic_vetting.words import ENGLISH, told

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen(kw_only=True)
class Changed:
    """One change that a set makes to the one it builds on, in words, with who answers for it."""

    what: str = attrs.field(**fields.text(1_000_000))
    because: str = attrs.field(**fields.text(1000))
    owner: str = attrs.field(**fields.text(300))


@frozen(eq=False, kw_only=True)
class CriteriaSet:
    """Everything that decides what facts are worth.

    Attributes:
        id, version, title: What it is called.
        based_on: The set it builds on, with its version and digest.
        unknown_counts: What an unknown point adds to the score, 0..1.
        evidence: How far each kind of source is believed, in hundredths.
        fresh_for: How long evidence counts in full, unless a criterion says otherwise.
        failures_fresh_for: After this span a later `yes` needs only half the strength of a `no`.
        categories: At least one, each with at least one criterion.
        references: What was published, by id.
        bands: Best first; the last has no condition.
        changes: What it changed in the set it builds on, and why.
        inherited: How many of the changes, the first ones, are of the set it builds on; no document says it.
        language: What its readers' language is; no document says it.
        original: The set that this one translates; its digest is this one's too.

    Raises:
        CriteriaError: Ids that repeat or lead nowhere, or bands that contradict each other.
    """

    id: str = attrs.field(**fields.identifier())
    version: str = attrs.field(**fields.text(50))
    title: str = attrs.field(**fields.text(300))
    based_on: str | None = attrs.field(default=None, **fields.text(500))
    unknown_counts: Decimal = attrs.field(default=Decimal("0.5"), **fields.number(0, 1))
    evidence: Mapping[Kind, Strength] = attrs.field(converter=frozen_dict, **fields.shaped(Strengths()))
    fresh_for: Span = attrs.field(**fields.span())
    failures_fresh_for: Span = attrs.field(**fields.span())
    categories: tuple[Category, ...] = attrs.field(factory=tuple, **fields.many(Category, most=100))
    references: Mapping[str, Reference] = attrs.field(
        factory=dict, converter=frozen_dict, **fields.shaped(shapes.Keyed(Reference))
    )
    bands: tuple[Band, ...] = attrs.field(factory=tuple, **fields.many(Band, most=50))
    changes: tuple[Changed, ...] = attrs.field(factory=tuple, **fields.many(Changed))
    inherited: int = 0
    language: str = ENGLISH
    original: CriteriaSet | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if problems := list(_contradictions(self)):
            raise CriteriaError(problems)

    def criteria(self) -> Iterator[Criterion]:
        """List every criterion, category by category."""
        for category in self.categories:
            yield from category.criteria

    @property
    def beliefs(self) -> Evidence:
        """How statements are weighed."""
        return Evidence(dict(self.evidence), self.failures_fresh_for)

    def freshness(self, criterion: Criterion) -> Span:
        """Give how long evidence on a criterion counts in full."""
        return criterion.fresh_for or self.fresh_for

    def __repr__(self) -> str:
        return f"<CriteriaSet {self.id} {self.version}: {sum(1 for _ in self.criteria())} criteria>"


def _contradictions(criteria: CriteriaSet) -> Iterator[Problem]:
    ids = [each.full_id for each in criteria.criteria()]
    if not ids:
        yield Problem("categories", told("fault.criteria.one_criterion"), told("fault.criteria.none"))
    for i, category in enumerate(criteria.categories):
        path = f"categories[{i}]"
        if not category.criteria:
            got = told("fault.criteria.empty", id=repr(category.id))
            yield Problem(path, told("fault.criteria.one_criterion"), got, category.id)
        for j, each in enumerate(category.criteria):
            for name in each.references:
                if name not in criteria.references:
                    expected = told("fault.criteria.reference")
                    yield Problem(f"{path}.criteria[{j}].references", expected, repr(name), name)
        yield from repeated(f"{path}.criteria", [each.id for each in category.criteria])
    yield from repeated("categories", [each.id for each in criteria.categories])
    yield from repeated("bands", [each.id for each in criteria.bands])
    yield from band_contradictions(criteria.bands, set(ids))
