"""Rows of a publisher's table, only the columns that are needed; a bad row is a fault and costs no other row.

The lines of a block are split as they stand where all of them can be (`splitting`); else each is read by `csv`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NoReturn

from attrs import frozen

from clinic_vetting.errors import Fault, shown
from clinic_vetting.hints import did_you_mean
from clinic_vetting.registers.intake import LONGEST, Intake
from clinic_vetting.registers.quoting import Quoting, Unread
from clinic_vetting.registers.splitting import FORBIDDEN, Splitter
from clinic_vetting.words import joined, told, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    T = TypeVar("T")

MOST_LINES: Final = 50
"""Over how many lines a row may go on, where nothing else is known."""
_TITLES: Final = 10
"""In how many lines, blank ones left out, the header is looked for."""
_TABLE: Final = "fault.registers.table.whole"
_told: Final = lru_cache(maxsize=1000)(told)
"""Says a message once that many rows need."""


@frozen
class Layout:
    """How a publisher arranges a table.

    Attributes:
        name: Of this arrangement, such as `official`.
        columns: The header of each field that is needed, by the field's name.
        optional: Fields whose column may be missing; they are empty then.
        lines: Over how many lines a row may go on, inside quotes; one where the publisher breaks none.
    """

    name: str
    columns: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    lines: int = MOST_LINES

    def missing(self, header: Sequence[str]) -> list[str]:
        """List the columns that a header lacks."""
        return [each for name, each in self.columns.items() if name not in self.optional and _key(each) not in header]


class Table:
    """A table whose header has been read."""

    def __init__(
        self, intake: Intake, layouts: Sequence[Layout], separators: str = ",", *, by_hand: bool = False
    ) -> None:
        """Read the header and choose the first layout, and the first of the separators, that fit it.

        Args:
            intake: The open file.
            layouts: How it may be arranged.
            separators: What may stand between columns, one character each.
            by_hand: Whether people keep the table: a row may lack its last cells, and have blank ones too many.

        Raises:
            InputError: It is no table, or lacks columns; the error names them and what comes near.
        """
        self._intake, self._by_hand = intake, by_hand
        self.separator = separators[0]
        self.short: list[int] = []
        """The lines of rows that lacked their last cells, as far as rows were read."""
        self._pages = intake.pages()
        self._back: deque[tuple[int, str]] = deque()
        self._open_through = 0
        header, self.layout = self._found(layouts, separators)
        self._quoting = Quoting.by(self.separator)
        self.header = tuple(header)
        keys = [_key(each) for each in header]
        self._width = len(header)
        places = {key: place for place, key in reversed(list(enumerate(keys)))}
        self._places = [places.get(_key(each)) for each in self.layout.columns.values()]
        self._splitters: dict[bool, Splitter] = {}

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]] | Fault]:
        """Give each row's line and its values in the layout's order, or what is wrong with it; blank lines are none."""
        yield from self._slowly()
        for page in self._pages:
            values = self._splitter(quoted=page.text[:1] == '"').rows(page)
            if values is None:
                self._back.extend(page.numbered())
                yield from self._slowly()
            else:
                yield from enumerate(values, page.first)

    def _splitter(self, *, quoted: bool) -> Splitter:
        if quoted not in self._splitters:
            self._splitters[quoted] = Splitter.of(self.separator, self._places, self._width, quoted=quoted)
        return self._splitters[quoted]

    def made(self, make: Callable[[int, tuple[str, ...]], T]) -> Iterator[T | Fault]:
        """Give what is made of each row's line and values, and the faults between."""
        for each in self.rows():
            yield each if isinstance(each, Fault) else make(*each)

    def _slowly(self) -> Iterator[tuple[int, tuple[str, ...]] | Fault]:
        """Read one by one the lines that are waiting."""
        while self._back:
            number, line = self._back.popleft()
            if len(line) > LONGEST or _is_forbidden(line):
                yield self._unreadable(number, line)
            elif line.strip():
                found = self._carefully(number, line)
                yield found if isinstance(found, Fault) else (number, self._select(found))

    def _peek(self, ahead: int) -> str | None:
        """Look at one of the next lines, from 1; `None` behind the end."""
        while len(self._back) < ahead:
            page = next(self._pages, None)
            if page is None:
                return None
            self._back.extend(page.numbered())
        return self._back[ahead - 1][1]

    def _following(self) -> tuple[int, str] | None:
        """Take the next line; `None` at the end."""
        return None if self._peek(1) is None else self._back.popleft()

    def _found(self, layouts: Sequence[Layout], separators: str) -> tuple[list[str], Layout]:
        """Find the header, which may stand below a title, the separator, and the layout that it has."""
        first: list[str] | None = None
        lines = iter(self._following, None)
        for number, line in islice(((number, line) for number, line in lines if line.strip()), _TITLES):
            headers = [self._header(number, line, each) for each in separators]
            for self.separator, header in zip(separators, headers, strict=True):
                keys = [_key(each) for each in header]
                fitting = next((each for each in layouts if not each.missing(keys)), None)
                if fitting is not None:
                    self._refuse_twice(number, fitting, header)
                    return header, fitting
            first = first or max(headers, key=len)
        if first is None:
            self._intake.refuse(told(_TABLE), told("fault.registers.table.no_line"))
        return self._lacking(layouts, first)

    def _refuse_twice(self, number: int, layout: Layout, header: list[str]) -> None:
        """Refuse a column that is needed and there twice: nobody can say which is meant."""
        keys = [_key(each) for each in header]
        twice = [each for each in layout.columns.values() if keys.count(_key(each)) > 1]
        if twice:
            got = told("fault.listings.more_than_once", columns=", ".join(map(repr, twice)))
            self._intake.refuse(told("fault.registers.table.once"), got, told("fault.listings.rename"), line=number)

    def _header(self, number: int, line: str, separator: str) -> list[str]:
        if len(line) > LONGEST:
            got = told("fault.registers.table.long_line", most=whole(LONGEST))
            self._intake.refuse(told(_TABLE), got, line=number)
        strange = {char for char in line.rstrip("\r") if not char.isprintable()} - {"\t"}
        if strange == {"\r"}:
            self._intake.refuse(told(_TABLE), told(Unread.RETURN), told("fault.registers.table.line_ends"), line=number)
        if strange:
            got, hint = told("fault.registers.table.no_text"), told("fault.registers.table.unpack")
            self._intake.refuse(told(_TABLE), got, hint, line=number)
        found = Quoting.by(separator).read(line)
        return [] if isinstance(found, Unread) else found

    def _lacking(self, layouts: Sequence[Layout], header: list[str]) -> NoReturn:
        keys = [_key(each) for each in header]
        nearest = min(layouts, key=lambda each: len(each.missing(keys)) / len(each.columns))
        lacking = joined("; ", *(suggesting(each, header) for each in nearest.missing(keys)))
        wanted = ", ".join(each for name, each in nearest.columns.items() if name not in nearest.optional)
        expected = told("fault.registers.table.the_columns", columns=wanted)
        got = told("fault.registers.table.columns_of", count=len(header), columns=shown(", ".join(header)))
        self._intake.refuse(expected, got, told("fault.registers.table.missing", columns=lacking), line=1)

    def _select(self, values: list[str]) -> tuple[str, ...]:
        return tuple(["" if place is None else values[place] for place in self._places])

    def _carefully(self, number: int, line: str) -> list[str] | Fault:
        """Read a row that `csv` has to read, if over several lines; a fault is about its first line alone."""
        values, ahead = self._quoting.read(line), 0
        if values is Unread.OPEN and (ahead := self._lines_to_end(number)):
            record = "\n".join([line, *(each for _, each in islice(self._back, ahead))])
            values = self._quoting.read(record) if len(record) <= LONGEST else values
        fitted = None if isinstance(values, Unread) else self._fitted(number, values, alone=not ahead)
        if fitted is None:
            return self._misfit(number, values)
        for _ in range(ahead):
            self._back.popleft()
        return fitted

    def _lines_to_end(self, number: int) -> int:
        """Count the lines after one with an open quote through that in which its row ends; 0 where it does not.

        Which lines leave a quote open is found out once, so that every line is read a few times, however many are open.
        """
        for ahead in range(max(self._open_through - number, 0) + 1, self.layout.lines):
            line = self._peek(ahead)
            found = Unread.STRAY if line is None or _is_forbidden(line) else self._quoting.read_on(line)
            if found is not Unread.OPEN:
                return 0 if isinstance(found, Unread) else ahead
            self._open_through = number + ahead
        return 0

    def _fitted(self, number: int, values: list[str], *, alone: bool) -> list[str] | None:
        """Give a row as wide as the header; `None` where it is not, and must be."""
        missing = self._width - len(values)
        if not missing or not self._by_hand:
            return None if missing else values
        if missing < 0:
            return None if any(map(str.strip, values[missing:])) else values[:missing]
        self.short += [number] * alone
        return [*values, *[""] * missing] if alone else None

    def _misfit(self, number: int, values: list[str] | Unread) -> Fault:
        """Say how a row does not fit; of a table that people keep, what to do about it."""
        expected, hint = _told("fault.registers.table.as_header", count=self._width), ""
        if self._by_hand:
            hint = _told("fault.registers.table.put_quotes", separator=shown(self.separator))
        got = _told(values) if isinstance(values, Unread) else self._of_width(values)
        return self._intake.fault(number, _told("fault.registers.row"), expected, got, hint)

    def _of_width(self, values: list[str]) -> str:
        """Say how many columns a row has; of a table that people keep, which they are."""
        if not values or not self._by_hand:
            return _told("fault.registers.table.columns", count=len(values))
        written = shown(self.separator.join(values))
        return told("fault.registers.table.columns_of", count=len(values), columns=written)

    def _unreadable(self, number: int, line: str) -> Fault:
        if len(line) > LONGEST:
            expected, got = told("fault.registers.table.row", most=whole(LONGEST)), told("fault.document.longer")
            return self._intake.fault(number, told("fault.registers.row"), expected, got)
        at = min(place for each in FORBIDDEN if (place := line.find(each)) >= 0)
        near = shown(line[max(0, at - 20) : at + 20])
        expected = told("fault.registers.table.no_control")
        return self._intake.fault(number, told("fault.registers.row"), expected, near)


def _is_forbidden(line: str) -> bool:
    return any(each in line for each in FORBIDDEN)


def _key(header: str) -> str:
    """Compare headers without case, outer space and full stops in front."""
    return header.strip().lstrip(".").casefold()


def suggesting(column: str, header: Sequence[str]) -> str:
    """Name a column that a header lacks, with the nearest that it has."""
    near = did_you_mean(column, header)
    return joined("", column, " (", near, ")") if near else column
