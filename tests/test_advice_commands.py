"""The commands of advice: what they print as text and as JSON, that it adds up, and what they refuse."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, NOTHING_APPLIES, ROOT, clinic, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, cases

from clinic_vetting import (
    Clinic,
    clinic_from,
    comparison,
    difference,
    forecast,
    load_clinic,
    parse_criteria,
    remedies,
    robustness,
    to_text,
    vet,
)
from clinic_vetting.advice import CAUSES, Remedies
from clinic_vetting.cli import main
from clinic_vetting.reports import advice_json, advice_text, sides_text
from clinic_vetting.reports.harmless import columns
from clinic_vetting.reports.numbers import shown, shown_difference, shown_interval

Capture = pytest.CaptureFixture[str]
EXAMPLES = ROOT / "examples"
AS_OF = ("--as-of", "2026-11-21")
GARDEN, MILL, PARK, MINIMAL = (
    str(EXAMPLES / f"{name}.yaml") for name in ("contradictions", "licence-expires", "fatal-fact", "minimal")
)
EVIL = "\x1b[31mred\x1b[0m \u202egnp\u2028<script>alert(1)</script> {0.__class__}"


def printed(capsys: Capture, *arguments: str, code: int = 0) -> str:
    """Run the command and give what it prints."""
    assert main([*arguments, *AS_OF]) == code
    return capsys.readouterr().out


def tree(capsys: Capture, *arguments: str) -> Any:
    """Run the command and read the JSON that it prints."""
    return json.loads(printed(capsys, *arguments, "--format", "json"))


def faults(capsys: Capture, *arguments: str) -> str:
    """Run the command, which must fail, and give what it tells."""
    assert main([*arguments]) == 2
    out, told = capsys.readouterr()
    assert out == ""
    return told


def words(text: str) -> str:
    """Give a text as if it were one line."""
    return " ".join(text.split())


# --- fixes


def test_fixes_tells_what_to_mend_and_what_is_enough(capsys: Capture) -> None:
    """Each with its points and how to show it, then the sets."""
    text = words(printed(capsys, "fixes", GARDEN))

    assert text.startswith(
        "CAUTION: Example Garden Clinic (example-garden-clinic) As of 2026-11-21, mesotherapy 1.0.0."
    )
    assert (
        "1. hygiene.single_use_sharps: doubted, critical, +2.5 points Does every patient get a new sterile needle"
        in text
    )
    assert text.endswith(
        "From here to Unproven --------------------- These 2 fixes together are enough, and no fewer are: "
        "- hygiene.single_use_sharps, care.informed_consent"
    )


def test_fixes_as_json_has_the_same_sets(capsys: Capture) -> None:
    """With all that a program needs to decide."""
    found = tree(capsys, "fixes", GARDEN)

    assert found["sets"] == [["hygiene.single_use_sharps", "care.informed_consent"]]
    assert (found["next_band"], found["more_sets"], found["proven_smallest"], found["missing"]) == (
        "unproven", False, True, [],
    )  # fmt: skip
    told = [{name: each[name] for name in ("criterion", "regains")} for each in found["fixes"]]
    assert told == tree(capsys, "vet", GARDEN)["fixes"]


def test_fixes_marks_what_cannot_be_changed(capsys: Capture) -> None:
    """Ratings are told as such, and are no part of a set."""
    text, found = words(printed(capsys, "fixes", PARK)), tree(capsys, "fixes", PARK)

    assert (
        "once small samples are shrunk towards the average? cannot be mended: patients wrote it, and only what" in text
    )
    assert [each["cannot_change"] for each in found["fixes"]] == [None, "patients"]
    assert found["sets"] == [["hygiene.single_use_sharps"]]


def test_fixes_says_what_is_missing_where_mending_is_not_enough(capsys: Capture) -> None:
    """What the next band asks for beside."""
    name = str(EXAMPLES / "thin-listing.yaml")
    text, found = words(printed(capsys, "fixes", name)), tree(capsys, "fixes", name)

    assert "Mending alone does not lead there. With everything mended that can be: - required criteria met: 0" in text
    assert [each["condition"] for each in found["missing"]] == ["met", "proven_at_least"]
    assert found["sets"] == []


def test_fixes_where_nothing_failed(capsys: Capture, tmp_path: Path) -> None:
    """There is nothing to mend; nor where nothing applies."""
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(NOTHING_APPLIES)

    text = printed(capsys, "fixes", MINIMAL)

    assert text.endswith("Nothing speaks against it, so there is nothing to mend.\n")
    assert printed(capsys, "fixes", MINIMAL, "--criteria", str(elsewhere)).startswith("NOT RATED: Example Clinic")


def test_fixes_lists_as_many_sets_as_asked_for(capsys: Capture) -> None:
    """And says where there are more."""
    name = str(ROOT / "tests" / "golden" / "verdicts" / "expired.yaml")

    text, one = words(printed(capsys, "fixes", name)), words(printed(capsys, "fixes", name, "--most", "1"))

    assert "Any one of these fixes is enough: - sourcing.lot_expiry_recorded - hygiene.sharps_waste" in text
    assert one.endswith("This fix alone is enough: - sourcing.lot_expiry_recorded There are more sets of this size.")


def test_sets_that_are_not_proven_to_be_the_smallest_are_told_so() -> None:
    """Where the search was given up."""
    verdict = vet(load_clinic(GARDEN), mesotherapy(), as_of=DAY)
    found = remedies(verdict)
    given_up = Remedies(found.band, (found.fixes,), more=True, smallest=False, missing=(), fixes=found.fixes)
    several = Remedies(found.band, found.sets * 2, more=False, smallest=True, missing=(), fixes=found.fixes)

    assert "These 5 fixes together are enough; they are too many to prove that no fewer are:" in words(
        advice_text.fixes_text(verdict, given_up)
    )
    assert "Any one of these sets of 2 fixes is enough, and no fewer are:" in advice_text.fixes_text(verdict, several)


@pytest.mark.parametrize("number", ["0", "x", "-1", "1001", "²"])
def test_fixes_needs_a_number_of_sets(number: str, capsys: Capture) -> None:
    """From 1 to 1000."""
    with pytest.raises(SystemExit):
        main(["fixes", MINIMAL, f"--most={number}"])

    assert f"expected a whole number from 1 to 1,000, got {number!r}" in capsys.readouterr().err


# --- forecast


def test_forecast_tells_each_day_and_why(capsys: Capture) -> None:
    """Who had said it is cited."""
    text = words(printed(capsys, "forecast", GARDEN, "--until", "2026-12-20"))

    assert "If nothing new arrives, through 2026-12-20: 2026-12-12: stays Caution, score 56.4 to 55.4" in text
    assert (
        "- credentials.injector_licensed, met (100, 0) to met (50, 0): evidence grows old: "
        "General Medical Council (register, 2026-11-11)"
    ) in text


def test_forecast_as_json_agrees_with_vet(capsys: Capture) -> None:
    """On each day that it tells."""
    found = tree(capsys, "forecast", MILL)

    assert found["until"] == "2028-11-21"
    for day in found["days"]:
        assert main(["vet", MILL, "--as-of", day["on"], "--format", "json"]) == 0
        verdict = json.loads(capsys.readouterr().out)
        assert [verdict["band"]["id"], verdict["score"]] == [day["band"], day["score"]]
        assert day["shifts"]


def test_forecast_where_nothing_changes(capsys: Capture, tmp_path: Path) -> None:
    """It says so; and a waiver has nobody to cite."""
    empty, waived = tmp_path / "empty.yaml", tmp_path / "waived.yaml"
    empty.write_text("dossier: 1\nclinic: {id: c}\n")
    waived.write_text(
        "dossier: 1\nclinic: {id: c}\nsources: {v: {kind: observation, who: me, seen: 2026-06-30}}\n"
        "answers: {hygiene: {hand_hygiene: {answer: yes, source: v}}}\n"
        "waivers: [{criterion: hygiene.hand_hygiene, reason: r, owner: o, until: 2026-11-30}]\n"
    )

    text, found = words(printed(capsys, "forecast", str(waived))), tree(capsys, "forecast", str(waived))

    assert printed(capsys, "forecast", str(empty)).endswith("through 2028-11-21:\n\nNothing changes.\n")
    assert "- hygiene.hand_hygiene, not applicable to met (80, 0): a waiver begins or ends: me (observation" in text
    assert found["days"][0]["shifts"][0]["before"] is None


def test_forecast_of_a_waiver_without_evidence(capsys: Capture, tmp_path: Path) -> None:
    """A criterion that comes back unknown moves what the others are worth, and cites nobody."""
    path = tmp_path / "waived.yaml"
    path.write_text(
        "dossier: 1\nclinic: {id: c}\nsources: {v: {kind: observation, who: me, seen: 2026-11-01}}\n"
        "answers: {hygiene: {hand_hygiene: {answer: yes, source: v}}}\n"
        "waivers: [{criterion: hygiene.sterile_devices, reason: r, owner: o, until: 2026-11-30}]\n"
    )

    found = tree(capsys, "forecast", str(path))
    text = words(printed(capsys, "forecast", str(path)))

    assert found["days"][0]["shifts"][0]["decided_by"] is None
    assert (
        "- hygiene.sterile_devices, not applicable to unknown (0, 0): a waiver begins or ends Are injection guns"
        in text
    )


def test_forecast_of_the_past_is_refused(capsys: Capture) -> None:
    """With what was expected."""
    told = faults(capsys, "forecast", MINIMAL, *AS_OF, "--until", "2026-11-20")

    assert told == "forecast: --until: expected a day on or after 2026-11-21, got 2026-11-20\n"


# --- robustness


def test_robustness_tells_where_the_band_ends(capsys: Capture) -> None:
    """With the band beyond; and exactly, in JSON."""
    name = str(EXAMPLES / "well-run.yaml")
    text, found = words(printed(capsys, "robustness", name)), tree(capsys, "robustness", name)

    assert "Hygiene protocol (hygiene): 25.0, the band stands whatever its weight" in text
    assert "Patients' reviews (reviews): 7.0, stands up to 56.2 (more: Acceptable)" in text
    (reviews,) = [each for each in found["categories"] if each["id"] == "reviews"]
    assert reviews["low"] == {"points": 0.0, "exact": "0", "holds": True, "beyond": None}
    assert reviews["high"]["beyond"] == "acceptable"
    assert abs(Fraction(reviews["high"]["exact"]) - Fraction("56.23")) < Fraction(1, 100)


_HEAVY = "weight: 3, criteria: [{id: x"
_CRITICAL = "question: Y?, weight: 1, severity: critical"
TWO_SIDED = """
criteria_set: 1
id: two
version: 1
title: Two
evidence: {register: 100, inspection: 100, document: 80, observation: 80, patient: 40, claim: {for: 40, against: 80}}
fresh_for: 12 months
failures_fresh_for: 12 months
categories:
  - {id: a, title: A, weight: 1, criteria: [{id: x, question: X?, weight: 1, severity: minor}]}
  - {id: b, title: B, weight: 1, criteria: [{id: y, question: Y?, weight: 1, severity: minor}]}
