"""The JSON Schemas of dossiers and criteria sets, made from the same shapes that read and write them."""

from __future__ import annotations

from typing import Any, Final

import attrs

from clinic_vetting import dossier, fast_reading, shapes
from clinic_vetting.clinic import Clinic
from clinic_vetting.criterion import CriteriaSet
from clinic_vetting.evidence import Source
from clinic_vetting.overlay import Overlay
from clinic_vetting.schema.parts import object_of

_FIELDS: Final = attrs.fields_dict(Clinic)


def dossier_schema() -> dict[str, Any]:
    """Describe a dossier."""
    definitions: dict[str, Any] = {}
    identity = {name: _optional(_FIELDS[name].metadata["shape"], definitions) for name in fast_reading.IDENTITY}
    identity["id"] = _inlined(_FIELDS["id"].metadata["shape"], definitions)
    records = {name: _optional(_FIELDS[name].metadata["shape"], definitions) for name in fast_reading.RECORDS}
    said = _optional(dossier.SAID, definitions)
    answers = {
        "type": ["object", "null"],
        "additionalProperties": {"type": ["object", "null"], "additionalProperties": said},
    }
    properties = {
        "dossier": {"enum": [dossier.VERSION, str(dossier.VERSION)]},
        "clinic": object_of(identity, ["id"]),
        "sources": _optional(shapes.Keyed(Source), definitions),
        "default_source": {"type": ["string", "number", "null"]},
        **records,
        "answers": answers,
    }
    return {
        "title": "A dossier: what is known of one clinic",
        **object_of(properties, ["dossier", "clinic"]),
        "$defs": definitions,
    }


def criteria_schema() -> dict[str, Any]:
    """Describe a criteria set."""
    definitions: dict[str, Any] = {}
    whole = _class(CriteriaSet, definitions)
    overlay = _class(Overlay, definitions)
    for each in (whole, overlay):
        each["properties"] = {"criteria_set": {"enum": [1, "1"]}, **each["properties"]}
        each["required"] = ["criteria_set", *each["required"]]
    return {
        "title": "A criteria set, whole or building on another",
        "if": {"required": ["extends"]},
        "then": overlay,
        "else": whole,
        "type": "object",
        "$defs": definitions,
    }


def _class(kind: type[attrs.AttrsInstance], definitions: dict[str, Any]) -> dict[str, Any]:
    """Describe an attrs class; the classes that it refers to are added to `definitions`."""
    known = [each for each in attrs.fields(kind) if "shape" in each.metadata]
    required = [each.name for each in known if each.default is attrs.NOTHING and not each.metadata.get("referring")]
    properties = {
        each.name: (_inlined if each.name in required else _optional)(each.metadata["shape"], definitions)
        for each in known
    }
    summary = (kind.__doc__ or "").strip().splitlines()[0]
    return {"description": summary, **object_of(properties, required)}


def _inlined(shape: shapes.Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    for kind in shapes.kinds(shape):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _class(kind, definitions)
    return shape.schema()


def _optional(shape: shapes.Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    """Allow a blank value too, which means absent."""
    return {"anyOf": [_inlined(shape, definitions), {"enum": [None, ""]}]}
