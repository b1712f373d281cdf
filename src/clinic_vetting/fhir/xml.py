"""FHIR XML as the tree that FHIR JSON would give: elements that repeat are lists, `value` attributes are text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from attrs import define, field

from clinic_vetting.document.tree import MAX_DEPTH, MAX_NODES, Document, Node
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMESPACE: Final = "http://hl7.org/fhir "
_HOLDERS: Final = frozenset({"resource", "contained"})
"""Elements that hold a resource, which is named by the element inside."""


def build(data: bytes, name: str) -> Document:
    """Read FHIR XML of one resource.

    Raises:
        InputError: It is no XML, declares entities or a document type, is too deep or too large.
    """
    reading = _Reading(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.refuse_doctype
    parser.StartElementHandler = lambda tag, given: reading.begin(tag, given, parser.CurrentLineNumber)
    parser.EndElementHandler = reading.end
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it so
    except expat.ExpatError as error:
        raise reading.refusal(error.lineno, "XML", expat.ErrorString(error.code)) from None
    except (LookupError, ValueError) as error:
        expected, got = told("fault.fhir.encoding"), told("fault.fhir.other_encoding", why=str(error))
        raise reading.refusal(1, expected, got) from None
    return Document(name, reading.root)


@define
class _Reading:
    name: str
    root: Node = field(factory=lambda: Node(None))
    stack: list[tuple[str, Node]] = field(factory=list)
    total: int = 0

    def refusal(self, line: int, expected: str, got: str) -> InputError:
        path = ".".join(name for name, _ in self.stack[1:])
        return InputError([Fault(self.name, line, path, expected, got)])

    def refuse_doctype(self, *_: object) -> None:
        raise self.refusal(1, told("fault.fhir.no_doctype"), told("fault.fhir.doctype"))

    def begin(self, tag: str, given: Mapping[str, str], line: int) -> None:
        """Open an element; what is not FHIR's own, such as a narrative, is an empty one."""
        self.total += 1
        if self.total > MAX_NODES or len(self.stack) > MAX_DEPTH:
            most = told("fault.fhir.most", elements=whole(MAX_NODES), levels=MAX_DEPTH)
            raise self.refusal(line, most, told("fault.document.more"))
        name = tag.removeprefix(_NAMESPACE)
        is_value = "value" in given
        node = Node(given["value"] or None if is_value else {}, line)
        if isinstance(node.value, dict):
            node.value.update({key: Node(value, line) for key, value in given.items() if key in ("url", "id")})
        if not self.stack or self.stack[-1][0] in _HOLDERS:
            node.value = {"resourceType": Node(name, line)}
        self.stack.append((name, node))

    def end(self, _: str) -> None:
        name, node = self.stack.pop()
        if not self.stack:
            self.root = node
            return
        holder, outer = self.stack[-1]
        if holder in _HOLDERS:
            outer.value = node.value
        elif isinstance(outer.value, dict):
            _put(outer.value, name, node)


def _put(mapping: dict[str, Node], name: str, node: Node) -> None:
    known = mapping.get(name)
    if known is None:
        mapping[name] = node
    elif isinstance(known.value, list):
        known.value.append(node)
    else:
        mapping[name] = Node([known, node], known.line)
