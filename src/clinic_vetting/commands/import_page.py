"""`import page`: what a clinic's own page says of it, as a dossier."""

from __future__ import annotations

import argparse
from typing import Any

from clinic_vetting.commands.import_options import add_clinic, check_clinic, write
from clinic_vetting.commands.options import day


def add(formats: Any) -> None:
    """Add `import page`."""
    command = formats.add_parser("page", help="help.import.page.says", description="help.import.page.description")
    command.add_argument("file", metavar="FILE.html", help="help.import.page.file")
    command.add_argument("--seen", type=day, metavar="DATE", help="help.import.page.seen")
    add_clinic(command, "help.import.page.id")
    command.set_defaults(run=_page)


def _page(chosen: argparse.Namespace) -> int:
    from clinic_vetting.schema_org import from_page, open_page  # noqa: PLC0415 - what only this needs

    check_clinic(chosen, "import page")
    found = from_page(open_page(chosen.file), clinic_id=chosen.id, seen=chosen.seen)
    return write(found, chosen)
