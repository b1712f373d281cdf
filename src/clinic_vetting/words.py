"""What the reports say, in each language: one catalogue of sentences, data under `criteria/messages/`."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import document, tables
from clinic_vetting.errors import Fault, InputError, did_you_mean, join, shown
from clinic_vetting.reading import Reading

if TYPE_CHECKING:
    from clinic_vetting.document import Document, Node

VERSION: Final = 1
"""The format version of message catalogues."""
ENGLISH: Final = "en"
"""The language that every sentence is written in first, and that stands in where another has none."""
_COUNTS: Final = ("one", "other")


@cache
def languages() -> tuple[str, ...]:
    """List the languages that the reports are written in, as ISO 639-1 codes, sorted."""
    files = (tables.folder() / "messages").iterdir()
    return tuple(sorted(each.name.removesuffix(".yaml") for each in files if each.name.endswith(".yaml")))


def known(language: str) -> str:
    """Give the language back.

    Raises:
        InputError: There is no catalogue in it; the error names those that there are.
    """
    if language not in languages():
        expected, hint = f"one of {', '.join(languages())}", did_you_mean(language, languages())
        raise InputError([Fault("language", 0, "code", expected, shown(language), hint)])
    return language


def say(language: str, message: str, **values: object) -> str:
    """Say a message: its sentence in a language, or in English where that has none, with the values put in.

    A message that has a form for one and a form for several takes the one that its value `count` asks for.

    Raises:
        InputError: There is no catalogue in the language.
        KeyError: There is no such message, or a value that it needs is missing.
    """
    found = catalogue(language).get(message) or catalogue(ENGLISH)[message]
    text: str = found if found.__class__ is str else found[values["count"] != 1]
    return text.format_map(values)


def word(language: str, group: str, value: str) -> str:
    """Say one word of a list, such as an outcome or a kind of source; as it is written where none is known."""
    message = f"{group}.{value}"
    return say(language, message) if message in catalogue(ENGLISH) else value.replace("_", " ")


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


def recorded(record: object) -> Told:
    """Say what a record holds in English, where the reader's language is not known yet."""
    return _held(_Recorded(telling(record, ENGLISH)), record)


def joined(by: str, *texts: str | None) -> Told:
    """Put texts together, those that are there, of which each is said again where it is a message."""
    parts = tuple(each for each in texts if each)
    return _held(_Joined(by.join(parts)), by, parts)


def cut(text: str, most: int) -> str:
    """Cut a text that is too long, and what it is said again as."""
    if len(text) <= most:
        return text
    return _held(_Cut(text[:most]), text, most) if isinstance(text, Told) else text[:most]


def again(text: str, language: str) -> str:
    """Say a text again in a language, if it is a message; all other texts stay as they were written."""
    return text.again(language) if isinstance(text, Told) else text


def telling(record: object, language: str) -> str:
    """Say what a record holds, by its own `told` where it has one."""
    told = getattr(record, "told", None)
    return str(record) if told is None else told(language)


@cache
def catalogue(language: str) -> dict[str, Any]:
    """Read a catalogue: by message a sentence, or its forms for one and for several.

    Raises:
        InputError: There is none in the language, or it has faults.
    """
    name = f"{known(language)}.yaml"
    return read(document.parse((tables.folder() / "messages" / name).read_bytes(), name))


def read(source: Document) -> dict[str, Any]:
    """Read the messages of a document: groups within groups, named placeholders such as `{score}` and no others.

    Raises:
        InputError: With every fault.
    """
    reading = Reading(source.name, list(source.faults))
    if not isinstance(source.root.value, dict):
        reading.refuse(source.root, "", f"a catalogue: a mapping with 'messages: {VERSION}'")
    reading.check_version(source.root, "messages", VERSION)
    found: dict[str, Any] = {}
    for key, node in source.root.value.items():
        if key != "messages":
            _gather(node, key, found, reading)
    reading.finish()
    return found


def untranslated(language: str) -> tuple[str, ...]:
    """List the messages that have no sentence in a language, or one that needs other values than the English one."""
    mine, english = catalogue(language), catalogue(ENGLISH)
    return tuple(each for each in english if each not in mine or needs(mine[each]) != needs(english[each]))


def needs(message: Any) -> frozenset[str]:
    """Give the names of the values that a message takes."""
    texts = [message] if isinstance(message, str) else message
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None)


def _gather(node: Node, path: str, found: dict[str, Any], reading: Reading) -> None:
    match node.value:
        case str(text):
            if problem := _problem(text):
                reading.fault(node, path, problem)
            found[path] = text
        case dict(forms) if set(forms) == set(_COUNTS):
            inner: dict[str, Any] = {}
            for form in _COUNTS:
                _gather(forms[form], join(path, form), inner, reading)
            found[path] = tuple(inner.values())
        case dict(group):
            for key, each in group.items():
                _gather(each, join(path, key), found, reading)
        case _:
            reading.fault(node, path, "a sentence, or a mapping of sentences")


def _problem(text: str) -> str:
    """Say what placeholders should look like, where they do not: a plain name, so that no value is looked into."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return "pairs of braces around names, such as {score}"
    plain = all(name is None or (name.isidentifier() and not form and not how) for _, name, form, how in parts)
    return "" if plain else "placeholders that are plain names, such as {score}"
