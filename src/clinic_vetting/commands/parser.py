"""The reader of the command line: its help and its faults are said in the language of whoever asks.

What a parser is given as help is the id of a message (`help.as_of`), so that a command starts without the catalogue.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from clinic_vetting.commands.help import said, said_again, value, values_of
from clinic_vetting.commands.options import UNREADABLE
from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.hints import did_you_mean
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.words import again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OPTION: Final = re.compile(r"\[-[^][]*\]")


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
        self.exit(UNREADABLE, f"{usage}; {said('help.tells_options')}\n{self.prog}: {harmless(told)}\n")

    def _meant(self, message: str) -> str:
        """Suggest the choice or the option that was meant, where one is near."""
        if choice := values_of("choice", values_of("argument", message).get("fault", message)):
            return _near(choice["given"], choice["choices"].split(", "))
        unknown = values_of("unrecognized", message).get("arguments", "").split()
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
        return super()._format_text(said(text))

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Callable[[int], tuple[str, ...]]:
        written = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(map(value, written(size)))

    def _get_help_string(self, action: argparse.Action) -> str:
        return said(action.help or "", default=action.default).replace("%", "%%")


def _near(word: str, known: Iterable[str]) -> str:
    return again(did_you_mean(word.strip("'"), [each.strip("'") for each in known]), LANGUAGE.get())
