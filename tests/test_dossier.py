"""Dossiers as clinics, clinics as plain trees, and their digests."""
# ruff: noqa: SIM300 - what is expected stands first

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Answer,
    Clinic,
    InputError,
    Kind,
    Licence,
    LicenceStatus,
    Practitioner,
    Product,
    Rating,
    Reply,
    Review,
    Source,
    Statement,
    Training,
    Waiver,
    clinic_digest,
    clinic_from,
    load_clinic,
    parse_clinic,
    plain,
)
from clinic_vetting.canonical import digest

HARBOUR = Path(__file__).parent / "data" / "harbour.yaml"
TREE: dict[str, Any] = yaml.load(HARBOUR.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
TREE["answers"]["hygiene"]["sterile_field"] = None
VISIT = Source("visit", Kind.OBSERVATION, "our editor", seen=dt.date(2026, 9, 14))
CLAIM = Source("website", Kind.CLAIM, "the website")

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["", "a\0", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@pytest.fixture(name="harbour")
def read_harbour() -> Clinic:
    """Read the made-up clinic."""
    return load_clinic(HARBOUR)


def shuffled(tree: Any, chance: random.Random) -> Any:
    """Put the keys of every mapping and the items of every list into another order."""
    if isinstance(tree, dict):
        return {key: shuffled(tree[key], chance) for key in chance.sample(list(tree), len(tree))}
    if isinstance(tree, list):
        return [shuffled(each, chance) for each in chance.sample(tree, len(tree))]
    return tree


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of every value in a tree."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(each for step, inner in steps for each in places(inner, (*path, step)))]


def faults(tree: object) -> list[str]:
    """List what is wrong with a tree, each as it would be printed."""
    try:
        clinic_from(tree)
    except InputError as error:
        return [str(each) for each in error.faults]
    return []


def answered(**answers: Any) -> dict[str, Any]:
    """Write a dossier with one source and answers."""
    sources = {"visit": {"kind": "observation", "who": "our editor", "seen": "2026-09-14"}}
    return {
        "dossier": 1,
        "clinic": {"id": "made-up"},
        "sources": sources,
        "default_source": "visit",
        "answers": answers,
    }


def test_a_clinic_reads_back_as_itself(harbour: Clinic) -> None:
    """What is written as a plain tree, as JSON or as YAML reads back as an equal clinic with the same digest."""
    tree = plain(harbour)
    read = [clinic_from(tree), parse_clinic(json.dumps(tree)), parse_clinic(yaml.safe_dump(tree, allow_unicode=True))]

    assert [harbour] * 3 == read
    assert {clinic_digest(harbour)} == set(map(clinic_digest, read))


def test_yaml_json_and_python_are_the_same_dossier(harbour: Clinic) -> None:
    """The same dossier as YAML, as JSON and as a Python tree is the same clinic."""

    assert harbour == parse_clinic(json.dumps(TREE), "x.json") == clinic_from(TREE)


@given(st.integers(0, 1000))
def test_order_does_not_change_the_digest(seed: int) -> None:
    """However keys, records and statements are ordered, the digest is the same."""
    other = shuffled(TREE, random.Random(seed))  # noqa: S311 - any order will do

    assert clinic_digest(clinic_from(TREE)) == clinic_digest(clinic_from(other))


@pytest.mark.parametrize("name", ["reviews", "answers", "replies", "waivers", "products", "notices"])
def test_every_fact_counts_in_the_digest(name: str) -> None:
    """A dossier that says less has another digest."""
    less = {key: value for key, value in TREE.items() if key != name}

    assert clinic_digest(clinic_from(TREE)) != clinic_digest(clinic_from(less))


def test_sources_that_nobody_cites_do_not_count(harbour: Clinic) -> None:
    """A source to which nothing refers is no fact about the clinic."""
    more = {**TREE, "sources": {**TREE["sources"], "spare": {"kind": "claim", "who": "nobody"}}}

    assert clinic_digest(harbour) == clinic_digest(clinic_from(more))


def test_words_arrive_as_written(harbour: Clinic) -> None:
    """Zeros in front, a colon, and the country NO survive."""
    numbers = [each.number for each in harbour.practitioners[0].licences]

    assert ["0123456", "1:30", "007", "NO"] == [*numbers, harbour.products[1].lot, harbour.country]


def test_numbers_keep_their_digits(harbour: Clinic) -> None:
    """Numbers are exact decimals."""

    assert [Decimal("4.60"), Decimal("16.50")] == [harbour.ratings[0].mean, harbour.practitioners[0].training[0].hours]


@pytest.mark.parametrize("hours", ["0.1", "0.00001", "0.000000000001", "9999.999999999999", "10000", "0"])
def test_every_number_that_is_read_reads_back(hours: str) -> None:
    """Small and long numbers survive the plain tree."""
    tree = answered() | {
        "practitioners": [{"training": {"treatment": "mesotherapy", "hours": hours, "source": "visit"}}]
    }
    clinic = clinic_from(tree)

    assert clinic == clinic_from(plain(clinic))


def test_the_default_source_speaks_for_bare_answers_only(harbour: Clinic) -> None:
    """A bare answer is the default source's word; a record without a source is nobody's."""
    said = (harbour.answers["hygiene.single_use_sharps"][0], harbour.products[1].sealed[0])

    assert ["visit"] * 2 == [each.source.id for each in said]
    assert harbour.products[0].source is None


PRACTITIONER, PRODUCT = "practitioners[0].", "products[0]."
UNSOURCED: list[tuple[str, dict[str, Any]]] = [
    (PRACTITIONER + "licences", {"practitioners": [{"licences": {"authority": "REP"}}]}),
    (PRACTITIONER + "training", {"practitioners": [{"training": {"treatment": "mesotherapy"}}]}),
    (PRACTITIONER + "insurance", {"practitioners": [{"insurance": {"insurer": "Mutual"}}]}),
    (PRODUCT + "authorisation", {"products": [{"authorisation": {"authority": "EMA"}}]}),
    (PRODUCT + "supplier", {"products": [{"supplier": {"name": "Wholesale"}}]}),
    ("registrations[0]", {"registrations": [{"kind": "premises", "body": "CQC"}]}),
    ("notices[0]", {"notices": [{"by": "Council"}]}),
    ("sanctions[0]", {"sanctions": [{"by": "Board", "action": "fine"}]}),
]


@pytest.mark.parametrize(("path", "records"), UNSOURCED, ids=[path for path, _ in UNSOURCED])
def test_a_record_without_a_source_is_a_fault(path: str, records: dict[str, Any]) -> None:
    """The default source does not speak for it: who saw a record is written with it."""
    hint = "default_source speaks for bare answers only"
    assert faults(answered() | records) == [f"<data>: {path}.source: expected the id of a source, got nothing; {hint}"]


def test_a_person_or_a_product_without_a_source_says_nothing() -> None:
    """It is read, with no source of its own, whatever the default source."""
    clinic = clinic_from(answered() | {"practitioners": [{"name": "A"}], "products": [{"name": "P"}]})

    assert (clinic.practitioners[0].source, clinic.products[0].source) == (None, None)
    assert list(clinic.sources()) == []


@pytest.mark.parametrize(("word", "expected"), [("YES", True), ("True", True), ("No", False), ("FALSE", False)])
def test_yes_and_no_are_read_in_any_case(word: str, *, expected: bool) -> None:
    """As answers and in records; `true` and `false` are how some writers save them."""
    tree = answered(hygiene={"hands": word}) | {"practitioners": [{"injects": word}]}
    clinic = clinic_from(tree)

    assert clinic.practitioners[0].injects is expected
    assert clinic.answers["hygiene.hands"][0].answer is (Answer.YES if expected else Answer.NO)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"waivers": [{}] * 201}, "waivers: expected at most 200 items, got 201"),
        ({"clinic": {"id": "x", "treatments": ["t"] * 51}}, "clinic.treatments: expected at most 50 items, got 51"),
        ({"reviews": [{}] * 20_001}, "reviews: expected at most 20,000 items, got 20,001"),
        ({"answers": {"a": {"b": ["yes"] * 201}}}, "answers.a.b: expected at most 200 answers, got 201"),
    ],
)
def test_lists_have_their_limits(change: dict[str, Any], told: str) -> None:
    """One fault tells of a list that is too long, not one for each of its items."""
    assert faults(answered() | change) == [f"<data>: {told}"]


