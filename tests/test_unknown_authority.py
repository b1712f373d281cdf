"""A licence of an authority that nothing here knows: it counts, and the finding says what is not shown."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest

from clinic_vetting import (
    Clinic,
    Kind,
    Licence,
    LicenceStatus,
    Practitioner,
    Source,
    load_criteria,
    to_json,
    to_text,
    vet,
)

AS_OF = dt.date(2026, 11, 21)
LICENSED = "credentials.injector_licensed"
GUILD = "National Guild of Samples"
SEEN = Source("register", Kind.REGISTER, "the guild's register", dt.date(2026, 10, 1))
LICENCE = Licence(authority=GUILD, number="77", status=LicenceStatus.ACTIVE, source=SEEN)
SAYS = {
    "en": f"nothing here shows that {GUILD} registers a health profession",
    "es": f"nada muestra aquí que {GUILD} inscriba una profesión sanitaria",
}


def clinic(licence: Licence, name: str | None = "Anne Sample") -> Clinic:
    """Make a clinic with one injector."""
    return Clinic(id="c", practitioners=(Practitioner(name=name, injects=True, licences=(licence,)),))


def note(licence: Licence, name: str | None = "Anne Sample") -> str | None:
    """Give the note of what decides."""
    finding = vet(clinic(licence, name), load_criteria(), as_of=AS_OF).finding(LICENSED)
    assert finding.decided_by is not None
    return finding.decided_by.statement.note


@pytest.mark.parametrize(("name", "expected"), [("Anne Sample", f"Anne Sample: {SAYS['en']}"), (None, SAYS["en"])])
def test_the_finding_says_it(name: str | None, expected: str) -> None:
    """With the person's name, if there is one; an inspection's word likewise."""
    inspected = attrs.evolve(LICENCE, source=attrs.evolve(SEEN, kind=Kind.INSPECTION))

    assert note(LICENCE, name) == expected
    assert note(inspected, name) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"authority": "GMC"},
        {"authority": "General Medical Council"},
        {"status": LicenceStatus.CONDITIONS},
        {"status": LicenceStatus.SUSPENDED},
        {"source": attrs.evolve(SEEN, kind=Kind.DOCUMENT)},
    ],
)
def test_it_says_so_only_of_an_official_yes_of_an_unknown_authority(changes: dict[str, Any]) -> None:
    """Else the note is the person's name, as ever."""
    assert note(attrs.evolve(LICENCE, number="7777777", **changes)) == "Anne Sample"


def test_it_counts_as_it_did() -> None:
    """No outcome, belief or score is another than under an authority that is known."""
    one, other = (
        vet(clinic(each), load_criteria(), as_of=AS_OF) for each in (LICENCE, attrs.evolve(LICENCE, authority="GMC"))
    )

    assert one.finding(LICENSED).belief == other.finding(LICENSED).belief
    assert (one.score, one.band) == (other.score, other.band)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_report_says_it_in_its_language(language: str) -> None:
    """In text and JSON."""
    verdict = vet(clinic(LICENCE), load_criteria(), as_of=AS_OF)

    assert SAYS[language] in " ".join(to_text(verdict, language=language).split())
    assert SAYS[language] in str(json.loads(to_json(verdict, language=language)))
