"""A table of listings as dossiers: what is read, what is told, and that nothing is dropped without a word."""

# ruff: noqa: E501, ISC004 - tables of cases read best in one line each

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from cases import DAY, ROOT, mesotherapy, refusal
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from clinic_vetting import Clinic, ExtraError, InputError, LicenceStatus, clinic_from, load_clinic, shapes, vet
from clinic_vetting.cli import main
from clinic_vetting.dossier import KEYS
from clinic_vetting.errors import Fault
from clinic_vetting.listings import Listed, listed, open_listings, read_listing_map
from clinic_vetting.listings.folder import file_name
from clinic_vetting.listings.template import dossier_shape
from clinic_vetting.listings.workbook import MOST_UNPACKED

Capture = pytest.CaptureFixture[str]
TABLE, MAP = ROOT / "examples" / "listings.csv", ROOT / "examples" / "maps" / "listings.yaml"
SMALL_MAP = """
listing_map: 1
dates: uk
words: {yes: [ja], active: [Registered, In good standing]}
blank: ["?"]
columns:
  Count: {blank: ["0"]}
  Kinds: {split: "/", words: {mesotherapy: [Meso]}}
  Late: {dates: us}
dossier:
  clinic: {id: =Ref, name: =Name, country: GB, treatments: =Kinds}
  sources:
    visit: {kind: observation, who: =Who, seen: =Seen}
    site: {kind: claim, who: the clinic's website, seen: =Late}
  practitioners:
    - {name: =Injector, licences: [{authority: GMC, number: =Number, status: =Status, source: site}]}
  ratings: [{platform: P, mean: =Mean, count: =Count, seen: =Seen}]
  answers: {hygiene: {hand_hygiene: {answer: =Hands, source: visit, note: =Note}}}
"""
FULL = {"Ref": "a", "Name": "A", "Kinds": "Meso / lip filler", "Who": "us", "Seen": "03/04/2026", "Late": "03/04/2026",
        "Injector": "X", "Number": "0012", "Status": "in  good standing", "Mean": "4.5", "Count": "1,200", "Hands": "JA",
        "Note": "n"}  # fmt: skip


def table(tmp_path: Path, *rows: dict[str, str], given: str = SMALL_MAP, separator: str = ",") -> tuple[Path, Path]:
    """Write a table of rows that differ from a full one, and a map."""
    lines = [separator.join(FULL), *(separator.join(f'"{each}"' for each in {**FULL, **row}.values()) for row in rows)]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "m.yaml").write_text(given)
    return tmp_path / "t.csv", tmp_path / "m.yaml"


def read(tmp_path: Path, *rows: dict[str, str], given: str = SMALL_MAP) -> tuple[list[Clinic | None], str]:
    """Give the clinic of each row, and all faults as text."""
    path, place = table(tmp_path, *rows, given=given)
    found_map = read_listing_map(place)
    found = [listed(row, found_map, "t.csv") for row in open_listings(path, found_map).rows]  # type: ignore[arg-type]
    return [each.clinic for each in found], "\n".join(str(fault) for each in found for fault in each.faults)


def test_the_example_gives_ten_dossiers_that_can_be_vetted(capsys: Capture, tmp_path: Path) -> None:
    """An editor's ten clinics: one command, ten files, no fault."""
    assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d")]) == 0

    files = sorted((tmp_path / "d").iterdir())
    bands = {each.stem: vet(load_clinic(each), mesotherapy(), as_of=DAY).band for each in files}
    assert len(files) == 10
    assert {name: band.id for name, band in bands.items() if band} == {
        "bay": "avoid", "dock": "unproven", "fort": "caution", "glen": "unproven", "hall": "unproven",
        "loch": "unproven", "mill": "unproven", "park": "avoid", "quay": "unproven", "rose": "avoid",
    }  # fmt: skip
    printed = capsys.readouterr()
    assert "10 rows; 10 dossiers written to" in printed.out
    assert "Columns that the map does not name: Phone" in printed.out
    assert printed.err == ""


def test_batch_reads_the_lines(capsys: Capture, tmp_path: Path) -> None:
    """NDJSON has the same dossiers as the folder; `-` is standard output."""
    lines = tmp_path / "d.ndjson"
    assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(lines)]) == 0
    assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d")]) == 0
    capsys.readouterr()
    assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", "-"]) == 0
    assert capsys.readouterr().out.encode() == lines.read_bytes()

    assert main(["batch", str(lines), "-", "--jobs", "1", "--as-of", "2026-11-21"]) == 0

    assert len(capsys.readouterr().out.splitlines()) == 10
    found = [clinic_from(json.loads(line)) for line in lines.read_text().splitlines()]
    assert found == [load_clinic(tmp_path / "d" / f"{each.id}.yaml") for each in found]


