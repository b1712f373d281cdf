"""FHIR resources become records and sources, and nothing is dropped in silence."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from cases import mesotherapy
from shared import real

from clinic_vetting import (
    Clinic,
    InputError,
    Kind,
    LicenceStatus,
    Outcome,
    RegistrationStatus,
    document,
    from_fhir,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.dossier import parse_clinic, plain
from clinic_vetting.fhir import Imported, Standing, Status, read_resources, read_verification
from clinic_vetting.fhir.resources import open_document

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TypeAlias

Tree: TypeAlias = dict[str, Any]

DAY = dt.date(2026, 11, 21)
LISTED = "FHIR entry Practitioner/p"


def coded(code: str) -> Tree:
    """Write a CodeableConcept."""
    return {"coding": [{"system": "http://example.org/codes", "code": code}]}


LICENCE: Tree = {
    "identifier": [{"type": coded("MD"), "value": "0001"}],
    "code": {"text": "Doctor of Medicine"},
    "period": {"start": "2010", "end": "2027-03"},
    "issuer": {"display": "Example Medical Board"},
}
COURSE: Tree = {
    "code": {"text": "mesotherapy"},
    "period": {"start": "2024-05-01"},
    "issuer": {"display": "Example College"},
}
BOARD: Tree = {
    "who": {"display": "Example Medical Board"},
    "type": [coded("lic-board")],
    "validationStatus": coded("successful"),
    "validationDate": "2026-10-02T10:00:00+01:00",
}
ATTESTATION: Tree = {"who": {"reference": "Practitioner/p", "display": "A. Example"}, "date": "2026-10-01"}


def practitioner(*qualifications: Tree, **more: Any) -> Tree:
    """Make a practitioner up."""
    name = [{"given": ["A."], "family": "Example"}]
    return {"resourceType": "Practitioner", "id": "p", "name": name, "qualification": list(qualifications), **more}


def result(status: str, **more: Any) -> Tree:
    """Make a VerificationResult about the practitioner up."""
    return {
        "resourceType": "VerificationResult",
        "id": f"v-{status}",
        "target": [{"reference": "http://example.org/fhir/Practitioner/p/_history/3"}],
        "status": status,
        "statusDate": "2026-10-03",
        "lastPerformed": "2026-10-02",
        **more,
    }


def bundle(*resources: Tree) -> document.Document:
    """Put resources into a Bundle, as text with lines."""
    entries = [{"fullUrl": f"urn:uuid:{place}", "resource": each} for place, each in enumerate(resources)]
    return document.parse(json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1), "made-up.json")


def imported(*resources: Tree) -> Imported:
    """Import resources into a clinic."""
    return from_fhir([bundle(*resources)], Clinic(id="a", treatments=("mesotherapy",)))


def outcome(found: Imported, criterion: str = "credentials.injector_licensed", day: dt.date = DAY) -> Outcome:
    """Vet what was imported."""
    findings = vet(found.clinic, mesotherapy(), as_of=day).findings
    return next(each.outcome for each in findings if each.id == criterion)


def test_a_validated_licence_is_what_its_board_says() -> None:
    """By the board, of the day on which it looked, through the next scheduled check; then it has to be asked."""
    found = imported(practitioner(LICENCE), result("validated", primarySource=[BOARD], nextScheduled="2026-12-31"))

    (person,) = found.clinic.practitioners
    (licence,) = person.licences
    assert (licence.authority, licence.number, licence.status) == (
        "Example Medical Board",
        "0001",
        LicenceStatus.ACTIVE,
    )
    assert (licence.source.kind, licence.source.who) == (Kind.REGISTER, "Example Medical Board")
    assert (licence.source.seen, licence.expires) == (dt.date(2026, 10, 2), dt.date(2026, 12, 31))
    assert (person.name, person.source) == ("A. Example", licence.source)
    assert not found.faults
    assert any("next check 2026-12-31" in each for each in found.told)
    assert outcome(found, day=dt.date(2026, 11, 2)) is Outcome.MET
    assert outcome(found, day=dt.date(2027, 1, 1)) is Outcome.UNKNOWN


def test_a_licence_that_ends_before_its_next_check_holds_through_its_own_end() -> None:
    """A month stands for its last day."""
    found = imported(practitioner(LICENCE), result("validated", primarySource=[BOARD], nextScheduled="2028-01-01"))

    assert found.clinic.practitioners[0].licences[0].expires == dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("status", "given", "expected", "said"),
    [
        ("validated", {"primarySource": [BOARD]}, Outcome.MET, ""),
        ("attested", {"attestation": ATTESTATION, "primarySource": [BOARD]}, Outcome.SUPPORTED, ""),
        ("in-process", {"primarySource": [BOARD]}, Outcome.UNKNOWN, "being checked"),
        ("req-revalid", {"primarySource": [BOARD]}, Outcome.UNKNOWN, "to be checked again"),
        ("val-fail", {"primarySource": [BOARD], "attestation": ATTESTATION},
         Outcome.UNKNOWN, "not confirmed by Example Medical"),
        ("reval-fail", {}, Outcome.UNKNOWN, "not confirmed by a source not named on 2026-10-02"),
        ("entered-in-error", {"primarySource": [BOARD]}, Outcome.WEAK, "entered in error"),
        ("validated", {}, Outcome.SUPPORTED, "their word"),
        ("validated", {"primarySource": [BOARD], "validationType": coded("nothing")}, Outcome.SUPPORTED, "their word"),
        ("validated", {"primarySource": [BOARD | {"validationStatus": coded("failed")}]},
         Outcome.SUPPORTED, "their word"),
        ("validated", {"primarySource": [BOARD | {"who": {"reference": "Practitioner/p"}}]},
         Outcome.SUPPORTED, "their word"),
        ("validated", {"primarySource": [BOARD | {"who": {"display": "A. Example"}}], "attestation": ATTESTATION},
         Outcome.SUPPORTED, "their word"),
    ],
)  # fmt: skip
def test_each_status_means_what_fhir_says(status: str, given: Tree, expected: Outcome, said: str) -> None:
    """Only a primary source other than the practitioner is a proof; a check that failed is a question, never a `no`."""
    found = imported(practitioner(LICENCE), result(status, **given))

    day = dt.date(2026, 10, 25)
    finding = next(
        each for each in vet(found.clinic, mesotherapy(), as_of=day).findings if each.id.endswith("injector_licensed")
    )
    assert finding.belief
    assert (finding.outcome, finding.belief.failed) == (expected, 0)
    assert not said or any(said in each and f"v-{status}" in each for each in found.told)


@pytest.mark.parametrize(
    "who",
    [
        {"display": "Jane Doe"},
        {"display": "DOE, Jane"},
        {"display": "Dr. Jané Doe, MD"},
        {"display": "J. Doe"},
        {"display": "Jane Doe Skin Practice"},
        {"display": "Jane Smith"},
        {"display": "Jane Q. Public"},
        {"display": "EXAMPLE CLINIC"},
        {"display": "Example-Clinic, Ltd."},
        {"display": "Example Clinic, S.L."},
        {"display": "Dra. Jane DOE"},
        {"display": "Sample Skin"},
        {"reference": "Organization/c"},
        {"reference": "Organization/c", "display": "Example Medical Board"},
        {"reference": "urn:uuid:0"},
        {"reference": "Organization/twin"},
        {"reference": "Practitioner/p/_history/2", "display": "Example Medical Board"},
        {"reference": "urn:uuid:2"},
        {"reference": "PractitionerRole/r", "display": "Example Medical Board"},
        {"display": "Mary Major"},
        {"display": "Colleague Person"},
        {},
        {"display": "Self"},
        {"type": "Practitioner", "display": "the applicant"},
        {"reference": "#me"},
        {"reference": "practitioner/p"},
        {"reference": "./Practitioner/p"},
        {"reference": "https://another.example/fhir/Practitioner/77", "display": "Example Medical Board"},
        {"reference": "Organization/c?x=1", "display": "Example Medical Board"},
        {"reference": "Organization/c|2"},
        {"reference": "#inside"},
        {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234-567893"}},
    ],
)
def test_the_clinic_and_its_people_are_no_register_whatever_they_are_called(who: Tree) -> None:
    """By name, in any order or with titles, by a name from before, by reference, by full URL: it is their word."""
    clinic = {"resourceType": "Organization", "id": "c", "name": "Example Clinic", "alias": ["Sample Skin"]}
    twin = clinic | {"id": "twin", "name": "Example Clinic Inc."}
    names = [{"given": ["Jane"], "family": "Doe"}, {"text": "Jane Smith"}, {"text": "Dr"}, {"text": "Public, Jane Q."}]
    role = {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/p"},
            "organization": {"reference": "Organization/c"}}  # fmt: skip
    other = {"resourceType": "PractitionerRole", "id": "s", "practitioner": {"display": "Colleague Person"}}
    target = [{"reference": "Practitioner/p", "display": "Mary Major"}]
    inside = [{"resourceType": "Organization", "id": "inside", "name": "Sample Skin"},
              {"resourceType": "Practitioner", "id": "me"}]  # fmt: skip
    said = result("validated", target=target, contained=inside, primarySource=[BOARD | {"who": who}])
    number = [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}]
    found = imported(clinic, twin, practitioner(LICENCE, name=names, identifier=number), role, other, said)

    (_, licence) = found.clinic.practitioners[0].licences
    assert licence.source.kind is Kind.CLAIM
    assert outcome(found, day=dt.date(2026, 10, 25)) is Outcome.SUPPORTED
    assert any("their word" in each for each in found.told)


@pytest.mark.parametrize("display", ["Example Medical Board", "Doe County Medical Board", "Jane State Board", "A."])
def test_a_board_with_a_word_of_a_persons_name_is_a_register(display: str) -> None:
    """Only a whole name is theirs; and without a name nobody is taken for the board."""
    person = practitioner(LICENCE, name=[{"given": ["Jane"], "family": "Doe"}])
    found = imported(person, result("validated", primarySource=[BOARD | {"who": {"display": display}}]))

    assert found.clinic.practitioners[0].licences[0].source.kind is Kind.REGISTER


def test_a_board_inside_the_result_is_a_register() -> None:
    """Known by the name that it has there."""
    board = {"resourceType": "Organization", "id": "b", "name": "Example Medical Board"}
    said = result("validated", contained=[board], primarySource=[BOARD | {"who": {"reference": "#b"}}])
    found = imported(practitioner(LICENCE), said)

    source = found.clinic.practitioners[0].licences[0].source
    assert (source.kind, source.who) == (Kind.REGISTER, "Example Medical Board")


OURS, THEIRS = "https://ours.example/fhir", "https://theirs.example/fhir"


@pytest.mark.parametrize(
    ("target", "server", "proven"),
    [
        (f"{OURS}/Practitioner/p", None, [True, False]),
        (f"{OURS}/Practitioner/p/_history/2", THEIRS, [True, False]),
        (f"{THEIRS}/Practitioner/p", OURS, [False, True]),
        ("Practitioner/p", OURS, [True, False]),
        ("Practitioner/p", THEIRS, [False, True]),
        ("Practitioner/p", "https://third.example", [False, False]),
        ("https://third.example/Practitioner/p", None, [False, False]),
        ("Practitioner/p", None, [False, False]),
    ],
)
def test_a_result_is_of_the_person_on_the_server_that_it_names(
    target: str, server: str | None, proven: list[bool]
) -> None:
    """Or, without a name, of its own server's; two servers may give one id to two people."""
    said = result("validated", target=[{"reference": target}], primarySource=[BOARD])
    entries: list[Tree] = [
        {"fullUrl": f"{OURS}/Practitioner/p", "resource": practitioner(LICENCE)},
        {"fullUrl": f"{THEIRS}/Practitioner/p", "resource": practitioner(LICENCE, name=[{"text": "B. Other"}])},
        {"resource": said} | ({"fullUrl": f"{server}/VerificationResult/{said['id']}"} if server else {}),
    ]
    tree = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    found = from_fhir([document.parse(json.dumps(tree), "b.json")], Clinic(id="c"))

    assert not found.faults
    people = found.clinic.practitioners
    assert [each.name for each in people] == ["A. Example", "B. Other"]
    assert [each.licences[0].source.kind is Kind.REGISTER for each in people] == proven


