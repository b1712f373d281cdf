"""Sections of RESULTS.md: each script replaces its own, between markers, and leaves the others alone."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADING = (
    "# Results\n\nWritten by `python benchmarks/run.py`; each section by its own script. Not to be edited by hand.\n"
)


def section(name: str, lines: Iterable[str], path: Path = RESULTS) -> None:
    """Replace what stands between the markers of a section, or add it at the end."""
    written = path.read_text(encoding="utf-8") if path.exists() else HEADING
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    new = "\n".join([begin, "", *lines, "", end])
    found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    text = found.sub(lambda _: new, written) if found.search(written) else f"{written.rstrip()}\n\n{new}\n"
    path.write_text(text, encoding="utf-8")


def machine() -> str:
    """Say when, on what and with which Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {_processor()}, {cores} cores, {platform.system()}, {python}."


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()
