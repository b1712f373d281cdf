"""What the measures of registrations, sanctions and notices say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from clinic_vetting.clinic import RegistrationKind
from clinic_vetting.combining import How
from clinic_vetting.measures import credentials, hygiene
from clinic_vetting.measures.looks import ABOUT_PRODUCTS, outdated
from clinic_vetting.measures.recalled import concerns
from clinic_vetting.measures.saying import in_date
from clinic_vetting.measures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic, Notice, Registration, Sanction
    from clinic_vetting.looking import Row, Said
    from clinic_vetting.measures.saying import Says
    from clinic_vetting.worth import Leaf

Bodies: TypeAlias = "dict[RegistrationKind, list[Registration]]"


def by_kind(clinic: Clinic, _: dt.date) -> Bodies:
    """Sort registrations by their kind."""
    found: Bodies = {}
    for each in clinic.registrations:
        found.setdefault(each.kind, []).append(each)
    return found


def _registered(row: Row, how: How, registrations: list[Registration] | None) -> Leaf:
    """Decide for each body alone."""
    if registrations is None:
        return row.unsaid
    as_of, said = row.as_of, []
    for each in registrations:
        source, expires = each.source, each.expires
        word: Any = each.status
        if expires is not None and expires < as_of:
            word = in_date(WORDS.get(word), expires, source, as_of)
        said.append((source, word))
    if len(said) == 1:
        return row.days[source.standing][row.place][word]
    bodies: dict[str, list[Said]] = {}
    for each, spoken in zip(registrations, said, strict=True):
        bodies.setdefault(each.body.strip().casefold(), []).append(spoken)
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


def unsanctioned_injectors(row: Row, sanctions: tuple[Sanction, ...], clinic: Clinic) -> Leaf | None:
    """Look up the decisions in force."""
    old = outdated(sanctions, row.as_of)
    in_force = [each for each in sanctions if each not in old and _in_force(each.decided, each.ended, row.as_of)]
    return row.several([(each.source, credentials.decided(each, clinic)) for each in in_force])


def _in_force(start: dt.date | None, end: dt.date | None, as_of: dt.date) -> bool:
    return (start is None or start <= as_of) and (end is None or as_of < end)


def no_open_notices(row: Row, notices: tuple[Notice, ...], _: Clinic) -> Leaf | None:
    """Look up the notices in force about the clinic."""
    return _notices(row, [each for each in notices if each.kind not in ABOUT_PRODUCTS], hygiene.about_clinic)


def unrecalled_products(row: Row, notices: tuple[Notice, ...], clinic: Clinic) -> Leaf | None:
    """Look up the recalls and alerts in force that can concern the clinic."""
    about = [each for each in notices if each.kind in ABOUT_PRODUCTS]
    return _notices(row, about, lambda notice: concerns(notice, clinic))


def _notices(row: Row, notices: list[Notice], says: Callable[[Notice], Says | None]) -> Leaf:
    old = outdated(notices, row.as_of)
    in_force = [each for each in notices if each not in old and _in_force(each.issued, each.lifted, row.as_of)]
    return row.several([(each.source, word) for each in in_force if (word := says(each))])
