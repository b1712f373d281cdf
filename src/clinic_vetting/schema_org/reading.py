"""A page that is being read: what is told of it, its faults, and the things that were used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from attrs import define

from clinic_vetting import fields
from clinic_vetting.clinic import Clinic
from clinic_vetting.errors import Fault, join, shown
from clinic_vetting.words import recorded, told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    from clinic_vetting.schema_org.markup import Page, Thing

    T = TypeVar("T")


@define
class Reading:
    """What was found out so far.

    Attributes:
        page: The page.
        faults: What could not be read.
        told: Sentences on what is no record.
        used: Which things became records, by identity.
    """

    page: Page
    faults: list[Fault]
    told: list[str] = attrs.field(factory=list)
    used: set[int] = attrs.field(factory=set)

    def most(self, name: str, records: Iterator[T]) -> tuple[T, ...]:
        """Take as many records as a clinic may have under a name, and tell of the others."""
        number, found = fields.most(Clinic, name), list(records)
        most = whole(number)
        self.told += [told("note.import.page.too_many", record=recorded(each), most=most) for each in found[number:]]
        return tuple(found[:number])

    def fit(self, kind: Any, name: str, text: str | None, at: Thing, where: str) -> Any:
        """Read a text as a record's field has it; note what does not fit, and give nothing."""
        if text is None:
            return None
        shape = attrs.fields_dict(kind)[name].metadata["shape"]
        try:
            return shape.parse(text)
        except ValueError:
            path, hint = join("/".join(at.types), where), told("fault.left_out")
            self.faults.append(Fault(self.page.name, at.line, path, shape.expected, shown(text), hint))
            return None

    def unread(self, at: Thing, read: set[str] | frozenset[str]) -> None:
        """Tell which properties of a thing nobody reads."""
        left = [name for name in at.values if name not in read]
        if left:
            self.told.append(told("note.import.page.unread", thing=str(at), properties=", ".join(left)))
