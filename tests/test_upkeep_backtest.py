"""A backtest against plain `vet` of every dossier, under both sets; what is explained sums exactly."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from fractions import Fraction
from typing import Any

import attrs
import pytest
from cases import ROOT, clinic, data, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, criteria_sets, dossiers, ids_of, weights

from clinic_vetting import (
    Clinic,
    CriteriaSet,
    Verdict,
    clinic_from,
    load_criteria,
    parse_criteria,
    plain_criteria,
    shipped,
    vet,
)

np = pytest.importorskip("numpy")
matrix = pytest.importorskip("clinic_vetting.matrix")
testing = pytest.importorskip("clinic_vetting.upkeep.backtest")
corpora = pytest.importorskip("clinic_vetting.upkeep.corpus")
explaining = pytest.importorskip("clinic_vetting.upkeep.explaining")
report = pytest.importorskip("clinic_vetting.upkeep.backtest_report")
spearman = pytest.importorskip("clinic_vetting.upkeep.correlation").spearman


def set_of(tree: dict[str, Any]) -> CriteriaSet:
    return parse_criteria(json.dumps(tree))


@st.composite
def trials(draw: st.DrawFn) -> tuple[CriteriaSet, CriteriaSet, list[Clinic]]:
    """Draw a set, another made of it, and clinics with waivers that answer the questions of both."""
    old = draw(criteria_sets())
    new = draw(renewed(old))
    ids = list(dict.fromkeys([*ids_of(old), *ids_of(new)]))
    clinics = []
    for number in range(draw(st.integers(1, 6))):
        tree = draw(dossiers(ids))
        tree["clinic"]["id"] = f"clinic-{number}"
        waived = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
        tree["waivers"] = [{"criterion": each, "until": "2027-01-01", "owner": "o", "reason": "r"} for each in waived]
        clinics.append(clinic_from(tree))
    return set_of(old), set_of(new), clinics


@st.composite
def renewed(draw: st.DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    """Change weights and severities; sometimes drop, add, or decide otherwise."""
    tree = {**copy.deepcopy(tree), "id": "renewed", "unknown_counts": draw(st.sampled_from([0.5, 0, 0.3]))}
    for category in tree["categories"]:
        category["weight"] = draw(weights)
        for each in category["criteria"]:
            each["weight"], each["severity"] = draw(weights), draw(st.sampled_from(["critical", "major", "minor"]))
    how = draw(st.sampled_from(["same", "drop", "add", "evidence", "fresh_for", "bands"]))
    if how == "drop":
        tree["categories"] = tree["categories"][:1]
    if how == "add":
        tree["categories"][0]["criteria"].append({"id": "new", "question": "N?", "weight": 3, "severity": "major"})
    if how == "evidence":
        tree["evidence"] = {**tree["evidence"], "document": 60, "claim": 30}
    if how == "fresh_for":
        tree["categories"][0]["criteria"][0]["fresh_for"] = "2 months"
    ids = ids_of(tree)
    for band in tree["bands"]:
        for name in ("met", "not_failed"):
            band[name] = [each for each in band.get(name, []) if each in ids]
    if how == "bands":
        tree["bands"] = [{"id": "fine", "label": "F", "failed_at_most": 20, "critical_failed": 0}, tree["bands"][-1]]
    return tree


def run_both(old: CriteriaSet, new: CriteriaSet, clinics: list[Clinic]) -> Any:
    """Evaluate once where that suffices, as the command does."""
    made = [corpora.Gathering(each) for each in ([old] if corpora.suffices(old, new) else [old, new])]
    for known in clinics:
        for each in made:
            each.add(vet(known, each.criteria, as_of=TODAY))
    return testing.backtest(old, new, *(each.corpus() for each in made))


def band(verdict: Verdict) -> str | None:
    return verdict.band.id if verdict.band else None


@given(drawn=trials())
def test_every_listing_has_the_bands_and_scores_that_vet_gives_it(
    drawn: tuple[CriteriaSet, CriteriaSet, list[Clinic]],
) -> None:
    """Movers, the matrix and the order of the changes follow."""
    old, new, clinics = drawn
    found = run_both(old, new, clinics)
    pairs = [(vet(each, old, as_of=TODAY), vet(each, new, as_of=TODAY)) for each in clinics]

    for i, both in enumerate(pairs):
        mover = found.mover(i)
        assert mover.name == clinics[i].id
        assert mover.bands == tuple(map(band, both))
        assert mover.scores == tuple(each.score for each in both)
    counted = Counter((band(was) or "not rated", band(now) or "not rated") for was, now in pairs)
    for i, row in enumerate(found.old.names):
        assert found.matrix[i].tolist() == [counted[row, column] for column in found.new.names]
    assert set(found.moved.tolist()) == {i for i, (was, now) in enumerate(pairs) if band(was) != band(now)}
    changes = [
        abs(float(now.score) - float(was.score)) if was.score is not None and now.score is not None else -1.0
        for was, now in pairs
    ]
    assert [changes[i] for i in found.largest] == sorted((each for each in changes if each > 0), reverse=True)


@given(drawn=trials())
def test_what_is_explained_sums_exactly_to_the_change_of_the_score(
    drawn: tuple[CriteriaSet, CriteriaSet, list[Clinic]],
) -> None:
    """Each part is the difference of the findings' effects; the limits are those of the verdict."""
    old, new, clinics = drawn
    for mover in run_both(old, new, clinics).explained():
        was, now = (vet(clinics[mover.listing], each, as_of=TODAY) for each in (old, new))
        why = mover.explained
        assert (why.before, why.after) == (was.score, now.score)
        assert why.change == why.after - why.before
        assert why.start + sum((each.change for each in why.parts), Fraction()) == why.change
        effects = [{each.id: each.effect or Fraction() for each in verdict.findings} for verdict in (was, now)]
        for part in why.parts:
            assert part.change == effects[1].get(part.criterion, 0) - effects[0].get(part.criterion, 0)
            assert part.because == expected(part.criterion, was, now)
        assert mover.limits == limits(was, now)


