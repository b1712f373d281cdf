"""Advice against brute force: every subset of fixes, every day, other weights, every answer."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import attrs
import pytest
from cases import DAY, ROOT, clinic, data, mesotherapy, small_set
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle import evaluate
from records import trees
from strategies import TODAY, cases, dossiers, ids_of

from clinic_vetting import (
    Belief,
    Clinic,
    CriteriaSet,
    Hold,
    Remedies,
    Verdict,
    clinic_from,
    comparison,
    difference,
    fixes,
    forecast,
    lead,
    load_clinic,
    load_criteria,
    parse_clinic,
    parse_criteria,
    plain_criteria,
    questions,
    read_reviews,
    remedies,
    robustness,
    vet,
)
from clinic_vetting.advice.covering import MOST_THINGS, smallest_covers
from clinic_vetting.advice.forecast import Reason
from clinic_vetting.advice.lead import DRAWS
from clinic_vetting.advice.remedies import MENDED
from clinic_vetting.reach import at_best, at_worst

Case = tuple[dict[str, Any], dict[str, Any]]
ONE_DAY = dt.timedelta(days=1)
SMALL = small_set("""
  - id: a
    title: A
    weight: 3
    criteria:
      - {id: x, question: X?, weight: 2, severity: critical}
      - {id: y, question: Y?, weight: 1, severity: major}
  - id: b
    title: B
    weight: 1
    criteria:
      - {id: z, question: Z?, weight: 1, severity: minor, applies: {treatments: [filler]}}
      - {id: r, question: R?, weight: 1, severity: minor, measure: review_rating}
""")


def small() -> CriteriaSet:
    """Give a set whose criteria are worth 50, 25, 12.5 and 12.5 points."""
    return parse_criteria(SMALL, "small.yaml")


def small_verdict(facts: dict[str, str], **more: Any) -> Verdict:
    """Vet direct answers by one source under the small set."""
    return vet(clinic(facts, **more), small(), as_of=DAY)


def verdict_of(case: Case, day: dt.date = TODAY) -> Verdict:
    """Vet a drawn case."""
    return vet(clinic_from(case[1]), parse_criteria(json.dumps(case[0]), "drawn.json"), as_of=day)


def core(verdict: Verdict) -> tuple[object, ...]:
    """Give what makes a verdict another one."""
    return (verdict.band.id if verdict.band else None, verdict.score, verdict.proven, verdict.failed)


def texts(*numbers: Fraction | None) -> list[str]:
    """Write exact numbers."""
    return [str(each) for each in numbers]


def names(found: Remedies) -> list[list[str]]:
    """Give the sets of a clinic's remedies by id."""
    return [[each.criterion.full_id for each in one] for one in found.sets]


# --- fixes and remedies


def brute_force(verdict: Verdict, places: list[int]) -> set[frozenset[int]]:
    """Try every subset, smallest first, by the readable evaluator; give all of the first size that is enough."""
    now = verdict.plan.band_place(verdict.beliefs, verdict.clinic)
    assert now is not None
    for size in range(1, len(places) + 1):
        enough = set()
        for chosen in combinations(places, size):
            beliefs = [MENDED if i in chosen else belief for i, belief in enumerate(verdict.beliefs)]
            place = verdict.plan.band_place(beliefs, verdict.clinic)
            assert place is not None
            enough |= {frozenset(chosen)} if place < now else set()
        if enough:
            return enough
    return set()


def changeable(verdict: Verdict) -> list[int]:
    """Give the places of what can be changed."""
    return [verdict.plan.place[each.criterion.full_id] for each in fixes(verdict) if each.stands is None]


@settings(max_examples=3 * settings().max_examples)
@given(cases())
def test_remedies_are_all_the_smallest_sets(case: Case) -> None:
    """Every subset of fixes is tried and judged anew; what no set reaches is told with what is missing."""
    verdict = verdict_of(case)
    assume(verdict.rated and verdict.band is not verdict.criteria.bands[0])

    found = remedies(verdict, most=1000)

    expected = brute_force(verdict, changeable(verdict))
    assert {frozenset(verdict.plan.place[name] for name in one) for one in names(found)} == expected
    assert bool(found.missing) == (not expected)
    assert found.smallest
    assert not found.more


@given(cases(), st.integers(1, 2))
def test_a_listing_that_is_cut_off_says_so(case: Case, most: int) -> None:
    """It is a part of all sets, in the same order."""
    verdict = verdict_of(case)

    everything, cut = remedies(verdict, most=1000), remedies(verdict, most=most)

    assert [each for each in names(everything) if each in names(cut)] == names(cut)
    assert len(cut.sets) == min(most, len(everything.sets))
    assert cut.more == (len(everything.sets) > most)