def test_every_cell_arrives_where_the_map_says(tmp_path: Path) -> None:
    """Words are translated, dates read as the map says, lists split, groups of thousands joined, zeros kept."""
    (found,), faults = read(tmp_path, {})

    assert faults == ""
    assert found == clinic_from({
        "dossier": 1,
        "clinic": {"id": "a", "name": "A", "country": "GB", "treatments": ["mesotherapy", "lip filler"]},
        "sources": {"visit": {"kind": "observation", "who": "us", "seen": "2026-04-03"},
                    "site": {"kind": "claim", "who": "the clinic's website", "seen": "2026-03-04"}},
        "practitioners": [{"name": "X", "licences": [{"authority": "GMC", "number": "0012", "status": "active", "source": "site"}]}],
        "ratings": [{"platform": "P", "mean": "4.5", "count": 1200, "seen": "2026-04-03"}],
        "answers": {"hygiene": {"hand_hygiene": {"answer": "yes", "source": "visit", "note": "n"}}},
    })  # fmt: skip


def test_of_blank_cells_nothing_is_said(tmp_path: Path) -> None:
    """A record without a cell, a source that nothing needs, and a row without any are no faults."""
    blank = dict.fromkeys(FULL, "")
    (found, nothing), faults = read(
        tmp_path, {**blank, "Ref": "a", "Hands": "?", "Count": "0", "Seen": "1/2/2026"}, blank
    )

    assert (found, nothing, faults) == (Clinic(id="a", country="GB"), None, "")


