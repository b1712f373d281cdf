"""Codes that packs bear: GS1, UDI, NDC."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

import biip
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import real

from clinic_vetting import InputError, Kind, Product, Source, clinic_from, gs1, ndc, udi

if TYPE_CHECKING:
    from typing import TypeAlias

Element: TypeAlias = tuple[str, str]

FNC1 = "\x1d"
GTIN = "09506000134352"
DIGITS = st.text("0123456789", min_size=13, max_size=13).filter(lambda text: text.strip("0"))
WORD = st.text("ABCXYZabc0123456789-/.", min_size=1, max_size=20)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2049, 12, 31))


def _with_check(digits: str) -> str:
    return digits + gs1.check_digit(digits)


ELEMENTS = st.fixed_dictionaries(
    {"01": DIGITS.map(_with_check)},
    optional={
        "10": WORD,
        "17": DAYS.map(lambda day: f"{day:%y%m%d}"),
        "21": WORD,
        "11": st.just("240131"),
        "240": WORD,
    },
).flatmap(lambda found: st.permutations(sorted(found.items())))


def _scanned(elements: list[Element], end: str = FNC1) -> str:
    fixed = ("01", "11", "17")
    return "".join(key + value + ("" if key in fixed else end) for key, value in elements)


def _readable(elements: list[Element]) -> str:
    return "".join(f"({key}){value}" for key, value in elements)


@given(ELEMENTS, st.sampled_from(["", "]d2", "]C1", "]Q3"]))
def test_scanned_codes_say_what_biip_reads(elements: list[Element], prefix: str) -> None:
    """The same GTIN, lot, expiry and serial as a library that knows every identifier."""
    actual = gs1.read(prefix + _scanned(elements))

    message = biip.parse(_scanned(elements)).gs1_message
    assert message is not None

    found = {each.ai.ai: each for each in message.element_strings}
    values = {key: found[key].value if key in found else None for key in ("01", "10", "21")}
    expires = found["17"].date if "17" in found else None
    assert actual == gs1.Pack(values["01"], values["10"], expires, values["21"])


@given(ELEMENTS, st.sampled_from([FNC1, "\u241d", "<GS>", "{GS}", "<FNC1>"]))
def test_however_a_code_is_written_it_says_the_same(elements: list[Element], separator: str) -> None:
    """In brackets, scanned, with FNC1 in front or not, and with the separator in any of its spellings."""
    expected = gs1.read(_readable(elements))

    written = [_scanned(elements, separator), separator + _scanned(elements, separator), _readable(elements) + " "]
    assert [expected] * 3 == [gs1.read(each) for each in written]


@given(ELEMENTS)
def test_the_order_of_elements_says_nothing(elements: list[Element]) -> None:
    """Scanned backwards it is the same pack."""
    assert gs1.read(_scanned(elements)) == gs1.read(_scanned(elements[::-1]))


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("(17)270600", 2026, dt.date(2027, 6, 30)),
        ("(17)280200", 2026, dt.date(2028, 2, 29)),
        ("(17)760101", 2026, dt.date(2076, 1, 1)),
        ("(17)770101", 2026, dt.date(1977, 1, 1)),
        ("(17)490101", 1999, dt.date(2049, 1, 1)),
        ("(17)500101", 1999, dt.date(1950, 1, 1)),
    ],
)
def test_dates_of_two_digit_years(text: str, year: int, expected: dt.date) -> None:
    """Day 00 is the month's last; the year is at most 50 ahead and 49 back."""
    assert expected == gs1.read(text, year).expires


@given(st.integers(1950, 2100), st.integers(0, 99))
def test_a_century_is_the_nearest(year: int, short: int) -> None:
    """As section 7.12 of the specification has it."""
    full = gs1.in_century(short, year)

    assert full % 100 == short
    assert -49 <= full - year <= 50


def test_the_year_of_a_product_is_that_in_which_it_was_seen() -> None:
    """A pack seen in 1999 that ends in 01 ended in 2001, and one of no day is read as in 2026."""
    seen = Source("label", Kind.DOCUMENT, "label", dt.date(1999, 1, 1))

    assert dt.date(1977, 1, 31) == Product(gs1="(17)770100").last_day
    assert dt.date(1977, 1, 31) == Product(gs1="(17)770100", source=seen).last_day
    assert dt.date(2001, 1, 31) == Product(gs1="(17)010100", source=seen).last_day
    assert dt.date(1950, 1, 31) == Product(gs1="(17)500100", source=seen).last_day