@given(cases())
def test_remedies_hold_for_new_dossiers(case: Case) -> None:
    """An inspection today that says yes to each of a set leads to the next band, by an evaluator of its own."""
    tree, dossier = copy.deepcopy(case[0]), copy.deepcopy(case[1])
    tree["evidence"]["inspection"] = 100
    verdict = verdict_of((tree, dossier))
    dossier["sources"]["anew"] = {"kind": "inspection", "who": "an inspector", "seen": TODAY.isoformat()}

    for one in names(remedies(verdict)):
        mended = copy.deepcopy(dossier)
        for name in one:
            category, criterion = name.split(".")
            mended["answers"][category][criterion].append({"answer": "yes", "source": "anew"})
        bands = [each["id"] for each in tree["bands"]]
        assert verdict.band
        assert bands.index(evaluate(tree, mended, TODAY)["band"]) < bands.index(verdict.band.id)


@given(cases())
def test_what_stands_is_what_an_inspection_would_not_displace(case: Case) -> None:
    """By an evaluator of its own, on a dossier with one more statement."""
    tree, dossier = case
    verdict = verdict_of(case)
    for fix in fixes(verdict):
        inspected = copy.deepcopy(dossier)
        inspected["sources"]["anew"] = {"kind": "inspection", "who": "an inspector", "seen": TODAY.isoformat()}
        said = inspected["answers"][fix.criterion.category][fix.criterion.id]
        said.append({"answer": "yes", "source": "anew"})
        finding = evaluate(tree, inspected, TODAY)["findings"][fix.criterion.full_id]

        assert (fix.stands is not None) == (finding["f"] != 0)


def test_what_patients_wrote_cannot_be_mended() -> None:
    """It is told with the points it costs, and is in no set."""
    text = """
dossier: 1
clinic: {id: c}
ratings: [{platform: P, mean: 1.2, count: 200, seen: 2026-11-01}]
sources: {s: {kind: inspection, who: us, seen: 2026-11-01}}
answers: {a: {x: {answer: no, source: s}, y: {answer: no, source: s}}}
"""
    verdict = vet(parse_clinic(text), small(), as_of=DAY)

    found = remedies(verdict)

    assert [(each.criterion.full_id, each.stands) for each in found.fixes] == [
        ("a.x", None),
        ("a.y", None),
        ("b.r", "patients"),
    ]
    assert names(found) == [["a.x"]]


def test_what_was_read_in_reviews_cannot_be_mended() -> None:
    """It is what patients wrote, by whomever it was read."""
    text = """
dossier: 1
clinic: {id: c}
reviews:
- {platform: P, rating: 1, date: 2026-10-01, author: r, text: I got an infection from my lip filler injections here.}
"""
    verdict = vet(read_reviews(parse_clinic(text), as_of=DAY), mesotherapy(), as_of=DAY)

    found = {each.criterion.full_id: each.stands for each in remedies(verdict).fixes}

    assert found["reviews.no_alarm_reports"] == "patients"


def test_what_an_inspection_of_the_same_day_found_stands_today() -> None:
    """Nobody can look later on the same day."""
    verdict = small_verdict({"a.x": "no"})

    assert [each.stands for each in fixes(verdict)] == ["stronger"]
    assert [each.condition for each in remedies(verdict).missing] == ["critical_failed", "failed_at_most"]


def test_the_best_band_and_no_band_need_no_remedy() -> None:
    """There is no next band."""
    best = small_verdict({"a.x": "yes", "a.y": "yes", "b.z": "partly"}, seen=DAY - ONE_DAY)
    none = vet(Clinic(id="c", country="FR"), _nothing_applies(), as_of=DAY)

    assert (best.band is best.criteria.bands[0], remedies(best).band, len(remedies(best).fixes)) == (True, None, 1)
    assert (none.band, remedies(none).band, remedies(none).sets) == (None, None, ())


def _nothing_applies() -> CriteriaSet:
    return parse_criteria(SMALL.replace("severity: ", "applies: {countries: [GB]}, severity: ").replace(
        ", applies: {treatments: [filler]}", ""), "small.yaml")  # fmt: skip


def test_what_a_band_requires_is_in_every_set() -> None:
    """However little it is worth; what is unknown can only be asked, and is told as missing."""
    text = SMALL.replace("met: [a.x]", "met: [b.z]").replace(
        "proven_at_least: 60, failed_at_most: 10", "failed_at_most: 40"
    )
    answers = {"a.y": "yes", "b.z": "no"}
    failed = vet(clinic(answers, seen=DAY - ONE_DAY), parse_criteria(text, "small.yaml"), as_of=DAY)
    unknown = vet(clinic({"a.y": "yes"}), parse_criteria(text, "small.yaml"), as_of=DAY)

    assert names(remedies(failed)) == [["b.z"]]
    assert [(each.condition, each.criteria) for each in remedies(unknown).missing] == [("met", ("b.z",))]


def test_remedies_need_room_for_one_set() -> None:
    """Nought is refused."""
    with pytest.raises(ValueError, match="most must be at least 1, got 0"):
        remedies(small_verdict({}), most=0)


