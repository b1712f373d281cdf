"""Whether a recall or an alert is about a product that is on record: surely only by its name and its lot.

The same lot text occurs with many firms, and a brand has lots that nobody recalls. Short of both it is a doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import codes_of
from clinic_vetting.evidence import Answer, Kind, Less
from clinic_vetting.plain_words import names, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic, Notice, Product
    from clinic_vetting.measures.saying import Says

_LOT: Final = frozenset(["lot", "lots", "batch", "batches", "lote", "lotes", "partida", "partidas", "lotto", "lotti"])
_EVERY: Final = (("all", "lots"), ("all", "batches"), ("todos", "los", "lotes"), ("tous", "les", "lots"))
_EXCEPT: Final = frozenset(
    {
        "except", "excepting", "excluding", "excludes", "excluded", "other", "than", "not", "but", "without",
        "unaffected", "before", "after", "until", "prior", "excepto", "salvo", "menos", "sin", "sauf", "hors",
    }
)  # fmt: skip
_RANGE: Final = re.compile(r"\d\w*\s*(?:[-\u2013\u2014]|\bto\b|\bthrough\b|\bthru\b)\s*\w*\d", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SHORTEST: Final = 4
_LONGEST: Final = 5


def concerns(notice: Notice, clinic: Clinic) -> Says | None:
    """Say what a recall or an alert means for the clinic.

    `no` where it names a product on record and its lot, or all of its lots, and somebody else than the clinic has seen
    the product; nothing where somebody else has seen every product, and it is about none of them; else a doubt.
    """
    if notice.about is None or not clinic.products:
        return Less.DOUBT
    found = {_about(notice.about, each) for each in clinic.products}
    return Answer.NO if Answer.NO in found else Less.DOUBT if Less.DOUBT in found else None


def _about(text: str, product: Product) -> Says | None:
    seen = product.source is not None and product.source.kind is not Kind.CLAIM
    identities = list(_identities(product))
    named, lot = any(names(words(text), each) for each in identities), _lot_named(text, product.lot_in_use)
    if identities and not named:
        return None if seen else Less.DOUBT
    if lot is False:
        return None if seen else Less.DOUBT
    return Answer.NO if lot and named and seen else Less.DOUBT


def _identities(product: Product) -> Iterator[tuple[str, ...]]:
    """Give what a notice may name a product by: its name, that without strength and size behind, and its codes."""
    if name := words(product.name or ""):
        yield name
        digits = [place for place, each in enumerate(name) if any(map(str.isdigit, each))]
        if digits and digits[0]:
            yield name[: digits[0]]
    codes = (each.di if hasattr(each, "di") else each.gtin for each in codes_of(product))
    yield from (words(each) for each in (product.ndc, *codes) if each)


def _lot_named(text: str, lot: str | None) -> bool | None:
    """Say whether a text names a lot; `None` where nobody can tell."""
    wanted, before = "".join(words(lot or "")), ""
    if not wanted:
        return None
    for clause in text.split(":"):
        before = f"{before} {clause}"
        said = words(clause)
        held = True if any(said[-len(each) :] == each for each in _EVERY) else _holds(said, wanted)
        if held is not False:
            return held if held and not _EXCEPT & set(words(before)) else None
    said = words(text)
    unsure = _EXCEPT & set(said) or _RANGE.search(text) or any(names(said, each) for each in _EVERY)
    return False if _LOT & set(said) and not unsure else None


def _holds(said: tuple[str, ...], wanted: str) -> bool | None:
    """Say whether words hold a lot, written together or apart; `None` where they hold what may be another number."""
    found: bool | None = False
    for first in range(len(said)):
        runs = ("".join(said[first:last]) for last in range(first + 1, min(first + _LONGEST, len(said)) + 1))
        if wanted in runs:
            if (first and said[first - 1] in _LOT) or (len(wanted) >= _SHORTEST and not _YEAR.fullmatch(wanted)):
                return True
            found = None
    return found
