"""The parts of a verdict's JSON that are the same for every clinic, written once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.evidence import Outcome
from clinic_vetting.words import again

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.criterion import Band, CriteriaSet, Criterion
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


class Line(NamedTuple):
    """What a criterion says that comes to the same, wherever it does.

    Attributes:
        before_effect, before_statements, references: Its finding, between its effect, its statements and the reply.
        effect: How far it moves the score, in hundredths, and what rounding down leaves; the latter -1 where it
            does not apply.
        question: Its question, up to the bands that it opens.
    """

    before_effect: str
    before_statements: str
    references: str
    effect: tuple[int, int]
    question: str


@lru_cache(maxsize=20_000)
def two(hundredths: int) -> str:
    """Write so many hundredths as a number."""
    return repr(hundredths / 100)


def rounded(numerator: int, denominator: int) -> int:
    """Round a quotient to hundredths, halves up."""
    return (200 * numerator + denominator) // (2 * denominator)


class Lines(dict["Leaf", Line]):
    """By what a criterion comes to: what it says in a place. Made once for each, by `lines`."""

    __slots__ = ("country", "region", "worth")

    def __init__(self, worth: Worth, country: str | None, region: str | None) -> None:
        self.worth, self.country, self.region = worth, country, region

    def __missing__(self, leaf: Leaf) -> Line:
        if len(self) >= MOST_LEAVES:
            self.clear()
        written = self[leaf] = self._written(leaf)
        return written

    def _written(self, leaf: Leaf) -> Line:
        before, says = f'{text(self._numbers(leaf))[:-1]}, "effect": ', f", {text(self._says(leaf))[1:-1]}, "
        references = f', "references": {text(list(self._criterion(leaf).references))}, '
        return Line(before, says, references, self._effect(leaf), self._question(leaf))

    def _criterion(self, leaf: Leaf) -> Criterion:
        return self.worth.plan.asked[leaf.place].criterion

    def _numbers(self, leaf: Leaf) -> dict[str, Any]:
        points, belief, criterion = self.worth.points, leaf.belief, self._criterion(leaf)
        return {
            "id": criterion.full_id,
            "outcome": leaf.outcome.value,
            "severity": criterion.severity.value,
            "points": None if belief is None else rounded(100 * points.each[leaf.place], points.whole) / 100,
            "proven": None if belief is None else belief.proven,
            "failed": None if belief is None else belief.failed,
        }

    def _says(self, leaf: Leaf) -> dict[str, Any]:
        outcome, criterion = leaf.outcome, self._criterion(leaf)
        return {
            "says": criterion.sentence(outcome),
            "why": criterion.why,
            "if_failed": criterion.if_failed if outcome in (Outcome.FAILED, Outcome.PARTLY) else None,
            "notes": [each.says for each in criterion.our_standard if each.holds(self.country, self.region)],
        }

    def _effect(self, leaf: Leaf) -> tuple[int, int]:
        if leaf.belief is None:
            return 0, -1
        (proven, failed), points = leaf.belief, self.worth.points
        count, of = self.worth.plan.unknown_counts.as_integer_ratio()
        moves = points.each[leaf.place] * (of * proven - count * (proven + failed))
        return divmod(100 * moves, of * points.whole)

    def _question(self, leaf: Leaf) -> str:
        points, belief, criterion = self.worth.points, leaf.belief, self._criterion(leaf)
        unknown = rounded(points.each[leaf.place] * belief.open, points.whole) / 100 if belief else None
        tree = {"criterion": criterion.full_id, "ask": criterion.ask, "check": criterion.check, "points": unknown}
        return f'{text(tree)[:-1]}, "opens": '


lines = lru_cache(maxsize=64)(Lines)


class Citation(NamedTuple):
    """What stands before who says it, first and again, between that and the source's id, and after the first."""

    opening: str
    before: str
    between: str
    closing: str


@lru_cache(maxsize=5000)
def citation(alone: Alone) -> Citation | None:
    """Write what surrounds the words of a statement that speaks by itself; `None` where it does not exist yet."""
    if alone.weighed is None:
        return None
    before, between = around(alone.weighed)
    if alone.ruling.deciding:
        closing = ', "other_statements": [], "contradicted": false, "changes_on": '
        return Citation(f'"decided_by": {before}', before, between, closing)
    opening = f'"decided_by": null, "other_statements": [{before}'
    return Citation(opening, before, between, '], "contradicted": false, "changes_on": ')


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


class Section(NamedTuple):
    """A category that applies in part or whole.

    Attributes:
        start, stop: The places of its criteria.
        points: What they are worth, in whole numbers.
        named: What it is called, and its points, as JSON.
    """

    start: int
    stop: int
    points: int
    named: str


@lru_cache(maxsize=64)
def sections(worth: Worth) -> tuple[Section, ...]:
    """Write what categories are called and worth, where some criteria apply."""
    points, start, found = worth.points, 0, []
    for category in worth.plan.criteria.categories:
        stop = start + len(category.criteria)
        own = sum(points.each[start:stop])
        shown = rounded(100 * own, points.whole) / 100 if own else None
        named = text({"id": category.id, "title": category.title, "points": shown})[:-1]
        found.append(Section(start, stop, own, named))
        start = stop
    return tuple(found)


def ids(each: tuple[str, ...]) -> str:
    """Write ids, which need no escapes."""
    return '["{}"]'.format('", "'.join(each)) if each else "[]"


@lru_cache(maxsize=64)
def criteria(each: CriteriaSet) -> str:
    """Write which criteria set it is."""
    return text({"id": each.id, "version": each.version, "digest": criteria_digest(each)})


@lru_cache(maxsize=256)
def band(each: Band | None) -> str:
    """Write a band."""
    return text({"id": each.id, "label": each.label, "says": each.says} if each else None)


NOWHERE: Final = ', "look_up": []}'


@lru_cache(maxsize=4096)
def look_up(places: tuple[LookUp, ...], language: str) -> str:
    """Write where to look up an answer."""
    written = [
        {**attrs.asdict(each), "form": each.form and each.form.value, "says": each.says and again(each.says, language)}
        for each in places
    ]
    return f', "look_up": {text(written)}}}'
