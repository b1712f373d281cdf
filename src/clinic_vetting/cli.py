"""The command line: parse, call, print."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import nullcontext, redirect_stdout
from contextvars import copy_context
from importlib import import_module
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final, NoReturn

from clinic_vetting.commands.options import INTERRUPTED, UNREADABLE, add_language
from clinic_vetting.commands.parser import Parser
from clinic_vetting.commands.speaking import LANGUAGE, tell
from clinic_vetting.errors import ClinicVettingError, Fault, InputError
from clinic_vetting.hints import closed_output, unwritable
from clinic_vetting.language import known
from clinic_vetting.words import ENGLISH, languages, told

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "vet": ("vet", "check"),
    "advice": ("fixes", "forecast", "robustness", "diff", "compare"),
    "ask": ("ask",),
    "batch": ("batch",),
    "pages": ("pages",),
    "import_": ("import",),
    "criteria": ("criteria",),
    "register": ("register",),
    "authorities": ("authorities",),
    "code": ("code",),
    "schema": ("schema",),
}
"""The modules in `commands`, and the commands that each adds; only the one that is asked for is loaded."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code.

    0: verdicts were given, whatever they are. 1: one is below `--fail-below`, a number cannot exist, or lint
    found what has to be mended. 2: input could not be read; its faults are on standard error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with redirect_stdout(_Closed()) if sys.stdout is None else nullcontext():
        return copy_context().run(_run, sys.argv[1:] if arguments is None else arguments)


def _run(given: Sequence[str]) -> int:
    """Run it; the language is that of this run alone."""
    LANGUAGE.set(_spoken(given))
    try:
        chosen = _asked(given)
        LANGUAGE.set(known(chosen.language))
        _import_measures(getattr(chosen, "measures", None))
        code: int = chosen.run(chosen)
        print(end="", flush=True)
    except ClinicVettingError as error:
        tell(error)
        return UNREADABLE
    except OSError as error:
        return _failed(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _asked(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line; help, and the version, are all that some runs write."""
    try:
        return _parser(*given[:1]).parse_args(given)
    except SystemExit:
        print(end="", flush=True)
        raise


def _spoken(given: Sequence[str]) -> str:
    """Find the language that is asked for, before the options are understood; English where it is none."""
    options = tuple(takewhile(lambda each: each != "--", given))
    asked = ((each.partition("="), after) for each, after in pairwise((*options, "")))
    named = [
        text or after for (name, _, text), after in asked if len(name) > len("--") and "--language".startswith(name)
    ]
    return named[-1] if named and named[-1] in languages() else ENGLISH


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
        raise InputError([Fault("--measures", 0, name, told("fault.command.module"), got, hint)]) from None


def _hint(name: str) -> str:
    """Say how a module is named, and where it is looked for."""
    stem = name.removesuffix(".py").replace(os.sep, ".")
    looked = told("fault.command.looked")
    return looked if stem == name else told("fault.command.name_a_module", stem=stem, looked=looked)


def _failed(error: OSError) -> int:
    """Tell of a file, or that standard output cannot be written; a closed pipe is told by the exit code alone."""
    if error.filename is not None:
        tell(InputError([Fault(str(error.filename), 0, "", told("fault.command.usable"), str(error.strerror))]))
        return UNREADABLE
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        return INTERRUPTED
    tell(unwritable("<stdout>", error, told("fault.command.room")))
    return UNREADABLE


class _Closed(io.StringIO):
    """Stands in for standard output where that is closed: whoever writes to it is told that nothing arrives."""

    def write(self, text: str) -> int:
        if text:
            raise closed_output()
        return 0

    @property
    def buffer(self) -> NoReturn:
        raise closed_output()


class _Version(argparse.Action):
    """Shows the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from clinic_vetting.version import version  # noqa: PLC0415 - other commands start without it

        print(f"clinic-vetting {version()}")
        parser.exit()


def _parser(command: str = "") -> argparse.ArgumentParser:
    parser = Parser(prog="clinic-vetting", description="help.program")
    parser.set_defaults(language=ENGLISH)
    add_language(parser)
    parser.add_argument("--version", action=_Version, nargs=0, help="help.version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    wanted = [module for module, names in COMMANDS.items() if command in names]
    for each in wanted or COMMANDS:
        import_module(f"clinic_vetting.commands.{each}").add(commands)
    return parser
