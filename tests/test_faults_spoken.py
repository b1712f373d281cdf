"""What is wrong with dossiers, criteria sets, codes of packs, columns and matrices, said in Spanish."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from cases import DAY, clinic, mesotherapy
from test_golden_faults import documents

from clinic_vetting import (
    ClinicVettingError,
    Fault,
    InputError,
    clinic_from,
    load_criteria,
    load_translation,
    measures,
    parse_clinic,
    parse_criteria,
    vet,
)
from clinic_vetting.batch.lines import Line
from clinic_vetting.batch.scoring import read_line
from clinic_vetting.cli import main
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.language import said
from clinic_vetting.registers.intake import LONGEST, open_intake
from clinic_vetting.registers.tabular import Layout, Table
from clinic_vetting.words import again, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic_vetting import CriteriaSet

HEAD = "criteria_set: 1\nid: own\nversion: 1.0.0\ntitle: Own\nextends: mesotherapy\n"
CHANGE = HEAD + "changes:\n  - because: a reason\n    owner: us\n"
ENGLISH = {"an", "the", "is", "was", "are", "and", "not", "has", "of", "for", "by", "on", "in", "with", "than"}


def spanish(run: Callable[[], object]) -> str:
    """Give the Spanish of an error; in English it is what `str` says."""
    with pytest.raises(ClinicVettingError) as error:
        run()
    assert said(error.value, "en") == str(error.value)
    return said(error.value, "es")


def sentences(fault: Fault) -> Iterator[str]:
    """Give what a fault says, without what it quotes and without what the YAML parser found."""
    for each in (fault.expected, "" if fault.expected == "YAML" else fault.got, fault.hint):
        yield "".join(again(each, "es").split("'")[::2])


@pytest.mark.parametrize("folder", ["faults", "criteria_faults"])
def test_no_golden_fault_is_told_in_english_to_a_reader_of_spanish(folder: str) -> None:
    """Not one of its words, in any of them."""
    read: Callable[[bytes, str], object] = parse_clinic if folder == "faults" else parse_criteria
    found: set[tuple[str, str]] = set()
    for path in documents(folder):
        with pytest.raises(InputError) as error:
            read(path.read_bytes(), path.name)
        assert said(error.value, "en") == str(error.value)
        for fault in error.value.faults:
            found |= {(path.name, each) for text in sentences(fault) for each in text.split() if each in ENGLISH}

    assert len(documents(folder)) > 20
    assert found == set()


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ({"gs1": "(01)05060"}, "un GS1 (01) de 14 caracteres, no 5"),
        ({"gs1": "(10)A(10)B"}, "una cadena de elementos GS1 con un solo (10), no dos que difieren"),
        ({"gs1": f"(21){'7' * 21}"}, "un GS1 (21) de 20 caracteres como mucho, no 21"),
        ({"gs1": "(01)0506000000001A"}, "un GTIN de GS1 (01) de cifras"),
        ({"gs1": "(17)271345"}, "una caducidad GS1 (17) como AAMMDD"),
        (
            {"gs1": "05060000000016"},
            "una cadena de elementos GS1 como (01)05060000000016(17)270630(10)A17, o lo que da",
        ),
        ({"udi": "(10)A17"}, "un UDI como lo muestra la etiqueta: (01)..., +... o =/..."),
        ({"udi": "+A123BJC5D6E710"}, "o =/..., con el carácter de control que le corresponde"),
        ({"udi": "=/A9999XYZ100T0944=>026399"}, "un UDI cuya caducidad exista, no '2026399'"),
        ({"ndc": "12"}, "un NDC como 0002-0800-01, o de 10 u 11 cifras"),
        ({"ndc": " "}, "texto de 1 a 4000 caracteres"),
    ],
)
def test_a_code_of_a_pack_is_asked_for_in_spanish(code: dict[str, str], wanted: str) -> None:
    """With what stands there as it was written."""
    told = spanish(lambda: clinic_from({"dossier": 1, "clinic": {"id": "c"}, "products": [code]}))

    assert (wanted in told, repr(*code.values()) in told) == (True, True)


def _chain(folder: Path) -> Path:
    for i in range(10):
        below = "mesotherapy" if i == 9 else f"{i + 1}.yaml"
        text = HEAD.replace("mesotherapy", below) + "changes: []\n"
        (folder / f"{i}.yaml").write_text(text, encoding="utf-8")
    return folder / "0.yaml"


def test_criteria_sets_that_cannot_be_found_are_told_in_spanish(tmp_path: Path) -> None:
    """By name, by folder, by what they extend, and too deep."""
    first = _chain(tmp_path)
    (tmp_path / "secret.yaml").write_text("password: hers", encoding="utf-8")
    below = tmp_path / "below.yaml"
    below.write_text(HEAD.replace("mesotherapy", "secret.yaml"), encoding="utf-8")

    assert spanish(lambda: load_criteria("zzz")) == (
        "criteria: zzz: se esperaba: el nombre de un conjunto incluido, o un archivo; "
        "en su lugar: ni lo uno ni lo otro; 'clinic-vetting criteria list' enumera los conjuntos incluidos"
    )
    assert "archivo; en su lugar: una carpeta; " in spanish(lambda: load_criteria(tmp_path))
    assert spanish(lambda: load_criteria(first)).endswith(
        "se esperaba: 8 conjuntos como mucho, uno sobre otro; en su lugar: '9.yaml'; ¿se amplía a sí mismo?"
    )
    assert spanish(lambda: load_criteria(below)).endswith(
        "se esperaba: un conjunto de criterios: un mapa de claves con 'criteria_set: 1'; en su lugar: otra cosa; "
        "cargue solo ese archivo para ver qué"
    )
    below.write_text(HEAD.replace("mesotherapy", "../x.yaml"), encoding="utf-8")
    assert "o un archivo de la carpeta de este o más adentro; en su lugar: '../x.yaml'" in spanish(
        lambda: load_criteria(below)
    )


def test_what_a_change_cannot_do_is_told_in_spanish() -> None:
    """Each word with its hint, and how many more there are."""
    unknown = ", ".join(f"no.criterion{i}" for i in range(11))
    many = spanish(lambda: parse_criteria(f"{CHANGE}    drop: [hygiene.hand_hygeine, {unknown}]\n"))
    added = spanish(lambda: parse_criteria(f"{CHANGE}    add: [{{category: hygeine, criteria: []}}]\n"))
    empty = spanish(lambda: parse_criteria(f"{CHANGE}    bands: []\n"))

    assert "en su lugar: 'hygiene.hand_hygeine' (¿quiso decir 'hygiene.hand_hygiene'?), 'no.criterion0'" in many
    assert many.endswith(", 'no.criterion8' y 2 más")
    assert added.endswith("en su lugar: la categoría nueva 'hygeine' sin ellos; ¿quiso decir 'hygiene'?")
    assert empty.endswith("se esperaba: al menos uno, o que no esté la clave: así quedan todos; en su lugar: ninguno")


def test_what_a_band_asks_for_is_told_in_spanish() -> None:
    """In English conditions are called as in the file."""
    bands = "{id: a, label: A, critical_failed: 0, not_failed: [hygiene.hand_hygiene], met: [hygiene.hand_hygiene]}"
    (change,) = parse_criteria(f"{CHANGE}    bands: [{bands}, {{id: b, label: B}}]\n").changes
    conditions = "critical_failed 0, met hygiene.hand_hygiene, not failed hygiene.hand_hygiene"

    assert change.what == f"bands: a ({conditions}); b (every other clinic)"
    assert again(change.what, "es") == (
        "niveles: a (críticos incumplidos 0, cumplidos hygiene.hand_hygiene, no incumplidos hygiene.hand_hygiene); "
        "b (cualquier otra clínica)"
    )


def test_what_a_translation_lacks_is_told_in_spanish(tmp_path: Path) -> None:
    """Which text, and which names in braces."""
    file = tmp_path / "own.es.yaml"
    file.write_text("- a", encoding="utf-8")
    no_mapping = spanish(lambda: load_translation(file, mesotherapy()))
    file.write_text("translation: 1\nof: other\ntitle: '{x}'\nbands: {avoids: {label: No}}\n", encoding="utf-8")
    lines = spanish(lambda: load_translation(file, mesotherapy())).splitlines()

    assert "se esperaba: una traducción: un mapa de claves con 'translation: 1'; en su lugar: una lista" in no_mapping
    assert ["; ".join(each.partition("se esperaba: ")[2].split("; ")[:2]) for each in lines] == [
        "mesotherapy, el conjunto que traduce; en su lugar: 'other'",
        "los nombres entre llaves del original: ninguno; en su lugar: '{x}'",
        "un texto que tenga mesotherapy; en su lugar: un texto sin original",
    ]


def asking(measure: str) -> CriteriaSet:
    """Give the shipped set with a question on another measure."""
    return parse_criteria(f"{CHANGE}    set: {{hygiene.hand_hygiene: {{measure: {measure}}}}}\n")


def test_measures_that_do_not_answer_are_told_in_spanish() -> None:
    """What they give, and what they raise."""
    wrong: Any = lambda _, __: "no"  # noqa: E731 - no checker lets it pass as a function
    failing: Any = lambda _, as_of: as_of.day // 0  # noqa: E731 - as above
    measures.register("says-a-word")(wrong)
    measures.register("divides-by-0")(failing)
    gives, raises = (
        spanish(partial(vet, clinic({}), asking(name), as_of=DAY)).partition("se esperaba: ")[2]
        for name in ("says-a-word", "divides-by-0")
    )

    assert gives == (
        "una tupla de declaraciones, o every, any_of o share_of de ellas; "
        "en su lugar: un valor de tipo str, de la medida 'says-a-word'"
    )
    assert raises == (
        "una respuesta de su medida, sean cuales sean los registros; "
        "en su lugar: ZeroDivisionError: integer division or modulo by zero, de la medida 'divides-by-0'"
    )


def test_measures_that_cannot_be_are_told_in_spanish() -> None:
    """Those that nobody registered, and those that nobody can."""
    wrong: Any = [3]
    measures.register("taken")(lambda _, __: ())

    assert spanish(lambda: measures.find("zzz")).endswith(
        "se esperaba: el nombre de una medida registrada; en su lugar: 'zzz'; "
        "registre una propia antes de usar los criterios"
    )
    assert spanish(lambda: asking("zzz")).endswith(
        "registre una propia antes de cargar el conjunto (--measures MÓDULO, o import MÓDULO)"
    )
    assert spanish(lambda: measures.register("x", reads="stars")).endswith("ratings, reviews; en su lugar: 'stars'")
    assert "en su lugar: uno que ya está en uso" in spanish(lambda: measures.register("taken")(lambda _, __: ()))
    assert "un registro oficial de 'people' o 'places'" in spanish(lambda: measures.register("x", registers="all"))
    assert "el nombre de una medida y los registros que lee" in spanish(lambda: measures.register("x", wrong))


def test_the_bounds_of_a_line_and_of_a_row_are_grouped_as_in_spanish(tmp_path: Path) -> None:
    """In a batch, in the header of a register's table and in its rows."""
    layout, file = Layout("rows", {"a": "A", "b": "B"}), tmp_path / "file.csv"
    most, more = again(whole(MAX_BYTES), "es"), again(whole(MAX_BYTES + 2), "es")

    def rows(data: bytes) -> list[object]:
        file.write_bytes(data)
        with closing(open_intake(file)) as intake:
            return list(Table(intake, (layout,)).rows())

    batch = spanish(lambda: read_line(Line(1, b"x" * MAX_BYTES, 2)))
    assert f"una línea de {most} bytes como mucho; en su lugar: {more} bytes" in batch
    assert "\u00a0" in most
    header = spanish(lambda: rows(b"x" * (LONGEST + 1)))
    assert "en su lugar: una línea de más de 100\u00a0000 caracteres" in header
    (row,) = rows(b"A,B\n" + b"x" * (LONGEST + 1))
    assert isinstance(row, Fault)
    assert again(row.expected, "es") == "una fila de 100\u00a0000 caracteres como mucho"


