"""Criteria sets that build on others: every kind of change, what is said about it, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from cases import DAY, clinic, mesotherapy

from clinic_vetting import (
    CriteriaSet,
    Criterion,
    InputError,
    Kind,
    Outcome,
    Strength,
    criteria_digest,
    document,
    language,
    load_criteria,
    parse_criteria,
    plain_criteria,
    shapes,
    vet,
)
from clinic_vetting.dates import Span
from clinic_vetting.overlay import Change
from clinic_vetting.reading import Reading

HEAD = "criteria_set: 1\nid: own\nversion: 2.0.0\ntitle: Our own\nextends: mesotherapy\n"
CHANGE = "changes:\n  - because: our reason\n    owner: us\n"
BANDS = "    bands: [{id: good, label: Good, critical_failed: 0}, {id: rest, label: Rest}]\n"


def own(*lines: str) -> CriteriaSet:
    """Resolve one change of the shipped set."""
    return parse_criteria(HEAD + CHANGE + "".join(f"    {line}\n" for line in lines), "own.yaml")


def asked(criteria: CriteriaSet, full_id: str) -> Criterion:
    """Find a criterion."""
    return next(each for each in criteria.criteria() if each.full_id == full_id)


def said(criteria: CriteriaSet) -> list[str]:
    """List what was changed."""
    return [each.what for each in criteria.changes]


def refused(text: str) -> list[str]:
    """Give the faults of a set that cannot be read."""
    with pytest.raises(InputError) as error:
        parse_criteria(text, "own.yaml")
    return str(error.value).splitlines()


# --- changes


def test_select_keeps_only_what_is_named() -> None:
    """Everything else goes, with the categories that are left empty."""
    criteria = parse_criteria(
        HEAD + CHANGE + "    select: [care.cooling_off, hygiene.hand_hygiene]\n" + BANDS, "own.yaml"
    )

    assert [each.full_id for each in criteria.criteria()] == ["hygiene.hand_hygiene", "care.cooling_off"]
    assert [each.id for each in criteria.categories] == ["hygiene", "care"]
    assert said(criteria)[0].startswith("selected 2 criteria, leaving out credentials.injector_licensed, ")
    assert said(criteria)[1] == "bands: good (critical_failed 0); rest (every other clinic)"


def test_drop_takes_away_what_is_named() -> None:
    """Nothing else changes."""
    criteria = own("drop: [care.cooling_off, reviews.rating]")
    before = {each.full_id for each in mesotherapy().criteria()}

    assert before - {each.full_id for each in criteria.criteria()} == {"care.cooling_off", "reviews.rating"}
    assert said(criteria) == ["dropped care.cooling_off, reviews.rating"]


def test_weights_are_a_mapping() -> None:
    """In Python as in a file."""
    with pytest.raises(ValueError, match="'weights' must be a dict"):
        Change(because="a", owner="b", weights=[1])  # type: ignore[arg-type] # it is what is tested


def test_weights_of_categories_and_criteria_change() -> None:
    """Each is said with its old and its new weight."""
    criteria = own("weights: {hygiene: 30, hygiene.hand_hygiene: 9}")

    assert [each.weight for each in criteria.categories if each.id == "hygiene"] == [30]
    assert asked(criteria, "hygiene.hand_hygiene").weight == 9
    assert said(criteria) == ["hygiene: weight 25 -> 30", "hygiene.hand_hygiene: weight 6 -> 9"]


def test_a_weight_that_stays_is_not_said_to_change() -> None:
    """Only what differs is told, for categories and criteria alike."""
    assert said(own("weights: {hygiene: 25, hygiene.hand_hygiene: 6}")) == []


def test_set_changes_the_fields_of_a_criterion() -> None:
    """Values are said; new wording is said to be new."""
    criteria = own(
        "set: {hygiene.hand_hygiene: {severity: critical, fresh_for: 2 months, ask: May I watch?, question: Clean?}}"
    )
    each = asked(criteria, "hygiene.hand_hygiene")

    assert (each.severity, str(each.fresh_for), each.ask, each.question) == (
        "critical", "2 months", "May I watch?", "Clean?",
    )  # fmt: skip
    assert set(said(criteria)) == {
        "hygiene.hand_hygiene: severity major -> critical",
        "hygiene.hand_hygiene: fresh_for 6 months -> 2 months",
        "hygiene.hand_hygiene: ask new",
        "hygiene.hand_hygiene: question new",
    }


def test_a_blank_value_clears_a_field() -> None:
    """What may be absent is absent from then on."""
    before = asked(mesotherapy(), "hygiene.hand_hygiene")
    criteria = own("set: {hygiene.hand_hygiene: {ask: , fresh_for: , references: }}")
    after = asked(criteria, "hygiene.hand_hygiene")

    assert before.ask
    assert before.fresh_for
    assert before.references
    assert (after.ask, after.fresh_for, after.references) == (None, None, ())
    assert (before.question, before.why, before.says) == (after.question, after.why, after.says)
    assert criteria.freshness(after) == criteria.fresh_for
    assert set(said(criteria)) == {
        "hygiene.hand_hygiene: ask none",
        "hygiene.hand_hygiene: fresh_for 6 months -> none",
        "hygiene.hand_hygiene: references none",
    }


def test_a_value_that_stays_is_not_said_to_change() -> None:
    """Neither one that is written out nor a blank where nothing was."""
    criteria = own("set: {hygiene.hand_hygiene: {weight: 6, severity: major, fresh_for: 6 months, applies: }}")

    assert asked(mesotherapy(), "hygiene.hand_hygiene").applies is None
    assert said(criteria) == []


def test_a_change_written_plain_reads_back() -> None:
    """With what it clears."""
    change = Change(
        because="our reason",
        owner="us",
        weights={"hygiene": 30},
        set={"hygiene.hand_hygiene": {"ask": None, "references": (), "weight": 3, "fresh_for": Span(2)}},
    )
    plain = shapes.plain_fields(change)
    reading = Reading("change")

    again = shapes.Record(Change).read(document.tree(plain).root, "", reading)

    assert plain["set"] == {
        "hygiene.hand_hygiene": {"ask": None, "references": None, "weight": 3, "fresh_for": "2 months"}
    }
    assert reading.faults == []
    assert change == again


def test_set_merges_sentences() -> None:
    """Only the sentences that are given change."""
    before = asked(mesotherapy(), "hygiene.hand_hygiene")
    after = asked(own("set: {hygiene.hand_hygiene: {says: {met: Clean hands were seen.}}}"), "hygiene.hand_hygiene")

    assert after.sentence(Outcome.MET) == "Clean hands were seen."
    assert before.sentence(Outcome.FAILED) == after.sentence(Outcome.FAILED)


def test_a_sentence_left_blank_stays_as_it_was() -> None:
    """A blank sentence is absent from the change; only `says` itself, left blank, clears them all."""
    before = asked(mesotherapy(), "hygiene.hand_hygiene").says
    blank = own("set: {hygiene.hand_hygiene: {says: {met: }}}")
    cleared = own("set: {hygiene.hand_hygiene: {says: }}")

    assert len(before) == 8
    assert asked(blank, "hygiene.hand_hygiene").says == before
    assert said(blank) == []
    assert asked(cleared, "hygiene.hand_hygiene").says is None
    assert said(cleared) == ["hygiene.hand_hygiene: says none"]


def test_add_to_a_category_that_exists() -> None:
    """The new criterion bears the category's name and comes last."""
    criteria = own("add: [{category: care, criteria: [{id: wheelchair, question: W?, weight: 3, severity: minor}]}]")
    (care,) = [each for each in criteria.categories if each.id == "care"]

    assert care.criteria[-1].full_id == "care.wheelchair"
    assert care.weight == 15
    assert said(criteria) == ["added care.wheelchair (minor, weight 3)"]


