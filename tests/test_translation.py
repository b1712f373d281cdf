"""Criteria sets in other languages: every word there, the facts kept, and no number moved."""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from cases import DAY, HERE, ROOT, clinic, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from strategies import ANSWERS, KINDS

from clinic_vetting import (
    CriteriaSet,
    InputError,
    Outcome,
    clinic_from,
    criteria_digest,
    document,
    in_language,
    languages,
    load_clinic,
    load_criteria,
    load_translation,
    missing,
    parse_criteria,
    shipped,
    to_json,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.reports.criteria_text import criteria_text
from clinic_vetting.translation import read, texts

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [each for each in languages() if each != "en"]
GOLDEN = HERE / "golden" / "languages"
IDS = [each.full_id for each in mesotherapy().criteria()]
SENTENCES = {"says", "why", "ask", "check", "if_failed", "label", "title", "notes", "warnings", "history", "record"}
OWN = """
criteria_set: 1
id: our-site
version: 1.0.0
title: How our site vets clinics
extends: mesotherapy
changes:
  - because: Our readers ask for it.
    owner: the editors
    add:
      - category: care
        criteria:
          - id: wheelchair_access
            question: Can a wheelchair user reach the treatment room?
            weight: 3
            severity: minor
            says: {met: A wheelchair user can reach the treatment room.}
    set:
      hygiene.hand_hygiene: {ask: Do you wash your hands?}
"""
OWN_WORDS = """
translation: 1
of: our-site
title: Cómo evalúa nuestra web las clínicas
criteria:
  care.wheelchair_access:
    question: ¿Se puede llegar en silla de ruedas a la sala?
    says: {met: Se puede llegar en silla de ruedas a la sala.}
  hygiene.hand_hygiene: {ask: ¿Se lava las manos?}
changes: {1: Lo piden quienes nos leen.}
"""


def pairs(name: str, language: str) -> list[tuple[str, str, str]]:
    """Give each text of a shipped set with its path, in English and in a language."""
    criteria = load_criteria(name)
    other = dict(texts(in_language(criteria, language)))
    return [(path, text, other[path]) for path, text in texts(criteria)]


def numbers(text: str) -> list[str]:
    """Give the numbers of a text, however their thousands and decimals are parted."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\u00a0 ](?=\d)", "", text)))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", shipped())
def test_a_shipped_set_has_all_its_words(name: str, language: str) -> None:
    """Nothing is missing, and nothing was left in English."""
    assert missing(load_criteria(name), language) == ()
    assert [path for path, original, text in pairs(name, language) if original == text] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", shipped())
def test_a_translation_keeps_the_facts(name: str, language: str) -> None:
    """Every number of the original is told, and no other."""
    assert [path for path, original, text in pairs(name, language) if numbers(original) != numbers(text)] == []


@pytest.mark.parametrize("name", shipped())
def test_spanish_keeps_the_names_of_bodies(name: str) -> None:
    """Short names of authorities stay, but for those that have a Spanish one."""
    own = {"WHO": "OMS", "HIV": "VIH"}

    def bodies(text: str) -> set[str]:
        return {own.get(each, each) for each in re.findall(r"\b[A-Z]{3,}\b", text)}

    assert [path for path, original, text in pairs(name, "es") if not bodies(original) <= bodies(text)] == []


@pytest.mark.parametrize("name", shipped())
def test_spanish_says_what_has_not_been_shown(name: str) -> None:
    """An allegation and a claim stay what they are."""
    told = [(path, text) for path, original, text in pairs(name, "es") if "has not been shown" in original]

    assert len(told) > 10
    assert [path for path, text in told if not re.search("no se ha(n)? demostrado", text)] == []


@pytest.mark.parametrize("name", shipped())
def test_whoever_changes_a_sentence_reads_its_translation(name: str) -> None:
    """The originals are as they were when they were translated.

    Where this fails, read `criteria/es/` for what is listed, mend it, and write the list anew with `UPDATE_GOLDEN=1`.
    """
    originals: dict[str, str] = {}
    for path, text in texts(load_criteria(name)):
        thing = ".".join(path.split(".")[: 3 if path.startswith("criteria") else 2])
        originals[thing] = hashlib.sha256(f"{originals.get(thing)}{path}{text}".encode()).hexdigest()[:12]
    golden, found = GOLDEN / f"{name}.originals.txt", [f"{digest}  {thing}" for thing, digest in originals.items()]
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("\n".join(found) + "\n", encoding="utf-8")

    assert sorted(set(found) ^ set(golden.read_text(encoding="utf-8").splitlines())) == []


def test_a_set_in_another_language_has_the_same_digest() -> None:
    """So verdicts in two languages can be compared; back in English it is the set itself."""
    spanish = in_language(mesotherapy(), "es")

    assert (spanish.language, criteria_digest(spanish)) == ("es", criteria_digest(mesotherapy()))
    assert in_language(spanish, "en") is mesotherapy()
    assert missing(spanish, "en") == ()


answers = st.dictionaries(st.sampled_from(IDS), st.sampled_from(ANSWERS), max_size=20)


@given(facts=answers, kind=st.sampled_from(KINDS))
def test_no_number_and_no_id_depends_on_the_language(facts: dict[str, str], kind: str) -> None:
    """Only sentences differ between two languages."""
    verdict = vet(clinic(facts, kind=kind, country="GB", region="GB-ENG"), mesotherapy(), as_of=DAY)

    assert without_sentences(to_tree(verdict)) == without_sentences(to_tree(verdict, language="es"))


def without_sentences(tree: Any) -> Any:
    """Leave out what people read."""
    if isinstance(tree, dict):
        return {key: without_sentences(each) for key, each in tree.items() if key not in SENTENCES}
    return [without_sentences(each) for each in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("dossier", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda each: each.stem)
def test_json_is_english_where_no_language_is_asked_for(dossier: Path) -> None:
    """The same bytes; in Spanish the fast writer and the readable one agree too."""
    verdict = vet(load_clinic(dossier), mesotherapy(), as_of=DAY)

    assert to_json(verdict) == to_json(verdict, language="en")
    assert json.loads(to_json(verdict, language="es")) == to_tree(verdict, language="es")
    assert to_json(verdict, language="es") != to_json(verdict)


@pytest.mark.parametrize("name", ["contradictions", "well-run"])
def test_an_example_gives_its_golden_report_in_spanish(name: str) -> None:
    """Byte for byte, at most 80 columns wide."""
    verdict = vet(load_clinic(ROOT / "examples" / f"{name}.yaml"), mesotherapy(), as_of=DAY)
    golden, found = GOLDEN / f"{name}.es.txt", to_text(verdict, language="es")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == found
    assert max(map(len, found.splitlines())) <= 80


RATED = {
    "dossier": 1,
    "clinic": {"id": "c"},
    "ratings": [{"platform": "Example Maps", "mean": "4.6", "count": "212", "seen": "2026-11-01"}],
}


def test_what_measures_note_is_said_in_spanish_too() -> None:
    """In the report and in JSON."""
    verdict = vet(clinic_from(RATED), mesotherapy(), as_of=DAY)
    note = "212 valoraciones en Example Maps (paciente, 2026-11-01): media de 4.60 sobre 5 en 212 valoraciones"

    assert note in " ".join(to_text(verdict, language="es").split())
    assert "mean 4.60 of 5 from 212 ratings" in to_json(verdict)
    assert json.loads(to_json(verdict, language="es")) == to_tree(verdict, language="es")
    assert "media de 4.60 sobre 5 en 212 valoraciones" in to_json(verdict, language="es")


def test_what_has_no_translation_is_shown_in_english_and_listed() -> None:
    """A site's own criterion, and the words that it changed; all else is in Spanish."""
    own = parse_criteria(OWN)
    facts = {"care.wheelchair_access": "yes", "hygiene.hand_hygiene": "yes", "care.follow_up": "no"}

    report = to_text(vet(clinic(facts), own, as_of=DAY), language="es")

    assert "+ A wheelchair user can reach the treatment room." in report
    assert "+ Las manos se limpian y los guantes se cambian con cada paciente." in report
    assert missing(own, "es") == (
        "title",
        "criteria.hygiene.hand_hygiene.ask",
        "criteria.care.wheelchair_access.question",
        "criteria.care.wheelchair_access.says.met",
        "changes.1",
    )
    unsaid = in_language(own, "es").categories[3].criteria[-1]
    assert unsaid.says == {"met": "A wheelchair user can reach the treatment room."}


def test_a_set_of_ones_own_brings_its_words(tmp_path: Path) -> None:
    """Then nothing is missing; outcomes without a sentence say the question and a plain word."""
    own, file = parse_criteria(OWN), tmp_path / "our-site.es.yaml"
    file.write_text(OWN_WORDS, encoding="utf-8")
    translation = load_translation(file, own)
    spanish = in_language(own, "es", translation)

    assert missing(own, "es", translation) == ()
    assert {each.because for each in spanish.changes} == {"Lo piden quienes nos leen."}
    said = {each.full_id: each for each in spanish.criteria()}["care.wheelchair_access"].says
    assert said[Outcome.MET] == "Se puede llegar en silla de ruedas a la sala."
    assert said[Outcome.FAILED] == "¿Se puede llegar en silla de ruedas a la sala? Está demostrado que no es así."


def test_why_a_set_changed_is_said_in_spanish_wherever_the_reason_stands() -> None:
    """What the set below says of itself keeps its words under what is built on it."""
    desk = OWN.replace("extends: mesotherapy", "extends: mesotherapy-desk")
    own = parse_criteria(desk.partition("    set:")[0])

    spanish = list(dict.fromkeys(each.because for each in in_language(own, "es").changes))
    assert len(spanish) == 5
    assert spanish[0].startswith("Una comprobación desde el escritorio puede consultar registros")
    assert spanish[4] == "Our readers ask for it."
    assert [each for each in missing(own, "es") if each.startswith("changes")] == ["changes.1"]


def test_a_reason_added_below_moves_no_translation(tmp_path: Path) -> None:
    """A set counts its own reasons first, so that its words stay where they are; those below follow."""
    (tmp_path / "below.yaml").write_text(OWN, encoding="utf-8")
    changes = [
        {"because": "Not asked.", "owner": "us", "drop": ["care.follow_up"]},
        {"because": "Not ours.", "owner": "us", "drop": ["care.cooling_off"]},
    ]
    head = {"criteria_set": 1, "id": "above", "version": "1.0.0", "title": "Above", "changes": changes}
    on_shipped, on_below = (
        parse_criteria(json.dumps({**head, "extends": each}), folder=tmp_path) for each in ("mesotherapy", "below.yaml")
    )

    def reasons(criteria: CriteriaSet) -> dict[str, str]:
        return {path: text for path, text in texts(criteria) if path.startswith("changes")}

    own = {"changes.1": "Not asked.", "changes.2": "Not ours."}
    assert reasons(on_shipped) == own
    assert reasons(on_below) == {**own, "changes.3": "Our readers ask for it."}
    assert reasons(in_language(on_below, "es")) == reasons(on_below)


def test_an_overlay_may_give_notes_in_another_order() -> None:
    """A note finds its words wherever it stands."""
    (first, second, *rest) = next(each for each in mesotherapy().criteria() if each.id == "cooling_off").our_standard
    notes = [{"says": each.says, "countries": list(each.countries)} for each in (second, *rest, first)]
    change = f"care.cooling_off: {json.dumps({'our_standard': notes})}"
    own = parse_criteria(OWN.replace("hygiene.hand_hygiene: {ask: Do you wash your hands?}", change))

    assert not [each for each in missing(own, "es") if "our_standard" in each]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a", "t.yaml:1: document: expected a translation: a mapping with 'translation: 1'"),
        ("of: mesotherapy", "t.yaml:1: translation: expected the format version, 'translation: 1'"),
        ("translation: 1\nof: our-site", "t.yaml:2: of: expected mesotherapy, the set that it translates"),
        (
            "translation: 1\nof: mesotherapy\ncriteria:\n  hygiene.hand_hygeine:\n    ask: x",
            "t.yaml:5: criteria.hygiene.hand_hygeine.ask: expected a text that mesotherapy has, got a text without an",
        ),
        (
            "translation: 1\nof: mesotherapy\ncriteria:\n  hygiene.hand_hygiene:\n    our_standard: [a, b]",
            "t.yaml:5: criteria.hygiene.hand_hygiene.our_standard[1]: expected a text that mesotherapy has",
        ),
        (
            "translation: 1\nof: mesotherapy\nbands:\n  avoid: {label: 'Evitar {x}'}",
            "t.yaml:4: bands.avoid.label: expected the placeholders of the original: none",
        ),
        ("translation: 1\nof: mesotherapy\nweights: 1", "t.yaml:3: weights: expected one of"),
    ],
)
def test_a_fault_of_a_translation_names_its_line(text: str, fault: str) -> None:
    """What the set does not have, and placeholders that differ, are told."""
    with pytest.raises(InputError) as error:
        read(document.parse(text, "t.yaml"), mesotherapy())

    assert str(error.value).startswith(fault)


