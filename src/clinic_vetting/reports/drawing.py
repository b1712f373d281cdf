"""Bars and badges as SVG: text is escaped, and no part is told by its colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from clinic_vetting.reports.harmless import columns, harmless
from clinic_vetting.reports.lines import one
from clinic_vetting.reports.page import PARTS, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from clinic_vetting.verdict import Verdict

_NAME: Final = 56
_LETTER: Final = 6.7
"""The width of a letter of the badge, in pixels."""
TONES: Final = {"0": "#1d6b4f", "1": "#4a6a1c", "2": "#5f5d57", "3": "#8a5200", "4": "#a3261f", "none": "#5f5d57"}
_STYLE: Final = """<style>
.paper{fill:#fffdf8}.ink{fill:#1f1d1a}.soft{fill:#5f5d57}.proven{fill:#2b6e5b}.failed-ground{fill:#fbe9e6}
.failed-line{stroke:#a3261f}.unknown-ground{fill:#efece4}.unknown-dot{fill:#8d897f}
text{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media (prefers-color-scheme:dark){.paper{fill:#181715}.ink{fill:#f0ece3}.soft{fill:#b3aea3}.proven{fill:#5fb598}
.failed-ground{fill:#3a1f1c}.failed-line{stroke:#f0857a}.unknown-ground{fill:#2a2825}.unknown-dot{fill:#8d897f}}
</style>"""
PATTERNS: Final = """<defs>
<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">\
<rect width="7" height="7" class="unknown-ground"/>\
<circle cx="3.5" cy="3.5" r="1.1" class="unknown-dot"/></pattern>
<pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="7" height="7" class="failed-ground"/><line x1="2" y1="0" x2="2" y2="7" class="failed-line" \
stroke-width="3"/></pattern>
</defs>"""
_FILLS: Final = {"proven": 'class="proven"', "unknown": 'fill="url(#dots)"', "failed": 'fill="url(#stripes)"'}


def to_svg(verdict: Verdict, *, language: str | None = None) -> str:
    """Draw the three-part bar with the band and the score: a whole SVG of 640 by 132 pixels."""
    page = Page(verdict, language)
    drawn = _bar(page, page.numbers.parts) if page.numbers else ""
    body = (
        f'<rect class="paper" width="640" height="132" rx="6"/>'
        '<text class="ink" x="20" y="30" font-size="17" font-weight="600" style="unicode-bidi:plaintext">'
        f"{escaped(_cut(page.name, _NAME))}</text>"
        f'<text class="soft" x="620" y="51" font-size="13" text-anchor="end">{page.verdict.as_of}</text>'
        f'<text class="ink" x="20" y="51" font-size="14">{escaped(_headline(page))}</text>'
        f"{drawn}"
    )
    return _svg(640, 132, page, f"{_STYLE}{PATTERNS}{body}")


def to_badge(verdict: Verdict, *, language: str | None = None) -> str:
    """Draw a badge: the band, and the day of the verdict, without which it could be shown for ever."""
    page = Page(verdict, language)
    left = _cut(page.label(verdict.band), 40)
    right = page.say("page.vetted", day=verdict.as_of)
    ends = [round(columns(harmless(text)) * _LETTER + 18) for text in (left, right)]
    width, tone = sum(ends), TONES[page.tone(verdict.band)]
    body = (
        f'<clipPath id="round"><rect width="{width}" height="22" rx="4"/></clipPath><g clip-path="url(#round)">'
        f'<rect width="{ends[0]}" height="22" fill="{tone}"/>'
        f'<rect x="{ends[0]}" width="{ends[1]}" height="22" fill="#2f2d29"/></g>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{ends[0] / 2}" y="15" font-weight="700" {_fitted(ends[0])}>{escaped(left)}</text>'
        f'<text x="{ends[0] + ends[1] / 2}" y="15" {_fitted(ends[1])}>{escaped(right)}</text></g>'
    )
    return _svg(width, 22, page, body)


def stretched(parts: Mapping[str, Fraction], whole: Fraction) -> str:
    """Draw the three parts as wide as there is room, `whole` points across; the numbers stand beside it in words."""
    drawn, left = [], 0.0
    for name in PARTS:
        wide = float(parts[name] * 100 / whole)
        if wide:
            drawn.append(f'<rect x="{left:.4g}%" width="{wide:.4g}%" height="100%" {_FILLS[name]}/>')
        left += wide
    return f'<svg class="parts" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'


def lane(spans: Iterable[tuple[Fraction, Fraction]], changes: Iterable[Fraction]) -> str:
    """Draw the times in which one band stands, as wide as there is room, and a notch where the verdict changes.

    Args:
        spans: Start and length of each, as shares of the whole time.
        changes: The days of change, as shares of it.
    """
    drawn = ['<rect y="46%" width="100%" height="8%" class="track"/>']
    drawn += [f'<rect x="{_percent(start)}" width="{_percent(wide)}" height="100%" rx="3"/>' for start, wide in spans]
    drawn += [f'<rect x="{_percent(at)}" width="2" height="100%" class="notch"/>' for at in changes]
    return f'<svg class="lane" focusable="false">{"".join(drawn)}</svg>'


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.4g}%"


def escaped(text: str) -> str:
    """Write text so that it does nothing in XML, and is XML."""
    return harmless(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _svg(width: int, height: int, page: Page, body: str) -> str:
    title = page.say("page.title", name=page.name, band=page.label(page.verdict.band))
    about = " ".join(each for each in (page.says, _numbers(page), page.dated) if each)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="title about" xml:lang={quoteattr(page.language)}>'
        f'<title id="title">{escaped(title)}</title><desc id="about">{escaped(about)}</desc>{body}</svg>\n'
    )


def _headline(page: Page) -> str:
    score = page.say("head.score", score=one(page.numbers.score)) if page.numbers else ""
    return ", ".join(each for each in (_cut(page.label(page.verdict.band), 40), score) if each)


def _bar(page: Page, parts: Mapping[str, Fraction]) -> str:
    """Draw the bar, and below it what each pattern stands for."""
    drawn, left = [], 20.0
    for place, name in enumerate(PARTS):
        wide, at = float(parts[name]) * 6, 20 + 200 * place
        fill, words = _FILLS[name], f"{page.word('part', name)} {one(parts[name])}"
        drawn.append(f'<rect x="{left:g}" y="62" width="{wide:g}" height="30" {fill}/>' if wide else "")
        drawn.append(f'<rect x="{at}" y="104" width="14" height="14" {fill}/>')
        drawn.append(f'<text class="ink" x="{at + 22}" y="116" font-size="13">{escaped(words)}</text>')
        left += wide
    return "".join(drawn)


def _numbers(page: Page) -> str:
    if page.numbers is None:
        return ""
    parts = {name: one(value) for name, value in page.numbers.parts.items()}
    return page.say("page.numbers", score=one(page.numbers.score), **parts)


def _cut(text: str, most: int) -> str:
    """Cut a text that would be too wide; the whole stands in the title."""
    text = harmless(text)
    kept = ""
    for char in text:
        if columns(kept + char) > most - 1:
            return f"{kept}…" if columns(text) > most else text
        kept += char
    return text


def _fitted(width: int) -> str:
    """Keep text within its field, whatever font the reader has."""
    return f'textLength="{width - 16}" lengthAdjust="spacingAndGlyphs"'
