"""Rows that are no clinic's: the totals and means that a spreadsheet ends with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from clinic_vetting.errors import Fault, shown
from clinic_vetting.listings.cells import meant, pasted
from clinic_vetting.listings.listing_map import key
from clinic_vetting.listings.template import Cell
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.listings.listing_map import ListingMap
    from clinic_vetting.listings.tables import Row

_MOST: Final = 60
_BETWEEN_WORDS: Final = re.compile(r"[^\w-]|(?<!\w)-|-(?!\w)")
_WORD: Final = (
    r"(?:(?:grand |gran |suma )?totale?s?|total general|sub-?totale?s?|sums?|sumas?|averages?|avg|mean|medias?"
    r"|promedios?|counts?|recuento|gesamt|summe|durchschnitt|mittelwert|somme|moyenne)"
)
_COUNT: Final = r"\d+(?: \d+)*"
_SEVERAL: Final = r"(?:clinics|cl[ií]nicas|listings|rows|filas|entries|centres|centers|centros|kliniken|cliniques)"
_ALL: Final = rf"(?:(?:of|for|de) )?(?:all|todas|todos|overall)(?: the| las| los)?(?: {_COUNT})?(?: {_SEVERAL})?"
_COUNTED: Final = rf"(?:(?:of|de) )?(?:the |las |los )?{_COUNT}(?: {_SEVERAL})?"
_NAMED: Final = rf"(?:of|de) (?:the |las |los )?{_SEVERAL}(?: {_COUNT})?"
_TOTAL: Final = re.compile(rf"{_WORD}(?: (?:{_ALL}|{_COUNTED}|{_NAMED}))?")
"""A word for a total, alone or with what it is of; `Total Skin Clinic` goes on otherwise."""


def is_total(text: str) -> bool:
    """Say whether a cell says that its row is a total, in English, Spanish, German or French.

    >>> is_total("TOTAL: 10 clínicas"), is_total("Media de todas"), is_total("Total Skin Clinic")
    (True, True, False)
    """
    return len(text) <= _MOST and bool(_TOTAL.fullmatch(key(_BETWEEN_WORDS.sub(" ", text))))


def total_in(row: Row, given: ListingMap, place: Fault) -> Fault | None:
    """Tell of a row whose id or name is a total's; a word that the map explains for that column is a clinic's."""
    for path, column in _columns(given):
        text = row.values[column].strip()
        if is_total(text) and not (column in given.columns and meant(text, given.columns[column].words)):
            word, where = pasted(text), told("fault.listings.column", column=repr(column), path=path)
            return attrs.evolve(
                place,
                path=where,
                expected=told("fault.listings.a_clinic"),
                got=told("fault.listings.a_total", cell=shown(text)),
                hint=told("fault.listings.no_total", column=pasted(column), word=word),
            )
    return None


def _columns(given: ListingMap) -> Iterator[tuple[str, str]]:
    """Give the columns that hold a clinic's id and name, each with its path in the dossier."""
    clinic = given.dossier.get("clinic")
    for name in ("id", "name"):
        cell = clinic.get(name) if isinstance(clinic, dict) else None
        if isinstance(cell, Cell):
            yield f"clinic.{name}", cell.column
