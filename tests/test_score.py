"""Points, sums, and the one rounding."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from drawn import at_most
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import criteria_sets, ids_of

from clinic_vetting import Belief, parse_criteria
from clinic_vetting.score import Points, Sums, apportioned, distribute, effect, rounded

HALF = Fraction(1, 2)
fractions = st.fractions(-100, 100, max_denominator=10_000)
counts = st.sampled_from([Fraction(0), Fraction(1, 4), HALF, Fraction(1)])
beliefs = st.integers(0, 100).flatmap(lambda p: st.builds(Belief, st.just(p), st.integers(0, 100 - p)))


@st.composite
def sets_and_what_applies(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, bool]]:
    tree = draw(criteria_sets())
    return tree, {each: draw(st.booleans()) for each in ids_of(tree)}


def shares(tree: dict[str, Any], applying: dict[str, bool]) -> dict[str, Fraction]:
    """Give each criterion's points of 100."""
    ids = ids_of(tree)
    points = distribute(parse_criteria(json.dumps(tree)), [applying[each] for each in ids])
    return {each: points.of(i) for i, each in enumerate(ids)} if points.whole else {}


# --- Points ---


@at_most(60)
@given(sets_and_what_applies())
def test_all_points_sum_to_a_hundred(case: tuple[dict[str, Any], dict[str, bool]]) -> None:
    """Exactly, where anything applies; where nothing does there are none."""
    tree, applying = case
    expected = 100 if any(applying.values()) else 0

    actual = sum(shares(tree, applying).values())

    assert expected == actual


@at_most(60)
@given(sets_and_what_applies())
def test_what_does_not_apply_is_worth_nothing(case: tuple[dict[str, Any], dict[str, bool]]) -> None:
    """And everything that applies is worth something."""
    tree, applying = case
    assume(any(applying.values()))

    actual = {each: worth > 0 for each, worth in shares(tree, applying).items()}

    assert applying == actual


@at_most(60)
@given(sets_and_what_applies())
def test_points_follow_the_weights(case: tuple[dict[str, Any], dict[str, bool]]) -> None:
    """A category's share of those with something left, times a criterion's share of those that are left in it."""
    tree, applying = case
    own = {
        category["id"]: {
            f"{category['id']}.{each['id']}": Fraction(each["weight"]) * applying[f"{category['id']}.{each['id']}"]
            for each in category["criteria"]
        }
        for category in tree["categories"]
    }
    left = {each["id"]: Fraction(each["weight"]) for each in tree["categories"] if any(own[each["id"]].values())}
    assume(left)
    expected = {
        each: 100 * left.get(category, Fraction(0)) / sum(left.values()) * weight / (sum(weights.values()) or 1)
        for category, weights in own.items()
        for each, weight in weights.items()
    }

    actual = shares(tree, applying)

    assert expected == actual


@at_most(60)
@given(sets_and_what_applies(), st.integers(2, 9))
def test_multiplying_all_weights_of_one_level_changes_nothing(
    case: tuple[dict[str, Any], dict[str, bool]], k: int
) -> None:
    """Of the categories, or of the criteria in any one of them."""
    tree, applying = case
    expected = shares(tree, applying)

    levels = [tree["categories"], *(category["criteria"] for category in tree["categories"])]
    for level in levels:
        for each in level:
            each["weight"] *= k
        actual = shares(tree, applying)

        assert expected == actual


@at_most(60)
@given(sets_and_what_applies())
def test_the_order_of_categories_and_criteria_does_not_matter(case: tuple[dict[str, Any], dict[str, bool]]) -> None:
    """Each criterion is worth the same wherever it stands."""
    tree, applying = case
    expected = shares(tree, applying)

    for category in tree["categories"]:
        category["criteria"].reverse()
    tree["categories"].reverse()
    actual = shares(tree, applying)

    assert expected == actual


# --- Sums ---


@given(st.lists(st.tuples(st.integers(1, 50), beliefs), min_size=1, max_size=8), counts)
def test_start_and_effects_are_the_score(findings: list[tuple[int, Belief]], unknown_counts: Fraction) -> None:
    """Exactly; and the score lies between what is proven and what has not failed."""
    points = Points(tuple(worth for worth, _ in findings), sum(worth for worth, _ in findings))
    sums = points.sums([belief for _, belief in findings])
    expected = sums.score(unknown_counts)

    effects = [effect(points.of(i), belief, unknown_counts) for i, (_, belief) in enumerate(findings)]
    actual = 100 * unknown_counts + sum(effects)

    assert expected == actual
    assert sums.proven <= actual <= 100 - sums.failed
    assert sums.proven + sums.unknown + sums.failed == 100


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([None, None, None], (0, 0, 100)),
        ([Belief(0, 0)] * 3, (0, 0, 100)),
        ([Belief(100, 0)] * 3, (100, 0, 0)),
        ([Belief(0, 100)] * 3, (0, 100, 0)),
        ([Belief(80, 0), Belief(0, 40), Belief(60, 40)], (55, 20, 25)),
        ([Belief(1, 0), Belief(0, 1), Belief(0, 0)], (HALF, Fraction(1, 4), Fraction(397, 4))),
    ],
)
def test_what_is_proven_and_what_has_failed(
    found: list[Belief | None], expected: tuple[Fraction, Fraction, Fraction]
) -> None:
    """Points times hundredths, added up."""
    sums = Points((2, 1, 1), 4).sums(found)

    actual = (sums.proven, sums.failed, sums.unknown)

    assert expected == actual


