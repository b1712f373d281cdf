"""What a review tells of harm: the reviewer's own events at this clinic, each with the words that say so.

The rules work on a sentence: it is cut into clauses, and a cue holds for the events of its own
clause. Nothing is understood; docs/reviews.md says what that costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, frozen

from clinic_vetting.reviews.causes import is_of_another_cause
from clinic_vetting.reviews.clauses import Clause, clauses, is_affirmed, is_taken_back
from clinic_vetting.reviews.languages import UNCLEAR, language
from clinic_vetting.reviews.vocabulary import LANGUAGES, Event, Harm, Lexicon, events, lexicon
from clinic_vetting.reviews.words import clean, plain_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.reviews.clauses import Cues
    from clinic_vetting.reviews.phrases import Place
    from clinic_vetting.reviews.words import Sentence

_LATE_FROM, _LATE_UNTIL = 7, 100
"""Days after the treatment in which something that begins is late: one to twelve weeks, and some grace."""


@frozen
class Told:
    """One event that a review tells as the reviewer's own.

    Attributes:
        event: What happened.
        harm: How much it asks for, told as it is told.
        quote: The words that say so, at most `words.QUOTE` characters and the dots that stand for more.
    """

    event: Event
    harm: Harm
    quote: str


@frozen
class Account:
    """What one text tells.

    Attributes:
        told: The reviewer's own events.
        warned: Words by which the reviewer was warned beforehand, if any.
        called_normal: Words by which the clinic called what was told normal, if any.
        unanswered: Words by which it did not answer, or blocked the reviewer, if any.
        language: Of the text: a code, empty where it is too short to tell.
        read: Whether it was read.
    """

    told: tuple[Told, ...] = ()
    warned: str = ""
    called_normal: str = ""
    unanswered: str = ""
    language: str = UNCLEAR
    read: bool = True

    @property
    def harm(self) -> Harm:
        """The gravest of its events."""
        return max((each.harm for each in self.told), default=Harm.EXPECTED)

    @property
    def left_alone(self) -> bool:
        """Say whether the reviewer tells of lasting or grave harm and of a clinic that did not care for it."""
        return bool(self.called_normal or self.unanswered) and self.harm > Harm.EXPECTED


def read_text(text: str) -> Account:
    """Read one review.

    >>> [(each.event.term, each.harm.name) for each in read_text("No swelling, but I got an abscess.").told]
    [('abscess', 'ALARM')]
    """
    cleaned = clean(text)
    return read_clean(cleaned, frozenset(plain_words(cleaned)))


def read_clean(text: str, words: frozenset[str]) -> Account:
    """Read one review that is clean, with its plain words."""
    found = language(words)
    if found not in LANGUAGES and found != UNCLEAR:
        return Account(language=found, read=False)
    phrases = lexicon(found)
    telling = phrases.events.telling(words)
    account = _read(text, telling, phrases, found) if telling else Account(language=found)
    grave = account.told and account.harm > Harm.EXPECTED and phrases.conduct.telling(words)
    return _with_conduct(account, text, phrases) if grave else account


def _read(text: str, telling: frozenset[str], phrases: Lexicon, found: str) -> Account:
    told: list[Told] = []
    newest: list[Told] = []
    last: _Telling | None = None
    warned = ""
    for sentence in sentences(text):
        if not (last or any(map(sentence.plain.__contains__, telling))) or not (words := sentence.words):
            continue
        mentions = phrases.events.find(words) if not telling.isdisjoint(words) else []
        cues = phrases.cues.by_name(words) if mentions or last else {}
        if last and not newest and is_affirmed(words, cues):
            newest = last.told(assured=True)
        taken_back = not sentence.is_question and is_taken_back(words, cues)
        told += [] if taken_back and not mentions else newest
        last = _Telling(sentence, words, mentions, cues) if mentions else None
        warned = warned or (last.warned() if last else "")
        newest = last.told() if last and not taken_back else []
    return Account((*told, *newest), warned, language=found)


class _Telling(NamedTuple):
    """A sentence that names events, with its words, where they name one, and the cues in it."""

    sentence: Sentence
    words: tuple[str, ...]
    mentions: list[Place]
    cues: Cues

    def told(self, *, assured: bool = False) -> list[Told]:
        """Give the events that are the reviewer's own."""
        found = (_told(self.sentence, clause, each) for clause, each in self._held(assured=assured))
        return [each for some in found for each in some]

    def warned(self) -> str:
        """Quote the first event of which the reviewer was warned, if any."""
        if "warned" not in self.cues:
            return ""
        first = next((each for clause, each in self._held() if clause.is_warning(each)), None)
        return self.sentence.quote(first.start, first.end - 1) if first else ""

    def _held(self, *, assured: bool = False) -> Iterator[tuple[Clause, Place]]:
        """Give each event with the clause that it begins in."""
        for clause in clauses(self.sentence, self.words, self.cues, assured=assured):
            for each in clause.holding(self.mentions):
                yield clause, each


def _with_conduct(account: Account, text: str, phrases: Lexicon) -> Account:
    """Add what the clinic is told to have done about it."""
    quotes: dict[str, str] = {}
    for sentence in sentences(text):
        for each in phrases.conduct.find(sentence.words):
            quotes.setdefault(each.name, sentence.quote(each.start, each.end - 1))
    return evolve(account, called_normal=quotes.get("called_normal", ""), unanswered=quotes.get("unanswered", ""))


def _told(sentence: Sentence, clause: Clause, mention: Place) -> Iterator[Told]:
    event = events()[mention.name]
    if sentence.is_question or not _is_ours(clause, mention) or clause.is_negated(mention):
        return
    harm = _harm(event, clause, mention)
    treated = clause.only("treated_here") and not clause.in_sentence("not_healed")
    if harm is Harm.ALARM or not treated:
        yield Told(event, harm, sentence.quote(mention.start, mention.end - 1))


def _is_ours(clause: Clause, mention: Place) -> bool:
    """Say whether an event is told as the reviewer's own, and of no other cause than a treatment here."""
    return clause.is_own(mention) and (clause.came_about(mention) or not is_of_another_cause(clause, mention))


def _harm(event: Event, clause: Clause, mention: Place) -> Harm:
    """Let time turn the class of an event."""
    if event.harm is Harm.ALARM:
        return event.harm
    near = sorted(clause.durations, key=lambda each: abs(each.start - mention.start))
    days = near[0].days if near else None
    gone = clause.in_sentence("healed") and not clause.in_sentence("not_healed")
    lasts = clause.in_sentence("still") or clause.in_sentence("not_healed")
    if gone:
        return event.lasting if days is not None and days > event.days else Harm.EXPECTED
    if event.late > event.harm and days is not None and not lasts and clause.in_sentence("onset"):
        return event.late if _LATE_FROM < days <= _LATE_UNTIL else event.harm
    return event.lasting if days is not None and days > event.days else event.harm
