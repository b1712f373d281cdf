"""The smallest sets of fixes that lead to the next better band (method, section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.advice.covering import Cover, smallest_covers
from clinic_vetting.advice.fixes import Fix, fixes
from clinic_vetting.evidence import Belief

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic_vetting.criterion import Band
    from clinic_vetting.plan import Limit
    from clinic_vetting.quick import Found
    from clinic_vetting.verdict import Verdict
    from clinic_vetting.worth import Threshold

MENDED: Final = Belief(100, 0)
MOST_SETS: Final = 10
"""How many sets are listed unless more are asked for."""


@frozen
class Remedies:
    """How mending alone can lead to the next better band.

    Attributes:
        band: The next better band; `None` where there is none, or nothing is rated.
        sets: The smallest sets of fixes that lead there, all of one size; each, and all of them, in the order of
            `fixes`: first what regains most. Empty where mending alone does not lead there.
        more: Whether there are, or may be, more of that size than are listed.
        smallest: Whether it is proven that no smaller set leads there. Where it is not, the search had to be given up,
            and there is one set, from which nothing can be left out.
        missing: What would still keep the clinic out if all that can be changed were mended.
        fixes: Everything that failed, with what cannot be changed marked.
    """

    band: Band | None
    sets: tuple[tuple[Fix, ...], ...]
    more: bool
    smallest: bool
    missing: tuple[Limit, ...]
    fixes: tuple[Fix, ...]


def remedies(verdict: Verdict, *, most: int = MOST_SETS) -> Remedies:
    """Find the smallest sets of fixes after which the verdict's band is the next better one, or better still.

    A fix makes its criterion `(100, 0)`; all else stays, waivers too. What cannot be changed is in no set. At most
    `most` sets, at least 1, are listed.

    Raises:
        ValueError: `most` is less than 1.
    """
    if most < 1:
        message = f"most must be at least 1, got {most}"
        raise ValueError(message)
    found = fixes(verdict)
    place = verdict.criteria.bands.index(verdict.band) if verdict.band else 0
    if not place:
        return Remedies(None, (), more=False, smallest=True, missing=(), fixes=found)
    changeable = [each for each in found if each.stands is None]
    band, places = (
        verdict.criteria.bands[place - 1],
        [verdict.plan.place[each.criterion.full_id] for each in changeable],
    )
    if missing := _missing(verdict, band, places):
        return Remedies(band, (), more=False, smallest=True, missing=missing, fixes=found)
    cover = _cover(verdict.found, verdict.found.worth.thresholds[place - 1], places, most)
    sets = tuple(tuple(changeable[i] for i in each) for each in cover.choices)
    return Remedies(band, sets, cover.more, cover.smallest, (), found)


def _missing(verdict: Verdict, band: Band, places: Sequence[int]) -> tuple[Limit, ...]:
    """List the conditions of a band that do not hold even if all these were mended."""
    mended = set(places)
    beliefs = [MENDED if place in mended else belief for place, belief in enumerate(verdict.beliefs)]
    return tuple(verdict.plan.limits(band, beliefs, verdict.points.sums(beliefs), verdict.clinic))


def _cover(found: Found, threshold: Threshold, places: Sequence[int], most: int) -> Cover:
    """Put what the band asks for beyond today, and what each fix gives of it, in whole numbers."""
    before = [tuple(_short_of(found, threshold, found.packed))]
    cells = found.worth.cells
    for place in places:
        packed = found.packed - found.leaves[place].packed + cells[place].leaf(MENDED).packed
        before.append(tuple(_short_of(found, threshold, packed)))
    now, *after = before
    gains = [tuple(max(0, a - b) for a, b in zip(now, each, strict=True)) for each in after]
    return smallest_covers(tuple(max(0, each) for each in now), gains, most)


def _short_of(found: Found, threshold: Threshold, packed: int) -> Iterator[int]:
    """Give how much is missing for each condition: proven, failed, counts, and each that must be met."""
    sums = found.worth.sums(packed)
    yield threshold.proven - sums.proven_parts
    yield sums.failed_parts - threshold.failed
    most = (1 << found.worth.wide) - 1
    for bit, limit in threshold.counts:
        yield (packed // bit & most) - limit
    for bit in threshold.met:
        yield int(not packed & bit)
