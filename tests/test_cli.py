"""The command: what it prints, its exit codes, and that nothing ends in a traceback."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import importlib
import io
import json
import os
import pty
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from cases import DAY, NOTHING_APPLIES, ROOT, mesotherapy

from clinic_vetting import Clinic, cli, criteria_digest, load_criteria, parse_criteria, shipped, to_text, vet
from clinic_vetting.cli import main
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.schema import NAMES

Capture = pytest.CaptureFixture[str]

AS_OF = ("--as-of", "2026-11-21")
MINIMAL = str(ROOT / "examples" / "minimal.yaml")
WELL_RUN = str(ROOT / "examples" / "well-run.yaml")
FATAL = str(ROOT / "examples" / "fatal-fact.yaml")
DESK = str(ROOT / "examples" / "desk-check.yaml")
DOSSIER = b"dossier: 1\nclinic: {id: c}\n"
SOURCED = b"sources: {v: {kind: observation, who: me, seen: 2026-11-01}}\ndefault_source: v\n"


def run(*arguments: str, stdin: bytes = b"", code: int = 0, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own and check its exit code."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "clinic_vetting", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert code == done.returncode, done.stderr.decode()
    return done


def written(folder: Path, name: str, content: bytes | str) -> str:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


# --- vet


def test_text_begins_with_band_and_name(capsys: Capture) -> None:
    """The first line says the band and which clinic."""
    assert main(["vet", MINIMAL, *AS_OF]) == 0

    assert capsys.readouterr().out.splitlines()[0] == "UNPROVEN  Example Clinic (example-clinic)"


def test_json_is_one_line(capsys: Capture) -> None:
    """One dossier gives one line of JSON with the day that was asked for."""
    assert main(["vet", MINIMAL, *AS_OF, "--format", "json"]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["as_of"] == "2026-11-21"


def test_several_dossiers_come_in_order(capsys: Capture) -> None:
    """One line of JSON each, in the order of the arguments."""
    assert main(["vet", WELL_RUN, MINIMAL, FATAL, *AS_OF, "--format", "json"]) == 0

    found = [json.loads(line)["clinic"]["id"] for line in capsys.readouterr().out.splitlines()]
    assert [vetted(each) for each in (WELL_RUN, MINIMAL, FATAL)] == found


def vetted(path: str) -> str:
    """Read a clinic's id out of an example."""
    lines = Path(path).read_text(encoding="utf-8").replace("{", "\n").splitlines()
    return next(line for line in lines if line.strip().startswith("id: ")).split("id: ")[1].split(",")[0]


def test_several_texts_are_parted_by_a_line(capsys: Capture) -> None:
    """A ruled line stands between two reports, and none before the first."""
    assert main(["vet", MINIMAL, FATAL, *AS_OF]) == 0

    out = capsys.readouterr().out
    assert out.startswith("UNPROVEN")
    assert out.count("\n" + "=" * 78 + "\n\nAVOID") == 1


def test_a_dossier_that_cannot_be_read_is_told_and_the_others_are_scored(capsys: Capture, tmp_path: Path) -> None:
    """Its fault names file and line on standard error; the exit code is 2."""
    bad = written(tmp_path, "bad.yaml", "dossier: 1\nclinic:\n  id: c\n  nmae: C\n")

    assert main(["vet", MINIMAL, bad, FATAL, *AS_OF, "--format", "json"]) == 2

    captured = capsys.readouterr()
    assert [json.loads(line)["band"]["id"] for line in captured.out.splitlines()] == ["unproven", "avoid"]
    assert captured.err.startswith(f"{bad}:4: clinic.nmae: expected ")
    assert captured.err.endswith("did you mean 'name'?\n")


def test_unreadable_weighs_more_than_below(capsys: Capture, tmp_path: Path) -> None:
    """An unreadable dossier gives exit code 2 even where another is below the wanted band."""
    bad = written(tmp_path, "bad.yaml", "dossier: 1")

    assert main(["vet", bad, FATAL, *AS_OF, "--fail-below", "caution"]) == 2
    assert "AVOID" in capsys.readouterr().out


def test_standard_input_is_a_dossier() -> None:
    """`-` reads YAML or JSON from standard input; faults name it `<stdin>`."""
    given = run("vet", "-", *AS_OF, "--format", "json", stdin=Path(MINIMAL).read_bytes())
    refused = run("vet", "-", *AS_OF, stdin=b"dossier: 1\nclinic: {}\n", code=2)

    assert json.loads(given.stdout)["clinic"]["id"] == "example-clinic"
    assert refused.stderr.startswith(b"<stdin>:2: clinic.id: expected ")


