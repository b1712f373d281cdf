"""GoRules zen-engine (Rust): one decision, compiled once: expressions for each criterion, then sums and bands."""

from __future__ import annotations

import json
from typing import Any

import zen
from workload import COUNTS, DAY, IN_DOUBT, Asked, Load, Row, Rules, Scored, in_order


def rows(load: Load) -> list[Row]:
    """Measure it with its trace, which is how it explains, and without."""
    decision = zen.ZenEngine().create_decision(json.dumps(_decision(load.rules)))
    inputs = [{"facts": each} for each in load.facts]

    def scored(result: dict[str, Any]) -> Scored:
        found = result["result"]
        outcomes = {each.name: found[f"o_{each.name}"] for each in load.rules.asked}
        return Scored(in_order(load.rules, outcomes), found["proven"], found["failed"], found["band"])

    does = "direct facts to outcomes, sums and band, all in the engine"
    return [
        Row("zen-engine, trace", f"{does}; explained by its trace", lambda each: decision.evaluate(each, {"trace": True}), inputs, scored),
        Row("zen-engine, no trace", f"{does}; not explained", decision.evaluate, inputs, scored),
    ]  # fmt: skip


def _decision(rules: Rules) -> dict[str, Any]:
    expressions = [pair for asked in rules.asked for pair in _criterion(rules, asked)] + _sums(rules)
    found = [{"id": str(i), "key": key, "value": value} for i, (key, value) in enumerate(expressions)]
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "vet", "type": "expressionNode", "name": "vet", "position": place, "content": {"expressions": found, "passThrough": False}},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "vet", "type": "edge"},
            {"id": "b", "sourceId": "vet", "targetId": "out", "type": "edge"},
        ],
    }  # fmt: skip


def _criterion(rules: Rules, asked: Asked) -> list[tuple[str, str]]:
    fact, name = f"facts.{asked.name}", asked.name
    p, f = f"$.p_{name}", f"$.f_{name}"
    outcome = (
        f"{f} >= 25 ? ({p} >= 25 ? 'partly' : {f} >= 50 ? 'failed' : 'doubted') : "
        f"{p} >= 25 ? ({p} >= 50 ? 'met' : 'supported') : {p} + {f} > 0 ? 'weak' : 'unknown'"
    )
    if asked.measured:
        return [(f"p_{name}", f"{fact}.p ?? 0"), (f"f_{name}", f"{fact}.f ?? 0"), (f"o_{name}", outcome)]
    by_kind = {answer: _by_kind(kinds, f"{fact}.kind") for answer, kinds in rules.strengths.items()}
    seen, s = f"{fact}.seen", f"$.s_{name}"
    strength = (
        f"{fact} == null or {seen} > {DAY.toordinal()} ? 0 : {fact}.answer == 'yes' ? ({by_kind['yes']}) : "
        f"{fact}.answer == 'no' ? ({by_kind['no']}) : ({by_kind['partly']})"
    )
    shown = f"({fact}.answer == 'partly' ? floor({s} / 2) : {s})"
    aged = f"{seen} >= {asked.full_from.toordinal()} ? {shown} : {seen} >= {asked.half_from.toordinal()} ? floor({shown} / 2) : 0"
    return [
        (f"s_{name}", strength),
        (f"p_{name}", f"{s} == 0 or {fact}.answer == 'no' ? 0 : {aged}"),
        (f"f_{name}", f"{s} == 0 or {fact}.answer == 'yes' ? 0 : {fact}.answer == 'no' ? {s} : {s} - floor({s} / 2)"),
        (f"o_{name}", outcome),
    ]


def _by_kind(kinds: dict[str, int], kind: str) -> str:
    by_strength: dict[int, list[str]] = {}
    for name, strength in kinds.items():
        by_strength.setdefault(strength, []).append(name)
    *first, (last, _) = by_strength.items()
    return "".join(f"{kind} in {names} ? {strength} : " for strength, names in first) + str(last)


def _sums(rules: Rules) -> list[tuple[str, str]]:
    def weighted(letter: str) -> str:
        return f"sum([{', '.join(f'$.{letter}_{each.name} * {each.points}' for each in rules.asked)}])"

    def counted(severity: str, outcomes: list[str]) -> str:
        names = [each.name for each in rules.asked if each.severity == severity]
        return f"count([{', '.join(f'$.o_{name}' for name in names)}], # in {outcomes})"

    band = "".join(
        " and ".join(
            [f"$.proven >= {each.proven}", f"$.failed <= {each.failed}"]
            + [f"$.{name} <= {most}" for name, most in zip(COUNTS, each.most, strict=True)]
            + [f"$.o_{name} == 'met'" for name in each.met]
        ) + f" ? '{each.id}' : "
        for each in rules.rungs[:-1]
    ) + f"'{rules.rungs[-1].id}'"  # fmt: skip
    return [
        ("proven", weighted("p")),
        ("failed", weighted("f")),
        ("critical_in_doubt", counted("critical", list(IN_DOUBT))),
        ("critical_failed", counted("critical", ["failed"])),
        ("major_failed", counted("major", ["failed"])),
        ("band", band),
    ]
