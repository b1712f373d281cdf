"""What JSON Schemas are put together from: texts, days, numbers, exact objects."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, TypeAlias

from clinic_vetting.evidence import Outcome

Schema: TypeAlias = dict[str, Any]

TEXT: Final = {"type": "string"}
TEXT_OR_NULL: Final = {"type": ["string", "null"]}
TEXTS: Final = {"type": "array", "items": TEXT}
DAY: Final = {"type": "string", "format": "date"}
DAY_OR_NULL: Final = {"type": ["string", "null"], "format": "date"}
NUMBER: Final = {"type": "number"}
CHANGE: Final = {"type": ["number", "null"], "minimum": -100, "maximum": 100}
"""Points of 100, gained or lost."""
POINTS: Final = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
HUNDREDTHS: Final = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
FLAG: Final = {"type": "boolean"}
DIGEST: Final = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}


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


OUTCOME_OR_NULL: Final = word_or_null(Outcome)
CLINIC: Final = exact(id=TEXT, name=TEXT_OR_NULL)
CRITERIA: Final = exact(id=TEXT, version=TEXT, digest=DIGEST)
