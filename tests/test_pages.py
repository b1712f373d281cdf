"""Pages, pictures and tables for readers: what they tell, and that no text of a dossier does anything in them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import html5lib
import pytest
from cases import DAY, HERE, ROOT, clinic, mesotherapy
from hostile import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clinic_vetting import (
    InputError,
    Outcome,
    Verdict,
    clinic_from,
    load_clinic,
    to_badge,
    to_csv,
    to_html,
    to_index,
    to_jsonld,
    to_markdown,
    to_svg,
    to_tree,
    vet,
    write_pages,
)
from clinic_vetting.advice import forecast
from clinic_vetting.cli import main
from clinic_vetting.reports import html_report
from clinic_vetting.reports.csv_report import plain_text
from clinic_vetting.reports.drawing import escaped
from clinic_vetting.reports.folder import file_names
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.markdown_report import marked
from clinic_vetting.reports.rows import lanes
from clinic_vetting.words import languages

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
GARDEN = ROOT / "examples" / "contradictions.yaml"
MARKUP = "{http://www.w3.org/1999/xhtml}"
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]")
TOLD = """\
Caution Something that matters is in doubt or was found wanting
56.4 of 100 proven 17.9 shown to be right unknown 77.0 nobody has shown yet failed 5.1 shown to be wrong
As of 21 November 2026, and stands until 11 December 2026 if nothing new arrives.
not Recommended: major criteria failed: 1, allowed 0 Hands are not cleaned or gloves not changed between patients.
Answering what is unknown can lead to Caution at best, Avoid at worst.
Hands are not cleaned or gloves not changed between patients. Importance major Finding shown not to be so
no , our editor (observation, 15 September 2026 ) no hand wash between two patients but yes
A basin was fitted in the second room on 2026-10-15, and staff were trained again. Reply of G. Example, medical director
Every injected product is authorised for injection here. yes , MHRA, registers and alerts (register, 11 November
earlier, since cleared: no , our editor (observation, 15 September 2026 ) no soap at the basin
Has any authority closed, restricted or suspended this clinic, and if so, when was that lifted? To check
And 51 more questions
Hygiene protocol 4.2 17.7 3.1 25.0
12 December 2026 still Caution, score 55.4
What the clinic replies A reply stands in full with its finding.
left out by H. Sample, listings editor until 31 January 2027 The clinic opened in August 2026
Without this: Caution, score 56.4.
an allegation is no decision, not counted
This verdict follows the criteria set "Vetting a mesotherapy clinic".
a certificate, invoice, label or contract that the vetter has seen 80 80
""".splitlines()
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    str.strip
)


@cache
def verdict(path: Path = GARDEN) -> Verdict:
    """Vet an example."""
    return vet(load_clinic(path), mesotherapy(), as_of=DAY)


@cache
def of(text: str) -> Verdict:
    """Vet a clinic whose every text is the same."""
    return vet(hostile(text), mesotherapy(), as_of=DAY)


def not_rated() -> Verdict:
    """Vet a clinic to which nothing applies."""
    only = attrs.evolve(mesotherapy().categories[0].criteria[0], applies=_elsewhere())
    category = attrs.evolve(mesotherapy().categories[0], criteria=(only,))
    bands = tuple(attrs.evolve(each, met=(), not_failed=()) for each in mesotherapy().bands)
    criteria = attrs.evolve(mesotherapy(), categories=(category,), bands=bands)
    return vet(clinic_from({"dossier": 1, "clinic": {"id": "far", "country": "GB"}}), criteria, as_of=DAY)


def _elsewhere() -> Any:
    from clinic_vetting.criterion import Applies  # noqa: PLC0415

    return Applies(countries=("FR",))


@lru_cache(maxsize=64)
def parsed(page: str) -> Any:
    """Parse HTML as browsers do, and refuse what they would have to mend."""
    return html5lib.HTMLParser(strict=True).parse(page)


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of a page with the names of their attributes."""
    return [(each.tag, tuple(sorted(each.attrib))) for each in parsed(page).iter() if isinstance(each.tag, str)]


def text_of(page: str) -> str:
    """Give the text that a reader sees, each run of spaces as one."""
    tree = parsed(page)
    return " ".join(" ".join(tree.find(f"{MARKUP}body").itertext()).split())


def block(page: str) -> Any:
    """Give the JSON-LD of a page."""
    (found,) = parsed(page).iter(f"{MARKUP}script")
    assert found.attrib == {"type": "application/ld+json"}
    return json.loads(found.text)


@pytest.mark.parametrize("path", EXAMPLES, ids=[each.stem for each in EXAMPLES])
def test_a_page_is_one_file_that_runs_and_loads_nothing(path: Path) -> None:
    """No script but data, no address that is fetched, a policy that forbids both."""
    page = to_html(verdict(path))
    tree = parsed(page)

    tags = {each.tag for each in tree.iter() if isinstance(each.tag, str)}
    assert not tags & {f"{MARKUP}{name}" for name in ("iframe", "object", "embed", "img", "base", "form", "link")}
    assert not re.search(r"url\((?!#)|@import|src=|<link", page)
    (policy,) = (each for each in tree.iter(f"{MARKUP}meta") if each.get("http-equiv"))
    assert policy.get("content", "").startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("path", EXAMPLES, ids=[each.stem for each in EXAMPLES])
def test_every_link_within_a_page_leads_somewhere_and_no_id_repeats(path: Path) -> None:
    """In the contents, to findings, to references."""
    tree = parsed(to_html(verdict(path)))
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    within = [each.get("href")[1:] for each in tree.iter() if (each.get("href") or "").startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(within) <= set(ids)


def test_a_page_tells_all_that_a_reader_wants_to_know() -> None:
    """Band, parts, limits, failures and strengths with who and when, questions, points, forecast, replies, waivers."""
    found = text_of(to_html(verdict()))

    for told in TOLD:
        assert told in found
    assert str(next(iter(mesotherapy().references.values()))) in found


def test_an_expiring_licence_turns_the_band_in_the_forecast() -> None:
    """The day is named, and what the verdict becomes."""
    found = text_of(to_html(verdict(ROOT / "examples" / "licence-expires.yaml")))

    assert re.search(r"\d+ \w+ 20\d\d becomes \w+, score [\d.]+", found)


@pytest.mark.parametrize("name", ["licence-expires", "contradictions", "minimal"])
def test_what_is_to_come_is_drawn_band_by_band(name: str) -> None:
    """The best first; the times of all bands fill the whole; the list beside it says the same in words."""
    given = verdict(ROOT / "examples" / f"{name}.yaml")
    found = forecast(given, most=6)
    drawn = lanes(found)
    spans = sorted(span for each in drawn for span in each.spans)

    assert [sum(wide for _, wide in spans), spans[0][0]] == [1, 0]
    assert all(start + wide == after for (start, wide), (after, _) in pairwise(spans))
    assert sum(len(each.changes) for each in drawn) == sum(
        one.band is other.band for one, other in pairwise([given, *(each.verdict for each in found.days)])
    )
    ranks = [given.criteria.bands.index(each.band) for each in drawn if each.band]
    assert ranks == sorted(ranks)
    hidden = [each for each in parsed(to_html(given)).iter(f"{MARKUP}div") if each.get("class") == "lanes"]
    assert [each.get("aria-hidden") for each in hidden] == ["true"]


def test_importance_and_outcome_are_two_words_never_one_badge() -> None:
    """Each stands in an element of its own."""
    tree = parsed(to_html(verdict()))
    tags = [each for each in tree.iter(f"{MARKUP}p") if each.get("class") == "tags"]

    assert tags
    assert all([len(list(one)) for one in each] == [1, 1] for each in tags)


def test_no_part_is_told_by_its_colour_alone() -> None:
    """Each part of the bar has a pattern and a word, each outcome a mark and a word."""
    tree = parsed(to_html(verdict()))
    fills = {each.get("fill") or each.get("class") for each in tree.iter("{http://www.w3.org/2000/svg}rect")}
    marks = [each.get("href") for each in tree.iter("{http://www.w3.org/2000/svg}use")]
    symbols = {each.get("id") for each in tree.iter("{http://www.w3.org/2000/svg}symbol")}

    assert {"proven", "url(#dots)", "url(#stripes)"} <= fills
    assert len(marks) > len(mesotherapy().categories)
    assert {each[1:] for each in marks} <= symbols
    assert symbols == {f"i-{each}" for each in Outcome}


def test_a_page_for_light_dark_print_and_phones() -> None:
    """By the reader's own settings."""
    page = to_html(verdict())

    for query in ("prefers-color-scheme: dark", "@media print", "max-width: 40rem", "forced-colors"):
        assert query in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page


def test_a_finding_is_told_once_in_full() -> None:
    """The list of all findings leads to what was told above."""
    tree = parsed(to_html(verdict()))
    replies = list(tree.iter(f"{MARKUP}blockquote"))

    assert len(replies) == len(verdict().clinic.replies)


def test_what_does_not_apply_gives_a_page_without_numbers() -> None:
    """Not rated: no band, no bar, no rating."""
    page, found = to_html(not_rated()), text_of(to_html(not_rated()))

    assert "Not rated Nothing that mesotherapy asks applies to this clinic." in found
    assert 'class="parts"' not in page
    assert "reviewRating" not in json.loads(to_jsonld(not_rated()))
    assert "Not rated" in to_svg(not_rated())
    assert "**Not rated.**" in to_markdown(not_rated())
    assert to_csv(not_rated(), header=False).startswith('"far","","2026-11-21","Not rated","",')


def test_a_set_without_words_and_a_source_without_a_day_give_a_page() -> None:
    """The question stands in for what is not written; the source is called undated."""
    bare = attrs.evolve(
        mesotherapy().categories[1].criteria[0], says={}, why=None, ask=None, check=None, if_failed=None
    )
    category = attrs.evolve(mesotherapy().categories[1], criteria=(bare,))
    bands = tuple(attrs.evolve(each, met=(), not_failed=(), says=None) for each in mesotherapy().bands)
    criteria = attrs.evolve(mesotherapy(), categories=(category,), bands=bands)
    found = vet(clinic({bare.full_id: "yes"}, seen=None), criteria, as_of=DAY)

    for told in (text_of(to_html(found)), to_markdown(found)):
        assert f"{bare.question} Shown." in told or f"{bare.question} Partly" in told
        assert "(inspection, undated" in told
        assert "To check" not in told


@pytest.mark.parametrize("language", languages())
def test_pages_speak_a_language(language: str) -> None:
    """The page's own words; the criteria set's sentences stay."""
    page = to_html(verdict(), language=language)

    assert f'<html lang="{language}" dir="ltr">' in page
    assert {"en": "What speaks against it", "es": "Qué habla en contra"}[language] in text_of(page)
    assert {"en": "17.9 proven", "es": "17.9 demostrado"}[language] in to_markdown(verdict(), language=language)


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_dossier_becomes_markup(text: str) -> None:
    """The page has the elements and attributes that it has for plain words, and no link is the text's."""
    page, plain = to_html(of(text)), to_html(of("plain"))

    assert shape(page) == shape(plain)
    hrefs = {each.get("href") for each in parsed(page).iter() if each.get("href")}
    assert all(each.startswith(("#", "https://", "http://")) for each in hrefs)
    assert not DANGEROUS.search(page)
    assert " ".join(harmless(text).split()) in text_of(page)
    assert block(page)["itemReviewed"]["name"] == harmless(text)


@given(text=TEXT)
def test_any_text_leaves_a_page_as_it_is(text: str) -> None:
    """The law behind the examples."""
    page = to_html(vet(hostile(text.strip()), mesotherapy(), as_of=DAY))

    assert shape(page) == shape(to_html(of("plain")))


def test_a_source_is_linked_only_where_its_address_leads_to_the_web() -> None:
    """Neither `javascript:` nor `data:` nor anything with a space."""
    for address, linked in (
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://e.example/ onclick=x", False),
        ("//e.example", False),
        ("HTTPS://e.example", False),
        ("https://e.example/page", True),
    ):
        page = to_html(vet(hostile("plain", address), mesotherapy(), as_of=DAY))
        assert (f'href="{address}"' in page) is linked


@pytest.mark.parametrize("text", HOSTILE)
def test_pictures_are_xml_with_a_title_and_a_description_whatever_the_text(text: str) -> None:
    """Parsed without an error, the text where text belongs."""
    for picture in (to_svg(of(text)), to_badge(of(text))):
        tree = ET.fromstring(picture)  # noqa: S314 - it is the parser that must take it
        title, about = list(tree)[:2]
        assert (title.tag, about.tag) == ("{http://www.w3.org/2000/svg}title", "{http://www.w3.org/2000/svg}desc")
        assert tree.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
        assert title.text
        assert about.text
        assert title.text.startswith("Verdict on ")
        assert "Score " in about.text
        assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))