def expected(name: str, was: Verdict, now: Verdict) -> str:
    """Say why an effect differs, from the findings."""
    before, after = ({each.id: each for each in verdict.findings}.get(name) for verdict in (was, now))
    if before is None or after is None:
        return "added" if before is None else "removed"
    if before.points is None or after.points is None:
        return "applies"
    if before.points != after.points:
        return "points"
    return "belief" if before.belief != after.belief else "unknown_counts"


def limits(was: Verdict, now: Verdict) -> tuple[Any, ...]:
    """Give the limits that separate the two bands, from the verdict with the worse one."""
    assert was.band
    assert now.band
    names = [[each.id for each in verdict.criteria.bands] for verdict in (was, now)]
    if was.band.id == now.band.id or not all({was.band.id, now.band.id} <= {*each} for each in names):
        return ()
    worse, better = (now, was) if names[1].index(now.band.id) > names[1].index(was.band.id) else (was, now)
    return tuple(each for each in worse.limits if better.band and each.band == better.band.id)


@given(drawn=trials())
def test_the_report_adds_up_as_shown(drawn: tuple[CriteriaSet, CriteriaSet, list[Clinic]]) -> None:
    """In the tree and in the text: start and parts to the difference of the two scores, to the last digit."""
    found = run_both(*drawn)
    tree = json.loads(json.dumps(report.backtest_tree(found)))
    text = report.backtest_text(found)

    for each in tree["largest"]:
        hundredths = [
            round(100 * n) for n in (*each["scores"], each["start"], *(part["change"] for part in each["parts"]))
        ]
        assert hundredths[1] - hundredths[0] == sum(hundredths[2:])
    for block in text.split("\n\n  ")[1:]:
        before, after = re.findall(r": (-?[\d.]+) -> (-?[\d.]+),", block)[0]
        parts = re.findall(r"^ +([+-][\d.]+)  ", block, re.MULTILINE)
        assert round(sum(map(float, parts)), 2) == round(float(after) - float(before), 2)
    assert sum(map(sum, tree["bands"]["listings"])) == tree["listings"] == len(drawn[2])
    assert len(tree["moved"]) == len(found.moved)


