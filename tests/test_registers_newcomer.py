"""What somebody who begins with a table of their own is told: by `register` and by those who look up."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from cases import HERE

from clinic_vetting.cli import main
from clinic_vetting.errors import InputError
from clinic_vetting.listings import read_listing_map
from clinic_vetting.registers.column_map import read_map
from clinic_vetting.registers.database import _TABLES, APPLICATION, VERSION

LEIE = HERE / "fixtures/registers/leie/UPDATED.csv"
MAP = "column_map: 1\nregister: college\ntitle: College\nby: College\ncolumns: {number: Number, name: Name}\n"
DOSSIER = "dossier: 1\nclinic: {id: c}\n"
NOTHING = {
    "en": "{}: no snapshot on or before 2026-01-01; nothing was looked up\n",
    "es": "{}: no hay ninguna copia del 2026-01-01 ni anterior; no se ha consultado nada\n",
}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a map, two dossiers and a database of a later day."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.yaml").write_text(MAP)
    for each in ("a", "b"):
        (tmp_path / f"{each}.yaml").write_text(DOSSIER.replace("id: c", f"id: {each}"))
    (tmp_path / "in.ndjson").write_text('{"dossier": 1, "clinic": {"id": "a"}}\n' * 2)
    assert main(["register", "import", "leie", str(LEIE), "--as-of", "2026-11-01", "--db", "r.db"]) == 0
    return tmp_path


def imported(table: str, text: str, *more: str) -> int:
    """Import a table by the map into a new database."""
    Path(table).write_text(text)
    return main(["register", "import", "csv", table, "--as-of", "2026-11-01", "--db", "new.db", *more])


@pytest.mark.parametrize(("separator", "shown"), [(";", '";"'), ("\t", '"\\t"'), ("|", '"|"')])
def test_another_separator_is_named(place: Path, capsys: Capture, separator: str, shown: str) -> None:
    """With what to write; and so it works."""
    rows = f"Number{separator}Name\n1{separator}Sample\n"
    capsys.readouterr()
    assert imported("t.csv", rows, "--map", "map.yaml") == 2
    assert capsys.readouterr().err.endswith(f"; say in the map: separator: {shown}\n")
    assert imported("t.csv", rows, "--map", "map.yaml", "--language", "es") == 2
    assert capsys.readouterr().err.endswith(f"; indique en el mapa: separator: {shown}\n")

    (place / "map.yaml").write_text(f"{MAP}separator: {shown}\n")
    assert imported("t.csv", rows, "--map", "map.yaml") == 0


@pytest.mark.parametrize("rows", ["Nummer;Name\n1;Sample\n", "Nummer,Name\n1,Sample\n"])
def test_a_column_that_no_separator_shows_is_missing(place: Path, capsys: Capture, rows: str) -> None:
    """As before."""
    assert place.exists()
    assert imported("t.csv", rows, "--map", "map.yaml") == 2
    told = capsys.readouterr().err
    assert "missing: Number" in told
    assert "separator" not in told


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_has_no_map_is_told_where_one_is_shown(place: Path, capsys: Capture, language: str) -> None:
    """In a file that has one."""
    assert place.exists()
    assert imported("t.csv", "Number,Name\n1,Sample\n", "--language", language) == 2
    assert "docs/guide/own-registers.md" in capsys.readouterr().err
    assert "column_map: 1" in (HERE.parent / "docs/guide/own-registers.md").read_text(encoding="utf-8")


def test_a_failed_first_import_leaves_nothing_that_opens(place: Path, capsys: Capture) -> None:
    """And the next one fills it."""
    assert imported("t.csv", "Nummer,Name\n1,Sample\n", "--map", "map.yaml") == 2
    capsys.readouterr()
    assert main(["vet", "a.yaml", "--registers", "new.db"]) == 2
    assert capsys.readouterr().err == (
        "new.db: there is no such database; make it with 'clinic-vetting register import'\n"
    )

    assert imported("t.csv", "Number,Name\n1,Sample\n", "--map", "map.yaml") == 0
    assert main(["vet", "a.yaml", "--registers", "new.db", "--as-of", "2026-11-02"]) == 0
    assert not capsys.readouterr().err
    assert place.exists()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "command",
    [
        ["vet", "a.yaml", "b.yaml"],
        ["pages", "a.yaml", "b.yaml", "--output", "out"],
        ["compare", "a.yaml", "b.yaml"],
        ["batch", "in.ndjson", "out.ndjson"],
    ],
)
def test_registers_of_later_days_alone_are_told_once(
    place: Path, capsys: Capture, command: list[str], language: str
) -> None:
    """And nothing where there is something to look up."""
    looking = [*command, "--registers", "r.db", "--language", language]
    capsys.readouterr()

    assert main([*looking, "--as-of", "2026-01-01"]) == 0
    assert capsys.readouterr().err.count(NOTHING[language].format("r.db")) == 1
    assert main([*looking, "--as-of", "2026-11-01", *(["--overwrite"] if "batch" in command else [])]) == 0
    assert "r.db" not in capsys.readouterr().err
    assert place.exists()


@pytest.mark.parametrize(("language", "none"), [("en", "holds no snapshot"), ("es", "no contiene ninguna copia")])
def test_a_database_without_snapshots_says_so(place: Path, capsys: Capture, language: str, none: str) -> None:
    """As earlier versions left it behind a failed import."""
    with contextlib.closing(sqlite3.connect(place / "old.db")) as connection:
        connection.execute(_TABLES)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    capsys.readouterr()

    assert main(["register", "list", "--db", "old.db", "--language", language]) == 0
    assert capsys.readouterr() == ("", f"old.db: {none}\n")
    assert main(["vet", "a.yaml", "--registers", "old.db", "--as-of", "2026-01-01", "--language", language]) == 0
    assert NOTHING[language].format("old.db") == capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "hint"),
    [("en", "give another database"), ("es", "indique otra, o")],
)
def test_another_file_is_no_database_whatever_the_option_is_called(
    place: Path, capsys: Capture, language: str, hint: str
) -> None:
    """`vet` has no `--db`."""
    assert place.exists()
    assert main(["vet", "a.yaml", "--registers", "map.yaml", "--language", language]) == 2
    told = capsys.readouterr().err
    assert hint in told
    assert "--db" not in told


def test_a_tab_can_be_said_in_either_map(place: Path) -> None:
    """It is what both hints name; a blank is no separator."""
    listings = 'listing_map: 1\nseparator: "{}"\ndossier: {{clinic: {{id: =Id, name: =Name}}}}\n'
    (place / "listings.yaml").write_text(listings.format("\\t"))
    (place / "blank.yaml").write_text(f'{MAP}separator: " "\n')

    assert read_listing_map(place / "listings.yaml").separator == "\t"
    with pytest.raises(InputError, match=r"separator: expected one of , ; \| or a tab, got ' '"):
        read_map(place / "blank.yaml")