bands:
  - {id: good, label: Good, proven_at_least: 60, failed_at_most: 10, critical_failed: 0}
  - {id: fair, label: Fair, proven_at_least: 50, critical_failed: 0}
  - {id: bad, label: Bad}
"""


def test_both_ends_and_ends_near_the_share_are_told_apart() -> None:
    """An end at the share itself, one that belongs to the band, one that does not."""
    criteria = parse_criteria(TWO_SIDED, "two.yaml")
    verdict = vet(clinic({"a.x": "yes"}), criteria, as_of=DAY)

    text = words(advice_text.robustness_text(verdict, robustness(verdict)))

    assert "A (a): 50.0, stands from 50.0 (less: Bad) and below 60 (more: Good)" in text
    assert "B (b): 50.0, stands above 40 (less: Good) and up to 50.0 (more: Bad)" in text
    good = vet(
        clinic({"a.x": "yes"}), parse_criteria(TWO_SIDED.replace("weight: 1, criteria: [{id: x", _HEAVY)), as_of=DAY
    )
    assert "A (a): 75.0, stands from 60 (less: Fair) B (b):" in words(
        advice_text.robustness_text(good, robustness(good))
    )


def test_robustness_where_nothing_is_rated(capsys: Capture, tmp_path: Path) -> None:
    """It says so."""
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(NOTHING_APPLIES)

    text = printed(capsys, "robustness", MINIMAL, "--criteria", str(elsewhere))

    assert text.endswith("Nothing is rated, so nothing hangs on the weights.\n")


# --- diff


def test_diff_tells_the_causes_apart(capsys: Capture) -> None:
    """One dossier on two days: all of it is time."""
    text = words(printed(capsys, "diff", GARDEN, "--as-of-b", "2027-05-21"))

    assert "From 2026-11-21 to 2027-05-21. Caution stays, score 56.4 to 48.3 (-8.1)." in text
    assert "-8.1 time alone, as a forecast had told: then Caution" in text
    assert "+0.0 other criteria (the same criteria): then Caution" in text
    assert "hygiene.premises_clean: met to failed, by time" in text


def test_diff_does_not_compare_criteria_in_silence(capsys: Capture) -> None:
    """It names both sets, and how many questions only one of them asks."""
    text = words(printed(capsys, "diff", GARDEN, "--criteria-b", "mesotherapy-desk"))
    found = tree(capsys, "diff", GARDEN, "--criteria-b", "mesotherapy-desk")

    assert "The two verdicts rest on different criteria: mesotherapy 1.0.0 (sha256:" in text
    assert "more are asked by only one of the two sets, and move nothing." in text
    assert found["same_criteria"] is False
    assert found["before"]["criteria"]["id"] != found["after"]["criteria"]["id"]


def test_diff_tells_what_new_evidence_did(capsys: Capture, tmp_path: Path) -> None:
    """Two dossiers of one clinic on one day."""
    later = tmp_path / "later.yaml"
    later.write_text(Path(MINIMAL).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps({
        "dossier": 1, "clinic": {"id": "example-clinic"},
        "sources": {"s": {"kind": "inspection", "who": "council", "seen": "2026-11-20"}},
        "answers": {"hygiene": {"hand_hygiene": {"answer": "no", "source": "s"}}},
    }))  # fmt: skip

    same, found = tree(capsys, "diff", MINIMAL, str(later)), tree(capsys, "diff", MINIMAL, str(mended))

    assert (same["difference"], same["moved"]) == (0.0, [])
    assert "failed" in [each["after"] for each in found["moved"] if each["criterion"] == "hygiene.hand_hygiene"]
    assert [each["cause"] for each in found["causes"]] == list(CAUSES)
    assert sum(Fraction(str(each["score"])) for each in found["causes"]) == Fraction(str(found["difference"]))


def test_diff_tells_that_the_unknown_counts_otherwise(capsys: Capture, tmp_path: Path) -> None:
    """A part of the difference that no criterion has."""
    half, nought = tmp_path / "half.yaml", tmp_path / "nought.yaml"
    half.write_text(TWO_SIDED)
    nought.write_text(f"{TWO_SIDED}unknown_counts: 0\n")

    text = words(printed(capsys, "diff", MINIMAL, "--criteria", str(half), "--criteria-b", str(nought)))

    assert "Bad stays, score 50.0 to 0.0 (-50.0)." in text
    assert "What moved ---------- what is unknown counts otherwise: -50.0" in text


def test_diff_where_one_is_not_rated(capsys: Capture, tmp_path: Path) -> None:
    """There are no numbers, and it says so."""
    path = tmp_path / "elsewhere.yaml"
    path.write_text(NOTHING_APPLIES)

    text = words(printed(capsys, "diff", MINIMAL, "--criteria-b", str(path)))
    found = tree(capsys, "diff", MINIMAL, "--criteria-b", str(path))

    assert "Unproven became Not rated. One of the verdicts is not rated, so there is no difference of scores." in text
    assert found["difference"] is None
    assert {each["score"] for each in found["causes"]} == {None}


def test_diff_refuses_two_clinics(capsys: Capture) -> None:
    """And says which command compares them."""
    told = faults(capsys, "diff", GARDEN, MINIMAL, *AS_OF)

    assert "clinic.id: expected a dossier of the same clinic as in" in told
    assert "'example-garden-clinic', got 'example-clinic'; 'clinic-vetting compare' puts different clinics" in told


def test_diff_refuses_one_verdict_and_the_later_day_first(capsys: Capture) -> None:
    """Both with what to give."""
    alone = faults(capsys, "diff", MINIMAL, *AS_OF)
    swapped = faults(capsys, "diff", MINIMAL, *AS_OF, "--as-of-b", "2026-01-01")

    assert alone == "diff: B: expected a second dossier, --as-of-b or --criteria-b, got one verdict alone\n"
    assert swapped == (
        "diff: --as-of-b: expected a day on or after 2026-11-21, got 2026-01-01; give the earlier first\n"
    )


@given(cases(), cases(), st.integers(0, 900), st.integers(1, 3))
def test_a_difference_adds_up_as_shown(first: Any, second: Any, days: int, digits: int) -> None:
    """Causes to the difference of the scores as shown, criteria to their cause."""
    before, after = (
        vet(clinic_from(case[1]), parse_criteria(json.dumps(case[0]), "drawn.json"), as_of=day)
        for case, day in ((first, TODAY), (second, TODAY.replace(year=TODAY.year + days % 3)))
    )
    numbers = shown_difference(difference(before, after), digits)
    scores = [shown(each, digits) for each in (before, after)]

    if numbers is None or scores[0] is None or scores[1] is None:
        assert difference(before, after).score is None
        return
    assert numbers.total == scores[1].score - scores[0].score == sum(numbers.causes.values(), Fraction(0))
    for name in CAUSES:
        assert sum(numbers.moved[name].values(), Fraction(0)) == numbers.causes[name]


# --- compare


def test_compare_puts_clinics_side_by_side(capsys: Capture) -> None:
    """In order, with intervals, whether the order is proven, and in how many weightings the score is higher."""
    text = words(printed(capsys, "compare", PARK, MINIMAL, GARDEN, MILL))

    assert text.startswith(
        "4 clinics, mesotherapy 1.0.0, as of 2026-11-21 1. Example Mill Clinic (example-mill-clinic)"
    )
    assert "Acceptable, score 76.2, between 53.0 and 99.5 once all is known, stands until 2026-12-15" in text
    assert "example-mill-clinic before example-clinic: not proven: their intervals overlap, so answers could" in text
    assert "It has the higher score in 100 % of all weightings of the categories (computed exactly)." in text
    assert "Of all 6 pairs, the order of 0 is proven." in text
    assert "Where they differ" in text


def test_compare_rounds_as_the_report_does() -> None:
    """One number is one number: 0.357 failed is 0.3 where the parts have to sum to 100, so 99.7 is left."""
    said = {"credentials.injector_licensed": "yes", "care.pre_treatment_guidance": "no"}
    verdict = vet(clinic(said), mesotherapy(), as_of=DAY)

    assert verdict.failed == Fraction(5, 14)
    assert "proven 3.8 unknown 95.9 failed 0.3" in words(to_text(verdict))
    assert "between 3.8 and 99.7 once all is known" in words(sides_text.comparison_text(comparison([verdict])))


@given(cases(), st.integers(0, 3))
def test_the_interval_of_a_score_is_its_parts(case: Any, digits: int) -> None:
    """As shown, with any number of digits; none where nothing is rated."""
    verdict = vet(clinic_from(case[1]), parse_criteria(json.dumps(case[0]), "drawn.json"), as_of=TODAY)
    numbers, interval = shown(verdict, digits), shown_interval(verdict, digits)

    assert (numbers is None) == (interval is None) == (verdict.score is None)
    if numbers and interval:
        assert interval == (numbers.parts["proven"], numbers.parts["proven"] + numbers.parts["unknown"])
        assert interval[0] <= interval[1]


def test_compare_as_json(capsys: Capture) -> None:
    """All pairs, and shares of weightings for neighbours."""
    found = tree(capsys, "compare", PARK, MILL, str(EXAMPLES / "well-run.yaml"))

    assert [each["clinic"]["id"] for each in found["clinics"]] == [
        "example-harbour-clinic", "example-mill-clinic", "example-park-clinic",
    ]  # fmt: skip
    assert [each["proven"] for each in found["pairs"]] == [False, True, False]
    assert found["neighbours"][0]["higher_score"]["upper"] == 1.0
    assert found["differing"][0]["outcomes"] != []


def test_compare_tells_a_drawn_share_and_bands_that_answers_could_change() -> None:
    """Where a category applies to one clinic only; and where the intervals are apart."""
    given_criteria = parse_criteria(TWO_SIDED.replace("minor}]}\nbands", "minor, applies: {countries: [GB]}}]}\nbands"))
    here = vet(clinic({"a.x": "no", "b.y": "yes"}, country="GB"), given_criteria, as_of=DAY)
    there = vet(clinic({"a.x": "yes"}, country="FR"), given_criteria, as_of=DAY)
    text = words(sides_text.comparison_text(comparison([here, there])))

    assert "5000 drawn, within 2.4 points with 99 % probability" in text

    edited = TWO_SIDED.replace("proven_at_least: 50, ", "").replace(
        "question: Y?, weight: 1, severity: minor", _CRITICAL
    )
    fatal = parse_criteria(edited)
    upper = vet(clinic({"a.x": "yes"}), fatal, as_of=DAY)
    lower = vet(clinic({"a.x": "no", "b.y": "partly"}), fatal, as_of=DAY)
    apart = words(sides_text.comparison_text(comparison([upper, lower])))
    assert "not proven: their intervals are apart, but answers could still change their bands" in apart


def test_compare_goes_on_where_a_dossier_cannot_be_read(capsys: Capture, tmp_path: Path) -> None:
    """Its faults are told, the others are compared."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("dossier: 1\n")

    assert printed(capsys, "compare", str(bad), MINIMAL, GARDEN, code=2).startswith("2 clinics, mesotherapy")


