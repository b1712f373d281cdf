"""A criteria set in another language: the same questions and numbers, other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
from attrs import frozen

from clinic_vetting import catalogue, document, fields, shapes, tables
from clinic_vetting.evidence import Outcome
from clinic_vetting.frozen import frozen_dict
from clinic_vetting.reading import Reading
from clinic_vetting.words import known, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import Band, Category, CriteriaSet, Criterion
    from clinic_vetting.document import Document, Node

VERSION: Final = 1
"""The format version of translations."""
_SENTENCES: Final = ("question", "why", "ask", "check", "if_failed")
_Memory: TypeAlias = Mapping[tuple[str, str], str]
"""What a text is in another language, by where it stands and how it reads in the original."""
_Said: TypeAlias = Callable[[str, Any], Any]


@frozen(kw_only=True)
class BandWords:
    """What a band is called, and its sentence."""

    label: str | None = attrs.field(default=None, **fields.text(100))
    says: str | None = attrs.field(default=None, **fields.text(500))


@frozen(kw_only=True)
class CategoryWords:
    """What a category is called."""

    title: str | None = attrs.field(default=None, **fields.text(200))


@frozen(kw_only=True)
class CriterionWords:
    """What a criterion says; `our_standard` holds the notes in the order of the original."""

    question: str | None = attrs.field(default=None, **fields.text(600))
    our_standard: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(400)))
    says: Mapping[Outcome, str] = attrs.field(
        default=None, converter=frozen_dict, **fields.shaped(shapes.Words(Outcome))
    )
    why: str | None = attrs.field(default=None, **fields.text())
    ask: str | None = attrs.field(default=None, **fields.text())
    check: str | None = attrs.field(default=None, **fields.text())
    if_failed: str | None = attrs.field(default=None, **fields.text())


@frozen(eq=False, kw_only=True)
class Translation:
    """The words of a criteria set in another language: no weights, no conditions.

    Attributes:
        of: The id of the set.
        title: What the set is called.
        bands, categories, criteria: By id; criteria by full id.
    """

    of: str = attrs.field(**fields.identifier())
    title: str | None = attrs.field(default=None, **fields.text(300))
    bands: Mapping[str, BandWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(BandWords)))
    categories: Mapping[str, CategoryWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(CategoryWords)))
    criteria: Mapping[str, CriterionWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(CriterionWords)))


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


def load_translation(path: str | Path, criteria: CriteriaSet) -> Translation:
    """Read the translation of a set from a file.

    Raises:
        InputError: With every fault of the document.
    """
    return read(document.read_document(path), criteria)


def texts(criteria: CriteriaSet | Translation) -> Iterator[tuple[str, str]]:
    """List every text that people read of a set, or of a translation, with its path in a translation."""
    if criteria.title:
        yield "title", criteria.title
    for group in ("bands", "categories", "criteria"):
        for name, each in _by_id(criteria, group):
            yield from _texts_of(each, f"{group}.{name}")


def read(source: Document, criteria: CriteriaSet) -> Translation:
    """Read the translation of a set.

    Raises:
        InputError: With every fault: what the set does not have, and placeholders that differ from the original.
    """
    reading = Reading(source.name, list(source.faults))
    if not isinstance(source.root.value, dict):
        reading.refuse(source.root, "", f"a translation: a mapping with 'translation: {VERSION}'")
    reading.check_version(source.root, "translation", VERSION)
    made: Translation = shapes.Record(Translation, besides=("translation",)).read(source.root, "", reading)
    reading.finish()
    if made.of != criteria.id:
        reading.fault(source.root.value["of"], "of", f"{criteria.id}, the set that it translates")
    originals = dict(texts(criteria))
    for path, text in texts(made):
        node = _node(source.root, path)
        if path not in originals:
            hint = reading.hint(path, originals)
            reading.fault(node, path, f"a text that {criteria.id} has", "a text without an original", hint)
        elif _placeholders(text) != _placeholders(originals[path]):
            named = ", ".join(_placeholders(originals[path])) or "none"
            reading.fault(node, path, f"the placeholders of the original: {named}")
    reading.finish()
    return made


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
    words = {name: said(f"{here}.{name}", getattr(criterion, name)) for name in _SENTENCES}
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
    for name in catalogue.shipped():
        file = tables.folder() / language / f"{name}.yaml"
        if file.is_file():
            criteria = catalogue.load_criteria(name)
            found |= _learnt(criteria, read(document.parse(file.read_bytes(), f"{language}/{name}.yaml"), criteria))
    return found


def _remembered(criteria: CriteriaSet, language: str, translation: Translation | None) -> _Memory:
    return {**_memory(language), **_learnt(criteria, translation)} if translation else _memory(language)


def _learnt(criteria: CriteriaSet, translation: Translation) -> dict[tuple[str, str], str]:
    originals = dict(texts(criteria))
    return {(_place(path), originals[path]): text for path, text in texts(translation)}


def _place(path: str) -> str:
    """Give a path without the number of a note, whose order may differ in a set that builds on another."""
    return path.partition("[")[0]


def _by_id(criteria: CriteriaSet | Translation, group: str) -> list[tuple[str, Any]]:
    if isinstance(criteria, Translation):
        return list(getattr(criteria, group).items())
    found: Iterator[Any] = criteria.criteria() if group == "criteria" else iter(getattr(criteria, group))
    return [(each.full_id if group == "criteria" else each.id, each) for each in found]


def _texts_of(words: Any, path: str) -> Iterator[tuple[str, str]]:
    """List the texts of a band, a category or a criterion."""
    for name in ("title", "label", *_SENTENCES):
        if text := getattr(words, name, None):
            yield f"{path}.{name}", text
    says = getattr(words, "says", None) or {}
    if isinstance(says, str):
        yield f"{path}.says", says
    else:
        yield from ((f"{path}.says.{outcome}", says[outcome]) for outcome in Outcome if outcome in says)
    for i, note in enumerate(getattr(words, "our_standard", ())):
        yield f"{path}.our_standard[{i}]", note if isinstance(note, str) else note.says


def _node(node: Node, path: str) -> Node:
    """Find where a text stands, so that its fault names the line."""
    for key, inner in node.value.items() if isinstance(node.value, dict) else ():
        if path == key or path.startswith((f"{key}.", f"{key}[")):
            return _node(inner, path.removeprefix(key).lstrip("."))
    return node


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{\w*}", text))
