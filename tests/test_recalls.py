"""Recalls: which lots a text names, of which pack a recall is, and what products come to beside registers."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from cases import mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from shared import real

from clinic_vetting import Clinic, InputError, Kind, NoticeKind, Outcome, Product, Source, Supplier, gs1, vet
from clinic_vetting.registers import Registers, enforcement, enrich, lots, openfda
from clinic_vetting.registers.lot import plain
from clinic_vetting.registers.lots import Cover
from clinic_vetting.registers.packs import Pack, pack_of
from clinic_vetting.registers.recall_text import numbered_parts
from clinic_vetting.registers.recalls import Match, Recall, match

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from clinic_vetting import Fault

Tree: TypeAlias = dict[str, Any]

DAY = dt.date(2026, 11, 21)
SNAPSHOT = dt.date(2026, 11, 1)
LABEL = Source("label", Kind.DOCUMENT, "label", dt.date(2026, 10, 1))
WORD = st.from_regex(r"[A-Z]{0,3}[0-9]{5,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "named", "unclear", "not_named"),
    [
        ("Lot #: A123, A124 Exp 05/2022", "a 123;A124", "", "A125;2022;05/2022"),
        ("Lot numbers and exp dates:  10108716  31-Mar-2013, \n10111510  30-Apr-2013",
         "10108716;10111510", "", "2013;31"),
        ("Lot 007A1037, Ref 010-55-25.", "007A1037", "", "010-55-25"),
        ("Lot/Batch Numbers: 13F18C0374, 13F18H0580", "13F18H0580", "", "13F18"),
        ("lot number from 00112 through 10412", "00112;10412", "05013", "10512;112"),
        ("Lots: AB1000 - AB1099", "AB1000", "AB1050", "AC1050;AB11000"),
        ("Lots 12345-12350", "12345-12350", "12347", "12351"),
        ("1) - 5) Lot #030813", "030813", "", "5"),
        ("Lot 0201111 (use by date 5/6/2011)", "0201111", "", "5/6/2011;2011"),
        ("a) Lot TFRS 130B 1503 KT34, Best By 5-25-2012", "TFRS130B1503KT34", "1503", "2012"),
        ("Lots: 1234 1235 1236; UDI-DI 00851234567890", "1235", "", "00851234567890"),
        ("UDI: (01)09506000134352(17)220531(10)A123, (01)09506000134352(17)220531(10)A124", "A123;A124", "", "220531"),
        ("All lots", "anything", "", ""),
        ("All lots within expiry", "", "anything", ""),
        ("Best if used by May 17 to May 25", "", "anything", ""),
        ("A1234, B5678", "", "A1234", "A9999"),
        ("Lot A123 was distributed by B77", "", "A123;B77;C1", ""),
        ("Lots AB12(34), CD56", "CD56", "", "AB1234"),
        ("Serial Numbers: 100, 101; Lot 55X", "55X", "", "100;101"),
        ("UDI (01)09506000134352(17)229931(10)A123; Lot B7", "B7", "", "A123"),
        ("Lot 1234, Exp. 2027", "1234", "", "2027"),
        ("Lot 1234 Expiration: 2027", "1234", "", "2027"),
        ("Lot 1234, Exp date 05 2027, 2028", "1234", "2028", "2027"),
        ("Lot 1234 exp 05/2027, Lot 2021 exp 05/2028", "1234", "2021", "2027"),
        ("Lots 2021, 2022", "2021;2022", "", "2023"),
        ("Lot 1234, 0.9%, 25 C, 20°C", "1234", "0.9;25;20", "25C"),
        ("Lot 1234, 1-800-555-0100", "1234", "1-800-555-0100", ""),
        ("Lot 1234, (800) 555-0100", "1234", "", "8005550100"),
        ("Lot 1234, CALL 8005550100", "1234", "8005550100", "CALL8005550100"),
        ("Lot No. 12345", "12345", "No", "99999"),
        ("LOT NO 12345", "12345", "", "99999"),
        ("Lot 12345, EXP: 06 27", "LOT 12345;Lot: 12345;#12345;(10)12345;batch 12345", "", "0627"),
        ("Lot 12345", "\uff11\uff12345;123\u200b45", "", "12346"),
        ("Lot 12345", "", "12345 exp 2027;12345, 12346;123-45;n/a", "99999"),
        ("Lot C-3456-C3", "c-3456-c3", "C3456C3", "C3456"),
        ("Lots 12345 \u2013 12349", "12345;12349", "12347", "12350"),
        ("Lots 12345..12349; lots 22345 ~ 22349", "12349;22345", "12347;22347", "12350"),
        ("Lot 12345, 5000, 0627", "12345", "5000;0627", ""),
        ("Lot 12345, 67890, 100U", "67890", "100U", ""),
        ("A1234, 24; lot B1234", "B1234", "A1234", "24;A1235"),
    ],
)  # fmt: skip
def test_lots_are_read_from_free_text(text: str, named: str, unclear: str, not_named: str) -> None:
    """Lists, with dates and numbers of other things between; of a range only the ends are sure."""
    found = lots.read(text)

    expected = {Cover.YES: named, Cover.UNCLEAR: unclear, Cover.NO: not_named}
    for cover, written in expected.items():
        assert {each: cover for each in written.split(";") if each} == {
            each: found.covers(each) for each in written.split(";") if each
        }
    assert found.covers(None) is (Cover.YES if found.every else Cover.UNCLEAR)


@given(st.lists(WORD, min_size=1, max_size=6, unique=True), st.sampled_from([", ", "; ", " and ", ",\n"]), WORD)
def test_a_list_of_lots_names_these_and_no_other(several: list[str], between: str, other: str) -> None:
    """However they are parted."""
    found = lots.read(f"Lot numbers: {between.join(several)}")

    assert {found.covers(each) for each in several} == {Cover.YES}
    assert found.covers(other) is (Cover.YES if other in several else Cover.NO)


@given(st.text(max_size=200), st.text(min_size=1, max_size=12))
def test_any_text_is_read(text: str, lot: str) -> None:
    """And a lot that is not written in it is never named, unless it says that all are."""
    found = lots.read(text)

    assert found.covers(lot) in Cover
    if plain(lot) and plain(lot) not in plain(text):
        assert found.covers(lot) is not Cover.YES or found.every


@pytest.mark.parametrize(
    "text",
    [
        "Any lot except lot A123",
        "All units EXCEPT lot A123",
        "All lots except UDI (01)09506000134352(17)220531(10)A123",
        "Every batch except batch A123",
        "other than lot A123",
        "Lot B456. Not affected: lot A123",
        "Lots \uff2e\uff2f\uff34 affected: A123; recalled: B456",
        "Lot B456; lot A123 isn\u2019t included",
        "Lot B456; lot A123 is un\u00adaffected",
        "Lot B456 replaces lot A123",
        "No lot A123 was made",
        "Made before lot A123",
        "Those prior to batch A123",
        "Lot B456; control lot A123",
        "Lot B456 (lot A123 passed)",
        "Excepto lot A123",
        "Sauf lot A123",
        "Außer lot A123",
        "Lot B456, all other lots such as A123 are safe",
        "Lot B456. Exchange for lot A123",
        "Lot B456. Switch to lot A123",
        "Lot B456 (bulk lot A123)",
        "Lot B456 (formerly lot A123)",
        "Lot B456. Issue resolved in lot A123",
        "Lot B456. Reformulated since lot A123",
        "Lot B456 from API lot A123",
        "Lot B456, PO A123",
        "Lot B456, License No. A123",
        "Lot B456 distributed 2025 to 2026; A123",
        "Lots B456, A123?",
        "Lots B456, ~A123",
        "Lots B456, e.g. A123",
        "Lots B456, A123 (still-available)",
        "Lots B456, A123 (n.r.)",
        "Lots B456, A123 (N/R)",
        "Lots B456, A123 (re-tested: o.k.)",
        "Lots B456, A123 (pre-recall)",
        "Lots B456, \u2260A123",
        "Lots B456, <A123",
        "Lots B456, A123*",
    ],
)
def test_a_text_that_makes_an_exception_names_no_lot(text: str) -> None:
    """A maker is not accused of a lot that its recall leaves out; whichever is meant, a reader sees."""
    found = lots.read(text)

    assert found.named == frozenset()
    assert {found.covers(each) for each in ("A123", "B456", "C789", None)} == {Cover.UNCLEAR}


def test_a_text_of_several_products_is_split_by_their_numbers() -> None:
    """Where there are at least two, each once."""
    assert numbered_parts("1) one; 2) two") == {"1": "one; ", "2": "two"}
    assert [numbered_parts(each) for each in ("1) one", "one", "1) a; 1) b; 2) c")] == [{}] * 3


RECALL = Recall(
    "Example Pharma Inc.", "Example Toxin 100 U vial, NDC 0002-0800-01", "Lot A123", frozenset({"00002080001"})
)
PACK = Pack("Example Toxin", "Example Pharma", "A123", frozenset(), frozenset())


@pytest.mark.parametrize(
    ("recall", "pack", "expected"),
    [
        ({}, {}, Match.SURE),
        ({}, {"lot": "a 123"}, Match.SURE),
        ({}, {"lot": "A124"}, Match.NONE),
        ({}, {"lot": None}, Match.POSSIBLE),
        ({}, {"maker": None}, Match.POSSIBLE),
        ({}, {"maker": "Other Firm"}, Match.POSSIBLE),
        ({}, {"name": "Other Product"}, Match.POSSIBLE),
        ({}, {"name": "Other Product", "maker": "Other Firm"}, Match.NONE),
        ({}, {"name": None, "maker": None}, Match.NONE),
        ({}, {"name": None, "maker": None, "ndcs": frozenset({"00002080050"})}, Match.SURE),
        ({}, {"ndcs": frozenset({"00009999901"})}, Match.NONE),
        ({"ndcs": frozenset()}, {"ndcs": frozenset({"00009999901"})}, Match.SURE),
        ({"firm": ""}, {}, Match.POSSIBLE),
        ({"devices": frozenset({"1"})}, {"devices": frozenset({"1"}), "name": None, "maker": None}, Match.SURE),
        ({"devices": frozenset({"1"})}, {"devices": frozenset({"2"})}, Match.NONE),
        ({"codes": "Lots A100 through A199"}, {}, Match.POSSIBLE),
        ({"codes": "Lots A100 through A199"}, {"maker": "Other Firm"}, Match.NONE),
        ({"codes": "Lots A100 through A199"}, {"maker": None}, Match.POSSIBLE),
        ({"codes": "All lots"}, {}, Match.SURE),
        ({"codes": "All lots"}, {"lot": None}, Match.POSSIBLE),
        ({"codes": "Any lot except lot A123"}, {}, Match.POSSIBLE),
        ({"codes": "Any lot except lot A123"}, {"maker": "Other Firm"}, Match.NONE),
        ({"product": "1) Example Toxin; 2) Example Filler", "codes": "Except 1) Lot A123; 2) Lot B1"}, {},
         Match.POSSIBLE),
        ({"product": "Example Toxin, all lots but lot A123"}, {}, Match.POSSIBLE),
        ({"product": "Example Toxin, not made with latex"}, {}, Match.SURE),
        ({"product": "1) Example Toxin for injection, 100 U"}, {}, Match.SURE),
        ({"product": "All products except Example Toxin", "codes": "All lots"}, {}, Match.POSSIBLE),
        ({"product": "Example Filler. Example Toxin is not affected"}, {}, Match.POSSIBLE),
        ({"product": "Example Toxin. Example Toxin Plus is not affected"}, {}, Match.POSSIBLE),
        ({"product": "Needle for use with Example Toxin"}, {}, Match.POSSIBLE),
        ({"product": "Example Toxin storage box, plastic"}, {}, Match.POSSIBLE),
        ({"product": "Needle for use with Example Toxin"}, {"ndcs": frozenset({"00002080001"})}, Match.SURE),
        ({}, {"lot": "A123 exp 2027", "ndcs": frozenset({"00002080001"})}, Match.POSSIBLE),
        ({"product": "1) Example Toxin; 2) Example Filler", "codes": "1) Lot A123; 2) Lot B1"}, {}, Match.SURE),
        ({"product": "1) Example Toxin; 2) Example Filler", "codes": "1) Lot B1; 2) Lot A123"}, {}, Match.POSSIBLE),
        ({"product": "1) Example Toxin; 2) Example Filler", "codes": "1) - 2) Lot A123"}, {}, Match.POSSIBLE),
        ({"product": "1) Example Toxin; 2) Example Filler"}, {}, Match.POSSIBLE),
        ({"product": "1) Example Toxin NDC 0002-0800-01; 2) Filler", "codes": "1) Lot A123; 2) Lot B1"},
         {"ndcs": frozenset({"00002080001"})}, Match.SURE),
    ],
)  # fmt: skip
def test_a_recall_is_of_a_pack_where_lot_and_product_agree(recall: Tree, pack: Tree, expected: Match) -> None:
    """By NDC or device identifier, or by maker and brand; the same lot of another firm's other product is nothing."""
    assert expected is match(evolve(RECALL, **recall), evolve(PACK, **pack))


