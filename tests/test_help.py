"""Help, faults and notes of commands: said in the language of whoever runs them, from the catalogue."""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from cases import ROOT

from clinic_vetting import cli
from clinic_vetting.batch.meter import Meter
from clinic_vetting.cli import main
from clinic_vetting.commands.help import later, said_again
from clinic_vetting.commands.parser import Parser
from clinic_vetting.commands.speaking import LANGUAGE
from clinic_vetting.words import catalogue, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Capture = pytest.CaptureFixture[str]

MINIMAL = str(ROOT / "examples" / "minimal.yaml")
LINES = b'{"dossier": 1, "clinic": {"id": "a"}}\n{"dossier": 1, "clinic": {"id": "b", "country": "UK"}}\n'


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Give a parser, and all that stand below it."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 - there is no other way to them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for each in action.choices.values():
                yield from parsers(each)


PARSERS = {each.prog: each for each in parsers(cli._parser())}  # noqa: SLF001


@pytest.fixture
def spanish() -> Iterator[None]:
    """Let whoever runs a command be somebody who reads Spanish."""
    before = LANGUAGE.set("es")
    yield
    LANGUAGE.reset(before)


def sentences(language: str) -> dict[str, str]:
    """Give what stands between the values in each message of help."""
    told = {name: text for name, text in catalogue(language).items() if name.startswith("help.")}
    return {name: max(re.split(r"\{\w+\}", "".join(text)), key=len).strip(" :;,.()") for name, text in told.items()}


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.usefixtures("spanish")
def test_help_is_said_in_spanish(name: str) -> None:
    """Headings too, and no id of a message is left."""
    shown = " ".join(PARSERS[name].format_help().split())
    same = set(sentences("es").values())
    english = {each for each in sentences("en").values() if each not in same and len(each.split()) > 2}

    assert shown.startswith(f"uso: {name} ")
    assert "opciones: -h, --help muestra esta ayuda y termina" in shown
    assert [each for each in english if each in shown] == []
    assert re.findall(r"help\.\w+", shown) == []


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.usefixtures("spanish")
def test_what_stands_for_a_value_is_said_in_spanish(name: str) -> None:
    """Each word in capitals of its usage, of which help tells, is one of the catalogue."""
    known = {text for each, text in catalogue("es").items() if each.startswith("help.value.")}
    found = set(re.findall(r"[A-ZÁÉÍÓÚÑ]+(?:-[A-ZÁÉÍÓÚÑ]+)*", PARSERS[name].format_usage()))

    assert found
    assert found <= known


@pytest.mark.parametrize("name", PARSERS)
def test_every_command_takes_a_language(name: str) -> None:
    """Where it changes only help and faults, its help says so."""
    shown = " ".join(PARSERS[name].format_help().split())
    values = {"languages": "en, es", "english": "en"}
    forms = {each: say("en", f"help.{each}", **values) for each in ("language", "language_of_help")}
    found = [each for each, text in forms.items() if f"--language CODE {text}" in shown]

    assert len(found) == 1
    assert (found == ["language"]) or name.split()[1] in {"code", "schema", "register", "import"}


def test_a_command_starts_without_the_catalogue() -> None:
    """Its help is said only where it is shown."""
    code = (
        "from clinic_vetting import cli, words; cli._parser('vet').parse_args(['vet', 'a', '--as-of', '2026-11-21'])\n"
        "print(words._messages.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603

    assert done.stdout == "0\n"


@pytest.mark.parametrize(
    "given",
    [
        ["--help", "--language", "es"], ["--language", "es", "--help"], ["--language=es", "vet", "--help"],
        ["vet", "--help", "--lang=es"], ["criteria", "--language", "es", "lint", "--help"],
    ],
)  # fmt: skip
def test_the_language_may_stand_anywhere(given: list[str], capsys: Capture) -> None:
    """Before the command, after it, and after what ends the reading of the line."""
    with pytest.raises(SystemExit) as ended:
        main(given)

    assert (ended.value.code, capsys.readouterr().out[:20]) == (0, "uso: clinic-vetting ")


def test_a_language_before_the_command_holds_for_it(capsys: Capture) -> None:
    """One that is not known is refused there, too."""
    assert main(["--language", "es", "vet", MINIMAL, "--as-of", "2026-11-21"]) == 0
    assert capsys.readouterr().out.startswith("SIN DEMOSTRAR  Example Clinic")
    assert main(["--language", "esp", "schema", "dossier"]) == 2
    assert capsys.readouterr().err == "language: code: expected one of en, es, got 'esp'; did you mean 'es'?\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["vat", MINIMAL], "did you mean 'vet'?"),
        (["criteria", "lnt"], "did you mean 'lint'?"),
        (["vet", MINIMAL, "--format", "jsn"], "did you mean 'json'?"),
        (["vet", MINIMAL, "--languaje", "es"], "unrecognized arguments: --languaje es; did you mean '--language'?"),
        (["vet", "--as-off=2026-11-21", MINIMAL, "-z"], "--as-off=2026-11-21 -z; did you mean '--as-of'?"),
        (["--language", "es", "vat"], "¿quiso decir 'vet'?"),
        (["vet", MINIMAL, "--formato", "json", "--language", "es"], "--formato json; ¿quiso decir '--format'?"),
    ],
)
def test_a_word_of_the_command_line_that_is_near_one_is_told_which(
    given: list[str], told: str, capsys: Capture
) -> None:
    """Commands, options and choices, those of the command that was asked for."""
    with pytest.raises(SystemExit) as ended:
        main(given)

    assert ended.value.code == 2
    usage, fault = capsys.readouterr().err.splitlines()
    assert usage.startswith(("usage: clinic-vetting ", "uso: clinic-vetting "))
    assert fault.endswith(told)


