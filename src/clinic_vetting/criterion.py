"""What is asked, what it is worth, and which bands it leads to: the criteria set as values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.clinic import COUNTRY, REGION
from clinic_vetting.dates import Span
from clinic_vetting.errors import CriteriaError, Problem
from clinic_vetting.evidence import Evidence, Kind, Outcome, Strength
from clinic_vetting.frozen import frozen_dict
from clinic_vetting.reading import INVALID
from clinic_vetting.words import ENGLISH, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading

_FULL_ID: Final = rf"{fields.ID}\.{fields.ID}"
_MOST_WEIGHT: Final = 1_000_000
_COUNTRY: Final = shapes.Text(2, COUNTRY, "a country code such as GB, which is not UK")
_REGION: Final = shapes.Text(6, REGION, "a region code such as GB-ENG")
_HUNDREDTHS: Final = shapes.Whole(0, 100)


def _strength(strength: Strength) -> int | dict[str, int]:
    one_number = strength.for_ == strength.against
    return strength.for_ if one_number else {"for": strength.for_, "against": strength.against}


class Severity(StrEnum):
    """How much harm a failure can do, in the words that inspectors use."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Strengths:
    """The shape of the table of evidence: each kind's strength, and `undated: half`."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read all six kinds."""
        names = [kind.value for kind in Kind]
        if not isinstance(node.value, dict):
            return reading.fault(node, path, f"a mapping with {', '.join(names)}")
        shapes.refuse_unknown(node, path, [*names, "undated"], reading)
        undated = node.value.get("undated")
        if undated and undated.value not in (None, "half"):
            reading.fault(undated, f"{path}.undated", "half")
        return {kind: self._one(node, path, kind, reading) for kind in Kind}

    def problem(self, value: Any) -> str:
        """Check that every kind has a strength."""
        fits = isinstance(value, dict) and set(value) == set(Kind)
        return "" if fits else "a dict with a Strength for each Kind"

    def plain(self, value: Mapping[Kind, Strength]) -> dict[str, Any]:
        """Write one number where both strengths are the same."""
        return {**{kind.value: _strength(value[kind]) for kind in Kind}, "undated": "half"}

    def schema(self) -> dict[str, Any]:
        """Describe the table."""
        hundredths = _HUNDREDTHS.schema()
        pair = {"type": "object", "required": ["for", "against"], "additionalProperties": False}
        pair["properties"] = {"for": hundredths, "against": hundredths}
        kinds: dict[str, Any] = {kind.value: {"anyOf": [hundredths, pair]} for kind in Kind}
        return {
            "type": "object",
            "properties": {**kinds, "undated": {"const": "half"}},
            "required": list(kinds),
            "additionalProperties": False,
        }

    def _one(self, node: Node, path: str, kind: Kind, reading: Reading) -> Any:
        assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
        inner = node.value.get(kind.value)
        path = f"{path}.{kind.value}"
        if inner is None or inner.value is None:
            return reading.fault(inner or node, path, _HUNDREDTHS.expected, "nothing")
        if isinstance(inner.value, dict):
            return self._pair(inner, path, reading)
        hundredths = _HUNDREDTHS.read(inner, path, reading)
        return hundredths if hundredths is INVALID else Strength(hundredths, hundredths)

    def _pair(self, node: Node, path: str, reading: Reading) -> Any:
        assert isinstance(node.value, dict)  # noqa: S101 - the caller looked
        shapes.refuse_unknown(node, path, ["for", "against"], reading)
        pair: list[Any] = []
        for key in ("for", "against"):
            inner = node.value.get(key)
            if inner is None:
                pair.append(reading.fault(node, f"{path}.{key}", _HUNDREDTHS.expected, "nothing"))
            else:
                pair.append(_HUNDREDTHS.read(inner, f"{path}.{key}", reading))
        return INVALID if INVALID in pair else Strength(*pair)


