"""The shape of a listing, told once as dataclasses; each validation library gets it in its own fastest form."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["register", "inspection", "document", "observation", "patient", "claim"]
Word = Literal["yes", "partly", "no", "not_applicable"]


@dataclass
class Source:
    kind: Kind
    who: str
    seen: dt.date | None = None
    url: str | None = None


@dataclass
class Licence:
    authority: str
    source: str
    number: str | None = None
    status: (
        Literal["active", "conditions", "suspended", "revoked", "surrendered", "lapsed", "expired", "not_found"] | None
    ) = None
    expires: dt.date | None = None


@dataclass
class Training:
    treatment: str
    source: str
    provider: str | None = None
    hours: float | None = None
    completed: dt.date | None = None


@dataclass
class Insurance:
    source: str
    insurer: str | None = None
    covers: list[str] = field(default_factory=list)
    expires: dt.date | None = None


@dataclass
class Practitioner:
    name: str | None = None
    role: str | None = None
    injects: bool | None = None
    licences: list[Licence] = field(default_factory=list)
    training: list[Training] = field(default_factory=list)
    insurance: Insurance | None = None
    source: str | None = None


@dataclass
class Authorisation:
    authority: str
    source: str
    number: str | None = None
    country: str | None = None
    status: Literal["authorised", "not_authorised", "suspended", "withdrawn", "expired"] = "authorised"


@dataclass
class Supplier:
    source: str
    name: str | None = None
    authorised: bool | None = None


@dataclass
class Product:
    name: str | None = None
    maker: str | None = None
    treatment: str | None = None
    kind: Literal["medicine", "device", "compounded", "cosmetic"] | None = None
    authorisation: Authorisation | None = None
    supplier: Supplier | None = None
    lot: str | None = None
    expires: dt.date | None = None
    source: str | None = None


@dataclass
class Registration:
    kind: Literal["premises", "accreditation", "membership"]
    body: str
    source: str
    number: str | None = None
    status: str | None = None
    expires: dt.date | None = None


@dataclass
class Rating:
    platform: str
    mean: float
    count: int
    seen: dt.date | None = None
    independent: bool = True


@dataclass
class Review:
    platform: str
    rating: float | None = None
    date: dt.date | None = None
    author: str | None = None
    text: str | None = None
    independent: bool = True


@dataclass
class Said:
    answer: Word
    source: str
    note: str | None = None


@dataclass
class Reply:
    criterion: str
    by: str
    on: dt.date
    text: str


@dataclass
class About:
    id: str
    name: str | None = None
    country: str | None = None
    region: str | None = None
    treatments: list[str] = field(default_factory=list)


@dataclass
class Dossier:
    dossier: Literal[1]
    clinic: About
    sources: dict[str, Source] = field(default_factory=dict)
    practitioners: list[Practitioner] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    answers: dict[str, dict[str, Said | list[Said]]] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


Made = dict[type, Any]


def rebuilt(cls: type, make: Callable[[str, list[tuple[str, Any, dataclasses.Field[Any]]]], Any], made: Made) -> Any:
    """Build the same shape from another library's classes, inner ones first."""
    if cls not in made:
        hints = get_type_hints(cls)
        fields = [(each.name, _swapped(hints[each.name], make, made), each) for each in dataclasses.fields(cls)]
        made[cls] = make(cls.__name__, fields)
    return made[cls]


def _swapped(hint: Any, make: Any, made: Made) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return rebuilt(hint, make, made)
    inner = get_args(hint)
    if not inner or get_origin(hint) is Literal:
        return hint
    swapped = tuple(_swapped(each, make, made) for each in inner)
    if get_origin(hint) is types.UnionType:
        union = swapped[0]
        for each in swapped[1:]:
            union |= each
        return union
    return get_origin(hint)[swapped]
