"""Verdicts as people and programs read them."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import cycle
from typing import Any

import attrs
import pytest
from cases import DAY, NOTHING_APPLIES, ROOT, clinic, mesotherapy

from clinic_vetting import (
    Action,
    Answer,
    Authorisation,
    Clinic,
    Insurance,
    Kind,
    Licence,
    LicenceStatus,
    Notice,
    Practitioner,
    Product,
    Rating,
    Registration,
    RegistrationKind,
    Reply,
    Review,
    Sanction,
    Source,
    Statement,
    Supplier,
    Training,
    Verdict,
    Waiver,
    load_clinic,
    load_criteria,
    parse_clinic,
    parse_criteria,
    to_json,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.reports.numbers import seen_apart, shown
from clinic_vetting.score import rounded

EXAMPLES = sorted(each for each in (ROOT / "examples").iterdir() if each.suffix in (".yaml", ".json"))
HEAD = """
dossier: 1
clinic: {id: c, name: C, country: GB, region: GB-ENG, treatments: [mesotherapy]}
sources:
  visit: {kind: observation, who: our editor, seen: 2026-11-01}
  council: {kind: inspection, who: the council, seen: 2026-11-02}
  gmc: {kind: register, who: GMC, seen: 2026-11-03}
  site: {kind: claim, who: the website, seen: 2026-11-01}
  patient: {kind: patient, who: a patient, seen: 2026-11-01}
"""


def verdict_of(facts: str, criteria: str = "mesotherapy") -> Verdict:
    """Vet the clinic of `HEAD` with these facts."""
    return vet(parse_clinic(HEAD + facts), load_criteria(criteria), as_of=DAY)


def text_of(facts: str) -> str:
    """Give the text report with its lines joined, so that wrapping does not matter."""
    return joined(to_text(verdict_of(facts)))


def joined(text: str) -> str:
    """Make every run of white space one blank."""
    return " ".join(text.split())


def section(text: str, title: str) -> str:
    """Give one section of a report, lines joined; empty where it is not there."""
    parts = text.split("\n\n")
    return next((joined(part) for part in parts if part.startswith(f"{title}\n---")), "")


def width(line: str) -> int:
    """Count the columns of a line: wide letters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in line)
    return len(line) + wide - sum(unicodedata.combining(each) > 0 for each in line)


# --- text: layout


