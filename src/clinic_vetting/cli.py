"""The command `clinic-vetting`: parse, call, print. The only place that reads the clock."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from clinic_vetting import catalogue, document, dossier, reports, schema
from clinic_vetting.document import yaml_text
from clinic_vetting.errors import ClinicVettingError, Fault, InputError, did_you_mean
from clinic_vetting.reports.criteria_text import criteria_text
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.shapes import Day
from clinic_vetting.verdict import vet
from clinic_vetting.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

GIVEN, BELOW, UNREADABLE, INTERRUPTED = 0, 1, 2, 130
_MOST_JOBS = 256


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
        _tell(str(error))
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
        raise InputError([Fault("--measures", 0, name, "a Python module that can be imported", got)]) from None


def _unwritable(error: OSError) -> int:
    """Tell that standard output cannot be written; a closed pipe is told by the exit code alone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        return INTERRUPTED
    _tell(f"<stdout>: expected room to write, got {error.strerror}")
    return UNREADABLE


def _tell(message: str) -> None:
    """Write to standard error; where that cannot be written either, only the exit code tells."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(message, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clinic-vetting", description="Vet cosmetic-injection clinics.")
    parser.add_argument("--version", action="version", version=f"clinic-vetting {version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_vet(commands)
    _add_check(commands)
    _add_batch(commands)
    _add_criteria(commands)
    _add_schema(commands)
    return parser


def _add_vet(commands: Any) -> None:
    command = commands.add_parser("vet", help="give verdicts", description="Give one verdict for each dossier.")
    command.add_argument("dossiers", nargs="+", metavar="DOSSIER", help="a YAML or JSON file, or - for standard input")
    _add_criteria_option(command)
    command.add_argument("--as-of", type=_day, metavar="DATE", help="what was known on this day (default: today)")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    command.add_argument("--fail-below", metavar="BAND", help="exit with 1 where a verdict is worse, or not rated")
    command.set_defaults(run=_vet)


def _add_check(commands: Any) -> None:
    command = commands.add_parser("check", help="find every fault in dossiers", description="Find every fault.")
    command.add_argument("dossiers", nargs="+", metavar="DOSSIER", help="a YAML or JSON file, or - for standard input")
    _add_criteria_option(command)
    command.set_defaults(run=_check)


def _add_batch(commands: Any) -> None:
    command = commands.add_parser(
        "batch", help="give verdicts on many clinics", description="Give one verdict for each line of dossiers as JSON."
    )
    command.add_argument("source", metavar="IN", help="dossiers, plain, gzip or zstd; - for standard input")
    command.add_argument("target", metavar="OUT", help="verdicts, one a line; - for standard output")
    _add_criteria_option(command)
    command.add_argument("--as-of", type=_day, metavar="DATE", help="what was known on this day (default: today)")
    command.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes; 0: one a core (default: 1)")
    command.add_argument("--errors", metavar="FILE", help="lines that cannot be read (default: tell on standard error)")
    again = command.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on where the run before ended")
    again.add_argument("--overwrite", action="store_true", help="write over finished outputs")
    command.set_defaults(run=_batch)


def _add_criteria(commands: Any) -> None:
    criteria = commands.add_parser("criteria", help="list or show criteria sets").add_subparsers(
        required=True, metavar="COMMAND"
    )
    listed = criteria.add_parser("list", help="list the shipped sets")
    listed.set_defaults(run=_list)
    shown = criteria.add_parser("show", help="show a resolved set")
    shown.add_argument("name", metavar="NAME", help="a shipped set, or a file")
    shown.add_argument("--format", choices=("text", "yaml", "json"), default="text", help="default: text")
    shown.add_argument("--measures", metavar="MODULE", help="a Python module that registers measures of your own")
    shown.set_defaults(run=_show)


def _add_schema(commands: Any) -> None:
    command = commands.add_parser("schema", help="print a JSON Schema")
    command.add_argument("name", choices=schema.NAMES)
    command.set_defaults(run=_schema)


def _add_criteria_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--measures", metavar="MODULE", help="a Python module that registers measures of your own")
    command.add_argument(
        "--criteria", default=catalogue.DEFAULT, metavar="NAME-OR-PATH", help=f"default: {catalogue.DEFAULT}"
    )


def _vet(chosen: argparse.Namespace) -> int:
    criteria = catalogue.load_criteria(chosen.criteria)
    least = _least_band(criteria, chosen.fail_below)
    as_of = chosen.as_of or dt.date.today()  # noqa: DTZ011 - the reader's own day
    codes = {GIVEN}
    for number, (clinic, code) in enumerate(_clinics(chosen.dossiers)):
        codes.add(code)
        if clinic is not None:
            verdict = vet(clinic, criteria, as_of=as_of)
            _print(verdict, chosen.format, first=number == 0)
            codes.add(BELOW if least is not None and _is_below(verdict, least) else GIVEN)
    return max(codes)


def _check(chosen: argparse.Namespace) -> int:
    criteria = catalogue.load_criteria(chosen.criteria)
    codes = {GIVEN}
    for name, (clinic, code) in zip(chosen.dossiers, _clinics(chosen.dossiers), strict=True):
        codes.add(code)
        if clinic is not None:
            warnings = vet(clinic, criteria, as_of=dt.date.today()).warnings  # noqa: DTZ011
            print(f"{harmless(name)}: no faults, warnings: {len(warnings)}")
            for each in warnings:
                print(f"  {harmless(each)}")
    return max(codes)


def _batch(chosen: argparse.Namespace) -> int:
    from clinic_vetting.batch import run  # noqa: PLC0415 - only this command needs processes

    return run.run(
        run.Options(
            source=chosen.source,
            target=chosen.target,
            errors=chosen.errors,
            criteria=catalogue.load_criteria(chosen.criteria),
            as_of=chosen.as_of,
            today=dt.date.today(),  # noqa: DTZ011 - the reader's own day
            jobs=chosen.jobs or os.cpu_count() or 1,
            resume=chosen.resume,
            overwrite=chosen.overwrite,
        )
    )


def _clinics(names: list[str]) -> Iterator[tuple[Clinic | None, int]]:
    """Read each dossier; tell the faults of one that cannot be read, and go on."""
    for name in names:
        try:
            yield _clinic(name), GIVEN
        except InputError as error:
            print(end="", flush=True)
            _tell(str(error))
            yield None, UNREADABLE


def _clinic(name: str) -> Clinic:
    if name == "-":
        return dossier.parse_clinic(_standard_input(), "<stdin>")
    return dossier.load_clinic(name)


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(document.MAX_BYTES + 1) if sys.stdin else b""
    except OSError as error:
        raise InputError([Fault("<stdin>", 0, "", "readable input", str(error.strerror))]) from None


def _print(verdict: Verdict, form: str, *, first: bool) -> None:
    if form == "json":
        print(reports.to_json(verdict))
        return
    colour = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    print(("" if first else "\n" + "=" * 78 + "\n\n") + reports.to_text(verdict, colour=colour), end="")


def _least_band(criteria: CriteriaSet, name: str | None) -> int | None:
    if name is None:
        return None
    ids = [band.id for band in criteria.bands]
    if name not in ids:
        fault = Fault("--fail-below", 0, criteria.id, f"one of {', '.join(ids)}", repr(name), did_you_mean(name, ids))
        raise InputError([fault])
    return ids.index(name)


def _is_below(verdict: Verdict, least: int) -> bool:
    return verdict.band is None or verdict.criteria.bands.index(verdict.band) > least


def _list(_: argparse.Namespace) -> int:
    for name in catalogue.shipped():
        criteria = catalogue.load_criteria(name)
        print(f"{name}  {criteria.version}  {sum(1 for _ in criteria.criteria())} criteria  {criteria.title}")
    return GIVEN


def _show(chosen: argparse.Namespace) -> int:
    criteria = catalogue.load_criteria(chosen.name)
    tree = catalogue.plain_criteria(criteria)
    match chosen.format:
        case "json":
            print(json.dumps(tree, indent=1))
        case "yaml":
            print(yaml_text.dump(tree), end="")
        case _:
            print(criteria_text(criteria), end="")
    return GIVEN


def _schema(chosen: argparse.Namespace) -> int:
    print(json.dumps(schema.schema(chosen.name), indent=2))
    return GIVEN


def _day(text: str) -> dt.date:
    try:
        return Day().parse(text)
    except ValueError:
        message = f"expected a date as YYYY-MM-DD, got {text!r}"
        raise argparse.ArgumentTypeError(message) from None


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_JOBS:
        message = f"expected a whole number from 0 to {_MOST_JOBS}, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
