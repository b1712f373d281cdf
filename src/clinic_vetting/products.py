"""What regulators have said by name about products that are injected, and what a pack's own codes contradict.

A name is no product: that a brand is authorised says nothing of the vial that bears it, and that a body has warned of a
name is an alert only where that body's own page says so, in its own country. Everything else is a question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting import gs1, tables
from clinic_vetting.clinic import Clinic, Notice, NoticeKind, Product, codes_of
from clinic_vetting.words import Told, recorded, told

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS: Final = re.compile(r"[®™©℠]|\((?:r|tm|c|sm)\)", re.IGNORECASE)


@frozen
class Said:
    """What one body has said of a name or a kind of product.

    Attributes:
        says: `authorised`, `warned`, `counterfeited` or `not_injectable`.
        by: The body.
        title: Of what it published.
        names: Brand names.
        kind: A kind of product, such as `cosmetic`, instead of names.
        countries: Where it holds (ISO 3166-1); none: anywhere.
        on: Its day or year.
        url: The body's own page.
        but: What else it says, as the catalogue of messages calls it under `product.but`.
    """

    says: str
    by: str
    title: str
    names: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    kind: str | None = None
    countries: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    on: str | None = None
    url: str | None = None
    but: str | None = None

    def __str__(self) -> str:
        return ", ".join(each for each in (self.by, self.title, self.on, self.url) if each)

    def holds_in(self, country: str | None) -> bool:
        """Say whether it is said of a clinic's own country."""
        return not self.countries or country in self.countries


@cache
def said() -> tuple[Said, ...]:
    """Give the shipped table."""
    rows: Any = tables.table("products")
    return tuple(Said(**row) for row in rows)


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Write a brand as names are compared: without case, accents, outer and double blanks, and signs of trade marks.

    >>> plain(" BOTÓX® "), plain("Botox (TM)")
    ('botox', 'botox')
    """
    letters = unicodedata.normalize("NFKD", _MARKS.sub(" ", name).casefold())
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


@lru_cache(maxsize=4096)
def of(name: str | None, kind: str | None) -> tuple[Said, ...]:
    """Give what was said of a brand, or of its kind."""
    called = plain(name or "")
    return tuple(each for each in said() if called in map(plain, each.names) or (kind and each.kind == kind))


def remarks(clinic: Clinic) -> Iterator[Told]:
    """Tell what is known of a clinic's products by name, with its reference, and what their codes contradict."""
    for product in clinic.products:
        for each in of(product.name, product.kind):
            said_of = _sentence(each, product, clinic.country)
            yield told("product.remark_by", product=recorded(product), says=said_of, by=each)
        for contradiction in _contradictions(product):
            yield told("product.remark", product=recorded(product), says=contradiction)


def _sentence(each: Said, product: Product, country: str | None) -> Told:
    form = each.says
    if each.says == "authorised" and country and not each.holds_in(country):
        form = "authorised_elsewhere"
    elif each.says == "authorised" and each.but:
        form = "authorised_but"
    but = told(f"product.but.{each.but}") if each.but else None
    kind = product.kind and told(f"product.kind.{product.kind}")
    values = {"name": product.name, "kind": kind, "by": each.by, "where": ", ".join(each.countries)}
    return told(f"product.{form}", country=country, but=but, **values)


def _contradictions(product: Product) -> Iterator[Told]:
    """Tell where a pack's codes differ from each other or from its record, or cannot exist."""
    found = codes_of(product)
    for each in found:
        number = each.gtin if isinstance(each, gs1.Pack) else each.di
        if number and number.isdecimal() and not gs1.is_gtin(number):
            digit = gs1.check_digit(number[:-1])
            yield told("product.check_digit", number=number, digit=digit)
    lots = {"".join(each.split()).upper(): each for each in (product.lot, *(each.lot for each in found)) if each}
    days = {each for each in (product.expires, *(each.expires for each in found)) if each}
    if len(lots) > 1:
        yield told("product.lots", lots=", ".join(sorted(lots.values())))
    if len(days) > 1:
        yield told("product.expiries", days=", ".join(map(str, sorted(days))))


def alerted(clinic: Clinic) -> Clinic:
    """Add a notice for each product of whose name a body of the clinic's own country has warned on its own page.

    Its source is who saw the product here: how far that is believed is how far the alert concerns the clinic.
    """
    notices = [
        Notice(
            by=each.by, kind=NoticeKind.ALERT, about=f"{product.name}: {each.title} ({each.url})", source=product.source
        )
        for product in clinic.products
        for each in of(product.name, None)
        if each.says == "warned" and each.url and product.source and clinic.country in each.countries
    ]
    new = [each for each in dict.fromkeys(notices) if each not in clinic.notices]
    return attrs.evolve(clinic, notices=(*clinic.notices, *new)) if new else clinic
