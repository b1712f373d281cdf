"""Law 10: the same dossier, criteria and day give byte-identical JSON, in one process or many."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from cases import ROOT

from clinic_vetting.cli import main

DOSSIERS = sorted(str(each) for each in (ROOT / "examples").glob("*.yaml"))


def test_other_processes_and_hash_seeds_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    """One by one here, all at once there, whatever the seed of hashes."""
    alone = []
    for each in DOSSIERS:
        assert main(["vet", each, "--as-of", "2026-11-21", "--format", "json"]) == 0
        alone.append(capsys.readouterr().out)

    for seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "clinic_vetting",
            "vet",
            *DOSSIERS,
            "--as-of",
            "2026-11-21",
            "--format",
            "json",
        ]
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})  # noqa: S603
        assert "".join(alone) == done.stdout.decode()
