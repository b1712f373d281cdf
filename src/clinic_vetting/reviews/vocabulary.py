"""The words in which patients tell of harm, and those that decide whose event it is, by language."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Final

from attrs import frozen

from clinic_vetting import tables
from clinic_vetting.reviews.phrases import Phrases
from clinic_vetting.words import Told, told

LANGUAGES: Final = {"en": "English", "es": "Spanish"}
"""The languages that are read."""


_OWNERS: Final = frozenset({"third_party", "other_clinic"})
"""Cues that name somebody to whom something can belong."""
_CONDUCT: Final = ("called_normal", "unanswered")
"""Cues of what a clinic did about an event."""


class Harm(IntEnum):
    """How much an event asks for: nothing for a week, that somebody looks at it, or care now."""

    EXPECTED = 0
    WATCH = 1
    ALARM = 2


@frozen
class Event:
    """Something that can happen after an injection.

    Attributes:
        name: Its key in the table.
        harm: How much it asks for as such.
        days: Through this day it is as `harm` says.
        lasting: What it is where it is told to last longer.
        late: What it is where it is told to begin one to twelve weeks after the treatment.
        points_to: Criteria to ask about; none of them is concluded.
    """

    name: str
    harm: Harm
    days: int
    lasting: Harm
    late: Harm
    points_to: tuple[str, ...]

    @property
    def term(self) -> Told:
        """What it is called, in words."""
        return told(f"event.{self.name}")


@frozen(eq=False)
class Lexicon:
    """The phrases of one language: of events, of cues, and of what a clinic did about an event."""

    events: Phrases
    cues: Phrases
    conduct: Phrases


@cache
def events() -> dict[str, Event]:
    """Give the table of events, by name."""
    return {name: _event(name, row) for name, row in tables.adverse_events().items()}


@cache
def words_of(name: str) -> frozenset[str]:
    """Give the words of a row of the table `clause_words`, of all languages."""
    return frozenset(word for words in tables.clause_words()[name].values() for word in words.split())


@cache
def lexicon(language: str) -> Lexicon:
    """Give the phrases of a language that is read; of all of them where it is unclear."""

    def phrases(table: dict[str, dict[str, str]]) -> Phrases:
        chosen = [language] if language in LANGUAGES else list(LANGUAGES)
        return Phrases({name: {each: 0 for one in chosen for each in _list(row[one])} for name, row in table.items()})

    cues = {name: _with_owned(row) if name in _OWNERS else row for name, row in tables.review_cues().items()}
    conduct = {name: cues.pop(name) for name in _CONDUCT}
    return Lexicon(phrases(tables.adverse_events()), phrases(cues), phrases(conduct))


def _with_owned(row: dict[str, str]) -> dict[str, str]:
    """Add the English possessive of each phrase: `my son's`, `another clinic's`."""
    named = [each for each in _list(row["en"]) if not each.endswith(("'s", "*"))]
    return row | {"en": ", ".join((row["en"], *(f"{each}'s" for each in named)))}


def _event(name: str, row: dict[str, str]) -> Event:
    harm = Harm[row["class"].upper()]
    lasting, late = (Harm[row[key].upper()] if key in row else harm for key in ("lasting", "late"))
    return Event(name, harm, int(row.get("days", "7")), lasting, late, _list(row.get("points_to", "")))


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())
