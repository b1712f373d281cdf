"""`vet` and `check`: verdicts on dossiers, and every fault in them."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from clinic_vetting import reports
from clinic_vetting.commands import pages
from clinic_vetting.commands.dossiers import add_dossiers, clinics, verdicts
from clinic_vetting.commands.options import (
    BELOW,
    GIVEN,
    add_as_of,
    add_criteria,
    add_evidence,
    add_format,
    add_language,
    criteria_set,
    today,
)
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import did_you_mean
from clinic_vetting.reports.harmless import harmless
from clinic_vetting.verdict import vet
from clinic_vetting.words import say, told

if TYPE_CHECKING:
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict


def add(commands: Any) -> None:
    """Add `vet` and `check`."""
    command = commands.add_parser("vet", help="help.vet.says", description="help.vet.description")
    add_dossiers(command)
    add_criteria(command)
    add_as_of(command)
    add_evidence(command)
    add_format(command, "text", "json", *pages.FORMATS)
    add_language(command, own=True)
    command.add_argument("--fail-below", metavar="BAND", help="help.vet.fail_below")
    command.set_defaults(run=_vet)
    command = commands.add_parser("check", help="help.check.says", description="help.check.description")
    add_dossiers(command)
    add_criteria(command)
    add_language(command, own=True)
    command.set_defaults(run=_check)


def _vet(chosen: argparse.Namespace) -> int:
    pages.check_alone(chosen.format, chosen.dossiers)
    criteria = criteria_set(chosen.criteria, chosen)
    least = _least_band(criteria, chosen.fail_below)
    codes, first = {GIVEN}, True
    for verdict, code in verdicts(chosen, criteria):
        codes.add(code)
        if verdict is not None:
            _print(verdict, chosen.format, first=first)
            first = False
            codes.add(BELOW if least is not None and _is_below(verdict, least) else GIVEN)
    return max(codes)


def _check(chosen: argparse.Namespace) -> int:
    criteria = criteria_set(chosen.criteria, chosen)
    codes = {GIVEN}
    for name, (clinic, code) in zip(chosen.dossiers, clinics(chosen.dossiers), strict=True):
        codes.add(code)
        if clinic is not None:
            warnings = vet(clinic, criteria, as_of=today()).warnings
            print(say(chosen.language, "check.good", file=harmless(name), count=len(warnings)))
            for each in warnings:
                print(f"  {harmless(each)}")
    return max(codes)


def _print(verdict: Verdict, form: str, *, first: bool) -> None:
    if form == "json":
        print(reports.to_json(verdict))
        return
    if form in pages.FORMATS:
        print(pages.written(verdict, form, first=first), end="")
        return
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    print(("" if first else "\n" + "=" * 78 + "\n\n") + reports.to_text(verdict, colour=colour), end="")


def _least_band(criteria: CriteriaSet, name: str | None) -> int | None:
    if name is None:
        return None
    ids = [band.id for band in criteria.bands]
    if name not in ids:
        expected, hint = told("fault.one_of", words=", ".join(ids)), did_you_mean(name, ids)
        raise InputError([Fault("--fail-below", 0, criteria.id, expected, repr(name), hint)])
    return ids.index(name)


def _is_below(verdict: Verdict, least: int) -> bool:
    return verdict.band is None or verdict.criteria.bands.index(verdict.band) > least
