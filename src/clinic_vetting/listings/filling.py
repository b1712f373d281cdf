"""A row of a table as a dossier: the template filled with its cells; what does not fit is told and left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from attrs import define, frozen

from clinic_vetting import dossier, shapes
from clinic_vetting.errors import Fault, InputError, join
from clinic_vetting.listings.cells import UnfitError, value_of
from clinic_vetting.listings.template import Cell
from clinic_vetting.listings.totals import total_in
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.listings.listing_map import ListingMap
    from clinic_vetting.listings.tables import Row

_ALWAYS = ("clinic", "sources")
_END = "expires"
_IDENTITY = {"dossier", "default_source", *_ALWAYS}


@frozen
class Listed:
    """What came of a row.

    Attributes:
        line: The row's line in the file, from 1.
        clinic: Everything that could be read; `None` where the row has no id, is a total, or could not be read at all.
        faults: What could not be read, each with its column.
        blank: Whether no column that the map names holds anything.
        bare: Whether it names a clinic and says nothing of it.
    """

    line: int
    clinic: Clinic | None
    faults: tuple[Fault, ...]
    blank: bool = False
    bare: bool = False


def listed(row: Row, given: ListingMap, name: str) -> Listed:
    """Fill the map's dossier with a row; what cannot be read is told with its column, and the rest is kept."""
    place = Fault(name, row.line, "", "", "")
    if not any(each.strip() for each in row.values.values()):
        return Listed(row.line, None, (), blank=True)
    if total := total_in(row, given, place):
        return Listed(row.line, None, (total,))
    filling = _Filling(given, row.values, place)
    root = filling.part(given.dossier, "")
    root.values.setdefault("dossier", str(dossier.VERSION))
    clinic = filling.read(root)
    bare = not filling.faults and not root.values.keys() - _IDENTITY
    return Listed(row.line, clinic, tuple(filling.faults), bare=bare)


@define(eq=False)
class _Part:
    """A mapping that was filled: its values, and for each key that names a column, the column.

    It is `endless` where the day on which it expires cannot be read: without that day it would count for ever.
    """

    values: dict[str, Any] = attrs.field(factory=dict)
    columns: dict[str, str] = attrs.field(factory=dict)
    speaks: bool = False
    fixed: bool = True
    endless: bool = False