@pytest.mark.parametrize(
    ("row", "told", "left_out"),
    [
        ({"Hands": "perhaps"}, "t.csv:2: column 'Hands' (answers.hygiene.hand_hygiene.answer): expected one of yes, partly, "
         "no, not_applicable, or a word that the map explains, got 'perhaps'; say in the map what it means", "answers"),
        ({"Mean": "47"}, "t.csv:2: column 'Mean' (ratings[0].mean): expected a number from 1 to 5, got '47'; mend the cell",
         "ratings"),
        ({"Mean": "4,5"}, "or say 'decimal: comma' in the map", "ratings"),
        ({"Count": ""}, "column 'Count' (ratings[0].count): expected a whole number from 0 to 10,000,000, got nothing; mend "
         "the cell; ratings[0] is left out", "ratings"),
        ({"Who": ""}, "column 'Who' (sources.visit.who): expected text of 1 to 300 characters, got nothing; mend the cell; "
         "sources.visit is left out", "answers"),
        ({"Number": "x" * 101}, "column 'Number' (practitioners[0].licences[0].number): expected text of 1 to 100", ""),
        ({"Status": "#N/A"}, "expected a value, got '#N/A'; mend the formula", ""),
        ({"Seen": "13/13/2026"}, "column 'Seen' (sources.visit.seen): expected a date such as", ""),
        ({"Kinds": "a/" * 51}, "column 'Kinds' (clinic.treatments): expected at most 50 items, got 51", ""),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_and_the_rest_kept(tmp_path: Path, row: dict[str, str], told: str, left_out: str) -> None:
    """With its row, its column, its place in the dossier, what was expected, what came and what to do."""
    (found, other), faults = read(tmp_path, row, {"Ref": "b"})

    assert told in faults
    assert found is not None
    assert other is not None
    assert attrs.evolve(other, id="a").practitioners[0].name == found.practitioners[0].name
    empty = [name for name in ("answers", "ratings") if not getattr(found, name)]
    assert empty == ([left_out] if left_out else [])


@pytest.mark.parametrize("written", ["", "x" * 201])
def test_a_row_without_an_id_is_told_and_the_others_go_on(tmp_path: Path, written: str) -> None:
    """It cannot be a dossier."""
    (found, other), faults = read(tmp_path, {"Ref": written}, {"Ref": "b"})

    assert found is None
    assert other is not None
    assert "t.csv:2: column 'Ref' (clinic.id): expected text of 1 to 200 characters" in faults


def test_dates_and_words_nobody_explained_are_faults(tmp_path: Path) -> None:
    """Without `dates` only ISO dates are read: nobody has said what 03/04/2026 means."""
    given = SMALL_MAP.replace("dates: uk\n", "").replace("dates: us", "blank: [x]")

    (found,), faults = read(tmp_path, {"Seen": "03/04/2026", "Late": "2026-04-03"}, given=given)

    assert "expected a date as YYYY-MM-DD, got '03/04/2026'; mend the cell, or say 'dates: uk' or 'dates: us'" in faults
    assert found is not None
    assert found.ratings[0].seen is None


def test_a_decimal_comma(tmp_path: Path) -> None:
    """As many tables in Europe have it, with points between groups."""
    given = SMALL_MAP.replace("dates: uk", "dates: uk\ndecimal: comma")

    (found,), faults = read(tmp_path, {"Mean": "4,5", "Count": "1.200"}, given=given)

    assert faults == ""
    assert found is not None
    assert (found.ratings[0].mean, found.ratings[0].count) == (Decimal("4.5"), 1200)


rows = st.fixed_dictionaries({}, optional={
    name: st.one_of(st.sampled_from(["", "?", "yes", "4", "2026-01-01", "x" * 400, "=1+1"]), st.text("aé,;/|0-.\u202e", max_size=9))
    for name in FULL
})  # fmt: skip


@given(st.lists(rows, min_size=1, max_size=3))
def test_whatever_the_cells_hold_each_row_is_a_dossier_or_told(
    tmp_path_factory: Any, drawn: list[dict[str, str]]
) -> None:
    """A row gives a clinic, or a fault, or it is blank; what came is a dossier without a fault."""
    path, place = table(tmp_path_factory.mktemp("t"), *drawn)
    given_map = read_listing_map(place)

    found = [listed(row, given_map, "t.csv") for row in open_listings(path, given_map).rows]  # type: ignore[arg-type]

    assert len(found) == len(drawn)
    assert all(each.clinic or each.faults or each.blank for each in found)


def test_the_map_can_name_a_column_for_every_field(tmp_path: Path) -> None:
    """A column in the place of any field of a dossier is a map without a fault."""

    def template(shape: Any, key: str) -> Any:
        if isinstance(shape, shapes.Keyed):
            return {"s": template(shapes.Record(shape.kind), key)}
        if isinstance(shape, shapes.Table):
            return {"a": {"b": [{"answer": "=C", "source": "s"}, "=C"]}}
        if isinstance(shape, shapes.Many) and not isinstance(shape.item, shapes.Text):
            return [template(shape.item, key)]
        if isinstance(shape, shapes.Record):
            known = attrs.fields_dict(shape.kind).items()
            return {name: template(each.metadata["shape"], name) for name, each in known if "shape" in each.metadata}
        return "=C"

    shape = dossier_shape()
    tree = {name: template(each, name) for name, each in shape.items() if name != "clinic"}
    tree["clinic"] = {name: f"={name}" for name in shape["clinic"]}
    (tmp_path / "m.json").write_text(json.dumps({"listing_map": 1, "dossier": tree}))

    found = read_listing_map(tmp_path / "m.json")

    assert found.headers() == ["C", "id", "name", "country", "region", "treatments"]
    assert set(shape) == set(KEYS) - {"dossier"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("listing_map: 1", "listing_map: 2"), "m.yaml:2: listing_map: expected the format version 1, got '2'"),
        (("hand_hygiene: {answer", "hand_hygiene: {answers"), "m.yaml:18: dossier.answers.hygiene.hand_hygiene.answers: expected one of answer"),
        (("country: GB", "country: Britain"), "m.yaml:11: dossier.clinic.country: expected a country code such as GB"),
        (("source: visit", "source: visitt"), "did you mean 'visit'?"),
        (("words: {yes: [ja]", "words: {no: [JA], yes: [ja]"), "words: expected each of the table's words under one meaning, got 'ja'"),
        (("  Count:", "  Counts:"), "m.yaml:7: columns.Counts: expected a column that the dossier names as '=Counts', got none; did you mean 'Count'?"),
        (("dossier:", "dosier:"), "expected one of listing_map, dossier, dates"),
        (("dates: uk", "dates: french"), "dates: expected one of us, uk"),
    ],
)  # fmt: skip
def test_a_fault_of_the_map_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    """Before any row is read."""
    _, place = table(tmp_path, given=SMALL_MAP.replace(*change))

    with pytest.raises(InputError) as caught:
        read_listing_map(place)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "expected a map of listings"),
        ("listing_map: 1\n", "dossier: expected a dossier in which"),
        ("listing_map: 1\ndossier: {clinic: {id: x}}", "expected a column, such as 'id: =Ref', got none"),
        ("listing_map: 1\ndossier: {clinic: {id: =A}, sources: {}, x: =B}", "dossier.x: expected one of"),
        ("listing_map: 1\ndossier: {clinic: {id: =A}, answers: {a: {b: {c: {d: =E}}}}}", "dossier.answers.a.b"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """With what is missing."""
    assert told in refusal(read_listing_map, tmp_path / "m.yaml", text)


def workbook(tmp_path: Path, *rows: list[Any], title: str = "Clinics") -> Path:
    """Write a workbook whose first sheet has these rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


XLSX_MAP = """
listing_map: 1
dossier:
  clinic: {id: =Ref, name: =Name}
  sources: {s: {kind: register, who: us, seen: =Seen}}
  practitioners: [{licences: {authority: GMC, number: =Number, source: s}}]
  ratings: [{platform: P, mean: =Mean, count: =Count}]
  answers: {hygiene: {hand_hygiene: {answer: =Hands, source: s}}}
"""
HEADER = ["Ref", "Name", "Seen", "Number", "Mean", "Count", "Hands", "Other"]


def test_a_workbook_gives_what_its_reader_sees(tmp_path: Path) -> None:
    """Dates are dates, whole numbers have no fraction, zeros that a format shows stay, truth is yes."""
    path = workbook(
        tmp_path,
        [],
        HEADER,
        [
            "a",
            7,
            dt.datetime(2026, 4, 3),  # noqa: DTZ001 - as a sheet has it
            12,
            4.5,
            212.0,
            True,
        ],
        [],
        ["b", "B", dt.date(2026, 4, 3), "", "", "", False, 1],
    )
    book = load_workbook(path)
    sheet: Any = book.active
    sheet["D3"].number_format = "0000000"
    book.save(path)
    (tmp_path / "m.yaml").write_text(XLSX_MAP)
    given_map = read_listing_map(tmp_path / "m.yaml")
    opened = open_listings(path, given_map)

    found = [listed(row, given_map, "t.xlsx") for row in opened.rows]  # type: ignore[arg-type]

    assert opened.unread == ("Other",)
    assert [(each.line, each.faults) for each in found] == [(3, ()), (5, ())]
    first, second = (each.clinic for each in found)
    assert first == clinic_from({
        "dossier": 1, "clinic": {"id": "a", "name": "7"},
        "sources": {"s": {"kind": "register", "who": "us", "seen": "2026-04-03"}},
        "practitioners": [{"licences": {"authority": "GMC", "number": "0000012", "source": "s"}}],
        "ratings": [{"platform": "P", "mean": "4.5", "count": 212}],
        "answers": {"hygiene": {"hand_hygiene": {"answer": "yes", "source": "s"}}},
    })  # fmt: skip
    assert second is not None
    assert second.answers["hygiene.hand_hygiene"][0].answer == "no"


def test_a_formula_that_was_never_computed_is_told(tmp_path: Path) -> None:
    """Its value is not in the file."""
    path = workbook(tmp_path, HEADER, ["a", "=1+1", "", "", "", "", ""])
    (tmp_path / "m.yaml").write_text(XLSX_MAP)
    given_map = read_listing_map(tmp_path / "m.yaml")

    (found,) = (listed(row, given_map, "t.xlsx") for row in open_listings(path, given_map).rows)  # type: ignore[arg-type]

    assert "column 'Name' (clinic.name): expected a value, got '#NOT COMPUTED'; mend the formula" in str(
        found.faults[0]
    )
    assert found.clinic == Clinic(id="a")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.write_bytes(b"PK no workbook"), "expected a workbook that can be read"),
        (lambda _: None, "No such file"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "expected a workbook that can be read"),
        (lambda path: workbook(path.parent, HEADER, title="Others").rename(path), "expected one of the sheets Others, got 'Clinics'"),
        (lambda path: workbook(path.parent, ["Ref", "Names"]).rename(path), "missing: Name (did you mean 'Names'?); Seen;"),
        (lambda path: workbook(path.parent, [*HEADER, " name "]).rename(path), "'Name' more than once; rename one of them"),
    ],
    ids=["damaged", "absent", "empty", "another sheet", "lacks columns", "twice"],
)  # fmt: skip
def test_what_is_no_workbook_or_lacks_columns_is_told(capsys: Capture, tmp_path: Path, make: Any, told: str) -> None:
    """And nothing is written."""
    make(tmp_path / "x.xlsx")
    (tmp_path / "m.yaml").write_text(f"{XLSX_MAP}sheet: Clinics\n")

    code = main(
        ["import", "csv", str(tmp_path / "x.xlsx"), "--map", str(tmp_path / "m.yaml"), "--output", str(tmp_path / "d")]
    )

    assert code == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before it is unpacked."""
    path = workbook(tmp_path, HEADER)
    (tmp_path / "m.yaml").write_text(XLSX_MAP)
    monkeypatch.setattr("clinic_vetting.listings.workbook.MOST_UNPACKED", 10)

    with pytest.raises(InputError, match="bytes unpacked, more than 10"):
        open_listings(path, read_listing_map(tmp_path / "m.yaml"))
    assert MOST_UNPACKED == 500_000_000


def test_without_the_extra_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Or how to do without."""
    path = workbook(tmp_path, HEADER)
    (tmp_path / "m.yaml").write_text(XLSX_MAP)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)

    with pytest.raises(
        ExtraError, match=r"needs openpyxl: pip install 'clinic-vetting\[xlsx\]', or save the sheet as CSV"
    ):
        open_listings(path, read_listing_map(tmp_path / "m.yaml"))


def test_bad_rows_are_told_and_counted(capsys: Capture, tmp_path: Path) -> None:
    """A row of another width, an id that is there already, a blank row: the others are written."""
    path, place = table(tmp_path, {}, {}, {"Ref": "b", "Mean": "\x1b9"}, dict.fromkeys(FULL, ""))
    path.write_text(path.read_text() + ",".join("x" * 14) + "\n")

    code = main(["import", "csv", str(path), "--map", str(place), "--output", str(tmp_path / "d")])

    assert code == 2
    printed = capsys.readouterr()
    assert "5 rows, 1 of them blank; 2 dossiers written to" in printed.out
    assert "Not read, each listed on standard error: 3" in printed.out
    assert "t.csv:3: clinic.id: expected each id once, got 'a', which line 2 has; the row is left out" in printed.err
    wide = "got 14 columns: 'x,x,x,x,x,x,x,x,x,x,x,x,x,x'; put quotes around a cell that holds ',' or a line end, and"
    assert f"t.csv:6: row: expected 13 columns, as the header has, {wide}" in printed.err
    assert printed.err.count("the row is left out") == 2
    assert "\x1b" not in printed.out + printed.err


def test_a_file_with_other_answers_is_kept(capsys: Capture, tmp_path: Path) -> None:
    """A second import changes nothing that somebody has written, unless told to."""
    command = ["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d")]
    assert main(command) == 0
    path = tmp_path / "d" / "quay.yaml"
    first = path.read_text()
    path.write_text(f"{first}# mine\n")
    capsys.readouterr()

    assert main(command) == 2
    assert path.read_text() == f"{first}# mine\n"
    assert (
        "expected no file, or the same dossier, got another dossier; it may hold answers of yours"
        in capsys.readouterr().err
    )
    assert main([*command, "--replace"]) == 0
    assert path.read_text() == first


@pytest.mark.parametrize("options", [[], ["--replace"]])
def test_a_folder_where_a_dossier_should_stand_costs_no_other(
    options: list[str], capsys: Capture, tmp_path: Path
) -> None:
    """It is told, and the nine others are written."""
    taken = tmp_path / "d" / "quay.yaml"
    taken.mkdir(parents=True)

    assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d"), *options]) == 2
    written = capsys.readouterr()
    assert written.err.startswith(f"{taken}: document: expected a file that can be written, got a folder; ")
    assert "9 dossiers" in written.out
    assert sum(each.is_file() for each in (tmp_path / "d").iterdir()) == 9


@pytest.mark.parametrize("heading", ["# De examples/listings.csv, línea 2.", "# From another.csv, line 9.", "# mine"])
def test_the_same_dossier_under_another_heading_is_the_same(heading: str, tmp_path: Path) -> None:
    """One of an import in another language, from another line, or somebody's own: it stays."""
    command = ["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d")]
    assert main(command) == 0
    path = tmp_path / "d" / "quay.yaml"
    first, _, dossier = path.read_text().partition("\n")
    path.write_text(f"{heading}\n{dossier}", encoding="utf-8")

    assert main(command) == 0
    assert path.read_text(encoding="utf-8") == f"{heading}\n{dossier}"
    assert main([*command, "--replace"]) == 0
    assert path.read_text() == f"{first}\n{dossier}"


