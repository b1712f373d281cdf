"""The database of registers: all or nothing, and whatever is wrong with it is said in words."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cases import DAY, HERE

from clinic_vetting import Clinic, Fault, InputError, Practitioner, RegisterError
from clinic_vetting.cli import main
from clinic_vetting.registers import Registers, days, enrich
from clinic_vetting.registers.database import VERSION

FIXTURES = HERE / "fixtures" / "registers"
LEIE = FIXTURES / "leie" / "UPDATED.csv"
FIRST, SECOND = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
Capture = pytest.CaptureFixture[str]


def held(path: Path) -> list[str]:
    """Give everything that a database holds, ids left out."""
    with Registers.open(path) as registers:
        found = registers.snapshots()
    told = [f"{each.register} {each.as_of} {each.file} {each.rows} {each.refused} {each.complete}" for each in found]
    connection = sqlite3.connect(path)
    for each in found:
        for table in ("rows", "keys"):
            told += map(str, connection.execute(f"SELECT * FROM {table}_{each.id} ORDER BY 1, 2"))  # noqa: S608
    connection.close()
    return told


def add(path: Path, file: Path = LEIE, kind: str = "leie", as_of: dt.date = FIRST) -> list[Fault]:
    """Import a file; give its faults."""
    faults: list[Fault] = []
    with Registers.open(path, create=True) as registers:
        registers.add(kind, file, as_of, tell=faults.append)
    return faults


def changed(tmp_path: Path, before: str, after: str) -> Path:
    """Write the fixture with something else in it."""
    path = tmp_path / "UPDATED.csv"
    path.write_text(LEIE.read_text().replace(before, after))
    return path


def test_the_same_import_twice_is_as_good_as_once(tmp_path: Path) -> None:
    """And a corrected file of the same day takes the place of the first."""
    path = tmp_path / "r.db"
    add(path)
    once = held(path)
    add(path)
    twice = held(path)
    add(path, changed(tmp_path, "BRUNO", "BERTA"))

    assert once == twice
    assert once != held(path)
    assert len(once) == len(held(path))


def test_a_newer_snapshot_stands_beside_the_older(tmp_path: Path) -> None:
    """A verdict of a day looks up what was known on it; an older import does not hide a newer one."""
    path = tmp_path / "r.db"
    add(path, as_of=SECOND)
    add(path, changed(tmp_path, "EXAMPLEROW", "OTHERNAME"), as_of=FIRST)
    with Registers.open(path) as registers:
        days = [registers.newest(day) for day in (FIRST - dt.timedelta(1), FIRST, SECOND - dt.timedelta(1), DAY, None)]

    assert [[str(each.as_of) for each in found] for found in days] == [
        [], ["2026-10-01"], ["2026-10-01"], ["2026-11-01"], ["2026-11-01"],
    ]  # fmt: skip


def test_a_bad_row_is_told_and_costs_no_other(tmp_path: Path) -> None:
    """With file, line and column; a list of which a row is missing answers nothing by absence."""
    path, file = tmp_path / "r.db", changed(tmp_path, "20200520", "20201399")
    faults = add(path, file)

    assert [str(each).removeprefix(str(file)) for each in faults] == [
        f":4: EXCLDATE: expected {days.expected('us')}, got '20201399'"
    ]
    assert held(path)[0] == "leie 2026-10-01 UPDATED.csv 5 1 False"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "an empty file"),
        (LEIE.read_text().splitlines()[0], "expected rows, got a header alone"),
        (LEIE.read_text().splitlines()[0] + "\nx\n", "none that can be read, of 1"),
    ],
)
def test_a_file_without_rows_leaves_the_old_snapshot(tmp_path: Path, text: str, expected: str) -> None:
    """An empty list would otherwise clear everybody."""
    path, file = tmp_path / "r.db", tmp_path / "empty.csv"
    add(path)
    before = held(path)
    file.write_text(text)

    with pytest.raises(InputError, match=expected):
        add(path, file)
    assert before == held(path)


SLOW = """
import datetime, itertools, sys
from clinic_vetting.registers import Registers, kinds
import attrs
kind = kinds.find("leie")
def read(intake):
    rows = list(kind.read(intake))
    for number in itertools.count(1):
        if number == 30_000:
            print("under way", flush=True)
        yield rows[0]._replace(place=number)
