"""A clinic and its records, as facts with their sources; no record says what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
from attrs import frozen

from clinic_vetting import fields, gs1, ndc, shapes, udi
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.frozen import FrozenDict
from clinic_vetting.words import ENGLISH, say, word

if TYPE_CHECKING:
    from typing import Self

COUNTRY = "(?!UK)[A-Z]{2}"
_A_COUNTRY = "a country code such as GB, which is not UK (ISO 3166-1)"
REGION = "(?!UK)[A-Z]{2}-[A-Z0-9]{1,3}"


class LicenceStatus(StrEnum):
    """What a register says of a licence."""

    ACTIVE = "active"
    CONDITIONS = "conditions"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    NOT_FOUND = "not_found"


class RegistrationKind(StrEnum):
    """What a clinic is registered for."""

    PREMISES = "premises"
    ACCREDITATION = "accreditation"
    MEMBERSHIP = "membership"


class RegistrationStatus(StrEnum):
    """What a body says of a clinic's registration, accreditation or membership."""

    REGISTERED = "registered"
    ACCREDITED = "accredited"
    MEMBER = "member"
    ACTIVE = "active"
    APPLIED = "applied"
    CONDITIONS = "conditions"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    NOT_REGISTERED = "not_registered"
    NOT_REQUIRED = "not_required"


class NoticeKind(StrEnum):
    """What a notice is."""

    CLOSURE = "closure"
    PROHIBITION = "prohibition"
    SUSPENSION = "suspension"
    IMPROVEMENT = "improvement"
    OUTBREAK = "outbreak"
    WARNING = "warning"
    RECALL = "recall"
    ALERT = "alert"


class Action(StrEnum):
    """What an authority decided about a person. An allegation is no decision and never counts."""

    SUSPENSION = "suspension"
    REVOCATION = "revocation"
    SURRENDER = "surrender"
    EXCLUSION = "exclusion"
    PROHIBITION = "prohibition"
    CONDITIONS = "conditions"
    REPRIMAND = "reprimand"
    FINE = "fine"
    ALLEGATION = "allegation"


class ProductKind(StrEnum):
    """How a product is regulated."""

    MEDICINE = "medicine"
    DEVICE = "device"
    COMPOUNDED = "compounded"
    COSMETIC = "cosmetic"


