"""Possible matches with rows of registers, as reports show them: questions, which count nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.words import again, say

if TYPE_CHECKING:
    from clinic_vetting.clinic import PossibleMatch
    from clinic_vetting.verdict import Verdict


def match_trees(verdict: Verdict) -> list[dict[str, str | None]]:
    """Write each as a tree."""
    return [_tree(each, verdict.language) for each in verdict.possible_matches]


def _tree(match: PossibleMatch, language: str) -> dict[str, str | None]:
    source = match.source
    row = {"about": match.about, "name": match.name, "place": match.place, "says": match.says, "ask": match.ask}
    said = {name: each and again(each, language) for name, each in {**row, "who": source.who}.items()}
    return {**said, "seen": source.seen.isoformat() if source.seen else None, "url": source.url}


def match_lines(verdict: Verdict) -> list[str]:
    """Write each as lines of text, under a sentence that says what they are."""
    matches = verdict.possible_matches
    if not matches:
        return []
    lines = wrapped(say(verdict.language, "match.what"), 2, 2)
    for each in matches:
        lines += wrapped(harmless(f"- {each.told(verdict.language)}"), 2, 4)
        who = again(each.source.who, verdict.language)
        lines += wrapped(harmless(", ".join(part for part in (who, each.source.url) if part)), 6, 8)
    return lines
