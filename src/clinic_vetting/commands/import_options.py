"""What the imports of one clinic share: their options, and how they show what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import attrs

from clinic_vetting import dossier
from clinic_vetting.clinic import Clinic
from clinic_vetting.commands.options import GIVEN, UNREADABLE, add_language
from clinic_vetting.commands.speaking import LANGUAGE, tell
from clinic_vetting.document import yaml_text
from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.words import again

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


class Found(Protocol):
    """What came of an import: a clinic, sentences on what is no evidence, and what could not be read."""

    @property
    def clinic(self) -> Clinic:
        """Give the clinic."""

    @property
    def told(self) -> tuple[str, ...]:
        """Give the sentences."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Give what could not be read."""


def write(found: Found, chosen: argparse.Namespace) -> int:
    """Print the dossier, what the import says itself in the language of whoever runs it; tell the rest.

    Give the exit code.
    """
    clinic = attrs.evolve(found.clinic, treatments=chosen.treatment)
    print(yaml_text.dump(dossier.plain(_spoken(clinic, LANGUAGE.get()))), end="")
    for each in (*found.told, *found.faults):
        tell(each)
    return UNREADABLE if found.faults else GIVEN


def _spoken(value: Any, language: str) -> Any:
    """Say every message within a record in a language."""
    if isinstance(value, str):
        return again(value, language)
    if isinstance(value, tuple):
        return tuple(_spoken(each, language) for each in value)
    if not attrs.has(type(value)):
        return value
    held = {each.name: getattr(value, each.name) for each in attrs.fields(type(value)) if each.init}
    return attrs.evolve(
        value, **{name: said for name, each in held.items() if (said := _spoken(each, language)) != each}
    )
