"""The command line: parse, call, print."""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from clinic_vetting.commands import advice, ask, authorities, batch, criteria, import_, pages, register, schema, vet
from clinic_vetting.commands.options import INTERRUPTED, UNREADABLE, tell
from clinic_vetting.errors import ClinicVettingError, Fault, InputError
from clinic_vetting.version import version

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (vet, advice, ask, batch, pages, import_, criteria, register, authorities, schema)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code.

    0: verdicts were given, whatever they are. 1: one is below `--fail-below`. 2: input could not be
    read; its faults are on standard error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        _import_measures(getattr(chosen, "measures", None))
        code: int = chosen.run(chosen)
        print(end="", flush=True)
    except ClinicVettingError as error:
        tell(str(error))
        return UNREADABLE
    except OSError as error:
        return _unwritable(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _import_measures(name: str | None) -> None:
    """Import a module from the Python path or the current folder, so that its measures are registered."""
    if name is None:
        return
    sys.path.insert(0, "")
    try:
        import_module(name)
    except Exception as error:  # noqa: BLE001 - it is the module's own code that runs
        got = f"{type(error).__name__}: {error}"
        hint = _hint(name) if isinstance(error, ModuleNotFoundError) else ""
        raise InputError([Fault("--measures", 0, name, "a Python module that can be imported", got, hint)]) from None


def _hint(name: str) -> str:
    """Say how a module is named, and where it is looked for."""
    stem = name.removesuffix(".py").replace(os.sep, ".")
    looked = "it is looked for in the current folder and on the Python path"
    return looked if stem == name else f"name a module, such as {stem}, and no file; {looked}"


def _unwritable(error: OSError) -> int:
    """Tell that standard output cannot be written; a closed pipe is told by the exit code alone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        return INTERRUPTED
    tell(f"<stdout>: expected room to write, got {error.strerror}")
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clinic-vetting", description="Vet cosmetic-injection clinics.")
    parser.add_argument("--version", action="version", version=f"clinic-vetting {version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for each in _COMMANDS:
        each.add(commands)
    return parser
