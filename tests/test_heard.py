"""What is looked up about days ahead and new inspections against the readable rules that define it."""

from __future__ import annotations

import datetime as dt

from drawn import Drawn, at_most, on_answers, on_records
from hypothesis import given
from strategies import TODAY

from clinic_vetting import Action, Answer, Belief, Clinic, CriteriaSet, Kind, Sanction, Source, load_criteria, vet
from clinic_vetting.ahead import Ahead, inspection
from clinic_vetting.combining import rule
from clinic_vetting.plan import compiled
from clinic_vetting.timeline import changes
from clinic_vetting.verdict import changed_verdicts

AGREE = at_most(80)
INSPECTED = (Answer.YES, Answer.NO)
First = tuple[dt.date, Belief | None] | None
Foreseen = tuple[list[First], dict[tuple[str, Answer], Belief | None], dt.date | None]
"""The first change and the inspected belief of each criterion, and how long the verdict stands."""


def looked_up(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> Foreseen:
    """Tell them as they are looked up."""
    plan, verdict = compiled(criteria), vet(clinic, criteria, as_of=as_of)
    ahead = Ahead(plan, clinic, as_of)
    asked = [each for each in plan.asked if verdict.beliefs[each.place] is not None]
    inspected = {(each.id, answer): ahead.inspected(each.place, answer) for each in asked for answer in INSPECTED}
    return ahead.first_changes(), inspected, verdict.valid_until


def ruled(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> Foreseen:
    """Tell them by the readable rules."""
    plan, verdict = compiled(criteria), vet(clinic, criteria, as_of=as_of)
    firsts = [next(changes(plan, each, clinic, as_of), None) for each in plan.asked]
    inspected = {}
    for asked in (each for each in plan.asked if verdict.beliefs[each.place] is not None):
        part, direct, scale = asked.part(clinic, as_of), asked.direct(clinic), plan.scale(asked, as_of)
        for answer in INSPECTED:
            inspected[asked.id, answer] = rule(part, (*direct, inspection(answer, as_of)), scale).belief
    until = next((each.as_of - dt.timedelta(days=1) for each in changed_verdicts(verdict)), None)
    return firsts, inspected, until


@AGREE
@given(on_records())
def test_records_of_all_kinds(case: Drawn) -> None:
    assert looked_up(*case) == ruled(*case)


@AGREE
@given(on_answers())
def test_direct_answers(case: Drawn) -> None:
    assert looked_up(*case) == ruled(*case)


def test_the_last_day_of_the_calendar_is_a_day_like_others() -> None:
    """A decision that ends on it counts until the day before it, and no day follows it."""
    source = Source("gmc", Kind.REGISTER, "General Medical Council", TODAY)
    decided = Sanction(by="GMC", action=Action.CONDITIONS, ended=dt.date.max, source=source)
    clinic = Clinic(id="a", sanctions=(decided,))

    assert looked_up(clinic, load_criteria(), TODAY) == ruled(clinic, load_criteria(), TODAY)
    assert Ahead(compiled(load_criteria()), clinic, dt.date.max - dt.timedelta(1)).heard
