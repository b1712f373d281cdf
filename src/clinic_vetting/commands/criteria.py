"""`criteria`: the shipped sets, and any set as it is resolved."""

from __future__ import annotations

import argparse
import json
from typing import Any

from clinic_vetting import catalogue
from clinic_vetting.commands import upkeep
from clinic_vetting.commands.options import GIVEN, add_format, add_language, add_measures, criteria_set
from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.document import yaml_text
from clinic_vetting.reports.criteria_text import criteria_text
from clinic_vetting.words import say


def add(commands: Any) -> None:
    """Add `criteria` with its own commands."""
    group = commands.add_parser("criteria", help="help.criteria.says")
    add_language(group)
    criteria = group.add_subparsers(required=True, metavar="COMMAND")
    listed = criteria.add_parser("list", help="help.criteria.list")
    add_language(listed)
    listed.set_defaults(run=_list)
    shown = criteria.add_parser("show", help="help.criteria.show")
    shown.add_argument("name", metavar="NAME", help="help.criteria.set")
    add_format(shown, "text", "yaml", "json")
    add_language(shown, own=True)
    add_measures(shown)
    shown.set_defaults(run=_show)
    upkeep.add(criteria)


def _list(chosen: argparse.Namespace) -> int:
    for name in catalogue.shipped():
        criteria = criteria_set(name, chosen)
        count = sum(1 for _ in criteria.criteria())
        told = say(LANGUAGE.get(), "note.criteria.listed", name=name, version=criteria.version, count=count)
        print(f"{told}  {criteria.title}")
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
