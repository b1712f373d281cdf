"""How long pages take: HTML of each example, the other formats, and an index of a hundred clinics."""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING

from listings import listing
from results import machine, section

from clinic_vetting import (
    Clinic,
    clinic_from,
    load_clinic,
    load_criteria,
    to_badge,
    to_csv,
    to_html,
    to_index,
    to_jsonld,
    to_markdown,
    to_svg,
    vet,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting import Verdict

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))
COUNT = 100
DAY = dt.date(2026, 11, 21)


def fastest(do: Callable[[Verdict], object], clinic: Clinic, rounds: int) -> tuple[float, float]:
    """Give the milliseconds of processor time of the fastest round and of the first, each on a verdict of which nothing was read yet."""
    criteria, times = load_criteria(), []
    for _ in range(rounds):
        verdict = vet(clinic, criteria, as_of=DAY)
        start = time.process_time()
        do(verdict)
        times.append((time.process_time() - start) * 1000)
    return min(times), times[0]


def rows(rounds: int) -> list[tuple[str, float, float, str]]:
    """Measure HTML of each example first, then the rest on the richest example."""
    found = [(f"HTML, {path.stem}", *fastest(to_html, load_clinic(path), rounds), "20") for path in EXAMPLES]
    clinics = [clinic_from(listing(i, 100)) for i in range(COUNT)]
    slowest = max((fastest(to_html, each, max(2, rounds // 5)) for each in clinics), key=lambda pair: pair[0])
    found.append((f"HTML, the slowest of {COUNT} listings", *slowest, "20"))
    rich = load_clinic(EXAMPLES[-1])
    for name, write in (("Markdown", to_markdown), ("CSV", to_csv), ("JSON-LD", to_jsonld), ("SVG bar", to_svg)):
        found.append((name, *fastest(write, rich, rounds), ""))
    found.append(("badge", *fastest(to_badge, rich, rounds), ""))
    verdicts = [vet(each, load_criteria(), as_of=DAY) for each in clinics]
    links = [f"{i}.html" for i in range(COUNT)]
    found.append((f"index of {COUNT} clinics", *fastest(lambda _: to_index(verdicts, links), rich, 2), ""))
    return found


def main() -> None:
    """Print the figures, and write them where asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    lines = ["| what | ms | first call, ms | goal |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {best:.1f} | {first:.1f} | {goal} |" for name, best, first, goal in rows(chosen.rounds)]
    told = f"Processor time, which other work on the machine moves least; each at its fastest of {chosen.rounds} rounds, on a verdict of which nothing was read before; the very first page compiles the templates."
    print("\n".join([*lines, "", told]))
    if chosen.write:
        section("pages", ["## Pages", "", machine(), "", told, "", *lines])


if __name__ == "__main__":
    main()
