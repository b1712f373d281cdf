"""The goals of speed and size, each as a ratio to `json.loads` of the listing's text in one interleaved run.

Run `python benchmarks/vet.py [--rounds N] [--clinics N] [--write]`. Rounds go through all rows in turn, each beginning
with another row; of each listing the fastest round counts. What a call needs that is not asked for is made outside the
time: `to_json` is given a fresh verdict that nobody has read. pydantic and zen-engine are measured where installed.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import results
from peers import RETAINED, explained, retained
from starting import bytecode_in
from workload import DAY, Load, Rules

from clinic_vetting import to_json, vet, vet_json, vet_tree
from clinic_vetting.fast_reading import json_draft
from clinic_vetting.vetting import vet_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clinic_vetting import Verdict

SIZES = (0, 100)
PROCESSES, UNTIMED, SELDOM = 25, 5, 5
PEERS = {"by_hand": "by hand, with lines", "pydantic_": "pydantic, from dict", "zen_engine": "zen-engine, trace"}


class Row(NamedTuple):
    """A call on each of its inputs, `made` outside the time; dear ones take part in some rounds."""

    call: Callable[[Any], object]
    inputs: list[Any]
    made: Callable[[Any], Any] = lambda given: given
    dear: bool = False


class Goal(NamedTuple):
    """At most so many times what another row takes; `why` it is missed, where it is."""

    what: str
    row: str
    most: float
    than: str = "json.loads"
    why: str = ""


RECORDS = "each of some 140 values is checked by its shape in Python, and of each mapping but reviews and answers an object is made"
READ = (
    "each of 61 findings is made, and five things of it are read; what records say is gathered when a finding is read"
)
GOALS = (
    Goal("dict -> validated, explained verdict with every finding", "explained", 1.0, why=f"{RECORDS}; {READ}"),
    Goal("the same, findings not read", "vet_tree", 1.0, why=RECORDS),
    Goal("the same, findings read, to pydantic's validation alone", "explained", 0.7, PEERS["pydantic_"], READ),
    Goal("the same, findings read, to zen-engine with trace", "explained", 1 / 20, PEERS["zen_engine"], READ),
    Goal("trusted Clinic -> verdict", "vet", 0.65, why="61 criteria, 18 of them over records, are looked up one by one"),
    Goal("the same, to the naive function", "vet", 0.3, PEERS["by_hand"]),
    Goal("bytes -> verdict, json, repeated keys told", "parse", 2.0, why=f"{RECORDS}; numbers are kept as written"),
    Goal("bytes -> verdict, json.loads, the last of repeated keys", "loads", 2.0, why=RECORDS),
    Goal("bytes -> verdict, msgspec, repeated keys told", "decode", 0.8, why="references, order and repeated keys are checked in Python, after msgspec, and 61 criteria are looked up one by one"),
    Goal("verdict -> JSON with all reasons", "written", 0.5, why="it is six to twenty times as long as the listing; what each record says, days to come, advice and a digest are worked out in it"),
)  # fmt: skip


def rows_of(load: Load) -> dict[str, Row]:
    """List what is measured of one size."""
    criteria, texts = load.rules.criteria, load.texts
    data = [each.encode() for each in texts]

    def scored(clinic: Any) -> Verdict:
        return vet(clinic, criteria, as_of=DAY)

    def read(tree: object) -> Verdict:
        return vet_tree(tree, criteria, as_of=DAY)

    rows = {
        "json.loads": Row(json.loads, texts),
        "vet_tree": Row(read, load.trees),
        "explained": Row(lambda tree: explained(read(tree)), load.trees, dear=True),
        "vet": Row(scored, load.clinics),
        "parse": Row(lambda each: vet_draft(json_draft(each, frozen=False), criteria, as_of=DAY), data),
        "loads": Row(lambda each: read(json.loads(each)), data),
        "written": Row(to_json, load.clinics, scored, dear=True),
    }
    if importlib.util.find_spec("msgspec"):
        rows["decode"] = Row(lambda each: vet_json(each, criteria, as_of=DAY), data)
    return rows | dict(peers(load))


def peers(load: Load) -> Iterable[tuple[str, Row]]:
    """Find the rows of `against/` that goals name; what is not installed is left out."""
    for module, name in PEERS.items():
        try:
            rows = importlib.import_module(f"against.{module}").rows(load)
        except ModuleNotFoundError as error:
            print(f"{name}: left out, {error.name} is not installed", file=sys.stderr)
            continue
        yield from ((each.name, Row(each.call, each.inputs, dear=True)) for each in rows if each.name == name)


def measured(rows: dict[str, Row], rounds: int) -> dict[str, float]:
    """Give each row's mean over its inputs, each at its fastest, in microseconds."""
    gc.collect()
    gc.freeze()
    names = list(rows)
    fastest = {name: _pass(row) for name, row in rows.items()}
    for turn in range(1, rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            if not rows[name].dear or turn % SELDOM == 0:
                fastest[name] = list(map(min, fastest[name], _pass(rows[name])))
    gc.unfreeze()
    return {name: statistics.mean(taken) * 1e6 for name, taken in fastest.items()}


def _pass(row: Row) -> list[float]:
    call, taken = row.call, []
    for each in row.inputs[:UNTIMED]:
        call(row.made(each))
    for each in row.inputs:
        given = row.made(each)
        start = time.perf_counter()
        call(given)
        taken.append(time.perf_counter() - start)
    return taken


def fresh(code: str, environment: dict[str, str]) -> float:
    """Run code in a fresh process that prints how many milliseconds it took."""
    timing = f"import time; start = time.perf_counter()\n{code}\nprint((time.perf_counter() - start) * 1000)"
    command = [sys.executable, "-c", timing]
    return float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def processes(times: int) -> dict[str, float]:
    """Take the median time of importing the library and what it needs, and of loading the criteria cold."""
    loading = "from clinic_vetting import load_criteria\nfrom clinic_vetting.plan import compiled\n"
    codes = {
        "needed": "import attrs, yaml",
        "own": "import clinic_vetting",
        "whole": "from clinic_vetting import load_criteria, parse_clinic, vet; load_criteria()",
        "cold": f"{loading}start = time.perf_counter()\ncompiled(load_criteria())",
    }
    taken: dict[str, list[float]] = {name: [] for name in codes}
    with tempfile.TemporaryDirectory() as folder:
        environment = bytecode_in(folder)
        for code in codes.values():
            fresh(code, environment)
        for _ in range(times):
            for name, code in codes.items():
                taken[name].append(fresh(code, environment))
    return {name: statistics.median(each) for name, each in taken.items()}


def judged(values: Iterable[float | None], most: float, why: str = "") -> str:
    """Say whether every value keeps the goal, or how far the worst is from it."""
    worst = max((each for each in values if each is not None), default=None)
    if worst is None:
        return "not measured"
    return "met" if worst <= most else f"missed by {worst / most:.1f} x" + (f": {why}" if why else "")


def table(columns: list[dict[str, float]], sizes: list[str]) -> list[str]:
    """Write the goals that are ratios."""
    head = ["", "to", "at most", *(part for size in sizes for part in (size, "us")), "goal"]
    lines = [f"| {' | '.join(head)} |", f"|---|---|---:|{'---:|' * (2 * len(sizes))}---|"]
    for goal in GOALS:
        taken = [each.get(goal.row) for each in columns]
        ratios = [
            mine / each[goal.than] if mine and goal.than in each else None
            for mine, each in zip(taken, columns, strict=True)
        ]
        cells = [
            part for pair in zip(ratios, taken, strict=True) for part in (_number(pair[0], 2), _number(pair[1], 1))
        ]
        lines.append(
            f"| {' | '.join([goal.what, goal.than, f'{goal.most:.2f}', *cells, judged(ratios, goal.most, goal.why)])} |"
        )
    bases = [part for each in columns for part in ("1.00", _number(each["json.loads"], 1))]
    return [*lines, f"| {' | '.join(['json.loads of the text', '', '', *bases, ''])} |"]


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def others(rules: Rules, times: int) -> list[str]:
    """Write the goals of memory and of a fresh process."""
    bare, full = (retained(rules, read=read) / 1000 for read in (False, True))
    took = processes(times)
    ratio = took["own"] / took["needed"]
    told = (
        f"Importing takes {took['own']:.0f} ms, with all that `vet` needs and `load_criteria()` {took['whole']:.0f} ms (names are loaded when first used), attrs and yaml {took['needed']:.0f} ms; loading and compiling the shipped criteria cold {took['cold']:.0f} ms "
        f"(medians of {times} fresh processes, bytecode written, taken in turn). Memory: {RETAINED} verdicts of distinct clinics without reviews, tracemalloc, shared memos warm."
    )
    return [
        "| | at most | measured | goal |",
        "|---|---:|---:|---|",
        f"| a retained verdict, of a clinic that is kept anyway | 2 KB | {bare:.1f} KB | {judged([bare], 2)} |",
        f"| the same, its findings read | 2 KB | {full:.1f} KB | {judged([full], 2)} |",
        f"| `import clinic_vetting`, to `import attrs, yaml` | 1.3 | {ratio:.2f} | {judged([ratio], 1.3)} |",
        "",
        told,
    ]


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--clinics", type=int, default=50)
    parser.add_argument("--write", action="store_true", help="write the section `vet` of RESULTS.md")
    asked = parser.parse_args()
    rules = Rules()
    loads = [Load(rules, asked.clinics, reviews) for reviews in SIZES]
    columns = [measured(rows_of(load), asked.rounds) for load in loads]
    sizes = [f"{statistics.mean(map(len, load.texts)) / 1000:.1f} KB, {load.reviews} reviews" for load in loads]
    told = (
        f"Ratios, and microseconds for one listing: the mean of {asked.clinics} listings, each at its fastest of {asked.rounds} interleaved rounds, memos warm; "
        f"rows that read findings or write JSON, and peers, take part in every {SELDOM}th. A goal is met where both sizes keep it; else the worse one is told."
    )
    lines = [
        "## Goals",
        "",
        results.machine(),
        "",
        told,
        "",
        *table(columns, sizes),
        "",
        *others(rules, min(PROCESSES, asked.rounds)),
    ]
    print("\n".join(lines))
    if asked.write:
        results.section("vet", lines)


if __name__ == "__main__":
    main()
