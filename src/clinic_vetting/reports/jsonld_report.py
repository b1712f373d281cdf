"""The verdict as schema.org says it in JSON-LD: the site's own Review of a MedicalBusiness.

What Google's rules for review snippets (https://developers.google.com/search/docs/appearance/structured-data/review-snippet)
forbid is left out: no aggregate rating, no review or rating that was taken from another site, no pros and cons, nothing
that the page does not show. They also ask that ratings of local businesses come from users and not from editors: so a
page for search engines carries the review without `reviewRating` (`rating=False`), as `to_html` does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.page import Page

if TYPE_CHECKING:
    from clinic_vetting.verdict import Verdict

_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
LONGEST_NAME: Final = 100
"""How long the name of a reviewer may be, in characters."""


def to_jsonld(
    verdict: Verdict,
    *,
    publisher: str | None = None,
    url: str | None = None,
    rating: bool = True,
    language: str | None = None,
) -> str:
    """Write one line of JSON-LD that can stand within HTML: it holds no `<`, `>` or `&`.

    Args:
        verdict: What to write.
        publisher: The site that gives the verdict, as author and publisher; search engines ask for it.
        url: Where the verdict is published.
        rating: Whether to state the score as a rating of 0 to 100.
        language: The language of the sentences, as an ISO 639-1 code; the verdict's own where left out.

    Raises:
        ValueError: The publisher's name is longer than 100 characters.
    """
    if publisher is not None and len(publisher) > LONGEST_NAME:
        message = f"expected a publisher's name of at most {LONGEST_NAME} characters, got {len(publisher)}"
        raise ValueError(message)
    tree = _review(Page(verdict, language), publisher, url, rating=rating)
    return json.dumps(_harmless(tree)).translate(_UNSAFE)


def _review(page: Page, publisher: str | None, url: str | None, *, rating: bool) -> dict[str, Any]:
    verdict = page.verdict
    site = {"@type": "Organization", "name": publisher} if publisher else None
    return {
        "@context": "https://schema.org",
        "@type": "Review",
        "name": page.say("page.title", name=page.name, band=page.label(verdict.band)),
        "url": url,
        "inLanguage": page.language,
        "author": site,
        "publisher": site,
        "datePublished": verdict.as_of.isoformat(),
        "expires": verdict.valid_until.isoformat() if verdict.valid_until else None,
        "itemReviewed": _business(page),
        "reviewBody": f"{page.label(verdict.band)}. {page.says}",
        "reviewRating": _rating(page) if rating else None,
    }


def _business(page: Page) -> dict[str, Any]:
    clinic = page.verdict.clinic
    address = {"@type": "PostalAddress", "addressCountry": clinic.country, "addressRegion": clinic.region}
    return {
        "@type": "MedicalBusiness",
        "name": page.name,
        "identifier": clinic.id,
        "address": address if clinic.country or clinic.region else None,
    }


def _rating(page: Page) -> dict[str, Any] | None:
    if page.numbers is None:
        return None
    return {
        "@type": "Rating",
        "ratingValue": float(page.numbers.score),
        "bestRating": 100,
        "worstRating": 0,
        "ratingExplanation": f"{page.label(page.verdict.band)}. {page.says}",
    }


def _harmless(value: Any) -> Any:
    """Leave out what is not stated, and make every text harmless."""
    if isinstance(value, dict):
        return {key: _harmless(each) for key, each in value.items() if each is not None}
    return harmless(value) if isinstance(value, str) else value
