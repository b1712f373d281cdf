"""A clinic's own page as its claims: what is read, what is told, and that none of it is independent."""

# ruff: noqa: E501 - tables of cases read best in one line each

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from cases import DAY, mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from shared import real

from clinic_vetting import (
    ExtraError,
    InputError,
    Kind,
    LicenceStatus,
    RegistrationStatus,
    Source,
    clinic_digest,
    parse_clinic,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.schema_org import Claimed, from_page, open_page, read_page

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
CLINIC: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": ["MedicalClinic", "schema:LocalBusiness"],
    "@id": "https://www.example.org/#clinic",
    "name": "Example Row",
    "logo": {"@type": "ImageObject", "url": "x"},
    "address": {"@type": "PostalAddress", "addressCountry": {"@type": "Country", "name": "United Kingdom"}, "addressRegion": "ENG"},
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": "9,2", "bestRating": 10, "worstRating": 0, "ratingCount": 31},
    "review": [{"@type": "Review", "author": {"@type": "Person", "name": "r1"}, "datePublished": "2026-05-01T10:00:00Z",
                "reviewBody": "Calm.", "reviewRating": {"@type": "Rating", "ratingValue": 4}}],
    "memberOf": [{"@type": "Organization", "name": "Example Society"}, "Example Guild"],
    "hasCertification": {"@type": "Certification", "issuedBy": {"@type": "Organization", "name": "Example Board"},
                         "certificationIdentification": "C-1", "certificationStatus": "https://schema.org/CertificationActive"},
    "employee": {"@id": "https://www.example.org/#a"},
    "availableService": {"@type": "MedicalProcedure", "name": "Mesotherapy"},
}  # fmt: skip
PERSON: dict[str, Any] = {
    "@type": "Person",
    "@id": "https://www.example.org/#a",
    "name": "A. Example",
    "honorificSuffix": "MD",
    "jobTitle": "physician",
    "usNPI": "1234567893",
    "identifier": {"@type": "PropertyValue", "propertyID": "GMC", "value": "0000001"},
    "hasCredential": [
        {"@type": "EducationalOccupationalCredential", "name": "Diploma"},
        {"@type": "EducationalOccupationalCredential", "recognizedBy": {"name": "NMC"}, "identifier": {"value": "00A0001E"}},
    ],
    "alumniOf": "Example School",
}  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    {"@type": "Person", "name": "B. Worker", "worksFor": {"@type": "MedicalClinic", "name": "Example Row"}},
    {"@type": "Person", "name": "C. Patient"},
    {"@type": "WebPage", "name": "About", "dateModified": "2026-09-30T08:00:00Z"},
    {"@type": "Article", "headline": "Older", "dateModified": "2025-01-01"},
    {"@type": "FAQPage", "mainEntity": {"@type": "Question", "name": "Safe?"}},
]


def page(*things: Any, head: str = "") -> bytes:
    """Write a page with a script for each thing."""
    scripts = (f'<script type="application/LD+json; charset=utf-8">{json.dumps(each)}</script>\n' for each in things)
    return f"<!doctype html>\n<html><head>{head}\n{''.join(scripts)}</head><body>é</body></html>".encode()


def claimed(*things: Any, head: str = "", **more: Any) -> Claimed:
    """Read such a page."""
    return from_page(read_page(page(*things, head=head), "p.html"), **more)


def unsaid(lines: Iterable[object], *wanted: str) -> list[str]:
    """List what stands in none of the lines."""
    said = [str(each) for each in lines]
    return [each for each in wanted if not any(each in line for line in said)]