def test_the_heading_of_a_dossier_is_said_in_a_language(capsys: Capture, tmp_path: Path) -> None:
    """A second import in another is of the same dossiers."""
    command = ["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(tmp_path / "d")]

    def files() -> dict[str, str]:
        return {each.name: each.read_text(encoding="utf-8") for each in (tmp_path / "d").iterdir()}

    assert main([*command, "--language", "es"]) == 0
    spanish = files()

    assert main([*command, "--language", "en"]) == 0
    assert files() == spanish
    assert spanish["quay.yaml"].partition("\n")[0] == f"# De {TABLE}, línea 2."
    assert capsys.readouterr().err == ""


def test_a_folder_or_file_that_cannot_be_written_is_told(capsys: Capture, tmp_path: Path) -> None:
    """With the reason."""
    (tmp_path / "file").write_text("")

    for output in (tmp_path / "file", tmp_path / "none" / "d.ndjson"):
        assert main(["import", "csv", str(TABLE), "--map", str(MAP), "--output", str(output)]) == 2
    err = capsys.readouterr().err
    assert "expected a folder that can be written" in err
    assert "expected a file that can be written" in err


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_file_names_are_safe_and_differ(one: str, other: str) -> None:
    """On every system: lower-case letters, digits, - and _, no name of a device."""
    name = file_name(one)

    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert len(name) <= 70
    assert name.count(".") == 1
    assert name.split(".")[0] not in ("con", "nul", "aux", "prn", "com1", "lpt1", "")
    assert (file_name(other) == name) == (one == other)


def test_a_status_is_read_by_its_own_word(tmp_path: Path) -> None:
    """A word of the dossier needs no explanation, however it is written."""
    (found,), faults = read(tmp_path, {"Status": "Not Found"})

    assert faults == ""
    assert found is not None
    assert found.practitioners[0].licences[0].status is LicenceStatus.NOT_FOUND


def test_a_list_may_have_a_column_for_each_item(tmp_path: Path) -> None:
    """Blank items are left out; a record speaks by its list alone; a template may have blank keys."""
    given = (
        "listing_map: 1\ndossier:\n  clinic: {id: =Ref, name: , treatments: [=Name, =Note]}\n  sources: {s: {kind: document, who: us}}\n"
        "  practitioners: [{insurance: {covers: [=Kinds, fillers], source: s}}]\n"
    )

    (found, other), faults = read(
        tmp_path, {"Note": ""}, {"Name": "x" * 101, "Note": "y" * 101, "Kinds": ""}, given=given
    )

    assert found is not None
    assert (found.treatments, found.practitioners[0].insurance[0].covers) == (("A",), ("Meso / lip filler", "fillers"))
    assert other is not None
    assert (other.treatments, other.practitioners) == ((), ())
    assert "clinic.treatments[0]" in faults
    assert "clinic.treatments[1]" in faults


def test_a_map_needs_no_sources(tmp_path: Path) -> None:
    """Where nothing refers to one."""
    (found,), faults = read(tmp_path, {}, given="listing_map: 1\ndossier: {clinic: {id: =Ref}}\n")

    assert (found, faults) == (Clinic(id="a"), "")


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ({"Status": "suspendido"}, "words: {<one of active, conditions, suspended, revoked, surrendered, lapsed, expired, not_found>: [suspendido]}"),
        ({"Hands": "n/a"}, "words: {<one of yes, partly, no, not_applicable>: [n/a]}"),
        ({"Hands": "Sí, quizás"}, 'words: {<one of yes, partly, no, not_applicable>: ["Sí, quizás"]}'),
    ],
)  # fmt: skip
def test_no_meaning_is_suggested_for_a_word_that_nothing_explains(
    tmp_path: Path, row: dict[str, str], hint: str
) -> None:
    """All choices are shown and none is preferred: what to paste is no map until somebody has chosen."""
    _, faults = read(tmp_path, row)
    pasted = SMALL_MAP.replace("words: {yes: [ja], active: [Registered, In good standing]}", hint)

    assert f"say in the map what it means: {hint}; or mend the cell" in faults
    with pytest.raises(InputError, match=r"expected a word that a column of this map may hold|expected a list"):
        read(tmp_path, {}, given=pasted)


