"""What people read, in each language: one catalogue of sentences, data under `criteria/messages/`."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

import yaml

from clinic_vetting.criteria_folder import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

ENGLISH: Final = "en"
"""The language that every sentence is written in first, and that stands in where another has none."""
PARTS: Final = ("reports", "fault", "help", "note")
"""The files of a catalogue. A message whose first word is one of them stands there, every other in `reports`."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COUNTS: Final = ("one", "other")


@cache
def languages() -> tuple[str, ...]:
    """List the languages that there is a catalogue in, as ISO 639-1 codes, sorted."""
    return tuple(sorted(each.name for each in _folder().iterdir() if each.is_dir()))


def say(language: str, message: str, **values: object) -> str:
    """Say a message: its sentence in a language, or in English where that has none, with the values put in.

    A message that has a form for one and a form for several takes the one that its value `count` asks for.

    Raises:
        KeyError: There is no catalogue in the language, no such message, or a value that it needs is missing.
    """
    part = _part(message)
    found = _messages(language, part).get(message) or _messages(ENGLISH, part)[message]
    text: str = found if found.__class__ is str else found[values["count"] != 1]
    return text.format_map(values)


def word(language: str, group: str, value: str) -> str:
    """Say one word of a list, such as an outcome or a kind of source; as it is written where none is known."""
    message = f"{group}.{value}"
    return say(language, message) if message in _messages(ENGLISH, _part(message)) else value.replace("_", " ")


class Told(str):
    """A text said in English, which a report says again in its reader's language."""

    __slots__ = ("values",)

    values: tuple[Any, ...]

    def again(self, language: str) -> str:
        """Say it in a language."""
        raise NotImplementedError


class _Message(Told):
    __slots__ = ()

    def again(self, language: str) -> str:
        message, values = self.values
        return say(
            language,
            message,
            **{name: again(each, language) if isinstance(each, str) else each for name, each in values.items()},
        )


class _Joined(Told):
    __slots__ = ()

    def again(self, language: str) -> str:
        by, texts = self.values
        return str(by.join(again(each, language) for each in texts))


class _Cut(Told):
    __slots__ = ()

    def again(self, language: str) -> str:
        text, most = self.values
        return str(again(text, language))[:most]


class _Number(Told):
    __slots__ = ()

    def again(self, language: str) -> str:
        return grouped(self.values[0], language)


class _Recorded(Told):
    __slots__ = ()

    def again(self, language: str) -> str:
        return telling(self.values[0], language)


def _held(said: Told, *values: Any) -> Told:
    said.values = values
    return said


def told(message: str, **values: object) -> Told:
    """Say a message in English, where the reader's language is not known yet."""
    return _held(_Message(say(ENGLISH, message, **values)), message, values)


def whole(value: int) -> Told:
    """Write a whole number as English does, where the reader's language is not known yet."""
    return _held(_Number(f"{value:,}"), value)


def grouped(value: int, language: str) -> str:
    """Write a whole number, its digits in groups of three where the language groups them: `10,000`, `10 000`."""
    least, between = int(say(language, "thousands.from")), say(language, "thousands.million")[1]
    return f"{value:,}".replace(",", between) if value >= least else str(value)


def recorded(record: object) -> Told:
    """Say what a record holds in English, where the reader's language is not known yet."""
    return _held(_Recorded(telling(record, ENGLISH)), record)


def joined(by: str, *texts: str | None) -> Told:
    """Put texts together, those that are there, of which each is said again where it is a message."""
    parts = tuple(each for each in texts if each)
    return _held(_Joined(by.join(parts)), by, parts)


def cut(text: str, most: int) -> str:
    """Cut a text that is too long, and what it is said again as, which may be too long where this is not."""
    return _held(_Cut(text[:most]), text, most) if isinstance(text, Told) else text[:most]


def again(text: str, language: str) -> str:
    """Say a text again in a language, if it is a message; all other texts stay as they were written."""
    return text.again(language) if isinstance(text, Told) else text


def telling(record: object, language: str) -> str:
    """Say what a record holds, by its own `told` where it has one."""
    told = getattr(record, "told", None)
    return str(record) if told is None else told(language)


@cache
def catalogue(language: str, *parts: str) -> dict[str, Any]:
    """Give every message of a language, or of some of its files: a sentence, or its forms for one and for several.

    Raises:
        KeyError: There is no catalogue in it.
    """
    return {message: text for part in parts or PARTS for message, text in _messages(language, part).items()}


def needs(message: Any) -> frozenset[str]:
    """Give the names of the values that a message takes."""
    texts = [message] if isinstance(message, str) else message
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None)


def _folder() -> Traversable:
    return folder() / "messages"


def _part(message: str) -> str:
    first = message.partition(".")[0]
    return first if first in PARTS else PARTS[0]


@cache
def _messages(language: str, part: str) -> dict[str, Any]:
    """Read one file of a catalogue; its groups and their messages are joined by points."""
    if language not in languages():
        raise KeyError(language)
    tree = yaml.load((_folder() / language / f"{part}.yaml").read_bytes(), Loader=_LOADER)  # noqa: S506 - it is a safe one
    return dict(_gathered("" if part == PARTS[0] else part, tree))


def _gathered(path: str, tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, str):
        yield path, tree
    elif set(tree) == set(_COUNTS):
        yield path, tuple(tree[each] for each in _COUNTS)
    else:
        for key, inner in tree.items():
            yield from _gathered(f"{path}.{key}" if path else key, inner)
