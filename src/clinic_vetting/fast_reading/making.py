"""Instances made past `__init__`, of values that have been checked: as Python source, for classes and their twins.

The twin of a class is like it and not frozen.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.fast_reading.memo import Names

_HOLDING: Final = (shapes.Reference, shapes.Record, shapes.Said, shapes.Many)
"""Shapes of what can hold a twin."""
_KINDS: Final[dict[type, tuple[type, tuple[str, ...]]]] = {}
"""By twin, the class that it is like, and the fields that can hold twins."""


def fields_of(kind: type[attrs.AttrsInstance]) -> list[attrs.Attribute[Any]]:
    """List the fields that a document may hold."""
    return [each for each in attrs.fields(kind) if "shape" in each.metadata]


def making(kind: type[attrs.AttrsInstance], names: Names) -> Iterator[str]:
    """Write how an instance is made whose fields have been checked.

    A twin of the class, that is not frozen, takes the values; then it becomes one of the class that `names`
    calls by its name: the class itself, or for a draft the twin again.
    """
    yield from _new(kind, names)
    written = {each.name for each in fields_of(kind)}
    for each in (each for each in attrs.fields(kind) if each.init):
        here = each.name in written or each.default is attrs.NOTHING
        yield f"made.{each.name} = {each.name if here else repr(each.default)}"
    yield f"made.__class__ = {kind.__name__}"
    if order := getattr(kind, "ORDER", None):
        first, second = order
        yield f"if {first} is not None and {second} is not None and {second} < {first}: raise Doubt"
    if not all(each.init for each in attrs.fields(kind)):
        yield "made.__attrs_post_init__()"


def _new(kind: type[attrs.AttrsInstance], names: Names) -> Iterator[str]:
    own = kind.__name__
    names |= {own: kind, f"{own}_twin": twin(kind), "new": object.__new__}
    yield f"made = new({own}_twin)"


@cache
def twin(kind: type[attrs.AttrsInstance]) -> type[Any]:
    """Give the class that is like another and not frozen."""
    free = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    made = type(kind.__name__, (kind,), free)
    _KINDS[made] = kind, tuple(each.name for each in fields_of(kind) if isinstance(each.metadata["shape"], _HOLDING))
    return made


def sealed(value: Any) -> Any:
    """Freeze a twin, or each of several, after all twins inside it: each becomes one of the class itself."""
    if value.__class__ is tuple:
        for each in value:
            sealed(each)
    elif value.__class__ in _KINDS:
        kind, holding = _KINDS[value.__class__]
        for name in holding:
            sealed(getattr(value, name))
        value.__class__ = kind
    return value


def maker(kind: type[attrs.AttrsInstance], names: Names) -> str:
    """Write what makes an instance of all its values, in the order of its fields, that have been checked."""
    values = ", ".join(f"made.{each.name}" for each in attrs.fields(kind))
    lines = [*_new(kind, names), f"{values} = values", f"made.__class__ = {kind.__name__}", "return made"]
    return "\n".join([f"def make_{kind.__name__}(values):", *within(lines)])


def clinic_maker(names: Names) -> str:
    """Write what makes a clinic of a draft, with its reviews and answers as a clinic has them."""
    apart = ("reviews", "answers")
    taken = [(each.name, each.name if each.name in apart else f"draft.{each.name}") for each in attrs.fields(Clinic)]
    lines = [*_new(Clinic, names), *(f"made.{name} = {value}" for name, value in taken), "made.__class__ = Clinic"]
    return "\n".join(["def make_Clinic(draft, reviews, answers):", *within([*lines, "return made"])])


def within(lines: Iterable[str]) -> list[str]:
    """Set lines in, as those of a body."""
    return [f"    {line}" for line in lines]
