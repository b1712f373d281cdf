"""Records, and what several readers of records share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from clinic_vetting.errors import CriteriaError, Fault, RecordError, join, shown
from clinic_vetting.reading import INVALID
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading


@frozen
class Record:
    """A mapping with the fields of an attrs class, each with its own shape; `given` ones are known."""

    kind: type[attrs.AttrsInstance]
    given: dict[str, Any] = attrs.field(factory=dict)
    besides: tuple[str, ...] = ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read every field, then refuse what is left."""
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.shapes.mapping_with", keys=", ".join(self._keys())))
        before = len(reading.faults)
        values: dict[str, Any] = {}
        for each in self._fields():
            read_field(each, node, path, reading, values)
        refuse_unknown(node, path, [*self.besides, *self._keys()], reading)
        return self._made(values, node, path, reading) if len(reading.faults) == before else INVALID

    def problem(self, value: Any) -> str:
        """Check the type; the class has checked its fields."""
        return "" if isinstance(value, self.kind) else told("fault.a_type", type=self.kind.__name__)

    def plain(self, value: Any) -> dict[str, Any]:
        """Write every field that holds something."""
        return plain_fields(value)

    def schema(self) -> dict[str, Any]:
        """Refer to the class's own definition."""
        return {"$ref": f"#/$defs/{self.kind.__name__}"}

    def answer_schema(self) -> dict[str, Any]:
        """Give the JSON Schema of the field `answer` alone."""
        schema: dict[str, Any] = attrs.fields_dict(self.kind)["answer"].metadata["shape"].schema()
        return schema

    def _fields(self) -> list[attrs.Attribute[Any]]:
        return [each for each in attrs.fields(self.kind) if "shape" in each.metadata]

    def _keys(self) -> list[str]:
        return [each.name for each in self._fields()]

    def _made(self, values: dict[str, Any], node: Node, path: str, reading: Reading) -> Any:
        try:
            return self.kind(**self.given, **values)
        except (CriteriaError, RecordError) as error:
            return note_problems(error, node, path, reading)
        except ValueError as error:
            return reading.fault(node, path, str(error), told("fault.shapes.what_stands"))


def read_field(each: attrs.Attribute[Any], node: Node, path: str, reading: Reading, values: dict[str, Any]) -> None:
    """Read one field of a mapping into `values`; a blank one is absent."""
    assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
    inner = node.value.get(each.name)
    if inner is not None and inner.value is not None:
        values[each.name] = each.metadata["shape"].read(inner, join(path, each.name), reading)
    elif each.metadata.get("referring") and reading.default is not None:
        values[each.name] = reading.default
    elif each.default is attrs.NOTHING:
        expected = getattr(each.metadata["shape"], "expected", told("fault.a_value"))
        hint = told("fault.shapes.bare_only") if each.name == "source" and reading.default else ""
        reading.fault(inner or node, join(path, each.name), expected, told("fault.nothing"), hint)


def refuse_unknown(node: Node, path: str, known: list[str], reading: Reading) -> None:
    """Note every key of a mapping that is none of `known`."""
    assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
    for key, inner in node.value.items():
        if key not in known:
            hint = reading.hint(key, known)
            expected, got = told("fault.one_of", words=", ".join(known)), told("fault.unknown_key", key=shown(key))
            reading.fault(inner, join(path, key), expected, got, hint)


def note_problems(error: CriteriaError | RecordError, node: Node, path: str, reading: Reading) -> Any:
    """Note what a criteria set or a record contradicts itself in, each at the line where it stands."""
    for each in error.problems:
        here = join(path, each.path) if path else each.path
        reading.faults.append(Fault(reading.file, line_of(node, each.path), here, each.expected, each.got))
    return INVALID


def line_of(node: Node, path: str) -> int:
    """Find the line of a path within a node, or of the nearest thing around it."""
    line = node.line
    for step in re.findall(r"[^.\[\]]+", path):
        inner = _step(node, step)
        if inner is None:
            return line
        node, line = inner, inner.line
    return line


def _step(node: Node, step: str) -> Node | None:
    match node.value:
        case dict(mapping):
            return mapping.get(step)
        case list(items) if step.isdecimal() and int(step) < len(items):
            return items[int(step)]
        case _:
            return None


def plain_fields(value: attrs.AttrsInstance) -> dict[str, Any]:
    """Write an attrs value as a mapping, leaving out what is empty."""
    return {
        each.name: each.metadata["shape"].plain(inner)
        for each in attrs.fields(type(value))
        if "shape" in each.metadata and (inner := getattr(value, each.name)) not in (None, ())
    }


@frozen
class Partial:
    """Some of the fields of an attrs class, as a mapping from field names to values."""

    kind: type[attrs.AttrsInstance]
    without: tuple[str, ...] = ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the fields that are there."""
        known = self._fields()
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.shapes.mapping_with_some", keys=", ".join(known)))
        refuse_unknown(node, path, list(known), reading)
        values: dict[str, Any] = {}
        for name, each in known.items():
            inner = node.value.get(name)
            if inner is not None and inner.value is None and each.default is not attrs.NOTHING:
                values[name] = None if each.default is None else ()
            elif inner is not None:
                read_field(each, node, path, reading, values)
        return INVALID if INVALID in values.values() else values

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, dict) else told("fault.shapes.dict_of_fields")

    def plain(self, value: dict[str, Any]) -> dict[str, Any]:
        """Write the fields."""
        known = attrs.fields_dict(self.kind)
        shape = {name: known[name].metadata["shape"] for name in value}
        return {name: None if each in (None, ()) else shape[name].plain(each) for name, each in value.items()}

    def schema(self) -> dict[str, Any]:
        """Describe the fields, none of them required."""
        known = {name: each.metadata["shape"].schema() for name, each in self._fields().items()}
        return {"type": "object", "properties": known, "additionalProperties": False}

    def _fields(self) -> dict[str, attrs.Attribute[Any]]:
        known = attrs.fields_dict(self.kind).items()
        return {name: each for name, each in known if "shape" in each.metadata and name not in self.without}
