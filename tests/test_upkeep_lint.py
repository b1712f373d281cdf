"""Lint: each rule with a set that breaks it and one that nearly does; what is called impossible is impossible."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, criteria_sets, dossiers, ids_of
from upkeep_sets import clean, made, small_sets

from clinic_vetting import CriteriaSet, InputError, clinic_from, parse_criteria, vet
from clinic_vetting.catalogue import layers
from clinic_vetting.upkeep.lint import NAMES, Linted, lint, lint_set
from clinic_vetting.upkeep.remark import Level
from clinic_vetting.upkeep.written import Written
from clinic_vetting.words import again

np = pytest.importorskip("numpy")
Change = Callable[[dict[str, Any]], object]


def rules(tree: dict[str, Any]) -> list[str]:
    return [each.rule for each in lint(made(tree)).remarks]


def changed(change: Change) -> dict[str, Any]:
    tree = copy.deepcopy(clean())
    change(tree)
    return tree


def first(tree: dict[str, Any]) -> dict[str, Any]:
    criterion: dict[str, Any] = tree["categories"][0]["criteria"][0]
    return criterion


def second(tree: dict[str, Any]) -> dict[str, Any]:
    criterion: dict[str, Any] = tree["categories"][0]["criteria"][1]
    return criterion


def weights(*new: int) -> Change:
    return lambda tree: [each.update(weight=n) for each, n in zip(tree["categories"][0]["criteria"], new, strict=True)]


def believed(for_: int) -> Change:
    kinds = ("register", "inspection", "document", "observation", "patient", "claim")
    return lambda tree: tree.update(evidence={each: {"for": for_, "against": 100} for each in kinds})


def of_first(**new: Any) -> Change:
    return lambda tree: first(tree).update(new)


def of_best(**new: Any) -> Change:
    return lambda tree: tree["bands"][0].update(new)


def without(name: str) -> Change:
    return lambda tree: first(tree).pop(name)


CASES: list[tuple[str, Change, Change]] = [
    ("zero-weight", weights(500, 400, 1), weights(400, 398, 1)),
    ("dominated-weights", weights(7, 3, 3), weights(6, 3, 3)),
    ("dominated-weights", lambda t: t["categories"][0].update(weight=7), lambda t: t["categories"][0].update(weight=6)),
    ("score-range", believed(99), believed(100)),
    ("one-band", lambda t: t.update(bands=t["bands"][-1:]), lambda t: t.update(bands=t["bands"][-2:])),
    ("unreachable-band", believed(69), believed(70)),
    (
        "unreachable-band",
        lambda t: t["bands"].insert(1, {**t["bands"][0], "id": "twin"}),
        lambda t: t["bands"].insert(1, {**t["bands"][0], "id": "twin", "failed_at_most": 5.5}),
    ),
    ("never-binding", of_best(major_in_doubt=2), of_best(major_in_doubt=1)),
    ("missing-sentence", lambda t: first(t)["says"].pop("weak"), lambda t: first(t)["says"].update(weak="W")),
    ("missing-advice", without("why"), of_first(why="W")),
    ("missing-reference", without("references"), of_first(references=["one"])),
    (
        "unused-reference",
        lambda t: t["references"].update(two={"by": "B", "title": "T"}),
        lambda t: (t["references"].update(two={"by": "B", "title": "T"}), first(t).update(references=["two"])),
    ),
    ("unfilled-placeholder", of_first(ask="Is {name} in?"), of_first(ask="$5 or 70 % off: less < more?")),
    ("unfilled-placeholder", lambda t: first(t)["says"].update(met="TODO"), of_first(why="To do it well.")),
    (
        "missing-translation",
        lambda t: t["bands"][-1].update(id="avoid", label="Avoid"),
        lambda t: t["bands"][-1].update(id="avoid", label="Shun"),
    ),
    (
        "longer-than-term",
        of_first(measure="licensed_injectors", fresh_for="13 months"),
        of_first(measure="licensed_injectors", fresh_for="12 months"),
    ),
    (
        "far-apart",
        lambda t: (first(t).update(fresh_for="13 months"), second(t).update(fresh_for="30 days")),
        lambda t: (first(t).update(fresh_for="12 months"), second(t).update(fresh_for="30 days")),
    ),
    ("good-outlives-bad", of_first(fresh_for="13 months"), of_first(fresh_for="12 months")),
]  # fmt: skip


def test_of_a_clean_set_nothing_is_said() -> None:
    """So each case below breaks one thing."""
    assert rules(clean()) == []


@pytest.mark.parametrize(("rule", "broken", "nearly"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_a_rule_is_told_where_it_is_broken_and_not_where_it_nearly_is(
    rule: str, broken: Change, nearly: Change
) -> None:
    """On both sides of its threshold."""
    assert rule in rules(changed(broken))
    assert rule not in rules(changed(nearly))


def test_a_set_without_words_in_a_language_lacks_all_of_them_where_it_is_asked_for() -> None:
    """And is left alone where nobody wants it."""
    (told,) = [each.what for each in lint(made(clean()), language="es").remarks]

    assert again(told, "es").startswith("126 de 126 textos no tienen palabras en 'es': title, bands.best.label, ")
    assert [each.rule for each in lint(made(clean()), language="en").remarks] == []


def test_every_rule_has_a_case_and_a_place_in_the_docs() -> None:
    """None is untested or unexplained."""
    told = (ROOT / "docs" / "criteria.md").read_text(encoding="utf-8")

    assert {case[0] for case in CASES} == set(NAMES)
    assert [each for each in NAMES if f"`{each}`" not in told] == []


@pytest.mark.parametrize(
    ("change", "path", "says"),
    [
        (of_first(weight=0), "categories[0].criteria[0].weight", "a whole number from 1"),
        (of_best(failed_at_most=20), "bands[0]", "failed_at_most less strict in 'best' than in 'good'"),
        (of_first(measure="licensed_injector"), "categories[0].criteria[0].measure", "mean 'licensed_injectors'"),
    ],
)  # fmt: skip
def test_what_no_set_may_hold_is_refused_when_it_is_read(change: Change, path: str, says: str) -> None:
    """A weight of 0, a band easier than a worse one, a measure that nobody registered: with file, path and why."""
    with pytest.raises(InputError) as error:
        made(changed(change))

    assert str(error.value).startswith("set.json:1: ")
    assert path in str(error.value)
    assert says in str(error.value)


# --- the shipped sets


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("mesotherapy", {"far-apart": "procedure_training", "good-outlives-bad": "procedure_training accreditation"}),
        ("mesotherapy-desk", {"far-apart": "accreditation", "good-outlives-bad": "accreditation"}),
        (str(ROOT / "examples" / "criteria" / "our-site.yaml"),
         {"far-apart": "procedure_training", "good-outlives-bad": "procedure_training accreditation",
          "missing-translation": "wheelchair_access"}),
    ],
)  # fmt: skip
def test_nothing_is_to_mend_in_the_shipped_sets(name: str, notes: dict[str, str]) -> None:
    """What is noted has its reason in docs/criteria.md; scores go from 0 to 100."""
    found = lint_set(name)
    told = [(each.rule, each.what) for each in found.remarks]

    assert found.failing() == ()
    assert sorted(rule for rule, _ in told) == sorted(rule for rule, ids in notes.items() for _ in ids.split())
    assert all(any(each in what for each in notes[rule].split()) for rule, what in told)
    assert [int(each) for each in (found.least, found.start, found.most)] == [0, 50, 100]


# --- lines

OVERLAY = """\
criteria_set: 1
id: own
version: "1"
title: Own
extends: base.json
changes:
  - because: b
    owner: o
    weights: {a.q2: 1, a.q0: 1}
    add:
      - category: a
        criteria:
          - {id: x, question: "X, <name>?", weight: 2, severity: minor, why: TBD}
  - because: b
    owner: o
    set:
      a.q1: {fresh_for: 40 months, says: {met: "{who}"}}
    weights: {c: 9}
  - because: b
    owner: o
    bands:
      - {id: top, label: T, critical_failed: 0, proven_at_least: 70}
      - {id: twin, label: T, critical_failed: 0, proven_at_least: 70}
      - {id: last, label: L}
