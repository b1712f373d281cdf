"""Every module can be the first one that a program imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import clinic_vetting

FIRST = sorted(each.stem for each in Path(clinic_vetting.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("name", FIRST)
def test_a_module_can_be_imported_first(name: str) -> None:
    """As a worker does that unpickles one function."""
    done = subprocess.run([sys.executable, "-c", f"import clinic_vetting.{name}"], capture_output=True, check=False)  # noqa: S603

    assert done.stderr.decode() == ""
