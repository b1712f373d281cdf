"""`criteria lint`, `diff`, `changes` and `backtest` on the command line."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import zstandard
from cases import ROOT
from upkeep_sets import clean

from clinic_vetting import upkeep
from clinic_vetting.cli import main

pytest.importorskip("numpy")
OWN = str(ROOT / "examples" / "criteria" / "our-site.yaml")
LISTINGS = str(ROOT / "examples" / "listings.ndjson")
WELL_RUN = str(ROOT / "examples" / "well-run.yaml")
FATAL = str(ROOT / "examples" / "fatal-fact.yaml")
DAY = ["--as-of", "2026-11-21"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["criteria", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def written(tmp_path: Path, tree: dict[str, Any]) -> str:
    (tmp_path / "set.json").write_text(json.dumps(tree, indent=1))
    return str(tmp_path / "set.json")


# --- lint


def test_lint_gives_0_where_there_are_only_notes(capsys: pytest.CaptureFixture[str]) -> None:
    """They are told all the same, with file and line, why and what to do."""
    code, out, _ = run(capsys, "lint", "mesotherapy")

    assert code == 0
    assert out.startswith(
        "mesotherapy 1.0.0: scores from 0.0 to 100.0, 50.0 where nothing is known\n\nmesotherapy.yaml:"
    )
    assert out.count("    Why: ") == out.count("    Do: ") == 3
    assert out.endswith("\n0 to mend, 3 to know\n")


def test_lint_gives_1_where_something_is_to_mend_unless_it_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was accepted is told as such."""
    tree = clean()
    del tree["categories"][0]["criteria"][0]["why"]
    name = written(tmp_path, tree)

    assert run(capsys, "lint", name)[0] == 1
    code, out, _ = run(capsys, "lint", name, "--accept", "missing-advice")
    assert code == 0
    assert "accepted (missing-advice): a.q0 does not say why." in out


def test_lint_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each remark with rule, level, file, line, path and words."""
    tree = clean()
    tree["bands"] = tree["bands"][-1:]
    code, out, _ = run(capsys, "lint", written(tmp_path, tree), "--format", "json")
    found = json.loads(out)

    assert code == 0
    assert found["scores"] == {"least": 0.0, "start": 50.0, "most": 100.0}
    assert [(each["rule"], each["level"], each["path"]) for each in found["remarks"]] == [
        ("one-band", "note", "bands[0]")
    ]
    assert found["remarks"][0]["line"] > 1
    assert found["remarks"][0]["file"].endswith("set.json")


def test_lint_of_a_set_that_cannot_be_read_gives_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its faults."""
    tree = clean()
    tree["categories"][0]["criteria"][0]["weight"] = 0
    code, out, error = run(capsys, "lint", written(tmp_path, tree))

    assert (code, out) == (2, "")
    assert "categories[0].criteria[0].weight: expected a whole number from 1" in error


# --- diff and changes


def test_diff_and_changes_as_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the example against the set that it builds on."""
    code, out, _ = run(capsys, "diff", "mesotherapy", OWN)
    assert code == 0
    assert "  hygiene.hand_hygiene (2.11 -> 3.13 points)\n    weight: 6 -> 8\n" in out
    tree = json.loads(run(capsys, "diff", "mesotherapy", OWN, "--format", "json")[1])
    assert {"category hygiene weight", "criterion care.wheelchair_access ", "reference equality-act "} <= {
        f"{each['kind']} {each['id']} {each['field']}" for each in tree["differences"]
    }

    code, out, _ = run(capsys, "changes", OWN)
    assert code == 0
    assert "  by Readers' desk\n" in out
    changes = json.loads(run(capsys, "changes", OWN, "--format", "json")[1])
    assert [each["owner"] for each in changes["changes"]][-1] == "Readers' desk"
    assert changes["diff"] == tree


def test_changes_reach_down_to_the_set_at_the_bottom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through files beside each other; those of every layer are told."""
    (tmp_path / "base.json").write_text(json.dumps(clean()))
    for name, below, weight in (("one", "base.json", 5), ("two", "one.json", 6)):
        change = {"because": f"reason {name}", "owner": "us", "weights": {"a": weight}}
        tree = {"criteria_set": 1, "id": name, "version": "1", "title": name, "extends": below, "changes": [change]}
        (tmp_path / f"{name}.json").write_text(json.dumps(tree))
    out = run(capsys, "changes", str(tmp_path / "two.json"))[1]

    assert "reason one\n  by us\n    - a: weight 4 -> 5\n" in out
    assert "reason two\n  by us\n    - a: weight 5 -> 6\n" in out
    assert "clean 1 -> two 1\n" in out
    assert "  a\n    weight: 4 -> 6\n" in out


# --- backtest