def test_a_real_verdict_with_sixty_failures_is_searched_to_the_end() -> None:
    """All 61 criteria failed or partly, on the shipped set: the sets are proven to be the smallest."""
    answers = {each.full_id: ("no", "partly")[i % 2] for i, each in enumerate(mesotherapy().criteria())}
    verdict = vet(clinic(answers, seen=DAY - ONE_DAY), mesotherapy(), as_of=DAY)

    found = remedies(verdict)

    assert len(found.fixes) == len(answers)
    assert found.smallest
    assert found.sets
    for one in found.sets:
        mended = clinic(answers | {each.criterion.full_id: "yes" for each in one}, seen=DAY - ONE_DAY)
        assert vet(mended, mesotherapy(), as_of=DAY).band is not verdict.band


@pytest.mark.parametrize("case", data("incidents.yaml"), ids=lambda case: case["id"])
def test_remedies_of_a_documented_incident(case: dict[str, Any]) -> None:
    """A set that is mended leads to the next band in a verdict anew; without any one of it, it does not."""
    day = dt.date(int(case["year"]), 12, 31)
    facts = {**case["facts"], **case["outcome_facts"]}

    def band(answers: dict[str, str]) -> int:
        verdict = vet(clinic(answers, seen=day - ONE_DAY, country=case["country"]), mesotherapy(), as_of=day)
        assert verdict.band
        return verdict.criteria.bands.index(verdict.band)

    now, given_clinic = band(facts), clinic(facts, seen=day - ONE_DAY, country=case["country"])
    found = remedies(vet(given_clinic, mesotherapy(), as_of=day))

    assert bool(found.sets) == bool(found.band and not found.missing)
    for one in names(found):
        assert band(facts | dict.fromkeys(one, "yes")) < now
        assert all(band(facts | dict.fromkeys(set(one) - {each}, "yes")) == now for each in one)


# --- the search on its own


