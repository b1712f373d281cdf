"""Bands still open against the readable rules: each answer put in its place, and the whole decided anew."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from drawn import Drawn, at_most, on_answers, on_records
from hypothesis import given
from strategies import TODAY

from clinic_vetting import (
    Answer,
    Clinic,
    CriteriaSet,
    Kind,
    Source,
    Statement,
    load_criteria,
    parse_criteria,
    plain_criteria,
    reach,
    vet,
)
from clinic_vetting.ahead import inspection
from clinic_vetting.combining import rule
from clinic_vetting.criterion import Band
from clinic_vetting.plan import compiled
from clinic_vetting.reports import to_json, to_tree

AGREE = at_most(60)


def inspected(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date, answer: Answer) -> Band | None:
    """Inspect what is open or has failed, ruling on each criterion anew."""
    plan, beliefs = compiled(criteria), list(vet(clinic, criteria, as_of=as_of).beliefs)
    for asked in plan.asked:
        belief = beliefs[asked.place]
        if belief is not None and (belief.open or belief.failed):
            said = (*asked.direct(clinic), inspection(answer, as_of))
            beliefs[asked.place] = rule(asked.part(clinic, as_of), said, plan.scale(asked, as_of)).belief
    return plan.band(beliefs, clinic)


def told(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> tuple[reach.Reach, reach.Reach]:
    """Give the bands that a verdict tells: those that stay open, and those that an inspection can reach."""
    verdict = vet(clinic, criteria, as_of=as_of)
    return verdict.settled, verdict.reachable


def ruled(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> tuple[reach.Reach, reach.Reach]:
    """Give the same bands by the readable rules."""
    plan, verdict = compiled(criteria), vet(clinic, criteria, as_of=as_of)
    best = [None if each is None else reach.at_best(each) for each in verdict.beliefs]
    worst = [None if each is None else reach.at_worst(each) for each in verdict.beliefs]
    by_inspection = [inspected(clinic, criteria, as_of, answer) for answer in (Answer.YES, Answer.NO)]
    return reach.Reach(plan.band(best, clinic), plan.band(worst, clinic)), reach.Reach(*by_inspection)


@AGREE
@given(on_records())
def test_bands_still_open_on_records(case: Drawn) -> None:
    assert told(*case) == ruled(*case)


@AGREE
@given(on_answers())
def test_bands_still_open_on_direct_answers(case: Drawn) -> None:
    assert told(*case) == ruled(*case)


def test_an_inspection_that_takes_a_criterion_out_shares_its_points_anew() -> None:
    """An inspection believed half as much as a register clears a `no`; what is left then says: not applicable."""
    tree = plain_criteria(load_criteria())
    tree["evidence"]["inspection"] = {"for": 60, "against": 60}
    tree["fresh_for"] = "36 months"
    for category in tree["categories"]:
        for criterion in category["criteria"]:
            criterion.pop("fresh_for", None)
    criteria = parse_criteria(json.dumps(tree), "own.json")
    sources = [Source(f"s{i}", Kind.REGISTER, "a register", dt.date(2024, 12, 1 + i)) for i in range(2)]
    said = (Statement(Answer.NOT_APPLICABLE, sources[0]), Statement(Answer.NO, sources[1]))
    shown = Statement(Answer.YES, Source("s2", Kind.REGISTER, "a register", dt.date(2026, 1, 10)))
    clinic = Clinic(id="a", answers={"hygiene.hand_hygiene": said, "hygiene.single_use_sharps": shown})
    verdict = vet(clinic, criteria, as_of=dt.date(2026, 1, 15))

    assert verdict.finding("hygiene.hand_hygiene").outcome == "failed"
    assert verdict.ahead.inspected(verdict.plan.place["hygiene.hand_hygiene"], Answer.YES) is None
    assert told(clinic, criteria, verdict.as_of) == ruled(clinic, criteria, verdict.as_of)


def test_what_is_kept_for_each_belief_is_bounded() -> None:
    """Overflowing, it stays right, in what is open and in what is written."""
    said = Statement(Answer.YES, Source("a", Kind.CLAIM, "a"))
    ids = ("hygiene.hand_hygiene", "hygiene.single_use_sharps", "hygiene.vial_handling", "hygiene.premises_clean")
    clinic = Clinic(id="a", answers=dict.fromkeys(ids, said))
    criteria = parse_criteria(json.dumps({**plain_criteria(load_criteria()), "id": "own"}), "own.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "MOST_LEAVES", 2)
        patch.setattr("clinic_vetting.reports.fragments.MOST_LEAVES", 2)
        assert told(clinic, criteria, TODAY) == ruled(clinic, criteria, TODAY)
        verdict = vet(clinic, criteria, as_of=TODAY)
        assert to_json(verdict) == json.dumps(to_tree(verdict))
        assert 0 < len(reach.answered(verdict.found.worth)) <= reach.MOST_LEAVES
