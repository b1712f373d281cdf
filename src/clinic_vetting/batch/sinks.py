"""Where a batch writes: a file that can be cut back and gone on with, or a stream that cannot."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from attrs import define

from clinic_vetting.batch.unpacking import STANDARD
from clinic_vetting.errors import BatchError
from clinic_vetting.hints import unwritable
from clinic_vetting.language import told_error
from clinic_vetting.places import is_file, is_there
from clinic_vetting.words import told

if sys.platform != "win32":  # pragma: no branch
    import fcntl


def is_stream(name: str) -> bool:
    """Say whether `name` is standard output, a device or a pipe: nothing that can be cut back."""
    return name == STANDARD or (is_there(name) and not is_file(name))


@define
class Sink:
    """An open output, written without a buffer, so that what was written is never behind what is counted.

    Attributes:
        name: As it was given.
        written: Bytes in it, those of an earlier run included.
        durable: Whether it is a file.
    """

    name: str
    written: int
    durable: bool
    _file: IO[bytes]

    def write(self, data: bytes) -> None:
        """Write all of `data`.

        Raises:
            BatchError: It cannot be written, such as where the disk is full.
            BrokenPipeError: Nobody reads the stream any longer.
        """
        left = memoryview(data)
        while left:
            try:
                count = self._file.write(left)
            except BrokenPipeError:
                raise
            except OSError as error:
                raise worded(self.name, error, resumable=self.durable) from None
            self.written += count
            left = left[count:]

    def sync(self) -> None:
        """Wait until a file's bytes are on the disk.

        Raises:
            BatchError: They cannot be written there.
        """
        if self.durable:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise worded(self.name, error, resumable=self.durable) from None

    def close(self) -> None:
        """Close a file; standard output stays open."""
        if self.name != STANDARD:
            self._file.close()


def open_sink(name: str, keep: int, *, resumable: bool = False) -> Sink:
    """Open an output of a run, `resumable` or not; keep the first `keep` bytes of a file and cut off the rest.

    Raises:
        BatchError: It cannot be opened, or has fewer bytes than that.
    """
    if name == STANDARD:
        return Sink(name, 0, durable=False, file=getattr(sys.stdout.buffer, "raw", sys.stdout.buffer))
    durable = not is_stream(name)
    try:
        file = Path(name).open("ab", buffering=0)  # noqa: SIM115 - the sink closes it
    except OSError as error:
        raise worded(name, error, resumable=resumable) from None
    if durable:
        _lock(file, name)
    if durable and file.tell() < keep:
        file.close()
        raise BatchError(told("fault.batch.shorter", file=name))
    if durable:
        file.truncate(keep)
    return Sink(name, keep if durable else 0, durable, file)


def _lock(file: IO[bytes], name: str) -> None:
    """Keep a second run out until this one ends, however it ends, where the system can."""
    if sys.platform != "win32":  # pragma: no branch
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise BatchError(told("fault.batch.another_run", file=name)) from None
        except OSError:  # pragma: no cover - some network disks have no locks
            pass


def worded(name: object, error: OSError | ValueError, *, resumable: bool) -> BatchError:
    """Word why an output cannot be written, and what to do about it."""
    why = told_error(unwritable("<stdout>" if name == STANDARD else name, error))
    return BatchError(told("fault.batch.resume", why=why) if resumable else why)
