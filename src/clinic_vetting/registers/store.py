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
from clinic_vetting.registers.database import Database, damaged, is_founded, open_database
from clinic_vetting.registers.register import Register, RegisterKind
from clinic_vetting.registers.rows import Snapshot
from clinic_vetting.registers.succession import Succession
from clinic_vetting.words import told

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
        """Open a database; `create` makes one where there is none, which holds nothing until an import succeeds.

        Raises:
            RegisterError: It is absent, damaged, of a newer library, or none of ours.
        """
        return cls(open_database(path, create=create))

    def close(self) -> None:
        """Close it; of a database that `create` made and into which nothing was imported, no file is left."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def snapshots(self) -> tuple[Snapshot, ...]:
        """List what it holds, by register and day."""
        with self._database.worded() as connection:
            asked = f"{_SELECT} ORDER BY register, as_of"
            found = connection.execute(asked).fetchall() if is_founded(connection) else []
        return tuple(_snapshot(self._database.path, row) for row in found)

    def state(self) -> str:
        """Give a digest that differs once anything has been imported."""
        return hashlib.sha256(repr(self.snapshots()).encode()).hexdigest()

    def newest(self, as_of: dt.date | None = None) -> tuple[Register, ...]:
        """Give each register as of its newest snapshot, none of a later day than `as_of`, by name."""
        newest = {each.register: each for each in self.snapshots() if as_of is None or each.as_of <= as_of}
        return tuple(Register(each, self._kind(each), self._database) for each in newest.values())

    def _kind(self, snapshot: Snapshot) -> RegisterKind:
        try:
            return kinds.find(snapshot.kind)
        except RegisterError as error:
            why = error.args[0]
            raise RegisterError(told("fault.registers.foreign_kind", path=self._database.path, why=why)) from None

    def add(  # noqa: PLR0913 - the last four are for who wants to hear
        self,
        kind: str,
        path: str | Path,
        as_of: dt.date,
        *,
        options: Mapping[str, Any] | None = None,
        whole: bool = False,
        fewer: bool = False,
        tell: Callable[[Fault], None] = lambda _: None,
        progress: Callable[[Intake, int], None] = lambda _intake, _rows: None,
        note: Callable[[str], None] = lambda _: None,
    ) -> Snapshot:
        """Import a file as the register's snapshot of a day; one of the same day is replaced, others stand beside it.

        All or nothing: until it has ended, and wherever it is killed, the database is as it was.

        Args:
            kind: A kind's name, such as `leie`.
            path: The publisher's file; plain, gzip, or a table in a zip.
            as_of: The day of which it tells.
            options: What a kind wants to know besides, such as a column map.
            whole: Whether you know that the file is the whole register, so that absence from it says something.
            fewer: Whether you know that it is right though it has far fewer rows than the snapshot before it, less
                than nine tenths; it is refused else, as a part or a list cut off.
            tell: Hears of each row that cannot be read; the others are imported.
            progress: Hears how many rows have been read.
            note: Hears which snapshot is looked up no more, and which tables of a zip are left out.

        Raises:
            InputError: The file cannot be used at all.
            RegisterError: The database cannot be used, or what it knows would be hidden.
        """
        found = kinds.find(kind)
        given = _given(found, options or {}, whole=whole)
        place = Succession.of(self.snapshots(), str(given.get("register", kind)), as_of)
        place.check(kind, whole=whole)
        heard, enough = importing.Heard(tell, progress, note), _any if fewer else place.enough
        number = importing.load(self._database, found, path, as_of, given, heard, enough)
        done = next(each for each in self.snapshots() if each.id == number)
        for each in place.notes(done):
            note(each)
        return done


def _any(_: int) -> None:
    """Hold any number of rows for enough."""


def _given(kind: RegisterKind, options: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """Give what was said at an import.

    Raises:
        RegisterError: It is said to be the whole of a register whose silence says nothing.
    """
    if whole and kind.absent is None:
        raise RegisterError(told("fault.registers.open_world", kind=kind.name))
    return {**options, **({"whole": True} if whole else {})}


def _snapshot(path: str, row: tuple[Any, ...]) -> Snapshot:
    """Read a snapshot as it is stored.

    Raises:
        RegisterError: It is damaged.
    """
    number, register, kind, as_of, file, rows, refused, complete, options = row
    texts, counts = (register, kind, file), (number, rows, refused, complete)
    is_sound = all(isinstance(each, str) for each in texts) and all(isinstance(each, int) for each in counts)
    is_sound = is_sound and f"{register}{kind}".isprintable()
    try:
        day, said = dt.date.fromisoformat(as_of), json.loads(options)
    except (TypeError, ValueError):
        raise RegisterError(damaged(path)) from None
    if not is_sound or not isinstance(said, dict):
        raise RegisterError(damaged(path))
    return Snapshot(
        id=number,
        register=register,
        kind=kind,
        as_of=day,
        file=file,
        rows=rows,
        refused=refused,
        complete=bool(complete),
        options=said,
    )