def test_backtest_reads_files_and_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain and packed; the conditions that keep a clinic out are named."""
    (tmp_path / "more.ndjson.gz").write_bytes(gzip.compress(Path(LISTINGS).read_bytes()))
    names = [FATAL, WELL_RUN, LISTINGS, str(tmp_path / "more.ndjson.gz")]
    code, out, error = run(capsys, "backtest", "mesotherapy", "mesotherapy-desk", *names, *DAY)

    assert (code, error) == (0, "")
    assert "6 listings, 1 with another band; rank correlation 0." in out
    assert "    recommended asks critical_in_doubt 0, found 1: hygiene.single_use_sharps\n" in out


def test_backtest_of_the_example_vets_again_what_is_asked_anew(capsys: pytest.CaptureFixture[str]) -> None:
    """And of a set with only other weights rescoring is enough; both as JSON."""
    code, out, _ = run(capsys, "backtest", "mesotherapy", OWN, WELL_RUN, LISTINGS, *DAY, "--format", "json")
    tree = json.loads(out)

    assert code == 0
    assert tree["listings"] == 3
    assert {part["because"] for each in tree["largest"] for part in each["parts"]} >= {"removed", "points"}
    assert sum(map(sum, tree["bands"]["listings"])) == 3


def test_backtest_tells_what_it_cannot_read_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From files, lines and standard input: with file and line, and exit code 2."""
    (tmp_path / "bad.yaml").write_text("dossier: 1\nclinic: {id: x, country: UK}\n")
    line = Path(LISTINGS).read_text().splitlines()[0]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f'{line}\n{{"dossier": 2}}\n{line}\n'.encode())))
    packed = tmp_path / "packed.ndjson.zst"
    packed.write_bytes(zstandard.compress(line.encode()))
    monkeypatch.setitem(sys.modules, "zstandard", None)
    names = [str(tmp_path / "bad.yaml"), str(packed), "-", str(tmp_path / "none.ndjson")]
    code, out, error = run(capsys, "backtest", "mesotherapy", "mesotherapy-desk", *names, *DAY)

    assert code == 2
    assert "2 listings" in out
    assert "bad.yaml:2: clinic.country: expected" in error
    assert "<stdin>:2: dossier: expected" in error
    assert "none.ndjson: document: expected a file that can be read, got No such file" in error
    assert f"{packed} needs zstandard: pip install 'clinic-vetting[zstd]'\n" in error


@pytest.mark.parametrize(("language", "verb"), [("en", "needs"), ("es", "necesita")])
def test_backtest_tells_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, verb: str
) -> None:
    """As every command does that needs an extra."""
    for name in ("backtest", "backtest_report"):
        monkeypatch.delitem(sys.modules, f"clinic_vetting.upkeep.{name}", raising=False)
        monkeypatch.delattr(upkeep, name, raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    code, _, error = run(capsys, "backtest", "mesotherapy", "mesotherapy-desk", WELL_RUN, "--language", language)

    assert code == 2
    assert error == f"criteria backtest {verb} numpy: pip install 'clinic-vetting[matrix]'\n"


def test_backtest_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has nothing to say."""
    (tmp_path / "empty.jsonl").write_text("\n")

    assert run(capsys, "backtest", "mesotherapy", OWN, str(tmp_path / "empty.jsonl"))[0] == 2


# --- language


def test_upkeep_speaks_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences are Spanish; names of rules, ids, conditions and what somebody wrote stay."""
    code, lint, _ = run(capsys, "lint", OWN, "--language", "es")
    assert code == 0
    assert "a tener en cuenta (missing-translation): " in lint
    assert "no tienen palabras en 'es'" in " ".join(lint.split())
    assert "por corregir: 0; a tener en cuenta: " in lint
    assert "    Por qué: " in lint
    remarks = json.loads(run(capsys, "lint", OWN, "--language", "es", "--format", "json")[1])["remarks"]
    assert all(each["do"] and each["do"] in " ".join(lint.split()) for each in remarks)

    changes = run(capsys, "changes", OWN, "--language", "es")[1]
    assert "  por Readers' desk\n" in changes
    assert "    - hygiene: peso " in changes
    assert "añadido care.wheelchair_access (menor, peso 3)" in changes
    assert "    - sourcing.cold_chain: importancia menor -> mayor\n" in changes
    assert "    - sourcing.cold_chain: se escribe de nuevo: por qué\n" in changes
    assert "El conjunto\n    título:\n      era: Evaluación de una clínica de mesoterapia\n" in changes
    assert "      era: En 2024 los CDC" in changes
    told = json.loads(run(capsys, "changes", OWN, "--language", "es", "--format", "json")[1])["changes"]
    assert any(each["what"].startswith("hygiene: peso ") for each in told)

    desk = " ".join(run(capsys, "changes", "mesotherapy-desk", "--language", "es")[1].split())
    assert "Solo quedan dos de las once preguntas sobre higiene" in desk
    assert "frase.cumplido: era: El tratamiento se hace en una sala clínica destinada a ello. es: La dirección" in desk
    assert "nombre: Recomendada -> Bien sobre el papel" in desk

    backtest = run(capsys, "backtest", "mesotherapy", "mesotherapy-desk", FATAL, WELL_RUN, "--language", "es", *DAY)[1]
    assert "2 clínicas, 1 con otro nivel; correlación de rangos " in backtest
    assert "recommended pide críticos incumplidos o en duda 0, hay 1: hygiene.single_use_sharps" in " ".join(
        backtest.split()
    )


def test_lint_counts_the_words_that_a_set_brings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What its translation says is missing no more."""
    words = tmp_path / "words.yaml"
    words.write_text("translation: 1\nof: our-site\ntitle: Cómo evalúa nuestra web las clínicas\n", encoding="utf-8")
    before, after = (
        json.loads(run(capsys, "lint", OWN, "--format", "json", *more)[1])["remarks"]
        for more in ([], ["--language", "es", "--translation", str(words)])
    )

    (told,) = [each["what"] for each in before if each["rule"] == "missing-translation"]
    (left,) = [each["what"] for each in after if each["rule"] == "missing-translation"]
    assert int(left.split()[0]) == int(told.split()[0]) - 1
    assert "title, " in told
    assert "title, " not in left


def test_upkeep_refuses_a_language_that_it_does_not_speak(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert run(capsys, "diff", "mesotherapy", OWN, "--language", "xx") == (
        2, "", "language: code: expected one of en, es, got 'xx'\n",
    )  # fmt: skip
