"""Publishers' files: every good row is read as it stands, and a bad one costs no other."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import InputError, plain_words
from clinic_vetting.errors import Fault
from clinic_vetting.registers import days, intake, names
from clinic_vetting.registers.intake import LONGEST, Intake, Page, open_intake
from clinic_vetting.registers.likeness import Likeness, likeness
from clinic_vetting.registers.name_keys import keys, search_keys
from clinic_vetting.registers.quoting import Quoting
from clinic_vetting.registers.records import LARGEST, records
from clinic_vetting.registers.splitting import Splitter
from clinic_vetting.registers.tabular import Layout, Table

PLAIN = Layout("plain", {"a": "A", "c": "C"})
BLOCKS = (6, 30, 1 << 18)
"""Bytes read at once: few, so that small tables are split a block at a time too."""
CELL = st.text(st.characters(blacklist_characters="\0\x1f\r", blacklist_categories=["Cs"]), max_size=8)


OPENED: list[Intake] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close every file that a test has opened."""
    yield
    for each in OPENED:
        each.close()
    OPENED.clear()


def table(tmp_path: Path, data: bytes, *layouts: Layout) -> Table:
    """Open a table."""
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    OPENED.append(open_intake(path))
    return Table(OPENED[-1], layouts or (PLAIN,))


def rows(tmp_path: Path, data: bytes) -> list[object]:
    """Read a table of A, B and C: values of A and C by line, faults as text without the file's name."""
    found = table(tmp_path, data).rows()
    return [str(each).partition("file.csv")[2] if isinstance(each, Fault) else each for each in found]


