"""What several commands share: options, exit codes, the reading of dossiers."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import sys
from typing import TYPE_CHECKING

from clinic_vetting import catalogue, document, dossier, words
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.registers.looking import looked_up
from clinic_vetting.reviews import read_reviews
from clinic_vetting.shapes import Day
from clinic_vetting.translation import in_language, load_translation
from clinic_vetting.verdict import vet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

GIVEN, BELOW, UNREADABLE, INTERRUPTED = 0, 1, 2, 130


def today() -> dt.date:
    """Read the clock: the one place that does."""
    return dt.date.today()  # noqa: DTZ011 - the reader's own day


def add_dossiers(command: argparse.ArgumentParser) -> None:
    """Take any number of dossiers."""
    command.add_argument("dossiers", nargs="+", metavar="DOSSIER", help="a YAML or JSON file, or - for standard input")


def add_as_of(command: argparse.ArgumentParser) -> None:
    """Take the day of the verdict."""
    command.add_argument("--as-of", type=day, metavar="DATE", help="what was known on this day (default: today)")


def add_measures(command: argparse.ArgumentParser) -> None:
    """Take a module of the caller's measures."""
    command.add_argument("--measures", metavar="MODULE", help="a Python module that registers measures of your own")


def add_criteria(command: argparse.ArgumentParser) -> None:
    """Take a criteria set, and measures of its own."""
    add_measures(command)
    command.add_argument(
        "--criteria", default=catalogue.DEFAULT, metavar="NAME-OR-PATH", help=f"default: {catalogue.DEFAULT}"
    )


def add_language(command: argparse.ArgumentParser, *, own: bool = True) -> None:
    """Take the language of what is written, and the words in it of a criteria set of one's own."""
    says = f"of sentences: {', '.join(words.languages())} (default: {words.ENGLISH})"
    command.add_argument("--language", default=words.ENGLISH, metavar="CODE", help=says)
    if own:
        command.add_argument("--translation", metavar="FILE", help="the words of a criteria set of your own in it")


def criteria_set(name: str, chosen: argparse.Namespace) -> CriteriaSet:
    """Read a criteria set with its words in the language that was chosen."""
    criteria = catalogue.load_criteria(name)
    words.known(chosen.language)
    own = load_translation(chosen.translation, criteria) if chosen.translation else None
    return in_language(criteria, chosen.language, own)


def add_registers(command: argparse.ArgumentParser) -> None:
    """Take a database of registers."""
    command.add_argument("--registers", metavar="PATH", help="look up in the registers of this database")


def add_evidence(command: argparse.ArgumentParser) -> None:
    """Take what adds to the evidence of a dossier: registers, and what its reviews tell."""
    add_registers(command)
    command.add_argument(
        "--read-reviews", action="store_true", help="read what the reviews tell of harm, and signs of manipulation"
    )


@contextlib.contextmanager
def gathered(chosen: argparse.Namespace, as_of: dt.date) -> Iterator[Callable[[Clinic], Clinic]]:
    """Give what adds to a clinic the evidence that the command line asks for."""
    with looked_up(chosen.registers, as_of) as enriched:
        yield lambda clinic: enriched(read_reviews(clinic, as_of=as_of) if chosen.read_reviews else clinic)


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
        message = f"expected a date as YYYY-MM-DD, got {text!r}"
        raise argparse.ArgumentTypeError(message) from None


def clinics(names: list[str]) -> Iterator[tuple[Clinic | None, int]]:
    """Read each dossier; tell the faults of one that cannot be read, and go on."""
    for name in names:
        try:
            yield clinic(name), GIVEN
        except InputError as error:
            print(end="", flush=True)
            tell(str(error))
            yield None, UNREADABLE


def clinic(name: str) -> Clinic:
    """Read a dossier from a file, or from standard input where its name is `-`."""
    if name == "-":
        return dossier.parse_clinic(_standard_input(), "<stdin>")
    return dossier.load_clinic(name)


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(document.MAX_BYTES + 1) if sys.stdin else b""
    except OSError as error:
        raise InputError([Fault("<stdin>", 0, "", "readable input", str(error.strerror))]) from None


def tell(message: str) -> None:
    """Write to standard error; where that cannot be written either, only the exit code tells."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(message, file=sys.stderr, flush=True)
