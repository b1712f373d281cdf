"""Run the examples of the README and of every docstring."""

from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = (
    Sybil(parsers=[DocTestParser(optionflags=ELLIPSIS), PythonCodeBlockParser()], patterns=["README.md"])
    + Sybil(parsers=[DocTestParser(optionflags=ELLIPSIS)], patterns=["src/*.py"])
).pytest()