@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(BLOCKS),
)
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, str, str]], quoting: int, block: int
) -> None:
    """Whatever stands in the cells: quotes, separators, line ends."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerows([("A", "B", "C"), *written])
    expected = [(a, c) for a, _, c in written]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "BLOCK", block)
        values = list(table(tmp_path_factory.mktemp("t"), out.getvalue().encode()).rows())
    assert expected == [each[1] for each in values if not isinstance(each, Fault)]


@given(
    st.lists(st.tuples(*[st.text("ab ", min_size=1, max_size=3)] * 3), max_size=6),
    st.sampled_from(['x,"y', "1,2", "1,2,3,4", '"a"b,c,d', "a,\0,b", "a,\x1f,b", "z" * (LONGEST + 1), '"', "   x"]),
    st.integers(0, 6),
    st.sampled_from(BLOCKS),
)
def test_a_bad_row_costs_no_other(
    tmp_path_factory: pytest.TempPathFactory, good: list[tuple[str, ...]], bad: str, at: int, block: int
) -> None:
    """A quote without end, too few or too many columns, control characters, a row that is too long."""
    lines = [",".join(each) for each in good]
    at = min(at, len(lines))
    text = "\n".join(["A,B,C", *lines[:at], bad, *lines[at:]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "BLOCK", block)
        found = list(table(tmp_path_factory.mktemp("t"), text.encode()).rows())

    faults = [each for each in found if isinstance(each, Fault)]

    assert [(a, c) for a, _, c in good] == [each[1] for each in found if not isinstance(each, Fault)]
    assert [at + 2] == [each.line for each in faults]


@given(
    st.lists(
        st.text(st.sampled_from('ab,"\\r\0 '), max_size=9) | st.sampled_from(["1,2,3", '"1","2","3"']), max_size=8
    ),
    st.sampled_from(
        [
            ('"A","B","C"', Layout("all", {"a": "A", "b": "B", "c": "C"})),
            ('"A","B","C"', PLAIN),
            ("A,B,C", PLAIN),
            ("A,B,C", Layout("one", {"a": "A"})),
            ("A", Layout("alone", {"a": "A"})),
        ]
    ),
)
def test_what_a_row_says_does_not_hang_on_the_rows_beside_it(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], form: tuple[str, Layout]
) -> None:
    """However many are read at once, quotes and returns within fields, needed ones and others, are seen alike."""
    header, layout = form
    data = "\n".join([header, *lines]).encode()
    found = []
    for block in BLOCKS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(intake, "BLOCK", block)
            folder = tmp_path_factory.mktemp("t")
            read = table(folder, data, evolve(layout, lines=1)).rows()
            found.append([str(each).removeprefix(str(folder)) for each in read])

    assert found == [found[0]] * len(BLOCKS)


def test_a_fault_of_a_row_says_what_was_expected(tmp_path: Path) -> None:
    """With its line."""
    found = rows(tmp_path, b'A,B,C\n1,2\n  \n"x",y,"z\n1,\0,2\n1,2,3\n' + b"z" * (LONGEST + 5) + b"\n4,5,6\n")

    assert found == [
        ":2: row: expected 3 columns, as the header has, got 2 columns",
        ":4: row: expected 3 columns, as the header has, got a quote without its end",
        r":5: row: expected text without control characters, got '1,\x00,2'",
        (6, ("1", "3")),
        ":7: row: expected a row of at most 100,000 characters, got a longer one",
        (8, ("4", "6")),
    ]


def test_a_row_with_a_quote_astray_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    """A quote without end, one within quotes, and a carriage return that ends no line are three different things."""
    found = rows(tmp_path, b'A,B,C\n1,"Joe "Bob" Doe",3\n1,b\rx,3\n1,"b\rx",3\n\r1,"b,3\n1,"b\n1,2,3')

    assert found == [
        ":2: row: expected 3 columns, as the header has, got a quote within quotes that is not doubled",
        ":3: row: expected 3 columns, as the header has, got a carriage return that ends no line",
        (4, ("1", "3")),
        ":5: row: expected 3 columns, as the header has, got a carriage return that ends no line",
        ":6: row: expected 3 columns, as the header has, got a quote without its end",
        (7, ("1", "3")),
    ]


@pytest.mark.parametrize("data", [b"A,B,C\r\r\n1,2,3\r\r\n", b"PK,A,C\r\n0,1,3\r\n", b"PK\tA,A,C\n0,1,3\n"])
def test_a_table_that_begins_oddly_is_read(tmp_path: Path, data: bytes) -> None:
    """Lines that were ended twice, and a first column that begins as a zip does."""
    assert rows(tmp_path, data) == [(2, ("1", "3"))]


def test_lines_that_end_as_those_of_old_macs_are_told(tmp_path: Path) -> None:
    """What Excel writes as CSV (Macintosh) is one line to everybody else."""
    told = refusal(tmp_path, b"A,B,C\r1,2,3\r")

    assert told.endswith(
        "got a carriage return that ends no line; "
        "save it with line ends of today: choose CSV (UTF-8), not CSV (Macintosh)"
    )


@pytest.mark.parametrize("line", ['1,"b', '"x', 'a","c', '"', 'a","' + "c" * 1900])
def test_however_many_quotes_are_open_each_line_is_read_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """So that a file of nothing else is refused in a time that grows with its size, and not with its square."""
    reads, read = [], Quoting.read

    def counted(quoting: Quoting, record: str) -> Any:
        reads.append(len(record))
        return read(quoting, record)

    monkeypatch.setattr(Quoting, "read", counted)

    found = rows(tmp_path, "\n".join(["A,B,C", *[line] * 1000]).encode())

    assert len(found) == 1000
    assert all(isinstance(each, str) for each in found)
    assert sum(reads) <= 5 * 1000 * (len(line) + 1)


@given(st.lists(st.text(st.sampled_from('ab,"\r '), max_size=7), max_size=9), st.integers(1, 6))
def test_a_row_goes_on_as_far_as_csv_says(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], most: int
) -> None:
    """A row is the fewest lines that `csv` reads as one; lines that it reads as none are faults, one by one."""
    expected, left = list[object](), list(enumerate(lines, 2))
    while left:
        number, line = left.pop(0)
        if not line.strip():
            continue
        found = next(((count, one) for count in range(1, most + 1) if (one := _alone(line, left, count))), None)
        fits = found is not None and len(found[1]) == 3
        expected.append((number, (found[1][0], found[1][2])) if found and fits else number)
        left = left[found[0] - 1 :] if found and fits else left

    path = tmp_path_factory.mktemp("t")
    got = table(path, "\n".join(["A,B,C", *lines]).encode(), evolve(PLAIN, lines=most)).rows()

    assert [each.line if isinstance(each, Fault) else each for each in got] == expected


def _alone(line: str, following: list[tuple[int, str]], count: int) -> list[str] | None:
    """Read a record of so many lines, as `csv` does; `None` where it is none."""
    if count > len(following) + 1:
        return None
    record = "\n".join([line, *(each for _, each in following[: count - 1])])
    try:
        return next(csv.reader((record,), strict=True))
    except csv.Error:
        return None


def test_a_person_without_a_given_name_is_like_nobody() -> None:
    """A family name alone names too many."""
    assert likeness(names.person("Example"), names.read("Anne Example")) is None


def test_blocks_of_odd_rows_are_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank lines of a single column, quotes that begin inside a field, a row that is too long."""
    monkeypatch.setattr(intake, "BLOCK", 7)
    one = table(tmp_path, b"A\n1\n2\n3\n\n\n\n\n\n\n4\n", Layout("one", {"a": "A"}))

    assert [each[1] for each in one.rows() if not isinstance(each, Fault)] == [("1",), ("2",), ("3",), ("4",)]
    monkeypatch.setattr(intake, "BLOCK", 24)
    assert rows(tmp_path, b'A,B,C\n"0","0","0"\n"1","2","3"\nx"1","2","3"\n"4","5","6"\n') == [
        (2, ("0", "0")), (3, ("1", "3")), (4, ('x"1"', "3")), (5, ("4", "6")),
    ]  # fmt: skip


