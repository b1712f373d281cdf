"""What records say, measure by measure, under the shipped criteria for mesotherapy."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Action,
    Answer,
    Authorisation,
    AuthorisationStatus,
    Clinic,
    CriteriaError,
    InputError,
    Insurance,
    Kind,
    Licence,
    LicenceStatus,
    Notice,
    NoticeKind,
    Practitioner,
    Product,
    ProductKind,
    Rating,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Review,
    Sanction,
    Source,
    Statement,
    Supplier,
    Training,
    load_criteria,
    measures,
    parse_criteria,
    vet,
)
from clinic_vetting.combining import every, rule
from clinic_vetting.dates import Span
from clinic_vetting.errors import Problem
from clinic_vetting.evidence import Scale
from clinic_vetting.history import history
from clinic_vetting.measures.credentials import injectors
from clinic_vetting.measures.once import Once
from clinic_vetting.measures.registry import RECORDS
from clinic_vetting.plan import compiled

if TYPE_CHECKING:
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Ruling

TODAY = dt.date(2026, 11, 22)
YESTERDAY, TOMORROW = dt.date(2026, 11, 21), dt.date(2026, 11, 23)
PLAN = compiled(load_criteria())
ASKED = {each.criterion.measure: each for each in PLAN.asked if each.criterion.measure}

Pair: TypeAlias = "tuple[int, int] | None"
UNKNOWN, MET, HALF, FAILED = (0, 0), (100, 0), (50, 50), (0, 100)


def source(kind: str = "register", seen: dt.date | None = TODAY) -> Source:
    return Source(f"{kind}-{seen}", Kind(kind), "who", seen)


REGISTER, DOCUMENT, PATIENT, CLAIM = map(source, ("register", "document", "patient", "claim"))
SEEN_YESTERDAY, UNDATED = source(seen=YESTERDAY), source(seen=None)


def ruled(measure: str, as_of: dt.date = TODAY, **records: Any) -> Ruling:
    return PLAN.ruling(ASKED[measure], Clinic(id="drawn", **records), as_of)


def belief(measure: str, as_of: dt.date = TODAY, **records: Any) -> Pair:
    return ruled(measure, as_of, **records).belief


# --- Licences ---


def licence(status: str | None = "active", by: Source = REGISTER, **more: Any) -> Licence:
    word = LicenceStatus(status) if status else None
    return Licence(**{"authority": "GMC", "number": "7012345", "status": word, "source": by, **more})


def person(*licences: Licence, injects: bool | None = None, **more: Any) -> Practitioner:
    return Practitioner(name="A. Example", injects=injects, licences=licences, **more)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", MET),
        ("conditions", HALF),
        ("suspended", FAILED),
        ("revoked", FAILED),
        ("surrendered", FAILED),
        ("lapsed", FAILED),
        ("expired", FAILED),
        ("not_found", FAILED),
        (None, UNKNOWN),
    ],
)
def test_what_a_register_says_of_a_licence(status: str | None, expected: Pair) -> None:
    """Conditions are half of it; without a status the record proves nothing."""
    actual = belief("licensed_injectors", practitioners=[person(licence(status))])

    assert expected == actual


@pytest.mark.parametrize(
    ("expires", "by", "expected"),
    [
        (TODAY, REGISTER, MET),
        (TOMORROW, REGISTER, MET),
        (dt.date.max, REGISTER, MET),
        (None, REGISTER, MET),
        (YESTERDAY, REGISTER, FAILED),
        (YESTERDAY, SEEN_YESTERDAY, UNKNOWN),
        (YESTERDAY, UNDATED, UNKNOWN),
        (TODAY, UNDATED, (50, 0)),
        (YESTERDAY, CLAIM, (0, 80)),
        (YESTERDAY, PATIENT, (0, 40)),
    ],
)
def test_a_licence_holds_through_its_last_day(expires: dt.date | None, by: Source, expected: Pair) -> None:
    """Seen after that day, it had run out; run out since it was seen, it is neither good nor bad."""
    actual = belief("licensed_injectors", practitioners=[person(licence(by=by, expires=expires))])

    assert expected == actual


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(TODAY, MET), (dt.date(2026, 12, 22), MET), (dt.date(2026, 12, 23), (50, 0)), (dt.date(2027, 1, 1), UNKNOWN)],
)
def test_a_licence_fades_and_expires(as_of: dt.date, expected: Pair) -> None:
    """A look-up counts in full for a month, and no longer than the licence."""
    people = [person(licence(expires=dt.date(2026, 12, 31)))]

    actual = belief("licensed_injectors", as_of, practitioners=people)

    assert expected == actual


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        ([], UNKNOWN),
        ([licence("active", SEEN_YESTERDAY), licence("suspended")], FAILED),
        ([licence("suspended", SEEN_YESTERDAY), licence("active")], MET),
        ([licence("suspended"), licence("active", SEEN_YESTERDAY)], FAILED),
        ([licence("suspended"), licence("active", CLAIM)], FAILED),
        ([licence("active"), licence("lapsed", authority="NMC", number="09A9999E")], MET),
        ([licence("active"), licence("lapsed", number="7099999")], MET),
        ([licence("lapsed"), licence("revoked", authority="NMC", number="09A9999E")], FAILED),
        ([licence("conditions"), licence("active", authority="NMC", number="09A9999E")], HALF),
        ([licence("conditions", SEEN_YESTERDAY), licence("active", authority="NMC", number="09A9999E")], MET),
        ([licence("not_found"), licence("active", CLAIM, authority="NMC", number="09A9999E")], FAILED),
        ([licence("lapsed", DOCUMENT), licence("lapsed", PATIENT)], (0, 80)),
    ],
)
def test_several_licences_of_one_person(licences: list[Licence], expected: Pair) -> None:
    """All that is said of a person's licences is one question, whatever the register or number."""
    actual = belief("licensed_injectors", practitioners=[person(*licences)])

    assert expected == actual


OTHER: dict[str, Any] = {"authority": "NMC", "number": "09A9999E"}
HISTORY, STAYING = ("lapsed", "expired", "not_found"), ("suspended", "revoked", "surrendered", "conditions")


@pytest.mark.parametrize("status", HISTORY)
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (licence(**OTHER), MET),
        (licence(by=source("inspection"), **OTHER), MET),
        (licence(by=source("observation"), **OTHER), (80, 0)),
        (licence(by=DOCUMENT, **OTHER), (80, 0)),
        (licence(by=UNDATED, **OTHER), FAILED),
        (licence(expires=TODAY, **OTHER), MET),
        (licence(expires=YESTERDAY, **OTHER), FAILED),
        (licence(expires=YESTERDAY, by=SEEN_YESTERDAY, **OTHER), FAILED),
        (licence("conditions", **OTHER), FAILED),
        (licence(None, **OTHER), FAILED),
        (licence(by=CLAIM, **OTHER), FAILED),
        (licence(by=PATIENT, **OTHER), FAILED),
        (licence(by=source(seen=TOMORROW), **OTHER), FAILED),
    ],
)
def test_an_entry_that_has_lapsed_is_history_where_another_is_shown_in_force(
    status: str, shown: Licence, expected: Pair
) -> None:
    """By a dated source, neither the clinic's nor a patient's; a claim never removes a register's finding."""
    actual = [
        belief("licensed_injectors", practitioners=[person(*each)])
        for each in ((licence(status), shown), (shown, licence(status)))
    ]

    assert [expected, expected] == actual


@pytest.mark.parametrize("by", [REGISTER, SEEN_YESTERDAY, UNDATED, CLAIM])
def test_an_entry_past_its_expiry_is_history_where_another_is_shown_in_force(by: Source) -> None:
    """Another number, or another register's, takes its place."""
    expected = (80, 0)
    old = licence(by=by, expires=YESTERDAY)
    shown = licence(by=DOCUMENT, expires=TOMORROW, **OTHER)

    actual = belief("licensed_injectors", practitioners=[person(old, shown)])

    assert expected == actual


