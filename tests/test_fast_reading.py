"""The fast readers against the slow one, which stays the only place where faults are told."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import gc
import json
import pickle
import subprocess
import sys
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import pytest
from drawn import at_most
from hypothesis import given, settings
from hypothesis import strategies as st
from records import trees
from strategies import TODAY

from clinic_vetting import (
    Answer,
    Clinic,
    InputError,
    Source,
    Statement,
    clinic_digest,
    clinic_from,
    decode_clinic,
    decoding,
    document,
    load_criteria,
    parse_clinic,
    quick,
    shapes,
    to_json,
    vet,
    vet_json,
    vet_many,
    vet_tree,
)
from clinic_vetting.clinic import Answers
from clinic_vetting.dossier import read_clinic
from clinic_vetting.fast_reading import (
    IDENTITY,
    RECORDS,
    UNUSUAL,
    Doubt,
    made_of,
    read_json,
    read_tree,
    readers,
    tree_draft,
)
from clinic_vetting.fast_reading.compiled import KINDS
from clinic_vetting.fast_reading.limits import ANSWERS, FEW, SOURCES, most_of
from clinic_vetting.fast_reading.memo import Memo
from clinic_vetting.worth import worth_of

CASES = settings().max_examples
AGREE = settings(max_examples=8 * CASES)
STRIDE = max(1, 150 // CASES)
"""Of all places, how many are left out by each odd value, each time others; none in a thorough run."""


class Word(str):
    """A text of another class."""

    __slots__ = ()


class Whole(int):
    """A whole number of another class."""


class Stars(enum.IntEnum):
    FIVE = 5


class Point(float):
    """A number of another class."""


FULL: dict[str, Any] = {
    "dossier": 1,
    "default_source": "visit",
    "clinic": {"id": "a", "name": "A", "country": "GB", "region": "GB-ENG", "treatments": ["mesotherapy", "é"]},
    "sources": {
        "gmc": {"kind": "register", "who": "GMC", "seen": "2026-11-01", "url": "https://example.org"},
        "visit": {"kind": "observation", "who": "editor"},
    },
    "practitioners": [
        {
            "name": "A", "role": "physician", "injects": True, "source": "visit",
            "licences": {
                "authority": "GMC", "number": 7012345, "status": "active", "expires": "2027-01-01", "source": "gmc",
            },
            "training": [
                {"treatment": "mesotherapy", "provider": "B", "hours": 16.5, "completed": "2024-05-01", "source": "gmc"}
            ],
            "insurance": [{"insurer": "B", "covers": ["mesotherapy"], "expires": "2027-01-01", "source": "visit"}],
        }
    ],
    "products": [
        {
            "name": "A", "maker": "B", "treatment": "mesotherapy", "kind": "device", "lot": "A1", "sealed": "yes",
            "authorisation": {
                "authority": "MHRA", "number": "1", "country": "GB", "status": "authorised", "source": "gmc",
            },
            "supplier": {"name": "B", "authorised": "yes", "source": "gmc"},
            "gs1": "(10)A1", "expires": "2027-06-30", "source": "visit",
        }
    ],
    "registrations": [
        {"kind": "premises", "body": "CQC", "number": "1", "status": "registered", "source": "gmc",
         "expires": "2027-01-01"}
    ],
    "notices": [
        {"by": "CQC", "kind": "warning", "about": "sinks", "issued": "2026-01-01", "lifted": "2026-02-01",
         "source": "gmc"}
    ],
    "sanctions": [
        {"by": "GMC", "action": "fine", "practitioner": "A", "decided": "2026-01-01", "ended": "2026-02-01",
         "source": "gmc"}
    ],
    "ratings": [{"platform": "Google", "mean": 4.6, "count": 12, "seen": "2026-10-01", "independent": False}],
    "reviews": [
        {"platform": "Google", "rating": 5, "date": "2026-10-01", "verified": True, "author": "r", "text": "Good.\n"},
        {"platform": "Other", "rating": "4.5", "date": "2026-10-02", "independent": "no"},
    ],
    "replies": [{"criterion": "hygiene.hand_hygiene", "by": "manager", "on": "2026-10-01", "text": "Fitted."}],
    "waivers": [
        {"criterion": "care.follow_up", "reason": "r", "owner": "o", "until": "2027-01-01", "since": "2026-01-01"}
    ],
    "answers": {
        "hygiene": {"hand_hygiene": "yes", "sharps_waste": [{"answer": "no", "source": "visit", "note": "n"}, "no"]},
        "care": {
            "follow_up": {"answer": "yes", "source": "visit"}, "aftercare_written": {"answer": "yes", "source": "visit"}
        },
    },
}  # fmt: skip
BARE: dict[str, Any] = {"dossier": 1, "clinic": {"id": "a"}}
ODD: tuple[Any, ...] = (
    None, "", " ", "\n", "a\0", "\ud800", "é", "\u2003", "yes", "true", "false", "no", "YES", "True", "Active",
    "5", "5.0", "12.00", "-0", "1e3", "0", " 5", "\u0665",
    "GB", "UK", "gb", "2026-02-30", "2026-2-3", "2026-11-01", "20261101", "2026-11-01\n", "gmc", "nobody", "a.b", "a:b",
    "x" * 100, "x" * 101, "x" * 301, "x" * 4001, "x" * 20_001, True, False, 0, 1, 5, 6, -1, 10**15, 10**16, 10**400,
    10**4000,
    10**5000, 0.0, -0.0, 4.6, 5.0, 1.0, 1e-9, 1e16, 1e22, float("nan"), float("inf"),
    Decimal("4.5"), dt.date(2026, 11, 1), dt.datetime(2026, 11, 1, tzinfo=dt.UTC), object, b"yes", {1},
    Word("yes"), Word("gmc"), Word(""), Answer.YES, Whole(5), Stars.FIVE, Point(4.5), OrderedDict(answer="yes"),
    [], [None], [""], ["yes"], ["é"], [[]], [[["yes"]]], {}, {"answer": "yes"}, {"answer": "yes", "note": "n"},
    {"id": "a"},
    ("yes",), ({"answer": "yes", "source": "gmc"},), [Word("yes")],
    {"answer": "yes", "source": "visit", "nope": 1}, {"answer": True, "source": "visit"},
    {Word("answer"): "yes", Word("source"): "visit"}, {"answer": "yes", "source": None},
    {"answer": None, "source": "gmc"},
    [{"answer": "no"}] * 30, ["yes"] * 24, ["yes"] * 25, ["yes"] * 201, [{}] * 201,
    {1: "yes"}, {None: 1}, {True: "yes"}, {("a",): 1}, {"x" * 1001: 1}, {"": "yes"}, {"a b": {"c": "yes"}},
    "(01)0", "(17)260231", "active", "device", "register",
)  # fmt: skip


def slow(tree: Any) -> Clinic:
    """Read a tree by the slow reader alone."""
    return read_clinic(document.tree(tree, "<data>"))


def slow_text(data: bytes) -> Clinic:
    """Read JSON by the slow reader alone."""
    return read_clinic(document.parse(data, "<text>"))


def told(read: Any, given: Any) -> Any:
    """Give the clinic in every letter, or the faults."""
    try:
        clinic = read(given)
    except InputError as error:
        return error.faults
    return repr(clinic), clinic_digest(clinic), type(clinic)


def taken(tree: Any) -> bool:
    """Say whether the fast reader takes a tree."""
    try:
        read_tree(tree)
    except UNUSUAL:
        return False
    return True


def drafted(tree: Any) -> Clinic:
    """Read a draft, and then its clinic."""
    return made_of(tree_draft(tree, frozen=False))


def by_structs(tree: Any) -> Clinic:
    """Read a tree's JSON by msgspec alone."""
    decode = decoding.decoder()
    if decode is None:
        pytest.skip("needs the extra clinic-vetting[msgspec]")
    return made_of(decode(json.dumps(tree).encode(), frozen=False))


