"""Ratings against an evaluator written from docs/method.md alone, section 5, in plain fractions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from drawn import at_most
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY

from clinic_vetting import Clinic, Rating, Review, load_criteria, plain, vet, vet_tree
from clinic_vetting.ahead import Ahead
from clinic_vetting.combining import statements
from clinic_vetting.measures import reviews
from clinic_vetting.plan import compiled
from clinic_vetting.quick import evaluate
from clinic_vetting.timeline import changes

CRITERIA = load_criteria()
PLAN = compiled(CRITERIA)
PLACES = [PLAN.place[each] for each in ("reviews.rating", "reviews.independent_volume", "reviews.recent")]
DAYS = st.none() | st.dates(TODAY - dt.timedelta(days=1500), TODAY + dt.timedelta(days=400))
STARS = st.sampled_from(["1", "2", "3.5", "4.1", "5", "3.33333333333"]).map(Decimal)
PLATFORMS = st.sampled_from(["One", " one", "Two", "Three"])
CLINICS = st.builds(
    Clinic,
    id=st.just("drawn"),
    country=st.just("GB"),
    ratings=st.lists(
        st.builds(
            Rating, platform=PLATFORMS, mean=STARS, count=st.integers(0, 400), seen=DAYS, independent=st.booleans()
        ),
        max_size=3,
    ).map(tuple),
    reviews=st.lists(
        st.builds(Review, platform=PLATFORMS, rating=st.none() | STARS, date=DAYS, independent=st.booleans()),
        max_size=12,
    ).map(tuple),
)  # fmt: skip

Rows = list[tuple[str, Fraction, int, dt.date | None]]


def rows_of(clinic: Clinic, as_of: dt.date) -> Rows:
    """Take what counts: platform, mean, how many, day."""
    latest: dict[str, Any] = {}
    for each in clinic.ratings:
        name, there = each.platform.strip().lower(), each.seen is None or each.seen <= as_of
        order = (each.seen or dt.date.min, each.mean, each.count)
        if each.independent and each.count > 0 and there and order >= latest.get(name, (order,))[0]:
            latest[name] = (order, each)
    rows: Rows = [(name, Fraction(each.mean), each.count, each.seen) for name, (_, each) in latest.items()]
    for one in clinic.reviews:
        name, there = one.platform.strip().lower(), one.date is None or one.date <= as_of
        if one.independent and there and one.rating is not None and name not in latest:
            rows.append((name, Fraction(one.rating), 1, one.date))
    return rows


def share_left(day: dt.date | None, newest: dt.date | None) -> Fraction:
    """Age one rating: full for 365 days before the newest, half for as long again; half without a day."""
    if newest is None:
        return Fraction(1)
    if day is None:
        return Fraction(1, 2)
    days = (newest - day).days
    return Fraction(1) if days <= 365 else Fraction(1, 2) if days <= 730 else Fraction(0)


def pooled(rows: Rows, newest: dt.date | None) -> tuple[Fraction, Fraction]:
    """Give the effective number `n` and the mean `m`, platforms weighed by their effective numbers."""
    numbers: dict[str, Fraction] = defaultdict(Fraction)
    stars: dict[str, Fraction] = defaultdict(Fraction)
    for name, mean, count, day in rows:
        numbers[name] += share_left(day, newest) * count
        stars[name] += share_left(day, newest) * count * mean
    effective = {name: 100 * each / (99 + each) for name, each in numbers.items() if each}
    n = sum(effective.values(), Fraction(0))
    return n, sum((each * stars[name] / numbers[name] for name, each in effective.items()), Fraction(0)) / n


def slow(clinic: Clinic, as_of: dt.date) -> tuple[tuple[int, int] | None, int | None]:
    """Give what the rating proves and fails, and the strength of the volume; nothing without ratings."""
    rows = rows_of(clinic, as_of)
    if not rows:
        return None, None
    newest = max((each[3] for each in rows if each[3]), default=None)
    n, m = pooled(rows, newest)
    s = floor(70 * n / (n + 20))
    p = floor(s * (min(m, (35 + n * m) / (10 + n)) - 1) / 4)
    every, mean = pooled(rows, None)
    f = floor(floor(70 * every / (every + 20)) * (5 - max(mean, (35 + every * mean) / (10 + every))) / 4)
    return (min(p, 100 - f), f), s


@at_most(150)
@given(CLINICS, st.integers(-900, 500))
def test_ratings_are_what_the_method_says(clinic: Clinic, later: int) -> None:
    as_of = TODAY + dt.timedelta(days=later)
    rating, volume = (measure(clinic, as_of) for measure in (reviews.review_rating, reviews.review_volume))
    measured = [each.measured for each in (*statements(rating), *statements(volume))]
    expected, strength = slow(clinic, as_of)

    assert measured == ([expected, (strength, 0)] if expected else [])


@at_most(150)
@given(CLINICS, st.integers(-900, 500))
def test_ratings_are_looked_up_as_they_are_read(clinic: Clinic, later: int) -> None:
    as_of = TODAY + dt.timedelta(days=later)
    beliefs, leaves = PLAN.beliefs(clinic, as_of), evaluate(PLAN, clinic, as_of).leaves

    assert [beliefs[each] for each in PLACES] == [leaves[each].belief for each in PLACES]


@at_most(60)
@given(CLINICS, st.integers(-900, 500))
def test_ratings_by_column_are_ratings_one_by_one(clinic: Clinic, later: int) -> None:
    day = TODAY + dt.timedelta(days=later)
    assert vet_tree(plain(clinic), CRITERIA, as_of=day).beliefs == vet(clinic, CRITERIA, as_of=day).beliefs


@given(CLINICS, st.integers(-400, 400))
def test_the_days_on_which_ratings_change_are_known(clinic: Clinic, later: int) -> None:
    as_of = TODAY + dt.timedelta(days=later)
    first = Ahead(PLAN, clinic, as_of).first_changes()
    verdict = vet(clinic, CRITERIA, as_of=as_of)
    on = verdict.valid_until

    assert [first[each] for each in PLACES] == [
        next(changes(PLAN, PLAN.asked[each], clinic, as_of), None) for each in PLACES
    ]
    assert on is None or vet(clinic, CRITERIA, as_of=on).sums == verdict.sums
    assert on is None or vet(clinic, CRITERIA, as_of=on + dt.timedelta(days=1)).sums != verdict.sums


def test_a_first_rating_that_is_still_to_come_is_foreseen() -> None:
    """None counts today, and on its day one does."""
    day = TODAY + dt.timedelta(days=40)
    clinic = Clinic(id="a", ratings=(Rating(platform="One", mean=Decimal(1), count=1, seen=day),))
    verdict = vet(clinic, CRITERIA, as_of=TODAY)

    assert verdict.valid_until == day - dt.timedelta(days=1)
    assert [each and each[0] for each in Ahead(PLAN, clinic, TODAY).first_changes() if each] == [day, day]


@at_most(100)
@given(CLINICS, st.integers(0, 1200))
def test_waiting_never_heals_a_rating(clinic: Clinic, days: int) -> None:
    """Nor proves it, once all ratings are there."""
    first = TODAY + dt.timedelta(days=400)
    before, after = (PLAN.beliefs(clinic, first + dt.timedelta(days=each))[PLACES[0]] for each in (0, days))

    assert before is not None
    assert after is not None
    assert after.failed >= before.failed
    assert after.proven <= before.proven


@at_most(150)
@given(CLINICS, PLATFORMS, DAYS)
def test_one_more_bad_rating_never_takes_blame_away(clinic: Clinic, platform: str, day: dt.date | None) -> None:
    """Where the ratings are bad for many: a fresh one does not make the old ones count less against the clinic."""
    worse = Review(platform=platform, rating=Decimal(1), date=day)
    alone = tuple(each for each in clinic.reviews if each.rating == 1)
    before = PLAN.beliefs(Clinic(id="c", reviews=alone * 20), dt.date(2028, 1, 1))[PLACES[0]]
    after = PLAN.beliefs(Clinic(id="c", reviews=(*alone * 20, worse)), dt.date(2028, 1, 1))[PLACES[0]]

    assert before is not None
    assert after is not None
    assert after.failed >= before.failed


def proven(*given: Rating | Review) -> tuple[int, int]:
    """Give what ratings prove and fail."""
    clinic = Clinic(
        id="c",
        ratings=tuple(each for each in given if isinstance(each, Rating)),
        reviews=tuple(each for each in given if isinstance(each, Review)),
    )
    return tuple(PLAN.beliefs(clinic, TODAY)[PLACES[0]] or ())  # type: ignore[return-value]


def aggregate(count: int, platform: str = "One", mean: str = "5") -> Rating:
    return Rating(platform=platform, mean=Decimal(mean), count=count, seen=TODAY)


def written(count: int, stars: int, days_ago: int | None = 0, platform: str = "One") -> tuple[Review, ...]:
    date = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    return (Review(platform=platform, rating=Decimal(stars), date=date),) * count


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((aggregate(5000),), (55, 0)),
        ((aggregate(10_000_000),), (56, 0)),
        ((aggregate(100), aggregate(100, "Two")), (56, 0)),
        ((aggregate(100), aggregate(100, "Two"), aggregate(100, "Three")), (59, 0)),
        ((aggregate(100), aggregate(100, " one ")), (46, 0)),
        ((aggregate(100),), (46, 0)),
        (written(100, 5), (46, 0)),
        (written(100, 5, 365) + written(1, 5), (46, 0)),
        (written(100, 5, 366) + written(1, 5), (40, 0)),
        (written(100, 5, 730) + written(1, 5), (40, 0)),
        (written(100, 5, 731) + written(1, 5), (1, 0)),
        (written(100, 5, None) + written(1, 5), (40, 0)),
        (written(100, 1, 731) + written(1, 1), (0, 44)),
        (written(100, 1, 731) + written(1, 5), (1, 44)),
        (written(100, 1, 731) + written(50, 5), (39, 32)),
        (written(100, 1, 731) + written(50, 5) + written(50, 5, 0, "Two"), (50, 24)),
    ],
)
def test_what_one_platform_and_old_ratings_can_contribute(
    given: tuple[Rating | Review, ...], expected: tuple[int, int]
) -> None:
    """One crowd approaches a hundred ratings; what is old no longer proves, and still speaks against."""
    assert proven(*given) == expected
