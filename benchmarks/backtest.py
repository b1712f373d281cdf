"""A backtest of 100,000 dossiers that were evaluated once, another weighting against the shipped one: `--write`.

Codes are drawn column by column from the verdicts of made-up clinics: the likely corpus from those of
listings.py; the hard one from clinics about which every criterion has a statement of any kind and age, a
tenth of them excused from six criteria. Each round starts from codes that were never indexed, as they are
loaded from a file, and ends with the whole report as text: scores under both sets, movers, the matrix of
bands, rank correlation, the ten largest changes explained. Seconds on the clock, the median of the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable
from typing import Any

from corpora import DAY, drawn, hard
from listings import listing
from results import machine, section

from clinic_vetting import CriteriaSet, clinic_from, load_criteria, parse_criteria, vet
from clinic_vetting.matrix import CodeMatrix
from clinic_vetting.upkeep.backtest import Backtest, backtest
from clinic_vetting.upkeep.backtest_report import backtest_text
from clinic_vetting.upkeep.corpus import Corpus, Gathering, kept

GOAL = 2.0
CHANGED = """
criteria_set: 1
id: changed
version: "1"
title: Changed
extends: mesotherapy
changes:
  - {because: measured, owner: us, weights: {hygiene: 30, hygiene.hand_hygiene: 9, care: 20}}
  - {because: measured, owner: us, set: {care.aftercare_written: {severity: critical}, care.follow_up: {severity: major}}}
"""


def evaluated(criteria: CriteriaSet, dossiers: Iterable[dict[str, Any]]) -> tuple[Corpus, float]:
    """Evaluate dossiers once; give seconds for each."""
    gathering, start, count = Gathering(criteria), time.perf_counter(), 0
    for each in dossiers:
        gathering.add(vet(clinic_from(each), criteria, as_of=DAY))
        count += 1
    return gathering.corpus(), (time.perf_counter() - start) / count


def measured(matrix: CodeMatrix, old: CriteriaSet, new: CriteriaSet, rounds: int) -> tuple[float, Backtest]:
    names, seconds = [f"clinic-{i}" for i in range(len(matrix))], []
    for _ in range(rounds):
        corpus = kept(CodeMatrix(matrix.codes, matrix.book, matrix.ids, matrix.bases), names)
        start = time.perf_counter()
        found = backtest(old, new, corpus)
        backtest_text(found)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    old, new = load_criteria(), parse_criteria(CHANGED)
    corpora = {
        "likely": (listing(i, i % 30) for i in range(300)),
        "hard, some excused": hard(old, {"id": "c", "country": "GB"}, 0.1),
    }
    lines = ["## Backtest", "", machine(), "", (__doc__ or "").split("\n\n")[1].replace("\n", " "), ""]
    lines += ["| corpus | listings | another band | Spearman | seconds | goal: under 2 s | evaluating one, once, us |"]
    lines += ["|---|---:|---:|---:|---:|---|---:|"]
    for name, dossiers in corpora.items():
        few, each = evaluated(old, dossiers)
        seconds, found = measured(drawn(few.parts[0], chosen.listings), old, new, chosen.rounds)
        goal = "met" if seconds < GOAL else "missed"
        alike = f"{found.correlation:.4f}"
        lines += [
            f"| {name} | {chosen.listings:,} | {len(found.moved):,} | {alike} | {seconds:.2f} | {goal} | {each * 1e6:.0f} |"
        ]
    print("\n".join(lines))
    if chosen.write:
        section("backtest", lines)


if __name__ == "__main__":
    main()
