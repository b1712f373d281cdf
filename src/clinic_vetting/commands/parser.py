"""The reader of the command line: its help and its faults are said in the language of whoever asks.

What a parser is given as help is the id of a message (`help.as_of`), so that a command starts without the catalogue.
"""

from __future__ import annotations

import argparse
import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, Final, NoReturn

from clinic_vetting.commands.options import LANGUAGE, UNREADABLE
from clinic_vetting.hints import did_you_mean
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.words import ENGLISH, again, catalogue, say, told

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPTION: Final = re.compile(r"\[-[^][]*\]")
_OF_ARGPARSE: Final = (
    "usage", "options", "positionals", "help", "argument", "required", "one_required", "unrecognized", "choice",
    "single", "at_least_one", "at_most_one", "several", "not_with", "ignored", "ambiguous",
)  # fmt: skip
"""The sentences of the standard library's parser that the catalogue has in every language."""


class Parser(argparse.ArgumentParser):
    """Tells a fault of the command line in two lines: how it is used, without its options, and what is wrong."""

    def format_help(self) -> str:
        """Say its help; only now the catalogue is read."""
        self.formatter_class = _Spoken
        return super().format_help()

    def format_usage(self) -> str:
        """Say how it is used."""
        self.formatter_class = _Spoken
        return super().format_usage()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what it does not know itself: a command knows its options, the whole program does not."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        usage = " ".join(_OPTION.sub("", self.format_usage()).split())
        told = "; ".join(filter(None, (said_again(message), self._meant(message))))
        self.exit(UNREADABLE, f"{usage}; {_said('help.tells_options')}\n{self.prog}: {harmless(told)}\n")

    def _meant(self, message: str) -> str:
        """Suggest the choice or the option that was meant, where one is near."""
        if choice := _values("choice", _values("argument", message).get("fault", message)):
            return _near(choice["given"], choice["choices"].split(", "))
        unknown = _values("unrecognized", message).get("arguments", "").split()
        option = next((each for each in unknown if each.startswith("--")), "")
        return _near(option.partition("=")[0], self._option_string_actions)


class _Spoken(argparse.HelpFormatter):
    """Says the messages that a parser was given, and the words of its own."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(said_again(heading) if heading else heading)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, said_again("usage: ") if prefix is None else prefix)

    def _format_text(self, text: str) -> str:
        return super()._format_text(_said(text))

    def _get_help_string(self, action: argparse.Action) -> str:
        return _said(action.help or "", default=action.default).replace("%", "%%")


def _said(text: str, **values: object) -> str:
    """Say a message of help, or a sentence of the standard library."""
    if not text.startswith("help."):
        return said_again(text)
    return again(told(text, **{**values, **getattr(text, "values", {})}), LANGUAGE.get())


def said_again(text: str) -> str:
    """Say a sentence of the standard library in the reader's language, where the catalogue has it."""
    if LANGUAGE.get() == ENGLISH:
        return text
    for message in (f"help.argparse.{each}" for each in _OF_ARGPARSE):
        if found := _form(message).fullmatch(text):
            values = found.groupdict()
            inner = {"fault": said_again(values["fault"])} if "fault" in values else {}
            return say(LANGUAGE.get(), message, **{**values, **inner})
    return text


def _near(word: str, known: Iterable[str]) -> str:
    return again(did_you_mean(word.strip("'"), [each.strip("'") for each in known]), LANGUAGE.get())


def _values(message: str, text: str) -> dict[str, str]:
    """Give the values of a sentence of the standard library; none where it is another."""
    found = _form(f"help.argparse.{message}").fullmatch(text)
    return found.groupdict() if found else {}


@cache
def _form(message: str) -> re.Pattern[str]:
    """Give the form of an English sentence, with a group for each of its values."""
    parts = Formatter().parse(catalogue(ENGLISH)[message])
    return re.compile("".join(re.escape(plain) + (f"(?P<{name}>.+?)" if name else "") for plain, name, *_ in parts))