@pytest.mark.parametrize(
    ("licence", "source", "fault"),
    [
        ({}, {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]}, 1),
        ({}, {"validationStatus": {"coding": [{"code": "failed"}, {"code": "successful"}]}}, 0),
        ({"period": {"start": "2030"}}, {}, 0),
        ({"identifier": [{"use": "old", "type": coded("MD"), "value": "0001"}]}, {}, 0),
    ],
)
def test_what_may_mean_the_contrary_is_no_proof(licence: Tree, source: Tree, fault: int) -> None:
    """A modifier, a check that failed too, a licence that begins later, a number no longer in use."""
    found = imported(practitioner(LICENCE | licence), result("validated", primarySource=[BOARD | source]))

    assert all(each.status is None or each.source.kind is Kind.CLAIM for each in found.clinic.practitioners[0].licences)
    assert len(found.faults) == fault
    assert found.told


def test_a_present_number_is_taken_before_an_old_one() -> None:
    """Whatever their order."""
    several = [{"use": "old", "type": coded("MD"), "value": "0001"}, {"type": coded("MD"), "value": "0002"}]
    found = imported(practitioner(LICENCE | {"identifier": several}), result("validated", primarySource=[BOARD]))

    (licence,) = found.clinic.practitioners[0].licences
    assert (licence.number, licence.status) == ("0002", LicenceStatus.ACTIVE)


