"""What JSON Schemas are put together from: exact objects, lists, words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]


def object_of(properties: Schema, required: list[str]) -> Schema:
    """Describe an object with these properties and no others."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def exact(**properties: Any) -> Schema:
    """Describe an object that has all of these properties and no others."""
    return object_of(properties, list(properties))


def each(of: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": of}


def part(name: str) -> Schema:
    """Refer to a part that the schema defines."""
    return {"$ref": f"#/$defs/{name}"}


def maybe(of: Schema) -> Schema:
    """Allow null too."""
    return {"anyOf": [of, {"type": "null"}]}


def word(of: type[StrEnum]) -> Schema:
    """Describe one word of a list."""
    return {"enum": [one.value for one in of]}


def word_or_null(of: type[StrEnum]) -> Schema:
    """Describe one word of a list, or null."""
    return {"enum": [*(one.value for one in of), None]}