def differs(tree: Any) -> bool:
    """Say whether the fast reader takes a tree and makes something else of it than the slow one."""
    return taken(tree) and not told(read_tree, tree) == told(drafted, tree) == told(slow, tree)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of everything within a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(each for key, value in inner for each in places(value, (*path, key)))]


def put(tree: Any, path: tuple[Any, ...], value: Any, how: str = "change") -> Any:
    """Change, drop or add something at a place."""
    if not path:
        return value
    tree = copy.copy(tree)
    if len(path) > 1:
        tree[path[0]] = put(tree[path[0]], path[1:], value, how)
    elif how == "drop":
        del tree[path[0]]
    elif how == "add" and isinstance(tree, dict):
        tree["nope" if path[0] == "name" else "name"] = value
    else:
        tree[path[0]] = value
    return tree


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """Draw a tree with a few things wrong, or merely odd."""
    tree: Any = draw(st.one_of(st.just(FULL), trees()))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(tree)[1:] or [()]))
        tree = put(tree, path, draw(st.sampled_from(ODD)), draw(st.sampled_from(["change", "drop", "add"])))
    return tree


@given(trees())
def test_valid_trees_read_alike_and_fast(tree: dict[str, Any]) -> None:
    before = repr(tree)
    assert told(read_tree, tree) == told(slow, tree)
    assert told(read_tree, json.loads(json.dumps(tree))) == told(slow, tree)
    assert repr(tree) == before