def test_lists_made_in_python_have_the_same_limits() -> None:
    """As many as a document may hold, and no more."""
    most = tuple(f"t{i}" for i in range(50))

    assert Clinic(id="x", treatments=most).treatments == most
    with pytest.raises(ValueError, match="'treatments' must be a tuple of at most 50 items"):
        Clinic(id="x", treatments=(*most, "t50"))


def test_blank_answers_are_absent(harbour: Clinic) -> None:
    """A question with nothing after its colon has not been answered."""

    assert "hygiene.sterile_field" not in harbour.answers


def test_a_pack_speaks_through_its_code(harbour: Clinic) -> None:
    """Lot and last day come from the GS1 code, or as they are written."""

    assert [("A17", dt.date(2027, 6, 30)), ("007", dt.date(2026, 12, 31))] == [
        (each.lot_in_use, each.last_day) for each in harbour.products
    ]


def test_replies_and_waivers_are_kept(harbour: Clinic) -> None:
    """The clinic's reply and the vetter's waiver are read as they stand."""
    reply = Reply(
        criterion="hygiene.hand_hygiene",
        by="clinic manager",
        on=dt.date(2026, 10, 20),
        text="A basin was fitted on 2026-10-15.",
    )
    waiver = Waiver(
        criterion="care.emergency_kit", reason="seen again next month", owner="our editor", until=dt.date(2026, 12, 31)
    )

    assert ((reply,), (waiver,)) == (harbour.replies, harbour.waivers)


