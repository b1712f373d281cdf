"""The library against the oracle on dossiers with records: what each says, and what all come to."""

from __future__ import annotations

import datetime as dt
import functools
import json
from typing import Any

from cases import mesotherapy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import (
    Case,
    Day,
    Ruling,
    band_id,
    band_place,
    limits,
    parts,
    read_case,
    read_duration,
    rule,
    turning_days,
)
from oracle_records import CHECKED, ROWS, Facts, record_days, ruling_of
from records import DAYS, NAMES, TREATMENTS, few, some, trees, words
from strategies import KINDS, TODAY

from clinic_vetting import CriteriaSet, clinic_from, parse_criteria, plain_criteria, vet
from clinic_vetting.clinic import LicenceStatus, RegistrationKind, RegistrationStatus

OF_RATINGS = ("review_rating", "review_volume")
"""The rows that the oracle leaves out; tests/test_measures.py has their numbers."""
COMPUTED = (CHECKED, "(reviews)")
"""Sources that no dossier names."""


@functools.cache
def plain() -> dict[str, Any]:
    """Give the shipped set as a tree in which ratings are asked of people alone."""
    tree: dict[str, Any] = json.loads(json.dumps(plain_criteria(mesotherapy())))
    for category in tree["categories"]:
        for each in category["criteria"]:
            if each.get("measure") in OF_RATINGS:
                del each["measure"]
    return tree


@functools.cache
def measured() -> dict[str, str]:
    """Give the criteria that records answer, each with its row of the table."""
    found = ((f"{category['id']}.{each['id']}", each.get("measure")) for category in plain()["categories"]
             for each in category["criteria"])  # fmt: skip
    return {name: measure for name, measure in found if measure}


@functools.cache
def criteria() -> CriteriaSet:
    """Give the same set to the library."""
    return parse_criteria(json.dumps(plain()), "plain.json")


def rulings_on(case: Case, tree: dict[str, Any], today: dt.date) -> dict[str, tuple[Ruling, set[tuple[str, str]]]]:
    """Give the oracle's ruling on each criterion, and what may be cited."""
    facts, failures = Facts(tree, plain()["evidence"], today), read_duration(plain()["failures_fresh_for"])
    found = {}
    for each in case.asked:
        day, direct = Day(today, each.fresh_for, failures), case.statements[each.id]
        if each.id in measured():
            found[each.id] = ruling_of(measured()[each.id], facts, direct, day)
        else:
            ruling = rule(direct, day)
            said = ruling.decided_by
            found[each.id] = ruling, {(said.source, said.answer)} if said else set()
    return found


def test_every_row_of_the_table_but_those_of_ratings_is_in_the_oracle() -> None:
    """None is passed over in silence."""
    assert {*measured().values()} == {*ROWS}
    assert {each.measure for each in mesotherapy().criteria() if each.measure} == {*ROWS, *OF_RATINGS}


@functools.cache
def entries() -> st.SearchStrategy[dict[str, Any]]:
    """Draw people with several licences and policies, and several entries of bodies: what supersedes what."""
    sources = {f"s{i}": some(kind_=st.sampled_from(KINDS), who_=NAMES, seen=DAYS) for i in range(4)}
    source = st.sampled_from(sorted(sources))
    numbers = st.sampled_from(["7000001", "70", "1234567893", "1234567890", "700001", "see website"])
    licence = some(
        authority_=st.sampled_from(["GMC", " gmc", "NPI"]), number=numbers, status=words(LicenceStatus), expires=DAYS,
        source_=source,
    )  # fmt: skip
    policy = some(covers_=st.lists(TREATMENTS, min_size=1, max_size=2), expires_=DAYS, source_=source)
    person = some(name=NAMES, source=source, licences_=few(licence), insurance_=few(policy))
    entry = some(
        kind_=words(RegistrationKind), body_=NAMES, status_=words(RegistrationStatus), expires=DAYS, source_=source
    )
    clinic = some(id_=NAMES, country=st.sampled_from(["GB", "US"]), treatments=few(TREATMENTS))
    return some(
        dossier_=st.just(1), sources_=st.fixed_dictionaries(sources), clinic_=clinic,
        practitioners_=few(person, 2), registrations_=few(entry, 5),
    )  # fmt: skip


def plainly(tree: dict[str, Any]) -> dict[str, Any]:
    """Leave out waivers, and what notices say in words: the oracle reads no texts."""
    notices = [{name: value for name, value in each.items() if name != "about"} for each in tree.get("notices", [])]
    return {**tree, "waivers": [], "notices": notices}


@settings(max_examples=20 * settings().max_examples)
@given(st.one_of(trees(), entries()), st.integers(-400, 40))
def test_records_say_what_the_page_says(tree: dict[str, Any], later: int) -> None:
    """Each criterion's pair and what is cited, the parts, the band and what limits it."""
    tree, today = plainly(tree), TODAY + dt.timedelta(days=later)
    case = read_case(plain(), tree)
    expected = rulings_on(case, tree, today)
    beliefs = {name: ruling.belief for name, (ruling, _) in expected.items()}
    numbers = parts(case, beliefs)

    verdict = vet(clinic_from(tree), criteria(), as_of=today)

    assert beliefs == {each.id: each.belief for each in verdict.findings}
    for each in verdict.findings:
        said, may_be = each.decided_by, expected[each.id][1]
        computed = {answer for source, answer in may_be if source in COMPUTED}
        assert said or not may_be, each.id
        if said:
            answer = said.statement.answer.value
            assert (said.statement.source.id, answer) in may_be or answer in computed, each.id
    assert (numbers is None) == (verdict.score is None)
    if numbers:
        assert (numbers.proven, numbers.failed, numbers.score) == (verdict.proven, verdict.failed, verdict.score)
        assert verdict.band is not None
        assert band_id(case, band_place(case, beliefs)) == verdict.band.id
    assert limits(case, beliefs) == [(each.band, each.condition) for each in verdict.limits]


@settings(max_examples=4 * settings().max_examples)
@given(st.one_of(trees(), entries()), st.sampled_from(sorted(measured())))
def test_records_change_on_the_days_of_the_page(tree: dict[str, Any], name: str) -> None:
    """The first day on which a finding's pair differs is found by trying every day on which it could."""
    tree = plainly(tree)
    case = read_case(plain(), tree)
    asked = next((each for each in case.asked if each.id == name), None)
    assert asked is not None
    case = Case(case.criteria, [asked], case.statements)
    failures = read_duration(plain()["failures_fresh_for"])
    days = {*record_days(tree)}
    turning = {turn for day in days for turn in turning_days(day, asked.fresh_for, failures)}
    now = rulings_on(case, tree, TODAY)[name][0].belief

    ahead = sorted(day for day in days | turning if day > TODAY)
    changed = (day for day in ahead if rulings_on(case, tree, day)[name][0].belief != now)

    assert vet(clinic_from(tree), criteria(), as_of=TODAY).finding(name).changes_on == next(changed, None)
