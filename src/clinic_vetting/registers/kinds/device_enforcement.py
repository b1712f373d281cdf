"""Recalls of devices: the US FDA's enforcement reports, as openFDA publishes them."""

from __future__ import annotations

from typing import Final

from clinic_vetting.registers import enforcement
from clinic_vetting.registers.about import about
from clinic_vetting.registers.register import RegisterKind

NAME: Final = "device-enforcement"
KIND: Final = RegisterKind(
    name=NAME,
    title=about(NAME).title,
    url=about(NAME).url,
    fields=enforcement.FIELDS,
    read=enforcement.read,
    look=enforcement.look,
)
