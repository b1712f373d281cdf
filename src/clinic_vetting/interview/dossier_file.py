"""A dossier in a file that grows by one answer at a time: each is on disk, whole, before the next is asked."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_vetting import document, dossier
from clinic_vetting.document.replacing import replacing
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.interview.amending import amended
from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.evidence import Answer, Source


class DossierFile:
    """An open dossier.

    Attributes:
        name: The file's name as it was given.
        clinic: What it says now.
        answers: How many answers were written since it was opened.
    """

    def __init__(self, name: str) -> None:
        """Read it.

        Raises:
            InputError: It cannot be read, with every fault.
        """
        self.name, self.answers = name, 0
        self._bytes = document.read_bytes(name)
        self.clinic: Clinic = dossier.parse_clinic(self._bytes, name)

    def add(self, criterion: str, answer: Answer, source: Source) -> Source:
        """Write an answer to the disk; give its source by the id that it has there.

        Raises:
            InputError: It cannot be written, or the file was changed by somebody else; it is as it was.
        """
        place = Path(self.name).resolve()
        if document.read_bytes(place) != self._bytes:
            expected, got, hint = (told(f"fault.ask.{each}") for each in ("as_read", "changed", "begin_again"))
            raise InputError([Fault(self.name, 0, "", expected, got, hint)])
        mark = codecs.BOM_UTF8 if self._bytes.startswith(codecs.BOM_UTF8) else b""
        new = amended(self._bytes.removeprefix(mark).decode(), self.name, criterion, answer, source)
        data = mark + new.text.encode()
        with replacing(place) as file:
            file.write(data)
        self._bytes, self.clinic, self.answers = data, new.clinic, self.answers + 1
        return new.source
