"""`authorities`: who keeps which register, how its numbers look, and where to look somebody up."""

from __future__ import annotations

import argparse
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import tables
from clinic_vetting.commands.options import GIVEN
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.identifiers import check_number

if TYPE_CHECKING:
    from clinic_vetting.tables import Authority

_IMPOSSIBLE: Final = 1
"""Exit code of a number that cannot exist."""
_MOST_MEANT: Final = 5
_WORD: Final = re.compile(r"\w{4,}")
_BOARDS: Final = "and boards of physicians, by state or province: "


def add(commands: Any) -> None:
    """Add `authorities`."""
    command = commands.add_parser(
        "authorities",
        help="show registers, or check the form of a number",
        description="Show registers, or check the form of a number. Exit code 1 where the number cannot exist, 0 where "
        "it can or its form does not tell, 2 where the authority is not in the table.",
    )
    says = "an authority such as GMC, or a country or state: GB, US-CA (default: list all)"
    command.add_argument("name", metavar="NAME", nargs="?", help=says)
    command.add_argument("number", metavar="NUMBER", nargs="?", help="a number to check; well formed proves no licence")
    command.set_defaults(run=_authorities)


def _authorities(chosen: argparse.Namespace) -> int:
    if chosen.name is None:
        print("\n".join([*map(_titled, tables.authorities().values()), _BOARDS + ", ".join(tables.boards())]))
        return GIVEN
    found = _named(chosen.name)
    if not found:
        wanted = "an authority, country or state of the table"
        raise InputError([Fault("authorities", 0, "NAME", wanted, chosen.name, _hint(chosen.name))])
    if chosen.number is None:
        print("\n\n".join(map(_told, found)))
        return GIVEN
    checked = [check_number(each.id, chosen.number) for each in found]
    print("\n".join(each.says for each in checked))
    return _IMPOSSIBLE if all(each.cannot_exist for each in checked) else GIVEN


def _hint(name: str) -> str:
    near = tables.misspelt(name)
    meant = [near] if near else [each.id for each in tables.authorities().values() if _is_called(each, name)]
    if not meant:
        return "'clinic-vetting authorities' lists all; a dossier may name any other, too"
    return f"did you mean {' or '.join(map(repr, meant[:_MOST_MEANT]))}?"


def _is_called(each: Authority, name: str) -> bool:
    """Say whether an authority's name has all long words of another, whatever their accents and endings."""
    wanted, there = (_WORD.findall(_plain(text)) for text in (name, each.name))
    return bool(wanted) and all(any(word.startswith(begin) for word in there) for begin in wanted)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


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
    return "\n".join([_titled(each), *(f"  {key}: {value}" for key, value in rows.items() if value)])


def _titled(each: Authority) -> str:
    title = each.name if each.name == each.id else f"{each.id}  {each.name}"
    return f"{title} ({each.country})"