def test_add_may_rename_and_reweigh_a_category() -> None:
    """Both are said, and what stays is not."""
    lift = "criteria: [{id: lift, question: L?, weight: 1, severity: minor}]"
    before = next(each.title for each in mesotherapy().categories if each.id == "care")
    criteria = own(f"add: [{{category: care, title: After-care, weight: 20, {lift}}}]")
    staying = own(f"add: [{{category: care, title: {before}, weight: 15, {lift}}}]")

    assert said(criteria) == [
        f"care: title {before} -> After-care",
        "care: weight 15 -> 20",
        "added care.lift (minor, weight 1)",
    ]
    assert said(staying) == ["added care.lift (minor, weight 1)"]


def test_bands_are_told_with_their_conditions() -> None:
    """In short: numbers, and what must be met."""
    good = "{id: good, label: Good, proven_at_least: 60, critical_failed: 0, met: [care.cooling_off]}"
    criteria = own(f"bands: [{good}, {{id: rest, label: Rest}}]")

    assert said(criteria) == [
        "bands: good (critical_failed 0, proven_at_least 60, met care.cooling_off); rest (every other clinic)"
    ]


def test_a_value_of_the_set_that_stays_is_not_said_to_change() -> None:
    """Written out once more, however it is written."""
    assert said(own("unknown_counts: 0.5", "fresh_for: 1 year", "failures_fresh_for: 12 months")) == []


