"""What the action words of a board's alerts mean, read from the shipped table."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

from attrs import frozen

from clinic_vetting import tables
from clinic_vetting.clinic import Action


class Means(StrEnum):
    """What an action word stands for."""

    DECISION = "decision"
    ALLEGATION = "allegation"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    UNCLEAR = "unclear"


@frozen
class Word:
    """An action word's meaning.

    Attributes:
        means: What it stands for.
        action: What was decided, where it is a decision.
        final: Whether it ends an interim order before it.
        because: Why it is read so.
        asks: Under which name of the catalogue it is asked about, where it is unclear, or what it ended is.
    """

    means: Means
    action: Action | None = None
    final: bool = False
    because: str = ""
    asks: str = "not_in_table"


@cache
def board_words(board: str) -> dict[str, Word]:
    """Give the meaning of each word that a board uses, by `key`."""
    groups: list[dict[str, Any]] = tables.table("board_actions")[board]
    return {key(each): _word(group) for group in groups for each in group["words"]}


def key(written: str) -> str:
    """Compare words without case and spaces that vary."""
    return " ".join(written.casefold().split())


def _word(group: dict[str, Any]) -> Word:
    action = Action(group["action"]) if "action" in group else None
    asks = group.get("asks", "")
    return Word(Means(group["means"]), action, group.get("final") == "yes", group.get("because", ""), asks)
