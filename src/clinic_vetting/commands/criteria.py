"""`criteria`: the shipped sets, and any set as it is resolved."""

from __future__ import annotations

import argparse
import json
from typing import Any

from clinic_vetting import catalogue
from clinic_vetting.commands import upkeep
from clinic_vetting.commands.options import GIVEN, add_language, add_measures, criteria_set
from clinic_vetting.document import yaml_text
from clinic_vetting.reports.criteria_text import criteria_text


def add(commands: Any) -> None:
    """Add `criteria` with its own commands."""
    criteria = commands.add_parser("criteria", help="list or show criteria sets").add_subparsers(
        required=True, metavar="COMMAND"
    )
    listed = criteria.add_parser("list", help="list the shipped sets")
    listed.set_defaults(run=_list)
    shown = criteria.add_parser("show", help="show a resolved set")
    shown.add_argument("name", metavar="NAME", help="a shipped set, or a file")
    shown.add_argument("--format", choices=("text", "yaml", "json"), default="text", help="default: text")
    add_language(shown, own=True)
    add_measures(shown)
    shown.set_defaults(run=_show)
    upkeep.add(criteria)


def _list(_: argparse.Namespace) -> int:
    for name in catalogue.shipped():
        criteria = catalogue.load_criteria(name)
        print(f"{name}  {criteria.version}  {sum(1 for _ in criteria.criteria())} criteria  {criteria.title}")
    return GIVEN


def _show(chosen: argparse.Namespace) -> int:
    criteria = criteria_set(chosen.name, chosen)
    tree = catalogue.plain_criteria(criteria)
    match chosen.format:
        case "json":
            print(json.dumps(tree, indent=1))
        case "yaml":
            print(yaml_text.dump(tree), end="")
        case _:
            print(criteria_text(criteria), end="")
    return GIVEN
