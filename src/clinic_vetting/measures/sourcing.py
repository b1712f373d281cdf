"""What products' records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.clinic import AuthorisationStatus, ProductKind
from clinic_vetting.combining import every
from clinic_vetting.evidence import Answer
from clinic_vetting.measures.hygiene import in_force
from clinic_vetting.measures.looks import ABOUT_PRODUCTS
from clinic_vetting.measures.recalled import concerns
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import in_date, said

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Clinic, Product
    from clinic_vetting.combining import Part


@register("authorised_products", reads="products")
def authorised_products(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001
    """Ask that every product is authorised."""

    def authorised(product: Product) -> Part:
        return tuple(
            statement
            for each in product.authorisation
            if each.country is None or clinic.country in (None, each.country)
            for statement in said(
                Answer.YES if each.status is AuthorisationStatus.AUTHORISED else Answer.NO, each.source, each
            )
        )

    return every(tuple(authorised(each) for each in clinic.products))


@register("injectable_products", reads="products")
def injectable_products(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001
    """Report each product that is a cosmetic; that a product is none proves nothing."""
    return tuple(
        statement
        for each in clinic.products
        if each.kind is ProductKind.COSMETIC
        for statement in said(Answer.NO, each.source, each)
    )


@register("authorised_suppliers", reads="products")
def authorised_suppliers(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001
    """Ask that every product was bought from a supplier who may sell it."""

    def authorised(product: Product) -> Part:
        supplier = product.supplier
        if supplier is None or supplier.authorised is None:
            return ()
        return said(Answer.YES if supplier.authorised else Answer.NO, supplier.source, supplier)

    return every(tuple(authorised(each) for each in clinic.products))


@register("recorded_lots", reads="products")
def recorded_lots(clinic: Clinic, as_of: dt.date) -> Part:
    """Ask that every product has a lot and an expiry date on record, and is in date; one of the two is half."""

    def recorded(product: Product) -> Part:
        lot, last_day = product.lot_in_use, product.last_day
        if (lot is None and last_day is None) or product.source is None:
            return ()
        known = Answer.YES if lot and last_day else Answer.PARTLY
        return said(in_date(known, last_day, product.source, as_of), product.source, product)

    return every(tuple(recorded(each) for each in clinic.products))


@register("sealed_products", reads="products")
def sealed_products(clinic: Clinic, as_of: dt.date) -> Part:  # noqa: ARG001
    """Ask that every product arrives sealed and labelled."""
    return every(tuple(each.sealed for each in clinic.products))


@register("unrecalled_products", reads=("notices", "products"))
def unrecalled_products(clinic: Clinic, as_of: dt.date) -> Part:
    """Report each recall or alert in force that is or may be about a product here; none on record proves nothing."""
    about = [each for each in clinic.notices if each.kind in ABOUT_PRODUCTS]
    return in_force(as_of, about, lambda notice: concerns(notice, clinic))
