"""What the measures of injectors say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from clinic_vetting.clinic import LicenceStatus
from clinic_vetting.evidence import Answer, Kind
from clinic_vetting.identifiers import check_number
from clinic_vetting.measures.saying import in_date, same
from clinic_vetting.measures.words import WORDS

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic, Practitioner
    from clinic_vetting.looking import Row
    from clinic_vetting.worth import Leaf

_YES: Final = Answer.YES
_PARTLY: Final = Answer.PARTLY
NOT_FOUND: Final = LicenceStatus.NOT_FOUND
REGISTER: Final = Kind.REGISTER
Injectors: TypeAlias = "tuple[list[Practitioner], bool]"
"""Those who are not said not to inject, and whether one of their numbers cannot exist."""


def injectors_of(clinic: Clinic) -> Injectors | None:
    """Give the injectors, if there are any."""
    people = [each for each in clinic.practitioners if each.injects is not False]
    for person in people:
        for each in person.licences:
            if each.number and check_number(each.authority, each.number).cannot_exist:
                return people, True
    return (people, False) if people else None


def licensed_injectors(row: Row, injectors: Injectors, _: Clinic) -> Leaf | None:
    """Look up each injector's licences."""
    people, odd = injectors
    if odd:
        return None
    as_of, worst = row.as_of, None
    for person in people:
        licences, leaf = person.licences, row.unsaid
        if len(licences) > 1:
            return None
        for each in licences:
            source, expires = each.source, each.expires
            word: Any = each.status
            if expires is not None and expires < as_of:
                word = in_date(WORDS.get(word), expires, source, as_of)
            leaf = row.days[source.standing][row.place][word]
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def identified_injectors(row: Row, injectors: Injectors, _: Clinic) -> Leaf | None:
    """Look up each injector's name and numbers; of several that say yes the best counts."""
    people, odd = injectors
    if odd:
        return None
    worst: Leaf | None = None
    for person in people:
        if person.name:
            own, best = person.source, None
            for each in person.licences:
                if each.number and each.status is not NOT_FOUND:
                    source = own or each.source
                    if own or source.kind is not REGISTER:
                        leaf = row.days[source.standing][row.place][_YES]
                        best = leaf if best is None or best is leaf else row.better(best, leaf)
            leaf = best or (row.days[own.standing][row.place][_PARTLY] if own else row.unsaid)
        else:
            leaf = row.unsaid
        worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def trained_injectors(row: Row, injectors: Injectors, clinic: Clinic) -> Leaf | None:
    """Look up each injector's courses; of several that say yes the best counts."""
    (people, _), as_of, worst = injectors, row.as_of, None
    for treatment in clinic.treatments or (None,):
        for person in people:
            best = None
            for each in person.training:
                done = each.completed
                if done is None or done <= as_of:
                    named = each.treatment
                    if treatment is None or named == treatment or same(named, treatment):
                        source = each.source
                        leaf = row.days[source.standing][row.place][_YES]
                        best = leaf if best is None or best is leaf else row.better(best, leaf)
            leaf = best or row.unsaid
            worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid


def insured_injectors(row: Row, injectors: Injectors, clinic: Clinic) -> Leaf | None:
    """Look up each injector's policies."""
    (people, _), as_of, worst = injectors, row.as_of, None
    for treatment in clinic.treatments or (None,):
        for person in people:
            if len(person.insurance) > 1:
                return None
            leaf = row.unsaid
            for each in person.insurance:
                covers = each.covers
                if treatment in covers or any(treatment is None or same(named, treatment) for named in covers):
                    source, expires = each.source, each.expires
                    word: Any = _YES if expires is None or as_of <= expires else in_date(_YES, expires, source, as_of)
                    leaf = row.days[source.standing][row.place][word]
            worst = leaf if worst is None or worst is leaf else row.worse(worst, leaf)
    return worst or row.unsaid