@pytest.mark.parametrize(
    "modified", [{"modifierExtension": [{"url": "http://example.org/not"}]}, {"implicitRules": "http://example.org/r"}]
)
def test_a_resource_with_a_modifier_is_left_out_and_told(modified: Tree) -> None:
    """Nobody may read past what can turn its meaning round; of a qualification alone that is left out."""
    said = result("validated", primarySource=[BOARD], **modified)
    whole, part = imported(practitioner(LICENCE), said), imported(practitioner(LICENCE | modified, COURSE))

    assert whole.clinic.practitioners[0].licences[0].source.kind is Kind.CLAIM
    assert not part.clinic.practitioners[0].licences
    assert len(part.clinic.practitioners[0].training) == 1
    assert [len(each.faults) for each in (whole, part)] == [1, 1]


@pytest.mark.parametrize(
    ("given", "as_of", "kind", "fault"),
    [
        ({"validationDate": "2026-11-21"}, DAY, Kind.REGISTER, []),
        ({"validationDate": "2026-11-22"}, DAY, Kind.CLAIM, ["validationDate"]),
        ({"validationDate": "2099"}, DAY, Kind.CLAIM, ["validationDate"]),
        ({"validationDate": "2027-01-01"}, None, Kind.REGISTER, []),
        ({"validationDate": "2026-10-04", "updated": "2026-10-03"}, None, Kind.REGISTER, []),
        ({"validationDate": "2026-10-05", "updated": "2026-10-03"}, DAY, Kind.CLAIM, ["validationDate"]),
        ({"validationDate": "9999-12-31", "updated": "9999-12-31"}, DAY, Kind.CLAIM, ["validationDate"]),
        ({"validationDate": "soon"}, DAY, Kind.REGISTER, ["validationDate"]),
    ],
)
def test_a_check_that_lies_ahead_was_not_made(given: Tree, as_of: dt.date | None, kind: Kind, fault: list[str]) -> None:
    """After the day of reading, or after the resource was last updated, a time zone allowed; it is told once."""
    checked = BOARD | {"validationDate": given["validationDate"]}
    meta = {"lastUpdated": given.get("updated")}
    documents = [bundle(practitioner(LICENCE), result("validated", primarySource=[checked], meta=meta))]
    found = from_fhir(documents, Clinic(id="a"), as_of=as_of)

    assert found.clinic.practitioners[0].licences[0].source.kind is kind
    assert [each.path.rpartition(".")[2] for each in found.faults] == fault


