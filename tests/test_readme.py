"""The README's commands give what it shows; a line of three dots stands for anything."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from cases import ROOT
from showing import shows

from clinic_vetting.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = [block for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) if block.startswith("$ ")]
IMPORTS = [line for line in README.splitlines() if line.startswith("$ clinic-vetting register import ")]
TABLES = [line for line in README.splitlines() if line.startswith("$ clinic-vetting import csv ")]
YAML = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("block", CONSOLE, ids=[block.splitlines()[0] for block in CONSOLE])
def test_a_command_prints_what_the_readme_shows(
    block: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each shown line comes, in order; what the README shows before it is at hand under its name."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "our-site.yaml").write_text(next(each for each in YAML if each.startswith("criteria_set")))
    monkeypatch.chdir(tmp_path)
    command, *shown = block.rstrip().splitlines()
    before = IMPORTS if "registers.db" in command else TABLES if " dossiers " in command else []
    for each in before if command not in before else ():
        assert main(shlex.split(each.removeprefix("$ clinic-vetting "))) == 0
    capsys.readouterr()

    assert main(shlex.split(command.removeprefix("$ clinic-vetting "))) == 0

    assert shows(shown, capsys.readouterr().out.splitlines())


def test_the_dossier_of_the_readme_has_no_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """It can be copied as it stands."""
    path = tmp_path / "dossier.yaml"
    path.write_text(next(each for each in YAML if each.startswith("dossier")))

    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: no faults, warnings: 0\n"
