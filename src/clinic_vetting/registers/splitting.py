"""Rows that can be split as they stand: without quotes, or with every field quoted and no quote inside one.

Where every line has as many separators as the header, and as many quotes, one regular expression takes out what is
needed, and `csv` would read the same.
"""

from __future__ import annotations

import re
from operator import methodcaller
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.registers.intake import LONGEST, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FORBIDDEN: Final = ("\0", "\x1f")
"""What no row may hold."""


@frozen
class Splitter:
    """Splits the lines of one form, quoted or not.

    Attributes:
        between: What stands between two fields.
        gaps: How often it does in a line.
        quoted: Whether every field is quoted.
    """

    between: str
    gaps: int
    quoted: bool
    _match: Callable[[str], re.Match[str] | None]
    _select: Callable[[re.Match[str]], tuple[str, ...]]

    @classmethod
    def of(cls, separator: str, places: Sequence[int | None], width: int, *, quoted: bool) -> Splitter:
        """Make one for a table of so many columns, of which those at some places are needed."""
        kept = sorted({each for each in places if each is not None})
        mark = '"' if quoted else ""
        char = f"[^{re.escape(mark or separator)}]*+"
        fields = [f"{mark}({char}){mark}" if at in kept else f"{mark}{char}{mark}" for at in range(kept[-1] + 1)]
        end = "" if not quoted else f'{re.escape(separator)}"' if len(fields) < width else "$"
        pattern = re.compile(re.escape(separator).join(fields) + end + "()")
        groups = [pattern.groups if each is None else kept.index(each) + 1 for each in places]
        return cls(f"{mark}{separator}{mark}", width - 1, quoted, pattern.match, _selecting(groups))

    def rows(self, page: Page) -> Iterable[tuple[str, ...]] | None:
        """Give what is needed of each line; `None` where not every one can be split so."""
        lines, between = page.lines, self.between
        if any(each in page.text for each in (*FORBIDDEN, "\r")) or max(map(len, lines)) > LONGEST:
            return None
        if {line.count(between) for line in lines} != {self.gaps} or not self._is_quoted_as(page):
            return None
        found = list(map(self._match, lines))
        return map(self._select, found) if all(found) and all(map(str.strip, lines)) else None  # type: ignore[arg-type] # none of them is None

    def _is_quoted_as(self, page: Page) -> bool:
        """Say whether there are quotes around every field and nowhere else, of lines with the right separators.

        A line that is so has two for each field, and none has fewer unless one quote serves its edge and a gap;
        so where the sum is right each line's is.
        """
        if not self.quoted:
            return '"' not in page.text
        lines, quotes = page.lines, 2 * (self.gaps + 1) * len(page.lines)
        edges = {line[:3] for line in lines} | {line[-3:] for line in lines}
        return page.text.count('"') == quotes and self.between not in edges and {line[-1:] for line in lines} == {'"'}


def _selecting(groups: list[int]) -> Callable[[re.Match[str]], tuple[str, ...]]:
    return methodcaller("group", *groups) if len(groups) > 1 else lambda found: (found[groups[0]],)