@frozen(kw_only=True)
class Applies:
    """Where a criterion applies: every kind of limit must hold, within a kind any value will do.

    Attributes:
        countries: ISO 3166-1 alpha-2; empty for everywhere.
        regions: ISO 3166-2; empty for everywhere.
        treatments: Empty for all.
    """

    countries: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_COUNTRY, single=True))
    regions: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_REGION, single=True))
    treatments: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(100), single=True))

    def to(self, country: str | None, region: str | None, treatments: tuple[str, ...]) -> bool:
        """Say whether it applies; a limit on something that is not stated holds."""
        stated = ((self.countries, country), (self.regions, region))
        places = all(not limit or value is None or value in limit for limit, value in stated)
        procedures = not self.treatments or not treatments or any(each in self.treatments for each in treatments)
        return places and procedures


@frozen(kw_only=True)
class OurStandard:
    """Where the law does not ask for this, and it is a standard of the criteria set's own."""

    says: str = attrs.field(**fields.text(400))
    countries: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_COUNTRY, single=True))
    regions: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(_REGION, single=True))

    def holds(self, country: str | None, region: str | None) -> bool:
        """Say whether the clinic is known to stand in one of these places."""
        return country in self.countries or region in self.regions


@frozen(kw_only=True)
class Criterion:
    """One question about a clinic.

    Attributes:
        id: Unique within its category.
        question: A yes means good.
        weight: Whole number >= 1, against the other criteria of its category.
        severity: What a failure means for the band.
        fresh_for: How long evidence counts in full; the set's own where left out.
        measure: The name of the measure that reads records, where one does.
        applies: Where it applies; everywhere where left out.
        our_standard: Where the law does not ask for it.
        says: One sentence for each outcome.
        why: Why it is asked.
        ask: What a patient can ask.
        check: How a vetter finds out.
        if_failed: What to do if it failed.
        references: Ids in the set's references.
        category: The id of its category.
    """

    id: str = attrs.field(**fields.identifier())
    question: str = attrs.field(**fields.text(600))
    weight: int = attrs.field(**fields.whole(1, _MOST_WEIGHT))
    severity: Severity = attrs.field(**fields.choice(Severity))
    fresh_for: Span | None = attrs.field(default=None, **fields.span())
    measure: str | None = attrs.field(default=None, **fields.identifier())
    applies: Applies | None = attrs.field(default=None, **fields.one(Applies))
    our_standard: tuple[OurStandard, ...] = attrs.field(factory=tuple, **fields.many(OurStandard, single=True))
    says: Mapping[Outcome, str] = attrs.field(
        default=None, converter=frozen_dict, **fields.shaped(shapes.Words(Outcome))
    )
    why: str | None = attrs.field(default=None, **fields.text())
    ask: str | None = attrs.field(default=None, **fields.text())
    check: str | None = attrs.field(default=None, **fields.text())
    if_failed: str | None = attrs.field(default=None, **fields.text())
    references: tuple[str, ...] = attrs.field(
        factory=tuple, **fields.many(shapes.Text(64, fields.ID, "the id of a reference"))
    )
    category: str = attrs.field(default="")

    @property
    def full_id(self) -> str:
        """The id that findings bear, such as `hygiene.hand_hygiene`."""
        return f"{self.category}.{self.id}"

    def sentence(self, outcome: Outcome) -> str:
        """Say the outcome in the criterion's own words, or plainly where it has none."""
        own = (self.says or {}).get(outcome)
        return own or f"{self.question} {say(ENGLISH, f'plainly.{outcome}')}"


def _named(category: Any) -> None:
    criteria = tuple(attrs.evolve(each, category=category.id) for each in category.criteria)
    object.__setattr__(category, "criteria", criteria)


@frozen(kw_only=True)
class Category:
    """Criteria that belong together, and their weight against the other categories."""

    id: str = attrs.field(**fields.identifier())
    title: str = attrs.field(**fields.text(200))
    weight: int = attrs.field(**fields.whole(1, _MOST_WEIGHT))
    criteria: tuple[Criterion, ...] = attrs.field(factory=tuple, **fields.many(Criterion, most=500))

    __attrs_post_init__ = _named


