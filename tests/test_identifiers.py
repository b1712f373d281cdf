"""Numbers of registers: forms, check digits, what can exist, and what that says of nobody.

The numbers are published examples (69 FR 3434, AU Base, articles on DEA numbers) or made up.
"""

from __future__ import annotations

import csv
import string

import pytest
from cases import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st
from shared import real
from stdnum import luhn as oracle

from clinic_vetting import Checked, Form, check_number
from clinic_vetting.identifiers import check_digits, readings, written
from clinic_vetting.tables import NOT_KNOWN, authorities

digits = st.text(string.digits, min_size=1, max_size=16)


# --- Check digits ---


@given(digits)
def test_luhn_is_that_of_python_stdnum(number: str) -> None:
    assert check_digits.luhn(number) == oracle.is_valid(number)


@given(st.text(string.digits, min_size=9, max_size=9))
def test_an_npi_is_checked_as_it_stands_on_a_card(number: str) -> None:
    """As if 80840 stood in front: adding the constant 24, says the rule of 2004."""
    valid = number + oracle.calc_check_digit(f"80840{number}")

    assert check_digits.npi(valid)
    assert check_digits.npi(f"80840{valid}")


def a_valid(check: str, body: str) -> str:
    """Put the check digit at its place."""
    front, rest = (body[:6], body[6:]) if check == "lanr" else (body, "")
    (valid,) = (made for each in string.digits if check_digits.HOLDS[check](made := f"{front}{each}{rest}"))
    return valid


LENGTHS = {"luhn": 10, "npi": 9, "dea": 6, "lanr": 8}
CHECKED = {"luhn": 11, "npi": 10, "dea": 7, "lanr": 7}
"""How many of its digits a check covers."""


@given(st.sampled_from(sorted(LENGTHS)), st.data())
def test_one_wrong_digit_is_caught(check: str, data: st.DataObject) -> None:
    """By every check, at every place that it covers; but DEA's takes twice a digit, and so misses 5 too many."""
    body = data.draw(st.text(string.digits, min_size=LENGTHS[check], max_size=LENGTHS[check]))
    valid = a_valid(check, body)
    place = data.draw(st.integers(0, CHECKED[check] - 1))
    other = data.draw(st.sampled_from(string.digits))
    step = abs(int(other) - int(valid[place]))
    weight = {"dea": (1, 2, 1, 2, 1, 2, 1), "lanr": (4, 9, 4, 9, 4, 9, 1)}.get(check, (1,) * 11)[place]
    assume(step * weight % 10)

    assert not check_digits.HOLDS[check](valid[:place] + other + valid[place + 1 :])


@given(st.text(string.digits, min_size=9, max_size=9), st.integers(0, 8))
def test_two_neighbours_swapped_are_caught_in_an_npi(number: str, place: int) -> None:
    """Except for 09 and 90, which Luhn cannot tell apart."""
    valid = a_valid("npi", number)
    pair = valid[place : place + 2]
    assume(pair[0] != pair[1] and pair not in ("09", "90"))

    assert not check_digits.npi(valid[:place] + pair[::-1] + valid[place + 2 :])


@pytest.mark.parametrize(
    ("check", "number"), [("npi", "1234567893"), ("npi", "1993999998"), ("dea", "AP5836727"), ("dea", "F91234563")]
)
def test_published_examples_hold(check: str, number: str) -> None:
    assert check_digits.HOLDS[check](number)


# --- Forms ---


