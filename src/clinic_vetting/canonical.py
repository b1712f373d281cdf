"""One form for equal trees, whatever the order in which they were written."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
    inner = ",".join([f"{_encode(key)}:{written[key]}" for key in sorted(written)])
    return f"{{{inner}}}"


def items(written: Iterable[str]) -> str:
    """Put written items into a list, whose order does not count."""
    return f"[{','.join(sorted(written))}]"


def record(value: attrs.AttrsInstance) -> str:
    """Write an attrs value: the same as `canonical(shapes.plain_fields(value))`, without the tree between."""
    written = [
        f"{key}{write(inner)}"
        for key, name, write in _fields(value.__class__)
        if (inner := getattr(value, name)) is not None and inner != ()
    ]
    return f"{{{','.join(written)}}}"


@lru_cache(maxsize=64)
def _fields(kind: type[attrs.AttrsInstance]) -> list[tuple[str, str, Callable[[Any], str]]]:
    """List the fields of a class in the order of their names, each with what writes it."""
    shaped = {each.name: each.metadata["shape"] for each in attrs.fields(kind) if "shape" in each.metadata}
    return [(f"{_encode(name)}:", name, writer(shaped[name])) for name in sorted(shaped)]


def writer(shape: shapes.Shape) -> Callable[[Any], str]:
    """Give what writes values of a shape: the same as `canonical(shape.plain(value))`."""
    match shape:
        case shapes.Many() | shapes.Said():
            one = writer(shape.item) if isinstance(shape, shapes.Many) else record
            return lambda value: items(map(one, value))
        case shapes.Record():
            return record
        case shapes.Text():
            return _text
        case shapes.Day() | shapes.Choice() | shapes.Flag():
            return lru_cache(maxsize=4096)(lambda value: _encode(shape.plain(value)))
        case shapes.Reference():
            return lambda value: _text(value.id)
        case _:
            return lambda value: canonical(shape.plain(value))
