"""Python values, such as `json.loads` gives, as a tree without lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clinic_vetting.errors import shown
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.document.tree import Builder

_MOST_DIGITS: Final = 400


def build(value: object, builder: Builder) -> None:
    """Read a value into `builder`; raise its refusal where no document could hold it."""
    match value:
        case None | str():
            builder.scalar(value, 0)
        case dict():
            builder.begin({}, 0)
            for key, inner in value.items():
                builder.key(_word(key, builder), 0)
                build(inner, builder)
            builder.end()
        case list() | tuple():
            builder.begin([], 0)
            for inner in value:
                build(inner, builder)
            builder.end()
        case _:
            builder.scalar(_text(value, builder), 0)


def _word(key: object, builder: Builder) -> str:
    if not isinstance(key, str):
        hint = told("fault.document.truth_keys") if isinstance(key, bool) else ""
        raise builder.refusal(0, told("fault.document.text_key"), shown(repr(key)), hint)
    return key


def _text(value: object, builder: Builder) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**_MOST_DIGITS:
            raise builder.refusal(0, told("fault.document.digits", most=_MOST_DIGITS), told("fault.document.longer"))
        case int() | float() | Decimal():
            return str(value)
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
        case _:
            got = told("fault.a_type", type=type(value).__name__)
            raise builder.refusal(0, told("fault.document.plain"), got)
