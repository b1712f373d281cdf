"""attrs fields with a shape: what a document may hold there, and what Python may pass."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from clinic_vetting import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from clinic_vetting.shapes import Shape

ID = r"[a-z0-9][a-z0-9_-]{0,63}"
"""How ids of sources, categories, criteria, bands and references are written."""


def shaped(shape: Shape, default: Any = attrs.NOTHING, **metadata: Any) -> Any:
    """Declare a field of any shape; `None` as default makes it optional."""
    return attrs.field(default=default, validator=_check(shape, default), metadata={"shape": shape, **metadata})


def checked(shape: Shape) -> Any:
    """Declare a field that Python passes, checked by a shape, and that no document writes there."""
    return attrs.field(validator=_check(shape, attrs.NOTHING))


def described(shape: Shape, default: Any = attrs.NOTHING, **metadata: Any) -> Any:
    """Declare a field of any shape whose class checks itself."""
    return attrs.field(default=default, metadata={"shape": shape, **metadata})


def text(default: Any = attrs.NOTHING, *, most: int = 4000, pattern: str = "", what: str = "") -> Any:
    """Declare text of 1 to `most` characters."""
    return shaped(shapes.Text(most, pattern, what), default)


def identifier(default: Any = attrs.NOTHING) -> Any:
    """Declare an id: lower-case letters, digits, `-` and `_`."""
    return text(default, pattern=ID, what="an id of lower-case letters, digits, - and _, at most 64")


def whole(least: int, most: int, default: Any = attrs.NOTHING) -> Any:
    """Declare a whole number within bounds."""
    return shaped(shapes.Whole(least, most), default)


def number(least: int, most: int, default: Any = attrs.NOTHING) -> Any:
    """Declare a decimal number within bounds; ints, floats and texts are converted exactly as they print."""
    shape = shapes.Number(Decimal(least), Decimal(most))
    check = _check(shape, default)
    return attrs.field(default=default, validator=check, converter=_decimal, metadata={"shape": shape})


def day(default: Any = attrs.NOTHING) -> Any:
    """Declare a calendar day."""
    return shaped(shapes.Day(), default)


def flag(default: Any = attrs.NOTHING) -> Any:
    """Declare a yes or no."""
    return shaped(shapes.Flag(), default)


def choice(kind: type[StrEnum], default: Any = attrs.NOTHING) -> Any:
    """Declare one word of a list."""
    return shaped(shapes.Choice(kind), default)


def span(default: Any = attrs.NOTHING) -> Any:
    """Declare a span of time."""
    return shaped(shapes.SpanShape(), default)


def one(kind: type[attrs.AttrsInstance], default: Any = None) -> Any:
    """Declare another record."""
    return shaped(shapes.Record(kind), default)


def many(item: type[attrs.AttrsInstance] | Shape, *, single: bool = False) -> Any:
    """Declare a tuple of records, or of things of one shape; empty by default."""
    shape = shapes.Many(shapes.Record(item) if isinstance(item, type) else item, single)
    check = _check(shape, ())
    return attrs.field(factory=tuple, validator=check, converter=_tuple, metadata={"shape": shape})


def _check(shape: Shape, default: Any) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    def check(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value is None and default is None:
            return
        if problem := shape.problem(value):
            message = f"{attribute.name!r} must be {problem}, got {value!r}"
            raise ValueError(message)

    return check


def _tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


def _decimal(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else value
