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
from clinic_vetting.upkeep.remark import Remark, mend, note
from clinic_vetting.words import Told, told

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


def _told(span: Span) -> Told:
    return told(f"span.{span.unit}", count=span.count)


def _longer_than_term(subject: Subject) -> Iterator[Remark]:
    for each in subject.criteria.criteria():
        fresh, term = subject.criteria.freshness(each), TERMS.get(each.measure or "")
        if term and _days(fresh) > _days(term):
            place, spans = (
                subject.written.criterion(each.full_id, "fresh_for"),
                {"fresh": _told(fresh), "term": _told(term)},
            )
            yield mend("longer-than-term", place, criterion=each.full_id, measure=each.measure, **spans)


def _far_apart(subject: Subject) -> Iterator[Remark]:
    for category in subject.criteria.categories:
        spans = {each.full_id: subject.criteria.freshness(each) for each in category.criteria}
        short, long = (choose(spans, key=lambda name: _days(spans[name])) for choose in (min, max))
        if _days(spans[long]) > FAR_APART * _days(spans[short]):
            values = {"long": long, "most": _told(spans[long]), "short": short, "least": _told(spans[short])}
            yield note("far-apart", subject.written.criterion(long, "fresh_for"), category=category.id, **values)


def _good_outlives_bad(subject: Subject) -> Iterator[Remark]:
    failures = subject.criteria.failures_fresh_for
    for each in subject.criteria.criteria():
        fresh = subject.criteria.freshness(each)
        if _days(fresh) > _days(failures):
            place = subject.written.criterion(each.full_id, "fresh_for")
            yield note("good-outlives-bad", place, criterion=each.full_id, fresh=_told(fresh), failures=_told(failures))
