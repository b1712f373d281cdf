"""JSON Logic by json-logic-qubit (Python): rules for p, f, outcome and band; the host adds up. Explains nothing.

A rule gives one value and names no intermediate one, so `p` and `f` come first and the outcome is asked of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workload import COUNTS, DAY, Asked, Load, Row, Rules, Scored, Totals, add_up, in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    Found = tuple[dict[str, tuple[int, int, str]], Totals, str]


def rows(load: Load) -> list[Row]:
    """Measure it on direct facts."""
    return [row(load, "json-logic-qubit", _qubit(load.rules))]


def row(load: Load, name: str, vet: Callable[[dict[str, Any]], Found]) -> Row:
    """Give the row of one implementation."""

    def scored(result: Found) -> Scored:
        found, totals, band = result
        outcomes = in_order(load.rules, {name: each[2] for name, each in found.items()})
        return Scored(outcomes, totals.proven, totals.failed, band)

    does = "direct facts to p, f, outcomes and band by rules; sums by the host; cannot explain"
    return Row(name, does, vet, load.facts, scored)


def _qubit(rules: Rules) -> Callable[[dict[str, Any]], Found]:
    logic: Callable[[Any, Any], Any] = import_module("json_logic").jsonLogic
    pairs = {each.name: pair_rules(rules, each, "") for each in rules.asked if not each.measured}
    outcome, band = outcome_rule("p", "f"), band_rule(rules)

    def vet(facts: dict[str, Any]) -> Found:
        found = {}
        for name, fact in facts.items():
            if name in pairs:
                p, f = logic(pairs[name][0], fact), logic(pairs[name][1], fact)
            else:
                p, f = fact["p"], fact["f"]
            found[name] = p, f, logic(outcome, {"p": p, "f": f})
        totals = add_up(rules, found)
        return found, totals, logic(band, totals._asdict())

    return vet


def _half(value: Any) -> Any:
    return {"/": [{"-": [value, {"%": [value, 2]}]}, 2]}


def _strength(rules: Rules, prefix: str) -> Any:
    kind = {"var": f"{prefix}kind"}

    def by_kind(answer: str) -> Any:
        by_strength: dict[int, list[str]] = {}
        for name, strength in rules.strengths[answer].items():
            by_strength.setdefault(strength, []).append(name)
        *first, (last, _) = by_strength.items()
        return {"if": [part for strength, names in first for part in ({"in": [kind, names]}, strength)] + [last]}

    answer, seen = {"var": f"{prefix}answer"}, {"var": f"{prefix}seen"}
    late = {">": [seen, DAY.toordinal()]}
    cases = [{"==": [answer, "yes"]}, by_kind("yes"), {"==": [answer, "no"]}, by_kind("no"), by_kind("partly")]
    return {"if": [late, 0, *cases]}


def pair_rules(rules: Rules, asked: Asked, prefix: str) -> tuple[Any, Any]:
    answer, seen, strength = {"var": f"{prefix}answer"}, {"var": f"{prefix}seen"}, _strength(rules, prefix)
    full, half = {">=": [seen, asked.full_from.toordinal()]}, {">=": [seen, asked.half_from.toordinal()]}
    shown = {"if": [{"==": [answer, "partly"]}, _half(strength), strength]}
    proven = {"if": [{"==": [answer, "no"]}, 0, full, shown, half, _half(shown), 0]}
    rest = {"-": [strength, _half(strength)]}
    failed = {"if": [{"==": [answer, "yes"]}, 0, {"==": [answer, "no"]}, strength, rest]}
    return proven, failed


def outcome_rule(proven: str, failed: str) -> Any:
    p, f = {"var": proven}, {"var": failed}
    bad = {"if": [{">=": [p, 25]}, "partly", {">=": [f, 50]}, "failed", "doubted"]}
    good = {"if": [{">=": [p, 50]}, "met", "supported"]}
    return {"if": [{">=": [f, 25]}, bad, {">=": [p, 25]}, good, {">": [{"+": [p, f]}, 0]}, "weak", "unknown"]}


def band_rule(rules: Rules) -> Any:
    cases: list[Any] = []
    for each in rules.rungs:
        conditions: list[Any] = [{">=": [{"var": "proven"}, each.proven]}, {"<=": [{"var": "failed"}, each.failed]}]
        conditions += [{"<=": [{"var": name}, most]} for name, most in zip(COUNTS, each.most, strict=True)]
        conditions += [{"in": [name, {"var": "met"}]} for name in each.met]
        cases += [{"and": conditions}, each.id]
    return {"if": cases}
