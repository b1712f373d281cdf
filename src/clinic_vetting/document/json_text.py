"""JSON (RFC 8259) as a tree that knows its lines; numbers stay as they were written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from clinic_vetting.errors import shown
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document.tree import Builder

_TOKEN = re.compile(
    r"""[ \t\r]*(?:
        (?P<newline>\n)
      | (?P<mark>[{}\[\],:])
      | (?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")
      | (?P<word>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])|(?:true|false|null)(?!\w))
      | (?P<end>\Z)
      | (?P<other>[^\s,:\]}]+|.)
    )""",
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def build(text: str, builder: Builder) -> None:
    """Read one JSON value into `builder`; raise its refusal where that cannot be done."""
    tokens = _tokens(text, builder)
    closers: list[str] = []
    token = next(tokens)
    while True:
        opened = _value(token, builder, closers)
        token = next(tokens)
        if opened and token.text == closers[-1] and token.kind == "mark":
            token = _close(closers, builder, tokens)
        elif opened:
            token = _key(token, tokens, builder, closers)
            continue
        while closers and token.kind == "mark" and token.text == closers[-1]:
            token = _close(closers, builder, tokens)
        if not closers:
            break
        _expect(token, ",", builder, told("fault.document.comma_or", mark=repr(closers[-1])))
        token = _key(next(tokens), tokens, builder, closers)
    if token.kind != "end":
        raise builder.refusal(token.line, told("fault.document.text_end"), shown(token.text))


def _tokens(text: str, builder: Builder) -> Iterator[_Token]:
    line, at = 1, 0
    while match := _TOKEN.match(text, at):
        kind, at = str(match.lastgroup), match.end()
        if kind == "newline":
            line += 1
        elif kind == "other":
            raise builder.refusal(line, "JSON", shown(match[kind]), _advice(match[kind]))
        else:
            yield _Token(kind, match[kind], line)


def _advice(text: str) -> str:
    if text.lstrip("+-").lower() in ("nan", "infinity", "inf"):
        return told("fault.document.finite")
    return told("fault.document.mend_json")


def _value(token: _Token, builder: Builder, closers: list[str]) -> bool:
    """Take a scalar, or open a mapping or list and return True."""
    match token:
        case _Token("string", text, line):
            builder.scalar(json.loads(text), line)
        case _Token("word", text, line):
            builder.scalar(None if text == "null" else text, line)
        case _Token("mark", "{", line):
            builder.begin({}, line)
            closers.append("}")
            return True
        case _Token("mark", "[", line):
            builder.begin([], line)
            closers.append("]")
            return True
        case _:
            raise builder.refusal(token.line, told("fault.a_value"), _got(token))
    return False


def _key(token: _Token, tokens: Iterator[_Token], builder: Builder, closers: list[str]) -> _Token:
    """In a mapping take `"key":` and return what follows; in a list return `token` itself."""
    if closers[-1] == "]":
        return token
    if token.kind != "string":
        raise builder.refusal(token.line, told("fault.document.quoted_key"), _got(token))
    builder.key(json.loads(token.text), token.line)
    _expect(next(tokens), ":", builder, told("fault.document.colon"))
    return next(tokens)


def _expect(token: _Token, mark: str, builder: Builder, expected: str) -> None:
    if (token.kind, token.text) != ("mark", mark):
        raise builder.refusal(token.line, expected, _got(token))


def _got(token: _Token) -> str:
    return shown(token.text) if token.text else told("fault.document.end")


def _close(closers: list[str], builder: Builder, tokens: Iterator[_Token]) -> _Token:
    closers.pop()
    builder.end()
    return next(tokens)