@given(drawn=trials())
def test_nothing_moves_between_a_set_and_itself(drawn: tuple[CriteriaSet, CriteriaSet, list[Clinic]]) -> None:
    """The correlation is 1 where there is an order at all."""
    old, _, clinics = drawn
    found = run_both(old, old, clinics)

    assert len(found.moved) == len(found.largest) == 0
    assert found.correlation in (None, pytest.approx(1))
    assert np.count_nonzero(found.matrix) == np.count_nonzero(np.diag(found.matrix))


@pytest.mark.parametrize("name", ["mesotherapy-desk", "examples/criteria/our-site.yaml"])
def test_documented_incidents_under_another_set(name: str) -> None:
    """Facts that were published about real events, under the shipped set and another: as `vet` has them."""
    new = load_criteria(name if name in shipped() else ROOT / name)
    clinics = [
        attrs.evolve(clinic({**case["facts"], **case["outcome_facts"]}, country=case["country"]), id=case["id"])
        for case in data("incidents.yaml")
    ]
    found = run_both(mesotherapy(), new, clinics)

    pairs = [[band(vet(each, criteria, as_of=TODAY)) for criteria in (mesotherapy(), new)] for each in clinics]
    assert [list(found.mover(i).bands) for i in range(len(clinics))] == pairs
    assert len(found.moved) == sum(was != now for was, now in pairs)
    assert len(found.explained()) == testing.EXPLAINED


def test_names_of_clinics_do_nothing_in_a_terminal() -> None:
    """Whatever characters a dossier has for them."""
    hostile = attrs.evolve(one(1, "partly"), id="\x1b[31mred\u202e")
    text = report.backtest_text(run_both(set_of_other_band(), simple(weight=9), [hostile]))

    assert "\\u001b[31mred\\u202e: " in text
    assert text.replace("\n", "").isprintable()


# --- corpora


def one(number: int, answer: str = "yes") -> Clinic:
    answers = {"c0": {"q0": {"answer": answer, "source": "s"}}}
    source = {"s": {"kind": "inspection", "who": "w", "seen": TODAY.isoformat()}}
    return clinic_from({"dossier": 1, "clinic": {"id": f"c{number}"}, "sources": source, "answers": answers})


def simple(**criterion: Any) -> CriteriaSet:
    asked = {"id": "q0", "question": "Q?", "weight": 1, "severity": "minor", **criterion}
    criteria = [asked, {**asked, "id": "q1", "severity": "major"}]
    good = {"id": "good", "label": "G", "critical_failed": 0, "failed_at_most": 10}
    return set_of({
        "criteria_set": 1, "id": "s", "version": "1", "title": "S",
        "fresh_for": "1 month", "failures_fresh_for": "1 month",
        "categories": [{"id": "c0", "title": "C", "weight": 1, "criteria": criteria}],
        "bands": [good, {"id": "bad", "label": "B"}],
    })  # fmt: skip


