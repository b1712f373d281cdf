"""A dossier read in one pass, where it is as usual; any doubt is left to the slow reader, which tells faults."""

from clinic_vetting.fast_reading.compiled import IDENTITY, RECORDS, readers
from clinic_vetting.fast_reading.draft import Columns, Draft
from clinic_vetting.fast_reading.freezing import clinic_of, made_of
from clinic_vetting.fast_reading.keys import KEY
from clinic_vetting.fast_reading.memo import Doubt
from clinic_vetting.fast_reading.reading import UNUSUAL, json_draft, read_json, read_tree, tree_draft

__all__ = [
    "IDENTITY",
    "KEY",
    "RECORDS",
    "UNUSUAL",
    "Columns",
    "Doubt",
    "Draft",
    "clinic_of",
    "json_draft",
    "made_of",
    "read_json",
    "read_tree",
    "readers",
    "tree_draft",
]
