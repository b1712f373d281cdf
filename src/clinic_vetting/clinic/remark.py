"""What is shown and counts nothing, or leaves something out: replies, waivers, possible matches."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import attrs
from attrs import frozen

from clinic_vetting import fields
from clinic_vetting.clinic.parts import Telling, in_order, source_field
from clinic_vetting.evidence import Source
from clinic_vetting.words import again, say

BY_NUMBER: Final = "#"
"""Ends the id of the source of a question about what a row says, where a number tells whom it is about."""


@frozen(kw_only=True)
class Reply:
    """The clinic's answer to a finding: shown with it, never scored."""

    criterion: str = attrs.field(**fields.text(200))
    by: str = attrs.field(**fields.text(300))
    on: dt.date = attrs.field(**fields.day())
    text: str = attrs.field(**fields.text(5000))


@frozen(kw_only=True)
class Waiver:
    """A vetter's decision to leave a criterion out, through a last day.

    Attributes:
        criterion: Full id.
        reason: Why.
        owner: Who answers for it.
        until: The last day on which it holds.
        since: The first, where it has one.
    """

    ORDER: ClassVar = ("since", "until")

    criterion: str = attrs.field(**fields.text(200))
    reason: str = attrs.field(**fields.text(2000))
    owner: str = attrs.field(**fields.text(300))
    until: dt.date = attrs.field(**fields.day())
    since: dt.date | None = attrs.field(default=None, **fields.day())

    __attrs_post_init__ = in_order

    def in_force(self, day: dt.date) -> bool:
        """Say whether it holds on a day."""
        return (self.since is None or self.since <= day) and day <= self.until


@frozen(kw_only=True)
class PossibleMatch(Telling):
    """A row of a register that may be about the clinic, its people or its suppliers: a question, which counts nothing.

    Attributes:
        about: Whom or what of the clinic it may concern.
        name: As the register has it.
        place: Where the row stands in the register's file.
        says: What the row says, of whomever it is about.
        ask: How to find out.
        source: The register, on the day of which it tells.
    """

    about: str = attrs.field(**fields.text(300))
    name: str = attrs.field(**fields.text(300))
    place: str = attrs.field(**fields.text(200))
    says: str | None = attrs.field(default=None, **fields.text(1000))
    ask: str = attrs.field(**fields.text(1000))
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        form = "asked_says" if self.says else "asked"
        form = "row" if self.source.id.endswith(BY_NUMBER) else form
        texts = {"about": self.about, "name": self.name, "says": self.says or "", "ask": self.ask}
        return say(
            language, f"match.{form}", place=self.place, **{name: again(each, language) for name, each in texts.items()}
        )
