"""What is known of a product on record, as registers of products are compared with it, and how they ask about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import ndc, udi
from clinic_vetting.clinic import codes_of
from clinic_vetting.registers.asking import possible
from clinic_vetting.words import recorded

if TYPE_CHECKING:
    from clinic_vetting.clinic import PossibleMatch, Product
    from clinic_vetting.registers.register import Register
    from clinic_vetting.registers.rows import Entry


@frozen
class Pack:
    """A product on record.

    Attributes:
        name, maker, lot: As the record has them.
        ndcs: Every NDC of eleven digits that its NDC or GTIN can mean; of a product code, nine.
        devices: Its GTINs and other device identifiers.
    """

    name: str | None
    maker: str | None
    lot: str | None
    ndcs: frozenset[str]
    devices: frozenset[str]


def pack_of(product: Product) -> Pack:
    """Gather it from a product's record and codes."""
    found = codes_of(product)
    gtins = {each.di if isinstance(each, udi.Udi) else each.gtin for each in found} - {None}
    devices = frozenset(each for each in gtins if each)
    ndcs = {
        *(ndc.elevens(product.ndc) if product.ndc else ()),
        *(code for each in devices for code in ndc.of_gtin(each)),
    }
    return Pack(product.name, product.maker, product.lot_in_use, frozenset(ndcs), devices)


def asked(register: Register, entry: Entry, product: Product, named: tuple[str, str], ask: str) -> PossibleMatch:
    """Make a question of a row that may be of a product; `named` is the row's name and what it says."""
    return possible(register, entry, recorded(product), named, ask)
