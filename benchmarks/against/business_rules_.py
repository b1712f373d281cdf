"""business-rules (Python): variables compute p and f, rules pick outcome and band, actions note them. Explains nothing."""

from __future__ import annotations

from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable
from workload import COUNTS, DAY, Asked, Load, Row, Rules, Scored, Totals, add_up, in_order


class Said(BaseVariables):
    """What one fact shows."""

    def __init__(self, p: int, f: int) -> None:
        self.pair = p, f

    @numeric_rule_variable
    def proven(self) -> int:
        return self.pair[0]

    @numeric_rule_variable
    def failed(self) -> int:
        return self.pair[1]

    @boolean_rule_variable
    def something(self) -> bool:
        return any(self.pair)


class Summed(BaseVariables):
    """What all facts come to; whether something required is met is asked by a variable for each."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals

    @numeric_rule_variable
    def proven(self) -> int:
        return self.totals.proven

    @numeric_rule_variable
    def failed(self) -> int:
        return self.totals.failed

    @numeric_rule_variable
    def critical_in_doubt(self) -> int:
        return self.totals.critical_in_doubt

    @numeric_rule_variable
    def critical_failed(self) -> int:
        return self.totals.critical_failed

    @numeric_rule_variable
    def major_failed(self) -> int:
        return self.totals.major_failed


class Notes(BaseActions):
    """Keeps what a rule decided."""

    word = ""

    @rule_action(params={"word": FIELD_TEXT})
    def note(self, word: str) -> None:
        self.word = word


def rows(load: Load) -> list[Row]:
    """Measure it on direct facts."""
    rules = load.rules
    outcomes, bands = _outcomes(), _bands(rules)
    required = sorted({name for each in rules.rungs for name in each.met})
    variables = type("Rated", (Summed,), {f"met_{each}": boolean_rule_variable(_met(each)) for each in required})

    def decide(listed: list[Any], about: BaseVariables) -> str:
        notes = Notes()
        run_all(listed, about, notes, stop_on_first_trigger=True)
        return notes.word

    def vet(facts: dict[str, Any]) -> tuple[dict[str, tuple[int, int, str]], Totals, str]:
        found = {}
        for name, fact in facts.items():
            p, f = _pair(rules, rules.by_name[name], fact)
            found[name] = p, f, decide(outcomes, Said(p, f))
        totals = add_up(rules, found)
        return found, totals, decide(bands, variables(totals))

    def scored(result: tuple[dict[str, tuple[int, int, str]], Totals, str]) -> Scored:
        found, totals, band = result
        words = in_order(rules, {name: each[2] for name, each in found.items()})
        return Scored(words, totals.proven, totals.failed, band)

    does = "direct facts to outcomes and band by rules; p, f and sums in Python; cannot explain"
    return [Row("business-rules", does, vet, load.facts, scored)]


def _met(name: str) -> Any:
    def met(self: Summed) -> bool:
        return name in self.totals.met

    return met


def _pair(rules: Rules, asked: Asked, fact: dict[str, Any]) -> tuple[int, int]:
    if "p" in fact:
        return fact["p"], fact["f"]
    answer, seen = fact["answer"], fact["seen"]
    if seen > DAY.toordinal():
        return 0, 0
    strength = rules.strengths[answer][fact["kind"]]
    if answer == "no":
        return 0, strength
    shown = strength if answer == "yes" else strength // 2
    left = shown if seen >= asked.full_from.toordinal() else shown // 2 if seen >= asked.half_from.toordinal() else 0
    return left, 0 if answer == "yes" else strength - strength // 2


def _at_least(name: str, value: int) -> dict[str, Any]:
    return {"name": name, "operator": "greater_than_or_equal_to", "value": value}


def _at_most(name: str, value: int) -> dict[str, Any]:
    return {"name": name, "operator": "less_than_or_equal_to", "value": value}


def _is(name: str) -> dict[str, Any]:
    return {"name": name, "operator": "is_true", "value": ""}


def _rule(conditions: list[dict[str, Any]], word: str) -> dict[str, Any]:
    return {"conditions": {"all": conditions}, "actions": [{"name": "note", "params": {"word": word}}]}


def _outcomes() -> list[dict[str, Any]]:
    return [
        _rule([_at_least("failed", 25), _at_least("proven", 25)], "partly"),
        _rule([_at_least("failed", 50)], "failed"),
        _rule([_at_least("failed", 25)], "doubted"),
        _rule([_at_least("proven", 50)], "met"),
        _rule([_at_least("proven", 25)], "supported"),
        _rule([_is("something")], "weak"),
        _rule([_at_most("proven", 0)], "unknown"),
    ]


def _bands(rules: Rules) -> list[dict[str, Any]]:
    return [
        _rule(
            [_at_least("proven", each.proven), _at_most("failed", each.failed)]
            + [_at_most(name, most) for name, most in zip(COUNTS, each.most, strict=True)]
            + [_is(f"met_{name}") for name in each.met],
            each.id,
        )
        for each in rules.rungs
    ]