def test_a_long_cell_is_not_offered_as_a_word(tmp_path: Path) -> None:
    """It is no word of a table."""
    _, faults = read(tmp_path, {"Hands": "perhaps " * 9})

    assert faults.endswith("; mend the cell")


def test_words_of_the_whole_map_hold_for_places_and_lists(tmp_path: Path) -> None:
    """A country, a region, a treatment and what cover covers; a column's own words come first."""
    given = (
        "listing_map: 1\nwords: {ES: [España], ES-MD: [Madrid], mesotherapy: [mesoterapia], no: [nada], fillers: [A, relleno]}\n"
        "columns: {Note: {words: {threads: [relleno]}}}\ndossier:\n"
        "  clinic: {id: =Ref, country: =Who, region: =Late, treatments: =Kinds}\n  sources: {s: {kind: document, who: us}}\n"
        "  practitioners: [{insurance: {covers: [=Name, =Note], source: s}}]\n"
        "  answers: {hygiene: {hand_hygiene: {answer: =Hands, source: s}}}\n"
    )
    row = {"Who": "españa", "Late": "MADRID", "Kinds": "Mesoterapia, nada", "Note": "Relleno", "Hands": "no"}

    (found,), faults = read(tmp_path, row, given=given)

    assert faults == ""
    assert found is not None
    assert (found.country, found.region, found.treatments) == ("ES", "ES-MD", ("mesotherapy", "nada"))
    assert found.practitioners[0].insurance[0].covers == ("fillers", "threads")


