"""`vet --registers` and `batch --registers`: the same lookups, whole or in many processes, resumed or not."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import pytest
from cases import HERE

from clinic_vetting import BatchError
from clinic_vetting import registers as package
from clinic_vetting.batch.options import Options
from clinic_vetting.batch.progress import Progress
from clinic_vetting.batch.run import run
from clinic_vetting.catalogue import criteria_digest, load_criteria
from clinic_vetting.cli import main
from clinic_vetting.registers import Registers
from clinic_vetting.version import version

LEIE = HERE / "fixtures" / "registers" / "leie" / "UPDATED.csv"
AS_OF = ("--as-of", "2026-11-21")
Capture = pytest.CaptureFixture[str]


def dossier(number: int) -> str:
    """Write a dossier on one line; every third has an injector who is excluded."""
    npi = "1234567893" if number % 3 == 0 else "1000000004"
    person = {"name": "Anne Examplerow", "licences": [{"authority": "NPI", "number": npi, "source": "site"}]}
    sources = {"site": {"kind": "claim", "who": "site", "seen": "2026-10-01"}}
    clinic = {"id": f"c{number}", "country": "US", "region": "US-CA"}
    return json.dumps({"dossier": 1, "clinic": clinic, "sources": sources, "practitioners": [person]})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with a database and listings."""
    with Registers.open(tmp_path / "r.db", create=True) as registers:
        registers.add("leie", LEIE, dt.date(2026, 11, 1))
    (tmp_path / "in.ndjson").write_text("".join(f"{dossier(number)}\n" for number in range(60)))
    return tmp_path


def test_vet_looks_up_in_the_registers(place: Path, capsys: Capture) -> None:
    """Only those of the day or before; a database that is none is told."""
    (place / "d.json").write_text(dossier(0))
    command = ["vet", str(place / "d.json"), "--registers", str(place / "r.db"), "--as-of"]

    assert main([*command, "2026-11-21"]) == 0
    assert capsys.readouterr().out.startswith("AVOID")
    assert main([*command, "2026-10-31"]) == 0
    assert capsys.readouterr().out.startswith("UNPROVEN")
    assert main(["vet", str(place / "d.json"), "--registers", str(place / "none.db")]) == 2
    assert "there is no such database" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_batch_gives_the_bytes_of_vet(place: Path, capsys: Capture, jobs: str) -> None:
    """With the same lookups, in one process or two."""
    files = [place / f"{number}.json" for number in range(60)]
    for number, each in enumerate(files):
        each.write_text(dossier(number))
    known = ("--registers", str(place / "r.db"), *AS_OF)
    assert main(["vet", *map(str, files), "--format", "json", *known]) == 0
    expected = capsys.readouterr().out

    assert main(["batch", str(place / "in.ndjson"), str(place / "out"), "--jobs", jobs, *known]) == 0
    assert expected == (place / "out").read_text()
    assert expected.count('"id": "avoid", "label"') == 20


def test_a_batch_is_not_resumed_with_other_registers(place: Path, capsys: Capture) -> None:
    """Its verdicts would rest on two states of the world."""
    known = ("--registers", str(place / "r.db"), *AS_OF)
    command = ["batch", str(place / "in.ndjson"), str(place / "out"), *known]
    with Registers.open(place / "r.db") as registers:
        state = registers.state()
    assert main(["batch", str(place / "in.ndjson"), str(place / "out"), *AS_OF]) == 0
    now = Progress(
        library=version(),
        criteria=criteria_digest(load_criteria()),
        as_of="2026-11-21",
        size=(place / "in.ndjson").stat().st_size,
        has_errors=False,
        registers=state,
    )
    now.save(place / "out.progress")
    with Registers.open(place / "r.db") as registers:
        registers.add("leie", LEIE, dt.date(2026, 11, 2))

    assert main([*command, "--resume"]) == 2
    assert f"cannot resume: the state of the registers was {state} and is" in capsys.readouterr().err


def test_registers_that_change_during_a_batch_are_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The progress file stays, so that nobody takes the output for finished."""
    states = iter(["before", "after"])
    monkeypatch.setattr("clinic_vetting.batch.run.state", lambda _: next(states))
    options = Options(
        source=str(place / "in.ndjson"),
        target=str(place / "out"),
        errors=None,
        criteria=load_criteria(),
        as_of=None,
        today=dt.date(2026, 11, 21),
        registers=str(place / "r.db"),
    )

    with pytest.raises(BatchError, match="has changed during the batch"):
        run(options)
    assert (place / "out.progress").exists()


def test_the_package_gives_what_it_lists_and_nothing_else() -> None:
    """It loads what is asked for."""
    assert {name: getattr(package, name).__name__ for name in package.__all__} == {
        name: name for name in package.__all__
    }
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = package.nothing  # type: ignore[attr-defined]
    assert "clinic_vetting.registers.store" in sys.modules
