"""What the shipped table says of each register: its title, who keeps it, its address, its names in dossiers."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from clinic_vetting import tables


@frozen
class About:
    """A register.

    Attributes:
        title: In full.
        by: The authority that keeps it, as records name it.
        url: Its own address, for a person to look up.
        authorities: Under which names dossiers cite its numbers.
    """

    title: str
    by: str
    url: str
    authorities: tuple[str, ...] = ()


def about(register: str) -> About:
    """Give what the table says."""
    row: dict[str, Any] = tables.table("registers")[register]
    return About(row["title"], row["by"], row["url"], tuple(row.get("authorities", ())))


def words(register: str, name: str, code: str) -> str:
    """Give what a code of the register means; blank where the table has none."""
    told: str = tables.table("registers")[register][name].get(code, "")
    return told
