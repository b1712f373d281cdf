"""JSON bytes as a clinic or a draft, by the optional `msgspec`."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from clinic_vetting.dossier import parse_clinic
from clinic_vetting.extras import missing
from clinic_vetting.fast_reading import UNUSUAL, clinic_of, json_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.fast_reading import Draft


def decode_clinic(data: bytes) -> Clinic:
    """Read a dossier from JSON bytes, as `parse_clinic` does; needs the extra `clinic-vetting[msgspec]`.

    msgspec decodes them straight into structs that are typed by the shapes of the model; wherever there is a
    doubt, `parse_clinic` reads the bytes.

    Raises:
        InputError: With every fault of the document.
        ImportError: msgspec is not installed.
    """
    decode = decoder()
    if decode is None:
        raise missing(extra="msgspec", what="decode_clinic")
    try:
        clinic = clinic_of(decode(data, frozen=True))
    except UNUSUAL:
        clinic = None
    return clinic or parse_clinic(data)


def draft_from(data: str | bytes) -> Draft:
    """Read a dossier from JSON and freeze nothing, by msgspec where it is installed.

    Raises:
        Doubt, KeyError, TypeError, ValueError, RecursionError: It may be at fault; only the slow reader can tell.
    """
    decode = decoder()
    if decode is not None:
        with suppress(*UNUSUAL):
            return decode(data.encode() if isinstance(data, str) else data, frozen=False)
    return json_draft(data, frozen=False)


@cache
def decoder() -> Callable[..., Draft] | None:
    """Give what decodes bytes into drafts, where msgspec is installed."""
    try:
        from clinic_vetting.fast_reading.decoded import decode_draft  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    return decode_draft
