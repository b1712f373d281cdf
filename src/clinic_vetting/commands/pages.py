"""`pages`: a folder of reports with an index; and the formats of `vet` that are files for others."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import reports
from clinic_vetting.commands.dossiers import add_dossiers, verdicts
from clinic_vetting.commands.options import (
    add_as_of,
    add_criteria,
    add_evidence,
    add_language,
    criteria_set,
    named,
    unfit,
)
from clinic_vetting.commands.speaking import tell
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.words import told

if TYPE_CHECKING:
    from pathlib import Path

    from clinic_vetting.verdict import Verdict

ALONE: Final = ("html", "svg", "badge")
"""Formats of which one file holds one verdict."""
FORMATS: Final = ("markdown", "csv", "jsonld", *ALONE)


_MOST_NAMES: Final = 10


def add(commands: Any) -> None:
    """Add `pages`."""
    command = commands.add_parser("pages", help="help.pages.says", description="help.pages.description")
    add_dossiers(command)
    command.add_argument("--output", type=named, required=True, metavar="DIR", help="help.pages.output")
    add_criteria(command)
    add_as_of(command)
    command.add_argument("--publisher", type=_name, metavar="NAME", help="help.pages.publisher")
    command.add_argument("--address", type=_address, metavar="URL", help="help.pages.address")
    add_evidence(command)
    add_language(command, own=True)
    command.set_defaults(run=_pages)


def written(verdict: Verdict, form: str, *, first: bool) -> str:
    """Write a verdict in one of `FORMATS`, to be put below the ones before.

    Raises:
        ExtraError: Jinja2 is not installed.
    """
    match form:
        case "markdown":
            return ("" if first else "\n---\n\n") + reports.to_markdown(verdict)
        case "csv":
            return reports.to_csv(verdict, header=first)
        case "jsonld":
            return reports.to_jsonld(verdict) + "\n"
        case _:
            text: str = getattr(reports, f"to_{form}")(verdict)
            return text


def check_alone(form: str, dossiers: list[str]) -> None:
    """Refuse several dossiers where a format holds one.

    Raises:
        InputError: There are several.
    """
    if form in ALONE and len(dossiers) > 1:
        expected, hint = told("fault.command.one_dossier"), told("fault.command.pages_instead")
        raise InputError([Fault("--format", 0, form, expected, str(len(dossiers)), hint)])


def _pages(chosen: argparse.Namespace) -> int:
    criteria = criteria_set(chosen.criteria, chosen)
    given = list(verdicts(chosen, criteria))
    found = [verdict for verdict, _ in given if verdict]
    written = _write(found, chosen) if found else []
    for path in written:
        print(path)
    _tell_of_others(written)
    return max(code for _, code in given)


def _tell_of_others(written: list[Path]) -> None:
    """Name the other pages in the folder: perhaps of clinics that are listed no longer."""
    folders = {each.parent for each in written}
    others = sorted(each.name for folder in folders for each in folder.glob("*.html") if each not in written)
    if others:
        names = ", ".join(others[:_MOST_NAMES]) + (", ..." if len(others) > _MOST_NAMES else "")
        tell(told("note.pages.others", folder=str(written[0].parent), count=len(others), names=names))


def _write(found: list[Verdict], chosen: argparse.Namespace) -> list[Path]:
    return reports.write_pages(found, chosen.output, publisher=chosen.publisher, address=chosen.address)


def _name(text: str) -> str:
    from clinic_vetting.reports.jsonld_report import LONGEST_NAME  # noqa: PLC0415 - with `--publisher`

    if not text.strip() or len(text) > LONGEST_NAME:
        raise unfit(told("fault.command.name", most=LONGEST_NAME), str(len(text)))
    return text


def _address(text: str) -> str:
    from clinic_vetting.reports.cited import web_address  # noqa: PLC0415 - with `--address`

    if web_address(text) is None:
        raise unfit(told("fault.command.address"), repr(text))
    return text
