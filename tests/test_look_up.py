"""A question that registers answer says where to look; a number that cannot exist is a `no`, and the rest no proof."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cases import DAY, mesotherapy
from jsonschema import Draft202012Validator

from clinic_vetting import (
    Clinic,
    CriteriaError,
    Form,
    Kind,
    Licence,
    LicenceStatus,
    Outcome,
    Practitioner,
    Registration,
    RegistrationKind,
    Source,
    measures,
    questions,
    to_json,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.schema import schema

IDENTIFIED, LICENSED = "credentials.injector_identified", "credentials.injector_licensed"
FORGED, WRONG, RIGHT = "123", "70123456", "7012345"
"""Numbers of the GMC: two that cannot exist, and one that can; all made up."""


def source(kind: str = "claim", seen: Any = DAY) -> Source:
    return Source(f"{kind} {seen}", Kind(kind), f"some {kind}", seen)


def licence(number: str | None, kind: str = "claim", seen: Any = DAY, **more: Any) -> Licence:
    return Licence(
        **{"authority": "GMC", "number": number, "status": LicenceStatus.ACTIVE, "source": source(kind, seen), **more}
    )


def clinic(*licences: Licence, **more: Any) -> Clinic:
    name = more.pop("name", "A. Example")
    person = Practitioner(name=name, injects=True, licences=licences, source=more.pop("by", None))
    return Clinic(id="c", **{"country": "GB", "region": "GB-ENG", "practitioners": (person,), **more})


def belief(criterion: str, *licences: Licence, **more: Any) -> Any:
    return vet(clinic(*licences, **more), mesotherapy(), as_of=DAY).finding(criterion).belief


# --- What a number that cannot exist says ---


@pytest.mark.parametrize("kind", ["claim", "patient", "document", "observation"])
def test_a_number_that_cannot_exist_is_a_no_as_strong_as_a_document(kind: str) -> None:
    """By our own check, seen when the record was, with the reason and the register's address."""
    finding = vet(clinic(licence(FORGED, kind)), mesotherapy(), as_of=DAY).finding(IDENTIFIED)

    assert finding.belief == (0, 80)
    assert finding.outcome is Outcome.FAILED
    assert finding.decided_by
    statement = finding.decided_by.statement
    assert statement.source == Source(
        "number-check",
        Kind.DOCUMENT,
        "this library's check of the number",
        DAY,
        "https://www.gmc-uk.org/registration-and-licensing/our-registers",
    )
    assert statement.note
    assert statement.note.startswith(
        "A. Example: GMC 123 cannot exist: it has another form. The number wanted: seven digits"
    )


def test_elsewhere_a_short_name_can_be_another_bodys() -> None:
    """GMC is a council of Gujarat, too: nothing is ruled out there, and the form is not judged."""
    abroad = clinic(licence(FORGED), country="IN", region=None)
    verdict = vet(abroad, mesotherapy(), as_of=DAY)

    assert verdict.finding(IDENTIFIED).belief == (40, 0)
    assert verdict.finding(LICENSED).belief == (40, 0)
    assert not verdict.warnings
    (place,) = asked(abroad)[LICENSED]
    assert (place.authority, place.number, place.form) == ("GMC", FORGED, None)
    assert str(place).startswith("General Medical Council (GMC), number 123: https://www.gmc-uk.org/")
    assert belief(IDENTIFIED, licence(FORGED), country=None, region=None) == (0, 80)


def test_an_undated_record_is_at_most_a_doubt() -> None:
    assert belief(IDENTIFIED, licence(FORGED, seen=None)) == (0, 40)


def test_an_official_source_that_saw_the_entry_mistyped_its_number() -> None:
    """That says nothing of anybody: it counts as before, and a warning asks to look again."""
    register = clinic(licence(FORGED, "register"))
    verdict = vet(register, mesotherapy(), as_of=DAY)

    assert verdict.finding(IDENTIFIED).belief == (0, 0)
    assert verdict.finding(LICENSED).belief == (100, 0)
    assert verdict.warnings[0].startswith("practitioners: GMC 123 cannot exist: ")
    assert verdict.warnings[0].endswith(
        "; look it up at https://www.gmc-uk.org/registration-and-licensing/our-registers"
    )


