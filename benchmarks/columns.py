"""Rescoring a corpus of codes, against polars by hand, on one core; both give the same numbers and bands.

    taskset -c 1 python benchmarks/columns.py --listings 2000000 --rounds 7

Listings are drawn column by column from verdicts of made-up clinics: the likely corpus from those of
listings.py; the hard one from clinics about which every criterion has a statement of any kind and age,
so that each column holds every code. Where some are excused, six criteria sometimes do not apply.
Rounds are interleaved; the quickest of each counts, in seconds of the processor, so that what else runs
on the machine disturbs less.
Without `taskset` the process pins itself to one core; polars has one thread.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np
import polars as pl
from corpora import DAY, drawn, hard
from listings import listing
from results import machine, section

from clinic_vetting import CriteriaSet, clinic_from, load_criteria, parse_criteria, vet
from clinic_vetting.matrix import CodeMatrix, Scores, codes
from clinic_vetting.score import distribute

CLINIC = {"id": "c", "country": "GB", "region": "GB-ENG", "treatments": ["mesotherapy"]}
CHANGED = """
criteria_set: 1
id: changed
version: "1"
title: Changed
extends: mesotherapy
changes:
  - {because: measured, owner: us, weights: {hygiene: 30, hygiene.hand_hygiene: 9}}
