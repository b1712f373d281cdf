"""Many clinics: the same bytes however they are read, nothing lost, and any end can be gone on from."""

# ruff: noqa: S603, S607 - the processes are our own

from __future__ import annotations

import base64
import contextlib
import functools
import gzip
import io
import itertools
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest
import zstandard
from cases import DAY, ROOT, mesotherapy

from clinic_vetting import BatchError, InputError, Verdict, parse_clinic, to_json, vet, vet_many
from clinic_vetting.batch import workers
from clinic_vetting.batch.lines import Chunk, Line, LineReader
from clinic_vetting.batch.meter import Meter
from clinic_vetting.batch.scoring import Scorer, read_line
from clinic_vetting.batch.sinks import Sink, open_sink
from clinic_vetting.batch.unpacking import Source
from clinic_vetting.batch.workers import scored, serve
from clinic_vetting.cli import main
from clinic_vetting.document import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = (sys.executable, "-m", "clinic_vetting", "batch")
ON = ("--as-of", DAY.isoformat())
WRITTEN = "document: expected a file that can be written"
GOOD = [
    b'{"dossier": 1, "clinic": {"id": "c-%d", "name": "Caf\xc3\xa9 %d", "country": "%s"}}' % (i, i, country)
    for i, country in enumerate([b"GB", b"FR", b"DE"] * 4)
]
BAD = [
    b"{",
    b"[]",
    b"null",
    b"nonsense",
    b"dossier: 1",
    b'{"dossier": 2, "clinic": {"id": "x"}}',
    b'{"dossier": 1, "dossier": 1, "clinic": {"id": "x"}}',
    b'{"dossier": 1, "clinic": {"id": "x", "id": "y"}}',
    b'{"dossier": NaN, "clinic": {"id": "x"}}',
    b'{"dossier": 1, "clinic": {"id": "x"}, "colour": "red"}',
    b'{"dossier": 1, "clinic": {"id": "x", "name": "\xff\\"}}',
    b'{"dossier": 1, "clinic": {"id": "x", "name": "\0"}}',
    b'{"dossier": 1, "clinic": {"id": "x", "name": "\\ud800"}}',
    b'{"dossier": 1, "clinic": {"id": "x", "country": "UK"}, "colour": "red"}',
    b"[" * 100_000,
    "{}".encode("utf-16"),
    GOOD[0] + GOOD[1],
]


def expected(dossiers: list[bytes]) -> bytes:
    """Give the verdicts of each alone."""
    verdicts = [to_json(vet(parse_clinic(each, "x.json"), mesotherapy(), as_of=DAY)) + "\n" for each in dossiers]
    return "".join(verdicts).encode()


def many(count: int) -> bytes:
    """Make listings with bad lines between them."""
    made = itertools.islice(itertools.cycle([*GOOD, BAD[0], BAD[10], b""]), count)
    return b"\n".join(each.replace(b"c-", b"c-%d-" % i) for i, each in enumerate(made))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def batch(*arguments: str) -> int:
    """Run the command here."""
    return main(["batch", *arguments])


