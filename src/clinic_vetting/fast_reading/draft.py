"""A dossier as it was read: checked in full, and not frozen yet.

`quick` scores a draft as it is; a `Clinic` is made of it when somebody reads one.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from attrs import define

if TYPE_CHECKING:
    from clinic_vetting.clinic import (
        Notice,
        PossibleMatch,
        Practitioner,
        Product,
        Rating,
        Registration,
        Reply,
        Sanction,
        Waiver,
    )
    from clinic_vetting.evidence import Answer

Said: TypeAlias = "tuple[str, Answer | None, Any]"
"""A criterion's full id, the answer and its source; or `None` and the statements, where they say more than that."""


class Columns(NamedTuple):
    """Reviews by field, each column as long as all others; the fields are those of `Review`, in its order."""

    platform: list[str]
    rating: list[Decimal | None]
    date: list[dt.date | None]
    verified: list[bool | None]
    author: list[str | None]
    text: list[str | None]
    independent: list[bool]

    def __bool__(self) -> bool:
        """Say whether there is a review."""
        return bool(self.platform)


NO_REVIEWS: Final = Columns([], [], [], [], [], [], [])


@define(eq=False)
class Draft:
    """All that a dossier says, as a `Clinic` has it; records and sources in classes that are not frozen.

    Attributes:
        reviews: By column.
        answers: Direct answers, in the order in which they were written.
    """

    id: str
    name: str | None
    country: str | None
    region: str | None
    treatments: tuple[str, ...]
    practitioners: tuple[Practitioner, ...]
    products: tuple[Product, ...]
    registrations: tuple[Registration, ...]
    notices: tuple[Notice, ...]
    sanctions: tuple[Sanction, ...]
    ratings: tuple[Rating, ...]
    reviews: Columns
    possible_matches: tuple[PossibleMatch, ...]
    answers: list[Said]
    replies: tuple[Reply, ...]
    waivers: tuple[Waiver, ...]
