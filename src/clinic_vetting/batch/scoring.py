"""A chunk of lines becomes verdicts, and the lines that cannot be read become refusals."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import attrs
from attrs import frozen

from clinic_vetting import dossier
from clinic_vetting.batch.lines import Chunk, Line
from clinic_vetting.clinic import Clinic
from clinic_vetting.criterion import CriteriaSet
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.registers.looking import gathered
from clinic_vetting.reports import to_json
from clinic_vetting.verdict import vet
from clinic_vetting.words import told, whole


@frozen
class Refusal:
    """A line that gave no verdict, and its faults with file and line."""

    line: Line
    faults: tuple[Fault, ...]

    def to_json(self) -> str:
        """Write it as one line of JSON in ASCII, without a line end: `line`, `faults`, `input`.

        Bytes that are not UTF-8 are escaped in `input`, and the exact bytes are in `input_base64`. Of
        a line that is too long, `input` has the beginning and `skipped_bytes` says how much followed.
        """
        faults = [{name: getattr(each, name) for name in ("path", "expected", "got", "hint")} for each in self.faults]
        text = self.line.data.decode("utf-8", "backslashreplace")
        tree: dict[str, Any] = {"line": self.line.number, "faults": faults, "input": text}
        if text.encode() != self.line.data:
            tree["input_base64"] = base64.b64encode(self.line.data).decode("ascii")
        if self.line.skipped:
            tree["skipped_bytes"] = self.line.skipped
        return json.dumps(tree)


@frozen
class Scored:
    """What a chunk came to.

    Attributes:
        last, digest: As in the chunk.
        verdicts: The verdicts' JSON in UTF-8, each ended by a newline.
        refusals: The lines without verdict.
    """

    last: int
    digest: str
    verdicts: bytes
    refusals: tuple[Refusal, ...]


@frozen
class Scorer:
    """Scores chunks; can be sent to another process.

    Attributes:
        name: The input's name, for faults.
        criteria, as_of: What clinics are vetted by, and on which day.
        registers: The database of registers to look up in, if any.
        reviews: Whether to read what reviews tell.
    """

    name: str
    criteria: CriteriaSet
    as_of: dt.date
    registers: str | None = None
    reviews: bool = False

    def score(self, chunk: Chunk) -> Scored:
        """Vet every line of a chunk.

        Raises:
            CriteriaError: The set asks for a measure that nobody registered.
            RegisterError: The database of registers cannot be read.
        """
        verdicts: list[str] = []
        refusals: list[Refusal] = []
        with gathered(self.registers, self.as_of, reviews=self.reviews) as enriched:
            for line in chunk.lines:
                try:
                    verdicts.append(to_json(vet(enriched(read_line(line)), self.criteria, as_of=self.as_of)) + "\n")
                except InputError as error:
                    refusals.append(Refusal(line, tuple(self._placed(each, line) for each in error.faults)))
        data = "".join(verdicts).encode("utf-8", "backslashreplace")
        return Scored(chunk.last, chunk.digest, data, tuple(refusals))

    def _placed(self, fault: Fault, line: Line) -> Fault:
        return attrs.evolve(fault, file=self.name, line=line.number)


def read_line(line: Line) -> Clinic:
    """Read the dossier on a line, a JSON object.

    Raises:
        InputError: With every fault; they name no file.
    """
    if line.broken:
        raise InputError([Fault("", 0, "", told("fault.batch.rest"), line.broken)])
    if line.skipped:
        expected = told("fault.batch.line", most=whole(MAX_BYTES))
        got = told("fault.batch.bytes", count=whole(len(line.data) + line.skipped))
        raise InputError([Fault("", 0, "", expected, got)])
    return dossier.parse_clinic(line.data, "line.json")