def test_a_pack_has_the_numbers_of_its_codes() -> None:
    """A US drug's GTIN holds its NDC, and a device's UDI its identifier."""
    gtin = "0030002080001" + gs1.check_digit("0030002080001")
    pack = pack_of(Product(gs1=f"(01){gtin}(10)A1", udi="+A99912345/$$52001510X33", ndc="0003-0800-01"))

    assert pack.devices == {gtin, "A99912345"}
    assert {"00002080001", "00003080001"} <= pack.ndcs
    assert pack.lot == "A1"
    assert pack_of(Product(gs1="(10)A1")).devices == frozenset()


def recall(**more: Any) -> Tree:
    """Make a record up, in openFDA's form."""
    return {
        "recall_number": "D-0001-2026",
        "recalling_firm": "Example Pharma Inc.",
        "product_description": "Example Toxin 100 U, single-dose vial",
        "code_info": "Lot A123, Exp 05/2028",
        "classification": "Class I",
        "status": "Terminated",
        "recall_initiation_date": "20260501",
        "reason_for_recall": "Lack of sterility assurance",
        "openfda": {"package_ndc": ["0002-0800-01"]},
        **more,
    }


def opened(folder: Path, *files: tuple[str, Path]) -> Registers:
    """Import files into a database of registers."""
    registers = Registers.open(folder / "r.db", create=True)
    for kind, file in files:
        registers.add(kind, file, SNAPSHOT)
    return registers


