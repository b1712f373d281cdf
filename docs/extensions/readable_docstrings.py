"""Docstrings and types as this library writes them, made plain to Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

if TYPE_CHECKING:
    from docutils.nodes import Element

_STANDARD: Final = {
    "date": "datetime",
    "timedelta": "datetime",
    "Decimal": "decimal",
    "Fraction": "fractions",
    "Path": "pathlib",
    **dict.fromkeys(("Callable", "Hashable", "Iterable", "Iterator", "Mapping", "Sequence"), "collections.abc"),
}
"""Where the standard library defines what signatures name."""

_PROSE: Final[dict[str, list[str]]] = {}
_SEVERAL: Final = re.compile(r"^:ivar (?P<names>\w+(?:, \w+)+):")


def remember(_app: Any, what: str, name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Keep a property's docstring, of which Napoleon takes what stands before a colon for its type."""
    if what in ("attribute", "property", "data"):
        _PROSE[name] = list(lines)


def mend(_app: Any, _what: str, name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Give a property its own words back, and attributes that are told together, `low, high: ...`, one line."""
    lines[:] = _PROSE.pop(name, []) or [_SEVERAL.sub(_in_one, each) for each in lines]


def _in_one(found: re.Match[str]) -> str:
    return f":ivar {found['names'].replace(', ', ',')}:"


def resolve(app: Any, env: Any, node: Element, shown: Element) -> Element | None:
    """Find a type by its last name: ours where only one class has it, or the standard library's."""
    last = str(node.get("reftarget", "")).rpartition(".")[2]
    if node.get("refdomain") != "py" or node.get("reftype") not in ("class", "exc", "obj"):
        return None
    if last in _STANDARD:
        module = _STANDARD[last]
        uri = f"https://docs.python.org/3/library/{module}.html#{module}.{last}"
        return nodes.reference("", "", shown, refuri=uri, internal=False)
    python = env.get_domain("py")
    ours = [name for name, found in python.objects.items() if name.rpartition(".")[2] == last and not found.aliased]
    classes = [name for name in ours if python.objects[name].objtype in ("class", "exception")]
    if len(classes) != 1:
        return None
    found: Element | None = python.resolve_xref(env, node["refdoc"], app.builder, "class", classes[0], node, shown)
    return found


def setup(app: Any) -> dict[str, bool]:
    """Stand before and after Napoleon, which listens with priority 500."""
    app.connect("autodoc-process-docstring", remember, priority=400)
    app.connect("autodoc-process-docstring", mend, priority=600)
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
