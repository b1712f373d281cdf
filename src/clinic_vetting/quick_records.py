"""What the shipped measures say, for `quick`: the same as each measure gives, without its statements.

Each function answers for one measure of the same name, or gives `None` where the readable one must.
"""

from __future__ import annotations

import datetime as dt
from bisect import insort
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from clinic_vetting.clinic import (
    Action,
    AuthorisationStatus,
    LicenceStatus,
    ProductKind,
    RegistrationKind,
    RegistrationStatus,
)
from clinic_vetting.combining import How
from clinic_vetting.evidence import Answer
from clinic_vetting.identifiers import check_number
from clinic_vetting.measures import credentials, hygiene, reviews, sourcing
from clinic_vetting.measures.registry import find
from clinic_vetting.measures.saying import in_date, same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic_vetting.clinic import (
        Clinic,
        Notice,
        Practitioner,
        Product,
        Rating,
        Registration,
        Review,
        Sanction,
    )
    from clinic_vetting.looking import Row, Said
    from clinic_vetting.measures.registry import Says
    from clinic_vetting.worth import Leaf

AUTHORISATION: Final = {
    each: Answer.YES if each is AuthorisationStatus.AUTHORISED else Answer.NO for each in AuthorisationStatus
}
_RECORDS_WORDS: Final[list[tuple[str, Answer]]] = [
    *credentials.LICENCE.items(),
    *credentials.SANCTION.items(),
    *credentials.REGISTRATION.items(),
    *AUTHORISATION.items(),
]
WORDS: Final[dict[str | bool | None, Answer]] = {
    True: Answer.YES,
    False: Answer.NO,
    **{each: each for each in Answer},
    **dict(_RECORDS_WORDS),
}
"""Every word of a record that answers; no word has two meanings."""
UNSAID: Final[tuple[str | None, ...]] = (
    None,
    *(each for kind in (Action, RegistrationStatus) for each in kind if each not in WORDS),
)
"""Words that answer nothing."""
NOT_FOUND: Final = LicenceStatus.NOT_FOUND
YES: Final = Answer.YES
NO: Final = Answer.NO
PARTLY: Final = Answer.PARTLY
COSMETIC: Final = ProductKind.COSMETIC
NO_STARS: Final = Decimal(0)


def licensed_injectors(row: Row, people: list[Practitioner], _: Clinic) -> Leaf | None:
    """Look up each injector's licences."""
    as_of, worst = row.as_of, None
    for person in people:
        licences, leaf = person.licences, row.unsaid
        if len(licences) > 1:
            return None
        for each in licences:
            if each.number and check_number(each.authority, each.number).cannot_exist:
                return None
            source, expires = each.source, each.expires
            word: Any = each.status
            if expires is not None and expires < as_of:
                word = in_date(WORDS.get(word), expires, source, as_of)
            leaf = row.days[source.seen][source.kind][row.place][word]
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def identified_injectors(row: Row, people: list[Practitioner], _: Clinic) -> Leaf | None:
    """Look up each injector's name and numbers; of several that say yes the best counts."""
    worst: Leaf | None = None
    for person in people:
        if person.name:
            own, best = person.source, None
            for each in person.licences:
                if each.number and check_number(each.authority, each.number).cannot_exist:
                    return None
                if each.number and each.status is not NOT_FOUND:
                    source = own or each.source
                    leaf = row.days[source.seen][source.kind][row.place][YES]
                    best = leaf if best is None or best is leaf else row.better(best, leaf)
            leaf = best or (row.days[own.seen][own.kind][row.place][PARTLY] if own else row.unsaid)
        elif any(each.number and check_number(each.authority, each.number).cannot_exist for each in person.licences):
            return None
        else:
            leaf = row.unsaid
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def trained_injectors(row: Row, people: list[Practitioner], clinic: Clinic) -> Leaf | None:
    """Look up each injector's courses; of several that say yes the best counts."""
    as_of, worst = row.as_of, None
    for treatment in clinic.treatments or (None,):
        for person in people:
            best = None
            for each in person.training:
                done = each.completed
                if done is None or done <= as_of:
                    named = each.treatment
                    if treatment is None or named == treatment or same(named, treatment):
                        source = each.source
                        leaf = row.days[source.seen][source.kind][row.place][YES]
                        best = leaf if best is None or best is leaf else row.better(best, leaf)
            leaf = best or row.unsaid
            worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def insured_injectors(row: Row, people: list[Practitioner], clinic: Clinic) -> Leaf | None:
    """Look up each injector's policies."""
    as_of, worst = row.as_of, None
    for treatment in clinic.treatments or (None,):
        for person in people:
            if len(person.insurance) > 1:
                return None
            leaf = row.unsaid
            for each in person.insurance:
                covers = each.covers
                if treatment in covers or any(treatment is None or same(named, treatment) for named in covers):
                    source, expires = each.source, each.expires
                    word: Any = YES if expires is None or as_of <= expires else in_date(YES, expires, source, as_of)
                    leaf = row.days[source.seen][source.kind][row.place][word]
            worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


