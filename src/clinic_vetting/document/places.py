"""Where each value of a document stands in its text, so that a value can be added and every other byte kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import frozen

from clinic_vetting.document import yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BESIDES: Final = re.compile(
    r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\."
    "|[^\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Escapes, and what JSON allows in places where YAML forbids it."""


@frozen(eq=False)
class Place:
    """A value's place in a text.

    Attributes:
        kind: What it is.
        start, end: Its first character, and the one after its last; of a mapping or list in block style, of
            what it holds.
        column: Of its first key or dash, from 0; of anything else, of its first character.
        flow: Whether it is written in braces or brackets.
        entries: Of a mapping, the place of each value, by key.
        keys: Of a mapping, the place of each key.
        items: Of a list, the place of each item.
    """

    kind: Literal["scalar", "mapping", "list"]
    start: int
    end: int
    column: int
    flow: bool
    entries: Mapping[str, Place]
    keys: Mapping[str, Place]
    items: Sequence[Place]


def places(text: str, *, json: bool = False) -> Place:
    """Find every value of a text that has been read without a fault.

    Raises:
        ValueError: Its places cannot be told.
    """
    return _place(yaml_text.composed(_BESIDES.sub(_as_long, text) if json else text), text)


def _as_long(match: re.Match[str]) -> str:
    """Keep usual escapes, and put as many spaces in the place of what YAML refuses."""
    found = match[0]
    return found if found[0] == "\\" and len(found) == len("\\n") else " " * len(found)


def _place(node: Any, text: str) -> Place:
    start, end = node.start_mark.index, node.end_mark.index
    if node.id == "scalar":
        return Place("scalar", start, end, node.start_mark.column, flow=False, entries={}, keys={}, items=())
    inner = [each for pair in node.value for each in pair] if node.id == "mapping" else node.value
    found = [_place(each, text) for each in inner]
    column = node.start_mark.column
    if not node.flow_style:
        start, end = found[0].start, found[-1].end
        line = text.rfind("\n", 0, start) + 1
        column = start - line if node.id == "mapping" else text.rfind("-", line, start) - line
    if node.id == "mapping":
        names = [key.value for key, _ in node.value]
        keys, values = dict(zip(names, found[::2], strict=True)), dict(zip(names, found[1::2], strict=True))
        return Place("mapping", start, end, column, bool(node.flow_style), values, keys, ())
    return Place("list", start, end, column, bool(node.flow_style), {}, {}, found)
