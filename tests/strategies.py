"""Random criteria sets and dossiers, as plain trees and within every bound of the formats."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

TODAY = dt.date(2026, 11, 22)
KINDS = ("register", "inspection", "document", "observation", "patient", "claim")
ANSWERS = ("yes", "partly", "no", "not_applicable")
COUNTRIES = ("GB", "FR")
TREATMENTS = ("mesotherapy", "filler")

days = st.dates(TODAY - dt.timedelta(days=900), TODAY + dt.timedelta(days=200))
weights = st.integers(1, 12)
spans = st.sampled_from(["1 month", "3 months", "12 months", "45 days", "2 years"])
hundredths = st.integers(0, 100)


@st.composite
def criteria(draw: st.DrawFn, index: int) -> dict[str, Any]:
    """Draw a criterion."""
    tree: dict[str, Any] = {
        "id": f"q{index}",
        "question": f"Question {index}?",
        "weight": draw(weights),
        "severity": draw(st.sampled_from(["critical", "major", "minor"])),
    }
    if draw(st.booleans()):
        tree["fresh_for"] = draw(spans)
    if draw(st.integers(0, 4)) == 0:
        tree["applies"] = draw(limits())
    return tree


@st.composite
def limits(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw where a criterion applies."""
    kinds = {"countries": COUNTRIES, "treatments": TREATMENTS, "regions": ("GB-ENG", "GB-SCT")}
    chosen = draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, max_size=2, unique=True))
    return {kind: draw(st.lists(st.sampled_from(kinds[kind]), min_size=1, unique=True)) for kind in chosen}


def shipped_like_bands(met: list[str], not_failed: list[str]) -> list[dict[str, Any]]:
    """Give bands as the shipped sets have them."""
    at_most_one = {"failed_at_most": 15, "critical_in_doubt": 0, "major_failed": 1, "not_failed": not_failed[:1]}
    return [
        {"id": "recommended", "label": "R", "proven_at_least": 70, "failed_at_most": 5, "critical_in_doubt": 0,
         "major_failed": 0, "met": met, "not_failed": not_failed},
        {"id": "acceptable", "label": "A", "proven_at_least": 50, **at_most_one, "met": met[:1]},
        {"id": "unproven", "label": "U", **at_most_one},
        {"id": "caution", "label": "C", "failed_at_most": 40, "critical_failed": 0},
        {"id": "avoid", "label": "X"},
    ]  # fmt: skip


@st.composite
def criteria_sets(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a criteria set of up to three categories and nine criteria."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    categories: list[dict[str, Any]] = [
        {
            "id": f"c{i}",
            "title": f"Category {i}",
            "weight": draw(weights),
            "criteria": [draw(criteria(j)) for j in range(size)],
        }
        for i, size in enumerate(sizes)
    ]
    ids = [f"{category['id']}.{each['id']}" for category in categories for each in category["criteria"]]
    met = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    not_failed = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    shipped: dict[str, Any] = {"register": 100, "inspection": 100, "document": 80, "observation": 80, "patient": 40}
    table: dict[str, Any] = {**shipped, "claim": {"for": 40, "against": 80}}
    if draw(st.integers(0, 3)) == 0:
        table = {kind: {"for": draw(hundredths), "against": draw(hundredths)} for kind in KINDS}
    return {
        "criteria_set": 1,
        "id": "drawn",
        "version": "1",
        "title": "Drawn",
        "unknown_counts": draw(st.sampled_from([0.5, 0, 1, 0.25])),
        "evidence": table,
        "fresh_for": draw(spans),
        "failures_fresh_for": draw(spans),
        "categories": categories,
        "bands": shipped_like_bands(met, not_failed),
    }


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the sources of a dossier."""
    return {
        f"s{i}": {
            "kind": kind,
            "who": f"who {i}",
            **({"seen": draw(days).isoformat()} if draw(st.integers(0, 5)) else {}),
        }
        for i, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6)))
    }


@st.composite
def dossiers(draw: st.DrawFn, ids: list[str], most: int = 4) -> dict[str, Any]:
    """Draw a dossier with direct answers to some of `ids`."""
    said = draw(sources())
    statement = st.fixed_dictionaries({"answer": st.sampled_from(ANSWERS), "source": st.sampled_from(sorted(said))})
    answers: dict[str, dict[str, Any]] = {}
    for each in ids:
        category, criterion = each.split(".")
        if draw(st.integers(0, 3)):
            answers.setdefault(category, {})[criterion] = draw(st.lists(statement, min_size=1, max_size=most))
    clinic: dict[str, Any] = {"id": "drawn"}
    if draw(st.booleans()):
        clinic["country"] = draw(st.sampled_from(COUNTRIES))
    if draw(st.booleans()):
        clinic["treatments"] = draw(st.lists(st.sampled_from(TREATMENTS), min_size=1, unique=True))
    return {"dossier": 1, "clinic": clinic, "sources": said, "answers": answers}


def ids_of(tree: dict[str, Any]) -> list[str]:
    """List a set's full criterion ids."""
    return [f"{category['id']}.{each['id']}" for category in tree["categories"] for each in category["criteria"]]


@st.composite
def cases(draw: st.DrawFn, most: int = 4) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw a criteria set and a dossier for it."""
    tree = draw(criteria_sets())
    return tree, draw(dossiers(ids_of(tree), most))
