"""Lint: spans of freshness that do not fit what they are about, or each other.

A span is compared by its days, a month taken as 30. Three things are out of step:

- *longer-than-term*: evidence on something that is granted for a term (`TERMS`, by measure) counts in full for
  longer than the term, so a record without its day of expiry is believed after it has run out;
- *far-apart*: within a category the longest span is more than `FAR_APART` times the shortest;
- *good-outlives-bad*: evidence counts in full for longer than `failures_fresh_for`, so a good finding stays
  fresh when a bad one of the same day can already be cleared by half its strength.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.dates import Span
from clinic_vetting.upkeep.remark import Level, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.upkeep.rules import Subject

TERMS: Final = {
    "licensed_injectors": Span(12),
    "insured_injectors": Span(12),
    "voluntary_memberships": Span(12),
    "accreditation_in_force": Span(36),
}
"""For how long what a measure reads is granted as a rule: a year; accreditation three."""
FAR_APART: Final = 12


def out_of_step(subject: Subject) -> Iterator[Remark]:
    """Tell spans that are out of step."""
    yield from _longer_than_term(subject)
    yield from _far_apart(subject)
    yield from _good_outlives_bad(subject)


def _days(span: Span) -> int:
    return span.count * (30 if span.unit == "month" else 1)


def _longer_than_term(subject: Subject) -> Iterator[Remark]:
    for each in subject.criteria.criteria():
        fresh, term = subject.criteria.freshness(each), TERMS.get(each.measure or "")
        if term and _days(fresh) > _days(term):
            yield Remark(
                "longer-than-term", Level.MEND, subject.written.criterion(each.full_id, "fresh_for"),
                f"{each.full_id} is fresh for {fresh}; what {each.measure} reads is granted for {term}",
                "A record without a day of expiry is believed in full after it has run out.",
                f"Give it at most {term}.",
            )  # fmt: skip


def _far_apart(subject: Subject) -> Iterator[Remark]:
    for category in subject.criteria.categories:
        spans = {each.full_id: subject.criteria.freshness(each) for each in category.criteria}
        short, long = (choose(spans, key=lambda name: _days(spans[name])) for choose in (min, max))
        if _days(spans[long]) > FAR_APART * _days(spans[short]):
            yield Remark(
                "far-apart", Level.NOTE, subject.written.criterion(long, "fresh_for"),
                f"{category.id}: {long} is fresh for {spans[long]}, {short} for {spans[short]}",
                "One visit answers both, and one of the answers is forgotten long before the other.",
                "Bring them together, unless the one really changes so much more slowly.",
            )  # fmt: skip


def _good_outlives_bad(subject: Subject) -> Iterator[Remark]:
    failures = subject.criteria.failures_fresh_for
    for each in subject.criteria.criteria():
        fresh = subject.criteria.freshness(each)
        if _days(fresh) > _days(failures):
            yield Remark(
                "good-outlives-bad", Level.NOTE, subject.written.criterion(each.full_id, "fresh_for"),
                f"{each.full_id} is fresh for {fresh}, a failure firm for {failures}",
                "A good finding counts in full when a bad one of the same day can be cleared by half its strength.",
                "Shorten it or lengthen failures_fresh_for, unless what it is about really lasts.",
            )  # fmt: skip
