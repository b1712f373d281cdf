"""Run the benchmarks, each in a fresh process, and write RESULTS.md: `python benchmarks/run.py`.

    python benchmarks/run.py [NAME ...] [--rounds N]    all, or those that are named, such as `peers batch`
    python benchmarks/run.py --quick                    all, as small as they go, to see that they work; writes nothing

`--rounds` is for those that take it. What a benchmark compares with is in `requirements.txt`; peers that are not
installed are left out with a line that says so, and `columns` needs numpy and polars. `batch` writes up to 5 GB in a
temporary folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

SCRIPTS = {
    "vet": ("--rounds=2", "--clinics=5"),
    "peers": ("--rounds=2", "--clinics=5"),
    "starting": ("--rounds=1",),
    "generated": ("--rounds=1",),
    "batch": ("--listings", "20", "40"),
    "columns": ("--rounds=1", "--listings=20000"),
    "reviews": ("--rounds=1",),
    "registers": ("--rounds=1", "--rows=2000"),
    "products": ("--rows=2000",),
    "advice": ("--rounds=1",),
    "backtest": ("--rounds=1", "--listings=2000"),
    "pages": ("--rounds=1",),
}
"""The scripts, and what makes each quick."""


def arguments(name: str, asked: argparse.Namespace) -> tuple[str, ...]:
    """Give what a script is run with."""
    if asked.quick:
        return SCRIPTS[name]
    takes_rounds = any(each.startswith("--rounds") for each in SCRIPTS[name])
    return ("--write", *((f"--rounds={asked.rounds}",) if asked.rounds and takes_rounds else ()))


def main() -> int:
    """Give the number of scripts that failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCRIPTS))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if unknown := [each for each in asked.names if each not in SCRIPTS]:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(SCRIPTS)}")
    failed = 0
    for name in asked.names or SCRIPTS:
        script = Path(__file__).with_name(f"{name}.py")
        print(f"== {name}", flush=True)
        start = time.perf_counter()
        done = subprocess.run([sys.executable, str(script), *arguments(name, asked)], check=False)
        failed += bool(done.returncode)
        how = f"failed with code {done.returncode}" if done.returncode else "done"
        print(f"== {name}: {how} in {time.perf_counter() - start:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