@given(text=st.text(max_size=40) | st.characters(categories=["Cs", "Cn", "Cc", "Co"]))
def test_escaped_text_is_xml_that_reads_back(text: str) -> None:
    """What XML cannot hold is written out."""
    read = ET.fromstring(f"<a>{escaped(text)}</a>").text or ""  # noqa: S314

    assert read == harmless(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_hostile_text_has_no_markup_of_its_own(text: str) -> None:
    """Read with HTML and links switched on, it has the blocks that it has for plain words, no link, image or HTML."""
    found, plain = (_tokens(to_markdown(of(each))) for each in (text, "plain"))

    assert [each.type for each in found] == [each.type for each in plain]
    inline = {child.type for each in found for child in each.children or ()}
    assert not inline & {"html_inline", "image"}
    links = [child for each in found for child in each.children or () if child.type == "link_open"]
    assert all(each.attrs["href"].startswith("https://") for each in links)
    assert len(links) == len([c for each in plain for c in each.children or () if c.type == "link_open"])


@given(text=TEXT)
def test_marked_text_reads_back_as_it_is_shown(text: str) -> None:
    """As one paragraph of plain text."""
    wanted = " ".join(harmless(text).split())
    found = [each for each in _tokens(f"x {marked(text)}") if each.type == "inline"]

    assert ["".join(child.content for child in each.children or ()) for each in found] == [f"x {wanted}"]


def _tokens(text: str) -> list[Any]:
    return list(MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(text))


@given(text=st.text(alphabet="=+-@\t\r\n;,|\"' a1\uff1d\u2212\ufeff\u200b\u00a0", max_size=12))
def test_no_cell_can_begin_a_formula(text: str) -> None:
    """However a spreadsheet cuts a line into cells, whatever spaces and quotes it drops."""
    for cell in re.split(r"[,;|\t\r\n]", plain_text(text)):
        assert not re.match(r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]", re.sub(r"^[\s\"]+", "", cell))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_of_hostile_text_keeps_its_cells(text: str) -> None:
    """A row for each finding, the same number of cells in each, numbers bare."""
    rows = list(csv.reader(io.StringIO(to_csv(of(text)), newline="")))

    assert {len(each) for each in rows} == {18}
    assert [each[5] for each in rows[1:]] == [each.id for each in of(text).findings]
    assert rows[1][1] == plain_text(text)
    assert all(not each[0].startswith(("=", "+", "-", "@", "\t", "\r")) for each in rows)
    assert to_csv(of(text)).count("\r\n") == len(rows)


