"""Which recall or alert is about a product on record: by its name and its lot, in a text that tells one thing."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from clinic_vetting import Answer, Clinic, Kind, Notice, NoticeKind, Product, Source
from clinic_vetting.evidence import Less
from clinic_vetting.measures.recalled import concerns
from clinic_vetting.plain_words import words_of_any_script
from clinic_vetting.registers import Registers, enrich

if TYPE_CHECKING:
    from pathlib import Path

    from clinic_vetting.measures.saying import Says

SEEN = Source("label", Kind.DOCUMENT, "label", dt.date(2026, 10, 1))
AGENCY = Source("agency", Kind.REGISTER, "agency", dt.date(2026, 10, 1))


def said(about: str, product: Product) -> Says | None:
    return concerns(
        Notice(by="MHRA", kind=NoticeKind.ALERT, about=about, source=AGENCY), Clinic(id="a", products=(product,))
    )


def botox(name: str = "Botox", lot: str = "C1234") -> Product:
    return Product(name=name, lot=lot, source=SEEN)


@pytest.mark.parametrize("name", [None, "Botox", "Ботокс", "Ботокс 100 ЕД", "保妥适", "ボトックス", "***", "-"])
@pytest.mark.parametrize(("lot", "expected"), [("12345", Answer.NO), ("12346", None)])
def test_a_registers_notice_counts_whatever_the_script_of_the_name(
    tmp_path: Path, name: str | None, lot: str, expected: Says | None
) -> None:
    """A pack that is proven by its NDC and lot is recalled under any name, and under none."""
    row = {
        "recall_number": "D-0001-2026",
        "recalling_firm": "Example Pharma Inc.",
        "product_description": "Example Toxin 100 U vial",
        "code_info": "Lot 12345",
        "classification": "Class II",
        "status": "Terminated",
        "recall_initiation_date": "20260501",
        "reason_for_recall": "Lack of sterility assurance: vials may not be sterile",
        "openfda": {"package_ndc": ["0023-1145-01"]},
    }
    (tmp_path / "x.json").write_text(json.dumps({"meta": {}, "results": [row]}))
    product = Product(name=name, ndc="0023-1145-01", lot=lot, source=SEEN)
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        registers.add("drug-enforcement", tmp_path / "x.json", dt.date(2026, 11, 1))
        found = enrich(Clinic(id="a", country="US", products=(product,)), registers)

    assert [concerns(each, found) for each in found.notices] == [expected] * (expected is not None)


@pytest.mark.parametrize(
    ("name", "about", "expected"),
    [
        ("Ботокс", "БОТОКС, lot C1234", Answer.NO),
        ("Ботокс", "Ботокс, серия C1234", Less.DOUBT),
        ("Ботокс", "Ксеомин, lot C1234", None),
        ("保妥适", "保妥适, lot C1234", Answer.NO),
        ("保妥适", "假冒保妥适, lot C1234", Less.DOUBT),
        ("保妥适 A", "Xeomin A, lot C1234", None),
        ("Ботокс 100", "Xeomin 100, lot C1234", None),
        ("***", "Xeomin ***, lot C1234", Less.DOUBT),
        ("***", "Xeomin, lot D999", None),
    ],
)
def test_a_name_in_its_own_script(name: str, about: str, expected: Says | None) -> None:
    """Is compared as written; one without words is no name."""
    assert said(about, botox(name)) == expected


@pytest.mark.parametrize(
    "name", ["BOTOX Cosmetic", "Allergan Botox", "onabotulinumtoxinA (Botox)", "Botox Cosmetic 50 U"]
)
@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("Counterfeit Botox, lot C1234", Less.DOUBT),
        ("Botox, all lots", Less.DOUBT),
        ("Counterfeit Botox, lot D999", None),
        ("Counterfeit Xeomin 50 U, lot C1234", None),
    ],
)
def test_the_very_lot_and_a_word_of_the_name_are_a_doubt(name: str, about: str, expected: Says | None) -> None:
    """Another lot, a strength, or another name is nothing."""
    assert said(about, botox(name)) == expected


@pytest.mark.parametrize(
    "about",
    [
        "Xeomin lot C1234 and Botox lot D999",
        "Botox lot D999 and Xeomin lot C1234",
        "Botox lot D999, B12 lot C1234",
        "Botox lot C1234 may be used instead of Xeomin lot D999",
        "Botox lot D999. Exchange for lot C1234",
        "Botox lot D999, replaced by lot C1234",
        "Botox lot D999; replaced by lot C1234",
        "Botox lot D999 (bulk lot C1234)",
        "Botox lot D999 from lot C1234",
        "Xeomin lot C1234 recalled. Patients may get Botox instead",
        "Xeomin lot C1234. Botox",
        "Lot C1234: Botox",
        "Dysport (same class as Botox) lot C1234",
        "Xeomin all lots: Botox unaffected",
        "Botox, all lots. Lot C1234 was made later",
        "Botox, all lots: except C1234",
        "Botox, all lots; but those of 2026 are genuine",
        "No lot of Botox is recalled: lot C1234 was tested",
        "No Botox lot C1234 is recalled",
        "Botox lot C1234 is not recalled",
        "Botox lot C1234: not affected",
        "Botox lot C1234: genuine product, lot D999 is recalled",
        "Botox lot C1234: it isn't recalled",
        "Botox lot C1234: this recall was cancelled",
    ],
)
def test_a_text_that_tells_more_is_a_doubt(about: str) -> None:
    """Another product, an exchange, a negation: a reader must see which is meant."""
    assert said(about, botox()) == Less.DOUBT


@pytest.mark.parametrize(
    "about",
    [
        "Botox, lot C1234",
        "Botox lot no. C1234",
        "Botox. Lot: C1234",
        "Product: Botox, Lot #: C1234",
        "Counterfeit Botox, lots C1234 and C1235",
        "Counterfeit Botox, lots C1233; C1234",
        "Recall of Botox lot C1234: particles",
        "Recall of Botox lot C1234 due to particles",
        "Recall: Allergan Botox 100 units, lot C 1234: may not be sterile",
        "Botox, all lots: particles",
        "Todos los lotes de Botox, lote C1234",
        "Botox, lots C1000 to C1234",
    ],
)
def test_a_text_that_tells_one_thing_counts_in_full(about: str) -> None:
    """Of a product that somebody else than the clinic has seen; by the clinic's word it is a doubt."""
    product = evolve(botox(), maker="Allergan")
    claimed = Source("site", Kind.CLAIM, "site", dt.date(2026, 10, 1))

    assert said(about, product) == Answer.NO
    assert said(about, evolve(product, source=claimed)) == Less.DOUBT


def test_a_trade_mark_is_no_part_of_a_word() -> None:
    """Compatibility forms would make two letters of it."""
    assert words_of_any_script("Botox™, Filler® lot C1234") == ("botox", "filler", "lot", "c1234")
