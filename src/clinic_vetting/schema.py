"""JSON Schemas (2020-12) of the three formats, made from the same shapes that read and write them."""

from __future__ import annotations

from typing import Any, Final

import attrs

from clinic_vetting import dossier, fast_reading, shapes
from clinic_vetting.clinic import Clinic
from clinic_vetting.criterion import CriteriaSet
from clinic_vetting.evidence import Answer, Fresh, Kind, Outcome, Source
from clinic_vetting.identifiers import Form
from clinic_vetting.overlay import Overlay

NAMES: Final = ("dossier", "criteria", "verdict")
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_FIELDS: Final = attrs.fields_dict(Clinic)


def schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema of `dossier`, `criteria` or `verdict`.

    Raises:
        KeyError: There is no such format.
    """
    made: dict[str, Any] = {"dossier": _dossier, "criteria": _criteria, "verdict": _verdict}[name]()
    return {"$schema": _DRAFT, **made}


def _dossier() -> dict[str, Any]:
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
        "clinic": _object(identity, ["id"]),
        "sources": _optional(shapes.Keyed(Source), definitions),
        "default_source": {"type": ["string", "number", "null"]},
        **records,
        "answers": answers,
    }
    return {
        "title": "A dossier: what is known of one clinic",
        **_object(properties, ["dossier", "clinic"]),
        "$defs": definitions,
    }


def _criteria() -> dict[str, Any]:
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


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _class(kind: type[attrs.AttrsInstance], definitions: dict[str, Any]) -> dict[str, Any]:
    """Describe an attrs class; the classes that it refers to are added to `definitions`."""
    known = [each for each in attrs.fields(kind) if "shape" in each.metadata]
    required = [each.name for each in known if each.default is attrs.NOTHING and not each.metadata.get("referring")]
    properties = {
        each.name: (_inlined if each.name in required else _optional)(each.metadata["shape"], definitions)
        for each in known
    }
    summary = (kind.__doc__ or "").strip().splitlines()[0]
    return {"description": summary, **_object(properties, required)}


def _inlined(shape: shapes.Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    for kind in shapes.kinds(shape):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _class(kind, definitions)
    return shape.schema()


def _optional(shape: shapes.Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    """Allow a blank value too, which means absent."""
    return {"anyOf": [_inlined(shape, definitions), {"enum": [None, ""]}]}


_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_DAY: Final = {"type": "string", "format": "date"}
_DAY_OR_NULL: Final = {"type": ["string", "null"], "format": "date"}
_POINTS: Final = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
_HUNDREDTHS: Final = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
_DIGEST: Final = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_TEXTS: Final = {"type": "array", "items": _TEXT}


def _exact(properties: dict[str, Any]) -> dict[str, Any]:
    return _object(properties, list(properties))


def _verdict() -> dict[str, Any]:
    numbers = dict.fromkeys(("start", "score", "proven", "unknown", "failed"), _POINTS)
    reach = _exact({"best": _TEXT_OR_NULL, "worst": _TEXT_OR_NULL})
    band = {"anyOf": [{"$ref": "#/$defs/Band"}, {"type": "null"}]}
    properties = {
        "verdict": {"const": 1},
        "clinic": _exact({"id": _TEXT, "name": _TEXT_OR_NULL}),
        "criteria": _exact({"id": _TEXT, "version": _TEXT, "digest": _DIGEST}),
        "dossier_digest": _DIGEST,
        "review_rules": {"anyOf": [_DIGEST, {"type": "null"}]},
        "as_of": _DAY,
        "valid_until": _DAY_OR_NULL,
        "library": _TEXT,
        "band": band,
        **numbers,
        "limits": {"type": "array", "items": {"$ref": "#/$defs/Limit"}},
        "settled": reach,
        "reachable": reach,
        "categories": {"type": "array", "items": {"$ref": "#/$defs/Category"}},
        "questions": {"type": "array", "items": {"$ref": "#/$defs/Question"}},
        "fixes": {"type": "array", "items": _exact({"criterion": _TEXT, "regains": {"type": "number"}})},
        "waivers": {"type": "array", "items": {"$ref": "#/$defs/Waiver"}},
        "without_waivers": {"anyOf": [_exact({"band": band, **numbers}), {"type": "null"}]},
        "possible_matches": {"type": "array", "items": {"$ref": "#/$defs/PossibleMatch"}},
        "history": _TEXTS,
        "warnings": _TEXTS,
    }
    return {"title": "A verdict", **_exact(properties), "$defs": _verdict_parts()}


def _verdict_parts() -> dict[str, Any]:
    several = {"type": "array", "items": {"$ref": "#/$defs/Statement"}}
    reply, waiver = {"$ref": "#/$defs/Reply"}, {"$ref": "#/$defs/Waiver"}
    finding = {
        "id": _TEXT,
        "outcome": {"enum": [each.value for each in Outcome]},
        "severity": {"enum": ["critical", "major", "minor"]},
        "points": _POINTS,
        "proven": _HUNDREDTHS,
        "failed": _HUNDREDTHS,
        "effect": {"type": ["number", "null"], "minimum": -100, "maximum": 100},
        "says": _TEXT,
        "why": _TEXT_OR_NULL,
        "if_failed": _TEXT_OR_NULL,
        "notes": _TEXTS,
        "decided_by": {"anyOf": [{"$ref": "#/$defs/Statement"}, {"type": "null"}]},
        "other_statements": several,
        "contradicted": {"type": "boolean"},
        "changes_on": _DAY_OR_NULL,
        "references": _TEXTS,
        "reply": {"anyOf": [reply, {"type": "null"}]},
        "earlier_replies": {"type": "array", "items": reply},
        "waiver": {"anyOf": [waiver, {"type": "null"}]},
    }
    statement = {
        "answer": {"enum": [each.value for each in Answer]},
        "kind": {"enum": [each.value for each in Kind]},
        "who": _TEXT,
        "seen": _DAY_OR_NULL,
        "fresh": {"enum": [each.value for each in Fresh]},
        "strength": _HUNDREDTHS,
        "displaced": {"type": "boolean"},
        "source": _TEXT,
        "url": _TEXT_OR_NULL,
        "note": _TEXT_OR_NULL,
        "record": _TEXT_OR_NULL,
    }
    look_up: dict[str, Any] = {"authority": _TEXT, "name": _TEXT, "url": _TEXT_OR_NULL, "number": _TEXT_OR_NULL}
    look_up |= {"form": {"enum": [None, *(each.value for each in Form)]}, "says": _TEXT_OR_NULL}
    question = {"criterion": _TEXT, "ask": _TEXT_OR_NULL, "check": _TEXT_OR_NULL, "points": _POINTS, "opens": _TEXTS}
    question["look_up"] = {"type": "array", "items": {"$ref": "#/$defs/LookUp"}}
    number = {"type": "number"}
    sums = dict.fromkeys(("points", "proven", "unknown", "failed"), _POINTS)
    findings = {"type": "array", "items": {"$ref": "#/$defs/Finding"}}
    return {
        "Band": _exact({"id": _TEXT, "label": _TEXT, "says": _TEXT_OR_NULL}),
        "Limit": _exact({"band": _TEXT, "condition": _TEXT, "wanted": number, "found": number, "criteria": _TEXTS}),
        "Category": _exact({"id": _TEXT, "title": _TEXT, **sums, "findings": findings}),
        "Finding": _exact(finding),
        "Statement": _exact(statement),
        "Question": _exact(question),
        "LookUp": _exact(look_up),
        "PossibleMatch": _exact(
            {**dict.fromkeys(("about", "name", "place"), _TEXT), "says": _TEXT_OR_NULL, "ask": _TEXT, "who": _TEXT}
            | {"seen": _DAY_OR_NULL, "url": _TEXT_OR_NULL}
        ),
        "Reply": _exact({"by": _TEXT, "on": _DAY, "text": _TEXT}),
        "Waiver": _exact({"criterion": _TEXT, "reason": _TEXT, "owner": _TEXT, "since": _DAY_OR_NULL, "until": _DAY}),
    }
