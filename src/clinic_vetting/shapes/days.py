"""Shapes of days and of spans of time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from clinic_vetting.dates import Span
from clinic_vetting.shapes.scalars import Scalar
from clinic_vetting.words import told

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(Scalar):
    """A calendar day, written `2026-11-01` (ISO 8601)."""

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.shapes.day")

    def parse(self, text: str) -> dt.date:
        """Read an ISO date that exists."""
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return dt.date.fromisoformat(text)

    def problem(self, value: Any) -> str:
        """Take dates, and no moments."""
        return "" if type(value) is dt.date else told("fault.a_type", type="datetime.date")

    def schema(self) -> dict[str, Any]:
        """Name the format."""
        return {"type": "string", "format": "date"}


class SpanShape(Scalar):
    """A span of time, such as `12 months`."""

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.shapes.span")

    def parse(self, text: str) -> Span:
        """Read the span."""
        return Span.parse(text)

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, Span) else told("fault.a_type", type="Span")

    def schema(self) -> dict[str, Any]:
        """Give the form."""
        return {"type": "string", "pattern": "^[1-9][0-9]{0,3} (day|week|month|year)s?$"}