def test_a_country_that_nothing_explains_is_told_with_what_to_write(tmp_path: Path) -> None:
    """As other words are."""
    given = "listing_map: 1\ndossier: {clinic: {id: =Ref, country: =Name}}\n"

    (found,), faults = read(tmp_path, {"Name": "España"}, given=given)

    assert found == Clinic(id="a")
    assert "words: {<a country code>: [España]}; or mend the cell" in faults


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("active: [Reg", "actve: [Reg"), "m.yaml:4: words.actve: expected a word that a column of this map may hold, got 'actve'; did you mean 'active'?"),
        (("active: [Reg", "ES: [Reg"), "got 'ES'; what a column of plain text means is said of it alone: columns: {COLUMN: {words: ...}}"),
        (('blank: ["0"]', "words: {many: [lots]}"), ""),
        (("dates: us", "words: {yes: [today]}"), ""),
        (("Late: {dates: us}", "Hands: {words: {active: [x]}}"), "m.yaml:9: columns.Hands.words.active: expected a word that a column of this map may hold"),
    ],
)  # fmt: skip
def test_a_meaning_that_no_column_can_hold_is_a_fault(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    """It would be read as if nothing had been said; a column of plain text, a date or a number takes any of its own."""
    given = (
        SMALL_MAP.replace("Kinds: {", "Status: {")
        .replace("=Kinds", "[mesotherapy]")
        .replace('split: "/", words: {mesotherapy: [Meso]}', "blank: [x]")
    )

    try:
        found = read(tmp_path, {}, given=given.replace(*change))[1]
    except InputError as error:
        found = str(error)

    assert told in found
    assert bool(told) == ("m.yaml" in found)


def opened(tmp_path: Path, text: str, given: str) -> tuple[list[Listed], list[Fault], Sequence[int]]:
    """Read a table from its text: what came of its rows, the rows that could not be read, those that were short."""
    (tmp_path / "t.csv").write_text(text)
    (tmp_path / "m.yaml").write_text(given)
    given_map = read_listing_map(tmp_path / "m.yaml")
    found = open_listings(tmp_path / "t.csv", given_map)
    rows = list(found.rows)
    return (
        [listed(row, given_map, "t.csv") for row in rows if not isinstance(row, Fault)],
        [row for row in rows if isinstance(row, Fault)],
        found.short,
    )


THREE = "listing_map: 1\ndossier: {clinic: {id: =Ref, name: =Name, country: =Country}}\n"


def test_a_row_without_its_last_cells_is_read_and_told(tmp_path: Path) -> None:
    """An empty last cell is often not written at all; cells too many are no harm where they are blank."""
    text = 'Ref,Name,Country\na,A,GB\nb,B\nc\nd,D,GB,, \n"e","E ""1"""\n'

    found, faults, short = opened(tmp_path, text, THREE)

    assert faults == []
    assert [each.clinic for each in found] == [
        Clinic(id="a", name="A", country="GB"), Clinic(id="b", name="B"), Clinic(id="c"),
        Clinic(id="d", name="D", country="GB"), Clinic(id="e", name='E "1"'),
    ]  # fmt: skip
    assert list(short) == [3, 4, 6]


def test_a_row_that_cannot_be_told_apart_is_a_fault_with_what_to_do(tmp_path: Path) -> None:
    """Too many cells, a quote that never ends, a short row over several lines: the rows around them are read."""
    text = 'Ref,Name,Country\na,A, GB,x\nb,"B\nc,C"\nd,D,GB\ne,"E\n'

    found, faults, short = opened(tmp_path, text, THREE)

    assert [each.clinic.id for each in found if each.clinic] == ["c", "d"]
    assert [each.line for each in faults] == [2, 3, 6]
    assert [each.got for each in faults] == [
        "4 columns: 'a,A, GB,x'",
        "2 columns: 'b,B\\nc,C'",
        "a quote without its end",
    ]
    assert all(each.hint.startswith("put quotes around a cell that holds ','") for each in faults)
    assert list(short) == [4]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_header(tmp_path: Path, separator: str) -> None:
    """Spreadsheets write another one in other countries; the one with which all columns are there is meant."""
    text = f"Phone{separator}Ref{separator}Name{separator}Country\n1{separator}a{separator}A, B; C|D\t{separator}GB\n"
    quoted = text.replace("A, B; C|D\t", '"A, B; C|D"')

    found, faults, _ = opened(tmp_path, quoted, THREE)

    assert faults == []
    assert [each.clinic for each in found] == [Clinic(id="a", name="A, B; C|D", country="GB")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ref;Name;Country\na;A;GB\n", """got 1 column: 'Ref;Name;Country'; say in the map: separator: ";\""""),
        ("Ref;Name\na;A\n", "missing: Ref; Name (did you mean 'Ref;Name'?); Country"),
    ],
)
def test_a_separator_that_the_map_says_and_the_table_has_not_is_told(tmp_path: Path, text: str, told: str) -> None:
    """With what to write instead, where that would do."""
    with pytest.raises(InputError) as caught:
        opened(tmp_path, text, f'separator: ","\n{THREE}')

    assert str(caught.value).endswith(told)


