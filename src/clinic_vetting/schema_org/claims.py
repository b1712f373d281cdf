"""A page's things as a clinic: its people, memberships, ratings and reviews, all of them the clinic's own word."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs
from attrs import define, frozen

from clinic_vetting.clinic import (
    Clinic,
    Licence,
    Practitioner,
    Rating,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Review,
)
from clinic_vetting.errors import Fault, InputError, join, shown
from clinic_vetting.evidence import Kind, Source
from clinic_vetting.fields import MOST_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    from clinic_vetting.schema_org.markup import Page, Thing

    T = TypeVar("T")

_RANKS: Final = (
    frozenset({"MedicalBusiness", "MedicalClinic", "MedicalOrganization", "Physician", "PhysiciansOffice",
               "Dermatology", "PlasticSurgery", "CovidTestingFacility", "Dentist", "Hospital"}),
    frozenset({"HealthAndBeautyBusiness", "BeautySalon", "DaySpa", "HealthClub", "NailSalon", "HairSalon"}),
    frozenset({"LocalBusiness", "ProfessionalService", "Store"}),
    frozenset({"Organization", "Corporation"}),
)  # fmt: skip
"""What a clinic is described as, the plainest first."""
_COUNTRIES: Final = {
    "usa": "US", "united states": "US", "united states of america": "US", "uk": "GB", "gbr": "GB",
    "united kingdom": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "ireland": "IE", "irl": "IE", "australia": "AU", "aus": "AU", "canada": "CA", "can": "CA", "france": "FR",
    "germany": "DE", "deutschland": "DE", "spain": "ES", "españa": "ES", "italy": "IT", "italia": "IT",
    "netherlands": "NL", "new zealand": "NZ",
}  # fmt: skip
_PAGES: Final = frozenset(
    {"WebPage", "AboutPage", "ContactPage", "ProfilePage", "FAQPage", "MedicalWebPage", "WebSite"}
)
_DATED: Final = _PAGES | {"Article", "BlogPosting", "MedicalScholarlyArticle"}
_STAFF: Final = ("employee", "employees", "member", "members")
_OFFERS: Final = ("availableService", "makesOffer", "hasOfferCatalog", "medicalSpecialty", "itemOffered")
_READ: Final = frozenset({
    "name", "address", "aggregateRating", "review", "reviews", "memberOf", "hasCertification", "usNPI", "identifier",
    "url", *_STAFF, *_OFFERS,
})  # fmt: skip
_BEST, _WORST = Decimal(5), Decimal(1)


@frozen
class Claimed:
    """What came of a page.

    Attributes:
        clinic: What the page says of the clinic, each record with the page as its source.
        told: A sentence for everything that the page says and that is no record, in order.
        faults: What could not be read, with line and property.
    """

    clinic: Clinic
    told: tuple[str, ...]
    faults: tuple[Fault, ...]


def from_page(page: Page, *, clinic_id: str | None = None, seen: dt.date | None = None) -> Claimed:
    """Read a page as what its clinic claims.

    Args:
        page: The page, as `open_page` reads it.
        clinic_id: The clinic's id; without one it is made of the page's address or the clinic's name.
        seen: The day on which the page was seen; without one, the day on which it says that it was changed.

    Raises:
        InputError: The page describes no clinic, or its id is not clear.
    """
    reading = _Reading(page, list(page.faults))
    place = reading.clinic()
    source = reading.source(seen)
    found = Clinic(
        id=clinic_id or reading.id(place),
        name=reading.fit(Clinic, "name", place.text("name"), place, "name"),
        practitioners=reading.most(200, reading.people(place, source)),
        registrations=reading.most(200, reading.registrations(place, source)),
        ratings=reading.most(200, reading.ratings(place, source)),
        reviews=reading.most(MOST_ITEMS, reading.reviews(place)),
    )
    found = reading.placed(found, place)
    reading.tell_the_rest(place)
    return Claimed(found, tuple(reading.told), tuple(reading.faults))


@define
class _Reading:
    page: Page
    faults: list[Fault]
    told: list[str] = attrs.field(factory=list)
    used: set[int] = attrs.field(factory=set)

    def clinic(self) -> Thing:
        """Find the thing that the clinic is: the first of the plainest kind."""
        for rank in _RANKS:
            found = [each for each in self.page.things if rank & set(each.types)]
            if found:
                for other in (each for each in found[1:] if str(each) != str(found[0])):
                    self.told.append(
                        f"{other}: of the same kind as {found[0]}, which is taken for the clinic: left out"
                    )
                    self.used.add(id(other))
                self.used.add(id(found[0]))
                return found[0]
        kinds = sorted({kind for each in self.page.things for kind in each.types})
        got = f"only {', '.join(kinds)}"[:200] if kinds else "a page without structured data"
        expected = "a clinic, described as a schema.org MedicalBusiness or the like"
        hint = "write its dossier by hand: this page says nothing that a program can read"
        raise InputError([*self.faults, Fault(self.page.name, 0, "", expected, got, hint)])

    def id(self, place: Thing) -> str:
        """Make an id of the page's host, or of the clinic's name."""
        url = next((each for each in (self.page.url, place.text("url"), place.id) if each and "://" in each), "")
        host = url.partition("://")[2].partition("/")[0].removeprefix("www.")
        made = re.sub(r"[^a-z0-9]+", "-", (host or place.text("name") or "").casefold()).strip("-")[:64]
        if not made:
            raise InputError(
                [Fault(self.page.name, place.line, "id", "the clinic's id", "nothing", "give it with --id")]
            )
        return made

    def source(self, seen: dt.date | None) -> Source:
        """Give the source of everything that the page says: the clinic itself."""
        dates = [text for each in self.page.things if _DATED & set(each.types) for text in each.each("dateModified")]
        days = sorted(filter(None, (_day(str(each)) for each in dates)))
        if seen is None and not days:
            self.told.append("The page has no date: undated claims count half; give the day with --seen")
        self.told.extend(f"dateModified: no date: {text!r}" for text in dates if _day(str(text)) is None)
        url = self.page.url if self.page.url and len(self.page.url) <= 2000 else None
        day = seen if seen is not None else next(reversed(days), None)
        return Source("page", Kind.CLAIM, "the clinic's own page", seen=day, url=url)

    def most(self, number: int, records: Iterator[T]) -> tuple[T, ...]:
        """Take as many as a dossier may have, and tell of the others."""
        found = list(records)
        self.told += [f"{each}: more than {number:,} of its kind, left out" for each in found[number:]]
        return tuple(found[:number])

    def people(self, place: Thing, source: Source) -> Iterator[Practitioner]:
        """Give who works at the clinic, as the page says."""
        staff = {each.id or id(each) for each in place.things(*_STAFF)}
        for each in self.page.things:
            if not {"Person", "Physician", "IndividualPhysician"} & set(each.types) or each is place:
                continue
            works = {one.id or id(one) for one in each.things("worksFor", "affiliation", "memberOf")}
            works |= set(map(str, each.each("worksFor")))
            named = {one.text("name") for one in each.things("worksFor")}
            if (each.id or id(each)) in staff or place.id in works - {None} or place.text("name") in named:
                self.used.add(id(each))
                yield self._person(each, source)

    def _person(self, at: Thing, source: Source) -> Practitioner:
        name = " ".join(filter(None, (at.text("name"), at.text("honorificSuffix"))))
        self._unread(at, {"name", "honorificSuffix", "honorificPrefix", "jobTitle", "worksFor", "usNPI", "identifier",
                          "hasCredential"})  # fmt: skip
        for each in at.things("hasCredential"):
            if not self._number(each):
                self.told.append(f"{at}: says of a credential: {each.text('name') or each}; no number, left out")
        return Practitioner(
            name=self.fit(Practitioner, "name", name or None, at, "name"),
            role=self.fit(Practitioner, "role", at.text("jobTitle"), at, "jobTitle"),
            licences=tuple(self._licences(at, source)),
            source=source,
        )

    def _licences(self, at: Thing, source: Source) -> Iterator[Licence]:
        """Give the numbers that a person is said to have; that they are in force, no page can say."""
        found: list[tuple[str | None, str | None]] = [("NPI", str(each)) for each in at.each("usNPI")]
        found += [(each.text("propertyID", "name"), each.text("value")) for each in at.things("identifier")]
        found += [
            (each.text("recognizedBy", "issuedBy"), number)
            for each in at.things("hasCredential")
            if (number := self._number(each))
        ]
        for authority, number in found:
            body = self.fit(Licence, "authority", authority, at, "identifier")
            if body and (fits := self.fit(Licence, "number", number, at, "identifier")):
                yield Licence(authority=body, number=fits, source=source)

    def _number(self, credential: Thing) -> str | None:
        return credential.text("identifier", "credentialId") or next(
            (each.text("value") for each in credential.things("identifier")), None
        )

    def registrations(self, place: Thing, source: Source) -> Iterator[Registration]:
        """Give the bodies that the clinic says it is a member of, and its certificates."""
        known = [(each, RegistrationKind.MEMBERSHIP, RegistrationStatus.MEMBER) for each in place.each("memberOf")]
        for each, kind, status in known:
            name = each.text("name") if not isinstance(each, str) else each
            if body := self.fit(Registration, "body", name, place, "memberOf"):
                yield Registration(kind=kind, body=body, status=status, source=source)
        for each in place.things("hasCertification"):
            name = each.text("issuedBy") or each.text("name")
            if body := self.fit(Registration, "body", name, place, "hasCertification"):
                active = (each.text("certificationStatus") or "").endswith("CertificationActive")
                standing = RegistrationStatus.ACCREDITED if active else None
                number = self.fit(Registration, "number", each.text("certificationIdentification"), place, "number")
                kind = RegistrationKind.ACCREDITATION
                yield Registration(kind=kind, body=body, number=number, status=standing, source=source)

    def ratings(self, place: Thing, source: Source) -> Iterator[Rating]:
        """Give the mean that the page shows of itself: the clinic has a say in it."""
        for each in place.things("aggregateRating"):
            mean = self._stars(each, "aggregateRating")
            count = self.fit(Rating, "count", each.text("ratingCount", "reviewCount"), place, "aggregateRating")
            if mean is None or count is None:
                self.told.append(f"{place}: a rating without a mean or a count, left out")
            else:
                yield Rating(platform=_PLATFORM, mean=mean, count=count, seen=source.seen, independent=False)

    def reviews(self, place: Thing) -> Iterator[Review]:
        """Give the reviews that the page shows of itself."""
        for each in place.things("review", "reviews"):
            stars = next((self._stars(one, "reviewRating") for one in each.things("reviewRating")), None)
            written = each.text("datePublished", "dateCreated")
            self.used.add(id(each))
            yield Review(
                platform=_PLATFORM,
                rating=stars,
                date=self.fit(Review, "date", written[:10] if written else None, each, "datePublished"),
                author=self.fit(Review, "author", each.text("author"), each, "author"),
                text=self.fit(Review, "text", each.text("reviewBody", "description"), each, "reviewBody"),
                independent=False,
            )

    def _stars(self, at: Thing, where: str) -> Decimal | None:
        """Give a rating on a scale from 1 to 5, whatever scale the page has."""
        texts = [at.text(name) for name in ("ratingValue", "bestRating", "worstRating")]
        try:
            value, best, worst = (
                Decimal(text.replace(",", ".")) if text else usual
                for text, usual in zip(texts, (None, _BEST, _WORST), strict=True)
            )
        except ArithmeticError:
            value = best = worst = None
        if value is None or best is None or worst is None or not worst <= value <= best or not best > worst:
            got = shown(" of ".join(each for each in texts if each))
            self.faults.append(Fault(self.page.name, at.line, where, "a rating within its scale", got, "left out"))
            return None
        stars = _WORST + (value - worst) * (_BEST - _WORST) / (best - worst)
        return stars.quantize(Decimal("0.01")).normalize()

    def placed(self, clinic: Clinic, place: Thing) -> Clinic:
        """Add the country and region of its address."""
        for at in [*place.things("address")][:1]:
            written = at.text("addressCountry") or ""
            code = _COUNTRIES.get(written.casefold(), written.upper() if len(written) == len("GB") else written)
            country = self.fit(Clinic, "country", code or None, at, "addressCountry")
            clinic = attrs.evolve(clinic, country=country)
            state = at.text("addressRegion")
            if country and state and re.fullmatch(r"[A-Z0-9]{1,3}", state):
                clinic = attrs.evolve(clinic, region=f"{country}-{state}")
            elif state:
                self.told.append(f"addressRegion: {state!r} is no code such as CA (ISO 3166-2), left out")
        return clinic

    def fit(self, kind: Any, name: str, text: str | None, at: Thing, where: str) -> Any:
        """Read a text as a record's field has it; note what does not fit, and give nothing."""
        if text is None:
            return None
        shape = attrs.fields_dict(kind)[name].metadata["shape"]
        try:
            return shape.parse(text)
        except ValueError:
            path = join("/".join(at.types), where)
            self.faults.append(Fault(self.page.name, at.line, path, shape.expected, shown(text), "left out"))
            return None

    def _unread(self, at: Thing, read: set[str] | frozenset[str]) -> None:
        left = [name for name in at.values if name not in read]
        if left:
            self.told.append(f"{at}: not read, as they bear on no criterion: {', '.join(left)}")

    def tell_the_rest(self, place: Thing) -> None:
        """Tell of what the page offers, and of everything else that it describes."""
        offers = [
            each.text("name") or str(each) if not isinstance(each, str) else each for each in place.each(*_OFFERS)
        ]
        if offers:
            told = ", ".join(offers)
            self.told.append(f"{place}: offers {told}: name what is vetted with --treatment")
        self._unread(place, _READ)
        inside = {id(each) for each in _below(place)} | self.used
        inside |= {id(each) for used in self.page.things if id(used) in self.used for each in _below(used)}
        for each in self.page.things:
            if id(each) not in inside:
                inside |= {id(one) for one in _below(each)}
                self.told.append(f"{each}: not read")


_PLATFORM: Final = "the clinic's own page"


def _below(at: Thing) -> Iterator[Thing]:
    for name in at.values:
        for each in at.things(name):
            yield each
            yield from _below(each)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
