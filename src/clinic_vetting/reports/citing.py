"""Who said what of a finding, and when, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Answer, Fresh
from clinic_vetting.reports.lines import told
from clinic_vetting.words import again, say, telling, word

if TYPE_CHECKING:
    from clinic_vetting.evidence import Weighed
    from clinic_vetting.finding import Finding

_AGES: Final = (Fresh.HALF, Fresh.STALE)


def note_lines(finding: Finding) -> list[str]:
    """Write what else a reader should know."""
    notes = (say(finding.language, "finding.note", text=note) for note in finding.notes)
    return [line for note in notes for line in told(note, 6, 8)]


def citations(finding: Finding) -> list[str]:
    """Write who decided, what others said, and the clinic's replies."""
    lines: list[str] = []
    language = finding.language
    if finding.decided_by:
        counted = f"{say(language, 'cite.not_counted')} " if finding.waiver else ""
        lines += told(f"{counted}{_cite(finding.decided_by, language)}", 6, 8)
    for each in finding.others:
        lines += told(f"{say(language, f'cite.{_beside(each, finding)}')} {_cite(each, language)}", 6, 8)
    for reply in finding.replies:
        lines += told(say(language, "finding.reply", by=reply.by, day=reply.on, text=reply.text), 6, 8)
    return lines


def _cite(weighed: Weighed, language: str) -> str:
    statement, source = weighed.statement, weighed.statement.source
    form = weighed.fresh.value if weighed.fresh in _AGES and statement.answer is not Answer.NO else "said"
    answer, kind = word(language, "answer", statement.answer), word(language, "kind", source.kind)
    seen = source.seen or say(language, "label.undated")
    said = say(language, f"cite.{form}", answer=answer, who=again(source.who, language), kind=kind, seen=seen)
    record = telling(statement.record, language) if statement.record else None
    note = again(statement.note, language) if statement.note else None
    return ": ".join(part for part in (said, note, record) if part)


def _beside(other: Weighed, finding: Finding) -> str:
    """Tell how another statement stands to the one that decided."""
    deciding = finding.decided_by
    if deciding is None:
        return "not_counted"
    if other.displaced:
        dates = (other.statement.source.seen, deciding.statement.source.seen)
        later = dates[0] and dates[1] and dates[0] > dates[1]
        return "outweighed" if later else "cleared"
    same = other.statement.answer is deciding.statement.answer
    return "but" if finding.contradicted and other.left and not same else "also"
