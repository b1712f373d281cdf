"""The library beside its peers: one workload, the same results, ratios to `json.loads` of the listing.

Run `python benchmarks/peers.py [--rounds N] [--clinics N] [--write]`; peers are in `requirements.txt`, and what is not
installed is left out with a line that says so. What each has to do is told in `workload.py`, what each row includes in
`against/`. Before anything is measured every peer that scores must give the library's outcomes, sums and band on every
listing. Then rounds go through all rows in turn, each round beginning with another row; of each
listing the fastest counts, as on a busy machine all else measures the neighbours. Slow rows take part in some rounds.
Nothing is kept for a listing between rounds, except what a library keeps by itself.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
import tracemalloc
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import results
from listings import listing
from workload import DAY, Load, Row, Rules

from clinic_vetting import clinic_from, vet

if TYPE_CHECKING:
    from clinic_vetting import Verdict

MODULES = {
    "library": "clinic-vetting",
    "by_hand": "",
    "zen_engine": "zen-engine",
    "rule_engine": "rule-engine",
    "json_logic": "json-logic-qubit",
    "datalogic": "datalogic-py",
    "regorus_": "celine-regorus",
    "business_rules_": "business-rules",
    "polars_": "polars",
    "pydantic_": "pydantic",
    "cattrs_": "cattrs",
    "msgspec_": "msgspec",
}
RETAINED = 1000
SLOW, SELDOM, UNTIMED = 20, 5, 10


def installed(load: Load) -> tuple[list[Row], list[str]]:
    """Gather the rows of what is installed, and say what is not."""
    rows: list[Row] = []
    absent: list[str] = []
    for module, packages in MODULES.items():
        try:
            rows += import_module(f"against.{module}").rows(load)
        except ModuleNotFoundError as error:
            absent.append(f"{packages}: left out, {error.name or error} is not installed")
    return rows, absent


def measured(rows: list[Row], rounds: int, clinics: int) -> dict[str, float]:
    """Give each row's mean over its inputs, each at its fastest, in microseconds for one listing."""
    gc.collect()
    gc.freeze()  # what was prepared is not walked again by each collection
    fastest = {row.name: _pass(row) for row in rows}
    most = SLOW * sum(fastest[rows[0].name])
    slow = {row.name for row in rows if sum(fastest[row.name]) / row.copies > most}
    for turn in range(1, rounds):
        first = turn % len(rows)
        for row in rows[first:] + rows[:first]:
            if row.name not in slow or turn % SELDOM == 0:
                fastest[row.name] = list(map(min, fastest[row.name], _pass(row)))
    gc.unfreeze()
    return {row.name: sum(fastest[row.name]) / (clinics * row.copies) * 1e6 for row in rows}


def _pass(row: Row) -> list[float]:
    """Time each input, after a few that are not timed: the row before has filled the processor's caches."""
    call, taken = row.call, []
    for each in row.inputs[:UNTIMED]:
        call(each)
    for each in row.inputs:
        start = time.perf_counter()
        call(each)
        taken.append(time.perf_counter() - start)
    return taken


def explained(verdict: Verdict) -> object:
    """Read every finding."""
    lines = [(each.id, each.outcome, each.effect, each.says, each.decided_by) for each in verdict.findings]
    return lines, verdict.limits


def retained(rules: Rules, *, read: bool) -> float:
    """Give how many bytes a verdict of a clinic that is kept anyway holds, beside what all verdicts share."""
    clinics = [clinic_from(listing(i, 0)) for i in range(RETAINED)]
    for clinic in clinics:
        explained(vet(clinic, rules.criteria, as_of=DAY))
    gc.collect()
    tracemalloc.start()
    kept = [vet(clinic, rules.criteria, as_of=DAY) for clinic in clinics]
    if read:
        for verdict in kept:
            explained(verdict)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / len(kept)


def compared(rules: Rules, clinics: int, rounds: int) -> tuple[list[str], list[str]]:
    """Check and measure all rows for both sizes; give the table, and what was left out."""
    columns: list[dict[str, float]] = []
    sizes: list[str] = []
    rows: list[Row] = []
    absent: list[str] = []
    for reviews in (0, 100):
        load = Load(rules, clinics, reviews)
        peers, absent = installed(load)
        rows = [Row("json.loads", "text to a dict; the measure of all rows", json.loads, load.texts), *peers]
        for row in rows:
            row.check(load.expected)
        columns.append(measured(rows, rounds, clinics))
        sizes.append(f"{statistics.mean(map(len, load.texts)) / 1000:.1f} KB, {reviews} reviews")
    head = ["", *(part for size in sizes for part in (size, "us")), "agrees", "includes"]
    table = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (2 * len(sizes))}---|---|"]
    for row in rows:
        cells = [
            part for each in columns for part in (f"{each[row.name] / each['json.loads']:.2f}", f"{each[row.name]:.1f}")
        ]
        table.append(f"| {' | '.join([row.name, *cells, 'yes' if row.scored else '', row.does])} |")
    return table, absent


def versions() -> str:
    """Name what was measured."""
    found = []
    for name in " ".join(MODULES.values()).split():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--clinics", type=int, default=50)
    parser.add_argument("--write", action="store_true", help="write the section `peers` of RESULTS.md")
    asked = parser.parse_args()
    rules = Rules()
    table, absent = compared(rules, asked.clinics, asked.rounds)
    bare, full = retained(rules, read=False), retained(rules, read=True)
    told = (
        f"Ratios to `json.loads` of the listing's text, and microseconds for one listing: the mean of {asked.clinics} listings, "
        f"each at its fastest of {asked.rounds} interleaved rounds, after {UNTIMED} that are not timed, memos warm; rows beyond {SLOW} times `json.loads` take part "
        f"in every {SELDOM}th round. `agrees`: the same outcome of all {len(rules.asked)} criteria, the same exact sums and the "
        "same band as the library, asserted on every listing before measuring. Rule engines and polars start from direct facts, "
        "prepared outside the time: records already turned into pairs, one statement for each question (`workload.py`). The "
        "library and the hand-written function start from the listing."
    )
    memory = (
        f"A retained verdict, of a clinic that is kept anyway: {bare / 1000:.1f} KB, and {full / 1000:.1f} KB once its findings "
        f"were read ({RETAINED} verdicts of distinct clinics without reviews, tracemalloc; shared memos warm)."
    )
    heading = ["## The library and its peers", "", f"{results.machine()} {versions()}.", "", told, ""]
    lines = [*heading, *table, "", memory, *(f"\n{each}." for each in absent)]
    print("\n".join(lines))
    if asked.write:
        results.section("peers", lines)


if __name__ == "__main__":
    main()
