"""How far a batch has come, for a person at a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from attrs import define, field

from clinic_vetting.words import ENGLISH, grouped, say

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY: Final = 0.25
"""Seconds between two looks."""
_CLEAR: Final = "\r\x1b[K"


class Source(Protocol):
    """What is read: its size in bytes where it is a file, and how many of them were read."""

    @property
    def size(self) -> int | None:
        """Give its size."""

    def position(self) -> int:
        """Give how far it was read."""


@define
class Meter:
    """Shows lines done, the rate and the time left on one line; nothing where that is no terminal.

    Attributes:
        source: Whose position says how much is left, where it is a file.
        first: Lines done before this run.
        language: In which it speaks.
    """

    source: Source
    first: int
    language: str = field(default=ENGLISH, kw_only=True)
    _screen: TextIO | None = field(factory=lambda: sys.stderr)
    _clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _shown: float = field(init=False)
    _position: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._began = self._shown = self._clock()
        self._position = self.source.position() if self.source.size else 0

    def show(self, lines: int) -> None:
        """Show that `lines` of the input are done, at most four times a second."""
        now = self._clock()
        if now - self._shown >= _EVERY:
            self._shown = now
            self._write(lambda: self._text(lines, now - self._began))

    def close(self) -> None:
        """Take the line away."""
        self._write(str)

    def _write(self, text: Callable[[], str]) -> None:
        """Replace the line; there is none where there is no terminal."""
        if self._screen is not None and self._screen.isatty():
            self._screen.write(_CLEAR + text())
            self._screen.flush()

    def _text(self, lines: int, elapsed: float) -> str:
        rate = (lines - self.first) / elapsed
        parts = [
            self._say(name, lines=grouped(each, self.language))
            for name, each in (("lines", lines), ("rate", round(rate)))
        ]
        if self.source.size:
            position = self.source.position()
            parts.insert(1, f"{100 * position // self.source.size}%")
            if position > self._position:
                left = elapsed * (self.source.size - position) / (position - self._position)
                parts.append(self._say("left", time=_clock_time(left)))
        return "  ".join(parts)

    def _say(self, message: str, **values: object) -> str:
        return say(self.language, f"note.batch.{message}", **values)


def _clock_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
