"""`authorities`: who keeps which register, how its numbers look, and where to look somebody up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from clinic_vetting import tables
from clinic_vetting.commands.options import GIVEN
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.identifiers import check_number

if TYPE_CHECKING:
    from clinic_vetting.tables import Authority


def add(commands: Any) -> None:
    """Add `authorities`."""
    command = commands.add_parser("authorities", help="show registers, or check the form of a number")
    command.add_argument("name", metavar="NAME", help="an authority such as GMC, or a country or state: GB, US-CA")
    command.add_argument("number", metavar="NUMBER", nargs="?", help="a number to check; well formed proves no licence")
    command.set_defaults(run=_authorities)


def _authorities(chosen: argparse.Namespace) -> int:
    found = _named(chosen.name)
    if not found:
        near = tables.misspelt(chosen.name)
        hint = f"did you mean {near!r}?" if near else "a dossier may name any authority; only these are described"
        wanted = "an authority, country or state of the table"
        raise InputError([Fault("authorities", 0, "NAME", wanted, chosen.name, hint)])
    if chosen.number is not None:
        print("\n".join(check_number(each.id, chosen.number).says for each in found))
    else:
        print("\n\n".join(map(_told, found)))
    return GIVEN


def _named(name: str) -> list[Authority]:
    known = tables.find(name)
    if known:
        return [known]
    return [each for each in (*tables.authorities().values(), *tables.boards().values()) if each.country == name]


def _told(each: Authority) -> str:
    rows = {
        "registers": ", ".join(each.professions) or each.of,
        "may inject": each.may_inject,
        "may prescribe": each.may_prescribe,
        "as says": each.may_reference,
        "numbers": check_number(each.id, "").looks,
        "ruled out by": each.rules_out or "nothing",
        "look up": each.look_up or tables.NOT_KNOWN,
        "reference": each.reference,
    }
    title = each.name if each.name == each.id else f"{each.id}  {each.name}"
    return "\n".join([f"{title} ({each.country})", *(f"  {key}: {value}" for key, value in rows.items() if value)])
