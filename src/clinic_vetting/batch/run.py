"""The command `batch`: from a file of dossiers to a file of verdicts, resumable at any moment.

The order of steps is what makes it so. The progress file exists before the output does, is renewed only
after everything that it counts is on the disk, and goes when all is done. Whatever stands in the outputs
beyond what it counts is cut off on resuming, and made again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from typing import TYPE_CHECKING, Final

import attrs
from attrs import define, field

from clinic_vetting.batch.finished import without_verdict
from clinic_vetting.batch.lines import LineReader
from clinic_vetting.batch.meter import Meter
from clinic_vetting.batch.options import Options, check
from clinic_vetting.batch.progress import Progress
from clinic_vetting.batch.scoring import Refusal, Scored, Scorer
from clinic_vetting.batch.sinks import Sink, is_stream, open_sink
from clinic_vetting.batch.unpacking import Source, open_source
from clinic_vetting.batch.workers import scored
from clinic_vetting.catalogue import criteria_digest, wording
from clinic_vetting.errors import BatchError, InputError
from clinic_vetting.places import is_there
from clinic_vetting.registers.looking import state
from clinic_vetting.standard_error import tell
from clinic_vetting.version import version
from clinic_vetting.words import told, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

DONE, UNREADABLE = 0, 2
_LEAST_PAUSE: Final = 0.05
"""Seconds of work between two checkpoints, at the least."""
_SHARE: Final = 20
"""Work lasts at least this many times as long as the checkpoint before it."""


def run(options: Options) -> int:
    """Run a batch; give 0 where every line was scored, and 2 where one could not be read.

    Raises:
        BatchError: It cannot begin or go on.
        BrokenPipeError: Nobody reads the output any longer.
    """
    check(options)
    if options.resume and not is_there(options.progress) and is_there(options.target):
        tell(told("note.batch.finished", file=options.target), options.language)
        return _ended(options, options.source, without_verdict(options.source, options.target))
    with contextlib.closing(open_source(options.source)) as source:
        reader = LineReader(source.file)
        progress = _beginning(options, source, reader)
        with _opened(options, progress) as batch:
            batch.work(source, reader)
    return _ended(options, source.name, batch.progress.refused)


def _ended(options: Options, name: str, refused: int) -> int:
    """Tell how many lines gave no verdict, where they were not told one by one; give the exit code."""
    if refused and options.errors:
        tell(told("note.batch.without", file=name, count=whole(refused), errors=options.errors), options.language)
    return UNREADABLE if refused else DONE


def _beginning(options: Options, source: Source, reader: LineReader) -> Progress:
    """Say where to begin, and bring the reader there."""
    now = Progress(
        library=version(),
        criteria=criteria_digest(options.criteria),
        as_of=(options.as_of or options.today).isoformat(),
        size=source.size,
        has_errors=options.errors is not None,
        registers=state(options.registers),
        wording=wording(options.criteria),
        reviews=options.reviews,
    )
    if not options.resume or not is_there(options.progress):
        return now
    before = Progress.load(options.progress)
    before.check_same(now if options.as_of else attrs.evolve(now, as_of=before.as_of), options.progress)
    reader.skip(before.lines)
    if before.lines and reader.digest() != before.digest:
        raise BatchError(told("fault.batch.has_changed", file=options.progress, source=source.name))
    return before


@contextlib.contextmanager
def _opened(options: Options, progress: Progress) -> Iterator[_Batch]:
    """Open the outputs, with the progress file before them; take that away when all is done."""
    durable = not is_stream(options.target)
    if durable and not is_there(options.progress):
        progress.save(options.progress)
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(contextlib.closing(open_sink(options.target, progress.out_bytes, resumable=durable)))
        errors = None
        if options.errors:
            errors = stack.enter_context(
                contextlib.closing(open_sink(options.errors, progress.errors_bytes, resumable=durable))
            )
        yield _Batch(options, progress, out, errors)
        if durable:
            options.progress.unlink()


@define
class _Batch:
    """A run with its outputs open."""

    options: Options
    progress: Progress
    out: Sink
    errors: Sink | None
    _next: float = field(init=False, factory=time.monotonic)

    def work(self, source: Source, reader: LineReader) -> None:
        """Score everything that the reader still has."""
        day = dt.date.fromisoformat(self.progress.as_of)
        scorer = Scorer(source.name, self.options.criteria, day, self.options.registers, self.options.reviews)
        results = scored(reader.chunks(), scorer, self.options.jobs)
        meter = Meter(source, self.progress.lines, language=self.options.language)
        with contextlib.closing(results), contextlib.closing(meter):
            for each in results:
                self._take(each, meter)
        self._checkpoint()
        if state(self.options.registers) != self.progress.registers:
            raise BatchError(told("fault.batch.registers", file=self.options.registers))

    def _take(self, result: Scored, meter: Meter) -> None:
        self.out.write(result.verdicts)
        for each in result.refusals:
            self._tell(each, meter)
        self.progress = attrs.evolve(
            self.progress,
            lines=result.last,
            digest=result.digest,
            refused=self.progress.refused + len(result.refusals),
            out_bytes=self.out.written,
            errors_bytes=self.errors.written if self.errors else 0,
        )
        if time.monotonic() >= self._next:
            self._checkpoint()
        meter.show(result.last)

    def _tell(self, refusal: Refusal, meter: Meter) -> None:
        if self.errors:
            self.errors.write(f"{refusal.to_json()}\n".encode("ascii"))
        if not self.errors or refusal.line.broken:
            meter.close()
            tell(InputError(refusal.faults), self.options.language)

    def _checkpoint(self) -> None:
        """Note how far it has come, once that is on the disk."""
        began = time.monotonic()
        for sink in filter(None, (self.out, self.errors)):
            sink.sync()
        if self.out.durable:
            self.progress.save(self.options.progress)
        ended = time.monotonic()
        self._next = ended + max(_LEAST_PAUSE, _SHARE * (ended - began))
