"""The guides do what they say, from an empty folder: each file is saved, each command run, each piece of Python too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cases import ROOT
from showing import shows

if TYPE_CHECKING:
    from pathlib import Path

GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
RUN = [each for each in GUIDES if "```console" in each.read_text(encoding="utf-8")]
FENCED = re.compile(
    r"^```(?P<kind>[^\n]+)\n(?::caption: (?P<file>\S+)\n\n)?(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with what it prints for people who made a mistake."""
    return subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )


def prints(folder: Path, block: str) -> str:
    """Run a command; where what it prints is not what is shown, give both."""
    command, *shown = block.rstrip().splitlines()
    done = run(folder, "-m", "clinic_vetting", *command.removeprefix("$ clinic-vetting ").split())
    fits = shows(shown, done.stdout.splitlines()) and done.returncode == (2 if "typo" in command else 0)
    return "" if fits else f"{block}\n--- but got:\n{done.stdout}"


@pytest.mark.parametrize("guide", RUN, ids=[each.stem for each in RUN])
def test_a_guide_works_as_it_stands(guide: Path, tmp_path: Path) -> None:
    """In its order, in one folder."""
    wrong = []
    for kind, file, body in FENCED.findall(guide.read_text(encoding="utf-8")):
        if file:
            (tmp_path / file).write_text(body, encoding="utf-8")
        elif kind == "console":
            wrong.append(prints(tmp_path, body))
        elif kind == "python":
            wrong.append(run(tmp_path, "-c", body).stdout)

    assert not "".join(wrong)


@pytest.mark.parametrize("shown", [["a", "b"], ["...", "b"], ["a", "..."], ["a...", "b"], ["..."]])
def test_what_a_guide_shows_may_leave_out_what_dots_stand_for(shown: list[str]) -> None:
    """Whole lines, or the rest of one."""
    assert shows(shown, ["a", "b"])


@pytest.mark.parametrize("shown", [[], ["a"], ["b"], ["a", "c"], ["a", "b", "c"], ["b", "...", "a"], ["..", "b"]])
def test_what_a_guide_shows_is_compared(shown: list[str]) -> None:
    """Lines left out without three dots, others, and lines in another order do not fit."""
    assert not shows(shown, ["a", "b"])


def test_every_how_to_is_run() -> None:
    """Those without commands include files that are tested elsewhere, or hold no code."""
    assert {each.stem for each in RUN} == {
        "many-clinics",
        "own-criteria",
        "own-listings",
        "own-measures",
        "own-registers",
        "tutorial",
    }
    assert {each.stem for each in GUIDES} - {each.stem for each in RUN} == {"web", "why"}