@AGREE
@given(changed())
def test_odd_and_faulty_trees_read_alike(tree: Any) -> None:
    """The fast reader takes nothing that the slow one refuses, and both make the same of it."""
    assert told(clinic_from, tree) == told(slow, tree)


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_every_odd_value_in_every_place(odd: int) -> None:
    assert [path for path in places(FULL)[odd % STRIDE :: STRIDE] if differs(put(FULL, path, ODD[odd]))] == []


def test_every_place_dropped_or_beside_an_unknown_key() -> None:
    known = places(FULL)[1:]
    assert [path for path in known if differs(put(FULL, path, None, "drop"))] == []
    assert [path for path in known if differs(put(FULL, path, "A", "add"))] == []
    assert not any(
        taken(put(FULL, (*path, "name"), "A", "add")) for path in [("clinic",), ("reviews", 0), ("answers",)]
    )


def test_a_full_dossier_is_read_fast() -> None:
    """Nothing in it is unusual; so a change that makes the fast reader doubt everything is seen."""
    assert read_tree(FULL) == slow(FULL)
    assert read_json(json.dumps(FULL)) == slow(FULL)
    assert read_tree({**FULL, "sources": "", "default_source": None, "practitioners": "", "products": None,
                      "registrations": [], "answers": "", "notices": None, "sanctions": None}).id == "a"  # fmt: skip


@pytest.mark.parametrize("odd", [True, False, 7, 1.5, "x" * 100])
def test_numbers_and_truth_values_are_text_where_text_is_asked_and_read_fast(odd: Any) -> None:
    tree = put(put(FULL, ("clinic", "name"), odd), ("clinic", "treatments"), "mesotherapy")
    assert taken(tree)
    assert told(read_tree, tree) == told(slow, tree)


def test_the_faults_of_a_tree_are_all_told_whoever_reads_it() -> None:
    tree = put(put(put(FULL, ("clinic", "country"), "UK"), ("reviews", 0, "rating"), 9), ("nope",), 1)
    with pytest.raises(InputError) as found:
        vet_tree(tree, load_criteria(), as_of=TODAY)
    assert [each.path for each in found.value.faults] == ["nope", "clinic.country", "reviews[0].rating"]
    (refused,) = vet_many([tree], load_criteria(), as_of=TODAY)
    assert isinstance(refused, InputError)
    assert [(each.path, each.expected) for each in refused.faults] == [
        (each.path, each.expected) for each in found.value.faults
    ]


def largest(shape: Any, name: str) -> Any:
    """Make the most values that are read fast by one shape."""
    if hasattr(shape, "statement") or hasattr(shape, "item"):
        record = getattr(shape, "statement", None) or getattr(shape.item, "kind", None)
        most = most_of(name, shape) if isinstance(shape, shapes.Many) else FEW
        return [largest_record(record) if record else "a"] * most
    return largest_record(shape.kind) if isinstance(shape, shapes.Record) else "a"


