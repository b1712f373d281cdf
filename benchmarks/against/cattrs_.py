"""cattrs: the listing as dataclasses, with detailed validation; nothing is scored."""

from __future__ import annotations

import datetime as dt
from typing import Any

import cattrs
from workload import Load, Row

from against.schemas import Dossier, Said


def rows(load: Load) -> list[Row]:
    """Measure structuring a dict with every fault told."""
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))
    said = converter.get_structure_hook(Said)

    def answers(given: Any, _: Any) -> Any:
        return [said(each, Said) for each in given] if isinstance(given, list) else said(given, Said)

    converter.register_structure_hook_func(lambda hint: hint == Said | list[Said], answers)
    structure = converter.get_structure_hook(Dossier)
    does = "validates a dict into dataclasses, detailed; no score"
    return [Row("cattrs, from dict", does, lambda tree: structure(tree, Dossier), load.trees)]