@pytest.mark.parametrize(
    "text",
    [
        "05060000000016", "0109506000134352" + "17" + "2706", "(01)09506000134", "(01)0950600013435x", "(17)27063",
        "(10)A(10)B", "(10)A\u00e9", "10", "99", "]d2", "17271301", "(17)270231", "", "x", "(10)", "10A\x02", "(00)1",
        "(10)" + "A" * 21, "(21)" + "9" * 21,
    ],
)  # fmt: skip
def test_what_is_no_gs1_code_is_refused(text: str) -> None:
    """An identifier that nobody assigned, a length that it does not have, a date that does not exist."""
    with pytest.raises(ValueError, match="GS1"):
        gs1.read(text)


def test_a_shorter_gtin_in_brackets_is_filled_with_zeros() -> None:
    """An EAN of 13 digits is the GTIN of 14 with a zero in front; the same element twice is one."""
    assert gs1.read("(01)9506000134352(10)A").gtin == gs1.read("(01)09506000134352(10)A(10)A").gtin == GTIN


@given(DIGITS, st.integers(0, 9))
def test_one_check_digit_fits(digits: str, digit: int) -> None:
    """Of the ten that could stand behind thirteen digits one makes a GTIN."""
    assert gs1.is_gtin(digits + str(digit)) == (gs1.check_digit(digits) == str(digit))


@pytest.mark.parametrize(
    ("text", "expected"), [("9506000134352", True), ("95060001343", False), ("9506000134353", False)]
)
def test_a_gtin_of_13_digits(text: str, expected: bool) -> None:  # noqa: FBT001
    """The example of the specification's own prefix 952; a length or digit off is none."""
    assert expected == gs1.is_gtin(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
         udi.Udi(udi.Agency.GS1, "51022222233336", "A213B1", dt.date(2015, 7, 7), "1234")),
        ("+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202H",
         udi.Udi(udi.Agency.HIBCC, "H123PARTNO1234567890120", "LOT123456789012345", dt.date(2020, 2, 2),
                 "XYZ456789012345678")),
        ("=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123",
         udi.Udi(udi.Agency.ICCBBA, "A9999XYZ100T0944", "000000000000XYZ123", dt.date(2014, 2, 1), "000025")),
        ("+A99912345/$$52001510X33", udi.Udi(udi.Agency.HIBCC, "A99912345", "10X3", dt.date(2020, 1, 15))),
        ("=/A9999XYZ100T0944", udi.Udi(udi.Agency.ICCBBA, "A9999XYZ100T0944")),
    ],
)  # fmt: skip
def test_the_agencies_own_examples(text: str, expected: udi.Udi) -> None:
    """As the FDA's table of UDI formats and the HIBC standard print them (its check character mended)."""
    assert expected == udi.read(text)


def _hibc(rest: str) -> str:
    return _checked(f"+A99912345{rest}")


def _checked(text: str) -> str:
    marks = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
    return text + marks[sum(map(marks.index, text)) % 43]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", (None, None, None)),
        ("/$L1", ("L1", None, None)),
        ("/$+S1", (None, None, "S1")),
        ("/$$0927L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/$$+0927S1", (None, dt.date(2027, 9, 30), "S1")),
        ("/$$2093027L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/$$3270930L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/$$427093023L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/$$62703212L1", ("L1", dt.date(2027, 2, 1), None)),
        ("/$$7L1", ("L1", None, None)),
        ("/$$8050927L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/$$9000053270930L1", ("L1", dt.date(2027, 9, 30), None)),
        ("/27032L1", ("L1", dt.date(2027, 2, 1), None)),
        ("/$L1/14D20270930/S9/Q5", ("L1", dt.date(2027, 9, 30), "9")),
    ],
)  # fmt: skip
def test_the_forms_of_a_hibc(rest: str, expected: tuple[str | None, dt.date | None, str | None]) -> None:
    """Lot or serial, with each form of date; a quantity is passed over."""
    found = udi.read(_hibc(rest).lower())

    assert expected == (found.lot, found.expires, found.serial)


