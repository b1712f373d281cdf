"""The package itself: each module imports alone, and each name is loaded with what it needs when it is first used."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cases import ROOT

import clinic_vetting
from clinic_vetting import contents, extras, reports
from clinic_vetting.criteria_folder import folder

SUBMODULES = sorted(
    each.name for each in pkgutil.walk_packages(clinic_vetting.__path__, "clinic_vetting.", onerror=lambda _: None)
)


NOT_FOR_A_VERDICT = {
    "advice", "batch", "cli", "columns", "commands", "contents", "fhir", "interview", "listings", "look_up", "matrix",
    "products", "registers", "reports", "reviews", "schema_org", "translation", "upkeep", "warning",
}  # fmt: skip


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process that has imported nothing yet."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


@cache
def imported(name: str) -> subprocess.CompletedProcess[str]:
    """Import a module in such a process; an empty line parts what that printed from all that was loaded."""
    return run(f"import sys, {name}\nprint('', *sys.modules, sep='\\n')")


def rooms_after(code: str) -> set[str]:
    """Give the rooms that are loaded once some code has run."""
    done = run(
        f"import sys\n{code}\nprint(*sorted(each for each in sys.modules if each.startswith('clinic_vetting.')))"
    )
    assert done.stderr == ""
    return {each.split(".")[1] for each in done.stdout.split()}


def test_there_are_submodules() -> None:
    """Packages inside the package are walked, too."""
    assert {"clinic_vetting.clinic", "clinic_vetting.measures.reviews", "clinic_vetting.__main__"} <= set(SUBMODULES)


@pytest.mark.parametrize("name", SUBMODULES)
def test_every_submodule_can_be_imported_alone(name: str) -> None:
    """No module relies on another having been imported first, and importing prints nothing.

    Its package is imported before a module is: where that has loaded it, it is the same to import the package.
    """
    package = name.rpartition(".")[0]
    done = imported(package if name in imported(package).stdout.split() else name)

    lines = done.stdout.splitlines()
    assert (done.returncode, lines[:1], done.stderr) == (0, [""], "")
    assert name in lines


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
    """The message says so, and nothing was loaded to say it."""
    done = run(
        "import sys, clinic_vetting\n"
        "try:\n    clinic_vetting.reports\n"
        "except AttributeError as error:\n    print(error, 'clinic_vetting.reports' in sys.modules)"
    )

    assert (done.stderr, done.stdout) == ("", "module 'clinic_vetting.reports' has not been imported False\n")


def test_dir_lists_the_contents() -> None:
    """And nothing else."""
    expected = sorted(contents.__all__)

    actual = dir(clinic_vetting)

    assert expected == actual


def test_a_star_import_gives_the_contents() -> None:
    """Each is the very thing that the contents hold, so type checkers and programs see the same."""
    expected = {name: getattr(contents, name) for name in contents.__all__}

    actual: dict[str, Any] = {}
    exec("from clinic_vetting import *", actual)  # noqa: S102
    del actual["__builtins__"]

    assert expected == actual


def test_importing_the_package_alone_loads_nothing() -> None:
    """It costs next to nothing until something is used."""
    done = run("import sys, clinic_vetting; print(sorted(each for each in sys.modules if 'clinic_vetting' in each))")

    assert (done.stderr, done.stdout) == ("", "['clinic_vetting']\n")


def test_a_verdict_loads_only_what_a_verdict_needs() -> None:
    """What to do about it, how to show it and where else facts come from are loaded when they are named."""
    loaded = rooms_after(
        "import datetime as dt\n"
        "from clinic_vetting import load_criteria, parse_clinic, vet\n"
        'clinic = parse_clinic(\'{"dossier": 1, "clinic": {"id": "a"}}\')\n'
        "assert vet(clinic, load_criteria(), as_of=dt.date(2026, 11, 21)).band.id == 'unproven'"
    )

    assert {"catalogue", "dossier", "verdict"} <= loaded
    assert not loaded & NOT_FOR_A_VERDICT


def test_a_record_loads_only_records() -> None:
    """No criteria, no measures, no verdict."""
    loaded = rooms_after("from clinic_vetting import Clinic, Source\nClinic(id='a')")

    assert "clinic" in loaded
    assert not loaded & {*NOT_FOR_A_VERDICT, "catalogue", "criterion", "measures", "plan", "quick", "verdict"}


def test_a_report_loads_only_itself() -> None:
    """JSON needs neither pages nor drawings."""
    done = run("import sys; from clinic_vetting import to_json; print('clinic_vetting.reports.page' in sys.modules)")

    assert (done.stderr, done.stdout) == ("", "False\n")


def test_a_report_reads_only_the_words_of_reports() -> None:
    """Those of faults, of help and of notes cost nothing where nothing is wrong."""
    done = run(
        "import datetime as dt, sys\n"
        "read = []\n"
        "sys.addaudithook(lambda event, given: read.append(str(given[0])) if event == 'open' else None)\n"
        "from clinic_vetting import clinic_from, load_criteria, to_text, vet\n"
        "clinic = clinic_from({'dossier': 1, 'clinic': {'id': 'a', 'treatments': ['mesotherapy']}})\n"
        "to_text(vet(clinic, load_criteria(), as_of=dt.date(2026, 11, 21)))\n"
        "print(*(each[-15:] for each in read if 'messages' in each))"
    )

    assert (done.stderr, done.stdout) == ("", "en/reports.yaml\n")


def test_the_reports_offer_what_they_list_and_nothing_else() -> None:
    """Each by its own name."""
    assert [getattr(reports, name).__name__ for name in reports.__all__] == reports.__all__
    with pytest.raises(AttributeError, match=r"module 'clinic_vetting\.reports' has no attribute 'to_nothing'"):
        reports.to_nothing  # type: ignore[attr-defined]  # noqa: B018


def test_it_works_from_an_archive(tmp_path: Path) -> None:
    """Zipped with its criteria, as a zipapp holds it."""
    archive, package = tmp_path / "app.zip", Path(clinic_vetting.__file__).parent
    with zipfile.ZipFile(archive, "w") as packed:
        for each in package.rglob("*.py"):
            packed.write(each, Path("clinic_vetting", each.relative_to(package)))
        for name in ("mesotherapy.yaml", "evidence.yaml"):
            packed.writestr(f"clinic_vetting/criteria/{name}", (folder() / name).read_bytes())

    done = run(
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from clinic_vetting import load_criteria, tables; print(load_criteria().id, tables.__file__)"
    )

    assert (done.stderr, done.stdout) == ("", f"mesotherapy {archive}/clinic_vetting/tables.py\n")


def test_an_extra_that_is_missing_is_told_with_the_library_that_it_installs() -> None:
    """Each that a message can name is one of the project's, and brings the library that the message names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {extra: libraries[0] for extra, libraries in project["optional-dependencies"].items()}

    for extra, library in extras.LIBRARIES.items():
        assert brought[extra].startswith(f"{library}>=")
        assert (
            str(extras.missing(extra=extra, what="it")) == f"it needs {library}: pip install 'clinic-vetting[{extra}]'"
        )
