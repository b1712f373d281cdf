"""Many reviews, checked and counted column by column; the records themselves are made when somebody reads them."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic, Review

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from clinic_vetting.fast_source import Memo

LEAST: Final = 4
"""From so many reviews on, columns are faster than records."""


@frozen(eq=False)
class Columns:
    """Reviews that all have the same keys, a day and a rating among them, and are all independent.

    Attributes:
        raw: What was written, by key; nobody can change it.
        stars: The ratings.
        day: Reads a day.
        read: Makes one review.
    """

    raw: dict[str, tuple[Any, ...]]
    stars: list[Decimal]
    day: Memo
    read: Callable[[dict[str, Any]], Review]

    def records(self) -> tuple[Review, ...]:
        """Make the reviews."""
        return tuple(self.read(dict(zip(self.raw, each, strict=True))) for each in zip(*self.raw.values(), strict=True))


def settled(clinic: Clinic) -> Clinic:
    """Make the reviews of a clinic that nobody has read so far."""
    reviews: Any = clinic.reviews
    if type(reviews) is Columns:
        object.__setattr__(clinic, "reviews", reviews.records())
    return clinic


@frozen(eq=False)
class Checks:
    """Checks columns by the shapes of a review's fields."""

    memos: dict[str, dict[type, Memo]]
    """By field, and by the type of what is written."""
    read: Callable[[dict[str, Any]], Review]

    def columns(self, trees: list[Any], texts: list[str]) -> Columns | None:
        """Check reviews; `None` where they are not all alike, and have to be read one by one."""
        if len(trees) < LEAST or {*map(type, trees)} != {dict}:
            return None
        keys = tuple(trees[0])
        regular = "date" in keys and "rating" in keys and "platform" in keys and "independent" not in keys
        if not regular or sum(map(len, trees)) != len(keys) * len(trees):
            return None
        rows = map(itemgetter(*keys), trees)
        raw = dict(zip(keys, zip(*rows, strict=True), strict=True))
        for key, values in raw.items():
            if not self._fits(key, values, texts):
                return None
        return Columns(raw, self._values("rating", raw["rating"]), self.memos["date"][str], self.read)

    def _fits(self, key: str, values: tuple[Any, ...], texts: list[str]) -> bool:
        """Check one column; raise what the reader of one record raises where it holds what never fits."""
        shape = _SHAPES[key]
        (kind, *others) = {*map(type, values)}
        if others:
            return False
        if type(shape) is shapes.Text:
            texts += values
            return kind is str and len(max(values, key=len)) <= shape.most
        if isinstance(shape, shapes.Flag):
            return kind is bool
        return kind in self.memos[key] and None not in self._values(key, values)

    def _values(self, key: str, values: tuple[Any, ...]) -> list[Any]:
        return list(map(self.memos[key][type(values[0])].__getitem__, values))


_SHAPES: Final = {each.name: each.metadata["shape"] for each in attrs.fields(Review)}
