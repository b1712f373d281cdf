"""What records may say of a clinic: no more than they show, and no less."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clinic_vetting import (
    Action,
    Answer,
    Belief,
    Clinic,
    InputError,
    Kind,
    Notice,
    Sanction,
    Source,
    Statement,
    Verdict,
    Waiver,
    clinic_from,
    load_criteria,
    parse_clinic,
    vet,
)
from clinic_vetting.clinic import LicenceStatus, RegistrationStatus
from clinic_vetting.evidence import Less, Scale
from clinic_vetting.history import history
from clinic_vetting.plan import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 11, 21)
SOURCES = {
    "gmc": {"kind": "register", "who": "GMC", "seen": "2026-11-10"},
    "old": {"kind": "register", "who": "GMC", "seen": "2024-11-10"},
    "doc": {"kind": "document", "who": "invoice", "seen": "2026-11-10"},
    "visit": {"kind": "observation", "who": "ed", "seen": "2026-11-10"},
    "pat": {"kind": "patient", "who": "a patient", "seen": "2026-11-10"},
    "site": {"kind": "claim", "who": "site", "seen": "2026-10-01"},
    "tomorrow": {"kind": "register", "who": "GMC", "seen": "2026-11-22"},
}


def clinic(**records: Any) -> Clinic:
    place = {"id": "a", "country": "GB", "treatments": ["mesotherapy"]}
    return clinic_from({"dossier": 1, "clinic": place, "sources": SOURCES, **records})


def vetted(as_of: dt.date = DAY, **records: Any) -> Verdict:
    return vet(clinic(**records), load_criteria(), as_of=as_of)


def belief(criterion: str, as_of: dt.date = DAY, **records: Any) -> Belief | None:
    return vetted(as_of, **records).finding(criterion).belief


def band(as_of: dt.date = DAY, **records: Any) -> str:
    given = vetted(as_of, **records).band
    assert given is not None
    return given.id


# --- What was partly so, past its last day ---

LICENSED = "credentials.injector_licensed"
LAST = dt.date(2026, 12, 5)


def licence(**more: Any) -> list[dict[str, Any]]:
    entry = {"authority": "GMC", "number": "7012345", "status": "conditions", "source": "gmc", **more}
    return [{"name": "A", "injects": True, "licences": [entry]}]


@pytest.mark.parametrize(("later", "expected"), [(0, (50, 50)), (1, (0, 50)), (700, (0, 50))])
def test_conditions_do_not_heal_by_running_out(later: int, expected: tuple[int, int]) -> None:
    """What they proved is gone after the last day; what they failed stays until somebody looks again."""
    people = licence(expires=LAST.isoformat())

    assert expected == belief(LICENSED, LAST + dt.timedelta(later), practitioners=people)


def test_a_verdict_of_conditions_never_rises_when_they_run_out() -> None:
    """Neither its band nor the bands that are still open."""
    people = licence(expires=LAST.isoformat())
    bands = [each.id for each in load_criteria().bands]
    before, after = (vetted(LAST + dt.timedelta(each), practitioners=people) for each in (0, 1))

    assert before.valid_until == LAST
    for one, other in ((before.band, after.band), (before.settled.best, after.settled.best)):
        assert one
        assert other
        assert bands.index(one.id) <= bands.index(other.id)


@pytest.mark.parametrize(
    ("records", "criterion"),
    [
        (
            {"registrations": [{"kind": "premises", "body": "HIS", "status": "conditions", "source": "gmc"}]},
            "credentials.facility_registered",
        ),
        ({"products": [{"name": "Aqua", "source": "gmc"}]}, "sourcing.lot_expiry_recorded"),
    ],
    ids=["registration", "product without a lot"],
)
def test_other_records_do_not_heal_by_running_out(records: dict[str, Any], criterion: str) -> None:
    """A registration with conditions and a product of which only the last day is known are like a licence."""
    name, given = next(iter(records.items()))
    dated = {name: [{**each, "expires": LAST.isoformat()} for each in given]}

    assert [belief(criterion, LAST + dt.timedelta(each), **dated) for each in (0, 1)] == [(50, 50), (0, 50)]


DAYS = st.dates(DAY - dt.timedelta(900), DAY + dt.timedelta(400)).map(dt.date.isoformat)
KINDS = st.sampled_from([each.value for each in Kind])


@st.composite
def one_record(draw: st.DrawFn, about: str | None = None) -> tuple[str, dict[str, Any]]:
    """Draw one record of a kind that has a last day, seen by the day, and the criterion that it answers."""
    source = {"kind": draw(KINDS), "who": "w"} | draw(
        st.sampled_from([{}, *({"seen": (DAY - dt.timedelta(each)).isoformat()} for each in (0, 40, 100, 700))])
    )
    ends = {"expires": draw(DAYS), "source": "s"}
    answers = {
        LICENSED: {"practitioners": licence(status=draw(st.sampled_from([*LicenceStatus])).value, **ends)},
        "credentials.facility_registered": {
            "registrations": [
                {"kind": "premises", "body": "A", "status": draw(st.sampled_from([*RegistrationStatus])).value, **ends}
            ]
        },
        "credentials.indemnity_insurance": {
            "practitioners": [{"name": "A", "insurance": [{"covers": ["mesotherapy"], **ends}]}],
        },
        "sourcing.lot_expiry_recorded": {
            "products": [{**draw(st.sampled_from([{}, {"lot": "A17"}])), **ends}],
        },
    }
    criterion = about or draw(st.sampled_from(sorted(answers)))
    place = {"id": "a", "treatments": ["mesotherapy"]}
    return criterion, {"dossier": 1, "clinic": place, "sources": {"s": source}, **answers[criterion]}


@settings(deadline=None)
@given(one_record(), st.integers(0, 1200))
def test_waiting_never_heals_what_a_record_fails(drawn: tuple[str, dict[str, Any]], days: int) -> None:
    """Law 11 on records: what one fails never falls, what it proves never rises, whatever dates it has."""
    criterion, tree = drawn
    only = clinic_from(tree)
    now, later = (
        vet(only, load_criteria(), as_of=DAY + dt.timedelta(each)).finding(criterion).belief for each in (0, days)
    )
    assume(now is not None and later is not None)

    assert now
    assert later
    assert later.failed >= now.failed
    assert later.proven <= now.proven


@settings(deadline=None)
@given(one_record(LICENSED), st.sampled_from(["70123459", "1", "7012345"]))
def test_no_number_lowers_what_a_licence_fails(drawn: tuple[str, dict[str, Any]], number: str) -> None:
    """Nor raises what it proves: whatever else the record says, and whoever says it."""
    _, tree = drawn
    mistyped = copy.deepcopy(tree)
    mistyped["practitioners"][0]["licences"][0]["number"] = number
    right, wrong = (vet(clinic_from(each), load_criteria(), as_of=DAY).finding(LICENSED) for each in (tree, mistyped))

    assert right.belief
    assert wrong.belief
    assert wrong.belief.failed == right.belief.failed
    assert wrong.belief.proven <= right.belief.proven


# --- A number that cannot exist ---


@pytest.mark.parametrize(
    ("status", "number", "expected"),
    [
        ("active", "7012345", (80, 0)),
        ("active", "70123459", (0, 0)),
        ("conditions", "7012345", (40, 40)),
        ("conditions", "70123459", (0, 40)),
        ("suspended", "7012345", (0, 80)),
        ("suspended", "70123459", (0, 80)),
    ],
)
def test_a_number_that_cannot_exist_takes_away_what_is_proven(
    status: str, number: str, expected: tuple[int, int]
) -> None:
    """Never what is failed: a slip of the pen removes no conditions."""
    people = licence(status=status, number=number, source="doc")

    assert expected == belief(LICENSED, practitioners=people)


@pytest.mark.parametrize("number", ["7012345", "70123459"])
def test_conditions_make_caution_whatever_the_number(number: str) -> None:
    """Mistyped or not."""
    assert band(practitioners=licence(number=number, source="doc")) == "caution"


@pytest.mark.parametrize("expires", ["2026-11-05", "2026-11-15"])
def test_a_licence_that_ran_out_did_so_under_any_number(expires: str) -> None:
    """Whoever saw it after its last day saw that it had run out."""
    found = [
        belief(LICENSED, practitioners=licence(status="active", number=number, source="doc", expires=expires))
        for number in ("7012345", "70123459")
    ]

    assert found == [(0, 80), (0, 80)] if expires < "2026-11-10" else found == [(0, 0), (0, 0)]


# --- Whom the clinic names ---

IDENTIFIED = "credentials.injector_identified"


def named(**more: Any) -> list[dict[str, Any]]:
    entry = {"authority": "GMC", "number": "7000001", "status": "active", "source": "gmc"}
    return [{"name": "A", "injects": True, "licences": [entry], **more}]


def test_a_registers_entry_does_not_say_that_the_clinic_names_its_people() -> None:
    """Nor does it outweigh the editor, who saw that it does not; by whom the person is named does count."""
    seen = {"credentials": {"injector_identified": {"answer": "no", "source": "visit", "note": "names nobody"}}}

    assert belief(IDENTIFIED, practitioners=named()) == (0, 0)
    assert belief(IDENTIFIED, practitioners=named(), answers=seen) == (0, 80)
    assert belief(IDENTIFIED, practitioners=named(source="site")) == (40, 0)
    assert belief(IDENTIFIED, practitioners=named(source="visit")) == (80, 0)


# --- Somebody who does not inject ---

SANCTIONS = "credentials.no_active_sanctions"


def sanction(whom: str | None, action: str = "exclusion", **more: Any) -> dict[str, Any]:
    about = {"practitioner": whom} if whom else {}
    return {"by": "GMC", "action": action, "decided": "2020-01-01", "source": "gmc", **about, **more}


B = {"name": "B", "injects": False, "role": "receptionist"}
PEOPLE = [{"name": "A", "injects": True}, {**B, "source": "visit"}, {"name": "C"}]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (sanction("B"), (0, 40)),
        (sanction(" b "), (0, 40)),
        (sanction("B", "conditions"), (0, 40)),
        (sanction("B", "fine"), (0, 0)),
        (sanction("B", source="pat"), (0, 40)),
        (sanction("A"), (0, 100)),
        (sanction("C"), (0, 100)),
        (sanction("D"), (0, 100)),
        (sanction(None), (0, 100)),
    ],
)
def test_a_decision_about_somebody_who_does_not_inject_is_a_doubt(
    given: dict[str, Any], expected: tuple[int, int]
) -> None:
    """Nobody has shown that it is about one who is responsible for treatment."""
    assert expected == belief(SANCTIONS, practitioners=PEOPLE, sanctions=[given])


@pytest.mark.parametrize("source", [{}, {"source": "site"}])
def test_the_clinics_own_word_makes_no_decision_lighter(source: dict[str, str]) -> None:
    """That somebody does not inject has to be seen by another."""
    assert belief(SANCTIONS, practitioners=[{**B, **source}], sanctions=[sanction("B")]) == (0, 100)


def test_a_name_that_an_injector_bears_too_is_the_injectors() -> None:
    """Of two of one name the worse is not ruled out."""
    people = [*PEOPLE, {"name": "B", "injects": True}]

    assert belief(SANCTIONS, practitioners=people, sanctions=[sanction("B")]) == (0, 100)


def test_a_doubt_never_grows_into_a_failure() -> None:
    """Neither at once nor years later; the sentence says that it has not been shown."""
    bands = [band(DAY + dt.timedelta(each), practitioners=PEOPLE, sanctions=[sanction("B")]) for each in (0, 90, 3000)]
    says = vetted(practitioners=PEOPLE, sanctions=[sanction("B")]).finding(SANCTIONS).says

    assert bands == ["caution"] * 3
    assert says.endswith("has not been shown.")


def test_a_doubt_is_told_as_it_weighs() -> None:
    """By the finding as by the verdict, beside a clinic where the same words are conditions."""
    partly = vetted(sanctions=[sanction("A", "conditions")]).finding(SANCTIONS)
    doubt = vetted(practitioners=PEOPLE, sanctions=[sanction("B", "conditions")]).finding(SANCTIONS)

    assert partly.decided_by
    assert doubt.decided_by
    assert partly.belief == partly.decided_by.belief == (50, 50)
    assert doubt.belief == doubt.decided_by.belief == (0, 40)


def test_a_direct_answer_is_never_less() -> None:
    """Only what a measure states can be."""
    doubt = Statement(Answer.PARTLY, Source("a", Kind.REGISTER, "a", DAY), less=Less.DOUBT)

    with pytest.raises(ValueError, match="only what a measure states can be less than its answer"):
        Clinic(id="a", answers={"hygiene.hand_hygiene": doubt})


@pytest.mark.parametrize(("answer", "less"), [(Answer.NO, Less.DOUBT), (Answer.PARTLY, "doubt"), (Answer.PARTLY, 40)])
def test_only_a_partly_can_be_less(answer: Answer, less: Any) -> None:
    """Spent, or a doubt."""
    source = Source("a", Kind.REGISTER, "a", DAY)

    with pytest.raises(ValueError, match="less must be a Less, of an answer that is partly"):
        Statement(answer, source, less=less)


def test_a_statement_that_proves_nothing_keeps_its_strength() -> None:
    """It takes as much to displace it as any other of its kind."""
    plan = compiled(load_criteria())
    scale = Scale(plan.evidence, plan.criteria.fresh_for, DAY)
    doubt = Statement(Answer.PARTLY, Source("a", Kind.REGISTER, "a", DAY), less=Less.DOUBT)
    papers = Statement(Answer.YES, Source("b", Kind.DOCUMENT, "b", DAY))

    assert scale.rule((doubt, papers)).belief == (0, 40)


# --- One body of several ---


@pytest.mark.parametrize(
    ("kind", "criterion"),
    [("accreditation", "credentials.independent_accreditation"), ("membership", "credentials.voluntary_register")],
)
def test_a_record_that_says_nothing_clears_no_other_body(kind: str, criterion: str) -> None:
    """What a register found of one body stays, until something is said for another."""
    cancelled = {"kind": kind, "body": "SaveFace", "status": "cancelled", "source": "gmc"}
    silent = {"kind": kind, "body": "ISO", "source": "site"}
    applied = {**silent, "status": "applied"}
    claimed = {**silent, "status": "active"}

    given = ([cancelled], [cancelled, silent], [cancelled, applied], [cancelled, claimed])
    actual = [belief(criterion, registrations=each) for each in given]

    assert actual == [(0, 100), (0, 100), (0, 100), (40, 0)]


# --- A notice or a decision on record twice ---

ENFORCEMENT = "hygiene.no_open_enforcement"
CLOSED = {"by": "Council", "kind": "closure", "issued": "2024-10-01"}
LIFTED = {**CLOSED, "by": " council ", "lifted": "2025-11-01"}


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ({"source": "old"}, {"source": "gmc"}, (0, 0)),
        ({"source": "doc"}, {"source": "gmc"}, (0, 80)),
        ({"source": "old"}, {"source": "doc"}, (0, 100)),
        ({"source": "old"}, {"source": "site"}, (0, 100)),
        ({"source": "gmc"}, {"source": "old"}, (0, 100)),
        ({"source": "gmc"}, {"source": "gmc"}, (0, 100)),
        ({"source": "undated"}, {"source": "gmc"}, (0, 0)),
        ({"source": "old"}, {"source": "undated"}, (0, 100)),
        ({"source": "old"}, {"source": "tomorrow"}, (0, 100)),
        ({"source": "old", "issued": "2024-10-02"}, {"source": "gmc"}, (0, 100)),
        ({"source": "old", "by": "Court"}, {"source": "gmc"}, (0, 100)),
        ({"source": "old", "kind": "prohibition"}, {"source": "gmc"}, (0, 100)),
        ({"source": "old", "about": "room 1"}, {"source": "gmc", "about": "room 2"}, (0, 100)),
        ({"source": "old", "about": "room 1"}, {"source": "gmc", "about": " Room 1"}, (0, 0)),
    ],
)
def test_the_later_look_at_a_notice_decides(
    earlier: dict[str, Any], later: dict[str, Any], expected: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a source at least as strong, and by the day; otherwise each counts."""
    monkeypatch.setitem(SOURCES, "undated", {"kind": "register", "who": "GMC"})
    notices = [CLOSED | earlier, LIFTED | later]

    assert expected == belief(ENFORCEMENT, notices=notices) == belief(ENFORCEMENT, notices=notices[::-1])