def written(folder: Path, *records: Any) -> Path:
    """Write a download of openFDA."""
    file = folder / "enforcement.json"
    file.write_text(json.dumps({"meta": {"results": {"skip": 0}}, "results": records}))
    return file


TOXIN = Product(name="Example Toxin", maker="Example Pharma", lot="A123", source=LABEL)


def test_a_recalled_lot_fails_and_a_lot_that_was_not_recalled_does_not_count(tmp_path: Path) -> None:
    """With the recall's number and reason; twice is as good as once; one that has ended still counts."""
    with opened(tmp_path, ("drug-enforcement", written(tmp_path, recall()))) as registers:
        other = enrich(Clinic(id="a", country="US", products=(evolve(TOXIN, lot="A124"),)), registers, as_of=DAY)
        found = enrich(Clinic(id="a", country="US", products=(TOXIN,)), registers, as_of=DAY)
        again = enrich(found, registers, as_of=DAY)

    (notice,) = found.notices
    assert (notice.kind, notice.issued, notice.source.kind) == (NoticeKind.RECALL, dt.date(2026, 5, 1), Kind.REGISTER)
    assert "D-0001-2026" in notice.source.who
    assert "lot A123" in str(notice.about)
    assert not found.possible_matches
    assert found == again
    assert not other.notices
    assert not other.possible_matches
    failed = [
        each for each in vet(found, mesotherapy(), as_of=DAY).findings if each.decided_by and each.outcome == "failed"
    ]
    assert [each.decided_by.statement.record for each in failed if each.decided_by] == [notice]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (LABEL, Outcome.FAILED),
        (Source("site", Kind.CLAIM, "the clinic's website", DAY), Outcome.DOUBTED),
        (Source("patient", Kind.PATIENT, "a patient", DAY), Outcome.DOUBTED),
        (Source("photo", Kind.OBSERVATION, "a photograph"), Outcome.DOUBTED),
        (None, Outcome.UNKNOWN),
    ],
)
def test_a_recall_is_believed_as_far_as_whoever_saw_the_pack(
    tmp_path: Path, source: Source | None, expected: Outcome
) -> None:
    """One patient who names a recalled lot raises a doubt, and a pack that nobody saw a question."""
    with opened(tmp_path, ("drug-enforcement", written(tmp_path, recall()))) as registers:
        found = enrich(Clinic(id="a", products=(evolve(TOXIN, source=source),)), registers)

    findings = vet(found, mesotherapy(), as_of=DAY).findings
    assert [each.outcome for each in findings if each.id == "sourcing.no_product_alert"] == [expected]
    assert bool(found.possible_matches) == (source is None)