"""


def test_a_remark_names_the_line_of_the_layer_that_has_the_last_word(tmp_path: Path) -> None:
    """Of an overlay's changes, additions and bands, and of the set below it."""
    base = clean()
    base["categories"][1]["criteria"][0]["why"] = "XXX"
    base["references"]["two"] = {"by": "B", "title": "T"}
    (tmp_path / "base.json").write_text(json.dumps(base, indent=1))
    (tmp_path / "own.yaml").write_text(OVERLAY)
    own, below = str(tmp_path / "own.yaml"), str(tmp_path / "base.json")

    places = {
        (each.rule, each.place.path): (each.place.file, each.place.line)
        for each in lint_set(own).remarks
    }  # fmt: skip

    assert places[("unfilled-placeholder", "changes[0].add[0].criteria[0].question")] == (own, 13)
    assert places[("unfilled-placeholder", "changes[0].add[0].criteria[0].why")] == (own, 13)
    assert places[("missing-reference", "changes[0].add[0].criteria[0]")] == (own, 13)
    assert places[("unfilled-placeholder", "changes[1].set.a.q1.says.met")] == (own, 17)
    assert places[("good-outlives-bad", "changes[1].set.a.q1.fresh_for")] == (own, 17)
    assert places[("dominated-weights", "changes[1].weights.c")] == (own, 18)
    assert places[("unreachable-band", "changes[2].bands[1]")] == (own, 23)
    file, line = places[("unfilled-placeholder", "categories[1].criteria[0].why")]
    assert (file, "XXX" in Path(below).read_text().splitlines()[line - 1]) == (below, True)
    file, line = next(
        (each.place.file, each.place.line) for each in lint_set(below).remarks if each.rule == "unused-reference"
    )
    assert '"two"' in Path(below).read_text().splitlines()[line - 1]


