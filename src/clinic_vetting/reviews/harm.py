"""What a review tells of harm: the reviewer's own events at this clinic, each with the words that say so.

The rules work on a sentence: it is cut into clauses, and a cue holds for the events of its own
clause. Nothing is understood; docs/reviews.md says what that costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from clinic_vetting.reviews.clauses import Clause, clauses, is_affirmed, is_taken_back
from clinic_vetting.reviews.languages import UNCLEAR, language
from clinic_vetting.reviews.vocabulary import LANGUAGES, Event, Harm, Lexicon, events, lexicon
from clinic_vetting.reviews.words import clean, plain_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return _with_conduct(account, text, phrases) if account.harm > Harm.EXPECTED else account


def _read(text: str, telling: frozenset[str], phrases: Lexicon, found: str) -> Account:
    told: list[Told] = []
    newest: list[Told] = []
    last: tuple[Sentence, list[Place], list[Place]] | None = None
    warned = ""
    for sentence in filter(lambda each: each.words, sentences(text)):
        words = sentence.words
        mentions = phrases.events.find(words) if not telling.isdisjoint(words) else []
        cues = phrases.cues.find(words) if mentions or newest or last else []
        if last and not newest and is_affirmed(words, cues):
            newest = _told_in(last[0], list(clauses(last[0], last[0].words, last[2], assured=True)), last[1])
        taken_back = not sentence.is_question and is_taken_back(words, cues)
        told += [] if taken_back and not mentions else newest
        parts = list(clauses(sentence, words, cues)) if mentions else []
        warned = warned or _warned(sentence, parts, mentions)
        newest = [] if taken_back else _told_in(sentence, parts, mentions)
        last = (sentence, mentions, cues) if mentions else None
    return Account((*told, *newest), warned, language=found)


def _warned(sentence: Sentence, parts: list[Clause], mentions: list[Place]) -> str:
    found = (each for clause in parts for each in clause.holding(mentions) if clause.is_warning(each))
    first = next(found, None)
    return sentence.quote(first.start, first.end - 1) if first else ""


def _told_in(sentence: Sentence, parts: list[Clause], mentions: list[Place]) -> list[Told]:
    every = (_told(sentence, clause, each) for clause in parts for each in clause.holding(mentions))
    return [told for some in every for told in some]


def _with_conduct(account: Account, text: str, phrases: Lexicon) -> Account:
    """Add what the clinic is told to have done about it."""
    quotes: dict[str, str] = {}
    for sentence in sentences(text):
        for each in phrases.cues.find(sentence.words):
            quotes.setdefault(each.name, sentence.quote(each.start, each.end - 1))
    return evolve(account, called_normal=quotes.get("called_normal", ""), unanswered=quotes.get("unanswered", ""))


def _told(sentence: Sentence, clause: Clause, mention: Place) -> Iterator[Told]:
    event = events()[mention.name]
    if sentence.is_question or not clause.is_own(mention) or clause.is_negated(mention):
        return
    harm = _harm(event, clause, mention)
    treated = clause.only("treated_here") and not clause.in_sentence("not_healed")
    if harm is Harm.ALARM or not treated:
        yield Told(event, harm, sentence.quote(mention.start, mention.end - 1))


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