@pytest.mark.parametrize(
    ("authority", "number", "form"),
    [
        ("GMC", "7012345", "well_formed"),
        ("gmc", " 7012345 ", "well_formed"),
        ("General Medical Council", "GMC No. 7012345", "well_formed"),
        ("GMC", "GMC7012345", "well_formed"),
        ("GMC", "C7012345", "well_formed"),
        ("GMC", "l012345", "well_formed"),
        ("GMC", "701 23 45", "well_formed"),
        ("GMC", "7012345 (active)", "well_formed"),
        ("GMC", "70I2345", "well_formed"),
        ("GMC", "\uff17\uff10\uff11\uff12\uff13\uff14\uff15", "well_formed"),
        ("GMC", "12345", "well_formed"),
        ("GMC", "123", "malformed"),
        ("GMC", "70123456", "malformed"),
        ("GMC", "\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2\u00e9", "well_formed"),
        ("GMC", "SOLO", "not_read"),
        ("GMC", "pending", "not_read"),
        ("GMC", "701234567 or ask reception", "not_read"),
        ("GMC", "\u0667\u0660\u0661\u0662\u0663\u0664\u0665", "not_read"),
        ("NMC", "00A0001E", "well_formed"),
        ("NMC", "NMC PIN: 00a 0001 e", "well_formed"),
        ("NMC", "O0A000IE", "well_formed"),
        ("NMC", "000001E", "malformed"),
        ("HCPC", "PH000001", "well_formed"),
        ("HCPC", "PYL1", "well_formed"),
        ("HCPC", "12345", "well_formed"),
        ("GPhC", "2000001", "well_formed"),
        ("NPI", "1234567893", "valid_check_digit"),
        ("NPI", "123-456-7893", "valid_check_digit"),
        ("NPI", "80840 1234567893", "valid_check_digit"),
        ("NPI", "808401234567893", "valid_check_digit"),
        ("NPI", "#1234567893", "valid_check_digit"),
        ("NPI", "NPI\u20131234567893", "valid_check_digit"),
        ("NPI", "National Provider Identifier 1234567893", "valid_check_digit"),
        ("NPI", "1234567893 / 1234567890", "valid_check_digit"),
        ("NPI", "1234567890", "wrong_check_digit"),
        ("NPI", "1234567890 / 1234567891", "not_read"),
        ("NPI", "123456789", "malformed"),
        ("DEA", "AP5836727", "valid_check_digit"),
        ("DEA", "f91234563-001AB", "valid_check_digit"),
        ("DEA", "AP5836728", "wrong_check_digit"),
        ("Ahpra", "MED0000932846", "well_formed"),
        ("AHPRA", "MED 932846", "well_formed"),
        ("RPPS", "12345678903", "valid_check_digit"),
        ("RPPS", "12345678904", "wrong_check_digit"),
        ("RPPS", "123456789", "well_formed"),
        ("LANR", "123456601", "valid_check_digit"),
        ("LANR", "1234566", "valid_check_digit"),
        ("LANR", "555555101", "wrong_check_digit"),
        ("BIG", "19000000001", "well_formed"),
        ("CPN", "99ZZZZ", "well_formed"),
        ("CQC", "1-1000000001", "well_formed"),
        ("CQC", "RX000", "malformed"),
        ("GDC", "GDC No. 265123", "well_formed"),
        ("GDC", "CD000123", "well_formed"),
        ("GDC", "1234567", "malformed"),
        ("IMC", "123", "not_known"),
        ("CA medical board", "A 1", "not_known"),
        ("Ordre des medecins", "1", "not_known"),
    ],
)
def test_numbers_as_people_write_them(authority: str, number: str, form: str) -> None:
    assert check_number(authority, number).form == form


@pytest.mark.parametrize(
    ("authority", "number"),
    [("GMC", "123"), ("NMC", "000001E"), ("NPI", "1234567890"), ("NPI", "123456789"), ("RPPS", "12345678904")],
)
def test_what_an_official_description_rules_out_cannot_exist(authority: str, number: str) -> None:
    """The sentence says why, and what was wanted."""
    checked = check_number(authority, number)

    assert checked.cannot_exist
    assert checked.odd
    assert checked.says.startswith(f"{authority} {number} cannot exist: ")
    assert checked.says.endswith(checked.looks)


@pytest.mark.parametrize(
    ("authority", "number", "odd"),
    [
        ("DEA", "AP5836728", True),
        ("LANR", "555555101", True),
        ("CQC", "RX000", False),
        ("CA medical board", "?", False),
        ("GMC", "see website", False),
        ("Ordre des medecins", "0", False),
    ],
)
def test_what_only_others_describe_is_never_ruled_out(authority: str, number: str, odd: object) -> None:
    """A wrong check digit is worth another look; another form may be one that is not known here."""
    checked = check_number(authority, number)

    assert (checked.cannot_exist, checked.odd) == (False, odd)
    assert "cannot exist" not in checked.says


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        ("1234567893", "valid_check_digit", "is well formed and has a valid check digit; that proves no licence"),
        ("1234567890", "wrong_check_digit", "its check digit is wrong"),
        ("12345", "malformed", "it has another form"),
        ("soon", "not_read", "is not plainly one number, and was not judged"),
    ],
)
def test_well_formed_and_a_valid_check_digit_are_different_words(number: str, form: str, words: str) -> None:
    checked = check_number("NPI", number)

    assert checked.form is Form(form)
    assert words in checked.says


def test_the_other_sentences() -> None:
    """Where there is no check digit, where the form is not known, and where nothing follows."""
    assert check_number("GMC", "7012345").says == (
        "GMC 7012345 is well formed, and no check digit is known for it; that proves no licence"
    )
    assert "how such numbers look is not known here" in check_number("IMC", "1").says
    assert check_number("DEA", "AP5836728").says.endswith("Other numbers may exist, so nothing follows")


@given(st.sampled_from(sorted(authorities())), st.text(max_size=40))
def test_any_text_is_judged(authority: str, number: str) -> None:
    """Without an error, and a text without a digit is never ruled out."""
    checked = check_number(authority, number)

    assert isinstance(checked, Checked)
    assert not checked.cannot_exist or any(map(str.isdigit, number))


@given(st.sampled_from(sorted(authorities())), st.data())
def test_a_number_made_by_a_form_can_exist(authority: str, data: st.DataObject) -> None:
    """However it is written: in small letters, with blanks or dashes, with the register's name in front."""
    row = authorities()[authority]
    assume(row.forms)
    mask, check = data.draw(st.sampled_from(row.forms))
    made = "".join(
        data.draw(st.sampled_from({"9": string.digits, "A": string.ascii_uppercase}.get(each, each))) for each in mask
    )
    assume(check == "none" or check_digits.HOLDS[check](made))
    cut = data.draw(st.integers(1, len(made) - 1))
    ways = (made, made.lower(), f"{made[:cut]} {made[cut:]}", f"{made[:cut]}-{made[cut:]}", f"{authority}: {made}")

    assert not any(check_number(authority, each).cannot_exist for each in ways)


