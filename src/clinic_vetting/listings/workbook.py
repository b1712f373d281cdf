"""The rows of one sheet of a workbook (xlsx) as text: what a reader of the sheet would see, dates as ISO 8601."""

from __future__ import annotations

import contextlib
import datetime as dt
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.extras import missing
from clinic_vetting.hints import unreadable
from clinic_vetting.listings.cells import NEVER_COMPUTED
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

MOST_UNPACKED: Final = 500_000_000
"""Bytes that a workbook may hold once it is unpacked."""


def sheet_rows(name: str, sheet: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the number and the cells of each row that is not blank.

    Raises:
        InputError: It cannot be opened, is no workbook, is too large, or has no such sheet.
        ExtraError: openpyxl is not installed.
    """
    _check_size(name)
    values, formulas = (_sheet(name, sheet, computed=each) for each in (True, False))
    with contextlib.closing(values), contextlib.closing(formulas):
        for number, (row, written) in enumerate(zip(values, formulas, strict=True), 1):
            cells = tuple(_text(each, given) for each, given in zip(row, written, strict=True))
            if any(cells):
                yield number, cells


def _check_size(name: str) -> None:
    try:
        with zipfile.ZipFile(name) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as error:
        raise _damaged(name, shown(str(error))) from None
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None
    if size > MOST_UNPACKED:
        raise _damaged(name, told("fault.listings.unpacked", size=whole(size), most=whole(MOST_UNPACKED)))


def _sheet(name: str, sheet: str | None, *, computed: bool) -> Generator[tuple[Any, ...], None, None]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra, imported when used
    except ImportError:
        raise missing(extra="xlsx", what=name, instead=told("fault.listings.as_csv")) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(name, read_only=True, data_only=computed)
    except Exception as error:  # noqa: BLE001 - a damaged workbook fails in many ways
        raise _damaged(name, shown(f"{type(error).__name__}: {error}")) from None
    with contextlib.closing(book):
        names = [each.title for each in book.worksheets]
        if not names or (sheet is not None and sheet not in names):
            expected = told("fault.listings.sheets", sheets=", ".join(names))
            raise InputError([Fault(name, 0, "sheet", expected, repr(sheet))])
        yield from book[sheet if sheet is not None else names[0]].iter_rows()


def _damaged(name: str, got: str) -> InputError:
    expected, hint = told("fault.listings.workbook"), told("fault.listings.save_anew")
    return InputError([Fault(name, 0, "", expected, got, hint)])


def _text(cell: Any, written: Any) -> str:
    """Write a cell as its reader sees it."""
    value = cell.value
    if value is None:
        return NEVER_COMPUTED if written.data_type == "f" else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and value % 1 == 0:
        return _padded(int(value), cell.number_format)
    return str(value).strip()


def _padded(value: int, form: str) -> str:
    """Keep the zeros in front that a number's format shows, as licence numbers have them."""
    return str(value).zfill(len(form)) if set(form) == {"0"} else str(value)
