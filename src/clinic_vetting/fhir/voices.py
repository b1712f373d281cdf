"""Who is heard on what was verified: each VerificationResult as a source, or as a sentence why it is none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from clinic_vetting.evidence import Kind, Source
from clinic_vetting.fhir.verification import Standing, Status
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from clinic_vetting.fhir.verification import Verification

_MOST: Final = 300


@frozen
class Voice:
    """A source that says that something is so, and the last day through which it was meant to hold."""

    source: Source
    through: dt.date | None = None


@define
class Voices:
    """Gives sources their ids, and gathers sentences on what is no evidence, in order.

    Attributes:
        sources: What was said by, without ids.
        told: One sentence for each thing that proves nothing.
        used: The keys of the verifications that were heard or told.
    """

    sources: dict[Source, Source] = field(factory=dict)
    told: dict[str, None] = field(factory=dict)
    used: set[str] = field(factory=set)

    def tell(self, sentence: str) -> None:
        """Keep a sentence, once."""
        self.told[sentence] = None

    def source(self, kind: Kind, who: str, seen: dt.date | None) -> Source:
        """Give the source of that kind, name and day."""
        bare = Source("fhir", kind, cut(who, _MOST), seen)
        return self.sources.setdefault(bare, evolve(bare, id=f"fhir-{len(self.sources) + 1}"))

    def heard(self, said: list[Verification], about: str, listing: Source) -> list[Voice]:
        """List who says that something is so; where nobody has verified it, that is who lists it.

        A check that failed, or that has to be made again, ends what was said up to its day; without a day, all of it.
        """
        self.used.update(each.key for each in said)
        for each in said:
            self._tell_of(each, about)
        ended = max((each.on or dt.date.max for each in said if _ends(each)), default=None)
        left = [each for each in said if each.standing in (Standing.PROOF, Standing.WORD)]
        for each in left:
            if ended and _day(each) <= ended:
                when = told("note.import.fhir.some_day") if ended == dt.date.max else ended
                said_on = {"key": each.key, "day": _day(each), "when": when}
                self.tell(told("note.import.fhir.questioned", what=about, **said_on))
        return (
            [self._voice(each) for each in left if ended is None or _day(each) > ended]
            if any(each.standing is not Standing.NEVER_SAID for each in said)
            else [Voice(listing)]
        )

    def _voice(self, each: Verification) -> Voice:
        confirmed = each.confirmed_by if each.standing is Standing.PROOF else None
        if confirmed:
            source = self.source(confirmed.kind, confirmed.who, confirmed.on or each.on)
        else:
            day = each.attested_on if each.status is Status.ATTESTED else None
            source = self.source(Kind.CLAIM, each.by or told("source.its_subject"), day or each.on)
        return Voice(source, each.next_check)

    def _tell_of(self, each: Verification, about: str) -> None:
        """Say why a verification is no proof, and when it will be looked at again."""
        given = {"what": about, "key": each.key, "status": each.status.value}
        match each.standing:
            case Standing.UNCONFIRMED:
                asked = joined(", ", *(source.who for source in each.sources)) or told("note.import.fhir.some_source")
                self.tell(told("note.import.fhir.unconfirmed", **given, source=_dated(asked, each.on)))
            case Standing.OPEN:
                self.tell(told("note.import.fhir.open", **given, stands=_dated(told(_OPEN[each.status]), each.on)))
            case Standing.NEVER_SAID:
                self.tell(told("note.import.fhir.in_error", **given))
            case Standing.WORD if each.status is Status.VALIDATED:
                self.tell(told("note.import.fhir.own_word", **given))
            case _:
                pass
        if each.next_check and each.standing is not Standing.NEVER_SAID:
            self.tell(told("note.import.fhir.next_check", **given, day=each.next_check))


_OPEN: Final = {
    Status.IN_PROCESS: "note.import.fhir.being_checked",
    Status.REQ_REVALID: "note.import.fhir.to_be_checked",
}


def _ends(each: Verification) -> bool:
    return each.standing is Standing.UNCONFIRMED or each.status is Status.REQ_REVALID


def _dated(what: str, day: dt.date | None) -> str:
    return told("note.import.fhir.dated", what=what, day=day) if day else what


def _day(each: Verification) -> dt.date:
    return each.on or dt.date.min