def covers(needs: tuple[int, ...], gains: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Try every choice."""
    for size in range(len(gains) + 1):
        enough = [
            chosen
            for chosen in combinations(range(len(gains)), size)
            if all(sum(gains[i][d] for i in chosen) >= need for d, need in enumerate(needs))
        ]
        if enough:
            return enough
    return []


@settings(max_examples=10 * settings().max_examples)
@given(st.data())
def test_the_search_finds_what_trying_everything_finds(drawn: st.DataObject) -> None:
    """For any number of needs, gains that repeat and gains of nothing."""
    width = drawn.draw(st.integers(1, 4))
    gains = drawn.draw(st.lists(st.tuples(*[st.sampled_from([0, 0, 1, 2, 3, 7, 11])] * width), max_size=9))
    needs = drawn.draw(st.tuples(*[st.integers(0, 25)] * width))

    found = smallest_covers(needs, gains, 1000)

    assert list(found.choices) == covers(needs, gains)
    assert (found.more, found.smallest) == (False, True)


@pytest.mark.parametrize("things", [MOST_THINGS, MOST_THINGS + 1, 4000])
def test_a_search_that_is_given_up_says_so(things: int) -> None:
    """It gives a choice from which nothing can be left out, and does not call it the smallest."""
    draw = random.Random(things)  # noqa: S311 - no secret
    gains = [(draw.randint(1, 10**6), draw.randint(1, 10**6), i % 2) for i in range(things)]
    needs = tuple(sum(own[d] for own in gains) // 3 for d in range(3))

    found = smallest_covers(needs, gains, 10)

    assert (len(found.choices), found.more, found.smallest) == (1, True, False)
    (chosen,) = found.choices
    sums = [sum(gains[i][d] for i in chosen) for d in range(3)]
    assert all(have >= need for have, need in zip(sums, needs, strict=True))
    assert all(any(have - gains[i][d] < needs[d] for d, have in enumerate(sums)) for i in chosen)


def test_a_search_that_is_given_up_while_listing_keeps_what_it_found() -> None:
    """The sets are the smallest; that there may be more is said."""
    draw = random.Random(1)  # noqa: S311 - no secret
    gains = [(draw.randint(10**5, 10**6), draw.randint(10**5, 10**6)) for _ in range(60)]
    needs = tuple(sum(own[d] for own in gains) // 2 for d in range(2))

    found = smallest_covers(needs, gains, 10**6)

    assert found.smallest
    assert found.more
    assert len({len(each) for each in found.choices}) == 1


# --- forecast


@given(cases(), st.lists(st.integers(0, 1500), max_size=5))
def test_a_forecast_says_what_a_verdict_will_say(case: Case, days: list[int]) -> None:
    """On each day of change, the day before, the last day and any other; each is a change, and nothing is left out."""
    verdict = verdict_of(case)
    until = TODAY + dt.timedelta(days=1500)

    found = forecast(verdict, until=until)

    told = [each.on for each in found.days]
    assert told == sorted(set(told))
    for day in {
        TODAY,
        until,
        *told,
        *(each - ONE_DAY for each in told),
        *(TODAY + dt.timedelta(each) for each in days),
    }:
        assert core(found.at(day)) == core(verdict_of(case, day))
    befores = [verdict, *(each.verdict for each in found.days)]
    assert all(core(before) != core(day.verdict) for before, day in zip(befores, found.days, strict=False))
    stands = verdict.valid_until or dt.date.max
    assert stands == told[0] - ONE_DAY if told else stands >= until


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_a_forecast_reads_records_and_waivers(tree: dict[str, Any]) -> None:
    """As a verdict on each of these days does, with the shipped set."""
    given_clinic = clinic_from(tree)
    verdict = vet(given_clinic, mesotherapy(), as_of=TODAY)

    found = forecast(verdict)

    for day in {each for on in found.days for each in (on.on - ONE_DAY, on.on)} | {found.until}:
        assert core(found.at(day)) == core(vet(given_clinic, mesotherapy(), as_of=day))
    for each in found.days:
        assert each.shifts
        for shift in each.shifts:
            was, now = (vet(given_clinic, mesotherapy(), as_of=on) for on in (shift.on - ONE_DAY, shift.on))
            place = verdict.plan.place[shift.criterion.full_id]
            assert (was.beliefs[place], now.beliefs[place]) == (shift.before, shift.after)


@pytest.mark.parametrize("name", ["contradictions", "licence-expires"])
def test_a_forecast_of_an_example_agrees_on_every_day(name: str) -> None:
    """Of a whole year."""
    example = load_clinic(ROOT / "examples" / f"{name}.yaml")
    verdict = vet(example, mesotherapy(), as_of=DAY)
    found = forecast(verdict, until=DAY + dt.timedelta(days=365))

    days = [DAY + dt.timedelta(days=i) for i in range(366)]

    assert [core(found.at(each)) for each in days] == [core(vet(example, mesotherapy(), as_of=each)) for each in days]


def reasons(
    text: str, until: dt.date | None = None, criteria: CriteriaSet | None = None
) -> list[tuple[str, str, Reason, str | None]]:
    """Give the day, criterion and reason of each shift to come, and who is cited."""
    given_clinic = parse_clinic(f"dossier: 1\nclinic: {{id: c}}\n{text}")
    found = forecast(vet(given_clinic, criteria or mesotherapy(), as_of=DAY), until=until)
    return [
        (str(each.on), each.criterion.id, each.reason, each.decided_by.statement.source.id if each.decided_by else None)
        for day in found.days
        for each in day.shifts
    ]


def test_a_forecast_says_why_evidence_counts_less() -> None:
    """It grows old, and is cited; the second time it counts for nothing."""
    text = """
sources: {v: {kind: observation, who: me, seen: 2026-11-01}}
answers: {hygiene: {hand_hygiene: {answer: yes, source: v}}}
"""

    assert reasons(text) == [
        ("2027-05-02", "hand_hygiene", Reason.AGED, "v"),
        ("2027-11-02", "hand_hygiene", Reason.AGED, "v"),
    ]


def test_a_forecast_says_that_a_licence_ends() -> None:
    """On the day after its last good day; who had shown it is cited."""
    text = """
sources: {gmc: {kind: register, who: GMC, seen: 2026-11-10}}
practitioners:
  - {name: A, injects: yes, licences: {authority: GMC, number: "1", status: active, expires: 2026-11-30, source: gmc}}
"""
    told = reasons(text, DAY + dt.timedelta(days=20))

    assert ("2026-12-01", "injector_licensed", Reason.ENDED, "gmc") in told


def test_a_forecast_says_that_a_statement_comes_into_sight() -> None:
    """It is cited from the day on which it is seen."""
    text = """
sources: {v: {kind: observation, who: me, seen: 2026-12-01}}
answers: {hygiene: {hand_hygiene: {answer: no, source: v}}}
"""

    assert reasons(text) == [("2026-12-01", "hand_hygiene", Reason.SEEN, "v")]


def test_a_forecast_reads_what_cannot_be_looked_up() -> None:
    """Reviews that lie ahead are decided by the readable rule on each day."""
    reviews = ", ".join(f"{{platform: P, rating: 5, date: 2026-12-{day:02}}}" for day in range(1, 4))
    given_clinic = parse_clinic(f"dossier: 1\nclinic: {{id: c}}\nreviews: [{reviews}]")
    found = forecast(vet(given_clinic, mesotherapy(), as_of=DAY), until=dt.date(2026, 12, 10))

    assert [str(each.on) for each in found.days] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    for each in found.days:
        assert core(each.verdict) == core(vet(given_clinic, mesotherapy(), as_of=each.on))


def test_a_forecast_says_that_an_old_failure_is_cleared() -> None:
    """By a later yes that was too weak until then; what is cleared is cited."""
    text = """
sources:
  old: {kind: inspection, who: council, seen: 2026-06-01}
  new: {kind: observation, who: me, seen: 2026-11-20}
answers: {a: {y: [{answer: no, source: old}, {answer: yes, source: new}]}}
"""
    told = reasons(text, criteria=small())

    assert told == [("2027-06-02", "y", Reason.CLEARED, "old"), ("2027-11-21", "y", Reason.AGED, "new")]


def test_a_forecast_says_that_a_waiver_ends_and_when_nothing_moved() -> None:
    """A criterion that moves no number by itself is told with the next day that does, with its own day."""
    text = """
sources: {v: {kind: observation, who: me, seen: 2026-11-01}}
answers: {hygiene: {hand_hygiene: {answer: yes, source: v}}}
waivers: [{criterion: care.price_transparency, reason: r, owner: o, until: 2026-12-31}]
"""
    told = reasons(text, dt.date(2027, 6, 1))

    assert ("2027-01-01", "price_transparency", Reason.WAIVER, None) in told


def test_a_forecast_ends_before_the_day_that_is_too_many() -> None:
    """What it says still holds on every day for which it speaks."""
    verdict = vet(load_clinic(ROOT / "examples" / "contradictions.yaml"), mesotherapy(), as_of=DAY)
    whole, cut = forecast(verdict), forecast(verdict, most=2)

    assert [each.on for each in cut.days] == [each.on for each in whole.days[:2]]
    assert cut.until == whole.days[2].on - ONE_DAY


def test_a_forecast_speaks_only_for_its_days() -> None:
    """Other days are refused, and so is a forecast of the past."""
    verdict = small_verdict({})
    found = forecast(verdict, until=DAY)

    assert core(found.at(DAY)) == core(verdict)
    with pytest.raises(ValueError, match="speaks for 2026-11-21 to 2026-11-21, not for 2026-11-22"):
        found.at(DAY + ONE_DAY)
    with pytest.raises(ValueError, match="expected until on or after 2026-11-21"):
        forecast(verdict, until=DAY - ONE_DAY)
    with pytest.raises(ValueError, match="most at least 1"):
        forecast(verdict, most=0)


# --- robustness


def with_share(tree: dict[str, Any], applying: list[str], category: str, share: Fraction) -> CriteriaSet | None:
    """Give a category a share, 0 < share < 1, of what applies, the others scaled; none where weights get too large."""
    tree = copy.deepcopy(tree)
    others = sum(each["weight"] for each in tree["categories"] if each["id"] in applying and each["id"] != category)
    for each in tree["categories"]:
        own = share.numerator * others
        each["weight"] = own if each["id"] == category else each["weight"] * (share.denominator - share.numerator)
    fits = all(each["weight"] <= 1_000_000 for each in tree["categories"])
    return parse_criteria(json.dumps(tree), "drawn.json") if fits else None


def tried(verdict: Verdict, hold: Hold, drawn: Fraction) -> dict[Fraction, bool]:
    """Give shares, 0..1, and whether the band stands there: at both ends, within, and beyond where it gets worse."""
    bands = [each.id for each in verdict.criteria.bands]
    low, high = hold.low / 100, hold.high / 100
    near, below, above = (
        each.limit_denominator(500)
        for each in (low + (high - low) * drawn, low * Fraction(99, 100), high + (1 - high) / 100)
    )
    shares = {low: hold.low_holds, high: hold.high_holds} | ({near: True} if low < near < high else {})
    for beyond, band in ((below, hold.below), (above, hold.above)):
        if band and verdict.band and bands.index(band.id) > bands.index(verdict.band.id):
            shares |= {} if low <= beyond <= high else {beyond: False}
    return shares


@settings(max_examples=2 * settings().max_examples)
@given(cases(), st.fractions(0, 1, max_denominator=40))
def test_the_band_stands_within_the_interval_and_not_beyond(case: Case, drawn: Fraction) -> None:
    """Sets with other weights are made and judged by `vet`."""
    tree, dossier = case
    verdict = verdict_of(case)
    holds = robustness(verdict)
    applying = [each.category.id for each in holds]
    assert bool(holds) == verdict.rated

    for hold in holds if len(holds) > 1 else []:
        assert hold.low <= hold.share <= hold.high
        for share, stands in tried(verdict, hold, drawn).items():
            criteria = with_share(tree, applying, hold.category.id, share) if 0 < share < 1 else None
            if criteria:
                found = vet(clinic_from(dossier), criteria, as_of=TODAY)
                assert found.band
                assert verdict.band
                assert (found.band.id == verdict.band.id) == stands


def test_an_interval_by_hand() -> None:
    """X is proven, Y and R unknown: 50 of 75 points in A are proven, so 60 points take a share of 90 in A."""
    verdict = small_verdict({"a.x": "yes"}, treatments=["mesotherapy"])
    first, second = robustness(verdict)

    assert verdict.band
    assert verdict.band.id == "fair"
    assert first.category.id == "a"
    assert texts(first.share, first.low, first.high) == ["75", "0", "90"]
    assert (first.below, first.high_holds, first.above and first.above.id) == (None, False, "good")
    assert texts(second.share, second.low, second.high) == ["25", "10", "100"]
    assert not second.low_holds
    assert texts(first.weight(first.high), first.weight(Fraction(100)), second.weight(second.low)) == [
        "9",
        "None",
        "1/3",
    ]
    assert not first.always


def test_one_category_alone_is_worth_all_whatever_its_weight() -> None:
    """The band stands; where nothing is rated there is nothing to tell."""
    tree = SMALL.replace("severity: minor", "severity: minor, applies: {countries: [FR]}").replace(
        ", applies: {treatments: [filler]}", ""
    )
    alone = vet(clinic({}, country="GB"), parse_criteria(tree, "small.yaml"), as_of=DAY)
    (hold,) = robustness(alone)

    assert texts(hold.share, hold.low, hold.high) == ["100", "0", "100"]
    assert hold.always
    assert questions(vet(Clinic(id="c", country="FR"), _nothing_applies(), as_of=DAY)) == ()
    assert robustness(vet(Clinic(id="c", country="FR"), _nothing_applies(), as_of=DAY)) == ()


# --- lead


def verdicts_by_category(scores: dict[str, tuple[str, str]]) -> tuple[Verdict, Verdict]:
    """Give two verdicts, with an answer of each by an inspection for each of some categories of one criterion."""
    categories = [
        {"id": name, "title": name, "weight": 1, "criteria": [
            {"id": f"q{i}", "question": "Q?", "weight": 1, "severity": "minor"} for i in range(4)]}
        for name in scores
    ]  # fmt: skip
    tree = {**json.loads(json.dumps(TREE)), "categories": categories}
    criteria = parse_criteria(json.dumps(tree), "drawn.json")
    made = []
    for side in range(2):
        facts = {
            f"{name}.q{i}": answer for name, sides in scores.items() for i, answer in enumerate(_words(sides[side]))
        }
        made.append(vet(attrs.evolve(clinic(facts), id=f"clinic-{side}"), criteria, as_of=DAY))
    return made[0], made[1]


TREE: dict[str, Any] = {
    "criteria_set": 1, "id": "lead", "version": "1", "title": "Lead",
    "evidence": {"register": 100, "inspection": 100, "document": 80, "observation": 80, "patient": 40, "claim": 40},
    "fresh_for": "1 year", "failures_fresh_for": "1 year",
    "bands": [{"id": "good", "label": "Good", "critical_failed": 0}, {"id": "rest", "label": "Rest"}],
}  # fmt: skip


def _words(text: str) -> list[str]:
    return [{"y": "yes", "n": "no", "p": "partly", "-": "not_applicable"}[each] for each in text]


def test_a_lead_by_hand() -> None:
    """Ahead by 100 in one category and behind by 50 in another: ahead where the first has a third of the weight."""
    found = lead(*verdicts_by_category({"a": ("yyyy", "nnnn"), "b": ("yynn", "yyyy")}))

    assert found is not None
    assert (found.first_ahead, found.second_ahead, found.draws, found.error) == (
        Fraction(2, 3),
        Fraction(1, 3),
        None,
        Fraction(0),
    )


def test_three_categories_by_hand() -> None:
    """Ahead by 100 in one, behind by 100 in two others: a uniform weight is above one half in one case of four."""
    found = lead(*verdicts_by_category({"a": ("yyyy", "nnnn"), "b": ("nnnn", "yyyy"), "c": ("nnnn", "yyyy")}))

    assert found is not None
    assert (found.first_ahead, found.second_ahead) == (Fraction(1, 4), Fraction(3, 4))


def test_equal_clinics_are_never_ahead() -> None:
    """And one that is better in every category always is."""
    equal, better = lead(*verdicts_by_category({"a": ("yn", "ny")})), lead(*verdicts_by_category({"a": ("yy", "ny")}))

    assert equal is not None
    assert better is not None
    assert texts(equal.first_ahead, equal.second_ahead) == ["0", "0"]
    assert texts(better.first_ahead, better.second_ahead) == ["1", "0"]


def by_simplex(differences: list[int]) -> Fraction:
    """Give the chance that a mean is positive from the volume of a cut simplex; all must be distinct."""
    total = Fraction(0)
    for i, one in enumerate(differences):
        if one > 0:
            part = Fraction(one) ** (len(differences) - 1)
            for j, other in enumerate(differences):
                part /= Fraction(1) if i == j else Fraction(one - other)
            total += part
    return total


@given(st.lists(st.integers(-12, 12).filter(bool), min_size=1, max_size=7, unique=True))
def test_a_share_is_the_volume_of_a_cut_simplex(differences: list[int]) -> None:
    """The recurrence agrees with the closed form for distinct values, and the shares sum to one."""
    from clinic_vetting.advice.lead import _chance  # noqa: PLC0415 - the formula alone, for any differences

    ahead = [Fraction(each) for each in differences if each > 0]
    behind = [Fraction(-each) for each in differences if each < 0]

    assert _chance(ahead, behind) == by_simplex(differences)
    assert _chance(ahead, behind) + _chance(behind, ahead) == 1


def test_a_drawn_share_is_as_near_as_it_says() -> None:
    """Where a category applies to one clinic only: against an integral by hand."""
    first, second = verdicts_by_category({"a": ("yyyy", "yynn"), "b": ("nnnn", "----")})

    found = lead(first, second)

    assert found is not None
    assert found.draws == DRAWS
    assert abs(found.first_ahead - Fraction(1, 2)) <= found.error
    assert found.first_ahead + found.second_ahead == 1
    assert found.error < Fraction(3, 100)


def test_very_many_categories_are_drawn() -> None:
    """The exact numbers would be too long; by symmetry it is one half."""
    scores = {f"c{i}": ("yyyy", "nnnn") if i % 2 else ("nnnn", "yyyy") for i in range(22)}

    found = lead(*verdicts_by_category(scores))

    assert found is not None
    assert found.draws == DRAWS
    assert abs(found.first_ahead - Fraction(1, 2)) <= found.error


def test_a_lead_needs_one_set_and_two_rated_clinics() -> None:
    """Different criteria are an error; where one is not rated there is no lead."""
    rated, elsewhere = small_verdict({}), vet(Clinic(id="c"), mesotherapy(), as_of=DAY)
    unrated = vet(Clinic(id="c", country="FR"), _nothing_applies(), as_of=DAY)

    with pytest.raises(ValueError, match="'c' and 'c' were vetted by different criteria: vet both by one set"):
        lead(rated, elsewhere)
    assert lead(unrated, unrated) is None


# --- difference


@st.composite
def histories(draw: st.DrawFn) -> tuple[Case, Case]:
    """Draw two dossiers of one clinic and two criteria sets, which may be the same."""
    first = draw(cases())
    second = draw(cases())
    tree = first[0] if draw(st.booleans()) else second[0]
    dossier = draw(st.sampled_from([first[1], second[1]])) if draw(st.booleans()) else draw(dossiers(ids_of(tree)))
    return first, (tree, dossier)


@given(histories(), st.integers(0, 900))
def test_the_three_causes_sum_to_the_difference(case: tuple[Case, Case], days: int) -> None:
    """In score, proven and failed; and so do the criteria, cause by cause."""
    before, after = verdict_of(case[0]), verdict_of(case[1], TODAY + dt.timedelta(days=days))

    found = difference(before, after)

    if found.score is None or found.proven is None or found.failed is None or found.start is None:
        assert not all(each.rated for each in (before, *found.between, after))
        return
    assert after.score is not None
    assert found.score.total == after.score - (before.score or 0)
    assert found.proven.total == (after.proven or 0) - (before.proven or 0)
    assert found.failed.total == (after.failed or 0) - (before.failed or 0)
    for cause in ("time", "evidence", "criteria"):
        moved = sum((getattr(each.effect, cause) for each in found.moved), getattr(found.start, cause))
        assert moved == getattr(found.score, cause)
    same = plain_criteria(before.criteria) == plain_criteria(after.criteria)
    assert found.same_criteria == same
    assert not found.same_criteria or found.score.criteria == 0


@given(cases(), st.integers(0, 900))
def test_time_alone_is_what_the_forecast_told(case: Case, days: int) -> None:
    """Where only the day differs, all of the difference is time's, and a forecast knew it."""
    day = TODAY + dt.timedelta(days=days)
    before, after = verdict_of(case), verdict_of(case, day)

    found = difference(before, after)

    assert core(found.between[0]) == core(forecast(before, until=day).at(day)) == core(after)
    assert found.same_criteria
    if found.score:
        assert texts(found.score.evidence, found.score.criteria) == ["0", "0"]


def test_each_cause_by_hand() -> None:
    """X ages to half, then a failure of Y is found, then Y is asked no more."""
    old = vet(clinic({"a.x": "yes"}, seen=dt.date(2026, 1, 1), treatments=["mesotherapy"]), small(), as_of=DAY)
    text = """
dossier: 1
clinic: {id: c, treatments: [mesotherapy]}
sources:
  s: {kind: inspection, who: somebody, seen: 2026-01-01}
  n: {kind: inspection, who: somebody else, seen: 2027-01-01}
answers: {a: {x: {answer: yes, source: s}, y: {answer: no, source: n}}}
"""
    fewer = parse_criteria(
        SMALL.replace("      - {id: y, question: Y?, weight: 1, severity: major}\n", "").replace(
            "version: 1", "version: 2"
        ),
        "fewer.yaml",
    )
    new = vet(parse_clinic(text), fewer, as_of=dt.date(2027, 1, 10))

    found = difference(old, new)

    assert found.score
    assert (found.score.time, found.score.evidence, found.score.criteria) == (
        Fraction(-25, 2),
        Fraction(-25, 2),
        Fraction(75, 4),
    )
    assert not found.same_criteria
    assert [(each.criterion, each.before, each.after, each.effect.total) for each in found.moved] == [
        ("a.x", "met", "met", Fraction(-25, 4)),
        ("a.y", "unknown", None, 0),
    ]


def test_a_difference_needs_one_clinic_and_the_earlier_day_first() -> None:
    """Otherwise it says what to do."""
    verdict = small_verdict({})
    other = vet(Clinic(id="other"), small(), as_of=DAY)
    earlier = vet(verdict.clinic, small(), as_of=DAY - ONE_DAY)

    with pytest.raises(ValueError, match="expected two verdicts of one clinic, got 'c' and 'other'"):
        difference(verdict, other)
    with pytest.raises(
        ValueError, match="expected the earlier verdict first, got 2026-11-21 and then 2026-11-20; swap"
    ):
        difference(verdict, earlier)


# --- comparison


@st.composite
def several(draw: st.DrawFn) -> list[Case]:
    """Draw two or three clinics under one set."""
    tree, dossier = draw(cases())
    more = draw(st.lists(dossiers(ids_of(tree)), min_size=1, max_size=2))
    return [(tree, one | {"clinic": one["clinic"] | {"id": f"clinic-{i}"}}) for i, one in enumerate([dossier, *more])]


def at_the_end(verdict: Verdict, how: Any) -> tuple[int, Fraction]:
    """Give band and score, greater is better, once all that is unknown is known."""
    found = verdict.found.with_beliefs([None if each is None else how(each) for each in verdict.beliefs])
    assert found.band
    sums = found.worth.sums(found.packed)
    return -verdict.criteria.bands.index(found.band), sums.score(verdict.plan.unknown_counts)


@given(several())
def test_an_order_is_proven_if_no_answers_can_reverse_it(drawn: list[Case]) -> None:
    """The upper at its worst is still ahead of the lower at its best, by band and then by score."""
    found = comparison(verdict_of(each) for each in drawn)

    rated = [each for each in found.sides if each.low is not None]
    assert len(list(found.pairs())) == len(rated) * (len(rated) - 1) // 2
    for pair in found.pairs():
        upper, lower = pair.upper.verdict, pair.lower.verdict
        assert pair.proven == (at_the_end(upper, at_worst) > at_the_end(lower, at_best))
        low, high = (at_the_end(upper, how)[1] for how in (at_worst, at_best))
        other_low, other_high = (at_the_end(lower, how)[1] for how in (at_worst, at_best))
        assert (low, high) == (pair.upper.low, pair.upper.high)
        assert pair.overlap == (max(low, other_low) <= min(high, other_high))
    open_still = [(each.upper, each.lower) for each in found.pairs() if not each.proven]
    assert [(each.upper, each.lower) for each in found.unproven()] == open_still


@given(several(), st.randoms())
def test_the_order_of_the_sides_does_not_depend_on_the_order_given(drawn: list[Case], luck: Any) -> None:
    """Best band first, then the best score, then the smaller id; not rated last."""
    verdicts = [verdict_of(each) for each in drawn]
    expected = [each.verdict.clinic.id for each in comparison(verdicts).sides]
    luck.shuffle(verdicts)

    sides = comparison(verdicts).sides

    assert [each.verdict.clinic.id for each in sides] == expected
    bands = [each.verdict.criteria.bands.index(each.verdict.band) if each.verdict.band else 99 for each in sides]
    assert bands == sorted(bands)


def test_clinics_are_compared_under_one_set() -> None:
    """Others are told; none is an error too."""
    with pytest.raises(ValueError, match=r"expected verdicts under one criteria set, got mesotherapy 1\.0\.0, small 1"):
        comparison([small_verdict({}), vet(Clinic(id="d"), mesotherapy(), as_of=DAY)])
    with pytest.raises(ValueError, match="got no verdict"):
        comparison([])


def test_where_clinics_differ_is_told_criterion_by_criterion() -> None:
    """In the order of the sides."""
    found = comparison([small_verdict({"a.x": "no"}), vet(Clinic(id="d"), small(), as_of=DAY)])

    assert [each.verdict.clinic.id for each in found.sides] == ["d", "c"]
    assert found.differing() == (("a.x", ("unknown", "failed")),)
    assert [(each.overlap, each.proven) for each in found.neighbours()] == [(True, False)]


def test_loading_a_set_twice_gives_comparable_verdicts() -> None:
    """Digests decide, not identity."""
    verdicts = [vet(Clinic(id=name), load_criteria("mesotherapy"), as_of=DAY) for name in ("a", "b")]

    assert len(comparison(verdicts).sides) == 2
    assert Belief(0, 0) == verdicts[0].beliefs[0]
