"""YAML as a tree, read from parser events: no recursion, and an alias costs what it stands for.

Besides the catalogue of messages, the only module that imports yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from clinic_vetting.errors import shown
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document.tree import Builder, Node

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = frozenset({"", "~", "null"})


def build(text: str, builder: Builder) -> None:
    """Read one YAML document into `builder`; raise its refusal where that cannot be done."""
    anchors: dict[str, Node] = {}
    try:
        for event in _one_document(text, builder):
            _take(event, builder, anchors)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        hint = told("fault.document.mend_yaml")
        raise builder.refusal(line, "YAML", str(error.problem or error.context), hint) from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise builder.refusal(line, told("fault.text"), told("fault.document.forbidden", why=error.reason)) from None


def dump(value: object) -> str:
    """Write a tree of plain values as YAML that reads back as the same tree, keys in their order."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)


def composed(text: str) -> yaml.Node | None:
    """Give the nodes of a text, each with its marks; of an alias, those of what it stands for.

    Raises:
        ValueError: It is no YAML.
    """
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    return node


def _one_document(text: str, builder: Builder) -> Iterator[yaml.Event]:
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise builder.refusal(_line(event), told("fault.document.one"), told("fault.document.second"))
        yield event


def _take(event: yaml.Event, builder: Builder, anchors: dict[str, Node]) -> None:
    line = _line(event)
    _refuse_tag(event, line, builder)
    match event:
        case yaml.NodeEvent() if builder.wants_key():
            _take_key(event, line, builder)
        case yaml.AliasEvent():
            _take_alias(event.anchor, line, builder, anchors)
        case yaml.ScalarEvent():
            blank = event.implicit[0] and event.value in _BLANK
            _remember(event, builder.scalar(None if blank else event.value, line), anchors)
        case yaml.MappingStartEvent():
            _remember(event, builder.begin({}, line), anchors)
        case yaml.SequenceStartEvent():
            _remember(event, builder.begin([], line), anchors)
        case yaml.CollectionEndEvent():
            builder.end()
        case _:
            pass


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _take_key(event: yaml.NodeEvent, line: int, builder: Builder) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        raise builder.refusal(line, told("fault.document.word"), told("fault.document.no_word"))
    builder.key(event.value, line)


def _take_alias(name: str | None, line: int, builder: Builder, anchors: dict[str, Node]) -> None:
    if name is None or name not in anchors:
        raise builder.refusal(line, told("fault.document.anchor"), shown(f"*{name}"))
    builder.alias(anchors[name], line)


def _remember(event: yaml.NodeEvent, node: Node, anchors: dict[str, Node]) -> None:
    if event.anchor:
        anchors[event.anchor] = node


def _refuse_tag(event: yaml.Event, line: int, builder: Builder) -> None:
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise builder.refusal(
            line, told("fault.document.untagged"), told("fault.document.tag", tag=shown(tag)), told("fault.leave_out")
        )
