"""The map of a table of listings: a dossier with `=Column` in the place of cells, and what the table's words mean."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting import document, dossier, fields, shapes
from clinic_vetting.document import Document, Node
from clinic_vetting.errors import InputError, join, shown
from clinic_vetting.listings.template import Cell, cells, compiled, dossier_shape, fits, sampled
from clinic_vetting.reading import Reading
from clinic_vetting.registers.column_map import Order
from clinic_vetting.words import told

VERSION: Final = 1
"""The version of the map's form that this library reads."""
_OWN: Final = ("listing_map", "dossier")
_WORDS: Final = shapes.Table(shapes.Many(shapes.Text(200), single=True, most=200))


class Mark(StrEnum):
    """What parts the whole of a number from its fraction."""

    POINT = "point"
    COMMA = "comma"


@frozen(kw_only=True)
class Rules:
    """What holds for one column alone.

    Attributes:
        words: The dossier's word for words of this column, instead of the map's; text fields take them too.
        blank: What is as good as an empty cell here, besides what the map says.
        dates: What `03/04/2026` means here.
        split: What parts the items of a list, instead of `,`, `;`, `|` and new lines.
    """

    words: dict[str, tuple[str, ...]] = attrs.field(factory=dict, **fields.shaped(_WORDS))
    blank: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(200), single=True, most=200))
    dates: Order | None = attrs.field(default=None, **fields.choice(Order))
    split: str | None = attrs.field(default=None, **fields.text(10))


@frozen(kw_only=True)
class ListingMap:
    """How a table of listings is read.

    Attributes:
        dates: What `03/04/2026` means; without it only ISO dates are read.
        decimal: What parts the whole of a number from its fraction.
        separator: Between the columns of a CSV file; where it is not given, the first of , ; tab and | with which the
            header has the map's columns.
        sheet: The name of a spreadsheet's sheet; the first where it is not given.
        words: The dossier's word for words of the table, in answers, statuses and the like, where any other word is a
            fault; in countries and regions; and in lists, such as treatments.
        blank: What is as good as an empty cell: nobody knows.
        columns: What holds for one column alone, by its header.
        dossier: The template: plain mappings, lists, texts and `Cell`s.
        names: Those of the words that hold in lists: their meaning is no word of which an answer or status is one.
    """

    dates: Order | None = attrs.field(default=None, **fields.choice(Order))
    decimal: Mark = attrs.field(default=Mark.POINT, **fields.choice(Mark))
    separator: str | None = attrs.field(default=None, **fields.shaped(shapes.Text(1, r"[,;|\t]", "separator")))
    sheet: str | None = attrs.field(default=None, **fields.text(100))
    words: dict[str, tuple[str, ...]] = attrs.field(factory=dict, **fields.shaped(_WORDS))
    blank: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(200), single=True, most=200))
    columns: dict[str, Rules] = attrs.field(factory=dict, **fields.shaped(shapes.Table(shapes.Record(Rules))))
    dossier: Any = None
    names: dict[str, tuple[str, ...]] = attrs.field(factory=dict)

    def headers(self) -> list[str]:
        """List the columns that the template names, each once, in its order."""
        return list(dict.fromkeys(each.column for each in cells(self.dossier)))


def read_listing_map(path: str | Path) -> ListingMap:
    """Read a map of listings from a YAML or JSON file.

    Raises:
        InputError: With every fault of the map, those of its dossier included.
    """
    source = document.read_document(path)
    reading = Reading(source.name, list(source.faults))
    root = source.root
    if not isinstance(root.value, dict):
        reading.refuse(root, "", told("fault.listings.map"))
    reading.check_version(root, "listing_map", VERSION)
    found: Any = shapes.Record(ListingMap, besides=_OWN).read(root, "", reading)
    template = root.value.get("dossier", Node(None, root.line))
    if not isinstance(template.value, dict):
        reading.refuse(template, "dossier", told("fault.listings.template"))
    _try_out(template, reading)
    reading.finish()
    made: ListingMap = attrs.evolve(found, dossier=compiled(template, dossier_shape()))
    chosen = _choices(made)
    made = attrs.evolve(made, names={each: words for each, words in made.words.items() if each not in chosen})
    _check(made, root, reading)
    reading.finish()
    return made


def _try_out(template: Node, reading: Reading) -> None:
    """Read the template with a sample in each cell, so that only its own faults remain."""
    assert isinstance(template.value, dict)  # noqa: S101 - the caller looked
    sources = template.value.get("sources")
    first = next(iter(sources.value), "") if sources and isinstance(sources.value, dict) else ""
    tried = sampled(template, dossier_shape(), "", first)
    assert isinstance(tried.value, dict)  # noqa: S101 - a mapping stays one
    tried.value.setdefault("dossier", Node(str(dossier.VERSION), template.line))
    try:
        dossier.read_clinic(Document(reading.file, tried))
    except InputError as error:
        reading.faults += [attrs.evolve(each, path=f"dossier.{each.path}") for each in error.faults]


def _check(made: ListingMap, root: Node, reading: Reading) -> None:
    """Note columns that nothing uses, and words that mean two things or nothing."""
    headers = made.headers()
    if not headers:
        reading.fault(root, "dossier", told("fault.listings.a_column"), told("fault.none"))
    for path, words in _tables_of_words(made):
        node = Node(None, shapes.line_of(root, path))
        for word in _repeated(words):
            reading.fault(node, path, told("fault.listings.one_meaning"), shown(word))
    for name in made.columns:
        if name not in headers:
            node = Node(None, shapes.line_of(root, f"columns.{name}"))
            expected, hint = told("fault.listings.named_column", name=name), reading.hint(name, headers)
            reading.fault(node, f"columns.{name}", expected, told("fault.none"), hint)
    _check_meanings(made, root, reading)


def _check_meanings(made: ListingMap, root: Node, reading: Reading) -> None:
    """Note a meaning that no column can hold: what it explains would be read as if nothing were said."""
    known, several = _choices(made), list(cells(made.dossier))
    for path, words in _tables_of_words(made):
        own = path.removeprefix("columns.").removesuffix(".words") if path != "words" else None
        asked = [each for each in several if own in (None, each.column)]
        for meaning in words:
            if asked and not any(_holds(each, meaning, known, everywhere=own is None) for each in asked):
                here = join(path, meaning)
                hint = reading.hint(meaning, known) or ("" if own else told("fault.listings.alone"))
                node = Node(None, shapes.line_of(root, here))
                reading.fault(node, here, told("fault.listings.held_word"), shown(meaning), hint)


def _holds(cell: Cell, meaning: str, known: list[str], *, everywhere: bool) -> bool:
    if cell.choices():
        return meaning in cell.choices()
    if cell.place:
        return fits(cell.shape, meaning)
    return meaning not in known if cell.lists else not everywhere


def _choices(made: ListingMap) -> list[str]:
    """List the words that answers, statuses and the like of this map may be."""
    return list(dict.fromkeys(word for each in cells(made.dossier) for word in each.choices()))


def _tables_of_words(made: ListingMap) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    yield "words", made.words
    for name, rules in made.columns.items():
        yield f"columns.{name}.words", rules.words


def _repeated(words: dict[str, tuple[str, ...]]) -> list[str]:
    meanings: dict[str, set[str]] = {}
    for meaning, several in words.items():
        for each in several:
            meanings.setdefault(key(each), set()).add(meaning)
    return [word for word, found in meanings.items() if len(found) > 1]


def key(word: str) -> str:
    """Compare words without case and with single spaces."""
    return " ".join(word.casefold().split())
