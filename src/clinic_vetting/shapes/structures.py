"""Shapes made of other shapes: lists, mappings, and references by id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import attrs
from attrs import frozen

from clinic_vetting.errors import CriteriaError, Fault, join, shown
from clinic_vetting.reading import INVALID
from clinic_vetting.shapes.scalars import Text

if TYPE_CHECKING:
    from enum import StrEnum

    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading


class Shape(Protocol):
    """Reads, checks, writes and describes one kind of value."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Give the value, or note faults and give `INVALID`."""

    def problem(self, value: Any) -> str:
        """Say what was expected where a Python value does not fit; an empty text where it does."""

    def plain(self, value: Any) -> Any:
        """Give the value as text, numbers, lists and mappings."""

    def schema(self) -> dict[str, Any]:
        """Give the JSON Schema (2020-12) of the value in a document."""


@frozen
class Many:
    """A list whose items have one shape; where `single`, one item may stand for a list of one."""

    item: Shape
    single: bool = False
    most: int = 20_000

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read each item."""
        if self.single and isinstance(node.value, (str, dict)):
            value = self.item.read(node, path, reading)
            return INVALID if value is INVALID else (value,)
        if not isinstance(node.value, list):
            return reading.fault(node, path, "a list")
        if len(node.value) > self.most:
            return reading.fault(node, path, f"at most {self.most:,} items", f"{len(node.value):,}")
        values = [self.item.read(each, f"{path}[{i}]", reading) for i, each in enumerate(node.value)]
        return INVALID if INVALID in values else tuple(values)

    def problem(self, value: Any) -> str:
        """Check each item."""
        if not isinstance(value, tuple) or len(value) > self.most:
            return f"a tuple of at most {self.most:,} items"
        problems = (f"items that are {problem}" for each in value if (problem := self.item.problem(each)))
        return next(problems, "")

    def plain(self, value: tuple[Any, ...]) -> list[Any]:
        """Write each item."""
        return [self.item.plain(each) for each in value]

    def schema(self) -> dict[str, Any]:
        """Describe the items."""
        several = {"type": "array", "items": self.item.schema(), "maxItems": self.most}
        return {"anyOf": [several, self.item.schema()]} if self.single else several


@frozen
class Record:
    """A mapping with the fields of an attrs class, each with its own shape; `given` ones are known."""

    kind: type[attrs.AttrsInstance]
    given: dict[str, Any] = attrs.field(factory=dict)
    besides: tuple[str, ...] = ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read every field, then refuse what is left."""
        if not isinstance(node.value, dict):
            return reading.fault(node, path, f"a mapping with {', '.join(self._keys())}")
        before = len(reading.faults)
        values: dict[str, Any] = {}
        for each in self._fields():
            read_field(each, node, path, reading, values)
        refuse_unknown(node, path, [*self.besides, *self._keys()], reading)
        return self._made(values, node, path, reading) if len(reading.faults) == before else INVALID

    def problem(self, value: Any) -> str:
        """Check the type; the class has checked its fields."""
        return "" if isinstance(value, self.kind) else f"a {self.kind.__name__}"

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
        except CriteriaError as error:
            return note_problems(error, node, path, reading)
        except ValueError as error:
            return reading.fault(node, path, str(error), "what stands here")


def read_field(each: attrs.Attribute[Any], node: Node, path: str, reading: Reading, values: dict[str, Any]) -> None:
    """Read one field of a mapping into `values`; a blank one is absent."""
    assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
    inner = node.value.get(each.name)
    if inner is not None and inner.value is not None:
        values[each.name] = each.metadata["shape"].read(inner, join(path, each.name), reading)
    elif each.metadata.get("referring") and reading.default is not None:
        values[each.name] = reading.default
    elif each.default is attrs.NOTHING:
        expected = getattr(each.metadata["shape"], "expected", "a value")
        hint = "default_source speaks for bare answers only" if each.name == "source" and reading.default else ""
        reading.fault(inner or node, join(path, each.name), expected, "nothing", hint)


def refuse_unknown(node: Node, path: str, known: list[str], reading: Reading) -> None:
    """Note every key of a mapping that is none of `known`."""
    assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
    for key, inner in node.value.items():
        if key not in known:
            hint = reading.hint(key, known)
            reading.fault(inner, join(path, key), f"one of {', '.join(known)}", f"the unknown key {shown(key)}", hint)


