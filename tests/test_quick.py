"""The quick evaluation against the readable one, which stays the only place where the rules are written."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from typing import Any

import attrs
import pytest
from cases import mesotherapy
from drawn import Drawn, at_most, on_answers, on_records
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY

from clinic_vetting import (
    Answer,
    Authorisation,
    Belief,
    Clinic,
    CriteriaSet,
    Kind,
    Outcome,
    Product,
    Review,
    Source,
    Statement,
    clinic_from,
    load_criteria,
    looking,
    measures,
    parse_criteria,
    plain,
    plain_criteria,
    quick,
    vet,
    vet_tree,
    worth,
)
from clinic_vetting.clinic import AuthorisationStatus
from clinic_vetting.criterion import Band
from clinic_vetting.measures.reviews import review_rating
from clinic_vetting.plan import compiled
from clinic_vetting.score import Points, Sums

AGREE = at_most(400)


@attrs.frozen
class Decided:
    """Everything that is decided at once; the outcomes are those before waivers."""

    beliefs: dict[str, Belief | None]
    points: Points
    sums: Sums
    band: Band | None
    outcomes: list[Outcome]


def quickly(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> Decided:
    """Decide by looking up what the readable rules have said."""
    plan, verdict = compiled(criteria), vet(clinic, criteria, as_of=as_of)
    beliefs = {each.id: verdict.beliefs[each.place] for each in plan.asked}
    outcomes = [each.outcome for each in quick.evaluate(plan, clinic, as_of).leaves]
    return Decided(beliefs, verdict.points, verdict.sums, verdict.band, outcomes)


def readably(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> Decided:
    """Decide by the readable rules."""
    plan = compiled(criteria)
    beliefs = plan.beliefs(clinic, as_of)
    outcomes = [Outcome.NOT_APPLICABLE if each is None else each.outcome for each in beliefs]
    for waived in vet(clinic, criteria, as_of=as_of).waived:
        beliefs[waived] = None
    points = plan.points(beliefs)
    named = {each.id: beliefs[each.place] for each in plan.asked}
    return Decided(named, points, points.sums(beliefs), plan.band(beliefs, clinic), outcomes)


@AGREE
@given(on_records(st.integers(-400, 40)))
def test_quick_is_the_readable_on_records_of_all_kinds(case: Drawn) -> None:
    assert quickly(*case) == readably(*case)


@AGREE
@given(on_answers())
def test_quick_is_the_readable_on_direct_answers(case: Drawn) -> None:
    assert quickly(*case) == readably(*case)


@AGREE
@given(st.one_of(on_records(st.integers(-400, 40)), on_answers()))
def test_a_draft_comes_to_what_its_clinic_does(case: Drawn) -> None:
    clinic, criteria, day = case
    tree = plain(clinic)
    drafted, made = vet_tree(tree, criteria, as_of=day), vet(clinic_from(tree), criteria, as_of=day)
    assert (drafted.beliefs, drafted.band, drafted.sums) == (made.beliefs, made.band, made.sums)
    assert drafted.clinic == made.clinic


@at_most(60)
@given(st.lists(on_records(st.just(0)), min_size=3, max_size=6))
def test_quick_stays_right_when_its_memos_overflow(drawn: list[Drawn]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "MOST_DAYS", 2)
        patch.setattr(worth, "MOST_CASES", 2)
        for later in (0, 40, -3, 90):
            for clinic, criteria, today in drawn:
                day = today + dt.timedelta(days=later)
                assert quickly(clinic, criteria, day) == readably(clinic, criteria, day)


def test_memos_are_bounded_by_days_and_cases() -> None:
    criteria = parse_criteria(json.dumps({**plain_criteria(load_criteria()), "id": "own"}), "own.json")
    day = dt.date(2000, 1, 1)
    for i in range(2 * looking.MOST_DAYS):
        sources = [Source("a", Kind.DOCUMENT, "a", day + dt.timedelta(i)), Source("b", Kind.CLAIM, "b", day)]
        said = tuple(Statement(Answer.YES, each) for each in sources)
        vet(Clinic(id="a", answers={"hygiene.hand_hygiene": said}), criteria, as_of=TODAY)
    plan = compiled(criteria)
    everything = (1 << len(plan.asked)) - 1
    sight = quick._sight(plan, TODAY, everything)  # noqa: SLF001
    assert len(sight.days) <= looking.MOST_DAYS
    assert all(len(row.cell.cases) <= worth.MOST_CASES for row in sight.every.values())


@measures.register("asked_of_a_test")
def asked_of_a_test(clinic: Clinic, as_of: dt.date) -> Any:
    """Take the shipped measure's answer, under a name of its own."""
    return review_rating(clinic, as_of)


def test_quick_takes_the_authorisations_of_the_clinics_country() -> None:
    register = Source("register", Kind.REGISTER, "a register", TODAY)
    given = tuple(
        Authorisation(authority="A", country=country, status=AuthorisationStatus(status), source=register)
        for country, status in (("GB", "authorised"), ("US", "withdrawn"))
    )
    for country, expected in (("GB", "met"), ("US", "failed"), (None, "failed"), ("FR", "unknown")):
        clinic = Clinic(id="a", country=country, products=(Product(authorisation=given),))
        assert quickly(clinic, mesotherapy(), TODAY) == readably(clinic, mesotherapy(), TODAY)
        found = vet(clinic, mesotherapy(), as_of=TODAY).finding("sourcing.product_authorised")
        assert expected == found.outcome


def test_what_the_quick_one_does_not_know_goes_to_the_readable() -> None:
    """Measures of a site's own, statements with a strength of their own, and records beside answers."""
    tree = plain_criteria(load_criteria())
    for category in tree["categories"]:
        for criterion in category["criteria"]:
            if criterion.get("measure") == "recent_reviews":
                criterion["measure"] = "asked_of_a_test"
    criteria = parse_criteria(json.dumps(tree), "own.json")
    visit = Source("visit", Kind.OBSERVATION, "a visit", TODAY)
    scaled = Statement(Answer.PARTLY, visit, measured=(30, 20))
    plain = Statement(Answer.PARTLY, visit)
    answers: dict[str, Statement | tuple[Statement, ...]] = {
        "hygiene.hand_hygiene": scaled,
        "hygiene.vial_handling": (scaled, plain),
        "sourcing.sealed_labelled": plain,
        "care.aftercare_written": (),
        "nothing.here": plain,
    }
    clinic = Clinic(id="a", answers=answers, products=(Product(sealed=(scaled,)), Product(sealed=(plain, plain))))
    review = Review(platform="One", rating=decimal.Decimal(4), date=TODAY)
    reviewed = attrs.evolve(clinic, reviews=(review,))
    for each in (clinic, reviewed, *(attrs.evolve(one, products=()) for one in (clinic, reviewed))):
        assert quickly(each, criteria, TODAY) == readably(each, criteria, TODAY)


def test_ratings_add_up_exactly_whatever_decimal_context_is_set() -> None:
    review = Review(platform="One", rating=decimal.Decimal("3.123456789012"), date=TODAY)
    reviews = (review,) * 9
    clinic = Clinic(id="a", reviews=reviews)
    expected = vet(clinic, mesotherapy(), as_of=TODAY)
    with decimal.localcontext(decimal.Context(prec=1)):
        verdict = vet(clinic, mesotherapy(), as_of=TODAY)
        assert quickly(clinic, mesotherapy(), TODAY) == readably(clinic, mesotherapy(), TODAY)
    assert verdict.score == expected.score
