"""What a register's file and its snapshot are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from attrs import field, frozen


class Row(NamedTuple):
    """One row of a register's file.

    Attributes:
        place: Its line, or its number among the records of a file without lines; from 1, each once.
        keys: What it is found by: numbers as the kind writes them, and `name_keys.keys` of its names.
        facts: The values of the kind's `fields`, as `fact` gives them; blank where there is none.
    """

    place: int
    keys: tuple[str, ...]
    facts: tuple[str, ...]


Fields: TypeAlias = tuple[int, tuple[str, ...], tuple[str, ...]]
"""A `Row`, or the same as a plain tuple, which is made in half the time."""


def fact(value: object) -> str:
    """Give a value, such as one of JSON, as a fact: text without what separates facts or is no character."""
    return str(value).strip().encode("utf-8", "replace").decode().replace("\x1f", " ").replace("\0", " ")


@frozen
class Entry:
    """A row that was found: its place, and its facts by field."""

    place: int
    facts: Mapping[str, str] = field(hash=False)

    def __getitem__(self, name: str) -> str:
        """Give a fact; blank where there is none."""
        return self.facts[name]


@frozen(kw_only=True)
class Snapshot:
    """A register as it was on one day, in a database.

    Attributes:
        id: In the database.
        register: The kind's name; of a table with a column map, the name that the map gives.
        kind: The kind's name.
        as_of: The day of which it tells.
        file: The file's name, without folders.
        rows: How many rows it has.
        refused: How many rows of the file could not be read.
        complete: Whether it holds the whole register, so that absence from it can say something.
        options: What else was said at the import.
    """

    id: int
    register: str
    kind: str
    as_of: dt.date
    file: str
    rows: int
    refused: int
    complete: bool
    options: Mapping[str, Any] = field(hash=False)