def test_where_a_criterion_applies_is_told() -> None:
    """With its countries, and `none` where it was asked everywhere."""
    (what,) = said(own("set: {hygiene.hand_hygiene: {applies: {countries: [GB]}}}"))

    assert what == "hygiene.hand_hygiene: applies none -> {'countries': ['GB']}"


def test_a_reference_that_says_something_else_is_told() -> None:
    """With both; one that is new, or the same, is not."""
    old = mesotherapy().references["nhs"]
    criteria = parse_criteria(HEAD + "references: {nhs: {by: Us, title: Why}, ours: {by: Us, title: New}}\n")
    (change,) = criteria.changes

    assert change.what == f"reference nhs: {old} -> Us, Why"
    assert (change.because, change.owner) == ("own gives a reference of its own", "own")


def test_many_ids_that_are_not_there_are_told_in_short() -> None:
    """Ten by name, and how many more."""
    (fault,) = refused(HEAD + CHANGE + f"    drop: [{', '.join(f'q.q{i}' for i in range(12))}]\n")

    assert "'q.q9'" in fault
    assert "'q.q10'" not in fault
    assert fault.endswith(" and 2 more")


def test_add_a_new_category() -> None:
    """It needs a title and a weight, and shares the points."""
    criteria = own(
        "add: [{category: access, title: Access, weight: 100,"
        " criteria: [{id: lift, question: L?, weight: 1, severity: minor}]}]"
    )

    assert vet(clinic({}), criteria, as_of=DAY).finding("access.lift").points == 50
    assert said(criteria) == ["added the category access: Access, weight 100", "added access.lift (minor, weight 1)"]


def test_additions_to_one_new_category_are_told_one_after_another() -> None:
    """The first brings it; what a later one changes about it is told with what was before."""
    lift, ramp = (f"criteria: [{{id: {each}, question: Q?, weight: 1, severity: minor}}]" for each in ("lift", "ramp"))
    first = f"{{category: access, title: Access, weight: 5, {lift}}}"
    plain = own(f"add: [{first}, {{category: access, {ramp}}}]")
    other = own(f"add: [{first}, {{category: access, title: Doors, weight: 9, {ramp}}}]")
    added = ["added the category access: Access, weight 5", "added access.lift (minor, weight 1)"]

    assert said(plain) == [*added, "added access.ramp (minor, weight 1)"]
    assert said(other) == [
        *added,
        "access: title Access -> Doors",
        "access: weight 5 -> 9",
        "added access.ramp (minor, weight 1)",
    ]


@pytest.mark.parametrize("name", ["bands", "select"])
def test_an_empty_list_of_what_is_to_be_kept_is_refused(name: str) -> None:
    """A set has at least one of them; nothing is dropped in silence."""
    faults = refused(HEAD + CHANGE + f"    {name}: []\n")

    assert faults == [f"own.yaml:9: changes[0].{name}: expected at least one, or no such key: then all stay, got none"]


