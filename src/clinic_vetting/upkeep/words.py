"""Lint: sentences and references that are missing, and placeholders that nobody fills."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Outcome
from clinic_vetting.translation import missing, texts
from clinic_vetting.upkeep.remark import Remark, mend, note
from clinic_vetting.words import languages, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import Criterion
    from clinic_vetting.upkeep.rules import Subject

_TOLD: Final = 10
ADVICE: Final = ("why", "ask", "check", "if_failed")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}|\$\{\w+\}|%\(?[sd]\b|<[a-z_ ]+>|\b(?:TODO|FIXME|TBD|XXX)\b")


def missing_sentences(subject: Subject) -> Iterator[Remark]:
    """Tell criteria without a sentence for each outcome, or without a word on why and how."""
    for each in subject.criteria.criteria():
        outcomes = [outcome.value for outcome in Outcome if outcome not in (each.says or {})]
        if outcomes:
            place = subject.written.criterion(each.full_id, "says")
            yield mend("missing-sentence", place, criterion=each.full_id, outcomes=", ".join(outcomes))
        if advice := [name for name in ADVICE if not getattr(each, name)]:
            place = subject.written.criterion(each.full_id)
            yield mend("missing-advice", place, criterion=each.full_id, advice=", ".join(advice))


def missing_references(subject: Subject) -> Iterator[Remark]:
    """Tell criteria that rest on nothing published, and references that nobody cites."""
    cited = {name for each in subject.criteria.criteria() for name in each.references}
    for each in subject.criteria.criteria():
        if not each.references:
            place = subject.written.criterion(each.full_id, "references")
            yield mend("missing-reference", place, criterion=each.full_id)
    if not subject.criteria.based_on:
        for name in sorted(set(subject.criteria.references) - cited):
            yield note("unused-reference", subject.written.reference(name), reference=name)


def placeholders(subject: Subject) -> Iterator[Remark]:
    """Tell placeholders: no measure fills any, so they reach the reader as they stand."""
    for each in subject.criteria.criteria():
        for field, text in _texts(each):
            if found := _PLACEHOLDER.findall(text):
                values = {"criterion": each.full_id, "field": ".".join(field), "found": ", ".join(found)}
                yield mend("unfilled-placeholder", subject.written.criterion(each.full_id, *field), **values)


def missing_translations(subject: Subject) -> Iterator[Remark]:
    """Tell texts that have no translation, in each language in which the set has some words, or that is asked for."""
    whole = sum(1 for _ in texts(subject.criteria))
    for language in languages():
        asked = language == subject.language
        paths = missing(subject.criteria, language, subject.translation if asked else None)
        if paths and (asked or len(paths) < whole):
            named, more = ", ".join(paths[:_TOLD]), len(paths[_TOLD:])
            listed = told("lint.missing-translation.more", paths=named, count=more) if more else named
            values = {"missing": len(paths), "whole": whole, "code": language, "paths": listed}
            yield note("missing-translation", subject.written.of_set("title"), **values)


def _texts(criterion: Criterion) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in ("question", *ADVICE):
        if text := getattr(criterion, name):
            yield (name,), text
    yield from ((("says", outcome.value), text) for outcome, text in (criterion.says or {}).items())
