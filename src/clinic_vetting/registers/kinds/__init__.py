"""The kinds of registers: one module each, which holds a `KIND`; a new module here is a new kind.

A kind gives two functions. `read(intake)` turns a file into `Row`s: for a table through `tabular.Table`, for anything
else from `intake.data` (bytes, unpacked) or `records.records` (JSON), with `rows.fact`. It yields a `Fault` in the
place of a row that cannot be read, and goes on. `look(clinic, register)` gives the clinic with what
`register.by_number` and `register.by_name` have found, added by `asking.with_more`: records whose source is
`register.source(entry)`, and `asking.possible` for what a name found.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from clinic_vetting.errors import RegisterError
from clinic_vetting.hints import did_you_mean
from clinic_vetting.registers.register import RegisterKind
from clinic_vetting.words import told


@cache
def names() -> tuple[str, ...]:
    """List the kinds, sorted."""
    return tuple(sorted(each.name.replace("_", "-") for each in pkgutil.iter_modules(__path__)))


@cache
def find(name: str) -> RegisterKind:
    """Find a kind.

    Raises:
        RegisterError: There is none of that name.
    """
    if name not in names():
        hint = did_you_mean(name, names()) or told("fault.one_of", words=", ".join(names()))
        raise RegisterError(told("fault.registers.no_kind", name=name, hint=hint))
    kind: RegisterKind = import_module(f"{__name__}.{name.replace('-', '_')}").KIND
    return kind
