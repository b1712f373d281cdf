"""By hand: how statements on one question are weighed, and what is left of them on the day."""

from __future__ import annotations

from typing import Any

from workload import DAY, Rules

Statement = tuple[str, dict[str, Any], str]
Pair = tuple[int, int, str]
TODAY = DAY.isoformat()


def weigh(statements: list[Statement], asked: dict[str, Any], rules: Rules) -> Pair:
    """Decide between statements on one question."""
    speaking, against = [], []
    for answer, source, note in statements:
        seen = source.get("seen", "")
        if seen > TODAY:
            continue
        strength = rules.strengths[answer][source["kind"]]
        if not seen:
            strength = min(strength // 2, 40) if answer == "no" else strength // 2
        if answer == "no":
            against.append((strength, 0, strength, source, note))
        elif answer == "partly":
            against.append((strength, aged(strength // 2, seen, asked), strength - strength // 2, source, note))
        elif left := aged(strength, seen, asked):
            speaking.append((left, source, note))
    standing = [each for each in against if not any(_displaces(yes, each, rules) for yes in speaking)]
    if standing:
        p, f = min(each[1] for each in standing), max(each[2] for each in standing)
        _, _, _, source, note = max(standing, key=lambda each: (each[2], each[0]))
        return p, f, f"{source['who']} ({source['kind']}, {source.get('seen', 'undated')}) speaks against it. {note}"
    if speaking:
        left, source, note = max(speaking, key=lambda each: (each[0], each[1].get("seen", "")))
        return left, 0, f"{source['who']} ({source['kind']}, {source.get('seen', 'undated')}) says so. {note}"
    return 0, 0, "nothing that still counts"


def _displaces(yes: tuple[int, Any, str], no: tuple[int, int, int, Any, str], rules: Rules) -> bool:
    left, strength = yes[0], no[0]
    if left < 50:
        return False
    if left > strength:
        return True
    since, was = yes[1].get("seen", ""), no[3].get("seen", "")
    return bool(since > was and left * (1 if was >= rules.recent_from.isoformat() else 2) >= strength)


def aged(value: int, seen: str, asked: dict[str, Any]) -> int:
    if not seen or seen >= asked["full_from"]:
        return value
    return value // 2 if seen >= asked["half_from"] else 0


def word(p: int, f: int) -> str:
    if f >= 25:
        return "partly" if p >= 25 else "failed" if f >= 50 else "doubted"
    if p >= 25:
        return "met" if p >= 50 else "supported"
    return "weak" if p or f else "unknown"


def in_date(answer: str | None, expires: str | None, source: dict[str, Any]) -> str | None:
    if not expires or expires >= TODAY or answer not in ("yes", "partly"):
        return answer
    return "no" if source.get("seen", "") > expires else None