def test_a_clinic_built_in_python_equals_the_one_that_is_read() -> None:
    """Python code and a dossier make the same clinic."""
    licence = Licence(authority="REP", number="01", status=LicenceStatus.ACTIVE, source=VISIT)
    built = Clinic(
        id="made-up",
        practitioners=(Practitioner(name="A", injects=True, licences=(licence,), source=VISIT),),
        answers={"hygiene.hands": [Statement(Answer.YES, VISIT), Statement(Answer.NO, VISIT, note="once")]},
    )
    tree = answered(hygiene={"hands": ["yes", {"answer": "no", "note": "once"}]})
    licences = {"authority": "REP", "number": "01", "status": "active", "source": "visit"}
    tree["practitioners"] = [{"name": "A", "injects": "yes", "licences": licences, "source": "visit"}]

    assert built == clinic_from(tree)
    assert clinic_digest(built) == clinic_digest(clinic_from(tree))


def test_criteria_whose_ids_could_be_split_twice_are_not_lost() -> None:
    """`a.b` with `c` and `a` with `b.c` do not silently displace each other."""
    tree = answered(**{"a.b": {"c": "yes"}, "a": {"b.c": "no"}})

    assert faults(tree) or len(clinic_from(tree).answers["a.b.c"]) == 2


def test_an_empty_list_of_answers_is_no_answer() -> None:
    """To list no statement is to say nothing."""

    assert clinic_digest(clinic_from(answered())) == clinic_digest(clinic_from(answered(hygiene={"hands": []})))


@pytest.mark.parametrize("key", ["", " ", "x" * 101, "a\0", "\ud800"])
def test_ids_of_sources_that_cannot_be(key: str) -> None:
    """An id that is empty, too long or no text is one fault."""
    tree = {"dossier": 1, "clinic": {"id": "x"}, "sources": {key: {"kind": "claim", "who": "x"}}}

    assert 1 == len(faults(tree))


@pytest.mark.parametrize("key", ["a\nb", "\x1b[31m", "\u2028"])
def test_messages_stay_on_one_line(key: str) -> None:
    """A key cannot break a message into lines or colour a terminal."""

    assert [True] == [each.isprintable() for each in faults(answered(**{key: {"x": "perhaps"}}))]


@given(st.sampled_from(places(TREE)), junk)
def test_any_change_is_read_or_refused(path: tuple[Any, ...], value: Any) -> None:
    """Whatever stands in whichever place, nothing but printable faults comes of it."""
    tree: Any = {"root": copy.deepcopy(TREE)}
    inner, last = tree, "root"
    for step in path:
        inner, last = inner[last], step
    inner[last] = value

    assert all(each.encode() for each in faults(tree["root"]))


def test_thousands_of_misspelt_sources_are_told_soon() -> None:
    """The time to name what is wrong does not grow with the square of a dossier's length."""
    tree = answered(hygiene={f"q{i}": {"answer": "yes", "source": f"b{i}"} for i in range(3000)})
    tree["sources"] |= {f"a{i}": {"kind": "claim", "who": "x"} for i in range(3000)}
    started = time.monotonic()

    assert 3000 == len(faults(tree))
    assert time.monotonic() - started < 5