def test_a_criterion_weight_is_found_in_the_change_that_set_it(tmp_path: Path) -> None:
    """Whether by `weights` or by `set`."""
    (tmp_path / "base.json").write_text(json.dumps(clean()))
    head = 'criteria_set: 1\nid: own\nversion: "1"\ntitle: T\nextends: base.json\nchanges:\n'
    why = "  - because: b\n    owner: o\n"
    change = f"{why}    weights: {{a.q0: 70}}\n{why}    set: {{b.q0: {{weight: 70}}}}\n"
    (tmp_path / "own.yaml").write_text(head + change)

    found = [each.place for each in lint_set(tmp_path / "own.yaml").remarks if each.rule == "dominated-weights"]

    assert [(each.line, each.path) for each in found] == [
        (9, "changes[0].weights.a.q0"), (12, "changes[1].set.b.q0.weight"),
    ]  # fmt: skip


def test_a_category_and_the_evidence_are_found_in_whichever_layer_has_them(tmp_path: Path) -> None:
    """Added, or in the set at the bottom; what is nowhere has only its path."""
    base = changed(believed(90))
    base["categories"][0]["weight"] = 50
    (tmp_path / "base.json").write_text(json.dumps(base, indent=1))
    added = {**base["categories"][0]["criteria"][0], "id": "x"}
    first_change = {"because": "b", "owner": "o", "drop": ["c.q2"]}
    second_change = {
        "because": "b",
        "owner": "o",
        "add": [{"category": "d", "title": "D", "weight": 99, "criteria": [added]}],
    }
    head = {"criteria_set": 1, "id": "own", "version": "1", "title": "T", "extends": "base.json"}
    (tmp_path / "own.json").write_text(json.dumps({**head, "changes": [second_change, first_change]}, indent=1))

    def told(name: str) -> set[tuple[str, str, str]]:
        remarks = lint_set(tmp_path / name).remarks
        return {(each.rule, Path(each.place.file).name, each.place.path) for each in remarks}

    assert told("base.json") == {
        ("dominated-weights", "base.json", "categories[0].weight"), ("score-range", "base.json", "evidence"),
    }  # fmt: skip
    assert told("own.json") == {
        ("dominated-weights", "own.json", "changes[0].add[0].weight"), ("score-range", "base.json", "evidence"),
    }  # fmt: skip