def note_problems(error: CriteriaError, node: Node, path: str, reading: Reading) -> Any:
    """Note what a criteria set contradicts itself in, each at the line where it stands."""
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
class Reference:
    """The id of something that the document defines, such as a source."""

    what: str
    kind: type

    @property
    def expected(self) -> str:
        """Say what fits."""
        return f"the id of a {self.what}"

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Find what the id names."""
        if not isinstance(node.value, str):
            return reading.fault(node, path, self.expected)
        found = reading.named.get(node.value, INVALID)
        if found is INVALID:
            hint = reading.hint(node.value, reading.named) or f"add it under {self.what}s"
            reading.fault(node, path, f"{self.expected} that the document defines", hint=hint)
        return found

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, self.kind) else f"a {self.kind.__name__}"

    def plain(self, value: Any) -> str:
        """Write the id."""
        return str(value.id)

    def schema(self) -> dict[str, Any]:
        """Describe an id."""
        return {"type": ["string", "number"], "description": f"Id of a {self.what} of this document."}


MOST_STATEMENTS = 200
"""How many statements one question may have."""


@frozen
class Said:
    """One answer or several: a bare word by the document's default source, a mapping, or a list."""

    statement: Any
    expected = "an answer (yes, partly, no, not_applicable)"

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the statements."""
        if isinstance(node.value, list) and len(node.value) > MOST_STATEMENTS:
            return reading.fault(node, path, f"at most {MOST_STATEMENTS} answers", f"{len(node.value):,}")
        if not isinstance(node.value, list):
            value = self._one(node, path, reading)
            return INVALID if value is INVALID else (value,)
        values = [self._one(each, f"{path}[{i}]", reading) for i, each in enumerate(node.value)]
        return INVALID if INVALID in values else tuple(values)

    def problem(self, value: Any) -> str:
        """Check that it is a tuple of statements."""
        fits = isinstance(value, tuple) and all(isinstance(each, self.statement) for each in value)
        return "" if fits else "a tuple of statements"

    def plain(self, value: tuple[Any, ...]) -> list[Any]:
        """Write every statement in full."""
        return [plain_fields(each) for each in value]

    def schema(self) -> dict[str, Any]:
        """Describe all three forms."""
        record = Record(self.statement)
        single = [record.answer_schema(), record.schema()]
        return {"anyOf": [*single, {"type": "array", "items": {"anyOf": single}, "maxItems": MOST_STATEMENTS}]}

    def _one(self, node: Node, path: str, reading: Reading) -> Any:
        if isinstance(node.value, dict):
            return Record(self.statement).read(node, path, reading)
        answer = attrs.fields_dict(self.statement)["answer"].metadata["shape"].read(node, path, reading)
        if answer is not INVALID and reading.default is None:
            hint = "write {answer: ..., source: ...} or name a default_source"
            return reading.fault(node, path, "a source for this answer", hint=hint)
        return answer if answer is INVALID else self.statement(answer=answer, source=reading.default)


@frozen
class Words:
    """A sentence for each word of a list."""

    kind: type[StrEnum]

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the sentences that are there."""
        names = [member.value for member in self.kind]
        if not isinstance(node.value, dict):
            return reading.fault(node, path, f"a mapping with {', '.join(names)}")
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
        return "" if fits else f"a dict from {self.kind.__name__} to sentences"

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
            return reading.fault(node, path, "a mapping from ids")
        found = {key: self._one(key, inner, path, reading) for key, inner in node.value.items()}
        return INVALID if INVALID in found.values() else found

    def problem(self, value: Any) -> str:
        """Check the records."""
        fits = isinstance(value, dict) and all(isinstance(each, self.kind) for each in value.values())
        return "" if fits else f"a dict from ids to {self.kind.__name__}"

    def plain(self, value: dict[str, Any]) -> dict[str, Any]:
        """Write each record under its id."""
        return {key: plain_fields(value[key]) for key in sorted(value)}

    def schema(self) -> dict[str, Any]:
        """Describe the mapping."""
        return {"type": "object", "additionalProperties": Record(self.kind).schema()}

    def _one(self, key: str, node: Node, path: str, reading: Reading) -> Any:
        here = join(path, key)
        if problem := Text(100).problem(key):
            return reading.fault(node, here, f"as id {problem}", shown(key))
        return Record(self.kind, {"id": key} if self.names else {}).read(node, here, reading)


@frozen
class Partial:
    """Some of the fields of an attrs class, as a mapping from field names to values."""

    kind: type[attrs.AttrsInstance]
    without: tuple[str, ...] = ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the fields that are there."""
        known = self._fields()
        if not isinstance(node.value, dict):
            return reading.fault(node, path, f"a mapping with some of {', '.join(known)}")
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
        return "" if isinstance(value, dict) else "a dict of fields"

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


@frozen
class Table:
    """A mapping from words to things of one shape."""

    item: Shape

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read each value."""
        if not isinstance(node.value, dict):
            return reading.fault(node, path, "a mapping")
        found = {key: self.item.read(inner, join(path, key), reading) for key, inner in node.value.items()}
        return INVALID if INVALID in found.values() else found

    def problem(self, value: Any) -> str:
        """Check each value."""
        problems = (problem for each in value.values() if (problem := self.item.problem(each)))
        return next(problems, "") if isinstance(value, dict) else "a dict"

    def plain(self, value: dict[str, Any]) -> dict[str, Any]:
        """Write each value."""
        return {key: self.item.plain(each) for key, each in value.items()}

    def schema(self) -> dict[str, Any]:
        """Describe the mapping."""
        return {"type": "object", "additionalProperties": self.item.schema()}


def kinds(shape: Shape) -> list[type[attrs.AttrsInstance]]:
    """List the attrs classes that a shape refers to."""
    found = [getattr(shape, name) for name in ("kind", "statement", "item") if hasattr(shape, name)]
    inner = [each for each in found if not isinstance(each, type)]
    referred = isinstance(shape, (Record, Keyed, Said))
    return [each for each in found if isinstance(each, type) and referred] + [k for each in inner for k in kinds(each)]
