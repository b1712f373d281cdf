"""FHIR's elements, taken out of a document's tree: texts, lists, concepts, references, days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from clinic_vetting.errors import Fault
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document import Node

_BROKEN: Final = re.compile("[\\0\\ud800-\\udfff]")
_TIME: Final = r"(?:T([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?"
_DAY: Final = re.compile(rf"(\d{{4}})(?:-(\d\d)(?:-(\d\d){_TIME})?)?", re.ASCII)


@define
class Faults:
    """Gathers what could not be read, so that the rest goes on.

    Attributes:
        file: The document's name.
        found: In the order of reading.
    """

    file: str
    found: list[Fault] = field(factory=list)

    def note(self, at: Element, expected: str, hint: str = "") -> None:
        """Note a fault at an element."""
        self.found.append(Fault(self.file, at.node.line, at.path, expected, at.node.described(), hint))


@frozen(eq=False)
class Element:
    """A place in a document's tree: its node, its path, and where faults are gathered."""

    node: Node
    path: str
    faults: Faults

    def each(self, key: str) -> Iterator[Element]:
        """List the values of a key; one that stands alone is a list of one, as XML writes it."""
        inner = self.node.value.get(key) if isinstance(self.node.value, dict) else None
        path = f"{self.path}.{key}" if self.path else key
        if inner is not None and isinstance(inner.value, list):
            for place, one in enumerate(inner.value):
                yield Element(one, f"{path}[{place}]", self.faults)
        elif inner is not None and inner.value is not None:
            yield Element(inner, path, self.faults)

    def first(self, *keys: str) -> Element | None:
        """Follow keys down, to the first value of each."""
        here: Element | None = self
        for key in keys:
            here = next(here.each(key), None) if here else None
        return here

    def parts(self, key: str) -> Iterator[Element]:
        """List the values of a key that have elements of their own; text in the place of one is a fault."""
        for each in self.each(key):
            if isinstance(each.node.value, dict):
                yield each
            else:
                self.faults.note(each, told("fault.fhir.element", name=key), told("fault.it_is_left_out"))

    def text(self, *keys: str, most: int | None = None) -> str | None:
        """Give a text of at most so many characters; anything else in its place is a fault."""
        found = self.first(*keys)
        if found is None or found.node.value is None:
            return None
        value = found.node.value
        expected = _complaint(value, most)
        if expected:
            self.faults.note(found, expected, told("fault.it_is_left_out") if isinstance(value, str) else "")
            return None
        return str(value).strip() or None

    def past_day(self, key: str, until: dt.date | None, *keys: str) -> dt.date | None:
        """Give the day of what has happened; one after `until` is a fault and is left out."""
        day = self.day(key, *keys)
        return None if self.is_ahead(day, until, key, *keys) else day

    def is_ahead(self, day: dt.date | None, until: dt.date | None, *keys: str) -> bool:
        """Say whether a day is after `until`, which is a fault."""
        if day is None or until is None or day <= until:
            return False
        expected, hint = told("fault.fhir.past", day=until), told("fault.it_is_left_out")
        self.faults.note(self.first(*keys) or self, expected, hint)
        return True

    def day(self, *keys: str, last: bool = False) -> dt.date | None:
        """Give the day of a date or time; of a month or year alone its first day, or its last."""
        found, text = self.first(*keys), self.text(*keys)
        if found is None or text is None:
            return None
        if match := _DAY.fullmatch(text):
            with suppress(ValueError):
                return _of_parts(*match.groups()[:3], last=last)
        self.faults.note(found, told("fault.fhir.date"))
        return None

    def codes(self, *keys: str) -> frozenset[str]:
        """Give every code of a coded value: of a code, a Coding, or a CodeableConcept."""
        found = self.first(*keys)
        if found is None:
            return frozenset()
        if isinstance(found.node.value, str):
            return frozenset({found.node.value})
        codes = [found.text("code"), *(coding.text("code") for coding in found.each("coding"))]
        return frozenset(each for each in codes if each)

    def is_modified(self) -> bool:
        """Say whether it has an extension that may turn its meaning round: a fault, as nobody may read past it."""
        found = self.first("modifierExtension") or self.first("implicitRules")
        if found is not None:
            self.faults.note(found, told("fault.fhir.unmodified"), told("fault.left_out"))
        return found is not None

    def label(self, *keys: str, most: int | None = None) -> str | None:
        """Give the words of a CodeableConcept: its text, or what its first coding displays."""
        found = self.first(*keys)
        if found is None:
            return None
        ways = (("text",), ("coding", "display"), ("coding", "code"))
        return next((text for each in ways if (text := found.text(*each, most=most))), None)

    def reference(self, *keys: str) -> str | None:
        """Give what a Reference points to, such as `Practitioner/1` or a full URL, without its version."""
        written = self.text(*keys, "reference")
        return None if written is None else pointed(written)


def pointed(written: str) -> str:
    """Leave the version of a reference or a full URL away."""
    return re.sub(r"/_history/[^/]+$", "", written)


def parted(reference: str) -> tuple[str, str]:
    """Part a reference into its server and its type and id.

    >>> parted("https://example.org/fhir/Practitioner/1"), parted("Practitioner/1")
    (('https://example.org/fhir', 'Practitioner/1'), ('', 'Practitioner/1'))
    """
    match = re.fullmatch(r"(?:(https?://.+)/)?([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})", reference, re.ASCII)
    return (match[1] or "", match[2]) if match else ("", reference)


def _complaint(value: object, most: int | None) -> str:
    """Say what was expected instead of a value that is no text to keep."""
    if not isinstance(value, str):
        return told("fault.text")
    if _BROKEN.search(value):
        return told("fault.shapes.whole_characters")
    return told("fault.fhir.text", most=most) if most and len(value.strip()) > most else ""


def _of_parts(year: str, month: str | None, day: str | None, *, last: bool) -> dt.date:
    in_month = int(month) if month else (12 if last else 1)
    if day:
        return dt.date(int(year), in_month, int(day))
    return dt.date(int(year), in_month, calendar.monthrange(int(year), in_month)[1] if last else 1)
