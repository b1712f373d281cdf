"""The verdict as a person reads it in a terminal: the band and one sentence first, details last."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting import advice
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.criterion import Severity
from clinic_vetting.dossier import clinic_digest
from clinic_vetting.evidence import Answer, Fresh, Outcome
from clinic_vetting.history import history
from clinic_vetting.reports.advice_text import forecast_lines, remedies_lines, robustness_lines
from clinic_vetting.reports.harmless import columns, harmless, wrapped
from clinic_vetting.reports.lines import bullet, joined, limit_words, named, one, section
from clinic_vetting.reports.numbers import Shown, shown, shown_limit
from clinic_vetting.score import apportioned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.evidence import Weighed
    from clinic_vetting.verdict import Finding, Verdict

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
_LEGEND: Final = "  + shown  ~ said  / partly  ! doubted  x failed  . weak or old  ? unknown"
_AGES: Final = {Fresh.HALF: ", ageing: counts half", Fresh.STALE: ", too old to count"}
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def to_text(verdict: Verdict, *, colour: bool = False) -> str:
    """Write a verdict in lines of at most 80 columns, ending with a line end.

    Every text from a dossier is shown harmless: control characters are written out.
    """
    parts = (
        _head(verdict, colour=colour),
        section("Warnings", [line for each in verdict.warnings for line in bullet(each)]),
        _limits(verdict),
        section("Waived", _waived(verdict)),
        section("What speaks against it", _in_doubt(verdict)),
        section("What is shown", _met(verdict)),
        section("What to ask next", _questions(verdict)),
        remedies_lines(advice.remedies(verdict)),
        section("What is to come if nothing new arrives", forecast_lines(advice.forecast(verdict))),
        section("What hangs on the weights, in points of 100", robustness_lines(advice.robustness(verdict))),
        section("Every finding", [_LEGEND]),
        *_findings(verdict, shown(verdict, _DIGITS)),
        section("History", [line for each in history(verdict.clinic, verdict.as_of) for line in bullet(each)]),
        _foot(verdict),
    )
    return joined(parts)


def _head(verdict: Verdict, *, colour: bool) -> list[str]:
    clinic, band = verdict.clinic, verdict.band
    label = (band.label if band else "Not rated").upper()
    title, rest = wrapped(harmless(label)), wrapped(harmless(named(clinic)), min(columns(label), 60) + 2, 4)
    bold = f"{_BOLD}{title[-1]}{_PLAIN}" if colour else title[-1]
    title = [*title[:-1], f"{bold}  {rest[0].lstrip()}", *rest[1:]]
    says = (band.says if band else f"Nothing that {verdict.criteria.id} asks applies to this clinic.") or ""
    until = f", and stands until {verdict.valid_until} if nothing new arrives" if verdict.valid_until else ""
    dated = f"As of {verdict.as_of}{until}."
    return [*title, *wrapped(harmless(says)), "", *_bar(verdict), *wrapped(dated)]


def _bar(verdict: Verdict) -> list[str]:
    numbers = shown(verdict, _DIGITS)
    if numbers is None:
        return []
    cells = apportioned({name: value / 2 for name, value in numbers.parts.items()}, Fraction(50), 0)
    bar = "".join(mark * int(cells[name]) for name, mark in (("proven", "#"), ("unknown", "."), ("failed", "x")))
    parts = "  ".join(f"{name} {one(numbers.parts[name])}" for name in ("proven", "unknown", "failed"))
    return [f"[{bar}]  score {one(numbers.score)} of 100", f" {parts}  (start {one(numbers.start)})"]


def _limits(verdict: Verdict) -> list[str]:
    grouped: dict[tuple[str, object, tuple[str, ...]], list[str]] = {}
    labels = {band.id: band.label for band in verdict.criteria.bands}
    numbers = shown(verdict, _DIGITS)
    for each in verdict.limits:
        grouped.setdefault(
            (limit_words(each, shown_limit(each, numbers, _DIGITS)), each.wanted, each.criteria), []
        ).append(labels[each.band])
    lines = []
    for (words, _, criteria), bands in grouped.items():
        named = f" ({', '.join(criteria)})" if criteria else ""
        lines += wrapped(harmless(f"- not {', '.join(bands)}: {words}{named}"), 2, 4)
    settled = verdict.settled
    if settled.best and settled.worst and verdict.band:
        open_ = "No answer to what is still unknown can change the band."
        if settled.best is not settled.worst:
            open_ = (
                f"Answering what is unknown can lead to {settled.best.label} at best, {settled.worst.label} at worst."
            )
        lines += wrapped(harmless(open_), 2, 2)
    return section("What limits it" if grouped else "How settled it is", lines)


def _in_doubt(verdict: Verdict) -> list[str]:
    lines: list[str] = []
    doubted = [each for each in verdict.findings if each.outcome.in_doubt]
    for each in sorted(doubted, key=lambda found: (_rank(found.criterion.severity), found.effect or 0)):
        lines += _said(each, f"{_MARKS[each.outcome]} [{each.criterion.severity}] ")
        if each.criterion.if_failed and each.outcome in (Outcome.FAILED, Outcome.PARTLY):
            lines += wrapped(harmless(f"What to do: {each.criterion.if_failed}"), 6, 6)
    return lines


def _met(verdict: Verdict) -> list[str]:
    met = sorted(
        (each for each in verdict.findings if each.outcome is Outcome.MET), key=lambda found: -(found.effect or 0)
    )
    return [line for each in met for line in _said(each, "+ ", notes=False)]


def _questions(verdict: Verdict) -> list[str]:
    questions = advice.questions(verdict)
    lines: list[str] = []
    for number, each in enumerate(questions[:_QUESTIONS], 1):
        opens = f" [opens {', '.join(each.opens)}]" if each.opens else ""
        lines += wrapped(harmless(f"{number}. {each.criterion.ask or each.criterion.question}{opens}"), 2, 5)
        if each.criterion.check:
            lines += wrapped(harmless(f"To check: {each.criterion.check}"), 5, 5)
    if len(questions) > _QUESTIONS:
        lines.append(f"  and {len(questions) - _QUESTIONS} more, marked ? ~ or . below")
    return lines


def _findings(verdict: Verdict, numbers: Shown | None) -> Iterator[list[str]]:
    for category, found in verdict.by_category():
        lines = [line for each in found for line in _finding(each, numbers)]
        yield section(harmless(category.title), lines)


def _finding(finding: Finding, numbers: Shown | None) -> list[str]:
    """Give a row; the sentence where there is something to tell; who said it where it was not told above."""
    rows = wrapped(_row(finding, numbers), 2, 6) if len(finding.criterion.id) > 28 else [_row(finding, numbers)]
    told = finding.outcome.in_doubt or finding.outcome is Outcome.MET
    if finding.outcome is Outcome.UNKNOWN and not finding.others:
        return [*rows, *_citations(finding)]
    return [*rows, *wrapped(harmless(finding.says), 6, 6), *([] if told else _citations(finding))]


def _row(finding: Finding, numbers: Shown | None) -> str:
    row = f"  {_MARKS[finding.outcome]} {finding.criterion.id:<28}{finding.outcome.replace('_', ' '):<15}"
    if numbers is None or finding.id not in numbers.effects:
        return row.rstrip()
    return f"{row}{one(finding.points):>5} points {float(numbers.effects[finding.id]):>+6.1f}"


def _said(finding: Finding, mark: str, *, notes: bool = True) -> list[str]:
    more = _notes(finding) if notes else []
    return [*wrapped(harmless(f"{mark}{finding.says}"), 2, 4), *_citations(finding), *more]


def _notes(finding: Finding) -> list[str]:
    return [line for note in finding.notes for line in wrapped(harmless(f"note: {note}"), 6, 8)]


def _citations(finding: Finding) -> list[str]:
    lines: list[str] = []
    if finding.decided_by:
        counted = "not counted: " if finding.waiver else ""
        lines += wrapped(harmless(f"{counted}{_cite(finding.decided_by)}"), 6, 8)
    for each in finding.others:
        lines += wrapped(harmless(f"{_beside(each, finding)} {_cite(each)}"), 6, 8)
    for reply in finding.replies:
        lines += wrapped(harmless(f"reply by {reply.by}, {reply.on}: {reply.text}"), 6, 8)
    return lines


def _cite(weighed: Weighed) -> str:
    statement, source = weighed.statement, weighed.statement.source
    seen = f"{source.seen}" if source.seen else "undated"
    ageing = "" if statement.answer is Answer.NO else _AGES.get(weighed.fresh, "")
    said = f"{statement.answer.replace('_', ' ')}: {source.who} ({source.kind}, {seen}{ageing})"
    return ": ".join(str(part) for part in (said, statement.note, statement.record) if part)


def _beside(other: Weighed, finding: Finding) -> str:
    """Say how another statement stands to the one that decided."""
    deciding = finding.decided_by
    if deciding is None:
        return "not counted:"
    if other.displaced:
        dates = (other.statement.source.seen, deciding.statement.source.seen)
        later = dates[0] and dates[1] and dates[0] > dates[1]
        return "outweighed:" if later else "earlier, since cleared:"
    same = other.statement.answer is deciding.statement.answer
    return "but" if finding.contradicted and other.left and not same else "also"


def _foot(verdict: Verdict) -> list[str]:
    criteria = verdict.criteria
    lines = wrapped(harmless(f"{criteria.title}: {criteria.id} {criteria.version}, {criteria_digest(criteria)[:19]}"))
    return [*lines, f"Dossier {clinic_digest(verdict.clinic)[:19]}"]


def _waived(verdict: Verdict) -> list[str]:
    lines: list[str] = []
    for place, each in verdict.waived.items():
        name, since = verdict.plan.asked[place].id, f"from {each.since} " if each.since else ""
        lines += bullet(f"{name}, left out by {each.owner} {since}until {each.until}: {each.reason}")
    if without := verdict.without_waivers:
        score = one(without.score) if without.score is not None else "none"
        band = without.band.label if without.band else "not rated"
        lines += bullet(f"Without this: {band}, score {score}.")
    return lines


def _rank(severity: Severity) -> int:
    return list(type(severity)).index(severity)
