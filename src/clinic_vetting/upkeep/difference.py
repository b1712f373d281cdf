"""What differs between two criteria sets: every value, before and after, and what each criterion is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import evolve, frozen

from clinic_vetting import catalogue
from clinic_vetting.score import distribute
from clinic_vetting.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from clinic_vetting.criterion import CriteriaSet

_Parts: TypeAlias = dict[tuple[str, str], dict[str, Any]]
_OF_SET: Final = ("title", "unknown_counts", "evidence", "fresh_for", "failures_fresh_for")
KINDS: Final = ("set", "category", "criterion", "band", "reference")


@frozen
class Difference:
    """One value that is not the same in both.

    Attributes:
        kind: `set`, `category`, `criterion`, `band` or `reference`.
        id: Of the category, criterion (in full), band or reference; empty for the set.
        field: Such as `weight` or `says.met`; empty where the whole is new or gone. A band's `place` counts from 1.
        before, after: Plain values; `None` where there is none.
    """

    kind: str
    id: str
    field: str
    before: Any
    after: Any


@frozen
class Moved:
    """What a criterion is worth where everything applies, points of 100, exact; `None` where it is not asked."""

    id: str
    before: Fraction | None
    after: Fraction | None


@frozen(eq=False)
class SetDifference:
    """What differs between two sets. The order of categories, criteria and references is no difference.

    Attributes:
        old, new: The sets.
        differences: By kind, then in the order of the new set, what is gone last.
        moved: Criteria whose points differ, in that order.
    """

    old: CriteriaSet
    new: CriteriaSet
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]

    def __bool__(self) -> bool:
        return bool(self.differences)

    def in_language(self, language: str) -> SetDifference:
        """Give the same differences, texts of the sets in a language as far as they are translated."""
        old, new = (_parts(in_language(each, language)) for each in (self.old, self.new))
        return evolve(self, differences=tuple(_spoken(each, old, new) for each in self.differences))

    def tree(self) -> dict[str, Any]:
        """Give it as a plain tree; points with two digits."""
        names = ("kind", "id", "field", "before", "after")
        differences = [{name: getattr(each, name) for name in names} for each in self.differences]
        moved = [{"criterion": each.id, "before": _two(each.before), "after": _two(each.after)} for each in self.moved]
        return {
            "criteria_diff": 1, "old": named(self.old), "new": named(self.new),
            "differences": differences, "points": moved,
        }  # fmt: skip


def named(criteria: CriteriaSet) -> dict[str, str]:
    """Say which set it is."""
    digest = catalogue.criteria_digest(criteria)
    return {"id": criteria.id, "version": criteria.version, "digest": digest}


def difference(old: CriteriaSet, new: CriteriaSet) -> SetDifference:
    """Compare two sets, whatever they are called and however they came about."""
    before, after = _parts(old), _parts(new)
    found = [each for key in {**after, **before} for each in _compared(key, before.get(key), after.get(key))]
    found.sort(key=lambda each: KINDS.index(each.kind))
    was, now = points(old), points(new)
    moved = (Moved(name, was.get(name), now.get(name)) for name in {**now, **was} if was.get(name) != now.get(name))
    return SetDifference(old, new, tuple(found), tuple(moved))


def points(criteria: CriteriaSet) -> dict[str, Fraction]:
    """Give what each criterion is worth where everything applies."""
    asked = list(criteria.criteria())
    shared = distribute(criteria, [True] * len(asked))
    return {each.full_id: shared.of(i) for i, each in enumerate(asked)}


def _spoken(each: Difference, old: _Parts, new: _Parts) -> Difference:
    """Give a difference with the values that the same sets have in another language."""
    sides, key = ((each.before, old), (each.after, new)), (each.kind, each.id)
    before, after = (_of(parts[key], each.field) if value is not None else None for value, parts in sides)
    return evolve(each, before=before, after=after)


def _of(part: dict[str, Any], field: str) -> Any:
    return part[field] if field else part


def _compared(
    key: tuple[str, str], before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(*key, "", before, after)
        return
    for field in {**after, **before}:
        if before.get(field) != after.get(field):
            yield Difference(*key, field, before.get(field), after.get(field))


def _parts(criteria: CriteriaSet) -> _Parts:
    """Give a set as plain values, by kind and id."""
    tree = catalogue.plain_criteria(criteria)
    parts: _Parts = {("set", ""): {name: tree[name] for name in _OF_SET}}
    for category in tree["categories"]:
        parts["category", category["id"]] = {"title": category["title"], "weight": category["weight"]}
        for each in category["criteria"]:
            parts["criterion", f"{category['id']}.{each['id']}"] = dict(_fields(each))
    for place, band in enumerate(tree["bands"], 1):
        parts["band", band["id"]] = {"place": place, **{name: band[name] for name in band if name != "id"}}
    for name, each in tree.get("references", {}).items():
        parts["reference", name] = each
    return parts


def _fields(criterion: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in criterion.items():
        if name == "says":
            yield from ((f"says.{outcome}", text) for outcome, text in value.items())
        elif name != "id":
            yield name, value


def _two(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 2)
