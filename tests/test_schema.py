"""The published JSON Schemas accept what the library reads and writes, and refuse what they can see."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

import pytest
import yaml
from cases import DAY, HERE, ROOT, clinic, mesotherapy
from jsonschema import Draft202012Validator

from clinic_vetting import advice, load_clinic, load_criteria, parse_criteria, plain_criteria, shipped, to_json, vet
from clinic_vetting.cli import main
from clinic_vetting.reports import advice_json
from clinic_vetting.schema import NAMES, schema

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
FAULTS = HERE / "golden" / "faults"
VISIBLE = (
    "a-word", "answers-not-mappings", "blank-required", "blank-version", "clinic-not-a-mapping", "country-and-region",
    "future-version", "lists-expected", "missing-clinic", "missing-id", "missing-version", "not-a-mapping",
    "numbers-out-of-range", "source-not-a-mapping", "sources-not-a-mapping", "text-expected", "text-too-long",
    "unknown-key-clinic", "unknown-key-nested", "unknown-key-source", "unknown-key-statement", "unknown-key-top",
    "waiver-without-owner", "wrong-answer", "wrong-source-kind", "wrong-word",
)  # fmt: skip
"""Fault files whose fault is one of structure; the others are about text, references between parts, or GS1 codes."""


@cache
def validator(name: str) -> Draft202012Validator:
    """Give a validator that checks formats too."""
    return Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def problems(name: str, tree: Any) -> list[str]:
    """List what a schema finds wrong."""
    return [f"{each.json_path}: {each.message[:200]}" for each in validator(name).iter_errors(tree)]


def as_text(path: Any) -> Any:
    """Read YAML with every scalar as text, as the library does."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - only text


def as_an_editor(path: Any) -> Any:
    """Read YAML as editors do, with numbers and truth values; dates are text in JSON."""
    return dated(yaml.safe_load(path.read_text(encoding="utf-8")))


def dated(value: Any) -> Any:
    """Turn dates into ISO text, and back what YAML 1.1 makes of the key `on`."""
    match value:
        case dict():
            return {"on" if key is True else key: dated(each) for key, each in value.items()}
        case list():
            return [dated(each) for each in value]
        case dt.date():
            return value.isoformat()
        case _:
            return value


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    """Each is a valid JSON Schema of 2020-12."""
    faults = Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema(name))
    assert [each.message for each in faults] == []


def test_formats_and_advice_have_names() -> None:
    """Advice is named as its command; another name is an error."""
    assert NAMES == ("dossier", "criteria", "verdict", "fixes", "forecast", "robustness", "diff", "compare")
    with pytest.raises(KeyError):
        schema("dosier")


# --- verdicts


@pytest.mark.parametrize("criteria", shipped())
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_verdict_of_an_example_fits(path: Any, criteria: str) -> None:
    """Under each shipped set; among the examples is one with a waiver."""
    verdict = json.loads(to_json(vet(load_clinic(path), load_criteria(criteria), as_of=DAY)))

    assert problems("verdict", verdict) == []


def test_a_verdict_of_nothing_fits() -> None:
    """Where nothing applies, nulls stand in the place of numbers."""
    tree = plain_criteria(mesotherapy())
    for category in tree["categories"]:
        for each in category["criteria"]:
            each["applies"] = {"countries": ["US"]}
    verdict = json.loads(to_json(vet(clinic({}, country="GB"), parse_criteria(json.dumps(tree)), as_of=DAY)))

    assert verdict["band"] is None
    assert problems("verdict", verdict) == []


def test_a_verdict_with_waivers_replies_and_history_fits() -> None:
    """As given by the example that has them."""
    given = ROOT / "examples" / "contradictions.yaml"
    verdict = json.loads(to_json(vet(load_clinic(given), mesotherapy(), as_of=DAY)))

    assert verdict["waivers"]
    assert verdict["without_waivers"]
    assert verdict["history"]
    assert problems("verdict", verdict) == []


@pytest.mark.parametrize(
    "change", [{"score": "50"}, {"score": 101}, {"band": "avoid"}, {"as_of": "today"}, {"more": 1}]
)
def test_something_else_is_no_verdict(change: dict[str, Any]) -> None:
    """Numbers, bands, days and keys are checked."""
    verdict = json.loads(to_json(vet(clinic({}), mesotherapy(), as_of=DAY)))

    assert problems("verdict", verdict | change)


# --- dossiers


@pytest.mark.parametrize("read", [as_text, as_an_editor])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_dossier_fits(path: Any, read: Any) -> None:
    """Whether its reader sees text alone, or numbers and truth values."""
    assert problems("dossier", read(path)) == []


