"""Which of several looks at one notice, or at one decision, counts: the latest by a source at least as strong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from clinic_vetting.clinic import Notice, NoticeKind, Sanction
from clinic_vetting.evidence import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from clinic_vetting.evidence import Source

T = TypeVar("T", Notice, Sanction)

ABOUT_PRODUCTS: Final = frozenset({NoticeKind.RECALL, NoticeKind.ALERT})
_RANK: Final = {
    Kind.REGISTER: 3,
    Kind.INSPECTION: 3,
    Kind.DOCUMENT: 2,
    Kind.OBSERVATION: 2,
    Kind.PATIENT: 1,
    Kind.CLAIM: 0,
}


def outdated(records: Sequence[T], as_of: dt.date) -> list[T]:
    """List the records in whose place another look at the same notice or decision has come by a day.

    The same is what one body issued about one thing, or decided of one person who is named, on one day and of
    one kind. Without a day nobody can tell.
    """
    if len(records) < 2:
        return []
    cases: dict[object, list[T]] = {}
    for each in records:
        if (case := _case(each)) is not None:
            cases.setdefault(case, []).append(each)
    found: list[T] = []
    for looks in cases.values():
        found += [each for each in looks if any(_later(other.source, each.source, as_of) for other in looks)]
    return found


def _case(record: Notice | Sanction) -> object:
    """Say which notice or decision a record is about."""
    day = record.issued if isinstance(record, Notice) else record.decided
    if day is None:
        return None
    if isinstance(record, Sanction):
        return (_plain(record.by), record.action, day, _plain(record.practitioner)) if record.practitioner else None
    if record.kind in ABOUT_PRODUCTS and not record.about:
        return None
    return _plain(record.by), record.kind, day, _plain(record.about)


def _plain(text: str | None) -> str:
    return (text or "").strip().casefold()


def _later(one: Source, other: Source, as_of: dt.date) -> bool:
    """Say whether one look was later than another, by the day, and by a kind of source at least as strong."""
    if one.seen is None or one.seen > as_of or _RANK[one.kind] < _RANK[other.kind]:
        return False
    return other.seen is None or one.seen > other.seen