def test_what_is_dropped_twice_is_told_once() -> None:
    """And so is what cannot be dropped."""
    (fault,) = refused(HEAD + CHANGE + "    drop: [care.none, care.none]\n")

    assert said(own("drop: [care.cooling_off, care.cooling_off]")) == ["dropped care.cooling_off"]
    assert fault.count("care.none") == 1


def test_a_criterion_without_words_speaks_through_its_question() -> None:
    """Every outcome has a plain sentence."""
    criteria = own("add: [{category: care, criteria: [{id: wheelchair, question: W?, weight: 3, severity: minor}]}]")
    sentences = [asked(criteria, "care.wheelchair").sentence(outcome) for outcome in Outcome]

    assert all(sentence.startswith("W? ") for sentence in sentences)
    assert len(set(sentences)) == len(Outcome)


def test_bands_change_as_a_whole() -> None:
    """The new ones stand alone."""
    criteria = parse_criteria(HEAD + CHANGE + BANDS)

    assert [each.id for each in criteria.bands] == ["good", "rest"]
    assert said(criteria) == ["bands: good (critical_failed 0); rest (every other clinic)"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("unknown_counts: 0.25", "unknown_counts: 0.5 -> 0.25"),
        ("fresh_for: 6 months", "fresh_for: 12 months -> 6 months"),
        ("failures_fresh_for: 2 years", "failures_fresh_for: 12 months -> 24 months"),
    ],
)
def test_a_value_of_the_set_changes(line: str, what: str) -> None:
    """It is said with the old and the new value."""
    criteria = own(line)
    name = line.split(":", maxsplit=1)[0]

    assert str(getattr(criteria, name)) == what.split(" -> ")[1]
    assert said(criteria) == [what]


def test_evidence_changes_as_a_whole() -> None:
    """All six kinds are given anew."""
    criteria = own("evidence: {register: 90, inspection: 90, document: 70, observation: 70, patient: 30, claim: 30}")

    assert criteria.evidence[Kind.CLAIM] == Strength(30, 30)
    (what,) = said(criteria)
    assert what.startswith("evidence: ")
    assert "90" in what


def test_changes_are_made_one_after_another() -> None:
    """A later change can build on an earlier one, and each keeps its reason and owner."""
    text = (
        HEAD
        + CHANGE
        + "    add: [{category: care, criteria: [{id: lift, question: L?, weight: 3, severity: minor}]}]\n"
        + "  - {because: second thoughts, owner: them, weights: {care.lift: 1}}\n"
    )
    criteria = parse_criteria(text)

    assert asked(criteria, "care.lift").weight == 1
    assert [(each.what, each.because, each.owner) for each in criteria.changes] == [
        ("added care.lift (minor, weight 3)", "our reason", "us"),
        ("care.lift: weight 3 -> 1", "second thoughts", "them"),
    ]


def test_references_are_added() -> None:
    """New criteria can cite the set's own references and the base's."""
    text = HEAD + "references: {ours: {by: Us, title: Why}}\n" + CHANGE
    criteria = parse_criteria(
        text + "    add: [{category: care, criteria: [{id: lift, question: L?, weight: 3, severity: minor,"
        " references: [ours, nhs]}]}]\n"
    )

    assert str(criteria.references["ours"]) == "Us, Why"
    assert "nhs" in criteria.references


@pytest.mark.parametrize("name", ["evidence", "references"])
def test_the_mappings_of_a_set_cannot_be_changed(name: str) -> None:
    """Nor the sentences of a criterion: a verdict's digest stays true."""
    mappings: list[Any] = [getattr(mesotherapy(), name), asked(mesotherapy(), "hygiene.hand_hygiene").says]
    for mapping in mappings:
        with pytest.raises(TypeError, match="cannot be changed"):
            mapping.clear()


# --- names and digests


def test_a_resolved_set_bears_its_own_name_and_says_what_it_is_based_on() -> None:
    """Id, version and title are its own; `based_on` names the base with version and digest."""
    criteria = own("weights: {hygiene: 30}")

    assert (criteria.id, criteria.version, criteria.title) == ("own", "2.0.0", "Our own")
    assert criteria.based_on == f"mesotherapy {mesotherapy().version} ({criteria_digest(mesotherapy())})"


