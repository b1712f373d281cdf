"""References to sources, what is said with them, and which records a shape holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from clinic_vetting.reading import INVALID
from clinic_vetting.shapes.lists import Keyed
from clinic_vetting.shapes.records import Record, plain_fields
from clinic_vetting.shapes.shape import Shape
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading


@frozen
class Reference:
    """The id of a source that the document defines."""

    kind: type

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.source.id")

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Find what the id names."""
        if not isinstance(node.value, str):
            return reading.fault(node, path, self.expected)
        found = reading.named.get(node.value, INVALID)
        if found is INVALID:
            hint = reading.hint(node.value, reading.named) or told("fault.source.add")
            reading.fault(node, path, told("fault.source.defined"), hint=hint)
        return found

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, self.kind) else told("fault.a_type", type=self.kind.__name__)

    def plain(self, value: Any) -> str:
        """Write the id."""
        return str(value.id)

    def schema(self) -> dict[str, Any]:
        """Describe an id."""
        return {"type": ["string", "number"], "description": "Id of a source of this document."}


MOST_STATEMENTS = 200
"""How many statements one question may have."""


@frozen
class Said:
    """One answer or several: a bare word by the document's default source, a mapping, or a list."""

    statement: Any

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read the statements."""
        if isinstance(node.value, list) and len(node.value) > MOST_STATEMENTS:
            return reading.fault(node, path, told("fault.shapes.answers", most=MOST_STATEMENTS), whole(len(node.value)))
        if not isinstance(node.value, list):
            value = self._one(node, path, reading)
            return INVALID if value is INVALID else (value,)
        values = [self._one(each, f"{path}[{i}]", reading) for i, each in enumerate(node.value)]
        return INVALID if INVALID in values else tuple(values)

    def problem(self, value: Any) -> str:
        """Check that it is a tuple of statements."""
        fits = isinstance(value, tuple) and all(isinstance(each, self.statement) for each in value)
        return "" if fits else told("fault.shapes.statements")

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
            hint = told("fault.shapes.name_its_source")
            return reading.fault(node, path, told("fault.shapes.its_source"), hint=hint)
        return answer if answer is INVALID else self.statement(answer=answer, source=reading.default)


def kinds(shape: Shape) -> list[type[attrs.AttrsInstance]]:
    """List the attrs classes that a shape refers to."""
    found = [getattr(shape, name) for name in ("kind", "statement", "item") if hasattr(shape, name)]
    inner = [each for each in found if not isinstance(each, type)]
    referred = isinstance(shape, (Record, Keyed, Said))
    return [each for each in found if isinstance(each, type) and referred] + [k for each in inner for k in kinds(each)]