@define
class _Filling:
    given: ListingMap
    row: Mapping[str, str]
    place: Fault
    faults: list[Fault] = attrs.field(factory=list)
    told: set[str] = attrs.field(factory=set)

    def part(self, template: Mapping[str, Any], path: str) -> _Part:
        """Fill a mapping; inside it, records of which no cell says anything are left out."""
        part = _Part()
        for name, inner in template.items():
            here = join(path, name)
            if isinstance(inner, Cell):
                self._cell(part, name, inner, here)
            elif inner is not None:
                self._inner(part, name, inner, here)
        return part

    def _cell(self, part: _Part, name: str, cell: Cell, path: str) -> None:
        part.columns[name], part.fixed = cell.column, False
        try:
            value = value_of(self.row[cell.column], cell, self.given)
        except UnfitError as unfit:
            part.endless |= name == _END
            self._tell(cell.column, path, unfit, path.rpartition(".")[0] if name == _END else "")
            part.speaks = True
            return
        if value is not None:
            part.values[name] = value
            part.speaks |= name != "seen" and not isinstance(cell.shape, shapes.Reference)

    def _inner(self, part: _Part, name: str, inner: Any, path: str) -> None:
        filled = self._filled(inner, path, always=path in _ALWAYS or path.startswith("sources."))
        if filled is None:
            part.fixed = False
            return
        part.values[name] = filled
        cells = [each for each in inner if isinstance(each, Cell)] if isinstance(inner, list) else []
        part.fixed &= not cells
        part.speaks |= any(self.row[each.column].strip() for each in cells)
        for each in filled if isinstance(filled, list) else (filled,):
            if isinstance(each, _Part):
                part.speaks, part.fixed = part.speaks or each.speaks, part.fixed and each.fixed

    def _filled(self, template: Any, path: str, *, always: bool = False) -> Any:
        if isinstance(template, list):
            items = [self._filled(each, f"{path}[{i}]") for i, each in enumerate(template)]
            return [each for each in items if each is not None] or None
        if isinstance(template, Cell):  # an item of a list
            holder = _Part()
            self._cell(holder, path, template, path)
            return holder.values.get(path)
        if not isinstance(template, dict):
            return template
        part = self.part(template, path)
        return part if (part.speaks or part.fixed or always) and not part.endless else None

    def _tell(self, column: str, path: str, what: UnfitError, left_out: str) -> None:
        self.told.add(path)
        hint = _leaving_out(what.hint, left_out)
        self._fault(_in_column(column, path), what.expected, what.got, hint)

    def _fault(self, path: str, expected: str, got: str, hint: str) -> None:
        self.faults.append(attrs.evolve(self.place, path=path, expected=expected, got=got, hint=hint))

    def read(self, root: _Part) -> Clinic | None:
        """Read the dossier; take out what does not fit, until the rest does."""
        while True:
            _without_unused_sources(root)
            tree = _plain(root)
            try:
                return dossier.clinic_from(tree, self.place.file)
            except InputError as error:
                spots = [self._spot(root, each) for each in error.faults]
            for holder, what in filter(None, reversed(spots)):
                _take_out(holder, what)
            if None in spots or _plain(root) == tree:
                return None

    def _spot(self, root: _Part, fault: Fault) -> tuple[Any, Any] | None:
        """Tell of a fault, and give what has to go: the value, or the record that lacks one; `None`: the row."""
        steps = re.findall(r"[^.\[\]]+", fault.path)
        chain = list(_chain(root, steps))
        holder, last = chain[-1], steps[len(chain) - 1 :]
        missing = not last or (isinstance(holder, _Part) and last[0] not in holder.values)
        above = chain[-2] if len(chain) > 1 else None
        named, key = (holder, last[0]) if last else (above, steps[-1] if steps else "")
        column = named.columns.get(key) if isinstance(named, _Part) else None
        fatal = missing and (above is None or above is root)
        hint = fault.hint or (told("fault.listings.mend_cell") if column else "")
        left_out = told("fault.listings.row") if fatal else _path(steps[: len(chain) - 1]) if missing else ""
        if fault.path not in self.told:
            where = _in_column(column, fault.path) if column else fault.path
            self._fault(where, fault.expected, fault.got, _leaving_out(hint, left_out))
        if fatal:
            return None
        if not missing:
            self.told.add(fault.path)
            return holder, last[0]
        return above, holder


def _in_column(column: str, path: str) -> str:
    return told("fault.listings.column", column=repr(column), path=path)


def _leaving_out(hint: str, left_out: str) -> str:
    """Add to what to do what is left out, if anything is."""
    return joined("; ", hint, told("fault.listings.is_left_out", what=left_out) if left_out else "")


def _chain(root: Any, steps: list[str]) -> Iterator[Any]:
    """Give what is passed on the way along a path: mappings and lists, the root first."""
    at = root
    yield at
    for step in steps:
        at = at.values.get(step) if isinstance(at, _Part) else at[int(step)]
        if not isinstance(at, _Part | list):
            return
        yield at


def _take_out(holder: Any, what: Any) -> None:
    """Take a value out of what holds it: by its key, by its number, or the thing itself."""
    if isinstance(holder, list):
        holder[:] = [each for i, each in enumerate(holder) if each is not what and str(i) != what]
    elif isinstance(what, str):
        holder.values.pop(what, None)
    else:
        holder.values = {name: each for name, each in holder.values.items() if each is not what}


def _path(steps: list[str]) -> str:
    return "".join(f"[{each}]" if each.isdecimal() else f".{each}" for each in steps).removeprefix(".")


def _plain(value: Any) -> Any:
    if isinstance(value, _Part):
        return {name: _plain(each) for name, each in value.values.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _without_unused_sources(root: _Part) -> None:
    """Leave out sources that nothing in this row refers to: their cells may be blank."""
    sources = root.values.get("sources")
    if isinstance(sources, _Part):
        used = set(_references(root))
        sources.values = {name: each for name, each in sources.values.items() if name in used}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, _Part):
        for name, each in value.values.items():
            if name in ("source", "default_source") and isinstance(each, str):
                yield each
            elif isinstance(each, _Part | list):
                yield from _references(each)
