"""Products, with their authorisation, supplier, lot and last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import attrs
from attrs import frozen

from clinic_vetting import fields, gs1, ndc, shapes, udi
from clinic_vetting.clinic.parts import A_COUNTRY, COUNTRY, Telling, in_words, source_field, status, until
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.words import say, told


class ProductKind(StrEnum):
    """How a product is regulated."""

    MEDICINE = "medicine"
    DEVICE = "device"
    COMPOUNDED = "compounded"
    COSMETIC = "cosmetic"


class AuthorisationStatus(StrEnum):
    """What an authority says of a product."""

    AUTHORISED = "authorised"
    NOT_AUTHORISED = "not_authorised"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@frozen(kw_only=True)
class Authorisation(Telling):
    """What an authority says of a product.

    Attributes:
        authority: Such as `MHRA`.
        number: As written.
        status: Without one, that it is authorised.
        country: Where it holds (ISO 3166-1); of a clinic elsewhere it says nothing.
        source: Who says so.
    """

    authority: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    country: str | None = attrs.field(default=None, **fields.text(2, pattern=COUNTRY, what=A_COUNTRY))
    status: AuthorisationStatus = attrs.field(
        default=AuthorisationStatus.AUTHORISED, **fields.choice(AuthorisationStatus)
    )
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return in_words(self.authority, self.number, status(language, self.status))


@frozen(kw_only=True)
class Supplier(Telling):
    """Where a product was bought; `authorised` says whether the maker or the law lets it sell."""

    name: str | None = attrs.field(default=None, **fields.text(300))
    authorised: bool | None = attrs.field(default=None, **fields.flag())
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return self.name or say(language, "record.no_supplier")


@frozen
class Code(shapes.Text):
    """The shape of a code that a pack bears; `reads` raises a ValueError where it cannot be one: what would be."""

    reads: Callable[[str], object] = gs1.read

    def problem(self, value: Any) -> str:
        """Read it."""
        if problem := super().problem(value):
            return problem
        try:
            self.reads(value)
        except ValueError as error:
            problem = error.args[0]
        return problem


def _ndc(text: str) -> tuple[str, ...]:
    if found := ndc.elevens(text):
        return found
    raise ValueError(told("fault.pack.ndc"))


@frozen(kw_only=True)
class Product(Telling):
    """Something that is injected.

    Attributes:
        name: Brand name.
        maker: Manufacturer.
        treatment: The procedure that it is used for.
        kind: How it is regulated.
        authorisation: What authorities say of it.
        supplier: Where it was bought.
        gs1: The pack's GS1 code, `(01)GTIN(17)YYMMDD(10)LOT` or as a scanner gives it.
        udi: A device's identifier as its label shows it, of GS1, HIBCC or ICCBBA.
        ndc: A US drug's National Drug Code, such as `0002-0800-01`.
        lot: The lot; else read from `gs1` or `udi`.
        expires: The last day on which it may be used; else read from `gs1` or `udi`.
        sealed: Whether packs arrive sealed and labelled.
        source: Who saw the pack.
    """

    name: str | None = attrs.field(default=None, **fields.text(300))
    maker: str | None = attrs.field(default=None, **fields.text(300))
    treatment: str | None = attrs.field(default=None, **fields.text(100))
    kind: ProductKind | None = attrs.field(default=None, **fields.choice(ProductKind))
    authorisation: tuple[Authorisation, ...] = attrs.field(
        factory=tuple, **fields.many(Authorisation, single=True, most=50)
    )
    supplier: Supplier | None = attrs.field(default=None, **fields.one(Supplier))
    gs1: str | None = attrs.field(default=None, **fields.shaped(Code(reads=gs1.read)))
    udi: str | None = attrs.field(default=None, **fields.shaped(Code(reads=udi.read)))
    ndc: str | None = attrs.field(default=None, **fields.shaped(Code(reads=_ndc)))
    lot: str | None = attrs.field(default=None, **fields.text(100))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    sealed: tuple[Statement, ...] = attrs.field(factory=tuple, **fields.shaped(shapes.Said(Statement)))
    source: Source | None = attrs.field(default=None, **fields.shaped(shapes.Reference(Source)))

    @property
    def lot_in_use(self) -> str | None:
        """The lot, from wherever it was given."""
        return self.lot or (_coded(self).lot if self.gs1 or self.udi else None)

    @property
    def last_day(self) -> dt.date | None:
        """The expiry date, from wherever it was given."""
        return self.expires or (_coded(self).expires if self.gs1 or self.udi else None)

    def told(self, language: str) -> str:
        """Say what it holds."""
        lot = say(language, "record.lot", lot=self.lot_in_use) if self.lot_in_use else None
        name = self.name or say(language, "record.no_product")
        return in_words(name, self.maker, lot, until(language, self.last_day))


class _Coded(NamedTuple):
    """What a pack's codes say, the first that says it; and all of them."""

    lot: str | None
    expires: dt.date | None
    codes: tuple[gs1.Pack | udi.Udi, ...]


def codes_of(product: Product) -> tuple[gs1.Pack | udi.Udi, ...]:
    """Give what a pack's codes say; years of two digits are near the year in which it was seen."""
    return _coded(product).codes


def _coded(product: Product) -> _Coded:
    source = product.source
    return _decoded(product.gs1, product.udi, source.seen.year if source and source.seen else gs1.SEEN_IN)


@lru_cache(maxsize=4096)
def _decoded(pack: str | None, device: str | None, year: int) -> _Coded:
    codes = (*((gs1.read(pack, year),) if pack else ()), *((udi.read(device, year),) if device else ()))
    lot = next((each.lot for each in codes if each.lot), None)
    return _Coded(lot, next((each.expires for each in codes if each.expires), None), codes)