def test_bands_are_found_in_the_layer_that_gives_them() -> None:
    """Below a set that changes none."""
    found = Written(layers(ROOT / "examples" / "criteria" / "our-site.yaml")).band(1, "failed_at_most")

    assert (found.file, found.path) == ("mesotherapy.yaml", "bands[1].failed_at_most")
    assert found.line > 1


def test_what_is_written_nowhere_has_only_its_path() -> None:
    """As in a set that was changed in Python after it was read."""
    written = Written(layers("mesotherapy-desk"))

    found = (
        written.criterion("x.y", "weight"), written.criterion("care.y", "weight"), written.category("x", "weight"),
        written.category("care", "colour"), written.reference("none"), written.of_set("colour"),
    )  # fmt: skip
    assert [str(each) for each in found] == [
        "x.y.weight", "care.y.weight", "x.weight", "care.colour", "references.none", "colour",
    ]  # fmt: skip


def test_a_set_without_text_has_paths_and_no_lines() -> None:
    """As when it was made in Python."""
    found = lint(made(changed(of_best(major_in_doubt=2)))).remarks

    assert [(each.place.line, str(each.place)) for each in found] == [(0, "bands[0].major_in_doubt")]
    assert rules(changed(lambda t: t.update(bands=t["bands"][-1:]))) == ["one-band"]


# --- what is called impossible is impossible

EDGES = (0, 1, 24, 25, 49, 50, 74, 75, 76, 100)


def beliefs(criteria: CriteriaSet) -> tuple[Any, Any]:
    """Give every combination of beliefs on the edges of outcomes: combinations x criteria."""
    strengths = criteria.evidence.values()
    most = max(each.for_ for each in strengths), max(each.against for each in strengths)
    pairs = [(p, f) for p in EDGES for f in EDGES if p + f <= 100 and p <= most[0] and f <= most[1]]
    pairs += [(most[0], 0), (0, most[1])]
    all_of_them = np.array(list(itertools.product(pairs, repeat=sum(1 for _ in criteria.criteria()))))
    return all_of_them[..., 0], all_of_them[..., 1]


def places(criteria: CriteriaSet, p: Any, f: Any) -> Any:
    """Give each combination's band, straight from the method's section 6."""
    asked = list(criteria.criteria())
    weights = np.array([each.weight for each in asked])
    whole = int(weights.sum())
    doubt, failed, met = f >= 25, (p < 25) & (f >= 50), (p >= 50) & (f < 25)
    found = np.full(len(p), -1)
    for place, band in enumerate(criteria.bands):
        holds = np.ones(len(p), bool)
        for severity in ("critical", "major"):
            own = np.array([each.severity == severity for each in asked])
            for what, bad in (("in_doubt", doubt), ("failed", failed)):
                if (most := getattr(band, f"{severity}_{what}")) is not None:
                    holds &= (bad & own).sum(axis=1) <= most
        for i, each in enumerate(asked):
            holds &= met[:, i] | (each.full_id not in band.met)
        if band.failed_at_most is not None:
            holds &= (f * weights).sum(axis=1) <= int(band.failed_at_most) * whole
        if band.proven_at_least is not None:
            holds &= (p * weights).sum(axis=1) >= int(band.proven_at_least) * whole
        found[(found < 0) & holds] = place
    return found


def flagged(found: Linted, rule: str) -> list[str]:
    return [each.place.path for each in found.remarks if each.rule == rule]