def test_conditions_past_their_expiry_are_history_where_another_entry_is_shown_in_force() -> None:
    """Like an active entry that ran out."""
    expected = (80, 0)
    old = licence("conditions", expires=YESTERDAY)

    actual = belief("licensed_injectors", practitioners=[person(old, licence(by=DOCUMENT, **OTHER))])

    assert expected == actual


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        *((licence(status), FAILED) for status in HISTORY),
        (licence(expires=YESTERDAY), FAILED),
        (licence(by=CLAIM, expires=YESTERDAY), (0, 80)),
        (licence(expires=YESTERDAY, authority="gmc"), FAILED),
        (licence(expires=YESTERDAY, number="7099999"), (80, 0)),
        (licence(expires=YESTERDAY, number=None), FAILED),
        (licence("lapsed", number=None), FAILED),
        (licence("lapsed", number=None, authority="NMC"), (80, 0)),
        (licence(expires=YESTERDAY, authority="NMC"), (80, 0)),
    ],
)
def test_two_statements_about_one_entry_are_weighed(old: Licence, expected: Pair) -> None:
    """The same number, or none, at the same register is no other entry: what a register found is not left out."""
    actual = belief("licensed_injectors", practitioners=[person(old, licence(by=DOCUMENT, expires=TOMORROW))])

    assert expected == actual


@pytest.mark.parametrize(
    ("lapsed", "shown", "expected"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1), (80, 0)),
        (dt.date(2026, 6, 1), dt.date(2025, 6, 1), (80, 0)),
        (dt.date(2026, 6, 1), dt.date(2025, 5, 31), (0, 100)),
        (dt.date(2026, 6, 1), dt.date(2026, 11, 22), (80, 0)),
        (dt.date(2020, 6, 1), dt.date(2026, 11, 22), (80, 0)),
        (None, dt.date(2025, 5, 31), (80, 0)),
    ],
)
def test_another_entry_seen_long_before_leaves_an_old_one_in(
    lapsed: dt.date | None, shown: dt.date, expected: tuple[int, int]
) -> None:
    """It was seen in force at most a year before the old entry was seen, or later."""
    old = licence("lapsed", source(seen=lapsed), number="7000001")
    fresh = max(1, (TODAY - shown).days)
    asked = ASKED["licensed_injectors"]

    part = asked.part(
        Clinic(id="drawn", practitioners=(person(old, licence(by=source("document", shown), **OTHER)),)), TODAY
    )
    actual = rule(part, (), Scale(PLAN.evidence, Span(fresh, "day"), TODAY)).belief

    assert expected == actual


@pytest.mark.parametrize("status", STAYING)
@pytest.mark.parametrize("shown", [licence(**OTHER), licence(by=DOCUMENT), licence(by=DOCUMENT, **OTHER)])
def test_a_measure_against_a_person_is_never_history(status: str, shown: Licence) -> None:
    """Another licence in force does not undo it; only a later or a stronger look-up displaces it."""
    expected = HALF if status == "conditions" else FAILED

    actual = belief("licensed_injectors", practitioners=[person(licence(status), shown)])

    assert expected == actual


@pytest.mark.parametrize("status", ["suspended", "revoked", "surrendered"])
@pytest.mark.parametrize("by", [REGISTER, SEEN_YESTERDAY])
def test_a_measure_against_a_person_outlives_the_licence(status: str, by: Source) -> None:
    """Its expiry date does not make it history."""
    expected = FAILED
    struck_off = licence(status, by, expires=YESTERDAY)

    actual = belief("licensed_injectors", practitioners=[person(struck_off, licence(by=DOCUMENT, **OTHER))])

    assert expected == actual


@pytest.mark.parametrize(
    ("expires", "by", "expected"),
    [
        (TODAY, REGISTER, HALF),
        (YESTERDAY, REGISTER, FAILED),
        (YESTERDAY, SEEN_YESTERDAY, (0, 50)),
        (YESTERDAY, UNDATED, (0, 25)),
    ],
)
def test_conditions_hold_through_the_last_day(expires: dt.date, by: Source, expected: Pair) -> None:
    """Afterwards they prove nothing, and what they failed stays."""
    actual = belief("licensed_injectors", practitioners=[person(licence("conditions", by, expires=expires))])

    assert expected == actual


def test_the_licence_of_one_person_says_nothing_of_another() -> None:
    """What is history of one injector stays with that one."""
    expected = FAILED
    people = [person(licence("lapsed"), injects=True), person(licence(**OTHER), injects=True)]

    actual = belief("licensed_injectors", practitioners=people)

    assert expected == actual


GOOD, BAD = licence("active"), licence("not_found")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([], UNKNOWN),
        ([person()], UNKNOWN),
        ([person(GOOD, injects=True), person(GOOD, injects=True)], MET),
        ([person(GOOD, injects=True), person(injects=True)], UNKNOWN),
        ([person(GOOD, injects=True), person(BAD, injects=True)], FAILED),
        ([person(GOOD, injects=True), person(BAD, injects=False)], MET),
        ([person(GOOD, injects=True), person(BAD)], FAILED),
        ([person(GOOD, injects=True), person()], UNKNOWN),
        ([person(BAD, injects=True), person(GOOD)], FAILED),
        ([person(GOOD), person(BAD)], FAILED),
        ([person(GOOD), person()], UNKNOWN),
        ([person(GOOD), person(BAD, injects=False)], MET),
        ([person(GOOD, injects=False)], UNKNOWN),
    ],
)
def test_every_injector_is_licensed(people: list[Practitioner], expected: Pair) -> None:
    """All who are not said not to inject are taken as injectors, whoever else is said to."""
    actual = belief("licensed_injectors", practitioners=people)

    assert expected == actual


@pytest.mark.parametrize(
    ("injects", "expected"),
    [
        ([True, None, False], [0, 1]),
        ([True, None, True], [0, 1, 2]),
        ([None, None, False], [0, 1]),
        ([False, False], []),
        ([], []),
    ],
)
def test_who_injects(injects: list[bool | None], expected: list[int]) -> None:
    """Those who are not said not to."""
    people = [Practitioner(name=str(i), injects=each) for i, each in enumerate(injects)]

    actual = [int(each.name or "") for each in injectors(Clinic(id="drawn", practitioners=tuple(people)))]

    assert expected == actual


@pytest.mark.parametrize(
    ("people", "direct", "expected"),
    [
        ([], Statement(Answer.YES, DOCUMENT), (80, 0)),
        ([person(BAD)], Statement(Answer.YES, DOCUMENT), FAILED),
        ([person(GOOD), person()], Statement(Answer.YES, CLAIM), (40, 0)),
        ([person(GOOD), person(GOOD)], Statement(Answer.NO, PATIENT), MET),
        ([person(GOOD), person()], Statement(Answer.NO, PATIENT), (0, 40)),
        ([person(GOOD)], Statement(Answer.NOT_APPLICABLE, REGISTER), None),
    ],
)
def test_a_direct_answer_speaks_about_every_injector(
    people: list[Practitioner], direct: Statement, expected: Pair
) -> None:
    """It is weighed beside each person's records."""
    answers = {ASKED["licensed_injectors"].id: direct}

    actual = belief("licensed_injectors", practitioners=people, answers=answers)

    assert expected == actual


# --- Sanctions ---


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("suspension", FAILED),
        ("revocation", FAILED),
        ("surrender", FAILED),
        ("exclusion", FAILED),
        ("prohibition", FAILED),
        ("conditions", HALF),
        ("reprimand", UNKNOWN),
        ("fine", UNKNOWN),
        ("allegation", UNKNOWN),
    ],
)
def test_what_an_authority_decided(action: str, expected: Pair) -> None:
    """What does not stop somebody from injecting, and an allegation, say nothing."""
    sanction = Sanction(by="GMC", action=Action(action), source=REGISTER)

    actual = belief("unsanctioned_injectors", sanctions=[sanction])

    assert expected == actual


@pytest.mark.parametrize(
    ("decided", "ended", "expected"),
    [
        (None, None, FAILED),
        (TODAY, None, FAILED),
        (YESTERDAY, TOMORROW, FAILED),
        (YESTERDAY, TODAY, UNKNOWN),
        (None, YESTERDAY, UNKNOWN),
        (TOMORROW, None, UNKNOWN),
    ],
)
def test_a_sanction_holds_from_its_decision_until_its_end(
    decided: dt.date | None, ended: dt.date | None, expected: Pair
) -> None:
    """On the day on which it ended it is history."""
    sanction = Sanction(by="GMC", action=Action.SUSPENSION, decided=decided, ended=ended, source=REGISTER)

    actual = belief("unsanctioned_injectors", sanctions=[sanction])

    assert expected == actual


