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

from listings import listing

from clinic_vetting import clinic_from, load_criteria, vet
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
    processes()
