"""One form for equal trees, whatever the order in which they were written."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from clinic_vetting import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Writer: TypeAlias = "Callable[[Any], str]"
_MOST: Final = 4096
_encode: Final = json.JSONEncoder().encode
_text: Final = json.encoder.encode_basestring_ascii


def digest(tree: object) -> str:
    """Give a tree's SHA-256 over its canonical form: sorted keys and lists, no insignificant space."""
    return digest_of(canonical(tree))


def digest_of(written: str) -> str:
    """Give the SHA-256 of a canonical form."""
    return f"sha256:{hashlib.sha256(written.encode()).hexdigest()}"


def canonical(tree: object) -> str:
    """Write a tree in its canonical form."""
    match tree:
        case dict():
            return mapping({key: canonical(value) for key, value in tree.items()})
        case list():
            return items(map(canonical, tree))
        case _:
            return _encode(tree)


def mapping(written: Mapping[str, str]) -> str:
    """Put written values under their keys."""
    inner = ",".join([f"{_text(key)}:{written[key]}" for key in sorted(written)])
    return f"{{{inner}}}"


def items(written: Iterable[str]) -> str:
    """Put written items into a list, whose order does not count."""
    return f"[{','.join(sorted(written))}]"


def record(value: attrs.AttrsInstance) -> str:
    """Write an attrs value: the same as `canonical(shapes.plain_fields(value))`, without the tree between."""
    values, writers = _fields(value.__class__)
    written = [
        f"{key}{write(inner)}"
        for (key, write), inner in zip(writers, values(value), strict=False)
        if inner is not None and inner != ()
    ]
    return f"{{{','.join(written)}}}"


@lru_cache(maxsize=64)
def _fields(kind: type[attrs.AttrsInstance]) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[str, Writer]]]:
    """Give what gets the fields of a class, and more, in the order of their names, and what writes each."""
    shaped = {each.name: each.metadata["shape"] for each in attrs.fields(kind) if "shape" in each.metadata}
    writers = [(f"{_encode(name)}:", writer(shaped[name])) for name in sorted(shaped)]
    return attrgetter(*sorted(shaped), "__class__", "__doc__"), writers


class _Written(dict[Any, str]):
    """Writes values of a shape, and remembers how."""

    __slots__ = ("shape",)

    def __init__(self, shape: shapes.Shape) -> None:
        self.shape = shape

    def __missing__(self, value: Any) -> str:
        if len(self) >= _MOST:
            self.clear()
        written = self[value] = _encode(self.shape.plain(value))
        return written


class _Numbers(dict[Decimal, str]):
    """Writes numbers; those that JSON has are remembered, for they are written alike however they were given."""

    __slots__ = ("shape",)

    def __init__(self, shape: shapes.Number) -> None:
        self.shape = shape

    def __missing__(self, value: Decimal) -> str:
        plain = self.shape.plain(value)
        written = _encode(plain)
        if not isinstance(plain, str) and len(self) < _MOST:
            self[value] = written
        return written


def writer(shape: shapes.Shape) -> Writer:
    """Give what writes values of a shape: the same as `canonical(shape.plain(value))`."""
    match shape:
        case shapes.Many() | shapes.Said():
            one = writer(shape.item) if isinstance(shape, shapes.Many) else record
            return lambda value: items(map(one, value))
        case shapes.Record():
            return record
        case shapes.Text():
            return _text
        case shapes.Day() | shapes.Choice() | shapes.Flag() | shapes.Number():
            return (_Numbers(shape) if isinstance(shape, shapes.Number) else _Written(shape)).__getitem__
        case shapes.Reference():
            return lambda value: _text(value.id)
        case _:
            return lambda value: canonical(shape.plain(value))
