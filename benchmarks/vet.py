"""What a verdict costs beside parsing its listing's text; what importing and loading cost in a fresh process.

Run `python benchmarks/vet.py`. Rounds are interleaved, so that a busy machine slows both sides alike.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from listings import listing

from clinic_vetting import clinic_from, decode_clinic, load_criteria, vet, vet_tree
from clinic_vetting.reports import to_json

DAY = dt.date(2026, 11, 22)
CLINICS, ROUNDS, PROCESSES = 200, 100, 25


def fresh(code: str) -> float:
    """Run code in a fresh process that prints how many milliseconds it took."""
    timing = f"import time; start = time.perf_counter()\n{code}\nprint((time.perf_counter() - start) * 1000)"
    return float(subprocess.run([sys.executable, "-c", timing], capture_output=True, text=True, check=True).stdout)


def verdicts(reviews: int) -> None:
    """Compare a verdict of built clinics with `json.loads` of their listings."""
    criteria = load_criteria()
    trees = [listing(i, reviews) for i in range(CLINICS)]
    texts, clinics = [json.dumps(tree) for tree in trees], [clinic_from(tree) for tree in trees]
    loads, vets = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            json.loads(text)
        between = time.perf_counter()
        for clinic in clinics:
            vet(clinic, criteria, as_of=DAY)
        loads.append((between - start) / CLINICS * 1e6)
        vets.append((time.perf_counter() - between) / CLINICS * 1e6)
    low, high = min(loads), min(vets)
    size = statistics.mean(map(len, texts)) / 1000
    print(f"{size:.1f} KB, {reviews} reviews: json.loads {low:.1f} us, vet {high:.1f} us, ratio {high / low:.2f}")


def written(reviews: int) -> None:
    """Compare the JSON of a fresh verdict, with all its reasons, with `json.loads` of the listing."""
    criteria = load_criteria()
    trees = [listing(i, reviews) for i in range(CLINICS)]
    texts, clinics = [json.dumps(tree) for tree in trees], [clinic_from(tree) for tree in trees]
    loads, writes = [], []
    for _ in range(ROUNDS // 10):
        start = time.perf_counter()
        for text in texts:
            json.loads(text)
        between = time.perf_counter()
        for clinic in clinics:
            to_json(vet(clinic, criteria, as_of=DAY))
        loads.append((between - start) / CLINICS * 1e6)
        writes.append((time.perf_counter() - between) / CLINICS * 1e6)
    low, high = min(loads), min(writes)
    size = statistics.mean(map(len, texts)) / 1000
    print(
        f"{size:.1f} KB, {reviews} reviews: json.loads {low:.1f} us, to_json(vet) {high:.0f} us, ratio {high / low:.1f}"
    )


def readings(reviews: int) -> None:
    """Compare reading and vetting a listing, from a dict and from bytes, with `json.loads` of its text; in CPU time."""
    criteria = load_criteria()
    trees = [listing(i, reviews) for i in range(CLINICS)]
    texts = [json.dumps(tree) for tree in trees]
    runs: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "json.loads": (json.loads, texts),
        "clinic_from": (clinic_from, trees),
        "vet_tree": (lambda tree: vet_tree(tree, criteria, as_of=DAY), trees),
        "json.loads + vet_tree": (lambda text: vet_tree(json.loads(text), criteria, as_of=DAY), texts),
        "decode_clinic + vet": (
            lambda data: vet(decode_clinic(data), criteria, as_of=DAY),
            [t.encode() for t in texts],
        ),
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, (run, given) in runs.items():
            start = time.process_time()
            for each in given:
                run(each)
            best[name] = min(best[name], (time.process_time() - start) / CLINICS * 1e6)
    for name, taken in best.items():
        print(f"{reviews} reviews: {name} {taken:.1f} us, ratio {taken / best['json.loads']:.2f}")


def processes() -> None:
    """Compare importing the library with importing what it needs, and load the shipped criteria cold."""
    loading = "from clinic_vetting import load_criteria\nfrom clinic_vetting.plan import compiled\n"
    codes = {
        "import attrs, yaml": "import attrs, yaml",
        "import clinic_vetting": "import clinic_vetting",
        "load and compile the shipped criteria": f"{loading}start = time.perf_counter()\ncompiled(load_criteria())",
    }
    taken: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(PROCESSES):
        for name, code in codes.items():
            taken[name].append(fresh(code))
    for name, each in taken.items():
        print(f"{name}: {statistics.median(each):.1f} ms")
    needed, own = (statistics.median(taken[name]) for name in list(codes)[:2])
    print(f"import ratio {own / needed:.2f}")


if __name__ == "__main__":
    verdicts(0)
    verdicts(100)
    written(0)
    written(100)
    readings(0)
    readings(100)
    processes()
