"""The column map of a table of one's own: which column holds what, and what its words mean."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting import document, fields, shapes
from clinic_vetting.clinic import Action, LicenceStatus
from clinic_vetting.reading import Reading
from clinic_vetting.registers import kinds
from clinic_vetting.words import told

VERSION: Final = 1
"""The version of the map's form that this library reads."""


class Order(StrEnum):
    """What `03/04/2026` means."""

    US = "us"
    UK = "uk"


class About(StrEnum):
    """Whom a table's rows are about."""

    PEOPLE = "people"
    FIRMS = "firms"


def _column() -> Any:
    return attrs.field(default=None, **fields.text(200))


def _several(pattern: str = "") -> Any:
    return attrs.field(factory=tuple, **fields.many(shapes.Text(200, pattern), single=True, most=200))


@frozen(kw_only=True)
class Columns:
    """The header of each column that is there.

    Attributes:
        number: A licence number, by which rows are found.
        name: A person's full name, or a firm's.
        action: A word for what was decided.
        status: A word for how the entry stands.
        decided: From which day a decision is in force.
        ended: From which day it is history.
        expires: The last day on which an entry is in force.
        state: A US state, or another part of a country.
        about: What else the row says.
    """

    number: str | None = _column()
    name: str | None = _column()
    action: str | None = _column()
    status: str | None = _column()
    decided: str | None = _column()
    ended: str | None = _column()
    expires: str | None = _column()
    state: str | None = _column()
    about: str | None = _column()


@frozen(kw_only=True)
class Meaning:
    """What some words of a column mean.

    Attributes:
        words: As the table has them; case and space do not count.
        action: The action that they stand for.
        status: The status that they stand for.
    """

    words: tuple[str, ...] = _several()
    action: Action | None = attrs.field(default=None, **fields.choice(Action))
    status: LicenceStatus | None = attrs.field(default=None, **fields.choice(LicenceStatus))


@frozen(kw_only=True)
class ColumnMap:
    """How a table is read.

    Attributes:
        register: A short name for the register, such as `our-board`; its snapshots are kept under it.
        title: In full, for readers.
        by: The authority that keeps it, as records name it.
        url: Its own address, for a person to look up.
        authorities: Under which names dossiers cite its numbers; `by` is always one.
        about: Whether its names are of people or of firms.
        dates: What `03/04/2026` means.
        separator: Between columns.
        columns: Which column holds what: a number or a name at the least.
        meanings: What the words of `action` and `status` mean; any other word is asked about.
    """

    register: str = attrs.field(**fields.identifier())
    title: str = attrs.field(**fields.text(150))
    by: str = attrs.field(**fields.text(200))
    url: str | None = attrs.field(default=None, **fields.text(2000))
    authorities: tuple[str, ...] = _several()
    about: About = attrs.field(default=About.PEOPLE, **fields.choice(About))
    dates: Order = attrs.field(default=Order.US, **fields.choice(Order))
    separator: str = attrs.field(default=",", **fields.text(1, pattern=r"\S|\t", what="separator"))
    columns: Columns = attrs.field(**fields.one(Columns))
    meanings: tuple[Meaning, ...] = attrs.field(factory=tuple, **fields.many(Meaning, single=True, most=200))

    def meaning(self, written: str) -> Meaning | None:
        """Give what a word means; `None` where the map does not say."""
        return _by_word(self.meanings).get(_plain(written))


@lru_cache(maxsize=16)
def _by_word(meanings: tuple[Meaning, ...]) -> dict[str, Meaning]:
    return {_plain(word): each for each in meanings for word in each.words}


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())


def read_map(path: str | Path) -> dict[str, Any]:
    """Read a column map from a YAML or JSON file; give it as the options of an import.

    Raises:
        InputError: With every fault of the map.
    """
    return options_of(_read(document.read_document(path)))


def options_of(columns: ColumnMap) -> dict[str, Any]:
    """Give a column map as the options of an import."""
    return {"register": columns.register, "map": {"column_map": VERSION, **shapes.plain_fields(columns)}}


def column_map(tree: Any) -> ColumnMap:
    """Read a column map from a plain tree.

    Raises:
        InputError: With every fault of the map.
    """
    return _read(document.tree(tree, "<column map>"))


def _read(source: document.Document) -> ColumnMap:
    reading = Reading(source.name, list(source.faults))
    root = source.root
    if not isinstance(root.value, dict):
        reading.refuse(root, "", told("fault.registers.map.whole"))
    reading.check_version(root, "column_map", VERSION)
    inner = document.Node({key: each for key, each in root.value.items() if key != "column_map"}, root.line)
    found: Any = shapes.Record(ColumnMap).read(inner, "", reading)
    reading.finish()
    made: ColumnMap = found
    if not made.columns.number and not made.columns.name:
        reading.refuse(root, "columns", told("fault.registers.map.found_by"))
    if made.register in kinds.names():
        reading.refuse(root.value["register"], "register", told("fault.registers.map.own_name"))
    if ambiguous := _ambiguous(made.meanings):
        expected = told("fault.registers.map.one_meaning", word=repr(ambiguous))
        reading.refuse(root.value["meanings"], "meanings", expected)
    return made


def _ambiguous(meanings: tuple[Meaning, ...]) -> str:
    """Give a word that stands for two things; blank where none does."""
    by_word = _by_word(meanings)
    said = ((word, each) for each in meanings for word in each.words)
    return next((word for word, each in said if _said(by_word[_plain(word)]) != _said(each)), "")


def _said(meaning: Meaning) -> tuple[Action | None, LicenceStatus | None]:
    return meaning.action, meaning.status
