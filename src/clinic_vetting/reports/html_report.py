"""The verdict as one HTML file without script, and an index page that compares many; needs the extra `html`.

Whatever a template puts out is made harmless first and escaped after that; only the drawings and macros of this package
are markup. A Content-Security-Policy within the page lets nothing run or load, whatever should get through.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.advice import comparison
from clinic_vetting.extras import missing
from clinic_vetting.reports.cited import web_address
from clinic_vetting.reports.drawing import PATTERNS, lane, stretched
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.jsonld_report import to_jsonld
from clinic_vetting.reports.lines import one, signed
from clinic_vetting.reports.page import PARTS, QUESTIONS, Page
from clinic_vetting.score import HUNDRED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from clinic_vetting.verdict import Verdict

_TEMPLATES: Final = "reports/templates"


def to_html(
    verdict: Verdict,
    *,
    publisher: str | None = None,
    url: str | None = None,
    back: str | None = None,
    language: str | None = None,
) -> str:
    """Write a verdict as one self-contained HTML file; needs the extra `clinic-vetting[html]`.

    Args:
        verdict: What to write.
        publisher: The site that gives the verdict, for search engines.
        url: Where the page will stand, for search engines.
        back: A link to the page that compares clinics, if there is one.
        language: The language of the page, as an ISO 639-1 code; the verdict's own where left out.

    Raises:
        ExtraError: Jinja2 is not installed.
    """
    data = to_jsonld(verdict, publisher=publisher, url=url, rating=False, language=language)
    return _written("report.html", page=Page(verdict, language), data=data, back=back, url=web_address(url))


def to_index(verdicts: Iterable[Verdict], links: Sequence[str], *, language: str | None = None) -> str:
    """Write a page that compares verdicts under one criteria set, best first; needs the extra `clinic-vetting[html]`.

    Args:
        verdicts: One for each clinic.
        links: Where the report of each stands, in the same order.
        language: The language of the page, as an ISO 639-1 code; the verdicts' own where left out.

    Raises:
        ValueError: There is no verdict, or they rest on different criteria.
        ExtraError: Jinja2 is not installed.
    """
    found = tuple(verdicts)
    linked = {id(verdict): link for verdict, link in zip(found, links, strict=True)}
    compared = comparison(found)
    unproven = {id(each.upper.verdict) for each in compared.neighbours() if not each.proven}
    sides = [
        (Page(each.verdict, language), linked[id(each.verdict)], id(each.verdict) in unproven)
        for each in compared.sides
    ]
    return _written("index.html", page=sides[0][0], sides=sides)


def _written(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    """Make the one place in which pages are written: everything escaped, nothing undefined."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
        from markupsafe import Markup  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise missing(extra="html", what="HTML") from error

    def shown(value: object) -> object:
        """Make harmless whatever is put out and is no markup of our own."""
        return value if isinstance(value, Markup) or not isinstance(value, str) else harmless(value)

    made = Environment(
        loader=PackageLoader("clinic_vetting", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    loader = made.loader
    assert loader is not None  # noqa: S101 - it was given above
    style = loader.get_source(made, "page.css")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made.globals |= {
        "style": Markup(style),  # noqa: S704 - the package's own
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "patterns": Markup(PATTERNS),  # noqa: S704 - the package's own
        "bar": lambda parts, whole=HUNDRED: Markup(stretched(parts, whole)),  # noqa: S704 - numbers only
        "lane": lambda spans, turns: Markup(lane(spans, turns)),  # noqa: S704 - numbers only
        "data_block": Markup,
        "one": one,
        "signed": signed,
        "PARTS": PARTS,
        "QUESTIONS": QUESTIONS,
    }
    return made
