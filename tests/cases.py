"""What several test modules need: a day, the shipped set, and clinics from a few facts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from clinic_vetting import Clinic, CriteriaSet, InputError, clinic_from, load_criteria

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 11, 21)
HERE = Path(__file__).parent
ROOT = HERE.parent
NOTHING_APPLIES = """
criteria_set: 1
id: elsewhere
version: 1
title: Elsewhere
extends: mesotherapy
changes:
  - because: one question
    owner: us
    select: [hygiene.hand_hygiene]
    set: {hygiene.hand_hygiene: {applies: {countries: [US]}}}
    bands: [{id: good, label: Good, critical_failed: 0}, {id: rest, label: Rest}]
"""
"""A set of which nothing applies to a clinic, unless it is in the US."""
_HEAD = """
criteria_set: 1
id: small
version: 1
title: Small
evidence: {register: 100, inspection: 100, document: 80, observation: 80, patient: 40, claim: {for: 40, against: 80}}
fresh_for: 12 months
failures_fresh_for: 12 months
categories:
"""
_BANDS = """
bands:
  - {id: good, label: Good, proven_at_least: 60, failed_at_most: 10, critical_in_doubt: 0, met: [a.x]}
  - {id: fair, label: Fair, failed_at_most: 40, critical_failed: 0}
  - {id: bad, label: Bad}
"""


@cache
def mesotherapy() -> CriteriaSet:
    """Give the shipped set."""
    return load_criteria("mesotherapy")


def refusal(read: Callable[[Path], object], path: Path, text: str) -> str:
    """Write a file, and give the words in which it is refused; none if it is read."""
    path.write_text(text, encoding="utf-8")
    try:
        read(path)
    except InputError as error:
        return str(error)
    return ""


def small_set(categories: str) -> str:
    """Write a set around its categories: to be good, a clinic needs `a.x` met and 60 points proven."""
    return _HEAD + categories.strip("\n") + _BANDS


def data(name: str) -> Any:
    """Read a file of test data."""
    return yaml.load((HERE / "data" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def clinic(facts: dict[str, str], *, kind: str = "inspection", seen: dt.date | None = DAY, **identity: Any) -> Clinic:
    """Make a clinic of direct answers, all by one source."""
    answers: dict[str, dict[str, Any]] = {}
    for full_id, answer in facts.items():
        category, criterion = full_id.split(".")
        answers.setdefault(category, {})[criterion] = {"answer": answer, "source": "s"}
    source = {"kind": kind, "who": "somebody", **({"seen": seen.isoformat()} if seen else {})}
    return clinic_from({"dossier": 1, "clinic": {"id": "c", **identity}, "sources": {"s": source}, "answers": answers})