def test_what_a_page_says_is_the_clinics_claim_dated_by_the_page() -> None:
    """Every record has the page as its source, and no rating or review is independent."""
    found = claimed({"@graph": [CLINIC, PERSON]}, OTHERS)
    clinic, source = found.clinic, Source("page", Kind.CLAIM, "the clinic's own page", seen=dt.date(2026, 9, 30))

    assert found.faults == ()
    assert (clinic.id, clinic.name, clinic.country, clinic.region) == ("example-org", "Example Row", "GB", "GB-ENG")
    assert {*clinic.sources()} == {source}
    assert [(each.name, each.role) for each in clinic.practitioners] == [
        ("A. Example MD", "physician"),
        ("B. Worker", None),
    ]
    assert [(each.authority, each.number, each.status) for each in clinic.practitioners[0].licences] == [
        ("NPI", "1234567893", None), ("GMC", "0000001", None), ("NMC", "00A0001E", None),
    ]  # fmt: skip
    assert [(each.body, each.number, each.status) for each in clinic.registrations] == [
        ("Example Society", None, RegistrationStatus.MEMBER), ("Example Guild", None, RegistrationStatus.MEMBER),
        ("Example Board", "C-1", RegistrationStatus.ACCREDITED),
    ]  # fmt: skip
    (rating,), (review,) = clinic.ratings, clinic.reviews
    assert (rating.mean, rating.count, rating.seen, rating.independent) == (
        Decimal("4.68"),
        31,
        dt.date(2026, 9, 30),
        False,
    )
    assert (review.rating, review.date, review.author, review.text) == (Decimal(4), dt.date(2026, 5, 1), "r1", "Calm.")
    assert not review.independent
    assert LicenceStatus.ACTIVE not in {each.status for person in clinic.practitioners for each in person.licences}


def test_a_page_imported_in_two_languages_differs_in_words_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Platforms, by which ratings and reviews are matched, are the same: so is the digest, but for who is named."""
    file = tmp_path / "p.html"
    file.write_bytes(page({"@graph": [CLINIC, PERSON]}))

    def imported(language: str) -> str:
        assert main(["import", "page", str(file), "--language", language]) == 0
        return capsys.readouterr().out

    english, spanish = imported("en"), imported("es")
    who = "who: la página propia de la clínica"
    assert (english.count("platform: the clinic's own page"), spanish.count(who)) == (2, 1)
    same = spanish.replace(who, "who: the clinic's own page")
    assert clinic_digest(parse_clinic(same)) == clinic_digest(parse_clinic(english))


def test_everything_else_is_told() -> None:
    """What bears on no criterion, who is nobody's staff, what is offered, a credential without a number."""
    told = claimed({"@graph": [CLINIC, PERSON]}, OTHERS).told

    assert (
        unsaid(
            told,
            "Person 'A. Example': says of a credential: Diploma; no number, left out",
            "Person 'A. Example': not read, as they bear on no criterion: alumniOf",
            "offers Mesotherapy: name what is vetted with --treatment",
            "not read, as they bear on no criterion: logo",
            "Person 'C. Patient': not read",
            "FAQPage: not read",
            "Article 'Older': not read",
        )
        == []
    )


def test_microdata_says_the_same() -> None:
    """In attributes of the page instead of a script."""
    html = (
        '<div itemscope itemtype="https://schema.org/BeautySalon" itemid="https://salon.example/#it">'
        '<span itemprop="name">Salon</span><a itemprop="url" href="https://salon.example/">x</a>'
        '<div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">'
        '<meta itemprop="ratingValue" content="4.5"><meta itemprop="reviewCount" content="12"></div>'
        '<div itemprop="employee" itemscope itemtype="https://schema.org/Person"><b itemprop="name">D. Hand</b></div><i itemprop="award">a</i><i itemprop="award">b</i></div>'
        '<div itemprop="x" itemscope>loose</div>'
    )
    found = from_page(read_page(html.encode()), seen=DAY)

    assert (found.clinic.id, found.clinic.name) == ("salon-example", "Salon")
    assert [(each.mean, each.count, each.seen) for each in found.clinic.ratings] == [(Decimal("4.5"), 12, DAY)]
    assert [each.name for each in found.clinic.practitioners] == ["D. Hand"]


