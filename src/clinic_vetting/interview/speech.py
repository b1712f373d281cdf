"""What an interview says, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting import words
from clinic_vetting.reports.lines import one

if TYPE_CHECKING:
    from clinic_vetting.evidence import Source
    from clinic_vetting.verdict import Verdict


@frozen
class Speech:
    """Sentences of the catalogue, and words of its lists."""

    language: str

    def say(self, message: str, **values: object) -> str:
        """Say a sentence of interviews."""
        return words.say(self.language, f"interview.{message}", **values)

    def word(self, group: str, value: str) -> str:
        """Say one word of a list."""
        return words.word(self.language, group, value)

    def standing(self, verdict: Verdict, *, named: bool = True) -> str:
        """Tell band and score, after the clinic's name."""
        name = f"{verdict.clinic.name or verdict.clinic.id}: " if named else ""
        if verdict.band is None or verdict.score is None:
            return f"{name}{words.say(self.language, 'label.unrated')}"
        return name + self.say("standing", band=verdict.band.label, score=one(verdict.score))

    def who(self, source: Source) -> str:
        """Tell who says something, and when they saw it."""
        return f"{self.word('kind', source.kind)}, {source.who}, {source.seen or self.say('no_date')}"
