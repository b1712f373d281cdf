"""`batch`: verdicts on many clinics."""

from __future__ import annotations

import argparse
import os
from typing import Any

from clinic_vetting.commands.dossiers import tell_registers
from clinic_vetting.commands.options import (
    add_as_of,
    add_criteria,
    add_evidence,
    add_language,
    criteria_set,
    today,
    whole,
)

_MOST_JOBS = 256


def add(commands: Any) -> None:
    """Add `batch`."""
    command = commands.add_parser("batch", help="help.batch.says", description="help.batch.description")
    command.add_argument("source", metavar="IN", help="help.batch.source")
    command.add_argument("target", metavar="OUT", help="help.batch.target")
    add_criteria(command)
    add_as_of(command)
    add_evidence(command)
    add_language(command, own=True)
    command.add_argument("--jobs", type=whole(0, _MOST_JOBS), default=1, metavar="N", help="help.batch.jobs")
    command.add_argument("--errors", metavar="FILE", help="help.batch.errors")
    again = command.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="help.batch.resume")
    again.add_argument("--overwrite", action="store_true", help="help.batch.overwrite")
    command.set_defaults(run=_batch)


def _batch(chosen: argparse.Namespace) -> int:
    from clinic_vetting.batch.options import Options  # noqa: PLC0415 - only this command needs processes
    from clinic_vetting.batch.run import run  # noqa: PLC0415

    tell_registers(chosen, chosen.as_of or today())
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
            language=chosen.language,
        )
    )