@pytest.mark.parametrize("given", [["zzz"], ["vet", MINIMAL, "--zzzzzz"], ["vet", MINIMAL, "-z"], ["vet"], []])
def test_nothing_is_suggested_where_nothing_is_near(given: list[str], capsys: Capture) -> None:
    """The fault stands alone."""
    with pytest.raises(SystemExit) as ended:
        main(given)

    assert (ended.value.code, "mean" in capsys.readouterr().err) == (2, False)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["vet"], "faltan estos argumentos: DOSSIER"),
        (["vet", "a", "--as-of", "x"], "argumento --as-of: se esperaba: una fecha como AAAA-MM-DD; en su lugar: 'x'"),
        (["vet", "a", "--as-of"], "argumento --as-of: se esperaba un argumento"),
        (["vet", "a", "--format", "odt"], "argumento --format: opción no válida: 'odt' (elija entre "),
        (["vet", "a", "--odt"], "argumentos desconocidos: --odt"),
        (["vet", "a", "--read-reviews=1"], "argumento --read-reviews: se ha dado un argumento que no admite: '1'"),
        (["vet", "a", "--f", "b"], "opción ambigua: --f puede ser --format, --fail-below"),
        (["batch", "a", "b", "--resume", "--overwrite"], "argumento --overwrite: no se admite junto con el argumento"),
        (
            ["batch", "a", "b", "--jobs", "x"],
            "argumento --jobs: se esperaba: un número entero de 0 a 256; en su lugar: 'x'",
        ),
        (
            ["fixes", "a", "--most", "0"],
            "argumento --most: se esperaba: un número entero de 1 a 1000; en su lugar: '0'",
        ),
        (["nope"], "argumento COMANDO: opción no válida: 'nope'"),
    ],
)
def test_a_fault_of_the_command_line_is_said_in_spanish(given: list[str], told: str, capsys: Capture) -> None:
    """The words of Python's own parser too."""
    with pytest.raises(SystemExit):
        main([*given, "--language=es"])
    first, second = capsys.readouterr().err.splitlines()

    assert (first.startswith("uso: "), first.endswith("; --help muestra sus opciones")) == (True, True)
    assert told in second


def plain() -> argparse.ArgumentParser:
    """Make a parser of Python's own."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--one", nargs="+")
    either.add_argument("--two", nargs=2)
    parser.add_argument("--some", nargs="?")
    return parser


@pytest.mark.usefixtures("spanish")
def test_what_the_catalogue_has_of_python_is_what_python_says(capsys: Capture) -> None:
    """Else it would stay English in silence; what the catalogue has not stays as it is."""
    said = []
    for given in ([], ["--one"], ["--two", "a"]):
        try:
            plain().parse_args(given)
        except argparse.ArgumentError as error:
            said.append(said_again(str(error)))
        except SystemExit:
            said.append(said_again(capsys.readouterr().err.splitlines()[-1].partition("error: ")[2]))

    assert said == [
        "hace falta uno de los argumentos --one --two",
        "argumento --one: se esperaba un argumento como mínimo",
        "argumento --two: se esperaban 2 argumentos",
    ]
    assert said_again("expected at most one argument") == "se esperaba un argumento como máximo"
    assert said_again("something else") == "something else"


def test_a_parser_takes_sentences_too() -> None:
    """A percent sign in one is no format, and a group may have no heading."""
    parser = Parser(prog="x", description="Of 100 %.")
    parser.add_argument_group().add_argument("--most", help="at most 50 % of {default}", default=3)
    parser.add_argument("--none")
    parser.add_argument("--until", help=later("help.forecast.until", count=7))

    assert "at most 50 % of {default}" in parser.format_help()
    assert "(default: 7 months on)" in " ".join(parser.format_help().split())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["vet", "a.yaml", "--measures", "no.such.py"], "se esperaba: un módulo de Python que se pueda importar"),
        (["vet", "a.yaml", "--measures", "no_such"], "se busca en la carpeta actual y en la ruta de Python"),
        (["vet", MINIMAL, "--fail-below", "x"], "se esperaba: uno de "),
        (["vet", "a", "b", "--format", "svg"], "'clinic-vetting pages' escribe una página por cada uno"),
        (
            ["diff", MINIMAL],
            "B: se esperaba: un segundo dossier, --as-of-b o --criteria-b; en su lugar: un solo veredicto",
        ),
        (["compare", MINIMAL], "DOSSIER: se esperaba: dos dossiers o más que se puedan leer; en su lugar: 1"),
        (["ask", "-"], "se esperaba: un archivo; en su lugar: la entrada estándar"),
        (["authorities", "nowhere"], "NOMBRE: se esperaba: una autoridad, un país o un estado de la tabla"),
        (["code", "x"], "CÓDIGO: se esperaba: un código GS1"),
        (["criteria", "backtest", "mesotherapy", "mesotherapy", "a"], "dossiers: se esperaba: uno como mínimo"),
        (["batch", "a", "a"], "la entrada, la salida, su archivo de progreso y --errors tienen que ser archivos dis"),
        (["batch", "nowhere", "b"], "nowhere: documento: se esperaba: un archivo que se pueda leer"),
    ],
)
def test_a_fault_of_a_command_is_said_in_spanish(
    given: list[str], told: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And ends with exit code 2."""
    monkeypatch.chdir(tmp_path)
    assert main([*given, "--language", "es"]) == 2
    assert told in capsys.readouterr().err


