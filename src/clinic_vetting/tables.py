"""The shipped reference tables, read when they are first asked for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting import document
from clinic_vetting.criteria_folder import folder
from clinic_vetting.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_KNOWN: Final = "not known"
_A_SET: Final = re.compile(rb"^criteria_set\s*:", re.MULTILINE)
_BOARD: Final = re.compile(r"\bmedic.*\bboard\b|\bboard\b.*\bmedic|\bcollege of physicians\b")
"""How a text speaks of a board that registers physicians."""


@frozen(kw_only=True)
class Authority:
    """A body whose register or notices dossiers cite.

    Attributes:
        id: The short name that dossiers use; a board has none, and is called by its name.
        name: In full.
        country: ISO 3166-1 alpha-2.
        of: What it keeps watch over: people, places, products, advertising or health.
        regions: Where in the country, ISO 3166-2; empty for all of it.
        professions: Whom it registers, where the table says so.
        licence: Whether its numbers stand for a licence, and not only for a person.
        may_inject, may_prescribe: Who of them may, as `may_reference` says.
        forms: The same by mask: `9` stands for a digit, `A` for a letter; with the name of the check digit, or `none`.
        lost_zeros: How many zeros in front are often lost.
        rules_out: What shows that a number cannot exist: `form`, `form and check digit`, or nothing.
        url: Its own address, where the table has one.
        look_up: Where on it a person looks up an entry.
        reference: Where this is said: body, title, year.
        aliases: Other names for it.
    """

    id: str
    name: str
    country: str
    of: str
    regions: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    licence: bool = True
    may_inject: str = NOT_KNOWN
    may_prescribe: str = NOT_KNOWN
    may_reference: str | None = None
    forms: tuple[tuple[str, str], ...] = ()
    lost_zeros: int = 0
    rules_out: str = ""
    url: str | None = None
    look_up: str | None = None
    reference: str | None = None
    aliases: tuple[str, ...] = ()


@cache
def criteria_sets() -> tuple[str, ...]:
    """List the names of the shipped files that are criteria sets, sorted; the others are tables."""
    files = [each for each in folder().iterdir() if each.name.endswith(".yaml")]
    return tuple(sorted(each.name.removesuffix(".yaml") for each in files if _A_SET.search(each.read_bytes())))


@cache
def authorities() -> dict[str, Authority]:
    """Give the table of authorities, by the short name that dossiers use."""
    return {name: _authority(name, row) for name, row in table("authorities").items()}


@cache
def boards() -> dict[str, Authority]:
    """Give the boards of states and provinces that register physicians, by region, such as `US-CA`."""
    return {region: board for board in _boards() for region in board.regions}


@cache
def evidence() -> dict[str, dict[str, str]]:
    """Give the table of kinds of evidence: what each `is`, and its strength `for` and `against`."""
    return table("evidence")


def find(authority: str) -> Authority | None:
    """Find an authority by its short name, its name in full, or another name, whatever the case.

    A board of a state is found as `California medical board`, `CA medical board` and `US-CA`, too.
    """
    return authorities().get(authority) or _names().get(authority.strip().casefold()) or _board(authority)


@cache
def countries() -> frozenset[str]:
    """Give the codes of ISO 3166-1 that stand for a country, and XK, which is in use for Kosovo."""
    codes: Any = table("countries")
    return frozenset(codes.split())


@cache
def adverse_events() -> dict[str, dict[str, str]]:
    """Give the table of what can happen after an injection, and how patients tell of it."""
    return table("adverse_events")


@cache
def review_cues() -> dict[str, dict[str, str]]:
    """Give the table of words that decide whose event a review tells of, and whether it happened."""
    return table("review_cues")


@cache
def clause_words() -> dict[str, dict[str, str]]:
    """Give the table of words by which sentences of reviews are cut into clauses."""
    return table("clause_words")


def misspelt(authority: str) -> str:
    """Give the authority nearest to a name that is not in the table; an empty text where none is near."""
    return "" if find(authority) else nearest(authority, authorities())


@cache
def _names() -> dict[str, Authority]:
    named = {name: each for each in authorities().values() for name in (each.id, each.name, *each.aliases)}
    named |= {name: each for region, each in boards().items() for name in (region, each.name)}
    return {name.casefold(): each for name, each in named.items()}


def _authority(name: str, row: dict[str, Any]) -> Authority:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    forms, zeros = tuple(row.get("forms", {}).items()), int(row.get("lost_zeros", 0))
    licence = row.get("licence") != "no"
    return Authority(id=name, **{**row, **lists, "forms": forms, "lost_zeros": zeros, "licence": licence})


def _board(authority: str) -> Authority | None:
    """Find the board of physicians of the one place that a text names."""
    text = authority.casefold()
    if not _BOARD.search(text):
        return None
    places = [place for place in _places() if re.search(rf"\b{place}\b", text)]
    codes = [code for code in re.findall(r"\b[A-Z]{2}\b", authority) if f"US-{code}" in boards()]
    found = {_places()[each] for each in places if not any(each in other != each for other in places)}
    found |= {boards()[f"US-{code}"] for code in codes}
    return found.pop() if len(found) == 1 else None


@cache
def _places() -> dict[str, Authority]:
    """Give each state's and province's board by the name of the place."""
    regional = table("authorities", "regional").items()
    rows = ((f"{country}-{code}", row) for country, inner in regional for code, row in inner["boards"].items())
    return {row["place"].casefold(): boards()[region] for region, row in rows}


def _boards() -> Iterator[Authority]:
    for country, boards_of in table("authorities", "regional").items():
        for code, row in boards_of["boards"].items():
            yield Authority(
                id=row["name"],
                name=row["name"],
                country=country,
                of="people",
                regions=(f"{country}-{code}",),
                professions=("physician",),
                url=row.get("url"),
                look_up=row.get("url"),
                reference=boards_of["reference"],
            )


@cache
def table(name: str, part: str | None = None) -> dict[str, Any]:
    """Give a shipped table by its name, or another part of its file: mappings, lists and text."""
    root = document.parse((folder() / f"{name}.yaml").read_bytes(), f"{name}.yaml").root
    found: dict[str, Any] = root.plain()[part or name]
    return found
