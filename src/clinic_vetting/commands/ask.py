"""`ask`: an interview in the terminal, whose answers are written into the dossier."""

from __future__ import annotations

import argparse
import io
import sys
from typing import Any

from clinic_vetting.commands.options import (
    GIVEN,
    INTERRUPTED,
    add_as_of,
    add_criteria,
    add_language,
    criteria_set,
    today,
)
from clinic_vetting.commands.speaking import tell
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.words import say, told


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("ask", help="help.ask.says", description="help.ask.description")
    command.add_argument("dossier", metavar="DOSSIER", help="help.ask.dossier")
    add_criteria(command)
    add_language(command, own=True)
    add_as_of(command)
    command.set_defaults(run=_ask)


def _ask(chosen: argparse.Namespace) -> int:
    from clinic_vetting.interview import DossierFile, Talk  # noqa: PLC0415 - what only this needs

    if chosen.dossier == "-":
        expected, got, hint = (told(f"fault.ask.{each}") for each in ("file", "standard_input", "typed_there"))
        raise InputError([Fault("ask", 0, "DOSSIER", expected, got, hint)])
    file = DossierFile(chosen.dossier)
    talk = Talk(file, criteria_set(chosen.criteria, chosen), chosen.as_of or today(), _Terminal())
    try:
        talk.hold()
    except KeyboardInterrupt:
        tell(f"\n{say(chosen.language, 'interview.stopped', count=file.answers)}")
        return INTERRUPTED
    return GIVEN


class _Terminal:
    """Standard input and output."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="surrogateescape")

    def say(self, line: str) -> None:
        """Print a line."""
        print(line)

    def ask(self, prompt: str) -> str:
        """Print a prompt, and give the line that is typed."""
        print(prompt, end="", flush=True)
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise EOFError
        return line
