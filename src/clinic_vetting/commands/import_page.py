"""`import page`: what a clinic's own page says of it, as a dossier."""

from __future__ import annotations

import argparse
from typing import Any

import attrs

from clinic_vetting import dossier
from clinic_vetting.clinic import Clinic
from clinic_vetting.commands.options import GIVEN, UNREADABLE, day, tell
from clinic_vetting.document import yaml_text
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.reports.harmless import harmless


def add(formats: Any) -> None:
    """Add `import page`."""
    command = formats.add_parser(
        "page",
        help="a saved web page with schema.org data",
        description="Write a dossier of what a clinic's own page says in schema.org JSON-LD or microdata: "
        "the clinic's claims, and no proof. Nothing is fetched.",
    )
    command.add_argument("file", metavar="FILE.html", help="the page, saved")
    command.add_argument("--seen", type=day, metavar="DATE", help="when it was seen (default: its own dateModified)")
    command.add_argument("--id", help="the clinic's id (default: of the page's address)")
    command.add_argument("--treatment", action="append", default=[], help="a procedure that is vetted; can be repeated")
    command.set_defaults(run=_page)


def _page(chosen: argparse.Namespace) -> int:
    from clinic_vetting.schema_org import from_page, open_page  # noqa: PLC0415 - what only this needs

    try:
        Clinic(id=chosen.id or "any", treatments=chosen.treatment)
    except ValueError as error:
        raise InputError([Fault("import page", 0, "--id, --treatment", str(error), "what was given")]) from None
    found = from_page(open_page(chosen.file), clinic_id=chosen.id, seen=chosen.seen)
    clinic = attrs.evolve(found.clinic, treatments=chosen.treatment)
    print(yaml_text.dump(dossier.plain(clinic)), end="")
    for sentence in found.told:
        tell(harmless(sentence))
    for fault in found.faults:
        tell(harmless(str(fault)))
    return UNREADABLE if found.faults else GIVEN