def test_what_authorities_shows_is_said_in_spanish(capsys: Capture) -> None:
    """The names of its rows, and what a number's form tells, and the words of the table."""
    assert main(["authorities", "GMC", "--language", "es"]) == 0
    assert "\n  pueden inyectar: los médicos\n" in capsys.readouterr().out
    assert main(["authorities", "US-CA", "--language", "es"]) == 0
    assert "\n  pueden recetar: no se sabe\n" in capsys.readouterr().out
    assert main(["authorities", "GMC", "12", "--language", "es"]) == 1
    assert "no puede existir" in capsys.readouterr().out
    assert main(["authorities", "--language", "es"]) == 0
    assert "y los colegios de médicos, por estado o provincia: US-" in capsys.readouterr().out


def test_the_list_of_criteria_is_said_in_spanish(capsys: Capture) -> None:
    """Titles too."""
    assert main(["criteria", "list", "--language", "es"]) == 0
    assert re.search(r"^mesotherapy  \S+  \d+ criterios  Evaluación de una", capsys.readouterr().out, re.MULTILINE)


def test_a_batch_tells_in_spanish_and_lists_faults_for_programs_in_english(tmp_path: Path, capfd: Any) -> None:
    """A line that cannot be read, the sum, and a run that is finished."""
    given, out, errors = (str(tmp_path / each) for each in ("in.ndjson", "out", "errors"))
    (tmp_path / "in.ndjson").write_bytes(LINES)
    spoken = ("--language", "es")

    assert main(["batch", given, "-", *spoken]) == 2
    assert f"{given}:2: clinic.country: se esperaba: un código de país" in capfd.readouterr().err
    assert main(["batch", given, out, "--errors", errors, *spoken]) == 2
    assert f"{given}: líneas sin veredicto: 1; véase {errors}" in capfd.readouterr().err
    assert json.loads((tmp_path / "errors").read_bytes())["faults"][0]["expected"].startswith("a country code")
    assert main(["batch", given, out, "--resume", "--errors", errors, *spoken]) == 2
    assert f"{out}: está terminado; no hay nada que reanudar" in capfd.readouterr().err


def test_a_file_that_is_cut_off_is_told_in_spanish(tmp_path: Path, capfd: Any) -> None:
    """With the words of whoever unpacks it."""
    (tmp_path / "in.gz").write_bytes(gzip.compress(LINES)[:-4])
    (tmp_path / "empty.gz").write_bytes(b"")

    assert main(["batch", str(tmp_path / "in.gz"), "-", "--language", "es"]) == 2
    assert "se esperaba: el resto de la entrada; en su lugar: Compressed file ended" in capfd.readouterr().err
    assert main(["batch", str(tmp_path / "empty.gz"), "-", "--language", "es"]) == 2
    assert "está vacío, así que no es un archivo comprimido" in capfd.readouterr().err


class _File:
    size = 100

    def __init__(self) -> None:
        self.places = iter((0, 50))

    def position(self) -> int:
        return next(self.places)


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_meter_speaks_spanish() -> None:
    """Lines, rate and what is left."""
    screen, clock = _Screen(), iter((0.0, 10.0))
    Meter(_File(), 0, screen, lambda: next(clock), language="es").show(2000)

    assert screen.getvalue() == "\r\x1b[K2000 líneas  50%  200 líneas/s  quedan 0:10"


def test_the_last_language_before_two_dashes_is_spoken(capsys: Capture) -> None:
    """As the last of any option counts; and what a terminal would obey is written out."""
    for given, told in (
        (["--language", "en", "--language=es", "vet", "x", "--format", "q"], "argumento --format: "),
        (["vet", "--format", "q", "--", "--language", "es"], "argument --format: "),
        (["vet", "x", "--bogus\x1b]0;hi\a", "--language", "es"], "--bogus\\u001b]0;hi\\u0007"),
    ):
        with pytest.raises(SystemExit):
            main(given)
        assert told in capsys.readouterr().err
