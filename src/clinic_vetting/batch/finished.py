"""A batch that is finished: what its files tell of it, so that it ends again as it ended."""

from __future__ import annotations

import contextlib
from typing import Final

from clinic_vetting.batch.lines import LineReader
from clinic_vetting.batch.unpacking import open_source, opened
from clinic_vetting.errors import BatchError
from clinic_vetting.words import told, whole

_PIECE: Final = 1024 * 1024


def without_verdict(source: str, target: str) -> int:
    """Count the lines of an input that gave no verdict in an output: all that are not blank, less its verdicts.

    Raises:
        BatchError: One cannot be read, or has more verdicts than the other has lines.
    """
    lines, verdicts = _lines(source), _verdicts(target)
    if verdicts > lines:
        values = {"target": target, "verdicts": whole(verdicts), "source": source, "lines": whole(lines)}
        raise BatchError(told("fault.batch.too_many", **values))
    return lines - verdicts


def _lines(source: str) -> int:
    with contextlib.closing(open_source(source)) as opened:
        return sum(len(chunk.lines) for chunk in LineReader(opened.file).chunks())


def _verdicts(target: str) -> int:
    with contextlib.closing(opened(target)) as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))