def test_batches_and_matrices_are_told_in_spanish(tmp_path: Path) -> None:
    """What the batch lacks, and what the matrix does not know."""
    pa = pytest.importorskip("pyarrow")
    columns = pytest.importorskip("clinic_vetting.columns")
    matrix = pytest.importorskip("clinic_vetting.matrix")
    batch = pa.RecordBatch.from_pydict({"dossiers": ["{}"], "band": [1]})
    other = attrs.evolve(mesotherapy(), unknown_counts=Decimal(0))
    verdicts = [vet(clinic({}), each, as_of=DAY) for each in (mesotherapy(), other)]
    (tmp_path / "no.npz").write_bytes(b"no")

    def batched(column: str, *keep: str) -> str:
        return spanish(lambda: columns.vet_batch(batch, mesotherapy(), as_of=DAY, column=column, keep=keep))

    assert batched("dossier") == (
        "el lote no tiene ninguna columna 'dossier'; tiene dossiers, band; ¿quiso decir 'dossiers'?"
    )
    assert batched("band").startswith("la columna 'band' debe contener dossiers en JSON como uno de string, ")
    assert batched("dossiers", "band") == (
        "no se puede conservar 'band': vet_batch crea una columna con ese nombre; cámbielo"
    )
    assert spanish(lambda: matrix.codes(verdicts)).startswith("veredictos de un solo conjunto de criterios, hay <Cr")
    assert spanish(lambda: matrix.codes([])) == "ningún veredicto: una matriz de códigos necesita al menos uno"
    assert "una matriz de códigos escrita por CodeMatrix.save: " in spanish(
        lambda: matrix.CodeMatrix.load(tmp_path / "no.npz")
    )


def test_the_command_tells_a_fault_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A criteria set where a dossier is wanted; the name of the command stays."""
    file = tmp_path / "set.yaml"
    file.write_text(HEAD, encoding="utf-8")
    code = main(["vet", str(file), "--language", "es", "--as-of", str(DAY)])

    told = "documento: se esperaba: un dossier; en su lugar: un conjunto de criterios; "
    hint = "esos los revisa 'clinic-vetting criteria show ARCHIVO'"
    assert (code, capsys.readouterr().err) == (2, f"{file}:1: {told}{hint}\n")
