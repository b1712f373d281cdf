"""A verdict for readers: as text, and as JSON. A report reads a verdict and decides nothing."""

from clinic_vetting.reports.json_report import to_json, to_tree
from clinic_vetting.reports.text_report import to_text

__all__ = ["to_json", "to_text", "to_tree"]