def test_what_does_not_fit_is_told_and_the_rest_kept() -> None:
    """With the line of the script and the property; a broken script costs no other."""
    broken = {
        **CLINIC,
        "name": "x" * 501,
        "address": {"@type": "PostalAddress", "addressCountry": "Nowhere", "addressRegion": "Example County"},
        "aggregateRating": [
            {"ratingValue": 7, "ratingCount": 1},
            {"ratingValue": 4},
            {"ratingValue": "many", "reviewCount": 3},
        ],
        "review": {"author": "r", "datePublished": "yesterday", "reviewBody": "Fine."},
    }
    data = page(broken, {"@type": "WebPage", "dateModified": "soon"}).replace(
        b"</head>", b'<script type="application/ld+json">{"broken</script></head>'
    )
    found = from_page(read_page(data, "p.html"))

    assert (
        unsaid(
            found.faults,
            "p.html:5: application/ld+json: expected JSON, got",
            "p.html:3: MedicalClinic/LocalBusiness.name: expected text of 1 to 500 characters",
            "PostalAddress.addressCountry: expected a country code such as GB",
            "p.html:3: aggregateRating: expected a rating within its scale, got '7'; left out",
            "p.html:3: datePublished: expected a date as YYYY-MM-DD, got 'yesterday'",
        )
        == []
    )
    assert (
        unsaid(
            found.told,
            "addressRegion: 'Example County' is no code such as CA (ISO 3166-2), left out",
            "a rating without a mean or a count, left out",
            "dateModified: no date: 'soon'",
            "The page has no date: undated claims count half; give the day with --seen",
        )
        == []
    )
    assert found.clinic.ratings == ()
    assert found.clinic.reviews[0].text == "Fine."


def test_the_plainest_kind_is_the_clinic_and_others_are_told() -> None:
    """A medical business before an organization; a second one of its kind is another's."""
    found = claimed({"@type": "Organization", "name": "Group"}, {"@type": "Dentist", "name": "One", "founder": "x"},
                    {"@type": "Dentist", "name": "Two"}, seen=DAY)  # fmt: skip

    assert (found.clinic.id, found.clinic.name) == ("one", "One")
    assert any("Dentist 'Two': of the same kind as Dentist 'One'" in each for each in found.told)
    assert any("Organization 'Group': not read" in each for each in found.told)


def test_more_records_than_a_dossier_holds_are_told() -> None:
    """Not dropped without a word."""
    many = [{"@type": "Person", "name": f"P{i}"} for i in range(201)]

    found = claimed({**CLINIC, "employee": many}, seen=DAY)

    assert len(found.clinic.practitioners) == 200
    assert "P200: more than 200 of its kind, left out" in found.told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "expected an HTML page"),
        (b"<p>Welcome", "got a page without structured data; write its dossier by hand"),
        (page({"@type": "Recipe", "name": "Soup"}), "got only Recipe"),
        (page({"@type": "Dentist", "telephone": "1"}), "id: expected the clinic's id, got nothing; give it with --id"),
        (page({"@type": "Dentist", "name": "\u202e"}), "give it with --id"),
        (page("text", [["x"]], None), "without structured data"),
    ],
    ids=["empty", "plain", "no clinic", "no id", "no word", "no thing"],
)
def test_a_page_that_describes_no_clinic_is_refused(data: bytes, told: str) -> None:
    """With what it describes instead."""
    with pytest.raises(InputError) as caught:
        from_page(read_page(data, "p.html"))

    assert told in str(caught.value)


def test_a_page_that_is_nested_too_deep_is_no_crash() -> None:
    """Scripts and items may be hostile."""
    deep = b"<script type='application/ld+json'>" + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"</script>"
    shallower = page({**CLINIC, "a": json.loads('{"a":' * 450 + "1" + "}" * 450)})
    items = b"<div itemscope itemprop=a itemtype=T>" * 3000

    for data in (deep, shallower, items, page(CLINIC) + deep):
        try:
            found = from_page(read_page(data, "p.html"))
        except InputError as error:
            assert "p.html" in str(error)  # noqa: PT017 - either is right
        else:
            assert found.clinic.name == "Example Row"


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5), st.sampled_from(["Person", "4", "GB", "2026-01-01"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*CLINIC, *PERSON, "@value", "@graph", "ratingValue", "value", "dateModified"]), inner, max_size=5),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*CLINIC, "founder"]), plain), plain)
def test_whatever_a_page_says_it_is_a_dossier_or_a_fault(changed: dict[str, Any], other: Any) -> None:
    """No page breaks the reader, and what it gives is a clinic of claims."""
    try:
        found = claimed({**CLINIC, **changed}, other, clinic_id="c", seen=DAY)
    except InputError:
        return

    assert {each.kind for each in found.clinic.sources()} <= {Kind.CLAIM}
    assert not any(each.independent for each in found.clinic.ratings)
    assert not any(each.independent for each in found.clinic.reviews)