class AuthorisationStatus(StrEnum):
    """What an authority says of a product."""

    AUTHORISED = "authorised"
    NOT_AUTHORISED = "not_authorised"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def _words(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _of(language: str, group: str, value: StrEnum | None) -> str | None:
    return word(language, group, value) if value else None


def _until(language: str, day: dt.date | None) -> str | None:
    return say(language, "record.until", day=day) if day else None


class _Telling:
    """A record that says what it holds, in a language."""

    __slots__ = ()

    def told(self, language: str) -> str:
        """Say what it holds."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.told(ENGLISH)


def _source() -> Any:
    return fields.shaped(shapes.Reference("source", Source))


@frozen(kw_only=True)
class Licence(_Telling):
    """A person's entry in the register of a health profession.

    Attributes:
        authority: The register, such as `GMC`.
        number: As written, zeros in front included.
        status: What the register says; without one, the record proves nothing.
        expires: The last day on which the licence is in force.
        source: Who says so.
    """

    authority: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    status: LicenceStatus | None = attrs.field(default=None, **fields.choice(LicenceStatus))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return _words(self.authority, self.number, _of(language, "status", self.status), _until(language, self.expires))


@frozen(kw_only=True)
class Training(_Telling):
    """Training in one procedure.

    Attributes:
        treatment: The procedure, such as `mesotherapy`.
        provider: Who taught.
        hours: Length, 0..10,000 hours.
        completed: The day on which it was completed.
        source: Who says so.
    """

    treatment: str = attrs.field(**fields.text(100))
    provider: str | None = attrs.field(default=None, **fields.text(300))
    hours: Decimal | None = attrs.field(default=None, **fields.number(0, 10_000))
    completed: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        hours = None if self.hours is None else say(language, "record.hours", count=self.hours)
        training = say(language, "record.training", treatment=self.treatment)
        return _words(training, self.provider, hours, self.completed)


@frozen(kw_only=True)
class Insurance(_Telling):
    """Malpractice or indemnity cover.

    Attributes:
        insurer: Who insures.
        covers: The procedures that the policy names.
        expires: The last day of cover.
        source: Who says so.
    """

    insurer: str | None = attrs.field(default=None, **fields.text(300))
    covers: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(100), most=200))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        insurer = say(language, "record.insurer", insurer=self.insurer or say(language, "record.no_insurer"))
        return _words(insurer, *sorted(self.covers), _until(language, self.expires))


@frozen(kw_only=True)
class Practitioner(_Telling):
    """A person who treats patients at the clinic.

    Attributes:
        name: As the clinic or the register gives it.
        role: The profession in a word, such as `physician` or `nurse`; `none` for a lay person.
        injects: Whether this person injects; who is not said not to is taken as an injector.
        licences: Entries in professional registers.
        training: Courses completed.
        insurance: Policies that cover this person.
        source: Who names this person.
    """

    name: str | None = attrs.field(default=None, **fields.text(300))
    role: str | None = attrs.field(default=None, **fields.text(100))
    injects: bool | None = attrs.field(default=None, **fields.flag())
    licences: tuple[Licence, ...] = attrs.field(factory=tuple, **fields.many(Licence, single=True, most=50))
    training: tuple[Training, ...] = attrs.field(factory=tuple, **fields.many(Training, single=True, most=200))
    insurance: tuple[Insurance, ...] = attrs.field(factory=tuple, **fields.many(Insurance, single=True, most=50))
    source: Source | None = attrs.field(default=None, **fields.shaped(shapes.Reference("source", Source)))

    def told(self, language: str) -> str:
        """Say what it holds."""
        return _words(self.name or say(language, "record.no_practitioner"), self.role)


@frozen(kw_only=True)
class Authorisation(_Telling):
    """What an authority says of a product.

    Attributes:
        authority: Such as `MHRA`.
        number: As written.
        status: Without one, that it is authorised.
        country: Where it holds (ISO 3166-1); of a clinic elsewhere it says nothing.
        source: Who says so.
    """

    authority: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    country: str | None = attrs.field(default=None, **fields.text(2, pattern=COUNTRY, what=_A_COUNTRY))
    status: AuthorisationStatus = attrs.field(
        default=AuthorisationStatus.AUTHORISED, **fields.choice(AuthorisationStatus)
    )
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return _words(self.authority, self.number, _of(language, "status", self.status))


@frozen(kw_only=True)
class Supplier(_Telling):
    """Where a product was bought; `authorised` says whether the maker or the law lets it sell."""

    name: str | None = attrs.field(default=None, **fields.text(300))
    authorised: bool | None = attrs.field(default=None, **fields.flag())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return self.name or say(language, "record.no_supplier")


@frozen
class Code(shapes.Text):
    """The shape of a code that a pack bears; `reads` raises a ValueError where it cannot be one."""

    reads: Callable[[str], object] = gs1.read

    def problem(self, value: Any) -> str:
        """Read it."""
        if problem := super().problem(value):
            return problem
        try:
            self.reads(value)
        except ValueError as error:
            return str(error)
        return ""


def _ndc(text: str) -> tuple[str, ...]:
    if found := ndc.elevens(text):
        return found
    message = "an NDC such as 0002-0800-01, or of 10 or 11 digits"
    raise ValueError(message)


@frozen(kw_only=True)
class Product(_Telling):
    """Something that is injected.

    Attributes:
        name: Brand name.
        maker: Manufacturer.
        treatment: The procedure that it is used for.
        kind: How it is regulated.
        authorisation: What authorities say of it.
        supplier: Where it was bought.
        gs1: The pack's GS1 code, `(01)GTIN(17)YYMMDD(10)LOT` or as a scanner gives it.
        udi: A device's identifier as its label shows it, of GS1, HIBCC or ICCBBA.
        ndc: A US drug's National Drug Code, such as `0002-0800-01`.
        lot: The lot; else read from `gs1` or `udi`.
        expires: The last day on which it may be used; else read from `gs1` or `udi`.
        sealed: Whether packs arrive sealed and labelled.
        source: Who saw the pack.
    """

    name: str | None = attrs.field(default=None, **fields.text(300))
    maker: str | None = attrs.field(default=None, **fields.text(300))
    treatment: str | None = attrs.field(default=None, **fields.text(100))
    kind: ProductKind | None = attrs.field(default=None, **fields.choice(ProductKind))
    authorisation: tuple[Authorisation, ...] = attrs.field(
        factory=tuple, **fields.many(Authorisation, single=True, most=50)
    )
    supplier: Supplier | None = attrs.field(default=None, **fields.one(Supplier))
    gs1: str | None = attrs.field(default=None, **fields.shaped(Code(reads=gs1.read)))
    udi: str | None = attrs.field(default=None, **fields.shaped(Code(reads=udi.read)))
    ndc: str | None = attrs.field(default=None, **fields.shaped(Code(reads=_ndc)))
    lot: str | None = attrs.field(default=None, **fields.text(100))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    sealed: tuple[Statement, ...] = attrs.field(factory=tuple, **fields.shaped(shapes.Said(Statement)))
    source: Source | None = attrs.field(default=None, **fields.shaped(shapes.Reference("source", Source)))

    @property
    def lot_in_use(self) -> str | None:
        """The lot, from wherever it was given."""
        return self.lot or (_coded(self).lot if self.gs1 or self.udi else None)

    @property
    def last_day(self) -> dt.date | None:
        """The expiry date, from wherever it was given."""
        return self.expires or (_coded(self).expires if self.gs1 or self.udi else None)

    def told(self, language: str) -> str:
        """Say what it holds."""
        lot = say(language, "record.lot", lot=self.lot_in_use) if self.lot_in_use else None
        name = self.name or say(language, "record.no_product")
        return _words(name, self.maker, lot, _until(language, self.last_day))


class _Coded(NamedTuple):
    """What a pack's codes say, the first that says it; and all of them."""

    lot: str | None
    expires: dt.date | None
    codes: tuple[gs1.Pack | udi.Udi, ...]


def codes_of(product: Product) -> tuple[gs1.Pack | udi.Udi, ...]:
    """Give what a pack's codes say; years of two digits are near the year in which it was seen."""
    return _coded(product).codes


def _coded(product: Product) -> _Coded:
    source = product.source
    return _decoded(product.gs1, product.udi, source.seen.year if source and source.seen else gs1.SEEN_IN)


@lru_cache(maxsize=4096)
def _decoded(pack: str | None, device: str | None, year: int) -> _Coded:
    codes = (*((gs1.read(pack, year),) if pack else ()), *((udi.read(device, year),) if device else ()))
    lot = next((each.lot for each in codes if each.lot), None)
    return _Coded(lot, next((each.expires for each in codes if each.expires), None), codes)


@frozen(kw_only=True)
class Registration(_Telling):
    """What a body says of the clinic itself.

    Attributes:
        kind: For its premises, an accreditation, or a membership.
        body: Who registers, such as `CQC`.
        number: As written.
        status: What the body says; without one, the record proves nothing.
        expires: The last day on which it is in force.
        source: Who says so.
    """

    kind: RegistrationKind = attrs.field(**fields.choice(RegistrationKind))
    body: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    status: RegistrationStatus | None = attrs.field(default=None, **fields.choice(RegistrationStatus))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return _words(self.body, self.number, _of(language, "status", self.status), _until(language, self.expires))


@frozen(kw_only=True)
class Notice(_Telling):
    """Something that an authority has made public about the clinic, or about a product it uses.

    Attributes:
        by: The authority.
        kind: Recalls and alerts are about products; every other kind, and none, is about the clinic.
        about: What it is about, in words.
        issued: From this day on it is in force.
        lifted: From this day on it is history.
        source: Who says so.
    """

    by: str = attrs.field(**fields.text(200))
    kind: NoticeKind | None = attrs.field(default=None, **fields.choice(NoticeKind))
    about: str | None = attrs.field(default=None, **fields.text(1000))
    issued: dt.date | None = attrs.field(default=None, **fields.day())
    lifted: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        issued = say(language, "record.issued", day=self.issued) if self.issued else None
        what = word(language, "notice", self.kind or "notice")
        return _words(say(language, "record.by", what=what, who=self.by), self.about, issued)


@frozen(kw_only=True)
class Sanction(_Telling):
    """A decision against a practitioner. An allegation is kept, and never counts.

    Attributes:
        by: The authority that decided.
        action: What it decided.
        practitioner: About whom.
        decided: From this day on it is in force.
        ended: From this day on it is history.
        source: Who says so.
    """

    by: str = attrs.field(**fields.text(200))
    action: Action = attrs.field(**fields.choice(Action))
    practitioner: str | None = attrs.field(default=None, **fields.text(300))
    decided: dt.date | None = attrs.field(default=None, **fields.day())
    ended: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        decided = say(language, "record.decided", day=self.decided) if self.decided else None
        about = say(language, "record.about", whom=self.practitioner) if self.practitioner else None
        what = word(language, "action", self.action)
        return _words(say(language, "record.by", what=what, who=self.by), about, decided)


@frozen(kw_only=True)
class Rating:
    """A platform's own aggregate.

    Attributes:
        platform: Where, such as `Google`.
        mean: Mean of the ratings, 1..5 stars.
        count: How many ratings, 0..10,000,000.
        seen: The day on which the aggregate was read.
        independent: Whether the clinic has no say in what the platform shows.
    """

    platform: str = attrs.field(**fields.text(200))
    mean: Decimal = attrs.field(**fields.number(1, 5))
    count: int = attrs.field(**fields.whole(0, 10_000_000))
    seen: dt.date | None = attrs.field(default=None, **fields.day())
    independent: bool = attrs.field(default=True, **fields.flag())


@frozen(kw_only=True)
class Review:
    """One patient's review.

    Attributes:
        platform: Where it was written.
        rating: 1..5 stars; without one it is read, and not averaged.
        date: When it was written.
        verified: Whether the platform has checked that the author was a patient.
        author: As shown by the platform.
        text: What was written.
        independent: Whether the clinic has no say in what the platform shows.
    """

    platform: str = attrs.field(**fields.text(200))
    rating: Decimal | None = attrs.field(default=None, **fields.number(1, 5))
    date: dt.date | None = attrs.field(default=None, **fields.day())
    verified: bool | None = attrs.field(default=None, **fields.flag())
    author: str | None = attrs.field(default=None, **fields.text(300))
    text: str | None = attrs.field(default=None, **fields.text(20_000))
    independent: bool = attrs.field(default=True, **fields.flag())


@frozen(kw_only=True)
class Reply:
    """The clinic's answer to a finding: shown with it, never scored."""

    criterion: str = attrs.field(**fields.text(200))
    by: str = attrs.field(**fields.text(300))
    on: dt.date = attrs.field(**fields.day())
    text: str = attrs.field(**fields.text(5000))


@frozen(kw_only=True)
class Waiver:
    """A vetter's decision to leave a criterion out, through a last day.

    Attributes:
        criterion: Full id.
        reason: Why.
        owner: Who answers for it.
        until: The last day on which it holds.
        since: The first, where it has one.
    """

    criterion: str = attrs.field(**fields.text(200))
    reason: str = attrs.field(**fields.text(2000))
    owner: str = attrs.field(**fields.text(300))
    until: dt.date = attrs.field(**fields.day())
    since: dt.date | None = attrs.field(default=None, **fields.day())

    def in_force(self, day: dt.date) -> bool:
        """Say whether it holds on a day."""
        return (self.since is None or self.since <= day) and day <= self.until


@frozen(kw_only=True)
class PossibleMatch(_Telling):
    """A row of a register that may be about the clinic, its people or its suppliers: a question, which counts nothing.

    Attributes:
        about: Whom or what of the clinic it may concern.
        name: As the register has it.
        place: Where the row stands in the register's file.
        says: What the row says, of whomever it is about.
        ask: How to find out.
        source: The register, on the day of which it tells.
    """

    about: str = attrs.field(**fields.text(300))
    name: str = attrs.field(**fields.text(300))
    place: str = attrs.field(**fields.text(200))
    says: str | None = attrs.field(default=None, **fields.text(1000))
    ask: str = attrs.field(**fields.text(1000))
    source: Source = attrs.field(**_source())

    def told(self, language: str) -> str:
        """Say what it holds."""
        form = "match.asked_says" if self.says else "match.asked"
        values = {"about": self.about, "name": self.name, "place": self.place, "says": self.says, "ask": self.ask}
        return say(language, form, **values)


class Answers(FrozenDict[str, tuple[Statement, ...]]):
    """Direct answers by full criterion id; cannot be changed once made."""

    __slots__ = ()


_SOURCED = ("practitioners", "products", "registrations", "notices", "sanctions", "possible_matches")


def _sources(record: Any) -> Iterator[Source]:
    """List the sources within a record and the records inside it."""
    for name in record.__slots__:
        value = getattr(record, name, None)
        if isinstance(value, Source):
            yield value
        elif isinstance(value, tuple):
            for inner in value:
                yield from _sources(inner) if attrs.has(type(inner)) else ()
        elif attrs.has(type(value)):
            yield from _sources(value)


def _answers(given: Mapping[str, Statement | Iterable[Statement]]) -> Answers:
    if not hasattr(given, "items"):
        message = f"'answers' must map criterion ids to statements, got {given!r}"
        raise ValueError(message)
    several = {key: (said,) if isinstance(said, Statement) else tuple(said) for key, said in given.items()}
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
    country: str | None = attrs.field(default=None, **fields.text(pattern=COUNTRY, what=_A_COUNTRY))
    region: str | None = attrs.field(
        default=None, **fields.text(pattern=REGION, what="a region code such as GB-ENG (ISO 3166-2)")
    )
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
        for said in self.answers.values():
            yield from (each.source for each in said)
        for name in _SOURCED:
            for record in getattr(self, name):
                yield from _sources(record)

    def answering(self, answers: Mapping[str, Statement | Iterable[Statement]]) -> Self:
        """Give the same clinic with more direct answers."""
        more = _answers(answers)
        keys = [*self.answers, *(key for key in more if key not in self.answers)]
        return attrs.evolve(self, answers={key: self.answers.get(key, ()) + more.get(key, ()) for key in keys})
