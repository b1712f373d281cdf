"""Rows of a publisher's table, only the columns that are needed; a bad row is a fault and costs no other row.

A row without quotes, and a row whose every field is quoted, are split as they stand: where the counts of quotes
and of separators are those of the header, no quote stands inside a field, and splitting is exact. Every other row
is read by `csv`.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.errors import Fault, did_you_mean, shown
from clinic_vetting.registers.intake import LONGEST, Intake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_LINES: Final = 50
"""Over how many lines a quoted field may go on."""
_FORBIDDEN: Final = ("\0", "\x1f")


@frozen
class Layout:
    """How a publisher arranges a table.

    Attributes:
        name: Of this arrangement, such as `official`.
        columns: The header of each field that is needed, by the field's name.
        optional: Fields whose column may be missing; they are empty then.
    """

    name: str
    columns: Mapping[str, str]
    optional: frozenset[str] = frozenset()

    def missing(self, header: Sequence[str]) -> list[str]:
        """List the columns that a header lacks."""
        return [each for name, each in self.columns.items() if name not in self.optional and _key(each) not in header]


class Table:
    """A table whose header has been read."""

    def __init__(self, intake: Intake, layouts: Sequence[Layout], separator: str = ",") -> None:
        """Read the header and choose the first layout that fits it.

        Raises:
            InputError: It is no table, or lacks columns; the error names them and what comes near.
        """
        self._intake, self._separator = intake, separator
        self._lines = intake.lines()
        self._back: deque[tuple[int, str]] = deque()
        header = self._header()
        self._width = len(header)
        keys = [_key(each) for each in header]
        self.layout = self._chosen(layouts, header, keys)
        places = {key: place for place, key in reversed(list(enumerate(keys)))}
        self._places = [places.get(_key(each)) for each in self.layout.columns.values()]
        self._last = max(place for place in self._places if place is not None) + 1

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]] | Fault]:
        """Give each row's line and its values in the layout's order, or what is wrong with it; blank lines are none."""
        split, select, forbidden = self._splitter(), self._selector(), _FORBIDDEN
        nul, unit = forbidden
        for number, line in self._all_lines():
            if len(line) > LONGEST or nul in line or unit in line:
                yield self._unreadable(number, line)
                continue
            values = split(line)
            if values is None:
                found = self._carefully(number, line)
                if found is None:
                    continue
                if isinstance(found, Fault):
                    yield found
                    continue
                values = found
            yield number, select(values)

    def _all_lines(self) -> Iterator[tuple[int, str]]:
        for each in self._lines:
            yield each
            while self._back:
                yield self._back.popleft()

    def _header(self) -> list[str]:
        number, line = next(((number, line) for number, line in self._lines if line.strip()), (0, ""))
        if not number or len(line) > LONGEST or any(not char.isprintable() and char != "\t" for char in line):
            raise self._intake.refuse("a table with a header in its first line", shown(line) if line else "no line")
        header = self._parsed(line)
        if header is None:
            raise self._intake.refuse("a header in one line", shown(line), line=number)
        return header

    def _chosen(self, layouts: Sequence[Layout], header: list[str], keys: list[str]) -> Layout:
        for each in layouts:
            if not each.missing(keys):
                return each
        nearest = min(layouts, key=lambda each: len(each.missing(keys)) / len(each.columns))
        told = [_told(each, header) for each in nearest.missing(keys)]
        wanted = ", ".join(each for name, each in nearest.columns.items() if name not in nearest.optional)
        got = f"{len(header)} columns: {shown(', '.join(header))}"
        raise self._intake.refuse(f"the columns {wanted}", got, f"missing: {'; '.join(told)}", line=1)

    def _splitter(self) -> Callable[[str], list[str] | None]:
        separator, last, gaps = self._separator, self._last, self._width - 1
        quoted, quotes = f'"{separator}"', 2 * self._width

        def split(line: str) -> list[str] | None:
            found = line.count('"')
            if found == quotes:
                if line.count(quoted) == gaps and line[0] == line[-1] == '"':
                    return line[1:-1].split(quoted, last)
            elif not found and line.count(separator) == gaps and line:
                return line.split(separator, last)
            return None

        return split

    def _selector(self) -> Callable[[list[str]], tuple[str, ...]]:
        if None not in self._places and len(self._places) > 1:
            return itemgetter(*(place for place in self._places if place is not None))
        places = self._places
        return lambda values: tuple("" if place is None else values[place] for place in places)

    def _carefully(self, number: int, line: str) -> list[str] | Fault | None:
        """Read a row that `csv` has to read, if over several lines; a fault is about its first line alone."""
        if not line.strip():
            return None
        record, ahead = line, list[tuple[int, str]]()
        values = self._parsed(record)
        while values is None and len(ahead) < MOST_LINES:
            following = self._back.popleft() if self._back else next(self._lines, None)
            if following is None:
                break
            ahead.append(following)
            record = f"{record}\n{following[1]}"
            values = None if len(record) > LONGEST else self._parsed(record)
        if values is not None and len(values) == self._width:
            return values
        self._back.extendleft(reversed(ahead))
        got = "a quote without its end" if values is None else f"{len(self._parsed(line) or values)} columns"
        return self._intake.fault(number, "row", f"{self._width} columns, as the header has", got)

    def _parsed(self, record: str) -> list[str] | None:
        """Read one record; `None` where a quote in it has no end."""
        try:
            return next(csv.reader((record,), delimiter=self._separator, strict=True), [])
        except csv.Error:
            return None

    def _unreadable(self, number: int, line: str) -> Fault:
        if len(line) > LONGEST:
            return self._intake.fault(number, "row", f"a row of at most {LONGEST:,} characters", "a longer one")
        at = min(place for each in _FORBIDDEN if (place := line.find(each)) >= 0)
        near = shown(line[max(0, at - 20) : at + 20])
        return self._intake.fault(number, "row", "text without control characters", near)


def _key(header: str) -> str:
    """Compare headers without case, outer space and full stops in front."""
    return header.strip().lstrip(".").casefold()


def _told(column: str, header: Sequence[str]) -> str:
    near = did_you_mean(column, header)
    return f"{column} ({near})" if near else column
