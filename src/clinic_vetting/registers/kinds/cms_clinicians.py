"""The US national file of clinicians enrolled in Medicare (CMS Doctors and Clinicians)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_vetting.errors import Fault, shown
from clinic_vetting.registers import names
from clinic_vetting.registers.about import about
from clinic_vetting.registers.identity import Identity
from clinic_vetting.registers.intake import Intake
from clinic_vetting.registers.name_keys import person_keys
from clinic_vetting.registers.names import Name
from clinic_vetting.registers.register import RegisterKind
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import told

NAME: Final = "cms-clinicians"
COLUMNS: Final = {
    "npi": "NPI",
    "family": "Provider Last Name",
    "given": "Provider First Name",
    "middle": "Provider Middle Name",
    "credential": "Cred",
    "specialty": "pri_spec",
    "city": "City/Town",
    "state": "State",
}
FIELDS: Final = tuple(COLUMNS)
LAYOUT: Final = Layout("official", COLUMNS, frozenset({"middle", "credential", "specialty", "city"}), lines=1)


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the rows, of which one clinician may have several; a row whose NPI is none is a fault."""

    def row(number: int, values: tuple[str, ...]) -> Row | Fault:
        npi = values[0].strip()
        if len(npi) != 10 or not npi.isdecimal():
            return intake.fault(number, "NPI", told("fault.registers.npi"), shown(npi))
        return Row(number, (npi, *person_keys(values[1], values[2])), values)

    return Table(intake, [LAYOUT]).made(row)


def _names(entry: Entry) -> Iterator[Name]:
    yield names.person(entry["family"], entry["given"], entry["middle"])


def _says(entry: Entry) -> str:
    parts = (f"NPI {entry['npi']}", entry["credential"], entry["specialty"], entry["city"], entry["state"])
    return ", ".join(filter(None, parts))


_IDENTITY: Final = Identity(about(NAME).authorities, _names, lambda entry: entry["state"], _says)
KIND: Final = RegisterKind(
    name=NAME, title=about(NAME).title, url=about(NAME).url, fields=FIELDS, read=read, look=_IDENTITY.look
)
