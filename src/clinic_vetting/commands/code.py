"""`code`: what a scanned code holds, and how a dossier writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.commands.options import GIVEN, add_language
from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.language import told_error
from clinic_vetting.scanned import scanned
from clinic_vetting.words import cut, told

if TYPE_CHECKING:
    import argparse

_MOST: Final = 300
"""Characters of the reason why a code cannot be read, which may quote it."""


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
        expected, got, why = told("fault.command.gs1"), shown(chosen.code), cut(told_error(error), _MOST)
        raise InputError([Fault("code", 0, told("help.value.CODE"), expected, got, why)]) from None
    print(f'gs1: "{found}"')
    for each in found.elements:
        print(f"  {each.title}: {each.value}")
    return GIVEN
