"""`schema`: the JSON Schemas of what is read and written."""

from __future__ import annotations

import argparse
import json
from typing import Any

from clinic_vetting import schema
from clinic_vetting.commands.options import GIVEN


def add(commands: Any) -> None:
    """Add `schema`."""
    command = commands.add_parser("schema", help="print a JSON Schema")
    command.add_argument("name", choices=schema.NAMES)
    command.set_defaults(run=_schema)


def _schema(chosen: argparse.Namespace) -> int:
    print(json.dumps(schema.schema(chosen.name), indent=2))
    return GIVEN