def test_a_failed_check_of_a_day_that_lies_ahead_still_ends_a_proof() -> None:
    """Its day is a fault, and its doubt stays."""
    failed = result("val-fail", lastPerformed="2099-01-01", statusDate="2099-01-01")
    proof = result("validated", primarySource=[BOARD])
    attested = result("attested", attestation=ATTESTATION | {"date": "2099-01-01"})
    documents = [bundle(practitioner(LICENCE), proof, failed, attested)]
    found = from_fhir(documents, Clinic(id="a"), as_of=DAY)

    assert [each.path.rpartition(".")[2] for each in found.faults] == ["lastPerformed", "statusDate", "date"]
    assert outcome(found) is Outcome.UNKNOWN
    assert any("on a day not given" in each for each in found.told)


def test_an_attestation_is_dated_by_its_own_day_and_the_word_of_who_gave_it() -> None:
    """Not that of the import."""
    found = imported(practitioner(LICENCE), result("attested", attestation=ATTESTATION))

    source = found.clinic.practitioners[0].licences[0].source
    assert (source.kind, source.who, source.seen) == (Kind.CLAIM, "A. Example", dt.date(2026, 10, 1))


@pytest.mark.parametrize("status", ["val-fail", "reval-fail", "req-revalid"])
def test_a_later_check_that_did_not_confirm_ends_an_earlier_proof(status: str) -> None:
    """And what was confirmed after that stands again."""
    proof = result("validated", primarySource=[BOARD])
    doubt = result(status, lastPerformed="2026-10-10")
    again = result(
        "validated", id="again", lastPerformed="2026-10-20", primarySource=[BOARD | {"validationDate": "2026-10-20"}]
    )

    assert outcome(imported(practitioner(LICENCE), proof, doubt)) is Outcome.UNKNOWN
    assert outcome(imported(practitioner(LICENCE), doubt, proof, again), day=dt.date(2026, 11, 1)) is Outcome.MET


def test_what_was_not_confirmed_is_named() -> None:
    """The part, its number, who was asked and when; the practitioner's own number stays, to be looked up."""
    found = imported(practitioner(LICENCE), result("val-fail", primarySource=[BOARD]))

    (sentence,) = found.told
    for word in ("qualification[0]", "number 0001", "A. Example", "Example Medical Board", "2026-10-02", "no finding"):
        assert word in sentence
    (licence,) = found.clinic.practitioners[0].licences
    assert (licence.number, licence.status, licence.source.who) == ("0001", None, LISTED)


@pytest.mark.parametrize(
    ("location", "reached"),
    [
        ("Practitioner.qualification[0]", True),
        ("Practitioner.qualification[0].identifier", True),
        ("Practitioner.qualification", True),
        ("Practitioner.qualification[1]", False),
        ("Practitioner.qualification[0].code", False),
        ("Practitioner.qualification.where(code='MD')", False),
        ("Practitioner.address[0]", False),
    ],
)
def test_a_check_of_one_part_says_nothing_of_another(location: str, reached: bool) -> None:  # noqa: FBT001
    """The post office that knows an address knows no licence; what reached no record is told."""
    found = imported(practitioner(LICENCE), result("validated", primarySource=[BOARD], targetLocation=[location]))

    assert (outcome(found, day=dt.date(2026, 10, 20)) is Outcome.MET) == reached
    assert any("bears on no record" in each and location in each for each in found.told) != reached


def test_a_course_is_training_by_whoever_confirmed_it() -> None:
    """A school is a document's kind of source; a check under way says nothing; unverified it is the listing's word."""
    school = {"who": {"display": "Example College"}, "type": [coded("prim")], "validationStatus": coded("successful")}
    kinds = [
        [each.source.kind for each in imported(practitioner(COURSE), *more).clinic.practitioners[0].training]
        for more in ([result("validated", primarySource=[school])], [result("in-process")], [])
    ]

    assert kinds == [[Kind.DOCUMENT], [], [Kind.CLAIM]]
    training = imported(practitioner(COURSE)).clinic.practitioners[0].training[0]
    assert (training.treatment, training.provider, training.completed) == (
        "mesotherapy",
        "Example College",
        dt.date(2024, 5, 1),
    )


