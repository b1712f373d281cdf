"""Files that are given by name: folders of dossiers, and one wording for what cannot be read."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import ROOT

from clinic_vetting.cli import main
from clinic_vetting.commands.dossiers import clinics, files
from clinic_vetting.hints import unreadable

Capture = pytest.CaptureFixture[str]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-21")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of three dossiers, and of what are none."""
    for name in ("b.yaml", "a.YML", "c.json", ".hidden.yaml", "notes.txt", "lines.ndjson"):
        (tmp_path / name).write_text(json.dumps({"dossier": 1, "clinic": {"id": name}}))
    return tmp_path


def test_a_folder_stands_for_its_dossiers_in_the_order_of_their_names(folder: Path) -> None:
    """Standard input, files and what is not there stay what they are."""
    assert files(["-", str(folder), "x.yaml", "\0"]) == [
        "-", *(str(folder / each) for each in ("a.YML", "b.yaml", "c.json")), "x.yaml", "\0",
    ]  # fmt: skip


def test_commands_that_take_several_dossiers_take_folders(capsys: Capture, folder: Path) -> None:
    """Each reads what is in it, and nothing below."""
    (folder / "below").mkdir()
    (folder / "below" / "d.yaml").write_text("no dossier")

    for command in (
        ["vet", "--format", "json"],
        ["check"],
        ["compare"],
        ["criteria", "backtest", *["mesotherapy"] * 2],
    ):
        assert main([*command, str(folder), *(() if command == ["check"] else DAY)]) == 0
    out = capsys.readouterr().out
    assert [json.loads(each)["clinic"]["id"] for each in out.splitlines()[:3]] == ["a.YML", "b.yaml", "c.json"]
    assert f"{folder / 'a.YML'}: no faults" in out
    assert "3 clinics, mesotherapy" in out
    assert "3 listings, 0 with another band" in out


