"""Dossiers: a document as a `Clinic`, and a `Clinic` as a plain tree with a digest."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import document, shapes
from clinic_vetting.canonical import digest_of, items, mapping, record, writer
from clinic_vetting.clinic import Clinic, is_region_of
from clinic_vetting.errors import join, shown
from clinic_vetting.evidence import Answer, Kind, Source, Statement
from clinic_vetting.fast_reading import IDENTITY, KEY, RECORDS, UNUSUAL, read_json, read_tree
from clinic_vetting.reading import INVALID, Reading
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic_vetting.document import Document, Node

VERSION: Final = 1
"""The format version that this library reads and writes."""
KEYS: Final = ("dossier", "clinic", "sources", "default_source", *RECORDS, "answers")
_FIELDS: Final = attrs.fields_dict(Clinic)
_WRITERS: Final = {name: writer(_FIELDS[name].metadata["shape"]) for name in (*IDENTITY, *RECORDS)}
_SOURCES: Final = shapes.Keyed(Source, names=True)
SAID: Final = shapes.Said(Statement)


def load_clinic(path: str | Path) -> Clinic:
    """Read a dossier from a YAML or JSON file.

    Raises:
        InputError: With every fault of the document.
    """
    return parse_clinic(document.read_bytes(path), str(path))


def parse_clinic(text: str | bytes, name: str = "<text>") -> Clinic:
    """Read a dossier from YAML or JSON text.

    Raises:
        InputError: With every fault of the document.
    """
    try:
        clinic = read_json(text)
    except UNUSUAL:
        clinic = None
    return clinic or read_clinic(document.parse(text, name))


def clinic_from(tree: object, name: str = "<data>") -> Clinic:
    """Read a dossier from a Python tree, such as `json.loads` gives; of a repeated key that keeps the last.

    Raises:
        InputError: With every fault of the tree; faults have paths and no lines.
    """
    try:
        clinic = read_tree(tree)
    except UNUSUAL:
        clinic = None
    return clinic or read_clinic(document.tree(tree, name))


def read_clinic(source: Document) -> Clinic:
    """Read a dossier from a document.

    Raises:
        InputError: With every fault of the document.
    """
    reading = Reading(source.name, list(source.faults))
    root = source.root
    if not isinstance(root.value, dict):
        reading.refuse(root, "", told("fault.dossier.a_dossier"))
    if "criteria_set" in root.value:
        expected, got = told("fault.dossier.dossier"), told("fault.dossier.criteria_set")
        reading.fault(root.value["criteria_set"], "", expected, got, told("fault.dossier.show_criteria"))
        reading.finish()
    reading.check_version(root, "dossier", VERSION)
    shapes.refuse_unknown(root, "", list(KEYS), reading)
    _read_sources(root.value, reading)
    values: dict[str, Any] = {}
    _read_identity(root, values, reading)
    for name in RECORDS:
        shapes.read_field(_FIELDS[name], root, "", reading, values)
    values["answers"] = dict(_answers(root.value.get("answers"), reading))
    reading.finish()
    return Clinic(**values)


def plain(clinic: Clinic) -> dict[str, Any]:
    """Write a clinic as the plain tree of a dossier, every statement with its source.

    What was computed from its records, and so has a measure, is no part of a dossier and left out.
    """
    clinic = _as_given(clinic)
    named = {source.id: source for source in clinic.sources()}
    tree: dict[str, Any] = {"dossier": VERSION, "clinic": _plain(clinic, IDENTITY)}
    tree["sources"] = {key: shapes.plain_fields(named[key]) for key in sorted(named)}
    tree |= _plain(clinic, RECORDS)
    for key in sorted(clinic.answers):
        category, _, criterion = key.partition(".")
        answers = tree.setdefault("answers", {}).setdefault(category, {})
        answers[criterion] = SAID.plain(clinic.answers[key])
    return {key: value for key, value in tree.items() if value}


def _read_sources(root: dict[str, Node], reading: Reading) -> None:
    node = root.get("sources")
    if node is not None and node.value is not None:
        before = len(reading.faults)
        sources = _SOURCES.read(node, "sources", reading)
        if isinstance(node.value, dict):
            reading.named = dict.fromkeys(node.value, None) if sources is INVALID else sources
        if len(reading.faults) > before:
            reading.named = {key: _stand_in(key) for key in reading.named}
    default = root.get("default_source")
    if default is not None and default.value is not None:
        found = shapes.Reference(Source).read(default, "default_source", reading)
        reading.default = _stand_in("default") if found is INVALID else found


def _stand_in(key: str) -> Source:
    """Stand for a source that cannot be read, so that what refers to it is not a fault too."""
    return Source("?" if shapes.Text(100).problem(key) else key, Kind.CLAIM, "unreadable")


def _read_identity(root: Node, values: dict[str, Any], reading: Reading) -> None:
    assert isinstance(root.value, dict)  # noqa: S101 - the caller looked
    node = root.value.get("clinic")
    if node is None or node.value is None:
        reading.fault(node or root, "clinic", _with_identity(), told("fault.nothing"))
    elif not isinstance(node.value, dict):
        reading.fault(node, "clinic", _with_identity())
    else:
        shapes.refuse_unknown(node, "clinic", list(IDENTITY), reading)
        for name in IDENTITY:
            shapes.read_field(_FIELDS[name], node, "clinic", reading, values)
        country, region = values.get("country"), values.get("region")
        if isinstance(country, str) and isinstance(region, str) and not is_region_of(region, country):
            reading.fault(node.value["region"], "clinic.region", told("fault.clinic.region", country=country))


def _with_identity() -> str:
    return told("fault.shapes.mapping_with", keys=", ".join(IDENTITY))


def _answers(node: Node | None, reading: Reading) -> Iterator[tuple[str, Any]]:
    for category, inner, path in _entries(node, "answers", "fault.dossier.categories", reading):
        for criterion, said, here in _entries(inner, path, "fault.dossier.answers", reading):
            if said.value is not None:
                yield f"{category}.{criterion}", SAID.read(said, here, reading)


def clinic_digest(clinic: Clinic) -> str:
    """Give the SHA-256 of a clinic's canonical form, however its dossier was written: `digest(plain(clinic))`."""
    clinic = _as_given(clinic)
    sources = {source.id: source for source in clinic.sources()}
    written = {"dossier": str(VERSION), "clinic": mapping(_written(clinic, IDENTITY)), **_written(clinic, RECORDS)}
    if sources:
        written["sources"] = mapping({key: record(source) for key, source in sources.items()})
    answers: dict[str, dict[str, str]] = {}
    for key, said in clinic.answers.items():
        category, _, criterion = key.partition(".")
        answers.setdefault(category, {})[criterion] = items([_answered(each) for each in said])
    if answers:
        written["answers"] = mapping({category: mapping(inner) for category, inner in answers.items()})
    return digest_of(mapping(written))


