"""The library against an independent, slow evaluator that was written from the method page alone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from oracle import evaluate
from strategies import TODAY, cases

from clinic_vetting import clinic_from, parse_criteria, questions, vet


@settings(max_examples=40 * settings().max_examples)
@given(cases())
def test_every_number_band_and_day_is_the_oracles(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Bands, numbers, limits, outcomes, citations, days and questions agree on random dossiers."""
    tree, dossier = case
    expected = evaluate(tree, dossier, TODAY)

    verdict = vet(clinic_from(dossier), parse_criteria(json.dumps(tree), "drawn.json"), as_of=TODAY)

    names = ("proven", "failed", "unknown", "score", "start")
    assert {name: expected[name] for name in names} == {name: getattr(verdict, name) for name in names}
    assert expected["band"] == (verdict.band.id if verdict.band else None)
    assert expected["limits"] == [(each.band, each.condition) for each in verdict.limits]
    for name in ("settled", "reachable"):
        reach = getattr(verdict, name)
        found = {"best": reach.best.id if reach.best else None, "worst": reach.worst.id if reach.worst else None}
        assert expected[name] == found
    assert expected["valid_until"] == verdict.valid_until
    assert expected["questions"] == [each.criterion.full_id for each in questions(verdict)]
    for finding in verdict.findings:
        wanted = expected["findings"][finding.id]
        deciding = finding.decided_by.statement if finding.decided_by else None
        assert wanted == {
            "outcome": finding.outcome.value,
            "p": finding.belief.proven if finding.belief else None,
            "f": finding.belief.failed if finding.belief else None,
            "points": finding.points,
            "effect": finding.effect,
            "decided_by": deciding.source.id if deciding else None,
            "answer": deciding.answer.value if deciding else None,
            "contradicted": finding.contradicted,
            "changes_on": finding.changes_on,
        }
