"""`batch` with the options of `vet`: the same bytes, resumed with the same options, ended with the same code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import DAY, ROOT, mesotherapy

from clinic_vetting import in_language, load_clinic, plain
from clinic_vetting.batch.progress import Progress
from clinic_vetting.catalogue import wording
from clinic_vetting.cli import main

Capture = pytest.CaptureFixture[str]

ON = ("--as-of", DAY.isoformat())
EXAMPLES = ("told-in-reviews", "well-run", "fatal-fact", "contradictions", "minimal")
LINES = [json.dumps(plain(load_clinic(ROOT / "examples" / f"{name}.yaml"))).encode() for name in EXAMPLES]
STREAM = b"".join(line + b"\n" for line in LINES * 4)
OWN = {
    "criteria_set": 1,
    "id": "ours",
    "version": "1",
    "title": "Ours",
    "extends": "mesotherapy",
    "changes": [{"because": "Fewer.", "owner": "us", "weights": {"hygiene": 30}}],
}
TRANSLATION = {"translation": 1, "of": "ours", "bands": {"avoid": {"label": "Ni pisar"}}}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with dossiers, a set of one's own, and its words in Spanish."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").write_bytes(b"\n".join(LINES))
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(OWN))
    (tmp_path / "own.es.yaml").write_text(yaml.safe_dump(TRANSLATION))
    (tmp_path / "other.es.yaml").write_text(yaml.safe_dump({**TRANSLATION, "bands": {"avoid": {"label": "Huya"}}}))
    for number, line in enumerate(LINES):
        (tmp_path / f"{number}.json").write_bytes(line)
    return tmp_path


def batch(*arguments: str) -> int:
    """Run the command here."""
    return main(["batch", *arguments, *ON])


def command(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    line = [sys.executable, "-m", "clinic_vetting", "batch", *arguments, *ON]
    return subprocess.run(line, input=text, capture_output=True, text=True, check=False)  # noqa: S603


def half_done(place: Path, *arguments: str) -> None:
    """Leave what a run leaves that was killed in the middle of its input."""
    slow = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "clinic_vetting", "batch", "-", "part", *arguments, *ON],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert slow.stdin
    slow.stdin.write(STREAM)
    slow.stdin.flush()
    end = time.monotonic() + 30
    while not (place / "part.progress").exists() or not json.loads((place / "part.progress").read_text())["lines"]:
        assert time.monotonic() < end
        time.sleep(0.01)
    os.killpg(slow.pid, signal.SIGKILL)
    slow.communicate()


# --- the same bytes -------------------------------------------------------------------------------

OPTIONS: dict[str, tuple[str, ...]] = {
    "spanish": ("--language", "es"),
    "reviews": ("--read-reviews",),
    "both": ("--language", "es", "--read-reviews"),
    "own": ("--criteria", "own.yaml", "--language", "es", "--translation", "own.es.yaml"),
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_batch_gives_the_lines_that_vet_gives(place: Path, options: tuple[str, ...], capsys: Capture) -> None:
    """With the same options, in one process and in two; and another line than without them."""
    assert main(["vet", *(f"{i}.json" for i in range(len(LINES))), "--format", "json", *options, *ON]) == 0
    alone = capsys.readouterr().out.encode()

    assert [batch("in", jobs, "--jobs", jobs, *options) for jobs in ("1", "2")] == [0, 0]
    assert (place / "1").read_bytes() == alone
    assert (place / "2").read_bytes() == alone
    assert batch("in", "plain") == 0
    assert (place / "plain").read_bytes() != alone
    assert ("--translation" in options) == (b'"label": "Ni pisar"' in alone)


def test_reviews_are_read_and_sentences_spoken(place: Path) -> None:
    """A quote from a review in a Spanish verdict."""
    assert batch("in", "out", "--language", "es", "--read-reviews") == 0
    first = json.loads((place / "out").read_bytes().splitlines()[0])
    labels = {each.id: each.label for each in in_language(mesotherapy(), "es").bands}
    findings = [each for category in first["categories"] for each in category["findings"]]
    quoted = [each["decided_by"]["note"] for each in findings if each["decided_by"]]

    assert first["band"]["label"] == labels[first["band"]["id"]]
    assert any("abscess" in (each or "") for each in quoted)


def test_a_language_that_nobody_speaks_is_refused(place: Path, capsys: Capture) -> None:
    """Before anything is written."""
    assert batch("in", "out", "--language", "xx") == 2
    assert "expected one of en, es" in capsys.readouterr().err
    assert not (place / "out").exists()


# --- resuming -------------------------------------------------------------------------------------


def test_a_run_with_options_is_resumed_to_the_same_bytes(place: Path) -> None:
    """Killed with `kill -9`."""
    options = OPTIONS["both"]
    half_done(place, *options)
    again = command("-", "part", "--resume", *options, text=STREAM.decode())

    assert again.returncode == 0
    assert batch("in", "out", *options) == 0
    assert (place / "part").read_bytes() == 4 * (place / "out").read_bytes()


@pytest.mark.parametrize(
    ("began", "resumed", "told"),
    [
        ((), ("--read-reviews",), "the use of --read-reviews was False and is True"),
        (("--read-reviews",), (), "the use of --read-reviews was True and is False"),
        ((), ("--language", "es"), "el idioma antes era en y ahora es es sha256:"),
        (("--language", "es"), (), "and is en; go on as it began"),
        (OPTIONS["own"], (*OPTIONS["own"][:-1], "other.es.yaml"), "el idioma antes era es sha256:"),
    ],
)
def test_a_run_is_not_resumed_with_other_options(
    place: Path, began: tuple[str, ...], resumed: tuple[str, ...], told: str
) -> None:
    """It says which, and leaves the files as they were."""
    half_done(place, *began)
    before = (place / "part").read_bytes(), (place / "part.progress").read_bytes()
    again = command("-", "part", "--resume", *resumed, text=STREAM.decode())

    assert (again.returncode, again.stdout) == (2, "")
    assert told in again.stderr
    assert ((place / "part").read_bytes(), (place / "part.progress").read_bytes()) == before


def test_a_progress_file_from_before_these_options_is_of_a_run_without_them(place: Path) -> None:
    """So an upgrade in the middle of a run loses nothing, were it of one version."""
    old: dict[str, Any] = {
        "library": "1",
        "criteria": "sha256:0",
        "as_of": "2026-11-21",
        "size": 1,
        "has_errors": False,
    }
    (place / "p").write_text(json.dumps({"batch": 1, **old}))
    progress = Progress.load(place / "p")

    assert (progress.wording, progress.reviews) == (wording(mesotherapy()), False)


# --- the same exit code ---------------------------------------------------------------------------

BAD = b'{"dossier": 1, "clinic": {"id": "x", "country": "UK"}}'


@pytest.mark.parametrize("errors", [(), ("--errors", "err")], ids=["told", "kept"])
@pytest.mark.parametrize("bad", [0, 2])
def test_a_finished_run_that_is_resumed_ends_as_it_ended(place: Path, errors: tuple[str, ...], bad: int) -> None:
    """However many lines were bad, with blank ones among them, and with nothing written again."""
    (place / "in").write_bytes(b"\n".join([LINES[4], b"", *[BAD] * bad, b" ", LINES[3]]) + b"\n\n")
    first = command("in", "out", *errors)
    files = {each.name: each.read_bytes() for each in place.iterdir()}
    again = command("in", "out", "--resume", *errors)

    assert first.returncode == (2 if bad else 0)
    assert again.returncode == first.returncode
    assert again.stderr.startswith("out: is finished; there is nothing to resume\n")
    assert (f"in: lines without verdict: {bad}; see err" in again.stderr) == bool(errors and bad)
    assert {each.name: each.read_bytes() for each in place.iterdir()} == files


def test_a_finished_run_of_only_bad_lines(place: Path) -> None:
    """Its output is empty."""
    (place / "in").write_bytes(BAD)

    assert [command("in", "out", *more).returncode for more in ((), ("--resume",))] == [2, 2]


@pytest.mark.usefixtures("place")
def test_an_output_of_something_else_is_told(capsys: Capture) -> None:
    """It has more verdicts than the input has lines; and an input that is gone says nothing."""
    assert batch("in", "out") == 0
    assert batch("0.json", "out", "--resume") == 2
    assert "out: has 5 verdicts, and 0.json 1 lines" in capsys.readouterr().err
    assert batch("gone", "out", "--resume") == 2
    assert "gone: document: expected a file that can be read" in capsys.readouterr().err