@pytest.mark.parametrize(("kind", "failed"), [("claim", 20), ("document", 40), ("observation", 40)])
def test_it_shows_no_licence_and_never_that_there_is_none(kind: str, failed: int) -> None:
    """A paper with a number that cannot exist proves nothing; what it fails, and its `suspended`, still stand."""
    assert belief(LICENSED, licence(FORGED, kind, status=LicenceStatus.ACTIVE)) == (0, 0)
    assert belief(LICENSED, licence(FORGED, kind, status=LicenceStatus.CONDITIONS)) == (0, failed)
    assert belief(LICENSED, licence(FORGED, "document", status=LicenceStatus.SUSPENDED)) == (0, 80)


def test_another_number_that_can_be_looked_up_answers_the_question() -> None:
    """The one that cannot exist is then a slip, and a warning."""
    both = clinic(licence(FORGED), licence(RIGHT))
    verdict = vet(both, mesotherapy(), as_of=DAY)

    assert verdict.finding(IDENTIFIED).belief == (40, 0)
    assert any("GMC 123 cannot exist" in each for each in verdict.warnings)


def test_a_number_that_was_looked_up_in_vain_could_be_looked_up() -> None:
    """So the other, which cannot exist, is no `no`: who names the person says so in part, as without any number."""
    in_vain = licence(RIGHT, "register", status=LicenceStatus.NOT_FOUND)

    assert belief(IDENTIFIED, in_vain, licence(FORGED, "document"), by=source("observation")) == (40, 40)
    assert belief(IDENTIFIED, in_vain, licence(FORGED, "document")) == (0, 0)


def test_it_says_no_whether_the_injector_is_named_or_not() -> None:
    assert belief(IDENTIFIED, licence(FORGED), name=None) == (0, 80)
    assert belief(IDENTIFIED, licence(FORGED), licence(WRONG), by=source("document")) == (0, 80)
    assert belief(IDENTIFIED, licence(FORGED, status=LicenceStatus.NOT_FOUND)) == (0, 80)


@pytest.mark.parametrize(
    ("authority", "number"),
    [
        ("NPI", "1234567893"),
        ("GMC", RIGHT),
        ("GMC", "on request"),
        ("DEA", "AP5836728"),
        ("Texas Medical Board", "?"),
        ("Ordre", "1"),
    ],
)
def test_no_number_proves_a_licence(authority: str, number: str) -> None:
    """Neither a form nor a valid check digit: what is said counts as far as who says it is believed."""
    assert belief(LICENSED, licence(number, authority=authority)) == (40, 0)
    assert belief(LICENSED, licence(number, authority=authority, status=None)) == (0, 0)
    assert belief(IDENTIFIED, licence(number, authority=authority)) == (40, 0)


def test_the_check_goes_with_its_record() -> None:
    """A record that is seen later does not exist yet, and neither does the check of its number."""
    later = licence(FORGED, seen=DAY.replace(month=12))

    assert belief(IDENTIFIED, later) == (0, 0)


def test_the_register_clears_it() -> None:
    """Where it shows the person under a number, that can be looked up; what the clinic tells, it does not show."""
    found = licence(RIGHT, "register")

    assert belief(IDENTIFIED, licence(FORGED, "document"), found) == (0, 0)
    assert belief(LICENSED, licence(FORGED, "document"), found) == (100, 0)


# --- Where to look ---


def asked(given: Clinic) -> dict[str, tuple[Any, ...]]:
    verdict = vet(given, mesotherapy(), as_of=DAY)
    return {each.criterion.full_id: each.look_up for each in questions(verdict)}


def test_a_question_about_a_licence_names_the_number_and_the_registers_own_address() -> None:
    for criterion in (LICENSED, "credentials.no_active_sanctions"):
        (place,) = asked(clinic(licence(RIGHT)))[criterion]

        assert (place.authority, place.number, place.form) == ("GMC", RIGHT, Form.WELL_FORMED)
        assert place.url == "https://www.gmc-uk.org/registration-and-licensing/our-registers"
        assert place.says.endswith("that proves no licence")


@pytest.mark.parametrize(
    ("country", "region", "people", "places"),
    [
        ("GB", "GB-ENG", ["GMC", "GDC", "NMC", "GPhC", "HCPC"], ["CQC"]),
        ("GB", "GB-SCT", ["GMC", "GDC", "NMC", "GPhC", "HCPC"], ["HIS"]),
        ("GB", None, ["GMC", "GDC", "NMC", "GPhC", "HCPC"], []),
        ("US", "US-TX", ["Texas Medical Board"], []),
        ("US", None, [], []),
        ("CA", "CA-ON", ["College of Physicians and Surgeons of Ontario"], []),
        ("IE", None, ["IMC", "NMBI"], []),
        ("AU", None, ["Ahpra"], []),
        ("FR", None, ["RPPS"], []),
        ("SE", None, [], []),
        (None, None, [], []),
    ],
)
def test_where_no_body_is_on_record_the_registers_of_the_place_are_named(
    country: str | None, region: str | None, people: list[str], places: list[str]
) -> None:
    """Those that register people or premises there; numbers that are no licence are left out."""
    found = asked(Clinic(id="c", country=country, region=region))

    assert [each.authority for each in found[LICENSED]] == people
    assert [each.authority for each in found["credentials.facility_registered"]] == places
    assert all(each.url for each in (*found[LICENSED], *found["credentials.facility_registered"]))


