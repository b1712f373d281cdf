"""How the site is built: `sphinx-build -W -n -b html docs docs/_build/html`."""

import sys
from pathlib import Path

from clinic_vetting.version import version as installed

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

project = "clinic-vetting"
author = "the clinic-vetting maintainers"
version = release = installed()
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "criteria_pages",
    "reference_pages",
    "readable_docstrings",
]
exclude_patterns = ["_build"]
templates_path: list[str] = []

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"NDArray|(np|pa)\..*"),  # of numpy and pyarrow
    ("py:class", r"(clinic_vetting\..*)?\b(Ahead|Answers|Document|Draft|Found|Plan|Says)"),  # told by no page
]

html_theme = "furo"
html_title = "clinic-vetting"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