def test_a_number_of_unknown_type_is_no_licence() -> None:
    """A diploma may have one too: confirmed by its school it stays a number to look up, unless a board confirms it."""
    diploma = LICENCE | {"identifier": [{"value": "77"}]}
    school = BOARD | {"type": [coded("prim")]}

    for source, status in ((school, None), (BOARD, LicenceStatus.ACTIVE)):
        found = imported(practitioner(diploma), result("validated", primarySource=[source]))
        assert [each.status for each in found.clinic.practitioners[0].licences] == [status]


def test_a_course_that_a_board_confirms_is_training() -> None:
    """Without a number, from a school that no table of authorities knows: no licence, whoever confirmed it."""
    course = {"code": {"text": "Mesotherapy course"}, "issuer": {"display": "Made-Up School"}}
    found = imported(practitioner(course), result("validated", primarySource=[BOARD])).clinic.practitioners[0]

    assert not found.licences
    assert [each.treatment for each in found.training] == ["Mesotherapy course"]


def test_what_ended_before_it_was_seen_is_history() -> None:
    """A board that confirms an old entry does not say that there is none today."""
    old = LICENCE | {"period": {"end": "2019"}}
    found = imported(practitioner(old), result("validated", primarySource=[BOARD]))

    assert outcome(found) is Outcome.UNKNOWN
    assert any("ended 2019-12-31" in each for each in found.told)


@pytest.mark.parametrize(
    ("word", "said", "expected"),
    [
        ("revoked", [result("validated", primarySource=[BOARD])], LicenceStatus.REVOKED),
        ("pending", [result("validated", primarySource=[BOARD])], None),
        ("revoked", [], None),
        ("active", [], LicenceStatus.ACTIVE),
    ],
)
def test_a_directorys_own_status_counts_where_a_register_has_confirmed_it(
    word: str, said: list[Tree], expected: LicenceStatus | None
) -> None:
    """Unconfirmed it is a question; the word of a directory revokes nobody's licence."""
    inner = {"url": "status", "valueCoding": {"code": word}}
    listed = LICENCE | {"extension": [{"url": "http://example.org/practitioner-qualification", "extension": [inner]}]}
    found = imported(practitioner(listed), *said)

    assert [each.status for each in found.clinic.practitioners[0].licences] == [expected]
    assert any(f"lists it as {word}" in each for each in found.told) == (word != "active")


def test_numbers_in_registers_are_kept_to_be_looked_up() -> None:
    """An NPI is no licence."""
    identifiers = [
        {"system": "http://hl7.org/fhir/sid/us-npi", "value": "9990000002"},
        {"system": "https://fhir.hl7.org.uk/Id/gmc-number", "value": "0000001"},
        {"system": "http://example.org/staff", "value": "7"},
    ]
    found = imported(practitioner(identifier=identifiers))

    licences = found.clinic.practitioners[0].licences
    assert [(each.authority, each.number, each.status) for each in licences] == [
        ("NPI", "9990000002", None), ("GMC", "0000001", None),
    ]  # fmt: skip


CLINIC: Tree = {
    "resourceType": "Organization",
    "id": "o",
    "name": "Example Clinic",
    "identifier": [{"value": "1-123"}],
    "address": [{"country": "USA", "state": "CA"}],
}
ROLE: Tree = {
    "resourceType": "PractitionerRole",
    "practitioner": {"reference": "Practitioner/p"},
    "organization": {"reference": "Organization/o"},
    "code": [{"coding": [{"code": "doctor", "display": "Doctor"}]}],
}


def test_an_organization_is_the_clinic_and_its_registration_that_of_an_authority() -> None:
    """Name and place are taken, and premises confirmed by a registration authority; by its own word they are not."""
    authority = BOARD | {"type": [coded("reg-auth")], "who": {"display": "Example Inspectorate"}}
    about = {"target": [{"reference": "urn:uuid:0"}], "nextScheduled": "2027-01-01"}
    found = from_fhir([bundle(CLINIC, result("validated", primarySource=[authority], **about))])
    by_school = from_fhir(
        [bundle(CLINIC, result("validated", primarySource=[BOARD | {"type": [coded("prim")]}], **about))]
    )
    attested = from_fhir([bundle(CLINIC, result("attested", **about))])

    clinic = found.clinic
    assert (clinic.id, clinic.name, clinic.country, clinic.region) == ("o", "Example Clinic", "US", "US-CA")
    (registration,) = clinic.registrations
    assert (registration.body, registration.number) == ("Example Inspectorate", "1-123")
    assert (registration.status, registration.expires) == (RegistrationStatus.REGISTERED, dt.date(2027, 1, 1))
    assert not by_school.clinic.registrations + attested.clinic.registrations


@pytest.mark.parametrize(
    ("address", "expected", "said"),
    [
        ({"country": "GB", "state": "Kent"}, ("GB", None), "state 'Kent'"),
        ({"country": "Utopia"}, (None, None), "country 'Utopia'"),
        ({}, (None, None), ""),
    ],
)
def test_places_that_are_no_codes_are_told(address: Tree, expected: tuple[str | None, ...], said: str) -> None:
    """Country and region are ISO 3166, or left out."""
    found = from_fhir([bundle(CLINIC | {"address": [address]})])

    assert expected == (found.clinic.country, found.clinic.region)
    assert any(said in each for each in found.told) == bool(said)


