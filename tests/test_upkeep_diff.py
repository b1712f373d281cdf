"""What differs between two sets: everything that counts, in words and as a tree, and nothing else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from cases import ROOT, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import criteria_sets
from upkeep_sets import clean, made

from clinic_vetting import load_criteria, plain_criteria, shipped
from clinic_vetting.reports.harmless import WIDTH, columns
from clinic_vetting.schema import schema
from clinic_vetting.upkeep.difference import difference, points
from clinic_vetting.upkeep.texts import changes_text, difference_text
from clinic_vetting.words import catalogue

OWN = ROOT / "examples" / "criteria" / "our-site.yaml"


def text(change: dict[str, Any] | None = None, *, after: dict[str, Any] | None = None) -> str:
    """Tell what a changed tree differs in."""
    return difference_text(difference(made(clean()), made(after or {**clean(), **(change or {})})))


@pytest.mark.parametrize("name", [*shipped(), str(OWN)])
def test_a_set_does_not_differ_from_itself(name: str) -> None:
    """Read twice, it is the same set."""
    found = difference(load_criteria(name), load_criteria(name))

    assert not found
    assert (found.differences, found.moved) == ((), ())
    assert difference_text(found).splitlines()[1:] == ["Nothing that is asked, said or counted differs."]


@given(tree=criteria_sets(), order=st.randoms())
def test_order_and_names_are_no_difference(tree: dict[str, Any], order: Any) -> None:
    """Of categories and criteria; the order of bands is one."""
    other = {**copy.deepcopy(tree), "id": "other", "version": "9"}
    order.shuffle(other["categories"])
    for each in other["categories"]:
        order.shuffle(each["criteria"])

    assert not difference(made(tree), made(other))


@given(trees=st.tuples(criteria_sets(), criteria_sets()))
def test_backwards_is_the_same_with_before_and_after_exchanged(trees: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """And what moved is every criterion whose points differ, exactly."""
    old, new = map(made, trees)
    there, back = difference(old, new), difference(new, old)
    was, now = points(old), points(new)

    assert {(each.kind, each.id, each.field, str(each.before), str(each.after)) for each in there.differences} == {
        (each.kind, each.id, each.field, str(each.after), str(each.before)) for each in back.differences
    }
    assert {each.id: (each.before, each.after) for each in there.moved} == {
        name: (was.get(name), now.get(name)) for name in was | now if was.get(name) != now.get(name)
    }


def test_weights_are_told_with_points_before_and_after() -> None:
    """Those of the criterion that changed beside it, those of its neighbours below."""
    tree = clean()
    tree["categories"][0]["criteria"][0]["weight"] = 14

    assert text(after=tree) == (
        "clean 1 -> clean 1\n\nCriteria\n  a.q0 (16.00 -> 28.00 points)\n    weight: 4 -> 14\n\n"
        "Worth more or less, because weights around them changed\n"
        "  a.q1                                         12.00 -> 6.00 points\n"
        "  a.q2                                         12.00 -> 6.00 points\n"
    )


def test_a_category_that_weighs_otherwise_is_told() -> None:
    """And the set's own values."""
    tree = clean() | {"unknown_counts": 0.25, "fresh_for": "5 months", "title": "Other"}
    tree["categories"][2]["weight"] = 4
    told = text(after=tree)

    assert (
        "The set\n    title: Clean -> Other\n    unknown_counts: 0.5 -> 0.25\n    fresh_for: 6 months -> 5 mo" in told
    )
    assert "Categories\n  c\n    weight: 3 -> 4\n" in told


def test_criteria_that_come_and_go_are_told_with_what_they_are_worth() -> None:
    """And their question."""
    tree = clean()
    tree["categories"][2]["criteria"][2]["id"] = "other"
    told = text(after=tree)

    assert "  added c.other, minor, weight 3 (9.00 points): Is it so?\n" in told
    assert "  removed c.q2, minor, weight 3 (9.00 points): Is it so?\n" in told


def test_words_are_told_before_and_after() -> None:
    """Long ones below each other, one that is new against none."""
    tree = clean()
    first = tree["categories"][0]["criteria"][0]
    first["says"]["met"] = "It is quite certainly so, as everybody can see who looks."
    first["fresh_for"] = "1 month"
    told = text(after=tree)

    assert "    says.met:\n      was: It is met.\n      is: It is quite certainly so, as everybody can see who" in told
    assert "    fresh_for: none -> 1 month\n" in told


