"""msgspec: the listing as structs; typed decoding alone, nothing is scored."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
from workload import Load, Row

from against.schemas import Dossier, rebuilt


def rows(load: Load) -> list[Row]:
    """Measure typed decoding of bytes."""
    decoder = msgspec.json.Decoder(rebuilt(Dossier, _struct, {}))
    texts = [each.encode() for each in load.texts]
    return [Row("msgspec, from bytes", "parses and validates JSON into structs; no score", decoder.decode, texts)]


def _struct(name: str, fields: list[tuple[str, Any, dataclasses.Field[Any]]]) -> Any:
    given: list[Any] = []
    for field, hint, each in sorted(fields, key=lambda found: _is_optional(found[2])):
        if each.default_factory is not dataclasses.MISSING:
            given.append((field, hint, msgspec.field(default_factory=each.default_factory)))
        elif each.default is not dataclasses.MISSING:
            given.append((field, hint, each.default))
        else:
            given.append((field, hint))
    return msgspec.defstruct(name, given, forbid_unknown_fields=True)


def _is_optional(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
