"""`clinic-vetting authorities`: what the table says, for a person."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from clinic_vetting import tables
from clinic_vetting.cli import main
from clinic_vetting.words import ENGLISH, catalogue

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
    ("authority", "number", "words", "code"),
    [
        ("NPI", "1234567893", "NPI 1234567893 is well formed and has a valid check digit; that proves no licence\n", 0),
        ("NPI", "1234567890", "NPI 1234567890 cannot exist: its check digit is wrong.", 1),
        ("CGCOM", "1", "", 0),
        ("GB", "1234567890", "", 0),
    ],
)
def test_a_number_is_checked(capsys: Capture, authority: str, number: str, words: str, code: int) -> None:
    """Exit code 1 where it cannot exist with any that was named, 0 where it can or nobody knows."""
    assert main(["authorities", authority, number]) == code
    assert capsys.readouterr().out.startswith(words)


def test_help_tells_the_exit_codes(capsys: Capture) -> None:
    """For scripts."""
    with pytest.raises(SystemExit):
        main(["authorities", "--help"])
    assert "Exit code 1 where the number cannot exist" in " ".join(capsys.readouterr().out.split())


def test_all_are_listed(capsys: Capture) -> None:
    """One in a line, and the codes of the boards."""
    assert main(["authorities"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "GMC  General Medical Council (GB)"
    assert lines[-1].startswith("and boards of physicians, by state or province: US-")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("GMCC", "did you mean 'GMC'?"),
        ("Colegio de Médicos", "did you mean 'CGCOM'?"),
        ("general council", "did you mean 'GMC' or 'GDC'"),
        ("Atlantis", "'clinic-vetting authorities' lists all; a dossier may name any other, too"),
        ("de la", "lists all"),
    ],
)
def test_what_the_table_has_not_is_told(capsys: Capture, name: str, hint: str) -> None:
    assert main(["authorities", name]) == 2
    error = capsys.readouterr().err
    assert f"expected an authority, country or state of the table, got {name}; " in error
    assert hint in error


def test_every_word_of_the_table_is_in_the_catalogue() -> None:
    """As the table has it, so that each language can say it; none is left over."""
    rows = [*tables.authorities().values(), *tables.boards().values()]
    given = {word for each in rows for word in (*(each.professions or [each.of]), each.rules_out)}
    given |= {word for each in rows for word in (each.may_inject, each.may_prescribe)} - {tables.NOT_KNOWN}
    group = "note.authorities.word."

    said = {name.removeprefix(group): text for name, text in catalogue(ENGLISH).items() if name.startswith(group)}
    assert said == {each: each for each in given if each}


def test_the_table_is_said_in_a_language(capsys: Capture) -> None:
    """Who is registered, who may inject, and what rules a number out."""
    assert main(["authorities", "GB", "--language", "es"]) == 0

    told = capsys.readouterr().out
    assert [
        each
        for each in (
            "  se ocupa de: médicos, asociados médicos, asociados de anestesia\n",
            "  pueden inyectar: los dentistas; de las demás profesiones no se sabe\n",
            "  se descarta un número por: la forma\n",
            "  consultar en: no se sabe\n",
            "  se ocupa de: publicidad\n",
        )
        if each not in told
    ] == []
