"""A publisher's file as lines of text, with the memory of one block: plain, gzip, or one table inside a zip."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NoReturn, cast

from attrs import define, field, frozen

from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.hints import unreadable
from clinic_vetting.words import cut, told

BLOCK: Final = 1 << 16
"""Bytes read at once: so few that they stay in the processor's cache."""
LONGEST: Final = 100_000
"""The most characters that a row may have; a longer one is cut off, and is a fault for whoever reads it."""
_TABLES: Final = (".csv", ".txt", ".tsv", ".json", ".jsonl", ".ndjson", ".xml")
_BROKEN: Final = (
    EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, UnicodeError,
)  # fmt: skip
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""How a zip begins; a table may begin with a column `PK`."""
_ENCODINGS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@frozen
class Page:
    """The whole lines of a block.

    Attributes:
        first: The number of the first line.
        text: The lines, each but the last with its end, which is a line feed.
        lines: The lines without their ends; one at the least.
    """

    first: int
    text: str
    lines: list[str]

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Give each line with its number."""
        return enumerate(self.lines, self.first)


@define
class Intake:
    """An open file of a register.

    Attributes:
        name: As it was given, for faults.
        data: Its bytes, unpacked.
        size: Bytes of the file as it is stored.
        options: What else the importing person has said, such as a column map.
        complete: Set by whoever reads it, once all is read: whether it holds the whole register, so that absence
            from it says something.
        beside: The names of other tables in the same zip, which are not read.
    """

    name: str
    data: IO[bytes]
    size: int
    options: Mapping[str, Any]
    _stored: BinaryIO
    complete: bool = field(default=False, init=False)
    beside: tuple[str, ...] = field(default=(), init=False)

    @property
    def whole(self) -> bool:
        """Whether the importing person says that it is the whole register."""
        return bool(self.options.get("whole"))

    def position(self) -> int:
        """Say how many bytes were read of the file as it is stored."""
        return self.size if self._stored.closed or not self.size else self._stored.tell()

    def close(self) -> None:
        """Close it."""
        self.data.close()
        self._stored.close()

    def fault(self, line: int, column: str, expected: str, got: str, hint: str = "") -> Fault:
        """Word what is wrong with a row."""
        return Fault(self.name, line, column, expected, got, hint)

    def refuse(self, expected: str, got: str, hint: str = "", line: int = 0) -> NoReturn:
        """Say why the whole file cannot be used.

        Raises:
            InputError: Always.
        """
        raise InputError([self.fault(line, "", expected, got, hint)]) from None

    def lines(self, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
        """Give each line with its number, without its end; of a line too long, `longest` characters and one more.

        Text is UTF-8, or UTF-16 where a byte order mark says so; a line that is not UTF-8 is read as Windows-1252,
        of which Latin-1 is a part.

        Raises:
            InputError: A compressed file is damaged or cut off.
        """
        for page in self.pages(longest):
            yield from page.numbered()

    def pages(self, longest: int = LONGEST) -> Iterator[Page]:
        """Give the lines of a block together; else as `lines` does.

        Raises:
            InputError: A compressed file is damaged or cut off.
        """
        number = 1
        for text in map(_mended, self._texts(longest)):
            lines = text.split("\n")
            yield Page(number, text, lines)
            number += len(lines)

    def _texts(self, longest: int) -> Iterator[str]:
        """Give the text of blocks, each through the end of a line."""
        rest = ""
        for block in self.blocks():
            whole, end, begun = block.rpartition("\n")
            if end:
                yield rest + whole
                rest = ""
            if len(rest) <= longest:
                rest = (rest + begun)[: longest + 1]
        if rest:
            yield rest

    def begins_with(self, *marks: str) -> bool:
        """Say whether the first character that is no space is one of some."""
        with self.unbroken():
            head = self.data.peek(1000)[:1000] if hasattr(self.data, "peek") else b""
        return head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").startswith(marks)

    def blocks(self) -> Iterator[str]:
        """Give the text in blocks, however lines end.

        Raises:
            InputError: A compressed file is damaged or cut off.
        """
        decoder = codecs.getincrementaldecoder(self._encoding())("surrogateescape")
        with contextlib.closing(self), self.unbroken():
            while data := self.data.read(BLOCK):
                yield decoder.decode(data)
            yield decoder.decode(b"", final=True)

    def _encoding(self) -> str:
        with self.unbroken():
            head = self.data.peek(3)[:3] if hasattr(self.data, "peek") else b""
        return next((name for mark, name in _ENCODINGS if head.startswith(mark)), "utf-8")

    @contextlib.contextmanager
    def unbroken(self) -> Iterator[None]:
        """Word what a damaged file does."""
        try:
            yield
        except _BROKEN as error:
            self.refuse(told("fault.registers.rest"), str(error), told("fault.registers.get_again"))


def open_intake(path: str | Path, options: Mapping[str, Any] | None = None) -> Intake:
    """Open a file; what it holds, not its name, says how it is packed.

    Raises:
        InputError: It cannot be opened, or holds nothing.
    """
    name = str(path)
    stored = _open(name)
    with contextlib.ExitStack() as stack:
        stack.callback(stored.close)
        status = Path(path).stat()
        size = status.st_size
        intake = Intake(name, cast("IO[bytes]", stored), size, options or {}, stored)
        if not size and stat.S_ISREG(status.st_mode):
            intake.refuse(told("fault.registers.filled"), told("fault.registers.empty_file"))
        intake.data = _unpacked(stored, intake)
        stack.pop_all()
    return intake


def _open(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None


def _unpacked(stored: BinaryIO, intake: Intake) -> IO[bytes]:
    head = cast("io.BufferedReader", stored).peek(4)[:4]
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.open(stored))
    if head in _ZIP:
        with intake.unbroken():
            return _largest(zipfile.ZipFile(stored), intake)
    return cast("IO[bytes]", stored)


def _largest(packed: zipfile.ZipFile, intake: Intake) -> IO[bytes]:
    """Open the largest table in a zip: publishers put a page on the columns beside it."""
    members = [each for each in packed.infolist() if each.filename.lower().endswith(_TABLES)]
    if not members:
        inside = ", ".join(shown(each.filename) for each in packed.infolist()[:5]) or told("fault.nothing")
        intake.refuse(told("fault.registers.zip", endings=", ".join(_TABLES)), cut(inside, 200))
    largest = max(members, key=lambda each: each.file_size)
    intake.beside = tuple(each.filename for each in members if each is not largest)
    return packed.open(largest)


def _mended(text: str) -> str:
    """Take carriage returns off the ends, and read a line that is not UTF-8 as the publisher's older encoding."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").removesuffix("\r")
    if text.isascii() or _is_unicode(text):
        return text
    return "\n".join([line if _is_unicode(line) else _older(line) for line in text.split("\n")])


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _older(line: str) -> str:
    data = line.encode("utf-8", "surrogateescape")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
