"""The shipped reference tables."""

from __future__ import annotations

import re

import pytest
from cases import DAY, ROOT, mesotherapy

from clinic_vetting import (
    Clinic,
    Kind,
    Licence,
    Practitioner,
    Source,
    load_criteria,
    parse_criteria,
    shipped,
    vet,
)
from clinic_vetting.criteria_folder import folder
from clinic_vetting.criterion import Strengths
from clinic_vetting.errors import InputError
from clinic_vetting.tables import authorities, boards, evidence, find

SMALL = """
criteria_set: 1
id: small
version: 1.0.0
title: Small
fresh_for: 12 months
failures_fresh_for: 12 months
categories:
  - {id: a, title: A, weight: 1, criteria: [{id: b, question: "B?", weight: 1, severity: minor}]}
bands: [{id: any, label: Any}]
"""


def test_a_set_without_strengths_has_those_of_the_table() -> None:
    """They are the ones that the shipped set writes out, too."""
    expected = {kind: (int(row["for"]), int(row["against"])) for kind, row in evidence().items()}

    for criteria in (parse_criteria(SMALL), mesotherapy()):
        assert expected == {kind.value: (each.for_, each.against) for kind, each in criteria.evidence.items()}
    assert set(expected) == {kind.value for kind in Kind}
    assert not Strengths().problem(parse_criteria(SMALL).evidence)


def test_the_readme_shows_the_table_of_evidence() -> None:
    """Kind, what it is, and both strengths."""
    rows = re.findall(r"^\| (\w+) \| (.*?) \| (\d+) \| (\d+) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    expected = {kind: (row["is"].split(";")[0], row["for"], row["against"]) for kind, row in evidence().items()}

    assert expected == {kind: (meaning, for_, against) for kind, meaning, for_, against in rows}


def test_a_misspelt_authority_is_noticed() -> None:
    """A name near one of the table gets a suggestion; of a far one nobody here can say what it registers."""
    source = Source("s", Kind.CLAIM, "the clinic", DAY)
    licences = tuple(Licence(authority=name, source=source) for name in ("GMCC", "GMC", "Ordre des medecins"))

    verdict = vet(Clinic(id="c", practitioners=(Practitioner(licences=licences),)), mesotherapy(), as_of=DAY)

    near, far = verdict.warnings
    assert near == "practitioners: the authority 'GMCC' is not in the table of authorities; did you mean 'GMC'?"
    assert far.startswith("practitioners: the authority 'Ordre des medecins' is not in the table of authorities, so ")
    assert authorities()["CQC"].of == "places"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GMC", "GMC"),
        (" gmc ", "GMC"),
        ("general medical council", "GMC"),
        ("NPPES", "NPI"),
        ("Medical Board of California", "US-CA"),
        ("US-CA", "US-CA"),
        ("CA medical board", "US-CA"),
        ("California Medical Board", "US-CA"),
        ("Board of Medicine, CA", "US-CA"),
        ("West Virginia medical board", "US-WV"),
        ("Virginia medical board", "US-VA"),
        ("College of Physicians of Ontario", "CA-ON"),
        ("Medical board of Ohio or Texas", None),
        ("state medical board", None),
        ("in the medical board of me", None),
        ("California Board of Barbering", None),
        ("California", None),
        ("", None),
    ],
)
def test_an_authority_is_found_by_any_of_its_names(name: str, expected: str | None) -> None:
    """A state's board by the one state that is named, in full or by its two capitals."""
    found = find(name)

    assert expected == (next(iter(found.regions), found.id) if found else None)


def test_every_state_has_a_board() -> None:
    """And the District of Columbia; each with its own address."""
    states = [each for each in boards().values() if each.country == "US"]

    assert len(states) == 51
    assert all(each.look_up and each.look_up.startswith("https://") for each in states)
    assert not any(each.rules_out for each in boards().values())


def test_tables_stand_beside_the_sets_and_are_none() -> None:
    """A set is told by its first key, whatever its file is called."""
    names = {each.name.removesuffix(".yaml") for each in folder().iterdir()}

    assert {"authorities", "evidence"} <= names - set(shipped())
    assert shipped() == ("mesotherapy", "mesotherapy-desk")
    with pytest.raises(InputError, match="expected the name of a shipped set"):
        load_criteria("authorities")