def largest_record(kind: Any) -> dict[str, Any]:
    return {each.name: largest(each.metadata["shape"], "") for each in attrs.fields(kind) if "shape" in each.metadata}


def counted(tree: Any) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(counted, inner))


def test_no_document_read_fast_has_too_many_values() -> None:
    """The slow reader counts values; the fast one need not, as its lists are short enough."""
    fields = attrs.fields_dict(Clinic)
    tree = {name: largest(fields[name].metadata["shape"], name) for name in (*IDENTITY, *RECORDS)}
    statement, source = (largest_record(each) for each in (Statement, Source))
    beside = [*[[statement] * FEW] * ANSWERS, *[{}] * ANSWERS, *[source] * SOURCES]
    assert 100_000 < counted(tree) + counted(beside) < document.MAX_NODES


@pytest.mark.parametrize("most", [("practitioners", 41), ("products", 101), ("registrations", 201), ("reviews", 8001)])
def test_long_lists_are_counted_by_the_slow_reader(most: tuple[str, int]) -> None:
    name, count = most
    tree = {**FULL, name: FULL[name][:1] * count}
    with pytest.raises(UNUSUAL):
        read_tree(tree)
    assert len(getattr(read_tree({**FULL, name: FULL[name][:1] * (count - 1)}), name)) == count - 1


@pytest.mark.parametrize(("name", "most"), [("platform", 200), ("author", 300), ("text", 20_000)])
def test_reviews_hold_texts_as_long_as_their_shapes_say(name: str, most: int) -> None:
    assert taken({**FULL, "reviews": [{**FULL["reviews"][0], name: "x" * most}]})
    assert not taken({**FULL, "reviews": [{**FULL["reviews"][0], name: "x" * (most + 1)}]})


@pytest.mark.parametrize("read", [read_tree, lambda tree: read_json(json.dumps(tree)), by_structs])
@pytest.mark.parametrize("key", ["a b", "a.b", "", "a\tb", "x" * 101])
def test_keys_of_empty_answers_are_keys_too(key: str, read: Any) -> None:
    with pytest.raises(UNUSUAL):
        read({**BARE, "answers": {"care": {key: []}}})
    with pytest.raises(UNUSUAL):
        read({**BARE, "answers": {key: {}}})


@pytest.mark.parametrize("read", [read_tree, lambda tree: read_json(json.dumps(tree)), by_structs])
@pytest.mark.parametrize("many", [{"care": {f"c{i}": [] for i in range(501)}}, {f"c{i}": {} for i in range(501)}])
def test_empty_answers_are_counted_by_the_slow_reader(many: Any, read: Any) -> None:
    with pytest.raises(UNUSUAL):
        read({**BARE, "answers": many})
    assert not read({**BARE, "answers": {"care": {f"c{i}": [] for i in range(400)}}}).answers


def test_many_sources_and_answers_are_counted_by_the_slow_reader() -> None:
    source = FULL["sources"]["visit"]
    assert not taken({**FULL, "sources": {**FULL["sources"], **{f"s{i}": source for i in range(1100)}}})
    assert not taken({**FULL, "answers": {"a": {f"q{i}": "yes" for i in range(450)}}})
    assert taken({**FULL, "answers": {"a": {f"q{i}": "yes" for i in range(400)}}})


@pytest.mark.parametrize("odd", [1, None, True, ("a",), Word("a"), "a b", "a.b", ""])
def test_keys_of_answers_are_texts_without_dots_and_spaces(odd: Any) -> None:
    for answers in ({odd: {"b": "yes"}}, {"a": {odd: "yes"}}, {"a": {"b": "yes"}}, {"a": "yes"}):
        assert not differs({**FULL, "answers": answers})


def test_memos_are_bounded_and_keep_zeros_apart() -> None:
    memo = Memo(str, {None: "nothing"}, most=3)
    assert [memo[each] for each in (1, 2, 3, 4, 0.0, -0.0, None)] == ["1", "2", "3", "4", "0.0", "-0.0", "nothing"]
    assert len(memo) <= 3


