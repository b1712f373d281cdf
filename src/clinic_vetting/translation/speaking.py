"""A criteria set spoken in another language: the same questions and numbers, other words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from clinic_vetting import catalogue, document
from clinic_vetting.criteria_folder import folder
from clinic_vetting.evidence import Outcome
from clinic_vetting.language import known
from clinic_vetting.translation.translation import SENTENCES, read, texts
from clinic_vetting.words import say

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band, Category, CriteriaSet, Criterion
    from clinic_vetting.translation.translation import Translation

_Memory: TypeAlias = Mapping[tuple[str, str], str]
"""What a text is in another language, by where it stands and how it reads in the original."""
_Said: TypeAlias = Callable[[str, Any], Any]
_CHANGES: Final = "changes."


def in_language(criteria: CriteriaSet, language: str, translation: Translation | None = None) -> CriteriaSet:
    """Give a set with its words in a language; what nobody has translated stays as it is.

    Ids, weights, conditions and the digest are those of `criteria`, and so is every number of a verdict.

    Args:
        criteria: A set, in any language.
        language: A language of the reports.
        translation: Words for a set of one's own; the shipped sets bring theirs, and sets that build on them.

    Raises:
        InputError: The library speaks no such language.
    """
    original = criteria.original or criteria
    return original if known(language) == original.language else _in_language(original, language, translation)


def missing(criteria: CriteriaSet, language: str, translation: Translation | None = None) -> tuple[str, ...]:
    """List the texts of a set that have no translation, as paths such as `criteria.hygiene.hand_hygiene.why`.

    Raises:
        InputError: The library speaks no such language.
    """
    original = criteria.original or criteria
    if known(language) == original.language:
        return ()
    memory = _remembered(original, language, translation)
    return tuple(path for path, text in texts(original) if (_place(path), text) not in memory)


@lru_cache(maxsize=32)
def _in_language(criteria: CriteriaSet, language: str, translation: Translation | None) -> CriteriaSet:
    memory = _remembered(criteria, language, translation)

    def said(path: str, text: Any) -> Any:
        return memory.get((_place(path), text), text) if text else text

    return attrs.evolve(
        criteria,
        title=said("title", criteria.title),
        bands=tuple(_band(each, said) for each in criteria.bands),
        categories=tuple(_category(each, said, language) for each in criteria.categories),
        changes=tuple(attrs.evolve(each, because=said(_CHANGES, each.because)) for each in criteria.changes),
        language=language,
        original=criteria,
    )


def _band(band: Band, said: _Said) -> Band:
    here = f"bands.{band.id}"
    return attrs.evolve(band, label=said(f"{here}.label", band.label), says=said(f"{here}.says", band.says))


def _category(category: Category, said: _Said, language: str) -> Category:
    return attrs.evolve(
        category,
        title=said(f"categories.{category.id}.title", category.title),
        criteria=tuple(_criterion(each, said, language) for each in category.criteria),
    )


def _criterion(criterion: Criterion, said: _Said, language: str) -> Criterion:
    here = f"criteria.{criterion.full_id}"
    words = {name: said(f"{here}.{name}", getattr(criterion, name)) for name in SENTENCES}
    says = {outcome: said(f"{here}.says.{outcome}", text) for outcome, text in (criterion.says or {}).items()}
    if words["question"] != criterion.question:
        plain = {each: f"{words['question']} {say(language, f'plainly.{each}')}" for each in Outcome}
        says = {**plain, **says}
    notes = (attrs.evolve(each, says=said(f"{here}.our_standard", each.says)) for each in criterion.our_standard)
    return attrs.evolve(criterion, **words, says=says or None, our_standard=tuple(notes))


@cache
def _memory(language: str) -> _Memory:
    """Gather the shipped translations into a language; a set that builds on a shipped one finds its words here too."""
    found: dict[tuple[str, str], str] = {}
    files = {name: folder() / language / f"{name}.yaml" for name in catalogue.shipped()}
    for name in (name for name, file in files.items() if file.is_file()):
        criteria = catalogue.load_criteria(name)
        written = document.parse(files[name].read_bytes(), f"{language}/{name}.yaml")
        found |= _learnt(criteria, read(written, criteria))
    return found


def _remembered(criteria: CriteriaSet, language: str, translation: Translation | None) -> _Memory:
    return {**_memory(language), **_learnt(criteria, translation)} if translation else _memory(language)


def _learnt(criteria: CriteriaSet, translation: Translation) -> dict[tuple[str, str], str]:
    originals = dict(texts(criteria))
    return {(_place(path), originals[path]): text for path, text in texts(translation)}


def _place(path: str) -> str:
    """Give a path without the number of a note or a reason, which may differ in a set that builds on another."""
    return _CHANGES if path.startswith(_CHANGES) else path.partition("[")[0]
