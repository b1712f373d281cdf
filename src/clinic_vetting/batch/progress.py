"""How far a batch has come: a small file beside its output, always whole, always behind what is on the disk."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Final, Self

import attrs
from attrs import frozen

from clinic_vetting.batch.sinks import worded
from clinic_vetting.errors import BatchError
from clinic_vetting.words import told

_VERSION: Final = 1
_SAME: Final = ("library", "criteria", "as_of", "size", "registers", "wording", "reviews", "has_errors")
"""What a run has to have in common with the one that it resumes, by field."""


@frozen(kw_only=True)
class Progress:
    """What is done, and what it was done with.

    Attributes:
        library, criteria: Versions of both, the latter as digest.
        as_of: The day, as YYYY-MM-DD.
        size: Bytes of the input file as it is stored; `None` for a stream.
        has_errors: Whether refused lines go to a file.
        registers: Digest of what the database of registers holds, where one is looked up in.
        wording: The criteria's language, and the digest of what was translated.
        reviews: Whether what reviews tell is read.
        lines: Lines of input done, blank ones included.
        digest: SHA-256 of those lines.
        refused: How many of them gave no verdict.
        out_bytes, errors_bytes: Length of both files after those lines.
    """

    library: str
    criteria: str
    as_of: str
    size: int | None
    has_errors: bool
    registers: str | None = None
    wording: str = "en"
    reviews: bool = False
    lines: int = 0
    digest: str = ""
    refused: int = 0
    out_bytes: int = 0
    errors_bytes: int = 0

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a progress file.

        Raises:
            BatchError: It is none.
        """
        try:
            tree = json.loads(path.read_bytes())
            return cls(**{_VERSION: tree}[tree.pop("batch")])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise BatchError(told("fault.batch.no_progress", file=path)) from None

    def save(self, path: Path) -> None:
        """Put it in place of the one before, in one step, once it is on the disk.

        Raises:
            BatchError: It cannot be written; the one before is still there.
        """
        beside = path.with_name(f"{path.name}.new")
        try:
            with beside.open("w", encoding="ascii") as file:
                json.dump({"batch": _VERSION, **attrs.asdict(self)}, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise worded(path, error, resumable=True) from None

    def check_same(self, now: Progress, path: Path) -> None:
        """Refuse to go on with something else than this was begun with.

        Raises:
            BatchError: It says what differs.
        """
        for name in _SAME:
            was, came = getattr(self, name), getattr(now, name)
            if was != came:
                what = told(f"fault.batch.same.{name}")
                raise BatchError(told("fault.batch.differs", file=path, what=what, was=was, now=came))
