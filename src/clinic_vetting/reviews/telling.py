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
from clinic_vetting.words import Told, cut, joined, told

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
        says = told("reviews.two_alarms", reports=_reports(alarms), several=_independent(dated))
        yield criterion, _statement(reading, "alarm", TWO_ALARMS, says, cited)
    if alarms and alarms[-1] not in pair:
        says = told("reviews.newest" if pair else "reviews.newest_alone", reports=_reports(alarms))
        yield criterion, _statement(reading, "newest", ONE_ALARM, says, alarms[:-2:-1])
    elif not alarms and (reading.read or reading.unread):
        yield criterion, _statement(reading, "coverage", _NOTHING, told("reviews.no_alarm"), ())


def _reports(alarms: Sequence[Read]) -> Told:
    """Count reports, and those of them of which nobody is known to have written them."""
    unnamed = sum(each.is_anonymous for each in alarms)
    return told("reviews.reports_unnamed" if unnamed else "reviews.reports", count=len(alarms), unnamed=unnamed)


def _independent(dated: Sequence[Read]) -> int:
    """Count reports of which each is independent of each other, the newest first."""
    found: list[Read] = []
    for each in dated[::-1]:
        if all(are_independent(each, other) for other in found):
            found.append(each)
    return len(found)


def _no_plan(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who was told that harm was normal, or was left alone with it."""
    found = reading.newest(lambda account: account.left_alone)
    if found:
        says = told("reviews.left_alone", count=len(found))
        yield (
            "care.complication_plan",
            _statement(reading, "care", NO_PLAN, says, found, quote=lambda each: _conduct(each.account)),
        )


def _unanswered(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who got no answer, or was blocked."""
    found = reading.newest(lambda account: account.left_alone and bool(account.unanswered))
    if found:
        says = told("reviews.unanswered", count=len(found))
        yield (
            "reviews.complaints_answered",
            _statement(reading, "answers", NO_PLAN, says, found, quote=lambda each: each.account.unanswered),
        )


def _consent(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say who was warned beforehand, on platforms that the clinic does not control."""
    found = [each for each in reading.newest(lambda account: bool(account.warned)) if each.review.independent]
    if found:
        says = told("reviews.warned", count=len(found))
        yield (
            "care.informed_consent",
            _statement(reading, "consent", WARNED, says, found, quote=lambda each: each.account.warned),
        )


def _manipulation(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Say what chance does not explain; each kind of signal counts once."""
    if reading.signals:
        kinds = len({each.kind for each in reading.signals})
        note = joined(" ", *(each.says for each in reading.signals[:10]), told("signals.no_proof"))
        newest = max((each.date for each in reading.reviews if each.date and each.independent), default=None)
        source = _source(reading, "signals", newest)
        measured = (0, min(SIGNAL * kinds, SIGNALS))
        yield "reviews.no_manipulation", Statement(Answer.PARTLY, source, cut(note, 4000), None, measured)


def _statement(  # noqa: PLR0913 - what a statement is made of
    reading: Reading,
    name: str,
    shows: Shows,
    says: Told,
    cited: Sequence[Read],
    *,
    quote: Callable[[Read], str] | None = None,
) -> Statement:
    """Make a statement that quotes the first reviews cited, and is dated by the first, or by the newest read."""
    quotes = [each.with_quote(quote(each), "") if quote else each.quoted() for each in cited[:_QUOTED]]
    ask = _to_ask(cited) if shows in (ONE_ALARM, TWO_ALARMS) else ""
    note = joined(". ", joined(": ", says, joined("; ", *quotes)), ask)
    newest = max((each.review.date for each in reading.read if each.review.date), default=None)
    seen = max((each.review.date for each in cited[:2] if each.review.date), default=None) if cited else newest
    return Statement(shows.answer, _source(reading, name, seen), note, None, (shows.proven, shows.failed))


def _to_ask(cited: Sequence[Read]) -> Told:
    """Name what the events of grave harm point to; one has many possible causes."""
    events = [event for each in cited for event in each.account.told if event.harm is Harm.ALARM]
    criteria = sorted({criterion for each in events for criterion in each.event.points_to})
    return told("reviews.causes", criteria=", ".join(criteria))


def _source(reading: Reading, name: str, seen: dt.date | None) -> Source:
    return Source(f"our-reading/{name}", Kind.PATIENT, cut(_who(reading), 300), seen)


def _who(reading: Reading) -> Told:
    """Say how many reviews were there, on which platforms, and which texts were read."""
    platforms, unread = sorted({short_name(each.platform) for each in reading.reviews}), sum(reading.unread.values())
    named = joined(", ", *platforms[:3])
    if more := len(platforms[3:]):
        named = told("reviews.platforms", platforms=named, count=more)
    reviews = told("reviews.reviews", count=len(reading.reviews))
    read = told("reviews.texts_unread" if unread else "reviews.texts", count=len(reading.read), unread=unread)
    return told("reviews.who", reviews=reviews, platforms=named, read=read)


def _conduct(account: Account) -> str:
    return account.called_normal or account.unanswered


def is_reading(source: Source) -> bool:
    """Say whether a source is our own reading of reviews."""
    return source.id.startswith("our-reading/") and source.who.startswith("our reading")


def rules_of(clinic: Clinic) -> str | None:
    """Give the digest of the tables that the clinic's reviews were read by; `None` where nothing was read of them."""
    read = clinic.reviews and any(is_reading(each.source) for said in clinic.answers.values() for each in said)
    return _rules() if read else None


@cache
def _rules() -> str:
    return digest(
        [tables.adverse_events(), tables.review_cues(), tables.clause_words(), [*map(list, LANGUAGES.items())]]
    )
