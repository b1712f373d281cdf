"""By hand: what ratings and reviews say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from against.hand_weighing import TODAY, Pair, Statement, aged

if TYPE_CHECKING:
    from workload import Rules

Tree = dict[str, Any]


def totals(tree: Tree) -> tuple[int, int, str]:
    """Give how many, the sum of their stars in hundredths, and the newest day."""
    platforms = {}
    for each in sorted(tree.get("ratings", []), key=lambda each: str(each["seen"])):
        if each.get("independent", True) and each["count"] and each["seen"] <= TODAY:
            platforms[each["platform"]] = (each["count"], round(each["mean"] * 100) * each["count"], each["seen"])
    single: dict[str, list[Tree]] = {}
    for each in tree.get("reviews", []):
        if each["platform"] not in platforms and each.get("independent", True) and each["date"] <= TODAY:
            single.setdefault(each["platform"], []).append(each)
    for platform, reviews in single.items():
        stars = sum(each["rating"] for each in reviews)
        platforms[platform] = (len(reviews), round(stars * 100), max(each["date"] for each in reviews))
    found = platforms.values()
    return sum(each[0] for each in found), sum(each[1] for each in found), max((each[2] for each in found), default="")


def rating(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    number, stars, newest = tree["ratings"]
    strength = 70 * number // (number + 20)
    if not strength:
        return 0, 0, "too few ratings"
    mean, shrunk = (stars, 100 * number), (3500 + stars, 100 * (10 + number))
    low, high = (mean, shrunk) if mean[0] * shrunk[1] <= shrunk[0] * mean[1] else (shrunk, mean)
    p = strength * (low[0] - low[1]) // (4 * low[1])
    f = strength * (5 * high[1] - high[0]) // (4 * high[1])
    return aged(p, newest, asked), f, f"mean {stars / number / 100:.2f} of {number} ratings"


def volume(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    number, _, newest = tree["ratings"]
    return aged(70 * number // (number + 20), newest, asked), 0, f"{number} ratings"


def recent(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    days = [each["date"] for each in tree.get("reviews", []) if each.get("independent", True) and each["date"] <= TODAY]
    newest = sorted(days, reverse=True)[:3]
    if not newest:
        return 0, 0, "no dated reviews"
    return aged(20 * len(newest), newest[-1], asked), 0, f"{len(days)} dated reviews"
