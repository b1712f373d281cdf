"""A dossier in which `=Column` stands for a row's cell: what each cell may hold, and a sample of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic
from clinic_vetting.clinic.parts import COUNTRY, REGION
from clinic_vetting.document import Node
from clinic_vetting.dossier import KEYS, SAID
from clinic_vetting.evidence import Answer, Source

MARK: Final = "="
"""What a text begins with that names a column."""
_IDENTITY: Final = ("id", "name", "country", "region", "treatments")
_PATTERNED: Final = {
    "country": "GB",
    "region": "GB-ENG",
    "gs1": "(01)05060000000015(10)A17",
    "udi": "(01)05060000000015(10)A17",
    "ndc": "0002-0800-01",
}

_PLACES: Final = {COUNTRY: "fault.listings.country", REGION: "fault.listings.region"}


@frozen
class Cell:
    """Stands for the cell of a column.

    Attributes:
        column: The column's header.
        shape: What the dossier may hold there; `None` where it knows no such field.
        item: Whether it is one item of a list, such as a treatment.
    """

    column: str
    shape: Any
    item: bool = False

    def choices(self) -> tuple[str, ...]:
        """List the words of which the dossier takes one; none where it takes other text."""
        match self.shape:
            case shapes.Flag():
                return ("yes", "no")
            case shapes.Choice():
                return self.shape.words()
            case _:
                return ()

    @property
    def place(self) -> str:
        """Give the message that says which code of a place it holds; empty where it holds none."""
        return _PLACES.get(self.shape.pattern, "") if isinstance(self.shape, shapes.Text) else ""

    @property
    def lists(self) -> bool:
        """Say whether it holds items of a list of names, such as treatments."""
        return self.item or isinstance(self.shape, shapes.Many)


def fits(shape: Any, text: str) -> bool:
    """Say whether a dossier may hold a text there."""
    try:
        shape.parse(text)
    except ValueError:
        return False
    return True


def compiled(node: Node, shape: Any, *, item: bool = False) -> Any:
    """Give a template as plain mappings, lists and texts, with a `Cell` for each text that names a column."""
    match node.value:
        case str(text) if text.startswith(MARK):
            return Cell(text.removeprefix(MARK).strip(), _leaf(shape), item)
        case dict(inner):
            return {key: compiled(each, _inside(shape, key)) for key, each in inner.items()}
        case list(items):
            return [compiled(each, _item(shape), item=isinstance(shape, shapes.Many)) for each in items]
        case other:
            return other


def sampled(node: Node, shape: Any, key: str, source: str) -> Node:
    """Put a value that fits in the place of each cell, so that what does not fit is the template's own fault."""
    match node.value:
        case str(text) if text.startswith(MARK):
            return _sample(_leaf(shape), key, source, node.line)
        case dict(inner):
            made = {name: sampled(each, _inside(shape, name), name, source) for name, each in inner.items()}
            return Node(made, node.line)
        case list(items):
            return Node([sampled(each, _item(shape), key, source) for each in items], node.line)
        case _:
            return node


def cells(template: Any) -> Iterator[Cell]:
    """List the cells of a template, in its order."""
    if isinstance(template, Cell):
        yield template
    elif isinstance(template, dict | list):
        for each in template.values() if isinstance(template, dict) else template:
            yield from cells(each)


def dossier_shape() -> dict[str, Any]:
    """Give the shape of each part of a dossier."""
    known = {name: each.metadata["shape"] for name, each in attrs.fields_dict(Clinic).items() if each.metadata}
    parts: dict[str, Any] = {name: known[name] for name in KEYS if name in known}
    parts["clinic"] = {name: known[name] for name in _IDENTITY}
    parts["sources"] = shapes.Keyed(Source, names=True)
    parts["default_source"] = shapes.Reference(Source)
    parts["answers"] = shapes.Table(shapes.Table(SAID))
    return parts


def _inside(shape: Any, key: str) -> Any:  # noqa: PLR0911 - a shape each
    match shape:
        case dict():
            return shape.get(key)
        case shapes.Table():
            return shape.item
        case shapes.Keyed():
            return shapes.Record(shape.kind)
        case shapes.Many():
            return _inside(shape.item, key)
        case shapes.Said():
            return _inside(shapes.Record(shape.statement), key)
        case shapes.Record():
            field = attrs.fields_dict(shape.kind).get(key)
            return field.metadata.get("shape") if field else None
        case _:
            return None


def _item(shape: Any) -> Any:
    return shape.item if isinstance(shape, shapes.Many) else shape


def _leaf(shape: Any) -> Any:
    return shapes.Choice(Answer) if isinstance(shape, shapes.Said) else shape


def _sample(shape: Any, key: str, source: str, line: int) -> Node:  # noqa: PLR0911 - a shape each
    match shape:
        case shapes.Many():
            return Node([_sample(shape.item, key, source, line)], line)
        case shapes.Choice():
            return Node(shape.words()[0], line)
        case shapes.Flag():
            return Node("yes", line)
        case shapes.Day():
            return Node("2026-01-01", line)
        case shapes.Whole() | shapes.Number():
            return Node(str(shape.least), line)
        case shapes.Reference():
            return Node(source, line)
        case _:
            return Node(_PATTERNED.get(key, "text"), line)
