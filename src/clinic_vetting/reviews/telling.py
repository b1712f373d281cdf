"""What a clinic's reviews tell as statements, each with its quotes, and bounded in what it can move."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from clinic_vetting import tables
from clinic_vetting.canonical import digest
from clinic_vetting.evidence import Answer, Kind, Source, Statement
from clinic_vetting.reviews.reading import Read, Reading, analyse, are_independent, short_name
from clinic_vetting.reviews.vocabulary import LANGUAGES, Harm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.reviews.harm import Account


class Shows(NamedTuple):
    """An answer, and what it proves and fails, in hundredths."""

    answer: Answer
    proven: int
    failed: int


TWO_ALARMS: Final = Shows(Answer.NO, 0, 60)
ONE_ALARM: Final = Shows(Answer.NO, 0, 40)
"""What two independent reports of grave harm show, and one: failed, and doubted."""
NO_PLAN: Final = Shows(Answer.NO, 0, 30)
"""What a report of harm that the clinic called normal or did not answer shows: doubted."""
WARNED: Final = Shows(Answer.YES, 20, 0)
"""What patients who were warned of a risk show of consent: weak."""
SIGNAL, SIGNALS = 8, 24
"""What each kind of signal shows against the reviews, and all together at most: weak."""
_SAYS: Final = "our reading of"
_QUOTED: Final = 3
_COMPARED: Final = 50
_NOTHING: Final = Shows(Answer.YES, 0, 0)


def read_reviews(clinic: Clinic, *, as_of: dt.date) -> Clinic:
    """Add what the clinic's reviews tell as statements of its own, in the place of those of an earlier reading.

    Args:
        clinic: Its reviews are read; its own answers stay.
        as_of: Reviews written later do not exist yet.

    Returns:
        The same clinic with statements on grave harm, on care when something went wrong, on warnings
        given, and on signs of manipulation; each quotes what it rests on and is dated by it. The same
        again where its reviews are read again.
    """
    given = {key: [each for each in said if not is_reading(each.source)] for key, said in clinic.answers.items()}
    reading = analyse(clinic, as_of)
    found: dict[str, list[Statement]] = {}
    for says in (_grave_harm, _no_plan, _unanswered, _consent, _manipulation):
        for criterion, statement in says(reading):
            found.setdefault(criterion, []).append(statement)
    return attrs.evolve(clinic, answers=given).answering(found)


def _grave_harm(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say what was told of grave harm; where nothing was, say only what was read."""
    criterion = "reviews.no_alarm_reports"
    alarms = [each for each in reading.read if each.account.harm is Harm.ALARM]
    dated = [each for each in alarms if each.review.date][-_COMPARED:]
    pair = next((pair for pair in combinations(dated[::-1], 2) if are_independent(*pair)), ())
    cited = (*pair, *(each for each in alarms[::-1] if each not in pair))
    if pair:
        says = f"{_reports(alarms)}, two of them by different people within six months"
        yield criterion, _statement(reading, "alarm", TWO_ALARMS, says, cited)
    if alarms and alarms[-1] not in pair:
        others = "" if pair else ", no two of them independent within six months"
        says = f"The newest of {_reports(alarms)}{others}"
        yield criterion, _statement(reading, "newest", ONE_ALARM, says, alarms[:-2:-1])
    elif not alarms and (reading.read or reading.unread):
        says = "No report of grave harm was found in what was read. That proves nothing, and counts for nothing"
        yield criterion, _statement(reading, "coverage", _NOTHING, says, ())


def _reports(alarms: Sequence[Read]) -> str:
    """Count reports, and those of them of which nobody is known to have written them."""
    unnamed = sum(each.is_anonymous for each in alarms)
    return f"{_count(alarms, 'report')} of grave harm{f' ({unnamed} anonymous)' if unnamed else ''}"


