"""A dossier's JSON bytes as a draft, decoded by msgspec straight into structs of the model's shapes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import msgspec.structs

from clinic_vetting.clinic import Review
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.fast_reading.draft import NO_REVIEWS
from clinic_vetting.fast_reading.memo import Doubt
from clinic_vetting.fast_reading.reading import check_texts
from clinic_vetting.fast_reading.reviews import take_reviews
from clinic_vetting.fast_reading.structs import dossier_struct, struct_of
from clinic_vetting.fast_reading.takers import takers

if TYPE_CHECKING:
    from clinic_vetting.fast_reading.draft import Columns, Draft
    from clinic_vetting.fast_reading.takers import Takers


def decode_draft(data: bytes, *, frozen: bool) -> Draft:
    """Read a dossier from JSON bytes, with records that are frozen, or with twins that are not.

    A repeated key, of which msgspec keeps the last, is seen by its colon: written anew, there are fewer.

    Raises:
        Doubt, KeyError, TypeError, ValueError: It may be at fault; only the slow reader can tell.
    """
    decode, encode = _codec()
    if not isinstance(data, bytes) or len(data) > MAX_BYTES or (b"\\" in data and b"\\u003" in data):
        raise Doubt
    try:
        struct = decode(data)
    except msgspec.MsgspecError as error:
        raise Doubt from error
    if encode(struct).count(b":") != data.count(b":") or struct.dossier not in (1, "1"):
        raise Doubt
    return _draft(struct, takers(frozen=frozen))


@cache
def _codec() -> tuple[Any, Any]:
    """Make the decoder and the encoder; numbers with a point or an exponent stay as they were written."""
    return msgspec.json.Decoder(dossier_struct(), float_hook=str).decode, msgspec.json.Encoder().encode


def _draft(struct: Any, take: Takers) -> Draft:
    texts: list[str] = []
    written = struct.sources or {}
    sources = {key: take.source(each, key, None, None, texts) for key, each in written.items()}
    texts += written
    default = None if struct.default_source is None else sources[struct.default_source]
    answers = take.answers(struct.answers or {}, sources, default, texts)
    reviews = _reviews(struct.reviews, texts) if struct.reviews else NO_REVIEWS
    draft: Draft = take.draft(struct, answers, reviews, sources, default, texts)
    check_texts(texts)
    return draft


def _reviews(written: list[Any], texts: list[str]) -> Columns:
    return take_reviews(struct_of(Review).__struct_fields__, map(msgspec.structs.astuple, written), texts)
