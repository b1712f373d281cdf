"""Run every benchmark that exists, each in a fresh process, and write RESULTS.md: `python benchmarks/run.py`.

Arguments are handed to each script that takes them, such as `--rounds 5`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = (
    "vet.py", "peers.py", "batch.py", "columns.py", "reviews.py", "registers.py", "products.py", "advice.py", "backtest.py",
    "pages.py",
)  # fmt: skip


def main() -> int:
    """Give the number of scripts that failed."""
    failed = 0
    for script in SCRIPTS:
        path = Path(__file__).with_name(script)
        if path.exists():
            print(f"== {script}", flush=True)
            failed += bool(
                subprocess.run([sys.executable, str(path), "--write", *sys.argv[1:]], check=False).returncode
            )
    return failed


if __name__ == "__main__":
    sys.exit(main())
