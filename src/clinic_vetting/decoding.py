"""JSON bytes as a `Clinic`, with the optional `msgspec`; any doubt goes to `parse_clinic`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.document import MAX_BYTES
from clinic_vetting.dossier import parse_clinic
from clinic_vetting.fast_reading import UNUSUAL, read_decoded
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic

_MINUS_ZERO: Final = re.compile(rb"-0(?<=[\s:,\[]-0)")


def decode_clinic(data: bytes) -> Clinic:
    """Read a dossier from JSON bytes, as `parse_clinic` does; needs the extra `clinic-vetting[msgspec]`.

    What msgspec does not show is seen in the bytes: repeated keys, and `-0`, which it makes a plain zero.
    Then, and wherever else there is a doubt, `parse_clinic` reads them.

    Raises:
        InputError: With every fault of the document.
        ImportError: msgspec is not installed.
    """
    decode = decoder()
    if len(data) > MAX_BYTES or _MINUS_ZERO.search(data):
        return parse_clinic(data)
    try:
        return read_decoded(decode(data), data.count(b":"), escaped=b"\\u003" in data)
    except UNUSUAL:
        return parse_clinic(data)


@cache
def decoder() -> Callable[[bytes], Any]:
    """Make the decoder: numbers with a point or an exponent stay as they were written."""
    try:
        from msgspec.json import Decoder  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ImportError(told("fault.needs", what="decode_clinic", library="msgspec", extra="msgspec")) from error
    return Decoder(float_hook=str).decode
