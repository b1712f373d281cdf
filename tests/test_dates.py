"""Spans of calendar time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import Span
from clinic_vetting.dates import between

spans = st.builds(Span, st.integers(1, 2000), st.sampled_from(["day", "month"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 months", Span(12, "month")),
        ("1 month", Span(1, "month")),
        ("1 year", Span(12, "month")),
        ("2 years", Span(24, "month")),
        ("90 days", Span(90, "day")),
        ("1 day", Span(1, "day")),
        ("2 weeks", Span(14, "day")),
        ("9999 years", Span(119_988, "month")),
    ],
)
def test_a_span_is_read_from_words(text: str, expected: Span) -> None:
    """Weeks are days and years are months."""
    actual = Span.parse(text)

    assert expected == actual


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "months",
        "0 months",
        "012 months",
        "-1 month",
        "1.5 years",
        "10000 days",
        "12months",
        "12  months",
        " 12 months",
        "12 months\n",
        "12 Months",
        "12 fortnights",
        "١٢ months",
    ],
)
def test_any_other_form_is_refused(text: str) -> None:
    """A span has one way to be written."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(1, "day"), "1 day"),
        (Span(14, "day"), "14 days"),
        (Span(1), "1 month"),
        (Span(12), "12 months"),
    ],
)
def test_a_span_prints_as_words(span: Span, expected: str) -> None:
    """One has no plural."""
    actual = str(span)

    assert expected == actual


@given(st.builds(Span, st.integers(1, 9999), st.sampled_from(["day", "month"])))
def test_what_is_printed_reads_back(span: Span) -> None:
    """Printing and reading are inverse."""
    actual = Span.parse(str(span))

    assert span == actual


@pytest.mark.parametrize(
    ("count", "unit", "error", "named"),
    [
        (0, "day", ValueError, "'count'"),
        (-1, "month", ValueError, "'count'"),
        (1.5, "day", TypeError, "'count'"),
        ("1", "day", TypeError, "'count'"),
        (1, "year", ValueError, "'unit'"),
        (1, "", ValueError, "'unit'"),
        (1_000_000_001, "day", ValueError, "'count'"),
        (1_000_000_001, "month", ValueError, "'count'"),
    ],
)
def test_a_span_that_cannot_be_is_refused(count: Any, unit: str, error: type[Exception], named: str) -> None:
    """A count is a whole number from 1 to 1,000,000,000, a unit is a day or a month."""
    with pytest.raises(error) as caught:
        Span(count, unit)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("1 day", "2026-11-22", "2026-11-23"),
        ("2 weeks", "2026-12-25", "2027-01-08"),
        ("365 days", "2024-01-01", "2024-12-31"),
        ("1 month", "2026-11-22", "2026-12-22"),
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 month", "2024-01-31", "2024-02-29"),
        ("1 month", "2026-02-28", "2026-03-28"),
        ("2 months", "2026-12-31", "2027-02-28"),
        ("3 months", "2026-08-31", "2026-11-30"),
        ("1 year", "2024-02-29", "2025-02-28"),
        ("4 years", "2024-02-29", "2028-02-29"),
        ("12 months", "1900-02-28", "1901-02-28"),
        ("100 years", "2000-02-29", "2100-02-28"),
        ("1 month", "9999-11-30", "9999-12-30"),
        ("1 month", "9999-12-01", "9999-12-31"),
        ("1 day", "9999-12-31", "9999-12-31"),
        ("9999 years", "2026-11-22", "9999-12-31"),
        ("9999 weeks", "9990-01-01", "9999-12-31"),
    ],
)
def test_the_last_day_of_a_span(text: str, start: str, expected: str) -> None:
    """The same day of the month, or the month's last; nothing lies beyond the year 9999."""
    actual = Span.parse(text).after(dt.date.fromisoformat(start))

    assert dt.date.fromisoformat(expected) == actual


@pytest.mark.parametrize(
    ("span", "n", "expected"),
    [(Span(1), 2, "2026-03-31"), (Span(30, "day"), 2, "2026-04-01"), (Span(1), 1, "2026-02-28")],
)
def test_a_multiple_is_counted_from_one_start(span: Span, n: int, expected: str) -> None:
    """Two months from 31 January end on 31 March, not on 28 March."""
    actual = span.times(n).after(dt.date(2026, 1, 31))

    assert dt.date.fromisoformat(expected) == actual


@given(spans, st.dates(), st.dates())
def test_a_later_start_never_ends_earlier(span: Span, one: dt.date, other: dt.date) -> None:
    """Spans keep the order of their starts."""
    actual = sorted([span.after(one), span.after(other)])

    assert [span.after(min(one, other)), span.after(max(one, other))] == actual


def test_time_ends_with_the_last_day_there_is() -> None:
    """The longest span from the last day ends on it."""
    expected = dt.date.max

    actual = Span(120_000).after(dt.date.max)

    assert expected == actual


@pytest.mark.parametrize("unit", ["day", "month"])
@pytest.mark.parametrize("count", [120_001, 500_001, 1_000_000, 500_000_001, 1_000_000_000])
@pytest.mark.parametrize("day", [dt.date.min, dt.date(2026, 11, 22), dt.date.max])
def test_the_longest_spans_can_be_used_and_doubled(count: int, unit: str, day: dt.date) -> None:
    """Freshness doubles every span; nothing lies beyond the days there are."""
    span = Span(count, unit)
    last = dt.date.max
    ends = day.toordinal() + 2 * count
    expected = dt.date.fromordinal(ends) if unit == "day" and ends <= last.toordinal() else last

    doubled = span.times(2).after(day)

    assert expected == doubled
    assert span.after(day) <= doubled


@pytest.mark.parametrize(
    ("first", "last", "age"),
    [
        ("2025-10-01", "2026-11-21", "13 months"), ("2026-10-21", "2026-11-21", "1 month"),
        ("2026-10-22", "2026-11-21", "30 days"), ("2026-11-21", "2026-11-21", "1 day"),
    ],
)  # fmt: skip
def test_an_age_is_told_in_whole_months_or_days(first: str, last: str, age: str) -> None:
    """At least a day, so that there is always something to say."""
    assert str(between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))) == age