def test_pages_of_a_folder(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    """What every newcomer tries."""
    assert main(["pages", str(folder), "--output", str(tmp_path / "site"), *DAY]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(tmp_path / "site" / "index.html")
    assert len(list((tmp_path / "site").iterdir())) == 4


def test_a_format_of_one_dossier_counts_those_of_a_folder(capsys: Capture, folder: Path) -> None:
    """One page holds one verdict."""
    assert main(["vet", str(folder), "--format", "html"]) == 2
    assert "expected one dossier, got 3" in capsys.readouterr().err


def test_a_folder_without_dossiers_is_told(capsys: Capture, tmp_path: Path) -> None:
    """And the others are read."""
    assert main(["check", str(tmp_path), str(EXAMPLES / "minimal.yaml")]) == 2
    told = capsys.readouterr()
    assert told.err == f"{tmp_path}: document: expected a folder with dossiers (*.yaml, *.yml, *.json), got none\n"
    assert "minimal.yaml: no faults" in told.out


@pytest.fixture
def closed(capsys: Capture) -> Iterator[Path]:
    """Make a folder that may be entered and not listed, and be somebody whom that holds, once all is loaded."""
    main(["check", "nowhere.yaml", str(EXAMPLES)])
    capsys.readouterr()
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o311)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(me)
    folder.rmdir()


def test_what_may_not_be_read_costs_no_other_dossier(capsys: Capture, closed: Path) -> None:
    """Neither a folder that may not be listed, nor a name that no disk takes."""
    found = list(clinics([str(closed), "x" * 300]))
    expected = "document: expected a file that can be read"

    assert found == [(None, 2), (None, 2)]
    assert capsys.readouterr().err.splitlines() == [
        f"{closed}: {expected}, got Permission denied; ask its owner for the right to read it",
        f"{'x' * 300}: {expected}, got File name too long",
    ]


@pytest.mark.parametrize("command", ["fixes", "forecast", "robustness"])
def test_a_folder_is_not_one_dossier(capsys: Capture, folder: Path, tmp_path: Path, command: str) -> None:
    """Commands on one dossier say so, whether the folder holds dossiers or none."""
    for each in (folder, tmp_path / "none"):
        each.mkdir(exist_ok=True)
        assert main([command, str(each)]) == 2
        told = "document: expected one dossier, got a folder; name a file in it"
        assert capsys.readouterr().err == f"{each}: {told}\n"


def test_a_folder_is_not_one_of_two_dossiers(capsys: Capture, folder: Path) -> None:
    """In the reader's language."""
    assert main(["diff", str(EXAMPLES / "minimal.yaml"), str(folder), "--language", "es"]) == 2
    told = "documento: se esperaba: un solo dossier; en su lugar: una carpeta; nombre un archivo que esté en ella"
    assert capsys.readouterr().err == f"{folder}: {told}\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError(2, "No such file"), "got No such file; mend the name, or give its whole path"),
        (IsADirectoryError(21, "Is a directory"), "got a folder; name a file in it"),
        (PermissionError(13, "Permission denied"), "got Permission denied; ask its owner for the right to read it"),
        (OSError(5, "Input/output error"), "got Input/output error"),
        (ValueError("embedded null byte"), "got embedded null byte"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(error: OSError | ValueError, told: str) -> None:
    """In the same words everywhere."""
    assert str(unreadable("x.csv", error)) == f"x.csv: document: expected a file that can be read, {told}"


@pytest.mark.parametrize(
    "command",
    [
        ["vet", "NONE"],
        ["fixes", "NONE"],
        ["batch", "NONE", "-"],
        ["import", "csv", "NONE", "--map", str(EXAMPLES / "maps" / "listings.yaml")],
        ["import", "csv", "NONE.xlsx", "--map", str(EXAMPLES / "maps" / "listings.yaml")],
        ["import", "csv", str(EXAMPLES / "listings.csv"), "--map", "NONE"],
        ["import", "fhir", "NONE", "--id", "x"],
        ["import", "page", "NONE"],
        ["register", "import", "leie", "NONE", "--as-of", "2026-11-01", "--db", "NONE.db"],
    ],
    ids=["vet", "fixes", "batch", "table", "workbook", "map", "fhir", "page", "register"],
)
def test_every_command_says_it_in_the_same_words(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """Exit code 2, the file's name, the reason, what to do."""
    monkeypatch.chdir(tmp_path)

    code = main(command)

    assert code == 2
    told = ": document: expected a file that can be read, got No such file or directory; mend the name, or give its"
    assert capsys.readouterr().err.splitlines()[0].removeprefix("NONE").removeprefix(".xlsx").startswith(told)


def test_a_folder_is_no_criteria_set(capsys: Capture) -> None:
    """It is told as what it is; names that no file can have are none."""
    assert main(["criteria", "show", str(EXAMPLES)]) == 2
    assert "expected the name of a shipped set, or a file, got a folder" in capsys.readouterr().err
    for name in ("nowhere", "x" * 300, "\0"):
        assert main(["criteria", "show", name]) == 2
        assert "or a file, got neither" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "places", "wrong"),
    [
        (["vet", "a", "--as-of", "21.11.2026"], "DOSSIER [DOSSIER ...]", "argument --as-of: expected a date"),
        (["pages", "a"], "--output DIR DOSSIER [DOSSIER ...]", "the following arguments are required: --output"),
        (["batch", "a"], "IN OUT", "the following arguments are required: OUT"),
        (["nope"], "COMMAND ...", "argument COMMAND: invalid choice: 'nope'"),
    ],
)  # fmt: skip
def test_a_fault_of_the_command_line_is_two_lines(capsys: Capture, command: list[str], places: str, wrong: str) -> None:
    """How the command is used, without its options, and what is wrong."""
    with pytest.raises(SystemExit) as ended:
        main(command)

    assert ended.value.code == 2
    first, second = capsys.readouterr().err.splitlines()
    program = f"clinic-vetting {command[0]}".removesuffix(" nope")
    assert first == f"usage: {program} {places}; --help tells its options"
    assert second.startswith(f"{program}: {wrong}")


def test_the_full_id_of_a_criterion_as_a_key_is_told_how_it_is_written(capsys: Capture, tmp_path: Path) -> None:
    """As `criteria show` prints it, and as a newcomer copies it; other keys get no such advice."""
    path = tmp_path / "d.json"
    path.write_text(
        json.dumps({"dossier": 1, "clinic": {"id": "a"}, "answers": {"hygiene.hands": "yes", "a.b.c": "yes"}})
    )

    assert main(["check", str(path)]) == 2
    nested, other = capsys.readouterr().err.splitlines()
    assert nested.endswith("got the key 'hygiene.hands'; write hygiene: {hands: ...} instead")
    assert other.endswith("got the key 'a.b.c'")
