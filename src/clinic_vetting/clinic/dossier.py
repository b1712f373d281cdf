"""A clinic with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.clinic.parts import A_COUNTRY, COUNTRY, REGION, is_region_of
from clinic_vetting.clinic.practitioner import Practitioner
from clinic_vetting.clinic.product import Product
from clinic_vetting.clinic.rating import Rating, Review
from clinic_vetting.clinic.registration import Notice, Registration, Sanction
from clinic_vetting.clinic.remark import PossibleMatch, Reply, Waiver
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.frozen import FrozenDict

if TYPE_CHECKING:
    from typing import Self


class Answers(FrozenDict[str, tuple[Statement, ...]]):
    """Direct answers by full criterion id; cannot be changed once made."""

    __slots__ = ()


_HOLDS = (shapes.Reference, shapes.Record, shapes.Said, type(None))
"""Shapes of what can hold a source; what has none, such as a statement's record, can hold anything."""
_SOURCED = ("practitioners", "products", "registrations", "notices", "sanctions", "possible_matches")


def _gather(record: Any, found: list[Source]) -> None:
    """Gather the sources within a record and the records inside it."""
    for name in _sourced(record.__class__):
        value = getattr(record, name)
        if value.__class__ is Source:
            found.append(value)
        elif value.__class__ is tuple:
            for inner in value:
                _gather(inner, found)
        elif value is not None:
            _gather(value, found)


@lru_cache(maxsize=64)
def _sourced(kind: type[Any]) -> tuple[str, ...]:
    """List the fields of a record that can hold a source, or records; of what is no record, none."""
    if not attrs.has(kind):
        return ()
    shaped = [(each.name, each.metadata.get("shape")) for each in attrs.fields(kind)]
    return tuple([name for name, shape in shaped if isinstance(getattr(shape, "item", shape), _HOLDS)])


def _answers(given: Mapping[str, Statement | Iterable[Statement]]) -> Answers:
    if not hasattr(given, "items"):
        message = f"'answers' must map criterion ids to statements, got {given!r}"
        raise ValueError(message)
    several = {key: (said,) if isinstance(said, Statement) else tuple(said) for key, said in given.items()}
    if any(each.less for said in several.values() for each in said if isinstance(each, Statement)):
        message = "'answers' hold direct answers; only what a measure states can be less than its answer"
        raise ValueError(message)
    return Answers({key: said for key, said in several.items() if said})


@frozen(kw_only=True)
class Clinic:
    """Everything that is known of one clinic: an id, and facts with their sources.

    Attributes:
        id: The listing's own id.
        name: For readers.
        country: ISO 3166-1 alpha-2, such as `GB`.
        region: ISO 3166-2, such as `GB-ENG`.
        treatments: The procedures that are vetted, such as `mesotherapy`.
        practitioners, products, registrations, notices, sanctions, ratings, reviews: Its records.
        possible_matches: Rows of registers that may be about it; shown as questions, never scored.
        answers: Direct answers, by full criterion id such as `hygiene.hand_hygiene`.
        replies: What the clinic answers.
        waivers: What the vetter leaves out, and why.
    """

    id: str = attrs.field(**fields.text(200))
    name: str | None = attrs.field(default=None, **fields.text(500))
    country: str | None = attrs.field(default=None, **fields.text(pattern=COUNTRY, what=A_COUNTRY))
    region: str | None = attrs.field(default=None, **fields.text(pattern=REGION, what="iso_region"))
    treatments: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(100), single=True, most=50))
    practitioners: tuple[Practitioner, ...] = attrs.field(factory=tuple, **fields.many(Practitioner, most=200))
    products: tuple[Product, ...] = attrs.field(factory=tuple, **fields.many(Product, most=200))
    registrations: tuple[Registration, ...] = attrs.field(factory=tuple, **fields.many(Registration, most=200))
    notices: tuple[Notice, ...] = attrs.field(factory=tuple, **fields.many(Notice, most=200))
    sanctions: tuple[Sanction, ...] = attrs.field(factory=tuple, **fields.many(Sanction, most=200))
    ratings: tuple[Rating, ...] = attrs.field(factory=tuple, **fields.many(Rating, most=200))
    reviews: tuple[Review, ...] = attrs.field(factory=tuple, **fields.many(Review))
    possible_matches: tuple[PossibleMatch, ...] = attrs.field(factory=tuple, **fields.many(PossibleMatch))
    answers: Answers = attrs.field(factory=Answers, converter=_answers)
    replies: tuple[Reply, ...] = attrs.field(factory=tuple, **fields.many(Reply, most=500))
    waivers: tuple[Waiver, ...] = attrs.field(factory=tuple, **fields.many(Waiver, most=200))

    @region.validator
    def _of_the_country(self, _: object, value: str | None) -> None:
        if not is_region_of(value, self.country):
            message = f"'region' must be a region of {self.country}, got {value!r}"
            raise ValueError(message)

    @answers.validator
    def _statements(self, _: object, value: Answers) -> None:
        for key, said in value.items():
            if not isinstance(key, str) or not all(isinstance(each, Statement) for each in said):
                message = f"'answers' must map criterion ids to statements, got {key!r}: {said!r}"
                raise ValueError(message)

    def __attrs_post_init__(self) -> None:
        named: dict[str, Source] = {}
        for source in self.sources():
            if named.setdefault(source.id, source) != source:
                message = f"two different sources have the id {source.id!r}"
                raise ValueError(message)

    def sources(self) -> Iterator[Source]:
        """List the source of every statement and record, as often as it speaks."""
        found = [each.source for said in self.answers.values() for each in said]
        for name in _SOURCED:
            for record in getattr(self, name):
                _gather(record, found)
        return iter(found)

    def answering(self, answers: Mapping[str, Statement | Iterable[Statement]]) -> Self:
        """Give the same clinic with more direct answers."""
        more = _answers(answers)
        keys = [*self.answers, *(key for key in more if key not in self.answers)]
        return attrs.evolve(self, answers={key: self.answers.get(key, ()) + more.get(key, ()) for key in keys})
