"""Random clinics, each with the criteria and the day by which it is vetted."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, NamedTuple

from cases import mesotherapy
from hypothesis import settings
from hypothesis import strategies as st
from records import trees
from strategies import TODAY, cases

from clinic_vetting import Clinic, CriteriaSet, clinic_from, parse_criteria

LATER = st.integers(-400, 400)


def at_most(examples: int) -> settings:
    """Try that many random cases, and fewer in the profile `least`."""
    return settings(max_examples=min(examples, examples * settings().max_examples // 10), deadline=None)


class Drawn(NamedTuple):
    """What `vet` takes."""

    clinic: Clinic
    criteria: CriteriaSet
    as_of: dt.date


def on_records(later: st.SearchStrategy[int] = LATER) -> st.SearchStrategy[Drawn]:
    """Draw a clinic with records of all kinds, for the shipped set, days away from today."""
    return st.builds(_on_records, trees(), later)


def on_answers(later: st.SearchStrategy[int] = LATER) -> st.SearchStrategy[Drawn]:
    """Draw a clinic of direct answers, for a set that is drawn too."""
    return st.builds(_on_answers, cases(), later)


def _on_records(tree: dict[str, Any], later: int) -> Drawn:
    return Drawn(clinic_from(tree), mesotherapy(), TODAY + dt.timedelta(days=later))


def _on_answers(case: tuple[dict[str, Any], dict[str, Any]], later: int) -> Drawn:
    tree, dossier = case
    return Drawn(clinic_from(dossier), parse_criteria(json.dumps(tree), "drawn.json"), TODAY + dt.timedelta(days=later))
