"""regorus (Rust): a Rego policy, with the criteria set as its data; all in the engine. Explains nothing by itself."""

from __future__ import annotations

from typing import Any

import regorus
from workload import DAY, Load, Row, Rules, Scored, in_order

POLICY = """
package vet
import rego.v1

halved(n) := (n - (n % 2)) / 2

strength(fact) := data.set.strengths[fact.answer][fact.kind] if fact.seen <= data.set.day
strength(fact) := 0 if fact.seen > data.set.day

aged(n, asked, seen) := n if seen >= asked.full_from
aged(n, asked, seen) := halved(n) if { seen < asked.full_from; seen >= asked.half_from }
aged(n, asked, seen) := 0 if { seen < asked.full_from; seen < asked.half_from }

pair(fact, asked) := [fact.p, fact.f] if fact.p >= 0
pair(fact, asked) := [aged(strength(fact), asked, fact.seen), 0] if fact.answer == "yes"
pair(fact, asked) := [0, strength(fact)] if fact.answer == "no"
pair(fact, asked) := [aged(halved(s), asked, fact.seen), s - halved(s)] if { fact.answer == "partly"; s := strength(fact) }

outcome(p, f) := "partly" if { f >= 25; p >= 25 }
outcome(p, f) := "failed" if { f >= 50; p < 25 }
outcome(p, f) := "doubted" if { f >= 25; f < 50; p < 25 }
outcome(p, f) := "met" if { f < 25; p >= 50 }
outcome(p, f) := "supported" if { f < 25; p >= 25; p < 50 }
outcome(p, f) := "weak" if { f < 25; p < 25; p + f > 0 }
outcome(p, f) := "unknown" if p + f == 0

pairs := {name: pair(fact, data.set.asked[name]) | some name, fact in input}
outcomes := {name: outcome(each[0], each[1]) | some name, each in pairs}
proven := sum([n | some name, each in pairs; n := each[0] * data.set.asked[name].points])
failed := sum([n | some name, each in pairs; n := each[1] * data.set.asked[name].points])
counts["critical_in_doubt"] := count([1 | some name, each in outcomes; each in {"failed", "partly", "doubted"}; data.set.asked[name].severity == "critical"])
counts["critical_failed"] := count([1 | some name, each in outcomes; each == "failed"; data.set.asked[name].severity == "critical"])
counts["major_failed"] := count([1 | some name, each in outcomes; each == "failed"; data.set.asked[name].severity == "major"])

holds(rung) if {
    proven >= rung.proven
    failed <= rung.failed
    every name, most in rung.most { counts[name] <= most }
    every name in rung.met { outcomes[name] == "met" }
}
band := [rung.id | some rung in data.set.rungs; holds(rung)][0]
result := {"outcomes": outcomes, "proven": proven, "failed": failed, "band": band}
"""


def rows(load: Load) -> list[Row]:
    """Measure it on direct facts."""
    rules = load.rules
    engine = regorus.Engine()
    engine.add_policy("vet.rego", POLICY)
    engine.add_data({"set": _data(rules)})

    def vet(facts: dict[str, Any]) -> dict[str, Any]:
        engine.set_input(facts)
        result: dict[str, Any] = engine.eval_rule("data.vet.result")
        return result

    def scored(result: dict[str, Any]) -> Scored:
        return Scored(in_order(rules, result["outcomes"]), result["proven"], result["failed"], result["band"])

    does = "direct facts to outcomes, sums and band, all in the policy; cannot explain"
    return [Row("regorus", does, vet, load.facts, scored)]


def _data(rules: Rules) -> dict[str, Any]:
    asked = {
        each.name: {
            "points": each.points,
            "severity": each.severity,
            "full_from": each.full_from.toordinal(),
            "half_from": each.half_from.toordinal(),
        }
        for each in rules.asked
    }
    names = ("critical_in_doubt", "critical_failed", "major_failed")
    rungs = [
        {"id": each.id, "proven": each.proven, "failed": each.failed, "most": dict(zip(names, each.most, strict=True)), "met": list(each.met)}
        for each in rules.rungs
    ]  # fmt: skip
    return {"day": DAY.toordinal(), "strengths": rules.strengths, "asked": asked, "rungs": rungs}
