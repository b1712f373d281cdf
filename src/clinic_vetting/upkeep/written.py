"""Where the parts of a criteria set are written: file, line and path, through all the sets that it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from clinic_vetting.document import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document import Document

    _Found = Iterator[tuple[Node, str]]

_NOWHERE = Node(None)


@frozen
class Place:
    """Where something is written.

    Attributes:
        file: The file's name; empty for a set that was made in Python.
        line: From 1; 0 where there is no text.
        path: Where in the tree, such as `changes[0].weights.hygiene`.
    """

    file: str
    line: int
    path: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}" if self.line else self.path


@frozen(eq=False)
class Written:
    """The documents of a set, its own first, then those that it builds on, as `catalogue.layers` gives them."""

    layers: tuple[Document, ...] = ()

    def of_set(self, field: str) -> Place:
        """Find a value of the set; of its bands too."""
        return self._first((_in_changes(each.root, field) for each in self.layers), field)

    def category(self, name: str, field: str) -> Place:
        """Find a category's title or weight, or the category."""
        return self._first((_of_category(each.root, name, field) for each in self.layers), f"{name}.{field}")

    def criterion(self, full_id: str, *field: str) -> Place:
        """Find a criterion's field, or the criterion where it has none."""
        path = ".".join([full_id, *field])
        return self._first((_of_criterion(each.root, full_id, field) for each in self.layers), path)

    def band(self, place: int, field: str = "") -> Place:
        """Find a band, best is 0, or one of its conditions."""
        for each in self.layers:
            for node, path in _in_changes(each.root, "bands"):
                found = _inner(node, str(place)) or node
                here = f"{path}[{place}]"
                return Place(each.name, (_inner(found, field) or found).line, f"{here}.{field}" if field else here)
        return Place("", 0, f"bands[{place}]" + (f".{field}" if field else ""))

    def reference(self, name: str) -> Place:
        """Find a reference."""
        return self._first((_of_reference(each.root, name) for each in self.layers), f"references.{name}")

    def _first(self, found: Iterator[_Found], path: str) -> Place:
        for document, places in zip(self.layers, found, strict=True):
            for node, here in places:
                return Place(document.name, node.line, here)
        return Place("", 0, path)


def _inner(node: Node | None, *keys: str) -> Node | None:
    """Go down a tree by keys and numbers; `None` where there is nothing."""
    for key in keys:
        match node.value if node else None:
            case dict(mapping):
                node = mapping.get(key)
            case list(items) if key.isdecimal() and int(key) < len(items):
                node = items[int(key)]
            case _:
                return None
    return node


def _list(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []


def _changes(root: Node) -> Iterator[tuple[Node, str]]:
    """Give the changes, the last first: it has the last word."""
    changes = _list(_inner(root, "changes"))
    if _inner(root, "extends"):
        yield from ((changes[i], f"changes[{i}]") for i in reversed(range(len(changes))))


def _in_changes(root: Node, field: str) -> _Found:
    for change, path in _changes(root):
        if found := _inner(change, field):
            yield found, f"{path}.{field}"
    if found := _inner(root, field):
        yield found, field


def _of_category(root: Node, name: str, field: str) -> _Found:
    for change, path in _changes(root):
        if field == "weight" and (found := _inner(change, "weights", name)):
            yield found, f"{path}.weights.{name}"
        yield from _listed(_inner(change, "add"), f"{path}.add", "category", name, field)
    yield from _listed(_inner(root, "categories"), "categories", "id", name, field)


def _of_criterion(root: Node, full_id: str, field: tuple[str, ...]) -> _Found:
    for change, path in _changes(root):
        if found := _inner(change, "set", full_id, *field):
            yield found, ".".join([path, "set", full_id, *field])
        if field == ("weight",) and (found := _inner(change, "weights", full_id)):
            yield found, f"{path}.weights.{full_id}"
        yield from _asked(_inner(change, "add"), f"{path}.add", "category", full_id, field)
    yield from _asked(_inner(root, "categories"), "categories", "id", full_id, field)


def _asked(listed: Node | None, path: str, key: str, full_id: str, field: tuple[str, ...]) -> _Found:
    category, name = full_id.split(".")
    for i, each in enumerate(_list(listed)):
        if (_inner(each, key) or _NOWHERE).value == category:
            criteria = _inner(each, "criteria")
            for j, one in enumerate(_list(criteria)):
                if (_inner(one, "id") or _NOWHERE).value == name:
                    here = f"{path}[{i}].criteria[{j}]"
                    found = _inner(one, *field)
                    yield (found, ".".join([here, *field])) if found else (one, here)


def _listed(listed: Node | None, path: str, key: str, name: str, field: str) -> _Found:
    """Find a field of an item of a list, by the item's id."""
    for i, each in enumerate(_list(listed)):
        if (_inner(each, key) or _NOWHERE).value == name and (found := _inner(each, field)):
            yield found, f"{path}[{i}].{field}"


def _of_reference(root: Node, name: str) -> _Found:
    if found := _inner(root, "references", name):
        yield found, f"references.{name}"