def test_notes_of_an_import_name_lines(capsys: Capture, tmp_path: Path) -> None:
    """Short rows and rows that say nothing of a clinic are told and are no faults."""
    given = f"{THREE.rstrip()[:-1]}, sources: {{s: {{kind: document, who: us}}}}, answers: {{hygiene: {{hand_hygiene: {{answer: =Hands, source: s}}}}}}}}"
    (tmp_path / "m.yaml").write_text(given)
    rows = [*(f"{i},A,GB,yes" for i in range(21)), "all,21 clinics,,", *(f"s{i},A,GB" for i in range(21))]
    (tmp_path / "t.csv").write_text("\n".join(["Ref,Name,Country,Hands", *rows]))

    code = main(
        ["import", "csv", str(tmp_path / "t.csv"), "--map", str(tmp_path / "m.yaml"), "--output", str(tmp_path / "d")]
    )

    assert code == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    lines = ", ".join(map(str, range(24, 44)))
    assert (
        f"\nRows without their last cells, taken as blank; look whether they are: lines {lines} and 1 more\n"
        in printed.out
    )
    assert "\nRows that name a clinic and say nothing of it: lines 23, 24, 25, 26" in printed.out
    assert len(list((tmp_path / "d").iterdir())) == 43


def test_a_row_that_says_nothing_of_a_clinic_is_told(capsys: Capture, tmp_path: Path) -> None:
    """By its line; a row with a fault is told by the fault alone."""
    path, place = table(
        tmp_path,
        {},
        {**dict.fromkeys(FULL, ""), "Ref": "t", "Name": "Total Skin Clinic"},
        {**dict.fromkeys(FULL, ""), "Ref": "u", "Hands": "perhaps"},
    )

    main(["import", "csv", str(path), "--map", str(place), "--output", str(tmp_path / "d")])

    first, *notes = capsys.readouterr().out.splitlines()
    assert first.endswith(f"3 rows; 3 dossiers written to {tmp_path / 'd'}")
    assert notes == [
        "Rows that name a clinic and say nothing of it: line 3",
        "Not read, each listed on standard error: 2",
    ]