def test_what_does_not_count_of_sanctions_is_history() -> None:
    """Sorted; a decision in force that restricts somebody is told where it counts, not here."""
    sanctions = [
        Sanction(by="GMC", action=Action.SUSPENSION, practitioner="A", source=REGISTER),
        Sanction(by="GMC", action=Action.FINE, ended=TOMORROW, source=REGISTER),
        Sanction(by="GMC", action=Action.CONDITIONS, practitioner="B", ended=TODAY, source=UNDATED),
        Sanction(by="a paper", action=Action.ALLEGATION, source=PATIENT),
    ]
    expected = [
        f"allegation by a paper: an allegation is no decision, not counted (who, patient, {TODAY})",
        f"conditions by GMC, about B, ended {TODAY}: history, not counted (who, register, undated)",
        f"fine by GMC: on record, and restricts nobody (who, register, {TODAY})",
    ]

    actual = history(Clinic(id="drawn", sanctions=tuple(sanctions)), TODAY)

    assert expected == actual


def test_training_and_cover_for_something_else_are_history() -> None:
    """Of those who inject; what is vetted counts, and is not told here."""
    course = Training(treatment="mesotherapy", source=REGISTER)
    cover = Insurance(covers=("Mesotherapy ",), source=REGISTER)
    some = Practitioner(
        name="A",
        training=(course, attrs.evolve(course, treatment="laser"), attrs.evolve(course, completed=TOMORROW)),
        insurance=(cover, attrs.evolve(cover, covers=("laser",))),
    )
    other = attrs.evolve(some, injects=False)
    clinic = Clinic(id="drawn", treatments=("mesotherapy",), practitioners=(some, other))
    by = f"(who, register, {TODAY})"

    assert history(clinic, TODAY) == [
        f"A: cover by an insurer not named, laser: names no treatment that is vetted here, not counted {by}",
        f"A: training in laser: for no treatment that is vetted here, not counted {by}",
        f"A: training in mesotherapy, {TOMORROW}: not completed yet, not counted {by}",
    ]
    assert len(history(attrs.evolve(clinic, treatments=()), TODAY)) == 1


def test_what_does_not_count_of_entries_is_history() -> None:
    """A registration that was applied for, and a licence in whose place another is in force; nothing else."""
    people = [
        person(licence("lapsed"), licence(by=DOCUMENT, **OTHER)),
        Practitioner(licences=(licence(expires=YESTERDAY), licence(by=DOCUMENT, **OTHER))),
        person(licence("lapsed")),
    ]
    registrations = [entry("registered_premises", status) for status in ("applied", "registered", "refused", None)]
    clinic = Clinic(id="drawn", practitioners=tuple(people), registrations=tuple(registrations))
    expected = [
        f"A. Example: {people[0].licences[0]}: history where another entry is in force (who, register, {TODAY})",
        f"CQC, applied: not in force, not counted (who, register, {TODAY})",
        (
            f"a practitioner not named: {people[1].licences[0]}: history where another entry is in force "
            f"(who, register, {TODAY})"
        ),
    ]

    assert expected == history(clinic, TODAY)


def test_the_worst_sanction_decides() -> None:
    """Conditions beside a suspension change nothing, and an old one does not fade."""
    expected = FAILED
    long_ago = source(seen=dt.date(2001, 1, 1))
    sanctions = [
        Sanction(by="GMC", action=Action.SUSPENSION, source=long_ago),
        Sanction(by="GMC", action=Action.CONDITIONS, source=REGISTER),
    ]

    actual = belief("unsanctioned_injectors", sanctions=sanctions)

    assert expected == actual


# --- Names, training, insurance ---

NUMBERED = person(licence(), injects=True, source=DOCUMENT)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([Practitioner(name="A", source=CLAIM)], (20, 20)),
        ([Practitioner(name="A", source=DOCUMENT)], (40, 40)),
        ([Practitioner(name="A")], UNKNOWN),
        ([Practitioner(source=DOCUMENT)], UNKNOWN),
        ([Practitioner(source=DOCUMENT, licences=(licence(),))], UNKNOWN),
        ([person(licence())], UNKNOWN),
        ([person(licence(by=CLAIM))], (40, 0)),
        ([person(licence(by=DOCUMENT))], (80, 0)),
        ([person(licence(by=source("inspection")))], MET),
        ([person(licence(by=CLAIM), licence())], (40, 0)),
        ([person(licence(number=None), source=DOCUMENT)], (40, 40)),
        ([person(licence("not_found"), source=DOCUMENT)], (40, 40)),
        ([person(licence("not_found"))], UNKNOWN),
        ([person(licence("not_found"), licence(by=CLAIM, number="7099999"))], (40, 0)),
        ([person(licence("revoked"), source=DOCUMENT)], (80, 0)),
        ([person(licence(None), source=DOCUMENT)], (80, 0)),
        ([person(licence("revoked"))], UNKNOWN),
        ([person(licence(None, by=DOCUMENT))], (80, 0)),
        ([person(licence(), source=CLAIM)], (40, 0)),
        ([person(licence(by=CLAIM), source=REGISTER)], MET),
        ([person(licence(by=CLAIM), licence(by=PATIENT), source=DOCUMENT)], (80, 0)),
        ([person(licence(), source=REGISTER), Practitioner(name="B", source=DOCUMENT)], (40, 40)),
        ([NUMBERED, Practitioner(name="B", source=DOCUMENT)], (40, 40)),
        ([NUMBERED, Practitioner(name="B", injects=False, source=DOCUMENT)], (80, 0)),
    ],
)
def test_an_injector_is_identified_by_name_and_number(people: list[Practitioner], expected: Pair) -> None:
    """A name alone is half of it; who names the person speaks, or who gives the number, but no register does."""
    actual = belief("identified_injectors", practitioners=people)

    assert expected == actual


def training(treatment: str = "mesotherapy", by: Source = DOCUMENT, **more: Any) -> Training:
    return Training(treatment=treatment, source=by, **more)


def trained(*courses: Training) -> Practitioner:
    return Practitioner(name="A", training=courses)


@pytest.mark.parametrize(
    ("treatments", "people", "expected"),
    [
        (["mesotherapy"], [trained(training())], (80, 0)),
        (["mesotherapy"], [trained(training(" Mesotherapy "))], (80, 0)),
        (["mesotherapy"], [trained(training(by=CLAIM))], (40, 0)),
        (["mesotherapy"], [trained(training("fillers"))], UNKNOWN),
        (["mesotherapy"], [trained()], UNKNOWN),
        (["mesotherapy"], [trained(training()), trained()], UNKNOWN),
        (["mesotherapy"], [trained(training()), trained(training(by=CLAIM))], (40, 0)),
        (["mesotherapy", "fillers"], [trained(training())], UNKNOWN),
        (["mesotherapy", "fillers"], [trained(training(), training("fillers", CLAIM))], (40, 0)),
        (["mesotherapy", "fillers"], [trained(training()), trained(training("fillers"))], UNKNOWN),
        ([], [trained(training("fillers"))], (80, 0)),
        (["mesotherapy"], [trained(training(completed=TODAY))], (80, 0)),
        (["mesotherapy"], [trained(training(completed=TOMORROW))], UNKNOWN),
        (["mesotherapy"], [trained(training(completed=dt.date(1990, 1, 1)))], (80, 0)),
        (["mesotherapy"], [trained(training(by=CLAIM), training())], (80, 0)),
    ],
)
def test_every_injector_is_trained_in_every_procedure(
    treatments: list[str], people: list[Practitioner], expected: Pair
) -> None:
    """Where no procedure is stated any training counts; a course that lies ahead does not."""
    actual = belief("trained_injectors", treatments=treatments, practitioners=people)

    assert expected == actual


def policy(*covers: str, by: Source = DOCUMENT, expires: dt.date | None = None) -> Insurance:
    return Insurance(covers=covers, source=by, expires=expires)


def renewed(by: Source = DOCUMENT) -> Insurance:
    return policy(MESO, by=by, expires=TOMORROW)


def insured(*policies: Insurance) -> Practitioner:
    return Practitioner(name="A", insurance=policies)


