"""What the measures of products say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import ProductKind
from clinic_vetting.evidence import Answer
from clinic_vetting.measures.saying import in_date

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic, Product
    from clinic_vetting.looking import Row
    from clinic_vetting.worth import Leaf

_YES: Final = Answer.YES
_PARTLY: Final = Answer.PARTLY
_NO: Final = Answer.NO
COSMETIC: Final = ProductKind.COSMETIC


def authorised_products(row: Row, products: tuple[Product, ...], clinic: Clinic) -> Leaf | None:
    """Look up each product's authorisations."""
    worst: Leaf | None = None
    for product in products:
        given, country = product.authorisation, clinic.country
        if len(given) == 1 and (given[0].country is None or country is None):
            source = given[0].source
            leaf = row.days[source.standing][row.place][given[0].status]
        else:
            here = (each for each in given if each.country in (None, country) or country is None)
            leaf = row.several([(each.source, each.status) for each in here])
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def injectable_products(row: Row, products: tuple[Product, ...], _: Clinic) -> Leaf | None:
    """Look up the cosmetics."""
    for product in products:
        if product.kind is COSMETIC:
            return row.several([(each.source, _NO) for each in products if each.kind is COSMETIC and each.source])
    return row.unsaid


def authorised_suppliers(row: Row, products: tuple[Product, ...], _: Clinic) -> Leaf | None:
    """Look up each product's supplier."""
    worst: Leaf | None = None
    for product in products:
        supplier = product.supplier
        if supplier is None:
            leaf = row.unsaid
        else:
            source = supplier.source
            leaf = row.days[source.standing][row.place][supplier.authorised]
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def recorded_lots(row: Row, products: tuple[Product, ...], _: Clinic) -> Leaf | None:
    """Look up each product's lot and last day."""
    as_of, worst = row.as_of, None
    for product in products:
        lot, day, source = product.lot, product.expires, product.source
        if product.gs1 or product.udi:
            lot, day = product.lot_in_use, product.last_day
        if source is None or (lot is None and day is None):
            leaf = row.unsaid
        elif day is None or as_of <= day:
            leaf = row.days[source.standing][row.place][_YES if lot and day else _PARTLY]
        else:
            leaf = row.days[source.standing][row.place][in_date(_YES if lot else _PARTLY, day, source, as_of)]
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def sealed_products(row: Row, products: tuple[Product, ...], _: Clinic) -> Leaf | None:
    """Look up what is said of each product's packs."""
    worst: Leaf | None = None
    for product in products:
        said = product.sealed
        leaf = row.direct(said) if said else row.unsaid
        if leaf is None:
            return None
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid
