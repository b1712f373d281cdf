"""The pages that are written when the site is built hold all that the criteria sets and the public names say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import criteria_pages
import pytest
import reference_pages

from clinic_vetting import Outcome, contents, load_criteria, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from clinic_vetting import CriteriaSet


@pytest.fixture(params=shipped())
def criteria(request: pytest.FixtureRequest) -> CriteriaSet:
    """Give each shipped set."""
    return load_criteria(request.param)


def test_every_criterion_is_told_in_full(criteria: CriteriaSet) -> None:
    """Question, severity, weight, freshness, every sentence, why, what to ask and check, and every reference."""
    pages = criteria_pages.pages(criteria)
    for each in criteria.criteria():
        told = pages[each.category].split(f"## `{each.full_id}`")[1].split("\n## ")[0].replace("\\", "")
        facts = f"| {each.severity.value} | {each.weight} of "
        sentences = [each.sentence(outcome) for outcome in Outcome]
        published = [str(criteria.references[name]) for name in each.references]
        texts = (each.question, each.why, each.ask, each.check, each.if_failed, *sentences, *published)
        laws = [one.says for one in each.our_standard]
        missing = [text for text in (facts, str(criteria.freshness(each)), *texts, *laws) if text and text not in told]

        assert not missing


@pytest.mark.parametrize("situation", criteria_pages.SITUATIONS, ids=lambda each: each.title)
def test_the_points_of_each_situation_sum_to_100(criteria: CriteriaSet, situation: criteria_pages.Situation) -> None:
    """What does not apply has none, and leaves its own to others; the pages show them."""
    asked = {each.full_id for each in criteria.criteria()}
    excused = {each.full_id for each in criteria.criteria() if situation.excuses(each)}
    points = criteria_pages.points(criteria, situation)
    pages = criteria_pages.pages(criteria)

    assert set(points) == asked - excused
    assert sum(points.values()) == pytest.approx(100)
    assert all(f"{worth:.2f}" in pages[name.split(".")[0]] for name, worth in points.items())


def test_every_criterion_that_a_situation_excuses_is_asked_somewhere() -> None:
    """So that a renamed criterion is noticed."""
    asked = {name for each in load_criteria().criteria() for name in (each.full_id, each.category)}

    assert {name for each in criteria_pages.SITUATIONS for name in each.excused} <= asked


def test_markup_in_a_set_is_shown_as_it_stands() -> None:
    """A question with a star, a bar or a link is no Markdown."""
    starred = attrs.evolve(load_criteria("mesotherapy"), title="A *star* | [link](https://example.org)")
    page = criteria_pages.pages(starred)["index"]

    assert page.startswith("# A \\*star\\* \\| \\[link\\](https://example.org)\n")


def test_every_public_name_stands_in_the_reference_once(tmp_path: Path) -> None:
    """As a class or a function, on the page of its room."""
    reference_pages.write(tmp_path)
    lines = [line for page in tmp_path.glob("*.rst") for line in page.read_text().splitlines()]
    told = [line.rsplit(":: ")[1] for line in lines if line.startswith((".. autoclass:: ", ".. autofunction:: "))]

    assert sorted(name for name in told if "." not in name) == sorted(contents.__all__)


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    """So that Sphinx builds only what has."""
    place = tmp_path / "folder" / "page.md"
    criteria_pages.keep(tmp_path, {"folder/page.md": "one"})
    first = place.stat().st_mtime_ns
    criteria_pages.keep(tmp_path, {"folder/page.md": "one"})
    again = place.stat().st_mtime_ns
    criteria_pages.keep(tmp_path, {"folder/page.md": "two"})

    assert (again, place.read_text()) == (first, "two")


def test_a_page_that_is_no_longer_written_is_removed(tmp_path: Path) -> None:
    """Such as that of a set which was renamed."""
    criteria_pages.keep(tmp_path, {"old/page.md": "one", "page.md": "two"})
    criteria_pages.keep(tmp_path, {"page.md": "two"})

    assert [each.name for each in tmp_path.rglob("*.md")] == ["page.md"]
