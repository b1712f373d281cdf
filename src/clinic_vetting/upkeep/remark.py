"""What lint says: one thing that is wrong or worth knowing, where, why it matters and what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from clinic_vetting.words import ENGLISH, again, told

if TYPE_CHECKING:
    from clinic_vetting.upkeep.written import Place


class Level(StrEnum):
    """Whether a set should be published as it is."""

    MEND = "mend"
    """Something does not do what it seems to do, or readers are left without words: lint fails."""
    NOTE = "note"
    """It may be meant; somebody should have a reason for it."""


@frozen
class Remark:
    """One finding of lint.

    Attributes:
        rule: Its name, such as `unreachable-band`.
        level: Whether lint fails for it.
        place: Where it is written.
        what: What was found.
        why: Why it matters.
        do: What to do about it.
    """

    rule: str
    level: Level
    place: Place
    what: str
    why: str
    do: str

    def tree(self, language: str = ENGLISH) -> dict[str, Any]:
        """Give it as a plain tree, its sentences in a language."""
        where = {"file": self.place.file, "line": self.place.line, "path": self.place.path}
        says = {name: again(getattr(self, name), language) for name in ("what", "why", "do")}
        return {"rule": self.rule, "level": self.level.value, **where, **says}


def mend(rule: str, place: Place, **values: object) -> Remark:
    """Make a remark for which lint fails, with the rule's sentences."""
    return _remark(rule, Level.MEND, place, values)


def note(rule: str, place: Place, **values: object) -> Remark:
    """Make a remark that somebody should have a reason for, with the rule's sentences."""
    return _remark(rule, Level.NOTE, place, values)


def _remark(rule: str, level: Level, place: Place, values: dict[str, object]) -> Remark:
    what, why, do = (told(f"lint.{rule}.{part}", **values) for part in ("what", "why", "do"))
    return Remark(rule, level, place, what, why, do)