MESO = "mesotherapy"
LAST_SPRING, LONG_AGO = source("document", dt.date(2026, 4, 1)), source("document", dt.date(2025, 4, 1))


@pytest.mark.parametrize(
    ("treatments", "people", "expected"),
    [
        ([MESO], [insured(policy(MESO))], (80, 0)),
        ([MESO], [insured(policy("fillers", "MESOTHERAPY"))], (80, 0)),
        ([MESO], [insured(policy("fillers"))], UNKNOWN),
        ([MESO], [insured(policy())], UNKNOWN),
        ([], [insured(policy("fillers"))], (80, 0)),
        ([], [insured(policy())], UNKNOWN),
        ([MESO, "fillers"], [insured(policy(MESO))], UNKNOWN),
        ([MESO, "fillers"], [insured(policy(MESO), policy("fillers"))], (80, 0)),
        ([MESO], [insured(policy(MESO)), insured()], UNKNOWN),
        ([MESO], [insured(policy(MESO, expires=TODAY))], (80, 0)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY, by=source("document", YESTERDAY)))], UNKNOWN),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), policy(MESO, expires=TOMORROW))], (80, 0)),
        ([MESO], [insured(policy("fillers", expires=YESTERDAY), policy(MESO))], (80, 0)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), renewed(CLAIM))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), renewed(PATIENT))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), renewed(source("document", TOMORROW)))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY, by=REGISTER), renewed())], (80, 0)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY, by=REGISTER), renewed(UNDATED))], FAILED),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), renewed(LAST_SPRING))], (80, 0)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), renewed(LONG_AGO))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY, by=REGISTER), policy(MESO))], FAILED),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), policy(MESO, by=LAST_SPRING))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), policy(MESO, expires=YESTERDAY, by=LAST_SPRING))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY), policy("fillers"))], (0, 80)),
        ([MESO], [insured(policy(MESO, by=CLAIM), policy(MESO))], (80, 0)),
        ([MESO, "fillers"], [insured(policy(MESO, "fillers", expires=YESTERDAY), policy(MESO))], (0, 80)),
        ([MESO], [insured(policy(MESO, expires=YESTERDAY)), insured(policy(MESO))], (0, 80)),
    ],
)
def test_every_injector_is_insured_for_every_procedure(
    treatments: list[str], people: list[Practitioner], expected: Pair
) -> None:
    """An expired policy is history where a dated source, not the clinic nor a patient, shows another in date.

    Another is one with another end: a policy without one may be the one that has expired.
    """
    actual = belief("insured_injectors", treatments=treatments, practitioners=people)

    assert expected == actual


def test_what_is_said_of_a_person_bears_the_name() -> None:
    """Of licences, training and cover, so that a reader sees whom it is about."""
    known = person(licence(), training=(training(),), insurance=(policy(MESO),))
    unnamed = attrs.evolve(known, name=None)

    for measure in ("licensed_injectors", "trained_injectors", "insured_injectors"):
        for each, expected in ((known, "A. Example"), (unnamed, None)):
            deciding = ruled(measure, practitioners=[each]).deciding
            assert deciding
            assert deciding.statement.note == expected


# --- Registrations ---

REGISTRATIONS = {
    "registered_premises": RegistrationKind.PREMISES,
    "voluntary_memberships": RegistrationKind.MEMBERSHIP,
    "accreditation_in_force": RegistrationKind.ACCREDITATION,
}


def entry(measure: str, status: str | None = "active", body: str = "CQC", **more: Any) -> Registration:
    word = RegistrationStatus(status) if status else None
    return Registration(**{"kind": REGISTRATIONS[measure], "body": body, "status": word, "source": REGISTER, **more})


@pytest.mark.parametrize("measure", REGISTRATIONS)
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("registered", MET),
        ("accredited", MET),
        ("member", MET),
        ("active", MET),
        ("conditions", HALF),
        ("suspended", FAILED),
        ("cancelled", FAILED),
        ("refused", FAILED),
        ("lapsed", FAILED),
        ("expired", FAILED),
        ("not_registered", FAILED),
        ("applied", UNKNOWN),
        (None, UNKNOWN),
        ("not_required", None),
    ],
)
def test_what_a_body_says_of_the_clinic(measure: str, status: str | None, expected: Pair) -> None:
    """An application is no registration, and no failure."""
    actual = belief(measure, registrations=[entry(measure, status)])

    assert expected == actual


@pytest.mark.parametrize("measure", REGISTRATIONS)
@pytest.mark.parametrize("kind", RegistrationKind)
def test_each_kind_of_registration_has_its_own_question(measure: str, kind: RegistrationKind) -> None:
    """A membership is no registration of premises."""
    expected = MET if kind is REGISTRATIONS[measure] else UNKNOWN

    actual = belief(measure, registrations=[entry(measure, kind=kind)])

    assert expected == actual


@pytest.mark.parametrize("measure", REGISTRATIONS)
@pytest.mark.parametrize(
    ("expires", "by", "expected", "limited"),
    [
        (TODAY, REGISTER, MET, HALF),
        (YESTERDAY, REGISTER, FAILED, FAILED),
        (YESTERDAY, SEEN_YESTERDAY, UNKNOWN, (0, 50)),
        (YESTERDAY, UNDATED, UNKNOWN, (0, 25)),
    ],
)
def test_a_registration_holds_through_its_last_day(
    measure: str, expires: dt.date, by: Source, expected: Pair, limited: Pair
) -> None:
    """As a licence does, with conditions or without."""
    actual = tuple(
        belief(measure, registrations=[entry(measure, status, expires=expires, source=by)])
        for status in ("active", "conditions")
    )

    assert (expected, limited) == actual


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (REGISTER, None),
        (DOCUMENT, None),
        (UNDATED, None),
        (PATIENT, UNKNOWN),
        (CLAIM, UNKNOWN),
        (source(seen=dt.date(2026, 1, 1)), UNKNOWN),
    ],
    ids=["register", "document", "undated register", "patient", "claim", "stale"],
)
def test_registration_that_is_not_required(by: Source, expected: Pair) -> None:
    """The clinic cannot excuse itself, and neither can old or weak words."""
    actual = belief("registered_premises", registrations=[entry("registered_premises", "not_required", source=by)])

    assert expected == actual


@pytest.mark.parametrize(
    ("statuses", "of_every", "of_any"),
    [
        ({"CQC": "registered", "Council": "registered"}, MET, MET),
        ({"CQC": "registered", "Council": "refused"}, FAILED, MET),
        ({"CQC": "registered", "Council": "applied"}, UNKNOWN, MET),
        ({"CQC": "registered", "Council": "not_required"}, MET, MET),
        ({"CQC": "refused", "Council": "not_required"}, FAILED, FAILED),
        ({"CQC": "not_required", "Council": "not_required"}, None, None),
        ({"CQC": "conditions", "Council": "cancelled"}, FAILED, HALF),
    ],
)
def test_registrations_with_several_bodies(statuses: dict[str, str], of_every: Pair, of_any: Pair) -> None:
    """Premises need each that is named; one membership and one accreditation are enough."""
    expected = (of_every, of_any, of_any)

    actual = tuple(
        belief(measure, registrations=[entry(measure, status, body) for body, status in statuses.items()])
        for measure in REGISTRATIONS
    )

    assert expected == actual


@pytest.mark.parametrize("measure", REGISTRATIONS)
@pytest.mark.parametrize(("first", "then", "expected"), [("active", "cancelled", FAILED), ("cancelled", "active", MET)])
def test_one_body_looked_up_twice(measure: str, first: str, then: str, expected: Pair) -> None:
    """The later look-up decides, however the body's name is written."""
    entries = [entry(measure, first, "cqc ", source=SEEN_YESTERDAY), entry(measure, then, "CQC")]

    actual = belief(measure, registrations=entries)

    assert expected == actual


# --- Notices ---

USED = Product(name="Fillup", lot="A17", source=PATIENT)
IN_CODE = Product(gs1="(17)270630(10)B42", source=DOCUMENT)
ABOUT_PRODUCTS, GOES_ON = {"recall", "alert"}, {"improvement", "warning"}


