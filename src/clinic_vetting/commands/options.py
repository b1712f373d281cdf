"""What several commands share: options, exit codes, the reading of dossiers."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import catalogue, document, dossier, standard_error, words
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import unreadable
from clinic_vetting.language import said
from clinic_vetting.places import is_folder
from clinic_vetting.registers import looking
from clinic_vetting.shapes import Day
from clinic_vetting.verdict import vet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

_DOSSIERS: Final = (".yaml", ".yml", ".json")
LANGUAGE: Final = ContextVar("LANGUAGE", default=words.ENGLISH)
"""What the command speaks to whoever runs it."""
GIVEN, BELOW, UNREADABLE, INTERRUPTED = 0, 1, 2, 130


class Later(str):
    """The id of a message of help, said when it is shown; its values stand beside it."""

    __slots__ = ("values",)

    values: dict[str, object]


def later(message: str, **values: object) -> Later:
    """Name a message of help that takes values; one that takes none, or `default`, is named by its id alone."""
    found = Later(message)
    found.values = values
    return found


class Files(argparse.Action):
    """Takes names of dossiers and of folders of them."""

    def __call__(self, parser: object, namespace: argparse.Namespace, values: Any, option: object = None) -> None:  # noqa: ARG002
        """Keep the name of every dossier."""
        setattr(namespace, self.dest, files(values))


def today() -> dt.date:
    """Read the clock: the one place that does."""
    return dt.date.today()  # noqa: DTZ011 - the reader's own day


def add_dossiers(command: argparse.ArgumentParser) -> None:
    """Take any number of dossiers, and of folders of them."""
    command.add_argument("dossiers", nargs="+", metavar="DOSSIER", help="help.dossiers", action=Files)


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


def gathered(chosen: argparse.Namespace, as_of: dt.date) -> AbstractContextManager[Callable[[Clinic], Clinic]]:
    """Give what adds to a clinic the evidence that the command line asks for."""
    tell_registers(chosen, as_of)
    return looking.gathered(chosen.registers, as_of, reviews=chosen.read_reviews)


def tell_registers(chosen: argparse.Namespace, as_of: dt.date) -> None:
    """Tell, once a run, that there is nothing to look up by in the registers that were asked for."""
    note = None if chosen.looked else looking.nothing_by(chosen.registers, as_of)
    chosen.looked = True
    if note:
        tell(note)


def verdicts(chosen: argparse.Namespace, criteria: CriteriaSet) -> Iterator[tuple[Verdict | None, int]]:
    """Vet each dossier with the evidence that the command line asks for; give no verdict on one that has faults."""
    as_of = chosen.as_of or today()
    with gathered(chosen, as_of) as enriched:
        for clinic, code in clinics(chosen.dossiers):
            yield vet(enriched(clinic), criteria, as_of=as_of) if clinic else None, code


def day(text: str) -> dt.date:
    """Read a date of the command line."""
    try:
        return Day().parse(text)
    except ValueError:
        raise unfit(words.told("fault.shapes.day"), repr(text)) from None


def unfit(expected: str, got: str) -> argparse.ArgumentTypeError:
    """Make the fault of an option's value."""
    return argparse.ArgumentTypeError(
        said(words.told("fault.command.value", expected=expected, got=got), LANGUAGE.get())
    )


def files(names: list[str]) -> list[str]:
    """Name every dossier: a folder stands for its `*.yaml`, `*.yml` and `*.json`, in the order of their names."""
    return [each for name in names for each in _within(name)]


def _within(name: str) -> list[str]:
    try:
        inside = sorted(Path(name).iterdir()) if name != "-" else []
    except (OSError, ValueError):
        return [name]
    found = [str(each) for each in inside if each.suffix.lower() in _DOSSIERS and not each.name.startswith(".")]
    return found or [name]


def clinics(names: list[str]) -> Iterator[tuple[Clinic | None, int]]:
    """Read each dossier; tell the faults of one that cannot be read, and go on."""
    for name in names:
        try:
            yield clinic(name, several=True), GIVEN
        except InputError as error:
            print(end="", flush=True)
            tell(error)
            yield None, UNREADABLE


def clinic(name: str, *, several: bool = False) -> Clinic:
    """Read a dossier from a file, or from standard input where its name is `-`; a command may take `several`."""
    if name == "-":
        return dossier.parse_clinic(_standard_input(), "<stdin>")
    try:
        return dossier.load_clinic(name)
    except InputError:
        if not is_folder(name):
            raise
        raise _folder(name, several=several) from None


def _folder(name: str, *, several: bool) -> InputError:
    """Tell of a folder that holds no dossier, that nobody may look into, or that stands where one dossier is wanted."""
    if several:
        try:
            next(Path(name).iterdir(), None)
        except OSError as error:
            return unreadable(name, error)
        expected = words.told("fault.command.dossiers", kinds=", ".join(f"*{each}" for each in _DOSSIERS))
        return InputError([Fault(name, 0, "", expected, words.told("fault.none"))])
    expected, hint = words.told("fault.command.one_dossier"), words.told("fault.name_a_file_in_it")
    return InputError([Fault(name, 0, "", expected, words.told("fault.a_folder"), hint)])


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(document.MAX_BYTES + 1) if sys.stdin else b""
    except OSError as error:
        expected = words.told("fault.command.readable_input")
        raise InputError([Fault("<stdin>", 0, "", expected, str(error.strerror))]) from None


def tell(what: object) -> None:
    """Write an error, a fault or a message to standard error, in the reader's language."""
    standard_error.tell(what, LANGUAGE.get())


def spoken(what: object) -> str:
    """Say an error, a fault or a message in the reader's language, each line harmless in a terminal."""
    return standard_error.spoken(what, LANGUAGE.get())
