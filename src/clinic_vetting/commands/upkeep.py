"""`criteria lint`, `diff`, `changes` and `backtest`: criteria as a maintained thing."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

import attrs

from clinic_vetting import catalogue
from clinic_vetting.commands.dossiers import Files, clinics
from clinic_vetting.commands.options import (
    BELOW,
    GIVEN,
    UNREADABLE,
    add_as_of,
    add_format,
    add_language,
    add_measures,
    named,
    today,
)
from clinic_vetting.commands.speaking import tell
from clinic_vetting.errors import BatchError, ExtraError, Fault, InputError
from clinic_vetting.extras import missing
from clinic_vetting.translation import in_language
from clinic_vetting.upkeep import lint, texts
from clinic_vetting.upkeep.difference import difference
from clinic_vetting.verdict import vet
from clinic_vetting.words import again, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.upkeep.backtest import Backtest

_LINES = (".ndjson", ".jsonl")


def add(criteria: Any) -> None:
    """Add the commands to those of `criteria`."""
    command = _command(criteria, "lint", _lint, "NAME-OR-PATH", own=True)
    rules: Any = {"choices": lint.NAMES, "metavar": "RULE", "help": "help.upkeep.accept"}
    command.add_argument("--accept", action="append", default=[], **rules)
    _command(criteria, "diff", _diff, "OLD", "NEW")
    _command(criteria, "changes", _changes, "NAME-OR-PATH")
    command = _command(criteria, "backtest", _backtest, "OLD", "NEW")
    command.add_argument(
        "dossiers", type=named, nargs="+", metavar="DOSSIER", help="help.upkeep.dossiers", action=Files
    )
    add_as_of(command)


def _command(criteria: Any, name: str, run: Any, *sets: str, own: bool = False) -> argparse.ArgumentParser:
    says, description = f"help.upkeep.{name}", f"help.upkeep.description.{name}"
    command: argparse.ArgumentParser = criteria.add_parser(name, help=says, description=description)
    for each in sets:
        command.add_argument(each.split("-")[0].lower(), metavar=each, help="help.criteria.set")
    add_format(command, "text", "json")
    add_measures(command)
    add_language(command, own=own)
    command.set_defaults(run=run)
    return command


def _print(chosen: argparse.Namespace, text: str, tree: Any) -> None:
    print(json.dumps(tree) if chosen.format == "json" else text, end="\n" if chosen.format == "json" else "")


def _lint(chosen: argparse.Namespace) -> int:
    """Give 1 where something has to be mended that nobody accepted; notes are no reason."""
    found = lint.lint_set(chosen.name, chosen.language, chosen.translation)
    accepted = tuple(chosen.accept)
    _print(chosen, texts.lint_text(found, accepted, chosen.language), found.tree(chosen.language))
    return BELOW if found.failing(accepted) else GIVEN


def _diff(chosen: argparse.Namespace) -> int:
    found = difference(catalogue.load_criteria(chosen.old), catalogue.load_criteria(chosen.new))
    _print(chosen, texts.difference_text(found, chosen.language), found.tree())
    return GIVEN


def _changes(chosen: argparse.Namespace) -> int:
    criteria = catalogue.load_criteria(chosen.name)
    root = catalogue.root(chosen.name)
    changes = in_language(criteria, chosen.language).changes
    told = [{name: again(text, chosen.language) for name, text in attrs.asdict(each).items()} for each in changes]
    tree = {"criteria_changes": 1, "changes": told, "diff": difference(root, criteria).tree()}
    _print(chosen, texts.changes_text(criteria, root, chosen.language), tree)
    return GIVEN


def _backtest(chosen: argparse.Namespace) -> int:
    try:
        from clinic_vetting.upkeep import backtest_report  # noqa: PLC0415 - needs the extra
    except ImportError:
        raise missing(extra="matrix", what="criteria backtest") from None
    found, code = _tested(chosen)
    _print(chosen, backtest_report.backtest_text(found, chosen.language), backtest_report.backtest_tree(found))
    return code


def _tested(chosen: argparse.Namespace) -> tuple[Backtest, int]:
    """Vet every dossier once, and by the new set only where it asks or decides anything otherwise."""
    from clinic_vetting.upkeep.backtest import backtest  # noqa: PLC0415 - needs the extra
    from clinic_vetting.upkeep.corpus import Gathering, suffices  # noqa: PLC0415 - needs the extra

    old, new = (catalogue.load_criteria(name) for name in (chosen.old, chosen.new))
    as_of, codes = chosen.as_of or today(), {GIVEN}
    gatherings = [Gathering(each) for each in ([old] if suffices(old, new) else [old, new])]
    for clinic in _each(chosen.dossiers):
        if clinic is None:
            codes.add(UNREADABLE)
            continue
        for gathering in gatherings:
            gathering.add(vet(clinic, gathering.criteria, as_of=as_of))
    corpora = [each.corpus() for each in gatherings]
    if not corpora[0].names:
        expected, got = told("fault.upkeep.one_dossier"), told("fault.upkeep.none")
        raise InputError([Fault("backtest", 0, "dossiers", expected, got)])
    return backtest(old, new, *corpora), max(codes)


def _each(names: list[str]) -> Iterator[Clinic | None]:
    """Read every dossier; tell the faults of one that cannot be read, and go on."""
    for name in names:
        if name == "-" or name.removesuffix(".gz").removesuffix(".zst").endswith(_LINES):
            yield from _lines(name)
        else:
            yield from (clinic for clinic, _ in clinics([name]))


def _lines(name: str) -> Iterator[Clinic | None]:
    from clinic_vetting.batch.lines import LineReader  # noqa: PLC0415 - only this command reads lines
    from clinic_vetting.batch.scoring import read_line  # noqa: PLC0415 - only this command reads lines
    from clinic_vetting.batch.unpacking import open_source  # noqa: PLC0415 - only this command reads lines

    try:
        source = open_source(name)
    except (BatchError, ExtraError) as error:
        tell(error)
        yield None
        return
    for chunk in LineReader(source.file).chunks():
        for line in chunk.lines:
            try:
                yield read_line(line)
            except InputError as error:
                faults = (attrs.evolve(each, file=source.name, line=line.number) for each in error.faults)
                tell(InputError(faults))
                yield None
    source.close()
