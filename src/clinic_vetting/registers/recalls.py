"""Whether a recall is of a pack: a statement only where the lot and the product agree, else a question or nothing.

The same lot text occurs with many firms. It counts where the pack's NDC or device identifier is one of the recall's,
or where both its maker and its brand are; with one of the two it is only a possible match, and with none it is none.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from clinic_vetting import ndc
from clinic_vetting.plain_words import words
from clinic_vetting.registers import lots
from clinic_vetting.registers.likeness import Likeness, likeness
from clinic_vetting.registers.lot import plain
from clinic_vetting.registers.lots import Cover
from clinic_vetting.registers.names import firm
from clinic_vetting.registers.recall_text import makes_exception, numbered_parts, sets_lots_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.registers.packs import Pack

_FORMS: Final = frozenset(
    {
        "ampoule", "ampoules", "ampule", "dose", "for", "gel", "implant", "injectable", "injection", "intradermal",
        "intramuscular", "iu", "kit", "lyophilized", "mg", "ml", "multi", "multiple", "powder", "prefilled", "pre",
        "filled", "single", "solution", "sterile", "subcutaneous", "suspension", "syringe", "syringes", "u", "unit",
        "units", "use", "vacuum", "dried", "vial", "vials", "with", "lidocaine",
    }
)  # fmt: skip
"""Words that say in what form a product comes."""
_FIRST: Final = re.compile(r"\s*(?:\w{1,2}\)\s)?((?:[^,;:()\n.]|\.(?!\s))*)")
"""What a product is called, up to the first pause."""
_HARMLESS: Final = re.compile(
    r"\bnot made with (?:natural rubber |dry natural )*latex|\bnon[- ]?(?:sterile|pyrogenic)"
    r"|\bwithout (?:preservatives?|needles?)",
    re.IGNORECASE,
)
"""What sounds like an exception and is none."""


class Match(IntEnum):
    """How surely a recall is of a pack."""

    NONE = 0
    POSSIBLE = 1
    SURE = 2


@frozen
class Recall:
    """What a recall says of products.

    Attributes:
        firm: Who recalls.
        product: Which product, in the recall's words.
        codes: Its lots and other codes, in the recall's words.
        ndcs: NDCs of eleven digits, or nine without the package.
        devices: GTINs of devices.
    """

    firm: str
    product: str
    codes: str
    ndcs: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()


def match(recall: Recall, pack: Pack) -> Match:
    """Say whether a recall is of a pack; one whose words make an exception for lots is only ever a possible match."""
    unsure = makes_exception(recall.codes) or sets_lots_apart(recall.product)
    return min(_match_parts(recall, pack), Match.POSSIBLE if unsure else Match.SURE)


def _match_parts(recall: Recall, pack: Pack) -> Match:
    """Match a recall of several numbered products each with the codes of its number."""
    products, codes = numbered_parts(recall.product), numbered_parts(recall.codes)
    if not products:
        return _match(recall, pack)
    if set(products) != set(codes):
        return min(_match(recall, pack), Match.POSSIBLE)
    return max(_match(part, pack) for part in _parts(recall, products, codes))


def _parts(recall: Recall, products: dict[str, str], codes: dict[str, str]) -> Iterator[Recall]:
    """Give each numbered product as a recall; NDCs that a part cites are its own, else those of all may be."""
    for key, product in products.items():
        own = frozenset(ndc.cited(product))
        yield evolve(recall, product=product, codes=codes[key], ndcs=own or recall.ndcs)


def _match(recall: Recall, pack: Pack) -> Match:
    cover, by_number = lots.read(recall.codes).covers(pack.lot), _same_number(recall, pack)
    if cover is Cover.NO or by_number is False:
        return Match.NONE
    firm, brand = _same_firm(recall, pack), _same_brand(recall, pack)
    agreed = by_number or (firm and brand)
    if cover is Cover.YES and pack.lot and plain(pack.lot):
        sure = by_number or (agreed and _is_the_brand(recall, pack))
        return Match.SURE if sure else Match(bool(firm or brand))
    return Match(bool(agreed or (brand and not pack.maker)))


def _same_number(recall: Recall, pack: Pack) -> bool | None:
    """Say whether the numbers are of one product; nothing where the two have no kind of number in common."""
    if pack.devices & recall.devices:
        return True
    if pack.ndcs and recall.ndcs:
        return bool({each[:9] for each in pack.ndcs} & {each[:9] for each in recall.ndcs})
    return False if pack.devices and recall.devices else None


def _same_firm(recall: Recall, pack: Pack) -> bool:
    if not pack.maker or not recall.firm:
        return False
    return likeness(firm(pack.maker), firm(recall.firm)) is Likeness.SAME


def _is_the_brand(recall: Recall, pack: Pack) -> bool:
    """Say whether the recall is of what bears the brand, and not of something beside it, such as a box for it.

    Its words begin with the brand, and up to the first pause only say in what form it comes; and nothing is left out.
    """
    brand, first = words(pack.name or ""), words(_FIRST.match(recall.product)[1])  # type: ignore[index]
    formal = all(each in _FORMS or not each.isalpha() for each in first[len(brand) :])
    return first[: len(brand)] == brand and formal and not makes_exception(_HARMLESS.sub(" ", recall.product))


def _same_brand(recall: Recall, pack: Pack) -> bool:
    """Say whether the recall's words name the brand, as whole words in their order."""
    brand = f" {' '.join(words(pack.name or ''))} "
    return bool(brand.strip()) and brand in f" {' '.join(words(recall.product))} "
