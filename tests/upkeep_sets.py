"""Criteria sets for the tests of upkeep: a clean one to break, and random ones whose bands follow their rules."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from clinic_vetting import CriteriaSet, Outcome, parse_criteria

SEVERITIES = ("critical", "major", "minor")
COUNTED = ("critical_in_doubt", "critical_failed", "major_in_doubt", "major_failed")


def clean() -> dict[str, Any]:
    """Give a set of three categories, each of a critical, a major and a minor criterion, of which lint says nothing."""
    at_most = {"failed_at_most": 15, "critical_in_doubt": 0, "major_failed": 1}
    return {
        "criteria_set": 1, "id": "clean", "version": "1", "title": "Clean",
        "fresh_for": "6 months", "failures_fresh_for": "12 months",
        "references": {"one": {"by": "Somebody", "title": "Something"}},
        "categories": [
            {"id": name, "title": name, "weight": weight, "criteria": [_criterion(i) for i in range(3)]}
            for name, weight in (("a", 4), ("b", 3), ("c", 3))
        ],
        "bands": [
            {"id": "best", "label": "B", "proven_at_least": 70, "failed_at_most": 5, "critical_in_doubt": 0,
             "major_failed": 0, "met": ["a.q0", "b.q0"]},
            {"id": "good", "label": "G", "proven_at_least": 50, **at_most, "met": ["a.q0"]},
            {"id": "open", "label": "O", **at_most},
            {"id": "care", "label": "C", "failed_at_most": 40, "critical_failed": 0},
            {"id": "last", "label": "L"},
        ],
    }  # fmt: skip


def _criterion(i: int) -> dict[str, Any]:
    says = {each.value: f"It is {each.value}." for each in Outcome}
    words = dict.fromkeys(("why", "ask", "check", "if_failed"), "Words.")
    known = {"id": f"q{i}", "question": "Is it so?", "severity": SEVERITIES[i], "references": ["one"]}
    return {**known, **words, "weight": 4 if i == 0 else 3, "says": says}


def made(tree: dict[str, Any]) -> CriteriaSet:
    """Read a set from a tree."""
    return parse_criteria(json.dumps(tree), "set.json")


@st.composite
def bands(draw: st.DrawFn, ids: list[str]) -> list[dict[str, Any]]:
    """Draw up to four bands, each at least as strict as the next, the last without a condition."""
    found: list[dict[str, Any]] = [{"id": "last", "label": "L"}]
    limits: dict[str, int] = {"critical_failed": 0}
    met: list[str] = []
    for number in range(draw(st.integers(0, 3))):
        for name in draw(st.lists(st.sampled_from([*COUNTED, "failed_at_most", "proven_at_least"]), max_size=3)):
            limits[name] = _stricter(draw, name, limits.get(name))
        met = [*met, *(each for each in draw(st.lists(st.sampled_from(ids), max_size=1)) if each not in met)]
        found.insert(0, {"id": f"b{number}", "label": "B", **limits, "met": [*met]})
    return found


def _stricter(draw: st.DrawFn, name: str, old: int | None) -> int:
    if name == "critical_failed":
        return 0
    if name == "proven_at_least":
        return 10 * draw(st.integers((old or 0) // 10, 10))
    if name == "failed_at_most":
        return 10 * draw(st.integers(0, (100 if old is None else old) // 10))
    return draw(st.integers(0, 3 if old is None else old))


@st.composite
def small_sets(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a set of two or three criteria with few words, whose sources may be believed less than in full."""
    tree = clean()
    del tree["categories"][1:]
    criteria = tree["categories"][0]["criteria"]
    del criteria[draw(st.integers(2, 3)) :]
    for each in criteria:
        each["weight"] = draw(st.integers(1, 6))
        each["severity"] = draw(st.sampled_from(SEVERITIES))
    strength = {"for": draw(st.sampled_from([100, 100, 80, 40])), "against": draw(st.sampled_from([100, 100, 40]))}
    tree["evidence"] = dict.fromkeys(
        ("register", "inspection", "document", "observation", "patient", "claim"), strength
    )
    tree["bands"] = draw(bands([f"a.{each['id']}" for each in criteria]))
    return tree