@pytest.mark.parametrize(
    "text",
    [
        "(10)A1", "+A99912345/$$52001510X34", "+é", "=/A9999", _hibc("/$$3271330L1"), _hibc("/$$5ABCDEL"),
        _hibc("/$$2L"),
        _checked("+9"), _checked("+A999-1"), _hibc("/$$1327L1"), "=/A9999XYZ100T0944=>0140", "+", "0950600013435",
    ],
)  # fmt: skip
def test_what_is_no_udi_is_refused(text: str) -> None:
    """No device identifier, a wrong check character, a date that does not exist."""
    with pytest.raises(ValueError, match=r"UDI|GS1"):
        udi.read(text)


PARTS = st.sampled_from([(4, 4, 2), (5, 3, 2), (5, 4, 1)]).flatmap(
    lambda form: st.tuples(*[st.text("0123456789", min_size=n, max_size=n) for n in form])
)


@given(PARTS)
def test_a_dashed_ndc_has_one_form_of_eleven_digits(parts: tuple[str, ...]) -> None:
    """It is among those that its ten digits alone can mean, and its product is its first nine."""
    (eleven,) = ndc.elevens("-".join(parts))

    assert (len(eleven), int(eleven)) == (11, int(parts[0].zfill(5) + parts[1].zfill(4) + parts[2].zfill(2)))
    assert eleven in ndc.elevens("".join(parts))
    assert (eleven[:9],) == ndc.elevens("-".join(parts[:2]))
    assert (eleven,) == ndc.elevens(eleven) == ndc.elevens(f"{eleven[:5]}-{eleven[5:9]}-{eleven[9:]}")
    assert ndc.elevens("".join(parts)) == ndc.of_gtin(_with_check("003" + "".join(parts)))


@pytest.mark.parametrize(
    "text", ["", "0002-0800-1", "123-0800-01", "123456789", "0002-080-01", "A002-0800-01", "00002-080"]
)
def test_what_is_no_ndc_has_no_form(text: str) -> None:
    """Other lengths, other characters; a product code of 5-3 digits is one."""
    assert bool(ndc.elevens(text)) == (text == "00002-080")


def test_a_gtin_that_is_no_us_drug_holds_no_ndc() -> None:
    """Only prefix 03 does."""
    assert ndc.of_gtin(GTIN) == ()


def test_ndcs_are_found_in_text() -> None:
    """Not within longer numbers."""
    text = "30 g, NDC 0067-6382-30 & UPC 300676382302, NDC: 1167-3401-04; phone 1-866-396-2111, 12345-6789-12-3"

    assert ndc.cited(text) == ("00067638230", "01167340104")


def test_products_tell_what_is_wrong_with_a_code() -> None:
    """At its place, with what was expected."""
    tree = {"dossier": 1, "clinic": {"id": "a"}, "products": [{"ndc": "12-3", "udi": "x", "gs1": "(17)99"}]}

    with pytest.raises(InputError) as caught:
        clinic_from(tree)

    assert [each.path for each in caught.value.faults] == ["products[0].gs1", "products[0].udi", "products[0].ndc"]
    assert all(each.expected for each in caught.value.faults)


def test_every_code_of_the_published_files_is_read() -> None:
    """The NDCs of the directory's files have one form, and their GTINs fit; so do the device identifiers of GUDID."""
    files = [real(f"data/openfda/{name}_trimmed.txt") for name in ("product", "package", "unfinished_product")]
    rows = [line.split("\t") for file in files for line in file.read_text().splitlines()[1:] if line]
    codes = [row[1] for row in rows] + [row[2] for row in rows if row[2].count("-") == 2]
    listed = json.loads(real("data/openfda/drug_ndc_examples.json").read_text())["result"]
    devices = re.findall(r"<deviceId>(.*?)<", real("data/openfda/gudid_device_test.xml").read_text())

    assert len(codes) == 12
    assert {len(ndc.elevens(each)) for each in codes} == {1}
    (package,) = ndc.elevens(listed["packaging"][0]["package_ndc"])
    assert package in ndc.of_gtin(listed["openfda"]["upc"][0].zfill(14))
    assert devices == [each for each in devices if gs1.is_gtin(each)]
