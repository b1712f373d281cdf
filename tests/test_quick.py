"""The quick evaluation against the readable one, which stays the only place where the rules are written."""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import json
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ANSWERS, KINDS, TODAY, cases

from clinic_vetting import (
    Answer,
    Authorisation,
    Clinic,
    CriteriaSet,
    Kind,
    Product,
    Review,
    Source,
    Statement,
    clinic_from,
    load_criteria,
    measures,
    parse_criteria,
    plain_criteria,
    quick,
    vet,
)
from clinic_vetting.clinic import (
    Action,
    AuthorisationStatus,
    LicenceStatus,
    NoticeKind,
    ProductKind,
    RegistrationKind,
    RegistrationStatus,
)
from clinic_vetting.measures.reviews import review_rating
from clinic_vetting.plan import compiled

DAYS = st.dates(TODAY - dt.timedelta(days=900), TODAY + dt.timedelta(days=60)).map(dt.date.isoformat)
NAMES = st.sampled_from(["One", "Two", " one "])
TREATMENTS = st.sampled_from(["mesotherapy", "Mesotherapy ", "filler"])
FLAGS = st.booleans()
AGREE = settings(max_examples=400, deadline=None)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw any of the fields; those that end with `_` are always there."""
    always = {key.rstrip("_"): value for key, value in fields.items() if key.endswith("_")}
    return st.fixed_dictionaries(always, optional={key: each for key, each in fields.items() if not key.endswith("_")})


def few(item: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    """Draw a few."""
    return st.lists(item, max_size=most)


def words(kind: Any) -> st.SearchStrategy[str]:
    """Draw a word."""
    return st.sampled_from([each.value for each in kind])


def stars() -> st.SearchStrategy[Any]:
    """Draw a rating."""
    return st.one_of(st.integers(1, 5), st.sampled_from(["4.1", "3.33333333333", "1.000000000001"]))


@functools.cache
def trees() -> st.SearchStrategy[dict[str, Any]]:
    """Draw dossiers with records of all kinds, for the shipped set."""
    kinds = st.sampled_from(KINDS)
    sources = st.fixed_dictionaries({f"s{i}": some(kind_=kinds, who_=NAMES, seen=DAYS) for i in range(4)})
    source = st.sampled_from(["s0", "s1", "s2", "s3"])
    said = some(answer_=st.sampled_from(ANSWERS), source_=source)
    licence = some(authority_=NAMES, number=NAMES, status=words(LicenceStatus), expires=DAYS, source_=source)
    training = some(treatment_=TREATMENTS, completed=DAYS, source_=source)
    insurance = some(covers=few(TREATMENTS), expires=DAYS, source_=source)
    people = some(
        name=NAMES, injects=FLAGS, source=source,
        licences=few(licence), training=few(training), insurance=few(insurance),
    )  # fmt: skip
    countries = st.sampled_from(["GB", "US"])
    authorisation = some(authority_=NAMES, country=countries, status=words(AuthorisationStatus), source_=source)
    product = some(
        kind=words(ProductKind), authorisation=few(authorisation), lot=NAMES, expires=DAYS, source=source,
        supplier=some(authorised=FLAGS, source_=source), sealed=few(said),
        gs1=st.sampled_from(["(01)05060000000015(17)270630(10)A17", "(17)260101", "(10)A1"]),
    )  # fmt: skip
    registration = some(
        kind_=words(RegistrationKind), body_=NAMES, status=words(RegistrationStatus), expires=DAYS, source_=source
    )
    notice = some(by_=NAMES, kind=words(NoticeKind), issued=DAYS, lifted=DAYS, source_=source)
    sanction = some(by_=NAMES, action_=words(Action), decided=DAYS, ended=DAYS, source_=source)
    rating = some(platform_=NAMES, mean_=stars(), count_=st.integers(0, 50), seen=DAYS, independent=FLAGS)
    review = some(platform_=NAMES, rating=stars(), date=DAYS, independent=FLAGS)
    ids = [each.full_id.split(".") for each in load_criteria().criteria()]
    answers = st.lists(st.tuples(st.sampled_from(ids), st.lists(said, min_size=1, max_size=4)), max_size=12)
    waiver = some(criterion_=st.sampled_from(ids).map(".".join), reason_=NAMES, owner_=NAMES, until_=DAYS)
    return some(
        dossier_=st.just(1), sources_=sources,
        clinic_=some(id_=NAMES, country=countries, treatments=few(TREATMENTS)),
        practitioners=few(people), products=few(product), registrations=few(registration, 5), notices=few(notice),
        sanctions=few(sanction), ratings=few(rating, 4), reviews=few(review, 8), answers=answers.map(_nested),
        waivers=few(waiver, 1),
    )  # fmt: skip


def _nested(answers: list[tuple[list[str], Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for (category, criterion), said in answers:
        tree.setdefault(category, {})[criterion] = said
    return tree


def agree(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> None:
    """Compare everything that is decided at once with the readable rules."""
    plan = compiled(criteria)
    beliefs = plan.beliefs(clinic, as_of)
    verdict = vet(clinic, criteria, as_of=as_of)
    for waived in verdict.waived:
        beliefs[waived] = None
    points = plan.points(beliefs)
    assert {each.id: beliefs[each.place] for each in plan.asked} == {
        each.id: verdict.beliefs[each.place] for each in plan.asked
    }
    assert (verdict.points, verdict.sums) == (points, points.sums(beliefs))
    assert verdict.band is plan.band(beliefs, clinic)
    for leaf, belief in zip(quick.evaluate(plan, clinic, as_of).leaves, plan.beliefs(clinic, as_of), strict=True):
        assert leaf.outcome == ("not_applicable" if belief is None else belief.outcome)


@AGREE
@given(trees(), st.integers(-400, 40))
def test_quick_is_the_readable_on_records_of_all_kinds(tree: dict[str, Any], later: int) -> None:
    agree(clinic_from(tree), load_shipped(), TODAY + dt.timedelta(days=later))


@AGREE
@given(cases(), st.integers(-400, 400))
def test_quick_is_the_readable_on_direct_answers(case: tuple[dict[str, Any], dict[str, Any]], later: int) -> None:
    tree, dossier = case
    agree(clinic_from(dossier), parse_criteria(json.dumps(tree), "drawn.json"), TODAY + dt.timedelta(days=later))


@functools.cache
def load_shipped() -> CriteriaSet:
    return load_criteria()


@settings(max_examples=60, deadline=None)
@given(st.lists(trees(), min_size=3, max_size=6))
def test_quick_stays_right_when_its_memos_overflow(drawn: list[dict[str, Any]]) -> None:
    clinics = [clinic_from(tree) for tree in drawn]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "MOST_DAYS", 2)
        patch.setattr(quick, "MOST_CASES", 2)
        for later in (0, 40, -3, 90):
            for clinic in clinics:
                agree(clinic, load_shipped(), TODAY + dt.timedelta(days=later))


def test_memos_are_bounded_by_days_and_cases() -> None:
    criteria = parse_criteria(json.dumps({**plain_criteria(load_criteria()), "id": "own"}), "own.json")
    day = dt.date(2000, 1, 1)
    for i in range(2 * quick.MOST_DAYS):
        sources = [Source("a", Kind.DOCUMENT, "a", day + dt.timedelta(i)), Source("b", Kind.CLAIM, "b", day)]
        said = tuple(Statement(Answer.YES, each) for each in sources)
        vet(Clinic(id="a", answers={"hygiene.hand_hygiene": said}), criteria, as_of=TODAY)
    plan = compiled(criteria)
    everything = (1 << len(plan.asked)) - 1
    rows = quick._sight(plan, TODAY, everything).rows  # noqa: SLF001
    assert all(len(row) <= quick.MOST_DAYS for row in rows.values())
    assert all(len(row.cell.cases) <= quick.MOST_CASES for row in rows.values())


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
        agree(clinic, load_shipped(), TODAY)
        found = vet(clinic, load_shipped(), as_of=TODAY).finding("sourcing.product_authorised")
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
    for each in (
        clinic,
        attrs.evolve(clinic, reviews=(Review(platform="One", rating=decimal.Decimal(4), date=TODAY),)),
    ):
        agree(each, criteria, TODAY)
        agree(attrs.evolve(each, products=()), criteria, TODAY)


def test_ratings_add_up_exactly_whatever_decimal_context_is_set() -> None:
    review = Review(platform="One", rating=decimal.Decimal("3.123456789012"), date=TODAY)
    reviews = (review,) * 9
    clinic = Clinic(id="a", reviews=reviews)
    expected = vet(clinic, load_shipped(), as_of=TODAY)
    with decimal.localcontext(decimal.Context(prec=1)):
        verdict = vet(clinic, load_shipped(), as_of=TODAY)
        agree(clinic, load_shipped(), TODAY)
    assert verdict.score == expected.score
