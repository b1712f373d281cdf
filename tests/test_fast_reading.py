"""The fast reader against the slow one, which stays the only place where faults are told."""

from __future__ import annotations

import copy
import datetime as dt
import json
from decimal import Decimal
from typing import Any

import attrs
import pytest
from records import trees
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY

from clinic_vetting import (
    Clinic,
    InputError,
    clinic_digest,
    clinic_from,
    decode_clinic,
    document,
    load_criteria,
    parse_clinic,
    to_json,
    vet,
    vet_tree,
)
from clinic_vetting import clinic as clinic_module
from clinic_vetting.clinic import Answers
from clinic_vetting.dossier import read_clinic
from clinic_vetting.fast_reading import UNUSUAL, read_tree, readers
from clinic_vetting.fast_source import Doubt, Memo

AGREE = settings(max_examples=300, deadline=None)
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
ODD: tuple[Any, ...] = (
    None, "", " ", "\n", "a\0", "\ud800", "é", "\u2003", "yes", "true", "false", "no", "YES", "True", "Active",
    "5", "5.0", "12.00", "-0", "1e3", "0",
    "GB", "UK", "2026-02-30", "2026-2-3", "2026-11-01", "20261101", "gmc", "nobody", "a.b", "x" * 101, "x" * 301,
    "x" * 4001, "x" * 20_001, True, False, 0, 1, 5, 6, -1, 10**16, 10**400, 10**4000, 0.0, -0.0, 4.6, 5.0, 1e-9,
    float("nan"),
    float("inf"), Decimal("4.5"), dt.date(2026, 11, 1), dt.datetime(2026, 11, 1, tzinfo=dt.UTC), object, b"yes", {1},
    [], [None], [""], ["yes"], ["é"], [[]], {}, {"answer": "yes"}, {"answer": "yes", "note": "n"}, {"id": "a"},
    ("yes",),
    {"answer": "yes", "source": "visit", "nope": 1}, {"answer": True, "source": "visit"},
    [{"answer": "no"}] * 30, ["yes"] * 201, [{}] * 201,
    {1: "yes"}, {None: 1}, {"x" * 1001: 1}, "(01)0", "(17)260231", "active", "device", "register",
)  # fmt: skip


def slow(tree: Any) -> Clinic:
    """Read a tree by the slow reader alone."""
    return read_clinic(document.tree(tree, "<data>"))


def told(read: Any, tree: Any) -> Any:
    """Give the clinic in every letter, or the faults."""
    try:
        clinic = read(tree)
    except InputError as error:
        return str(error)
    return repr(clinic), clinic_digest(clinic), type(clinic)


def same(tree: Any) -> None:
    """Compare the two readers; only the tree's own errors may make the fast one doubt."""
    before = repr(tree)
    assert told(clinic_from, tree) == told(slow, tree)
    assert repr(tree) == before


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of everything within a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(each for key, value in inner for each in places(value, (*path, key)))]


def put(tree: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    """Change, drop or add something at a place."""
    if not path:
        return value
    tree = copy.deepcopy(tree)
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    if how == "drop":
        del holder[path[-1]]
    elif how == "add" and isinstance(holder, dict):
        holder["nope" if path[-1] == "name" else "name"] = value
    else:
        holder[path[-1]] = value
    return tree


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """Draw a tree with a few things wrong, or merely odd."""
    tree: Any = draw(st.one_of(st.just(FULL), trees()))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(tree)[1:] or [()]))
        tree = put(tree, path, draw(st.sampled_from(ODD)), draw(st.sampled_from(["change", "drop", "add"])))
    return tree


@AGREE
@given(trees())
def test_valid_trees_read_alike_and_fast(tree: dict[str, Any]) -> None:
    same(tree)
    same(json.loads(json.dumps(tree)))
    read_tree(tree)


@settings(max_examples=2000, deadline=None)
@given(changed())
def test_odd_and_faulty_trees_read_alike(tree: Any) -> None:
    same(tree)


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_every_odd_value_in_every_place(odd: int) -> None:
    for path in places(FULL):
        same(put(FULL, path, ODD[odd], "change"))


def test_every_place_dropped_or_beside_an_unknown_key() -> None:
    for path in places(FULL)[1:]:
        same(put(FULL, path, None, "drop"))
        same(put(FULL, path, "A", "add"))


def test_a_full_dossier_is_read_fast() -> None:
    """Nothing in it is unusual; so a change that makes the fast reader doubt everything is seen."""
    assert read_tree(FULL) == slow(FULL)
    assert read_tree({**FULL, "sources": "", "default_source": None, "practitioners": "", "products": None,
                      "registrations": [], "answers": "", "notices": None, "sanctions": None}).id == "a"  # fmt: skip