@frozen(kw_only=True)
class Reference:
    """Something that was published, by whom and when."""

    by: str = attrs.field(**fields.text(300))
    title: str = attrs.field(**fields.text(500))
    year: int | None = attrs.field(default=None, **fields.whole(1800, 2200))
    url: str | None = attrs.field(default=None, **fields.text(500, pattern="https?://[!-~]+", what="a web address"))

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.by, self.title, self.year) if part)


@frozen(kw_only=True)
class Band:
    """A verdict in a word; a clinic gets the first band whose every condition holds.

    Attributes:
        id: Unique within the set.
        label: For readers.
        says: One sentence.
        proven_at_least, failed_at_most: Points, 0..100.
        critical_in_doubt, critical_failed, major_in_doubt, major_failed: At most so many criteria.
        met: Full ids of the criteria that must be `met`.
    """

    id: str = attrs.field(**fields.identifier())
    label: str = attrs.field(**fields.text(100))
    says: str | None = attrs.field(default=None, **fields.text(500))
    proven_at_least: Decimal | None = attrs.field(default=None, **fields.number(0, 100))
    failed_at_most: Decimal | None = attrs.field(default=None, **fields.number(0, 100))
    critical_in_doubt: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    critical_failed: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    major_in_doubt: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    major_failed: int | None = attrs.field(default=None, **fields.whole(0, 10_000))
    met: tuple[str, ...] = attrs.field(
        factory=tuple, **fields.many(shapes.Text(129, _FULL_ID, "a full criterion id such as hygiene.hand_hygiene"))
    )

    def strictness(self) -> dict[str, Decimal | int]:
        """Give each numeric condition as a number that is smaller where it is stricter."""
        in_doubt, failed = "critical_in_doubt", "critical_failed"
        given = {name: getattr(self, name) for name in _NUMERIC if getattr(self, name) is not None}
        for doubt, fail in ((in_doubt, failed), ("major_in_doubt", "major_failed")):
            if doubt in given:
                given[fail] = min(given[doubt], given.get(fail, given[doubt]))
        return {name: -value if name == "proven_at_least" else value for name, value in given.items()}

    @property
    def unconditional(self) -> bool:
        """Say whether every clinic gets it that got no better one."""
        return not self.met and not self.strictness()


_NUMERIC: Final = (
    "critical_in_doubt",
    "critical_failed",
    "major_in_doubt",
    "major_failed",
    "failed_at_most",
    "proven_at_least",
)


@frozen(kw_only=True)
class Changed:
    """One change that a set makes to the one it builds on, in words, with who answers for it."""

    what: str = attrs.field(**fields.text(1_000_000))
    because: str = attrs.field(**fields.text(1000))
    owner: str = attrs.field(**fields.text(300))


