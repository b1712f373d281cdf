"""`fixes`, `forecast`, `robustness`, `diff` and `compare`: what to do about verdicts, and why they differ."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import advice
from clinic_vetting.advice.forecast import HORIZON
from clinic_vetting.advice.remedies import MOST_SETS
from clinic_vetting.commands.dossiers import add_dossiers, clinic, clinics, gathered
from clinic_vetting.commands.help import later
from clinic_vetting.commands.options import (
    GIVEN,
    add_as_of,
    add_criteria,
    add_evidence,
    add_format,
    add_language,
    criteria_set,
    day,
    today,
    whole,
)
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.reports import advice_json, advice_text, sides_text
from clinic_vetting.verdict import vet
from clinic_vetting.words import told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

_MOST: Final = 1000


def add(commands: Any) -> None:
    """Add the commands."""
    command = _one(commands, "fixes", "help.fixes.says", _fixes)
    command.add_argument("--most", type=whole(1, _MOST), default=MOST_SETS, metavar="N", help="help.fixes.most")
    command = _one(commands, "forecast", "help.forecast.says", _forecast)
    until = later("help.forecast.until", count=HORIZON.count)
    command.add_argument("--until", type=day, metavar="DATE", help=until)
    _one(commands, "robustness", "help.robustness.says", _robustness)
    command = commands.add_parser("diff", help="help.diff.says")
    command.add_argument("first", metavar="A", help="help.diff.first")
    command.add_argument("second", metavar="B", nargs="?", help="help.diff.second")
    command.add_argument("--as-of-b", type=day, metavar="DATE", help="help.diff.as_of_b")
    command.add_argument("--criteria-b", metavar="NAME-OR-PATH", help="help.diff.criteria_b")
    _shared(command, _diff)
    command = commands.add_parser("compare", help="help.compare.says")
    add_dossiers(command)
    _shared(command, _compare)


def _one(commands: Any, name: str, says: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=says)
    command.add_argument("dossier", metavar="DOSSIER", help="help.dossier")
    _shared(command, run)
    return command


def _shared(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    add_criteria(command)
    add_as_of(command)
    add_evidence(command)
    add_language(command, own=True)
    add_format(command, "text", "json")
    command.set_defaults(run=run)


def _fixes(chosen: argparse.Namespace) -> int:
    verdict = _verdict(chosen)
    found = advice.remedies(verdict, most=chosen.most)
    return _print(
        chosen, lambda: advice_text.fixes_text(verdict, found), lambda: advice_json.fixes_tree(verdict, found)
    )


def _forecast(chosen: argparse.Namespace) -> int:
    verdict = _verdict(chosen)
    if chosen.until and chosen.until < verdict.as_of:
        raise InputError([Fault("forecast", 0, "--until", _not_before(verdict.as_of), str(chosen.until))])
    found = advice.forecast(verdict, until=chosen.until)
    return _print(chosen, lambda: advice_text.forecast_text(found), lambda: advice_json.forecast_tree(found))


def _robustness(chosen: argparse.Namespace) -> int:
    verdict = _verdict(chosen)
    found = advice.robustness(verdict)
    text, tree = advice_text.robustness_text, advice_json.robustness_tree
    return _print(chosen, lambda: text(verdict, found), lambda: tree(verdict, found))


def _diff(chosen: argparse.Namespace) -> int:
    if not (chosen.second or chosen.as_of_b or chosen.criteria_b):
        expected, got = told("fault.command.second"), told("fault.command.one_verdict")
        raise InputError([Fault("diff", 0, "B", expected, got)])
    first = clinic(chosen.first)
    before = _vetted(chosen, first, criteria_set(chosen.criteria, chosen), chosen.as_of or today())
    as_of = chosen.as_of_b or before.as_of
    if as_of < before.as_of:
        hint = told("fault.command.earlier_first")
        raise InputError([Fault("diff", 0, "--as-of-b", _not_before(before.as_of), str(as_of), hint)])
    second = first if chosen.second is None else clinic(chosen.second)
    if second.id != before.clinic.id:
        expected = told("fault.command.same_clinic", file=chosen.first, clinic=repr(before.clinic.id))
        hint = told("fault.command.compare_instead")
        raise InputError([Fault(chosen.second, 0, "clinic.id", expected, repr(second.id), hint)])
    criteria = criteria_set(chosen.criteria_b, chosen) if chosen.criteria_b else before.criteria
    found = advice.difference(before, _vetted(chosen, second, criteria, as_of))
    return _print(chosen, lambda: sides_text.difference_text(found), lambda: advice_json.difference_tree(found))


def _compare(chosen: argparse.Namespace) -> int:
    criteria = criteria_set(chosen.criteria, chosen)
    as_of = chosen.as_of or today()
    read = list(clinics(chosen.dossiers))
    verdicts = [_vetted(chosen, each, criteria, as_of) for each, _ in read if each is not None]
    if len(verdicts) < 2:
        path, expected = told("help.value.DOSSIER"), told("fault.command.two")
        raise InputError([Fault("compare", 0, path, expected, str(len(verdicts)))])
    found = advice.comparison(verdicts)
    _print(chosen, lambda: sides_text.comparison_text(found), lambda: advice_json.comparison_tree(found))
    return max(code for _, code in read)


def _not_before(as_of: dt.date) -> str:
    return told("fault.command.day_from", day=as_of)


def _verdict(chosen: argparse.Namespace) -> Verdict:
    return _vetted(chosen, clinic(chosen.dossier), criteria_set(chosen.criteria, chosen), chosen.as_of or today())


def _vetted(chosen: argparse.Namespace, clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> Verdict:
    """Vet with all evidence that the command line asks for, as of the day."""
    with gathered(chosen, as_of) as enriched:
        return vet(enriched(clinic), criteria, as_of=as_of)


def _print(chosen: argparse.Namespace, text: Callable[[], str], tree: Callable[[], dict[str, Any]]) -> int:
    print(json.dumps(tree()) + "\n" if chosen.format == "json" else text(), end="")
    return GIVEN