@pytest.mark.parametrize("most", [("practitioners", 41), ("products", 101), ("registrations", 201), ("reviews", 8001)])
def test_long_lists_are_counted_by_the_slow_reader(most: tuple[str, int]) -> None:
    name, count = most
    tree = {**FULL, name: FULL[name][:1] * count}
    with pytest.raises(UNUSUAL):
        read_tree(tree)
    read_tree({**FULL, name: FULL[name][:1] * (count - 1)})


def test_many_sources_and_answers_are_counted_by_the_slow_reader() -> None:
    source = FULL["sources"]["visit"]
    same({**FULL, "sources": {**FULL["sources"], **{f"s{i}": source for i in range(1100)}}})
    same({**FULL, "answers": {"a": {f"q{i}": "yes" for i in range(450)}}})


def test_memos_are_bounded_and_keep_zeros_apart() -> None:
    memo = Memo(str, {None: "nothing"}, most=3)
    assert [memo[each] for each in (1, 2, 3, 4, 0.0, -0.0, None)] == ["1", "2", "3", "4", "0.0", "-0.0", "nothing"]
    assert len(memo) <= 3


def test_the_readers_can_be_printed_and_doubt_is_no_error_of_ours() -> None:
    assert "def read_Licence(tree, sources, default, add):" in readers().text
    assert not issubclass(Doubt, ValueError)


@settings(max_examples=150, deadline=None)
@given(trees(), st.integers(-400, 40))
def test_a_verdict_of_a_tree_is_that_of_its_clinic(tree: dict[str, Any], later: int) -> None:
    """In every byte of the report, too."""
    day, criteria = TODAY + dt.timedelta(days=later), load_criteria()
    expected, actual = vet(slow(tree), criteria, as_of=day), vet_tree(tree, criteria, as_of=day)
    assert (actual.band, actual.sums, actual.beliefs) == (expected.band, expected.sums, expected.beliefs)
    assert to_json(actual) == to_json(expected)
    assert actual.clinic == expected.clinic


def by_bytes(read: Any, data: bytes) -> Any:
    return told(read, data)


@settings(max_examples=300, deadline=None)
@given(changed())
def test_bytes_are_read_alike(tree: Any) -> None:
    try:
        data = json.dumps(tree).encode()
    except (TypeError, ValueError):
        return
    assert by_bytes(decode_clinic, data) == by_bytes(parse_clinic, data)


@pytest.mark.parametrize(
    "inner",
    [
        '"id":"a","id":"b"', '"id" :"a","id":"b"', '"id":"a\\":","id":"b"', '"id":1.50', '"id":-0', '"id": 1e2',
        '"id":"a :b"', '"id":"a","id" :"a"', '"id":"\\ud800"', '"id":100000000000000000000000',
        '"id":"a"}}', '"id":NaN', '"id":""', '"id":"a","name":""', '"id":"a","country":"UK"',
    ],
)  # fmt: skip
def test_what_only_the_bytes_show(inner: str) -> None:
    """Keys written twice are told, and numbers stay as they were written."""
    data = f'{{"dossier":1,"clinic":{{{inner}}}}}'.encode()
    assert by_bytes(decode_clinic, data) == by_bytes(parse_clinic, data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b'\xef\xbb\xbf{"dossier":1,"clinic":{"id":"a"}}',
        b'{"dossier":1,"clinic":{"id":"\xff"}}', b'{"dossier":1,"clinic":{"id":"a"}} x', b"dossier: 1\nclinic: {id: a}",
    ],
)  # fmt: skip
def test_bytes_that_are_no_plain_json_are_read_alike(data: bytes) -> None:
    assert by_bytes(decode_clinic, data) == by_bytes(parse_clinic, data)


def test_records_do_not_speak_by_the_default_source_and_answers_do() -> None:
    bare = {**FULL, "answers": {"care": {"follow_up": "yes", "aftercare_written": [{"answer": "no"}, "partly"]}}}
    assert {each.source.id for said in read_tree(bare).answers.values() for each in said} == {"visit"}
    for path in places(FULL):
        if path[-1:] == ("source",):
            same(put(FULL, path, None, "drop"))
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


@pytest.mark.parametrize("name", ["registrations", "notices", "sanctions", "ratings", "replies", "waivers"])
def test_lists_end_where_their_shapes_say(name: str) -> None:
    most = attrs.fields_dict(Clinic)[name].metadata["shape"].most
    same({**FULL, name: FULL[name][:1] * most})
    same({**FULL, name: FULL[name][:1] * (most + 1)})
    with pytest.raises(InputError, match="at most"):
        clinic_from({**FULL, name: FULL[name][:1] * (most + 1)})


def test_only_classes_whose_own_checks_are_known_are_made_without_them() -> None:
    """The fast reader makes records past `__init__`; a class that checks more than its shapes has to be looked at."""
    checking = {name for name, each in vars(clinic_module).items() if hasattr(each, "__attrs_post_init__")}
    assert checking == {"Clinic", "Statement"}
