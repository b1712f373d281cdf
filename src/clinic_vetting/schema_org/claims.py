"""A page's things as a clinic, all of them the clinic's own word."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import attrs
from attrs import frozen

from clinic_vetting.clinic import Clinic, Registration, RegistrationKind, RegistrationStatus
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.evidence import Kind, Source
from clinic_vetting.schema_org.people import STAFF, people
from clinic_vetting.schema_org.ratings import ratings, reviews
from clinic_vetting.schema_org.reading import Reading
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.schema_org.markup import Page, Thing

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
_OFFERS: Final = ("availableService", "makesOffer", "hasOfferCatalog", "medicalSpecialty", "itemOffered")
_READ: Final = frozenset({
    "name", "address", "aggregateRating", "review", "reviews", "memberOf", "hasCertification", "usNPI", "identifier",
    "url", *STAFF, *_OFFERS,
})  # fmt: skip


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
    reading = _Page(page, list(page.faults))
    place = reading.clinic()
    source = reading.source(seen)
    found = Clinic(
        id=clinic_id or reading.id(place),
        name=reading.fit(Clinic, "name", place.text("name"), place, "name"),
        practitioners=reading.most("practitioners", people(reading, place, source)),
        registrations=reading.most("registrations", reading.registrations(place, source)),
        ratings=reading.most("ratings", ratings(reading, place, source)),
        reviews=reading.most("reviews", reviews(reading, place)),
    )
    found = reading.placed(found, place)
    reading.tell_the_rest(place)
    return Claimed(found, tuple(reading.told), tuple(reading.faults))


class _Page(Reading):
    def clinic(self) -> Thing:
        """Find the thing that the clinic is: the first of the plainest kind."""
        for rank in _RANKS:
            found = [each for each in self.page.things if rank & set(each.types)]
            if found:
                for other in (each for each in found[1:] if str(each) != str(found[0])):
                    self.told.append(told("note.import.page.same_kind", thing=str(other), clinic=str(found[0])))
                    self.used.add(id(other))
                self.used.add(id(found[0]))
                return found[0]
        kinds = sorted({kind for each in self.page.things for kind in each.types})
        expected, hint = told("fault.page.clinic"), told("fault.page.by_hand")
        got = cut(told("fault.page.only", types=", ".join(kinds)), 200) if kinds else told("fault.page.no_data")
        raise InputError([*self.faults, Fault(self.page.name, 0, "", expected, got, hint)])

    def id(self, place: Thing) -> str:
        """Make an id of the page's host, or of the clinic's name."""
        url = next((each for each in (self.page.url, place.text("url"), place.id) if each and "://" in each), "")
        host = url.partition("://")[2].partition("/")[0].removeprefix("www.")
        made = re.sub(r"[^a-z0-9]+", "-", (host or place.text("name") or "").casefold()).strip("-")[:64]
        if not made:
            expected, got, hint = told("fault.page.id"), told("fault.nothing"), told("fault.page.give_id")
            raise InputError([Fault(self.page.name, place.line, "id", expected, got, hint)])
        return made

    def source(self, seen: dt.date | None) -> Source:
        """Give the source of everything that the page says: the clinic itself."""
        dates = [text for each in self.page.things if _DATED & set(each.types) for text in each.each("dateModified")]
        days = sorted(filter(None, (_day(str(each)) for each in dates)))
        if seen is None and not days:
            self.told.append(told("note.import.page.undated"))
        broken = (repr(text) for text in dates if _day(str(text)) is None)
        self.told.extend(told("note.import.page.no_date", written=each) for each in broken)
        url = self.page.url if self.page.url and len(self.page.url) <= 2000 else None
        day = seen if seen is not None else next(reversed(days), None)
        return Source("page", Kind.CLAIM, told("source.own_page"), seen=day, url=url)

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
                self.told.append(told("note.import.page.no_region", written=repr(state)))
        return clinic

    def tell_the_rest(self, place: Thing) -> None:
        """Tell of what the page offers, and of everything else that it describes."""
        offers = [
            each.text("name") or str(each) if not isinstance(each, str) else each for each in place.each(*_OFFERS)
        ]
        if offers:
            self.told.append(told("note.import.page.offers", thing=str(place), offers=joined(", ", *offers)))
        self.unread(place, _READ)
        inside = {id(each) for each in _below(place)} | self.used
        inside |= {id(each) for used in self.page.things if id(used) in self.used for each in _below(used)}
        for each in self.page.things:
            if id(each) not in inside:
                inside |= {id(one) for one in _below(each)}
                self.told.append(told("note.import.page.not_read", thing=str(each)))


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
