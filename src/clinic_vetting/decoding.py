"""JSON bytes as a `Clinic`, with the optional `msgspec`; any doubt goes to the slow reader."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.document import MAX_BYTES
from clinic_vetting.dossier import parse_clinic
from clinic_vetting.fast_reading import UNUSUAL, read_tree
from clinic_vetting.fast_source import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic

_UNUSUAL_SPACE: Final = (b"\n", b"\t", b"\r")
_ODD: Final = (b" :", b":-0", b" -0", b"[-0", b",-0")


def decode_clinic(data: bytes) -> Clinic:
    """Read a dossier from JSON bytes, as `parse_clinic` does; needs the extra `clinic-vetting[msgspec]`.

    Raises:
        InputError: With every fault of the document.
        ImportError: msgspec is not installed.
    """
    decode = _decoder()
    try:
        tree = decode(data)
        _check_written(data, tree)
        return read_tree(tree)
    except (*UNUSUAL, RecursionError):
        return parse_clinic(data)


@cache
def _decoder() -> Callable[[bytes], Any]:
    """Make the decoder: numbers with a point or an exponent stay as they were written."""
    from msgspec.json import Decoder  # noqa: PLC0415 - an extra

    return Decoder(float_hook=str).decode


def _check_written(data: bytes, tree: object) -> None:
    """Refuse what the tree does not show: repeated keys, `-0`, and too many bytes.

    Text on several lines is left to the slow reader.
    With no space before any colon, each key written is followed by `":`. What stands so in a text too only
    adds to the count; so where the count is that of the tree's keys, none is repeated.
    """
    if len(data) > MAX_BYTES or data.count(b'":') != _keys(tree):
        raise Doubt
    for each in (*_UNUSUAL_SPACE, *_ODD):
        if each in data:
            raise Doubt


def _keys(tree: Any) -> int:
    """Count the keys of all mappings."""
    count, todo = 0, [tree]
    for each in todo:
        if type(each) is dict:
            count += len(each)
            todo += [inner for inner in each.values() if type(inner) is dict or type(inner) is list]
        elif type(each) is list:
            todo += each
    return count
