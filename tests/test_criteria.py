"""The shipped criteria: complete, worded for every outcome, and covering what the sources ask."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cases import DAY, data, mesotherapy

from clinic_vetting import (
    Clinic,
    Criterion,
    Outcome,
    criteria_digest,
    load_criteria,
    parse_criteria,
    plain_criteria,
    shipped,
    vet,
)
from clinic_vetting.document import yaml_text

CRITERIA = list(mesotherapy().criteria())
EVERYWHERE = [
    pytest.param(each, id=f"{name}:{each.full_id}") for name in shipped() for each in load_criteria(name).criteria()
]


def test_every_criterion_of_the_checklists_is_asked_with_its_severity_weight_and_freshness() -> None:
    """The set asks what the authorities' checklists ask, and for ratings besides."""
    expected = {each["id"]: (each["severity"], each["weight"], each["fresh_for"]) for each in data("checklist.yaml")}

    found = {
        each.full_id: (each.severity.value, str(each.weight), str(mesotherapy().freshness(each))) for each in CRITERIA
    }
    rating = found.pop("reviews.rating")

    assert expected == found
    assert rating[0] == "minor"


def test_category_weights_are_those_proposed() -> None:
    """Credentials, hygiene and sourcing weigh most, reviews least."""
    expected = {"credentials": 28, "hygiene": 25, "sourcing": 25, "care": 15, "reviews": 7}

    assert expected == {each.id: each.weight for each in mesotherapy().categories}


@pytest.mark.parametrize("each", EVERYWHERE)
def test_a_criterion_has_all_its_words(each: Criterion) -> None:
    """One sentence per outcome, all different; why, what to ask, how to check, what to do; references."""
    sentences = [each.says[outcome] for outcome in Outcome]

    assert len(set(sentences)) == len(Outcome)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert each.why
    assert each.check
    assert each.if_failed
    assert each.ask is not None
    assert each.ask.endswith("?")
    assert each.references


@pytest.mark.parametrize("each", EVERYWHERE)
def test_unproven_words_accuse_nobody(each: Criterion) -> None:
    """What is not shown is said not to be shown; unknown is not worded as an allegation."""
    assert "not been shown" in each.says[Outcome.DOUBTED]
    assert "not been shown" in each.says[Outcome.SUPPORTED]
    assert not re.search(r"illegal|fraud|criminal|\bli(?:ar|es?|ed)\b", " ".join(each.says.values()))


@pytest.mark.parametrize("each", EVERYWHERE)
def test_a_year_in_a_reason_stands_in_a_reference(each: Criterion) -> None:
    """What is said to have happened is published, and the publication is cited with the criterion itself."""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", each.why or ""))
    cited = " ".join(str(mesotherapy().references[name]) for name in each.references)

    assert {year for year in years if year not in cited} == set()


def test_a_reference_names_who_published_it() -> None:
    """A reader sees that name as the author's."""
    assert [key for key, each in mesotherapy().references.items() if "not stated" in each.by.lower()] == []


@pytest.mark.parametrize("point", data("article_points.yaml"), ids=lambda point: point["point"][:60])
def test_every_point_of_the_articles_is_covered(point: dict[str, Any]) -> None:
    """Each point that patients are told to look at leads to criteria of the set."""
    ids = {each.full_id for each in CRITERIA}

    assert point["answered_by"]
    assert set(point["answered_by"]) <= ids


def test_every_reference_is_used() -> None:
    """The table of references holds nothing that no criterion cites."""
    used = {reference for each in CRITERIA for reference in each.references}

    assert used == set(mesotherapy().references)


def test_the_desk_set_says_plainly_that_it_is_one() -> None:
    """Title and every band of the desk set name the desk check; it has fewer criteria, all from the full set."""
    desk = load_criteria("mesotherapy-desk")
    ids = {each.full_id for each in desk.criteria()}

    assert "desk" in desk.title.casefold()
    assert all("desk" in f"{band.label} {band.says}".casefold() for band in desk.bands)
    assert ids < {each.full_id for each in CRITERIA}
    assert desk.changes
    assert all(change.because and change.owner for change in desk.changes)


@pytest.mark.parametrize("name", shipped())
def test_a_resolved_set_reads_back_as_itself(name: str) -> None:
    """What `criteria show` prints is a criteria set with the same digest."""
    criteria = load_criteria(name)
    tree = plain_criteria(criteria)

    again = parse_criteria(yaml_text.dump(tree), "again.yaml")

    assert criteria_digest(criteria) == criteria_digest(again)
    assert tree == plain_criteria(again)


@pytest.mark.parametrize("name", shipped())
def test_knowing_nothing_is_unproven_and_the_score_is_the_start(name: str) -> None:
    """A clinic of which nothing is known is neither good nor bad."""
    verdict = vet(Clinic(id="unknown"), load_criteria(name), as_of=DAY)

    assert verdict.band is not None
    assert verdict.band.id == "unproven"
    assert verdict.start == verdict.score == 50
    assert verdict.failed == 0