@pytest.mark.parametrize("kind", [*NoticeKind, None])
def test_recalls_and_alerts_are_about_products(kind: NoticeKind | None) -> None:
    """Every other kind of notice, and none, is about the clinic; one that lets it go on is half."""
    about_clinic = HALF if kind in GOES_ON else FAILED
    expected = (UNKNOWN, FAILED) if kind in ABOUT_PRODUCTS else (about_clinic, UNKNOWN)
    notices = [Notice(by="MHRA", kind=kind, about="Fillup, lot A17", source=REGISTER)]

    actual = tuple(
        belief(each, notices=notices, products=[USED]) for each in ("no_open_notices", "unrecalled_products")
    )

    assert expected == actual


@pytest.mark.parametrize(("measure", "kind"), [("no_open_notices", "closure"), ("unrecalled_products", "recall")])
@pytest.mark.parametrize(
    ("issued", "lifted", "expected"),
    [
        (None, None, FAILED),
        (dt.date(2001, 1, 1), None, FAILED),
        (TODAY, None, FAILED),
        (YESTERDAY, TOMORROW, FAILED),
        (YESTERDAY, TODAY, UNKNOWN),
        (None, YESTERDAY, UNKNOWN),
        (TOMORROW, None, UNKNOWN),
    ],
)
def test_a_notice_is_in_force_until_it_is_lifted(
    measure: str, kind: str, issued: dt.date | None, lifted: dt.date | None, *, expected: Pair
) -> None:
    """On the day on which it was lifted it is history; none in force proves nothing."""
    notice = Notice(
        by="MHRA", kind=NoticeKind(kind), about="Fillup, lot A17", issued=issued, lifted=lifted, source=REGISTER
    )

    actual = belief(measure, notices=[notice], products=[USED])

    assert expected == actual


@pytest.mark.parametrize(("by", "expected"), [(REGISTER, FAILED), (DOCUMENT, (0, 80)), (PATIENT, (0, 40))])
def test_a_notice_is_believed_as_far_as_its_source(by: Source, expected: Pair) -> None:
    """One patient's word that a clinic was closed does not close it."""
    actual = belief("no_open_notices", notices=[Notice(by="MHRA", source=by)])

    assert expected == actual


def test_one_open_notice_is_enough() -> None:
    """Another that was lifted does not help."""
    expected = FAILED
    notices = [Notice(by="A", lifted=YESTERDAY, source=REGISTER), Notice(by="B", source=REGISTER)]

    actual = belief("no_open_notices", notices=notices)

    assert expected == actual


def test_a_closure_decides_beside_a_warning() -> None:
    """The worst of those in force."""
    expected = FAILED
    notices = [Notice(by="A", kind=each, source=REGISTER) for each in (NoticeKind.WARNING, NoticeKind.CLOSURE)]

    actual = belief("no_open_notices", notices=notices)

    assert expected == actual


DOUBT = (0, 40)


@pytest.mark.parametrize("kind", sorted(ABOUT_PRODUCTS))
@pytest.mark.parametrize(
    ("about", "products", "expected"),
    [
        (None, [USED], DOUBT),
        (None, [], DOUBT),
        ("Otherfill, all lots", [], DOUBT),
        ("Otherfill, all lots", [Product(source=REGISTER)], DOUBT),
        ("Otherfill, all lots", [USED], UNKNOWN),
        ("Otherfill, all lots", [attrs.evolve(USED, source=CLAIM)], DOUBT),
        ("Otherfill, all lots", [attrs.evolve(USED, source=None)], DOUBT),
        ("Otherfill, all lots", [USED, attrs.evolve(IN_CODE, source=CLAIM)], DOUBT),
        ("Otherfill, all lots", [USED, Product(name="OTHERFILL")], DOUBT),
        ("FILLUP, all lots", [USED], FAILED),
        ("Fillup, lots b42 and a17", [USED], DOUBT),
        ("Fillup, lots b4242 and lot a17", [USED], FAILED),
        ("some lots, such as a17", [USED], UNKNOWN),
        ("some lots, such as lot b42", [IN_CODE], DOUBT),
        ("Fillup, some lots, such as a18", [USED, IN_CODE], UNKNOWN),
    ],
)
def test_a_recall_counts_where_it_can_concern_a_product_on_record(
    kind: str, about: str | None, products: list[Product], expected: Pair
) -> None:
    """By name and lot, in any case; where others than the clinic saw all and it names none, the history tells of it."""
    notice = Notice(by="MHRA", kind=NoticeKind(kind), about=about, source=REGISTER)
    clinic = Clinic(id="drawn", notices=(notice,), products=tuple(products))
    untold = expected != UNKNOWN
    told = (
        []
        if untold
        else [f"{notice}: is about no product and lot on record here, not counted (who, register, {TODAY})"]
    )

    actual = belief("unrecalled_products", notices=[notice], products=products)

    assert expected == actual
    assert told == list(history(clinic, TODAY))


def test_a_notice_about_the_clinic_counts_whatever_it_names() -> None:
    """Only recalls and alerts are matched with products."""
    expected = FAILED
    notice = Notice(by="CQC", kind=NoticeKind.CLOSURE, about="no clean water", source=REGISTER)

    actual = belief("no_open_notices", notices=[notice], products=[USED])

    assert expected == actual
    assert not list(history(Clinic(id="drawn", notices=(notice,), products=(USED,)), TODAY))


# --- Products ---


def authorisation(status: str = "authorised", by: Source = REGISTER) -> Authorisation:
    return Authorisation(authority="MHRA", status=AuthorisationStatus(status), source=by)


def product(*authorisations: Authorisation) -> Product:
    return Product(authorisation=authorisations)


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        ([Product(name="A")], UNKNOWN),
        ([product(authorisation())], MET),
        ([product(Authorisation(authority="MHRA", source=REGISTER))], MET),
        ([product(authorisation("not_authorised"))], FAILED),
        ([product(authorisation("suspended"))], FAILED),
        ([product(authorisation("withdrawn"))], FAILED),
        ([product(authorisation("expired"))], FAILED),
        ([product(authorisation(by=CLAIM))], (40, 0)),
        ([product(authorisation("withdrawn"), authorisation(by=CLAIM))], FAILED),
        ([product(authorisation("withdrawn", SEEN_YESTERDAY), authorisation())], MET),
        ([product(authorisation()), product()], UNKNOWN),
        ([product(authorisation()), product(authorisation("withdrawn"))], FAILED),
    ],
)
def test_every_product_is_authorised(products: list[Product], expected: Pair) -> None:
    """Without a status an authorisation is one; what is not on record is unknown."""
    actual = belief("authorised_products", products=products)

    assert expected == actual


@pytest.mark.parametrize(
    ("here", "there", "counts"),
    [("GB", "GB", True), ("GB", None, True), (None, "GB", True), (None, None, True), ("GB", "CH", False)],
)
@pytest.mark.parametrize(("status", "expected"), [("authorised", MET), ("withdrawn", FAILED)])
def test_an_authorisation_holds_in_its_country(
    here: str | None, there: str | None, status: str, *, counts: bool, expected: Pair
) -> None:
    """Of a clinic in another country it says nothing, good or bad."""
    one = Authorisation(authority="MHRA", status=AuthorisationStatus(status), country=there, source=REGISTER)

    actual = belief("authorised_products", country=here, products=[product(one)])

    assert (expected if counts else UNKNOWN) == actual


def test_an_authorisation_elsewhere_does_not_hide_one_here() -> None:
    """Each is looked at alone."""
    expected = MET
    there = Authorisation(authority="Swissmedic", status=AuthorisationStatus.WITHDRAWN, country="CH", source=REGISTER)

    actual = belief("authorised_products", country="GB", products=[product(there, authorisation())])

    assert expected == actual


@pytest.mark.parametrize(
    ("kind", "by", "expected"),
    [
        ("cosmetic", REGISTER, FAILED),
        ("cosmetic", CLAIM, (0, 80)),
        ("cosmetic", PATIENT, (0, 40)),
        ("cosmetic", None, UNKNOWN),
        ("medicine", REGISTER, UNKNOWN),
        ("device", REGISTER, UNKNOWN),
        ("compounded", REGISTER, UNKNOWN),
        (None, REGISTER, UNKNOWN),
    ],
)
def test_a_cosmetic_is_not_for_injection(kind: str | None, by: Source | None, expected: Pair) -> None:
    """That a product is none proves nothing about the others."""
    products = [Product(name="A"), Product(kind=ProductKind(kind) if kind else None, source=by)]

    actual = belief("injectable_products", products=products)

    assert expected == actual


