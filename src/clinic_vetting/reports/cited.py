"""A finding as reports show it: what is said, who said it and when, what the clinic replies."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.dates import between
from clinic_vetting.evidence import Answer, Fresh, Outcome
from clinic_vetting.reports.lines import told
from clinic_vetting.reports.telling import Teller
from clinic_vetting.words import again, say, telling

if TYPE_CHECKING:
    from fractions import Fraction

    from clinic_vetting.clinic import Reply
    from clinic_vetting.evidence import Weighed
    from clinic_vetting.finding import Finding

_AGES: Final = {Fresh.HALF: "half", Fresh.STALE: "stale"}
_ADDRESS: Final = re.compile(r"https?://[!-~]+")


@frozen(kw_only=True)
class Cited:
    """One statement as it is cited.

    Attributes:
        beside: How it stands to the one that decided; empty for that one.
        answer, who, kind: What was said, by whom, and what kind of source that is.
        seen, when: The day, and the day in words.
        form: `said`; where age takes from it `half` or `stale`, and where that age is known `half_old` or `stale_old`.
        age: How old it is, in words; empty where it has no day.
        ageing: What age takes from it, in words; empty where it counts in full.
        details: A note, and the record that says it.
        url: Where to look it up; only an address of the web.
    """

    beside: str
    answer: str
    who: str
    kind: str
    seen: dt.date | None
    when: str
    form: str
    age: str
    ageing: str
    details: tuple[str, ...]
    url: str | None


@frozen(kw_only=True)
class Item:
    """One finding as it is shown.

    Attributes:
        id: Full id of the criterion; a safe anchor.
        outcome, outcome_word: Its outcome, as an id and in a word.
        severity: In a word.
        says: One sentence.
        cited: The deciding statement first, then every other.
        replies: The clinic's, newest first.
        to_do, why: What to do where it failed, and why it is asked; empty where there is nothing.
        notes: What else there is to know.
        references: Ids in the set's references.
        points, effect: Of 100, rounded for display; `None` where it does not apply.
    """

    id: str
    outcome: Outcome
    outcome_word: str
    severity: str
    says: str
    cited: tuple[Cited, ...]
    replies: tuple[Reply, ...]
    to_do: str
    why: str
    notes: tuple[str, ...]
    references: tuple[str, ...]
    points: Fraction | None
    effect: Fraction | None


def item(finding: Finding, effect: Fraction | None, tells: Teller) -> Item:
    """Put a finding into words; `effect` is the one that is shown."""
    criterion, outcome = finding.criterion, finding.outcome
    failed = outcome in (Outcome.FAILED, Outcome.PARTLY)
    return Item(
        id=finding.id,
        outcome=outcome,
        outcome_word=tells.word("page.outcome", outcome),
        severity=tells.word("severity", criterion.severity),
        says=finding.says,
        cited=tuple(cited(finding, tells)),
        replies=finding.replies,
        to_do=(criterion.if_failed or "") if failed else "",
        why=criterion.why or "",
        notes=finding.notes,
        references=criterion.references,
        points=finding.points,
        effect=effect,
    )


def web_address(url: str | None) -> str | None:
    """Give an address back where it leads to the web, and nothing where it could do anything else."""
    return url if url and _ADDRESS.fullmatch(url) else None


def cited(finding: Finding, tells: Teller) -> list[Cited]:
    """Put who decided and what others said into words."""
    deciding = finding.decided_by
    first = [] if deciding is None else [(deciding, "cite.not_counted" if finding.waiver else "")]
    said = [*first, *((each, _beside(each, finding)) for each in finding.others)]
    return [_cite(each, beside, finding.verdict.as_of, tells) for each, beside in said]


def _cite(weighed: Weighed, beside: str, as_of: dt.date, tells: Teller) -> Cited:
    statement, source = weighed.statement, weighed.statement.source
    record = telling(statement.record, tells.language) if statement.record else None
    note = statement.note and again(statement.note, tells.language)
    form = "said" if statement.answer is Answer.NO else _AGES.get(weighed.fresh, "said")
    old = between(source.seen, as_of) if source.seen and form != "said" else None
    age = tells.say(f"span.{old.unit}", count=old.count) if old else ""
    form = f"{form}_old" if old else form
    return Cited(
        beside=tells.say(beside) if beside else "",
        answer=tells.word("answer", statement.answer),
        who=again(source.who, tells.language),
        kind=tells.word("kind", source.kind),
        seen=source.seen,
        when=tells.day(source.seen),
        form=form,
        age=age,
        ageing="" if form == "said" else tells.say(f"page.{form}", age=age),
        details=tuple(each for each in (note, record) if each),
        url=web_address(source.url),
    )


def _beside(other: Weighed, finding: Finding) -> str:
    """Name the message that says how another statement stands to the one that decided."""
    deciding = finding.decided_by
    if deciding is None:
        return "cite.not_counted"
    if other.displaced:
        dates = (other.statement.source.seen, deciding.statement.source.seen)
        later = dates[0] and dates[1] and dates[0] > dates[1]
        return "cite.outweighed" if later else "cite.cleared"
    same = other.statement.answer is deciding.statement.answer
    return "cite.but" if finding.contradicted and other.left and not same else "cite.also"


def note_lines(finding: Finding) -> list[str]:
    """Write what else a reader should know as lines of text."""
    notes = (say(finding.language, "finding.note", text=note) for note in finding.notes)
    return [line for note in notes for line in told(note, 6, 8)]


def citations(finding: Finding) -> list[str]:
    """Write who decided, what others said, and the clinic's replies as lines of text."""
    tells = Teller(finding.language)
    lines = [line for each in cited(finding, tells) for line in told(_in_line(each, tells), 6, 8)]
    for reply in finding.replies:
        lines += told(tells.say("finding.reply", by=reply.by, day=reply.on, text=reply.text), 6, 8)
    return lines


def _in_line(each: Cited, tells: Teller) -> str:
    seen = each.seen or tells.say("label.undated")
    values = {"answer": each.answer, "who": each.who, "kind": each.kind, "seen": seen, "age": each.age}
    says = tells.say(f"cite.{each.form}", **values)
    return ": ".join((f"{each.beside} {says}".strip(), *each.details))
