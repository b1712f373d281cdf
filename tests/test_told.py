"""What is looked up about days ahead and new inspections against the readable rules that define it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from records import trees
from strategies import TODAY, cases

from clinic_vetting import (
    Action,
    Answer,
    Clinic,
    CriteriaSet,
    Kind,
    Sanction,
    Source,
    clinic_from,
    load_criteria,
    parse_criteria,
    vet,
)
from clinic_vetting.ahead import Ahead, inspection
from clinic_vetting.combining import rule
from clinic_vetting.plan import compiled
from clinic_vetting.timeline import changes
from clinic_vetting.verdict import changed_verdicts

AGREE = settings(max_examples=80, deadline=None)
LATER = st.integers(-400, 400)


def agree(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> None:
    plan = compiled(criteria)
    ahead = Ahead(plan, clinic, as_of)
    assert ahead.first_changes() == [next(changes(plan, each, clinic, as_of), None) for each in plan.asked]
    verdict = vet(clinic, criteria, as_of=as_of)
    for asked in (each for each in plan.asked if verdict.beliefs[each.place] is not None):
        part, direct, scale = asked.part(clinic, as_of), asked.direct(clinic), plan.scale(asked, as_of)
        for answer in (Answer.YES, Answer.NO):
            beside = rule(part, (*direct, inspection(answer, as_of)), scale).belief
            assert ahead.inspected(asked.place, answer) == beside
    first = next((each.as_of - dt.timedelta(days=1) for each in changed_verdicts(verdict)), None)
    assert verdict.valid_until == first


@AGREE
@given(trees(), LATER)
def test_records_of_all_kinds(tree: dict[str, Any], later: int) -> None:
    agree(clinic_from(tree), load_criteria(), TODAY + dt.timedelta(days=later))


@AGREE
@given(cases(), LATER)
def test_direct_answers(case: tuple[dict[str, Any], dict[str, Any]], later: int) -> None:
    tree, dossier = case
    agree(clinic_from(dossier), parse_criteria(json.dumps(tree), "drawn.json"), TODAY + dt.timedelta(days=later))


def test_the_last_day_of_the_calendar_is_a_day_like_others() -> None:
    """A decision that ends on it counts until the day before it, and no day follows it."""
    source = Source("gmc", Kind.REGISTER, "General Medical Council", TODAY)
    decided = Sanction(by="GMC", action=Action.CONDITIONS, ended=dt.date.max, source=source)
    clinic = Clinic(id="a", sanctions=(decided,))
    agree(clinic, load_criteria(), TODAY)
    assert Ahead(compiled(load_criteria()), clinic, dt.date.max - dt.timedelta(1)).told
