"""What the records of a clinic share: codes of places, words for readers, the source."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from clinic_vetting import fields, shapes
from clinic_vetting.evidence import Source

COUNTRY = "(?!UK)[A-Z]{2}"
A_COUNTRY = "a country code such as GB, which is not UK (ISO 3166-1)"
REGION = "(?!UK)[A-Z]{2}-[A-Z0-9]{1,3}"


def in_words(*parts: object) -> str:
    """Join what is there for a reader."""
    return ", ".join(str(part).replace("_", " ") if isinstance(part, StrEnum) else str(part) for part in parts if part)


def until(day: dt.date | None) -> str | None:
    """Say how long something is in force."""
    return f"until {day}" if day else None


def source_field() -> Any:
    """Refer to a source of the dossier."""
    return fields.shaped(shapes.Reference("source", Source))
