"""A dossier as msgspec decodes it: one struct for each class, whose types are written from its shapes."""

from __future__ import annotations

import datetime as dt
import types
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import attrs
from msgspec import Meta, defstruct

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic
from clinic_vetting.evidence import Answer, Source, Statement
from clinic_vetting.fast_reading.compiled import IDENTITY, RECORDS
from clinic_vetting.fast_reading.limits import FEW, SOURCES, most_of
from clinic_vetting.fast_reading.making import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_Key: TypeAlias = Annotated[str, Meta(max_length=100)]


@cache
def struct_of(kind: type[attrs.AttrsInstance]) -> Any:
    """Give the struct of a class: a value for each field that a document may hold, `None` where it holds none."""
    return _struct(kind.__name__, fields_of(kind))


@cache
def dossier_struct() -> Any:
    """Give the struct of a whole document."""
    fields = attrs.fields_dict(Clinic)
    more = {
        "sources": Annotated[_dict(_Key, struct_of(Source)), Meta(max_length=SOURCES)],
        "default_source": str,
        "answers": _dict(str, _dict(str, _said(Statement))),
    }
    needed = [("dossier", int | str), ("clinic", _struct("Identity", [fields[each] for each in IDENTITY]))]
    return _struct("Dossier", [fields[each] for each in RECORDS], needed, more.items())


def _struct(
    name: str,
    fields: Iterable[attrs.Attribute[Any]],
    first: Iterable[tuple[str, Any]] = (),
    more: Iterable[tuple[str, Any]] = (),
) -> Any:
    needed, others = [*first], [(key, kind | None, None) for key, kind in more]
    for each in fields:
        kind = _type(each.name, each.metadata["shape"])
        if each.default is attrs.NOTHING and not each.metadata.get("referring"):
            needed.append((each.name, kind))
        else:
            others.append((each.name, kind | None, None))
    return defstruct(name, [*needed, *others], forbid_unknown_fields=True, omit_defaults=True)


def _type(name: str, shape: Any) -> Any:
    """Give the type of what a shape takes from JSON as it is; what it takes besides, the slow reader takes."""
    match shape:
        case shapes.Said(statement=statement):
            return _said(statement)
        case shapes.Record(kind=kind):
            return struct_of(kind)
        case shapes.Many(item=item, single=single):
            inner = _type(name, item)
            several = _list(inner, most_of(name, shape))
            return several | inner if single else several
        case shapes.Reference():
            return str
        case _:
            return _scalar(shape)


def _scalar(shape: Any) -> Any:
    match shape:
        case shapes.Text(most=most):
            return Annotated[str, Meta(min_length=1, max_length=most)]
        case shapes.Flag():
            return bool
        case shapes.Day():
            return dt.date
        case shapes.Choice(kind=kind):
            return kind
        case shapes.Whole(least=least, most=most):
            return Annotated[int, Meta(ge=least, le=most)]
        case _:
            return Any


def _said(statement: type[attrs.AttrsInstance]) -> Any:
    one = struct_of(statement) | Answer
    return one | _list(one, FEW)


def _list(item: Any, most: int) -> Any:
    return Annotated[types.GenericAlias(list, (item,)), Meta(max_length=most)]


def _dict(key: Any, value: Any) -> Any:
    return types.GenericAlias(dict, (key, value))