def test_a_day_in_the_past_is_replayed(capsys: Capture) -> None:
    """Before anything was seen, nothing is known."""
    assert main(["vet", MINIMAL, "--as-of", "2026-11-01", "--format", "json"]) == 0

    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["score"], verdict["unknown"]) == (50, 100)


def test_today_is_the_default_day(capsys: Capture) -> None:
    """Without `--as-of` the verdict is of the reader's own day."""
    before = dt.datetime.now().astimezone().date()
    assert main(["vet", MINIMAL, "--format", "json"]) == 0
    after = dt.datetime.now().astimezone().date()

    assert json.loads(capsys.readouterr().out)["as_of"] in (before.isoformat(), after.isoformat())


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "21.11.2026", "2026-11-21T10:00", "", "0000-01-01"])
def test_a_day_that_does_not_exist_is_refused(day: str, capsys: Capture) -> None:
    """The message says what a date looks like and what came."""
    with pytest.raises(SystemExit) as refused:
        main(["vet", MINIMAL, "--as-of", day])

    assert refused.value.code == 2
    assert f"expected a date as YYYY-MM-DD, got {day!r}" in capsys.readouterr().err


def test_criteria_are_chosen_by_name(capsys: Capture) -> None:
    """A shipped set needs no path."""
    assert main(["vet", DESK, *AS_OF, "--criteria", "mesotherapy-desk", "--format", "json"]) == 0

    assert json.loads(capsys.readouterr().out)["criteria"]["id"] == "mesotherapy-desk"