def test_only_people_with_an_active_role_here_are_the_clinics() -> None:
    """With the role's word; others are told, and so is a record that is no longer active."""
    away = practitioner() | {"id": "q"}
    gone = ROLE | {"id": "r", "active": "false", "practitioner": {"reference": "Practitioner/q"}}
    elsewhere = ROLE | {"id": "s", "organization": {"reference": "Organization/x"}}
    other = CLINIC | {"id": "x"}
    found = from_fhir(
        [bundle(CLINIC, other, practitioner(), away, ROLE, gone, elsewhere)], organization="Organization/o"
    )
    inactive = imported(practitioner(active="false"))

    assert [each.role for each in found.clinic.practitioners] == ["Doctor"]
    assert any("Practitioner/q: has no active role" in each for each in found.told)
    assert any("PractitionerRole/r: no longer active" in each for each in found.told)
    assert not inactive.clinic.practitioners
    assert any("no longer active" in each for each in inactive.told)


def test_the_one_organization_with_roles_is_the_clinic() -> None:
    """A board that only issues is none; an issuer is named by its own resource."""
    board = {"resourceType": "Organization", "id": "b", "name": "Example Board"}
    issued = LICENCE | {"issuer": {"reference": "Organization/b"}}
    found = from_fhir([bundle(board, CLINIC, practitioner(issued), ROLE)])

    assert found.clinic.id == "o"
    assert found.clinic.practitioners[0].licences[0].authority == "Example Board"


@pytest.mark.parametrize(
    ("resources", "organization", "said"),
    [
        ([CLINIC, CLINIC | {"id": "x"}], None, "--organization"),
        ([CLINIC], "Organization/y", "one of Organization/o"),
        ([], "Organization/y", "no organization"),
        ([practitioner()], None, "--id"),
    ],
)
def test_which_organization_the_clinic_is_has_to_be_clear(
    resources: list[Tree], organization: str | None, said: str
) -> None:
    """With several, none, or another than there is."""
    with pytest.raises(InputError, match=said):
        from_fhir([bundle(*resources)], organization=organization)


def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_goes_on() -> None:
    """A status and dates that FHIR does not know, a resource without type, one given twice, an empty entry."""
    wrong = [
        result("approved"),
        result("validated", id="dates", lastPerformed="2026-13-01", statusDate="yesterday", nextScheduled="2026-02-30"),
        result("validated", id="early", nextScheduled="2026-10-01"),
        result("validated", id="nowhere", target=[]),
        {"id": "untyped"},
        practitioner(),
        {"resourceType": "Patient", "name": {"text": "not read"}},
    ]
    text = json.dumps(
        {"resourceType": "Bundle", "entry": [{"resource": practitioner(LICENCE | {"code": "x"})},
         *({"resource": each} for each in wrong), {"fullUrl": "x"}, {"request": {"method": "DELETE"}}]}, indent=1,
    )  # fmt: skip
    found = from_fhir([document.parse(text, "made-up.json")], Clinic(id="a"))

    paths = [each.path.partition(".resource")[2] or each.path for each in found.faults]
    assert paths.count(".status") == paths.count(".lastPerformed") == paths.count(".statusDate") == 1
    assert paths.count(".nextScheduled") == 2
    assert {"entry[8]"} <= set(paths)
    assert all(each.line for each in found.faults)
    assert any("once" in each.expected for each in found.faults)
    assert any("target" in each.expected for each in found.faults)
    assert any("resourceType" in each.expected for each in found.faults)
    assert "1 of type Patient: not read, as they bear on no criterion" in found.told
    assert len(found.clinic.practitioners) == 1


def test_text_in_the_place_of_something_else_is_a_fault() -> None:
    """And a qualification that nobody names is told."""
    person = practitioner({"period": {}}, {"code": {"text": {"x": "y"}}}, COURSE | {"code": "MD"})
    found = imported(person | {"name": None, "meta": {"lastUpdated": "2026"}})

    assert [each.path for each in found.faults] == ["entry[0].resource.qualification[1].code.text"]
    assert sum("named by nobody" in each for each in found.told) == 3
    assert found.clinic.practitioners[0].name is None


