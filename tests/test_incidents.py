"""Each documented incident gets the band that its case expects."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from cases import clinic, data, mesotherapy

from clinic_vetting import vet

INCIDENTS = data("incidents.yaml")
FITS = {
    "avoid": {"avoid"},
    "not_recommended": {"unproven", "caution", "avoid"},
    "not_avoid": {"recommended", "acceptable", "unproven", "caution"},
}


@pytest.mark.parametrize("case", INCIDENTS, ids=[case["id"] for case in INCIDENTS])
def test_a_documented_incident_gets_its_band(case: dict[str, Any]) -> None:
    """All facts, stated by an inspection at the end of the year, lead to the expected band."""
    day = dt.date(int(case["year"]), 12, 31)
    facts = {**case["facts"], **case["outcome_facts"]}

    verdict = vet(clinic(facts, seen=day, country=case["country"]), mesotherapy(), as_of=day)

    assert verdict.band is not None
    assert verdict.band.id in FITS[case["expected"]]
    assert verdict.warnings == ()


def test_there_are_harmful_and_good_clinics_among_the_cases() -> None:
    """The cases hold both, so that no band passes them all."""
    assert {case["expected"] for case in INCIDENTS} == set(FITS)
