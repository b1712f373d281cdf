"""What lint says: one thing that is wrong or worth knowing, where, why it matters and what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import frozen

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

    def tree(self) -> dict[str, Any]:
        """Give it as a plain tree."""
        where = {"file": self.place.file, "line": self.place.line, "path": self.place.path}
        return {
            "rule": self.rule,
            "level": self.level.value,
            **where,
            "what": self.what,
            "why": self.why,
            "do": self.do,
        }
