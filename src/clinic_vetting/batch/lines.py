"""The lines of a file or a stream, packed in chunks; however long a line is, little of it is held."""

from __future__ import annotations

import hashlib
import zlib
from gzip import BadGzipFile
from typing import IO, TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from clinic_vetting.batch.unpacking import CutOffError
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.errors import BatchError
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES: Final = 8
"""Lines in a chunk."""
MOST_BYTES: Final = 64 * 1024
"""Bytes after which a chunk takes no further line; so it holds less than this and one line of `MAX_BYTES`."""
_BOM: Final = b"\xef\xbb\xbf"
_SKIP: Final = 64 * 1024
_BROKEN: Final = (EOFError, zlib.error, BadGzipFile, CutOffError)


@frozen
class Line:
    """A line that is not blank.

    Attributes:
        number: Its number in the input, from 1; blank lines count.
        data: Its bytes without its end, at most `MAX_BYTES`.
        skipped: How many bytes of it came after those, and were not kept.
        broken: Why the input cannot be read from here on; empty for a line that was read.
    """

    number: int
    data: bytes
    skipped: int = 0
    broken: str = ""


@frozen
class Chunk:
    """A few lines, and where the input stands after them.

    Attributes:
        lines: Those that are not blank.
        last: The number of the last line read, blank ones included.
        digest: SHA-256 of all input up to here, as hexadecimal digits.
    """

    lines: tuple[Line, ...]
    last: int
    digest: str


@define
class LineReader:
    """Reads lines, counts them, and hashes every byte of them.

    Attributes:
        file: Where they come from: bytes, no longer compressed.
        number: Lines read so far.
    """

    file: IO[bytes]
    number: int = 0
    _seen: Any = field(factory=hashlib.sha256)
    _broken: bool = False

    def digest(self) -> str:
        """Give the SHA-256 of what was read so far, as hexadecimal digits."""
        return str(self._seen.hexdigest())

    def skip(self, count: int) -> None:
        """Read over `count` lines, or to the end where there are fewer."""
        while self.number < count and self._next() is not None:
            pass

    def chunks(self) -> Iterator[Chunk]:
        """Give the lines that follow.

        A compressed stream that is cut off or damaged ends in a line with `broken`.

        Raises:
            BatchError: The file cannot be read on.
        """
        lines: list[Line] = []
        while (line := self._next()) is not None:
            if line.data.strip() or line.skipped or line.broken:
                lines.append(line)
            if len(lines) == MOST_LINES or sum(len(each.data) for each in lines) >= MOST_BYTES:
                yield Chunk(tuple(lines), self.number, self.digest())
                lines = []
        yield Chunk(tuple(lines), self.number, self.digest())

    def _next(self) -> Line | None:
        if self._broken:
            return None
        try:
            return self._read()
        except _BROKEN as error:
            self._broken = True
            self.number += 1
            return Line(self.number, b"", broken=error.args[0])
        except OSError as error:
            raise BatchError(told("fault.batch.input", line=whole(self.number), why=error.strerror)) from None

    def _read(self) -> Line | None:
        piece = self._take(MAX_BYTES + len(_BOM) + len(b"\r\n"))
        if not piece:
            return None
        self.number += 1
        size, tail = len(piece), piece[-2:]
        while not tail.endswith(b"\n") and (more := self._take(_SKIP)):
            size, tail = size + len(more), (tail + more)[-2:]
        data = piece[: size - _end(tail)]
        mark = len(_BOM) if self.number == 1 and data.startswith(_BOM) else 0
        return Line(self.number, data[mark:][:MAX_BYTES], max(0, size - _end(tail) - mark - MAX_BYTES))

    def _take(self, most: int) -> bytes:
        piece = self.file.readline(most)
        self._seen.update(piece)
        return piece


def _end(tail: bytes) -> int:
    """Say how many of the last bytes are the line's end."""
    return 2 if tail.endswith(b"\r\n") else int(tail.endswith(b"\n"))
