"""Lists of things, and tables of them by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting.errors import join, shown
from clinic_vetting.reading import INVALID
from clinic_vetting.shapes.records import Record, plain_fields, refuse_unknown
from clinic_vetting.shapes.scalars import Text
from clinic_vetting.shapes.shape import Shape
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from enum import StrEnum

    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading

MOST_ITEMS: Final = 20_000
"""How many items a list may have, where nothing less is said."""


@frozen
class Many:
    """A list whose items have one shape; where `single`, one item may stand for a list of one."""

    item: Shape
    single: bool = False
    most: int = MOST_ITEMS

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read each item."""
        if self.single and isinstance(node.value, (str, dict)):
            value = self.item.read(node, path, reading)
            return INVALID if value is INVALID else (value,)
        if not isinstance(node.value, list):
            return reading.fault(node, path, told("fault.a_list"))
        if len(node.value) > self.most:
            return reading.fault(node, path, told("fault.shapes.items", most=whole(self.most)), whole(len(node.value)))
        values = [self.item.read(each, f"{path}[{i}]", reading) for i, each in enumerate(node.value)]
        return INVALID if INVALID in values else tuple(values)

    def problem(self, value: Any) -> str:
        """Check each item."""
        if not isinstance(value, tuple) or len(value) > self.most:
            return told("fault.shapes.tuple", most=whole(self.most))
        problems = (
            told("fault.shapes.items_that_are", problem=problem)
            for each in value
            if (problem := self.item.problem(each))
        )
        return next(problems, "")

    def plain(self, value: tuple[Any, ...]) -> list[Any]:
        """Write each item."""
        return [self.item.plain(each) for each in value]

    def schema(self) -> dict[str, Any]:
        """Describe the items."""
        several = {"type": "array", "items": self.item.schema(), "maxItems": self.most}
        return {"anyOf": [several, self.item.schema()]} if self.single else several


@frozen
class Words:
    """A sentence for each word of a list."""

    kind: type[StrEnum]

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the sentences that are there."""
        names = [member.value for member in self.kind]
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.shapes.mapping_with", keys=", ".join(names)))
        refuse_unknown(node, path, names, reading)
        sentence = Text(1000)
        words = {
            self.kind(name): sentence.read(inner, join(path, name), reading)
            for name, inner in node.value.items()
            if name in names and inner.value is not None
        }
        return INVALID if INVALID in words.values() else words

    def problem(self, value: Any) -> str:
        """Check keys and sentences."""
        fits = isinstance(value, dict) and all(
            isinstance(key, self.kind) and not Text(1000).problem(each) for key, each in value.items()
        )
        return "" if fits else told("fault.shapes.dict_to_sentences", type=self.kind.__name__)

    def plain(self, value: dict[StrEnum, str]) -> dict[str, str]:
        """Write the sentences in the order of the list."""
        return {key.value: value[key] for key in self.kind if key in value}

    def schema(self) -> dict[str, Any]:
        """Describe the mapping."""
        names = {member.value: Text(1000).schema() for member in self.kind}
        return {"type": "object", "properties": names, "additionalProperties": False}


@frozen
class Keyed:
    """A mapping from ids to records; where `names`, a record bears its id itself."""

    kind: type[attrs.AttrsInstance]
    names: bool = False

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read each record under its id."""
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.shapes.mapping_from_ids"))
        found = {key: self._one(key, inner, path, reading) for key, inner in node.value.items()}
        return INVALID if INVALID in found.values() else found

    def problem(self, value: Any) -> str:
        """Check the records."""
        fits = isinstance(value, dict) and all(isinstance(each, self.kind) for each in value.values())
        return "" if fits else told("fault.shapes.dict_from_ids", type=self.kind.__name__)

    def plain(self, value: dict[str, Any]) -> dict[str, Any]:
        """Write each record under its id."""
        return {key: plain_fields(value[key]) for key in sorted(value)}

    def schema(self) -> dict[str, Any]:
        """Describe the mapping."""
        return {"type": "object", "additionalProperties": Record(self.kind).schema()}

    def _one(self, key: str, node: Node, path: str, reading: Reading) -> Any:
        here = join(path, key)
        if problem := Text(100).problem(key):
            return reading.fault(node, here, told("fault.shapes.as_id", problem=problem), shown(key))
        return Record(self.kind, {"id": key} if self.names else {}).read(node, here, reading)


@frozen
class Table:
    """A mapping from words to things of one shape."""

    item: Shape

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read each value."""
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.a_mapping"))
        found = {key: self.item.read(inner, join(path, key), reading) for key, inner in node.value.items()}
        return INVALID if INVALID in found.values() else found

    def problem(self, value: Any) -> str:
        """Check each value."""
        if not isinstance(value, dict):
            return told("fault.a_type", type="dict")
        problems = (problem for each in value.values() if (problem := self.item.problem(each)))
        return next(problems, "")

    def plain(self, value: dict[str, Any]) -> dict[str, Any]:
        """Write each value."""
        return {key: self.item.plain(each) for key, each in value.items()}

    def schema(self) -> dict[str, Any]:
        """Describe the mapping."""
        return {"type": "object", "additionalProperties": self.item.schema()}
