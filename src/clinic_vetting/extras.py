"""Extras: libraries that are installed only where somebody asks for what needs them."""

from __future__ import annotations

from typing import Final

from clinic_vetting.errors import ExtraError
from clinic_vetting.words import joined, told

LIBRARIES: Final = {
    "arrow": "pyarrow", "gs1": "biip", "html": "Jinja2", "html-import": "extruct", "matrix": "numpy",
    "msgspec": "msgspec", "xlsx": "openpyxl", "zstd": "zstandard",
}  # fmt: skip
"""The library that each extra installs."""


def missing(*, extra: str, what: str, instead: str = "") -> ExtraError:
    """Say what needs an extra that is not installed, how it is installed, and what can be done `instead`.

    >>> str(missing(extra="html", what="HTML"))
    "HTML needs Jinja2: pip install 'clinic-vetting[html]'"
    """
    needs = told("fault.needs", what=what, library=LIBRARIES[extra], extra=extra)
    return ExtraError(joined(", ", needs, instead))
