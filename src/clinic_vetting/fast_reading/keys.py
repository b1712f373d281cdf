"""The keys under which answers stand, and the full ids that they come to."""

from __future__ import annotations

from typing import Any, Final

from clinic_vetting import shapes
from clinic_vetting.fast_reading.memo import Doubt, Memo

KEY: Final = shapes.Text(100, r"[^.\s]+", "key")


def _full_ids(category: str) -> Memo:
    KEY.parse(_exact(category))
    return Memo(lambda criterion: f"{category}.{KEY.parse(_exact(criterion))}", most=400)


def _exact(key: Any) -> str:
    if type(key) is not str:
        raise Doubt
    return key


IDS: Final = Memo(_full_ids, most=60)
"""Full ids by category and criterion; a key that is equal to a known text is taken for it."""