def test_the_readers_can_be_printed_and_doubt_is_no_error_of_ours() -> None:
    assert "def read_Licence(tree, sources, default, texts, trees):" in readers(frozen=True).text
    assert not issubclass(Doubt, ValueError)


@given(trees(), st.integers(-400, 40))
def test_a_verdict_of_a_tree_is_that_of_its_clinic(tree: dict[str, Any], later: int) -> None:
    """In every byte of the report, too."""
    day, criteria = TODAY + dt.timedelta(days=later), load_criteria()
    expected, actual = vet(slow(tree), criteria, as_of=day), vet_tree(tree, criteria, as_of=day)
    assert (actual.band, actual.sums, actual.beliefs) == (expected.band, expected.sums, expected.beliefs)
    assert to_json(actual) == to_json(expected)
    assert actual.clinic == expected.clinic


@at_most(30)
@given(trees(), st.integers(-400, 40))
def test_a_tree_is_scored_first_as_it_is_later(tree: dict[str, Any], later: int) -> None:
    """Before anything else of that day has been looked up."""
    day, criteria = TODAY + dt.timedelta(days=later), load_criteria()
    quick._sight.cache_clear()  # noqa: SLF001
    worth_of.cache_clear()
    first = vet_tree(tree, criteria, as_of=day)
    expected = vet(slow(tree), criteria, as_of=day)
    assert (first.band, first.sums, first.beliefs) == (expected.band, expected.sums, expected.beliefs)


THREADS = """
import sys, threading
sys.setswitchinterval(1e-6)
from clinic_vetting import decode_clinic, load_criteria, vet_json, vet_tree
import datetime, json
tree, criteria, told, begin = json.loads(sys.argv[1]), load_criteria(), [], threading.Barrier(8)
def score(turn):
    begin.wait()
    try:
        for _ in range(3):
            told.append(vet_tree(tree, criteria, as_of=datetime.date(2026, 11, 1)).clinic.id)
            told.append(vet_json(json.dumps(tree), criteria, as_of=datetime.date(2026, 11, 1)).clinic.id)
    except BaseException as error:
        told.append(repr(error))
threads = [threading.Thread(target=score, args=[turn]) for turn in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(*sorted(set(told)), len(told))
"""


def test_threads_that_begin_together_get_the_same_readers() -> None:
    command = [sys.executable, "-c", THREADS, json.dumps({**FULL, "waivers": []})]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert told.stdout == "a 48\n"


@pytest.mark.parametrize(
    "read", [parse_clinic, decode_clinic, lambda data: vet_json(data, load_criteria(), as_of=TODAY)]
)
@pytest.mark.parametrize("data", [bytearray(b'{"dossier":1,"clinic":{"id":"a"}}'), memoryview(b"{}"), None, 5])
def test_what_is_no_text_is_told(read: Any, data: Any) -> None:
    with pytest.raises(TypeError, match=f"a document is str or bytes, got a {type(data).__name__}"):
        read(data)


def test_a_text_of_a_class_of_ones_own_is_text() -> None:
    text = Word(json.dumps(BARE))
    assert vet_json(text, load_criteria(), as_of=TODAY).clinic == parse_clinic(text) == slow(BARE)


def test_faults_come_without_the_doubts_of_fast_readers() -> None:
    for read in (clinic_from, lambda tree: vet_tree(tree, load_criteria(), as_of=TODAY)):
        with pytest.raises(InputError) as found:
            read({"dossier": 1, "clinic": {}})
        assert found.value.__context__ is None


def test_records_do_not_speak_by_the_default_source_and_answers_do() -> None:
    bare = {**FULL, "answers": {"care": {"follow_up": "yes", "aftercare_written": [{"answer": "no"}, "partly"]}}}
    assert {each.source.id for said in read_tree(bare).answers.values() for each in said} == {"visit"}
    sourced = [path for path in places(FULL) if path[-1:] == ("source",)]
    assert [path for path in sourced if differs(put(FULL, path, None, "drop"))] == []
    with pytest.raises(InputError, match="source"):
        clinic_from(put(FULL, ("notices", 0, "source"), None, "drop"))
    with pytest.raises(InputError, match="source"):
        vet_tree(put(FULL, ("notices", 0, "source"), None, "drop"), load_criteria(), as_of=TODAY)


