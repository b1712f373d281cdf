"""A translation as a document: the words of a criteria set in another language, checked against the set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting import document, fields, shapes
from clinic_vetting.evidence import Outcome
from clinic_vetting.frozen import frozen_dict
from clinic_vetting.reading import Reading
from clinic_vetting.words import Told, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.document import Document, Node

VERSION: Final = 1
"""The format version of translations."""
SENTENCES: Final = ("question", "why", "ask", "check", "if_failed")
"""The texts of a criterion that stand alone."""


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
        changes: Why a set that builds on another changes it: each reason by its number, from 1, its own first.
    """

    of: str = attrs.field(**fields.identifier())
    title: str | None = attrs.field(default=None, **fields.text(300))
    bands: Mapping[str, BandWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(BandWords)))
    categories: Mapping[str, CategoryWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(CategoryWords)))
    criteria: Mapping[str, CriterionWords] = attrs.field(factory=dict, **fields.shaped(shapes.Keyed(CriterionWords)))
    changes: Mapping[str, str] = attrs.field(factory=dict, **fields.shaped(shapes.Table(shapes.Text(1000))))


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
    yield from ((f"changes.{name}", reason) for name, reason in _reasons(criteria))


def read(source: Document, criteria: CriteriaSet) -> Translation:
    """Read the translation of a set.

    Raises:
        InputError: With every fault: what the set does not have, and placeholders that differ from the original.
    """
    reading = Reading(source.name, list(source.faults))
    if not isinstance(source.root.value, dict):
        reading.refuse(source.root, "", told("fault.translation.a_translation", version=VERSION))
    reading.check_version(source.root, "translation", VERSION)
    made: Translation = shapes.Record(Translation, besides=("translation",)).read(source.root, "", reading)
    reading.finish()
    if made.of != criteria.id:
        reading.fault(source.root.value["of"], "of", told("fault.translation.of", id=criteria.id))
    originals = dict(texts(criteria))
    for path, text in texts(made):
        node = _node(source.root, path)
        if path not in originals:
            expected, got = told("fault.translation.text", id=criteria.id), told("fault.translation.no_original")
            reading.fault(node, path, expected, got, reading.hint(path, originals))
        elif _placeholders(text) != _placeholders(originals[path]):
            names = ", ".join(_placeholders(originals[path])) or told("fault.translation.none")
            reading.fault(node, path, told("fault.translation.placeholders", names=names))
    reading.finish()
    return made


def _by_id(criteria: CriteriaSet | Translation, group: str) -> list[tuple[str, Any]]:
    if isinstance(criteria, Translation):
        return list(getattr(criteria, group).items())
    found: Iterator[Any] = criteria.criteria() if group == "criteria" else iter(getattr(criteria, group))
    return [(each.full_id if group == "criteria" else each.id, each) for each in found]


def _reasons(criteria: CriteriaSet | Translation) -> list[tuple[str, str]]:
    """List why a set was changed, its own reasons first, each once, but for messages of the catalogue."""
    if isinstance(criteria, Translation):
        return list(criteria.changes.items())
    changes = (*criteria.changes[criteria.inherited :], *criteria.changes[: criteria.inherited])
    reasons = dict.fromkeys(each.because for each in changes if not isinstance(each.because, Told))
    return [(str(number), reason) for number, reason in enumerate(reasons, 1)]


def _texts_of(words: Any, path: str) -> Iterator[tuple[str, str]]:
    """List the texts of a band, a category or a criterion."""
    for name in ("title", "label", *SENTENCES):
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