@pytest.mark.parametrize(("number", "code"), [(0, 2), (1, 2)])
def test_one_clinic_is_no_comparison(capsys: Capture, tmp_path: Path, number: int, code: int) -> None:
    """Nothing is compared, and what is wanted is told."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("dossier: 1\n")

    assert main(["compare", str(bad), *[MINIMAL] * number]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith(f"compare: DOSSIER: expected two dossiers or more that can be read, got {number}\n")


def test_what_differs_stands_under_the_ids_of_the_clinics(capsys: Capture) -> None:
    """In the order of the clinics above, in one line where it has room."""
    lines = printed(capsys, "compare", MINIMAL, PARK).splitlines()
    many = printed(capsys, "compare", MINIMAL, PARK, GARDEN, MILL).splitlines()

    head = lines.index("Where they differ")
    assert lines[head + 2].split() == ["example-clinic", "|", "example-park-clinic"]
    assert {each.index(" | ") > 38 for each in lines[head + 2 :] if " | " in each} == {True}
    below = " ".join(many[many.index("Where they differ") + 2 :][:2]).split(" | ")
    assert [each.strip() for each in below] == sorted((each.strip() for each in below), key=" ".join(many).index)


def test_what_differs_is_named_in_words_beside_its_id(capsys: Capture) -> None:
    """Categories by their title, criteria by their question."""
    english, spanish = (printed(capsys, "compare", MINIMAL, PARK, "--language", each) for each in ("en", "es"))

    asked = "hygiene.single_use_sharps unknown | failed Does every patient get a new sterile needle"
    assert f"Hygiene protocol (hygiene) {asked}" in words(english)
    assert "Protocolo de higiene (hygiene) hygiene.single_use_sharps desconocido | incumplido ¿Recibe" in words(spanish)


def test_clinics_that_are_alike_have_no_such_lines(capsys: Capture) -> None:
    """And no line of ids alone."""
    assert "Where they differ" not in printed(capsys, "compare", MINIMAL, MINIMAL)


def test_compare_lists_the_unrated_last(capsys: Capture, tmp_path: Path) -> None:
    """Without numbers, and in no pair."""
    elsewhere, american = tmp_path / "elsewhere.yaml", tmp_path / "american.yaml"
    elsewhere.write_text(NOTHING_APPLIES)
    american.write_text("dossier: 1\nclinic: {id: there, country: US}\n")

    arguments = ("compare", MINIMAL, str(american), "--criteria", str(elsewhere))
    text, found = words(printed(capsys, *arguments)), tree(capsys, *arguments)

    assert "1. there: Good, score 50.0, between 0.0 and 100.0 once all is known 2. Example Clinic" in text
    assert "Example Clinic (example-clinic): not rated" in text
    assert (found["pairs"], found["clinics"][1]["interval"]) == ([], None)


# --- every text


def test_hostile_text_is_harmless_and_lines_are_short() -> None:
    """In every report of advice, as in the verdict's own."""
    evil = clinic_from({
        "dossier": 1, "clinic": {"id": "evil", "name": EVIL},
        "sources": {"s": {"kind": "observation", "who": EVIL, "seen": "2026-09-01"}},
        "answers": {"hygiene": {"hand_hygiene": {"answer": "no", "source": "s"},
                                "premises_clean": {"answer": "yes", "source": "s"}}},
    })  # fmt: skip
    verdict, later = (vet(evil, mesotherapy(), as_of=day) for day in (DAY, DAY.replace(year=2027)))
    other = vet(Clinic(id="other", name=EVIL), mesotherapy(), as_of=DAY)
    texts = (
        advice_text.fixes_text(verdict, remedies(verdict)),
        advice_text.forecast_text(forecast(verdict)),
        advice_text.robustness_text(verdict, robustness(verdict)),
        sides_text.difference_text(difference(verdict, later)),
        sides_text.comparison_text(comparison([verdict, other])),
        to_text(verdict),
    )

    for text in texts:
        assert all(each.isprintable() for each in text.split("\n"))
        assert max(columns(each) for each in text.split("\n")) <= 80
        assert "\\u001b" in text


def test_json_trees_are_plain() -> None:
    """The same bytes each time."""
    verdict = vet(load_clinic(GARDEN), mesotherapy(), as_of=DAY)

    made = [
        json.dumps([
            advice_json.fixes_tree(verdict, remedies(verdict)),
            advice_json.forecast_tree(forecast(verdict)),
            advice_json.robustness_tree(verdict, robustness(verdict)),
            advice_json.difference_tree(difference(verdict, verdict)),
            advice_json.comparison_tree(comparison([verdict, verdict])),
        ])
        for _ in range(2)
    ]  # fmt: skip

    assert made[0] == made[1]


def test_a_verdict_tells_what_is_to_come_and_what_it_hangs_on() -> None:
    """In short, with the next day on which the band changes."""
    text, little = (
        words(to_text(vet(load_clinic(EXAMPLES / f"{name}.yaml"), mesotherapy(), as_of=DAY)))
        for name in ("well-run", "told-in-reviews")
    )

    assert "still 50.2, moved by less than is shown" in little
    assert "- 2027-01-17: Recommended becomes Unproven, score 86.5 to 82.6 and 16 more through 2028-11-21" in text
    assert "Patients' reviews (reviews): 7.0, stands up to 56.2 (more: Acceptable)" in text
