"""A dossier read in one pass, where it is as usual; any doubt is left to the slow reader, which tells faults."""

from clinic_vetting.fast_reading.compiled import IDENTITY, RECORDS, readers
from clinic_vetting.fast_reading.draft import Columns, Draft
from clinic_vetting.fast_reading.memo import Doubt
from clinic_vetting.fast_reading.reading import KEY, UNUSUAL, made_of, read_decoded, read_draft, read_json, read_tree

__all__ = [
    "IDENTITY",
    "KEY",
    "RECORDS",
    "UNUSUAL",
    "Columns",
    "Doubt",
    "Draft",
    "made_of",
    "read_decoded",
    "read_draft",
    "read_json",
    "read_tree",
    "readers",
]