Bodies: TypeAlias = "dict[RegistrationKind, list[Registration]]"


def _by_kind(clinic: Clinic, _: dt.date) -> Bodies:
    found: Bodies = {}
    for each in clinic.registrations:
        found.setdefault(each.kind, []).append(each)
    return found


def _registered(row: Row, how: How, registrations: list[Registration] | None) -> Leaf:
    """Decide for each body alone."""
    if registrations is None:
        return row.unsaid
    as_of = row.as_of
    bodies: dict[str, list[Said]] = {}
    for each in registrations:
        source, expires = each.source, each.expires
        word: Any = each.status
        if expires is not None and expires < as_of:
            word = in_date(WORDS.get(word), expires, source, as_of)
        if len(registrations) == 1:
            return row.days[source.seen][source.kind][row.place][word]
        bodies.setdefault(each.body.strip().casefold(), []).append((source, word))
    return row.cell.fold(how, [row.several(said) for said in bodies.values()])


def registered_premises(row: Row, bodies: Bodies, _: Clinic) -> Leaf | None:
    """Look up every body that registers premises."""
    return _registered(row, How.EVERY, bodies.get(RegistrationKind.PREMISES))


def voluntary_memberships(row: Row, bodies: Bodies, _: Clinic) -> Leaf | None:
    """Look up every voluntary register or society."""
    return _registered(row, How.ANY, bodies.get(RegistrationKind.MEMBERSHIP))


def accreditation_in_force(row: Row, bodies: Bodies, _: Clinic) -> Leaf | None:
    """Look up every accreditation."""
    return _registered(row, How.ANY, bodies.get(RegistrationKind.ACCREDITATION))


def unsanctioned_injectors(row: Row, sanctions: tuple[Sanction, ...], _: Clinic) -> Leaf | None:
    """Look up the decisions in force."""
    in_force = [each for each in sanctions if _in_force(each.decided, each.ended, row.as_of)]
    return row.several([(each.source, each.action) for each in in_force])


def _in_force(start: dt.date | None, end: dt.date | None, as_of: dt.date) -> bool:
    return (start is None or start <= as_of) and (end is None or as_of < end)


def no_open_notices(row: Row, notices: tuple[Notice, ...], _: Clinic) -> Leaf | None:
    """Look up the notices in force about the clinic."""
    return _notices(row, [each for each in notices if each.kind not in hygiene.ABOUT_PRODUCTS])


def unrecalled_products(row: Row, notices: tuple[Notice, ...], clinic: Clinic) -> Leaf | None:
    """Look up the recalls and alerts in force that can concern the clinic."""
    about = [each for each in notices if each.kind in hygiene.ABOUT_PRODUCTS]
    return _notices(row, [each for each in about if sourcing.concerns(each, clinic)])


def _notices(row: Row, notices: list[Notice]) -> Leaf:
    in_force = [each for each in notices if _in_force(each.issued, each.lifted, row.as_of)]
    return row.several([(each.source, PARTLY if each.kind in hygiene.GOES_ON else NO) for each in in_force])


