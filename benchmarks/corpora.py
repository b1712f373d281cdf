"""Corpora of codes: drawn column by column from the verdicts of a few made-up clinics, likely ones or hard ones."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from clinic_vetting import CriteriaSet
from clinic_vetting.matrix import CodeMatrix

DAY = dt.date(2026, 11, 21)
KINDS = ("register", "inspection", "document", "observation", "patient", "claim")
EXCUSED = 6
"""So many criteria are sometimes excused."""


def hard(criteria: CriteriaSet, clinic: Mapping[str, Any], excused: float = 0) -> Iterator[dict[str, Any]]:
    """Make dossiers in which every criterion has a statement of any kind and age; some may be excused, so often."""
    draw = random.Random(1)
    for _ in range(300):
        yield _dossier(draw, criteria, clinic, excused)


def _dossier(draw: random.Random, criteria: CriteriaSet, clinic: Mapping[str, Any], excused: float) -> dict[str, Any]:
    sources = {
        f"s{i}": {"kind": draw.choice(KINDS), "who": "w", "seen": str(DAY - dt.timedelta(draw.randint(0, 900)))}
        for i in range(20)
    }
    answers: dict[str, dict[str, Any]] = {}
    for place, each in enumerate(criteria.criteria()):
        said = draw.choice(["yes", "yes", "yes", "no", "partly"])
        said = "not_applicable" if place < EXCUSED and draw.random() < excused else said
        answers.setdefault(each.category, {})[each.id] = {"answer": said, "source": draw.choice(list(sources))}
    return {"dossier": 1, "clinic": dict(clinic), "sources": sources, "answers": answers}


def drawn(few: CodeMatrix, listings: int) -> CodeMatrix:
    """Draw each column of as many listings from that of a few."""
    rng = np.random.default_rng(1)
    columns = [rng.choice(each, listings) for each in few.codes.T]
    return CodeMatrix(np.stack(columns).T, few.book, few.ids, few.bases)
