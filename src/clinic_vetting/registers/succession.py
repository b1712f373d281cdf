"""Which snapshot takes the place of which, and where that would lose what was known.

A verdict looks up the newest snapshot of a register. A part of a list that is imported after the list, a list cut off
on its way, or another table under the same name would clear whom it lacks, without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.errors import RegisterError, shown
from clinic_vetting.registers import kinds
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from typing import Self

    from clinic_vetting.registers.rows import Snapshot

LEAST: Final = Fraction(9, 10)
"""What part of the rows of the snapshot before it an import has at the least."""


@frozen
class Succession:
    """Where a snapshot comes to stand among those of its register.

    Attributes:
        register: The register's name.
        same: The one of the same day, whose place it takes.
        earlier: The newest of an earlier day, which is no longer looked up from its own day on.
        later: The first of a later day, which is looked up instead of it from that day on.
    """

    register: str
    same: Snapshot | None
    earlier: Snapshot | None
    later: Snapshot | None

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot], register: str, as_of: dt.date) -> Self:
        """Find its place; snapshots are sorted by day."""
        own = [each for each in snapshots if each.register == register]
        same = next((each for each in own if each.as_of == as_of), None)
        earlier = next((each for each in reversed(own) if each.as_of < as_of), None)
        return cls(register, same, earlier, next((each for each in own if each.as_of > as_of), None))

    @property
    def before(self) -> list[Snapshot]:
        """What is looked up no more."""
        return [each for each in (self.same, self.earlier) if each]

    def check(self, kind: str, *, whole: bool) -> None:
        """Refuse that a part hides a whole register, and that a table takes the name of another.

        Raises:
            RegisterError: It would.
        """
        if self.register != kind and self.register in kinds.names():
            raise RegisterError(told("fault.registers.official_name", register=self.register))
        others = sorted({each.kind for each in (*self.before, self.later) if each and each.kind != kind})
        if others:
            named = ", ".join(others)
            raise RegisterError(told("fault.registers.other_kind", register=self.register, kinds=named))
        hidden = [each for each in self.before if each.options.get("whole") and not whole]
        if hidden:
            raise RegisterError(told("fault.registers.hides", register=self.register, day=hidden[0].as_of))

    def enough(self, rows: int) -> None:
        """Refuse far fewer rows than there were: less than nine tenths.

        Raises:
            RegisterError: They are.
        """
        most = max(self.before, key=lambda each: each.rows, default=None)
        if most is not None and rows < LEAST * most.rows:
            before = {"before": whole(most.rows), "day": most.as_of, "file": shown(most.file)}
            raise RegisterError(told("fault.registers.fewer", register=self.register, rows=whole(rows), **before))

    def notes(self, done: Snapshot) -> Iterator[str]:
        """Tell what is looked up no more, in words."""
        if self.same and (self.same.file, self.same.rows) != (done.file, done.rows):
            yield told("note.register.replaced", register=self.register, other=_told(self.same))
        if self.earlier:
            values = {"register": self.register, "day": done.as_of, "other": _told(self.earlier)}
            yield told("note.register.looked_up", **values)
        if self.later:
            values = {"register": self.register, "day": self.later.as_of, "other": _told(self.later)}
            yield told("note.register.not_looked_up", **values)


def _told(snapshot: Snapshot) -> str:
    rows = told("note.register.rows" if snapshot.rows != 1 else "note.register.row", rows=whole(snapshot.rows))
    return told("note.register.snapshot", rows=rows, day=snapshot.as_of, file=snapshot.file)
