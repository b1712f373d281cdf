"""Time and memory of `clinic-vetting batch` on made-up listings of about 10 KB.

Memory is the most that any one process ever held (VmHWM), read from /proc while it runs; Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from listings import listing
from results import machine, section

if TYPE_CHECKING:
    from collections.abc import Iterator

REVIEWS = 75
"""So many make a listing of about 10 KB."""


GOAL, TWO = 1.7, 2
"""Two workers should be so many times as fast as one."""
MB = 1.048576
"""In a MiB."""


class Run(NamedTuple):
    """One run: seconds, and peak memory in MiB of the command itself and of its largest worker; on what.

    `busy` is the processor's time in seconds of all its processes, `lead` that of the command itself.
    """

    seconds: float
    command: float
    worker: float
    busy: float
    lead: float
    listings: int = 0
    size: float = 0
    jobs: int = 0

    @property
    def most_memory(self) -> float:
        """The most that any process held, in MiB."""
        return max(self.command, self.worker)


def write(path: Path, count: int) -> int:
    """Write listings, one a line; give the file's bytes."""
    distinct = [json.dumps(listing(i, REVIEWS)) for i in range(min(count, 500))]
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            file.write(distinct[i % len(distinct)] + "\n")
    return path.stat().st_size


def run(source: Path, target: Path, jobs: int) -> Run:
    """Run the command and watch its processes."""
    command = [sys.executable, "-m", "clinic_vetting", "batch", str(source), str(target), "--overwrite"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--as-of", "2026-11-21", "--jobs", str(jobs)])
    peaks: dict[int, float] = {}
    work: dict[int, float] = {}
    while process.poll() is None:
        for pid in (process.pid, *children(process.pid)):
            peaks[pid] = max(peaks.get(pid, 0.0), peak(pid))
            work[pid] = max(work.get(pid, 0.0), worked(pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(process.returncode)
    main = peaks.pop(process.pid, 0.0)
    return Run(seconds, main, max(peaks.values(), default=0.0), sum(work.values()), work.get(process.pid, 0.0))


def children(pid: int) -> list[int]:
    """List the processes that a process has started."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def peak(pid: int) -> float:
    """Give the most memory that a process ever held, in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def worked(pid: int) -> float:
    """Give the processor's time that a process has taken, in seconds; 0 where it has ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def measured(count: int, jobs: list[int]) -> Iterator[Run]:
    """Run a batch of so many listings with each number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.ndjson")
        size = write(source, count) / 1e6
        for each in jobs:
            yield run(source, Path(folder, "out.ndjson"), each)._replace(listings=count, size=size, jobs=each)


def row(found: Run, alone: Run) -> str:
    """Give a row of the table, beside the first run on the same listings."""
    return (
        f"| {found.listings:,} | {found.size:,.0f} | {found.jobs} | {found.seconds:.1f} "
        f"| {found.listings / found.seconds:,.0f} | {alone.seconds / found.seconds:.2f} | {found.command:.1f} "
        f"| {found.worker:.1f} |"
    )


def flatness(runs: list[Run]) -> Iterator[str]:
    """Say for each number of processes how memory grew from the fewest listings to the most, and in MB."""
    for jobs in sorted({each.jobs for each in runs}):
        few, *_, most = (each for each in runs if each.jobs == jobs)
        grown = most.most_memory / few.most_memory
        yield (
            f"- {jobs} {'process' if jobs == 1 else 'processes'}: {most.listings / few.listings:.0f} x the listings, "
            f"{grown:.2f} x the memory: {few.most_memory * MB:.1f} -> {most.most_memory * MB:.1f} MB in the largest process"
        )


def speed_ups(runs: list[Run]) -> Iterator[str]:
    """Say of each run of two workers whether the goal is met; where not, by how much and what took the time."""
    for each in (each for each in runs if each.jobs == TWO):
        alone = next((one for one in runs if one.listings == each.listings and one.jobs == 1), None)
        if alone is None:
            continue
        times, heading = alone.seconds / each.seconds, f"- {each.listings:,} listings, two workers"
        if times >= GOAL:
            yield f"{heading}: {times:.2f} x one; met"
            continue
        dearer = each.busy / alone.busy
        yield (
            f"{heading}: {times:.2f} x one; missed by {GOAL / times:.2f} x: the work took {dearer:.2f} x the processor's "
            f"time that it takes in one process, since two processes share the caches and the clock of this machine's "
            f"two cores; {each.lead / each.busy:.0%} of it is the command's own reading, sending and writing, and "
            f"both cores were busy for {each.busy / (TWO * each.seconds):.0%} of the time"
        )


def main() -> None:
    """Print a table, and write it into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, nargs="+", default=[6_000, 60_000], help="60,000 are 600 MB")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    chosen = parser.parse_args()
    lines = [
        "## A stream of listings",
        "",
        machine(),
        "",
        "`clinic-vetting batch`, whole processes. Goals: at most 50 MB a worker, flat from 6,000 to 60,000 listings; two workers 1.7 x as fast as one.",
        "",
        "| listings | MB | jobs | seconds | listings a second | speed-up | MiB, command | MiB, largest worker |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for line in lines:
        print(line)
    runs: list[Run] = []
    for count in chosen.listings:
        for found in measured(count, chosen.jobs):
            runs.append(found)
            lines.append(row(found, next(each for each in runs if each.listings == count)))
            print(lines[-1], flush=True)
    if len(chosen.listings) > 1:
        lines += ["", *flatness(runs)]
        print(*lines[-1 - len(chosen.jobs) :], sep="\n")
    told = list(speed_ups(runs))
    lines += ["", *told]
    print(*told, sep="\n")
    if chosen.write:
        section("batch", lines)


if __name__ == "__main__":
    main()