def test_what_only_may_be_recalled_is_a_question(tmp_path: Path) -> None:
    """The same lot and brand of another maker; a pack whose lot nobody knows; and never a statement."""
    products = (
        evolve(TOXIN, maker="Other Firm"),
        evolve(TOXIN, lot=None),
        Product(name="Example Toxin", ndc="0002-0800-01"),
    )
    with opened(tmp_path, ("drug-enforcement", written(tmp_path, recall()))) as registers:
        found = [
            enrich(Clinic(id="a", products=(each,)), registers)
            for each in (*products, Product(ndc="0002-0900-01", lot="A123"))
        ]

    assert [len(each.possible_matches) for each in found] == [1, 1, 1, 0]
    assert not [each for clinic in found for each in clinic.notices]
    assert "D-0001-2026" in str(found[0].possible_matches[0].says)


LETTERS = """\
url,posted_date,letter_date,company,issuing_office,subject
/warning-letters/a,03/17/2026,12/01/2025,"Example Wholesale, LLC",CDER,Unapproved New Drugs/Misbranded
/warning-letters/b,03/17/2026,12/02/2025,Example Pharma Inc.,CDER,CGMP/Finished Pharmaceuticals/Adulterated
"""


def test_a_supplier_or_maker_under_a_warning_letter_is_a_possible_match(tmp_path: Path) -> None:
    """By name alone it is a question: the verdict stays as it was, and the reader sees the letter."""
    (tmp_path / "letters.csv").write_text(LETTERS)
    product = evolve(TOXIN, supplier=Supplier(name="EXAMPLE WHOLESALE", source=LABEL))
    clinic = Clinic(id="a", country="US", products=(product,))
    with opened(tmp_path, ("fda-warning-letters", tmp_path / "letters.csv")) as registers:
        found = enrich(clinic, registers)

    assert sorted(each.about for each in found.possible_matches) == ["EXAMPLE WHOLESALE", "Example Pharma"]
    assert evolve(found, possible_matches=()) == clinic
    assert vet(found, mesotherapy(), as_of=DAY).score == vet(clinic, mesotherapy(), as_of=DAY).score


