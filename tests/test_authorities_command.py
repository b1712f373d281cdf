"""`clinic-vetting authorities`: what the table says, for a person."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from clinic_vetting.cli import main

Capture: TypeAlias = pytest.CaptureFixture[str]


def test_a_register_is_shown_with_what_is_not_known(capsys: Capture) -> None:
    assert main(["authorities", "ahpra"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Ahpra  Australian Health Practitioner Regulation Agency (AU)"
    assert "  may inject: not known" in lines
    assert "  look up: https://www.ahpra.gov.au/Registration/Registers-of-Practitioners.aspx" in lines


def test_a_country_lists_its_registers_and_boards(capsys: Capture) -> None:
    assert main(["authorities", "US"]) == 0

    titles = [block.splitlines()[0] for block in capsys.readouterr().out.split("\n\n")]
    assert titles[0].startswith("NPI  ")
    assert "Medical Board of California (US)" in titles
    assert len(titles) > 51


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1234567893", "NPI 1234567893 is well formed and has a valid check digit; that proves no licence\n"),
        ("1234567890", "NPI 1234567890 cannot exist: its check digit is wrong."),
    ],
)
def test_a_number_is_checked(capsys: Capture, number: str, words: str) -> None:
    """Exit code 0 whatever the answer: it was given."""
    assert main(["authorities", "NPI", number]) == 0
    assert capsys.readouterr().out.startswith(words)


@pytest.mark.parametrize(("name", "hint"), [("GMCC", "did you mean 'GMC'?"), ("Atlantis", "only these are described")])
def test_what_the_table_has_not_is_told(capsys: Capture, name: str, hint: str) -> None:
    assert main(["authorities", name]) == 2
    error = capsys.readouterr().err
    assert f"expected an authority, country or state of the table, got {name}; " in error
    assert hint in error
