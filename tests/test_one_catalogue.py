"""One catalogue: what a person reads is said in their language, by every report, for every kind of evidence."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from cases import DAY, HERE, ROOT, mesotherapy

from clinic_vetting import (
    clinic_from,
    load_clinic,
    load_criteria,
    read_reviews,
    to_csv,
    to_html,
    to_jsonld,
    to_markdown,
    to_svg,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.registers import Registers, enrich
from clinic_vetting.registers.column_map import read_map
from clinic_vetting.translation import texts
from clinic_vetting.words import ENGLISH, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic_vetting import Clinic

SOURCE = ROOT / "src" / "clinic_vetting"
FIXTURES = HERE / "fixtures" / "registers"
SNAPSHOTS = {
    "leie": "leie/UPDATED.csv", "ca-board": "ca_board/alerts.csv", "cqc": "cqc/locations.json",
    "fda-warning-letters": "fda/warning_letters.csv", "cms-clinicians": "cms/clinicians.csv", "csv": "csv/board.csv",
}  # fmt: skip
FREE = {"references", "id", "url", "place", "name", "seen"}
"""Keys whose texts are nobody's sentences: titles of what was published, names, places in files."""
ENGLISH_WORDS = re.compile(r"\b(the|is|was|were|are|and|not|has|have|been|to|of|for|by|on|in)\b", re.IGNORECASE)
FOR_DEVELOPERS = {
    "AttributeError", "IndexError", "KeyError", "RuntimeError", "TypeError", "ValueError", "compile", "frozenset",
    "split", "startswith",
}  # fmt: skip
"""Errors about the misuse of Python functions, patterns, and lists of words."""
FOR_PEOPLE = {
    "BatchError", "ClinicVettingError", "CriteriaError", "CutOffError", "ExtraError", "Fault", "ImportError",
    "InputError", "MatrixError", "Problem", "RegisterError", "fault", "print", "refusal", "refuse", "tell", "unfit",
}  # fmt: skip
"""Calls in which two words in a row are a sentence already."""
NOBODY_READS = {
    "__init__.py": "a list of the names of Python",
    "fast_reading/making.py": "Python that is compiled",
    "fast_reading/takers.py": "Python that is compiled",
    "fast_reading/trees.py": "Python that is compiled",
    "reviews/languages.py": "words by which a text is told to be in a language that is not read",
    "schema/advice.py": "titles of JSON Schemas, a contract for programs that is the same for every reader",
    "schema/documents.py": "as schema/advice.py",
}
"""Modules that hold no sentence for a person, with what theirs are."""
NO_SENTENCES = {
    "CQC Location ID (for office use only)": "a column of an official file",
    "Date of latest check": "a column of an official file",
    "Id of a source of this document.": "of a JSON Schema",
    "united states of america": "a country as pages write it",
}
"""Texts that are no sentence for a person, with what they are."""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Clinic, Clinic]]:
    """Give every example, and clinics of which registers, reviews and products say much, each before and after."""
    with Registers.open(tmp_path_factory.mktemp("r") / "r.db", create=True) as registers:
        for kind, file in SNAPSHOTS.items():
            known = read_map(FIXTURES / "csv" / "board.yaml") if kind == "csv" else {}
            registers.add(kind, FIXTURES / file, dt.date(2026, 11, 1), tell=print, options=known, whole=kind == "leie")
        examples = [load_clinic(each) for each in sorted((ROOT / "examples").glob("*.yaml"))]
        clinics = [*examples, load_clinic(ROOT / "examples/registers/clinic.yaml"), *map(clinic_from, TREES)]
        return [(each, enrich(read_reviews(each, as_of=DAY), registers, as_of=DAY)) for each in clinics]


SITE = {"kind": "claim", "who": "site", "seen": "2026-10-01"}


def _person(name: str, *numbers: tuple[str, str]) -> dict[str, Any]:
    return {"name": name, "licences": [{"authority": who, "number": n, "source": "s"} for who, n in numbers]}


