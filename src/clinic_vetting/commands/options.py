"""The options and the exit codes that several commands share."""

from __future__ import annotations

import argparse
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic_vetting import catalogue, words
from clinic_vetting.commands.help import later
from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.language import said
from clinic_vetting.shapes import Day, Scalar, Whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.criterion import CriteriaSet

GIVEN, BELOW, UNREADABLE, INTERRUPTED = 0, 1, 2, 130


def today() -> dt.date:
    """Read the clock: the one place that does."""
    return dt.date.today()  # noqa: DTZ011 - the reader's own day


def add_as_of(command: argparse.ArgumentParser) -> None:
    """Take the day of the verdict."""
    command.add_argument("--as-of", type=day, metavar="DATE", help="help.as_of")


def add_measures(command: argparse.ArgumentParser) -> None:
    """Take a module of the caller's measures."""
    command.add_argument("--measures", metavar="MODULE", help="help.measures")


def add_criteria(command: argparse.ArgumentParser) -> None:
    """Take a criteria set, and measures of its own."""
    add_measures(command)
    command.add_argument("--criteria", default=catalogue.DEFAULT, metavar="NAME-OR-PATH", help="help.default")


def add_format(command: argparse.ArgumentParser, *formats: str) -> None:
    """Take the format of what is written, the first where none is asked for."""
    command.add_argument("--format", choices=formats, default=formats[0], help="help.default")


def add_language(command: argparse.ArgumentParser, *, own: bool = False, writes: bool = True) -> None:
    """Take the language of all sentences; of help and faults alone where a command writes none.

    Where `own`, take the words of a criteria set of one's own in it, too.
    """
    values = {"languages": ", ".join(words.languages()), "english": words.ENGLISH}
    says = later("help.language" if writes else "help.language_of_help", **values)
    command.add_argument("--language", default=argparse.SUPPRESS, metavar="CODE", help=says)
    command.set_defaults(translation=None)
    if own:
        command.add_argument("--translation", metavar="FILE", help="help.translation")


def criteria_set(name: str, chosen: argparse.Namespace) -> CriteriaSet:
    """Read a criteria set with its words in the language that was chosen."""
    criteria = catalogue.load_criteria(name)
    if chosen.language == criteria.language and not chosen.translation:
        return criteria
    from clinic_vetting.translation import in_language, load_translation  # noqa: PLC0415 - who stays in English

    own = load_translation(chosen.translation, criteria) if chosen.translation else None
    return in_language(criteria, chosen.language, own)


def add_evidence(command: argparse.ArgumentParser) -> None:
    """Take what adds to the evidence of a dossier: registers, and what its reviews tell."""
    command.add_argument("--registers", metavar="PATH", help="help.registers")
    command.add_argument("--read-reviews", action="store_true", help="help.read_reviews")
    command.set_defaults(looked=False)


def day(text: str) -> dt.date:
    """Read a date of the command line."""
    found: dt.date = _read(Day(), text)
    return found


def named(text: str) -> str:
    """Read the name of a file or a folder; an empty one, such as a variable that nobody set, would be this folder."""
    if not text:
        raise unfit(words.told("fault.command.place"), repr(text))
    return text


def whole(least: int, most: int) -> Callable[[str], int]:
    """Give what reads a whole number of the command line, from `least` to `most`."""
    return partial(_read, Whole(least, most))


def _read(shape: Scalar, text: str) -> Any:
    """Read an option's value as a document's is read."""
    try:
        return shape.parse(text)
    except ValueError:
        raise unfit(shape.expected, repr(text)) from None


def unfit(expected: str, got: str) -> argparse.ArgumentTypeError:
    """Make the fault of an option's value."""
    return argparse.ArgumentTypeError(
        said(words.told("fault.command.value", expected=expected, got=got), LANGUAGE.get())
    )
