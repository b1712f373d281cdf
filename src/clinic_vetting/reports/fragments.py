"""The parts of a verdict's JSON that are the same for every clinic, written once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from clinic_vetting.evidence import Outcome
from clinic_vetting.words import again

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.criterion import Band
    from clinic_vetting.evidence import Answer, Fresh, Kind, Weighed
    from clinic_vetting.look_up import LookUp
    from clinic_vetting.remembering import Alone
    from clinic_vetting.worth import Leaf, Worth

text: Final = json.JSONEncoder().encode
"""Writes any value as JSON."""
_quoted: Final = json.encoder.encode_basestring_ascii
MOST_LEAVES: Final = 5000
UNSAID: Final = '"decided_by": null, "other_statements": [], "contradicted": false, "changes_on": null'
UNANSWERED: Final = '"reply": null, "earlier_replies": [], "waiver": null}'


def words(each: str | None) -> str:
    """Write words as JSON, or that there are none."""
    return "null" if each is None else _quoted(each)


class Fragments(NamedTuple):
    """What a finding says between its effect, its statements, and the clinic's reply."""

    before_effect: str
    before_statements: str
    references: str


@lru_cache(maxsize=20_000)
def two(hundredths: int) -> str:
    """Write so many hundredths as a number."""
    return repr(hundredths / 100)


def rounded(numerator: int, denominator: int) -> int:
    """Round a quotient to hundredths, halves up."""
    return (200 * numerator + denominator) // (2 * denominator)


class Findings(dict["Leaf", Fragments]):
    """By what a criterion comes to: what its finding says in a place. Made once for each, by `findings`."""

    __slots__ = ("country", "region", "worth")

    def __init__(self, worth: Worth, country: str | None, region: str | None) -> None:
        self.worth, self.country, self.region = worth, country, region

    def __missing__(self, leaf: Leaf) -> Fragments:
        if len(self) >= MOST_LEAVES:
            self.clear()
        written = self[leaf] = self._written(leaf)
        return written

    def _written(self, leaf: Leaf) -> Fragments:
        points, belief, outcome = self.worth.points, leaf.belief, leaf.outcome
        criterion = self.worth.plan.asked[leaf.place].criterion
        worse = outcome in (Outcome.FAILED, Outcome.PARTLY)
        before = {
            "id": criterion.full_id,
            "outcome": outcome.value,
            "severity": criterion.severity.value,
            "points": None if belief is None else rounded(100 * points.each[leaf.place], points.whole) / 100,
            "proven": None if belief is None else belief.proven,
            "failed": None if belief is None else belief.failed,
        }
        says = {
            "says": criterion.sentence(outcome),
            "why": criterion.why,
            "if_failed": criterion.if_failed if worse else None,
            "notes": [each.says for each in criterion.our_standard if each.holds(self.country, self.region)],
        }
        references = f', "references": {text(list(criterion.references))}, '
        return Fragments(f'{text(before)[:-1]}, "effect": ', f", {text(says)[1:-1]}, ", references)


findings = lru_cache(maxsize=64)(Findings)


@lru_cache(maxsize=5000)
def citation(alone: Alone) -> tuple[str, str, str] | None:
    """Write what surrounds a source's and a statement's own words, where one speaks by itself; `None` for silence."""
    if alone.weighed is None:
        return None
    before, between = around(alone.weighed)
    if alone.ruling.deciding:
        return f'"decided_by": {before}', between, ', "other_statements": [], "contradicted": false, "changes_on": '
    return f'"decided_by": null, "other_statements": [{before}', between, '], "contradicted": false, "changes_on": '


def around(weighed: Weighed) -> tuple[str, str]:
    """Write what stands before who says it, and between that and the source's id."""
    statement, source = weighed.statement, weighed.statement.source
    counts = (weighed.fresh, weighed.strength, weighed.displaced)
    return _around((statement.answer, source.kind, source.seen), counts)


@lru_cache(maxsize=20_000)
def _around(said: tuple[Answer, Kind, dt.date | None], counts: tuple[Fresh, int, bool]) -> tuple[str, str]:
    answer, kind, seen = said
    fresh, strength, displaced = counts
    before = {"answer": answer.value, "kind": kind.value}
    between = {"seen": seen and seen.isoformat(), "fresh": fresh.value, "strength": strength, "displaced": displaced}
    return f'{text(before)[:-1]}, "who": ', f', {text(between)[1:-1]}, "source": '


@lru_cache(maxsize=256)
def named(name: str, title: str) -> str:
    """Write what a category is called."""
    return text({"id": name, "title": title})[:-1]


@lru_cache(maxsize=256)
def band(each: Band | None) -> str:
    """Write a band."""
    return text({"id": each.id, "label": each.label, "says": each.says} if each else None)


class Questions(dict["Leaf", str]):
    """By what a criterion comes to: its question up to the bands that it opens. Made once for each, by `questions`."""

    __slots__ = ("worth",)

    def __init__(self, worth: Worth) -> None:
        self.worth = worth

    def __missing__(self, leaf: Leaf) -> str:
        if len(self) >= MOST_LEAVES:
            self.clear()
        written = self[leaf] = self._written(leaf)
        return written

    def _written(self, leaf: Leaf) -> str:
        points, belief = self.worth.points, leaf.belief
        criterion = self.worth.plan.asked[leaf.place].criterion
        unknown = rounded(points.each[leaf.place] * (belief.open if belief else 0), points.whole)
        tree: dict[str, Any] = {"criterion": criterion.full_id, "ask": criterion.ask, "check": criterion.check}
        return f'{text({**tree, "points": unknown / 100})[:-1]}, "opens": '


questions = lru_cache(maxsize=64)(Questions)


NOWHERE: Final = ', "look_up": []}'


@lru_cache(maxsize=4096)
def look_up(places: tuple[LookUp, ...], language: str) -> str:
    """Write where to look up an answer."""
    written = [
        {**attrs.asdict(each), "form": each.form and each.form.value, "says": each.says and again(each.says, language)}
        for each in places
    ]
    return f', "look_up": {text(written)}}}'
