"""A value added to a YAML or JSON text at a path; every byte that was there stays, in its order."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from clinic_vetting.document.places import Place, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*(?:[ '-][A-Za-z0-9_.]+)*|\d{4}-\d{2}-\d{2}")
_WORDS: Final = frozenset({"null", "Null", "NULL"})

Value: TypeAlias = "str | Mapping[str, Value]"


def inserted(text: str, path: Sequence[str], value: Value, *, is_json: bool) -> str:
    """Give the text with one more value; at a path that has one already, a list of both.

    Raises:
        ValueError: The places of the text cannot be told. Read the result: what stands in two places (an alias), or
            in a form that nobody writes by hand, may not come out right.
    """
    writer = _Writer(text, "\r\n" if "\r\n" in text else "\n", is_json)
    holder, place = None, places(text, json=is_json)
    for depth, key in enumerate(path):
        if place.kind != "mapping":
            return writer.fill(place, holder, path[depth:], value)
        if key not in place.entries:
            return writer.entry(place, path[depth:], value)
        holder, place = place.keys[key], place.entries[key]
    return writer.another(place, holder, value)


@frozen
class _Writer:
    text: str
    newline: str
    is_json: bool

    def entry(self, mapping: Place, path: Sequence[str], value: Value) -> str:
        """Add a key to a mapping."""
        if mapping.flow:
            keys = list(mapping.keys.values())
            last = list(mapping.entries.values())
            return self._in_flow(mapping, keys[-1:], last[-1:], self._pair(path, value))
        return self._lines(mapping.end, self._block(mapping.column, path, value))

    def another(self, place: Place, holder: Place | None, value: Value) -> str:
        """Add one more to what is said already."""
        if place.kind == "list" and place.flow:
            return self._in_flow(place, place.items[-1:], place.items[-1:], self._flow(value))
        if place.kind == "list":
            return self._lines(place.end, [f"{' ' * place.column}- {self._flow(value)}"])
        if place.kind == "mapping" and not place.flow:
            return self._as_list(place, value)
        if self._blank(place):
            return self.fill(place, holder, (), value)
        old = self.text[place.start : place.end]
        return self._put(place.start, place.end, f"[{old}, {self._flow(value)}]")

    def fill(self, place: Place, holder: Place | None, path: Sequence[str], value: Value) -> str:
        """Put a value where a key has a blank one."""
        if not self._blank(place) or holder is None:
            message = "a blank value"
            raise ValueError(message)
        if path and not self.is_json and self._alone(holder):
            emptied = _Writer(self._put(place.start, place.end, ""), self.newline, self.is_json)
            return emptied._lines(place.start, self._block(holder.column + 2, path, value))
        written = "{" + self._pair(path, value) + "}" if path else self._flow(value)
        return self._put(place.start, place.end, written if self.text[place.start - 1].isspace() else f" {written}")

    def _alone(self, key: Place) -> bool:
        """Say whether a key is the first thing of its line, as keys in block style are."""
        return not self.text[self.text.rfind("\n", 0, key.start) + 1 : key.start].strip()

    def _blank(self, place: Place) -> bool:
        return place.kind == "scalar" and self.text[place.start : place.end] in ("", "~", "null", '""', "''")

    def _as_list(self, mapping: Place, value: Value) -> str:
        """Make a mapping in block style the first item of a list."""
        start = self.text.rfind("\n", 0, mapping.start) + 1
        lines = self.text[start : mapping.end].split("\n")
        first = f"{' ' * mapping.column}- {lines[0][mapping.column :]}"
        moved = "\n".join([first, *(f"  {each}" if each.strip() else each for each in lines[1:])])
        made = _Writer(self._put(start, mapping.end, moved), self.newline, self.is_json)
        return made._lines(start + len(moved), [f"{' ' * mapping.column}- {self._flow(value)}"])

    def _in_flow(self, place: Place, first: Sequence[Place], last: Sequence[Place], written: str) -> str:
        """Add an item within braces or brackets: on a line of its own, if the last one has one."""
        if not last:
            return self._put(place.start + 1, place.start + 1, written)
        start, end = first[0].start, last[0].end
        line = self.text.rfind("\n", 0, start) + 1
        lead, rest = self.text[line:start], self.text[end:].partition("\n")[0].rstrip("\r")
        if lead.strip() or line <= place.start or not re.fullmatch(r"\s*(#.*)?", rest):
            return self._put(end, end, f", {written}")
        return self._put(end, end + len(rest), f",{rest}{self.newline}{lead}{written}")

    def _lines(self, end: int, lines: Sequence[str]) -> str:
        """Add lines after the line in which something ends."""
        at = end if self.text[end - 1 : end] == "\n" else self.text.find("\n", end) + 1 or len(self.text)
        before = "" if self.text[at - 1 : at] == "\n" else self.newline
        return self._put(at, at, before + "".join(f"{each}{self.newline}" for each in lines))

    def _put(self, start: int, end: int, written: str) -> str:
        return self.text[:start] + written + self.text[end:]

    def _block(self, column: int, path: Sequence[str], value: Value) -> list[str]:
        *outer, last = path
        lines = [f"{' ' * (column + 2 * i)}{self._scalar(key)}:" for i, key in enumerate(outer)]
        return [*lines, f"{' ' * (column + 2 * len(outer))}{self._scalar(last)}: {self._flow(value)}"]

    def _pair(self, path: Sequence[str], value: Value) -> str:
        for key in reversed(path[1:]):
            value = {key: value}
        return f"{self._scalar(path[0])}: {self._flow(value)}"

    def _flow(self, value: Value) -> str:
        if isinstance(value, str):
            return self._scalar(value)
        return "{" + ", ".join(f"{self._scalar(key)}: {self._flow(each)}" for key, each in value.items()) + "}"

    def _scalar(self, text: str) -> str:
        if self.is_json:
            return "".join(
                each if each.isprintable() else json.dumps(each)[1:-1] for each in json.dumps(text, ensure_ascii=False)
            )
        if _PLAIN.fullmatch(text) and text not in _WORDS:
            return text
        return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(char: str) -> str:
    """Write out what YAML forbids or folds in quotes."""
    return char if char.isprintable() else f"\\U{ord(char):08x}"