def test_the_example_in_json_fits() -> None:
    """JSON numbers and truth values are allowed."""
    tree = json.loads((ROOT / "examples" / "minimal.json").read_text(encoding="utf-8"))

    assert problems("dossier", tree) == []


@pytest.mark.parametrize("name", VISIBLE)
def test_a_fault_of_structure_is_refused(name: str) -> None:
    """What the library refuses for its structure, an editor marks too."""
    assert problems("dossier", as_text(FAULTS / f"{name}.yaml"))


# --- criteria sets


@pytest.mark.parametrize("read", [as_text, as_an_editor])
@pytest.mark.parametrize("name", shipped())
def test_a_shipped_set_fits(name: str, read: Any) -> None:
    """As it is written: whole, or building on another."""
    assert problems("criteria", read(ROOT / "criteria" / f"{name}.yaml")) == []


@pytest.mark.parametrize("name", shipped())
def test_a_resolved_set_fits(name: str) -> None:
    """What `criteria show` prints as JSON is a criteria set."""
    assert problems("criteria", json.loads(json.dumps(plain_criteria(load_criteria(name))))) == []


@pytest.mark.parametrize(
    "change", [{"id": "UPPER"}, {"bands": "none"}, {"fresh_for": "a while"}, {"more": 1}, {"unknown_counts": 2}]
)
def test_something_else_is_no_criteria_set(change: dict[str, Any]) -> None:
    """Ids, lists, spans, keys and bounds are checked."""
    assert problems("criteria", plain_criteria(mesotherapy()) | change)


def test_a_set_that_builds_on_another_may_hold_only_what_differs() -> None:
    """`extends` makes it an overlay: categories of its own are refused, changes are allowed."""
    overlay = {"criteria_set": 1, "id": "own", "version": "1", "title": "Own", "extends": "mesotherapy"}

    assert problems("criteria", overlay) == []
    assert problems("criteria", overlay | {"categories": []})


# --- advice


@pytest.mark.parametrize("command", ["fixes", "forecast", "robustness"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_advice_on_an_example_fits(path: Any, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As the command prints it."""
    assert main([command, str(path), "--format", "json", "--as-of", str(DAY)]) == 0

    assert problems(command, json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize("more", [["--as-of-b", "2027-12-01"], ["--criteria-b", "mesotherapy-desk"]])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_difference_fits(path: Any, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Of two days, and of two sets, of which each asks what the other does not."""
    assert main(["diff", str(path), *more, "--format", "json", "--as-of", str(DAY)]) == 0

    assert problems("diff", json.loads(capsys.readouterr().out)) == []


def test_a_comparison_of_all_examples_fits(capsys: pytest.CaptureFixture[str]) -> None:
    """Every pair of them; also where shares of weightings are drawn."""
    assert main(["compare", *map(str, EXAMPLES), "--format", "json", "--as-of", str(DAY)]) == 0
    tree = json.loads(capsys.readouterr().out)

    assert len(tree["clinics"]) == len(EXAMPLES)
    assert problems("compare", tree) == []


def test_advice_where_nothing_applies_fits() -> None:
    """Nulls stand in the place of numbers and bands."""
    tree = plain_criteria(mesotherapy())
    for category in tree["categories"]:
        for each in category["criteria"]:
            each["applies"] = {"countries": ["US"]}
    criteria = parse_criteria(json.dumps(tree))
    one, other = (vet(clinic({}, country="GB", id=name), criteria, as_of=DAY) for name in ("a", "b"))
    written = {
        "fixes": advice_json.fixes_tree(one, advice.remedies(one)),
        "forecast": advice_json.forecast_tree(advice.forecast(one)),
        "robustness": advice_json.robustness_tree(one, advice.robustness(one)),
        "diff": advice_json.difference_tree(advice.difference(one, one)),
        "compare": advice_json.comparison_tree(advice.comparison([one, other])),
    }

    assert {name: problems(name, tree) for name, tree in written.items()} == {name: [] for name in written}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("fixes", {"sets": "none"}),
        ("fixes", {"more": 1}),
        ("forecast", {"until": "soon"}),
        ("robustness", {"score": 101}),
    ],
)
def test_something_else_is_no_advice(name: str, change: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """Lists, keys, days and bounds are checked."""
    main([name, str(EXAMPLES[0]), "--format", "json", "--as-of", str(DAY)])

    assert problems(name, json.loads(capsys.readouterr().out) | change)
