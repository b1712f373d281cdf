"""Shapes of numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from attrs import frozen

from clinic_vetting.shapes.scalars import Scalar
from clinic_vetting.words import told, whole

_WHOLE = re.compile(r"([0-9]{1,12})(\.0{1,12})?")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@frozen
class Whole(Scalar):
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.shapes.whole", least=whole(self.least), most=whole(self.most))

    def parse(self, text: str) -> int:
        """Read plain digits."""
        match = _WHOLE.fullmatch(text)
        if not match or self.problem(int(match[1])):
            raise ValueError(text)
        return int(match[1])

    def problem(self, value: Any) -> str:
        """Check type and bounds."""
        fits = type(value) is int and self.least <= value <= self.most
        return "" if fits else self.expected

    def plain(self, value: int) -> int:
        """Write a number."""
        return value

    def schema(self) -> dict[str, Any]:
        """Give the bounds."""
        bounds = {"minimum": self.least, "maximum": self.most}
        return {"type": ["integer", "string"], **bounds, "pattern": "^[0-9]+(\\.0+)?$"}


@frozen
class Number(Scalar):
    """A decimal number from `least` to `most`, both included, kept exactly as it was written."""

    least: Decimal
    most: Decimal

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.shapes.number", least=self.least, most=self.most)

    def parse(self, text: str) -> Decimal:
        """Read digits with at most one point."""
        if not _NUMBER.fullmatch(text) or self.problem(Decimal(text)):
            raise ValueError(text)
        return Decimal(text)

    def problem(self, value: Any) -> str:
        """Check type and bounds."""
        fits = isinstance(value, Decimal) and value.is_finite() and self.least <= value <= self.most
        return "" if fits else self.expected

    def plain(self, value: Decimal) -> int | float | str:
        """Write a number, or text where no number of JSON is the same."""
        if value == value.to_integral_value():
            return int(value)
        near = float(value)
        return near if str(near) == format(value.normalize(), "f") else format(value, "f")

    def schema(self) -> dict[str, Any]:
        """Give the bounds."""
        bounds = {"minimum": float(self.least), "maximum": float(self.most)}
        return {"type": ["number", "string"], **bounds, "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