def test_a_table_has_an_effect_below_zero_as_a_number() -> None:
    """A minus of our own is no formula."""
    rows = {each["criterion"]: each for each in csv.DictReader(io.StringIO(to_csv(verdict())))}

    assert float(rows["hygiene.hand_hygiene"]["effect"]) < 0
    assert rows["hygiene.hand_hygiene"]["who"] == "our editor"
    assert "A basin was fitted" in rows["hygiene.hand_hygiene"]["replies"]


# JSON-LD


def test_the_review_is_the_sites_own_of_a_medical_business_with_its_rating() -> None:
    """With its scale, its author and its dates; nothing that was not stated."""
    review = json.loads(to_jsonld(verdict(), publisher="Example Site", url="https://s.example/garden"))

    site = {"@type": "Organization", "name": "Example Site"}
    says = "Caution. Something that matters is in doubt or was found wanting; ask about it before any treatment."
    assert review == {
        "@context": "https://schema.org",
        "@type": "Review",
        "name": "Verdict on Example Garden Clinic: Caution",
        "url": "https://s.example/garden",
        "inLanguage": "en",
        "author": site,
        "publisher": site,
        "datePublished": "2026-11-21",
        "expires": "2026-12-11",
        "itemReviewed": {
            "@type": "MedicalBusiness",
            "name": "Example Garden Clinic",
            "identifier": "example-garden-clinic",
            "address": {"@type": "PostalAddress", "addressCountry": "GB", "addressRegion": "GB-ENG"},
        },
        "reviewBody": says,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 56.4,
            "bestRating": 100,
            "worstRating": 0,
            "ratingExplanation": says,
        },
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=[each.stem for each in EXAMPLES])
def test_a_page_carries_no_markup_that_search_engines_forbid(path: Path) -> None:
    """No rating by editors of a local business, no aggregate, no other site's reviews; all of it stands on the page."""
    page = to_html(verdict(path), publisher="Example Site")
    review = block(page)

    assert not re.search("aggregateRating|reviewRating|ratingValue|positiveNotes|negativeNotes", json.dumps(review))
    assert review["itemReviewed"]["name"] in text_of(page)
    assert review["reviewBody"].split(". ", 1)[1] in text_of(page)
    assert review["author"]["name"] == "Example Site"


