"""The verdict as Markdown (CommonMark, and tables as GitHub has them); every text from a dossier stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clinic_vetting.reports.harmless import harmless
from clinic_vetting.reports.lines import one, signed
from clinic_vetting.reports.page import PARTS, QUESTIONS, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic_vetting.reports.cited import Cited, Item
    from clinic_vetting.verdict import Verdict

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&@$^])|(?<=http)(s?)(:)|(?<=www)(\.)|(?<=ftp)(:)", re.IGNORECASE)
_FIRST: Final = re.compile(r"^([-+=:])|^(\d{1,9})([.)])")


def to_markdown(verdict: Verdict, *, language: str | None = None) -> str:
    """Write a verdict as Markdown, ending with a line end."""
    page = Page(verdict, language)
    parts = (
        _head(page),
        _section(page.say("section.warnings"), [f"- {marked(each)}" for each in page.verdict.warnings]),
        _section(page.say("section.limits" if page.limits else "section.settled"), _limits(page)),
        _section(page.say("section.against"), [line for each in page.against for line in _told(page, each)]),
        _section(page.say("section.shown"), [line for each in page.met for line in _told(page, each)]),
        _section(page.say("section.ask"), _questions(page)),
        _section(page.say("page.points"), _points(page)),
        _section(page.say("page.ahead"), _ahead(page)),
        _section(page.say("section.waived"), _waived(page)),
        _section(page.say("section.history"), [f"- {marked(each)}" for each in page.history]),
        _section(page.say("section.findings"), [line for row in page.rows for line in _findings(page, row.items)]),
        _section(page.say("page.method"), _method(page)),
        _section(page.say("page.references"), _references(page)),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def marked(text: str) -> str:
    """Write text so that nothing in it is markup, wherever in a line it stands."""
    escaped = _MARKS.sub(lambda found: _escaped(found[0]), " ".join(harmless(text).split()))
    return _FIRST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)


def _escaped(mark: str) -> str:
    """Put a backslash before a mark, or before the point or colon that would make an address a link."""
    return f"{mark[:-1]}\\{mark[-1]}"


def _head(page: Page) -> list[str]:
    band = marked(page.label(page.verdict.band))
    lines = [f"# {marked(page.name)}", "", f"**{band}.** {marked(page.says)}", ""]
    if page.numbers:
        parts = {name: one(value) for name, value in page.numbers.parts.items()}
        lines += [page.say("page.numbers", score=one(page.numbers.score), **parts), ""]
    return [*lines, marked(page.dated)]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return [f"## {title}", "", *body] if body else []


def _limits(page: Page) -> list[str]:
    lines = []
    for each in page.limits:
        says = page.say("limit.not_band", bands=", ".join(each.bands), limit=each.says)
        lines += [f"- {marked(says)}", *(f"  - {marked(item.says)}" for item in each.items)]
    return [*lines, *([""] if lines and page.settled else []), *([marked(page.settled)] if page.settled else [])]


def _told(page: Page, item: Item) -> list[str]:
    words = f"{page.say('page.severity')}: {item.severity}. {page.say('page.finding')}: {item.outcome_word}."
    todo = [page.say("finding.to_do", text=item.to_do)] if item.to_do else []
    notes = [page.say("finding.note", text=each) for each in item.notes]
    more = [f"  - {marked(each)}" for each in (*todo, *notes)]
    return [f"- **{marked(item.says)}** {marked(words)}", *_said(page, item), *more]


def _said(page: Page, item: Item) -> list[str]:
    replies = [page.say("finding.reply", by=each.by, day=page.day(each.on), text=each.text) for each in item.replies]
    return [f"  - {marked(each)}" for each in (*map(_cited, item.cited), *replies)]


def _cited(cited: Cited) -> str:
    about = ", ".join(each for each in (cited.kind, cited.when, cited.ageing) if each)
    return ": ".join((f"{cited.beside} {cited.answer}".strip(), f"{cited.who} ({about})", *cited.details))


def _questions(page: Page) -> list[str]:
    lines = []
    for number, each in enumerate(page.questions[:QUESTIONS], 1):
        lines.append(f"{number}. {marked(each.criterion.ask or each.criterion.question)}")
        if each.opens:
            lines.append(f"   - {marked(page.say('page.opens', bands=page.labels(each.opens)))}")
        if each.criterion.check:
            lines.append(f"   - {marked(page.say('finding.to_check', text=each.criterion.check))}")
    return lines


def _points(page: Page) -> list[str]:
    heads = [page.say("page.category"), page.say("finding.points"), *(page.word("part", name) for name in PARTS)]
    lines = [f"| {' | '.join(heads)} |", "|---|" + "---:|" * 4]
    for row in page.rows:
        cells = [one(row.points), *(one(row.parts[name]) if row.points is not None else "" for name in PARTS)]
        lines.append(f"| {marked(row.category.title)} | {' | '.join(cells)} |")
    return lines


def _ahead(page: Page) -> list[str]:
    lines = [f"- {page.day(each.on)}: {marked(page.label(each.band))}, {each.score}" for each in page.ahead]
    return [page.say("page.ahead_says", until=page.day(page.forecast.until)), "", *lines] if lines else []


def _waived(page: Page) -> list[str]:
    lines = [
        page.say(
            "waiver.until", criterion=asked.question, owner=each.owner, until=page.day(each.until), reason=each.reason
        )
        for asked, each in page.waivers
    ]
    return [f"- {marked(each)}" for each in (*lines, *filter(None, [page.without_waivers]))]


def _findings(page: Page, items: tuple[Item, ...]) -> list[str]:
    lines = []
    for each in items:
        points = "" if each.points is None else f" ({one(each.points)} {page.say('finding.points')})"
        effect = f", {signed(each.effect)}" if each.effect else ""
        lines.append(f"- `{each.id}`: {each.outcome_word}{effect}{points}. {marked(each.says)}")
        lines += [] if each.id in page.told else _said(page, each)
    return lines


def _method(page: Page) -> list[str]:
    criteria, (set_digest, digest) = page.verdict.criteria, page.digests
    says = page.say("page.method_says", criteria=marked(criteria.title))
    named = f"{marked(f'{criteria.id} {criteria.version}')} (`{set_digest}`)"
    return [says, "", f"- {named}", f"- {page.say('page.dossier')} `{digest}`"]


def _references(page: Page) -> list[str]:
    return [
        f"{number}. {marked(str(each))}" + (f" <{_address(each.url)}>" if each.url else "")
        for number, each in page.references.values()
    ]


def _address(url: str) -> str:
    """Write an address so that it ends where it ends."""
    return url.replace("<", "%3C").replace(">", "%3E")
