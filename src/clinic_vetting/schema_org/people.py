"""Who works at a clinic, as its page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Licence, Practitioner
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.evidence import Source
    from clinic_vetting.schema_org.markup import Thing
    from clinic_vetting.schema_org.reading import Reading

STAFF: Final = ("employee", "employees", "member", "members")
"""Properties by which a page names who works at its clinic."""


def people(reading: Reading, place: Thing, source: Source) -> Iterator[Practitioner]:
    """Give who works at the clinic, as the page says."""
    staff = {each.id or id(each) for each in place.things(*STAFF)}
    for each in reading.page.things:
        if not {"Person", "Physician", "IndividualPhysician"} & set(each.types) or each is place:
            continue
        works = {one.id or id(one) for one in each.things("worksFor", "affiliation", "memberOf")}
        works |= set(map(str, each.each("worksFor")))
        named = {one.text("name") for one in each.things("worksFor")}
        if (each.id or id(each)) in staff or place.id in works - {None} or place.text("name") in named:
            reading.used.add(id(each))
            yield _person(reading, each, source)


def _person(reading: Reading, at: Thing, source: Source) -> Practitioner:
    name = " ".join(filter(None, (at.text("name"), at.text("honorificSuffix"))))
    reading.unread(at, {"name", "honorificSuffix", "honorificPrefix", "jobTitle", "worksFor", "usNPI", "identifier",
                      "hasCredential"})  # fmt: skip
    for each in at.things("hasCredential"):
        if not _number(each):
            named = each.text("name") or str(each)
            reading.told.append(told("note.import.page.credential", thing=str(at), credential=named))
    return Practitioner(
        name=reading.fit(Practitioner, "name", name or None, at, "name"),
        role=reading.fit(Practitioner, "role", at.text("jobTitle"), at, "jobTitle"),
        licences=tuple(_licences(reading, at, source)),
        source=source,
    )


def _licences(reading: Reading, at: Thing, source: Source) -> Iterator[Licence]:
    """Give the numbers that a person is said to have; that they are in force, no page can say."""
    found: list[tuple[str | None, str | None]] = [("NPI", str(each)) for each in at.each("usNPI")]
    found += [(each.text("propertyID", "name"), each.text("value")) for each in at.things("identifier")]
    found += [
        (each.text("recognizedBy", "issuedBy"), number)
        for each in at.things("hasCredential")
        if (number := _number(each))
    ]
    for authority, number in found:
        body = reading.fit(Licence, "authority", authority, at, "identifier")
        if body and (fits := reading.fit(Licence, "number", number, at, "identifier")):
            yield Licence(authority=body, number=fits, source=source)


def _number(credential: Thing) -> str | None:
    return credential.text("identifier", "credentialId") or next(
        (each.text("value") for each in credential.things("identifier")), None
    )
