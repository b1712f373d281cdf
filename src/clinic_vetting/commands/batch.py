"""`batch`: verdicts on many clinics."""

from __future__ import annotations

import argparse
import os
from typing import Any

from clinic_vetting.commands.options import (
    add_as_of,
    add_criteria,
    add_evidence,
    add_language,
    criteria_set,
    today,
)

_MOST_JOBS = 256


def add(commands: Any) -> None:
    """Add `batch`."""
    command = commands.add_parser(
        "batch", help="give verdicts on many clinics", description="Give one verdict for each line of dossiers as JSON."
    )
    command.add_argument("source", metavar="IN", help="dossiers, plain, gzip or zstd; - for standard input")
    command.add_argument("target", metavar="OUT", help="verdicts, one a line; - for standard output")
    add_criteria(command)
    add_as_of(command)
    add_evidence(command)
    add_language(command, own=True)
    command.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes; 0: one a core (default: 1)")
    command.add_argument("--errors", metavar="FILE", help="lines that cannot be read (default: tell on standard error)")
    again = command.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on where the run before ended")
    again.add_argument("--overwrite", action="store_true", help="write over finished outputs")
    command.set_defaults(run=_batch)


def _batch(chosen: argparse.Namespace) -> int:
    from clinic_vetting.batch.options import Options  # noqa: PLC0415 - only this command needs processes
    from clinic_vetting.batch.run import run  # noqa: PLC0415

    return run(
        Options(
            source=chosen.source,
            target=chosen.target,
            errors=chosen.errors,
            criteria=criteria_set(chosen.criteria, chosen),
            as_of=chosen.as_of,
            today=today(),
            registers=chosen.registers,
            reviews=chosen.read_reviews,
            jobs=chosen.jobs or os.cpu_count() or 1,
            resume=chosen.resume,
            overwrite=chosen.overwrite,
        )
    )


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_JOBS:
        message = f"expected a whole number from 0 to {_MOST_JOBS}, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
