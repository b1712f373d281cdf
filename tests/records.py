"""Random dossiers with records of all kinds, as plain trees, for the shipped sets."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from hypothesis import strategies as st
from strategies import ANSWERS, KINDS, TODAY

from clinic_vetting import load_criteria
from clinic_vetting.clinic import (
    Action,
    AuthorisationStatus,
    LicenceStatus,
    NoticeKind,
    ProductKind,
    RegistrationKind,
    RegistrationStatus,
)

DAYS = st.dates(TODAY - dt.timedelta(days=900), TODAY + dt.timedelta(days=60)).map(dt.date.isoformat)
STARTS = st.sampled_from([TODAY, TODAY - dt.timedelta(days=400)]).map(dt.date.isoformat)
NAMES = st.sampled_from(["One", "Two", " one "])
TREATMENTS = st.sampled_from(["mesotherapy", "Mesotherapy ", "filler"])
FLAGS = st.booleans()
REGISTERS = st.sampled_from(["One", "GMC", " gmc", "NPI", "CA medical board"])
NUMBERS = st.sampled_from(["One", "7000001", "70", "1234567893", "1234567890", "see website"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw any of the fields; those that end with `_` are always there."""
    always = {key.rstrip("_"): value for key, value in fields.items() if key.endswith("_")}
    return st.fixed_dictionaries(always, optional={key: each for key, each in fields.items() if not key.endswith("_")})


def in_order(record: dict[str, Any], start: str, end: str) -> bool:
    """Say whether two days of a record can be as they are."""
    return start not in record or end not in record or record[start] <= record[end]


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
    licence = some(authority_=REGISTERS, number=NUMBERS, status=words(LicenceStatus), expires=DAYS, source_=source)
    training = some(treatment_=TREATMENTS, completed=DAYS, source_=source)
    insurance = some(covers=few(TREATMENTS), expires=DAYS, source_=source)
    people = some(
        name=NAMES, injects=FLAGS, source=source,
        licences=few(licence), training=few(training), insurance=few(insurance),
    )  # fmt: skip
    countries = st.sampled_from(["GB", "US"])
    authorisation = some(authority_=NAMES, country=countries, status=words(AuthorisationStatus), source_=source)
    product = some(
        name=NAMES, kind=words(ProductKind), authorisation=few(authorisation), lot=NAMES, expires=DAYS, source=source,
        supplier=some(authorised=FLAGS, source_=source), sealed=few(said),
        gs1=st.sampled_from(["(01)05060000000016(17)270630(10)A17", "(17)260101", "(10)A1"]),
    )  # fmt: skip
    registration = some(
        kind_=words(RegistrationKind), body_=NAMES, status=words(RegistrationStatus), expires=DAYS, source_=source
    )
    about = st.sampled_from(["One", "one, lot A17", "Two: all lots", "lot B", "Two 100 U, batch One"])
    notice = some(
        by_=NAMES, kind=words(NoticeKind), about=about, issued=STARTS, lifted=DAYS, source_=source
    ).filter(lambda each: in_order(each, "issued", "lifted"))  # fmt: skip
    sanction = some(
        by_=NAMES, action_=words(Action), practitioner=NAMES, decided=STARTS, ended=DAYS, source_=source
    ).filter(lambda each: in_order(each, "decided", "ended"))  # fmt: skip
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
