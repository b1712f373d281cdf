"""What a value in a JSON Schema can be: a text, a day, a number, and what each verdict is told by."""

from __future__ import annotations

from typing import Final

from clinic_vetting.evidence import Outcome
from clinic_vetting.schema.parts import Schema, exact, word_or_null

TEXT: Final = {"type": "string"}
TEXT_OR_NULL: Final = {"type": ["string", "null"]}
TEXTS: Final = {"type": "array", "items": TEXT}
DAY: Final = {"type": "string", "format": "date"}
DAY_OR_NULL: Final = {"type": ["string", "null"], "format": "date"}
NUMBER: Final = {"type": "number"}
CHANGE: Final = {"type": ["number", "null"], "minimum": -100, "maximum": 100}
"""Points of 100, gained or lost."""
POINTS: Final = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
HUNDREDTHS: Final = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
FLAG: Final = {"type": "boolean"}
DIGEST: Final = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
OUTCOME_OR_NULL: Final = word_or_null(Outcome)
CLINIC: Final = exact(id=TEXT, name=TEXT_OR_NULL)
CRITERIA: Final = exact(id=TEXT, version=TEXT, digest=DIGEST)
NUMBERS: Final[Schema] = dict.fromkeys(("score", "proven", "unknown", "failed"), POINTS)
"""What a verdict comes to, beside its band."""
LIMIT: Final[Schema] = {"condition": TEXT, "wanted": NUMBER, "found": NUMBER, "criteria": TEXTS}
"""What keeps a clinic out of a band."""
VETTED: Final[Schema] = {"clinic": CLINIC, "criteria": CRITERIA, "dossier_digest": DIGEST}
"""What was vetted, and by what; the first keys of whatever tells a verdict."""