def test_a_quoted_field_may_go_on_over_lines(tmp_path: Path) -> None:
    """And the lines after it are counted on."""
    assert rows(tmp_path, b'A,B,C\n"1\n2",x,"3"\n4,5,6\n') == [(2, ("1\n2", "3")), (4, ("4", "6"))]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_marks_line_ends_and_older_encodings_are_read(tmp_path: Path, mark: bytes) -> None:
    """A byte order mark, CRLF, and a line in Windows-1252 or Latin-1 among lines in UTF-8."""
    data = mark + "A,B,C\r\nJosé,x,1\r\n".encode() + "Müller,\u2013,2\r\n".encode("cp1252") + b"\x81\xe9,x,3\r\n"

    assert rows(tmp_path, data) == [(2, ("José", "1")), (3, ("Müller", "2")), (4, ("\x81é", "3"))]


def test_utf_16_is_told_by_its_mark(tmp_path: Path) -> None:
    """As some spreadsheets save it."""
    assert rows(tmp_path, "A,B,C\n1,é,3\n".encode("utf-16")) == [(2, ("1", "3"))]


@pytest.mark.parametrize("packed", ["gzip", "zip", "plain"])
def test_packed_files_are_read(tmp_path: Path, packed: str) -> None:
    """Told by what they hold, not by their name; of a zip the largest table."""
    data = b"A,B,C\n1,2,3\n"
    if packed == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("readme.html", "x" * 500)
            archive.writestr("header.csv", "A\n")
            archive.writestr("data.csv", data)
        data = out.getvalue()
    packed_data = gzip.compress(data) if packed == "gzip" else data

    assert rows(tmp_path, packed_data) == [(2, ("1", "3"))]


def refusal(tmp_path: Path, data: bytes) -> str:
    """Give the error of a file that cannot be used."""
    with pytest.raises(InputError) as told:
        rows(tmp_path, data)
    return str(told.value).partition("file.csv")[2]