@pytest.mark.parametrize("text", HOSTILE)
def test_json_ld_cannot_leave_its_element(text: str) -> None:
    """Neither an end tag nor a comment, in ASCII throughout."""
    line = to_jsonld(of(text), publisher=text[:100])

    assert line.isascii()
    assert not set("<>&\n\r") & set(line)
    assert json.loads(line)["author"]["name"] == harmless(text[:100])


def test_a_publisher_whose_name_search_engines_refuse_is_refused() -> None:
    """They take 100 characters."""
    with pytest.raises(ValueError, match="at most 100 characters, got 101"):
        to_jsonld(verdict(), publisher="x" * 101)


# The index, and files


def test_an_index_compares_clinics_best_first() -> None:
    """With their bands, ranges, and which order is not proven."""
    verdicts = [verdict(each) for each in EXAMPLES]
    page = to_index(verdicts, [f"{each.stem}.html" for each in EXAMPLES])
    found = text_of(page)

    assert re.findall(r"Example [A-Z]\w+ (?:Clinic|Studio)(?= GB)", found) == [
        f"Example {each}"
        for each in ("Harbour Clinic", "Mill Clinic", "Station Clinic", "Skin Studio", "Garden Clinic", "Park Clinic")
    ]
    assert (
        "Recommended proven 85.5 unknown 13.5 failed 1.0 92.2 range 85.5 to 99.0 · could change places with the next"
        in found
    )
    assert "Avoid proven 71.3 unknown 25.2 failed 3.5 83.9 range 71.3 to 96.5 stands until" in found
    assert {each.get("href") for each in parsed(page).iter(f"{MARKUP}a")} == {
        "#clinics",
        *(f"{each.stem}.html" for each in EXAMPLES),
    }
    assert "application/ld+json" not in page


