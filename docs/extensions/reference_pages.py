"""The reference: every public name with its docstring, grouped by the room that it lives in."""

from __future__ import annotations

import inspect
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from criteria_pages import keep

from clinic_vetting import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS: Final = {
    "vetting": ("Vetting", ("verdict", "finding", "plan", "batch")),
    "dossiers": ("Reading dossiers", ("dossier", "decoding", "fhir", "reviews")),
    "records": ("A clinic and its records", ("clinic",)),
    "evidence": ("Evidence", ("evidence", "dates")),
    "criteria": (
        "Criteria and measures",
        ("criterion", "catalogue", "measures", "overlay", "translation", "words", "upkeep"),
    ),
    "advice": ("Advice", ("advice",)),
    "reports": ("Reports", ("reports", "look_up")),
    "numbers": ("Numbers of registers", ("identifiers",)),
    "errors": ("Errors", ("errors", "language")),
    "more": ("More", ()),
}
"""The pages: title, and the rooms whose names they hold; the last one has what no other claims."""

PARTS: Final = {
    "vetting": ("plan.Limit", "reach.Reach", "score.Points", "score.Sums", "timeline.Change"),
    "dossiers": ("fhir.clinics.Imported",),
    "evidence": (
        "evidence.Fresh",
        "evidence.Less",
        "evidence.Standing",
        "evidence.Weighed",
        "evidence.scale.Wording",
        "words.Told",
    ),
    "criteria": (
        "criterion.Applies",
        "criterion.OurStandard",
        "criterion.Reference",
        "criterion.Changed",
        "translation.translation.BandWords",
        "translation.translation.CategoryWords",
        "translation.translation.CriterionWords",
    ),
    "advice": (
        "advice.fixes.Stands",
        "advice.forecast.Day",
        "advice.forecast.Reason",
        "advice.forecast.Shift",
        "advice.difference.Split",
        "advice.difference.Moved",
        "advice.comparison.Side",
        "advice.comparison.Pair",
    ),
    "errors": ("errors.Problem",),
}
"""What values on these pages hold; it is made by the library, and imported where a type is wanted."""

MODULES: Final = ("registers", "columns", "matrix", "gs1", "udi", "ndc")
"""Rooms that are imported by their own names."""


def grouped() -> dict[str, list[str]]:
    """Share the public names among the pages, functions first, then sorted; every name once."""
    found: dict[str, list[str]] = {page: [] for page in GROUPS}
    for name in sorted(contents.__all__, key=lambda each: (inspect.isclass(getattr(contents, each)), each)):
        found[_page_of(name)].append(name)
    return {page: names for page, names in found.items() if names}


def _page_of(name: str) -> str:
    room = getattr(contents, name).__module__.split(".")[1]
    return next((page for page, (_, rooms) in GROUPS.items() if room in rooms), "more")


def page(name: str, names: list[str]) -> str:
    """Write one page in reStructuredText."""
    title, _ = GROUPS[name]
    lines = [*_heading(title), ".. currentmodule:: clinic_vetting", "", *map(_entry, names)]
    if parts := PARTS.get(name):
        lines += [
            *_heading("What these hold", "-"),
            *(f".. autoclass:: clinic_vetting.{each}\n   :members:\n" for each in parts),
        ]
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write all pages of the reference."""
    groups = grouped()
    pages = {name: page(name, names) for name, names in groups.items()}
    pages |= {name: "\n".join([*_heading(f"clinic_vetting.{name}"), *_module(name)]) for name in MODULES}
    told = "Everything here but the last pages is imported from ``clinic_vetting`` itself."
    listed = [f"   {name}" for name in pages]
    pages["index"] = "\n".join([*_heading("Reference"), told, "", ".. toctree::", "", *listed, ""])
    keep(folder, {f"{name}.rst": text for name, text in pages.items()})


def setup(app: Any) -> dict[str, bool]:
    """Write the pages before Sphinx looks for them."""
    app.connect("builder-inited", lambda each: write(Path(each.srcdir, "reference")))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _heading(title: str, line: str = "=") -> list[str]:
    return [title, line * len(title), ""]


def _module(name: str) -> Iterator[str]:
    yield from (f".. automodule:: clinic_vetting.{name}", "   :members:", "")


def _entry(name: str) -> str:
    thing = getattr(contents, name)
    if not inspect.isclass(thing):
        return f".. autofunction:: {name}\n"
    members = "   :members:\n   :undoc-members:\n" if issubclass(thing, Enum) else "   :members:\n"
    return f".. autoclass:: {name}\n{members}"