@pytest.mark.parametrize("criteria", ["mesotherapy", "mesotherapy-desk"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_no_line_of_an_example_is_wider_than_80_columns(path: Any, criteria: str) -> None:
    """Reports fit a terminal, and end with a line end."""
    text = to_text(vet(load_clinic(path), load_criteria(criteria), as_of=DAY))

    assert max(map(width, text.split("\n"))) <= 80
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_band_and_sentence_come_first(path: Any) -> None:
    """The label with the clinic's name, then what the band says."""
    verdict = vet(load_clinic(path), mesotherapy(), as_of=DAY)
    assert verdict.band is not None

    expected = f"{verdict.band.label.upper()} {verdict.clinic.name} ({verdict.clinic.id}) {verdict.band.says} ["

    assert joined(to_text(verdict)).startswith(expected)


def test_sections_stand_in_the_order_in_which_they_are_read() -> None:
    """What limits, what is waived, what is against, what is shown, what to ask; then every detail."""
    text = to_text(vet(load_clinic(ROOT / "examples" / "contradictions.yaml"), mesotherapy(), as_of=DAY))
    wanted = [
        "What limits it",
        "Waived",
        "What speaks against it",
        "What is shown",
        "What to ask next",
        "Every finding",
    ]

    places = [text.index(f"\n{title}\n") for title in wanted]

    assert sorted(places) == places


def test_the_bar_shows_the_three_parts() -> None:
    """Fifty cells, shared as the parts are."""
    (bar,) = [line for line in to_text(verdict_of("")).split("\n") if line.startswith("[")]

    assert bar == f"[{'.' * 50}]  score 50.0 of 100"


def test_a_verdict_that_never_changes_does_not_promise_a_day() -> None:
    """Where nothing is known, no day of change is named, and the sentence still makes sense."""
    text = joined(to_text(verdict_of("")))

    assert "stands until" not in text
    assert "As of 2026-11-21" in text


# --- text: hostile texts

EVIL = "\x1b[31m\x1b]0;title\x07 \u202eevil\u202c\nAVOID\r\t\x08\x7f\x85\x9b2J \u2066x\u2069 \u2028\u2029 🙂 診所 "
EVIL += "שלום عربى é"
"""Everything that a terminal could obey, and letters that it should show."""
GMC = Source(f"gmc{EVIL}", Kind.REGISTER, EVIL, dt.date(2026, 11, 1), EVIL)


def hostile_answers(text: str) -> dict[str, tuple[Statement, ...]]:
    """Answer every criterion in turn in all four ways, with the text in notes and sources."""
    sources = [Source(f"{kind}{text}"[:100], kind, text, dt.date(2026, 11, 1), text) for kind in Kind]
    turns = cycle(Answer)
    return {
        each.full_id: tuple(Statement(next(turns), source, text) for source in sources[:5])
        for each in mesotherapy().criteria()
    } | {f"{text}.{text}": (Statement(Answer.NO, sources[0], text),)}


def hostile_clinic(text: str) -> Clinic:
    """Put a text into every text field of a clinic."""
    licence = Licence(authority=text, number=text[:100], status=LicenceStatus.REVOKED, source=GMC)
    training = Training(treatment=text, provider=text, source=GMC)
    insurance = Insurance(insurer=text, covers=(text,), source=GMC)
    person = Practitioner(
        name=text, role=text, licences=(licence,), training=(training,), insurance=(insurance,), source=GMC
    )
    product = Product(
        name=text,
        maker=text,
        treatment=text,
        lot=text,
        authorisation=(Authorisation(authority=text, number=text, source=GMC),),
        supplier=Supplier(name=text, authorised=False, source=GMC),
        sealed=(Statement(Answer.NO, GMC, text),),
        source=GMC,
    )
    return Clinic(
        id=text,
        name=text,
        treatments=(text,),
        practitioners=(person,),
        products=(product,),
        registrations=(Registration(kind=RegistrationKind.PREMISES, body=text, number=text, source=GMC),),
        notices=(
            Notice(by=text, about=text, source=GMC),
            Notice(by=text, about=text, lifted=dt.date(2026, 1, 1), source=GMC),
        ),
        sanctions=(Sanction(by=text, action=Action.ALLEGATION, practitioner=text, source=GMC),),
        ratings=(Rating(platform=text, mean=Decimal("4.5"), count=100, seen=DAY),),
        reviews=(Review(platform=f"{text}2", rating=Decimal(1), date=DAY, author=text, text=text),),
        answers=hostile_answers(text),
        replies=tuple(
            Reply(criterion=each, by=text, on=DAY, text=text) for each in ("hygiene.hand_hygiene", f"{text}.{text}")
        ),
        waivers=tuple(
            Waiver(criterion=each, reason=text, owner=text, until=DAY)
            for each in ("care.cooling_off", f"{text}.{text}")
        ),
    )


@cache
def hostile_report() -> str:
    """Report on the hostile clinic, once."""
    return to_text(vet(hostile_clinic(EVIL), mesotherapy(), as_of=DAY))


def test_no_control_character_reaches_the_terminal() -> None:
    """Neither escapes nor bells, carriage returns, C1 controls, or line and paragraph separators."""
    found = {each for each in hostile_report() if unicodedata.category(each) in ("Cc", "Zl", "Zp")}

    assert found == {"\n"}


def test_no_direction_override_reaches_the_terminal() -> None:
    """Text cannot be shown backwards."""
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(hostile_report())


def test_letters_of_all_scripts_are_shown() -> None:
    """Only what does something is written out."""
    for word in ("🙂", "診所", "שלום", "عربى", "é"):
        assert word in hostile_report()


def test_a_name_cannot_start_a_line_of_its_own() -> None:
    """A line end in a name is a blank, so that a name cannot pretend to be a verdict."""
    assert not any(line.startswith("AVOID") for line in hostile_report().split("\n")[1:])


def test_hostile_texts_keep_to_80_characters() -> None:
    """Long words are broken, whatever their letters."""
    assert max(map(len, hostile_report().split("\n"))) <= 80


@pytest.mark.parametrize("text", ["診所" * 40, "🙂" * 80, "Praxis 美容診所 " * 8])
def test_wide_letters_keep_to_80_columns(text: str) -> None:
    """Letters that take two columns count as two."""
    report = to_text(vet(hostile_clinic(text), mesotherapy(), as_of=DAY))

    assert max(map(width, report.split("\n"))) <= 80


OWN_WORDS = f"""
criteria_set: 1
id: own
version: 1
title: {"T" * 300}
extends: mesotherapy
changes:
  - because: long words
    owner: us
    add:
      - category: {"c" * 64}
        title: {"Long title " * 15}
        weight: 1000000
        criteria: [{{id: {"x" * 64}, question: {"q" * 600}, weight: 1000000, severity: minor}}]
"""


def test_long_words_of_a_criteria_set_keep_to_80_columns() -> None:
    """Ids of 64 letters and long titles fit too."""
    text = to_text(vet(Clinic(id="c"), parse_criteria(OWN_WORDS), as_of=DAY))

    assert max(map(len, text.split("\n"))) <= 80


# --- text: what is told


def test_a_limit_of_several_bands_is_told_once() -> None:
    """With the labels of the bands that it kept the clinic out of."""
    limits = section(
        to_text(verdict_of("answers: {hygiene: {single_use_sharps: {answer: no, source: patient}}}")), "What limits it"
    )

    told = "critical criteria failed or in doubt: 1, allowed 0 (hygiene.single_use_sharps)"
    assert f"- not Recommended, Acceptable, Unproven: {told}" in limits
    assert limits.count("critical criteria failed or in doubt") == 1


def test_the_best_band_has_no_limits_and_says_how_settled_it_is() -> None:
    """A clinic in the best band reads how far the unknown can move it."""
    text = to_text(vet(load_clinic(ROOT / "examples" / "well-run.yaml"), mesotherapy(), as_of=DAY))

    assert section(text, "What limits it") == ""
    assert "Answering what is unknown can lead to" in section(text, "How settled it is")


def test_a_finding_that_is_all_answered_cannot_change_the_band() -> None:
    """Then the report says so."""
    facts = {each.full_id: "yes" for each in mesotherapy().criteria()}
    text = to_text(vet(clinic(facts, country="US"), mesotherapy(), as_of=DAY))

    assert "No answer to what is still unknown can change the band." in section(text, "How settled it is")


def test_replies_stand_with_their_finding() -> None:
    """Who replied and when, newest first; one of a later day does not exist yet."""
    text = section(
        to_text(
            verdict_of(
                """
answers: {hygiene: {hand_hygiene: {answer: no, source: visit}}}
replies:
  - {criterion: hygiene.hand_hygiene, by: manager, on: 2026-11-05, text: First reply.}
  - {criterion: hygiene.hand_hygiene, by: director, on: 2026-11-10, text: Second reply.}
  - {criterion: hygiene.hand_hygiene, by: director, on: 2026-11-22, text: Later reply.}
"""
            )
        ),
        "What speaks against it",
    )

    assert "reply by director, 2026-11-10: Second reply. reply by manager, 2026-11-05: First reply." in text
    assert "Later" not in text


def test_a_waiver_is_told_with_the_numbers_without_it() -> None:
    """Who left what out, until when, why; and the band and score without it."""
    verdict = verdict_of(
        """
answers: {hygiene: {hand_hygiene: {answer: no, source: visit}}}
waivers: [{criterion: hygiene.hand_hygiene, reason: The basin is being fitted, owner: A. Editor, until: 2026-12-01}]
"""
    )
    without = verdict.without_waivers
    assert without is not None
    assert without.score is not None
    assert verdict.score == 50

    waived = section(to_text(verdict), "Waived")

    assert "hygiene.hand_hygiene, left out by A. Editor until 2026-12-01: The basin is being fitted" in waived
    assert waived.endswith(f"- Without this: Unproven, score {float(rounded(without.score, 1))}.")


def test_several_waivers_are_told_with_the_numbers_without_all_of_them() -> None:
    """The sentence on the numbers fits several."""
    waived = section(
        to_text(
            verdict_of(
                """
waivers:
  - {criterion: hygiene.hand_hygiene, reason: r, owner: o, until: 2026-12-01}
  - {criterion: care.cooling_off, reason: r, owner: o, until: 2026-12-01}
"""
            )
        ),
        "Waived",
    )

    assert waived.count("left out by") == 2
    assert waived.count("Unproven, score 50.0") == 1


def test_a_failed_critical_cannot_be_waived() -> None:
    """The waiver is set aside, and a warning says so."""
    verdict = verdict_of(
        """
answers: {hygiene: {single_use_sharps: {answer: no, source: visit}}}
waivers: [{criterion: hygiene.single_use_sharps, reason: r, owner: o, until: 2026-12-01}]
"""
    )
    text = to_text(verdict)

    assert verdict.band is not None
    assert verdict.band.id == "avoid"
    assert section(text, "Waived") == ""
    assert "hygiene.single_use_sharps is not left out: it failed and is critical" in section(text, "Warnings")


def test_history_is_told_and_not_counted() -> None:
    """Notices that were lifted, decisions that have ended, and allegations, each with its source."""
    verdict = verdict_of(
        """
notices:
  - {by: Council, kind: closure, about: dirty room, issued: 2026-01-05, lifted: 2026-02-06, source: council}
sanctions:
  - {by: GMC, action: suspension, practitioner: A. Person, decided: 2020-01-01, ended: 2021-01-01, source: gmc}
  - {by: a newspaper, action: allegation, practitioner: B. Person, source: patient}
"""
    )
    history = section(to_text(verdict), "History")

    assert verdict.failed == 0
    assert "closure by Council, dirty room, issued 2026-01-05, lifted 2026-02-06" in history
    assert "suspension by GMC, about A. Person, decided 2020-01-01, ended 2021-01-01" in history
    assert "an allegation is no decision, not counted (a patient, patient, 2026-11-01)" in history
    assert history.count("not counted") == 3


def test_a_contradiction_is_shown_with_both_sides() -> None:
    """What decided first, then the other with `but`."""
    against = section(
        to_text(
            verdict_of(
                """
answers:
  hygiene:
    hand_hygiene: [{answer: yes, source: site, note: always}, {answer: no, source: visit, note: never}]
"""
            )
        ),
        "What speaks against it",
    )

    assert "no: our editor (observation, 2026-11-01): never but yes: the website (claim, 2026-11-01): always" in against


def test_what_was_cleared_is_shown_as_such() -> None:
    """An earlier `no` that a later inspection displaced stays in sight."""
    met = section(
        to_text(
            verdict_of(
                "answers: {hygiene: {hand_hygiene: [{answer: no, source: visit}, {answer: yes, source: council}]}}"
            )
        ),
        "What is shown",
    )

    assert (
        "yes: the council (inspection, 2026-11-02) earlier, since cleared: no: our editor (observation, 2026-11-01)"
        in met
    )


def test_a_later_word_that_was_outweighed_is_not_called_earlier() -> None:
    """A patient's `no` after an inspection's `yes` is outweighed; it was not earlier, and was not cleared since."""
    met = section(
        to_text(
            verdict_of(
                """
answers:
  hygiene:
    hand_hygiene: [{answer: yes, source: first}, {answer: no, source: patient}]
""".replace("first", "council")
                .replace("patient", "later")
                .replace("answers:", "  later: {kind: patient, who: a late patient, seen: 2026-11-20}\nanswers:", 1)
                .lstrip("\n")
            )
        ),
        "What is shown",
    )

    assert "outweighed: no: a late patient (patient, 2026-11-20)" in met
    assert "since cleared" not in met


def test_a_refusal_by_one_body_is_not_called_cleared_by_another() -> None:
    """Two bodies speak about two memberships: the one that holds does not clear the one that was refused."""
    met = section(
        to_text(
            verdict_of(
                """
registrations:
  - {kind: membership, body: JCCP, status: member, source: gmc}
  - {kind: membership, body: Save Face, status: refused, source: council}
"""
            )
        ),
        "What is shown",
    )

    assert "also no: the council (inspection, 2026-11-02): Save Face, refused" in met
    assert "since cleared" not in met


def test_what_agrees_is_told_as_such() -> None:
    """Another that says the same is `also`, and contradicts nothing."""
    met = section(
        text_of_lines(
            "answers: {hygiene: {hand_hygiene: [{answer: yes, source: visit}, {answer: yes, source: site}]}}"
        ),
        "What is shown",
    )

    assert "yes: our editor (observation, 2026-11-01) also yes: the website (claim, 2026-11-01)" in met


def test_what_does_not_count_is_told_as_such() -> None:
    """Where nothing decides, what was said is shown all the same."""
    report = joined(
        text_of_lines("answers: {hygiene: {hand_hygiene: {answer: not_applicable, source: site, note: no hands}}}")
    )

    assert "not counted: not applicable: the website (claim, 2026-11-01): no hands" in report


def text_of_lines(facts: str) -> str:
    """Give the text report as it is."""
    return to_text(verdict_of(facts))


def test_json_says_what_was_displaced() -> None:
    """Of each statement, whether another took its place."""
    facts = "answers: {hygiene: {hand_hygiene: [{answer: no, source: visit}, {answer: yes, source: council}]}}"
    finding = told_of(facts, "hygiene.hand_hygiene")

    assert (finding["decided_by"]["answer"], finding["decided_by"]["displaced"]) == ("yes", False)
    assert [(each["answer"], each["displaced"]) for each in finding["other_statements"]] == [("no", True)]
    assert finding["contradicted"] is False


def told_of(facts: str, full_id: str) -> dict[str, Any]:
    """Find a finding in the JSON tree."""
    tree = to_tree(verdict_of(facts))
    return next(each for category in tree["categories"] for each in category["findings"] if each["id"] == full_id)


def test_records_are_told_in_words() -> None:
    """Without underscores, with the person's name beside them."""
    facts = """
practitioners:
  - {name: B. Missing, injects: yes, licences: {authority: GMC, number: "1", status: not_found, source: gmc}}
"""
    decided = told_of(facts, "credentials.injector_licensed")["decided_by"]

    assert decided["note"] == "B. Missing"
    assert "not found" in decided["record"]
    assert "no: GMC (register, 2026-11-03): B. Missing: " + decided["record"] in text_of(facts)


def test_a_decision_in_force_names_the_person() -> None:
    """The record's text says about whom it is."""
    facts = "sanctions: [{by: GMC, action: suspension, practitioner: A. Person, decided: 2020-01-01, source: gmc}]"
    against = section(text_of_lines(facts), "What speaks against it")

    assert "suspension by GMC, about A. Person, decided 2020-01-01" in against
    assert section(text_of_lines(facts), "History") == ""


def test_what_nobody_said_is_one_row() -> None:
    """Without a sentence."""
    lines = text_of_lines("").split("\n")
    (at,) = [i for i, line in enumerate(lines) if line.startswith("  ? hand_hygiene ")]
    finding = verdict_of("").finding("hygiene.hand_hygiene")

    assert lines[at].endswith("+0.0")
    assert "unknown" in lines[at]
    assert lines[at + 1].startswith("  ? skin_antisepsis ")
    assert finding.says not in joined("\n".join(lines))


def test_a_waived_finding_says_who_left_it_out() -> None:
    """Instead of the criterion's own sentence."""
    facts = """
answers: {hygiene: {hand_hygiene: {answer: no, source: visit}}}
waivers: [{criterion: hygiene.hand_hygiene, reason: The basin is being fitted, owner: A. Editor, until: 2026-12-01}]
"""
    expected = "Left out by A. Editor until 2026-12-01: The basin is being fitted"

    assert told_of(facts, "hygiene.hand_hygiene")["says"] == expected
    assert f"hand_hygiene not applicable {expected} " in text_of(facts)


@pytest.mark.parametrize(("since", "left_out"), [("2026-11-21", True), ("2026-11-22", False)])
def test_a_waiver_holds_from_its_first_day(since: str, *, left_out: bool) -> None:
    """Before that day the criterion counts."""
    waiver = f"{{criterion: care.cooling_off, reason: r, owner: o, since: {since}, until: 2026-12-01}}"
    verdict = verdict_of(f"waivers: [{waiver}]")

    assert (verdict.finding("care.cooling_off").waiver is not None) is left_out
    assert bool(section(to_text(verdict), "Waived")) is left_out
    assert verdict.warnings == ()


RECALL = "notices: [{by: MHRA, kind: recall, about: Otherfill lot 9, issued: 2026-10-01, source: gmc}]\n"


@pytest.mark.parametrize(
    ("products", "told"),
    [("{name: Fillup, source: visit}", True), ("{lot: A17, source: visit}", True), ("{source: visit}", False)],
)
def test_a_recall_of_another_product_is_history(products: str, *, told: bool) -> None:
    """Where every product on record has a name or a lot; else it may be one of them, and is a doubt."""
    verdict = verdict_of(f"{RECALL}products: [{products}]\n")
    sentence = (
        "recall by MHRA, Otherfill lot 9, issued 2026-10-01: is about no product and lot on record here, not counted"
    )

    assert (sentence in section(to_text(verdict), "History")) is told
    assert (verdict.finding("sourcing.no_product_alert").outcome == "doubted") is not told


def test_json_is_ascii_whatever_the_texts() -> None:
    """Letters of all scripts are escaped, and come back as they were."""
    line = to_json(vet(hostile_clinic(EVIL), mesotherapy(), as_of=DAY))

    assert line.isascii()
    assert json.loads(line)["clinic"]["name"] == EVIL


def test_an_old_failure_that_still_counts_is_not_called_too_old() -> None:
    """What was found wrong keeps its strength, so its citation does not say that it counts less."""
    facts = """
  old: {kind: inspection, who: the old council, seen: 2020-01-01}
answers: {hygiene: {hand_hygiene: {answer: no, source: old}}}
"""
    against = section(to_text(verdict_of(facts.lstrip("\n"))), "What speaks against it")

    assert "the old council (inspection, 2020-01-01" in against
    assert "too old to count" not in against


def test_a_person_on_no_register_is_named() -> None:
    """Where one of several injectors fails, a reader sees which."""
    facts = """
practitioners:
  - {name: A. Listed, injects: yes, licences: {authority: GMC, number: "1", status: active, source: gmc}}
  - {name: B. Missing, injects: yes, licences: {authority: GMC, status: not_found, source: gmc}}
"""
    against = section(to_text(verdict_of(facts)), "What speaks against it")

    assert "B. Missing" in against


def test_a_decision_names_the_person_it_is_about() -> None:
    """In force or history."""
    sanction = (
        "{by: GMC, action: suspension, practitioner: A. Person, decided: 2020-01-01, ended: 2021-01-01, source: gmc}"
    )

    assert "A. Person" in section(to_text(verdict_of(f"sanctions: [{sanction}]")), "History")


def test_what_does_not_apply_anywhere_is_readable() -> None:
    """Not rated: a sentence instead of numbers, and no bar."""
    text = to_text(not_rated())

    assert text.startswith("NOT RATED  C (c)\nNothing that elsewhere asks applies to this clinic.")
    assert "score" not in text
    assert re.search(r"^ +hand_hygiene +not applicable$", text, re.MULTILINE)


def test_unasked_answers_are_warned() -> None:
    """One that speaks for the clinic quietly, one against loudly, with who said it."""
    facts = """
answers:
  hygiene:
    vial_handling: {answer: yes, source: visit}
    single_use_sharps: {answer: no, source: visit}
"""
    warnings = section(to_text(verdict_of(facts, "mesotherapy-desk")), "Warnings")

    assert warnings.split(" - answers: mesotherapy-desk does not ask ")[1:] == [
        (
            "hygiene.single_use_sharps, so this verdict LEAVES OUT no by our editor (observation); "
            "vet with a set that asks it"
        ),
        "hygiene.vial_handling",
    ]


def test_misspelt_answers_replies_and_waivers_are_warned_with_a_suggestion() -> None:
    """What the set does not ask is named, with the nearest that it does."""
    facts = """
answers: {hygiene: {hand_hygeine: {answer: yes, source: visit}}}
replies: [{criterion: hygiene.hand_hygeine, by: b, on: 2026-11-05, text: t}]
waivers: [{criterion: hygiene.hand_hygeine, reason: r, owner: o, until: 2026-12-01}]
"""
    warnings = section(to_text(verdict_of(facts)), "Warnings")

    for what, said in (("answers", ""), ("replies", " (b, 2026-11-05: t)"), ("waivers", "")):
        unasked = f"{what}: mesotherapy does not ask hygiene.hand_hygeine{said}"
        assert f"{unasked}; did you mean 'hygiene.hand_hygiene'?" in warnings


def warnings_of(facts: str) -> list[str]:
    """Give the warnings of a verdict."""
    return list(verdict_of(facts).warnings)


def test_every_kind_of_answer_against_the_clinic_that_is_left_out_is_told() -> None:
    """With its word, each once; what speaks for the clinic is not cited."""
    facts = """
answers:
  hygiene:
    zzz: [{answer: partly, source: site}, {answer: yes, source: gmc}, {answer: no, source: patient}]
"""

    assert warnings_of(facts) == [
        (
            "answers: mesotherapy does not ask hygiene.zzz, so this verdict LEAVES OUT partly by the website (claim), "
            "no by a patient (patient); vet with a set that asks it"
        )
    ]


def test_sources_seen_after_the_day_are_told() -> None:
    """By id and day, each once; the day itself is not after it."""
    facts = """
  c: {kind: register, who: w, seen: 2026-11-21}
  b: {kind: register, who: w, seen: 2026-11-22}
  a: {kind: register, who: w, seen: 2027-01-01}
answers:
  hygiene:
    hand_hygiene: [{answer: yes, source: a}, {answer: yes, source: b}, {answer: yes, source: c}]
    vial_handling: {answer: yes, source: a}
"""

    assert warnings_of(facts.lstrip("\n")) == [
        "sources: seen after 2026-11-21, so left out: a (2027-01-01), b (2026-11-22)"
    ]


def test_treatments_that_nearly_match_are_told() -> None:
    """In training and cover; another treatment altogether is none of ours, and the case of letters does not matter."""
    facts = """
practitioners:
  - name: A
    training: [{treatment: mesoterapy, source: gmc}, {treatment: Mesotherapy, source: gmc}]
    insurance: {covers: [mesotherapie, fillers], source: gmc}
"""

    assert warnings_of(facts) == [
        f"practitioners: {word!r} is none of the clinic's treatments; did you mean 'mesotherapy'?"
        for word in ("mesoterapy", "mesotherapie")
    ]


@pytest.mark.parametrize(
    ("product", "told"),
    [
        ("kind: cosmetic", "a product not named"),
        ("name: Fillup, lot: A17", "Fillup, lot A17"),
        ("expires: 2027-01-01", "a product not named, until 2027-01-01"),
        ('gs1: "(01)05060000000016(17)270630(10)A17"', "a product not named, lot A17, until 2027-06-30"),
        ("kind: cosmetic, lot: A17, source: visit", None),
        ("name: Fillup, kind: device", None),
    ],
)
def test_what_a_product_without_a_source_cannot_say_is_told(product: str, told: str | None) -> None:
    """Its kind, lot and expiry count only where somebody saw the pack; it is named, whatever its place."""
    tail = "kind, lot and expiry say nothing without a source; add 'source:' to the product"
    expected = [f"products: {told}: {tail}"] if told else []

    for listed in (f"{{name: X, source: visit}}, {{{product}}}", f"{{{product}}}, {{name: X, source: visit}}"):
        facts = f"default_source: visit\nproducts: [{listed}]\n"
        assert [each for each in warnings_of(facts) if "without a source" in each] == expected


def test_warnings_stand_right_after_the_head() -> None:
    """Before what limits the verdict, because they say what it leaves out."""
    text = to_text(verdict_of("answers: {hygiene: {zzz: {answer: no, source: visit}}}"))
    parts = text.split("\n\n")

    assert parts[1].endswith("\nAs of 2026-11-21.")
    assert [part.split("\n")[0] for part in parts[2:4]] == ["Warnings", "What limits it"]


def test_at_most_five_questions_are_told() -> None:
    """The others are counted."""
    questions = section(to_text(verdict_of("")), "What to ask next")
    count = sum(1 for _ in mesotherapy().criteria())

    assert " 5. " in questions
    assert " 6. " not in questions
    assert f"and {count - 5} more" in questions


# --- digits


@pytest.mark.parametrize(
    ("found", "wanted", "digits", "expected"),
    [
        (Fraction(501, 100), 5, 1, Fraction(501, 100)),
        (Fraction(51, 10), 5, 1, Fraction(51, 10)),
        (Fraction(500001, 100000), 5, 1, Fraction(500001, 100000)),
        (Fraction(69996, 1000), 70, 2, Fraction(69996, 1000)),
        (Fraction(5), 5, 1, Fraction(5)),
    ],
)
def test_a_limit_is_shown_with_enough_digits_to_be_seen(
    found: Fraction, wanted: int, digits: int, expected: Fraction
) -> None:
    """What is just above a limit does not look equal to it."""
    assert expected == seen_apart(found, Fraction(wanted), digits)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_limits_show_the_figures_of_the_header(path: Any) -> None:
    """What is proven and failed is one number in each report, wherever it is told."""
    verdict = vet(load_clinic(path), mesotherapy(), as_of=DAY)
    tree, lines = to_tree(verdict), to_text(verdict).split("\n")
    (header,) = [line for line in lines if line.startswith(" proven ")]
    parts = dict(zip(header.split()[::2], header.split()[1::2], strict=False))
    parted = [each for each in tree["limits"] if each["condition"] in ("proven_at_least", "failed_at_most")]

    for each in parted:
        name = each["condition"].split("_")[0]
        assert each["found"] == tree[name]
        assert f": {float(parts[name]):g} points {name}, wanted at " in section(to_text(verdict), "What limits it")


def test_limits_of_thirds_show_the_apportioned_figure() -> None:
    """The header rounds its parts so that they add up; a limit shows the part, not its own rounding."""
    good = "{id: good, label: Good, critical_failed: 0, proven_at_least: 60, failed_at_most: 10}"
    criteria = parse_criteria(THIRDS.replace("bands: [", f"bands: [{good}, "))
    verdict = vet(clinic({"a.x": "yes", "a.y": "no"}), criteria, as_of=DAY)
    tree, numbers = to_tree(verdict), shown(verdict, 1)
    assert numbers is not None

    assert {each["condition"]: each["found"] for each in tree["limits"]} == {
        "failed_at_most": tree["failed"],
        "proven_at_least": tree["proven"],
    }
    assert f"{float(numbers.parts['failed'])} points failed" in to_text(verdict)
    assert f"{float(numbers.parts['proven'])} points proven" in to_text(verdict)
    assert sorted(tree[each] for each in ("proven", "unknown", "failed")) == [33.33, 33.33, 33.34]


def test_a_limit_just_missed_is_told_apart_in_both_reports() -> None:
    """The report never says that 15 is more than 15."""
    criteria = parse_criteria(JUST_MISSED)
    verdict = vet(clinic({"a.x": "no"}), criteria, as_of=DAY)

    assert "15.0004 points failed, wanted at most 15" in joined(to_text(verdict))
    assert [each["found"] for each in to_tree(verdict)["limits"]] == [15.0004]


def one_category(bands: str, *criteria: str) -> str:
    """Write a set of minor criteria, all in one category."""
    asked = "".join(f"      - {{{each}, question: A?, severity: minor}}\n" for each in criteria)
    return f"""
criteria_set: 1
id: one
version: 1
title: One
evidence: {{register: 100, inspection: 100, document: 80, observation: 80, patient: 40, claim: 40}}
fresh_for: 1 year
failures_fresh_for: 1 year
categories:
  - id: a
    title: A
    weight: 1
    criteria:
{asked}
bands: [{bands}]
"""


JUST_MISSED = one_category(
    "{id: good, label: Good, critical_failed: 0, failed_at_most: 15}, {id: rest, label: Rest}",
    "id: x, weight: 150004",
    "id: y, weight: 849996",
)


@pytest.mark.parametrize("digits", [1, 2])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_shown_numbers_add_up(path: Any, digits: int) -> None:
    """Parts sum to 100, start and effects to the score, in each report's digits."""
    numbers = shown(vet(load_clinic(path), mesotherapy(), as_of=DAY), digits)
    assert numbers is not None

    assert sum(numbers.parts.values()) == 100
    assert numbers.score == numbers.start + sum(numbers.effects.values())


@pytest.mark.parametrize("digits", [1, 2])
def test_shown_numbers_are_within_one_unit_of_the_exact_ones(digits: int) -> None:
    """Nothing is moved further than the last digit."""
    verdict = vet(load_clinic(ROOT / "examples" / "contradictions.yaml"), mesotherapy(), as_of=DAY)
    numbers = shown(verdict, digits)
    assert numbers is not None

    for each in verdict.findings:
        if each.effect is not None:
            assert abs(each.effect - numbers.effects[each.id]) < Fraction(1, 10**digits)


THIRDS = one_category("{id: rest, label: Rest}", *(f"id: {each}, weight: 1" for each in "xyz"))


def test_equal_weights_show_equal_points() -> None:
    """Each rounded on its own, even where they then do not sum to 100."""
    verdict = vet(clinic({"a.x": "yes", "a.y": "no"}), parse_criteria(THIRDS), as_of=DAY)
    (category,) = to_tree(verdict)["categories"]

    assert [each["points"] for each in category["findings"]] == [33.33] * 3
    assert category["points"] == 100
    assert to_text(verdict).count(" 33.3 points") == 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_points_are_shown_as_their_nearest_number(path: Any) -> None:
    """In hundredths in JSON, and null where a finding has none."""
    verdict = vet(load_clinic(path), mesotherapy(), as_of=DAY)
    tree = json.loads(to_json(verdict), parse_float=Fraction)
    told = {each["id"]: each["points"] for category in tree["categories"] for each in category["findings"]}

    expected = {each.id: None if each.points is None else rounded(each.points, 2) for each in verdict.findings}

    assert expected == told


def test_a_finding_without_effect_shows_none() -> None:
    """Rounding never makes an unknown finding move the score."""
    verdict = vet(load_clinic(ROOT / "examples" / "contradictions.yaml"), mesotherapy(), as_of=DAY)
    for digits in (1, 2):
        numbers = shown(verdict, digits)
        assert numbers is not None
        assert {numbers.effects[each.id] for each in verdict.findings if each.effect == 0} == {0}


# --- JSON

KEYS = [
    "verdict", "clinic", "criteria", "dossier_digest", "as_of", "valid_until", "library", "band", "start", "score",
    "proven", "unknown", "failed", "limits", "settled", "reachable", "categories", "questions", "fixes", "warnings",
]  # fmt: skip
FINDING_KEYS = [
    "id", "outcome", "severity", "points", "proven", "failed", "effect", "says", "why", "decided_by",
    "other_statements", "contradicted", "changes_on", "references", "reply",
]  # fmt: skip


def in_order(wanted: list[str], tree: dict[str, Any]) -> bool:
    """Say whether all wanted keys are there in their order; others may stand between them."""
    return [key for key in tree if key in wanted] == wanted


def not_rated() -> Verdict:
    """Vet a clinic to which nothing applies."""
    return vet(parse_clinic(HEAD), parse_criteria(NOTHING_APPLIES), as_of=DAY)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_json_has_the_keys_of_the_format_in_their_order(path: Any) -> None:
    """Additional keys may stand between them."""
    tree = json.loads(to_json(vet(load_clinic(path), mesotherapy(), as_of=DAY)))

    assert in_order(KEYS, tree)
    for category in tree["categories"]:
        assert in_order(["id", "title", "points", "proven", "unknown", "failed", "findings"], category)
        assert all(in_order(FINDING_KEYS, each) for each in category["findings"])
    for each in tree["questions"]:
        assert in_order(["criterion", "ask", "check", "points", "opens"], each)


def test_json_cites_the_statement_that_decided() -> None:
    """Its answer, kind, who, when, and how fresh it is."""
    tree = to_tree(verdict_of("answers: {hygiene: {hand_hygiene: {answer: yes, source: visit, note: two in a row}}}"))
    (finding,) = [each for each in tree["categories"][1]["findings"] if each["id"] == "hygiene.hand_hygiene"]

    cited = {"answer": "yes", "kind": "observation", "who": "our editor", "seen": "2026-11-01", "fresh": "full"}
    assert cited.items() <= finding["decided_by"].items()
    assert (finding["proven"], finding["failed"], finding["outcome"]) == (80, 0, "met")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_json_numbers_add_up_in_two_digits(path: Any) -> None:
    """As a reader would add them: in hundredths, without error."""
    tree = json.loads(to_json(vet(load_clinic(path), mesotherapy(), as_of=DAY)), parse_float=Fraction)
    findings = [each for category in tree["categories"] for each in category["findings"]]

    assert Fraction(tree["proven"]) + tree["unknown"] + tree["failed"] == 100
    assert tree["score"] == tree["start"] + sum(Fraction(each["effect"] or 0) for each in findings)


def test_json_of_what_is_not_rated_holds_nulls() -> None:
    """Never 0 and never 100; the finding is listed."""
    tree = json.loads(to_json(not_rated()))

    assert [tree[key] for key in ("band", "start", "score", "proven", "unknown", "failed")] == [None] * 6
    assert tree["settled"] == tree["reachable"] == {"best": None, "worst": None}
    (category,) = tree["categories"]
    (finding,) = category["findings"]
    assert [category[key] for key in ("points", "proven", "unknown", "failed")] == [None] * 4
    assert [finding[key] for key in ("points", "proven", "failed", "effect")] == [None] * 4
    assert finding["outcome"] == "not_applicable"
    assert tree["limits"] == tree["questions"] == tree["fixes"] == []


@pytest.mark.parametrize("since", [None, "2026-11-01"])
def test_json_holds_waivers_and_the_numbers_without_them(since: str | None) -> None:
    """Null where none is in force, and where a waiver has no first day."""
    waiver = {"criterion": "care.cooling_off", "reason": "r", "owner": "o", "since": since, "until": "2026-12-01"}
    tree = to_tree(verdict_of(f"waivers: [{json.dumps(waiver)}]"))
    without = to_tree(verdict_of(""))

    assert tree["waivers"] == [waiver]
    assert [each["waiver"] for one in tree["categories"] for each in one["findings"] if each["waiver"]] == [waiver]
    assert tree["without_waivers"] == {key: without[key] for key in tree["without_waivers"]}
    assert without["without_waivers"] is None


def test_json_is_one_line_whatever_the_texts() -> None:
    """Line ends inside texts are escaped; the texts come back as they were."""
    line = to_json(vet(hostile_clinic(EVIL), mesotherapy(), as_of=DAY))

    assert "\n" not in line
    assert json.loads(line)["clinic"]["name"] == EVIL


def test_json_holds_no_raw_control_characters() -> None:
    """What a terminal could obey is escaped in JSON too: it is printed there."""
    line = to_json(vet(hostile_clinic(EVIL), mesotherapy(), as_of=DAY))

    assert {each for each in line if unicodedata.category(each) == "Cc"} == set()


def test_reports_of_equal_verdicts_are_equal() -> None:
    """The order in which records were written does not show."""
    given = load_clinic(ROOT / "examples" / "contradictions.yaml")
    turned = attrs.evolve(
        given,
        answers=dict(reversed([(key, tuple(reversed(said))) for key, said in given.answers.items()])),
        waivers=tuple(reversed(given.waivers)),
        products=tuple(reversed(given.products)),
    )

    for report in (to_json, to_text):
        assert report(vet(given, mesotherapy(), as_of=DAY)) == report(vet(turned, mesotherapy(), as_of=DAY))
