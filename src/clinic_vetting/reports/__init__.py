"""A verdict for readers: as text, JSON, pages and pictures. A report reads a verdict and decides nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from clinic_vetting.reports.csv_report import to_csv
    from clinic_vetting.reports.drawing import to_badge, to_svg
    from clinic_vetting.reports.folder import write_pages
    from clinic_vetting.reports.html_report import to_html, to_index
    from clinic_vetting.reports.json_report import to_json, to_tree
    from clinic_vetting.reports.jsonld_report import to_jsonld
    from clinic_vetting.reports.markdown_report import to_markdown
    from clinic_vetting.reports.text_report import to_text
else:
    _ROOMS: Final = {
        "to_badge": "drawing",
        "to_csv": "csv_report",
        "to_html": "html_report",
        "to_index": "html_report",
        "to_json": "json_report",
        "to_jsonld": "jsonld_report",
        "to_markdown": "markdown_report",
        "to_svg": "drawing",
        "to_text": "text_report",
        "to_tree": "json_report",
        "write_pages": "folder",
    }

    def __getattr__(name: str) -> object:
        if name not in _ROOMS:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = globals()[name] = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
        return value


__all__ = [
    "to_badge",
    "to_csv",
    "to_html",
    "to_index",
    "to_json",
    "to_jsonld",
    "to_markdown",
    "to_svg",
    "to_text",
    "to_tree",
    "write_pages",
]
