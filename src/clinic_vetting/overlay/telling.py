"""What a change is said to have changed, in the words of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting.criterion import Category, CriteriaSet, Criterion, Severity
from clinic_vetting.dates import Span
from clinic_vetting.words import Told, joined, told

if TYPE_CHECKING:
    from clinic_vetting.criterion import Band
    from clinic_vetting.overlay.change import Addition

_TOLD: Final = ("weight", "severity", "fresh_for", "measure", "applies", "our_standard")


def field(criterion: Criterion, name: str, new: object) -> Told:
    """Tell a criterion's field that is another now."""
    before, after = _short(Criterion, name, getattr(criterion, name)), _short(Criterion, name, new)
    how = "value" if name in _TOLD else "new" if new else "none"
    values = {"name": told(f"field.{name}"), "before": before, "after": after}
    return told(f"overlay.field.{how}", criterion=criterion.full_id, **values)


def category(wanted: Addition, old: Category | None) -> list[str]:
    """Tell every criterion that is added, and what changes about its category."""
    made = {"category": wanted.category, "title": wanted.title, "weight": wanted.weight}
    said = [] if old else [told("overlay.added_category", **made)]
    if old:
        said += other("title", old.id, old.title, wanted.title) + other("weight", old.id, old.weight, wanted.weight)
    return [*said, *(_added(wanted.category, each) for each in wanted.criteria)]


def other(name: str, thing: str, before: object, after: object) -> list[Told]:
    """Tell a title or a weight that is another now."""
    same = after is None or after == before
    return [] if same else [told(f"overlay.{name}", thing=thing, before=before, after=after)]


def _added(category: str, criterion: Criterion) -> Told:
    severity = told(f"severity.{criterion.severity}")
    return told("overlay.added", criterion=f"{category}.{criterion.id}", severity=severity, weight=criterion.weight)


def _short(kind: type[attrs.AttrsInstance], name: str, value: Any) -> str:
    """Put a field's value in one line."""
    if value in (None, ()):
        return told("label.none")
    if isinstance(value, Severity):
        return told(f"severity.{value}")
    if isinstance(value, Span):
        return told(f"span.{value.unit}", count=value.count)
    shape = attrs.fields_dict(kind)[name].metadata["shape"]
    return str(shape.plain(value))


def of_set(name: str, before: object, after: Any) -> Told:
    """Tell a value of the set that is another now; bands are told anew, each with its conditions."""
    if name == "bands":
        bands = (told("overlay.band", band=each.id, conditions=_conditions(each)) for each in after)
        return told("overlay.bands", bands=joined("; ", *bands))
    was, now = (_short(CriteriaSet, name, each) for each in (before, after))
    return told("overlay.value", name=told(f"field.{name}"), before=was, after=now)


def _conditions(band: Band) -> Told:
    numbers = [joined(" ", told(f"field.{name}"), str(abs(value))) for name, value in band.strictness().items()]
    named = {"met": " ".join(band.met), "not_failed": " ".join(band.not_failed)}
    asked = joined(", ", *numbers, *(told(f"overlay.{name}", criteria=ids) for name, ids in named.items() if ids))
    return asked or told("criteria.every_other")
