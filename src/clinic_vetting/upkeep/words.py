"""Lint: sentences and references that are missing, and placeholders that nobody fills."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Outcome
from clinic_vetting.translation import missing, texts
from clinic_vetting.upkeep.remark import Level, Remark
from clinic_vetting.words import languages

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
            yield Remark(
                "missing-sentence", Level.MEND, subject.written.criterion(each.full_id, "says"),
                f"{each.full_id} has no sentence for {', '.join(outcomes)}",
                "Reports fall back to the question and a plain word, which reads as if nobody cared.",
                "Write under says: one sentence for each outcome, true and fair to the clinic.",
            )  # fmt: skip
        if advice := [name for name in ADVICE if not getattr(each, name)]:
            yield Remark(
                "missing-advice", Level.MEND, subject.written.criterion(each.full_id),
                f"{each.full_id} does not say {', '.join(advice)}",
                "A reader cannot tell why it is asked, how to find out, or what to do.",
                f"Write {', '.join(advice)}.",
            )  # fmt: skip


def missing_references(subject: Subject) -> Iterator[Remark]:
    """Tell criteria that rest on nothing published, and references that nobody cites."""
    cited = {name for each in subject.criteria.criteria() for name in each.references}
    for each in subject.criteria.criteria():
        if not each.references:
            yield Remark(
                "missing-reference", Level.MEND, subject.written.criterion(each.full_id, "references"),
                f"{each.full_id} has no reference",
                "A clinic that is marked down for it may ask who says that it matters.",
                "Name what was published about it, under references of the set and of the criterion.",
            )  # fmt: skip
    if not subject.criteria.based_on:
        for name in sorted(set(subject.criteria.references) - cited):
            yield Remark(
                "unused-reference", Level.NOTE, subject.written.reference(name),
                f"no criterion cites {name}",
                "Readers take it for a ground of the verdict.",
                "Cite it, or take it out.",
            )  # fmt: skip


def placeholders(subject: Subject) -> Iterator[Remark]:
    """Tell placeholders: no measure fills any, so they reach the reader as they stand."""
    for each in subject.criteria.criteria():
        for field, text in _texts(each):
            if found := _PLACEHOLDER.findall(text):
                yield Remark(
                    "unfilled-placeholder", Level.MEND, subject.written.criterion(each.full_id, *field),
                    f"{each.full_id}: {'.'.join(field)} holds {', '.join(found)}",
                    "Words are printed as they stand; no measure fills anything in.",
                    "Write the words themselves.",
                )  # fmt: skip


def missing_translations(subject: Subject) -> Iterator[Remark]:
    """Tell texts that have no translation, in each language in which the set has some of its words."""
    whole = sum(1 for _ in texts(subject.criteria))
    for language in languages():
        paths = missing(subject.criteria, language)
        if 0 < len(paths) < whole:
            more = f" and {len(paths) - _TOLD} more" if len(paths) > _TOLD else ""
            yield Remark(
                "missing-translation", Level.NOTE, subject.written.of_set("title"),
                f"{len(paths)} of {whole} texts have no words in {language!r}: {', '.join(paths[:_TOLD])}{more}",
                "Readers of that language see these in English, among sentences in their own.",
                f"Write them into a translation; --language {language} --translation FILE shows the set in it.",
            )  # fmt: skip


def _texts(criterion: Criterion) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in ("question", *ADVICE):
        if text := getattr(criterion, name):
            yield (name,), text
    yield from ((("says", outcome.value), text) for outcome, text in (criterion.says or {}).items())
