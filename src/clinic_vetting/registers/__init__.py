"""Snapshots of official registers, kept in SQLite: what they say of a clinic becomes statements and questions.

    >>> import datetime as dt, tempfile
    >>> from pathlib import Path
    >>> from clinic_vetting import Clinic
    >>> from clinic_vetting.registers import Registers, enrich
    >>> with tempfile.TemporaryDirectory() as folder, Registers.open(Path(folder, "r.db"), create=True) as registers:
    ...     enrich(Clinic(id="harbour"), registers, as_of=dt.date(2026, 11, 21)).id
    'harbour'

A number that is found is a statement, dated by the snapshot. A name that is found is a possible match: a question.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["Entry", "RegisterKind", "Registers", "Row", "Snapshot", "enrich"]

if TYPE_CHECKING:
    from clinic_vetting.registers.enriching import enrich
    from clinic_vetting.registers.register import RegisterKind
    from clinic_vetting.registers.rows import Entry, Row, Snapshot
    from clinic_vetting.registers.store import Registers
else:
    _ROOMS = {"enrich": "enriching", "RegisterKind": "register", "Registers": "store"}

    def __getattr__(name: str) -> object:
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'rows')}"), name)
