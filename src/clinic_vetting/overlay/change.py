"""What an overlay holds: its changes, each with a reason and an owner."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.criterion import Band, Criterion, Reference, Strengths
from clinic_vetting.errors import CriteriaError, Problem
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_vetting.dates import Span
    from clinic_vetting.evidence import Kind, Strength

_IDS: Final = shapes.Text(129, what="criterion")


@frozen(kw_only=True)
class Addition:
    """Criteria for a category; a new category needs a title and a weight."""

    category: str = attrs.field(**fields.identifier())
    title: str | None = attrs.field(default=None, **fields.text(200))
    weight: int | None = attrs.field(default=None, **fields.whole(1, 1_000_000))
    criteria: tuple[Criterion, ...] = attrs.field(factory=tuple, **fields.many(Criterion))


@frozen(kw_only=True)
class Change:
    """One change, why it is made, and who answers for it.

    Attributes:
        because, owner: The reason and the person or team.
        select: Full ids, at least one; every other criterion goes.
        drop: Full ids that go.
        weights: New weights, by category id or full criterion id.
        set: New values of criteria's fields, by full criterion id.
        add: New criteria.
        bands: All bands anew, at least one.
        unknown_counts, evidence, fresh_for, failures_fresh_for: New values for the set.

    Raises:
        CriteriaError: An empty list of what is to be kept, or of bands: what is left out stays as it is.
    """

    because: str = attrs.field(**fields.text(1000))
    owner: str = attrs.field(**fields.text(300))
    select: tuple[str, ...] | None = attrs.field(default=None, **fields.many(_IDS, most=5000))
    drop: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_IDS, most=5000))
    weights: Mapping[str, int] | None = attrs.field(
        default=None, **fields.shaped(shapes.Table(shapes.Whole(1, 1_000_000)))
    )
    set: Mapping[str, Mapping[str, Any]] | None = attrs.field(
        default=None, **fields.shaped(shapes.Table(shapes.Partial(Criterion, without=("id",))))
    )
    add: tuple[Addition, ...] = attrs.field(factory=tuple, **fields.many(Addition, most=100))
    bands: tuple[Band, ...] | None = attrs.field(default=None, **fields.many(Band, most=50))
    unknown_counts: Decimal | None = attrs.field(default=None, **fields.number(0, 1))
    evidence: Mapping[Kind, Strength] | None = attrs.field(default=None, **fields.shaped(Strengths()))
    fresh_for: Span | None = attrs.field(default=None, **fields.span())
    failures_fresh_for: Span | None = attrs.field(default=None, **fields.span())

    def __attrs_post_init__(self) -> None:
        empty = [name for name in ("select", "bands") if getattr(self, name) == ()]
        if empty:
            expected, got = told("fault.criteria.keep"), told("fault.criteria.none")
            raise CriteriaError([Problem(name, expected, got) for name in empty])


@frozen(kw_only=True)
class Overlay:
    """A set that builds on another."""

    id: str = attrs.field(**fields.identifier())
    version: str = attrs.field(**fields.text(50))
    title: str = attrs.field(**fields.text(300))
    extends: str = attrs.field(**fields.text(500))
    references: Mapping[str, Reference] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(Reference)))
    changes: tuple[Change, ...] = attrs.field(factory=tuple, **fields.many(Change, most=500))