@pytest.mark.parametrize(
    ("person", "faults", "name"),
    [
        ({"name": "Jane"}, ["name"], None),
        ({"name": [{"text": "J" * 301}]}, ["name[0].text"], None),
        ({"name": [{"given": ["J" * 200], "family": "D" * 200}]}, ["name[0]"], None),
        ({"name": [{"text": "Jane\ud800"}]}, ["name[0].text"], None),
        ({"name": [{"text": "Jane\0"}]}, ["name[0].text"], None),
        ({"identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1" * 5000}]},
         ["identifier[0].value"], "A. Example"),
        ({"identifier": ["1234567893"]}, ["identifier[0]"], "A. Example"),
        ({"qualification": "MD"}, ["qualification"], "A. Example"),
        ({"qualification": [LICENCE | {"code": {"text": "x" * 101}}]}, ["qualification[0].code.text"], "A. Example"),
        ({"qualification": [LICENCE | {"issuer": {"display": "x" * 201}}]},
         ["qualification[0].issuer.display"], "A. Example"),
    ],
)  # fmt: skip
def test_what_a_dossier_cannot_hold_is_told_once_and_the_rest_goes_on(
    person: Tree, faults: list[str], name: str | None
) -> None:
    """Too long, broken, or text where FHIR has elements; the dossier that is written reads back."""
    found = imported(practitioner(**{"qualification": [LICENCE], **person}))

    assert [each.path.removeprefix("entry[0].resource.") for each in found.faults] == faults
    assert [each.name for each in found.clinic.practitioners] == [name]
    assert parse_clinic(json.dumps(plain(found.clinic))) == found.clinic


def test_a_practitioner_has_at_most_50_licences_and_200_courses() -> None:
    """Those beyond are told."""
    many = [LICENCE | {"identifier": [{"value": f"N{n}"}]} for n in range(52)]
    (person,) = (found := imported(practitioner(*many, *(COURSE | {"code": {"text": f"c{n}"}} for n in range(201))))
                 ).clinic.practitioners  # fmt: skip

    assert (len(person.licences), len(person.training)) == (50, 200)
    assert sum("more than 50 of the kind" in each for each in found.told) == 2
    assert sum("more than 200 of the kind" in each for each in found.told) == 1


def test_what_is_no_fhir_is_said_before_what_is_missing_of_a_clinic() -> None:
    """Not only that the clinic has no id."""
    with pytest.raises(InputError) as refused:
        from_fhir([document.parse('{"foo": 1}', "made-up.json")])

    assert [each.expected for each in refused.value.faults] == [
        "a FHIR resource, with its resourceType",
        "the clinic's id",
    ]


def test_a_clinic_has_at_most_200_practitioners() -> None:
    """Those beyond are told."""
    found = imported(*(practitioner() | {"id": f"p{n}"} for n in range(202)))

    assert len(found.clinic.practitioners) == 200
    assert sum("more than 200" in each for each in found.told) == 1


def test_one_source_has_one_id_and_the_dossier_reads_back() -> None:
    """Two qualifications confirmed by one board on one day have one source; JSON and the tree agree."""
    found = imported(practitioner(LICENCE, COURSE), result("validated", primarySource=[BOARD]), CLINIC)

    tree = plain(found.clinic)
    assert [each["who"] for each in tree["sources"].values()] == [LISTED, "Example Medical Board"][
        -len(tree["sources"]) :
    ]
    assert parse_clinic(json.dumps(tree)) == found.clinic


def test_import_fhir_writes_a_dossier_that_vet_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no evidence goes to standard error; a file that cannot be read is told, and the exit code is 2."""
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "entry": [
        {"resource": each} for each in (CLINIC, practitioner(LICENCE), result("validated", primarySource=[BOARD]),
                                        result("in-process"))]}))  # fmt: skip

    assert main(["import", "fhir", str(file), "--treatment", "mesotherapy"]) == 0
    written = capsys.readouterr()
    (tmp_path / "dossier.yaml").write_text(written.out)
    assert "being checked" in written.err
    assert main(["vet", str(tmp_path / "dossier.yaml"), "--as-of", "2026-11-01"]) == 0
    assert "Example Medical Board" in capsys.readouterr().out

    (tmp_path / "no.fsh").write_text("Instance: x")
    assert main(["import", "fhir", str(file), str(tmp_path / "no.fsh"), str(tmp_path / "none"), "--id", "b"]) == 2
    told = capsys.readouterr()
    assert "FHIR as JSON or XML" in told.err
    assert "No such file" in told.err
    assert parse_clinic(told.out).id == "b"
    file.write_text(json.dumps(result("approved")))
    assert main(["import", "fhir", str(file), "--id", "b"]) == 2


XML = """<?xml version="1.0"?>
<Bundle xmlns="http://hl7.org/fhir"><entry><fullUrl value="http://example.org/Practitioner/p"/><resource>
<Practitioner><id value="p"/><text><div xmlns="http://www.w3.org/1999/xhtml"><p value="">A</p></div></text>
<extension url="http://example.org/x"><valueCode value="y"/></extension>
<name><given value="A."/><given value="B."/><given value="C."/><family value="Example"/></name></Practitioner>
</resource></entry></Bundle>"""


def test_what_stands_in_a_value_of_xml_is_passed_over(tmp_path: Path) -> None:
    """An extension of a text is none of what is read here."""
    (tmp_path / "a.xml").write_text(XML.replace('<id value="p"/>', '<id value="p"><extension url="u"/></id>', 1))

    with_extension = from_fhir([open_document(tmp_path / "a.xml")], Clinic(id="a"))
    (tmp_path / "a.xml").write_text(XML)
    assert with_extension.clinic == from_fhir([open_document(tmp_path / "a.xml")], Clinic(id="a")).clinic


def test_xml_is_the_same_tree(tmp_path: Path) -> None:
    """Repeated elements are lists, values are texts, and a resource is named by its element."""
    (tmp_path / "a.xml").write_text(XML)
    found = from_fhir([open_document(tmp_path / "a.xml")], Clinic(id="a"))

    assert [each.name for each in found.clinic.practitioners] == ["A. B. C. Example"]
    assert not found.faults


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a", "XML"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "without a document type"),
        ("<a>" * 40 + "</a>" * 40, "levels"),
        ('<?xml version="1.0" encoding="foo"?><a/>', "UTF-8 or UTF-16.*foo"),
        ('<?xml version="1.0" encoding="shift_jis"?><a/>', "UTF-8 or UTF-16.*multi-byte"),
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Broken, with entities, too deep."""
    (tmp_path / "a.xml").write_text(text)

    with pytest.raises(InputError, match=said):
        open_document(tmp_path / "a.xml")


