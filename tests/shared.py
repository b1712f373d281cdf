"""Real registers and records, which stand beside the repository and are not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared"


def real(path: str) -> Path:
    """Find a file or folder of real data; skip the test where it is absent."""
    place = FOLDER / path
    if not place.exists():
        pytest.skip(f"needs the real data at ../shared/{path}, which is not part of the repository")
    return place
