"""Dossiers scored as they are read: checked in full in one pass, and no clinic made before somebody reads it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from clinic_vetting.decoding import draft_from
from clinic_vetting.dossier import clinic_from, parse_clinic
from clinic_vetting.fast_reading import UNUSUAL, made_of, tree_draft
from clinic_vetting.plan import compiled
from clinic_vetting.quick import evaluate_draft
from clinic_vetting.verdict import Verdict, vet

if TYPE_CHECKING:
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.fast_reading import Draft


def vet_tree(tree: object, criteria: CriteriaSet, *, as_of: dt.date) -> Verdict:
    """Read a dossier from a Python tree, such as `json.loads` gives, and score it.

    Raises:
        InputError: With every fault of the tree.
        CriteriaError: The set asks for a measure that nobody registered.
        TypeError: `criteria` or `as_of` is something else.
    """
    try:
        draft = tree_draft(tree, frozen=False)
    except UNUSUAL:
        draft = None
    return vet_draft(draft, criteria, as_of) if draft else vet(clinic_from(tree), criteria, as_of=as_of)


def vet_json(data: str | bytes, criteria: CriteriaSet, *, as_of: dt.date, name: str = "<text>") -> Verdict:
    """Read a dossier from JSON text and score it, as `vet` and `parse_clinic` do; by msgspec, where it is installed.

    Raises:
        InputError: With every fault of the document.
        CriteriaError: The set asks for a measure that nobody registered.
        TypeError: `data`, `criteria` or `as_of` is something else.
    """
    try:
        draft = draft_from(data)
    except UNUSUAL:
        draft = None
    return vet_draft(draft, criteria, as_of) if draft else vet(parse_clinic(data, name), criteria, as_of=as_of)


def vet_draft(draft: Draft, criteria: CriteriaSet, as_of: dt.date) -> Verdict:
    """Score a dossier as it was read; nothing of it is frozen before somebody reads the verdict's clinic."""
    if not draft.waivers and as_of.__class__ is dt.date:
        plan = compiled(criteria)
        if found := evaluate_draft(plan, draft, as_of):
            return Verdict(draft, plan, as_of, found.band, found)
    return vet(made_of(draft), criteria, as_of=as_of)
