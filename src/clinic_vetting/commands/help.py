"""The words of help: messages that are said when they are shown, and the sentences of the standard library's parser."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Final

from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.words import ENGLISH, again, catalogue, say, told

_OF_ARGPARSE: Final = "help.argparse."
"""What the ids begin with of what the standard library's parser says: the catalogue has it in every language."""
_VALUE: Final = re.compile(r"[A-Z]+(?:-[A-Z]+)*")
_ARGUMENT_NAMES: Final = {"name", "names"}
"""The values of its sentences that name arguments."""


class Later(str):
    """The id of a message of help, said when it is shown; its values stand beside it."""

    __slots__ = ("values",)

    values: dict[str, object]


def later(message: str, **values: object) -> Later:
    """Name a message of help that takes values; one that takes none, or `default`, is named by its id alone."""
    found = Later(message)
    found.values = values
    return found


def said(text: str, **values: object) -> str:
    """Say a message of help, or a sentence of the standard library."""
    if not text.startswith("help."):
        return said_again(text)
    return again(told(text, **{**values, **getattr(text, "values", {})}), LANGUAGE.get())


def said_again(text: str) -> str:
    """Say a sentence of the standard library in the reader's language, where the catalogue has it."""
    if LANGUAGE.get() == ENGLISH:
        return text
    for message in (each for each in catalogue(ENGLISH, "help") if each.startswith(_OF_ARGPARSE)):
        if found := _form(message).fullmatch(text):
            values = found.groupdict()
            inner = {"fault": said_again(values["fault"])} if "fault" in values else {}
            named = {key: value(values[key]) for key in _ARGUMENT_NAMES & values.keys()}
            return say(LANGUAGE.get(), message, **{**values, **inner, **named})
    return text


def value(name: str) -> str:
    """Say what stands for the value of an argument, such as `FILE` or `DIR|FILE.ndjson`; names of options stay."""
    return _VALUE.sub(lambda found: _value(found[0]), name)


def _value(name: str) -> str:
    message = f"help.value.{name}"
    return say(LANGUAGE.get(), message) if message in catalogue(ENGLISH, "help") else name


def values_of(message: str, text: str) -> dict[str, str]:
    """Give the values of a sentence of the standard library; none where it is another."""
    found = _form(f"{_OF_ARGPARSE}{message}").fullmatch(text)
    return found.groupdict() if found else {}


@cache
def _form(message: str) -> re.Pattern[str]:
    """Give the form of an English sentence, with a group for each of its values."""
    parts = Formatter().parse(catalogue(ENGLISH)[message])
    return re.compile("".join(re.escape(plain) + (f"(?P<{name}>.+?)" if name else "") for plain, name, *_ in parts))
