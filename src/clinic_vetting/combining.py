"""Answers about several things, such as each injector, as one answer (method, section 2)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import frozen

from clinic_vetting.evidence import NOBODY_SAID, Belief, Ruling, Scale, Statement, Weighed

if TYPE_CHECKING:
    from collections.abc import Iterator


class How(StrEnum):
    """How answers about several things combine."""

    EVERY = "every"
    """As good as the worst: least proven, greatest failed."""
    ANY = "any"
    """As good as the best: greatest proven, least failed of those of which something is proven, if any is."""
    SHARE = "share"
    """The means, rounded down."""


Part: TypeAlias = "tuple[Statement, ...] | Several"
"""What records say: statements about one thing, or several parts."""


_SEVERAL: Final = 2


@frozen
class Several:
    """Answers about several things.

    A clinic's direct answers to the question speak about each of the things, beside its records.
    """

    how: How
    parts: tuple[Part, ...]


def every(parts: tuple[Part, ...]) -> Part:
    """Ask that each of several things is so; nothing to ask about says nothing."""
    return Several(How.EVERY, parts) if parts else ()


def any_of(parts: tuple[Part, ...]) -> Part:
    """Ask that one of several things is so; nothing to ask about says nothing."""
    return Several(How.ANY, parts) if parts else ()


def share_of(parts: tuple[Part, ...]) -> Part:
    """Ask how many of several things are so; nothing to ask about says nothing."""
    return Several(How.SHARE, parts) if parts else ()


def rule(part: Part, direct: tuple[Statement, ...], scale: Scale) -> Ruling:
    """Decide what records and direct answers together come to."""
    if not isinstance(part, Several):
        return scale.rule((*part, *direct))
    rulings = [_of_one(each, direct, scale) for each in part.parts]
    applying = [each for each in rulings if each.belief is not None]
    if not applying:
        ruling = scale.rule((*statements(part), *direct))
        return ruling if direct else ruling.set_aside()
    leading = min(applying, key=lambda each: _lead(part.how, each))
    belief = combined(part.how, [each.belief for each in applying if each.belief is not None])
    others = _others([each for ruling in rulings for each in (ruling.deciding, *ruling.others) if each], leading)
    return Ruling(belief, leading.deciding, others, any(each.contradicted for each in applying))


def _others(weighed: list[Weighed], leading: Ruling) -> tuple[Weighed, ...]:
    """List each statement once besides the one that is cited; one that still stands somewhere is not displaced."""
    cited = leading.deciding.statement if leading.deciding else None
    others = [each for each in weighed if each.statement is not cited and each.statement != cited]
    if len(others) < _SEVERAL:
        return tuple(others)
    shown: dict[Statement, Weighed] = {}
    for each in others:
        if each.statement not in shown or not each.displaced:
            shown[each.statement] = each
    return tuple(sorted(shown.values(), key=lambda each: each.rank))


def _of_one(part: Part, direct: tuple[Statement, ...], scale: Scale) -> Ruling:
    """Decide one thing; where its own records take it out, a direct answer does not bring it back."""
    alone = scale.rule(part) if isinstance(part, tuple) else rule(part, (), scale)
    return rule(part, direct, scale) if direct and alone.belief is not None else alone


def statements(part: Part) -> Iterator[Statement]:
    """List every statement in a part."""
    if isinstance(part, Several):
        for each in part.parts:
            yield from statements(each)
    else:
        yield from part


def combined(how: How, beliefs: list[Belief]) -> Belief:
    """Combine what several things come to."""
    if len(beliefs) == 1:
        return beliefs[0]
    proven, failed = zip(*beliefs, strict=True)
    match how:
        case How.EVERY:
            return Belief(min(proven), max(failed))
        case How.ANY:
            shown = [each.failed for each in beliefs if each.proven]
            return Belief(max(proven), min(shown) if shown else max(failed))
        case How.SHARE:
            return Belief(sum(proven) // len(proven), sum(failed) // len(failed))


def _lead(how: How, ruling: Ruling) -> Any:
    """Order by which ruling is the one to cite."""
    proven, failed = ruling.belief or NOBODY_SAID
    rank = ruling.deciding.rank if ruling.deciding else (0, 0, "", "")
    if how is How.ANY:
        return (-proven, failed if proven else -failed, rank)
    return (-failed, proven, rank)