@pytest.mark.parametrize(
    ("suppliers", "expected"),
    [
        ([None], UNKNOWN),
        ([Supplier(source=DOCUMENT)], UNKNOWN),
        ([Supplier(authorised=True, source=DOCUMENT)], (80, 0)),
        ([Supplier(authorised=False, source=DOCUMENT)], (0, 80)),
        ([Supplier(authorised=True, source=CLAIM)], (40, 0)),
        ([Supplier(authorised=True, source=DOCUMENT), None], UNKNOWN),
        ([Supplier(authorised=True, source=DOCUMENT), Supplier(authorised=False, source=PATIENT)], (0, 40)),
    ],
)
def test_every_supplier_may_sell(suppliers: list[Supplier | None], expected: Pair) -> None:
    """A supplier of whom nothing is said is unknown."""
    actual = belief("authorised_suppliers", products=[Product(supplier=each) for each in suppliers])

    assert expected == actual


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, UNKNOWN),
        ({"name": "A"}, UNKNOWN),
        ({"lot": "A17", "expires": TODAY}, (80, 0)),
        ({"lot": "A17", "expires": YESTERDAY}, (0, 80)),
        ({"lot": "A17"}, (40, 40)),
        ({"expires": TODAY}, (40, 40)),
        ({"expires": YESTERDAY}, (0, 80)),
        ({"gs1": "(01)05060000000016(17)270630(10)A17"}, (80, 0)),
        ({"gs1": "(17)261122(10)A17"}, (80, 0)),
        ({"gs1": "(17)261100(10)A17"}, (80, 0)),
        ({"gs1": "(17)261121(10)A17"}, (0, 80)),
        ({"gs1": "(17)261000(10)A17"}, (0, 80)),
        ({"gs1": "(17)280229(10)A17"}, (80, 0)),
        ({"gs1": "(17)750101(10)A17"}, (80, 0)),
        ({"gs1": "(17)990101(10)A17"}, (0, 80)),
        ({"udi": "+A99912345/$$52633510X3E"}, (80, 0)),
        ({"udi": "+A99912345/$$52632410X3C"}, (0, 80)),
        ({"gs1": "(17)000101(10)A17"}, (0, 80)),
        ({"gs1": "(10)A17"}, (40, 40)),
        ({"gs1": "(17)270630"}, (40, 40)),
        ({"gs1": "(01)05060000000016"}, UNKNOWN),
        ({"gs1": "(17)270630", "lot": "A17"}, (80, 0)),
        ({"gs1": "(10)A17", "expires": TOMORROW}, (80, 0)),
        ({"gs1": "(17)261121(10)A17", "expires": TOMORROW}, (80, 0)),
        ({"lot": "A17", "expires": TODAY, "source": None}, UNKNOWN),
        ({"lot": "A17", "expires": TODAY, "source": UNDATED}, (50, 0)),
        ({"lot": "A17", "expires": YESTERDAY, "source": SEEN_YESTERDAY}, UNKNOWN),
        ({"lot": "A17", "expires": YESTERDAY, "source": UNDATED}, UNKNOWN),
    ],
    ids=str,
)
def test_lot_and_expiry_are_on_record_and_in_date(given: dict[str, Any], expected: Pair) -> None:
    """One of the two is half; both can be read from the pack's code, and what is written out comes first."""
    actual = belief("recorded_lots", products=[Product(**({"source": DOCUMENT} | given))])

    assert expected == actual


def test_every_product_has_its_lot_on_record() -> None:
    """One that was seen without is enough to doubt it."""
    expected = (40, 40)
    known = Product(lot="A17", expires=TODAY, source=DOCUMENT)

    actual = belief("recorded_lots", products=[known, Product(lot="A18", source=DOCUMENT)])

    assert expected == actual


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("000101", dt.date(2000, 1, 1)),
        ("270630", dt.date(2027, 6, 30)),
        ("260200", dt.date(2026, 2, 28)),
        ("280200", dt.date(2028, 2, 29)),
        ("510101", dt.date(2051, 1, 1)),
        ("761231", dt.date(2076, 12, 31)),
        ("991200", dt.date(1999, 12, 31)),
    ],
)
def test_the_expiry_in_a_code_is_in_the_nearest_century(code: str, expected: dt.date) -> None:
    """Two digits each of the year, the month and the day; day 00 is the month's last."""
    actual = Product(gs1=f"(17){code}").last_day

    assert expected == actual


UNREADABLE_DATES = ["270631", "271301", "270001", "27", "2706300", "27063", "20270630", "270229", "abcdef", "-70630"]
UNREADABLE_DATES += ["+70630", "27_630", "2_0630", "27-6-1", "27 630", "٢٧٠٦٣٠", ""]


@pytest.mark.parametrize(
    "gs1", ["", "A17", "01 05060000000016", "(17)270630 and more", *(f"(17){each}" for each in UNREADABLE_DATES)]
)
def test_a_code_that_cannot_be_read_is_refused(gs1: str) -> None:
    """Where it is given, and not where it is first used."""
    with pytest.raises(ValueError, match="'gs1' must"):
        Product(gs1=gs1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([[("yes", DOCUMENT)]], (80, 0)),
        ([[("no", DOCUMENT)]], (0, 80)),
        ([[("partly", DOCUMENT)]], (40, 40)),
        ([[("not_applicable", DOCUMENT)]], None),
        ([[]], UNKNOWN),
        ([[("yes", DOCUMENT)], []], UNKNOWN),
        ([[("yes", DOCUMENT)], [("not_applicable", DOCUMENT)]], (80, 0)),
        ([[("no", CLAIM), ("yes", REGISTER)]], MET),
        ([[("yes", DOCUMENT)], [("no", PATIENT)]], (0, 40)),
    ],
)
def test_every_product_arrives_sealed(said: list[list[tuple[str, Source]]], expected: Pair) -> None:
    """What is said of each is weighed like a direct answer."""
    products = [Product(sealed=tuple(Statement(Answer(word), by) for word, by in each)) for each in said]

    actual = belief("sealed_products", products=products)

    assert expected == actual


# --- Ratings and reviews ---


def rating(mean: float, count: int, seen: dt.date | None = TODAY, **more: Any) -> Rating:
    return Rating(**{"platform": "Google", "mean": mean, "count": count, "seen": seen, **more})


def reviews(*stars: int, date: dt.date | None = TODAY, **more: Any) -> list[Review]:
    return [Review(**{"platform": "Google", "rating": each, "date": date, **more}) for each in stars]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([], UNKNOWN),
        ([rating(5, 0)], UNKNOWN),
        ([rating(5, 180)], (50, 0)),
        ([rating(5, 10)], (17, 0)),
        ([rating(4, 10)], (15, 5)),
        ([rating(3, 10)], (11, 9)),
        ([rating(5, 1)], (1, 0)),
        ([rating(1, 1)], (0, 1)),
        ([rating(3.5, 20)], (19, 11)),
        ([rating(3.5, 180)], (33, 19)),
        ([rating(1, 180)], (0, 48)),
        ([rating(1, 10)], (0, 14)),
        ([rating(5, 10_000_000)], (56, 0)),
        ([rating(5, 180, None)], (25, 0)),
        ([rating(3.5, 180, None)], (16, 9)),
        ([rating(1, 180, None)], (0, 24)),
        ([rating(5, 180, TOMORROW)], UNKNOWN),
        ([rating(5, 180, independent=False)], UNKNOWN),
        ([rating(5, 90), rating(5, 90, platform="Trustpilot")], (54, 0)),
        ([rating(1, 180, YESTERDAY), rating(5, 180)], (50, 0)),
        ([rating(5, 180), rating(1, 180, TOMORROW)], (50, 0)),
        ([rating(1, 180, None), rating(5, 180, YESTERDAY)], (50, 0)),
        ([rating(1, 180, independent=False), rating(5, 180)], (50, 0)),
    ],
)
def test_the_mean_rating_is_shrunk_towards_the_prior(ratings: list[Rating], expected: Pair) -> None:
    """Ten ratings of 3.5 only take away; the newest aggregate of each platform counts."""
    actual = belief("review_rating", ratings=ratings)

    assert expected == actual


