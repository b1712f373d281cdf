"""National Drug Codes: ten digits in three forms, and the eleven to which they are written out.

Source: US FDA, 21 CFR 207.33 (labeler, product and package codes: 4-4-2, 5-3-2 or 5-4-1 digits); the form of eleven
digits, 5-4-2, is that of US billing (HIPAA). A GTIN holds the ten digits without their dashes.
"""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = ((4, 4, 2), (5, 3, 2), (5, 4, 1))
_WIDTHS: Final = (5, 4, 2)
_DASHED: Final = re.compile(r"([0-9]{4,5})-([0-9]{3,4})(?:-([0-9]{1,2}))?", re.ASCII)
_IN_GTIN: Final = re.compile(r"[0-9]03([0-9]{10})[0-9]", re.ASCII)
_CITED: Final = re.compile(r"(?<![0-9-])[0-9]{4,5}-[0-9]{3,4}(?:-[0-9]{1,2})?(?![0-9-])", re.ASCII)


def elevens(text: str) -> tuple[str, ...]:
    """Give every code of eleven digits that a text can mean, sorted; of a product without its package, nine.

    One for a dashed code or eleven digits; up to three for ten digits without dashes, which do not say where the
    zero belongs. No other text is an NDC: nothing.

    >>> elevens("0002-0800-01"), elevens("0002080001")
    (('00002080001',), ('00002080001', '00020080001', '00020800001'))
    """
    text = text.strip()
    if match := _DASHED.fullmatch(text):
        parts = [each for each in match.groups() if each]
        return (_written(parts),) if _is_a_form(parts) else ()
    if re.fullmatch("[0-9]{11}", text, re.ASCII):
        return (text,)
    if not re.fullmatch("[0-9]{10}", text, re.ASCII):
        return ()
    return tuple(sorted({_written([text[:a], text[a : a + b], text[a + b :]]) for a, b, _ in _FORMS}))


def of_gtin(gtin: str) -> tuple[str, ...]:
    """Give every NDC of eleven digits that a US drug's GTIN of 14 digits can hold."""
    match = _IN_GTIN.fullmatch(gtin)
    return elevens(match[1]) if match else ()


def cited(text: str) -> tuple[str, ...]:
    """List the NDCs that a text cites with dashes, as eleven digits or nine, in its order."""
    return tuple(code for each in _CITED.findall(text) for code in elevens(each))


def _is_a_form(parts: list[str]) -> bool:
    lengths = tuple(len(each) for each in parts)
    return any(lengths == form[: len(lengths)] for form in (*_FORMS, _WIDTHS))


def _written(parts: list[str]) -> str:
    return "".join(part.zfill(width) for part, width in zip(parts, _WIDTHS, strict=False))
