"""What advice on one verdict costs, in milliseconds: questions, fixes with their smallest sets, the forecast, and more.

Run `python benchmarks/advice.py`; with `--write` it writes its section of RESULTS.md. Each figure is the slowest clinic's
fastest round, memos warm; the goals are 10 ms for questions, 100 ms for fixes, 100 ms for the forecast.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from listings import listing
from results import machine, section

from clinic_vetting import (
    Answer,
    Clinic,
    Kind,
    Source,
    Statement,
    clinic_from,
    comparison,
    difference,
    forecast,
    lead,
    load_criteria,
    parse_criteria,
    questions,
    remedies,
    robustness,
    vet,
)
from clinic_vetting.advice.covering import MOST_STEPS, MOST_THINGS, smallest_covers
from clinic_vetting.catalogue import plain_criteria
from clinic_vetting.document import yaml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic_vetting import CriteriaSet, Verdict

DAY = dt.date(2026, 11, 22)
CLINICS, FAILED = 20, 60


class Row(NamedTuple):
    """One line: what is called, for which verdicts, and its goal in milliseconds."""

    name: str
    call: Callable[[Verdict], Any]
    verdicts: Sequence[Verdict]
    goal: str


def failing(criteria: CriteriaSet, number: int) -> Clinic:
    """Make a clinic of which something failed in 60 criteria, in a random mixture of answers and sources."""
    draw = random.Random(number)
    kinds = [Source(kind.value, kind, kind.value, DAY - dt.timedelta(days=30)) for kind in Kind]
    names = [each.full_id for each in criteria.criteria()]
    said = {
        name: [Statement(draw.choice([Answer.NO, Answer.PARTLY]), draw.choice(kinds))]
        for name in draw.sample(names, min(FAILED, len(names)))
    }
    return Clinic(id=f"failing-{number}", answers=said)


def lenient(criteria: CriteriaSet, number: int) -> CriteriaSet:
    """Give the set random weights, and bands that some twenty fixes lead out of: where the search has most to do."""
    draw, tree = random.Random(number), plain_criteria(criteria)
    for category in tree["categories"]:
        for each in category["criteria"]:
            each["weight"] = draw.randint(1, 1000)
            each["severity"] = draw.choice(["major", "minor"])
    tree["bands"] = [
        {"id": "good", "label": "Good", "proven_at_least": draw.randint(20, 60), "failed_at_most": draw.randint(10, 60),
         "critical_failed": 0, "major_failed": draw.randint(5, 20)},
        {"id": "rest", "label": "Rest"},
    ]  # fmt: skip
    return parse_criteria(yaml_text.dump(tree), "lenient.yaml")


def slowest(row: Row, rounds: int) -> tuple[float, float]:
    """Give the milliseconds of the very first call, and of the verdict that takes longest, each at its fastest."""
    taken: list[list[float]] = [[] for _ in row.verdicts]
    for _ in range(rounds):
        for verdict, own in zip(row.verdicts, taken, strict=True):
            start = time.perf_counter()
            row.call(verdict)
            own.append((time.perf_counter() - start) * 1000)
    return taken[0][0], max(map(min, taken))


def rows() -> list[Row]:
    """List what is measured."""
    criteria = load_criteria()
    listed = [vet(clinic_from(listing(i, 100)), criteria, as_of=DAY) for i in range(CLINICS)]
    failed = [vet(failing(criteria, i), criteria, as_of=DAY) for i in range(CLINICS)]
    hard = [vet(failing(criteria, i), lenient(criteria, i), as_of=DAY) for i in range(CLINICS)]
    later = {each.clinic.id: vet(each.clinic, criteria, as_of=DAY.replace(year=2027)) for each in listed}
    return [
        Row("questions, a listing with 100 reviews", questions, listed, "10"),
        Row("fixes and sets, a listing", remedies, listed, "100"),
        Row(f"fixes and sets, {FAILED} failed, shipped bands", remedies, failed, "100"),
        Row(f"fixes and sets, {FAILED} failed, random weights and bands", remedies, hard, "100"),
        Row("forecast of 24 months, a listing", forecast, listed, "100"),
        Row("robustness, a listing", robustness, listed, ""),
        Row("lead of two listings", lambda each: lead(each, listed[0]), listed, ""),
        Row("difference of two days", lambda each: difference(each, later[each.clinic.id]), listed, ""),
        Row("comparison of ten, all pairs", lambda _: list(comparison(listed[:10]).pairs()), listed[:1], ""),
    ]


def proven() -> tuple[int, int]:
    """Count the hard searches that were proven to be the smallest, of how many."""
    criteria = load_criteria()
    found = [remedies(vet(failing(criteria, i), lenient(criteria, i), as_of=DAY)) for i in range(CLINICS)]
    return sum(each.smallest for each in found), len(found)


def given_up() -> float:
    """Give the milliseconds of the largest search, which is given up."""
    draw = random.Random(0)
    gains = [(draw.randint(1, 10**6), draw.randint(1, 10**6), i % 2) for i in range(MOST_THINGS)]
    needs = tuple(sum(own[d] for own in gains) // 3 for d in range(3))
    start = time.perf_counter()
    assert not smallest_covers(needs, gains, 10).smallest
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the figures, and write them where asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    table = [(row.name, *slowest(row, chosen.rounds), row.goal) for row in rows()]
    lines = ["| what | ms | first call, ms | goal |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {best:.1f} | {first:.1f} | {goal} |" for name, first, best, goal in table]
    done, of = proven()
    told = (
        f"The slowest of {CLINICS} clinics, each at its fastest of {chosen.rounds} rounds, memos warm. With random weights and "
        f"bands {done} of {of} searches were proven to give the smallest sets. A search is given up after {MOST_STEPS} "
        f"steps: {given_up():.0f} ms among {MOST_THINGS} failed criteria."
    )
    print("\n".join([*lines, "", told]))
    if chosen.write:
        section("advice", ["## Advice on one verdict", "", machine(), "", told, "", *lines])


if __name__ == "__main__":
    main()
