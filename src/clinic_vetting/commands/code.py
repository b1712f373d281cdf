"""`code`: what a scanned code holds, and how a dossier writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic_vetting.commands.options import GIVEN, add_language
from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.scanned import scanned
from clinic_vetting.words import told

if TYPE_CHECKING:
    import argparse


def add(commands: Any) -> None:
    """Add `code`."""
    command = commands.add_parser("code", help="help.code.says")
    command.add_argument("code", metavar="CODE", help="help.code.code")
    add_language(command, writes=False)
    command.set_defaults(run=_code)


def _code(chosen: argparse.Namespace) -> int:
    try:
        found = scanned(chosen.code)
    except ValueError as error:
        raise InputError(
            [Fault("code", 0, "CODE", told("fault.command.gs1"), shown(chosen.code), shown(str(error)))]
        ) from None
    print(f'gs1: "{found}"')
    for each in found.elements:
        print(f"  {each.title}: {each.value}")
    return GIVEN
