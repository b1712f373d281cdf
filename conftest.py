"""Run the examples of the README and of every docstring; `HYPOTHESIS_PROFILE` is least, quick, usual or thorough."""

import gc
import os
from doctest import ELLIPSIS

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = (
    Sybil(
        parsers=[DocTestParser(optionflags=ELLIPSIS), PythonCodeBlockParser()],
        patterns=[
            "README.md",
            "docs/beyond-one-machine.md",
            "docs/products-and-fhir.md",
            "docs/advice.md",
            "docs/translating.md",
            "docs/criteria.md",
        ],
    )
    + Sybil(parsers=[DocTestParser(optionflags=ELLIPSIS)], patterns=["src/*.py"])
).pytest()

settings.register_profile("usual", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.register_profile("quick", deadline=None, max_examples=10, derandomize=True)
settings.register_profile("least", deadline=None, max_examples=3, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was imported and collected, which stays, and come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