def test_files_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    """Each with what it is instead."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("readme.html", "x")
    cut = gzip.compress(b"A,B,C\n" + bytes(range(256)) * 400)[:200]

    assert refusal(tmp_path, b"") == ": document: expected a file that holds something, got an empty file"
    assert refusal(tmp_path, b"\n\n") == ": document: expected a table with a header in its first line, got no line"
    packed = refusal(tmp_path, bz2.compress(b"x"))
    assert packed.endswith("a table with a header in its first line, got no text; unpack it, or save it as CSV")
    assert "in it, got 'readme.html'" in refusal(tmp_path, zipped.getvalue())
    assert "damaged or cut off" in refusal(tmp_path, cut)
    assert "damaged or cut off" in refusal(tmp_path, b"PK\x03\x04 no zip")
    assert "got a line of more than 100,000 characters" in refusal(tmp_path, b"x" * (LONGEST + 9))


def test_a_wrong_header_names_what_is_missing_and_what_comes_near(tmp_path: Path) -> None:
    """So that a person sees what to mend."""
    told = refusal(tmp_path, b"A,B,CC\n1,2,3\n")

    assert told == (
        ":1: document: expected the columns A, C, got 3 columns: 'A, B, CC'; missing: C (did you mean 'CC'?)"
    )
    assert refusal(tmp_path, b"title\n") == (
        ":1: document: expected the columns A, C, got 1 column: 'title'; missing: A; C"
    )


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    """A folder, a name that is none, a file that is not there."""
    for path, got in (
        (tmp_path, "a folder; name a file in it"),
        (tmp_path / "none", "No such file"),
        ("\0", "null byte"),
    ):
        with pytest.raises(InputError, match=got):
            open_intake(path)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-03-04", "us", dt.date(2026, 3, 4)),
        ("03/04/2026", "us", dt.date(2026, 3, 4)),
        ("03/04/2026", "uk", dt.date(2026, 4, 3)),
        ("6/26/2025 12:00:00 AM", "us", dt.date(2025, 6, 26)),
        ("2025-06-26T00:00:00Z", "us", dt.date(2025, 6, 26)),
        ("20190420", "us", dt.date(2019, 4, 20)),
        ("02/2024", "us", dt.date(2024, 2, 29)),
        ("2024-02", "uk", dt.date(2024, 2, 29)),
        ("", "us", None),
        ("00000000", "us", None),
    ],
)
def test_days_are_read_as_publishers_write_them(text: str, order: str, expected: dt.date | None) -> None:
    """Of a month alone, the last day: nothing is said to be so before it surely was."""
    assert expected == days.day(text, order)


@pytest.mark.parametrize("text", ["yesterday", "13/2024", "2024-02-30", "0000-01-01", "2024-13", "31/31/2024"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """With its text."""
    with pytest.raises(ValueError, match=r".+"):
        days.day(text)


LISTED = names.person("Sample-Jones", "María", "T")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("MARIA SAMPLE-JONES", Likeness.SAME),
        ("Sample Jones, Maria", Likeness.SAME),
        ("SAMPLE-JONES MARIA", Likeness.SAME),
        ("Dr. Maria Theresa Samplejones, MD", Likeness.SAME),
        ("M. Sample-Jones", Likeness.INITIAL),
        ("Marie Sample-Jones", Likeness.ALIKE),
        ("Maria Sample", Likeness.ALIKE),
        ("Maria B. Sample-Jones", None),
        ("Mark Sample-Jones", None),
        ("Maria Simpson", None),
        ("Maria", None),
        ("Sample-Jones, , ", None),
        ("", None),
    ],
)
def test_names_are_alike_whatever_their_accents_order_initials_and_hyphens(
    given: str, expected: Likeness | None
) -> None:
    """A middle name that speaks against it makes another person; and what is alike is found by a key."""
    name = names.read(given)

    assert expected is likeness(name, LISTED)
    assert expected is likeness(LISTED, name)
    assert expected is None or set(keys(LISTED)) & set(search_keys(name))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Made-Up Pharma, LLC", "MADE UP PHARMA", Likeness.SAME),
        ("The Sample Company Inc.", "Sample", Likeness.SAME),
        ("Sample Pharmacie", "Sample Pharmacy", None),
        ("Sample Farmacy", "Sample Farmacya", Likeness.ALIKE),
        ("Sample Pharmacy North", "Sample Pharmacy", None),
        ("Abc One", "Abd One", None),
    ],
)
def test_firms_are_alike_whatever_their_legal_form(one: str, other: str, expected: Likeness | None) -> None:
    """One letter may slip in a long word."""
    assert expected is likeness(names.firm(one), names.firm(other))


def test_a_name_is_read_as_a_firm_by_its_form() -> None:
    """By a legal form or a number in front; a title makes no family name."""
    assert names.read("1 BEST MADE-UP CARE, INC").is_firm
    assert names.read("Made-Up Care LLC").is_firm
    assert not names.read("Anne Example, MD").is_firm
    assert names.read("Anne Example, MD").family == ("example",)
    assert names.read("MD").words == ("md",)
    assert names.firm("The Company").words == ("the", "company")
    assert names.person("Jr", "Anne").family == ("jr",)
    assert plain_words.words("Łukasz Straße O\u2019Neil J.P.") == ("lukasz", "strasse", "oneil", "jp")


def read_records(tmp_path: Path, text: str) -> list[object]:
    """Read records of JSON."""
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    OPENED.append(open_intake(path))
    return [(each.line, each.got) if isinstance(each, Fault) else each for each in records(OPENED[-1], "a record")]


def test_records_come_one_a_line_or_in_an_array(tmp_path: Path) -> None:
    """One that cannot be read costs no other."""
    bad = "text that is no JSON object"

    assert read_records(tmp_path, '{"a": 1}\n{"a": \n\n7\n{"b": 2}\n') == [
        (1, {"a": 1}), (2, bad), (4, bad), (5, {"b": 2}),
    ]  # fmt: skip
    assert read_records(tmp_path, '[{"a": 1}, {"b":\n [2]},\n [3]\n, {"c": {}}]') == [
        (1, {"a": 1}), (2, {"b": [2]}), (3, "no mapping"), (4, {"c": {}}),
    ]  # fmt: skip
    assert read_records(tmp_path, '{\n"a": {"b": 1}\n}') == [(1, {"a": {"b": 1}})]


@pytest.mark.parametrize(
    "text", ['[{"a": 1}, {"b": }]', '["' + "x" * (LARGEST - 9) + "\n" + "x" * 99, '[{"a": 1}, {"b": 2']
)
def test_an_array_that_cannot_be_parted_is_refused(tmp_path: Path, text: str) -> None:
    """And not read half."""
    with pytest.raises(InputError, match="a record, through the end of the file"):
        read_records(tmp_path, text)


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("places", [(0,), (1, None), (0, 2), (2, 1)])
def test_lines_are_split_as_csv_reads_them_or_not_at_all(places: tuple[int | None, ...], quoted: bool) -> None:  # noqa: FBT001 - a case
    """Every line of up to nine characters, alone and beside one that is in order."""
    splitter = Splitter.of(",", places, 3, quoted=quoted)
    lines = ["".join(each) for length in range(1, 10) for each in product('",a', repeat=length)]
    wrong, split = [], 0
    for page in ([each] for each in lines), (['"a","",""' if quoted else "a,,", each] for each in lines):
        for each in page:
            found = splitter.rows(Page(1, "\n".join(each), each))
            if found is not None:
                split += 1
                wrong += [each] * (list(found) != [_selected(line, places) for line in each])

    assert wrong == []
    assert split > 2


def _selected(line: str, places: tuple[int | None, ...]) -> tuple[str, ...] | None:
    try:
        values = next(csv.reader([line], strict=True))
    except csv.Error:
        return None
    return tuple("" if at is None else values[at] for at in places) if len(values) == 3 else None


@given(st.lists(st.text('",ab', min_size=5, max_size=12), min_size=2, max_size=4))
def test_quotes_of_one_line_do_not_stand_in_for_those_of_another(lines: list[str]) -> None:
    """As `"X","u",` and `"Y","v","b"c"`, which have as many as two lines in order."""
    for page in (lines, ['"X","u","', '"Y","v","b"c"']):
        found = Splitter.of(",", (0,), 3, quoted=True).rows(Page(1, "\n".join(page), page))
        assert found is None or list(found) == [_selected(line, (0,)) for line in page]


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """Nobody can say which is meant; one that is not needed may be."""
    with pytest.raises(InputError, match=r":1: document: expected each column that is needed once, got 'C' more than"):
        rows(tmp_path, b"A,B,C,c\n1,2,3,4\n")

    assert rows(tmp_path, b"A,B,C,B\n1,2,3,4\n") == [(2, ("1", "3"))]


def test_a_control_character_in_a_field_of_two_lines_is_a_fault(tmp_path: Path) -> None:
    """As in one line; the rows after it are read."""
    found = rows(tmp_path, b'A,B,C\n1,"x\ny\x1f",3\n4,5,6\n')

    assert [each if isinstance(each, tuple) else str(each).partition(": expected")[0] for each in found] == [
        ":2: row",
        ":3: row",
        (4, ("4", "6")),
    ]
