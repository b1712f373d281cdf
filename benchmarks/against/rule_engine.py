"""rule-engine (Python): expressions for each criterion and a rule for each band; the host adds up. Explains nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workload import COUNTS, DAY, Asked, Load, Row, Rules, Scored, Totals, add_up, in_order

OUTCOME = (
    "f >= 25 ? (p >= 25 ? 'partly' : (f >= 50 ? 'failed' : 'doubted')) : "
    "(p >= 25 ? (p >= 50 ? 'met' : 'supported') : (p + f > 0 ? 'weak' : 'unknown'))"
)
STRENGTH = {
    "yes": "kind in ['register', 'inspection'] ? 100 : (kind in ['document', 'observation'] ? 80 : 40)",
    "no": "kind in ['register', 'inspection'] ? 100 : (kind in ['document', 'observation', 'claim'] ? 80 : 40)",
}
S = f"(seen > {DAY.toordinal()} ? 0 : (answer == 'no' ? ({STRENGTH['no']}) : ({STRENGTH['yes']})))"


def rows(load: Load) -> list[Row]:
    """Measure it on direct facts."""
    engine = import_module("rule_engine")  # of the same name as this module
    rules = load.rules
    pairs = {each.name: [engine.Rule(text) for text in _pair(each)] for each in rules.asked if not each.measured}
    outcome, bands = engine.Rule(OUTCOME), [(engine.Rule(text), band) for text, band in _bands(rules)]

    def vet(facts: dict[str, dict[str, Any]]) -> tuple[dict[str, tuple[int, int, str]], Totals, str]:
        found = {}
        for name, fact in facts.items():
            if name in pairs:
                p, f = (int(each.evaluate(fact)) for each in pairs[name])
            else:
                p, f = fact["p"], fact["f"]
            found[name] = p, f, outcome.evaluate({"p": p, "f": f})
        totals = add_up(rules, found)
        thing = totals._asdict()
        return found, totals, next(band for rule, band in bands if rule.matches(thing))

    def scored(result: tuple[dict[str, tuple[int, int, str]], Totals, str]) -> Scored:
        found, totals, band = result
        outcomes = in_order(rules, {name: each[2] for name, each in found.items()})
        return Scored(outcomes, totals.proven, totals.failed, band)

    does = "direct facts to p, f, outcomes and band by rules; sums by the host; cannot explain"
    return [Row("rule-engine", does, vet, load.facts, scored)]


def _pair(asked: Asked) -> tuple[str, str]:
    shown = f"(answer == 'partly' ? {S} // 2 : {S})"
    aged = f"(seen >= {asked.full_from.toordinal()} ? {shown} : (seen >= {asked.half_from.toordinal()} ? {shown} // 2 : 0))"
    return f"answer == 'no' ? 0 : {aged}", f"answer == 'yes' ? 0 : (answer == 'no' ? {S} : {S} - {S} // 2)"


def _bands(rules: Rules) -> list[tuple[str, str]]:
    found = []
    for each in rules.rungs:
        conditions = [f"proven >= {each.proven}", f"failed <= {each.failed}"]
        conditions += [f"{name} <= {most}" for name, most in zip(COUNTS, each.most, strict=True)]
        conditions += [f"'{name}' in met" for name in each.met]
        found.append((" and ".join(conditions), each.id))
    return found
