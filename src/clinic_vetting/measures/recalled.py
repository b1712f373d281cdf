"""Whether a recall or an alert is about a product that is on record: surely only by its name and its lot.

The same lot text occurs with many firms, and a brand has lots that nobody recalls. Short of both it is a doubt; and
so it is where the notice says more up to the lot than what is recalled, such as another product or an exchange.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from clinic_vetting.clinic import codes_of
from clinic_vetting.evidence import Answer, Kind, Less
from clinic_vetting.plain_words import names
from clinic_vetting.plain_words import words_of_any_script as words

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
_FORMS: Final = frozenset(
    {
        "for", "injection", "injectable", "vial", "vials", "unit", "units", "u", "iu", "mg", "ml", "powder", "solution",
        "syringe", "syringes", "gel", "prefilled",
    }
)  # fmt: skip
_PLAIN: Final = _LOT | _FORMS | frozenset(
    {
        "a", "an", "the", "of", "and", "or", "to", "through", "thru", "by", "only", "all", "following", "this", "these",
        "is", "are", "was", "were", "has", "have", "been", "number", "numbers", "nos", "nr", "code", "codes", "exp",
        "expiry", "ndc", "gtin", "udi", "di", "recall", "recalls", "recalled", "recalling", "alert", "notice", "urgent",
        "warning", "safety", "voluntary", "nationwide", "class", "medicine", "medicines", "medical", "device", "drug",
        "product", "products", "counterfeit", "fake", "falsified", "suspected", "unapproved", "affected", "affecting",
        "retirada", "alerta", "producto", "falsificado", "de", "del", "el", "la", "los", "las", "y", "todos",
        "rappel", "alerte", "produit", "du", "des", "le", "les", "et", "tous",
    }
)  # fmt: skip
"""Words beside a product and its lot that tell of no other product, and of nothing but a recall."""
_NUMBER: Final = re.compile(r"\d+[a-z]{0,2}|(?=[a-z]*\d)\w{4,}")
"""A strength, a size, a day or another lot; a shorter word with a digit may be a product, such as B12."""
_TAKEN_BACK: Final = re.compile(
    r"\b(?:except\w*|exclud\w*|unaffected|instead|exchang\w*|replac\w*|retracted|rescinded|revoked|cancell?ed|lifted"
    r"|cleared|genuine|authentic|(?:is|are|was|were) safe|other than|(?:control|reference|bulk) (?:lot|batch)"
    r"|(?:no|not|never|isnt|arent|wasnt|werent) (?:\w+ ){0,2}(?:affected|recall|recalled|included|concerned|involved"
    r"|subject|counterfeit|fake))\b"
)
"""How a notice may say behind a lot that it is not recalled."""
_SIGN: Final = re.compile(
    rf"\b({'|'.join(sorted(_LOT))})\b(?:\s+(?:no|nos|nr|numbers?)\b)?\s*[.:#]*(?=\s*\w*\d)", re.IGNORECASE
)
"""A word for lot, and the signs between it and the lot."""
_END: Final = re.compile(r"[:;!?]|\.(?:\s|$)|\bdue to\b|\bbecause\b", re.IGNORECASE)
"""Where a part of a notice ends."""
_RANGE: Final = re.compile(r"\d\w*\s*(?:[-\u2013\u2014]|\bto\b|\bthrough\b|\bthru\b)\s*\w*\d", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SHORTEST: Final = 4
_LONGEST: Final = 5


@frozen
class _Lot:
    """Where a notice names a lot.

    Attributes:
        before: The words before it.
        after: Those after it until its part of the notice ends.
        behind: All others.
        every: Whether it is one of all lots.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    behind: tuple[str, ...]
    every: bool


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
    lot, found = _lot_named(text, product.lot_in_use), None if seen else Less.DOUBT
    if not _is_named(text, product):
        if not any(_identities(product)):
            return found if lot is False else Less.DOUBT
        return Less.DOUBT if isinstance(lot, _Lot) and _may_be_named(text, product) else found
    if lot is False:
        return found
    return Answer.NO if seen and lot and _tells_only(lot, text, product) else Less.DOUBT


def _is_named(text: str, product: Product) -> bool:
    return _begins(text, product) or any(names(words(text), each) for each in _identities(product))


def _begins(text: str, product: Product) -> bool:
    """Say whether a text begins with a product's name that has no words, such as `***`, as registers' notices do."""
    name = (product.name or "").strip()
    return bool(name) and not words(name) and text.startswith(f"{name},")


def _may_be_named(text: str, product: Product) -> bool:
    """Say whether a text has a word of a product's name, or its name within words of a script without blanks."""
    name = words(product.name or "")
    telling = {each for each in name if each not in _PLAIN and not _NUMBER.fullmatch(each)}
    within = any(not each.isascii() and each in said for each in telling for said in words(text))
    return within or not telling.isdisjoint(words(text))


def _tells_only(lot: _Lot, text: str, product: Product) -> bool:
    """Say whether a notice tells of the product before the lot, of nothing else with it, and takes nothing back."""
    identities = list(_identities(product))
    own = {*chain(*identities), *words(product.maker or "")}
    named = _begins(text, product) or any(names(lot.before, each) for each in identities)
    plain = all(each in own or each in _PLAIN or _NUMBER.fullmatch(each) for each in (*lot.before, *lot.after))
    unsure = lot.every and not (_LOT | _EXCEPT).isdisjoint(lot.behind)
    return named and plain and not unsure and not _TAKEN_BACK.search(" ".join(lot.behind))


def _identities(product: Product) -> Iterator[tuple[str, ...]]:
    """Give what a notice may name a product by: its name, that without strength and size behind, and its codes."""
    if name := words(product.name or ""):
        yield name
        digits = [place for place, each in enumerate(name) if any(map(str.isdigit, each))]
        if digits and digits[0]:
            yield name[: digits[0]]
    codes = (each.di if hasattr(each, "di") else each.gtin for each in codes_of(product))
    yield from (words(each) for each in (product.ndc, *codes) if each)


def _lot_named(text: str, lot: str | None) -> _Lot | Literal[False] | None:
    """Find where a text names a lot; `False` where it tells of others only, `None` where nobody can tell."""
    wanted = "".join(words(lot or ""))
    if not wanted:
        return None
    parts = [words(each) for each in _END.split(_SIGN.sub(r"\1 ", text))]
    for number, said in enumerate(parts):
        every = any(said[-len(each) :] == each for each in _EVERY)
        place = (len(said), len(said)) if every else _place(said, wanted)
        if place is None:
            return None
        if place:
            before, behind = (tuple(chain(*each)) for each in (parts[:number], parts[number + 1 :]))
            return _Lot(before + said[: place[0]], said[place[1] :], behind, every)
    said = words(text)
    unsure = _EXCEPT & set(said) or _RANGE.search(text) or any(names(said, each) for each in _EVERY)
    return False if _LOT & set(said) and not unsure else None


def _place(said: tuple[str, ...], wanted: str) -> tuple[int, int] | Literal[False] | None:
    """Find a lot among words, written together or apart; `None` where they hold what may be another number."""
    found: Literal[False] | None = False
    for first in range(len(said)):
        for last in range(first + 1, min(first + _LONGEST, len(said)) + 1):
            if "".join(said[first:last]) == wanted:
                if (first and said[first - 1] in _LOT) or (len(wanted) >= _SHORTEST and not _YEAR.fullmatch(wanted)):
                    return first, last
                found = None
    return found