def test_of_a_notice_without_a_day_nobody_can_tell_that_it_is_the_same() -> None:
    """So each counts."""
    undated = {key: each for key, each in CLOSED.items() if key != "issued"}
    notices = [{**undated, "source": "old"}, {**undated, "lifted": "2025-11-01", "source": "gmc"}]

    assert belief(ENFORCEMENT, notices=notices) == (0, 100)


def test_a_look_to_come_is_a_day_of_change() -> None:
    """What was seen after the as-of day does not exist yet, and the verdict says until when it stands."""
    notices = [{**CLOSED, "source": "old"}, {**LIFTED, "source": "tomorrow"}]
    verdict = vetted(notices=notices)

    assert verdict.valid_until == DAY
    assert verdict.finding(ENFORCEMENT).changes_on == DAY + dt.timedelta(1)
    assert belief(ENFORCEMENT, DAY + dt.timedelta(1), notices=notices) == (0, 0)


def test_an_earlier_look_is_told() -> None:
    """Nothing that a dossier holds is lost."""
    notices = [{**CLOSED, "source": "old"}, {**LIFTED, "source": "gmc"}]
    decisions = [sanction("A", source="old"), sanction("A", ended="2026-01-01")]

    told = history(clinic(notices=notices, sanctions=decisions), DAY)

    assert [each for each in told if "a later look at the same one counts in its place" in each] == [
        (
            "closure by Council, issued 2024-10-01: a later look at the same one counts in its place "
            "(GMC, register, 2024-11-10)"
        ),
        (
            "exclusion by GMC, about A, decided 2020-01-01: a later look at the same one counts in its place "
            "(GMC, register, 2024-11-10)"
        ),
    ]
    assert len(told) == 4


