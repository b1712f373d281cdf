"""Where the shipped criteria, tables and catalogues lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def folder() -> Traversable:
    """Find the shipped criteria: inside the package, in a source checkout beside `src`, or in an archive."""
    here = Path(__file__)
    for place in (here.with_name("criteria"), here.parents[2] / "criteria"):
        if place.is_dir():
            return place
    return _archived()  # pragma: no cover - the test runs it in another process


def _archived() -> Traversable:  # pragma: no cover
    from importlib import resources  # noqa: PLC0415 - costs more than all tables that a verdict needs

    return resources.files("clinic_vetting") / "criteria"
