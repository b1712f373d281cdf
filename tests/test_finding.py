"""Findings as they are read against the readable rules that define them."""

from __future__ import annotations

import datetime as dt

import pytest
from drawn import Drawn, at_most, on_answers, on_records
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY

from clinic_vetting import (
    Answer,
    Clinic,
    CriteriaSet,
    Kind,
    Licence,
    LicenceStatus,
    Outcome,
    Practitioner,
    Source,
    Statement,
    load_criteria,
    remembering,
    vet,
)
from clinic_vetting.evidence import Scale
from clinic_vetting.plan import compiled
from clinic_vetting.score import effect

AGREE = at_most(150)
Line = tuple[object, ...]
"""Id, criterion, belief twice, points, effect, sentence (unless waived), and what was said of it."""


def as_read(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> list[Line]:
    """Give every field of every finding."""
    verdict = vet(clinic, criteria, as_of=as_of)
    return [
        (
            *(each.id, each.criterion, each.belief, belief, each.points, each.effect),
            None if place in verdict.waived else each.says,
            *(each.decided_by, each.others, each.contradicted),
        )
        for place, (each, belief) in enumerate(zip(verdict.findings, verdict.beliefs, strict=True))
    ]


def as_ruled(clinic: Clinic, criteria: CriteriaSet, as_of: dt.date) -> list[Line]:
    """Give the same fields by the readable rules."""
    plan, waived = compiled(criteria), vet(clinic, criteria, as_of=as_of).waived
    rulings = [plan.ruling(asked, clinic, as_of) for asked in plan.asked]
    beliefs = [None if place in waived else ruling.belief for place, ruling in enumerate(rulings)]
    points = plan.points(beliefs)
    lines: list[Line] = []
    for asked, ruling, belief in zip(plan.asked, rulings, beliefs, strict=True):
        worth = None if belief is None else points.of(asked.place)
        moves = None if belief is None or worth is None else effect(worth, belief, plan.unknown_counts)
        outcome = Outcome.NOT_APPLICABLE if belief is None else belief.outcome
        says = None if asked.place in waived else asked.criterion.sentence(outcome)
        said = (ruling.deciding, ruling.others, ruling.contradicted)
        lines.append((asked.id, asked.criterion, belief, belief, worth, moves, says, *said))
    return lines


@AGREE
@given(on_records())
def test_findings_on_records_of_all_kinds(case: Drawn) -> None:
    assert as_read(*case) == as_ruled(*case)


@AGREE
@given(on_answers())
def test_findings_on_direct_answers(case: Drawn) -> None:
    assert as_read(*case) == as_ruled(*case)


@at_most(20)
@given(st.lists(on_records(st.just(0)), min_size=2, max_size=4))
def test_findings_stay_right_when_what_is_remembered_overflows(drawn: list[Drawn]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembering, "MOST_WEIGHED", 2)
        for case in drawn:
            assert as_read(*case) == as_ruled(*case)


def test_what_is_remembered_is_bounded() -> None:
    scale = compiled(load_criteria()).scale(compiled(load_criteria()).asked[0], TODAY)
    remembers = remembering.Remembering(scale.evidence, scale.fresh_for, scale.as_of)
    for i in range(2 * remembering.MOST_WEIGHED):
        source = Source("a", Kind.DOCUMENT, "a", dt.date(2000, 1, 1) + dt.timedelta(i))
        remembers.rule((Statement(Answer.YES, source, "a note", "a record"),))
    assert 0 < len(remembers.known) <= remembering.MOST_WEIGHED
    kept = [said for each in remembers.known.values() for said in (each.ruling.deciding, *each.ruling.others) if said]
    assert {(each.statement.note, each.statement.record) for each in kept} == {(None, None)}


def test_a_finding_is_a_value_made_when_asked_for() -> None:
    """Two of one verdict and criterion are equal, and a verdict keeps none of them."""
    clinic = Clinic(id="a")
    one, other = (vet(clinic, load_criteria(), as_of=TODAY) for _ in range(2))

    assert one.findings == one.findings
    assert len({one.findings[3], one.finding(one.findings[3].id)}) == 1
    assert one.findings[0] != other.findings[0]
    assert not [value for value in vars(one).values() if value == one.findings]


def test_several_statements_are_weighed_as_the_readable_scale_does() -> None:
    """A statement that has not been seen yet does not exist, alone or among others."""
    scale = compiled(load_criteria()).scale(compiled(load_criteria()).asked[0], TODAY)
    remembers = remembering.Remembering(scale.evidence, scale.fresh_for, scale.as_of)
    seen = [Source(f"s{i}", kind, "a", TODAY + dt.timedelta(i - 4)) for i, kind in enumerate(Kind)]
    said = [Statement(answer, source) for source in seen for answer in Answer]

    for several in ((), *((each,) for each in said), *((a, b) for a in said for b in said), tuple(said)):
        assert remembers.rule(several) == Scale.rule(scale, several)


def test_statements_that_are_alike_are_cited_in_one_order_and_once() -> None:
    """By whom they are about, then by their records; equal ones are one."""
    source = Source("gmc", Kind.REGISTER, "General Medical Council", TODAY)
    numbers = ("7000003", "7000001", "7000003", "7000002")
    entries = [Licence(authority="GMC", number=each, status=LicenceStatus.ACTIVE, source=source) for each in numbers]
    named = [Practitioner(name=name, licences=(entry,)) for name, entry in zip("BAAA", entries, strict=True)]
    alike = [Practitioner(name="A", licences=(each,)) for each in entries]
    for people in (named, alike, named[:2]):
        clinic = Clinic(id="a", practitioners=tuple(people))
        assert as_read(clinic, load_criteria(), TODAY) == as_ruled(clinic, load_criteria(), TODAY)
    found = vet(Clinic(id="a", practitioners=tuple(alike)), load_criteria(), as_of=TODAY)
    cited = found.finding("credentials.injector_licensed")
    assert cited.decided_by
    told = [str(each.statement.record) for each in (cited.decided_by, *cited.others)]
    assert told == [f"GMC, {number}, active" for number in sorted(set(numbers))]
