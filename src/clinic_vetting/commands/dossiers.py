"""The dossiers that a command is given: read one after another, with the evidence that is asked for, and vetted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import document, dossier
from clinic_vetting.commands.options import GIVEN, UNREADABLE, named, today
from clinic_vetting.commands.speaking import tell
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import unreadable
from clinic_vetting.places import is_folder
from clinic_vetting.registers import looking
from clinic_vetting.verdict import vet
from clinic_vetting.words import told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

_DOSSIERS: Final = (".yaml", ".yml", ".json")


class Files(argparse.Action):
    """Takes names of dossiers and of folders of them."""

    def __call__(self, parser: object, namespace: argparse.Namespace, values: Any, option: object = None) -> None:  # noqa: ARG002
        """Keep the name of every dossier."""
        setattr(namespace, self.dest, files(values))


def add_dossiers(command: argparse.ArgumentParser) -> None:
    """Take any number of dossiers, and of folders of them."""
    command.add_argument("dossiers", type=named, nargs="+", metavar="DOSSIER", help="help.dossiers", action=Files)


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
        expected = told("fault.command.dossiers", kinds=", ".join(f"*{each}" for each in _DOSSIERS))
        return InputError([Fault(name, 0, "", expected, told("fault.none"))])
    expected, hint = told("fault.command.one_dossier"), told("fault.name_a_file_in_it")
    return InputError([Fault(name, 0, "", expected, told("fault.a_folder"), hint)])


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(document.MAX_BYTES + 1) if sys.stdin else b""
    except OSError as error:
        expected = told("fault.command.readable_input")
        raise InputError([Fault("<stdin>", 0, "", expected, str(error.strerror))]) from None
