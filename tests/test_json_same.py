"""A verdict's JSON against the readable functions behind it as they were first written, byte by byte."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import json
import sys
from typing import Any

import pytest
from cases import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from readable_json import digest, readable_json
from strategies import TODAY, cases
from test_quick import trees

from clinic_vetting import CriteriaSet, clinic_from, load_clinic, load_criteria, parse_criteria, vet
from clinic_vetting.dossier import clinic_digest, plain
from clinic_vetting.reports import to_json, to_tree

sys.path.insert(0, str(ROOT / "benchmarks"))
listing = importlib.import_module("listings").listing

SAME = settings(max_examples=80, deadline=None)
LATER = st.integers(-400, 400)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@functools.cache
def shipped(name: str = "mesotherapy") -> CriteriaSet:
    return load_criteria(name)


def same(tree: Any, criteria: CriteriaSet, as_of: dt.date) -> None:
    """Compare the whole text, what it is defined by, and the digest."""
    clinic = clinic_from(tree)
    readable = readable_json(vet(clinic, criteria, as_of=as_of))
    verdict = vet(clinic, criteria, as_of=as_of)
    assert json.loads(to_json(verdict)) == json.loads(readable)
    assert to_json(verdict) == readable
    assert json.dumps(to_tree(verdict)) == readable
    assert clinic_digest(clinic) == digest(plain(clinic))


@SAME
@given(trees(), LATER)
def test_records_of_all_kinds(tree: dict[str, Any], later: int) -> None:
    same(tree, shipped(), TODAY + dt.timedelta(days=later))


@SAME
@given(cases(), LATER)
def test_direct_answers(case: tuple[dict[str, Any], dict[str, Any]], later: int) -> None:
    tree, dossier = case
    same(dossier, parse_criteria(json.dumps(tree), "drawn.json"), TODAY + dt.timedelta(days=later))


@pytest.mark.parametrize("name", ["mesotherapy", "mesotherapy-desk"])
@pytest.mark.parametrize("reviews", [0, 3, 100])
def test_listings(reviews: int, name: str) -> None:
    for number in range(3):
        for later in (-300, 0, 200, 500):
            same(listing(number, reviews), shipped(name), TODAY + dt.timedelta(days=later))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Any) -> None:
    for later in (-40, 0, 30, 400):
        as_of = TODAY + dt.timedelta(days=later)
        clinic = load_clinic(path)
        for name in ("mesotherapy", "mesotherapy-desk"):
            readable = readable_json(vet(clinic, shipped(name), as_of=as_of))
            assert to_json(vet(clinic, shipped(name), as_of=as_of)) == readable


def test_quotes_and_other_alphabets_are_escaped_alike() -> None:
    tree = listing(1, 2)
    tree["clinic"]["name"] = 'The "Ö" \\ \u2028 \U0001f600\x7f'
    tree["sources"]["visit"]["who"] = 'édit"or\n'
    tree["sources"]["visit"]["url"] = 'https://example.com/?a="b"'
    tree["replies"][0]["text"] = 'Ünser "Wort"\n'
    tree["waivers"] = [
        {"criterion": "hygiene.premises_clean", "reason": 'a "reason"', "owner": "ö", "until": "2027-01-01"}
    ]
    same(tree, shipped(), TODAY)
    same({**tree, "answers": {}}, shipped(), TODAY)
