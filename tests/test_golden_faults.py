"""What a broken document is told, word for word.

`UPDATE_GOLDEN=1 pytest tests/test_golden_faults.py` writes the messages anew; read them before they are kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic_vetting import InputError, parse_clinic, parse_criteria

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


def documents(folder: str) -> list[Path]:
    """List the broken documents of a folder."""
    return sorted(path for path in (GOLDEN / folder).glob("*.*") if path.suffix in (".yaml", ".json"))


def compared(path: Path, read: Callable[[bytes, str], object]) -> tuple[str, str]:
    """Give the message that is expected for a document, and the one that it gets."""
    with pytest.raises(InputError) as caught:
        read(path.read_bytes(), path.name)
    told = f"{caught.value}\n"
    golden = path.with_suffix(".faults")
    if UPDATE:
        golden.write_text(told, encoding="utf-8")
    return golden.read_text(encoding="utf-8"), told


@pytest.mark.parametrize("path", documents("faults"), ids=lambda path: path.name)
def test_what_a_broken_dossier_is_told(path: Path) -> None:
    """Every fault of a dossier is told with file, line, path, what is expected, and what stands there."""
    expected, told = compared(path, parse_clinic)

    assert expected == told


@pytest.mark.parametrize("path", documents("criteria_faults"), ids=lambda path: path.name)
def test_what_a_broken_criteria_set_is_told(path: Path) -> None:
    """Every fault of a criteria set is told in the same way."""
    expected, told = compared(path, parse_criteria)

    assert expected == told


@pytest.mark.parametrize("folder", ["faults", "criteria_faults"])
def test_every_message_belongs_to_one_document(folder: str) -> None:
    """No message is left without its document, and no document without a name of its own."""
    told = sorted(path.stem for path in (GOLDEN / folder).glob("*.faults"))

    assert sorted(path.stem for path in documents(folder)) == told
