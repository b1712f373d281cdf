"""The rows of a table of listings, whatever holds them: CSV in its usual encodings, or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import frozen

from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.listings.workbook import sheet_rows
from clinic_vetting.registers.intake import open_intake
from clinic_vetting.registers.separators import SEPARATORS, suggesting_separator
from clinic_vetting.registers.tabular import Layout, Table, suggesting
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from clinic_vetting.listings.listing_map import ListingMap

SHEETS: Final = (".xlsx", ".xlsm")


class Row(NamedTuple):
    """A row: its line in the file, from 1, and the text of each column that the map names."""

    line: int
    values: dict[str, str]


@frozen(eq=False)
class Listings:
    """An open table.

    Attributes:
        name: The file's name as it was given.
        unread: Headers of columns that the map does not name.
        rows: Each row, or what is wrong with it.
        short: The lines of rows that lacked their last cells, which are taken as blank; as far as rows were read.
    """

    name: str
    unread: tuple[str, ...]
    rows: Iterator[Row | Fault]
    short: Sequence[int] = ()


def open_listings(path: str | Path, given: ListingMap) -> Listings:
    """Open a table and find the map's columns in its header.

    Raises:
        InputError: It cannot be opened, is no table, or lacks columns.
    """
    if str(path).lower().endswith(SHEETS):
        return _from_sheet(str(path), given)
    headers = given.headers()
    layout = Layout("mapped", {each: each for each in headers})
    with suggesting_separator(str(path), layout):
        table = Table(open_intake(path), [layout], given.separator or SEPARATORS, by_hand=True)
    rows = table.made(lambda line, values: Row(line, dict(zip(headers, values, strict=True))))
    return Listings(str(path), _others(headers, table.header), rows, table.short)


def _from_sheet(name: str, given: ListingMap) -> Listings:
    headers, rows = given.headers(), sheet_rows(name, given.sheet)
    line, header = next(rows, (0, ()))
    places = {_key(each): place for place, each in reversed(list(enumerate(header)))}
    missing = [each for each in headers if _key(each) not in places]
    if missing:
        expected = told("fault.registers.table.the_columns", columns=", ".join(headers))
        got = told("fault.registers.table.columns_of", count=len(header), columns=shown(", ".join(header)))
        lacking = joined("; ", *(suggesting(each, header) for each in missing))
        hint = told("fault.registers.table.missing", columns=lacking)
        raise InputError([Fault(name, line, "", expected, got, hint)])
    _check_once(name, line, headers, header)
    chosen = {each: places[_key(each)] for each in headers}
    found = (_row(number, values, chosen) for number, values in rows if any(values))
    return Listings(name, _others(headers, header), found)


def _row(line: int, values: Sequence[str], chosen: dict[str, int]) -> Row:
    return Row(line, {header: values[place] if place < len(values) else "" for header, place in chosen.items()})


def _check_once(name: str, line: int, headers: list[str], found: Sequence[str]) -> None:
    keys = [_key(each) for each in found]
    twice = [each for each in headers if keys.count(_key(each)) > 1]
    if twice:
        expected = told("fault.listings.column_once")
        got = told("fault.listings.more_than_once", columns=", ".join(map(repr, twice)))
        raise InputError([Fault(name, line, "", expected, got, told("fault.listings.rename"))])


def _others(headers: list[str], found: Sequence[str]) -> tuple[str, ...]:
    known = set(map(_key, headers))
    return tuple(each.strip() for each in found if each.strip() and _key(each) not in known)


def _key(header: str) -> str:
    return header.strip().lstrip(".").casefold()