@given(st.integers(10, 50), st.integers(1, 10_000))
def test_the_prior_only_takes_away(tenths: int, count: int) -> None:
    """From what the ratings alone would prove and fail; it is no evidence, for or against."""
    mean, number = Fraction(tenths, 10), Fraction(100 * count, count + 99)
    strength, shrunk = floor(70 * number / (number + 20)), (35 + mean * number) / (10 + number)
    expected = (
        floor(strength * (min(mean, shrunk) - 1) / 4),
        floor(strength * (5 - max(mean, shrunk)) / 4),
    )

    actual = belief("review_rating", ratings=[rating(tenths / 10, count)])

    assert expected == actual
    assert expected[0] <= strength * (mean - 1) / 4
    assert expected[1] <= strength * (5 - mean) / 4


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (reviews(*[5] * 10), (17, 0)),
        (reviews(*[1] * 10), (0, 14)),
        (reviews(*[5] * 5, *[2] * 5), (13, 8)),
        (reviews(*[5] * 10, date=None), (8, 0)),
        ([*reviews(*[5] * 10), *reviews(*[1] * 10, date=TOMORROW)], (17, 0)),
        ([*reviews(*[5] * 10), *reviews(*[1] * 10, independent=False)], (17, 0)),
        ([*reviews(*[5] * 5), *reviews(*[5] * 5, platform="Trustpilot")], (17, 0)),
        ([Review(platform="Google", date=TODAY, text="Fine.")] * 10, UNKNOWN),
    ],
)  # fmt: skip
def test_single_reviews_are_averaged(given: list[Review], expected: Pair) -> None:
    """What lies ahead, what the clinic controls and what bears no rating is left out."""
    actual = belief("review_rating", reviews=given)

    assert expected == actual


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        (rating(5, 180), (50, 0)),
        (rating(5, 180, platform="Trustpilot"), (46, 6)),
        (rating(5, 180, TOMORROW), (0, 14)),
        (rating(5, 180, independent=False), (0, 14)),
        (rating(5, 0), (0, 14)),
    ],
    ids=["same platform", "another platform", "seen tomorrow", "not independent", "of nothing"],
)
def test_an_aggregate_stands_for_its_single_reviews(aggregate: Rating, expected: Pair) -> None:
    """Where it counts, the single reviews on its platform do not."""
    actual = belief("review_rating", ratings=[aggregate], reviews=reviews(*[1] * 10))

    assert expected == actual


@pytest.mark.parametrize(
    ("mean", "count", "expected"),
    [
        (5, 180, "yes"),
        (5, 1, "yes"),
        (4, 1_000_000, "yes"),
        (3.9, 1_000_000, "partly"),
        (4, 180, "partly"),
        (4, 10, "yes"),
        (3.9, 10, "partly"),
        (3.5, 180, "partly"),
        (2, 180, "partly"),
        (2.1, 1_000_000, "partly"),
        (2, 1_000_000, "partly"),
        (1, 180, "no"),
        (1, 1, "no"),
    ],
)
def test_a_rating_in_a_word(mean: float, count: int, expected: str) -> None:
    """Yes where it proves three times what it fails, no where it fails three times what it proves."""
    deciding = ruled("review_rating", ratings=[rating(mean, count)]).deciding

    assert deciding
    assert Answer(expected) == deciding.statement.answer


@pytest.mark.parametrize(
    ("as_of", "good", "mixed", "bad"),
    [
        ("2027-11-22", (50, 0), (33, 19), (0, 48)),
        ("2027-11-23", (25, 0), (16, 19), (0, 48)),
        ("2028-11-23", (0, 0), (0, 19), (0, 48)),
    ],
)
def test_good_ratings_fade_and_bad_ones_stay(as_of: str, good: Pair, mixed: Pair, bad: Pair) -> None:
    """Like every statement."""
    actual = tuple(
        belief("review_rating", dt.date.fromisoformat(as_of), ratings=[rating(each, 180)]) for each in (5, 3.5, 1)
    )

    assert (good, mixed, bad) == actual


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({}, UNKNOWN),
        ({"reviews": reviews(1)}, (3, 0)),
        ({"reviews": reviews(*[1] * 20)}, (31, 0)),
        ({"ratings": [rating(1, 180)]}, (53, 0)),
        ({"ratings": [rating(5, 10_000_000)]}, (58, 0)),
        ({"ratings": [rating(5, 180)], "reviews": reviews(*[5] * 20)}, (53, 0)),
        ({"ratings": [rating(5, 100)], "reviews": reviews(*[5] * 80, platform="Trustpilot")}, (57, 0)),
        ({"ratings": [rating(5, 180, independent=False)]}, UNKNOWN),
        ({"ratings": [rating(5, 180, TOMORROW)]}, UNKNOWN),
    ],
    ids=["none", "one", "20", "180 bad", "millions", "aggregate", "two platforms", "not independent", "tomorrow"],
)
def test_the_number_of_ratings_never_speaks_against_a_clinic(records: dict[str, Any], expected: Pair) -> None:
    """It is half of 70 at 20 independent ratings, and approaches 70 with many on many platforms."""
    actual = belief("review_volume", **records)

    assert expected == actual


OLD = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (reviews(5), (20, 0)),
        (reviews(5, 1), (40, 0)),
        (reviews(5, 1, 3), (60, 0)),
        (reviews(*[5] * 50), (60, 0)),
        ([*reviews(5, 5), *reviews(5, date=OLD)], (30, 0)),
        ([*reviews(5, 5, 5), *reviews(5, date=OLD)], (60, 0)),
        (reviews(5, 5, 5, date=OLD), (30, 0)),
        (reviews(5, 5, 5, date=dt.date(2020, 1, 1)), UNKNOWN),
        (reviews(5, 5, 5, date=None), UNKNOWN),
        (reviews(5, 5, 5, date=TOMORROW), UNKNOWN),
        (reviews(5, 5, 5, independent=False), UNKNOWN),
        ([Review(platform="Google", date=TODAY)] * 3, (60, 0)),
    ],
)  # fmt: skip
def test_three_recent_reviews_show_that_patients_still_come(given: list[Review], expected: Pair) -> None:
    """The third newest gives the day; undated ones give none."""
    actual = belief("recent_reviews", reviews=given)

    assert expected == actual


def test_aggregates_say_nothing_of_when_patients_came() -> None:
    """Only single reviews are dated."""
    expected = UNKNOWN

    actual = belief("recent_reviews", ratings=[rating(5, 180)])

    assert expected == actual


# --- All measures ---


@pytest.mark.parametrize("measure", sorted(ASKED))
def test_no_record_at_all_says_nothing(measure: str) -> None:
    """Silence is never the worst answer."""
    expected = UNKNOWN

    actual = belief(measure)

    assert expected == actual


EVERYTHING: dict[str, Any] = {
    "practitioners": [person(GOOD, training=(training(),), insurance=(policy(MESO),)), person(BAD, source=CLAIM)],
    "products": [Product(name="A", lot="A17", authorisation=(authorisation(),)), Product(kind=ProductKind.COSMETIC)],
    "registrations": [entry(each, status) for each in REGISTRATIONS for status in ("active", "refused")],
    "notices": [Notice(by="A", kind=each, source=REGISTER) for each in NoticeKind],
    "sanctions": [Sanction(by="A", action=each, source=PATIENT) for each in Action],
    "ratings": [rating(4, 100), rating(3, 50, None)],
    "reviews": [*reviews(1, 5), *reviews(3, date=OLD)],
}


@pytest.mark.parametrize("measure", sorted(ASKED))
def test_the_order_of_records_does_not_matter(measure: str) -> None:
    """Neither of a clinic's own nor of those inside them."""
    expected = belief(measure, **EVERYTHING)

    turned = {name: records[::-1] for name, records in EVERYTHING.items()}
    turned["practitioners"] = [attrs.evolve(each, licences=each.licences[::-1]) for each in turned["practitioners"]]
    actual = belief(measure, **turned)

    assert expected == actual


def test_every_registered_measure_is_used() -> None:
    """The shipped criteria for mesotherapy ask for each that this library brings."""
    ours = f"{measures.__name__}."
    brought = {name for name in measures.names() if measures.find(name).says.__module__.startswith(ours)}

    assert brought == set(ASKED)