def test_two_sources_with_one_id() -> None:
    """A clinic cannot have two different sources of the same id."""
    other = attrs.evolve(VISIT, who="someone else")
    with pytest.raises(ValueError, match="two different sources have the id 'visit'"):
        Clinic(id="x", answers={"a.b": [Statement(Answer.YES, VISIT), Statement(Answer.NO, other)]})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Clinic, {"id": ""}),
        (Clinic, {"id": 5}),
        (Clinic, {"id": "x", "country": "Norway"}),
        (Clinic, {"id": "x", "treatments": [5]}),
        (Clinic, {"id": "x", "treatments": "mesotherapy"}),
        (Clinic, {"id": "x", "practitioners": ["A"]}),
        (Clinic, {"id": "x", "answers": {"a.b": ["yes"]}}),
        (Clinic, {"id": "x", "answers": {5: Statement(Answer.YES, VISIT)}}),
        (Clinic, {"id": "x", "answers": [("a.b", Statement(Answer.YES, VISIT))]}),
        (Clinic, {"id": "x", "answers": None}),
        (Rating, {"platform": "P", "mean": 5.1, "count": 1}),
        (Rating, {"platform": "P", "mean": "many", "count": 1}),
        (Rating, {"platform": "P", "mean": float("nan"), "count": 1}),
        (Rating, {"platform": "P", "mean": True, "count": 1}),
        (Rating, {"platform": "P", "mean": 4, "count": 1.0}),
        (Review, {"platform": "P", "date": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}),
        (Review, {"platform": "P", "verified": "yes"}),
        (Training, {"treatment": "x", "hours": -1, "source": VISIT}),
        (Licence, {"authority": "x", "status": "active", "source": VISIT}),
        (Licence, {"authority": "x", "source": "visit"}),
        (Product, {"gs1": "05060000000016"}),
        (Product, {"gs1": "(17)270230"}),
        (Product, {"gs1": "(17)+1+1+1"}),
        (Product, {"gs1": "(17)27063"}),
        (Source, {"id": "x", "kind": "claim", "who": "x"}),
        (Statement, {"answer": "yes", "source": VISIT}),
        (Statement, {"answer": Answer.YES, "source": "visit"}),
        (Statement, {"answer": Answer.YES, "source": VISIT, "note": 5}),
        (Statement, {"answer": Answer.YES, "source": VISIT, "measured": (60, 50)}),
    ],
)
def test_values_that_do_not_fit(kind: type[Any], values: dict[str, Any]) -> None:
    """Wrong types, and numbers out of bounds, are refused when a value is made."""
    with pytest.raises(ValueError, match=r"\S"):
        kind(**values)


@pytest.mark.parametrize("change", ["clear", "popitem"])
def test_answers_cannot_be_changed(harbour: Clinic, change: str) -> None:
    """The answers of a clinic refuse every change."""
    before = dict(harbour.answers)
    with pytest.raises(TypeError, match="cannot be changed"):
        getattr(harbour.answers, change)()
    with pytest.raises(TypeError, match="cannot be changed"):
        harbour.answers["a.b"] = ()
    with pytest.raises(TypeError, match="cannot be changed"):
        harbour.answers.update({"a.b": ()})

    assert before == harbour.answers


def test_clinics_are_values(harbour: Clinic) -> None:
    """A clinic survives pickling and copying, and equal clinics have equal hashes."""
    same = [pickle.loads(pickle.dumps(harbour)), copy.deepcopy(harbour), load_clinic(HARBOUR)]  # noqa: S301 - our own

    assert [harbour] * 3 == same
    assert {harbour} == set(same)


def test_answering_adds_statements(harbour: Clinic) -> None:
    """More answers come after those that are there, and the clinic itself stays as it was."""
    visit = harbour.answers["care.informed_consent"][0].source
    more = Statement(Answer.YES, visit, note="seen again")
    answered_more = harbour.answering({"care.informed_consent": more, "care.new": [more]})
    old = harbour.answers["care.informed_consent"]

    assert {**harbour.answers, "care.informed_consent": (*old, more), "care.new": (more,)} == answered_more.answers
    assert load_clinic(HARBOUR) == harbour


def test_answering_checks_sources(harbour: Clinic) -> None:
    """A new answer by another source of a known id is refused."""
    with pytest.raises(ValueError, match="two different sources"):
        harbour.answering({"care.new": Statement(Answer.YES, CLAIM)})


def test_a_source_that_is_no_id_is_told() -> None:
    """A list stands where the id of a source is meant."""
    said = {"answers": {"care": {"aftercare": {"answer": "yes", "source": ["visit"]}}}}

    path = "answers.care.aftercare.source"
    assert faults(answered() | said) == [f"<data>: {path}: expected the id of a source, got a list"]


def test_sources_stand_within_what_a_statement_holds() -> None:
    """Whatever it holds: a record with a source of its own, or a text."""
    first, second = (Source(name, Kind.DOCUMENT, "a label") for name in ("a", "b"))
    entry = Licence(authority="GMC", status=LicenceStatus.ACTIVE, source=second)
    said = [Statement(Answer.YES, first, record=record) for record in (entry, "a carton", None)]

    assert [each.id for each in Clinic(id="a", products=(Product(sealed=tuple(said)),)).sources()] == [*"abaa"]


def test_the_digest_of_a_number_does_not_depend_on_those_before() -> None:
    """Two equal numbers that JSON has not are written as they were given."""
    stars = [Decimal(f"4.1000000000000000000{end}") for end in ("1", "10", "1")] + [Decimal("4.10"), Decimal("4.1")]
    clinics = [Clinic(id="a", reviews=(Review(platform="One", rating=each),)) for each in stars]

    digests = [clinic_digest(each) for each in clinics]

    assert digests == [digest(plain(each)) for each in clinics]
    assert digests[0] == digests[2] != digests[1]
    assert digests[3] == digests[4]
