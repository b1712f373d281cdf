"""The package itself: each module imports alone, and the contents are loaded when they are first used."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from typing import Any

import pytest

import clinic_vetting
from clinic_vetting import contents

SUBMODULES = sorted(
    each.name for each in pkgutil.walk_packages(clinic_vetting.__path__, "clinic_vetting.", onerror=lambda _: None)
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process that has imported nothing yet."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def test_there_are_submodules() -> None:
    """Packages inside the package are walked, too."""
    assert {"clinic_vetting.clinic", "clinic_vetting.measures.reviews", "clinic_vetting.__main__"} <= set(SUBMODULES)


@pytest.mark.parametrize("name", SUBMODULES)
def test_every_submodule_can_be_imported_alone(name: str) -> None:
    """No module relies on another having been imported first, and importing prints nothing."""
    done = run(f"import {name}")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["nope", "clinics", "Clinics", "attrs", "_EXACT", ""])
def test_what_it_does_not_offer_is_no_attribute(name: str) -> None:
    """As of any other module."""
    with pytest.raises(AttributeError, match=f"module 'clinic_vetting' has no attribute '{name}'"):
        getattr(clinic_vetting, name)


def test_what_it_does_not_offer_cannot_be_imported() -> None:
    """Asking with a default works as well."""
    with pytest.raises(ImportError, match="cannot import name 'nope' from 'clinic_vetting'"):
        exec("from clinic_vetting import nope")  # noqa: S102
    assert not hasattr(clinic_vetting, "nope")


def test_a_module_that_was_not_imported_is_no_attribute_yet() -> None:
    """It is not looked for in the contents, whose modules may still be importing it."""
    done = run(
        "import sys, clinic_vetting\n"
        "try:\n    clinic_vetting.clinic\n"
        "except AttributeError as error:\n    print(error, 'clinic_vetting.contents' in sys.modules)"
    )

    assert (done.stderr, done.stdout) == ("", "module 'clinic_vetting.clinic' has not been imported False\n")


def test_dir_lists_the_contents() -> None:
    """And nothing else."""
    expected = sorted(contents.__all__)

    actual = dir(clinic_vetting)

    assert expected == actual


def test_a_star_import_gives_the_contents() -> None:
    """Each is the very thing that the contents hold."""
    expected = {name: getattr(contents, name) for name in contents.__all__}

    actual: dict[str, Any] = {}
    exec("from clinic_vetting import *", actual)  # noqa: S102
    del actual["__builtins__"]

    assert expected == actual


def test_importing_the_package_alone_loads_nothing() -> None:
    """It costs next to nothing until something is used."""
    done = run("import sys, clinic_vetting; print(sorted(each for each in sys.modules if 'clinic_vetting' in each))")

    assert (done.stderr, done.stdout) == ("", "['clinic_vetting']\n")