# --- A measure of one's own ---


@measures.register("quiet-waiting-room", reads="reviews")
def quiet_waiting_room(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that no review calls the waiting room loud."""
    loud = any("loud" in (each.text or "") for each in clinic.reviews)
    by = Source("reviews", Kind.PATIENT, "reviews", as_of)
    return (Statement(Answer.NO if loud else Answer.YES, by),)


def set_that_asks(measure: str) -> str:
    criterion = {"id": "quiet", "question": "Is it quiet?", "weight": 1, "severity": "minor", "measure": measure}
    tree = {
        "criteria_set": 1,
        "id": "own",
        "version": "1",
        "title": "Our own",
        "evidence": {each.value: 100 for each in Kind} | {"patient": 40},
        "fresh_for": "12 months",
        "failures_fresh_for": "12 months",
        "categories": [{"id": "comfort", "title": "Comfort", "weight": 1, "criteria": [criterion]}],
        "bands": [{"id": "any", "label": "Any"}],
    }
    return json.dumps(tree)


@pytest.mark.parametrize(
    ("texts", "proven", "failed"), [(["Lovely."], 40, 0), (["So loud!", "Lovely."], 0, 40), ([], 0, 0)]
)
def test_an_application_can_register_its_own_measure(texts: list[str], proven: int, failed: int) -> None:
    """Criteria ask for it by name; it is not called where there is nothing for it to read."""
    given = tuple(Review(platform="Google", text=each) for each in texts)

    verdict = vet(Clinic(id="a", reviews=given), parse_criteria(set_that_asks("quiet-waiting-room")), as_of=TODAY)

    assert proven == verdict.proven
    assert failed == verdict.failed


def test_registering_the_same_measure_twice_is_harmless() -> None:
    """A module may be run again."""
    actual = measures.register("quiet-waiting-room", reads="reviews")(quiet_waiting_room)

    assert actual is quiet_waiting_room


def test_a_name_that_is_taken_is_refused() -> None:
    """And the measure that has it keeps it."""
    kept = measures.find("licensed_injectors")

    with pytest.raises(CriteriaError, match="licensed_injectors: expected a name of its own"):
        measures.register("licensed_injectors")(quiet_waiting_room)

    assert kept is measures.find("licensed_injectors")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (
            "licensed_injector",
            "did you mean 'licensed_injectors'\\?; register one of your own before the criteria are used",
        ),
        ("zzz", "register one of your own before the criteria are used"),
    ],
)
def test_a_name_that_nobody_registered_is_refused(name: str, hint: str) -> None:
    """With the nearest that is."""
    with pytest.raises(CriteriaError, match=f"expected the name of a registered measure, got '{name}'; {hint}"):
        measures.find(name)


def test_criteria_that_ask_for_an_unknown_measure_are_refused() -> None:
    """When they are read, with the place, the nearest, and how one's own is registered."""
    with pytest.raises(InputError) as caught:
        parse_criteria(set_that_asks("quiet-waiting-rom"))

    assert str(caught.value).endswith(
        "expected a registered measure, got 'quiet-waiting-rom'; did you mean 'quiet-waiting-room'?; "
        "register one of your own before loading the set (--measures MODULE, or import MODULE)"
    )


@pytest.mark.parametrize(
    ("reads", "told"),
    [
        ("stars", "'stars'"),
        (("reviews", "rating", "answers"), "'rating'; did you mean 'ratings'?; 'answers'"),
        ("country", "'country'"),
    ],
)
def test_a_measure_reads_records_of_a_clinic(reads: Any, told: str) -> None:
    """What a clinic has no records of is refused at once, with the names of those that it has."""
    with pytest.raises(CriteriaError) as caught:
        measures.register("of-one's-own", reads=reads)

    assert str(caught.value) == (
        "of-one's-own: expected records of a clinic to read: some of practitioners, products, registrations, notices, "
        f"sanctions, ratings, reviews, got {told}"
    )
    assert "of-one's-own" not in measures.names()


@pytest.mark.parametrize("name", RECORDS)
def test_a_clinic_has_records_of_every_kind_that_can_be_read(name: str) -> None:
    """Each may be empty."""
    assert getattr(Clinic(id="a"), name) == ()


def test_criteria_made_in_python_are_refused_when_they_are_compiled() -> None:
    """The measure may be registered after they are made."""
    right = parse_criteria(set_that_asks("quiet-waiting-room"))
    criterion = attrs.evolve(right.categories[0].criteria[0], measure="nobody-knows")
    category = attrs.evolve(right.categories[0], criteria=(criterion,))

    with pytest.raises(CriteriaError, match="nobody-knows"):
        compiled(attrs.evolve(right, categories=(category,)))


GIVEN_BACK: dict[str, Any] = {}


@measures.register("gives-back-anything")
def gives_back_anything(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001 - as measures are called
    """Forget what a measure should give, or fail."""
    part: Any = GIVEN_BACK[clinic.id]
    if isinstance(part, Exception):
        raise part
    return part  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "value", [None, [], True, Statement(Answer.YES, REGISTER), iter(())], ids=lambda each: each.__class__.__name__
)
def test_a_measure_that_gives_back_something_else_is_named(value: Any) -> None:
    """With the criterion that asks for it, and what it gave."""
    criteria = parse_criteria(set_that_asks("gives-back-anything"))
    GIVEN_BACK["a"] = value
    got = f"got a {type(value).__name__} from the measure 'gives-back-anything'"

    with pytest.raises(CriteriaError, match=f"comfort.quiet: expected a tuple of statements, .*, {got}"):
        vet(Clinic(id="a"), criteria, as_of=TODAY)


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (KeyError("x"), ("comfort.quiet: expected an answer of its measure, whatever the records, got KeyError: 'x', "
         "from the measure 'gives-back-anything'")),
        (CriteriaError([Problem("own.table", "a row", "none")]), "own.table: expected a row, got none"),
    ],
)  # fmt: skip
def test_a_measure_that_raises_is_named(raised: Exception, told: str) -> None:
    """With the criterion that asks for it; an error of the library, which is worded for a reader, stays as it is."""
    criteria = parse_criteria(set_that_asks("gives-back-anything"))
    GIVEN_BACK["a"] = raised

    with pytest.raises(CriteriaError) as error:
        vet(Clinic(id="a"), criteria, as_of=TODAY)

    assert str(error.value) == told
    assert raised in (error.value, error.value.__cause__)


def test_a_measure_may_give_back_statements_or_parts() -> None:
    """What is said of one thing, and of several."""
    criteria = parse_criteria(set_that_asks("gives-back-anything"))
    said = (Statement(Answer.YES, REGISTER),)
    GIVEN_BACK.update(one=said, several=every((said, ())))

    assert [vet(Clinic(id=each), criteria, as_of=TODAY).proven for each in ("one", "several")] == [100, 0]


@pytest.mark.parametrize(("name", "reads"), [(5, ()), (None, "reviews"), ("x", (5,)), ("x", ("reviews", None))])
def test_names_of_measures_and_records_are_text(name: Any, reads: Any) -> None:
    """Refused when a measure is registered, not when it is first used."""
    with pytest.raises(CriteriaError, match="expected a measure's name and the records it reads, as text"):
        measures.register(name, reads)


def test_many_platforms_are_named_as_far_as_a_source_can_be_long() -> None:
    """However many there are; the number of ratings stays whole."""
    ratings = tuple(Rating(platform=f"{i}{'p' * 90}", mean=Decimal("4.5"), count=10, seen=TODAY) for i in range(9))
    verdict = vet(Clinic(id="c", ratings=ratings), load_criteria(), as_of=TODAY)

    decided_by = verdict.finding("reviews.rating").decided_by
    assert decided_by is not None
    assert decided_by.statement.source.who.startswith("90 ratings on 0ppp")
    assert len(decided_by.statement.source.who) == 300


def test_what_measures_share_is_worked_out_once() -> None:
    """The very same values give the last result again; an equal one does not, for nothing is compared."""
    asked: list[object] = []

    def work(given: object, as_of: dt.date) -> int:
        asked.append((given, as_of))
        return len(asked)

    once, one, other = Once(work), [1], [1]
    assert [once(one, TODAY), once(one, TODAY), once(other, TODAY), once(one, TODAY)] == [1, 1, 2, 3]