def test_the_400_published_results_go_through() -> None:
    """Each status as often as it is written; 119 that are validated name themselves as their source."""
    resources = read_resources([open_document(real("data/fhir/vhdir/verificationresult_bundle_400.json"))])
    said = [each for found in resources.found if (each := read_verification(found))]
    counted = {status: sum(each.status is status for each in said) for status in Status}

    assert [each.found for each in resources.faults] == [[]]
    assert counted == {
        Status.VALIDATED: 248, Status.ATTESTED: 51, Status.VAL_FAIL: 43, Status.IN_PROCESS: 27,
        Status.REVAL_FAIL: 16, Status.REQ_REVALID: 15, Status.ENTERED_IN_ERROR: 0,
    }  # fmt: skip
    assert sum(each.standing is Standing.PROOF for each in said) == 129
    assert {each.locations for each in said if each.standing is Standing.PROOF} == {("Practitioner.address[0]",)}


def test_the_400_are_what_fhir_resources_reads() -> None:
    """By that library's models, where it is installed: the same statuses, targets, days and sources."""
    models = pytest.importorskip("fhir.resources.R4B.verificationresult", reason="fhir.resources is not installed")
    path = real("data/fhir/vhdir/verificationresult_bundle_400.json")
    entries = [each["resource"] for each in json.loads(path.read_text())["entry"]]
    theirs = [models.VerificationResult.model_validate(each) for each in entries]
    ours = [each for found in read_resources([open_document(path)]).found if (each := read_verification(found))]

    assert len(theirs) == len(ours) == 400
    for one, other in zip(ours, theirs, strict=True):
        assert one.status == other.status
        assert list(one.targets) == [each.reference.partition("/_history")[0] for each in other.target]
        assert list(one.locations) == list(other.targetLocation or [])
        assert [each.who for each in one.sources] == [
            each.who.display or each.who.reference.partition("/_history")[0] for each in other.primarySource or []
        ]


def test_the_400_beside_their_practitioners_are_records_or_told() -> None:
    """With a made-up licence for each: nobody is proven by their own word, nobody fails, and every result is told."""
    path = real("data/fhir/vhdir/verificationresult_bundle_400.json")
    tree = json.loads(path.read_text())
    ids = sorted({each["resource"]["target"][0]["reference"].split("/")[-3] for each in tree["entry"]})
    people = bundle(*(practitioner(LICENCE, id=each) for each in ids))
    found = from_fhir([open_document(path), people], Clinic(id="a"))

    licences = [each for person in found.clinic.practitioners for each in person.licences]
    assert (len(ids), len(found.clinic.practitioners)) == (202, 200)
    assert {each.source.kind for each in licences} == {Kind.CLAIM}
    assert {each.status for each in licences} == {LicenceStatus.ACTIVE, None}
    assert vet(found.clinic, mesotherapy(), as_of=DAY).failed == 0
    told = set(re.findall(r"VerificationResult/([\w-]+)", "\n".join(found.told)))
    assert {each["resource"]["id"] for each in tree["entry"]} == told
    assert not found.faults


def test_every_published_resource_is_read() -> None:
    """In XML; FHIR Shorthand is a source text and no resource, and is refused with a reason."""
    folder = real("data/fhir")
    documents = [open_document(each) for each in sorted(folder.glob("vhdir/*.xml"))]
    found = from_fhir(documents, organization="Organization/foundingfathers")
    shorthand = sorted(folder.glob("*/*.fsh"))

    assert (found.clinic.name, found.clinic.region) == ("Founding Fathers Memorial Hospital", "US-DC")
    assert [each.name for each in found.clinic.practitioners] == ["George Washington"]
    assert any("ended 1961-07-15" in each for each in found.told)
    assert not found.faults
    assert shorthand
    for each in shorthand:
        with pytest.raises(InputError, match="FHIR as JSON or XML"):
            open_document(each)


def test_where_no_file_can_be_read_that_alone_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Not also that the clinic is not named in what was not read."""
    assert main(["import", "fhir", "no-such.json"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        (
            "no-such.json: document: expected a file that can be read, got No such file or directory; "
            "mend the name, or give its whole path"
        )
    ]
