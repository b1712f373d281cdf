"""The measures by name; an importing application can add its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from clinic_vetting.clinic import Clinic
from clinic_vetting.combining import Part
from clinic_vetting.errors import CriteriaError, Problem
from clinic_vetting.hints import did_you_mean
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from collections.abc import Iterable

Says: TypeAlias = Callable[[Clinic, dt.date], Part]


@frozen
class Measure:
    """A named way to answer a question from records.

    Attributes:
        name: As criteria sets refer to it.
        says: Gives what the records say on a day.
        reads: The kinds of record it looks at; where a clinic has none of them it is not called.
            Empty: it is always called.
        registers: Whose registers answer it, `people` or `places`, where registers do.
    """

    name: str
    says: Says
    reads: tuple[str, ...] = ()
    registers: str | None = None


RECORDS: Final = ("practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews")
"""The kinds of record that a measure may read."""
_REGISTERED: Final[dict[str, Measure]] = {}


def register(name: str, reads: str | Iterable[str] = (), *, registers: str | None = None) -> Callable[[Says], Says]:
    """Register a function as the measure `name`; questions on it then say where in `registers` to look.

    Raises:
        CriteriaError: Another function has that name, or a clinic has no records that `reads` names.
    """
    wanted = (reads,) if isinstance(reads, str) else tuple(reads)
    if not isinstance(name, str) or not all(isinstance(each, str) for each in wanted):
        raise CriteriaError([Problem(repr(name), told("fault.measures.as_text"), repr(reads))])
    if strange := [each for each in wanted if each not in RECORDS]:
        expected = told("fault.measures.records", names=", ".join(RECORDS))
        got = joined("; ", *(joined("; ", repr(each), did_you_mean(each, RECORDS)) for each in strange))
        raise CriteriaError([Problem(name, expected, got)])
    if registers not in (None, "people", "places"):
        raise CriteriaError([Problem(name, told("fault.measures.registers"), repr(registers))])

    def keep(says: Says) -> Says:
        if name in _REGISTERED and _REGISTERED[name].says is not says:
            raise CriteriaError([Problem(name, told("fault.measures.own_name"), told("fault.measures.taken"))])
        _REGISTERED[name] = Measure(name, says, wanted, registers)
        return says

    return keep


def find(name: str) -> Measure:
    """Find a measure.

    Raises:
        CriteriaError: Nobody registered it.
    """
    if name not in _REGISTERED:
        got = joined("; ", repr(name), did_you_mean(name, _REGISTERED), told("fault.measures.register_first"))
        raise CriteriaError([Problem(name, told("fault.measures.name"), got)])
    return _REGISTERED[name]


def names() -> tuple[str, ...]:
    """List the registered measures, sorted."""
    return tuple(sorted(_REGISTERED))