TREES: list[dict[str, Any]] = [
    {
        "dossier": 1,
        "clinic": {"id": "us", "name": "Example Clinic", "country": "US", "region": "US-CA"},
        "sources": {"s": SITE},
        "practitioners": [
            _person("Anne Examplerow", ("NPI", "1234567893"), ("Medical Board of California", "A00001"), ("GMC", "12")),
            _person("Sam Sample", ("NPI", "1999999992")),
            _person("Anne Example", ("MUC", "CL-001"), ("Medical Board of California", "G00002")),
            _person("Bruno Testperson"),
        ],
        "products": [
            {"name": "Botox", "lot": "A1", "gs1": "(01)05060000000016(17)270630(10)A17", "source": "s"},
            {"name": "Lemon Bottle", "kind": "cosmetic", "expires": "2027-01-01"},
            {"name": "Kybella", "supplier": {"name": "Made-Up Pharma", "source": "s"}, "source": "s"},
        ],
        "ratings": [{"platform": "Maps", "mean": "4.6", "count": "212", "seen": "2026-11-01"}],
        "answers": {"hygiene": {"single_use": "no"}},
        "default_source": "s",
    },
    {
        "dossier": 1,
        "clinic": {"id": "gb", "name": "Made-Up Dental Practice", "country": "GB", "region": "GB-ENG"},
        "sources": {"s": SITE},
        "registrations": [
            {"kind": "premises", "body": "CQC", "number": each, "source": "s"} for each in ("1-0001", "1-0004")
        ],
        "products": [{"name": "Azzalure", "source": "s"}, {"name": "Lemon Bottle", "source": "s"}],
        "reviews": [
            *({"platform": "Maps", "rating": 5, "date": "2026-05-04", "author": f"a{i}"} for i in range(40)),
            *(
                {"platform": "Maps", "rating": 1 + i % 5, "date": str(dt.date(2025, 11, 1) + dt.timedelta(9 * i))}
                for i in range(40)
            ),
            {"platform": "Maps", "date": "2026-10-20", "author": "x", "text": "I got an abscess and it was drained."},
            {"platform": "Other", "date": "2026-10-02", "text": "I had hard lumps for months and they blocked me."},
            {"platform": "Third", "date": "2026-10-03", "text": "They warned me about bruising."},
            {
                "platform": "Fourth",
                "date": "2026-10-04",
                "text": "Sehr gut und nett, ich bin mit dem Ergebnis zufrieden.",
            },
        ],
    },
]


