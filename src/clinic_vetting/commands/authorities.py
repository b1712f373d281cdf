"""`authorities`: who keeps which register, how its numbers look, and where to look somebody up."""

from __future__ import annotations

import argparse
import re
import unicodedata
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import tables
from clinic_vetting.commands.options import GIVEN, add_language
from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.identifiers import check_number
from clinic_vetting.words import again, say, told, word

if TYPE_CHECKING:
    from clinic_vetting.tables import Authority

_IMPOSSIBLE: Final = 1
"""Exit code of a number that cannot exist."""
_MOST_MEANT: Final = 5
_WORD: Final = re.compile(r"\w{4,}")


def add(commands: Any) -> None:
    """Add `authorities`."""
    says, description = "help.authorities.says", "help.authorities.description"
    command = commands.add_parser("authorities", help=says, description=description)
    command.add_argument("name", metavar="NAME", nargs="?", help="help.authorities.name")
    command.add_argument("number", metavar="NUMBER", nargs="?", help="help.authorities.number")
    add_language(command)
    command.set_defaults(run=_authorities)


def _authorities(chosen: argparse.Namespace) -> int:
    if chosen.name is None:
        boards = _say("boards", places=", ".join(tables.boards()))
        print("\n".join([*map(_titled, tables.authorities().values()), boards]))
        return GIVEN
    found = _named(chosen.name)
    if not found:
        expected = told("fault.command.in_table")
        raise InputError([Fault("authorities", 0, told("help.value.NAME"), expected, chosen.name, _hint(chosen.name))])
    if chosen.number is None:
        print("\n\n".join(map(_told, found)))
        return GIVEN
    checked = [check_number(each.id, chosen.number) for each in found]
    print("\n".join(again(each.says, LANGUAGE.get()) for each in checked))
    return _IMPOSSIBLE if all(each.cannot_exist for each in checked) else GIVEN


def _hint(name: str) -> str:
    near = tables.misspelt(name)
    meant = [near] if near else [each.id for each in tables.authorities().values() if _is_called(each, name)]
    if not meant:
        return told("fault.command.list_all")
    return told("fault.did_you_mean", word=reduce(_either, map(repr, meant[:_MOST_MEANT])))


def _either(one: str, other: str) -> str:
    return told("fault.command.either", one=one, other=other)


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
        "registers": ", ".join(map(_in_words, each.professions or [each.of])),
        "may_inject": _in_words(each.may_inject),
        "may_prescribe": _in_words(each.may_prescribe),
        "as_says": each.may_reference,
        "numbers": again(check_number(each.id, "").looks, LANGUAGE.get()),
        "ruled_out_by": _in_words(each.rules_out) or _say("nothing"),
        "look_up": each.look_up or _say("not_known"),
        "reference": each.reference,
    }
    return "\n".join([_titled(each), *(f"  {_say(key)}: {value}" for key, value in rows.items() if value)])


def _in_words(text: str) -> str:
    """Say what the table says, in its own words where nobody has translated them."""
    return _say("not_known") if text == tables.NOT_KNOWN else word(LANGUAGE.get(), "note.authorities.word", text)


def _say(message: str, **values: object) -> str:
    return say(LANGUAGE.get(), f"note.authorities.{message}", **values)


def _titled(each: Authority) -> str:
    title = each.name if each.name == each.id else f"{each.id}  {each.name}"
    return f"{title} ({each.country})"
