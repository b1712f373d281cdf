"""A clinic with what registers say of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from clinic_vetting.clinic import Clinic
from clinic_vetting.errors import InputError
from clinic_vetting.products import alerted

if TYPE_CHECKING:
    from clinic_vetting.registers.register import Register
    from clinic_vetting.registers.store import Registers


def enrich(clinic: Clinic, registers: Registers, *, as_of: dt.date | None = None) -> Clinic:
    """Give the clinic with what the newest snapshots say of it; nothing that it holds is changed or taken away.

    Twice is as good as once.

    Args:
        clinic: As its dossier has it.
        registers: An open database.
        as_of: Snapshots of later days are left aside.

    Raises:
        RegisterError: The database cannot be read.
    """
    found = registers.newest(as_of)
    clinic = alerted(clinic)
    for each in found:
        clinic = _looked(clinic, each)
    for each in found:
        if each.kind.absent is not None and each.snapshot.complete and each.options.get("whole"):
            clinic = each.kind.absent(clinic, each)
    return clinic


def _looked(clinic: Clinic, register: Register) -> Clinic:
    """Look up in one register; what was read when it was imported and can be read no more, is damaged."""
    try:
        return register.kind.look(clinic, register)
    except (InputError, KeyError, ValueError) as error:
        raise register.damaged() from error
