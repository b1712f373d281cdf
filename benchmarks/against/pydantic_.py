"""pydantic: the listing as strict-shaped models; validation alone, nothing is scored."""

from __future__ import annotations

import dataclasses
from typing import Any

import pydantic
from workload import Load, Row

from against.schemas import Dossier, rebuilt


def rows(load: Load) -> list[Row]:
    """Measure validation of a dict, and of JSON text."""
    model = rebuilt(Dossier, _model, {})
    return [
        Row("pydantic, from dict", "validates a dict into models; no score", model.model_validate, load.trees),
        Row("pydantic, from text", "parses and validates JSON into models; no score", model.model_validate_json, load.texts),
    ]  # fmt: skip


def _model(name: str, fields: list[tuple[str, Any, dataclasses.Field[Any]]]) -> Any:
    given: dict[str, Any] = {}
    for field, hint, each in fields:
        if each.default_factory is not dataclasses.MISSING:
            given[field] = hint, pydantic.Field(default_factory=each.default_factory)
        else:
            given[field] = hint, ... if each.default is dataclasses.MISSING else each.default
    return pydantic.create_model(name, __config__=pydantic.ConfigDict(extra="forbid"), **given)
