"""Shapes written as one word or sentence: texts, words of a list, yes and no."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading

_YES, _NO = ("yes", "true"), ("no", "false")


class Scalar:
    """A shape written as one word or sentence."""

    @property
    def expected(self) -> str:
        """Say what fits."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Convert; raise ValueError where the text does not fit."""
        raise NotImplementedError

    def complaint(self, text: str) -> str:  # noqa: ARG002 - some shapes say more
        """Say what was expected of a text that does not fit."""
        return self.expected

    def words(self) -> tuple[str, ...]:
        """List the words that fit, where they can be listed."""
        return ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Read one scalar."""
        if isinstance(node.value, str):
            try:
                return self.parse(node.value)
            except ValueError:
                hint = reading.hint(node.value, self.words())
                return reading.fault(node, path, self.complaint(node.value), hint=hint)
        return reading.fault(node, path, self.expected)

    def plain(self, value: Any) -> Any:
        """Give the value as it would be written."""
        return str(value)


@frozen
class Text(Scalar):
    """Text of 1 to `most` characters without NUL or half of a surrogate pair, not blank alone; or as `pattern` says.

    `what` names the message, among `fault.what`, that says what fits a pattern.
    """

    most: int = 4000
    pattern: str = ""
    what: str = ""

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told(f"fault.what.{self.what}") if self.what else told("fault.shapes.text", most=self.most)

    def complaint(self, text: str) -> str:
        """Say what is wrong with it."""
        return self.problem(text)

    def parse(self, text: str) -> str:
        """Take the text as it is."""
        if self.problem(text):
            raise ValueError(text)
        return text

    def problem(self, value: Any) -> str:
        """Check length, characters and pattern."""
        if not isinstance(value, str) or not 0 < len(value) <= self.most or not (self.pattern or value.strip()):
            return self.expected
        if "\0" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
            return told("fault.shapes.whole_characters")
        return self.expected if self.pattern and not re.fullmatch(self.pattern, value, re.ASCII) else ""

    def schema(self) -> dict[str, Any]:
        """Allow numbers too: an editor reads `0123456` as one, and so may its writer."""
        if self.pattern:
            return {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": self.most}


class Flag(Scalar):
    """Yes or no."""

    @property
    def expected(self) -> str:
        """Say what fits."""
        return told("fault.shapes.flag")

    def parse(self, text: str) -> bool:
        """Read yes, no, true or false, in any case."""
        word = text.lower()
        if word not in _YES + _NO:
            raise ValueError(text)
        return word in _YES

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, bool) else told("fault.shapes.truth")

    def plain(self, value: bool) -> str:  # noqa: FBT001 - a value, not a switch
        """Write a word."""
        return "yes" if value else "no"

    def schema(self) -> dict[str, Any]:
        """List the words; an editor may read them as truth values."""
        return {"enum": [*_YES, *_NO, True, False]}


@frozen
class Choice(Scalar):
    """One word of a list."""

    kind: type[StrEnum]

    @property
    def expected(self) -> str:
        """List the words."""
        return told("fault.one_of", words=", ".join(self.words()))

    def words(self) -> tuple[str, ...]:
        """List the words that fit."""
        return tuple(member.value for member in self.kind)

    def parse(self, text: str) -> StrEnum:
        """Find the word, in any case; `true` and `false` are how some writers save `yes` and `no`."""
        word = text.lower()
        return self.kind({"true": "yes", "false": "no"}.get(word, word))

    def problem(self, value: Any) -> str:
        """Check the type."""
        return "" if isinstance(value, self.kind) else told("fault.a_type", type=self.kind.__name__)

    def schema(self) -> dict[str, Any]:
        """List the words, with the truth values that an editor may make of yes and no."""
        words: list[object] = list(self.words())
        return {"enum": words + ([True, False] if "yes" in words else [])}
