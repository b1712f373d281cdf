"""Where nobody may look, read or write: the file is named, with what to do; nothing is taken for what it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import DAY, ROOT

from clinic_vetting import (
    BatchError,
    InputError,
    RegisterError,
    catalogue,
    criteria_folder,
    load_clinic,
    load_criteria,
    vet,
    write_pages,
)
from clinic_vetting.batch.progress import Progress
from clinic_vetting.batch.unpacking import open_source
from clinic_vetting.cli import main
from clinic_vetting.document.replacing import replacing
from clinic_vetting.hints import unwritable
from clinic_vetting.listings.folder import Folder
from clinic_vetting.registers import Registers

Capture = pytest.CaptureFixture[str]
EXAMPLES = ROOT / "examples"
DOSSIER = str(EXAMPLES / "minimal.yaml")
TABLE, MAP = str(EXAMPLES / "listings.csv"), str(EXAMPLES / "maps" / "listings.yaml")
LINES = str(EXAMPLES / "listings.ndjson")
LEIE = ["register", "import", "leie", str(EXAMPLES / "registers" / "exclusions.csv"), "--as-of", "2026-11-01"]
READ = "document: expected a file that can be read, got Permission denied; ask its owner for the right to read it"
WRITTEN = (
    "document: expected a file that can be written, got Permission denied; "
    "ask its owner for the right to write there, or write elsewhere"
)
DATABASE = (
    "expected a database that can be read and, for an import, written; mend its name, or ask its owner for the right"
)


def copied(folder: Path) -> None:
    """Copy the examples and the criteria to where everybody may read."""
    for source in (EXAMPLES, Path(str(criteria_folder.folder()))):
        shutil.copytree(source, folder / source.name)
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)


@pytest.fixture
def hidden(
    request: pytest.FixtureRequest, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Path]:
    """Make a folder with a file, of which nobody may know, and be somebody whom that holds, once all is loaded."""
    command = request.node.callspec.params["command"]
    monkeypatch.chdir(tmp_path)
    main([each.replace("FILE", "no/file") for each in command])
    main(["batch", LINES, str(tmp_path / "out")])
    capsys.readouterr()
    folder, shared = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    copied(shared)
    monkeypatch.setattr(catalogue, "folder", lambda: shared / "criteria")
    monkeypatch.chdir(shared)
    (folder / "in").write_text("dossier: 1\n")
    folder.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(me)
    folder.chmod(0o700)
    monkeypatch.undo()
    for each in (folder, shared):
        shutil.rmtree(each)


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        (["vet", "FILE"], "in", READ),
        (["vet", DOSSIER, "--criteria", "FILE"], "in", READ),
        (["criteria", "show", "FILE"], "in", READ),
        (["vet", DOSSIER, "--registers", "FILE"], "in", DATABASE),
        (["register", "list", "--db", "FILE"], "new", DATABASE),
        ([*LEIE, "--db", "FILE"], "new", DATABASE),
        ([*LEIE, "--db", "no/r.db", "--errors", "FILE"], "new", WRITTEN),
        (["import", "csv", "FILE", "--map", MAP], "in", READ),
        (["import", "csv", TABLE, "--map", MAP, "--output", "FILE"], "new.ndjson", WRITTEN),
        (["batch", "FILE", "-"], "in", READ),
        (["batch", LINES, "-", "--errors", "FILE"], "new", WRITTEN),
        (["batch", LINES, "FILE"], "new", WRITTEN),
        (["batch", LINES, "FILE", "--overwrite"], "new", WRITTEN),
        (["batch", LINES, "FILE", "--resume"], "new", WRITTEN),
    ],
)
def test_a_file_of_which_nobody_may_know_is_named(
    capsys: Capture, hidden: Path, command: list[str], name: str, told: str
) -> None:
    """Never taken for absent, nor for standard output."""
    file = str(hidden / name)

    assert (
        main([each.replace("FILE", file).replace(f"{EXAMPLES}{os.sep}", f"examples{os.sep}") for each in command]) == 2
    )
    assert told in (err := capsys.readouterr().err)
    assert err.startswith(file)
    assert len(err.splitlines()) == 1


def test_a_batch_that_could_not_open_an_output_goes_on_once_it_can(tmp_path: Path, capsys: Capture) -> None:
    """Its progress file is there already, so that is what is said; where not even that can be written, none stays."""
    out, errors = tmp_path / "out", tmp_path / "errors"
    errors.mkdir()
    command = ["batch", LINES, str(out), "--errors", str(errors)]
    assert main([*command, "--overwrite"]) == 2
    assert capsys.readouterr().err == (
        f"{errors}: document: expected a file that can be written, got a folder; name a file in it; "
        "mend that and run the same again with --resume\n"
    )
    errors.rmdir()
    assert main([*command, "--resume"]) == 0
    assert out.read_bytes().count(b"\n") == Path(LINES).read_bytes().count(b"\n")
    assert {each.name for each in tmp_path.iterdir()} == {"out", "errors"}

    (tmp_path / "new.progress").mkdir()
    with pytest.raises(BatchError, match=r"new\.progress: document: expected a file that can be written, got a folder"):
        Progress(library="1", criteria="c", as_of="2026-11-21", size=None, has_errors=False).save(
            tmp_path / "new.progress"
        )
    assert {each.name for each in tmp_path.iterdir()} == {"out", "errors", "new.progress"}


def test_pages_that_may_not_be_written_are_named(capsys: Capture, tmp_path: Path) -> None:
    """A file where a folder should be, and a file on the way to it."""
    (tmp_path / "site").write_text("")

    for place, told in (
        ("site", "got a file; give another name"),
        ("site/x", "got Not a directory; make the folder that it is to stand in, or mend the name"),
    ):
        assert main(["pages", DOSSIER, "--output", str(tmp_path / place)]) == 2
        expected = f"{tmp_path / place}: document: expected a folder that can be written, {told}\n"
        assert capsys.readouterr().err == expected


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IsADirectoryError(21, "Is a directory"), "got a folder; name a file in it"),
        (OSError(28, "No space left on device"), "got No space left on device; make room there, or write elsewhere"),
        (OSError(5, "Input/output error"), "got Input/output error"),
        (ValueError("embedded null byte"), "got embedded null byte"),
    ],
)
def test_what_cannot_be_written_is_told_with_what_to_do(error: OSError | ValueError, told: str) -> None:
    """In the same words everywhere."""
    assert str(unwritable("x.csv", error)) == f"x.csv: document: expected a file that can be written, {told}"


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, capsys: Capture) -> None:
    """By functions too: an error of this library, and not one of the system's."""
    verdict = vet(load_clinic(DOSSIER), load_criteria(), as_of=DAY)
    unmade = r"expected a folder that can be written, got (mkdir: )?embedded null (byte|character)"

    with pytest.raises(InputError, match=unmade):
        write_pages([verdict], tmp_path / "a\0b")
    with pytest.raises(InputError, match=unmade):
        Folder(tmp_path / "a\0b", replace=False)
    with pytest.raises(InputError, match="expected a file that can be written"), replacing(tmp_path / "a\0b"):
        pytest.fail("there is no such file")
    for name in ("a\0b", "\ud800"):
        with pytest.raises(RegisterError, match="expected a database that can be read"):
            Registers.open(tmp_path / name, create=True)
    with pytest.raises(BatchError, match="expected a file that can be read, got embedded null byte"):
        open_source(str(tmp_path / "a\0b"))
    for names in (("\0", "-"), (LINES, "\0"), (LINES, "-", "--errors", "\0")):
        assert main(["batch", *names]) == 2
    assert main([*LEIE, "--db", str(tmp_path / "r.db"), "--errors", "\0"]) == 2
    assert capsys.readouterr().err.count("expected a file that can be") == 4
    assert not list(tmp_path.iterdir())