def leaves(tree: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a tree with its key."""
    if isinstance(tree, dict):
        for name, each in tree.items():
            yield from leaves(each, name)
    elif isinstance(tree, list):
        for each in tree:
            yield from leaves(each, key)
    elif isinstance(tree, str):
        yield key, tree


def pieces(language: str) -> set[str]:
    """Give what stands between the placeholders of a catalogue's sentences, of three words or more."""
    texts = [text for each in catalogue(language).values() for text in ([each] if isinstance(each, str) else each)]
    parts = [part.strip(" .,;:()?") for text in texts for part in re.split(r"\{\w+\}", text)]
    return {each for each in parts if len(each.split()) >= 3}


def test_a_spanish_report_holds_no_english_sentence_of_the_catalogue(rich: list[tuple[Clinic, Clinic]]) -> None:
    """Text, Markdown, HTML, CSV, JSON-LD, SVG and JSON, of everything that can be said."""
    titles = str(mesotherapy().references)
    english = {each for each in pieces(ENGLISH) - pieces("es") if each not in titles}
    seen, told = set(), {}
    for _, clinic in rich:
        verdict = vet(clinic, mesotherapy(), as_of=DAY)
        written = [json.dumps(to_tree(verdict, language="es"), ensure_ascii=False)]
        written += [each(verdict, language="es") for each in (to_text, to_markdown, to_html, to_csv, to_jsonld, to_svg)]
        said = re.sub(r"\s+", " ", "\n".join(written))
        told[clinic.id] = said
        seen |= {(clinic.id, each) for each in english if each in said}

    assert seen == set()
    assert [
        each
        for each in (
            "copia del 2026-11-01",
            "falsificaciones",
            "dígito de control",
            "exclusión del",
            "carta de advertencia",
            "acusación",
        )
        if each not in told["us"]
    ] == []
    assert [
        each
        for each in ("nuestra lectura de", "Por azar", "CQC no regula", "¿Es el de la clínica?")
        if each not in told["gb"]
    ] == []


def test_what_is_the_same_in_two_languages_was_written_by_somebody(rich: list[tuple[Clinic, Clinic]]) -> None:
    """Each text of a Spanish tree that stands in the English one stands in the dossier, or in a register's row."""
    files = [*(FIXTURES / each for each in SNAPSHOTS.values()), *(ROOT / "criteria").glob("*.yaml")]
    rows = "".join(each.read_text(encoding="utf-8") for each in files)
    left = set()
    for before, clinic in rich:
        verdict = vet(clinic, mesotherapy(), as_of=DAY)
        given = rows + json.dumps(attrs.asdict(before), default=str, ensure_ascii=False)
        english, spanish = (leaves(to_tree(verdict, language=each)) for each in ("en", "es"))
        same = {(key, text) for (key, text), (_, other) in zip(english, spanish, strict=True) if text == other}
        left |= {text for key, text in same if key not in FREE and ENGLISH_WORDS.search(text) and text not in given}

    assert left == set()


EXAMPLES = ROOT / "examples"
OWN = str(EXAMPLES / "criteria" / "our-site.yaml")
GARDEN, MILL, TOLD = (
    str(EXAMPLES / f"{each}.yaml") for each in ("contradictions", "licence-expires", "told-in-reviews")
)
SETS = ("mesotherapy", "mesotherapy-desk")
FORMATS = ("text", "json", "markdown", "html", "csv", "jsonld", "svg", "badge")
RUNS = [
    *(["vet", GARDEN, "--format", each] for each in FORMATS),
    ["vet", TOLD, "--read-reviews"], ["check", GARDEN], ["fixes", GARDEN], ["forecast", GARDEN], ["robustness", MILL],
    ["compare", GARDEN, MILL, TOLD], ["diff", GARDEN, "--as-of-b", "2027-06-01", "--criteria-b", OWN],
    ["criteria", "list"], *(["criteria", "show", each] for each in SETS), ["criteria", "lint", OWN],
    ["criteria", "changes", "mesotherapy-desk"], ["criteria", "diff", *SETS],
    ["criteria", "backtest", "mesotherapy", OWN, GARDEN, MILL], ["authorities"], ["authorities", "GB"],
    ["register", "kinds"],
]  # fmt: skip
DATED = {"vet", "fixes", "forecast", "robustness", "compare", "diff"}


@pytest.mark.parametrize("run", RUNS, ids=lambda run: " ".join(each.rpartition("/")[2] for each in run))
def test_what_a_command_writes_in_spanish_is_spanish(run: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that the catalogue or a shipped set says in English stands in it."""
    criteria = [load_criteria(each) for each in SETS]
    titles = str([each.references for each in criteria])
    english = {text for each in criteria for _, text in texts(each) if len(text.split()) >= 3}
    english |= {each for each in pieces(ENGLISH) - pieces("es") if each not in titles}

    assert main([*run, "--language", "es", *(["--as-of", str(DAY)] if run[0] in DATED else [])]) == 0
    written = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert len(written) > 60
    assert {each for each in english if each in written} == set()


def called(node: ast.AST | None) -> str:
    """Name what a node calls."""
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


def to_developers(tree: ast.AST) -> Iterator[ast.AST]:
    """Give what is assigned to a name that an error for developers is raised with in the same function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            raised = [each.exc for each in ast.walk(function) if isinstance(each, ast.Raise)]
            calls = [each for each in raised if isinstance(each, ast.Call) and called(each) in FOR_DEVELOPERS]
            names = {each.id for call in calls for each in call.args if isinstance(each, ast.Name)}
            given = [each for each in ast.walk(function) if isinstance(each, ast.Assign)]
            yield from (each for each in given if getattr(each.targets[0], "id", "") in names)


def literals(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Give the texts of a module that no developer reads alone, and whether each is given to a person."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = set(to_developers(tree))

    def walk(node: ast.AST, told: bool = False) -> Iterator[tuple[int, str, bool]]:  # noqa: FBT001, FBT002
        if called(node) in FOR_DEVELOPERS or node in passed:
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, told
        is_help = isinstance(node, ast.keyword) and node.arg in ("help", "description", "epilog")
        for child in ast.iter_child_nodes(node):
            yield from walk(child, told or is_help or called(node) in FOR_PEOPLE)

    yield from walk(tree)


def is_sentence(text: str, *, told: bool) -> bool:
    """Say whether words of small letters stand in a row: three of them, or two in what is given to a person."""
    return bool(re.search(r"[a-z]+ [a-z]{2,}" if told else r"[a-z]{2,} [a-z]+ [a-z]{2,}", text))


MODULES = {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}


@pytest.mark.parametrize("name", sorted(MODULES.keys() - NOBODY_READS.keys()))
def test_no_module_holds_a_sentence(name: str) -> None:
    """Reports, faults, help and notes: sentences stand in the catalogue."""
    found = [(line, text) for line, text, told in literals(MODULES[name]) if is_sentence(text, told=told)]

    assert [each for each in found if each[1] not in NO_SENTENCES] == []


def test_the_exceptions_are_there() -> None:
    """None is left over."""
    texts = {text for path in MODULES.values() for _, text, told in literals(path) if is_sentence(text, told=told)}

    assert texts >= NO_SENTENCES.keys()
    assert MODULES.keys() >= NOBODY_READS.keys()


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('x = "one two three"', 1),
        ('Fault(a, 0, "", "a file", told("fault.nothing"))', 1),
        ('p.add_argument("--x", help="one two")', 1),
        ('def f():\n    m = f"one two {x}"\n    raise BatchError(m)', 0),
        ('def f():\n    m = "one two three"\n    raise BatchError(m)', 1),
        ('def f():\n    m = "one two three"\n    raise ValueError(m)', 0),
        ('"""One two three four."""\nraise ValueError("one two three")', 0),
    ],
)
def test_a_sentence_in_a_module_is_found(source: str, count: int, tmp_path: Path) -> None:
    """What a developer alone reads is none."""
    (tmp_path / "x.py").write_text(source, encoding="utf-8")

    assert sum(is_sentence(text, told=told) for _, text, told in literals(tmp_path / "x.py")) == count


def grouped(path: Path) -> Iterator[tuple[str, int]]:
    """Give each place at which a module groups digits itself, as `f"{10000:,}"` does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue) and node.format_spec and "," in ast.unparse(node.format_spec):
            yield path.name, node.lineno


def test_only_the_words_group_digits() -> None:
    """Each language does it in its own way; a module gives the number by `whole`."""
    found = [name for path in MODULES.values() for name, _ in grouped(path)]

    assert found == ["words.py"] * 2


def used(path: Path) -> Iterator[tuple[str, int, str]]:
    """Give each message that a module says by its whole name, with its place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in ("say", "told", "later", "add_parser", "add_argument"):
            for each in (
                *node.args[:2],
                *(each.value for each in node.keywords if each.arg in ("help", "description")),
            ):
                if isinstance(each, ast.Constant) and re.fullmatch(r"[a-z_]+(\.[\w-]+)+", str(each.value)):
                    yield path.name, each.lineno, str(each.value)


def test_every_message_that_is_said_is_in_the_catalogue() -> None:
    """In Python and in the templates of pages; other tests see that no other language lacks one."""
    found = [each for path in SOURCE.rglob("*.py") for each in used(path)]
    for path in SOURCE.rglob("*.html"):
        names = re.findall(r'say\("([a-z_.]+)"', path.read_text(encoding="utf-8"))
        found += [(path.name, 0, each) for each in names]

    assert len(found) > 300
    known = {
        *catalogue(ENGLISH),
        *(each.partition(".")[2] for each in catalogue(ENGLISH)),
    }  # some rooms add their group
    assert [each for each in found if each[2] not in known] == []