def authorised_products(row: Row, products: tuple[Product, ...], clinic: Clinic) -> Leaf | None:
    """Look up each product's authorisations."""
    worst: Leaf | None = None
    for product in products:
        given, country = product.authorisation, clinic.country
        if len(given) == 1 and (given[0].country is None or country is None):
            source = given[0].source
            leaf = row.days[source.seen][source.kind][row.place][given[0].status]
        else:
            here = (each for each in given if each.country in (None, country) or country is None)
            leaf = row.several([(each.source, each.status) for each in here])
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def injectable_products(row: Row, products: tuple[Product, ...], _: Clinic) -> Leaf | None:
    """Look up the cosmetics."""
    for product in products:
        if product.kind is COSMETIC:
            return row.several([(each.source, NO) for each in products if each.kind is COSMETIC and each.source])
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
            leaf = row.days[source.seen][source.kind][row.place][supplier.authorised]
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
            leaf = row.days[source.seen][source.kind][row.place][YES if lot and day else PARTLY]
        else:
            leaf = row.days[source.seen][source.kind][row.place][in_date(YES, day, source, as_of)]
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


class Tally(NamedTuple):
    """All ratings: how many are given, their stars in all, the newest, and the three newest reviews' days."""

    given: int
    stars: Decimal
    newest: dt.date | None
    days: list[dt.date]


def tally(clinic: Clinic, as_of: dt.date) -> Tally | None:
    """Add up each platform's newest aggregate, and the reviews on platforms without one."""
    if not clinic.ratings and not clinic.reviews:
        return None
    latest: dict[str, Rating] = {}
    for each in clinic.ratings:
        seen = each.seen
        if each.independent and each.count and (seen is None or seen <= as_of):
            known = latest.get(each.platform)
            if known is None or reviews.when_seen(known) <= reviews.when_seen(each):
                latest[each.platform] = each
    count, stars, newest = 0, NO_STARS, None
    for each in latest.values():
        count, stars, seen = count + each.count, reviews.EXACT.fma(each.mean, each.count, stars), each.seen
        if seen and (newest is None or newest < seen):
            newest = seen
    if not clinic.reviews:
        return Tally(count, stars, newest, [])
    given, last, days = _reviews(clinic.reviews, as_of, latest)
    newest = max(newest, last) if newest and last else newest or last
    return Tally(count + len(given), reduce(reviews.EXACT.add, given, stars), newest, days)


def _reviews(
    written: Sequence[Review], as_of: dt.date, aggregated: dict[str, Rating]
) -> tuple[list[Decimal], dt.date | None, list[dt.date]]:
    """Give the single ratings that count, the newest of their days, and the newest days of all in order."""
    given, days, third, left_out = [], [], dt.date.min, False  # type: tuple[list[Decimal], list[dt.date], dt.date, bool]
    for each in written:
        if each.independent:
            date = each.date
            if date is not None and date >= third:
                if date > as_of:
                    continue
                insort(days, date)
                if len(days) > reviews.RECENT:
                    del days[0]
                    third = days[0]
            rating = each.rating
            if rating is None or each.platform in aggregated:
                left_out = True
            else:
                given.append(rating)
    if not left_out:
        return given, days[-1] if days else None, days
    counted = (each for each in written if each.independent and each.rating is not None)
    dates = (each.date for each in counted if each.platform not in aggregated)
    return given, max((each for each in dates if each and each <= as_of), default=None), days


def review_rating(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what the mean rating proves and fails."""
    count, stars, newest, _days = ratings
    return row.measured(newest, reviews.belief(count, stars)) if count else row.unsaid


def review_volume(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many ratings prove."""
    return row.measured(ratings.newest, (reviews.strength(ratings.given), 0)) if ratings.given else row.unsaid


def recent_reviews(row: Row, ratings: Tally, _: Clinic) -> Leaf | None:
    """Look up what so many reviews prove, on the day of the third newest."""
    days = ratings.days
    return row.measured(days[0], (reviews.recent_strength(len(days)), 0)) if days else row.unsaid


def _people(clinic: Clinic, _: dt.date) -> list[Practitioner]:
    return credentials.injectors(clinic) if clinic.practitioners else []


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
        _by_kind,
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
QUICK: Final = {find(says.__name__): (gets, quick) for gets, each in _BY_RECORDS for says, quick in each}
"""By shipped measure: what gets its records, and what looks them up."""