def test_an_unknown_language_is_refused_everywhere() -> None:
    """By verdicts, by sets and by the list of what is missing."""
    verdict = vet(clinic({}), mesotherapy(), as_of=DAY)

    for refused in (
        lambda: to_text(verdict, language="fr"),
        lambda: to_json(verdict, language="fr"),
        lambda: to_tree(verdict, language="fr"),
        lambda: in_language(mesotherapy(), "fr"),
        lambda: missing(mesotherapy(), "fr"),
    ):
        with pytest.raises(InputError, match="language: code: expected one of en, es, got 'fr'"):
            refused()


AS_OF = ("--as-of", "2026-11-21")
EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["vet", "minimal.yaml", *AS_OF], "SIN DEMOSTRAR  Example Clinic (example-clinic)\nNo se sabe lo suficiente"),
        (["check", "minimal.yaml"], "minimal.yaml: sin fallos, avisos: 0"),
        (
            ["fixes", "contradictions.yaml", *AS_OF],
            "PRECAUCIÓN: Example Garden Clinic (example-garden-clinic)\nA fecha",
        ),
        (["forecast", "minimal.yaml", *AS_OF], "SIN DEMOSTRAR: Example Clinic (example-clinic)\nA fecha de"),
        (["robustness", "minimal.yaml", *AS_OF], "SIN DEMOSTRAR: Example Clinic (example-clinic)\nA fecha de"),
        (["compare", "minimal.yaml", "well-run.yaml", *AS_OF], "2 clínicas, mesotherapy 1.0.0, a fecha de 2026-11-21"),
        (
            ["diff", "minimal.yaml", "--as-of-b", "2027-01-01", *AS_OF],
            "Example Clinic (example-clinic)\nDel 2026-11-21 al 2027-01-01.\n\nSigue en Sin demostrar",
        ),
        (["criteria", "show", "mesotherapy"], "Evaluación de una clínica de mesoterapia\n"),
    ],
)
def test_each_command_speaks_spanish(
    arguments: list[str], begins: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked with `--language es`."""
    monkeypatch.chdir(EXAMPLES)

    assert main([*arguments, "--language", "es"]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_a_command_takes_a_translation_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--translation FILE`."""
    (tmp_path / "our.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "our.es.yaml").write_text(OWN_WORDS, encoding="utf-8")
    words = ["--language", "es", "--translation", str(tmp_path / "our.es.yaml")]

    assert main(["criteria", "show", str(tmp_path / "our.yaml"), *words]) == 0
    assert capsys.readouterr().out.startswith("Cómo evalúa nuestra web las clínicas\n")


def test_a_command_refuses_an_unknown_language(capsys: pytest.CaptureFixture[str]) -> None:
    """It says which there are."""
    assert main(["vet", str(EXAMPLES / "minimal.yaml"), *AS_OF, "--language", "de"]) == 2
    assert "language: code: expected one of en, es, got 'de'" in capsys.readouterr().err


def test_a_set_is_shown_with_spans_in_words() -> None:
    """One month and several."""
    shown = criteria_text(in_language(mesotherapy(), "es"))

    assert "(reciente durante 1 mes)" in shown
    assert "(reciente durante 3 meses)" in " ".join(shown.split())


def test_a_set_in_spanish_can_be_evaluated_itself() -> None:
    """Its verdicts speak Spanish, without asking."""
    spanish: CriteriaSet = in_language(mesotherapy(), "es")
    verdict = vet(clinic({"hygiene.hand_hygiene": "no"}), spanish, as_of=DAY)

    assert verdict.finding("hygiene.hand_hygiene").says.startswith("Entre pacientes no se limpian")
    assert to_text(verdict) == to_text(verdict, language="es")
    assert verdict.in_language("es") is verdict
