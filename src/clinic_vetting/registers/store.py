"""A database of registers: what it holds, and the registers to look up on a day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from clinic_vetting.errors import RegisterError
from clinic_vetting.registers import importing, kinds
from clinic_vetting.registers.database import Database, open_database
from clinic_vetting.registers.register import Register
from clinic_vetting.registers.rows import Snapshot

if TYPE_CHECKING:
    from typing import Self

    from clinic_vetting.errors import Fault
    from clinic_vetting.registers.intake import Intake

_SELECT = "SELECT id, register, kind, as_of, file, rows, refused, complete, options FROM snapshots"


@frozen
class Registers:
    """An open database of register snapshots. Made by `Registers.open`."""

    _database: Database

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Self:
        """Open a database; `create` makes one where there is none.

        Raises:
            RegisterError: It is absent, damaged, of a newer library, or none of ours.
        """
        return cls(open_database(path, create=create))

    def close(self) -> None:
        """Close it."""
        self._database.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def snapshots(self) -> tuple[Snapshot, ...]:
        """List what it holds, by register and day."""
        with self._database.worded() as connection:
            found = connection.execute(f"{_SELECT} ORDER BY register, as_of").fetchall()
        return tuple(_snapshot(*row) for row in found)

    def state(self) -> str:
        """Give a digest that differs once anything has been imported."""
        return hashlib.sha256(repr(self.snapshots()).encode()).hexdigest()

    def newest(self, as_of: dt.date | None = None) -> tuple[Register, ...]:
        """Give each register as of its newest snapshot, none of a later day than `as_of`, by name."""
        newest = {each.register: each for each in self.snapshots() if as_of is None or each.as_of <= as_of}
        return tuple(Register(each, kinds.find(each.kind), self._database) for each in newest.values())

    def add(  # noqa: PLR0913 - the last three are for who wants to hear
        self,
        kind: str,
        path: str | Path,
        as_of: dt.date,
        *,
        options: Mapping[str, Any] | None = None,
        whole: bool = False,
        tell: Callable[[Fault], None] = lambda _: None,
        progress: Callable[[Intake, int], None] = lambda _intake, _rows: None,
    ) -> Snapshot:
        """Import a file as the register's snapshot of a day; one of the same day is replaced, others stand beside it.

        All or nothing: until it has ended, and wherever it is killed, the database is as it was.

        Args:
            kind: A kind's name, such as `leie`.
            path: The publisher's file; plain, gzip, or a table in a zip.
            as_of: The day of which it tells.
            options: What a kind wants to know besides, such as a column map.
            whole: Whether you know that the file is the whole register, so that absence from it says something.
            tell: Hears of each row that cannot be read; the others are imported.
            progress: Hears how many rows have been read.

        Raises:
            InputError: The file cannot be used at all.
            RegisterError: The database cannot be used.
        """
        found, given = kinds.find(kind), {**(options or {}), **({"whole": True} if whole else {})}
        if whole and found.absent is None:
            message = f"{kind}: absence from it says nothing, whole or not; leave --whole out"
            raise RegisterError(message)
        self._keep_whole(str(given.get("register", kind)), as_of, whole=whole)
        done = importing.load(self._database, found, path, as_of, given, importing.Heard(tell, progress))
        return next(each for each in self.snapshots() if each.id == done)

    def _keep_whole(self, register: str, as_of: dt.date, *, whole: bool) -> None:
        """Refuse that a part hides a whole register."""
        same = (each for each in self.snapshots() if each.register == register and each.as_of <= as_of)
        hidden = [each for each in same if each.options.get("whole") and not whole]
        if hidden:
            message = (
                f"{register}: would hide the whole register as of {hidden[-1].as_of}; import a whole one (--whole)"
            )
            raise RegisterError(message)


def _snapshot(number: int, register: str, kind: str, as_of: str, *rest: Any) -> Snapshot:
    file, rows, refused, complete, options = rest
    return Snapshot(
        id=number,
        register=register,
        kind=kind,
        as_of=dt.date.fromisoformat(as_of),
        file=file,
        rows=rows,
        refused=refused,
        complete=bool(complete),
        options=json.loads(options),
    )