kinds.find = lambda _: attrs.evolve(kind, read=read)
Registers.open(sys.argv[2]).add("leie", sys.argv[1], datetime.date(2026, 10, 1))
"""


def test_a_killed_import_leaves_the_old_snapshot(tmp_path: Path) -> None:
    """`kill -9` while rows are being written; whoever opens it next takes back what was."""
    path = tmp_path / "r.db"
    add(path)
    before = held(path)
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(LEIE), str(path)], stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout is not None
    assert process.stdout.readline() == b"under way\n"
    deadline = time.monotonic() + 20
    while path.stat().st_size < 1_000_000 and time.monotonic() < deadline:
        time.sleep(0.01)
    grown = path.stat().st_size
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert grown >= 1_000_000, "it was killed while the file grew"
    assert before == held(path)
    assert not add(path)
    assert before == held(path)


def test_another_import_under_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is changed."""
    path = tmp_path / "r.db"
    add(path)
    monkeypatch.setattr("clinic_vetting.registers.database._WAIT", 0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(RegisterError, match="another import is under way; try again when it has ended"):
        add(path)
    other.close()
    assert not add(path)


def made(path: Path, *commands: str) -> None:
    """Run SQL on a file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for each in commands:
        connection.execute(each)
    connection.close()


def test_what_is_no_database_of_registers_is_told(tmp_path: Path) -> None:
    """Absent, a folder, another file, another program's, empty, of a newer library or an older."""
    ours, text, other, newer, older = (tmp_path / name for name in ("r.db", "text", "other.db", "newer.db", "older.db"))
    text.write_text("no database, whatever its name says " * 100)
    made(other, "CREATE TABLE t (a)")
    add(newer)
    shutil.copy(newer, older)
    made(newer, f"PRAGMA user_version = {VERSION + 1}")
    made(older, f"PRAGMA user_version = {VERSION - 1}")
    (tmp_path / "nothing").touch()
    expected = {
        ours: "there is no such database; make it with 'clinic-vetting register import'",
        tmp_path: "is a folder; expected a database of registers; name a file in it",
        text: "is no database of registers; give another database, or import into a new one",
        other: "is no database of registers; give another database, or import into a new one",
        newer: "is of a newer clinic-vetting (form 3, known: 2); upgrade",
        older: "is of an older clinic-vetting (form 1, known: 2); import into a new one",
        tmp_path / "nothing": "is empty; make it with 'clinic-vetting register import'",
        tmp_path / "folder" / "r.db": "there is no such database; make it with 'clinic-vetting register import'",
    }

    told = {}
    for path in expected:
        with pytest.raises(RegisterError) as error:
            Registers.open(path)
        told[path] = str(error.value).removeprefix(f"{path}: ")

    assert expected == told
    assert not ours.exists()
    with pytest.raises(
        RegisterError, match="expected a database that can be read and, for an import, written; mend its name"
    ):
        Registers.open(tmp_path / "folder" / "r.db", create=True)


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """Not answered from."""
    path = tmp_path / "r.db"
    add(path)
    data = bytearray(path.read_bytes())
    data[4096 * 1 :] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)

    with pytest.raises(RegisterError, match="is damaged; remove it and import"):
        Registers.open(path)
    (tmp_path / "x.db").touch()
    made(tmp_path / "x.db", "CREATE TABLE t (a)", "PRAGMA application_id = 1131173490", "PRAGMA user_version = 2")
    with pytest.raises(RegisterError, match="is damaged; remove it and import"):
        Registers.open(tmp_path / "x.db")


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """It is told."""
    path = tmp_path / "r.db"
    add(path)
    before = held(path)
    registers = Registers.open(path)
    registers._database.connection.execute("PRAGMA max_page_count = 1")  # noqa: SLF001 - no disk is full here

    with registers, pytest.raises(RegisterError, match="no room left on the disk, and nothing was changed; make room"):
        registers.add("leie", LEIE, SECOND)
    assert before == held(path)


def test_a_table_that_is_missing_is_told(tmp_path: Path) -> None:
    """In SQLite's own words."""
    path = tmp_path / "r.db"
    add(path)
    made(path, "DROP TABLE rows_1")

    with Registers.open(path) as registers, pytest.raises(RegisterError, match="no such table: rows_1"):
        registers.newest()[0].by_number("1234567893")


