"""`import`: what others hold, in their own formats, as a dossier."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from clinic_vetting.clinic import Clinic
from clinic_vetting.commands import import_listings, import_page
from clinic_vetting.commands.import_options import add_clinic, check_clinic, write
from clinic_vetting.commands.options import UNREADABLE, add_language, today
from clinic_vetting.commands.speaking import tell
from clinic_vetting.errors import InputError
from clinic_vetting.fhir import from_fhir
from clinic_vetting.fhir.resources import open_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.document import Document


def add(commands: Any) -> None:
    """Add `import` with its own commands."""
    group = commands.add_parser("import", help="help.import.says")
    add_language(group, writes=False)
    formats = group.add_subparsers(required=True, metavar="FORMAT")
    command = formats.add_parser("fhir", help="help.import.fhir.says", description="help.import.fhir.description")
    command.add_argument("files", nargs="+", metavar="FILE", help="help.import.fhir.files")
    command.add_argument("--organization", metavar="REFERENCE", help="help.import.fhir.organization")
    add_clinic(command, "help.import.fhir.id")
    command.set_defaults(run=_fhir)
    import_listings.add(formats)
    import_page.add(formats)


def _fhir(chosen: argparse.Namespace) -> int:
    check_clinic(chosen, "import fhir")
    documents = list(_documents(chosen.files))
    if not documents:
        return UNREADABLE
    found = from_fhir(documents, Clinic(id=chosen.id) if chosen.id else None, chosen.organization, today())
    code = write(found, chosen)
    return code if len(documents) == len(chosen.files) else UNREADABLE


def _documents(names: list[str]) -> Iterator[Document]:
    """Read what can be read; the faults of other files are told, and the rest goes on."""
    for name in names:
        try:
            yield open_document(name)
        except InputError as error:
            tell(error)
