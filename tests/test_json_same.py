"""A verdict's JSON against `to_tree`, which defines it, byte by byte; and the digest."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import json
import sys
from typing import Any

import pytest
from cases import ROOT
from drawn import at_most
from hypothesis import given
from hypothesis import strategies as st
from records import DAYS, few, in_order, some, trees
from strategies import TODAY, cases, ids_of

from clinic_vetting import Clinic, CriteriaSet, clinic_from, load_clinic, load_criteria, parse_criteria, vet
from clinic_vetting.canonical import digest
from clinic_vetting.dossier import clinic_digest, plain
from clinic_vetting.reports import to_json, to_tree

sys.path.insert(0, str(ROOT / "benchmarks"))
listing = importlib.import_module("listings").listing

SAME = at_most(80)
LATER = st.integers(-400, 400)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SETS = ("mesotherapy", "mesotherapy-desk")
WORDS = st.sampled_from(["a", "b", 'ö "\\\n', "\u2028 \U0001f600"])


@functools.cache
def shipped(name: str = SETS[0]) -> CriteriaSet:
    return load_criteria(name)


def written(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> tuple[str, ...]:
    """Write a verdict of which nothing has been asked yet, and again, and after that its tree; and the digest."""
    verdict = vet(clinic, criteria, as_of=as_of)
    return to_json(verdict), to_json(verdict), json.dumps(to_tree(verdict)), clinic_digest(clinic)


def defined(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> tuple[str, ...]:
    """Give what each of these is by definition, of another verdict."""
    readable = json.dumps(to_tree(vet(clinic, criteria, as_of=as_of)), ensure_ascii=True)
    return readable, readable, readable, digest(plain(clinic))


@st.composite
def said_besides(draw: st.DrawFn, ids: list[str]) -> dict[str, Any]:
    """Draw replies and waivers; most dossiers have no waivers, for then the text is put together from parts."""
    named = st.sampled_from([*ids, "not.asked"])
    reply = some(criterion_=named, by_=WORDS, on_=DAYS, text_=WORDS)
    drawn = some(criterion_=named, reason_=WORDS, owner_=WORDS, since=DAYS, until_=DAYS)
    waiver = drawn.filter(lambda each: in_order(each, "since", "until"))
    waivers = draw(few(waiver)) if draw(st.integers(0, 2)) == 0 else []
    return {"replies": draw(few(reply, 5)), "waivers": waivers}


@SAME
@given(st.data(), trees(), LATER, st.sampled_from(SETS))
def test_records_of_all_kinds(data: st.DataObject, tree: dict[str, Any], later: int, name: str) -> None:
    ids = [each.full_id for each in shipped(name).criteria()]
    clinic, day = clinic_from({**tree, **data.draw(said_besides(ids))}), TODAY + dt.timedelta(days=later)
    assert written(clinic, shipped(name), day) == defined(clinic, shipped(name), day)


@SAME
@given(st.data(), cases(), LATER)
def test_direct_answers(data: st.DataObject, case: tuple[dict[str, Any], dict[str, Any]], later: int) -> None:
    tree, dossier = case
    clinic = clinic_from({**dossier, **data.draw(said_besides(ids_of(tree)))})
    criteria, day = parse_criteria(json.dumps(tree), "drawn.json"), TODAY + dt.timedelta(days=later)
    assert written(clinic, criteria, day) == defined(clinic, criteria, day)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("reviews", [0, 3, 100])
def test_listings(reviews: int, name: str) -> None:
    for number in range(3):
        for later in (-300, 0, 200, 500):
            clinic, day = clinic_from(listing(number, reviews)), TODAY + dt.timedelta(days=later)
            assert written(clinic, shipped(name), day) == defined(clinic, shipped(name), day)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Any, name: str) -> None:
    for later in (-40, 0, 30, 400):
        clinic, day = load_clinic(path), TODAY + dt.timedelta(days=later)
        assert written(clinic, shipped(name), day) == defined(clinic, shipped(name), day)


def test_quotes_and_other_alphabets_are_escaped_alike() -> None:
    tree = listing(1, 2)
    tree["clinic"]["name"] = 'The "Ö" \\ \u2028 \U0001f600\x7f'
    tree["sources"]["visit"]["who"] = 'édit"or\n'
    tree["sources"]["visit"]["url"] = 'https://example.com/?a="b"'
    tree["replies"][0]["text"] = 'Ünser "Wort"\n'
    tree["waivers"] = [
        {"criterion": "hygiene.premises_clean", "reason": 'a "reason"', "owner": "ö", "until": "2027-01-01"}
    ]
    for each in (tree, {**tree, "waivers": []}, {**tree, "answers": {}}):
        clinic = clinic_from(each)
        assert written(clinic, shipped(), TODAY) == defined(clinic, shipped(), TODAY)
        assert to_json(vet(clinic, shipped(), as_of=TODAY)).isascii()


def test_what_a_digest_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is forgotten, the digest is the same."""
    monkeypatch.setattr("clinic_vetting.canonical._MOST", 2)
    for number in range(5):
        tree = listing(number, 3)
        tree["sources"] = {name: {**each, "seen": f"1990-01-0{number + 1}"} for name, each in tree["sources"].items()}
        clinic = clinic_from(tree)
        assert clinic_digest(clinic) == digest(plain(clinic))
