"""What entries about one person come to together, and which of them another has overtaken."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Licence
from clinic_vetting.evidence import Answer, Kind
from clinic_vetting.measures.saying import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic_vetting.clinic import Clinic, Insurance, Practitioner
    from clinic_vetting.combining import Part
    from clinic_vetting.evidence import Statement

_A_YEAR: Final = dt.timedelta(days=365)


def injectors(clinic: Clinic) -> list[Practitioner]:
    """List those who are not said not to inject."""
    return [each for each in clinic.practitioners if each.injects is not False]


def together(says: Iterable[tuple[Statement, ...]]) -> Part:
    """Put what several records say together."""
    return tuple(chain.from_iterable(says))


def is_proof(statements: tuple[Statement, ...], as_of: dt.date) -> bool:
    """Say whether somebody other than the clinic or a patient has seen that it is so."""
    sources = [each.source for each in statements if each.answer is Answer.YES]
    return any(
        source.seen is not None and source.seen <= as_of and source.kind not in (Kind.CLAIM, Kind.PATIENT)
        for source in sources
    )


def is_superseded(old: Licence | Insurance, proofs: Sequence[Licence | Insurance]) -> bool:
    """Say whether another entry was seen in force after this one, or in the year before it."""
    seen = old.source.seen
    return any(
        seen is None or each.source.seen is None or seen - each.source.seen <= _A_YEAR
        for each in proofs
        if _others_entry(each, old)
    )


def _others_entry(one: Licence | Insurance, other: Licence | Insurance) -> bool:
    """Say whether two records are surely of different entries: both numbered, or both with an end."""
    if isinstance(one, Licence) and isinstance(other, Licence):
        if not same(one.authority, other.authority):
            return True
        return bool(one.number and other.number) and not same(one.number or "", other.number or "")
    return bool(one.expires and other.expires) and one.expires != other.expires


def is_over(expires: dt.date | None, as_of: dt.date) -> bool:
    """Say whether the last day of an entry has passed."""
    return expires is not None and expires < as_of