def test_an_index_takes_what_is_not_rated_and_what_never_changes() -> None:
    """Last, without numbers."""
    found = text_of(to_index([not_rated()], ["far.html"]))

    assert "far GB far Not rated stands until something new arrives" in found
    assert "1 clinic, vetted" in found


@given(ids=st.lists(st.text(min_size=1, max_size=120) | st.sampled_from(["a", "A", "a-2", "..", "index", "con"])))
def test_each_clinic_gets_a_safe_name_of_its_own(ids: list[str]) -> None:
    """Whatever the ids: plain ASCII, no folder, no reserved name, none twice."""
    names = file_names(ids)

    assert len(set(names)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,110}\.html", each) for each in names)
    assert not {"index.html", "con.html", "aux.html", "nul.html", "prn.html"} & set(names)


def test_a_name_stays_when_other_clinics_come() -> None:
    """Plain ids are their own names; others get digits of their digest; equal ones a number."""
    assert file_names(["harbour", "../etc/passwd", "Harbour", "harbour", "نور"]) == [
        "harbour.html",
        "etc-passwd-7fef78f5.html",
        "harbour-d712d28b.html",
        "harbour-2.html",
        "clinic-b7271eb6.html",
    ]


def test_a_folder_holds_a_page_for_each_clinic_and_an_index(tmp_path: Path) -> None:
    """Nothing is written elsewhere, no link is followed, nothing half-written stays."""
    outside = tmp_path / "outside.html"
    outside.write_text("untouched")
    folder = tmp_path / "deep" / "site"
    folder.mkdir(parents=True)
    (folder / "example-garden-clinic.html").symlink_to(outside)
    twins = [verdict(), of("../../x"), verdict()]

    written = write_pages(twins, folder, publisher="Example Site", address="https://s.example/clinics/")

    assert [each.name for each in written][0::2] == ["example-garden-clinic.html", "example-garden-clinic-2.html"]
    assert sorted(folder.iterdir()) == sorted(written)
    assert outside.read_text() == "untouched"
    assert block(written[0].read_text())["url"] == "https://s.example/clinics/example-garden-clinic.html"
    assert {each.name for each in tmp_path.iterdir()} == {"outside.html", "deep"}
    assert f'href="{written[1].name}"' in written[-1].read_text()
    assert 'href="index.html"' in written[0].read_text()


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_aside(tmp_path: Path) -> None:
    """A folder stands where a page should."""
    (tmp_path / "index.html").mkdir()

    with pytest.raises(InputError, match=r"index\.html: document: expected a file that can be written, got a folder"):
        write_pages([verdict()], tmp_path)

    assert {each.name for each in tmp_path.iterdir()} == {"index.html", "example-garden-clinic.html"}


