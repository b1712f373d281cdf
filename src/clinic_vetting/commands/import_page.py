"""`import page`: what a clinic's own page says of it, as a dossier."""

from __future__ import annotations

import argparse
from typing import Any

import attrs

from clinic_vetting import dossier
from clinic_vetting.clinic import Clinic
from clinic_vetting.commands.options import GIVEN, UNREADABLE, add_language, day, tell
from clinic_vetting.document import yaml_text
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.words import told


def add(formats: Any) -> None:
    """Add `import page`."""
    command = formats.add_parser("page", help="help.import.page.help", description="help.import.page.description")
    command.add_argument("file", metavar="FILE.html", help="help.import.page.file")
    command.add_argument("--seen", type=day, metavar="DATE", help="help.import.page.seen")
    command.add_argument("--id", help="help.import.page.id")
    command.add_argument("--treatment", action="append", default=[], help="help.import.treatment")
    add_language(command)
    command.set_defaults(run=_page)


def _page(chosen: argparse.Namespace) -> int:
    from clinic_vetting.schema_org import from_page, open_page  # noqa: PLC0415 - what only this needs

    _check(chosen)
    found = from_page(open_page(chosen.file), clinic_id=chosen.id, seen=chosen.seen)
    clinic = attrs.evolve(found.clinic, treatments=chosen.treatment)
    print(yaml_text.dump(dossier.plain(clinic)), end="")
    for sentence in found.told:
        tell(sentence)
    for fault in found.faults:
        tell(fault)
    return UNREADABLE if found.faults else GIVEN


def _check(chosen: argparse.Namespace) -> None:
    """Refuse options that no dossier takes.

    Raises:
        InputError: One of them is such.
    """
    known, given = attrs.fields_dict(Clinic), {"id": chosen.id or "any", "treatments": tuple(chosen.treatment)}
    for name, value in given.items():
        if problem := known[name].metadata["shape"].problem(value):
            expected = told("fault.page.option", name=repr(name), problem=problem, value=repr(value))
            got = told("fault.page.what_was_given")
            raise InputError([Fault("import page", 0, "--id, --treatment", expected, got)])