def _no_plan(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who was told that harm was normal, or was left alone with it."""
    found = reading.newest(lambda account: account.left_alone)
    if found:
        says = (
            f"{_count(found, 'patient')} told of lasting or grave harm that was called normal or left without an answer"
        )
        yield (
            "care.complication_plan",
            _statement(reading, "care", NO_PLAN, says, found, quote=lambda each: _conduct(each.account)),
        )


def _unanswered(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who got no answer, or was blocked."""
    found = reading.newest(lambda account: account.left_alone and bool(account.unanswered))
    if found:
        says = f"{_count(found, 'patient')} told of lasting or grave harm and of getting no answer"
        yield (
            "reviews.complaints_answered",
            _statement(reading, "answers", NO_PLAN, says, found, quote=lambda each: each.account.unanswered),
        )


def _consent(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who was warned beforehand, on platforms that the clinic does not control."""
    found = [each for each in reading.newest(lambda account: bool(account.warned)) if each.review.independent]
    if found:
        says = f"{_count(found, 'patient')} told of being warned of a risk beforehand"
        yield (
            "care.informed_consent",
            _statement(reading, "consent", WARNED, says, found, quote=lambda each: each.account.warned),
        )


def _manipulation(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say what chance does not explain; each kind of signal counts once."""
    if reading.signals:
        kinds = len({each.kind for each in reading.signals})
        says = " ".join(each.says for each in reading.signals[:10])
        note = f"{says} That shows no review to be false: there can be other reasons."
        newest = max((each.date for each in reading.reviews if each.date and each.independent), default=None)
        source = _source(reading, "signals", newest)
        measured = (0, min(SIGNAL * kinds, SIGNALS))
        yield "reviews.no_manipulation", Statement(Answer.PARTLY, source, note[:4000], None, measured)


def _statement(  # noqa: PLR0913 - what a statement is made of
    reading: Reading,
    name: str,
    shows: Shows,
    says: str,
    cited: Sequence[Read],
    *,
    quote: Callable[[Read], str] | None = None,
) -> Statement:
    """Make a statement that quotes the first reviews cited, and is dated by the first, or by the newest read."""
    quotes = [each.with_quote(quote(each), "") if quote else str(each) for each in cited[:_QUOTED]]
    ask = _to_ask(cited) if shows in (ONE_ALARM, TWO_ALARMS) else ""
    note = f"{': '.join(each for each in (says, '; '.join(quotes)) if each)}{ask}"
    newest = max((each.review.date for each in reading.read if each.review.date), default=None)
    seen = max((each.review.date for each in cited[:2] if each.review.date), default=None) if cited else newest
    return Statement(shows.answer, _source(reading, name, seen), note, None, (shows.proven, shows.failed))


def _to_ask(cited: Sequence[Read]) -> str:
    """Name what the events of grave harm point to; one has many possible causes."""
    told = [event for each in cited for event in each.account.told if event.harm is Harm.ALARM]
    criteria = sorted({criterion for each in told for criterion in each.event.points_to})
    return f". Such events have several possible causes, and none is concluded; to ask about: {', '.join(criteria)}"


def _source(reading: Reading, name: str, seen: dt.date | None) -> Source:
    return Source(f"our-reading/{name}", Kind.PATIENT, _who(reading)[:300], seen)


def _who(reading: Reading) -> str:
    """Say how many reviews were there, on which platforms, and which texts were read."""
    platforms = sorted({short_name(each.platform) for each in reading.reviews})
    named = ", ".join(platforms[:3]) + (f" and {len(platforms) - 3} more platforms" if len(platforms) > 3 else "")
    languages = " and ".join(LANGUAGES.values())
    unread = sum(reading.unread.values())
    not_read = f"; {unread} in other languages not read" if unread else ""
    read = f"texts read as {languages}: {len(reading.read)}{not_read}"
    return f"{_SAYS} {_count(reading.reviews, 'review')} on {named} ({read})"


def _conduct(account: Account) -> str:
    return account.called_normal or account.unanswered


def is_reading(source: Source) -> bool:
    """Say whether a source is our own reading of reviews."""
    return source.id.startswith("our-reading/") and source.who.startswith(_SAYS)


def rules_of(clinic: Clinic) -> str | None:
    """Give the digest of the tables that the clinic's reviews were read by; `None` where nothing was read of them."""
    read = clinic.reviews and any(is_reading(each.source) for said in clinic.answers.values() for each in said)
    return _rules() if read else None


@cache
def _rules() -> str:
    return digest(
        [tables.adverse_events(), tables.review_cues(), tables.clause_words(), [*map(list, LANGUAGES.items())]]
    )


def _count(things: Sequence[object], noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"
