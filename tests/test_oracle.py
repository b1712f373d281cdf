"""Cases computed by hand, so that the oracle itself is not taken on trust."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from oracle import Duration, after, evaluate

Tree = dict[str, Any]

AS_OF = datetime.date(2026, 11, 21)
EVIDENCE: Tree = {
    "register": 100,
    "inspection": 100,
    "document": 80,
    "observation": 80,
    "patient": 40,
    "claim": {"for": 40, "against": 80},
    "undated": "half",
}
BANDS: list[Tree] = [
    {
        "id": "recommended",
        "proven_at_least": 70,
        "failed_at_most": 5,
        "critical_in_doubt": 0,
        "major_failed": 0,
        "met": ["a.one"],
    },
    {"id": "unproven", "failed_at_most": "15", "critical_in_doubt": 0, "major_failed": 1},
    {"id": "caution", "failed_at_most": 40, "critical_failed": 0},
    {"id": "avoid"},
]


def criterion(id_: str, weight: object = 1, severity: str = "minor", **more: object) -> Tree:
    return {"id": id_, "weight": weight, "severity": severity, **more}


def one_question(**more: object) -> Tree:
    """A set that asks `a.one` alone, which is critical."""
    return a_set({"id": "a", "weight": 1, "criteria": [criterion("one", 1, "critical", **more)]})


def a_set(*categories: Tree, **more: object) -> Tree:
    return {
        "categories": list(categories),
        "bands": BANDS,
        "evidence": EVIDENCE,
        "fresh_for": "12 months",
        "failures_fresh_for": "12 months",
        "unknown_counts": 0.5,
        **more,
    }


def two_categories(**applies: object) -> Tree:
    """`a` (weight 3) asks one (1) and two (2); `b` (weight 1) asks three alone, if it applies."""
    return a_set(
        {"id": "a", "weight": 3, "criteria": [criterion("one"), criterion("two", "2")]},
        {"id": "b", "weight": 1, "criteria": [criterion("three", applies=applies)]},
    )


def dossier(answers: Tree, **clinic: object) -> Tree:
    """A dossier whose sources are named by kind and day: `document 2026-09-01`, or `document`."""
    names = {one["source"] for part in answers.values() for all_ in part.values() for one in all_}
    sources = {}
    for name in names:
        kind, _, seen = name.partition(" ")
        sources[name] = {"kind": kind, **({"seen": seen} if seen else {})}
    return {"clinic": {"id": "c", **clinic}, "sources": sources, "answers": answers}


def said(*statements: str) -> list[Tree]:
    """`yes document 2026-09-01` is one statement."""
    split = (text.split(" ", 1) for text in statements)
    return [{"answer": answer, "source": source} for answer, source in split]


def verdict(*statements: str, as_of: datetime.date = AS_OF, **more: object) -> Tree:
    """The verdict where `a.one` alone is asked."""
    return evaluate(one_question(**more), dossier({"a": {"one": said(*statements)}}), as_of)


def finding(*statements: str, as_of: datetime.date = AS_OF, **more: object) -> Tree:
    found: Tree = verdict(*statements, as_of=as_of, **more)["findings"]["a.one"]
    return found


def belief(*statements: str, as_of: datetime.date = AS_OF, **more: object) -> tuple[int, int]:
    found = finding(*statements, as_of=as_of, **more)
    return found["p"], found["f"]


@pytest.mark.parametrize(
    ("statement", "expected", "outcome"),
    [
        ("yes register 2026-11-01", (100, 0), "met"),
        ("yes claim 2026-11-01", (40, 0), "supported"),
        ("no claim 2026-11-01", (0, 80), "failed"),
        ("no patient 2026-11-01", (0, 40), "doubted"),
        ("partly document 2026-11-01", (40, 40), "partly"),
        ("partly claim 2026-11-01", (20, 20), "weak"),
        ("yes register", (50, 0), "met"),
        ("yes patient", (20, 0), "weak"),
        ("no register", (0, 40), "doubted"),
        ("no patient", (0, 20), "weak"),
        ("partly register", (25, 25), "partly"),
        ("yes register 2026-11-21", (100, 0), "met"),
        ("yes register 2026-11-22", (0, 0), "unknown"),
    ],
)
def test_one_statement(statement: str, expected: tuple[int, int], outcome: str) -> None:
    assert belief(statement) == expected
    assert finding(statement)["outcome"] == outcome


def test_halves_of_odd_strengths_are_rounded_down_and_the_odd_one_goes_to_failed() -> None:
    odd = one_question() | {"evidence": EVIDENCE | {"document": 75, "patient": "45"}}

    def odd_belief(statement: str) -> tuple[int, int]:
        found = evaluate(odd, dossier({"a": {"one": said(statement)}}), AS_OF)["findings"]["a.one"]
        return found["p"], found["f"]

    assert odd_belief("partly document 2026-11-01") == (37, 38)
    assert odd_belief("partly document 2025-11-01") == (18, 38)
    assert odd_belief("partly document 2023-11-01") == (0, 38)
    assert odd_belief("partly document") == (18, 19)
    assert odd_belief("yes document 2025-11-01") == (37, 0)
    assert odd_belief("no patient") == (0, 22)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        # Stronger displaces, on the same day and even if seen earlier.
        (("no document 2026-09-01", "yes register 2026-08-01"), (100, 0)),
        # As strong displaces only if seen later.
        (("no document 2026-09-01", "yes document 2026-09-02"), (80, 0)),
        (("no document 2026-09-01", "yes observation 2026-09-01"), (0, 80)),
        # Weaker does not, until the one against is older than 12 months.
        (("no register 2025-11-21", "yes document 2026-11-01"), (0, 100)),
        (("no register 2025-11-20", "yes document 2026-11-01"), (80, 0)),
        # Never with fewer than 50 left: the clinic's word removes nothing, not even a patient's.
        (("no patient 2020-01-01", "yes claim 2026-11-01"), (0, 40)),
        # 100 is halved to 50 by age: enough for a patient's 40, not for a document's 80.
        (("no patient 2025-01-01", "yes register 2025-06-01"), (50, 0)),
        (("no document 2026-01-01", "yes register 2025-06-01"), (0, 80)),
        # An undated yes is never later; it needs to be stronger.
        (("no patient", "yes register"), (50, 0)),
        (("no patient 2020-01-01", "yes document"), (0, 40)),
        # An undated failure is the oldest.
        (("no register", "yes document 2026-11-01"), (80, 0)),
        # The worst of those that stand: the least p, the greatest f.
        (("partly document 2026-11-01", "no patient 2026-11-01"), (0, 40)),
        (("partly register 2026-11-01", "no document 2026-11-01"), (0, 80)),
        # A hundred allegations are one.
        (("no patient 2026-11-01", "no patient 2026-11-02"), (0, 40)),
    ],
)
def test_displacement(statements: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert belief(*statements) == expected
    assert belief(*reversed(statements)) == expected


def test_the_deciding_statement_and_contradictions() -> None:
    no_and_yes = finding("no document 2026-11-01", "yes claim 2026-11-02")
    assert no_and_yes["decided_by"] == "document 2026-11-01"
    assert no_and_yes["contradicted"]

    displaced = finding("no document 2026-11-01", "yes register 2026-11-01")
    assert displaced["decided_by"] == "register 2026-11-01"
    assert not displaced["contradicted"]

    agreeing = finding("yes document 2026-11-01", "yes observation 2026-11-01")
    assert agreeing["decided_by"] == "document 2026-11-01"
    assert not agreeing["contradicted"]

    greatest_f = finding("partly register 2026-11-01", "no document 2025-01-01")
    assert (greatest_f["decided_by"], greatest_f["answer"]) == ("document 2025-01-01", "no")

    silent = finding("yes document 2020-01-01")
    assert (silent["outcome"], silent["decided_by"], silent["answer"]) == ("unknown", None, None)


def test_not_applicable() -> None:
    by_document = verdict("not_applicable document 2026-11-01")
    assert by_document["findings"]["a.one"]["outcome"] == "not_applicable"
    assert by_document["findings"]["a.one"]["answer"] == "not_applicable"
    assert by_document["findings"]["a.one"]["p"] is None
    assert by_document["band"] is None

    # Never as a claim, and not from 40: the clinic cannot excuse itself.
    generous = one_question() | {"evidence": EVIDENCE | {"claim": 100}}
    claimed = dossier({"a": {"one": said("not_applicable claim 2026-11-01")}})
    assert evaluate(generous, claimed, AS_OF)["findings"]["a.one"]["outcome"] == "unknown"
    assert finding("not_applicable patient 2026-11-01")["outcome"] == "unknown"
    silenced = finding("not_applicable claim 2026-11-01", "yes register 2026-11-01")
    assert not silenced["contradicted"]

    # 80 after a year is 40, and counts no more; 100 after a year is 50, and does.
    assert finding("not_applicable document 2025-11-01")["outcome"] == "unknown"
    assert finding("not_applicable register 2025-11-01")["outcome"] == "not_applicable"

    # It displaces as a yes does, and goes before a yes that is as strong and as new.
    both = ("not_applicable document 2026-11-01", "yes observation 2026-11-01")
    assert finding(*both)["outcome"] == "not_applicable"
    assert finding(*both)["contradicted"]
    assert finding(*both, "no document 2026-10-01")["outcome"] == "not_applicable"
    assert belief(*both, "no document 2026-11-01") == (0, 80)


def test_a_statement_does_not_excuse_from_a_required_met_but_applies_does() -> None:
    two = {"id": "b", "weight": 1, "criteria": [criterion("two")]}
    answers = {
        "a": {"one": said("not_applicable register 2026-11-01")},
        "b": {"two": said("yes register 2026-11-01")},
    }
    asks_all = a_set(*one_question()["categories"], two)
    excused = a_set(*one_question(applies={"countries": ["IE"]})["categories"], two)
    by_statement = evaluate(asks_all, dossier(answers, country="GB"), AS_OF)
    assert (by_statement["proven"], by_statement["band"]) == (100, "unproven")
    assert by_statement["limits"] == [("recommended", "met")]
    assert evaluate(excused, dossier(answers, country="GB"), AS_OF)["band"] == "recommended"


def test_freshness_at_month_ends() -> None:
    seen = "yes document 2026-01-31"

    def on(month: int, day: int) -> tuple[int, int]:
        return belief(seen, as_of=datetime.date(2026, month, day), fresh_for="1 month")

    assert [on(2, 28), on(3, 1), on(3, 31), on(4, 1)] == [(80, 0), (40, 0), (40, 0), (0, 0)]
    as_of = datetime.date(2026, 2, 1)
    assert finding(seen, as_of=as_of, fresh_for="1 month")["changes_on"] == datetime.date(2026, 3, 1)
    assert verdict(seen, as_of=as_of, fresh_for="1 month")["valid_until"] == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "duration", "times", "expected"),
    [
        ("2024-02-29", Duration(12, 0), 1, "2025-02-28"),
        ("2024-02-29", Duration(24, 0), 2, "2028-02-29"),
        ("2026-12-31", Duration(2, 0), 1, "2027-02-28"),
        ("2026-12-31", Duration(0, 30), 2, "2027-03-01"),
        ("9999-12-30", Duration(0, 1), 1, "9999-12-31"),
        ("9999-12-30", Duration(0, 1), 2, None),
        ("9999-12-30", Duration(1, 0), 1, None),
        ("2026-01-01", Duration(0, 10**20), 1, None),
    ],
)
def test_after(day: str, duration: Duration, times: int, expected: str | None) -> None:
    found = after(datetime.date.fromisoformat(day), duration, times)
    assert found == (datetime.date.fromisoformat(expected) if expected else None)


def test_a_period_that_ends_after_the_year_9999_never_ends() -> None:
    found = verdict("yes document 2026-01-01", fresh_for="8000 years")
    assert (found["findings"]["a.one"]["p"], found["valid_until"]) == (80, None)
    last = verdict("yes document 9999-12-31", as_of=datetime.date.max)
    assert (last["findings"]["a.one"]["p"], last["valid_until"]) == (80, None)


def test_points_and_how_applies_redistributes_them() -> None:
    def points(**clinic: object) -> list[Fraction | None]:
        found = evaluate(two_categories(countries=["GB", "IE"]), dossier({}, **clinic), AS_OF)
        return [one["points"] for one in found["findings"].values()]

    assert points(country="GB") == [25, 50, 25]
    assert points() == [25, 50, 25]
    assert points(country="NO") == [Fraction(100, 3), Fraction(200, 3), None]


def test_every_kind_of_limit_must_hold_and_within_a_kind_any_value_will_do() -> None:
    limited = two_categories(regions=["GB-ENG", "GB-WLS"], treatments=["mesotherapy"])

    def is_asked(**clinic: object) -> bool:
        found = evaluate(limited, dossier({}, **clinic), AS_OF)
        return found["findings"]["b.three"]["points"] is not None

    assert is_asked(region="GB-WLS", treatments=["filler", "mesotherapy"])
    assert is_asked(region="GB-WLS")
    assert not is_asked(region="GB-SCT", treatments=["mesotherapy"])
    assert not is_asked(region="GB-ENG", treatments=["filler"])


def test_the_numbers_of_a_verdict() -> None:
    answers = {
        "a": {"one": said("yes document 2026-11-01"), "two": said("no patient 2026-11-01")},
        "unasked": {"four": said("no register 2026-11-01")},
    }
    found = evaluate(two_categories(), dossier(answers), AS_OF)
    # Points 25, 50, 25: 25 * 80% proven; 50 * 40% failed.
    assert (found["proven"], found["failed"], found["unknown"]) == (20, 20, 60)
    assert (found["start"], found["score"]) == (50, 50)
    assert [one["effect"] for one in found["findings"].values()] == [10, -10, 0]
    # More than 15 failed. At best 80 is proven; a failure of 20 remains.
    assert found["band"] == "caution"
    assert found["limits"] == [
        ("recommended", "failed_at_most"),
        ("recommended", "proven_at_least"),
        ("unproven", "failed_at_most"),
    ]
    assert found["settled"] == {"best": "caution", "worst": "avoid"}
    # An inspection's yes (100) is stronger than the patient's no (40).
    assert found["reachable"] == {"best": "recommended", "worst": "avoid"}
    # Unknown: 5 of one, 30 of two, 25 of three.
    assert found["questions"] == ["a.two", "b.three", "a.one"]
    # The document fades on 2027-11-02; the patient's no never does.
    assert found["valid_until"] == datetime.date(2027, 11, 1)


def test_unknown_counts_is_exact() -> None:
    for tenth in (0.1, "0.1"):
        found = evaluate(two_categories() | {"unknown_counts": tenth}, dossier({}), AS_OF)
        assert (found["start"], found["score"]) == (10, 10)
    found = evaluate(
        two_categories() | {"unknown_counts": 0.1},
        dossier({"a": {"two": said("yes document 2026-11-01")}}),
        AS_OF,
    )
    # 50 points: 40 proven, 10 unknown of which 1 counts; 5 counted before.
    assert found["findings"]["a.two"]["effect"] == 36
    assert found["score"] == 46


def test_the_criterion_without_which_no_better_band_is_possible_is_asked_first() -> None:
    asks = a_set(
        {"id": "a", "weight": 1, "criteria": [criterion("one", 1), criterion("two", 9)]},
    )
    found = evaluate(asks, dossier({}), AS_OF)
    # Without `two` at most 10 is proven; `one` is worth 10 but must be met.
    assert (found["band"], found["questions"]) == ("unproven", ["a.two", "a.one"])
    asks = a_set(
        {
            "id": "a",
            "weight": 1,
            "criteria": [
                criterion("one", 1),
                *(criterion(id_, 3) for id_ in ("two", "tri", "for")),
            ],
        },
    )
    # Each of the others is 30 points and can be left out alone; `one` cannot.
    assert evaluate(asks, dossier({}), AS_OF)["questions"] == ["a.one", "a.for", "a.tri", "a.two"]


def test_bare_words_lists_and_blanks() -> None:
    given: Tree = {
        "clinic": {"id": "c"},
        "sources": {"visit": {"kind": "observation", "seen": "2026-11-01"}},
        "default_source": "visit",
        "answers": {"a": {"one": "yes", "two": ["yes", {"answer": "partly", "source": "visit"}]}},
    }
    found = evaluate(two_categories(), given, AS_OF)["findings"]
    assert [(one["p"], one["f"]) for one in found.values()] == [(80, 0), (40, 40), (0, 0)]
    blank = evaluate(two_categories(), given | {"answers": None}, AS_OF)
    assert blank["unknown"] == 100


def test_a_failed_critical_gives_the_last_band() -> None:
    found = verdict("no document 2026-11-01")
    assert found["band"] == "avoid"
    assert found["limits"] == [
        ("recommended", "critical_in_doubt"),
        ("recommended", "met"),
        ("recommended", "failed_at_most"),
        ("recommended", "proven_at_least"),
        ("unproven", "critical_in_doubt"),
        ("unproven", "failed_at_most"),
        ("caution", "critical_failed"),
        ("caution", "failed_at_most"),
    ]


def test_a_statement_that_lies_ahead_changes_the_verdict_on_its_day() -> None:
    found = verdict("yes document 2026-12-24")
    assert found["findings"]["a.one"]["changes_on"] == datetime.date(2026, 12, 24)
    assert found["valid_until"] == datetime.date(2026, 12, 23)


def test_where_nothing_applies_nothing_is_rated() -> None:
    elsewhere = one_question(applies={"countries": ["IE"]})
    found = evaluate(elsewhere, dossier({}, country="GB"), AS_OF)
    for key in ("proven", "failed", "unknown", "score", "start", "band", "valid_until"):
        assert found[key] is None
    for key in ("settled", "reachable"):
        assert found[key] == {"best": None, "worst": None}
    assert (found["limits"], found["questions"]) == ([], [])
    assert found["findings"]["a.one"] == {
        "outcome": "not_applicable",
        "p": None,
        "f": None,
        "points": None,
        "effect": None,
        "decided_by": None,
        "answer": None,
        "contradicted": False,
        "changes_on": None,
    }