# Commands


def test_the_columns_of_a_table_are_named_in_its_language() -> None:
    """As its cells are; in English by the names that programs know."""
    english, spanish = (next(csv.reader(io.StringIO(to_csv(verdict(), language=each)))) for each in ("en", "es"))

    assert english[:7] == ["clinic", "name", "as_of", "band", "score", "criterion", "severity"]
    assert spanish[:7] == ["clínica", "nombre", "fecha", "nivel", "puntuación", "criterio", "importancia"]
    assert len(set(spanish)) == len(english)


@pytest.mark.parametrize("form", ["markdown", "html", "jsonld", "svg", "badge", "csv"])
def test_vet_prints_each_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as the function of that name."""
    functions: dict[str, Any] = {"html": to_html, "svg": to_svg, "badge": to_badge, "csv": to_csv}
    functions |= {"markdown": to_markdown, "jsonld": lambda each: to_jsonld(each) + "\n"}

    assert main(["vet", str(GARDEN), "--format", form, "--as-of", str(DAY)]) == 0

    assert capsys.readouterr().out == functions[form](verdict())


def test_several_dossiers_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """One header of a table, a rule between Markdown reports, a line of JSON-LD each; faults hold up nothing."""
    names = ["nowhere.yaml", str(GARDEN), str(EXAMPLES[1]), "--as-of", str(DAY)]
    outputs = {}
    for form in ("csv", "markdown", "jsonld"):
        assert main(["vet", *names, "--format", form]) == 2
        outputs[form] = capsys.readouterr().out

    assert outputs["csv"].count('"clinic","name"') == 1
    assert outputs["csv"].startswith('"clinic","name"')
    assert outputs["markdown"].count("\n\n---\n\n") == 1
    assert len(outputs["jsonld"].splitlines()) == 2


def test_a_format_of_one_file_takes_one_dossier(capsys: pytest.CaptureFixture[str]) -> None:
    """The error names the command for several."""
    assert main(["vet", str(GARDEN), str(GARDEN), "--format", "html"]) == 2

    assert capsys.readouterr().err == (
        "--format: html: expected one dossier, got 2; 'clinic-vetting pages' writes a page for each, and an index\n"
    )


def test_pages_writes_what_can_be_read_and_tells_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is then 2; without any dossier nothing is written."""
    folder = tmp_path / "site"
    more = ["--output", str(folder), "--as-of", str(DAY), "--language", "es", "--publisher", "Example Site"]

    assert main(["pages", str(GARDEN), "nowhere.yaml", *more]) == 2
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(folder / "example-garden-clinic.html"), str(folder / "index.html")]
    assert "nowhere.yaml" in told.err
    assert "Qué habla en contra" in (folder / "example-garden-clinic.html").read_text()

    assert main(["pages", "nowhere.yaml", "--output", str(tmp_path / "none")]) == 2
    assert not (tmp_path / "none").exists()
    assert main(["pages", str(GARDEN), "--output", str(folder), "--address", "https://s.example/"]) == 0
    assert (
        '<link rel="canonical" href="https://s.example/example-garden-clinic.html">'
        in (folder / "example-garden-clinic.html").read_text()
    )


