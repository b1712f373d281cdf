"""What the rules of lint look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.upkeep.room import Weighed, weighed

if TYPE_CHECKING:
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.translation import Translation
    from clinic_vetting.upkeep.written import Written


@frozen(eq=False)
class Subject:
    """A set, where it is written, what its criteria can come to, and the language that somebody wants it in."""

    criteria: CriteriaSet
    written: Written
    weighed: tuple[Weighed, ...]
    language: str
    translation: Translation | None

    @classmethod
    def of(cls, criteria: CriteriaSet, written: Written, language: str, translation: Translation | None) -> Subject:
        """Weigh a set."""
        return cls(criteria, written, weighed(criteria), language, translation)