def _answered(statement: Statement) -> str:
    if statement.note is None:
        return _plain_answer(statement.answer, statement.source.id)
    return record(statement)


@lru_cache(maxsize=4096)
def _plain_answer(answer: Answer, source: str) -> str:
    return record(Statement(answer, Source(source, Kind.CLAIM, "whoever")))


def _as_given(clinic: Clinic) -> Clinic:
    """Give the clinic without the statements that were computed from its records."""
    if all(each.measured is None for said in clinic.answers.values() for each in said):
        return clinic
    given = {key: [each for each in said if each.measured is None] for key, said in clinic.answers.items()}
    return attrs.evolve(clinic, answers=given)


def _written(clinic: Clinic, names: tuple[str, ...]) -> dict[str, str]:
    values = {name: getattr(clinic, name) for name in names}
    return {name: _WRITERS[name](value) for name, value in values.items() if value not in (None, ())}


def _entries(node: Node | None, path: str, expected: str, reading: Reading) -> Iterator[tuple[str, Node, str]]:
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        reading.fault(node, path, told(expected))
        return
    for key, inner in node.value.items():
        if KEY.problem(key):
            reading.fault(inner, path, KEY.expected, told("fault.dossier.key", key=shown(key)), _nested(key))
        else:
            yield key, inner, join(path, key)


def _nested(key: str) -> str:
    """Say how an answer is written whose key is the full id of a criterion."""
    category, _, criterion = key.partition(".")
    plain = not (KEY.problem(category) or KEY.problem(criterion))
    return told("fault.dossier.nest", category=category, criterion=criterion) if plain else ""


def _plain(clinic: Clinic, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(clinic, name) for name in names}
    return {
        name: _FIELDS[name].metadata["shape"].plain(value) for name, value in values.items() if value not in (None, ())
    }