def test_criteria_are_chosen_by_path(capsys: Capture, tmp_path: Path) -> None:
    """A site's own set is a file."""
    path = written(tmp_path, "own.yaml", NOTHING_APPLIES)

    assert main(["vet", MINIMAL, *AS_OF, "--criteria", path, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["criteria"]["id"] == "elsewhere"


def test_a_mistyped_set_is_refused_with_a_suggestion(capsys: Capture) -> None:
    """Nothing is scored; the nearest shipped set is named."""
    assert main(["vet", MINIMAL, *AS_OF, "--criteria", "mesoterapy"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("did you mean 'mesotherapy'?\n")


@pytest.mark.parametrize(
    ("band", "code"), [("avoid", 0), ("caution", 0), ("unproven", 0), ("acceptable", 1), ("recommended", 1)]
)
def test_fail_below_turns_a_worse_band_into_exit_code_1(band: str, code: int, capsys: Capture) -> None:
    """The verdict is printed all the same."""
    assert code == main(["vet", MINIMAL, *AS_OF, "--fail-below", band])
    assert capsys.readouterr().out.startswith("UNPROVEN")


def test_fail_below_an_unknown_band_is_refused(capsys: Capture) -> None:
    """Before anything is scored, with the nearest band."""
    assert main(["vet", MINIMAL, *AS_OF, "--fail-below", "acceptible"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "did you mean 'acceptable'?" in captured.err


def test_what_is_not_rated_is_below_every_band(capsys: Capture, tmp_path: Path) -> None:
    """Where nothing applies, the worst band is not reached either."""
    path = written(tmp_path, "own.yaml", NOTHING_APPLIES)

    assert main(["vet", MINIMAL, *AS_OF, "--criteria", path, "--fail-below", "rest"]) == 1
    assert capsys.readouterr().out.startswith("NOT RATED")


# --- check


def test_check_finds_no_fault_in_an_example(capsys: Capture) -> None:
    """One line for each dossier, with its file as it was given, and its warnings."""
    assert main(["check", MINIMAL, WELL_RUN]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"{MINIMAL}: no faults, warnings: 0",
        f"{WELL_RUN}: no faults, warnings: 1",
        "  reviews: 3 texts were not read for harm; read_reviews or --read-reviews reads them",
    ]


def test_check_tells_every_fault_at_once(capsys: Capture, tmp_path: Path) -> None:
    """Each on a line of its own, in the order of lines."""
    bad = written(tmp_path, "bad.yaml", "dossier: 1\nclinic:\n  id: c\n  country: UK\n  treatment: x\nanswers: no\n")

    assert main(["check", bad]) == 2

    assert [line.split(": ")[0] for line in capsys.readouterr().err.splitlines()] == [
        f"{bad}:{line}" for line in (4, 5, 6)
    ]


def test_check_warns_of_answers_that_the_set_does_not_ask(capsys: Capture, tmp_path: Path) -> None:
    """Warnings are no faults."""
    path = written(tmp_path, "c.yaml", DOSSIER + SOURCED + b"answers: {hygiene: {hand_hygeine: yes}}\n")

    assert main(["check", path]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{path}: no faults, warnings: 1",
        "  answers: mesotherapy does not ask hygiene.hand_hygeine; did you mean 'hygiene.hand_hygiene'?",
    ]


def test_check_writes_out_what_a_file_name_could_do_to_a_terminal(capsys: Capture, tmp_path: Path) -> None:
    """The name is shown as it was given, and steers nothing."""
    path = written(tmp_path, "\x1b[31mred.yaml", DOSSIER)

    assert main(["check", path]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/\\u001b[31mred.yaml: no faults, warnings: 0\n"


# --- measures of one's own


ASKING = """
criteria_set: 1
id: asking
version: 1
title: Asking
extends: mesotherapy
changes:
  - because: one question of our own
    owner: us
    add:
      - category: care
        criteria: [{id: named, question: Has it a name?, weight: 1, severity: minor, measure: has_a_name}]
"""
NAMED = """
from clinic_vetting import Answer, Kind, Source, Statement, measures

@measures.register("has_a_name")
def named(clinic, as_of):
    return (Statement(Answer.YES, Source("s", Kind.DOCUMENT, "the dossier", as_of)),) if clinic.name else ()
"""


def test_a_module_brings_measures_of_its_own(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found in the current folder; a set that asks for its measure can be shown, checked and vetted with."""
    written(tmp_path, "measures_of_a_test.py", NAMED)
    criteria = written(tmp_path, "asking.yaml", ASKING)
    own = ("--measures", "measures_of_a_test")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    importlib.invalidate_caches()

    assert main(["criteria", "show", criteria]) == 2
    assert (
        "register one of your own before loading the set (--measures MODULE, or import MODULE)"
        in capsys.readouterr().err
    )
    assert main(["criteria", "show", criteria, *own]) == 0
    assert "Has it a name?" in capsys.readouterr().out
    assert main(["check", MINIMAL, "--criteria", criteria, *own]) == 0
    assert capsys.readouterr().out == f"{MINIMAL}: no faults, warnings: 0\n"
    assert main(["vet", MINIMAL, *AS_OF, "--criteria", criteria, *own, "--format", "json"]) == 0
    findings = [each for one in json.loads(capsys.readouterr().out)["categories"] for each in one["findings"]]
    assert [each["outcome"] for each in findings if each["id"] == "care.named"] == ["met"]


NO_FILE = "ModuleNotFoundError: No module named 'own/good'; name a module, such as own.good, and no file"
LOOKED_FOR = "it is looked for in the current folder and on the Python path"


@pytest.mark.parametrize(
    ("name", "got"),
    [
        ("no_such_measures", f"ModuleNotFoundError: No module named 'no_such_measures'; {LOOKED_FOR}"),
        ("own/good.py", f"{NO_FILE}; {LOOKED_FOR}"),
        ("broken", "ZeroDivisionError: division by zero"),
        ("", "ValueError: Empty module name"),
    ],
)
def test_a_module_that_cannot_be_imported_is_told(
    name: str, got: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With exit code 2, its name and the reason, before anything is scored."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.py").write_text("1 / 0", encoding="utf-8")

    assert main(["vet", MINIMAL, *AS_OF, "--measures", name]) == 2

    captured = capsys.readouterr()
    place = f"--measures: {name or 'document'}"
    assert ("", f"{place}: expected a Python module that can be imported, got {got}\n") == (captured.out, captured.err)


# --- criteria


def test_criteria_list_names_the_shipped_sets(capsys: Capture) -> None:
    """One line each: name, version, how many criteria, title."""
    assert main(["criteria", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert list(shipped()) == [line.split()[0] for line in lines]
    assert all("criteria" in line for line in lines)


@pytest.mark.parametrize("name", shipped())
def test_criteria_show_text_fits_a_terminal(name: str, capsys: Capture) -> None:
    """Every criterion stands there with its points; no line is wider than 80 columns."""
    assert main(["criteria", "show", name]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    for each in load_criteria(name).criteria():
        assert any(each.full_id in line and line.endswith("points") for line in lines)


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("name", shipped())
def test_criteria_show_reads_back_as_the_same_set(name: str, form: str, capsys: Capture) -> None:
    """What is printed is a resolved set with the same digest."""
    assert main(["criteria", "show", name, "--format", form]) == 0

    again = parse_criteria(capsys.readouterr().out)
    assert criteria_digest(load_criteria(name)) == criteria_digest(again)


@pytest.mark.parametrize("name", shipped())
def test_criteria_show_json_has_the_shape_of_a_criteria_set(name: str, capsys: Capture) -> None:
    """The keys of the format by example, with evidence, spans and bands as they are written there."""
    assert main(["criteria", "show", name, "--format", "json"]) == 0

    tree = json.loads(capsys.readouterr().out)
    wanted = {"criteria_set", "id", "version", "title", "unknown_counts", "evidence", "fresh_for", "failures_fresh_for"}
    assert wanted | {"categories", "references", "bands"} <= set(tree)
    assert tree["criteria_set"] == 1
    assert tree["unknown_counts"] == 0.5
    assert tree["evidence"]["claim"] == {"for": 40, "against": 80}
    assert tree["evidence"]["undated"] == "half"
    assert tree["fresh_for"] == "12 months"
    assert {"id", "question", "weight", "severity", "says", "references"} <= set(tree["categories"][0]["criteria"][0])
    assert "extends" not in tree


def test_criteria_show_of_nothing_is_refused(capsys: Capture) -> None:
    """The message says where names are listed."""
    assert main(["criteria", "show", "xyz"]) == 2
    assert "criteria list" in capsys.readouterr().err


def test_a_name_that_no_file_can_have_is_refused(capsys: Capture) -> None:
    """Like any that is neither a shipped set nor a file."""
    assert main(["criteria", "show", "x" * 5000]) == 2
    assert "expected the name of a shipped set, or a file" in capsys.readouterr().err


def test_criteria_show_text_is_harmless(capsys: Capture, tmp_path: Path) -> None:
    """A set from elsewhere cannot steer the terminal."""
    title = '"\\e[31mred"'
    path = written(tmp_path, "own.yaml", NOTHING_APPLIES.replace("title: Elsewhere", f"title: {title}"))

    assert main(["criteria", "show", path]) == 0
    assert "\x1b" not in capsys.readouterr().out


# --- schema


@pytest.mark.parametrize("name", NAMES)
def test_schema_prints_json(name: str, capsys: Capture) -> None:
    """Each format has one, and the advice of each command."""
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_unknown_schema_is_refused(capsys: Capture) -> None:
    """The message lists those that there are."""
    with pytest.raises(SystemExit) as refused:
        main(["schema", "dosier"])

    assert refused.value.code == 2
    assert "'verdict'" in capsys.readouterr().err


# --- standard input and output of the process that calls `main`


def test_standard_input_is_read_to_its_end(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` stands for it wherever a file could."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DOSSIER)))

    assert main(["check", "-"]) == 0
    assert capsys.readouterr().out == "-: no faults, warnings: 0\n"


def test_a_closed_standard_input_is_an_empty_dossier(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as one, and no traceback."""
    monkeypatch.setattr("sys.stdin", None)

    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err.startswith("<stdin>:1: ")


class Unreadable(io.BytesIO):
    """An input that fails when it is read."""

    def read(self, _: int | None = -1) -> bytes:
        raise OSError(errno.EISDIR, "Is a directory")


def test_standard_input_that_cannot_be_read_is_told(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Like a file that cannot be."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Unreadable()))

    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err == "<stdin>: document: expected readable input, got Is a directory\n"


@pytest.mark.parametrize("error", [None, OSError(errno.ENOSPC, "No space left on device")], ids=["closed", "full"])
def test_where_faults_cannot_be_written_the_exit_code_tells(
    error: OSError | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A standard error that is closed or full causes no traceback."""
    monkeypatch.setattr("sys.stderr", Broken(error) if error else None)

    assert main(["check", written(tmp_path, "bad.yaml", "dossier: 1")]) == 2


@pytest.mark.parametrize(
    "command",
    [
        ["vet", MINIMAL],
        ["vet", MINIMAL, "--fail-below", "acceptable"],
        ["check", MINIMAL],
        ["criteria", "list"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_what_is_written_to_a_closed_standard_output_is_not_lost_silently(
    command: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the command is; the stream stays as it was."""
    monkeypatch.setattr("sys.stdout", None)

    assert main(command) == 2
    assert capsys.readouterr().err == "<stdout>: document: expected room to write, got Bad file descriptor\n"
    assert sys.stdout is None


def test_what_writes_nothing_needs_no_standard_output(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in a program without a window of its own."""
    monkeypatch.setattr("sys.stdout", None)

    assert main(["batch", str(ROOT / "examples" / "listings.ndjson"), str(tmp_path / "out.ndjson")]) == 0


def test_output_may_be_any_stream() -> None:
    """An application may gather what is printed."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["vet", MINIMAL, *AS_OF]) == 0

    assert out.getvalue().startswith("UNPROVEN  Example Clinic")


class Broken(io.StringIO):
    """An output that fails when it is written to."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def write(self, _: str) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 130, ""),
        (KeyboardInterrupt(), 130, ""),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            2,
            "<stdout>: document: expected room to write, got No space left",
        ),
    ],
    ids=["closed pipe", "interrupted", "full disk"],
)
def test_output_that_cannot_be_written_is_told_by_the_exit_code(
    error: BaseException, code: int, told: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in words where a reader can see them; never by a traceback."""
    kept = os.dup(1)
    monkeypatch.setattr("sys.stdout", Broken(error))
    try:
        assert code == main(["vet", MINIMAL, *AS_OF])
    finally:
        os.dup2(kept, 1)
        os.close(kept)

    err = capsys.readouterr().err
    assert err.startswith(told)
    assert bool(err) is bool(told)


def test_the_module_runs_the_command(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m clinic_vetting` gives the command's exit code; importing it runs nothing."""
    monkeypatch.delitem(sys.modules, "clinic_vetting.__main__", raising=False)
    monkeypatch.setattr("sys.argv", ["clinic-vetting", "check", MINIMAL])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("clinic_vetting", run_name="__main__", alter_sys=False)
    told = capsys.readouterr().out
    importlib.import_module("clinic_vetting.__main__")

    assert ended.value.code == 0
    assert told == f"{MINIMAL}: no faults, warnings: 0\n"
    assert capsys.readouterr().out == ""


# --- terminals and pipes


@pytest.mark.parametrize(
    "arguments", [("criteria", "show", "mesotherapy"), ("vet", *[WELL_RUN] * 20, *AS_OF), ("schema", "dossier")]
)
def test_a_closed_pipe_ends_quietly(arguments: tuple[str, ...]) -> None:
    """A reader that stops early, such as `head`, causes no traceback."""
    command = [sys.executable, "-m", "clinic_vetting", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()

    assert told == b""


def test_output_that_cannot_hold_a_letter_gets_it_written_out() -> None:
    """An ASCII terminal shows escapes, and no traceback."""
    dossier = "dossier: 1\nclinic: {id: c, name: Klinik Größe 診所}\n".encode()

    done = run("vet", "-", *AS_OF, stdin=dossier, PYTHONIOENCODING="ascii")

    assert done.stdout.startswith(rb"UNPROVEN  Klinik Gr\xf6\xdfe \u8a3a\u6240 (c)")


def test_output_of_json_stays_json_where_letters_are_written_out() -> None:
    """An ASCII pipe gets JSON that reads back."""
    dossier = "dossier: 1\nclinic: {id: c, name: Größe 診所 🙂}\n".encode()

    done = run("vet", "-", *AS_OF, "--format", "json", stdin=dossier, PYTHONIOENCODING="ascii")

    assert json.loads(done.stdout)["clinic"]["name"] == "Größe 診所 🙂"


def in_a_terminal(**environment: str) -> bytes:
    """Run `vet` with a terminal as its output, and give what it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "clinic_vetting", "vet", MINIMAL, *AS_OF]
    inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(command, stdout=theirs, env={**inherited, **environment}) as process:  # noqa: S603
        os.close(theirs)
        shown = b""
        try:
            while more := os.read(ours, 4096):
                shown += more
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    return shown


def test_a_terminal_gets_the_band_in_bold() -> None:
    """Only the band's label, and only in a terminal."""
    shown = in_a_terminal()

    assert shown.startswith(b"\x1b[1mUNPROVEN\x1b[0m  Example Clinic")
    assert shown.count(b"\x1b") == 2


def test_no_color_is_respected() -> None:
    """A terminal with NO_COLOR set gets plain text."""
    assert b"\x1b" not in in_a_terminal(NO_COLOR="1")


def test_colour_adds_nothing_but_bold() -> None:
    """The same report with and without colour."""
    verdict = vet(Clinic(id="c"), mesotherapy(), as_of=DAY)
    coloured = to_text(verdict, colour=True)

    assert "\x1b[1mUNPROVEN\x1b[0m" in coloured
    assert to_text(verdict) == coloured.replace("\x1b[1m", "").replace("\x1b[0m", "")


def test_the_version_is_told(capsys: Capture) -> None:
    """`--version` prints the name and the version, to standard output."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("clinic-vetting 0.")


# --- hostile input


def test_a_missing_file_is_told(capsys: Capture, tmp_path: Path) -> None:
    """By its name, with the reason."""
    path = str(tmp_path / "nowhere.yaml")

    assert main(["vet", path]) == 2
    told = "expected a file that can be read, got No such file or directory; mend the name, or give its whole path"
    assert capsys.readouterr().err == f"{path}: document: {told}\n"


HOSTILE = {
    "empty": b"",
    "nul": b"dossier: 1\nclinic: {id: a\0b}\n",
    "not utf-8": b"dossier: 1\nclinic: {id: caf\xe9}\n",
    "utf-16": "dossier: 1".encode("utf-16"),
    "random bytes": bytes(range(128, 256)),
    "too large": DOSSIER + b"#" * MAX_BYTES,
    "deep list": b"[" * 100_000,
    "deep mapping": b"{a: " * 10_000,
    "deep block": b"".join(b" " * i + b"a:\n" for i in range(500)),
    "many aliases": b"a: &a [x, x, x, x, x, x, x, x, x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 9)) for i in range(9)),
    "alias to itself": b"a: &a [*a]\n",
    "tag": b"!!python/object/apply:os.system ['true']\n",
    "two documents": DOSSIER + b"---\n" + DOSSIER,
    "tab": b"dossier:\t1\n\tclinic: x\n",
    "complex key": b"? [a, b]\n: c\n",
    "merge key": b"dossier: 1\nclinic: {<<: {id: c}}\n",
    "json nan": b'{"dossier": NaN}',
    "json cut": b'{"dossier": 1, "clinic": {"id": "c"',
    "json lone surrogate": b'{"dossier": 1, "clinic": {"id": "\\ud800"}}',
    "huge number": b"dossier: 1\nclinic: {id: c}\nratings: [{platform: p, mean: 4, count: " + b"9" * 5000 + b"}]\n",
    "control characters in a key": b'dossier: 1\nclinic: {id: c, "\\e[31mx\\n": y}\n',
    "control characters in a source id": b'dossier: 1\nclinic: {id: c}\nsources: {"\\e[2J": {kind: x, who: y}}\n',
    "control characters in a value": b'dossier: 1\nclinic: {id: c, country: "\\e[31m\\u202e"}\n',
    "yaml null byte": b'dossier: 1\nclinic: {id: "\\0"}\n',
    "a list": b"[1, 2, 3]",
    "a word": b"hello",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str, capsys: Capture, tmp_path: Path) -> None:
    """Exit code 2, at least one fault that names the file, no control characters, no traceback."""
    path = written(tmp_path, "hostile.yaml", HOSTILE[name])

    assert main(["vet", path, *AS_OF]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert lines != []
    assert all(line.startswith(f"{path}:") for line in lines)
    assert "".join(lines).isprintable()


KEYS = {
    "category": b'answers: {"\\e[31mc": {x: perhaps}}\n',
    "criterion": b'answers: {c: {"\\e[31mx": perhaps}}\n',
    "repeated": b'answers: {"\\e[31mc": {}, "\\e[31mc": {}}\n',
    "newline": b'answers: {"c\\nfake.yaml:1: all is well": {x: perhaps}}\n',
}


@pytest.mark.parametrize("name", KEYS)
def test_a_fault_is_one_printable_line_whatever_the_keys(name: str, capsys: Capture, tmp_path: Path) -> None:
    """The path to a fault shows control characters in keys written out."""
    path = written(tmp_path, "hostile.yaml", DOSSIER + SOURCED + KEYS[name])

    assert main(["vet", path, *AS_OF]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.isprintable()


COMMANDS = [name for names in cli.COMMANDS.values() for name in names]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_loaded_by_its_name(name: str, capsys: Capture) -> None:
    """Its help says what it takes."""
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: clinic-vetting {name} ")


def test_help_lists_every_command(capsys: Capture) -> None:
    """In their order, and none besides."""
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)

    assert listed == COMMANDS


def test_a_command_loads_no_other() -> None:
    """So it starts at once."""
    code = (
        "import sys; from clinic_vetting.cli import main; main(['authorities', 'GMC'])\n"
        "print(sorted(each.rsplit('.')[-1] for each in sys.modules if each.startswith('clinic_vetting.commands.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603

    assert done.stdout.splitlines()[-1] == "['authorities', 'help', 'options', 'parser', 'speaking']"