@pytest.mark.parametrize(
    ("unknown_counts", "expected"), [(Fraction(0), 20), (Fraction(1, 4), 35), (HALF, 50), (Fraction(1), 80)]
)
def test_the_unknown_counts_as_far_as_the_set_says(unknown_counts: Fraction, expected: int) -> None:
    """From nothing to all of it."""
    actual = Sums(20, 20, 1).score(unknown_counts)

    assert expected == actual


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Sums(20, 10, 1), Sums(40, 20, 2), True),
        (Sums(20, 10, 1), Sums(40, 21, 2), False),
        (Sums(20, 10, 1), Sums(41, 20, 2), False),
        (Sums(0, 0, 3), Sums(0, 0, 7), True),
    ],
)
def test_sums_compare_whatever_their_denominators(one: Sums, other: Sums, *, expected: bool) -> None:
    """Twice as many parts of half the size are the same."""
    actual = one.same_as(other)

    assert expected == actual


# --- Effects ---


@pytest.mark.parametrize(
    ("proven", "failed", "expected"),
    [(0, 0, 0), (100, 0, 5), (0, 100, -5), (50, 50, 0), (80, 0, 4), (0, 40, -2), (25, 26, Fraction(-1, 20))],
)
def test_the_effect_of_a_finding_with_the_shipped_setting(proven: int, failed: int, expected: Fraction) -> None:
    """`points * (p - f) / 200`."""
    actual = effect(Fraction(10), Belief(proven, failed), HALF)

    assert expected == actual


@given(fractions, counts)
def test_the_unknown_has_no_effect(points: Fraction, unknown_counts: Fraction) -> None:
    """Whatever it counts."""
    expected = 0

    actual = effect(points, Belief(0, 0), unknown_counts)

    assert expected == actual


@given(beliefs, beliefs, counts)
def test_a_better_finding_never_has_a_worse_effect(one: Belief, other: Belief, unknown_counts: Fraction) -> None:
    """More proven and less failed moves the score up, or not at all."""
    worse = Belief(min(one.proven, other.proven), max(one.failed, other.failed))
    assume(sum(worse) <= 100)

    assert effect(Fraction(10), worse, unknown_counts) <= effect(Fraction(10), one, unknown_counts)


# --- Rounding ---


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0", 2, "0"),
        ("0.005", 2, "0.01"),
        ("0.0049999", 2, "0"),
        ("69.95", 1, "70"),
        ("69.949", 1, "69.9"),
        ("2/3", 2, "0.67"),
        ("-0.005", 2, "0"),
        ("-0.0051", 2, "-0.01"),
        ("-2/3", 1, "-0.7"),
        ("50.5", 0, "51"),
    ],
)
def test_halves_are_rounded_up(value: str, digits: int, expected: str) -> None:
    """Exact fractions, so that no half is lost."""
    actual = rounded(Fraction(value), digits)

    assert Fraction(expected) == actual


@given(fractions, st.integers(0, 4))
def test_rounding_moves_by_half_a_unit_at_most(value: Fraction, digits: int) -> None:
    """And what is round already stays."""
    actual = rounded(value, digits)

    assert abs(actual - value) <= Fraction(1, 2 * 10**digits)
    assert actual == rounded(actual, digits)


@pytest.mark.parametrize(
    ("parts", "digits", "expected"),
    [
        ({"a": "1/3", "b": "1/3", "c": "1/3"}, 2, {"a": "0.34", "b": "0.33", "c": "0.33"}),
        ({"c": "1/3", "b": "1/3", "a": "1/3"}, 1, {"a": "0.4", "b": "0.3", "c": "0.3"}),
        ({"a": "0.05", "b": "0.09", "c": "0.06"}, 1, {"a": "0", "b": "0.1", "c": "0.1"}),
        ({"a": "1", "b": "2"}, 0, {"a": "1", "b": "2"}),
        ({"a": "-0.5", "b": "0.5"}, 0, {"a": "0", "b": "0"}),
        ({"a": "-1/3", "b": "-2/3"}, 0, {"a": "0", "b": "-1"}),
        ({}, 2, {}),
    ],
    ids=["thirds", "ties by name", "largest remainder", "round", "halves", "negative", "nothing"],
)
def test_the_largest_remainders_are_rounded_up(parts: dict[str, str], digits: int, expected: dict[str, str]) -> None:
    """Ties by name."""
    exact = {name: Fraction(value) for name, value in parts.items()}

    actual = apportioned(exact, rounded(sum(exact.values(), Fraction(0)), digits), digits)

    assert {name: Fraction(value) for name, value in expected.items()} == actual


many = st.dictionaries(st.text("abc", min_size=1, max_size=4), fractions, max_size=12)


@given(many, st.integers(0, 3))
def test_what_is_shown_sums_to_what_is_shown(parts: dict[str, Fraction], digits: int) -> None:
    """Exactly, each with at most so many digits and within one unit of what it is."""
    expected = rounded(sum(parts.values(), Fraction(0)), digits)

    actual = apportioned(parts, expected, digits)

    assert expected == sum(actual.values())
    assert all(abs(actual[name] - value) < Fraction(1, 10**digits) for name, value in parts.items())
    assert all((value * 10**digits).denominator == 1 for value in actual.values())


@given(many, st.randoms())
def test_the_order_of_parts_does_not_matter(parts: dict[str, Fraction], random: Any) -> None:
    """Each is shown the same."""
    total = rounded(sum(parts.values(), Fraction(0)), 1)
    expected = apportioned(parts, total, 1)

    names = sorted(parts, key=lambda _: random.random())
    actual = apportioned({name: parts[name] for name in names}, total, 1)

    assert expected == actual
