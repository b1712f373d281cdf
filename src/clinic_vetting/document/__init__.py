"""YAML or JSON text as a tree of text that knows its lines; nothing here knows about clinics.

Scalars stay text, so that licence `0123456`, country `NO` and `1:30` arrive as they were written.
"""

from __future__ import annotations

from pathlib import Path

from clinic_vetting.document import json_text, python_values, yaml_text
from clinic_vetting.document.tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, Builder, Document, Node, scalars
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import unreadable
from clinic_vetting.words import told, whole

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Document",
    "Node",
    "parse",
    "read_bytes",
    "read_document",
    "scalars",
    "tree",
]


def read_document(path: str | Path) -> Document:
    """Read a YAML or JSON file of at most `MAX_BYTES`.

    Raises:
        InputError: The file cannot be opened, or its text cannot be read as a tree.
    """
    return parse(read_bytes(path), str(path))


def read_bytes(path: str | Path) -> bytes:
    """Read a file's bytes, at most one more than `parse` takes.

    Raises:
        InputError: The file cannot be opened.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def parse(data: bytes | str, name: str = "<text>", most: int = MAX_BYTES) -> Document:
    """Read text of at most so many bytes as YAML, or as JSON where its name ends so or it begins with `{` or `[`.

    Raises:
        InputError: Too large, not UTF-8, broken syntax, tags, too deep, or aliases that multiply.
        TypeError: `data` is something else.
    """
    _check_type(data)
    text = _decoded(data, name, most)
    builder = Builder(name)
    if name.lower().endswith(".json") or text.lstrip()[:1] in ("{", "["):
        json_text.build(text, builder)
    else:
        yaml_text.build(text, builder)
    return builder.document()


def tree(value: object, name: str = "<data>") -> Document:
    """Take a tree of Python values, such as `json.loads` gives, as a document without lines.

    Raises:
        InputError: Too deep, too large, or a value that no document could hold.
    """
    builder = Builder(name)
    python_values.build(value, builder)
    return builder.document()


def _check_type(data: object) -> None:
    if not isinstance(data, str | bytes):
        message = f"a document is str or bytes, got a {type(data).__name__}"
        raise TypeError(message)


def _decoded(data: bytes | str, name: str, most: int) -> str:
    if len(data) > most:
        raise InputError(
            [Fault(name, 0, "", told("fault.document.bytes", most=whole(most)), told("fault.document.larger"))]
        )
    text = _utf8(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), name)
    if (at := text.find("\0")) >= 0:
        raise InputError([Fault(name, text.count("\n", 0, at) + 1, "", told("fault.text"), told("fault.document.nul"))])
    return text.removeprefix("\ufeff")


def _utf8(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        got = told("fault.document.byte", byte=f"0x{data[error.start]:02x}")
        raise InputError(
            [Fault(name, line, "", told("fault.document.utf8"), got, told("fault.document.save_as"))]
        ) from None
