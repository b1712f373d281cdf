"""`criteria lint`: every rule, put to a set."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting import catalogue
from clinic_vetting.translation import load_translation
from clinic_vetting.upkeep import bands, freshness, weights, words
from clinic_vetting.upkeep.remark import Level, Remark
from clinic_vetting.upkeep.rules import Subject
from clinic_vetting.upkeep.written import Written
from clinic_vetting.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.translation import Translation

RULES: Final[tuple[Callable[[Subject], Iterator[Remark]], ...]] = (
    weights.zero,
    weights.dominated,
    weights.scores,
    bands.one_band,
    bands.unreachable,
    bands.never_binding,
    words.missing_sentences,
    words.missing_references,
    words.placeholders,
    words.missing_translations,
    freshness.out_of_step,
)
NAMES: Final = (
    "zero-weight", "dominated-weights", "score-range", "one-band", "unreachable-band", "never-binding",
    "missing-sentence", "missing-advice", "missing-reference", "unused-reference", "unfilled-placeholder",
    "missing-translation",
    "longer-than-term", "far-apart", "good-outlives-bad",
)  # fmt: skip
"""The names of all rules."""


@frozen(eq=False)
class Linted:
    """What lint says of a set.

    Attributes:
        criteria: The set.
        remarks: In the order of the rules, then of the set.
        least, start, most: The scores of a clinic of which all is shown to be bad, nothing is known, all is shown to
            be good; everything applies.
    """

    criteria: CriteriaSet
    remarks: tuple[Remark, ...]
    least: Fraction
    start: Fraction
    most: Fraction

    def failing(self, accepted: tuple[str, ...] = ()) -> tuple[Remark, ...]:
        """Give what has to be mended, but for rules that somebody has accepted."""
        return tuple(each for each in self.remarks if each.level is Level.MEND and each.rule not in accepted)

    def tree(self, language: str = ENGLISH) -> dict[str, Any]:
        """Give it as a plain tree, its sentences in a language; scores with two digits."""
        scores = {name: round(float(getattr(self, name)), 2) for name in ("least", "start", "most")}
        known = {"id": self.criteria.id, "version": self.criteria.version}
        return {
            "criteria_lint": 1,
            "criteria": known,
            "scores": scores,
            "remarks": [each.tree(language) for each in self.remarks],
        }


def lint(
    criteria: CriteriaSet,
    written: Written | None = None,
    language: str = ENGLISH,
    translation: Translation | None = None,
) -> Linted:
    """Put every rule to a set; `written` knows its lines.

    Texts without words are told in each language in which the set has some, its own `translation` counted, and in the
    `language` that somebody wants even where it has none.
    """
    subject = Subject.of(criteria, written or Written(), language, translation)
    least, most = weights.score_range(subject)
    remarks = tuple(each for rule in RULES for each in rule(subject))
    return Linted(criteria, remarks, least, 100 * Fraction(criteria.unknown_counts), most)


def lint_set(name: str | Path, language: str = ENGLISH, translation: str | Path | None = None) -> Linted:
    """Read a set by name or path, and put every rule to it, in a language with the words of a file.

    Raises:
        InputError: It cannot be read; a weight of 0, a band easier than a worse one and a measure that nobody
            registered are refused there, with file and line.
    """
    criteria = catalogue.load_criteria(name)
    words = load_translation(translation, criteria) if translation else None
    return lint(criteria, Written(catalogue.layers(name)), language, words)