def test_a_mask_wants_letters_and_digits_where_they_stand() -> None:
    """Zeros are put back in front of digits alone; at most two characters are read for others."""
    assert written.fitted("AB12", "AA9999", 2) == "AB0012"
    assert written.fitted("AB12", "AA9999", 1) == ""
    assert written.fitted("AB", "AA9999", 4) == ""
    assert written.fitted("OI1", "999", 0) == "011"
    assert written.fitted("OIS", "999", 0) == ""
    assert written.fitted("0B", "AA", 0) == "OB"
    assert written.fitted("2B", "AA", 0) == ""
    assert written.fitted("1X", "19", 0) == ""


# --- The table ---


def test_every_row_that_describes_numbers_says_where_that_is_from() -> None:
    """With a reference; check digits and rules are among those that the code knows."""
    rows = authorities().values()

    described = [each for each in rows if each.forms]
    assert described
    assert all(each.reference and check_number(each.id, "").looks != NOT_KNOWN for each in described)
    assert {check for each in rows for _, check in each.forms} <= {"none", *check_digits.HOLDS}
    assert {each.rules_out for each in rows} <= {"", "form", "form and check digit"}
    assert all(each.forms for each in rows if each.rules_out)
    assert all(each.reference for each in rows if each.of == "people" and each.rules_out)


def test_who_may_inject_or_prescribe_has_a_reference_or_is_not_known() -> None:
    rows = authorities().values()

    stated = [each for each in rows if {each.may_inject, each.may_prescribe} != {NOT_KNOWN}]
    assert stated
    assert all(each.may_reference for each in stated)


@pytest.mark.parametrize(
    "country_and_names",
    [
        ("GB", {"GMC", "GDC", "NMC", "GPhC", "HCPC", "CQC", "HIS", "HIW", "RQIA"}),
        ("IE", {"IMC", "NMBI"}),
        ("US", {"NPI", "DEA"}),
        ("AU", {"Ahpra"}),
        ("FR", {"RPPS"}),
        ("DE", {"LANR"}),
        ("ES", {"REPS", "CGCOM"}),
        ("IT", {"FNOMCeO", "FNOPI"}),
        ("NL", {"BIG"}),
        ("NZ", {"MCNZ", "CPN"}),
    ],
)
def test_the_registers_of_a_country(country_and_names: tuple[str, set[str]]) -> None:
    country, names = country_and_names
    found = {each.id for each in authorities().values() if each.country == country}

    assert names <= found


def test_numbers_of_premises_are_never_ruled_out() -> None:
    """Their bodies use several kinds of numbers."""
    assert {each.rules_out for each in authorities().values() if each.of == "places"} == {""}


def test_the_method_page_lists_every_form() -> None:
    """And by what each register's numbers are ruled out."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    rows = page[page.index("| register | form |") :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    told = {cells[1]: cells[4] for row in rows if (cells := [each.strip() for each in row.split("|")])}

    words = {"": "nothing", "form": "form", "form and check digit": "form, check digit"}
    assert told == {each.id: words[each.rules_out] for each in authorities().values() if each.forms}


# --- Real numbers ---


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("data/registry/nppes_sample.csv", "NPI"),
        ("data/registry/cms_doctors_clinicians_sample.csv", "NPI"),
        ("data/exclusions/leie_npi.csv", "npi"),
    ],
)
def test_real_npis_have_a_valid_check_digit(file: str, column: str) -> None:
    """All of them; none is ruled out."""
    with real(file).open(encoding="latin-1", newline="") as rows:
        numbers = [row[column] for row in csv.DictReader(rows)]

    assert len(numbers) > 2000
    assert {check_number("NPI", each).form for each in numbers} == {Form.VALID_CHECK_DIGIT}


def test_real_locations_of_cqc_are_not_ruled_out() -> None:
    """Most are well formed; organisations of the NHS have codes of another kind."""
    with real("data/cqc/locations_999.csv").open(encoding="utf-8-sig", newline="") as rows:
        numbers = [row["Location ID"] for row in csv.DictReader(rows) if row["Location ID"]]

    forms = [check_number("CQC", each) for each in numbers]
    assert forms.count(forms[0]) < len(forms)
    assert not any(each.cannot_exist for each in forms)
    assert sum(each.form is Form.WELL_FORMED for each in forms) > 0.9 * len(forms)


def test_a_number_is_given_in_its_plain_form() -> None:
    """Every one that a text may mean and whose check digit holds; of an authority that is not known none."""
    assert readings("NPI", "NPI 123 456-7893 / 1000000004") == ("1000000004", "1234567893")
    assert readings("NPI", "80840 1234567893") == ("1234567893", "808401234567893")
    assert readings("NPI", "0000000000") == readings("nobody's", "1234567893") == ()
