"""Reviews of a dossier, read column by column: what many dicts of one layout share is looked at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic, Review
from clinic_vetting.fast_reading.draft import NO_REVIEWS, Columns
from clinic_vetting.fast_reading.limits import most_of
from clinic_vetting.fast_reading.memo import Doubt, Memo, number_by, text_by, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Tree: TypeAlias = "dict[str, Any]"
Written: TypeAlias = "tuple[Any, ...]"
Column: TypeAlias = "list[Any]"
Reads: TypeAlias = "Callable[[Written, list[str]], Column]"
_TEXT: Final = {str}
_MOST: Final = most_of("reviews", attrs.fields(Clinic).reviews.metadata["shape"])


class _Field(NamedTuple):
    """How one column is read, and taken where types have been checked; what stands in it where there is no key."""

    name: str
    needed: bool
    blank: object
    read: Reads
    take: Reads


def read_reviews(written: Any, texts: list[str], trees: list[Tree]) -> Columns:
    """Read reviews, as strictly as their shapes do; gather their texts and mappings.

    Raises:
        Doubt, KeyError, TypeError, ValueError: They may be at fault; only the slow reader can tell.
    """
    if written is None or written == "":
        return NO_REVIEWS
    if type(written) is not list or len(written) > _MOST or set(map(type, written)) - {dict}:
        raise Doubt
    trees += written
    layouts = list(map(tuple, written))
    if layouts and layouts.count(layouts[0]) == len(layouts):
        return Columns(*_columns(layouts[0], written, texts))
    return Columns(*map(list, zip(*_rows(layouts, written, texts), strict=True))) if layouts else NO_REVIEWS


def _rows(layouts: list[tuple[str, ...]], written: list[Tree], texts: list[str]) -> Iterator[tuple[Any, ...]]:
    """Read each layout's reviews together, and give all in the order in which they were written."""
    alike: dict[tuple[str, ...], list[Tree]] = {}
    for layout, tree in zip(layouts, written, strict=True):
        alike.setdefault(layout, []).append(tree)
    rows = {layout: zip(*_columns(layout, trees, texts), strict=True) for layout, trees in alike.items()}
    return (next(rows[layout]) for layout in layouts)


def _columns(layout: tuple[str, ...], trees: list[Tree], texts: list[str]) -> Iterator[Column]:
    given = dict(zip(layout, zip(*map(dict.values, trees), strict=True), strict=True))
    for name, needed, blank, read, _ in _fields():
        if name in given:
            yield read(given.pop(name), texts)
        elif needed:
            raise Doubt
        else:
            yield [blank] * len(trees)
    if given:
        raise Doubt


def take_reviews(names: Iterable[str], rows: Iterable[tuple[Any, ...]], texts: list[str]) -> Columns:
    """Take reviews whose types have been checked, and some, in rows of the named fields; `None` where it has none."""
    fields, columns = {each.name: each for each in _fields()}, dict(zip(names, zip(*rows, strict=True), strict=True))
    return Columns(*[each.take(columns[name], texts) for name, each in fields.items()])


@cache
def _fields() -> tuple[_Field, ...]:
    return tuple([_field(each) for each in attrs.fields(Review)])


def _field(field: attrs.Attribute[Any]) -> _Field:
    shape, blank = field.metadata["shape"], field.default
    read = _reader(shape, blank)
    return _Field(field.name, blank is attrs.NOTHING, blank, read, _taker(shape, blank) or read)


def _taker(shape: Any, blank: object) -> Reads | None:
    """Give what takes a column whose types have been checked; `None` where that is not enough."""
    if isinstance(shape, shapes.Number):
        return None
    if isinstance(shape, shapes.Text):
        return _taken
    return lambda values, _: list(values) if blank is None else [blank if each is None else each for each in values]


def _taken(values: Written, texts: list[str]) -> Column:
    texts += filter(None, values)
    return list(values)


def _reader(shape: Any, blank: object) -> Reads:
    """Give what reads a column by the shape of its field."""
    if isinstance(shape, shapes.Text):
        return lambda values, texts: _texts(values, shape.most, texts, needed=blank is attrs.NOTHING)
    known = Memo(text_by(shape), {None: blank, "": blank})
    if isinstance(shape, shapes.Flag):
        return lambda values, _: [each if each is True or each is False else known[each] for each in values]
    if isinstance(shape, shapes.Number):
        memos = {int: Memo(number_by(shape)), float: Memo(number_by(shape))}
        return lambda values, _: _numbers(values, known, memos)
    return lambda values, _: list(map(known.__getitem__, values))


def _texts(values: Written, most: int, texts: list[str], *, needed: bool) -> Column:
    column = list(values)
    if set(map(type, column)) != _TEXT:
        column = [each if type(each) is str or (each is None and not needed) else text_of(each) for each in column]
    there = column if needed or all(column) else list(filter(None, column))
    if max(map(len, there), default=0) > most:
        raise Doubt
    texts += there
    return column if there is column else [each or None for each in column]


def _numbers(values: Written, known: Memo, memos: dict[type, Memo]) -> Column:
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return list(map(memos.get(kinds.pop(), known).__getitem__, values))
    return [memos.get(type(each), known)[each] for each in values]
