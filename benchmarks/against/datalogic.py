"""JSON Logic by datalogic-py (Rust): the same rules as `json_logic`; explains only by a trace for a debugger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import datalogic_py
from workload import Load, Row, Rules, add_up

from against.json_logic import band_rule, outcome_rule, pair_rules, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from against.json_logic import Found


def rows(load: Load) -> list[Row]:
    """Measure it on direct facts."""
    return [row(load, "datalogic-py", _datalogic(load.rules))]


def _datalogic(rules: Rules) -> Callable[[dict[str, Any]], Found]:
    """Put all criteria into one rule, so that the engine is called three times for a listing."""
    engine = datalogic_py.Engine()
    names = [each.name for each in rules.asked]
    pairs: list[Any] = []
    for each in rules.asked:
        prefix = f"{each.name}."
        if each.measured:
            pairs += [{"var": [f"{prefix}p", 0]}, {"var": [f"{prefix}f", 0]}]
        else:
            unsaid = {"!": {"var": each.name}}
            pairs += [{"if": [unsaid, 0, rule]} for rule in pair_rules(rules, each, prefix)]
    all_pairs = engine.compile(pairs)
    outcomes = engine.compile([outcome_rule(str(2 * i), str(2 * i + 1)) for i in range(len(names))])
    band, session = engine.compile(band_rule(rules)), engine.session()

    def vet(facts: dict[str, Any]) -> Found:
        flat = session.evaluate(all_pairs, facts)
        words = session.evaluate(outcomes, flat)
        found = {name: (int(flat[2 * i]), int(flat[2 * i + 1]), words[i]) for i, name in enumerate(names)}
        totals = add_up(rules, found)
        return found, totals, session.evaluate(band, totals._asdict())

    return vet
