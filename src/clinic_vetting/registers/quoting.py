"""Quotes in the lines of a table: what a line alone says, or why it cannot be read alone."""

from __future__ import annotations

import csv
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

if TYPE_CHECKING:
    from typing import Self

_QUOTE: Final = '"'


class Unread(StrEnum):
    """Why a record cannot be read: the message that says so."""

    OPEN = "fault.registers.table.open_quote"
    """A quote has no end; the record may go on in the next line."""
    STRAY = "fault.registers.table.stray_quote"
    """Something stands behind the end of a quote."""
    RETURN = "fault.registers.table.lone_return"
    """A carriage return stands in the midst of it, outside quotes."""


@frozen
class Quoting:
    """Reads records of a table as `csv` does. Made by `Quoting.by`."""

    _dialect: Any

    @classmethod
    def by(cls, separator: str) -> Self:
        """Make one for a table with a separator."""
        return cls(csv.reader((), delimiter=separator, strict=True).dialect)

    def read(self, record: str) -> list[str] | Unread:
        """Give the values of a record."""
        values = self._values(record)
        if values is not None:
            return values
        if self._values(f"{record}{_QUOTE}") is not None:
            return Unread.OPEN
        plain = record.replace("\r", " ")
        return Unread.RETURN if plain != record and self.read(plain) is not Unread.STRAY else Unread.STRAY

    def read_on(self, line: str) -> list[str] | Unread:
        """Read a line before which a quote is open."""
        return self.read(f"{_QUOTE}{line}")

    def _values(self, record: str) -> list[str] | None:
        try:
            return next(csv.reader((record,), self._dialect), [])
        except csv.Error:
            return None
