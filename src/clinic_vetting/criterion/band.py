"""Bands, and what makes one contradict another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.errors import Problem
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL_ID: Final = rf"{fields.ID}\.{fields.ID}"
COUNTED: Final = ("critical_in_doubt", "critical_failed", "major_in_doubt", "major_failed")
"""A band's conditions that count criteria."""
NUMERIC: Final = (*COUNTED, "failed_at_most", "proven_at_least")
"""A band's conditions that are numbers."""


@frozen(kw_only=True)
class Band:
    """A verdict in a word; a clinic gets the first band whose every condition holds.

    Attributes:
        id: Unique within the set.
        label: For readers.
        says: One sentence.
        proven_at_least, failed_at_most: Points, 0..100.
        critical_in_doubt, critical_failed, major_in_doubt, major_failed: At most so many criteria.
        met: Full ids of the criteria that must be `met`.
        not_failed: Full ids of the criteria that must not be `failed`.
    """

    id: str = attrs.field(**fields.identifier())
    label: str = attrs.field(**fields.text(100))
    says: str | None = attrs.field(default=None, **fields.text(500))
    proven_at_least: Decimal | None = attrs.field(default=None, **fields.number(0, 100))
    failed_at_most: Decimal | None = attrs.field(default=None, **fields.number(0, 100))
    critical_in_doubt: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    critical_failed: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    major_in_doubt: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    major_failed: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    met: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(129, _FULL_ID, "criterion")))
    not_failed: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(129, _FULL_ID, "criterion")))

    def strictness(self) -> dict[str, Decimal | int]:
        """Give each numeric condition as a number that is smaller where it is stricter."""
        in_doubt, failed = "critical_in_doubt", "critical_failed"
        given = {name: getattr(self, name) for name in NUMERIC if getattr(self, name) is not None}
        for doubt, fail in ((in_doubt, failed), ("major_in_doubt", "major_failed")):
            if doubt in given:
                given[fail] = min(given[doubt], given.get(fail, given[doubt]))
        return {name: -value if name == "proven_at_least" else value for name, value in given.items()}

    @property
    def unconditional(self) -> bool:
        """Say whether every clinic gets it that got no better one."""
        return not self.met and not self.not_failed and not self.strictness()


def repeated(path: str, ids: list[str]) -> Iterator[Problem]:
    """Find ids that stand twice."""
    for i, each in enumerate(ids):
        if each in ids[:i]:
            got = told("fault.criteria.second", id=repr(each))
            yield Problem(f"{path}[{i}].id", told("fault.criteria.one_id"), got, each)


def band_contradictions(bands: tuple[Band, ...], ids: set[str]) -> Iterator[Problem]:
    """Find bands that contradict one another, or ask for a criterion that the set has not."""
    if not bands or not bands[-1].unconditional:
        last = bands[-1].id if bands else ""
        yield Problem("bands", told("fault.criteria.last_band"), told("fault.criteria.none"), last)
    for i, band in enumerate(bands):
        yield from _unasked(band, f"bands[{i}]", ids)
        if i < len(bands) - 1 and band.strictness().get("critical_failed") != 0:
            got = told("fault.criteria.reachable", id=repr(band.id))
            yield Problem(f"bands[{i}]", told("fault.criteria.none_failed"), got, band.id)
    for i, (better, worse) in enumerate(pairwise(bands[:-1])):
        for name in _easier(better, worse):
            got = told("fault.criteria.less_strict", name=name, better=repr(better.id), worse=repr(worse.id))
            yield Problem(f"bands[{i}]", told("fault.criteria.as_strict"), got, better.id)


def _unasked(band: Band, path: str, ids: set[str]) -> Iterator[Problem]:
    """Find criteria that a band names and the set has not, and say which line would fit."""
    for name in ("met", "not_failed"):
        fits = ", ".join(each for each in getattr(band, name) if each in ids)
        for each in getattr(band, name):
            if each not in ids:
                got = told("fault.criteria.fit_bands", id=repr(each), band=repr(band.id), line=f"'{name}: [{fits}]'")
                yield Problem(f"{path}.{name}", told("fault.criteria.ids"), got, each)


def _easier(better: Band, worse: Band) -> Iterator[str]:
    have, wanted = better.strictness(), worse.strictness()
    yield from (name for name, limit in wanted.items() if name not in have or have[name] > limit)
    yield from (name for name in ("met", "not_failed") if not set(getattr(worse, name)) <= set(getattr(better, name)))
