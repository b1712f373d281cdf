"""The code matrix: a rescored listing has the numbers and the band that `vet` would give it."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, clinic, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, criteria_sets, dossiers, ids_of, weights

from clinic_vetting import Clinic, CriteriaSet, clinic_from, parse_criteria, vet

np = pytest.importorskip("numpy")
matrix = pytest.importorskip("clinic_vetting.matrix")
rescoring = pytest.importorskip("clinic_vetting.matrix.rescoring")


def set_of(tree: dict[str, Any]) -> CriteriaSet:
    return parse_criteria(json.dumps(tree))


@st.composite
def corpora(draw: st.DrawFn) -> tuple[CriteriaSet, CriteriaSet, list[Clinic]]:
    """Draw a set, the same with another weighting and perhaps fewer criteria, and clinics with waivers."""
    tree = draw(criteria_sets())
    ids = ids_of(tree)
    clinics = []
    for _ in range(draw(st.integers(1, 6))):
        dossier = draw(dossiers(ids))
        waived = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
        until = {"until": draw(st.sampled_from(["2026-11-20", "2027-01-01"])), "owner": "o", "reason": "r"}
        dossier["waivers"] = [{"criterion": each, **until} for each in waived]
        clinics.append(clinic_from(dossier))
    return set_of(tree), set_of(draw(reweighted(tree))), clinics


@st.composite
def reweighted(draw: st.DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    """Change everything that may change."""
    tree = copy.deepcopy(tree)
    tree["unknown_counts"] = draw(st.sampled_from([0, 0.5, 1, 0.3]))
    ids = ids_of(tree)
    kept = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)) if draw(st.booleans()) else ids
    for category in tree["categories"]:
        category["weight"] = draw(weights)
        category["criteria"] = [each for each in category["criteria"] if f"{category['id']}.{each['id']}" in kept]
        for each in category["criteria"]:
            each["weight"] = draw(weights | st.sampled_from([999_983, 999_979]))
            each["severity"] = draw(st.sampled_from(["critical", "major", "minor"]))
    tree["categories"] = [each for each in tree["categories"] if each["criteria"]]
    draw(st.randoms()).shuffle(tree["categories"])
    for band in tree["bands"]:
        band.pop("met", None)
        band.pop("not_failed", None)
    tree["bands"][0]["met"] = kept[:3]
    tree["bands"][1]["met"] = kept[1:2]
    tree["bands"][0]["not_failed"] = kept[-2:]
    tree["bands"][1]["not_failed"] = kept[-1:]
    tree["bands"][0]["proven_at_least"] = draw(st.sampled_from([50, 70, 72.5]))
    return tree


def check(scores: Any, clinics: list[Clinic], criteria: CriteriaSet, as_of: Any = TODAY) -> None:
    """Compare every number of every listing with `vet`, exactly, and as floats."""
    floats = {name: scores.points(name) for name in ("proven", "failed", "unknown", "score")}
    assert len(scores) == len(clinics)
    for i, each in enumerate(clinics):
        verdict = vet(each, criteria, as_of=as_of)
        assert (scores.bands[scores.band[i]] if scores.band[i] >= 0 else None) == (verdict.band and verdict.band.id)
        assert verdict.rated == (int(scores.over[i]) > 0)
        for name, found in floats.items():
            exact = getattr(verdict, name)
            assert np.isnan(found[i]) if exact is None else found[i] == float(exact)
            if exact is not None and name != "unknown":
                assert int(getattr(scores, name)[i]) == exact * int(scores.over[i])


@pytest.mark.parametrize("pack_from", [1, 10**9], ids=["packed", "plain"])
@given(drawn=corpora())
def test_rescoring_is_vetting_under_the_other_set(
    drawn: tuple[CriteriaSet, CriteriaSet, list[Clinic]], pack_from: int
) -> None:
    """For every listing, whatever was waived, excused or not asked, and whatever was left out."""
    old, new, clinics = drawn
    made = matrix.codes(vet(each, old, as_of=TODAY) for each in clinics)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rescoring, "PACK_FROM", pack_from)
        for criteria in (old, new):
            check(made.rescore(criteria), clinics, criteria)


@pytest.fixture(scope="module")
def clinics() -> list[Clinic]:
    """Make clinics with random answers to the shipped set, some in other countries."""
    draw = random.Random(1)  # noqa: S311 - made-up data
    ids = [each.full_id for each in mesotherapy().criteria()]
    answers = ["yes", "yes", "yes", "no", "partly", "not_applicable"]

    def one(number: int) -> Clinic:
        facts = {each: draw.choice(answers[: 3 + number % 4]) for each in ids if draw.random() < 0.8}
        return clinic(facts, country=draw.choice(["GB", "FR", "US"]), kind=draw.choice(["document", "claim"]))

    return [one(i) for i in range(60)]


@pytest.fixture(scope="module")
def made(clinics: list[Clinic]) -> Any:
    return matrix.codes(vet(each, mesotherapy(), as_of=DAY) for each in clinics)


def own(**change: Any) -> CriteriaSet:
    """Build on the shipped set."""
    change = {"because": "b", "owner": "o", **change}
    tree = {"criteria_set": 1, "id": "own", "version": "1", "title": "T", "extends": "mesotherapy", "changes": [change]}
    return set_of(tree)


CHANGES: list[dict[str, Any]] = [
    {"weights": {"hygiene": 40, "hygiene.hand_hygiene": 9}},
    {"set": {"hygiene.hand_hygiene": {"severity": "critical"}, "care.follow_up": {"severity": "major"}}},
    {"drop": ["care.follow_up", "care.price_transparency"]},
    {"weights": {f"{category}.{name}": 999_983 + i for i, (category, name) in enumerate(
        [("credentials", "injector_licensed"), ("hygiene", "hand_hygiene"), ("care", "follow_up")])}},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=["weights", "severities", "fewer", "numbers beyond 63 bits"])
@pytest.mark.parametrize("copies", [1, 300], ids=["few", "many"])
def test_the_shipped_set_under_another_weighting(change: Any, copies: int, clinics: list[Clinic], made: Any) -> None:
    """A corpus of many listings to which the same applies is looked up, one of few is added up: the same."""
    order = np.random.default_rng(2).permutation(np.repeat(np.arange(len(clinics)), copies))
    many = matrix.CodeMatrix(made.codes[order], made.book, made.ids, made.bases)

    scores = many.rescore(own(**change))

    first = np.array([np.flatnonzero(order == i)[0] for i in range(len(clinics))])
    for name in ("proven", "failed", "score", "over", "band"):
        values = getattr(scores, name)
        assert (values == values[first][order]).all()
    picked = matrix.Scores(
        *(getattr(scores, name)[first] for name in ("proven", "failed", "score", "over", "band")), scores.bands
    )
    check(picked, clinics, own(**change), DAY)


def test_where_the_same_applies_to_all_one_denominator_stands_for_all() -> None:
    """It takes no room."""
    same = [clinic({"hygiene.hand_hygiene": answer}) for answer in ("yes", "no")]

    scores = matrix.codes(vet(each, mesotherapy(), as_of=DAY) for each in same).rescore(mesotherapy())

    assert scores.over.strides == (0,)
    check(scores, same, mesotherapy(), DAY)


def test_more_than_32_columns_in_which_something_does_not_apply(made: Any, clinics: list[Clinic]) -> None:
    """They are told apart all the same."""
    assert len(made.index.starts) > 3
    check(made.rescore(mesotherapy()), clinics, mesotherapy(), DAY)


def test_what_is_saved_is_loaded(made: Any, tmp_path: Path) -> None:
    """Byte for byte, under the name that was given."""
    made.save(tmp_path / "corpus.codes")
    again = matrix.CodeMatrix.load(tmp_path / "corpus.codes")

    assert (again.ids, again.bases) == (made.ids, made.bases)
    assert again.codes.tobytes() == made.codes.tobytes()
    assert again.book.tobytes() == made.book.tobytes()
    assert again.codes.flags.f_contiguous


def test_what_is_no_matrix_is_not_loaded(tmp_path: Path) -> None:
    """Nothing is unpickled; another version says so."""
    (tmp_path / "text").write_text("text")
    np.savez(tmp_path / "objects.npz", version=1, codes=np.array([{}], object))
    np.savez(tmp_path / "later.npz", version=2)
    (tmp_path / "empty").touch()

    for name in ("text", "objects.npz", "empty"):
        with pytest.raises(matrix.MatrixError, match="expected a code matrix that"):
            matrix.CodeMatrix.load(tmp_path / name)
    with pytest.raises(matrix.MatrixError, match="of version 1, got 2"):
        matrix.CodeMatrix.load(tmp_path / "later.npz")
    with pytest.raises(FileNotFoundError):
        matrix.CodeMatrix.load(tmp_path / "missing")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"codes": np.zeros((2, 3), np.int64)}, "codes must be uint8, listings x 2 criteria, got int64"),
        ({"book": np.zeros((257, 3), np.uint8)}, "at most 256 codes x 3"),
        ({"ids": ("a", "a")}, "ids must be distinct"),
        ({"book": np.array([[90, 20, 0]], np.uint8)}, "at most 100 hundredths"),
        ({"codes": np.ones((2, 2), np.uint8)}, "codes must be below 1"),
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, Any], says: str) -> None:
    """So a damaged file cannot give wrong numbers."""
    fits: dict[str, Any] = {"codes": np.zeros((2, 2), np.uint8), "book": np.zeros((1, 3), np.uint8)}

    assert len(matrix.CodeMatrix(**fits, ids=("a", "b"), bases=("", ""))) == 2
    with pytest.raises(matrix.MatrixError, match=says):
        matrix.CodeMatrix(**{**fits, "ids": ("a", "b"), "bases": ("", ""), **change})


def test_no_listings_have_no_scores(made: Any) -> None:
    """An empty selection of a corpus can be rescored."""
    none = matrix.CodeMatrix(made.codes[:0], made.book, made.ids, made.bases)

    assert len(none.rescore(mesotherapy())) == 0


def test_only_verdicts_of_one_set_are_taken(clinics: list[Clinic]) -> None:
    """Equal sets count as one, however often they were read."""
    again = own(weights={"hygiene": 40})
    same = [vet(clinics[0], each, as_of=DAY) for each in (own(weights={"hygiene": 40}), again)]

    assert len(matrix.codes(same)) == 2
    with pytest.raises(matrix.MatrixError, match=r"verdicts of one criteria set, got .* and .* \('c'\)"):
        matrix.codes([vet(clinics[0], mesotherapy(), as_of=DAY), same[0]])
    with pytest.raises(matrix.MatrixError, match="no verdicts"):
        matrix.codes([])


def test_more_than_256_codes_are_refused(monkeypatch: pytest.MonkeyPatch, clinics: list[Clinic]) -> None:
    """A byte holds no more."""
    codes = pytest.importorskip("clinic_vetting.matrix.codes")
    monkeypatch.setattr(codes, "MOST_CODES", 3)

    with pytest.raises(matrix.MatrixError, match="more than 3 distinct beliefs by 'c': split the corpus"):
        matrix.codes(vet(each, mesotherapy(), as_of=DAY) for each in clinics)


NEW = {"id": "hand_hygeine", "question": "Q?", "weight": 1, "severity": "minor"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"add": [{"category": "hygiene", "criteria": [NEW]}]},
            "own asks hygiene.hand_hygeine, which .* did you mean 'hyg",
        ),
        ({"set": {"care.follow_up": {"fresh_for": "1 month"}}}, "own decides care.follow_up otherwise .*: vet the"),
    ],
)
def test_what_the_codes_cannot_tell_is_refused(change: dict[str, Any], says: str, made: Any) -> None:
    """A new question, or one that is decided otherwise, needs the listings."""
    with pytest.raises(matrix.MatrixError, match=says):
        made.rescore(own(**change))
