"""Tests on every Python, and of every engine with the real one: `nox -s tests engines`."""

from __future__ import annotations

import nox

nox.options.sessions = ["tests"]


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run all tests but those of engines."""
    session.install(".[test]")
    session.run("pytest", "-q", "-p", "no:cacheprovider", *session.posargs, env={"HYPOTHESIS_PROFILE": "quick"})


@nox.session(python="3.11")
def engines(session: nox.Session) -> None:
    """Run `vet_batch` in DuckDB, Polars, Spark (which needs Java 17) and Ray Data."""
    session.install("-e", ".[engines]", "ray[data]>=2.40")
    session.run("pytest", "-q", "tests/engines", *session.posargs)


@nox.session(python="3.11")
def browser(session: nox.Session) -> None:
    """Open pages in Chromium, which has to be installed, and run axe-core over them."""
    session.install("-e", ".[browser]")
    session.run("pytest", "-q", "tests/browser", *session.posargs)
