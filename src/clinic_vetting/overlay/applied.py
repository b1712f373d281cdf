"""An overlay applied to the set it extends: its changes made one after another, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting.criterion import Category, Changed, CriteriaSet, Criterion
from clinic_vetting.errors import CriteriaError, Problem, shown
from clinic_vetting.hints import did_you_mean
from clinic_vetting.overlay import telling
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic_vetting.overlay.change import Addition, Change, Overlay


def apply(overlay: Overlay, base: CriteriaSet, named: str) -> CriteriaSet:
    """Resolve an overlay: make its changes to `base`, one after another, and say what they were.

    Raises:
        CriteriaError: Changes name what is not there, all told together; or the result contradicts itself.
    """
    values = {each.name: getattr(base, each.name) for each in attrs.fields(CriteriaSet)}
    values |= {"id": overlay.id, "version": overlay.version, "title": overlay.title, "based_on": named}
    values["inherited"] = len(base.changes)
    values["references"] = {**base.references, **overlay.references}
    said = [*base.changes, *_other_references(overlay, base)]
    problems: list[Problem] = []
    for i, change in enumerate(overlay.changes):
        whats = _made(change, values, f"changes[{i}]", problems)
        said += [Changed(what=what, because=change.because, owner=change.owner) for what in whats]
    if problems:
        raise CriteriaError(problems)
    try:
        return CriteriaSet(**{**values, "changes": tuple(said)})
    except CriteriaError as error:
        raise CriteriaError([_resolved(each, overlay) for each in error.problems]) from None


def _resolved(problem: Problem, overlay: Overlay) -> Problem:
    """Say that it is in the set that comes out; bands that do not fit, and are not its own, it can only write anew."""
    got = problem.got
    if problem.path.startswith("bands[") and all(each.bands is None for each in overlay.changes):
        got = joined("; ", got, told("fault.criteria.write_bands", set=shown(overlay.extends)))
    return problem._replace(path=told("fault.criteria.resolved", path=problem.path), got=got)


def _other_references(overlay: Overlay, base: CriteriaSet) -> list[Changed]:
    """Tell which references of the set it extends say something else now."""
    other = [key for key, each in overlay.references.items() if base.references.get(key, each) != each]
    because = told("overlay.own_reference", set=overlay.id)
    whats = (
        told("overlay.reference", name=key, before=base.references[key], after=overlay.references[key]) for key in other
    )
    return [Changed(what=each, because=because, owner=overlay.id) for each in whats]


def _made(change: Change, values: dict[str, Any], path: str, problems: list[Problem]) -> list[str]:
    """Make one change in place as far as it can be made, and say what it was."""
    said: list[str] = []
    for name in ("select", "drop", "weights", "set", "add"):
        if wanted := getattr(change, name):
            said += _BY_NAME[name](wanted, values, f"{path}.{name}", problems)
    for name in ("bands", "unknown_counts", "evidence", "fresh_for", "failures_fresh_for"):
        wanted = getattr(change, name)
        if wanted is not None:
            shape = attrs.fields_dict(CriteriaSet)[name].metadata["shape"]
            if shape.plain(values[name]) != shape.plain(wanted):
                said.append(telling.of_set(name, values[name], wanted))
                values[name] = wanted
    return said


def _select(wanted: tuple[str, ...], values: dict[str, Any], path: str, problems: list[Problem]) -> list[str]:
    if unknown := _unknown(wanted, values, path):
        problems += unknown
        return []
    dropped = [each for each in _criteria(values) if each not in wanted]
    _keep(values, lambda each: each.full_id in wanted)
    left = ", ".join(dropped) or told("label.none")
    return [told("overlay.selected", count=len(set(wanted)), dropped=left)]


def _drop(wanted: tuple[str, ...], values: dict[str, Any], path: str, problems: list[Problem]) -> list[str]:
    problems += _unknown(wanted, values, path)
    _keep(values, lambda each: each.full_id not in wanted)
    return [told("overlay.dropped", criteria=", ".join(dict.fromkeys(wanted)))]


def _weights(wanted: Mapping[str, int], values: dict[str, Any], path: str, problems: list[Problem]) -> list[str]:
    problems += _unknown_categories([key for key in wanted if "." not in key], values, path)
    said = []
    categories = []
    for category in values["categories"]:
        new = wanted.get(category.id, category.weight)
        said += telling.other("weight", category.id, category.weight, new)
        categories.append(attrs.evolve(category, weight=new))
    values["categories"] = tuple(categories)
    of_criteria = {key: {"weight": weight} for key, weight in wanted.items() if "." in key}
    return said + _set(of_criteria, values, path, problems)


def _set(
    wanted: Mapping[str, Mapping[str, Any]], values: dict[str, Any], path: str, problems: list[Problem]
) -> list[str]:
    problems += _unknown(wanted, values, path)
    said: list[str] = []
    categories = []
    for category in values["categories"]:
        criteria = [_evolved(each, wanted.get(each.full_id, {}), said) for each in category.criteria]
        categories.append(attrs.evolve(category, criteria=criteria))
    values["categories"] = tuple(categories)
    return said


def _evolved(criterion: Criterion, wanted: Mapping[str, Any], said: list[str]) -> Criterion:
    if wanted.get("says") is not None:
        wanted = {**wanted, "says": {**(criterion.says or {}), **wanted["says"]}}
    for name, new in wanted.items():
        if getattr(criterion, name) != new:
            said.append(telling.field(criterion, name, new))
    return attrs.evolve(criterion, **wanted)


def _add(wanted: tuple[Addition, ...], values: dict[str, Any], path: str, problems: list[Problem]) -> list[str]:
    categories = {each.id: each for each in values["categories"]}
    said: list[str] = []
    for i, each in enumerate(wanted):
        old = categories.get(each.category)
        if old is None:
            problems += _unfit(each, list(categories), f"{path}[{i}]")
        said += telling.category(each, old)
        categories[each.category] = _extended(each, old)
    values["categories"] = tuple(categories.values())
    return said


def _extended(wanted: Addition, old: Category | None) -> Category:
    old = old or Category(id=wanted.category, title=wanted.title or "?", weight=1)
    return attrs.evolve(
        old,
        criteria=(*old.criteria, *wanted.criteria),
        title=wanted.title or old.title,
        weight=wanted.weight or old.weight,
    )


def _unfit(wanted: Addition, known: list[str], path: str) -> list[Problem]:
    """Say what a new category lacks."""
    if wanted.title is not None and wanted.weight is not None:
        return []
    without = told("fault.criteria.without", id=repr(wanted.category))
    got = joined("; ", without, did_you_mean(wanted.category, known))
    return [Problem(path, told("fault.criteria.title_and_weight"), got)]


_BY_NAME: Final[dict[str, Callable[[Any, dict[str, Any], str, list[Problem]], list[str]]]] = {
    "select": _select,
    "drop": _drop,
    "weights": _weights,
    "set": _set,
    "add": _add,
}


def _criteria(values: dict[str, Any]) -> list[str]:
    return [each.full_id for category in values["categories"] for each in category.criteria]


def _keep(values: dict[str, Any], wanted: Callable[[Criterion], bool]) -> None:
    kept = (
        attrs.evolve(category, criteria=tuple(each for each in category.criteria if wanted(each)))
        for category in values["categories"]
    )
    values["categories"] = tuple(category for category in kept if category.criteria)


def _unknown(wanted: Any, values: dict[str, Any], path: str) -> list[Problem]:
    return _strange(wanted, _criteria(values), path, "fault.criteria.criterion")


def _unknown_categories(wanted: Any, values: dict[str, Any], path: str) -> list[Problem]:
    return _strange(wanted, [each.id for each in values["categories"]], path, "fault.criteria.category")


def _strange(wanted: Any, known: list[str], path: str, expected: str) -> list[Problem]:
    """Name what is not among what is known, in one problem."""
    unknown = [each for each in dict.fromkeys(wanted) if each not in known]
    got = joined(", ", *(_with_hint(each, known) for each in unknown[:10]))
    if len(unknown) > 10:
        got = told("fault.criteria.and_more", words=got, more=len(unknown) - 10)
    return [Problem(path, told(expected), got)] if unknown else []


def _with_hint(word: str, known: list[str]) -> str:
    hint = did_you_mean(word, known)
    return told("fault.criteria.with_hint", word=repr(word), hint=hint) if hint else repr(word)