def test_bands_and_references_are_told() -> None:
    """Conditions, a band between, and the places of the others."""
    tree = clean()
    tree["bands"][0]["met"] = ["a.q0", "b.q0", "c.q0"]
    tree["bands"].insert(3, {"id": "new", "label": "N", "says": "S", "failed_at_most": 30, "critical_failed": 0})
    tree["references"]["two"] = {"by": "B", "title": "T"}
    told = text(after=tree)

    assert "  best\n    met: a.q0, b.q0 -> a.q0, b.q0, c.q0\n" in told
    assert "  added new: N failed_at_most 30, critical_failed 0\n" in told
    assert "  care\n    place: 4 -> 5\n" in told
    assert "References\n  added two: T\n" in told
    assert "added last: L (every other clinic)" in difference_text(
        difference(made({**clean(), "bands": [{"id": "z", "label": "Z"}]}), made(clean()))
    )


def test_the_tree_holds_everything_with_plain_values() -> None:
    """It can be written as JSON."""
    tree = clean()
    tree["categories"][0]["criteria"][0]["weight"] = 14
    found = json.loads(json.dumps(difference(made(clean()), made(tree)).tree()))

    assert found["differences"] == [
        {"kind": "criterion", "id": "a.q0", "field": "weight", "before": 4, "after": 14}
    ]  # fmt: skip
    assert found["points"][0] == {"criterion": "a.q0", "before": 16.0, "after": 28.0}
    assert found["old"]["digest"] != found["new"]["digest"]
    json.dumps(difference(mesotherapy(), load_criteria(OWN)).tree())


def test_the_example_tells_every_change_with_reason_and_owner() -> None:
    """And every word before and after, in narrow lines."""
    told = changes_text(load_criteria(OWN), mesotherapy())

    for wanted in (
        "Our editors visit every clinic before it is listed, so hygiene is what we know\nbest.\n  by Editors' meeting",
        "2026-10-05\n    - hygiene: weight 25 -> 30\n    - hygiene.hand_hygiene: weight 6 -> 8\n",
        "  by Dr A. Example, medical adviser\n    - sourcing.cold_chain: severity minor -> major\n",
        "    - dropped credentials.voluntary_register\n",
        "  by Readers' desk\n    - added care.wheelchair_access (minor, weight 3)\n",
        "      is: Many of the clinics on this site inject toxin, which must be kept\n",
    ):
        assert wanted in told
    assert max(map(columns, told.splitlines())) <= WIDTH


def test_the_example_fits_the_published_schema() -> None:
    """As an editor checks it."""
    tree = yaml.load(OWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes only text

    assert not list(Draft202012Validator(schema("criteria")).iter_errors(_typed(tree)))


def _typed(value: Any) -> Any:
    """Read numbers as numbers, as editors do."""
    match value:
        case dict(mapping):
            return {key: _typed(inner) for key, inner in mapping.items()}
        case list(items):
            return [_typed(each) for each in items]
        case text:
            return int(text) if text.isdecimal() else text


def test_a_set_that_changed_nothing_says_so() -> None:
    """Whether it builds on another or not."""
    assert "builds on no other set" in changes_text(mesotherapy(), mesotherapy())


def test_every_key_of_a_set_has_a_word() -> None:
    """Those that a change is told of by: in English the key itself."""
    trees = [plain_criteria(load_criteria(each)) for each in shipped()]
    criteria = [one for tree in trees for each in tree["categories"] for one in each["criteria"]]
    bands = [each for tree in trees for each in tree["bands"]]
    records = [*trees, *criteria, *bands, *(tree["evidence"] for tree in trees), trees[0]["evidence"]["claim"]]
    keys = {key for each in records for key in each} - {"criteria_set", "id", "version", "based_on"}

    words = {each.removeprefix("field."): text for each, text in catalogue("en").items() if each.startswith("field.")}
    assert keys - {"categories", "bands", "changes"} <= words.keys()
    assert {key: text for key, text in words.items() if key != text} == {}


def test_a_difference_in_another_language_is_still_one() -> None:
    """Of the same things, in other words; no two texts that differ have one translation."""
    found = difference(*map(load_criteria, ("mesotherapy", "mesotherapy-desk")))
    spanish = found.in_language("es")

    assert len(spanish.differences) == len(found.differences)
    assert [each for each in spanish.differences if each.before == each.after] == []
    assert spanish.differences[0].before == "Evaluación de una clínica de mesoterapia"
    assert found.in_language("en").differences == found.differences
