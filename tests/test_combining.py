"""Answers about several things, as one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drawn import at_most
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import Answer, Belief, Kind, Source, Span, Statement, load_criteria
from clinic_vetting.combining import How, Part, Several, any_of, combined, every, rule, share_of, statements
from clinic_vetting.evidence import Ruling, Scale

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 11, 22)
SCALE = Scale(load_criteria().beliefs, Span(12), TODAY)


def said(answer: str, kind: str = "register", name: str = "", days_ago: int = 0) -> Statement:
    seen = TODAY - dt.timedelta(days=days_ago)
    return Statement(Answer(answer), Source(name or f"{answer}-{kind}-{days_ago}", Kind(kind), "who", seen))


def one(answer: str, kind: str = "register", name: str = "") -> tuple[Statement, ...]:
    return (said(answer, kind, name),)


YES, NO, PARTLY, NOBODY = one("yes"), one("no"), one("partly"), tuple[Statement, ...]()
CLAIMED, DENIED, EXCUSED = one("yes", "claim"), one("no", "patient"), one("not_applicable")


@pytest.mark.parametrize(
    ("parts", "of_every", "of_any", "of_share"),
    [
        ((YES,), (100, 0), (100, 0), (100, 0)),
        ((YES, YES), (100, 0), (100, 0), (100, 0)),
        ((YES, NO), (0, 100), (100, 0), (50, 50)),
        ((YES, NOBODY), (0, 0), (100, 0), (50, 0)),
        ((NO, NOBODY), (0, 100), (0, 100), (0, 50)),
        ((NO, DENIED, NOBODY), (0, 100), (0, 100), (0, 46)),
        ((NO, CLAIMED), (0, 100), (40, 0), (20, 50)),
        ((NOBODY, NOBODY), (0, 0), (0, 0), (0, 0)),
        ((YES, CLAIMED), (40, 0), (100, 0), (70, 0)),
        ((YES, CLAIMED, DENIED), (0, 40), (100, 0), (46, 13)),
        ((PARTLY, YES), (50, 50), (100, 0), (75, 25)),
        ((PARTLY, DENIED, NO), (0, 100), (50, 50), (16, 63)),
        ((YES, NO, NOBODY), (0, 100), (100, 0), (33, 33)),
    ],
)
def test_how_parts_combine(
    parts: tuple[Part, ...], of_every: tuple[int, int], of_any: tuple[int, int], of_share: tuple[int, int]
) -> None:
    """`every` is as good as the worst, `any` as the best, `share` the means, rounded down."""
    expected = (of_every, of_any, of_share)

    actual = tuple(rule(make(parts), (), SCALE).belief for make in (every, any_of, share_of))

    assert expected == actual


BELIEFS = st.tuples(st.integers(0, 100), st.integers(0, 100)).filter(lambda each: sum(each) <= 100).map(Belief._make)


@given(st.lists(BELIEFS, min_size=1, max_size=4), st.data())
def test_any_gets_better_with_good_and_worse_with_bad(beliefs: list[Belief], data: st.DataObject) -> None:
    """Law 5 on things: another of which good is said, or one of them made better, and the same with bad."""
    before = combined(How.ANY, beliefs)
    strength, place = data.draw(st.integers(0, 100)), data.draw(st.integers(0, len(beliefs) - 1))
    proven, failed = beliefs[place]
    good = Belief(data.draw(st.integers(proven, 100 - failed)), data.draw(st.integers(0, failed)))
    bad = Belief(data.draw(st.integers(0, proven)), data.draw(st.integers(failed, 100 - proven)))

    better = [[*beliefs, Belief(strength, 0)], [*beliefs[:place], good, *beliefs[place + 1 :]]]
    worse = [[*beliefs, Belief(0, strength)], [*beliefs[:place], bad, *beliefs[place + 1 :]]]

    for after in (combined(How.ANY, each) for each in better):
        assert after.proven >= before.proven
        assert after.failed <= before.failed
    for after in (combined(How.ANY, each) for each in worse):
        assert after.proven <= before.proven
        assert after.failed >= before.failed
    assert before == combined(How.ANY, [*beliefs, Belief(0, 0)])


@pytest.mark.parametrize("make", [every, any_of, share_of])
def test_nothing_to_ask_about_says_nothing(make: Callable[[tuple[Part, ...]], Part]) -> None:
    """No part, no answer: what was said directly decides alone."""
    expected = SCALE.rule((said("no"),))

    actual = rule(make(()), (said("no"),), SCALE)

    assert expected == actual


@pytest.mark.parametrize(
    ("parts", "direct", "expected"),
    [
        ((NOBODY, NOBODY), said("yes"), (100, 0)),
        ((NOBODY, NOBODY), said("no"), (0, 100)),
        ((YES, NOBODY), said("yes", "claim"), (40, 0)),
        ((YES, NOBODY), said("no", "patient"), (0, 40)),
        ((NO, YES), said("yes", "inspection"), (0, 100)),
        ((DENIED, YES), said("yes", "inspection"), (100, 0)),
        ((DENIED, CLAIMED), said("yes", "document"), (80, 0)),
        ((YES, YES), said("not_applicable", days_ago=1), (100, 0)),
    ],
)
def test_what_was_said_directly_reaches_each_part(
    parts: tuple[Part, ...], direct: Statement, expected: tuple[int, int]
) -> None:
    """It is weighed beside the records of each of the things."""
    actual = rule(every(parts), (direct,), SCALE).belief

    assert expected == actual


@pytest.mark.parametrize(
    ("parts", "of_every", "of_any", "of_share"),
    [
        ((YES, EXCUSED), (100, 0), (100, 0), (100, 0)),
        ((NO, EXCUSED), (0, 100), (0, 100), (0, 100)),
        ((NO, EXCUSED, YES), (0, 100), (100, 0), (50, 50)),
        ((NOBODY, EXCUSED), (0, 0), (0, 0), (0, 0)),
        ((EXCUSED, EXCUSED), None, None, None),
    ],
)
def test_a_part_that_does_not_apply_leaves(
    parts: tuple[Part, ...],
    of_every: tuple[int, int] | None,
    of_any: tuple[int, int] | None,
    of_share: tuple[int, int] | None,
) -> None:
    """The others decide alone; where none is left, the question does not apply."""
    expected = (of_every, of_any, of_share)

    actual = tuple(rule(make(parts), (), SCALE).belief for make in (every, any_of, share_of))

    assert expected == actual


@pytest.mark.parametrize("make", [every, any_of, share_of])
@pytest.mark.parametrize(
    ("parts", "direct", "expected"),
    [
        ((EXCUSED, NOBODY), said("yes", "inspection"), (100, 0)),
        ((EXCUSED, YES), said("no", "inspection"), (0, 100)),
        ((one("not_applicable", "document"), NO), said("yes", "register"), (0, 100)),
        ((one("not_applicable", "document"), YES), said("no", "patient"), (100, 0)),
        ((EXCUSED, EXCUSED, CLAIMED), said("no", "patient"), (0, 40)),
        ((every((EXCUSED, EXCUSED)), YES), said("no", "inspection"), (0, 100)),
        ((every((EXCUSED, NOBODY)), YES), said("yes", "inspection"), (100, 0)),
    ],
)
def test_a_direct_answer_does_not_bring_back_a_part_that_does_not_apply(
    make: Callable[[tuple[Part, ...]], Part], parts: tuple[Part, ...], direct: Statement, expected: tuple[int, int]
) -> None:
    """It speaks about the others, whatever its strength."""
    actual = rule(make(parts), (direct,), SCALE).belief

    assert expected == actual


def test_a_weak_excuse_does_not_take_a_part_out() -> None:
    """A claim that a thing does not matter leaves it unknown, and direct answers reach it."""
    expected = Belief(0, 40)

    actual = rule(every((one("not_applicable", "claim"), YES)), (said("no", "patient"),), SCALE).belief

    assert expected == actual


@pytest.mark.parametrize("make", [every, any_of, share_of])
@pytest.mark.parametrize(
    ("parts", "direct", "expected"),
    [
        ((EXCUSED, EXCUSED), [said("yes", "inspection", days_ago=1)], None),
        ((EXCUSED, EXCUSED), [said("yes", "claim")], None),
        ((EXCUSED, EXCUSED), [said("no", "inspection")], (0, 100)),
        ((EXCUSED, EXCUSED), [said("no", "patient")], None),
        ((EXCUSED, EXCUSED), [said("not_applicable", "document")], None),
        ((one("not_applicable", "document"), EXCUSED), [said("no", "document")], None),
        ((one("not_applicable", "document"),), [said("yes", "register")], (100, 0)),
        ((one("not_applicable", "document"),) * 2, [said("yes", "register"), said("no", "document")], (100, 0)),
        ((any_of((EXCUSED,)), every((EXCUSED, EXCUSED))), [said("no", "inspection")], (0, 100)),
    ],
)
def test_where_no_part_applies_all_that_was_said_is_one_question(
    make: Callable[[tuple[Part, ...]], Part],
    parts: tuple[Part, ...],
    direct: list[Statement],
    expected: tuple[int, int] | None,
) -> None:
    """Direct answers are weighed beside what takes the parts out, as in any other question."""
    together = SCALE.rule((*statements(make(parts)), *direct))

    actual = rule(make(parts), tuple(direct), SCALE)

    assert expected == actual.belief
    assert together == actual


@pytest.mark.parametrize("make", [every, any_of, share_of])
def test_where_no_part_applies_and_nothing_was_said_directly_all_is_shown(
    make: Callable[[tuple[Part, ...]], Part],
) -> None:
    """Each statement is set aside: none is cited, none counts, none contradicts."""
    excused, part = one("not_applicable", "document"), (*EXCUSED, *CLAIMED)
    expected = Ruling(None, None, tuple(SCALE.weigh(each) for each in (*EXCUSED, *excused, *CLAIMED)))

    actual = rule(make((excused, part)), (), SCALE)

    assert expected == actual


def test_what_takes_a_part_out_is_shown_beside_the_others() -> None:
    """It decides nothing, and is not lost."""
    expected = ["not_applicable-register-0"]

    actual = rule(every((YES, EXCUSED)), (), SCALE)

    assert actual.deciding
    assert actual.deciding.statement == said("yes")
    assert expected == [each.statement.source.id for each in actual.others]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (every((any_of((NO, YES)), YES)), (100, 0)),
        (every((any_of((NO, NOBODY)), YES)), (0, 100)),
        (any_of((every((YES, NO)), CLAIMED)), (40, 0)),
        (every((any_of(()), YES)), (0, 0)),
        (every((any_of((EXCUSED,)), YES)), (100, 0)),
        (share_of((every((YES, NO)), any_of((YES, NO)))), (50, 50)),
    ],
)
def test_parts_can_have_parts(part: Part, expected: tuple[int, int]) -> None:
    """Each level combines in its own way."""
    actual = rule(part, (), SCALE).belief

    assert expected == actual


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (every((one("yes", name="a"), one("no", "patient", "b"))), "b"),
        (every((one("no", "patient", "a"), one("no", "document", "b"))), "b"),
        (every((one("yes", "register", "a"), one("yes", "claim", "b"))), "b"),
        (every((one("yes", "register", "a"), NOBODY)), None),
        (any_of((one("yes", "register", "b"), one("yes", "claim", "a"))), "b"),
        (any_of((one("no", "register", "a"), one("partly", "patient", "b"))), "b"),
        (any_of((one("no", "register", "b"), one("no", "patient", "a"))), "b"),
        (any_of((one("no", "register", "b"), NOBODY)), "b"),
        (share_of((one("yes", "register", "a"), one("no", "patient", "b"))), "b"),
        (every((one("yes", name="b"), one("yes", name="a"))), "a"),
    ],
)
def test_the_part_that_decides_is_cited(part: Part, expected: str | None) -> None:
    """The worst of every, the best of any."""
    deciding = rule(part, (), SCALE).deciding

    actual = deciding.statement.source.id if deciding else None

    assert expected == actual


def test_one_that_speaks_about_each_part_is_shown_once() -> None:
    """A direct answer reaches both parts, and is one of the others."""
    expected = ["yes-register-0", "yes-claim-0"]

    ruling = rule(every((NO, YES)), (said("yes", "claim"),), SCALE)

    actual = [each.statement.source.id for each in ruling.others]
    assert expected == actual


def test_the_one_that_is_cited_is_not_among_the_others() -> None:
    """Even where it decided several parts."""
    expected = Ruling(Belief(100, 0), SCALE.weigh(said("yes")))

    actual = rule(every((NOBODY, NOBODY)), (said("yes"),), SCALE)

    assert expected == actual


def test_the_others_are_shown_strongest_first() -> None:
    """Whichever part they speak about."""
    expected = ["yes-document-0", "no-patient-0", "yes-claim-0"]

    ruling = rule(every((NO, CLAIMED, one("yes", "document"), DENIED)), (), SCALE)

    actual = [each.statement.source.id for each in ruling.others]
    assert expected == actual


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (every((YES, NO)), False),
        (every((YES, (*NO, *CLAIMED))), True),
        (any_of((YES, (*NO, *CLAIMED))), True),
        (every((EXCUSED, YES)), False),
        (every(((*EXCUSED, *CLAIMED), YES)), False),
    ],
)
def test_a_contradiction_is_about_one_thing(part: Part, *, expected: bool) -> None:
    """One good injector and one bad one contradict nothing; nor does a part that does not apply."""
    actual = rule(part, (), SCALE).contradicted

    assert expected == actual


def test_the_statements_of_a_part_are_all_its_leaves() -> None:
    """In the order of the parts."""
    expected = [*YES, *NO, *CLAIMED]

    actual = list(statements(every((YES, any_of((NO, NOBODY)), CLAIMED))))

    assert expected == actual


# --- More of good never harms, and more of bad never helps ---

KINDS = st.sampled_from(Kind)
DAYS = st.one_of(st.none(), st.dates(TODAY - dt.timedelta(days=1100), TODAY + dt.timedelta(days=40)))


def spoken(answers: list[str]) -> st.SearchStrategy[Statement]:
    def by(name: str, kind: Kind, seen: dt.date | None) -> Source:
        return Source(f"{name}-{kind}", kind, "who", seen)  # an id names one source, and so one kind

    source = st.builds(by, st.sampled_from(["a", "b", "c"]), KINDS, DAYS)
    return st.builds(Statement, st.sampled_from([Answer(each) for each in answers]), source)


def parts(answers: list[str]) -> st.SearchStrategy[Part]:
    said_of_one: st.SearchStrategy[Part] = st.lists(spoken(answers), max_size=4).map(tuple)
    return st.recursive(
        said_of_one,
        lambda inner: st.builds(Several, st.sampled_from(How), st.lists(inner, min_size=1, max_size=3).map(tuple)),
        max_leaves=6,
    )


APPLYING = ["yes", "partly", "no"]
AGAINST = ["partly", "no"]


def beliefs(part: Part, before: list[Statement], more: Statement) -> tuple[Belief | None, Belief | None]:
    return rule(part, tuple(before), SCALE).belief, rule(part, (*before, more), SCALE).belief


@at_most(400)
@given(parts(APPLYING), st.lists(spoken(APPLYING), max_size=3), spoken(["yes"]))
def test_one_more_yes_never_harms(part: Part, before: list[Statement], more: Statement) -> None:
    """`proven` never falls and `failed` never rises, whoever says it and whenever it was seen."""
    was, now = beliefs(part, before, more)

    assert was is not None
    assert now is not None
    assert was.proven <= now.proven
    assert was.failed >= now.failed


@at_most(400)
@given(parts(APPLYING), st.lists(spoken(APPLYING), max_size=3), spoken(["no"]))
def test_one_more_no_never_helps(part: Part, before: list[Statement], more: Statement) -> None:
    """`proven` never rises and `failed` never falls, whoever says it and whenever it was seen."""
    was, now = beliefs(part, before, more)

    assert was is not None
    assert now is not None
    assert was.proven >= now.proven
    assert was.failed <= now.failed


EXCUSABLE = st.lists(spoken([*APPLYING, "not_applicable"]), max_size=5)


@at_most(400)
@given(EXCUSABLE, spoken(["yes"]))
def test_one_more_yes_never_harms_beside_an_excuse(before: list[Statement], more: Statement) -> None:
    """Where the question applies before and after."""
    was, now = beliefs((), before, more)

    assert was is None or now is None or (was.proven <= now.proven and was.failed >= now.failed)


@at_most(400)
@given(EXCUSABLE, spoken(["no"]))
def test_one_more_no_never_helps_beside_an_excuse(before: list[Statement], more: Statement) -> None:
    """Where the question applies before and after."""
    was, now = beliefs((), before, more)

    assert was is None or now is None or (was.proven >= now.proven and was.failed <= now.failed)


@at_most(300)
@given(parts([*APPLYING, "not_applicable"]), st.lists(spoken(APPLYING), max_size=3))
def test_proven_and_failed_never_exceed_the_whole(part: Part, direct: list[Statement]) -> None:
    """The rest is unknown."""
    found = rule(part, tuple(direct), SCALE).belief

    assert found is None or (min(found) >= 0 and sum(found) <= 100)


SHOWN_TWICE = "`rule` keeps a statement once as displaced by one part's records and once as it stands in another part"


def test_one_that_is_displaced_in_one_part_alone_is_shown_once() -> None:
    """And the order of the parts does not matter."""
    denied = said("no", "patient")
    turned = [rule(every(parts), (denied, said("no", "document")), SCALE) for parts in ((YES, NOBODY), (NOBODY, YES))]

    assert turned[0] == turned[1]
    assert [each.statement for each in turned[0].others] == [*YES, denied]


@at_most(300)
@given(parts([*APPLYING, "not_applicable"]), st.lists(spoken(APPLYING), max_size=4), st.randoms())
def test_the_order_of_what_was_said_does_not_matter(part: Part, direct: list[Statement], random: Any) -> None:
    """Neither of direct answers nor of parts: the same is believed, cited and shown."""
    expected = rule(part, tuple(direct), SCALE)

    shuffled = sorted(direct, key=lambda _: random.random())
    turned = Several(part.how, part.parts[::-1]) if isinstance(part, Several) else part[::-1]
    actual = rule(turned, tuple(shuffled), SCALE)

    assert expected == actual