@given(tree=small_sets())
def test_no_combination_of_answers_leads_to_an_unreachable_band(tree: dict[str, Any]) -> None:
    """Nor does leaving out a condition that never binds give any of them another band."""
    criteria = made(tree)
    found = lint(criteria)
    p, f = beliefs(criteria)
    all_places = places(criteria, p, f)

    for path in flagged(found, "unreachable-band"):
        assert int(path[6:-1]) not in all_places
    for path in flagged(found, "never-binding"):
        place, name = int(path[6]), path.split(".")[1]
        less = copy.deepcopy(tree)
        del less["bands"][place][name]
        assert (places(made(less), p, f) == all_places).all()


def test_every_band_that_no_combination_leads_to_is_told() -> None:
    """Of 200 drawn sets: what is told is just what brute force does not reach."""
    draw = np.random.default_rng(1)
    told = 0
    for _ in range(200):
        criteria = made(_drawn(draw))
        reached = set(places(criteria, *beliefs(criteria)).tolist())
        names = {int(path[6:-1]) for path in flagged(lint(criteria), "unreachable-band")}
        assert names == {*range(len(criteria.bands))} - reached
        told += len(names)

    assert told > 15


def _drawn(draw: Any) -> dict[str, Any]:
    """Draw a set of two criteria and two conditional bands."""
    tree = clean()
    del tree["categories"][1:]
    del tree["categories"][0]["criteria"][2:]
    for each in tree["categories"][0]["criteria"]:
        each["weight"] = int(draw.integers(1, 5))
        each["severity"] = ("critical", "major", "minor")[draw.integers(3)]
    worse = {"critical_failed": 0, "failed_at_most": int(10 * draw.integers(0, 8))}
    better: dict[str, Any] = {**worse, "failed_at_most": int(10 * draw.integers(0, worse["failed_at_most"] // 10 + 1))}
    better |= {"major_failed": 0} if draw.random() < 0.5 else {}
    better |= {"met": ["a.q0"]} if draw.random() < 0.5 else {}
    better |= {"proven_at_least": int(10 * draw.integers(0, 11))} if draw.random() < 0.3 else {}
    tree["bands"] = [{"id": "x", "label": "X", **better}, {"id": "y", "label": "Y", **worse}, {"id": "z", "label": "Z"}]
    return tree


@given(data=st.data())
def test_no_dossier_is_given_an_unreachable_band(data: st.DataObject) -> None:
    """Where everything applies: random search through `vet` itself."""
    tree = data.draw(criteria_sets())
    dossier = data.draw(dossiers(ids_of(tree)))
    criteria = parse_criteria(json.dumps(tree))
    found = lint(criteria)
    verdict = vet(clinic_from(dossier), criteria, as_of=TODAY)

    if verdict.band and None not in verdict.beliefs:
        assert f"bands[{criteria.bands.index(verdict.band)}]" not in flagged(found, "unreachable-band")
        assert verdict.score is not None
        assert found.least <= verdict.score <= found.most


def test_least_and_most_are_the_scores_of_all_bad_and_all_good() -> None:
    """By the source that is believed most."""
    criteria = made(changed(believed(60)))
    found = lint(criteria)
    for answer, score in (("no", found.least), ("yes", found.most)):
        answers = {
            each.id: {one.id: {"answer": answer, "source": "s"} for one in each.criteria}
            for each in criteria.categories
        }
        source = {"s": {"kind": "inspection", "who": "w", "seen": DAY.isoformat()}}
        tree = {"dossier": 1, "clinic": {"id": "c"}, "sources": source, "answers": answers}
        assert vet(clinic_from(tree), criteria, as_of=DAY).score == score
    assert found.start == vet(clinic_from({"dossier": 1, "clinic": {"id": "c"}}), criteria, as_of=DAY).score


def test_only_what_is_to_mend_and_not_accepted_fails() -> None:
    """Notes never do."""
    found = lint(made(changed(lambda t: (first(t).update(fresh_for="13 months"), first(t).pop("why")))))

    assert [(each.rule, each.level) for each in found.remarks] == [
        ("missing-advice", Level.MEND), ("good-outlives-bad", Level.NOTE),
    ]  # fmt: skip
    assert [each.rule for each in found.failing()] == ["missing-advice"]
    assert found.failing(("missing-advice",)) == ()