def test_every_published_letter_is_read_and_its_company_found(tmp_path: Path) -> None:
    """A product whose supplier bears the name of a company there is asked about, and of another name is not."""
    path = real("data/sourcing/fda_warning_letters_index.csv")
    company = next(csv.DictReader(path.read_text().splitlines()))["company"]
    products = [Product(supplier=Supplier(name=name, source=LABEL)) for name in (company, "Zyxwv Qrstu Trading")]
    with opened(tmp_path, ("fda-warning-letters", path)) as registers:
        (snapshot,) = registers.snapshots()
        found = [enrich(Clinic(id="a", country="US", products=(each,)), registers) for each in products]

    assert (snapshot.rows, snapshot.refused) == (1694, 0)
    assert [bool(each.possible_matches) for each in found] == [True, False]
    assert not any(each.notices for each in found)


def test_a_device_is_found_by_its_identifier(tmp_path: Path) -> None:
    """Of a UDI in the recall's text, without any name."""
    text = "UDI-DI 09506000134352, Lots: F7"
    record = recall(code_info=text, recall_initiation_date="2026-01-01", reason_for_recall="", openfda=None)
    product = Product(gs1="(01)09506000134352(10)F7", source=LABEL)
    with opened(tmp_path, ("device-enforcement", written(tmp_path, record))) as registers:
        found = enrich(Clinic(id="a", products=(product,)), registers)

    assert [each.issued for each in found.notices] == [dt.date(2026, 1, 1)]


