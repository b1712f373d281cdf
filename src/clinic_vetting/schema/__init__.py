"""JSON Schemas (2020-12) of what is read and what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.schema import advice
from clinic_vetting.schema.documents import criteria_schema, dossier_schema
from clinic_vetting.schema.verdict import verdict_schema

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NAMES", "schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_MADE: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "dossier": dossier_schema,
    "criteria": criteria_schema,
    "verdict": verdict_schema,
    "fixes": advice.fixes_schema,
    "forecast": advice.forecast_schema,
    "robustness": advice.robustness_schema,
    "diff": advice.difference_schema,
    "compare": advice.comparison_schema,
}
NAMES: Final = tuple(_MADE)
"""Dossiers, criteria sets and verdicts; and the advice that each command of that name prints as JSON."""


def schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema of a format, one of `NAMES`.

    Raises:
        KeyError: There is no such format.
    """
    return {"$schema": _DRAFT, **_MADE[name]()}
