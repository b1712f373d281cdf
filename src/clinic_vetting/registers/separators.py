"""The separator of a table, where another than the one that was said would show the columns."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Final

import attrs

from clinic_vetting.errors import InputError
from clinic_vetting.places import is_file
from clinic_vetting.registers.intake import open_intake
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

SEPARATORS: Final = ",;\t|"
"""What may stand between the columns of a table."""


@contextlib.contextmanager
def suggesting_separator(path: str, layout: Layout) -> Iterator[None]:
    """Say which separator to write into the map, where a table is refused that has all columns with another.

    Raises:
        InputError: The table was refused.
    """
    try:
        yield
    except InputError as error:
        fitting = _fitting(path, layout) if is_file(path) else None
        if not fitting:
            raise
        hint = told("fault.listings.separator", separator=json.dumps(fitting))
        raise InputError([attrs.evolve(each, hint=hint) for each in error.faults]) from None


def _fitting(path: str, layout: Layout) -> str | None:
    try:
        with contextlib.closing(open_intake(path)) as intake:
            return Table(intake, [layout], SEPARATORS).separator
    except InputError:
        return None
