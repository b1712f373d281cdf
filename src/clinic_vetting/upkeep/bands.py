"""Lint: bands that nobody can get, and conditions that decide nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from clinic_vetting.criterion import NUMERIC
from clinic_vetting.upkeep.remark import Remark, mend, note
from clinic_vetting.upkeep.room import Conditions, allows, breaks, misses
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import Band
    from clinic_vetting.upkeep.rules import Subject


def one_band(subject: Subject) -> Iterator[Remark]:
    """Tell a set that gives every clinic the same band."""
    if len(subject.criteria.bands) == 1:
        yield note("one-band", subject.written.band(0), band=repr(subject.criteria.bands[0].id))


def unreachable(subject: Subject) -> Iterator[Remark]:
    """Tell bands that no clinic can get to which everything applies."""
    bands = subject.criteria.bands
    for i, band in enumerate(bands):
        because = _out_of_reach(subject, band) if i < len(bands) - 1 else ""
        if not because and i and not _falls_from(subject, bands[i - 1], band):
            because = told("lint.unreachable-band.better", band=repr(bands[i - 1].id))
        if because:
            yield mend("unreachable-band", subject.written.band(i), band=repr(band.id), because=because)


def _out_of_reach(subject: Subject, band: Band) -> str:
    if allows(subject.weighed, Conditions.of(band)):
        return ""
    most = max(each.for_ for each in subject.criteria.evidence.values())
    return told("lint.unreachable-band.too_weak", most=most)


def _falls_from(subject: Subject, better: Band, band: Band) -> bool:
    """Say whether a clinic can keep a band's conditions and break one of the better band's."""
    kept, asked = Conditions.of(band), Conditions.of(better)
    if not allows(subject.weighed, asked):
        return True
    broken = any(breaks(subject.weighed, name, limit, kept) for name, limit in asked.limits.items())
    ruled_out = set(better.not_failed) > set(band.not_failed)
    return broken or ruled_out or misses(subject.weighed, asked.met, kept)


def never_binding(subject: Subject) -> Iterator[Remark]:
    """Tell conditions that could be left out, and no clinic to which everything applies got another band."""
    bands = subject.criteria.bands
    for i, band in enumerate(bands[:-1]):
        for name in NUMERIC:
            limit = getattr(band, name)
            if limit is None or _is_needed(band, bands[i + 1], name):
                continue
            rest = Conditions.of(band, without=name)
            if allows(subject.weighed, rest) and not breaks(subject.weighed, name, Fraction(limit), rest):
                place = subject.written.band(i, name)
                yield mend("never-binding", place, condition=name, limit=limit, band=repr(band.id))


def _is_needed(band: Band, worse: Band, name: str) -> bool:
    """Say whether the set would be refused without a condition, because a worse band or the format asks for it."""
    without = attrs.evolve(band, **_none(name)).strictness()
    return without.get("critical_failed") != 0 or any(
        without.get(each, limit + 1) > limit for each, limit in worse.strictness().items()
    )


def _none(name: str) -> dict[str, Any]:
    return {name: None}