@pytest.mark.parametrize(
    ("other", "expected"), [({}, (0, 0)), ({"practitioner": "D"}, (0, 100)), ({"action": "suspension"}, (0, 100))]
)
def test_the_later_look_at_a_decision_decides(other: dict[str, Any], expected: tuple[int, int]) -> None:
    """Of one body, about one person, of one kind and day."""
    decisions = [{**sanction("A", source="old"), **other}, sanction("a ", ended="2026-01-01")]

    assert belief(SANCTIONS, sanctions=decisions) == expected


def test_decisions_and_recalls_that_name_nobody_and_nothing_are_several() -> None:
    """An end of one ends no other."""
    decisions = [sanction(None, source="old"), sanction(None, ended="2026-01-01")]
    recall = {"by": "MHRA", "kind": "recall", "issued": "2024-10-01"}
    recalls = [{**recall, "source": "old"}, {**recall, "lifted": "2025-11-01", "source": "gmc"}]

    assert belief(SANCTIONS, sanctions=decisions) == (0, 100)
    assert belief("sourcing.no_product_alert", notices=recalls) == (0, 40)


@pytest.mark.parametrize(("about", "expected"), [(("Aqua", "aqua"), (0, 0)), (("Aqua", "Botox"), (0, 40))])
def test_a_body_may_recall_several_products_on_one_day(about: tuple[str, str], expected: tuple[int, int]) -> None:
    """So recalls are the same only where they are about the same."""
    recall = {"by": "MHRA", "kind": "recall", "issued": "2024-10-01"}
    notices = [
        {**recall, "about": about[0], "source": "old"},
        {**recall, "about": about[1], "lifted": "2025-11-01", "source": "gmc"},
    ]

    assert (
        belief("sourcing.no_product_alert", notices=notices, products=[{"name": "Aqua", "source": "doc"}]) == expected
    )


