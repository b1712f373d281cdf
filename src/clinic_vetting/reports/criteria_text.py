"""A resolved criteria set as a person reads it: what is asked, what it is worth, what changed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.score import distribute
from clinic_vetting.words import again, say, word

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band, CriteriaSet, Criterion


def criteria_text(criteria: CriteriaSet) -> str:
    """Write a set in lines of at most 80 columns: effective points of 100 where everything applies."""
    language = criteria.language
    shares = distribute(criteria, [True] * sum(1 for _ in criteria.criteria()))
    lines = [*_lines(criteria.title), *_lines(f"{criteria.id} {criteria.version}, {criteria_digest(criteria)[:19]}")]
    if criteria.based_on:
        lines += _lines(say(language, "criteria.based_on", set=criteria.based_on))
    place = 0
    for category in criteria.categories:
        lines += ["", *_lines(say(language, "criteria.category", title=category.title, weight=category.weight))]
        for each in category.criteria:
            worth = float(shares.of(place))
            severity = word(language, "severity", each.severity)
            points = say(language, "criteria.points", points=f"{worth:>5.1f}")
            lines += [f"  {each.full_id:<38}{severity:<9}{points}", *_question(criteria, each)]
            place += 1
    bands = (line for band in criteria.bands for line in _band(band, language))
    lines += ["", *_lines(say(language, "criteria.bands")), *bands]
    if criteria.changes:
        lines += ["", *_lines(say(language, "criteria.changes"))]
        for (because, owner), changes in groupby(criteria.changes, lambda each: (each.because, each.owner)):
            lines += _lines(f"{again(because, language)} ({owner})", 2, 2)
            lines += [line for each in changes for line in _lines(f"- {again(each.what, language)}", 4, 6)]
    return "\n".join(lines) + "\n"


def _question(criteria: CriteriaSet, criterion: Criterion) -> list[str]:
    fresh = criteria.freshness(criterion)
    span = say(criteria.language, f"span.{fresh.unit}", count=fresh.count)
    return _lines(say(criteria.language, "criteria.fresh", question=criterion.question, span=span), 4, 4)


def _band(band: Band, language: str) -> list[str]:
    conditions = [f"{word(language, 'field', name)} {abs(value)}" for name, value in band.strictness().items()]
    named = {"criteria.met": band.met, "criteria.not_failed": band.not_failed}
    required = [say(language, key, criteria=", ".join(ids)) for key, ids in named.items() if ids]
    wanted = "; ".join([*conditions, *required]) or say(language, "criteria.every_other")
    return _lines(say(language, "criteria.band", band=band.label, wanted=wanted), 2, 4)


def _lines(text: str, first: int = 0, rest: int = 0) -> list[str]:
    return wrapped(harmless(text), first, rest)
