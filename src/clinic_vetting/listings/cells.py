"""One cell of a table as the text that a dossier would have."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import shapes
from clinic_vetting.errors import shown
from clinic_vetting.listings.listing_map import ListingMap, Mark, Rules, key
from clinic_vetting.listings.template import fits
from clinic_vetting.registers import days
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_vetting.listings.template import Cell

_BETWEEN: Final = re.compile(r"[,;|\n]")
_GROUPED: Final = {
    Mark.POINT: re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"),
    Mark.COMMA: re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?"),
}
_PLAIN: Final = re.compile(r"\w[\w ./-]*")
_MOST_PASTED: Final = 60
_NO_RULES: Final = Rules()
NEVER_COMPUTED: Final = "#NOT COMPUTED"
"""What stands for a formula whose value the file does not hold."""
_ERRORS: Final = frozenset(
    {NEVER_COMPUTED, "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


class UnfitError(Exception):
    """A cell holds something else than its field: what was expected, what came, and what to do."""

    def __init__(self, expected: str, got: str, hint: str) -> None:
        super().__init__(expected, got, hint)
        self.expected, self.got, self.hint = expected, got, hint


def value_of(written: str, cell: Cell, given: ListingMap) -> str | list[str] | None:
    """Give what a cell says, as a dossier writes it; `None` where it is as good as blank.

    Raises:
        UnfitError: It is no word, date or number that fits.
    """
    rules, text = given.columns.get(cell.column, _NO_RULES), written.strip()
    if not text or key(text) in map(key, (*given.blank, *rules.blank)):
        return None
    if text in _ERRORS:
        raise UnfitError(told("fault.a_value"), shown(text), told("fault.listings.mend_formula"))
    if isinstance(cell.shape, shapes.Many):
        items = text.split(rules.split) if rules.split else _BETWEEN.split(text)
        return [_named(each.strip(), given, rules) for each in items if each.strip()] or None
    own = meant(text, rules.words)
    return own if own is not None else _said(text, cell, given, rules)


def _named(item: str, given: ListingMap, rules: Rules) -> str:
    """Give an item of a list its name in the dossier."""
    return meant(item, rules.words) or meant(item, given.names) or item


def _said(text: str, cell: Cell, given: ListingMap, rules: Rules) -> str | None:
    match cell.shape:
        case shapes.Choice() | shapes.Flag():
            return _word(text, cell, given)
        case shapes.Day():
            return _day(text, rules.dates or given.dates)
        case shapes.Whole() | shapes.Number():
            return _number(text, cell.shape, given.decimal)
        case _ if cell.place:
            return _place(text, cell, given)
        case _:
            return _named(text, given, rules) if cell.item else text


def meant(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Give what a table's word means, where the map explains it."""
    wanted = key(text)
    return next((meaning for meaning, several in words.items() if wanted in map(key, several)), None)


def _word(text: str, cell: Cell, given: ListingMap) -> str:
    """Find a word of the dossier; its own words need no explanation."""
    word = meant(text, {each: given.words[each] for each in cell.choices() if each in given.words})
    word = word or key(text).replace(" ", "_")
    if not fits(cell.shape, word):
        expected = told("fault.listings.or_explained", expected=cell.shape.expected)
        raise UnfitError(expected, shown(text), _explain(cell.shape.expected, text))
    return word


def _place(text: str, cell: Cell, given: ListingMap) -> str:
    """Find the code of a country or region."""
    code = meant(text, {each: words for each, words in given.words.items() if fits(cell.shape, each)}) or text
    if not fits(cell.shape, code):
        raise UnfitError(cell.shape.expected, shown(text), _explain(told(cell.place), text))
    return code


def _explain(choices: str, text: str) -> str:
    """Say what to do about a word that nothing explains; what it means is for the map's writer to choose."""
    if len(text) > _MOST_PASTED:
        return told("fault.listings.mend_cell")
    return told("fault.listings.explain", choices=choices, word=pasted(text))


def pasted(text: str) -> str:
    """Write a text as it can be pasted into a map."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _day(text: str, order: str | None) -> str | None:
    """Read a date; where nobody said what `03/04/2026` means, it is no date."""
    try:
        found = days.day(text, order or "iso")
    except ValueError:
        expected = days.expected(order) if order else told("fault.shapes.day")
        hint = told("fault.listings.mend_cell" if order else "fault.listings.say_dates")
        raise UnfitError(expected, shown(text), hint) from None
    return found.isoformat() if found else None


def _number(text: str, shape: Any, mark: Mark) -> str:
    """Read a number with its groups of thousands, if it has them."""
    group, point = (",", ".") if mark is Mark.POINT else (".", ",")
    plain = text.replace(group, "") if _GROUPED[mark].fullmatch(text) else text
    plain = plain.replace(point, ".") if group not in plain else plain
    if not fits(shape, plain):
        hint = "fault.listings.say_decimal" if "," in text and mark is Mark.POINT else "fault.listings.mend_cell"
        raise UnfitError(shape.expected, shown(text), told(hint))
    return plain
