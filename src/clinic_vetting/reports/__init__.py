"""A verdict for readers: as text, JSON, pages and pictures. A report reads a verdict and decides nothing."""

from clinic_vetting.reports.csv_report import to_csv
from clinic_vetting.reports.drawing import to_badge, to_svg
from clinic_vetting.reports.folder import write_pages
from clinic_vetting.reports.html_report import to_html, to_index
from clinic_vetting.reports.json_report import to_json, to_tree
from clinic_vetting.reports.jsonld_report import to_jsonld
from clinic_vetting.reports.markdown_report import to_markdown
from clinic_vetting.reports.text_report import to_text

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