@pytest.mark.parametrize("name", ["x'; DROP TABLE snapshots; --", 'y" OR 1=1', "Robert'); DELETE FROM keys_1;--", "%_"])
def test_names_are_no_commands(tmp_path: Path, name: str) -> None:
    """Whatever stands in a dossier, or in a register."""
    path, file = tmp_path / "r.db", tmp_path / "names.csv"
    file.write_text(
        f'npi,name,state,spec,reason,date\n1234567893,"{name.replace(chr(34), chr(34) * 2)} x",CA,,,2020-01\n'
    )
    add(path, file)
    before = held(path)
    with Registers.open(path) as registers:
        enrich(Clinic(id="c", practitioners=(Practitioner(name=name),)), registers)
        assert registers.newest()[0].by_number(name) == []

    assert before == held(path)


def test_the_commands_import_and_list(tmp_path: Path, capsys: Capture) -> None:
    """One line for each snapshot; 2 where rows could not be read, which are told."""
    path, file = str(tmp_path / "r.db"), changed(tmp_path, "1234567893", "12345")

    assert main(["register", "import", "leie", str(LEIE), "--as-of", "2026-11-01", "--db", path, "--whole"]) == 0
    assert capsys.readouterr().out == "leie  2026-11-01  rows 6, complete: absence counts  UPDATED.csv\n"
    assert main(["register", "import", "leie", str(file), "--as-of", "2026-11-02", "--db", path, "--whole"]) == 2
    told = capsys.readouterr()
    assert told.out == "leie  2026-11-02  rows 5, not read 1  UPDATED.csv\n"
    assert told.err.splitlines() == [
        f"{file}:3: NPI: expected an NPI of ten digits, or zeros, got '12345'",
        "leie: from 2026-11-02 on it is looked up instead of 6 rows as of 2026-11-01 (UPDATED.csv)",
    ]
    assert main(["register", "list", "--db", path]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["2026-11-01", "2026-11-02"]
    assert main(["register", "kinds"]) == 0
    assert "leie                OIG List of Excluded Individuals/Entities\n" in capsys.readouterr().out


def test_many_bad_rows_are_told_up_to_a_number_or_into_a_file(tmp_path: Path, capsys: Capture) -> None:
    """All of them are counted."""
    path, file, errors = str(tmp_path / "r.db"), tmp_path / "bad.csv", tmp_path / "errors.txt"
    file.write_text(LEIE.read_text() + "bad\n" * 1200)
    command = ["register", "import", "leie", str(file), "--as-of", "2026-11-01", "--db", path]

    assert main(command) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert told[-1] == "and 1,180 more rows that cannot be read; --errors FILE lists them all"
    assert main([*command, "--errors", str(errors)]) == 2
    assert not capsys.readouterr().err
    assert len(errors.read_text().splitlines()) == 1200
    assert main([*command, "--errors", str(tmp_path)]) == 2
    assert "document: expected a file that can be written, got a folder; name a file in it" in capsys.readouterr().err


def test_an_unknown_kind_is_told_before_a_database_is_made(tmp_path: Path, capsys: Capture) -> None:
    """With the one that is meant, or all."""
    path = tmp_path / "r.db"
    command = ["register", "import", "lei", str(LEIE), "--as-of", "2026-11-01", "--db", str(path)]

    assert main(command) == 2
    assert capsys.readouterr().err == "lei: no such kind of register; did you mean 'leie'?\n"
    assert main(["register", "import", "zzz", *command[3:]]) == 2
    assert "one of ca-board, cms-clinicians, cqc, csv," in capsys.readouterr().err
    assert not path.exists()


def _read(terminal: int) -> bytes:
    """Read what was shown; nothing at its end."""
    try:
        return os.read(terminal, 100_000)
    except OSError:
        return b""


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    """The rows, the share of the file and the rate; it is taken away at the end."""
    file = tmp_path / "many.csv"
    with file.open("w") as out:
        out.write(LEIE.read_text())
        out.writelines(f"X{chr(97 + number % 26)},Y,,,,,,,,,,,,,20200101,,,\n" for number in range(60_000))
    ours, theirs = pty.openpty()
    command = ["register", "import", "leie", str(file), "--as-of", "2026-11-01", "--db", str(tmp_path / "r.db")]
    whole = [sys.executable, "-m", "clinic_vetting", *command]
    subprocess.run(whole, stderr=theirs, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    os.close(theirs)
    shown = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)

    assert b" lines  " in shown
    assert b"% " in shown
    assert shown.endswith(b"\r\x1b[K")


def test_nothing_that_is_read_is_written_over(tmp_path: Path, capsys: Capture) -> None:
    """Not the publisher's file, not the database, not the map; under whatever name."""
    path, file, link = tmp_path / "r.db", tmp_path / "l.csv", tmp_path / "link.csv"
    file.write_text(LEIE.read_text())
    link.symlink_to(file)
    add(path)
    before = held(path)
    command = ["register", "import", "leie", str(file), "--as-of", "2026-11-01", "--db", str(path), "--errors"]

    for errors, one in ((file, "the register's file"), (link, "the register's file"), (path, "--db")):
        assert main([*command, str(errors)]) == 2
        assert capsys.readouterr().err == f"{errors}: {one} and --errors are the same file; give another\n"
    assert main([*command[:-2], str(tmp_path / "new"), "--errors", str(tmp_path / "new")]) == 2
    assert "--db and --errors are the same file" in capsys.readouterr().err
    assert (before, LEIE.read_text()) == (held(path), file.read_text())


@pytest.mark.parametrize("brand", ["B\\u001f", "\\u001fB", "B\\ud800", "\\u0000"])
def test_what_parts_facts_or_is_no_character_is_taken_out(tmp_path: Path, brand: str) -> None:
    """A row with it can be looked up as any other."""
    path, file = tmp_path / "r.db", tmp_path / "n.json"
    file.write_text(f'{{"product_ndc": "0002-0800", "brand_name": "{brand}"}}')

    assert not add(path, file, "ndc")
    with Registers.open(path) as registers:
        (entry,) = registers.newest()[0].by_number("000020800")
    assert entry["brand"].strip() in {"B", "B?", ""}


def test_a_row_that_was_stored_badly_is_told(tmp_path: Path) -> None:
    """Not read as if its facts were others."""
    path = tmp_path / "r.db"
    add(path)
    made(path, "UPDATE rows_1 SET facts = facts || char(31)")

    with Registers.open(path) as registers, pytest.raises(RegisterError, match="row 3 of leie is damaged; import it"):
        registers.newest()[0].by_number("1234567893")


GUDID = '<?xml version="1.0" encoding="{}"?><gudid xmlns="http://www.fda.gov/cdrh/gudid">{}</gudid>'
DEVICE = "<device><deviceId>00643169007222</deviceId></device>"
ALONE = LEIE.read_bytes().decode().encode("utf-16-le")


def zipped(name: str, method: int = zipfile.ZIP_STORED) -> bytearray:
    """Pack the fixture."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(name, LEIE.read_text() * 1000)
    return bytearray(out.getvalue())


def spoilt(data: bytearray, at: int, put: bytes) -> bytes:
    """Put something else somewhere."""
    data[at : at + len(put)] = put
    return bytes(data)


def unreadable_name() -> bytes:
    """Give a zip whose table has a name that says to be UTF-8, and is not."""
    data = zipped("a.csv")
    at = data.find(b"PK\1\2")
    return spoilt(bytearray(spoilt(data, at + 9, b"\x08")), data.find(b"a.csv", at), b"\xff")


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("leie", b"\xff\xfe" + ALONE + b"A", "damaged or cut off"),
        ("leie", b"\xff\xfe" + ALONE + b"\x00\xd8\n\x00", "damaged or cut off"),
        ("leie", spoilt(zipped("a.csv", zipfile.ZIP_LZMA), 44, b"\xff" * 16), "damaged or cut off"),
        ("leie", unreadable_name(), "damaged or cut off"),
        ("leie", bytes(zipped("a\u202e\x1b[31m.exe")), r"'a\u202e\x1b[31m.exe'"),
        ("gudid", GUDID.format("foo", "").encode(), "XML, whole and well formed"),
        ("gudid", GUDID.format("shift_jis", "").encode(), "XML, whole and well formed"),
        ("gudid", gzip.compress(GUDID.format("utf-8", DEVICE * 99).encode())[:-10], "damaged or cut off"),
        ("cqc", b"[" * 5000, "expected a location of the CQC API, through the end of the file"),
        ("ca-board", b"license,action_type,action_date\nPENDING,Revoked,2020-01-01\n", "none that can be read, of 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, kind: str, data: bytes, expected: str) -> None:
    """In words that move no terminal; and what was to be a new database is none."""
    path, file = tmp_path / "r.db", tmp_path / "file"
    file.write_bytes(data)

    with pytest.raises(InputError) as error:
        add(path, file, kind)
    assert expected in str(error.value)
    assert str(error.value).isprintable()
    assert not path.exists()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ndc", '{"product_ndc": "0002-0800", "x": ' + "9" * 5000 + "}"),
        (
            "drug-enforcement",
            '{"recalling_firm": "F", "product_description": "P", "code_info": "L", "openfda": {"package_ndc": 5}}',
        ),
        ("gudid", '{"identifiers": [{"id": "1\\ud800"}]}'),
    ],
)
def test_an_odd_value_costs_no_row(tmp_path: Path, kind: str, text: str) -> None:
    """It is left out, or read as far as it goes."""
    path, file = tmp_path / "r.db", tmp_path / "file"
    file.write_text(text)

    assert not add(path, file, kind)
    assert held(path)[0] == f"{kind} 2026-10-01 file 1 0 False"


def test_a_register_may_come_through_a_pipe(tmp_path: Path) -> None:
    """As the shell gives it: `<(zcat file)`, whose size nobody knows."""
    path, pipe = tmp_path / "r.db", tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        written = pool.submit(pipe.write_bytes, LEIE.read_bytes())
        faults = add(path, pipe)

    assert written.result() == LEIE.stat().st_size
    assert not faults
    assert held(path)[0] == "leie 2026-10-01 pipe 6 0 False"


def test_a_first_import_that_failed_leaves_no_file(tmp_path: Path) -> None:
    """Nor does one that was never tried; the same open database takes the next."""
    path = tmp_path / "r.db"
    with Registers.open(path, create=True) as registers:
        assert registers.snapshots() == ()
    assert not path.exists()

    with Registers.open(path, create=True) as registers:
        with pytest.raises(InputError):
            registers.add("ndc", LEIE, FIRST)
        registers.add("leie", LEIE, FIRST)
    assert held(path)[0].startswith("leie 2026-10-01")


def test_the_current_folder_may_change_while_a_database_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is where it was opened; messages name it as it was given."""
    (tmp_path / "folder").mkdir()

    for name, is_used in (("used.db", True), ("empty.db", False)):
        monkeypatch.chdir(tmp_path)
        with Registers.open(name, create=True) as registers:
            monkeypatch.chdir("folder")
            if is_used:
                registers.add("leie", LEIE, FIRST)
    with Registers.open("../gone.db", create=True) as gone:
        (tmp_path / "gone.db").unlink()
        with pytest.raises(RegisterError, match=r"^\.\./gone\.db: "):
            gone.add("leie", LEIE, FIRST)

    assert held(tmp_path / "used.db")[0].startswith("leie 2026-10-01")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "used.db"]


def test_a_file_that_holds_nothing_stays_where_it_was_made_by_somebody_else(tmp_path: Path) -> None:
    """Or where somebody writes into it just now, or another stands in its place."""
    empty, busy, moved = (tmp_path / name for name in ("empty", "busy", "moved"))
    empty.touch()
    Registers.open(empty, create=True).close()
    assert empty.exists()

    with Registers.open(busy, create=True):
        other = sqlite3.connect(busy, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    other.close()
    assert busy.exists()

    with Registers.open(moved, create=True):
        moved.unlink()
        moved.write_text("another")
    assert moved.read_text() == "another"


@pytest.mark.parametrize("is_another", [False, True])
def test_nothing_is_imported_into_a_file_that_is_there_no_more(tmp_path: Path, *, is_another: bool) -> None:
    """It would be lost: another import may have failed, and have taken away what was to be of both."""
    path = tmp_path / "r.db"
    with Registers.open(path, create=True) as registers:
        path.unlink()
        if is_another:
            path.touch()
        with pytest.raises(RegisterError, match="another import is under way; try again"):
            registers.add("leie", LEIE, FIRST)
    assert path.exists() is is_another
