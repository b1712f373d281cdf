"""Where dossiers go: a folder with a YAML file each, or one NDJSON file that `batch` reads."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from clinic_vetting.document import yaml_text
from clinic_vetting.document.replacing import replacing
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import unwritable
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES: Final = (".ndjson", ".jsonl")
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HEADING: Final = re.compile(r"\A#.*\n")
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


class Output(Protocol):
    """Takes dossiers one by one."""

    def add(self, clinic: str, tree: dict[str, Any], comment: str) -> None:
        """Write one; raise an `InputError` where it must not be written."""


def file_name(clinic: str) -> str:
    """Give a file name that every system takes, another for every id.

        >>> file_name("harbour-clinic"), file_name("../Ätna 7")
        ('harbour-clinic.yaml', 'atna-7-9f3ef4d1.yaml')

    An id that is no such name itself has a part of its SHA-256 added.
    """
    if _SAFE.fullmatch(clinic) and not _RESERVED.fullmatch(clinic):
        return f"{clinic}.yaml"
    plain = unicodedata.normalize("NFKD", clinic.casefold()).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:40] or "clinic"
    return f"{word}-{hashlib.sha256(clinic.encode()).hexdigest()[:8]}.yaml"


class Folder:
    """A folder with a YAML file for each clinic; a file that says something else is kept unless `replace`."""

    def __init__(self, path: Path, *, replace: bool) -> None:
        """Make the folder where it is not there.

        Raises:
            InputError: It cannot be made.
        """
        self._path, self._replace = path, replace
        try:
            path.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise unwritable(path, error, told("fault.writable_folder")) from None

    def add(self, clinic: str, tree: dict[str, Any], comment: str) -> None:
        """Write one dossier under its comment, whole or not at all; one that is there already stays as it is.

        Raises:
            InputError: Another dossier is there and may not be replaced, or nothing can be read or written there.
        """
        place = self._path / file_name(clinic)
        text = yaml_text.dump(tree)
        if not self._replace and (there := _text_at(place)) is not None:
            if _HEADING.sub("", there) == text:
                return
            expected, got = told("fault.listings.same_dossier"), told("fault.listings.another_dossier")
            raise InputError([Fault(str(place), 0, "", expected, got, told("fault.listings.replace"))])
        with replacing(place) as file:
            file.write(f"# {comment}\n{text}".encode())


def _text_at(place: Path) -> str | None:
    try:
        return place.read_text("utf-8", "replace") if place.exists() else None
    except OSError as error:
        raise unwritable(place, error) from None


class Lines:
    """One line of JSON a dossier."""

    def __init__(self, file: Any) -> None:
        """Write to an open binary file."""
        self._file = file

    def add(self, clinic: str, tree: dict[str, Any], comment: str) -> None:  # noqa: ARG002 - JSON has no comments
        """Write one dossier."""
        self._file.write(json.dumps(tree, ensure_ascii=False).encode() + b"\n")


@contextlib.contextmanager
def output(name: str, *, replace: bool) -> Iterator[Output]:
    """Open a folder, an NDJSON file, or standard output where the name is `-`; a file is there whole or not at all."""
    if name == "-":
        yield Lines(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif name.lower().endswith(LINES):
        with replacing(Path(name)) as file:
            yield Lines(file)
    else:
        yield Folder(Path(name), replace=replace)