def test_a_number_that_is_no_licence_leads_to_those_who_license_too() -> None:
    """An NPI names a person; the state's board says whether that person may practise."""
    npi = licence("1234567893", authority="NPI")

    found = asked(clinic(npi, country="US", region="US-OH"))[LICENSED]
    assert [str(each).split(" (")[0] for each in found] == [
        "NPI 1234567893",
        "State Medical Board of Ohio: https://www.med.ohio.gov/",
    ]
    assert len(asked(clinic(npi, licence(RIGHT), country="US", region="US-OH"))[LICENSED]) == 2


def test_the_order_of_records_is_not_the_order_of_places_to_look() -> None:
    """Licences the other way round have the same digest, and the same JSON."""
    entries = (licence(RIGHT), licence(None), licence("18A0001E", authority="NMC"))

    one, other = (to_json(vet(clinic(*each), mesotherapy(), as_of=DAY)) for each in (entries, entries[::-1]))

    assert one == other


def test_bodies_of_premises_come_from_the_registrations() -> None:
    """Not from memberships; a body that the table has not is left out."""
    kinds = (
        (RegistrationKind.PREMISES, "HIS"),
        (RegistrationKind.MEMBERSHIP, "JCCP"),
        (RegistrationKind.PREMISES, "X"),
    )
    records = tuple(Registration(kind=kind, body=body, number="1", source=source()) for kind, body in kinds)

    (place,) = asked(clinic(registrations=records))["credentials.facility_registered"]
    assert (place.authority, place.form) == ("HIS", Form.NOT_KNOWN)


def test_other_questions_name_no_register() -> None:
    found = asked(clinic(licence(RIGHT)))

    assert not found["hygiene.hand_hygiene"]
    assert not found["credentials.procedure_training"]
    assert {name for name, places in found.items() if places} == {
        LICENSED,
        IDENTIFIED,
        "credentials.no_active_sanctions",
        "credentials.facility_registered",
    }


def test_a_measure_of_ones_own_can_say_whose_registers_answer_it() -> None:
    """Kept with the measure."""
    measures.register("asks-a-register", reads="practitioners", registers="people")(lambda _, __: ())

    assert measures.find("asks-a-register").registers == "people"
    assert measures.find("recent_reviews").registers is None
    with pytest.raises(CriteriaError, match="expected registers of 'people' or 'places', or none, got 'persons'"):
        measures.register("asks-nobody", registers="persons")


@pytest.mark.parametrize("number", [RIGHT, FORGED, None, "see website", "7" * 99])
def test_reports_say_where_to_look(number: str | None) -> None:
    """In text within the lines' width, and in JSON as the schema describes it, the same bytes both ways."""
    verdict = vet(clinic(licence(number)), mesotherapy(), as_of=DAY)
    text, tree = to_text(verdict), to_tree(verdict)
    written = {each["criterion"]: each["look_up"] for each in tree["questions"]}

    assert "https://www.gmc-uk.org/registration-and-licensing/our-registers" in text
    assert max(map(len, text.splitlines())) <= 80
    assert written[LICENSED][0]["url"] == "https://www.gmc-uk.org/registration-and-licensing/our-registers"
    assert written[LICENSED][0]["number"] == number
    assert to_json(verdict) == json.dumps(tree)
    Draft202012Validator(schema("verdict")).validate(tree)


def test_an_address_that_is_not_known_is_said_to_be() -> None:
    """JCCP has none in the table."""
    (place,) = asked(clinic(licence(None, authority="JCCP")))[LICENSED]

    assert str(place).endswith("(JCCP): its own address is not known here")


def test_the_sentence_says_what_the_form_is_worth() -> None:
    place = asked(clinic(licence("1234567893", authority="NPI"), country="US", region=None))[LICENSED][0]

    assert str(place) == (
        "NPI 1234567893 (well formed, check digit valid: no proof of a licence): https://npiregistry.cms.hhs.gov/"
    )
