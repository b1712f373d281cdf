"""Statements, how far each is believed, and how several are weighed."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pytest

from clinic_vetting import (
    Answer,
    Belief,
    Clinic,
    Evidence,
    Kind,
    Outcome,
    Source,
    Span,
    Statement,
    Strength,
    clinic_from,
    load_criteria,
    plain,
)
from clinic_vetting.evidence import Fresh, Ruling, Scale, freshness

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 11, 22)
SHIPPED = load_criteria().beliefs
TEN_YEARS = Span.parse("10 years")
Said: TypeAlias = tuple[str, str, str | None]
"""An answer, a kind of source, and when it was seen."""


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def said(what: Said, name: str | None = None, **more: Any) -> Statement:
    answer, kind, seen = what
    source = Source(name or f"{answer}-{kind}-{seen}", Kind(kind), "who", day(seen))
    return Statement(Answer(answer), source, **more)


def believing(kind: str, strength: int) -> Evidence:
    """Give the shipped strengths, with one kind of source believed so far."""
    return attrs.evolve(SHIPPED, strengths=SHIPPED.strengths | {Kind(kind): Strength(strength, strength)})


def ruled(
    *statements: Statement, fresh_for: Span = TEN_YEARS, as_of: dt.date = TODAY, evidence: Evidence = SHIPPED
) -> Ruling:
    return Scale(evidence, fresh_for, as_of).rule(statements)


def belief(
    *statements: Statement, fresh_for: Span = TEN_YEARS, as_of: dt.date = TODAY, evidence: Evidence = SHIPPED
) -> tuple[int, int] | None:
    return ruled(*statements, fresh_for=fresh_for, as_of=as_of, evidence=evidence).belief


# --- Strengths ---


@pytest.mark.parametrize(
    ("kind", "yes", "partly", "no"),
    [
        ("register", 100, 100, 100),
        ("inspection", 100, 100, 100),
        ("document", 80, 80, 80),
        ("observation", 80, 80, 80),
        ("patient", 40, 40, 40),
        ("claim", 40, 40, 80),
    ],
)
def test_the_kind_of_source_decides_how_far_it_is_believed(kind: str, yes: int, partly: int, no: int) -> None:
    """A claim against its own interest is believed more; `partly` and `not_applicable` take the lower."""
    expected = (yes, partly, partly, no)

    answers = ("yes", "partly", "not_applicable", "no")
    actual = tuple(SHIPPED.strength(said((answer, kind, "2026-11-22"))) for answer in answers)

    assert expected == actual


@pytest.mark.parametrize(
    ("kind", "yes", "partly", "no"),
    [
        ("register", 50, 50, 40),
        ("inspection", 50, 50, 40),
        ("document", 40, 40, 40),
        ("observation", 40, 40, 40),
        ("patient", 20, 20, 20),
        ("claim", 20, 20, 40),
    ],
)
def test_an_undated_statement_has_half_its_strength(kind: str, yes: int, partly: int, no: int) -> None:
    """An undated `no` has at most 40, so that undated words alone never make a failure."""
    expected = (yes, partly, partly, no)

    answers = ("yes", "partly", "not_applicable", "no")
    actual = tuple(SHIPPED.strength(said((answer, kind, None))) for answer in answers)

    assert expected == actual


@pytest.mark.parametrize(("for_", "against", "expected"), [(55, 45, (27, 22, 22)), (1, 99, (0, 0, 40))])
def test_halves_are_rounded_down(for_: int, against: int, expected: tuple[int, int, int]) -> None:
    """Strengths are whole hundredths."""
    evidence = Evidence(dict.fromkeys(Kind, Strength(for_, against)), Span(12))

    actual = tuple(evidence.strength(said((answer, "patient", None))) for answer in ("yes", "partly", "no"))

    assert expected == actual


def test_undated_words_alone_never_make_a_failure() -> None:
    """Whoever says it, an undated `no` leaves the question doubted, at most."""
    expected = {Outcome.DOUBTED, Outcome.WEAK}

    actual = {Belief(*(belief(said(("no", kind, None))) or (0, 0))).outcome for kind in Kind}

    assert expected == actual


# --- What one statement comes to ---


@pytest.mark.parametrize(
    ("answer", "strength", "expected"),
    [
        ("yes", 80, (80, 0)),
        ("no", 80, (0, 80)),
        ("partly", 80, (40, 40)),
        ("partly", 45, (22, 23)),
        ("partly", 1, (0, 1)),
        ("partly", 0, (0, 0)),
        ("yes", 0, (0, 0)),
        ("no", 0, (0, 0)),
        ("not_applicable", 100, None),
    ],
)
def test_an_answer_alone(answer: str, strength: int, expected: tuple[int, int] | None) -> None:
    """`partly` is half each, the odd hundredth against."""
    actual = belief(said((answer, "inspection", "2026-11-22")), evidence=believing("inspection", strength))

    assert expected == actual


MEASURED = [(60, 0), (0, 60), (45, 15), (61, 2), (22, 13), (1, 2), (0, 0), (99, 1), (100, 0), (0, 100)]


@pytest.mark.parametrize("measured", MEASURED)
@pytest.mark.parametrize(("answer", "kind"), [("yes", "patient"), ("partly", "register"), ("no", "claim")])
def test_a_measure_with_a_scale_says_what_it_comes_to(answer: str, kind: str, measured: tuple[int, int]) -> None:
    """Whatever its word, and however far its kind of source is believed."""
    expected = Belief(*measured)

    actual = belief(said((answer, kind, "2026-11-22"), measured=measured))

    assert expected == actual


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ((60, 0), (30, 0)),
        ((61, 3), (30, 1)),
        ((45, 15), (22, 7)),
        ((1, 1), (0, 0)),
        ((0, 79), (0, 39)),
        ((0, 80), (0, 40)),
        ((0, 100), (0, 40)),
        ((10, 90), (5, 40)),
        ((100, 0), (50, 0)),
    ],
)
@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_an_undated_measure_with_a_scale_is_halved(
    answer: str, measured: tuple[int, int], expected: tuple[int, int]
) -> None:
    """Each part, rounded down, and at most 40 against, as for undated words."""
    actual = belief(said((answer, "patient", None), measured=measured))

    assert expected == actual


@pytest.mark.parametrize(("measured", "expected"), [((61, 2), 63), ((45, 15), 60), ((0, 0), 0), ((0, 100), 100)])
def test_the_strength_of_a_measure_with_a_scale_is_both_parts(measured: tuple[int, int], expected: int) -> None:
    """Not that of its kind."""
    actual = SHIPPED.strength(said(("partly", "register", "2026-11-22"), measured=measured))

    assert expected == actual


@pytest.mark.parametrize(
    ("measured", "answer", "expected"),
    [
        ((60, 0), "partly", False),
        ((60, 0), "no", False),
        ((59, 1), "yes", True),
        ((0, 60), "yes", True),
        ((0, 0), "no", False),
        (None, "yes", False),
        (None, "partly", True),
        (None, "no", True),
        (None, "not_applicable", False),
    ],
)
def test_a_measured_statement_speaks_against_where_it_fails_something(
    measured: tuple[int, int] | None, answer: str, *, expected: bool
) -> None:
    """What it measured says more than the word."""
    actual = said((answer, "patient", "2026-11-22"), measured=measured).against

    assert expected == actual


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        ((50, 0), (0, 49), (50, 0)),
        ((50, 0), (0, 50), (0, 50)),
        ((49, 0), (0, 48), (0, 48)),
        ((60, 0), (20, 30), (60, 0)),
        ((60, 0), (40, 30), (40, 30)),
    ],
)
def test_measured_statements_displace_by_their_whole_strength(
    yes: tuple[int, int], no: tuple[int, int], expected: tuple[int, int]
) -> None:
    """Seen on one day, by sources of one kind."""
    one, other = (said(("partly", "patient", "2026-11-22"), str(each), measured=each) for each in (yes, no))

    actual = belief(one, other)

    assert expected == actual


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-11-22", (45, 15)), ("2026-12-22", (22, 15)), ("2036-12-22", (0, 15))]
)
def test_what_a_measure_proves_fades_and_what_it_fails_stays(as_of: str, expected: tuple[int, int]) -> None:
    """Like every statement."""
    statement = said(("partly", "patient", "2026-10-22"), measured=(45, 15))

    actual = belief(statement, fresh_for=Span(1), as_of=dt.date.fromisoformat(as_of))

    assert expected == actual


# --- Freshness ---


@pytest.mark.parametrize(
    ("span", "seen", "as_of", "expected"),
    [
        ("1 month", "2026-10-22", "2026-10-22", Fresh.FULL),
        ("1 month", "2026-10-22", "2026-11-22", Fresh.FULL),
        ("1 month", "2026-10-22", "2026-11-23", Fresh.HALF),
        ("1 month", "2026-10-22", "2026-12-22", Fresh.HALF),
        ("1 month", "2026-10-22", "2026-12-23", Fresh.STALE),
        ("1 month", "2026-01-31", "2026-02-28", Fresh.FULL),
        ("1 month", "2026-01-31", "2026-03-01", Fresh.HALF),
        ("1 month", "2026-01-31", "2026-03-31", Fresh.HALF),
        ("1 month", "2026-01-31", "2026-04-01", Fresh.STALE),
        ("10 days", "2026-11-22", "2026-12-02", Fresh.FULL),
        ("10 days", "2026-11-22", "2026-12-12", Fresh.HALF),
        ("10 days", "2026-11-22", "2026-12-13", Fresh.STALE),
        ("9999 years", "2026-11-22", "9999-12-31", Fresh.FULL),
        ("1 day", None, "9999-12-31", Fresh.UNDATED),
    ],
)
def test_freshness_to_the_day(span: str, seen: str | None, as_of: str, expected: Fresh) -> None:
    """Full through `seen + fresh_for`, half through `seen + 2 x fresh_for`, then nothing."""
    actual = freshness(day(seen), Span.parse(span), dt.date.fromisoformat(as_of))

    assert expected == actual


@pytest.mark.parametrize(
    ("answer", "strength", "expected"),
    [
        ("yes", 80, [(80, 0), (40, 0), (0, 0)]),
        ("yes", 45, [(45, 0), (22, 0), (0, 0)]),
        ("no", 80, [(0, 80), (0, 80), (0, 80)]),
        ("partly", 80, [(40, 40), (20, 40), (0, 40)]),
        ("partly", 45, [(22, 23), (11, 23), (0, 23)]),
        ("not_applicable", 100, [None, None, (0, 0)]),
        ("not_applicable", 99, [None, (0, 0), (0, 0)]),
    ],
)
def test_what_is_proven_fades_and_what_failed_stays(
    answer: str, strength: int, expected: list[tuple[int, int] | None]
) -> None:
    """What a statement shows to be wrong does not heal because nobody looked again."""
    statement, evidence = said((answer, "inspection", "2026-10-22")), believing("inspection", strength)

    days = (dt.date(2026, 11, 22), dt.date(2026, 12, 22), dt.date(2036, 12, 22))
    actual = [belief(statement, fresh_for=Span(1), as_of=each, evidence=evidence) for each in days]

    assert expected == actual


def test_undated_words_do_not_fade_further() -> None:
    """They have half their strength on every day."""
    expected = (50, 0)

    actual = belief(said(("yes", "register", None)), fresh_for=Span(1, "day"), as_of=dt.date.max)

    assert expected == actual


@pytest.mark.parametrize(("seen", "expected"), [("2026-11-22", (0, 100)), ("2026-11-23", (0, 0))])
def test_a_statement_seen_later_does_not_exist_yet(seen: str, expected: tuple[int, int]) -> None:
    """A verdict can be replayed for any day in the past."""
    actual = belief(said(("no", "register", seen)))

    assert expected == actual


def test_a_statement_seen_later_is_not_shown() -> None:
    """It is neither cited nor among the others, and contradicts nothing."""
    now, later = said(("yes", "register", "2026-11-22")), said(("no", "register", "2026-11-23"))
    expected = ruled(now)

    actual = ruled(now, later)

    assert expected == actual


def test_silence_is_unknown() -> None:
    """No statement, no belief in anything, and nothing to cite."""
    expected = Ruling(Belief(0, 0))

    actual = ruled()

    assert expected == actual


# --- Displacement: one against, and one that may take its place; evidence stays fresh for ten years ---

STRONGER: list[tuple[Said, Said, bool]] = [
    (("no", "document", "2026-11-22"), ("yes", "register", "2026-11-22"), True),
    (("no", "document", "2026-11-22"), ("yes", "register", "2026-01-01"), True),
    (("partly", "document", "2026-11-22"), ("yes", "inspection", "2026-01-01"), True),
    (("no", "patient", "2026-11-22"), ("yes", "observation", "2026-01-01"), True),
    (("no", "patient", "2026-11-22"), ("yes", "register", None), True),
]
AS_STRONG: list[tuple[Said, Said, bool]] = [
    (("no", "document", "2026-11-21"), ("yes", "document", "2026-11-22"), True),
    (("no", "document", "2026-11-22"), ("yes", "document", "2026-11-22"), False),
    (("no", "document", "2026-11-22"), ("yes", "document", "2026-11-21"), False),
    (("no", "register", "2026-11-21"), ("yes", "inspection", "2026-11-22"), True),
    (("no", "claim", "2026-11-21"), ("yes", "observation", "2026-11-22"), True),
    (("partly", "document", "2026-11-21"), ("yes", "document", "2026-11-22"), True),
]
WEAKER: list[tuple[Said, Said, bool]] = [
    (("no", "register", "2026-11-21"), ("yes", "document", "2026-11-22"), False),
    (("no", "register", "2025-11-22"), ("yes", "document", "2026-11-22"), False),
    (("no", "register", "2025-11-21"), ("yes", "document", "2026-11-22"), True),
    (("no", "register", "2025-11-21"), ("yes", "document", "2025-11-22"), True),
    (("no", "register", "2025-11-21"), ("yes", "document", "2025-11-21"), False),
    (("no", "register", "2025-11-21"), ("yes", "document", "2025-11-20"), False),
    (("no", "register", "2025-11-21"), ("yes", "register", None), False),
]
TOO_WEAK: list[tuple[Said, Said, bool]] = [
    (("no", "patient", "2026-11-21"), ("yes", "patient", "2026-11-22"), False),
    (("no", "patient", "2016-11-21"), ("yes", "claim", "2026-11-22"), False),
    (("no", "patient", None), ("yes", "claim", "2026-11-22"), False),
    (("no", "patient", None), ("yes", "document", None), False),
]
UNDATED: list[tuple[Said, Said, bool]] = [
    (("no", "register", None), ("yes", "document", "1990-01-01"), False),
    (("no", "register", None), ("yes", "document", "2017-01-01"), True),
    (("no", "register", None), ("yes", "register", None), True),
    (("partly", "register", None), ("yes", "register", None), False),
]
EXCUSED: list[tuple[Said, Said, bool]] = [
    (("no", "document", "2026-11-22"), ("not_applicable", "register", "2026-11-22"), True),
    (("no", "document", "2026-11-22"), ("not_applicable", "document", "2026-11-22"), False),
    (("no", "document", "2026-11-21"), ("not_applicable", "document", "2026-11-22"), True),
    (("no", "register", "2025-11-21"), ("not_applicable", "document", "2026-11-22"), True),
    (("no", "patient", "2026-11-21"), ("not_applicable", "patient", "2026-11-22"), False),
    (("no", "patient", "2026-11-21"), ("not_applicable", "claim", "2026-11-22"), False),
    (("no", "patient", "2026-11-21"), ("not_applicable", "register", None), True),
]


@pytest.mark.parametrize(
    ("against", "other", "expected"), [*STRONGER, *AS_STRONG, *WEAKER, *TOO_WEAK, *UNDATED, *EXCUSED]
)
def test_what_takes_the_place_of_a_failure(against: Said, other: Said, *, expected: bool) -> None:
    """Stronger, or later and as strong; half is enough for an old failure; never with less than 50 left."""
    decided_by = ruled(said(against), said(other)).deciding

    assert decided_by
    assert expected == (decided_by.statement == said(other))


@pytest.mark.parametrize(("strength", "expected"), [(49, (0, 40)), (50, (50, 0))], ids=["less than 50 left", "50 left"])
def test_less_than_fifty_clears_nothing(strength: int, expected: tuple[int, int]) -> None:
    """However weak the one against is."""
    yes = said(("yes", "document", "2026-11-22"))

    actual = belief(said(("no", "patient", "2026-11-21")), yes, evidence=believing("document", strength))

    assert expected == actual


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-11-22", (100, 0)), ("2026-11-23", (50, 0)), ("2026-12-22", (50, 0)), ("2026-12-23", (0, 40))],
)
def test_a_failure_stands_again_when_what_displaced_it_is_stale(as_of: str, expected: tuple[int, int]) -> None:
    """What counts against an allegation is what is left after freshness."""
    statements = said(("no", "patient", "2026-10-22")), said(("yes", "register", "2026-10-22"))

    actual = belief(*statements, fresh_for=Span(1), as_of=dt.date.fromisoformat(as_of))

    assert expected == actual


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([("no", "claim", "2026-01-01"), ("yes", "document", "2026-06-01"), ("no", "patient", "2026-11-22")], (80, 0)),
        ([("no", "claim", "2026-01-01"), ("yes", "document", "2026-06-01"), ("no", "claim", "2026-11-22")], (0, 80)),
        ([("no", "claim", "2026-01-01"), ("yes", "claim", "2026-06-01"), ("no", "patient", "2026-11-22")], (0, 80)),
        ([("partly", "register", "2026-11-22"), ("no", "patient", "2026-11-22")], (0, 50)),
        ([("partly", "register", "2026-11-22"), ("no", "document", "2026-11-22")], (0, 80)),
        ([("partly", "register", "2026-11-22"), ("partly", "patient", "2026-11-22")], (20, 50)),
        ([("no", "patient", "2026-11-22")] * 100, (0, 40)),
        ([("yes", "patient", "2026-11-22")] * 100, (40, 0)),
    ],
)  # fmt: skip
def test_the_worst_of_those_that_stand(statements: list[Said], expected: tuple[int, int]) -> None:
    """The least proven and the greatest failed; statements do not add up."""
    actual = belief(*map(said, statements))

    assert expected == actual


# --- Not applicable ---


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (("not_applicable", "register", "2026-11-22"), None),
        (("not_applicable", "document", "2026-11-22"), None),
        (("not_applicable", "register", None), None),
        (("not_applicable", "document", None), (0, 0)),
        (("not_applicable", "patient", "2026-11-22"), (0, 0)),
        (("not_applicable", "claim", "2026-11-22"), (0, 0)),
    ],
)
def test_not_applicable_counts_from_fifty(what: Said, expected: tuple[int, int] | None) -> None:
    """One that does not count leaves the question unknown."""
    actual = belief(said(what))

    assert expected == actual


@pytest.mark.parametrize("strength", [50, 100])
def test_a_clinic_cannot_excuse_itself_from_a_question(strength: int) -> None:
    """However far its word is believed."""
    expected = (0, 0)

    actual = belief(said(("not_applicable", "claim", "2026-11-22")), evidence=believing("claim", strength))

    assert expected == actual


@pytest.mark.parametrize(
    ("excuse", "yes", "expected"),
    [
        (("not_applicable", "register", "2026-11-22"), ("yes", "register", "2026-11-22"), None),
        (("not_applicable", "register", "2026-11-21"), ("yes", "register", "2026-11-22"), (100, 0)),
        (("not_applicable", "register", "2026-11-22"), ("yes", "register", "2026-11-21"), None),
        (("not_applicable", "document", "2026-11-22"), ("yes", "register", "2026-01-01"), (100, 0)),
        (("not_applicable", "register", "2026-01-01"), ("yes", "document", "2026-11-22"), None),
        (("not_applicable", "register", None), ("yes", "claim", "2026-11-22"), None),
        (("not_applicable", "claim", "2026-11-22"), ("yes", "patient", "2026-01-01"), (40, 0)),
    ],
)
def test_the_strongest_of_the_others_decides(excuse: Said, yes: Said, expected: tuple[int, int] | None) -> None:
    """Then the newest, then `not_applicable` before `yes`."""
    actual = belief(said(excuse), said(yes))

    assert expected == actual


# --- What is cited, and what contradicts it ---


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ({"a": ("yes", "document", "2026-11-22"), "b": ("yes", "register", "2026-01-01")}, "b"),
        ({"a": ("yes", "document", "2026-11-21"), "b": ("yes", "document", "2026-11-22")}, "b"),
        ({"a": ("yes", "register", None), "b": ("yes", "document", "2026-11-22")}, "b"),
        ({"b": ("yes", "document", "2026-11-22"), "a": ("yes", "document", "2026-11-22")}, "a"),
        ({"s9": ("yes", "document", "2026-11-22"), "s10": ("yes", "document", "2026-11-22")}, "s10"),
        ({"a": ("partly", "register", "2026-11-22"), "b": ("no", "document", "2026-11-22")}, "b"),
        ({"a": ("no", "patient", "2026-11-22"), "b": ("partly", "register", "2026-11-22")}, "b"),
        ({"a": ("no", "document", "2026-11-22"), "b": ("no", "document", "2026-11-21")}, "a"),
        ({"b": ("no", "document", "2026-11-22"), "a": ("no", "document", "2026-11-22")}, "a"),
        ({"a": ("no", "patient", "2026-11-22"), "b": ("partly", "document", "2026-11-22")}, "b"),
        ({"a": ("no", "patient", "2026-11-22"), "b": ("yes", "claim", "2026-11-22")}, "a"),
        ({"a": ("no", "patient", "2026-11-22"), "b": ("yes", "document", "2026-11-22")}, "b"),
        ({"a": ("not_applicable", "claim", "2026-11-22")}, None),
    ],
)
def test_which_one_is_cited(statements: dict[str, Said], expected: str | None) -> None:
    """The one that gives `failed`, else `proven`; then the strongest, the newest, the smaller id as text."""
    deciding = ruled(*(said(what, name) for name, what in statements.items())).deciding

    actual = deciding.statement.source.id if deciding else None

    assert expected == actual


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([("yes", "register", "2026-11-22"), ("yes", "claim", "2026-11-22")], False),
        ([("no", "document", "2026-11-22"), ("yes", "claim", "2026-11-22")], True),
        ([("no", "document", "2026-11-22"), ("partly", "patient", "2026-11-22")], True),
        ([("no", "document", "2026-11-22"), ("no", "patient", "2026-11-22")], False),
        ([("no", "document", "2026-11-21"), ("yes", "register", "2026-11-22")], False),
        ([("no", "document", "2026-11-22"), ("yes", "claim", "2000-01-01")], False),
        ([("yes", "register", "2026-11-22"), ("not_applicable", "document", "2026-11-22")], True),
        ([("yes", "register", "2026-11-22"), ("not_applicable", "claim", "2026-11-22")], False),
        ([("yes", "register", "2026-11-22"), ("not_applicable", "document", None)], False),
        ([], False),
    ],
)
def test_a_contradiction_is_one_that_still_counts_and_answers_otherwise(
    statements: list[Said], *, expected: bool
) -> None:
    """One that was displaced, has faded or never counted contradicts nothing."""
    actual = ruled(*map(said, statements)).contradicted

    assert expected == actual


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"note": "seen"}, {"note": "heard"}),
        ({"note": "seen"}, {}),
        ({"record": "a"}, {"record": "b"}),
        ({"note": "a", "record": "b"}, {"note": "b", "record": "a"}),
    ],
    ids=str,
)
def test_ties_do_not_depend_on_order(one: dict[str, str], other: dict[str, str]) -> None:
    """Of two by one source on one day, what is said decides which is cited."""
    first, second = (said(("yes", "register", "2026-11-22"), "same", **each) for each in (one, other))
    expected = ruled(first, second)

    actual = ruled(second, first)

    assert expected == actual
    assert ["same", "same"] == [each.statement.source.id for each in (actual.deciding, *actual.others) if each]  # noqa: SIM300


def test_ties_of_different_answers_do_not_depend_on_order() -> None:
    """The word breaks the tie before the note."""
    words = ("no", "partly", "yes", "not_applicable")
    statements = [said((word, "register", "2026-11-22"), "same") for word in words]
    expected = ruled(*statements)

    actual = ruled(*reversed(statements))

    assert expected == actual


def test_the_rank_of_a_statement_ends_with_what_is_said() -> None:
    """Strongest, newest, smaller source id, then the answer, its note and its record."""
    statement = said(("no", "register", "2026-11-22"), "a", note="expired", record="GMC 7")
    expected = (-100, -TODAY.toordinal(), "a", "no\nexpired\nGMC 7")

    left, newest, source, wording = Scale(SHIPPED, TEN_YEARS, TODAY).weigh(statement).rank

    assert expected == (left, newest, source, str(wording))


def test_all_others_are_kept_strongest_first() -> None:
    """Those that count nothing, too."""
    expected = ["yes-document-2026-11-22", "yes-claim-2026-11-22", "yes-claim-None", "yes-register-2000-01-01"]
    words: list[Said] = [
        ("yes", "register", "2000-01-01"),
        ("yes", "claim", None),
        ("yes", "claim", "2026-11-22"),
        ("yes", "document", "2026-11-22"),
        ("yes", "register", "2026-11-22"),
    ]

    actual = [each.statement.source.id for each in ruled(*map(said, words)).others]

    assert expected == actual


def test_what_is_set_aside_is_shown_and_does_not_count() -> None:
    """The one that had decided comes first."""
    ruling = ruled(said(("yes", "register", "2026-11-22"), "a"), said(("no", "patient", "2026-11-22"), "b"))

    actual = ruling.set_aside()

    assert (None, None, False) == (actual.belief, actual.deciding, actual.contradicted)  # noqa: SIM300
    assert ["a", "b"] == [each.statement.source.id for each in actual.others]  # noqa: SIM300


# --- Outcomes ---


@pytest.mark.parametrize(
    ("proven", "failed", "expected"),
    [
        (50, 24, "met"),
        (100, 0, "met"),
        (50, 25, "partly"),
        (25, 25, "partly"),
        (25, 75, "partly"),
        (24, 50, "failed"),
        (0, 100, "failed"),
        (24, 49, "doubted"),
        (0, 25, "doubted"),
        (49, 24, "supported"),
        (25, 0, "supported"),
        (24, 24, "weak"),
        (1, 0, "weak"),
        (0, 1, "weak"),
        (0, 0, "unknown"),
    ],
)
def test_a_belief_in_a_word(proven: int, failed: int, expected: str) -> None:
    """By the first line of the table that fits."""
    actual = Belief(proven, failed).outcome

    assert Outcome(expected) == actual


def test_every_belief_has_an_outcome_by_the_table() -> None:
    """All 5151 of them."""

    def word(p: int, f: int) -> str:
        lines = [
            (p >= 50 and f < 25, "met"),
            (p >= 25 and f >= 25, "partly"),
            (p < 25 and f >= 50, "failed"),
            (p < 25 and f >= 25, "doubted"),
            (p >= 25 and f < 25, "supported"),
            (p > 0 or f > 0, "weak"),
            (True, "unknown"),
        ]
        return next(name for holds, name in lines if holds)

    wrong = [(p, f) for p in range(101) for f in range(101 - p) if Belief(p, f).outcome != word(p, f)]

    assert not wrong


@pytest.mark.parametrize("outcome", Outcome)
def test_what_is_in_doubt(outcome: Outcome) -> None:
    """Failed, partly or doubted."""
    expected = outcome in {"failed", "partly", "doubted"}

    actual = outcome.in_doubt

    assert expected == actual


@pytest.mark.parametrize(("proven", "failed", "expected"), [(0, 0, 100), (30, 20, 50), (60, 40, 0)])
def test_the_rest_is_open(proven: int, failed: int, expected: int) -> None:
    """What nobody has shown yet."""
    actual = Belief(proven, failed).open

    assert expected == actual


def test_negation_swaps_the_two() -> None:
    """What was proven has failed."""
    expected = Belief(30, 60)

    actual = Belief(60, 30).negated()

    assert expected == actual


# --- What cannot be said ---


@pytest.mark.parametrize(
    "given",
    [
        {"answer": "yes"},
        {"answer": True},
        {"answer": None},
        {"source": "gmc"},
        {"source": None},
        {"note": ""},
        {"note": "x" * 4001},
        {"note": 1},
        {"measured": 50},
        {"measured": (50,)},
        {"measured": (50, 0, 0)},
        {"measured": [50, 0]},
        {"measured": (-1, 0)},
        {"measured": (0, -1)},
        {"measured": (101, 0)},
        {"measured": (0, 101)},
        {"measured": (51, 50)},
        {"measured": (0.5, 0)},
        {"measured": (True, False)},
        {"measured": ("50", "0")},
    ],
    ids=lambda given: str(given)[:40],
)
def test_a_statement_that_makes_no_sense_is_refused(given: dict[str, Any]) -> None:
    """It needs an `Answer` and a `Source`, and hundredths of at most 100 together."""
    right: dict[str, Any] = {"answer": Answer.YES, "source": Source("gmc", Kind.REGISTER, "GMC", TODAY)}

    with pytest.raises(ValueError, match="a statement"):
        Statement(**(right | given))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"id": ""}, "'id' must be text of 1 to 100 characters"),
        ({"id": "x" * 101}, "'id' must be text of 1 to 100 characters"),
        ({"kind": "register"}, "'kind' must be a Kind"),
        ({"kind": None}, "'kind' must be a Kind"),
        ({"who": ""}, "'who' must be text of 1 to 300 characters"),
        ({"who": None}, "'who' must be text of 1 to 300 characters"),
        ({"seen": "2026-11-22"}, "'seen' must be a datetime.date"),
        ({"seen": dt.datetime(2026, 11, 22, tzinfo=dt.UTC)}, "'seen' must be a datetime.date"),
        ({"url": ""}, "'url' must be text of 1 to 2000 characters"),
    ],
    ids=str,
)
def test_a_source_that_makes_no_sense_is_refused(given: dict[str, Any], message: str) -> None:
    """The message says what would have been right."""
    right: dict[str, Any] = {"id": "gmc", "kind": Kind.REGISTER, "who": "GMC", "seen": TODAY}

    with pytest.raises(ValueError, match=message):
        Source(**(right | given))


@pytest.mark.parametrize("name", ["share", "strength"])
def test_a_statement_has_no_strength_of_its_own(name: str) -> None:
    """Only what a measure with a scale found, or the strength of its kind."""
    with pytest.raises(TypeError, match=name):
        said(("yes", "register", "2026-11-22"), None, **{name: 50})


def test_the_bounds_of_a_statement_are_allowed() -> None:
    """0 and 100 are hundredths, and a note may have 4,000 characters."""
    expected = [(0, 100), (100, 0), (0, 0), (50, 50)]

    note = "x" * 4000
    actual = [belief(said(("partly", "patient", "2026-11-22"), measured=each, note=note)) for each in expected]

    assert expected == actual


def pickled(source: Source) -> Source:
    return pickle.loads(pickle.dumps(source))  # type: ignore[no-any-return]  # noqa: S301 - our own bytes


def read_again(source: Source) -> Source:
    clinic = Clinic(id="a", answers={"a.b": Statement(Answer.YES, source)})
    return clinic_from(plain(clinic)).answers["a.b"][0].source


@pytest.mark.parametrize("copied", [pickled, copy.deepcopy, attrs.evolve, read_again])
@pytest.mark.parametrize("seen", [None, "2026-11-01"])
def test_sources_of_one_kind_and_day_share_one_standing(copied: Callable[[Source], Source], seen: str | None) -> None:
    source = Source("a", Kind.CLAIM, "the clinic", day(seen))
    again = copied(source)
    assert again == source
    assert again.standing is source.standing is Source("b", Kind.CLAIM, "its page", day(seen)).standing
    assert (again.standing.kind, again.standing.seen) == (Kind.CLAIM, day(seen))
    assert attrs.evolve(source, kind=Kind.REGISTER).standing is not source.standing


def test_a_standing_is_no_part_of_what_a_source_is() -> None:
    source = Source("a", Kind.CLAIM, "the clinic")
    assert "standing" not in repr(source)
    with pytest.raises(TypeError):
        Source("a", Kind.CLAIM, "the clinic", standing=source.standing)  # type: ignore[call-arg]