"""

GOAL = 4
EACH_SECOND = 25
NARROW = "sums of two bytes are as quick to add up as codes of one are to look up"
APART = "listings to which other criteria apply have other points: each such run is looked up in tables of its own"
MANY = "the more codes a column holds, the more groups of columns are looked up and added"


def corpus(listings: int, criteria: CriteriaSet, dossiers: Iterable[dict[str, Any]]) -> CodeMatrix:
    return drawn(codes(vet(clinic_from(each), criteria, as_of=DAY) for each in dossiers), listings)


def frame(matrix: CodeMatrix) -> pl.DataFrame:
    """Give what a polars user would keep: proven and failed of each criterion, a byte each."""
    columns = {}
    for i, name in enumerate(matrix.ids):
        columns[f"p:{name}"] = matrix.book[:, 0][matrix.codes[:, i]]
        columns[f"f:{name}"] = matrix.book[:, 1][matrix.codes[:, i]]
    return pl.DataFrame(columns)


def by_hand(criteria: CriteriaSet, kind: Any) -> list[pl.Expr]:
    """Write the shipped bands and a set's weights as polars expressions; everything applies.

    A category's weights are small, so it is added up in `kind`, and only then made wide.
    """
    points = distribute(criteria, [True] * sum(1 for _ in criteria.criteria()))
    worth = {each.full_id: n for each, n in zip(criteria.criteria(), points.each, strict=True)}
    proven, failed = (_added(criteria, worth, letter, kind) for letter in "pf")
    of = {s: [each.full_id for each in criteria.criteria() if each.severity == s] for s in ("critical", "major")}
    doubted = pl.any_horizontal(pl.col(f"f:{name}") >= 25 for name in of["critical"])
    critical = pl.any_horizontal(_failed(name) for name in of["critical"])
    major = pl.sum_horizontal(_failed(name).cast(pl.UInt8) for name in of["major"])
    best, good = (pl.all_horizontal(_met(name) for name in band.met) for band in criteria.bands[:2])
    whole = points.whole
    let_in = ~doubted & ~pl.any_horizontal(_failed(name) for name in criteria.bands[0].not_failed)
    acceptable = let_in & (major <= 1) & (failed <= 15 * whole)
    recommended = let_in & (major == 0) & (failed <= 5 * whole) & (proven >= 70 * whole) & best
    band = (
        pl.when(recommended).then(0).when(acceptable & (proven >= 50 * whole) & good).then(1).when(acceptable).then(2)
    )
    band = band.when((failed <= 40 * whole) & ~critical).then(3).otherwise(4).cast(pl.Int8)
    score = 2 * proven + (100 * whole - proven - failed)
    named = (("proven", 2 * proven), ("failed", 2 * failed), ("score", score), ("band", band))
    return [each.alias(name) for name, each in named]


def _added(criteria: CriteriaSet, worth: dict[str, int], letter: str, kind: Any) -> pl.Expr:
    sums = []
    for category in criteria.categories:
        share = worth[category.criteria[0].full_id] // category.criteria[0].weight
        terms = (
            pl.col(f"{letter}:{each.full_id}").cast(kind) * pl.lit(each.weight, kind) for each in category.criteria
        )
        first, *others = terms
        sums.append(sum(others, first).cast(pl.Int64) * share)
    return sum(sums[1:], sums[0])


def _failed(name: str) -> pl.Expr:
    return (pl.col(f"f:{name}") >= 50) & (pl.col(f"p:{name}") < 25)


def _met(name: str) -> pl.Expr:
    return (pl.col(f"p:{name}") >= 50) & (pl.col(f"f:{name}") < 25)


def same(scores: Scores, frame: pl.DataFrame) -> bool:
    return all(
        (getattr(scores, each) == frame[each].to_numpy()).all() for each in ("proven", "failed", "score", "band")
    )


def quickest(runs: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, [max(os.sched_getaffinity(0))])
    criteria, changed = load_criteria(), parse_criteria(CHANGED)
    corpora = {
        "hard": corpus(chosen.listings, criteria, hard(criteria, CLINIC)),
        "likely": corpus(chosen.listings, criteria, (listing(i, i % 30) for i in range(300))),
        "hard, some excused": corpus(chosen.listings, criteria, hard(criteria, CLINIC, 0.1)),
    }
    runs: dict[str, Callable[[], Any]] = {}
    lines = [
        "## Rescoring a corpus of codes",
        "",
        machine(),
        "",
        __doc__.partition("\n\n")[2].partition("\n\n")[2].strip(),
        "",
    ]
    for name, matrix in corpora.items():
        each = np.mean([len(set(column[:10_000].tolist())) for column in matrix.codes.T])
        lines.append(f"- {name}: {chosen.listings:,} listings, {each:.1f} codes a criterion; {_indexed(matrix)}")
        runs[f"rescore: {name}"] = partial(matrix.rescore, changed)
    for name in ("hard", "likely"):
        data, scores = frame(corpora[name]), corpora[name].rescore(changed)
        for kind in (pl.UInt16, pl.Int64):
            for engine in ("in-memory", "streaming"):
                collect = partial(data.lazy().select(by_hand(changed, kind)).collect, engine=engine)
                runs[f"polars: {name} {kind} {engine}"] = collect
                assert same(scores, collect())
    lines += ["", *_table(quickest(runs, chosen.rounds), chosen.listings)]
    print("\n".join(lines))
    if chosen.write:
        section("columns", lines)


def _table(best: dict[str, float], listings: int) -> Iterator[str]:
    yield f"Goals: {EACH_SECOND} million listings a second, {GOAL} x polars by hand."
    yield ""
    yield "| | million listings a second | goal |"
    yield "|---|---:|---|"
    for name, seconds in best.items():
        rate = listings / seconds / 1e6
        yield f"| {name} | {rate:.2f} | {_kept(name, rate) if name.startswith('rescore') else ''} |"
    yield ""
    for name in ("hard", "likely"):
        for kind in (pl.UInt16, pl.Int64):
            polars = min(seconds for run, seconds in best.items() if run.startswith(f"polars: {name} {kind}"))
            times = polars / best[f"rescore: {name}"]
            why = f"; missed by {GOAL / times:.1f} x: {NARROW}" if times < GOAL else ""
            yield f"- {name}: {times:.1f} x polars that adds up in {kind}{why}"


def _kept(name: str, rate: float) -> str:
    if rate >= EACH_SECOND:
        return "met"
    return f"missed by {EACH_SECOND / rate:.1f} x: {APART if 'excused' in name else MANY}"


def _indexed(matrix: CodeMatrix) -> str:
    start = time.process_time()
    index = matrix.index
    seconds = time.process_time() - start
    return f"an index of {len(index.groups)} groups, {len(index.starts) - 1} runs, made once in {seconds:.2f} s"


if __name__ == "__main__":
    main()
