"""How much is read fast: no document of which all is within these limits has too many values."""

from __future__ import annotations

from typing import Final

from clinic_vetting import shapes

FEW: Final = 24
"""The longest list within a record."""
SOURCES: Final = 1000
"""The most sources."""
ANSWERS: Final = 400
"""The most categories, and the most answers in all of them."""
_LISTS: Final = {"practitioners": 40, "products": 100, "reviews": 8000}
_LIST: Final = 500


def most_of(name: str, shape: shapes.Many) -> int:
    """Give how long a list may be in a field of this name: a clinic's own, or one within a record."""
    outer = isinstance(shape.item, shapes.Record) and not shape.single
    return min(shape.most, _LISTS.get(name, _LIST) if outer else FEW)
