"""Golden reports: each dossier's text, read by people when it changes; `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from cases import DAY, HERE, ROOT

from clinic_vetting import load_clinic, load_criteria, to_text, vet
from clinic_vetting.version import version

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = HERE / "golden" / "verdicts"
DOSSIERS = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted(GOLDEN.glob("*.yaml"))]


def report(dossier: Path) -> str:
    """Vet a dossier by the set that its first line names, or by the default one."""
    named = re.match(r"# criteria: (\S+)\n", dossier.read_text(encoding="utf-8"))
    # The example of a desk check teaches a command, and says in words which set it is for.
    name = named[1] if named else "mesotherapy-desk" if dossier.stem == "desk-check" else "mesotherapy"
    return to_text(vet(load_clinic(dossier), load_criteria(name), as_of=DAY))


@pytest.mark.parametrize("dossier", DOSSIERS, ids=[each.stem for each in DOSSIERS])
def test_a_dossier_gives_its_golden_report(dossier: Path) -> None:
    """Byte for byte."""
    golden = GOLDEN / f"{dossier.stem}.txt"
    found = report(dossier)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("dossier", DOSSIERS, ids=[each.stem for each in DOSSIERS])
def test_a_report_does_not_depend_on_the_version_of_the_library(dossier: Path) -> None:
    """A release changes no golden report."""
    assert f"clinic-vetting {version()}" not in report(dossier)


def test_every_golden_report_has_its_dossier() -> None:
    """None is left over, and no two dossiers share a name."""
    names = [each.stem for each in DOSSIERS]

    assert len(names) == len(set(names))
    assert {each.stem for each in GOLDEN.glob("*.txt")} == set(names)
