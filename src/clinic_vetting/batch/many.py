"""Verdicts on many clinics, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic_vetting.clinic import Clinic
from clinic_vetting.dossier import clinic_from
from clinic_vetting.errors import InputError
from clinic_vetting.verdict import Verdict, vet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from clinic_vetting.criterion import CriteriaSet


def vet_many(
    clinics: Iterable[Clinic | Mapping[str, Any]], criteria: CriteriaSet, *, as_of: dt.date
) -> Iterator[Verdict | InputError]:
    """Score clinics lazily: each is taken when its verdict is asked for, and none is kept.

    A clinic may be a `Clinic`, or a dossier as a tree such as `json.loads` gives. One that cannot be
    read gives its `InputError` in its place, so that the others are not lost and the order is kept:

        >>> import datetime as dt
        >>> from clinic_vetting import InputError, load_criteria, vet_many
        >>> trees = [{"dossier": 1, "clinic": {"id": "a"}}, {"dossier": 1, "clinic": {"id": "b", "country": "UK"}}]
        >>> for each in vet_many(trees, load_criteria(), as_of=dt.date(2026, 11, 21)):
        ...     print(each if isinstance(each, InputError) else each.band.label)
        Unproven
        <item 2>: clinic.country: expected ...

    Args:
        clinics: Any number, even without end; a tree's faults name its place, from 1.
        criteria: What all of them are vetted by.
        as_of: The day whose knowledge counts.

    Raises:
        CriteriaError: The set asks for a measure that nobody registered.
    """
    for number, each in enumerate(clinics, 1):
        clinic = _clinic(each, number)
        yield clinic if isinstance(clinic, InputError) else vet(clinic, criteria, as_of=as_of)


def _clinic(given: Clinic | Mapping[str, Any], number: int) -> Clinic | InputError:
    if isinstance(given, Clinic):
        return given
    try:
        return clinic_from(given, f"<item {number}>")
    except InputError as error:
        return error.with_traceback(None)
