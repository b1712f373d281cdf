"""Keyword arguments for `attrs.field`: what a document may hold there, and what Python may pass.

Used as `attrs.field(**fields.text())`, or `attrs.field(default=None, **fields.text())` for an
optional one, so that type checkers see which arguments a class needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from clinic_vetting import shapes

if TYPE_CHECKING:
    from enum import StrEnum

    from clinic_vetting.shapes import Shape

Arguments: TypeAlias = dict[str, Any]

ID = r"[a-z0-9][a-z0-9_-]{0,63}"
"""How ids of categories, criteria, bands and references are written."""


def shaped(shape: Shape, **metadata: Any) -> Arguments:
    """Declare a field of any shape; `None` fits where it is the default."""
    return {**checked(shape), "metadata": {"shape": shape, **metadata}}


def checked(shape: Shape) -> Arguments:
    """Declare a field that Python passes, checked by a shape, and that no document writes there."""

    def check(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value is None and attribute.default is None:
            return
        if problem := shape.problem(value):
            message = f"{attribute.name!r} must be {problem}, got {value!r}"
            raise ValueError(message)

    return {"validator": check}


def described(shape: Shape, **metadata: Any) -> Arguments:
    """Declare a field of any shape whose class checks itself."""
    return {"metadata": {"shape": shape, **metadata}}


def text(most: int = 4000, *, pattern: str = "", what: str = "") -> Arguments:
    """Declare text of 1 to `most` characters."""
    return shaped(shapes.Text(most, pattern, what))


def identifier() -> Arguments:
    """Declare an id: lower-case letters, digits, `-` and `_`."""
    return text(pattern=ID, what="id")


def whole(least: int, most: int) -> Arguments:
    """Declare a whole number within bounds."""
    return shaped(shapes.Whole(least, most))


def number(least: int, most: int) -> Arguments:
    """Declare a decimal number within bounds; ints, floats and texts are converted exactly as they print."""
    return {**shaped(shapes.Number(Decimal(least), Decimal(most))), "converter": _decimal}


def day() -> Arguments:
    """Declare a calendar day."""
    return shaped(shapes.Day())


def flag() -> Arguments:
    """Declare a yes or no."""
    return shaped(shapes.Flag())


def choice(kind: type[StrEnum]) -> Arguments:
    """Declare one word of a list."""
    return shaped(shapes.Choice(kind))


def span() -> Arguments:
    """Declare a span of time."""
    return shaped(shapes.SpanShape())


def one(kind: type[attrs.AttrsInstance]) -> Arguments:
    """Declare another record."""
    return shaped(shapes.Record(kind))


def many(item: type[attrs.AttrsInstance] | Shape, *, single: bool = False, most: int = shapes.MOST_ITEMS) -> Arguments:
    """Declare a tuple of at most so many records, or things of one shape."""
    shape = shapes.Many(shapes.Record(item) if isinstance(item, type) else item, single, most)
    return {**shaped(shape), "converter": _tuple}


def most(kind: type[attrs.AttrsInstance], name: str) -> int:
    """Give how many items a list of a record may have, or how many characters a text of it."""
    number: int = attrs.fields_dict(kind)[name].metadata["shape"].most
    return number


def _tuple(values: Any) -> Any:
    return tuple(values) if isinstance(values, Iterable) and not isinstance(values, str | dict) else values


def _decimal(value: Any) -> Any:
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value
