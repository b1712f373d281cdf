"""What the records of a clinic share: codes of places, words for readers, the source."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from typing import Any

from clinic_vetting import fields, shapes
from clinic_vetting.errors import Problem, RecordError
from clinic_vetting.evidence import Source
from clinic_vetting.words import ENGLISH, say, told, word

COUNTRY = "(?!UK)[A-Z]{2}"
A_COUNTRY = "iso_country"
REGION = "(?!UK)[A-Z]{2}-[A-Z0-9]{1,3}"


def is_region_of(region: str | None, country: str | None) -> bool:
    """Say whether a region can be of a country; `US-PR` is of both US and PR, which have codes of their own."""
    return region is None or country is None or country in region.split("-")


def in_order(record: Any) -> None:
    """Check that of two days of a record, named by its `ORDER`, the second is not before the first.

    Raises:
        RecordError: It is.
    """
    earlier, later = record.ORDER
    first, second = getattr(record, earlier), getattr(record, later)
    if first is not None and second is not None and second < first:
        raise RecordError(Problem(later, told("fault.clinic.in_order", earlier=earlier, first=first), str(second)))


class Telling:
    """A record that says what it holds, in a language."""

    __slots__ = ()

    def told(self, language: str) -> str:
        """Say what it holds."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.told(ENGLISH)


def in_words(*parts: object) -> str:
    """Join what is there for a reader."""
    return ", ".join(map(str, filter(None, parts)))


@lru_cache(maxsize=256)
def status(language: str, value: StrEnum | None) -> str | None:
    """Say what a register says of something, in a word."""
    return word(language, "status", value) if value else None


@lru_cache(maxsize=4096)
def until(language: str, day: dt.date | None) -> str | None:
    """Say how long something is in force."""
    return say(language, "record.until", day=day) if day else None


def source_field() -> Any:
    """Refer to a source of the dossier."""
    return fields.shaped(shapes.Reference(Source))
