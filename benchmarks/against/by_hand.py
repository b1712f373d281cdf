"""What a good developer writes in an hour: dicts in, dicts out, with a line that explains each criterion.

It reads the listing as it is, records included, weighs several statements on one question, and gives the same
outcomes, sums and band as the library. It does less in this: nothing is validated, days stay text, nothing cites its source as an
object, there is no `not_applicable`, no limits, waivers, days to come, notices or sanctions, and sums stay in parts.
"""

from __future__ import annotations

from typing import Any

from workload import COUNTS, IN_DOUBT, Load, Row, Rules, Scored

from against.hand_ratings import totals
from against.hand_records import MEASURES
from against.hand_weighing import Statement, weigh, word

Tree = dict[str, Any]


def rows(load: Load) -> list[Row]:
    """Measure it with its lines and without."""
    rules = load.rules
    asked = [
        {"id": each.id, "severity": each.severity, "points": each.points, "full_from": each.full_from.isoformat(),
         "half_from": each.half_from.isoformat(), "measure": MEASURES.get(each.id)}
        for each in rules.asked
    ]  # fmt: skip

    def explained(tree: Tree) -> Tree:
        return vet(tree, rules, asked, explain=True)

    def bare(tree: Tree) -> Tree:
        return vet(tree, rules, asked, explain=False)

    def scored(result: Tree) -> Scored:
        return Scored(tuple(result["outcomes"].values()), result["proven"], result["failed"], result["band"])

    does = "listing (dict) to outcomes, sums and band, records included"
    return [
        Row("by hand, with lines", f"{does}; a line of text for each criterion and missed condition", explained, load.trees, scored),
        Row("by hand, no lines", f"{does}; cannot explain", bare, load.trees, scored),
    ]  # fmt: skip


def vet(tree: Tree, rules: Rules, asked: list[dict[str, Any]], *, explain: bool) -> Tree:  # noqa: C901 - as it is written in an hour
    sources = tree["sources"]
    tree = {**tree, "ratings": totals(tree)}
    said: dict[str, list[Statement]] = {}
    for category, answers in tree.get("answers", {}).items():
        for name, given in answers.items():
            listed = given if isinstance(given, list) else [given]
            said[f"{category}.{name}"] = [
                (each["answer"], sources[each["source"]], each.get("note", "")) for each in listed
            ]
    outcomes: dict[str, str] = {}
    lines: list[str] = []
    proven = failed = 0
    counts = dict.fromkeys(COUNTS, 0)
    for each in asked:
        direct = said.get(each["id"], [])
        if each["measure"]:
            p, f, why = each["measure"](tree, sources, direct, each, rules)
        else:
            p, f, why = weigh(direct, each, rules) if direct else (0, 0, "nobody said")
        outcome = word(p, f)
        outcomes[each["id"]] = outcome
        proven += each["points"] * p
        failed += each["points"] * f
        if outcome in IN_DOUBT:
            if each["severity"] == "critical":
                counts["critical_in_doubt"] += 1
                counts["critical_failed"] += outcome == "failed"
            elif outcome == "failed" and each["severity"] == "major":
                counts["major_failed"] += 1
        if explain:
            points = each["points"] * 100 / rules.whole
            lines.append(f"{each['id']}: {outcome}, {points * (p - f) / 200:+.2f} of {points:.2f} points: {why}")
    band = ""
    for rung in rules.rungs:
        missed = _missed(rung, outcomes, proven, failed, counts)
        if not missed:
            band = rung.id
            break
        if explain:
            lines.append(f"not {rung.id}: {', '.join(missed)}")
    return {"band": band, "proven": proven, "failed": failed, "outcomes": outcomes, "lines": lines}


def _missed(rung: Any, outcomes: dict[str, str], proven: int, failed: int, counts: dict[str, int]) -> list[str]:
    missed = []
    if proven < rung.proven:
        missed.append("too little proven")
    if failed > rung.failed:
        missed.append("too much failed")
    for name, most in zip(COUNTS, rung.most, strict=True):
        if counts[name] > most:
            missed.append(f"{name} {counts[name]}, at most {most}")
    return missed + [f"{name} not met" for name in rung.met if outcomes[name.replace("_", ".", 1)] != "met"]