def test_pages_of_clinics_that_are_not_given_now_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor who takes a clinic off the list takes its page off the site."""
    written = ["--output", str(tmp_path), "--as-of", str(DAY)]
    assert main(["pages", str(GARDEN), *written]) == 0
    assert capsys.readouterr().err == ""

    assert main(["pages", str(ROOT / "examples" / "minimal.yaml"), *written]) == 0

    names = "example-garden-clinic.html"
    assert capsys.readouterr().err == f"{tmp_path}: another page stands here, and is left as it was: {names}\n"
    assert (tmp_path / names).exists()
    for number in range(11):
        (tmp_path / f"a{number:02}.html").write_text("")
    assert main(["pages", str(GARDEN), *written]) == 0
    assert "12 other pages stand here" in (told := capsys.readouterr().err)
    assert told.endswith("a09.html, ...\n")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its name."""
    (tmp_path / "file").write_text("")

    assert main(["pages", str(GARDEN), "--output", str(tmp_path / "file")]) == 2

    assert capsys.readouterr().err == (
        f"{tmp_path / 'file'}: document: expected a folder that can be written, got a file; give another name\n"
    )


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--publisher", " ", "expected a name of 1 to 100 characters, got 1"),
        ("--publisher", "x" * 101, "expected a name of 1 to 100 characters, got 101"),
        ("--address", "javascript:alert(1)", "expected a web address such as https://example.org/clinics/"),
    ],
)
def test_what_search_engines_would_refuse_is_refused(
    option: str, value: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["pages", str(GARDEN), "--output", "x", option, value])

    assert message in capsys.readouterr().err


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In Python and on the command line; Markdown, CSV, JSON-LD and pictures need none."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    html_report._environment.cache_clear()  # noqa: SLF001 - it was made by tests before

    with pytest.raises(ImportError, match=re.escape("HTML needs Jinja2: pip install 'clinic-vetting[html]'")):
        to_html(verdict())
    assert main(["vet", str(GARDEN), "--format", "html"]) == 2
    assert capsys.readouterr().err == "HTML needs Jinja2: pip install 'clinic-vetting[html]'\n"
    assert main(["vet", str(GARDEN), "--format", "markdown"]) == 0


# What Markdown tells


@pytest.mark.parametrize("name", ["contradictions", "fatal-fact", "minimal"])
def test_a_dossier_gives_its_golden_markdown(name: str) -> None:
    """Byte for byte; `UPDATE_GOLDEN=1` writes it anew."""
    golden = HERE / "golden" / "pages" / f"{name}.md"
    found = to_markdown(verdict(ROOT / "examples" / f"{name}.yaml"))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("path", EXAMPLES, ids=[each.stem for each in EXAMPLES])
def test_every_report_shows_the_same_numbers(path: Path) -> None:
    """Those of the JSON, rounded once more; the three parts sum to 100."""
    tree, page = to_tree(verdict(path)), text_of(to_html(verdict(path)))
    shown = [float(each) for each in re.findall(r"(?:proven|unknown|failed) ([\d.]+) (?:shown|nobody)", page)]

    assert sum(shown) == pytest.approx(100)
    assert shown == pytest.approx([tree["proven"], tree["unknown"], tree["failed"]], abs=0.11)
    assert f"{shown[0]:.1f} proven, {shown[1]:.1f} unknown, {shown[2]:.1f} failed." in to_markdown(verdict(path))
