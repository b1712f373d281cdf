"""Messages, words and days in one language."""

from __future__ import annotations

import datetime as dt

from clinic_vetting import words
from clinic_vetting.language import known


class Teller:
    """Says what the catalogue of messages holds, in one language."""

    def __init__(self, language: str = words.ENGLISH) -> None:
        self.language = known(language)

    def say(self, message: str, **values: object) -> str:
        """Say a message of the catalogue."""
        return words.say(self.language, message, **values)

    def word(self, group: str, value: str) -> str:
        """Say one word of a list of the catalogue."""
        return words.word(self.language, group, value)

    def day(self, day: dt.date | None) -> str:
        """Say a day in words."""
        if day is None:
            return self.say("label.undated")
        return self.say("page.date", day=day.day, month=self.say(f"page.month.{day.month}"), year=day.year)
