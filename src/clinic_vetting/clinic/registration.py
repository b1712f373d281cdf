"""What bodies say of a clinic and its people: registrations, notices, sanctions."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar

import attrs
from attrs import frozen

from clinic_vetting import fields
from clinic_vetting.clinic.parts import Telling, in_order, in_words, source_field, status, until
from clinic_vetting.evidence import Source
from clinic_vetting.words import again, say, word


class RegistrationKind(StrEnum):
    """What a clinic is registered for."""

    PREMISES = "premises"
    ACCREDITATION = "accreditation"
    MEMBERSHIP = "membership"


class RegistrationStatus(StrEnum):
    """What a body says of a clinic's registration, accreditation or membership."""

    REGISTERED = "registered"
    ACCREDITED = "accredited"
    MEMBER = "member"
    ACTIVE = "active"
    APPLIED = "applied"
    CONDITIONS = "conditions"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    NOT_REGISTERED = "not_registered"
    NOT_REQUIRED = "not_required"


class NoticeKind(StrEnum):
    """What a notice is."""

    CLOSURE = "closure"
    PROHIBITION = "prohibition"
    SUSPENSION = "suspension"
    IMPROVEMENT = "improvement"
    OUTBREAK = "outbreak"
    WARNING = "warning"
    RECALL = "recall"
    ALERT = "alert"


class Action(StrEnum):
    """What an authority decided about a person. An allegation is no decision and never counts."""

    SUSPENSION = "suspension"
    REVOCATION = "revocation"
    SURRENDER = "surrender"
    EXCLUSION = "exclusion"
    PROHIBITION = "prohibition"
    CONDITIONS = "conditions"
    REPRIMAND = "reprimand"
    FINE = "fine"
    ALLEGATION = "allegation"


@frozen(kw_only=True)
class Registration(Telling):
    """What a body says of the clinic itself.

    Attributes:
        kind: For its premises, an accreditation, or a membership.
        body: Who registers, such as `CQC`.
        number: As written.
        status: What the body says; without one, the record proves nothing.
        expires: The last day on which it is in force.
        source: Who says so.
    """

    kind: RegistrationKind = attrs.field(**fields.choice(RegistrationKind))
    body: str = attrs.field(**fields.text(200))
    number: str | None = attrs.field(default=None, **fields.text(100))
    status: RegistrationStatus | None = attrs.field(default=None, **fields.choice(RegistrationStatus))
    expires: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    def told(self, language: str) -> str:
        """Say what it holds."""
        return in_words(self.body, self.number, status(language, self.status), until(language, self.expires))


@frozen(kw_only=True)
class Notice(Telling):
    """Something that an authority has made public about the clinic, or about a product it uses.

    Attributes:
        by: The authority.
        kind: Recalls and alerts are about products; every other kind, and none, is about the clinic.
        about: What it is about, in words.
        issued: From this day on it is in force.
        lifted: From this day on it is history; on the day of issue or later.
        source: Who says so.
    """

    ORDER: ClassVar = ("issued", "lifted")

    by: str = attrs.field(**fields.text(200))
    kind: NoticeKind | None = attrs.field(default=None, **fields.choice(NoticeKind))
    about: str | None = attrs.field(default=None, **fields.text(1000))
    issued: dt.date | None = attrs.field(default=None, **fields.day())
    lifted: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    __attrs_post_init__ = in_order

    def told(self, language: str) -> str:
        """Say what it holds."""
        issued = say(language, "record.issued", day=self.issued) if self.issued else None
        what = word(language, "notice", self.kind or "notice")
        return in_words(
            say(language, "record.by", what=what, who=self.by), self.about and again(self.about, language), issued
        )


@frozen(kw_only=True)
class Sanction(Telling):
    """A decision against a practitioner. An allegation is kept, and never counts.

    Attributes:
        by: The authority that decided.
        action: What it decided.
        practitioner: About whom.
        decided: From this day on it is in force.
        ended: From this day on it is history; on the day of the decision or later.
        source: Who says so.
    """

    ORDER: ClassVar = ("decided", "ended")

    by: str = attrs.field(**fields.text(200))
    action: Action = attrs.field(**fields.choice(Action))
    practitioner: str | None = attrs.field(default=None, **fields.text(300))
    decided: dt.date | None = attrs.field(default=None, **fields.day())
    ended: dt.date | None = attrs.field(default=None, **fields.day())
    source: Source = attrs.field(**source_field())

    __attrs_post_init__ = in_order

    def told(self, language: str) -> str:
        """Say what it holds."""
        decided = say(language, "record.decided", day=self.decided) if self.decided else None
        whom = self.practitioner and again(self.practitioner, language)
        about = say(language, "record.about", whom=whom) if whom else None
        what = word(language, "action", self.action)
        return in_words(say(language, "record.by", what=what, who=self.by), about, decided)
