"""Who is heard on what was verified: each VerificationResult as a source, or as a sentence why it is none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from clinic_vetting.evidence import Kind, Source
from clinic_vetting.fhir.verification import Standing, Status

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
        bare = Source("fhir", kind, who[:_MOST], seen)
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
                self.tell(
                    f"{about}: what {each.key} says of {_day(each)} was called into question "
                    f"{_told(ended)}, not counted"
                )
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
            source = self.source(Kind.CLAIM, each.by or "the one it is about", day or each.on)
        return Voice(source, each.next_check)

    def _tell_of(self, each: Verification, about: str) -> None:
        """Say why a verification is no proof, and when it will be looked at again."""
        asked = ", ".join(source.who for source in each.sources) or "a source not named"
        when = f" on {each.on}" if each.on else ""
        match each.standing:
            case Standing.UNCONFIRMED:
                self.tell(
                    f"{about}: not confirmed by {asked}{when} ({each.key}, {each.status}); a question, no finding"
                )
            case Standing.OPEN:
                self.tell(f"{about}: {_OPEN[each.status]}{when}, no proof yet ({each.key}, {each.status})")
            case Standing.NEVER_SAID:
                self.tell(f"{about}: {each.key} was entered in error, left out")
            case Standing.WORD if each.status is Status.VALIDATED:
                self.tell(f"{about}: validated by no source but those it is about, their word ({each.key})")
            case _:
                pass
        if each.next_check and each.standing is not Standing.NEVER_SAID:
            self.tell(f"{about}: next check {each.next_check} ({each.key}); what it proves is counted through that day")


_OPEN: Final = {Status.IN_PROCESS: "being checked", Status.REQ_REVALID: "to be checked again"}


def _ends(each: Verification) -> bool:
    return each.standing is Standing.UNCONFIRMED or each.status is Status.REQ_REVALID


def _told(day: dt.date) -> str:
    return "on a day not given" if day == dt.date.max else str(day)


def _day(each: Verification) -> dt.date:
    return each.on or dt.date.min