def test_what_is_read_fast_is_as_frozen_as_any() -> None:
    clinic = read_tree({**FULL, "answers": {"care": {"follow_up": [], "aftercare_written": ["yes"]}}})
    assert type(clinic.answers) is Answers
    assert list(clinic.answers) == ["care.aftercare_written"]
    assert hash(clinic) == hash(slow({**FULL, "answers": {"care": {"aftercare_written": ["yes"]}}}))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        clinic.id = "b"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        clinic.reviews[0].text = "b"  # type: ignore[misc]


def made_frozen() -> int:
    """Count the records, sources, statements and clinics that there are."""
    gc.collect()
    kinds = {*KINDS, Clinic}
    return sum(type(each) in kinds for each in gc.get_objects())


@pytest.mark.parametrize("score", [vet_tree, lambda tree, *set_, as_of: vet_json(json.dumps(tree), *set_, as_of=as_of)])
def test_a_score_freezes_nothing_before_its_clinic_is_read(score: Any) -> None:
    tree, criteria = {**FULL, "waivers": []}, load_criteria()
    score(tree, criteria, as_of=TODAY)
    before = made_frozen()
    verdict = score(tree, criteria, as_of=TODAY)
    assert made_frozen() == before
    assert verdict.clinic == slow(tree)
    assert verdict.clinic is verdict.clinic
    assert made_frozen() > before


def test_a_verdict_can_be_copied_and_sent_before_its_clinic_is_read() -> None:
    tree = {**FULL, "waivers": []}
    verdict = vet_tree(tree, load_criteria(), as_of=TODAY)
    sent, twin = pickle.loads(pickle.dumps(verdict)), copy.copy(verdict)  # noqa: S301 - our own
    assert to_json(sent) == to_json(twin) == to_json(vet(slow(tree), load_criteria(), as_of=TODAY))
    assert sent.clinic == slow(tree)


def test_a_clinic_read_by_many_at_once_is_one() -> None:
    for _ in range(20):
        verdict = vet_tree({**FULL, "waivers": []}, load_criteria(), as_of=TODAY)
        with ThreadPoolExecutor(8) as pool:
            read = list(pool.map(lambda _, of=verdict: of.clinic, range(8)))
        assert {id(each) for each in read} == {id(verdict.clinic)}
        assert read[0] == slow({**FULL, "waivers": []})


def test_what_is_read_from_a_tree_no_longer_hangs_on_it() -> None:
    tree = copy.deepcopy(FULL)
    verdict = vet_tree(tree, load_criteria(), as_of=TODAY)
    tree["practitioners"][0]["licences"].clear()
    tree["clinic"]["treatments"].clear()
    tree["reviews"].clear()
    tree["answers"]["hygiene"]["sharps_waste"].clear()
    assert verdict.clinic == slow(FULL)


@pytest.mark.parametrize("name", ["registrations", "notices", "sanctions", "ratings", "replies", "waivers"])
def test_lists_end_where_their_shapes_say(name: str) -> None:
    most = attrs.fields_dict(Clinic)[name].metadata["shape"].most
    assert taken({**FULL, name: FULL[name][:1] * most})
    with pytest.raises(InputError, match="at most"):
        clinic_from({**FULL, name: FULL[name][:1] * (most + 1)})


def test_only_classes_whose_own_checks_are_known_are_made_without_them() -> None:
    """The fast reader makes records past `__init__`; a class that checks more than its shapes has to be looked at."""
    made = (*KINDS, Clinic)
    checking = {each.__name__ for each in made if hasattr(each, "__attrs_post_init__")}
    assert checking == {"Clinic", "Source", "Statement", "Notice", "Sanction", "Waiver"}
    assert {each.__name__ for each in made if hasattr(each, "ORDER")} == {"Notice", "Sanction", "Waiver"}
