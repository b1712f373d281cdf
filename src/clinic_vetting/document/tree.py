"""The tree that every kind of text becomes, and the builder that keeps it within its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from clinic_vetting.errors import Fault, InputError, join, shown
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

MAX_BYTES = 2 * 1024 * 1024
"""A document's size in bytes."""
MAX_DEPTH = 32
"""Mappings and lists inside one another."""
MAX_NODES = 200_000
"""Values in a document, each alias counted as what it stands for."""

MAX_KEY = 1000
"""Characters in a key."""

Value: TypeAlias = "str | dict[str, Node] | list[Node] | None"


@define(eq=False)
class Node:
    """A value in a document: text, a mapping, a list, or `None` where the value is blank.

    Attributes:
        value: `str`, `dict[str, Node]`, `list[Node]`, or `None`.
        line: The line of its key, or of its first character where it has none; from 1, or 0.
        size: How many values it holds, itself included.
        height: How many mappings and lists stand inside one another in it.
    """

    value: Value
    line: int = 0
    size: int = 1
    height: int = 0

    def described(self) -> str:
        """Name the value for a fault."""
        match self.value:
            case None:
                return told("fault.nothing")
            case str(text):
                return shown(text)
            case dict():
                return told("fault.a_mapping")
            case list():
                return told("fault.a_list")

    def plain(self) -> Any:
        """Give the value and all within it without lines: text, mappings, lists, and `None` for what is blank."""
        match self.value:
            case dict(mapping):
                return {key: inner.plain() for key, inner in mapping.items()}
            case list(items):
                return [inner.plain() for inner in items]
            case value:
                return value


@define
class Document:
    """A document's name, its tree, and the faults already found in it (repeated keys)."""

    name: str
    root: Node
    faults: list[Fault] = field(factory=list)


def scalars(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Give everything that is no mapping and no list with its path, in the order of the document."""
    match node.value:
        case dict(inner):
            for key, each in inner.items():
                yield from scalars(each, join(path, key))
        case list(items):
            for i, each in enumerate(items):
                yield from scalars(each, f"{path}[{i}]")
        case _:
            yield path, node


@define
class _Open:
    """A mapping or list that has begun and not ended."""

    node: Node
    path: str
    key: str | None = None
    key_line: int = 0

    def next_path(self) -> str:
        if isinstance(self.node.value, list):
            return f"{self.path}[{len(self.node.value)}]"
        return join(self.path, self.key) if self.key is not None else self.path


class Builder:
    """Puts a tree together from what a parser meets, without recursion, within the limits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._faults: list[Fault] = []
        self._open: list[_Open] = []
        self._root = Node(None, 1)
        self._total = 0

    def document(self) -> Document:
        """Give the finished document."""
        return Document(self.name, self._root, self._faults)

    def wants_key(self) -> bool:
        """Say whether what comes next is a key of a mapping."""
        return bool(self._open) and self._open[-1].key is None and isinstance(self._open[-1].node.value, dict)

    def key(self, text: str, line: int) -> None:
        """Name the value that follows; a repeated key is a fault, and its first value is kept."""
        if len(text) > MAX_KEY:
            raise self.refusal(line, told("fault.document.key", most=MAX_KEY), told("fault.document.longer"))
        top = self._open[-1]
        top.key, top.key_line = text, line
        if isinstance(top.node.value, dict) and text in top.node.value:
            first = top.node.value[text].line
            got = told("fault.document.repeated", first=first) if first else told("fault.document.again")
            self._faults.append(Fault(self.name, line, self._path(), told("fault.document.once"), got))

    def scalar(self, text: str | None, line: int) -> Node:
        """Put text, or nothing, in its place; empty text is nothing."""
        node = self._place(Node(text or None, line))
        self._grow(node)
        return node

    def begin(self, value: dict[str, Node] | list[Node], line: int) -> Node:
        """Open a mapping or a list."""
        path = self._path()
        node = self._place(Node(value, line, height=1))
        self._open.append(_Open(node, path))
        return node

    def end(self) -> None:
        """Close the mapping or list that was opened last."""
        self._grow(self._open.pop().node)

    def alias(self, target: Node, line: int) -> None:
        """Put what stands elsewhere in this place too."""
        if any(opened.node is target for opened in self._open):
            raise self.refusal(line, told("fault.document.alias"), told("fault.document.itself"))
        node = self._place(Node(target.value, line, target.size, target.height))
        self._grow(node)

    def _grow(self, node: Node) -> None:
        """Count a finished value in what holds it."""
        if self._open:
            outer = self._open[-1].node
            outer.size += node.size
            outer.height = max(outer.height, node.height + 1)

    def refusal(self, line: int, expected: str, got: str, hint: str = "") -> InputError:
        """Make the error that ends the reading here."""
        return InputError([*self._faults, Fault(self.name, line, self._path(), expected, got, hint)])

    def _place(self, node: Node) -> Node:
        self._total += node.size
        if self._total > MAX_NODES:
            raise self.refusal(
                node.line, told("fault.document.values", most=whole(MAX_NODES)), told("fault.document.more")
            )
        if len(self._open) + node.height > MAX_DEPTH:
            raise self.refusal(node.line, told("fault.document.levels", most=MAX_DEPTH), told("fault.document.deeper"))
        if not self._open:
            self._root = node
            return node
        top = self._open[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict) and top.key is not None:
            node.line = top.key_line
            top.node.value.setdefault(top.key, node)
            top.key = None
        return node

    def _path(self) -> str:
        return self._open[-1].next_path() if self._open else ""
