"""The shipped reference tables, read when they are first asked for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from clinic_vetting import document
from clinic_vetting.errors import did_you_mean

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from clinic_vetting.document import Node


@frozen
class Authority:
    """A body whose register or notices dossiers cite.

    Attributes:
        name: In full.
        country: ISO 3166-1 alpha-2.
        of: What it keeps watch over: people, places, products, advertising or health.
        url: Its own address, where the table has one.
    """

    name: str
    country: str
    of: str
    url: str | None = None


def folder() -> Traversable:
    """Find the shipped criteria: inside the package, or in a source checkout beside `src`."""
    packaged = resources.files("clinic_vetting") / "criteria"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "criteria"


@cache
def authorities() -> dict[str, Authority]:
    """Give the table of authorities, by the short name that dossiers use."""
    return {name: Authority(**row) for name, row in table("authorities").items()}


@cache
def evidence() -> dict[str, dict[str, str]]:
    """Give the table of kinds of evidence: what each `is`, and its strength `for` and `against`."""
    return table("evidence")


def misspelt(authority: str) -> str:
    """Suggest the authority that is meant by a name that is not in the table; an empty text where none is near."""
    return "" if authority in authorities() else did_you_mean(authority, authorities())


@cache
def table(name: str) -> dict[str, Any]:
    """Give a shipped table by its name: mappings, lists and text."""
    root = document.parse((folder() / "tables" / f"{name}.yaml").read_bytes(), f"{name}.yaml").root
    found: dict[str, Any] = _plain(root)[name]
    return found


def _plain(node: Node) -> Any:
    match node.value:
        case dict(mapping):
            return {key: _plain(inner) for key, inner in mapping.items()}
        case list(items):
            return [_plain(inner) for inner in items]
        case value:
            return value
