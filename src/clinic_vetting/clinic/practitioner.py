"""People who inject, with their licences, training and insurance."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import attrs
from attrs import frozen

from clinic_vetting import fields, shapes
from clinic_vetting.clinic.parts import Telling, in_words, source_field, status, until
from clinic_vetting.evidence import Source
from clinic_vetting.words import say


class LicenceStatus(StrEnum):
    """What a register says of a licence."""

    ACTIVE = "active"
    CONDITIONS = "conditions"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    NOT_FOUND = "not_found"


@frozen(kw_only=True)
class Licence(Telling):
    """A person's entry in the register of a health profession.

    Attributes:
        authority: The register, such as `GMC`.
        number: As written, zeros in front included.
        status: What the register says; without one, the record proves nothing.
        expires: The last day on which the licence is in force.
        source: Who says so.
    """

    authority: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    status: LicenceStatus | None = attrs.field(default=None, **fields.choice(LicenceStatus))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return in_words(self.authority, self.number, status(language, self.status), until(language, self.expires))


@frozen(kw_only=True)
class Training(Telling):
    """Training in one procedure.

    Attributes:
        treatment: The procedure, such as `mesotherapy`.
        provider: Who taught.
        hours: Length, 0..10,000 hours.
        completed: The day on which it was completed.
        source: Who says so.
    """

    treatment: str = attrs.field(**fields.text(100))
    provider: str | None = attrs.field(default=None, **fields.text(300))
    hours: Decimal | None = attrs.field(default=None, **fields.number(0, 10_000))
    completed: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        hours = None if self.hours is None else say(language, "record.hours", count=self.hours)
        training = say(language, "record.training", treatment=self.treatment)
        return in_words(training, self.provider, hours, self.completed)


@frozen(kw_only=True)
class Insurance(Telling):
    """Malpractice or indemnity cover.

    Attributes:
        insurer: Who insures.
        covers: The procedures that the policy names.
        expires: The last day of cover.
        source: Who says so.
    """

    insurer: str | None = attrs.field(default=None, **fields.text(300))
    covers: tuple[str, ...] = attrs.field(factory=tuple, **fields.many(shapes.Text(100), most=200))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        insurer = say(language, "record.insurer", insurer=self.insurer or say(language, "record.no_insurer"))
        return in_words(insurer, *sorted(self.covers), until(language, self.expires))


@frozen(kw_only=True)
class Practitioner(Telling):
    """A person who treats patients at the clinic.

    Attributes:
        name: As the clinic or the register gives it.
        role: The profession in a word, such as `physician` or `nurse`; `none` for a lay person.
        injects: Whether this person injects; who is not said not to is taken as an injector.
        licences: Entries in professional registers.
        training: Courses completed.
        insurance: Policies that cover this person.
        source: Who names this person.
    """

    name: str | None = attrs.field(default=None, **fields.text(300))
    role: str | None = attrs.field(default=None, **fields.text(100))
    injects: bool | None = attrs.field(default=None, **fields.flag())
    licences: tuple[Licence, ...] = attrs.field(factory=tuple, **fields.many(Licence, single=True, most=50))
    training: tuple[Training, ...] = attrs.field(factory=tuple, **fields.many(Training, single=True, most=200))
    insurance: tuple[Insurance, ...] = attrs.field(factory=tuple, **fields.many(Insurance, single=True, most=50))
    source: Source | None = attrs.field(default=None, **fields.shaped(shapes.Reference(Source)))

    def told(self, language: str) -> str:
        """Say what it holds."""
        return in_words(self.name or say(language, "record.no_practitioner"), self.role)
