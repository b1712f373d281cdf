"""What a code stands for, and what a criteria set makes of it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from attrs import frozen

from clinic_vetting.canonical import digest
from clinic_vetting.catalogue import plain_criteria
from clinic_vetting.criterion import Severity
from clinic_vetting.errors import ClinicVettingError
from clinic_vetting.evidence import Belief, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from clinic_vetting.criterion import Band, CriteriaSet
    from clinic_vetting.verdict import Verdict


class MatrixError(ClinicVettingError, ValueError):
    """Verdicts, a file or a criteria set do not fit a code matrix; the message says which and why."""


class State(IntEnum):
    """Whether a belief counts."""

    COUNTS = 0
    WAIVED = 1
    """Left out by the vetter, unless it is critical and failed; the belief stays known."""
    EXCUSED = 2
    """Said not to apply."""
    NOT_ASKED = 3
    """The set does not ask it of this clinic, so no band can require it."""


class Entry(NamedTuple):
    """What one code stands for: a belief in hundredths, 0 and 0 where there is none, and its state."""

    proven: int
    failed: int
    state: State


def entries(verdict: Verdict) -> Iterator[Entry]:
    """Give what is known of each criterion, in the set's order, as it was before waivers."""
    clinic = verdict.clinic
    known = (verdict.without_waivers or verdict).beliefs
    waived = {each.criterion for each in clinic.waivers if each.in_force(verdict.as_of)}
    for criterion, belief in zip(verdict.criteria.criteria(), known, strict=True):
        if belief is not None:
            yield Entry(*belief, State.WAIVED if criterion.full_id in waived else State.COUNTS)
        else:
            limits = criterion.applies
            asked = limits is None or limits.to(clinic.country, clinic.region, clinic.treatments)
            yield Entry(0, 0, State.EXCUSED if asked else State.NOT_ASKED)


def bases(criteria: CriteriaSet) -> dict[str, str]:
    """Digest what decides each criterion's belief: two sets that agree in it believe alike."""
    tree = plain_criteria(criteria)
    shared = {name: tree.get(name) for name in ("evidence", "failures_fresh_for")}
    return {
        f"{category['id']}.{each['id']}": digest(
            {"fresh_for": tree["fresh_for"], **shared}
            | {name: each[name] for name in ("measure", "applies", "fresh_for") if each.get(name)}
        )
        for category in tree["categories"]
        for each in category["criteria"]
    }


@frozen(eq=False)
class Meaning:
    """What each code means for each criterion of a set; all arrays are criteria x codes.

    Attributes:
        applies: Whether it counts.
        proven, failed: Hundredths, 0 where it does not apply.
        counts: By name of a condition, what bands count.
    """

    applies: NDArray[np.bool_]
    proven: NDArray[np.int64]
    failed: NDArray[np.int64]
    counts: dict[str, NDArray[np.bool_]]


def meaning(book: NDArray[np.uint8], criteria: CriteriaSet) -> Meaning:
    """Say what the codes of a book mean under a set."""
    outcomes = [Belief(int(proven), int(failed)).outcome for proven, failed, _ in book]
    in_doubt = np.array([each.in_doubt for each in outcomes], bool)
    failed = np.array([each is Outcome.FAILED for each in outcomes], bool)
    met = np.array([each is Outcome.MET for each in outcomes], bool)
    state = book[:, 2]
    severities = [each.severity for each in criteria.criteria()]
    is_of = {each: np.array([own is each for own in severities], bool)[:, None] for each in Severity}
    applies = (state == State.COUNTS) | ((state == State.WAIVED) & failed & is_of[Severity.CRITICAL])
    counts: dict[str, NDArray[np.bool_]] = {}
    for severity in (Severity.CRITICAL, Severity.MAJOR):
        counts[f"{severity}_in_doubt"] = is_of[severity] & applies & in_doubt
        counts[f"{severity}_failed"] = is_of[severity] & applies & failed
    missing = (state != State.NOT_ASKED) & ~(applies & met)
    ids = [each.full_id for each in criteria.criteria()]
    for band in criteria.bands:
        counts[required(band)] = np.array([each in band.met for each in ids], bool)[:, None] & missing
        counts[ruled_out(band)] = np.array([each in band.not_failed for each in ids], bool)[:, None] & applies & failed
    hundredths = book.astype(np.int64)
    return Meaning(applies, applies * hundredths[:, 0], applies * hundredths[:, 1], counts)


def required(band: Band) -> str:
    """Name the count of what a band requires and a clinic has not met."""
    return f"missing for {' '.join(sorted(band.met))}"


def ruled_out(band: Band) -> str:
    """Name the count of what a band does not let fail, and has failed."""
    return f"failed of {' '.join(sorted(band.not_failed))}"