def test_a_recall_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Without codes, with an impossible date, or no record at all; a record without a date is read."""
    told: list[Fault] = []
    records = [recall(code_info=" "), recall(recall_initiation_date="soon"), 7, recall(recall_initiation_date="")]
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        done = registers.add("drug-enforcement", written(tmp_path, *records), SNAPSHOT, tell=told.append)
        found = enrich(Clinic(id="a", products=(TOXIN,)), registers)

    assert (done.rows, done.refused) == (1, 3)
    assert [each.line for each in told] == [1, 2, 3]
    assert [each.path for each in told] == ["code_info", "recall_initiation_date", "recalling_firm"]
    assert [each.issued for each in found.notices] == [None]


def test_a_line_that_is_no_record_is_told(tmp_path: Path) -> None:
    """Among records, one a line."""
    (tmp_path / "x.ndjson").write_text(f"7\n{json.dumps(recall())}\n")
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        done = registers.add("drug-enforcement", tmp_path / "x.ndjson", SNAPSHOT)

    assert (done.rows, done.refused) == (1, 1)


def _plain(file: Path, text: str) -> None:
    file.write_text(text)


def _gzip(file: Path, text: str) -> None:
    file.write_bytes(gzip.compress(text.encode()))


def _zip(file: Path, text: str) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("drug-enforcement-0001-of-0001.json", text)


@pytest.mark.parametrize("pack", [_plain, _gzip, _zip])
@pytest.mark.parametrize("form", ["results", "list", "lines", "one"])
def test_every_form_of_openfda_is_streamed(
    tmp_path: Path, pack: Callable[[Path, str], None], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In small blocks as in one: an answer with results, a list, a record a line, one record."""
    records = [recall(recall_number=f"D-{n}", code_info=f"Lot X{n:04}") for n in range(1 if form == "one" else 40)]
    texts = {
        "results": json.dumps({"meta": {}, "results": records}, indent=1),
        "list": json.dumps(records),
        "lines": "\n".join(map(json.dumps, records)),
        "one": json.dumps(records[0]),
    }
    pack(tmp_path / "file", texts[form])
    for block in (1 << 20, 700):
        monkeypatch.setattr(openfda, "BLOCK", block)
        with Registers.open(tmp_path / f"{block}.db", create=True) as registers:
            assert registers.add("drug-enforcement", tmp_path / "file", SNAPSHOT).rows == len(records)


@pytest.mark.parametrize("text", ['{"results": [{"a": 1}', "no JSON", '[{"a": 1}, {"b"', '{"results": []}', "[]"])
def test_a_damaged_or_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    """And the database is as it was."""
    (tmp_path / "x.json").write_text(text)
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        with pytest.raises(InputError):
            registers.add("drug-enforcement", tmp_path / "x.json", SNAPSHOT)
        assert not registers.snapshots()


PRODUCTS = """\
PRODUCTID\tPRODUCTNDC\tPROPRIETARYNAME\tNONPROPRIETARYNAME\tROUTENAME\tENDMARKETINGDATE\t\
MARKETINGCATEGORYNAME\tAPPLICATIONNUMBER\tLABELERNAME\tNDC_EXCLUDE_FLAG
1\t0002-0800\tExample Toxin\ttoxin\tINTRADERMAL; TOPICAL\t\tBLA\tBLA000001\tExample Pharma\tN
2\t0002-0801\tExample Cream\tcream\tTOPICAL\t\tNDA\tNDA000002\tExample Pharma\tN
3\t0002-0802\tExample Mix\tmix\tINTRADERMAL\t\tUNAPPROVED DRUG OTHER\t\tExample Pharma\tN
4\t0002-0803\tExample Old\told\tINTRADERMAL\t20190203\tNDA\tNDA000003\tExample Pharma\tN
5\t0002-0804\tExample Gone\tgone\tINTRADERMAL\t\tNDA\tNDA000004\tExample Pharma\tE
6\tx\tExample\tx\tINTRADERMAL\t\tNDA\tNDA\tExample Pharma\tN
7\t0002-0805\tExample\tx\tINTRADERMAL\t31 May\tNDA\tNDA\tExample Pharma\tN
8\t0002
"""


@pytest.mark.parametrize(
    ("maker", "begins", "listed", "asked"),
    [
        ("Example Pharma, Inc.", "20200101", "20271231", ""),
        (None, "", "", ""),
        ("Another Trading Corp", "20200101", "20271231", "is listed by Example Pharma"),
        ("Example Pharma", "20990101", "20991231", "to come on the market on 2099-01-01"),
        ("Example Pharma", "20200101", "20201231", "has ended"),
    ],
)
def test_an_ndc_of_another_firm_or_another_time_is_a_question(
    tmp_path: Path, maker: str | None, begins: str, listed: str, asked: str
) -> None:
    """Of the labeler, from the day on which marketing begins, as long as the listing is certified."""
    record = {
        "product_ndc": "0002-0800", "brand_name": "Example Toxin", "labeler_name": "Example Pharma",
        "route": ["INTRADERMAL"],
        "marketing_category": "BLA", "marketing_start_date": begins, "listing_expiration_date": listed,
    }  # fmt: skip
    (tmp_path / "ndc.json").write_text(json.dumps({"meta": {}, "results": [record]}))
    product = Product(name="Example Toxin", maker=maker, ndc="0002-0800-01", source=LABEL)
    with opened(tmp_path, ("ndc", tmp_path / "ndc.json")) as registers:
        found = enrich(Clinic(id="a", country="US", products=(product,)), registers)

    assert len(found.products[0].authorisation) == (0 if asked else 1)
    assert [asked in str(each.ask) for each in found.possible_matches] == ([True] if asked else [])


