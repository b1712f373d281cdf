"""What several test modules need: a day, the shipped set, and clinics from a few facts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from clinic_vetting import Clinic, CriteriaSet, clinic_from, load_criteria

DAY = dt.date(2026, 11, 21)
HERE = Path(__file__).parent
ROOT = HERE.parent


@cache
def mesotherapy() -> CriteriaSet:
    """Give the shipped set."""
    return load_criteria("mesotherapy")


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
