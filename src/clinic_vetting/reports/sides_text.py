"""Two verdicts of one clinic, and several clinics side by side, as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from clinic_vetting.advice import CAUSES, lead
from clinic_vetting.catalogue import criteria_digest
from clinic_vetting.reports.harmless import columns
from clinic_vetting.reports.lines import DIGITS, bullet, joined, label, named, one, section, signed, told
from clinic_vetting.reports.numbers import ShownDifference, seen_apart, shown_difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.advice import Comparison, Difference, Lead, Moved, Pair, Side
    from clinic_vetting.evidence import Outcome
    from clinic_vetting.verdict import Verdict

_WHAT: Final = {
    "time": "time alone, as a forecast had told",
    "evidence": "new, changed or dropped evidence",
    "criteria": "other criteria",
}


def difference_text(found: Difference) -> str:
    """Write why two verdicts of one clinic differ."""
    numbers = shown_difference(found, DIGITS)
    before, after = found.before, found.after
    title = [*told(named(after.clinic), 0, 4), f"From {before.as_of} to {after.as_of}."]
    bands = f"{label(before.band)} {'stays' if _same(before, after) else f'became {label(after.band)}'}"
    scores = f", score {one(before.score)} to {one(after.score)} ({signed(numbers.total)})" if numbers else ""
    unrated = [] if numbers else ["One of the verdicts is not rated, so there is no difference of scores."]
    causes = [line for name in CAUSES for line in _cause(found, name, numbers)] if numbers else []
    moved = [line for each in found.moved if _tells(each) for line in _moved(each, numbers)]
    if silent := sum(not _tells(each) for each in found.moved):
        moved += told(f"{silent} more are asked by only one of the two sets, and move nothing.", 2, 2)
    if numbers and found.start and found.start.total:
        moved += told(f"what is unknown counts otherwise: {signed(numbers.of(''))}", 2, 4)
    parts = [title, [*told(f"{bands}{scores}."), *unrated], _criteria(found), section("Why", causes)]
    return joined([*parts, section("What moved", moved)])


def _same(before: Verdict, after: Verdict) -> bool:
    return label(before.band) == label(after.band)


def _criteria(found: Difference) -> list[str]:
    if found.same_criteria:
        return []
    sets = [
        f"{each.id} {each.version} ({criteria_digest(each)[:19]})"
        for each in (found.before.criteria, found.after.criteria)
    ]
    return told(
        f"The two verdicts rest on different criteria: {sets[0]}, then {sets[1]}. What follows tells their part apart."
    )


def _cause(found: Difference, name: str, numbers: ShownDifference) -> list[str]:
    verdict = dict(zip(CAUSES, (*found.between, found.after), strict=True))[name]
    same = " (the same criteria)" if name == "criteria" and found.same_criteria else ""
    return told(f"{signed(numbers.causes[name]):>6}  {_WHAT[name]}{same}: then {label(verdict.band)}", 2, 10)


def _moved(moved: Moved, numbers: ShownDifference | None) -> list[str]:
    words = (
        f"{_outcome(moved.before)} to {_outcome(moved.after)}"
        if moved.before is not moved.after
        else _outcome(moved.after)
    )
    causes = ", ".join(name for name in CAUSES if getattr(moved.effect, name))
    by = f", by {causes}" if causes else ""
    points = f"{signed(numbers.of(moved.criterion)):>6}  " if numbers else ""
    return told(f"{points}{moved.criterion}: {words}{by}", 2, 10)


def _tells(moved: Moved) -> bool:
    """Say whether it moves the score, or was asked both times."""
    return bool(moved.effect.total or (moved.before and moved.after))


def _outcome(outcome: Outcome | None) -> str:
    return outcome.replace("_", " ") if outcome else "not asked"


def comparison_text(found: Comparison) -> str:
    """Write several clinics side by side, and whether their order is proven."""
    criteria = found.sides[0].verdict.criteria
    days = sorted({each.verdict.as_of for each in found.sides})
    title = told(f"{len(found.sides)} clinics, {criteria.id} {criteria.version}, as of {' and '.join(map(str, days))}")
    rows = [line for number, each in enumerate(found.sides, 1) for line in _side(number, each)]
    order = [line for each in found.neighbours() for line in _pair(each)]
    pairs = list(found.pairs())
    if len(pairs) > len(found.sides):
        order += told(f"Of all {len(pairs)} pairs, the order of {sum(each.proven for each in pairs)} is proven.", 2, 2)
    differing = [line for name, outcomes in found.differing() for line in _differing(name, outcomes)]
    return joined([title, rows, section("Is the order proven?", order), section("Where they differ", differing)])


def _side(number: int, side: Side) -> list[str]:
    verdict = side.verdict
    if side.low is None:
        return told(f"{number}. {named(verdict.clinic)}: not rated", 2, 5)
    lies = f"score {one(verdict.score)}, between {one(side.low)} and {one(side.high)} once all is known"
    until = f", stands until {verdict.valid_until}" if verdict.valid_until else ""
    return told(f"{number}. {named(verdict.clinic)}: {label(verdict.band)}, {lies}{until}", 2, 5)


def _pair(pair: Pair) -> list[str]:
    upper, lower = (each.verdict.clinic.id for each in (pair.upper, pair.lower))
    if pair.proven:
        says = "proven, whatever the unknown turns out to be"
    elif pair.overlap:
        says = "not proven: their intervals overlap, so answers could reverse it"
    else:
        says = "not proven: their intervals are apart, but answers could still change their bands"
    return [*bullet(f"{upper} before {lower}: {says}."), *_lead(lead(pair.upper.verdict, pair.lower.verdict))]


def _lead(found: Lead | None) -> list[str]:
    return told(_share(found), 4, 4) if found else []


def _share(found: Lead) -> str:
    how = "computed exactly"
    if found.draws:
        how = f"{found.draws} drawn, within {float(100 * found.error):.1f} points with 99 % probability"
    share = 100 * found.first_ahead
    apart = seen_apart(share, Fraction(0 if share < 50 else 100), DIGITS)
    return f"It has the higher score in {float(apart):g} % of all weightings of the categories ({how})."


def _differing(name: str, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    row = " | ".join(map(_outcome, outcomes))
    wide = f"  {name:<38}{row}"
    yield from [wide] if columns(wide) <= 78 else [*told(name, 2, 4), *told(row, 4, 4)]