def test_a_set_prints_as_its_name_and_size() -> None:
    """Not as all its words."""
    criteria = parse_criteria(HEAD + CHANGE + "    select: [care.cooling_off]\n" + BANDS)

    assert repr(criteria) == "<CriteriaSet own 2.0.0: 1 criteria>"


def test_the_digest_tells_what_counts() -> None:
    """Another weight is another digest; the same change is the same digest."""
    one, other = own("weights: {hygiene: 30}"), own("weights: {hygiene: 31}")

    assert len({criteria_digest(each) for each in (mesotherapy(), one, other)}) == 3
    assert criteria_digest(one) == criteria_digest(own("weights: {hygiene: 30}"))


def test_a_resolved_overlay_reads_back_without_its_base() -> None:
    """It is a whole set, with what it changed."""
    criteria = own("weights: {hygiene: 30}")
    again = parse_criteria(json.dumps(plain_criteria(criteria)))

    assert criteria_digest(criteria) == criteria_digest(again)
    assert criteria.changes == again.changes


# --- chains


def test_a_file_extends_a_file_beside_it_that_extends_a_shipped_set(tmp_path: Path) -> None:
    """Changes add up, with those of the base first."""
    (tmp_path / "base.yaml").write_text(HEAD + CHANGE + "    weights: {hygiene: 30}\n")
    second = HEAD.replace("id: own", "id: second").replace("extends: mesotherapy", "extends: base.yaml")
    (tmp_path / "second.yaml").write_text(second + CHANGE + "    weights: {care: 20}\n")

    criteria = load_criteria(tmp_path / "second.yaml")

    assert said(criteria) == ["hygiene: weight 25 -> 30", "care: weight 15 -> 20"]
    assert criteria.based_on is not None
    assert criteria.based_on.startswith("own 2.0.0 (sha256:")


def test_a_path_is_looked_up_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """Not from the current folder; it may lie deeper."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "base.yaml").write_text(HEAD.replace("extends: mesotherapy", "extends: least.yaml"))
    (tmp_path / "deep" / "least.yaml").write_text(HEAD)
    (tmp_path / "own.yaml").write_text(HEAD.replace("extends: mesotherapy", "extends: deep/base.yaml"))

    assert load_criteria(tmp_path / "own.yaml").id == "own"


# --- sets from strangers


def extending(named: object) -> str:
    """Write a set that builds on a file."""
    return HEAD.replace("extends: mesotherapy", f"extends: {named}")


def test_a_text_reads_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the file is there or not, the fault is the same, and quotes nothing of it."""
    (tmp_path / "base.yaml").write_text(HEAD)
    monkeypatch.chdir(tmp_path)
    faults = [refused(extending(each))[0] for each in ("base.yaml", tmp_path / "base.yaml", "none.yaml")]

    assert parse_criteria(HEAD).id == "own"
    assert all(
        "extends: expected the name of a shipped set; a text reads no file unless it is given a folder" in each
        for each in faults
    )


