"""The table of strengths of a criteria set, as a document writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import shapes
from clinic_vetting.evidence import Kind, Strength
from clinic_vetting.reading import INVALID
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading

_HUNDREDTHS: Final = shapes.Whole(0, 100)


def _strength(strength: Strength) -> int | dict[str, int]:
    one_number = strength.for_ == strength.against
    return strength.for_ if one_number else {"for": strength.for_, "against": strength.against}


class Strengths:
    """The shape of the table of evidence: each kind's strength, and `undated: half`."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read all six kinds."""
        names = [kind.value for kind in Kind]
        if not isinstance(node.value, dict):
            return reading.fault(node, path, told("fault.shapes.mapping_with", keys=", ".join(names)))
        shapes.refuse_unknown(node, path, [*names, "undated"], reading)
        undated = node.value.get("undated")
        if undated and undated.value not in (None, "half"):
            reading.fault(undated, f"{path}.undated", "half")
        return {kind: self._one(node, path, kind, reading) for kind in Kind}

    def problem(self, value: Any) -> str:
        """Check that every kind has a strength."""
        fits = isinstance(value, dict) and set(value) == set(Kind)
        return "" if fits else told("fault.criteria.strengths")

    def plain(self, value: Mapping[Kind, Strength]) -> dict[str, Any]:
        """Write one number where both strengths are the same."""
        return {**{kind.value: _strength(value[kind]) for kind in Kind}, "undated": "half"}

    def schema(self) -> dict[str, Any]:
        """Describe the table."""
        hundredths = _HUNDREDTHS.schema()
        pair = {"type": "object", "required": ["for", "against"], "additionalProperties": False}
        pair["properties"] = {"for": hundredths, "against": hundredths}
        kinds: dict[str, Any] = {kind.value: {"anyOf": [hundredths, pair]} for kind in Kind}
        return {
            "type": "object",
            "properties": {**kinds, "undated": {"const": "half"}},
            "required": list(kinds),
            "additionalProperties": False,
        }

    def _one(self, node: Node, path: str, kind: Kind, reading: Reading) -> Any:
        assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
        inner = node.value.get(kind.value)
        path = f"{path}.{kind.value}"
        if inner is None or inner.value is None:
            return reading.fault(inner or node, path, _HUNDREDTHS.expected, told("fault.nothing"))
        if isinstance(inner.value, dict):
            return self._pair(inner, path, reading)
        hundredths = _HUNDREDTHS.read(inner, path, reading)
        return hundredths if hundredths is INVALID else Strength(hundredths, hundredths)

    def _pair(self, node: Node, path: str, reading: Reading) -> Any:
        assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
        shapes.refuse_unknown(node, path, ["for", "against"], reading)
        pair: list[Any] = []
        for key in ("for", "against"):
            inner = node.value.get(key)
            if inner is None:
                pair.append(reading.fault(node, f"{path}.{key}", _HUNDREDTHS.expected, told("fault.nothing")))
            else:
                pair.append(_HUNDREDTHS.read(inner, f"{path}.{key}", reading))
        return INVALID if INVALID in pair else Strength(*pair)
