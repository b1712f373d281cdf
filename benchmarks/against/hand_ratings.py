"""By hand: what ratings and reviews say."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from against.hand_weighing import TODAY, Pair, Statement, aged

if TYPE_CHECKING:
    from workload import Rules

Tree = dict[str, Any]


def totals(tree: Tree) -> dict[str, Any]:
    """Give how many, the newest day, and each platform's number and stars, aged and not."""
    latest = {}
    for each in sorted(tree.get("ratings", []), key=lambda each: str(each["seen"])):
        if each.get("independent", True) and each["count"] and each["seen"] <= TODAY:
            latest[each["platform"]] = each
    rows = [(each["platform"], each["count"], each["mean"], each["seen"]) for each in latest.values()]
    rows += [
        (each["platform"], 1, each["rating"], each["date"])
        for each in tree.get("reviews", [])
        if each["platform"] not in latest and each.get("independent", True) and each["date"] <= TODAY
    ]
    newest = max((each[3] for each in rows), default="")
    full = (date.fromisoformat(newest) - timedelta(365)).isoformat() if newest else ""
    half = (date.fromisoformat(newest) - timedelta(730)).isoformat() if newest else ""
    every: dict[str, list[int]] = {}
    fresh: dict[str, list[int]] = {}
    for platform, count, mean, day in rows:
        stars = round(mean * 100) * count
        sums = every.setdefault(platform, [0, 0])
        sums[0] += 2 * count
        sums[1] += 2 * stars
        share = 2 if day >= full else 1 if day >= half else 0
        sums = fresh.setdefault(platform, [0, 0])
        sums[0] += share * count
        sums[1] += share * stars
    return {"number": sum(each[1] for each in rows), "newest": newest, "every": _pool(every), "aged": _pool(fresh)}


def _pool(platforms: dict[str, list[int]]) -> tuple[int, Fraction, Fraction]:
    """Give the strength, and the mean as it is and with the prior."""
    number = sum((Fraction(100 * halves, 198 + halves) for halves, _ in platforms.values()), Fraction(0))
    if not number:
        return 0, number, number
    stars = sum((Fraction(stars, 198 + halves) for halves, stars in platforms.values()), Fraction(0))
    return int(70 * number / (number + 20)), stars / number, (35 + stars) / (10 + number)


def rating(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    ratings = tree["ratings"]
    strength, mean, shrunk = ratings["aged"]
    if not strength:
        return 0, 0, "too few ratings"
    p = int(strength * (min(mean, shrunk) - 1) / 4)
    strength, mean, shrunk = ratings["every"]
    f = int(strength * (5 - max(mean, shrunk)) / 4)
    return aged(min(p, 100 - f), ratings["newest"], asked), f, f"mean {float(mean):.2f} of {ratings['number']} ratings"


def volume(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    ratings = tree["ratings"]
    return aged(ratings["aged"][0], ratings["newest"], asked), 0, f"{ratings['number']} ratings"


def recent(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    days = [each["date"] for each in tree.get("reviews", []) if each.get("independent", True) and each["date"] <= TODAY]
    newest = sorted(days, reverse=True)[:3]
    if not newest:
        return 0, 0, "no dated reviews"
    return aged(20 * len(newest), newest[-1], asked), 0, f"{len(days)} dated reviews"
