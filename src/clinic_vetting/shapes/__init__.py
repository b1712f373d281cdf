"""What a field may hold. One shape serves three readers: a document, Python code, and an editor.

Each shape reads itself from a document, checks a Python value, writes it back as a plain tree, and
gives its JSON Schema; so the three can never disagree about a bound.
"""

from clinic_vetting.shapes.days import Day, SpanShape
from clinic_vetting.shapes.lists import MOST_ITEMS, Keyed, Many, Table, Words
from clinic_vetting.shapes.numbers import Number, Whole
from clinic_vetting.shapes.records import (
    Partial,
    Record,
    line_of,
    note_problems,
    plain_fields,
    read_field,
    refuse_unknown,
)
from clinic_vetting.shapes.said import Reference, Said, kinds
from clinic_vetting.shapes.scalars import Choice, Flag, Scalar, Text
from clinic_vetting.shapes.shape import Shape

__all__ = [
    "MOST_ITEMS",
    "Choice",
    "Day",
    "Flag",
    "Keyed",
    "Many",
    "Number",
    "Partial",
    "Record",
    "Reference",
    "Said",
    "Scalar",
    "Shape",
    "SpanShape",
    "Table",
    "Text",
    "Whole",
    "Words",
    "kinds",
    "line_of",
    "note_problems",
    "plain_fields",
    "read_field",
    "refuse_unknown",
]
