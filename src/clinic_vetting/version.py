"""The library's own version, as its installation says."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """Give the installed version."""
    return metadata.version("clinic-vetting")