def start(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Run the command in a process group of its own."""
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
    return subprocess.Popen([*COMMAND, *arguments], start_new_session=True, preexec_fn=heard, **options)  # noqa: PLW1509


# --- the same bytes -------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_gives_the_bytes_that_each_dossier_alone_gives(place: Path, jobs: str) -> None:
    """In order, one a line, in one process or two; nothing else is left behind."""
    (place / "in").write_bytes(b"\n".join(GOOD))

    assert batch("in", "out", "--jobs", jobs, *ON) == 0
    assert (place / "out").read_bytes() == expected(GOOD)
    assert sorted(each.name for each in place.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress, bytes], ids=["gzip", "zstd", "plain"])
def test_compressed_input_is_known_by_what_it_holds(place: Path, pack: Any) -> None:
    """From a file of any name, in parts put one after another, or from standard input."""
    lines = [each + b"\n" for each in GOOD]
    packed = pack(b"".join(lines[:4])) + pack(b"".join(lines[4:]))
    (place / "in").write_bytes(packed)

    assert batch("in", "out", *ON) == 0
    assert (place / "out").read_bytes() == expected(GOOD)
    piped = subprocess.run([*COMMAND, "-", "-", *ON], input=packed, capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (expected(GOOD), b"")


def test_the_command_vet_gives_the_same_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An example of a well-run clinic, too."""
    (place / "a.json").write_bytes(GOOD[0])
    assert main(["vet", "a.json", "--format", "json", *ON]) == 0
    alone = capsys.readouterr().out
    assert batch("a.json", "-", "--jobs", "0", *ON) == 0
    assert capsys.readouterr().out == alone


def test_line_ends_and_blank_lines(place: Path) -> None:
    """A byte order mark, CRLF and a missing last line end are fine; blank lines are counted."""
    (place / "in").write_bytes(b"\xef\xbb\xbf\r\n" + GOOD[0] + b"\r\n \n\n" + BAD[0] + b"\r\n" + GOOD[1])

    assert batch("in", "out", "--errors", "err", *ON) == 2
    assert (place / "out").read_bytes() == expected(GOOD[:2])
    (error,) = map(json.loads, (place / "err").read_text().splitlines())
    assert (error["line"], error["input"]) == (5, "{")


def test_nothing_in_nothing_out(place: Path) -> None:
    """An empty file has an empty answer."""
    (place / "in").touch()
    assert batch("in", "out") == 0
    assert (place / "out").read_bytes() == b""


# --- bad lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_lines_go_to_the_errors_and_nothing_else_is_lost(
    place: Path, jobs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its number, its faults as `vet` words them, and every byte of it."""
    mixed = [each for pair in zip(itertools.cycle(GOOD), BAD, strict=False) for each in pair]
    (place / "in").write_bytes(b"\n".join(mixed))

    assert batch("in", "out", "--errors", "err", "--jobs", jobs, *ON) == 2
    assert (place / "out").read_bytes() == expected([each for each in mixed if each in GOOD])
    assert capsys.readouterr().err == f"in: lines without verdict: {len(BAD)}; see err\n"
    errors = [json.loads(line) for line in (place / "err").read_text("ascii").splitlines()]
    assert [each["line"] for each in errors] == list(range(2, 2 * len(BAD) + 1, 2))
    for each, bad in zip(errors, BAD, strict=True):
        kept = base64.b64decode(each["input_base64"]) if "input_base64" in each else each["input"].encode()
        assert kept == bad
        with pytest.raises(InputError) as caught:
            parse_clinic(bad, "x.json")
        assert [fault["got"] for fault in each["faults"]] == [fault.got for fault in caught.value.faults]


def test_without_errors_file_faults_are_told_with_their_place(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As `vet` tells them, with the line in the input."""
    (place / "in").write_bytes(b"\n".join([GOOD[0], BAD[13], GOOD[1]]))

    assert batch("in", "-", *ON) == 2
    out, err = capsys.readouterr()
    assert out.encode() == expected(GOOD[:2])
    assert [line.split(":")[:2] for line in err.splitlines()] == [["in", "2"], ["in", "2"]]


def test_quick_reading_is_the_same_as_careful_reading() -> None:
    """Numbers keep their digits, and `""` is the fault that it is in JSON."""
    facts = b'{"dossier": 1, "clinic": {"id": "x"}, "ratings": [{"platform": "G", "mean": 4.10, "count": 12}]}'
    for data in (*GOOD, facts):
        assert read_line(Line(1, data)) == parse_clinic(data, "x.json")


def test_a_line_that_is_too_long_is_not_held(place: Path) -> None:
    """Its beginning is kept, the rest counted, and reading goes on after it."""
    long = b"x" * (20 * MAX_BYTES)
    (place / "in").write_bytes(GOOD[0] + b"\n" + long + b"\r\n" + GOOD[1] + b"\n" + long)

    tracemalloc.start()
    with (place / "in").open("rb") as file:
        sizes = [[(len(each.data), each.skipped) for each in chunk.lines] for chunk in LineReader(file).chunks()]
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * MAX_BYTES
    kept = (MAX_BYTES, len(long) - MAX_BYTES)
    assert list(itertools.chain(*sizes)) == [(len(GOOD[0]), 0), kept, (len(GOOD[1]), 0), kept]
    assert batch("in", "out", "--errors", "err", *ON) == 2
    assert (place / "out").read_bytes() == expected(GOOD[:2])
    first, _ = map(json.loads, (place / "err").read_text().splitlines())
    assert (first["input"], first["skipped_bytes"]) == ("x" * MAX_BYTES, len(long) - MAX_BYTES)


@pytest.mark.parametrize("extra", range(-2, 3))
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_the_longest_line_is_exact(extra: int, end: bytes) -> None:
    """Line ends and the byte order mark do not count."""
    data = b"y" * (MAX_BYTES + extra)
    (chunk, *_) = LineReader(io.BytesIO(b"\xef\xbb\xbf" + data + end)).chunks()
    assert chunk.lines == (Line(1, data[:MAX_BYTES], max(extra, 0)),)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
@pytest.mark.parametrize("harm", ["cut", "damaged"])
def test_a_broken_archive_gives_what_could_be_read(
    place: Path, pack: Any, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdicts before the break, then the line at which it breaks."""
    random_name = random.Random(1).randbytes(40_000).hex().encode()  # noqa: S311
    packed = pack(b"\n".join([*GOOD, random_name]))
    middle = len(packed) - 20_000
    (place / "in").write_bytes(packed[:middle] if harm == "cut" else packed[:middle] + bytes(9) + packed[middle + 9 :])

    assert batch("in", "out", "--errors", "err", *ON) == 2
    assert expected(GOOD).startswith((place / "out").read_bytes())
    assert "expected the rest of the input" in capsys.readouterr().err or harm == "damaged"
    *_, last = map(json.loads, (place / "err").read_text().splitlines())
    assert last["line"] <= len(GOOD) + 1
    assert batch("in", "out", "--resume") == 2


def test_an_empty_archive_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A download that never began is not an empty list."""
    (place / "in.gz").touch()
    assert batch("in.gz", "out") == 2
    assert "is empty" in capsys.readouterr().err


def test_zstd_without_its_package(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what to install."""
    (place / "in").write_bytes(zstandard.compress(GOOD[0]))
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert batch("in", "out") == 2
    assert capsys.readouterr().err == "in needs zstandard: pip install 'clinic-vetting[zstd]'\n"


# --- resuming -------------------------------------------------------------------------------------


def wait_for(condition: Any, seconds: float = 30) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def lines_done(place: Path) -> int:
    """Say what the progress file says; -1 where there is none."""
    with contextlib.suppress(FileNotFoundError):
        return int(json.loads((place / "out.progress").read_text())["lines"])
    return -1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_moment_and_resumed_gives_the_same_bytes(place: Path, jobs: str) -> None:
    """`kill -9` of the whole group, again and again, at the start and in the middle."""
    (place / "in").write_bytes(many(400))
    assert batch("in", "whole", "--errors", "whole.err", *ON) == 2

    draw, killed = random.Random(int(jobs)), 0  # noqa: S311
    arguments = ("in", "out", "--errors", "err", "--jobs", jobs, "--resume", *ON)
    while killed < 6:
        before, early = lines_done(place), killed % 3 == 2
        process = start(*arguments, stderr=subprocess.DEVNULL)
        wait_for(lambda b=before, p=process, e=early: e or lines_done(place) > b or p.poll() is not None)
        time.sleep(draw.uniform(0, 0.6 if early else 0.1))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        if process.wait() == 2:  # it was done before it could be killed: begin again
            check_whole(place)
            (place / "out").unlink()
            (place / "err").unlink()
    assert batch(*arguments) == 2
    check_whole(place)


def check_whole(place: Path) -> None:
    """Compare with an undisturbed run."""
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()
    assert (place / "err").read_bytes() == (place / "whole.err").read_bytes()
    assert not (place / "out.progress").exists()


def test_ctrl_c_stops_every_process_quietly(place: Path) -> None:
    """The shell sends it to the whole group; the run can be resumed, in as many processes as you like."""
    (place / "in").write_bytes(many(400))
    process = start("in", "out", "--errors", "err", "--jobs", "2", *ON, stderr=subprocess.PIPE)
    wait_for(lambda: lines_done(place) > 0)
    os.killpg(process.pid, signal.SIGINT)

    assert process.communicate()[1] == b""
    assert process.returncode == 130
    assert batch("in", "out", "--errors", "err", "--resume") == 2
    assert batch("in", "whole", *ON) == 2
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()


def test_ctrl_c_is_put_off_and_not_lost() -> None:
    """What is under way comes to its end first."""
    done = []

    def interrupted() -> None:
        with workers._ctrl_c_put_off():  # noqa: SLF001
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["all"]


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Mount a disk of 300 KB."""
    disk = place / "disk"
    disk.mkdir()
    if os.geteuid() or not sys.platform.startswith("linux") or mount("size=300k", disk):
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def mount(options: str, disk: Path) -> int:
    """Mount, or mount again."""
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=False).returncode


def test_a_full_disk_is_told_and_resumed_from(
    small_disk: Path, capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    """Once there is room."""
    (place / "in").write_bytes(b"\n".join([*GOOD, *BAD]))
    out, err = str(small_disk / "out"), str(small_disk / "err")
    assert batch("in", out, "--errors", err, *ON) == 2
    assert f"{out}: document: expected a file that can be written, got No space left on device; make room there" in (
        told := capsys.readouterr().err
    )
    assert "--resume" in told
    assert 0 < Path(out).stat().st_size <= 300 * 1024

    assert mount("remount,size=8m", small_disk) == 0
    assert batch("in", out, "--errors", err, "--resume") == 2
    assert batch("in", "whole", "--errors", "whole.err", *ON) == 2
    assert Path(out).read_bytes() == (place / "whole").read_bytes()
    assert Path(err).read_bytes() == (place / "whole.err").read_bytes()


def test_a_disk_too_full_for_the_progress_file(
    small_disk: Path, capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    """Nothing is begun."""
    (place / "in").write_bytes(GOOD[0])
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    assert batch("in", str(small_disk / "out"), *ON) == 2
    assert "out.progress: document: expected a file that can be written, got No space left" in capsys.readouterr().err
    assert not (small_disk / "out").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As output, as standard output, and for errors."""
    (place / "in").write_bytes(GOOD[0] + b"\n" + BAD[0])
    assert batch("in", "/dev/full") == 2
    assert "/dev/full: document: expected a file that can be written, got No space left" in capsys.readouterr().err
    assert batch("in", "out", "--errors", "/dev/full") == 2
    assert "/dev/full: document: expected a file that can be written, got No space left" in capsys.readouterr().err
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "in", "-"], stdout=full, stderr=subprocess.PIPE, check=False)
    told = b"<stdout>: document: expected a file that can be written, got No space left on device; make room there, "
    assert (done.returncode, done.stderr) == (2, told + b"or write elsewhere\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_ends_it_quietly(place: Path, jobs: str) -> None:
    """As `| head -n 1` does."""
    (place / "in").write_bytes(b"\n".join(GOOD))
    process = start("in", "-", "--jobs", jobs, *ON, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert isinstance(process.stdout, io.BufferedReader)
    assert process.stdout.readline() == expected(GOOD[:1])
    process.stdout.close()
    assert (process.wait(), process.stderr and process.stderr.read()) == (130, b"")
    assert process.stderr
    process.stderr.close()


def test_a_disk_that_cannot_keep_what_was_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some say so only when asked to put it down; a reader that goes away is no fault of the disk."""

    calls = itertools.count()

    def full(_: int) -> None:
        if next(calls):
            raise OSError(28, "No space left on device")

    (place / "in").write_bytes(GOOD[0])
    with monkeypatch.context() as patched:
        patched.setattr("clinic_vetting.batch.sinks.os.fsync", full)
        assert batch("in", "out", *ON) == 2
    assert capsys.readouterr().err.endswith(
        "document: expected a file that can be written, got No space left on device; "
        "make room there, or write elsewhere; mend that and run the same again with --resume\n"
    )
    assert batch("in", "out", "--resume") == 0
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb", buffering=0) as file, pytest.raises(BrokenPipeError):  # noqa: PTH123
        Sink("pipe", 0, durable=False, file=file).write(b"x")


def test_two_runs_at_once_are_refused(halfway: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second waits until the first has ended, however it ends."""
    with contextlib.closing(open_sink("out", 7)):
        assert batch("in", "out", "--resume") == 2
        assert "another run is writing it" in capsys.readouterr().err
    assert batch("in", "out", "--resume") == 2
    assert (halfway / "out").stat().st_size == 7


def test_workers_do_not_outlive_the_command(place: Path) -> None:
    """Even where only that is killed."""
    (place / "in").write_bytes(many(60))
    process = start("in", "out", "--jobs", "2", *ON, stderr=subprocess.PIPE)
    wait_for(lambda: lines_done(place) > 0)
    process.kill()
    process.communicate()

    def all_gone() -> bool:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    wait_for(all_gone)
    assert all_gone()


@pytest.fixture
def halfway(place: Path) -> Path:
    """Leave a run that ended after seven lines, on the day of the tests, and a little beyond."""
    (place / "in").write_bytes(b"\n".join(GOOD))
    assert batch("in", "whole", *ON) == 0
    seven = expected(GOOD[:7])
    (place / "half").write_bytes(b"".join(each + b"\n" for each in GOOD[:7]))
    with (place / "half").open("rb") as file:
        (reader := LineReader(file)).skip(7)
    _write_progress(place, lines=7, digest=reader.digest(), out_bytes=len(seven))
    (place / "out").write_bytes(seven + b'{"verdict": 1, "cli')
    return place


def _write_progress(place: Path, **done: Any) -> None:
    from clinic_vetting import criteria_digest  # noqa: PLC0415
    from clinic_vetting.batch.progress import Progress  # noqa: PLC0415
    from clinic_vetting.version import version  # noqa: PLC0415

    size = (place / "in").stat().st_size
    digest = criteria_digest(mesotherapy())
    Progress(library=version(), criteria=digest, as_of=DAY.isoformat(), size=size, has_errors=False, **done).save(
        place / "out.progress"
    )


def test_a_run_is_resumed_on_the_day_it_began(halfway: Path) -> None:
    """Without `--as-of`, whatever the clock says now; what was written beyond the last checkpoint is cut off."""
    assert batch("in", "out", "--resume") == 0
    assert (halfway / "out").read_bytes() == (halfway / "whole").read_bytes()
    assert not (halfway / "out.progress").exists()


def test_a_finished_run_is_left_alone(halfway: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says so; with neither output nor progress file it begins."""
    assert batch("in", "whole", "--resume") == 0
    assert "whole: is finished" in capsys.readouterr().err
    assert batch("in", "new", "--resume", *ON) == 0
    assert (halfway / "new").read_bytes() == (halfway / "whole").read_bytes()


def test_standard_input_can_be_given_again(
    halfway: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its lines are compared with those that were done."""
    progress = json.loads((halfway / "out.progress").read_text())
    (halfway / "out.progress").write_text(json.dumps({**progress, "size": None}))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(GOOD[::-1]))))
    assert batch("-", "out", "--resume") == 2
    assert "<stdin> has changed" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(GOOD))))
    assert batch("-", "out", "--resume") == 0
    assert (halfway / "out").read_bytes() == (halfway / "whole").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["in", "out"], "an earlier run has not ended"),
        (["in", "out", "--overwrite"], "an earlier run has not ended"),
        (["in", "whole"], "whole: exists"),
        (["in", "new", "--errors", "whole"], "whole: exists"),
        (["in", "in", "--overwrite"], "different files"),
        (["in", "new", "--errors", "./new"], "different files"),
        (["in", "new", "--errors", "new.progress"], "different files"),
        (
            ["in", ".", "--overwrite"],
            f".: {WRITTEN}, got a folder; name a file in it",
        ),
        (["in", "-", "--resume"], "needs an output file"),
        (["in", "out", "--resume", "--as-of", "2026-11-22"], "the date was 2026-11-21 and is 2026-11-22"),
        (["in", "out", "--resume", "--criteria", "mesotherapy-desk"], "criteria digest was"),
        (["in", "out", "--resume", "--errors", "err"], "use of --errors was False"),
        (["half", "out", "--resume"], "size of the input was"),
        (["missing", "new"], "missing: document: expected a file that can be read, got No such file"),
        (
            ["in", "missing/new"],
            f"missing/new: {WRITTEN}, got No such file or directory; make the folder",
        ),
        (
            ["in", "new", "--errors", "missing/new"],
            f"missing/new: {WRITTEN}, got No such file or directory; make the folder",
        ),
        ([".", "new"], ".: document: expected a file that can be read, got a folder"),
    ],
)
def test_what_would_do_harm_is_refused(
    halfway: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do about it, and with every file as it was."""
    before = {each: each.read_bytes() for each in halfway.iterdir()}
    assert batch(*arguments) == 2
    assert told in capsys.readouterr().err
    assert {
        path: data for each in before if (path := each).exists() and (data := each.read_bytes()) is not None
    } == before


def test_an_output_that_was_tampered_with_is_refused(halfway: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As is a progress file that is none, and one of another library version."""
    (halfway / "out").write_bytes(b"")
    assert batch("in", "out", "--resume") == 2
    assert "out: is shorter" in capsys.readouterr().err
    progress = (halfway / "out.progress").read_text()
    for wrong in ("", "[]", "{}", progress.replace('"batch": 1', '"batch": 2'), progress.replace("lines", "limes")):
        (halfway / "out.progress").write_text(wrong)
        assert batch("in", "out", "--resume") == 2
        assert "is no progress file" in capsys.readouterr().err


def test_overwrite_begins_anew(halfway: Path) -> None:
    """Where a run has ended."""
    assert batch("half", "whole", "--overwrite", *ON) == 0
    assert (halfway / "whole").read_bytes() == expected(GOOD[:7])


@pytest.mark.parametrize("wrong", ["-1", "257", "two"])
def test_jobs_are_a_number(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From 0 to 256."""
    with pytest.raises(SystemExit):
        batch("in", "out", f"--jobs={wrong}")
    assert "expected a whole number from 0 to 256" in capsys.readouterr().err


# --- workers --------------------------------------------------------------------------------------

SCORER = Scorer("in", mesotherapy(), DAY)


def chunks(count: int) -> Iterator[Chunk]:
    """Make chunks of one line."""
    return (Chunk((Line(i, GOOD[0]),), i, "") for i in range(1, count + 1))


def test_a_worker_that_dies_is_told() -> None:
    """And not waited for."""
    with contextlib.closing(scored(chunks(100), SCORER, 2)) as results:
        next(results)
        for each in multiprocessing.active_children():
            each.kill()
        with pytest.raises(BatchError, match=r"a worker process ended with code -9 at lines \d+ to \d+"):
            list(results)
    assert not multiprocessing.active_children()


def test_few_chunks_are_under_way() -> None:
    """However many there are to come."""
    taken = []
    endless = (taken.append(each.last) or each for each in chunks(10**9))  # type: ignore[func-returns-value]
    with contextlib.closing(scored(endless, SCORER, 2)) as results:
        assert [next(results).last for _ in range(3)] == [1, 2, 3]
    assert len(taken) <= 3 + 4


def test_a_worker_ends_with_the_one_who_started_it() -> None:
    """As when that is killed: the pipe ends."""
    ours, theirs = multiprocessing.Pipe()
    worker = threading.Thread(target=serve, args=(theirs, SCORER))
    worker.start()
    ours.send(next(chunks(1)))
    assert ours.recv() == SCORER.score(next(chunks(1)))
    ours.close()
    worker.join(10)
    assert not worker.is_alive()
    theirs.close()


def test_input_that_cannot_be_read_on_is_told() -> None:
    """Such as from a network disk that goes away; the run can be resumed."""

    class Failing(io.BytesIO):
        def readline(self, _: Any = None, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(BatchError, match="cannot be read after line 0: Input/output error"):
        list(LineReader(Failing()).chunks())


# --- the meter ------------------------------------------------------------------------------------


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def shown(file: IO[bytes], size: int | None, seconds: float) -> str:
    """Give what is on the screen after some seconds and a thousand lines."""
    screen, clock = Screen(), iter([0.0, seconds, seconds])
    meter = Meter(Source("in", file, size, file), 10, screen, lambda: next(clock))  # type: ignore[arg-type]
    file.read(250)
    meter.show(1010)
    meter.show(2000)
    return screen.getvalue()


def test_a_terminal_is_told_rate_and_time_left() -> None:
    """A stream has no time left."""
    assert shown(io.BytesIO(bytes(1000)), 1000, 10) == "\r\x1b[K1,010 lines  25%  100 lines/s  0:30 left"
    assert shown(io.BytesIO(bytes(1000)), 1000, 4000) == "\r\x1b[K1,010 lines  25%  0 lines/s  3:20:00 left"
    assert shown(io.BytesIO(bytes(1000)), None, 10) == "\r\x1b[K1,010 lines  100 lines/s"
    assert shown(io.BytesIO(), 1000, 10) == "\r\x1b[K1,010 lines  0%  100 lines/s"
    assert shown(io.BytesIO(), 1000, 0.1) == ""


def test_the_meter_is_cleared() -> None:
    """So that what is told after it stands on a line of its own."""
    screen = Screen()
    Meter(Source("in", io.BytesIO(), None, io.BytesIO()), 0, screen).close()
    assert screen.getvalue() == "\r\x1b[K"


# --- in Python ------------------------------------------------------------------------------------


def test_many_clinics_in_python_come_one_by_one() -> None:
    """Lazily, in order, as trees or clinics; a bad one gives its faults in its place."""
    trees: Iterator[Any] = itertools.cycle([json.loads(GOOD[0]), {"dossier": 1}, parse_clinic(GOOD[1])])
    first, second, third = itertools.islice(vet_many(trees, mesotherapy(), as_of=DAY), 3)

    assert isinstance(first, Verdict)
    assert to_json(first).encode() + b"\n" == expected(GOOD[:1])
    assert isinstance(second, InputError)
    assert second.faults[0].file == "<item 2>"
    assert isinstance(third, Verdict)
    assert third.clinic.id == "c-1"
    assert list(vet_many([], mesotherapy(), as_of=DAY)) == []


def test_own_criteria_reach_the_workers(place: Path) -> None:
    """A site's own set, resolved."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    own = readme[readme.index("criteria_set: 1") :].split("```")[0]
    (place / "own.yaml").write_text(own)
    (place / "in").write_bytes(GOOD[0])
    for jobs in ("1", "2"):
        assert batch("in", jobs, "--criteria", "own.yaml", "--jobs", jobs, *ON) == 0
    assert (place / "1").read_bytes() == (place / "2").read_bytes()
    assert b'"our-site"' in (place / "1").read_bytes()