@frozen(eq=False, kw_only=True)
class CriteriaSet:
    """Everything that decides what facts are worth.

    Attributes:
        id, version, title: What it is called.
        based_on: The set it builds on, with its version and digest.
        unknown_counts: What an unknown point adds to the score, 0..1.
        evidence: How far each kind of source is believed, in hundredths.
        fresh_for: How long evidence counts in full, unless a criterion says otherwise.
        failures_fresh_for: After this span a later `yes` needs only half the strength of a `no`.
        categories: At least one, each with at least one criterion.
        references: What was published, by id.
        bands: Best first; the last has no condition.
        changes: What it changed in the set it builds on, and why.
        language: What its readers' language is; no document says it.
        original: The set that this one translates; its digest is this one's too.

    Raises:
        CriteriaError: Ids that repeat or lead nowhere, or bands that contradict each other.
    """

    id: str = attrs.field(**fields.identifier())
    version: str = attrs.field(**fields.text(50))
    title: str = attrs.field(**fields.text(300))
    based_on: str | None = attrs.field(default=None, **fields.text(500))
    unknown_counts: Decimal = attrs.field(default=Decimal("0.5"), **fields.number(0, 1))
    evidence: Mapping[Kind, Strength] = attrs.field(converter=frozen_dict, **fields.shaped(Strengths()))
    fresh_for: Span = attrs.field(**fields.span())
    failures_fresh_for: Span = attrs.field(**fields.span())
    categories: tuple[Category, ...] = attrs.field(factory=tuple, **fields.many(Category, most=100))
    references: Mapping[str, Reference] = attrs.field(
        factory=dict, converter=frozen_dict, **fields.shaped(shapes.Keyed(Reference))
    )
    bands: tuple[Band, ...] = attrs.field(factory=tuple, **fields.many(Band, most=50))
    changes: tuple[Changed, ...] = attrs.field(factory=tuple, **fields.many(Changed))
    language: str = ENGLISH
    original: CriteriaSet | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if problems := list(_contradictions(self)):
            raise CriteriaError(problems)

    def criteria(self) -> Iterator[Criterion]:
        """List every criterion, category by category."""
        for category in self.categories:
            yield from category.criteria

    @property
    def beliefs(self) -> Evidence:
        """How statements are weighed."""
        return Evidence(dict(self.evidence), self.failures_fresh_for)

    def freshness(self, criterion: Criterion) -> Span:
        """Give how long evidence on a criterion counts in full."""
        return criterion.fresh_for or self.fresh_for

    def __repr__(self) -> str:
        return f"<CriteriaSet {self.id} {self.version}: {sum(1 for _ in self.criteria())} criteria>"


def _contradictions(criteria: CriteriaSet) -> Iterator[Problem]:
    ids = [each.full_id for each in criteria.criteria()]
    if not ids:
        yield Problem("categories", "at least one criterion", "none")
    for i, category in enumerate(criteria.categories):
        path = f"categories[{i}]"
        if not category.criteria:
            yield Problem(path, "at least one criterion", f"none in category {category.id!r}")
        for j, each in enumerate(category.criteria):
            for name in each.references:
                if name not in criteria.references:
                    yield Problem(f"{path}.criteria[{j}].references", "ids among the references", repr(name))
        yield from _repeated(f"{path}.criteria", [each.id for each in category.criteria])
    yield from _repeated("categories", [each.id for each in criteria.categories])
    yield from _repeated("bands", [each.id for each in criteria.bands])
    yield from _band_contradictions(criteria.bands, set(ids))


def _repeated(path: str, ids: list[str]) -> Iterator[Problem]:
    for i, each in enumerate(ids):
        if each in ids[:i]:
            yield Problem(f"{path}[{i}].id", "each id once", f"a second {each!r}")


def _band_contradictions(bands: tuple[Band, ...], ids: set[str]) -> Iterator[Problem]:
    if not bands or not bands[-1].unconditional:
        yield Problem("bands", "a last band without conditions, so that every clinic gets one", "none")
    for i, band in enumerate(bands):
        for each in band.met:
            if each not in ids:
                yield Problem(
                    f"bands[{i}].met", "full ids of criteria in this set", f"{each!r}; give bands that fit the set"
                )
        if i < len(bands) - 1 and band.strictness().get("critical_failed") != 0:
            got = f"a band {band.id!r} that a failed critical criterion can reach"
            yield Problem(f"bands[{i}]", "critical_failed: 0 in every band but the last", got)
    for i, (better, worse) in enumerate(pairwise(bands[:-1])):
        for name in _easier(better, worse):
            got = f"{name} less strict in {better.id!r} than in {worse.id!r}"
            yield Problem(f"bands[{i}]", "a better band at least as strict as a worse one", got)


def _easier(better: Band, worse: Band) -> Iterator[str]:
    have, wanted = better.strictness(), worse.strictness()
    yield from (name for name, limit in wanted.items() if name not in have or have[name] > limit)
    if not set(worse.met) <= set(better.met):
        yield "met"
