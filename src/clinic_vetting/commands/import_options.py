"""What the imports of one clinic take of whoever runs them: its id, and what is vetted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from clinic_vetting.clinic import Clinic
from clinic_vetting.commands.options import add_language
from clinic_vetting.errors import Fault, InputError, shown

if TYPE_CHECKING:
    import argparse


def add_clinic(command: argparse.ArgumentParser, says: str) -> None:
    """Take the clinic's id, of which help tells by the message `says`, its treatments and the language."""
    command.add_argument("--id", help=says)
    command.add_argument("--treatment", action="append", default=[], help="help.import.treatment")
    add_language(command)


def check_clinic(chosen: argparse.Namespace, command: str) -> None:
    """Refuse an id or treatments that no dossier takes.

    Raises:
        InputError: They are such.
    """
    known, given = attrs.fields_dict(Clinic), {"id": chosen.id or "any", "treatments": tuple(chosen.treatment)}
    for name, value in given.items():
        if problem := known[name].metadata["shape"].problem(value):
            option, got = ("--id", value) if name == "id" else ("--treatment", ", ".join(value))
            raise InputError([Fault(command, 0, option, problem, shown(str(got)))])
