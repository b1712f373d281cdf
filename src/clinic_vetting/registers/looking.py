"""Looking up in a database of registers by its path, where one is given; without one nothing is loaded."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic


@contextlib.contextmanager
def looked_up(path: str | None, as_of: dt.date) -> Iterator[Callable[[Clinic], Clinic]]:
    """Give what adds to a clinic what registers say of it, as of a day; without a database it adds nothing.

    Raises:
        RegisterError: The database cannot be opened.
    """
    if path is None:
        yield lambda clinic: clinic
        return
    from clinic_vetting.registers.enriching import enrich  # noqa: PLC0415 - only who looks up needs a database
    from clinic_vetting.registers.store import Registers  # noqa: PLC0415 - only who looks up needs a database

    with Registers.open(path) as registers:
        yield lambda clinic: enrich(clinic, registers, as_of=as_of)


@contextlib.contextmanager
def gathered(path: str | None, as_of: dt.date, *, reviews: bool) -> Iterator[Callable[[Clinic], Clinic]]:
    """Give what adds to a clinic what its reviews tell, where they are to be read, and what registers say of it.

    Raises:
        RegisterError: The database cannot be opened.
    """
    with looked_up(path, as_of) as enriched:
        if not reviews:
            yield enriched
            return
        from clinic_vetting.reviews import read_reviews  # noqa: PLC0415 - who reads none needs no words of theirs

        yield lambda clinic: enriched(read_reviews(clinic, as_of=as_of))


def nothing_by(path: str | None, as_of: dt.date) -> str | None:
    """Say that a database has no snapshot of a day or before, so that looking up in it adds nothing; else `None`.

    Raises:
        RegisterError: The database cannot be opened.
    """
    if path is None:
        return None
    from clinic_vetting.registers.store import Registers  # noqa: PLC0415 - only who looks up needs a database

    with Registers.open(path) as registers:
        return None if registers.newest(as_of) else told("note.register.nothing_by", path=path, day=as_of)


def state(path: str | None) -> str | None:
    """Give a digest of what a database holds, to see whether it has changed; `None` without one.

    Raises:
        RegisterError: The database cannot be opened.
    """
    if path is None:
        return None
    from clinic_vetting.registers.store import Registers  # noqa: PLC0415 - only who looks up needs a database

    with Registers.open(path) as registers:
        return registers.state()
