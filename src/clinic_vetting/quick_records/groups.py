"""The shipped measures, by the records that they share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from clinic_vetting.clinic import Insurance, Licence, Notice, Product, Registration, Sanction, Training
from clinic_vetting.measures import credentials, hygiene, reviews, sourcing
from clinic_vetting.measures.registry import find
from clinic_vetting.quick_records.bodies import (
    accreditation_in_force,
    by_kind,
    no_open_notices,
    registered_premises,
    unrecalled_products,
    unsanctioned_injectors,
    voluntary_memberships,
)
from clinic_vetting.quick_records.people import (
    Injectors,
    identified_injectors,
    injectors_of,
    insured_injectors,
    licensed_injectors,
    trained_injectors,
)
from clinic_vetting.quick_records.products import (
    authorised_products,
    authorised_suppliers,
    injectable_products,
    recorded_lots,
    sealed_products,
)
from clinic_vetting.quick_records.ratings import recent_reviews, review_rating, review_volume, tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.looking import Row
    from clinic_vetting.measures.registry import Says
    from clinic_vetting.worth import Leaf


def _people(clinic: Clinic, _: dt.date) -> Injectors | None:
    return injectors_of(clinic) if clinic.practitioners else None


def _products(clinic: Clinic, _: dt.date) -> tuple[Product, ...]:
    return clinic.products


def _notices_of(clinic: Clinic, _: dt.date) -> tuple[Notice, ...]:
    return clinic.notices


def _sanctions(clinic: Clinic, _: dt.date) -> tuple[Sanction, ...]:
    return clinic.sanctions


Gets: TypeAlias = "Callable[[Clinic, dt.date], Any]"
Quick: TypeAlias = "Callable[[Row, Any, Clinic], Leaf | None]"
_BY_RECORDS: Final[tuple[tuple[Gets, tuple[tuple[Says, Quick], ...]], ...]] = (
    (
        _people,
        (
            (credentials.licensed_injectors, licensed_injectors),
            (credentials.identified_injectors, identified_injectors),
            (credentials.trained_injectors, trained_injectors),
            (credentials.insured_injectors, insured_injectors),
        ),
    ),
    (
        _products,
        (
            (sourcing.authorised_products, authorised_products),
            (sourcing.injectable_products, injectable_products),
            (sourcing.authorised_suppliers, authorised_suppliers),
            (sourcing.recorded_lots, recorded_lots),
            (sourcing.sealed_products, sealed_products),
        ),
    ),
    (
        by_kind,
        (
            (credentials.registered_premises, registered_premises),
            (credentials.voluntary_memberships, voluntary_memberships),
            (credentials.accreditation_in_force, accreditation_in_force),
        ),
    ),
    (_notices_of, ((hygiene.no_open_notices, no_open_notices), (sourcing.unrecalled_products, unrecalled_products))),
    (_sanctions, ((credentials.unsanctioned_injectors, unsanctioned_injectors),)),
    (
        tally,
        (
            (reviews.review_rating, review_rating),
            (reviews.review_volume, review_volume),
            (reviews.recent_reviews, recent_reviews),
        ),
    ),
)
DATED: Final[dict[Quick, type[Any]]] = {
    licensed_injectors: Licence,
    trained_injectors: Training,
    insured_injectors: Insurance,
    recorded_lots: Product,
    registered_premises: Registration,
    voluntary_memberships: Registration,
    accreditation_in_force: Registration,
    no_open_notices: Notice,
    unrecalled_products: Notice,
    unsanctioned_injectors: Sanction,
}
"""The kind of record whose own days can change what a measure says; of all others none can."""
QUICK: Final = {find(says.__name__): (gets, quick) for gets, each in _BY_RECORDS for says, quick in each}
"""By shipped measure: what gets its records, and what looks them up."""
