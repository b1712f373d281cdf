"""Warnings: what a dossier says and a criteria set cannot use, and what nothing has checked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clinic_vetting import products, tables
from clinic_vetting.clinic import ProductKind
from clinic_vetting.errors import nearest
from clinic_vetting.identifiers import check_number
from clinic_vetting.tables import find, misspelt
from clinic_vetting.words import ENGLISH, again, catalogue, say, word

_TREATMENT: Final = "treatment."
_ALIKE: Final = 0.8
"""How much a treatment has to look like one that is known for it to be taken as misspelt."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.evidence import Statement, Weighed
    from clinic_vetting.verdict import Verdict


def warnings(verdict: Verdict) -> Iterator[str]:
    """Tell what the dossier says and its criteria set cannot use, or what nothing has checked."""
    clinic, language = verdict.clinic, verdict.language
    yield from _unasked(verdict)
    yield from _not_yet(verdict)
    yield from _outweighed(verdict)
    for name in sorted({each.authority for person in clinic.practitioners for each in person.licences}):
        if near := misspelt(name):
            yield say(language, "warning.authority", name=repr(name), hint=_meant(near, language))
        elif find(name) is None:
            yield say(language, "warning.unknown_authority", name=repr(name))
    yield from _odd_numbers(clinic, language)
    yield from _unsourced(clinic, language)
    yield from _strange(verdict)
    yield from _misspelt_treatments(clinic, language)
    yield from (again(each, language) for each in products.remarks(clinic))
    yield from _unread(clinic, language)
    for waiver in clinic.waivers:
        place = verdict.plan.place.get(waiver.criterion)
        if place is not None and waiver.in_force(verdict.as_of) and place not in verdict.waived:
            yield say(language, "warning.waiver", criterion=waiver.criterion)


def _unasked(verdict: Verdict) -> Iterator[str]:
    """Tell what the set does not ask for; an answer that speaks against the clinic with who gave it."""
    clinic, known, language = verdict.clinic, verdict.plan.place, verdict.language
    for what, ids in (
        ("answers", [*clinic.answers]),
        ("replies", [each.criterion for each in clinic.replies]),
        ("waivers", [each.criterion for each in clinic.waivers]),
    ):
        for each in dict.fromkeys(ids):
            if each not in known:
                more = _against(clinic, each, language) if what == "answers" else ""
                more += _replied(clinic, each) if what == "replies" else ""
                told = say(language, "warning.not_asked", what=what, criteria=verdict.criteria.id, criterion=each)
                near = nearest(each, known)
                yield f"{told}{more}; {_meant(near, language)}" if near else f"{told}{more}"


def _meant(near: str, language: str) -> str:
    return say(language, "warning.did_you_mean", word=repr(near))


def _against(clinic: Clinic, criterion: str, language: str) -> str:
    said = [each for each in clinic.answers[criterion] if each.against]
    words = [(word(language, "answer", each.answer), each.source) for each in said]
    who = (
        say(
            language,
            "warning.against_by",
            answer=answer,
            who=again(source.who, language),
            kind=word(language, "kind", source.kind),
        )
        for answer, source in words
    )
    return say(language, "warning.against", who=", ".join(who)) if said else ""


def _replied(clinic: Clinic, criterion: str) -> str:
    replies = [f"{each.by}, {each.on}: {each.text}" for each in clinic.replies if each.criterion == criterion]
    return f" ({'; '.join(replies)})"


def _not_yet(verdict: Verdict) -> Iterator[str]:
    later = {source.id: source for source in verdict.clinic.sources() if source.seen and source.seen > verdict.as_of}
    if later:
        named = ", ".join(f"{name} ({later[name].seen})" for name in sorted(later))
        yield say(verdict.language, "warning.later", day=verdict.as_of, named=named)