@pytest.mark.parametrize(
    ("product", "authorised", "asked"),
    [
        (Product(name="Example Toxin\u00ae", ndc="0002-0800-01", source=LABEL), "BLA000001", ""),
        (Product(name="EXAMPLE TOXIN toxin", ndc="00002080001", source=LABEL), "BLA000001", ""),
        (Product(ndc="0002-0800-01", source=LABEL), "BLA000001", ""),
        (Product(name="Another", ndc="0002-0800-01", source=LABEL), None, "number on the pack right"),
        (Product(name="Example Toxin", ndc="0002080001", source=LABEL), None, "Read the dashes"),
        (Product(name="Example Cream", ndc="0002-0801-01", source=LABEL), None, "no injection"),
        (Product(name="Example Mix", ndc="0002-0802-01", source=LABEL), None, "no approval"),
        (Product(name="Example Old", ndc="0002-0803-01", source=LABEL), None, "has ended"),
        (Product(name="Example Gone", ndc="0002-0804-01", source=LABEL), None, "has ended"),
        (Product(name="Example Toxin", ndc="0009-0800-01", source=LABEL), None, ""),
        (Product(name="Example Toxin"), None, ""),
        (Product(name="Example Toxin", ndc="0002-0800-01"), None, "Who has seen"),
    ],
)
def test_an_ndc_speaks_for_the_approved_injection_of_its_name(
    tmp_path: Path, product: Product, authorised: str | None, asked: str
) -> None:
    """Approved, to be injected, on the market, under the same name; anything else is a question."""
    (tmp_path / "product.txt").write_text(PRODUCTS)
    told: list[Fault] = []
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        done = registers.add("ndc", tmp_path / "product.txt", SNAPSHOT, tell=told.append)
        found = enrich(Clinic(id="a", country="US", products=(product,)), registers)
        assert enrich(found, registers) == found

    assert (done.rows, [each.line for each in told]) == (5, [7, 8, 9])
    given = found.products[0].authorisation
    assert [each.number for each in given] == ([authorised] if authorised else [])
    assert all((each.authority, each.country, each.source.kind) == ("FDA", "US", Kind.REGISTER) for each in given)
    assert [asked in str(each.ask) for each in found.possible_matches] == ([True] if asked else [])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.DOCUMENT, Outcome.MET),
        (Kind.OBSERVATION, Outcome.MET),
        (Kind.CLAIM, Outcome.SUPPORTED),
        (Kind.PATIENT, Outcome.SUPPORTED),
    ],
)
def test_an_approved_code_is_believed_as_far_as_whoever_saw_the_pack(
    tmp_path: Path, kind: Kind, expected: Outcome
) -> None:
    """The clinic's own word that it uses an approved product is no proof."""
    (tmp_path / "product.txt").write_text(PRODUCTS)
    product = Product(name="Example Toxin", ndc="0002-0800-01", source=Source("x", kind, "who saw it", DAY))
    with opened(tmp_path, ("ndc", tmp_path / "product.txt")) as registers:
        found = enrich(Clinic(id="a", country="US", products=(product,)), registers)

    findings = vet(found, mesotherapy(), as_of=DAY).findings
    assert [each.outcome for each in findings if each.id == "sourcing.product_authorised"] == [expected]


DEVICES = """\
PrimaryDI|deviceCommDistributionStatus|brandName|versionModelNumber|companyName
09506000134352|In Commercial Distribution|Example Filler|1|Example Devices
09506000134369|Not in Commercial Distribution|Example Filler 2|1|Example Devices
|In Commercial Distribution|Example|1|Example Devices
1|2
"""
FILLER = "(01)09506000134352"