def test_a_text_builds_on_files_of_the_folder_that_it_is_given(tmp_path: Path) -> None:
    """In it or below it, and they in turn on files beside them."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "base.yaml").write_text(extending("least.yaml"))
    (tmp_path / "deep" / "least.yaml").write_text(HEAD.replace("id: own", "id: least"))

    criteria = parse_criteria(extending("deep/base.yaml"), folder=tmp_path)

    assert criteria.based_on is not None
    assert criteria.based_on.startswith("own 2.0.0 (sha256:")


@pytest.mark.parametrize("named", ["../base.yaml", "{folder}/base.yaml", "link.yaml", "up/base.yaml", "none.yaml"])
def test_no_path_leads_out_of_the_folder(named: str, tmp_path: Path) -> None:
    """Neither dots nor a root nor a link, from a text or from a file; and nobody learns whether the file is there."""
    inner = tmp_path / "sets"
    inner.mkdir()
    (tmp_path / "base.yaml").write_text(HEAD)
    (inner / "link.yaml").symlink_to(tmp_path / "base.yaml")
    (inner / "up").symlink_to(tmp_path)
    text = extending(named.format(folder=tmp_path))
    (inner / "own.yaml").write_text(text)

    with pytest.raises(InputError) as of_text:
        parse_criteria(text, "own.yaml", folder=inner)
    with pytest.raises(InputError) as of_file:
        load_criteria(inner / "own.yaml")

    (fault,), (same,) = of_text.value.faults, of_file.value.faults
    assert (fault.line, fault.path, fault.expected) == (same.line, same.path, same.expected)
    assert (fault.line, fault.path) == (5, "extends")
    assert fault.expected == "the name of a shipped set, or a file in this one's folder or below"


@pytest.mark.parametrize(
    ("secret", "line", "expected"),
    [
        ("token-1234", 1, "a criteria set"),
        ("root:x:0:0\ntoken-1234:x:1\n", 1, "a criteria set"),
        ("token-1234: 1\ntoken-1234: 2\n", 1, "a criteria set"),
        ("[token-1234", 1, "JSON"),
        ("a: 1\nb: !token-1234 x\n", 2, "a value without a tag"),
    ],
)
def test_a_file_that_is_no_criteria_set_is_not_quoted(secret: str, line: int, expected: str, tmp_path: Path) -> None:
    """File, line and what was expected are told, and what to do; its words and keys are not."""
    (tmp_path / "secret").write_text(secret)

    with pytest.raises(InputError) as error:
        parse_criteria(extending("secret"), folder=tmp_path)

    (fault,) = error.value.faults
    assert (fault.file, fault.line) == (str(tmp_path / "secret"), line)
    assert fault.expected.startswith(expected)
    assert fault.hint == "load that file alone to see what"
    assert "1234" not in str(fault)


def test_faults_of_a_set_that_another_builds_on_are_told_in_full(tmp_path: Path) -> None:
    """It is a criteria set, which whoever extends it can read."""
    (tmp_path / "base.yaml").write_text(HEAD + CHANGE + "    weights: {hygeine: 1}\n")

    with pytest.raises(InputError) as error:
        parse_criteria(extending("base.yaml"), folder=tmp_path)

    assert "base.yaml:9: changes[0].weights: expected " in str(error.value)
    assert "did you mean 'hygiene'?" in str(error.value)


@pytest.mark.parametrize("names", [("a.yaml",), ("a.yaml", "b.yaml")])
def test_sets_that_build_on_each_other_are_refused(names: tuple[str, ...], tmp_path: Path) -> None:
    """A cycle is an error that says where and what, and no endless reading."""
    for here, there in zip(names, (*names[1:], names[0]), strict=True):
        (tmp_path / here).write_text(HEAD.replace("extends: mesotherapy", f"extends: {there}"))

    with pytest.raises(InputError) as error:
        load_criteria(tmp_path / "a.yaml")

    (fault,) = error.value.faults
    assert (fault.line, fault.path) == (5, "extends")
    assert str(fault).endswith(
        "expected at most 8 sets on one another, got " + f"{names[-1]!r}; does it lead to itself?"
    )


def test_a_cycle_is_told_at_the_line_of_extends(tmp_path: Path) -> None:
    """The fault points at the key and shows the path that leads back."""
    (tmp_path / "a.yaml").write_text(HEAD.replace("extends: mesotherapy", "extends: a.yaml"))

    with pytest.raises(InputError) as error:
        load_criteria(tmp_path / "a.yaml")

    (fault,) = error.value.faults
    assert fault.line == 5
    assert "a mapping" not in fault.got


# --- faults


@pytest.mark.parametrize(
    ("line", "path", "hint"),
    [
        ("drop: [care.coling_off]", "changes[0].drop", "did you mean 'care.cooling_off'?"),
        ("select: [care.coling_off]", "changes[0].select", "did you mean 'care.cooling_off'?"),
        ("weights: {care.coling_off: 1}", "changes[0].weights", "did you mean 'care.cooling_off'?"),
        ("weights: {hygeine: 1}", "changes[0].weights", "did you mean 'hygiene'?"),
        ("set: {care.coling_off: {weight: 1}}", "changes[0].set", "did you mean 'care.cooling_off'?"),
        ("weights: {care: 0}", "changes[0].weights.care", "a whole number from 1"),
        ("set: {care.cooling_off: {wieght: 1}}", "changes[0].set.care.cooling_off.wieght", "did you mean 'weight'?"),
        ("set: {care.cooling_off: {id: x}}", "changes[0].set.care.cooling_off.id", "unknown key"),
        ("unknown_counts: 1.5", "changes[0].unknown_counts", "a number from 0 to 1"),
        ("evidence: {register: 100}", "changes[0].evidence.inspection", "got nothing"),
        ("fresh_for: 0 months", "changes[0].fresh_for", "a span such as"),
        ("evidence: strong", "changes[0].evidence", "a mapping with register, inspection"),
        ("weights: heavy", "changes[0].weights", "a mapping"),
        ("set: {care.cooling_off: x}", "changes[0].set.care.cooling_off", "a mapping with some of question, weight"),
        ("set: {care.cooling_off: {question: }}", "changes[0].set.care.cooling_off.question", "got nothing"),
        ("set: {care.cooling_off: {says: x}}", "changes[0].set.care.cooling_off.says", "a mapping with met, partly"),
        ("drob: [x]", "changes[0].drob", "did you mean 'drop'?"),
    ],
)
def test_a_faulty_change_is_told_with_line_and_path(line: str, path: str, hint: str) -> None:
    """And with what would have been right."""
    fault = refused(HEAD + CHANGE + f"    {line}\n")[0]

    assert fault.startswith(f"own.yaml:9: {path}: expected ")
    assert hint in fault


def test_faults_of_several_changes_are_told_together() -> None:
    """Each at its own line; what a faulty change was to bring is not missed by the changes after it."""
    second = "  - because: another reason\n    owner: us\n"
    new = "[{category: acess, criteria: [{id: x, question: X?, weight: 1, severity: minor}]}]"
    faults = refused(
        HEAD + CHANGE + "    drop: [care.coling_off, care.consent]\n    weights: {hygeine: 2, care.coling_off: 3}\n"
        + second + f"    select: [hygiene.hand_hygene]\n    add: {new}\n"
        + second + "    set: {acess.x: {weight: 2}, care.cooling: {weight: 2}}\n    weights: {acess: 3}\n"
    )  # fmt: skip

    assert [each.split(": expected")[0] for each in faults] == [
        "own.yaml:9: changes[0].drop",
        "own.yaml:10: changes[0].weights",
        "own.yaml:10: changes[0].weights",
        "own.yaml:13: changes[1].select",
        "own.yaml:14: changes[1].add[0]",
        "own.yaml:17: changes[2].set",
    ]
    assert "'care.coling_off' (did you mean 'care.cooling_off'?), 'care.consent'" in faults[0]
    assert "'care.cooling' (did you mean 'care.cooling_off'?)" in faults[-1]
    assert "acess" not in faults[-1]


def test_a_set_that_no_longer_fits_its_bands_is_refused() -> None:
    """Each band that names a criterion which was dropped is told, with the line that would fit, and what to do."""
    faults = refused(HEAD + CHANGE + "    drop: [reviews.no_alarm_reports]\n")

    named = [re.findall(r"(?:in band|this one with|criteria show) '([^']+)'", each) for each in faults]
    assert named == [[band, "not_failed: []", "mesotherapy"] for band in ("recommended", "acceptable", "unproven")]
    assert all("write all bands under 'bands:' in this change" in each for each in faults)


def test_the_line_that_fits_keeps_what_the_band_asks_besides() -> None:
    """Written as it is told, the set can be read."""
    change = CHANGE + "    drop: [credentials.injector_licensed]\n"
    (fault, _) = refused(HEAD + change)
    (line,) = re.findall(r"this one with '([^']+)'", fault)
    bands = f"    bands: [{{id: good, label: Good, critical_failed: 0, {line}}}, {{id: rest, label: Rest}}]\n"

    assert parse_criteria(HEAD + change + bands).bands[0].met == (
        *("sourcing.product_authorised", "sourcing.authorised_supplier", "hygiene.single_use_sharps"),
    )


def test_bands_of_its_own_that_name_what_it_drops_are_told_as_their_own() -> None:
    """Nobody is sent to the set below."""
    bands = "    bands: [{id: good, label: Good, critical_failed: 0, met: [care.aftercare]}, {id: rest, label: Rest}]\n"
    (fault,) = refused(HEAD + CHANGE + bands)

    assert fault.endswith("got 'care.aftercare' in band 'good'; give bands that fit the set: this one with 'met: []'")


def test_every_change_needs_a_reason_and_an_owner() -> None:
    """Both are told at once."""
    faults = refused(HEAD + "changes:\n  - weights: {care: 1}\n")

    assert [each.split(": ")[1] for each in faults] == ["changes[0].because", "changes[0].owner"]


def test_an_addition_with_a_mistyped_category_is_refused() -> None:
    """A new category would need a title and a weight; the nearest that exists is named."""
    (fault,) = refused(
        HEAD
        + CHANGE
        + "    add: [{category: hygeine, criteria: [{id: x, question: X?, weight: 1, severity: minor}]}]\n"
    )

    assert "did you mean 'hygiene'?" in fault


def test_an_unknown_base_is_refused() -> None:
    """With the nearest shipped set."""
    (fault,) = refused(HEAD.replace("mesotherapy", "mesoterapy"))

    assert "did you mean 'mesotherapy'?" in fault


def test_an_addition_that_repeats_an_id_is_refused() -> None:
    """Each criterion once."""
    faults = refused(
        HEAD
        + CHANGE
        + "    add: [{category: care, criteria: [{id: cooling_off, question: X?, weight: 1, severity: minor}]}]\n"
    )

    assert "cooling_off" in faults[0]


def test_the_last_criterion_cannot_be_dropped() -> None:
    """A set asks at least one thing."""
    faults = refused(HEAD + CHANGE + "    select: [care.cooling_off]\n    drop: [care.cooling_off]\n" + BANDS)

    assert any("at least one criterion" in each for each in faults)


NEW = "{id: x, question: X?, weight: 1, severity: minor"


@pytest.mark.parametrize(
    ("change", "line", "path"),
    [
        (f"add: [{{category: care, criteria: [{NEW}, measure: none}}]}}]", 9, "add[0].criteria[0].measure:"),
        (
            "set:\n  care.cooling_off: {weight: 9}\n  care.informed_consent: {measure: none}",
            11,
            "set.care.informed_consent.measure:",
        ),
        (
            f"add:\n- {{category: care, criteria: [{NEW}}}, {NEW}}}]}}",
            10,
            "add[0].criteria[1].id (resolved categories[",
        ),
        (
            f"add:\n- category: care\n  criteria: [{NEW}, references: [none]}}]",
            11,
            "add[0].criteria[0].references[0] (",
        ),
        ("add:\n- {category: new, title: New, weight: 1, criteria: []}", 10, "add[0].category (resolved categories["),
        ("select:\n- care.cooling_off", 10, "select[0] (resolved bands[0].met):"),
        ("select: [care.cooling_off]\ndrop: [care.cooling_off]", 10, "drop[0] (resolved categories):"),
        ("bands:\n- {id: only, label: Only, proven_at_least: 1}", 10, "bands[0].id (resolved bands):"),
    ],
)
def test_a_fault_of_what_comes_out_names_the_place_in_the_overlay(change: str, line: int, path: str) -> None:
    """Line and path are those of its own file, and not those of the set that nobody wrote."""
    faults = refused(HEAD + CHANGE + indent(change, "    "))

    assert any(each.startswith(f"own.yaml:{line}: changes[0].{path}") for each in faults)
    assert all(": changes[" in each for each in faults)


def test_a_fault_of_what_comes_out_is_said_in_a_language() -> None:
    """Its path too: what is in the set that comes out, and in no file."""
    with pytest.raises(InputError) as error:
        parse_criteria(HEAD + CHANGE + "    select: [care.cooling_off]", "own.yaml")

    told = language.said(error.value, "es")
    assert "own.yaml:9: changes[0].select[0] (resultado: bands[0].met): se esperaba: " in told
    assert "resolved" not in told
