"""How long a program takes to start, in fresh processes with bytecode written, as of an installed package.

Rounds go through all rows in turn; the fastest counts, as all else that runs on a machine only adds to it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import results

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "minimal.yaml")
VET = ("-m", "clinic_vetting", "vet", EXAMPLE, "--as-of", "2026-11-21")
FIRST = "from clinic_vetting import load_criteria, parse_clinic, vet"
ROWS = {
    "Python alone": ("-c", "pass"),
    "`import attrs, yaml`": ("-c", "import attrs, yaml"),
    "`import clinic_vetting`": ("-c", "import clinic_vetting"),
    "`from clinic_vetting import Clinic`": ("-c", "from clinic_vetting import Clinic"),
    f"`{FIRST}`": ("-c", FIRST),
    "the same, and `load_criteria()`": ("-c", f"{FIRST}; load_criteria()"),
    "every public name": ("-c", "from clinic_vetting import *"),
    "`clinic-vetting vet FILE`": VET,
    "`clinic-vetting vet FILE --format json`": (*VET, "--format", "json"),
    "`clinic-vetting --help`": ("-m", "clinic_vetting", "--help"),
}


def bytecode_in(folder: str) -> dict[str, str]:
    """Give an environment in which bytecode is kept in a folder, whatever is set outside."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}


def taken(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Give the milliseconds of a Python process from its start to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def measured(rounds: int) -> dict[str, list[float]]:
    """Time each row so many times, after one round that writes bytecode."""
    found: dict[str, list[float]] = {name: [] for name in ROWS}
    with tempfile.TemporaryDirectory() as folder:
        environment = bytecode_in(folder)
        for arguments in ROWS.values():
            taken(arguments, environment)
        for _ in range(rounds):
            for name, arguments in ROWS.items():
                found[name].append(taken(arguments, environment))
    return found


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--write", action="store_true", help="write the section `starting` of RESULTS.md")
    asked = parser.parse_args()
    found = measured(asked.rounds)
    lines = ["## Starting", "", results.machine(), "", f"Whole processes, bytecode written, {asked.rounds} interleaved rounds.", ""]  # fmt: skip
    lines += ["| | ms, fastest | ms, median |", "|---|---:|---:|"]
    lines += [f"| {name} | {min(each):.0f} | {statistics.median(each):.0f} |" for name, each in found.items()]
    print("\n".join(lines))
    if asked.write:
        results.section("starting", lines)


if __name__ == "__main__":
    main()