@pytest.mark.parametrize(
    ("product", "asked"),
    [
        (Product(name="Example Filler", gs1=FILLER), ""),
        (Product(udi=FILLER), ""),
        (Product(name="Another Filler", gs1=FILLER), "same brand"),
        (Product(name="Example Filler 2", gs1="(01)09506000134369"), "no longer sold"),
        (Product(name="Example Filler"), ""),
    ],
)
def test_a_device_identifier_asks_where_it_leads_elsewhere(tmp_path: Path, product: Product, asked: str) -> None:
    """To another brand, or to a device that is no longer sold; being listed says nothing good by itself."""
    (tmp_path / "device.txt").write_text(DEVICES)
    told: list[Fault] = []
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        registers.add("gudid", tmp_path / "device.txt", SNAPSHOT, tell=told.append)
        found = enrich(Clinic(id="a", products=(product,)), registers)

    assert [each.line for each in told] == [4, 5]
    assert [asked in str(each.ask) for each in found.possible_matches] == ([True] if asked else [])
    assert found.products == (product,)


def test_gudids_releases_are_read_as_xml_and_json(tmp_path: Path) -> None:
    """A device without an identifier is told; XML that is cut off is refused."""
    space = 'xmlns="http://www.fda.gov/cdrh/gudid"'
    number = "<identifiers><identifier><deviceId>1</deviceId></identifier></identifiers>"
    device = f"<device {space}>{number}<brandName>B</brandName></device>"
    (tmp_path / "a.xml").write_text(f"<gudid {space}>{device}<device {space}/></gudid>")
    (tmp_path / "b.xml").write_text(f"<gudid {space}>{device}")
    (tmp_path / "c.json").write_text(
        json.dumps({"results": [{"brand_name": "B", "identifiers": [{"id": "1"}]}, {"identifiers": 1}]})
    )
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        done = [registers.add("gudid", tmp_path / name, SNAPSHOT) for name in ("a.xml", "c.json")]
        with pytest.raises(InputError, match="cut off"):
            registers.add("gudid", tmp_path / "b.xml", SNAPSHOT)

    assert [(each.rows, each.refused) for each in done] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("kind", "name", "rows", "refused"),
    [
        ("drug-enforcement", "drug_enforcement_examples.json", 1, 0),
        ("device-enforcement", "device_enforcement_examples.json", 1, 0),
        ("device-enforcement", "device_recall_examples.json", 1, 1),
        ("device-enforcement", "one-recall.json", 1, 0),
        ("drug-enforcement", "ucm308307.json", 71, 1),
        ("ndc", "product_trimmed.txt", 3, 0),
        ("ndc", "package_trimmed.txt", 3, 0),
        ("ndc", "unfinished_product_trimmed.txt", 3, 0),
        ("ndc", "drug_ndc_examples.json", 1, 0),
        ("gudid", "gudid_device_test.xml", 1, 0),
        ("gudid", "device_udi_examples.json", 1, 0),
    ],
)
def test_every_published_file_is_read(tmp_path: Path, kind: str, name: str, rows: int, refused: int) -> None:
    """As openFDA shows and tests them."""
    path = real(f"data/openfda/{name}")
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        done = registers.add(kind, path, SNAPSHOT)

    assert (done.rows, done.refused) == (rows, refused)


@pytest.mark.parametrize(
    "name", ["drug_drugsfda_examples.json", "drug_drugshortages_examples.json", "drug_label_examples.json"]
)
def test_a_file_of_another_kind_is_refused_with_what_is_missing(tmp_path: Path, name: str) -> None:
    """Applications, shortages and labels are no recalls."""
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        with pytest.raises(InputError, match="none that can be read"):
            registers.add("drug-enforcement", real(f"data/openfda/{name}"), SNAPSHOT)
        assert not registers.snapshots()


def test_the_published_recall_is_found_by_its_ndc_and_lot(tmp_path: Path) -> None:
    """The lot beside it is not; nor is the same lot under another NDC."""
    codes = json.loads(real("data/openfda/drug_enforcement_examples.json").read_text())["result"]["code_info"]
    lot = codes.split()[5]
    with opened(tmp_path, ("drug-enforcement", real("data/openfda/drug_enforcement_examples.json"))) as registers:
        found = [
            len(enrich(Clinic(id="a", products=(Product(ndc=ndc, lot=number, source=LABEL),)), registers).notices)
            for ndc, number in (("0067-6382-30", lot), ("0067-6382-30", f"{lot[:-1]}X"), ("0067-6383-30", lot))
        ]

    assert found == [1, 0, 0]


def test_what_cannot_be_printed_is_a_blank_in_the_database() -> None:
    """The separators of the store among them; lines are kept apart."""
    assert enforcement._first({"brand_name": "A\u001fB\nC"}, ("brand_name",)) == "A B ; C"  # noqa: SLF001
