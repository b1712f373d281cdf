"""A file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic_vetting.hints import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def replacing(place: Path) -> Iterator[Any]:
    """Write a file beside its place, and move it there when all is written.

    Raises:
        InputError: It cannot be written; what was there remains.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            temporary = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask())
        temporary.replace(place)
    except (OSError, ValueError) as error:
        raise unwritable(place, error) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
