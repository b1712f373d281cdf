"""The worked example of the method page, and the numbers that its text gives, are what the library computes."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from cases import DAY, ROOT, clinic, mesotherapy

from clinic_vetting import Belief, Kind, Verdict, fixes, parse_clinic, parse_criteria, questions, vet
from clinic_vetting.measures import names

PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
CRITERIA, DOSSIER = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLE = PAGE[PAGE.index("## A worked example") :]


def rows(text: str, first: str) -> list[list[str]]:
    """Give the rows of the table that begins with a heading."""
    table = text[text.index(f"| {first} |") :].split("\n\n", maxsplit=1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def worked() -> Verdict:
    """Vet the example of the page."""
    return vet(parse_clinic(DOSSIER, "dossier.yaml"), parse_criteria(CRITERIA, "worked.yaml"), as_of=DAY)


def test_the_findings_of_the_worked_example() -> None:
    """Points, what is proven and failed, the outcome and the effect of each criterion."""
    found = [[each.id, each.points, each.belief, each.outcome.value, each.effect] for each in worked().findings]

    expected = [
        [name, Fraction(points), Belief(int(p), int(f)), outcome, Fraction(effect)]
        for name, points, p, f, outcome, effect in rows(EXAMPLE, "criterion")
    ]
    assert expected == found


def test_the_verdict_of_the_worked_example() -> None:
    """Parts, score, band, limits, what is settled and reachable, questions, fixes, and the last day."""
    verdict = worked()
    settled, reachable = verdict.settled, verdict.reachable
    assert verdict.band
    assert settled.best
    assert settled.worst
    assert reachable.best
    assert reachable.worst

    found = {
        "proven": number(verdict.proven),
        "failed": number(verdict.failed),
        "unknown": number(verdict.unknown),
        "score": number(verdict.score),
        "band": verdict.band.id,
        "limits": "good: " + ", ".join(each.condition for each in verdict.limits),
        "settled": f"{settled.best.id}, {settled.worst.id}",
        "reachable": f"{reachable.best.id}, {reachable.worst.id}",
        "questions": ", ".join(each.criterion.full_id for each in questions(verdict)),
        "fixes": ", ".join(f"{each.criterion.full_id} {number(each.regains)}" for each in fixes(verdict)),
        "valid until": str(verdict.valid_until),
    }

    assert {what: value for what, value in rows(EXAMPLE, "what")} == found  # noqa: C416 - pairs of lists


def number(value: Fraction | None) -> str:
    """Write an exact number that has few digits."""
    assert value is not None
    return f"{float(value):g}"


def test_the_strengths_are_those_shipped() -> None:
    """The table of kinds is the shipped set's."""
    expected = {kind.split(",")[0]: (int(yes), int(no)) for kind, yes, no in rows(PAGE, "kind")}

    assert expected == {
        kind.value: (each.for_, each.against) for kind, each in mesotherapy().evidence.items() if kind in Kind
    }


def test_the_bands_are_those_shipped() -> None:
    """Each number of the table is a bound of the shipped set."""
    for (name, proven, failed, doubt, fatal, major, _, ruling_out), band in zip(
        rows(PAGE, "band"), mesotherapy().bands, strict=True
    ):
        bounds = {key: abs(value) for key, value in band.strictness().items()}
        told = {
            "proven_at_least": proven.removeprefix("at least "),
            "failed_at_most": failed.removeprefix("at most "),
            "critical_in_doubt": doubt,
            "critical_failed": fatal,
            "major_failed": major,
        }
        assert name == band.id
        assert [each.split(".")[1].replace("_", " ") for each in band.not_failed] == (
            [ruling_out] if ruling_out else []
        )
        assert {key: str(value) for key, value in bounds.items()} == {key: each for key, each in told.items() if each}


def test_every_measure_is_told() -> None:
    """Each that the shipped sets use stands in the table, and each in the table is registered."""
    told = {cell for row in rows(PAGE, "measure") for cell in row[:1]}
    used = {f"`{each.measure}`" for each in mesotherapy().criteria() if each.measure}

    assert used == told
    assert told <= {f"`{name}`" for name in names()}


@pytest.mark.parametrize(("p", "f"), [(p, f) for p in range(101) for f in range(101 - p) if p % 5 < 2 and f % 5 < 2])
def test_outcomes_follow_the_table(p: int, f: int) -> None:
    """The first row that fits."""
    fits = {
        "met": p >= 50 and f < 25,
        "partly": p >= 25 and f >= 25,
        "failed": p < 25 and f >= 50,
        "doubted": p < 25 and f >= 25,
        "supported": p >= 25 and f < 25,
        "weak": p + f > 0,
        "unknown": True,
    }

    assert list(fits) == [row[0] for row in rows(PAGE, "outcome")]
    assert next(name for name, holds in fits.items() if holds) == Belief(p, f).outcome


def test_a_fatal_fact_among_perfect_ones_scores_as_told() -> None:
    """96.5 of 100, and avoid all the same."""
    facts = {each.full_id: "yes" for each in mesotherapy().criteria()}
    verdict = vet(clinic(facts | {"hygiene.single_use_sharps": "no"}), mesotherapy(), as_of=DAY)
    assert verdict.band
    assert verdict.score is not None

    assert verdict.band.id == "avoid"
    assert f"has a score of {float(verdict.score):.1f}" in PAGE
    assert f"is worth {float(100 - verdict.score):.1f} of 100 points" in PAGE
