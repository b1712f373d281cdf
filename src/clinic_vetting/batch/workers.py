"""Work on chunks in several processes, with the results in order and few chunks under way at a time."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.batch.lines import Chunk
from clinic_vetting.batch.scoring import Scored, Scorer
from clinic_vetting.errors import BatchError
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_AHEAD: Final = 2
"""Chunks under way for each process."""


def scored(chunks: Iterable[Chunk], scorer: Scorer, jobs: int) -> Generator[Scored]:
    """Score chunks in order: here where `jobs` is 1, else in that many processes.

    Raises:
        BatchError: A process died.
    """
    if jobs == 1:
        yield from map(scorer.score, chunks)
        return
    with contextlib.ExitStack() as stack:
        team = _Team(scorer, jobs, stack)
        waiting: deque[Future[Scored]] = deque()
        for chunk in chunks:
            with _ctrl_c_put_off():
                waiting.append(team.submit(chunk))
            if len(waiting) == _AHEAD * jobs:
                yield _first_of(waiting)
        while waiting:
            yield _first_of(waiting)


def _first_of(waiting: deque[Future[Scored]]) -> Scored:
    with _ctrl_c_put_off():
        return waiting.popleft().result()


def serve(connection: Connection[object, object], scorer: Scorer) -> None:
    """Score the chunks that arrive until the other side is gone, in whatever way."""
    with contextlib.suppress(EOFError, OSError):
        while isinstance(chunk := connection.recv(), Chunk):
            connection.send(scorer.score(chunk))


@frozen
class _Worker:
    process: SpawnProcess
    connection: Connection[object, object]

    def score(self, chunk: Chunk) -> Scored:
        """Have a chunk scored, and wait for it."""
        try:
            self.connection.send(chunk)
            answer = self.connection.recv()
        except (EOFError, OSError):
            answer = None
        if isinstance(answer, Scored):
            return answer
        self.process.join()
        numbers = [line.number for line in chunk.lines]
        first, last = (numbers[0], numbers[-1]) if numbers else (chunk.last, chunk.last)
        where = told("fault.batch.lines" if numbers else "fault.batch.one_line", first=first, last=last)
        raise BatchError(told("fault.batch.worker", code=self.process.exitcode, where=where))

    def stop(self) -> None:
        """End the process, and with it every wait for its answer."""
        self.process.terminate()
        self.process.join()


class _Team:
    """Worker processes, and a thread for each that talks to it."""

    def __init__(self, scorer: Scorer, jobs: int, stack: contextlib.ExitStack) -> None:
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        stack.callback(self._threads.shutdown, cancel_futures=True)
        with _deaf():
            for _ in range(jobs):
                worker = _start(scorer)
                stack.callback(worker.stop)
                self._idle.put(worker)

    def submit(self, chunk: Chunk) -> Future[Scored]:
        """Have a chunk scored by whoever is free first."""
        return self._threads.submit(self._score, chunk)

    def _score(self, chunk: Chunk) -> Scored:
        worker = self._idle.get()
        try:
            return worker.score(chunk)
        finally:
            self._idle.put(worker)


def _start(scorer: Scorer) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, scorer), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


@contextlib.contextmanager
def _ctrl_c_put_off() -> Iterator[None]:
    """Hear Ctrl-C at the end, not inside the locks of `threading`: one that is left half taken breaks the next."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C: it is for the one that started them."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
