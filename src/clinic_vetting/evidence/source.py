"""Who says what, and when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes

_NOTE: Final = shapes.Text(4000)


class Kind(StrEnum):
    """What kind of source speaks; its strength is data of the criteria set."""

    REGISTER = "register"
    """An official register or regulator, looked up."""
    INSPECTION = "inspection"
    """An on-site inspection by a regulator or accreditor."""
    DOCUMENT = "document"
    """A certificate, invoice, label or contract that the vetter has seen."""
    OBSERVATION = "observation"
    """The vetter's own visit or photograph."""
    PATIENT = "patient"
    """One patient's account."""
    CLAIM = "claim"
    """The clinic's own word."""


class Answer(StrEnum):
    """What a statement says. Silence is no answer: there is no statement."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Less(StrEnum):
    """What is less than a `partly`: it proves nothing."""

    SPENT = "spent"
    """Partly so through its last day: what it failed stays."""
    DOUBT = "doubt"
    """It may speak against the clinic, and is not shown to: whoever says it, it is a doubt and never a failure."""


@frozen(eq=False)
class Standing:
    """All that a source's words are weighed by; sources of one kind and day share one. Made by `standing`."""

    kind: Kind
    seen: dt.date | None

    def __reduce__(self) -> tuple[Any, ...]:
        return standing, (self.kind, self.seen)


@lru_cache(maxsize=20_000)
def standing(kind: Kind, seen: dt.date | None) -> Standing:
    """Give the standing of a kind of source on a day."""
    return Standing(kind, seen)


@frozen
class Source:
    """Who says something, and when that was seen.

    Attributes:
        id: The name by which statements refer to it; breaks ties, as text.
        kind: Decides how far it is believed.
        who: For readers, such as `General Medical Council`.
        seen: The day on which the vetter saw it; undated statements count half.
        url: Where it can be looked up.
        standing: Its kind and day, to be looked up by.
    """

    id: str = attrs.field(**fields.checked(shapes.Text(100)))
    kind: Kind = attrs.field(**fields.choice(Kind))
    who: str = attrs.field(**fields.text(300))
    seen: dt.date | None = attrs.field(default=None, **fields.day())
    url: str | None = attrs.field(default=None, **fields.text(2000))
    standing: Standing = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "standing", standing(self.kind, self.seen))


@frozen
class Statement:
    """One answer to one question, by one source.

    Attributes:
        answer: What it says.
        source: Who says so.
        note: What else there is to know, for readers.
        record: The record that says it, where no answer was given directly.
        measured: For a measure with a scale: what it proves and what it fails, in hundredths, instead
            of the strength of its kind.
        less: Where it is less than its answer: a `partly` that proves nothing.

    Raises:
        ValueError: A value has another type, or is not within its bounds.
    """

    answer: Answer = attrs.field(**fields.described(shapes.Choice(Answer)))
    source: Source = attrs.field(**fields.described(shapes.Reference(Source), referring=True))
    note: str | None = attrs.field(default=None, **fields.described(_NOTE))
    record: object = None
    measured: tuple[int, int] | None = None
    less: Less | None = None

    def __attrs_post_init__(self) -> None:
        if self.answer.__class__ is not Answer or self.source.__class__ is not Source:
            message = f"a statement needs an Answer and a Source, got {self.answer!r} and {self.source!r}"
            raise ValueError(message)
        if self.note is not None and (problem := _NOTE.problem(self.note)):
            message = f"a statement's note must be {problem}, got {self.note!r}"
            raise ValueError(message)
        if self.measured is not None and not _is_belief(self.measured):
            message = f"a statement's measured must be two whole numbers of at most 100 together, got {self.measured!r}"
            raise ValueError(message)
        if self.less is not None and not (self.less.__class__ is Less and self.answer is Answer.PARTLY):
            message = f"a statement's less must be a Less, of an answer that is partly, got {self.less!r}"
            raise ValueError(message)

    @property
    def against(self) -> bool:
        """Say whether it speaks against the clinic, if only in part."""
        if self.measured is not None:
            return self.measured[1] > 0
        return self.answer is Answer.NO or self.answer is Answer.PARTLY


def _is_belief(pair: Any) -> bool:
    numbers = isinstance(pair, tuple) and len(pair) == 2 and all(type(each) is int and each >= 0 for each in pair)
    return numbers and sum(pair) <= 100
