"""Input as it was before it was compressed: a file or standard input, plain, gzip or zstd."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import stat
import sys
from errno import EBADF
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from attrs import frozen

from clinic_vetting.errors import BatchError
from clinic_vetting.extras import missing
from clinic_vetting.hints import unreadable
from clinic_vetting.language import told_error
from clinic_vetting.words import told

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STANDARD: Final = "-"
"""The name that means standard input or output."""
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = (b"\x28\xb5\x2f\xfd", *(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60)))
_PIECE: Final = 256
"""Compressed bytes taken at once: they cannot become more than 64 blocks of 128 KiB."""


class CutOffError(Exception):
    """A compressed stream is damaged, or ends before it should."""


@frozen
class Source:
    """An open input.

    Attributes:
        name: As it was given, or `<stdin>`.
        file: What to read lines from.
        size: Bytes of the file as it is stored; `None` for a stream.
    """

    name: str
    file: IO[bytes]
    size: int | None
    _stored: BinaryIO

    def position(self) -> int:
        """Say how many bytes were read of the file as it is stored."""
        return self._stored.tell()

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self._stored is not getattr(sys.stdin, "buffer", None):
            self._stored.close()


def open_source(name: str) -> Source:
    """Open a file, or standard input for `-`; what it holds, not its name, says how it is compressed.

    Raises:
        BatchError: It cannot be opened.
        ExtraError: It is compressed with zstd, and zstandard is not installed.
    """
    stored, shown = (_standard_input(), "<stdin>") if name == STANDARD else (opened(name), name)
    size = _size(stored)
    with contextlib.ExitStack() as stack:
        stack.callback(stored.close)
        if size == 0 and name.endswith((".gz", ".zst")):
            raise BatchError(told("fault.batch.empty", file=shown))
        source = Source(shown, _unpacked(stored, shown), size, stored)
        stack.pop_all()
    return source


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise BatchError(told_error(unreadable("<stdin>", OSError(EBADF, os.strerror(EBADF)))))
    return sys.stdin.buffer


def opened(name: str) -> BinaryIO:
    """Open a file as it is stored.

    Raises:
        BatchError: It cannot be opened.
    """
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise BatchError(told_error(unreadable(name, error))) from None


def _size(stored: BinaryIO) -> int | None:
    try:
        status = os.fstat(stored.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _unpacked(stored: BinaryIO, shown: str) -> IO[bytes]:
    head = stored.peek(4)[:4] if isinstance(stored, io.BufferedReader) else b""
    if head.startswith(_GZIP):
        return cast("IO[bytes]", gzip.open(stored))
    if head in _ZSTD:
        return io.BufferedReader(ZstdReader(stored, _zstandard(shown)), 128 * 1024)
    return stored


def _zstandard(shown: str) -> Any:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError:
        raise missing(extra="zstd", what=shown) from None
    return zstandard


class ZstdReader(io.RawIOBase):
    """Unpacks zstd a little at a time, one frame after another, and notices a frame without an end."""

    def __init__(self, stored: BinaryIO, zstandard: Any) -> None:
        self._stored = stored
        self._zstandard = zstandard
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` as far as there is something; 0 at the end.

        Raises:
            CutOffError: The stream is damaged, or ends inside a frame.
        """
        while not self._ready and (piece := self._stored.read(_PIECE)):
            self._ready = self._unpack(piece)
        if not self._ready and self._frame is not None:
            raise CutOffError(told("fault.batch.cut_off"))
        room = memoryview(buffer)
        taken, self._ready = self._ready[: len(room)], self._ready[len(room) :]
        room[: len(taken)] = taken
        return len(taken)

    def _unpack(self, piece: bytes) -> bytes:
        parts = []
        while piece:
            self._frame = self._frame or self._zstandard.ZstdDecompressor().decompressobj()
            try:
                parts.append(self._frame.decompress(piece))
            except self._zstandard.ZstdError as error:
                raise CutOffError(str(error)) from None
            piece = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        return b"".join(parts)