def _outweighed(verdict: Verdict) -> Iterator[str]:
    """Tell a direct answer against the clinic that was seen later than the stronger one that outweighs it."""
    for criterion in (key for key, said in verdict.clinic.answers.items() if len(said) > 1):
        if criterion in verdict.plan.place:
            finding = verdict.finding(criterion)
            for each in finding.others:
                if finding.decided_by and each.displaced and _later(each, finding.decided_by):
                    yield _by_an_older(criterion, each.statement, finding.decided_by.statement, verdict.language)


def _later(one: Weighed, other: Weighed) -> bool:
    seen, since = one.statement.source.seen, other.statement.source.seen
    return seen is not None and since is not None and seen > since


def _by_an_older(criterion: str, newer: Statement, older: Statement, language: str) -> str:
    return say(
        language,
        "warning.outweighed",
        criterion=criterion,
        answer=word(language, "answer", newer.answer),
        who=again(newer.source.who, language),
        day=newer.source.seen,
        by=again(older.source.who, language),
        since=older.source.seen,
    )


def _odd_numbers(clinic: Clinic, language: str) -> Iterator[str]:
    """Tell numbers that cannot exist or look mistyped, by whomever they were given."""
    licences = [(each.authority, each.number) for person in clinic.practitioners for each in person.licences]
    premises = [(each.body, each.number) for each in clinic.registrations]
    for what, numbers in (("practitioners", licences), ("registrations", premises)):
        for authority, number in dict.fromkeys(numbers):
            if number and (checked := check_number(authority, number)).odd and checked.holds_in(clinic.country):
                form = "warning.number_at" if checked.look_up else "warning.number"
                yield say(language, form, what=what, says=again(checked.says, language), where=checked.look_up)


def _unsourced(clinic: Clinic, language: str) -> Iterator[str]:
    for product in clinic.products:
        cosmetic = product.kind is ProductKind.COSMETIC
        if product.source is None and (cosmetic or product.lot_in_use or product.last_day):
            yield say(language, "warning.unsourced", product=product.told(language))


def _strange(verdict: Verdict) -> Iterator[str]:
    """Tell a country that is none, and treatments that look misspelt."""
    clinic, language = verdict.clinic, verdict.language
    if clinic.country and clinic.country not in tables.countries():
        yield say(language, "warning.country", name=repr(clinic.country))
    for each in clinic.treatments:
        if near := _misspelt(each.strip().casefold(), verdict.criteria):
            yield say(language, "warning.clinic_treatment", name=repr(each), hint=_meant(near, language))


@lru_cache(maxsize=4096)
def _misspelt(treatment: str, criteria: CriteriaSet) -> str:
    """Give the known treatment that is most likely meant; blank where it is known, or like none."""
    known = {name.removeprefix(_TREATMENT) for name in catalogue(ENGLISH, "reports") if name.startswith(_TREATMENT)}
    known |= {each for one in criteria.criteria() if one.applies for each in one.applies.treatments}
    return "" if treatment in known else nearest(treatment, sorted(known), alike=_ALIKE)


def _misspelt_treatments(clinic: Clinic, language: str) -> Iterator[str]:
    named = {each.treatment for person in clinic.practitioners for each in person.training}
    named |= {each for person in clinic.practitioners for policy in person.insurance for each in policy.covers}
    offered = {each.strip().casefold() for each in clinic.treatments}
    for each in sorted(named):
        if offered and each.strip().casefold() not in offered and (near := nearest(each, clinic.treatments)):
            yield say(language, "warning.treatment", name=repr(each), hint=_meant(near, language))


def _unread(clinic: Clinic, language: str) -> Iterator[str]:
    texts = sum(each.text is not None for each in clinic.reviews)
    if texts and not _has_reading(clinic):
        yield say(language, "warning.unread", count=texts)


def _has_reading(clinic: Clinic) -> bool:
    from clinic_vetting.reviews.telling import is_reading  # noqa: PLC0415 - where no review has a text, none is read

    return any(is_reading(each.source) for said in clinic.answers.values() for each in said)
