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
            message = f"{self.register}: is the name of an official register; give the table another ('register')"
            raise RegisterError(message)
        others = sorted({each.kind for each in (*self.before, self.later) if each and each.kind != kind})
        if others:
            message = f"{self.register}: holds snapshots of another kind ({', '.join(others)}); give another name"
            raise RegisterError(message)
        hidden = [each for each in self.before if each.options.get("whole") and not whole]
        if hidden:
            message = (
                f"{self.register}: would hide the whole register as of {hidden[0].as_of}; import a whole one (--whole)"
            )
            raise RegisterError(message)

    def enough(self, rows: int) -> None:
        """Refuse far fewer rows than there were: less than nine tenths.

        Raises:
            RegisterError: They are.
        """
        most = max(self.before, key=lambda each: each.rows, default=None)
        if most is not None and rows < LEAST * most.rows:
            message = (
                f"{self.register}: {rows:,} rows, fewer than nine tenths of the {most.rows:,} as of {most.as_of} "
                f"({shown(most.file)}), which they would hide; get the whole file, or say --fewer if it is right"
            )
            raise RegisterError(message)

    def notes(self, done: Snapshot) -> Iterator[str]:
        """Tell what is looked up no more, in words."""
        if self.same and (self.same.file, self.same.rows) != (done.file, done.rows):
            yield f"{self.register}: took the place of {_told(self.same)}"
        if self.earlier:
            yield f"{self.register}: from {done.as_of} on it is looked up instead of {_told(self.earlier)}"
        if self.later:
            yield f"{self.register}: from {self.later.as_of} on it is not looked up, but {_told(self.later)}"


def _told(snapshot: Snapshot) -> str:
    return f"{snapshot.rows:,} row{'s' * (snapshot.rows != 1)} as of {snapshot.as_of} ({snapshot.file})"
