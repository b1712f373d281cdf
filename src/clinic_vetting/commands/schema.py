"""`schema`: the JSON Schemas of what is read and written."""

from __future__ import annotations

import argparse
import json
from typing import Any

from clinic_vetting import schema
from clinic_vetting.commands.options import GIVEN, add_language


def add(commands: Any) -> None:
    """Add `schema`."""
    command = commands.add_parser("schema", help="help.schema.says")
    command.add_argument("name", choices=schema.NAMES)
    add_language(command, writes=False)
    command.set_defaults(run=_schema)


def _schema(chosen: argparse.Namespace) -> int:
    print(json.dumps(schema.schema(chosen.name), indent=2))
    return GIVEN