# --- Recalls ---

ALERTS = "sourcing.no_product_alert"


def recall(about: str | None, **more: Any) -> list[dict[str, Any]]:
    return [{"by": "MHRA", "kind": "recall", "source": "gmc", **({"about": about} if about else {}), **more}]


NOT, DOUBT, OPEN = (0, 0), (0, 40), (0, 100)


@pytest.mark.parametrize(
    ("product", "about", "expected"),
    [
        ({"name": "Botox", "lot": "C3709C3"}, "Botox, lot D1111D1 only", NOT),
        ({"name": "Botox", "lot": "C3709C3"}, "Botox, lot C3709C3 only", OPEN),
        ({"name": "Botox", "lot": "C3709C3"}, "BOTOX, lots D1111D1, c3709 c3", OPEN),
        ({"name": "Botox", "lot": "C3709C3"}, "Counterfeit Botox", DOUBT),
        ({"name": "Botox"}, "Botox, lot D1111D1", DOUBT),
        ({"name": "Botox 100 U"}, "Counterfeit Botox", DOUBT),
        ({"name": "Botox 100 U", "lot": "C3709C3"}, "Botox, batch C3709C3", OPEN),
        ({"name": "Aqua", "lot": "7"}, "MDR/2017 recall of Other Filler", NOT),
        ({"name": "Aqua", "lot": "7"}, "Aqua, 7 lots B1, B2", DOUBT),
        ({"name": "Aqua", "lot": "7"}, "Aqua, lot 7", OPEN),
        ({"name": "Aqua", "lot": "2025"}, "Aqua, recalled in 2025, lots A1", DOUBT),
        ({"name": "Belo", "lot": "ZZ9"}, "Recall of Belotero lot 4", NOT),
        ({"name": "Belo", "lot": "4"}, "Recall of Belotero lot 4", NOT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, all lots", OPEN),
        ({"name": "Aqua"}, "Aqua, all lots", DOUBT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, all lots except A17", DOUBT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, all lots except: A17", DOUBT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, all lots except B2", DOUBT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, lots A10 to A20", DOUBT),
        ({"name": "Aqua", "lot": "A17"}, "Aqua, lot A17: may not be sterile", OPEN),
        ({"lot": "A17"}, "some lots, such as lot a17", DOUBT),
        ({"lot": "A17"}, "Aqua, lot B2", NOT),
        ({"lot": "A17"}, "Aqua", DOUBT),
        ({"ndc": "0002-0800-01", "lot": "A17"}, "NDC 0002-0800-01, lot A17", OPEN),
        ({"gs1": "(01)05060000000016(17)270630(10)A17"}, "05060000000016, lot A17", OPEN),
        ({"name": "Aqua"}, None, DOUBT),
        ({"name": "Aqua", "lot": "--"}, "Aqua, lot B2", DOUBT),
    ],
)
def test_a_recall_counts_in_full_by_name_and_lot(
    product: dict[str, Any], about: str | None, expected: tuple[int, int]
) -> None:
    """Whole words, whatever the case; by less it is a doubt, and of another lot or product it is nothing."""
    given = {**product, "source": "doc"}

    assert expected == belief(ALERTS, notices=recall(about), products=[given])


@pytest.mark.parametrize(
    ("products", "about"),
    [
        ([{"name": "Aqua", "source": "site"}], "OtherTox"),
        ([{"name": "Aqua", "lot": "A17", "source": "site"}], "Aqua, lot A17"),
        ([{"name": "Aqua", "lot": "A17", "source": "site"}], "Aqua, lot B2"),
        ([{"name": "Aqua", "authorisation": {"authority": "MHRA", "source": "gmc"}}], "OtherTox"),
        ([{"name": "Aqua", "source": "doc"}, {"name": "Belo"}], "OtherTox"),
        ([], "OtherTox lot 9"),
        ([], None),
    ],
)
def test_a_recall_is_a_doubt_where_nobody_else_has_seen_what_is_used(
    products: list[dict[str, Any]], about: str | None
) -> None:
    """The clinic's word does not say what it uses; neither does it make a fatal fact, ever."""
    days = [DAY + dt.timedelta(each) for each in (0, 90, 3000)]

    assert {band(each, notices=recall(about), products=products) for each in days} == {"caution"}
    assert belief(ALERTS, notices=recall(about), products=products) == DOUBT


# --- Days and places that cannot be as they are written ---

ORDERS: list[tuple[str, dict[str, Any], str, str]] = [
    ("notices", {"by": "A", "kind": "closure", "source": "gmc"}, "issued", "lifted"),
    ("sanctions", {"by": "A", "action": "exclusion", "source": "gmc"}, "decided", "ended"),
    ("waivers", {"criterion": ENFORCEMENT, "reason": "r", "owner": "o"}, "since", "until"),
]


@pytest.mark.parametrize(("name", "record", "first", "second"), ORDERS, ids=[each[0] for each in ORDERS])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_day_is_not_before_the_day_on_which_it_began(
    name: str, record: dict[str, Any], first: str, second: str, days: int
) -> None:
    """A slip of the pen hides no fatal fact: trees, JSON and YAML give the same fault, Python a ValueError."""
    later = DAY + dt.timedelta(days)
    tree = {name: [{**record, first: DAY.isoformat(), second: later.isoformat()}]}
    whole = {"dossier": 1, "clinic": {"id": "a"}, "sources": SOURCES, **tree}
    faults = [f"{name}[0].{second}: expected a day on or after {first} {DAY}, got {later}"] * (days < 0)

    for read in (lambda: clinic_from(whole, "x"), lambda: parse_clinic(json.dumps(whole), "x")):
        assert faults == [each.partition(": ")[2] for each in problems(read)]
    assert bool(problems(lambda: parse_clinic(yaml.safe_dump(json.loads(json.dumps(whole)))))) == (days < 0)


def problems(read: Callable[[], Clinic]) -> list[str]:
    try:
        read()
    except InputError as error:
        return list(map(str, error.faults))
    return []


def test_python_cannot_make_what_no_document_may_say() -> None:
    """The same checks, as ValueErrors."""
    by = Source("a", Kind.REGISTER, "a", DAY)
    early = DAY - dt.timedelta(1)

    with pytest.raises(ValueError, match="'lifted' must be a day on or after issued 2026-11-21, got 2026-11-20"):
        Notice(by="A", issued=DAY, lifted=early, source=by)
    with pytest.raises(ValueError, match="'ended' must be a day on or after decided"):
        Sanction(by="A", action=Action.FINE, decided=DAY, ended=early, source=by)
    with pytest.raises(ValueError, match="'until' must be a day on or after since"):
        Waiver(criterion="a", reason="r", owner="o", since=DAY, until=early)
    with pytest.raises(ValueError, match="'region' must be a region of US, got 'GB-ENG'"):
        Clinic(id="a", country="US", region="GB-ENG")


@pytest.mark.parametrize(
    ("country", "region", "right"),
    [
        ("GB", "GB-ENG", True),
        ("PR", "US-PR", True),
        ("US", "US-PR", True),
        ("US", "GB-ENG", False),
        (None, "GB-ENG", True),
    ],
)
def test_a_region_is_of_its_country(country: str | None, region: str, *, right: bool) -> None:
    """So that a clinic of one country is not told of another's law; some territories have two codes."""
    place = {"id": "a", "region": region, **({"country": country} if country else {})}
    tree = {"dossier": 1, "clinic": place}
    expected = [] if right else [f"x: clinic.region: expected a region of {country}, got {region!r}"]

    assert expected == problems(lambda: clinic_from(tree, "x"))
    assert [each.replace("x:1: ", "x: ") for each in problems(lambda: parse_clinic(json.dumps(tree), "x"))] == expected