def test_an_empty_name_is_the_folder_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """As it is for the system: nothing is imported into nowhere, nor is a batch begun."""
    monkeypatch.chdir(tmp_path)

    assert main([*LEIE, "--db", ""]) == 2
    assert main(["register", "list", "--db", ""]) == 2
    assert main(["batch", LINES, ""]) == 2
    assert capsys.readouterr().err.count("a folder; ") == 3
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        (["vet", ""], "DOSSIER"),
        (["check", DOSSIER, ""], "DOSSIER"),
        (["compare", DOSSIER, ""], "DOSSIER"),
        (["criteria", "backtest", "mesotherapy", "mesotherapy-desk", ""], "DOSSIER"),
        (["pages", DOSSIER, "--output", ""], "--output"),
        (["import", "csv", TABLE, "--map", MAP, "--output", ""], "--output"),
    ],
)
def test_an_empty_name_is_refused(
    command: list[str], argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Nobody means the current folder by it: its dossiers are not read, and nothing is written there."""
    shutil.copy(DOSSIER, tmp_path)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit, match="2"):
        main(command)
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.endswith(f"argument {argument}: expected the name of a file or a folder, got ''\n")
    assert [each.name for each in tmp_path.iterdir()] == ["minimal.yaml"]


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path, capsys: Capture) -> None:
    """As input and as output of a batch."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)

    assert main(["batch", str(loop), "-"]) == 2
    assert main(["batch", LINES, str(loop)]) == 2
    assert capsys.readouterr().err.count(f"{loop}: document: expected a file that can be") == 2


def test_streams_that_are_closed_are_told(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Where nothing could come of it."""
    monkeypatch.setattr("sys.stdin", None)
    assert main(["batch", "-", "-"]) == 2
    assert main(["criteria", "backtest", "mesotherapy", "mesotherapy-desk", "-"]) == 2
    told = capsys.readouterr().err
    assert told.count("<stdin>: document: expected a file that can be read, got Bad file descriptor\n") == 2

    monkeypatch.setattr("sys.stdout", None)
    for command in (["batch", LINES, "-"], ["import", "csv", TABLE, "--map", MAP, "--output", "-"]):
        assert main(command) == 2
        assert capsys.readouterr().err == "<stdout>: document: expected room to write, got Bad file descriptor\n"


def test_what_an_import_tells_goes_nowhere_where_there_is_no_standard_error(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Least of all among the dossiers."""
    monkeypatch.setattr("sys.stderr", None)

    assert main(["import", "csv", TABLE, "--map", MAP, "--output", "-"]) == 0
    assert [each[:1] for each in capfdbinary.readouterr().out.splitlines()] == [b"{"] * 10


@pytest.mark.parametrize("option", ["--help", "--version"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_that_cannot_be_written_is_no_traceback(option: str, unbuffered: str) -> None:
    """On a full disk it is told."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = [sys.executable, "-m", "clinic_vetting", option]
    variables = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, env=variables)  # noqa: S603

    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert done.stderr.startswith(b"<stdout>: document: expected room to write, got No space left on device")
    assert done.returncode == 2


def test_a_fault_of_the_system_names_its_file(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Where nothing nearer worded it, and nobody knows whether it was read or written."""

    def broken(_: object) -> str:
        raise OSError(5, "Input/output error", "some.file")

    monkeypatch.setattr("clinic_vetting.reports.to_json", broken)

    assert main(["vet", DOSSIER, "--format", "json"]) == 2
    expected = "some.file: document: expected a file or a folder that can be used, got Input/output error\n"
    assert capsys.readouterr().err == expected


def test_refused_rows_that_cannot_be_kept_change_nothing(tmp_path: Path, capsys: Capture) -> None:
    """An import is not done where nobody could read what it left out."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    bad = tmp_path / "bad.csv"
    bad.write_text((EXAMPLES / "registers" / "exclusions.csv").read_text() + "bad\n")

    assert main([*LEIE[:3], str(bad), *LEIE[4:], "--db", str(tmp_path / "r.db"), "--errors", "/dev/full"]) == 2
    assert capsys.readouterr().err.startswith("/dev/full: document: expected a file that can be written, got No space")
    assert not (tmp_path / "r.db").exists()
