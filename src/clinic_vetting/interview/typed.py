"""What a person types in an interview, read in its language or as dossiers write it; else a ValueError."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING, Final

from clinic_vetting.evidence import Answer, Kind, Source
from clinic_vetting.shapes import Day

if TYPE_CHECKING:
    from clinic_vetting.interview.speech import Speech

SKIP: Final = "skip"
UNDATED: Final = "-"
_ANSWERS: Final = (*map(str, Answer), SKIP)


def is_end(text: str, speech: Speech) -> bool:
    """Say whether the person has enough; that can be typed at every prompt."""
    return _plain(text) in {"quit", *(_plain(speech.say(f"{form}.quit")) for form in ("answer", "short"))}


def answer(text: str, speech: Speech) -> str:
    """Read an answer, in a word or its letter; nothing typed skips the question."""
    forms = [(speech.say(f"{form}.{each}"), each) for form in ("answer", "short") for each in _ANSWERS]
    known = {name: each for each in _ANSWERS for name in (each, each.replace("_", " "))}
    known |= {_plain(name): each for name, each in forms}
    typed = _plain(text) or SKIP
    if typed not in known:
        raise ValueError(text)
    return known[typed]


def kind(text: str, speech: Speech) -> Kind:
    """Read a kind of source."""
    named = {_plain(speech.word("kind", each)): each for each in Kind}
    return named.get(_plain(text)) or Kind(text.lower())


def speaker(text: str) -> str:
    """Read who says so."""
    return Source("new", Kind.CLAIM, text).who


def seen(text: str, as_of: dt.date) -> dt.date | None:
    """Read the day on which something was seen: by `as_of`, which it is where nothing is typed."""
    if text in ("", UNDATED):
        return None if text else as_of
    day = Day().parse(text)
    if day > as_of:
        raise ValueError(text)
    return day


def _plain(text: str) -> str:
    """Compare what is typed without case, accents and slashes."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("/", ""))
    return "".join(char for char in letters if not unicodedata.combining(char))