TOTALS = [
    "TOTAL", "Total:", "Totals", "totales", "Sub-total", "Grand total", "Total general", "Suma", "SUM (10)", "Count 12", "Media", "∑ mean",
    "Media de todas", "Media de todas las clínicas", "Average of 10 clinics", "Total de 1.300 clínicas", "Promedio: 4,4",
    "Total of clinics: 10", "average all", "Total - 9 rows", "Gesamt", "Somme", "Suma total",
]  # fmt: skip
CLINICS = [
    "Total Skin Clinic", "Total Clinic", "Total Clinics", "Media Clinics", "Summer Clinic", "Sum & Substance", "Countess Clinic",
    "Clínica Media", "SUM-001", "Total Care 24", "Average Joe's", "All", "10", "", "total-body", "Count Dracula, all welcome", "total " * 20,
]  # fmt: skip


@pytest.mark.parametrize("name", TOTALS)
def test_a_row_of_totals_is_no_clinic(tmp_path: Path, name: str) -> None:
    """Whatever else it holds, and whether its name or its id says so; the rows around it are."""
    for column, path in (("Name", "clinic.name"), ("Ref", "clinic.id")):
        clinics, told = read(tmp_path, {}, {column: name, "Hands": "perhaps"}, {"Ref": "b"})

        assert [each and each.id for each in clinics] == ["a", None, "b"]
        assert told.startswith(
            f"t.csv:3: column {column!r} ({path}): expected a clinic, got {name!r}, which looks like a total; the row is left out; "
        )
        assert len(told.splitlines()) == 1


@pytest.mark.parametrize("name", CLINICS)
def test_a_name_that_begins_like_a_total_is_a_clinics(tmp_path: Path, name: str) -> None:
    """Only a whole cell that says what it sums up is none."""
    (clinic,), told = read(tmp_path, {"Name": name})

    assert told == ""
    assert clinic
    assert clinic.name == (name.strip() or None)


@pytest.mark.parametrize(("column", "name"), [("Name", "Media"), ("Ref", "Total: 10")])
def test_a_clinic_that_is_called_so_can_be_kept(tmp_path: Path, column: str, name: str) -> None:
    """By the line that the fault gives, word for word."""
    _, told = read(tmp_path, {column: name})
    line = told.partition("say in the map: columns: {")[2].removesuffix("}")

    (clinic,), told = read(tmp_path, {column: name}, given=SMALL_MAP.replace("columns:\n", f"columns:\n  {line}\n"))

    assert told == ""
    assert clinic
    assert name in (clinic.id, clinic.name)


def test_totals_of_a_map_without_names(tmp_path: Path) -> None:
    """An id that is the same for all rows is no cell; the row is one."""
    (clinic,), told = read(tmp_path, {"Name": "Total"}, given=SMALL_MAP.replace("id: =Ref, name: =Name", "id: x"))

    assert told == ""
    assert clinic
    assert (clinic.id, clinic.name) == ("x", None)


def test_one_row_is_one_row(capsys: Capture, tmp_path: Path) -> None:
    """As a person writes it."""
    path, place = table(tmp_path, {})

    main(["import", "csv", str(path), "--map", str(place), "--output", str(tmp_path / "d")])

    assert "t.csv: 1 row; 1 dossier written to" in capsys.readouterr().out


def test_a_licence_whose_end_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """Without the day it would count for ever; who holds it stays."""
    given = SMALL_MAP.replace("status: =Status", "status: =Status, expires: =Note")

    (found, other), faults = read(tmp_path, {"Note": "next year"}, {"Ref": "b", "Note": "03/04/2027"}, given=given)

    assert found is not None
    assert other is not None
    assert [each.name for each in found.practitioners] == ["X"]
    assert found.practitioners[0].licences == ()
    assert other.practitioners[0].licences[0].expires == dt.date(2027, 4, 3)
    assert "got 'next year'; mend the cell; practitioners[0].licences[0] is left out" in faults
