"""What stands at a path, as far as one may look: `pathlib` raises where one may not, and where no path can be so."""

from __future__ import annotations

import os
from pathlib import Path


def is_file(path: str | Path) -> bool:
    """Say whether there is a file."""
    return os.path.isfile(Path(path))  # noqa: PTH113


def is_folder(path: str | Path) -> bool:
    """Say whether there is a folder."""
    return os.path.isdir(Path(path))  # noqa: PTH112


def is_there(path: str | Path) -> bool:
    """Say whether there is anything."""
    return os.path.exists(Path(path))  # noqa: PTH110


def is_hidden(path: str | Path) -> bool:
    """Say whether nobody can say, since a folder on the way may not be looked into."""
    try:
        Path(path).stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return False


def is_possible(path: str | Path) -> bool:
    """Say whether a file can have the name."""
    try:
        return b"\0" not in os.fsencode(path)
    except ValueError:
        return False
