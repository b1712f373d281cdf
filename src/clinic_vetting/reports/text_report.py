"""The verdict as a person reads it in a terminal: the band and one sentence first, details last."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting import advice
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.criterion import Severity
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.evidence import Outcome
from clinic_vetting.history import history
from clinic_vetting.reports.advice_text import forecast_lines, remedies_lines, robustness_lines
from clinic_vetting.reports.cited import citations, note_lines
from clinic_vetting.reports.harmless import WIDTH, columns, harmless, wrapped
from clinic_vetting.reports.lines import bullet, joined, label, limit_words, named, one, section, told
from clinic_vetting.reports.matches import match_lines
from clinic_vetting.reports.numbers import Shown, shown, shown_limit
from clinic_vetting.score import apportioned
from clinic_vetting.words import ENGLISH, say, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.advice import Question
    from clinic_vetting.finding import Finding
    from clinic_vetting.verdict import Verdict

_DIGITS: Final = 1
_QUESTIONS: Final = 5
_MARKS: Final = {
    Outcome.MET: "+",
    Outcome.SUPPORTED: "~",
    Outcome.PARTLY: "/",
    Outcome.DOUBTED: "!",
    Outcome.FAILED: "x",
    Outcome.WEAK: ".",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: " ",
}
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def to_text(verdict: Verdict, *, colour: bool = False, language: str | None = None) -> str:
    """Write a verdict in lines of at most 80 columns, ending with a line end.

    Every text from a dossier is shown harmless: control characters are written out.

    Args:
        verdict: What to write.
        colour: Whether the band stands out.
        language: A language of the reports; that of the verdict's criteria where left out.

    Raises:
        InputError: The library speaks no such language.
    """
    verdict = verdict.in_language(language) if language else verdict
    language = verdict.language
    parts = (
        _head(verdict, colour=colour),
        section(say(language, "section.warnings"), [line for each in verdict.warnings for line in bullet(each)]),
        _limits(verdict),
        section(say(language, "section.waived"), _waived(verdict)),
        section(say(language, "section.against"), _in_doubt(verdict)),
        section(say(language, "section.shown"), _met(verdict)),
        section(say(language, "section.ask"), _questions(verdict)),
        section(say(language, "section.matches"), match_lines(verdict)),
        remedies_lines(advice.remedies(verdict), language),
        section(say(language, "section.forecast"), forecast_lines(advice.forecast(verdict))),
        section(say(language, "section.weights"), robustness_lines(advice.robustness(verdict), language)),
        section(say(language, "section.findings"), _legend(language)),
        *_findings(verdict, shown(verdict, _DIGITS)),
        section(say(language, "section.history"), _history(verdict)),
        _foot(verdict),
    )
    return joined(parts)


def _head(verdict: Verdict, *, colour: bool) -> list[str]:
    clinic, band = verdict.clinic, verdict.band
    name, language = label(band, verdict.language).upper(), verdict.language
    title, rest = wrapped(harmless(name)), wrapped(harmless(named(clinic)), min(columns(name), 60) + 2, 4)
    bold = f"{_BOLD}{title[-1]}{_PLAIN}" if colour else title[-1]
    title = [*title[:-1], f"{bold}  {rest[0].lstrip()}", *rest[1:]]
    says = (band.says if band else say(language, "head.nothing_applies", criteria=verdict.criteria.id)) or ""
    form = "head.as_of_until" if verdict.valid_until else "head.as_of"
    dated = say(language, form, day=verdict.as_of, until=verdict.valid_until)
    return [*title, *wrapped(harmless(says)), "", *_bar(verdict), *wrapped(dated)]


def _bar(verdict: Verdict) -> list[str]:
    numbers, language = shown(verdict, _DIGITS), verdict.language
    if numbers is None:
        return []
    cells = apportioned({name: value / 2 for name, value in numbers.parts.items()}, Fraction(50), 0)
    bar = "".join(mark * int(cells[name]) for name, mark in (("proven", "#"), ("unknown", "."), ("failed", "x")))
    named = ((say(language, f"part.{name}"), numbers.parts[name]) for name in ("proven", "unknown", "failed"))
    parts = "  ".join(f"{name} {one(part)}" for name, part in named)
    score = say(language, "head.score", score=one(numbers.score))
    return [f"[{bar}]  {score}", f" {parts}  {say(language, 'head.start', start=one(numbers.start))}"]


def _limits(verdict: Verdict) -> list[str]:
    grouped: dict[tuple[str, object, tuple[str, ...]], list[str]] = {}
    labels = {band.id: band.label for band in verdict.criteria.bands}
    numbers, language = shown(verdict, _DIGITS), verdict.language
    for each in verdict.limits:
        words = limit_words(each, shown_limit(each, numbers, _DIGITS), language)
        grouped.setdefault((words, each.wanted, each.criteria), []).append(labels[each.band])
    lines = []
    for (words, _, criteria), bands in grouped.items():
        form = "limit.not_band_for" if criteria else "limit.not_band"
        lines += bullet(say(language, form, bands=", ".join(bands), limit=words, criteria=", ".join(criteria)))
    settled = verdict.settled
    if settled.best and settled.worst and verdict.band:
        form = "settled.closed" if settled.best is settled.worst else "settled.open"
        lines += told(say(language, form, best=settled.best.label, worst=settled.worst.label), 2, 2)
    return section(say(language, "section.limits" if grouped else "section.settled"), lines)


def _in_doubt(verdict: Verdict) -> list[str]:
    lines: list[str] = []
    doubted = [each for each in verdict.findings if each.outcome.in_doubt]
    for each in sorted(doubted, key=lambda found: (_rank(found.criterion.severity), found.effect or 0)):
        severity = word(each.language, "severity", each.criterion.severity)
        lines += _said(each, f"{_MARKS[each.outcome]} [{severity}] ")
        if each.criterion.if_failed and each.outcome in (Outcome.FAILED, Outcome.PARTLY):
            lines += told(say(each.language, "finding.to_do", text=each.criterion.if_failed), 6, 6)
    return lines


def _met(verdict: Verdict) -> list[str]:
    met = sorted(
        (each for each in verdict.findings if each.outcome is Outcome.MET), key=lambda found: -(found.effect or 0)
    )
    return [line for each in met for line in _said(each, "+ ", notes=False)]


def _questions(verdict: Verdict) -> list[str]:
    questions, language = advice.questions(verdict), verdict.language
    lines: list[str] = []
    for number, each in enumerate(questions[:_QUESTIONS], 1):
        lines += told(f"{number}. {each.criterion.ask or each.criterion.question}{_opens(each, verdict)}", 2, 5)
        if each.criterion.check:
            lines += told(say(language, "finding.to_check", text=each.criterion.check), 5, 5)
        places = (say(language, "finding.look_up", place=place.told(language)) for place in each.look_up)
        lines += [line for place in places for line in told(place, 5, 7)]
    if len(questions) > _QUESTIONS:
        lines.append(f"  {say(language, 'finding.more', count=len(questions) - _QUESTIONS)}")
    return lines


def _opens(question: Question, verdict: Verdict) -> str:
    """Name the bands that an answer opens: by id in English, which is the language of ids, else by label."""
    labels = {band.id: band.id if verdict.language == ENGLISH else band.label for band in verdict.criteria.bands}
    named = ", ".join(labels[each] for each in question.opens)
    return f" {say(verdict.language, 'finding.opens', bands=named)}" if named else ""


def _legend(language: str) -> list[str]:
    """Explain the marks, as many on a line as fit."""
    marks = [f"{mark} {say(language, f'legend.{outcome}')}" for outcome, mark in _MARKS.items() if mark != " "]
    lines = [f"  {marks[0]}"]
    for each in marks[1:]:
        if columns(joint := f"{lines[-1]}  {each}") <= WIDTH:
            lines[-1] = joint
        else:
            lines.append(f"  {each}")
    return lines


def _history(verdict: Verdict) -> list[str]:
    sentences = history(verdict.clinic, verdict.as_of, verdict.language)
    return [line for each in sentences for line in bullet(each)]


def _findings(verdict: Verdict, numbers: Shown | None) -> Iterator[list[str]]:
    for category, found in verdict.by_category():
        lines = [line for each in found for line in _finding(each, numbers)]
        yield section(harmless(category.title), lines)


def _finding(finding: Finding, numbers: Shown | None) -> list[str]:
    """Give a row; the sentence where there is something to tell; who said it where it was not told above."""
    rows = wrapped(_row(finding, numbers), 2, 6) if len(finding.criterion.id) > 28 else [_row(finding, numbers)]
    above = finding.outcome.in_doubt or finding.outcome is Outcome.MET
    if finding.outcome is Outcome.UNKNOWN and not finding.others:
        return [*rows, *citations(finding)]
    return [*rows, *told(finding.says, 6, 6), *([] if above else citations(finding))]


def _row(finding: Finding, numbers: Shown | None) -> str:
    outcome = word(finding.language, "outcome", finding.outcome)
    row = f"  {_MARKS[finding.outcome]} {finding.criterion.id:<28}{outcome:<15}"
    if numbers is None or finding.id not in numbers.effects:
        return row.rstrip()
    points = say(finding.language, "finding.points")
    return f"{row}{one(finding.points):>5} {points} {float(numbers.effects[finding.id]):>+6.1f}"


def _said(finding: Finding, mark: str, *, notes: bool = True) -> list[str]:
    more = note_lines(finding) if notes else []
    return [*wrapped(harmless(f"{mark}{finding.says}"), 2, 4), *citations(finding), *more]


def _foot(verdict: Verdict) -> list[str]:
    criteria = verdict.criteria
    lines = wrapped(harmless(f"{criteria.title}: {criteria.id} {criteria.version}, {criteria_digest(criteria)[:19]}"))
    return [*lines, say(verdict.language, "foot.dossier", digest=clinic_digest(verdict.clinic)[:19])]


def _waived(verdict: Verdict) -> list[str]:
    lines: list[str] = []
    language = verdict.language
    for place, each in verdict.waived.items():
        days = {"since": each.since, "until": each.until}
        form = "waiver.since" if each.since else "waiver.until"
        name = verdict.plan.asked[place].id
        lines += bullet(say(language, form, criterion=name, owner=each.owner, reason=each.reason, **days))
    if without := verdict.without_waivers:
        score = one(without.score) if without.score is not None else say(language, "label.none")
        band = without.band.label if without.band else say(language, "label.unrated")
        lines += bullet(say(language, "waiver.without", band=band, score=score))
    return lines


def _rank(severity: Severity) -> int:
    return list(type(severity)).index(severity)
