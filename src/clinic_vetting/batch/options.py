"""What a batch is asked to do, and what it must not do to a file."""

from __future__ import annotations

import datetime as dt
import os
from errno import ENOENT
from pathlib import Path

from attrs import frozen

from clinic_vetting.batch.sinks import is_stream, worded
from clinic_vetting.criterion import CriteriaSet
from clinic_vetting.errors import BatchError
from clinic_vetting.places import is_folder, is_there
from clinic_vetting.words import ENGLISH, told


@frozen(kw_only=True)
class Options:
    """What is asked for.

    Attributes:
        source, target, errors: Names of files; `-` is standard input or output. No `errors`: tell on standard error.
        criteria: What clinics are vetted by.
        as_of: The day; `None` is `today`, or the day on which the resumed run began.
        today: What the clock says.
        registers: The database of registers to look up in, if any.
        reviews: Whether to read what reviews tell.
        jobs: Processes, from 1.
        resume: Go on where a run ended.
        overwrite: Write over finished outputs.
        language: Of what is told on standard error.
    """

    source: str
    target: str
    errors: str | None
    criteria: CriteriaSet
    as_of: dt.date | None
    today: dt.date
    registers: str | None = None
    reviews: bool = False
    jobs: int = 1
    resume: bool = False
    overwrite: bool = False
    language: str = ENGLISH

    @property
    def progress(self) -> Path:
        """Where the progress file stands."""
        return Path(f"{self.target}.progress")


def check(options: Options) -> None:
    """Refuse what would harm a file.

    Raises:
        BatchError: It says what, and what to do instead.
    """
    outputs = [name for name in (options.target, options.errors) if name and not is_stream(name)]
    for name in outputs:
        _check_name(name)
    files = [options.source.replace("\0", "?"), str(options.progress), *outputs]
    if len(set(map(os.path.realpath, files))) < len(files):
        raise BatchError(told("fault.batch.different"))
    if options.resume:
        if is_stream(options.target):
            raise BatchError(told("fault.batch.needs_file", file=options.target))
        return
    if not is_stream(options.target) and is_there(options.progress):
        raise BatchError(told("fault.batch.not_ended", file=options.progress))
    for name in outputs:
        if is_there(name) and not options.overwrite:
            raise BatchError(told("fault.batch.exists", file=name))


def _check_name(name: str) -> None:
    """Refuse a name that no file can have, or whose folder is not there.

    Raises:
        BatchError: It is such.
    """
    if "\0" in name:
        raise worded(name, ValueError(told("fault.document.nul")), resumable=False)
    if not is_folder(Path(name).parent):
        raise worded(name, FileNotFoundError(ENOENT, os.strerror(ENOENT)), resumable=False)