def test_the_command_prints_a_dossier_and_tells_the_rest(capsys: Capture, tmp_path: Path) -> None:
    """On standard output and standard error; control characters are written out."""
    path = tmp_path / "p.html"
    path.write_bytes(
        page({**CLINIC, "\x1b[31m": 1}, head='<link rel="canonical" href="https://www.example.org/about">')
    )

    assert main(["import", "page", str(path), "--seen", "2026-11-20", "--id", "row", "--treatment", "mesotherapy"]) == 0

    printed = capsys.readouterr()
    clinic = parse_clinic(printed.out)
    assert (clinic.id, clinic.treatments) == ("row", ("mesotherapy",))
    assert next(clinic.sources()).url == "https://www.example.org/about"
    assert "\\u001b[31m" in printed.err
    assert "\x1b" not in printed.err
    path.write_bytes(page({**CLINIC, "aggregateRating": {"ratingValue": 9}}))
    assert main(["import", "page", str(path)]) == 2


@pytest.mark.parametrize("option", [["--id", "x" * 201], ["--treatment", "x" * 101]])
def test_an_option_that_no_dossier_takes_is_told(capsys: Capture, tmp_path: Path, option: list[str]) -> None:
    """As any other fault."""
    path = tmp_path / "p.html"
    path.write_bytes(page(CLINIC))

    assert main(["import", "page", str(path), *option]) == 2
    assert "characters" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Absent, too large, or without the extra."""
    path = tmp_path / "p.html"
    with pytest.raises(InputError, match="No such file"):
        open_page(path)
    path.write_bytes(page(CLINIC))
    monkeypatch.setattr("clinic_vetting.schema_org.markup.MOST_BYTES", 10)
    with pytest.raises(InputError, match="a page of at most 10 bytes"):
        open_page(path)
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(ExtraError, match=re.escape(f"{path} needs extruct: pip install 'clinic-vetting[html-import]'")):
        open_page(path)


def test_a_page_in_an_older_encoding() -> None:
    """As the page declares it."""
    head = '<meta charset="windows-1252"><link rel="canonical" href="/about">'
    data = page({**CLINIC, "name": "Cl\u00ednica"}, head=head).decode().replace("\\u00ed", "\u00ed").encode("cp1252")

    assert from_page(read_page(data)).clinic.name == "Cl\u00ednica"


def test_the_real_page_before_and_after() -> None:
    """After: a clinic, a person, a rating of its own. Before: no structured data at all."""
    found = from_page(open_page(real("data/html/seo_clinic_after.html")))

    assert found.faults == ()
    assert (found.clinic.id, found.clinic.region) == ("199clinic-com", "US-CA")
    assert [each.independent for each in found.clinic.ratings] == [False]
    assert {each.seen for each in found.clinic.sources()} == {dt.date(2025, 11, 11)}
    assert any(each.startswith("FAQPage") for each in found.told)
    verdict = vet(found.clinic, mesotherapy(), as_of=DAY)
    assert verdict.band is not None
    assert verdict.band.id == "unproven"
    with pytest.raises(InputError, match="a page without structured data"):
        from_page(open_page(real("data/html/seo_clinic_before.html")))


def test_bodies_that_no_record_takes_are_told() -> None:
    """And an address without a region says nothing of one."""
    long = "x" * 201
    found = claimed(
        {**CLINIC, "memberOf": long, "hasCertification": {"name": long}, "address": {"addressCountry": "FR"}},
        {**PERSON, "identifier": {"propertyID": "GMC", "value": long}, "usNPI": [], "hasCredential": []},
        seen=DAY,
    )

    assert (found.clinic.registrations, found.clinic.practitioners[0].licences) == ((), ())
    assert (found.clinic.country, found.clinic.region) == ("FR", None)
    assert len(found.faults) == 3
