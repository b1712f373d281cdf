"""Lint, differences and changes of criteria sets, as a person reads them: lines of at most 80 columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.upkeep.difference import difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.upkeep.difference import Difference, Moved, SetDifference
    from clinic_vetting.upkeep.lint import Linted
    from clinic_vetting.upkeep.remark import Remark

_HEADINGS: Final = {
    "set": "The set", "category": "Categories", "criterion": "Criteria", "band": "Bands", "reference": "References",
}  # fmt: skip
_LONG: Final = 40
"""Characters from which on a value stands on a line of its own."""


def lint_text(linted: Linted, accepted: tuple[str, ...] = ()) -> str:
    """Write what lint says; what somebody accepts is told as such."""
    least, start, most = (f"{float(each):.1f}" for each in (linted.least, linted.start, linted.most))
    numbers = f"scores from {least} to {most}, {start} where nothing is known"
    lines = [*_lines(f"{_name(linted.criteria)}: {numbers}")]
    for each in linted.remarks:
        lines += ["", *_remark(each, each.rule in accepted)]
    failing = len(linted.failing(accepted))
    return "\n".join([*lines, "", f"{failing} to mend, {len(linted.remarks) - failing} to know"]) + "\n"


def _remark(each: Remark, accepted: bool) -> list[str]:  # noqa: FBT001 - one word more
    level = "accepted" if accepted else each.level.value
    return [
        *_lines(f"{each.place}"),
        *_lines(f"{level} ({each.rule}): {each.what}.", 2, 4),
        *_lines(f"Why: {each.why}", 4, 4),
        *_lines(f"Do: {each.do}", 4, 4),
    ]


def difference_text(found: SetDifference) -> str:
    """Write what differs between two sets, in words."""
    lines = [*_lines(f"{_name(found.old)} -> {_name(found.new)}")]
    if not found:
        return "\n".join([*lines, "Nothing that is asked, said or counted differs."]) + "\n"
    moved = {each.id: _worth(each) for each in found.moved}
    for kind, group in groupby(found.differences, lambda each: each.kind):
        lines += ["", _HEADINGS[kind], *_told(list(group), moved if kind == "criterion" else {})]
    touched = {each.id for each in found.differences if each.kind == "criterion"}
    if others := [each.id for each in found.moved if each.id not in touched]:
        lines += ["", "Worth more or less, because weights around them changed"]
        lines += [f"  {name:<40} {moved[name]:>24}" for name in others]
    return "\n".join(lines) + "\n"


def _told(group: list[Difference], moved: dict[str, str]) -> Iterator[str]:
    for name, each in groupby(group, lambda each: each.id):
        fields = list(each)
        worth = f" ({moved[name]})" if name in moved else ""
        if fields[0].field:
            yield from _lines(f"{name}{worth}", 2, 4) if name else ()
            yield from (line for one in fields for line in _field(one))
        else:
            yield from _whole(fields[0], worth)


def _whole(each: Difference, worth: str) -> list[str]:
    """Tell what is new or gone."""
    word, value = ("removed", each.before) if each.after is None else ("added", each.after)
    severity = f", {value['severity']}, weight {value['weight']}" if each.kind == "criterion" else ""
    says = next((value[name] for name in ("question", "title", "label") if name in value), "")
    conditions = {name: inner for name, inner in value.items() if name not in ("label", "says", "place")}
    more = f" {_plain(conditions) or '(every other clinic)'}" if each.kind == "band" else ""
    return _lines(f"{word} {each.id}{severity}{worth}: {says}{more}", 2, 4)


def _field(each: Difference) -> list[str]:
    before, after = _plain(each.before), _plain(each.after)
    if len(before) + len(after) < _LONG:
        return _lines(f"{each.field}: {before} -> {after}", 4, 6)
    return [*_lines(f"{each.field}:", 4, 6), *_lines(f"was: {before}", 6, 8), *_lines(f"is:  {after}", 6, 8)]


def _plain(value: Any) -> str:
    """Write a plain value in words."""
    match value:
        case None:
            return "none"
        case dict(mapping):
            return ", ".join(f"{name} {_plain(inner)}" for name, inner in mapping.items())
        case list(items):
            return ", ".join(_plain(each) for each in items)
        case _:
            return str(value)


def changes_text(criteria: CriteriaSet, root: CriteriaSet) -> str:
    """Write what a set changed in those that it builds on, why and by whom, and every word before and after.

    Args:
        criteria: The set.
        root: The set at the bottom of those that it builds on.
    """
    lines = [*_lines(f"{_name(criteria)}: {criteria.title}")]
    if not criteria.changes:
        return "\n".join([*lines, "It builds on no other set, or changes nothing in it."]) + "\n"
    lines += _lines(f"builds on {criteria.based_on}") if criteria.based_on else []
    for (because, owner), changes in groupby(criteria.changes, lambda each: (each.because, each.owner)):
        lines += ["", *_lines(because), *_lines(f"by {owner}", 2, 2)]
        lines += [line for each in changes for line in _lines(f"- {each.what}", 4, 6)]
    return "\n".join([*lines, "", "Before and after", "", ""]) + difference_text(difference(root, criteria))


def _name(criteria: CriteriaSet) -> str:
    return f"{criteria.id} {criteria.version}"


def _worth(each: Moved) -> str:
    both = [f"{float(points):.2f}" for points in (each.before, each.after) if points is not None]
    return f"{' -> '.join(both)} points"


def _lines(text: str, first: int = 0, rest: int = 0) -> list[str]:
    return wrapped(harmless(text), first, rest)