def test_a_corpus_with_too_many_beliefs_for_one_matrix_is_kept_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of at most 256 codes; no listing is lost, and each keeps its own."""
    monkeypatch.setattr(corpora, "MOST_CODES", 2)
    criteria = simple()
    clinics = [one(i, answer) for i, answer in enumerate(["yes", "yes", "no", "no", "yes"])]
    made = corpora.Gathering(criteria)
    for each in clinics:
        made.add(vet(each, criteria, as_of=TODAY))
    corpus = made.corpus()

    assert [len(each) for each in corpus.parts] == [2, 2, 1]
    assert [corpus.known(i)["c0.q0"].failed for i in range(5)] == [0, 0, 100, 100, 0]
    assert testing.backtest(criteria, criteria, corpus).matrix.tolist() == [[3, 0, 0], [0, 2, 0], [0, 0, 0]]
    with pytest.raises(IndexError, match="expected a listing from 0 to 4, got 5"):
        corpus.known(5)
    monkeypatch.setattr(corpora, "MOST_CODES", 1)
    with pytest.raises(matrix.MatrixError, match="more than 1 distinct beliefs of 'c0' alone"):
        made.add(vet(clinics[0], criteria, as_of=TODAY))


def test_no_listings_give_an_empty_backtest() -> None:
    """And no correlation."""
    found = run_both(simple(), simple(weight=2), [])

    assert (found.correlation, found.matrix.sum(), len(found.largest)) == (None, 0, 0)
    assert "0 listings, 0 with another band; no order to compare" in report.backtest_text(found)


def test_a_matrix_that_was_kept_is_a_corpus() -> None:
    """With names, or numbered."""
    criteria = simple()
    codes = matrix.codes([vet(one(1), criteria, as_of=TODAY), vet(one(2, "no"), criteria, as_of=TODAY)])
    found = testing.backtest(criteria, simple(weight=9), corpora.kept(codes))

    assert found.mover(1).name == "2"
    assert corpora.kept(codes, ["x", "y"]).names == ("x", "y")


def test_two_corpora_of_other_listings_are_refused() -> None:
    """They cannot be compared."""
    criteria = simple()
    codes = matrix.codes([vet(one(1), criteria, as_of=TODAY)])

    with pytest.raises(ValueError, match="the same listings in both, got 1 and 1"):
        testing.backtest(criteria, criteria, corpora.kept(codes, ["x"]), corpora.kept(codes, ["y"]))


def test_many_movers_are_counted_and_the_first_are_named() -> None:
    """The largest change first; all are in the tree; the condition that decides is named."""
    clinics = [one(i, "partly") for i in range(25)]
    found = run_both(simple(weight=1), simple(weight=9), [*clinics, one(25)])
    found_too = run_both(set_of_other_band(), simple(weight=9), clinics)

    assert len(found.moved) == 0
    assert len(found_too.moved) == len(report.backtest_tree(found_too)["moved"]) == 25
    assert "  and 5 more\n" in report.backtest_text(found_too)
    text = report.backtest_text(run_both(simple(severity="critical"), simple(), [one(1, "no")]))
    assert "bad -> bad" not in text


def set_of_other_band() -> CriteriaSet:
    criteria = simple(weight=9)
    tree = plain_criteria(criteria)
    tree["bands"][0]["failed_at_most"] = 90
    return set_of(tree)


# --- rank correlation


def by_definition(before: list[float], after: list[float]) -> float | None:
    """Rank by counting, then Pearson's correlation, in fractions."""
    ranks = [
        [Fraction(sum(o < v for o in each)) + Fraction(each.count(v) + 1, 2) for v in each] for each in (before, after)
    ]
    middle = Fraction(len(before) + 1, 2)
    left, right = ([r - middle for r in each] for each in ranks)
    product, one_, other = (
        sum((a * b for a, b in zip(x, y, strict=True)), Fraction())
        for x, y in ((left, right), (left, left), (right, right))
    )
    return float(product) / float(one_ * other) ** 0.5 if one_ and other else None


@given(pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_rho_is_pearsons_correlation_of_mid_ranks(pairs: list[tuple[int, int]]) -> None:
    """With any ties."""
    before, after = ([float(pair[i]) for pair in pairs] for i in (0, 1))
    found = spearman(np.array(before), np.array(after))
    wanted = by_definition(before, after)

    assert found == (wanted if wanted is None else pytest.approx(wanted))


def test_rho_of_known_orders() -> None:
    """The same, the reverse, one tie against none: 1, -1 and the square root of 0.75."""
    assert spearman(np.array([1.0, 2, 3]), np.array([10.0, 20, 30])) == 1
    assert spearman(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == -1
    assert spearman(np.array([1.0, 1, 2]), np.array([1.0, 2, 3])) == pytest.approx(0.75**0.5)
    assert spearman(np.array([1.0, 1]), np.array([1.0, 2])) is None
