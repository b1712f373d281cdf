"""Codes in every form of GS1 become the element string that a dossier holds."""

from __future__ import annotations

import sys

import pytest

from clinic_vetting import gs1
from clinic_vetting.cli import main
from clinic_vetting.scanned import scanned

STRING = "(01)09506000134352(10)A17(17)270630"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://id.gs1.org/01/09506000134352/10/A17?17=270630", STRING),
        ("https://example.com/some/path/01/9506000134352/10/A17?17=270630", STRING),
        ("]d2010950600013435210A17\x1d17270630", STRING),
        ("0109506000134352172706301" + "0A17", "(01)09506000134352(17)270630(10)A17"),
        (f" {STRING} ", STRING),
        ("9506000134352", "(01)09506000134352"),
        ("036000291452", "(01)00036000291452"),
        ("106141412345678908", "(00)106141412345678908"),
    ],
)
def test_every_form_becomes_an_element_string(text: str, expected: str) -> None:
    """Which the core reads, with the same lot and last day."""
    found = str(scanned(text))

    assert found == expected
    assert gs1.read(found) == gs1.read(expected)


@pytest.mark.parametrize("text", ["", "hello", "9506000134353", "(01)09506000134353", "(10)", "https://example.com/a"])
def test_what_is_no_code_is_refused(text: str) -> None:
    """A wrong check digit too."""
    with pytest.raises(ValueError, match=r"\w"):
        scanned(text)


def test_the_command_writes_what_a_dossier_holds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With each element in GS1's words; what is no code, or a library that is missing, is told."""
    assert main(["code", "https://id.gs1.org/01/09506000134352/10/A17?17=270630"]) == 0
    assert capsys.readouterr().out == (
        f'gs1: "{STRING}"\n  Global Trade Item Number (GTIN): 09506000134352\n'
        "  Batch or lot number: A17\n  Expiration date (YYMMDD): 270630\n"
    )
    assert main(["code", "9506000134353"]) == 2
    assert "expected a GS1 code, got '9506000134353'; Invalid GTIN check digit" in capsys.readouterr().err
    assert main(["code", " ", "--language", "es"]) == 2
    assert capsys.readouterr().err.endswith("un código GS1; en su lugar: ' '; un código con un elemento\n")
    monkeypatch.setitem(sys.modules, "biip", None)
    assert main(["code", "9506000134352"]) == 2
    assert capsys.readouterr().err == "reading any code needs biip: pip install 'clinic-vetting[gs1]'\n"
    assert main(["code", "9506000134352", "--language", "es"]) == 2
    assert capsys.readouterr().err == "leer cualquier código necesita biip: pip install 'clinic-vetting[gs1]'\n"
