"""What imports and registers tell of bad input, in Spanish: each sentence, and no English one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from cases import HERE
from openpyxl import Workbook

from clinic_vetting.cli import main
from clinic_vetting.errors import RegisterError
from clinic_vetting.language import said
from clinic_vetting.registers import Registers
from clinic_vetting.words import catalogue

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
MAP = """
listing_map: 1
dossier:
  clinic: {id: =Ref, name: =Name, country: =Land}
  sources: {visit: {kind: observation, who: =Who, seen: =Seen}}
  answers: {hygiene: {hand_hygiene: {answer: =Hands, source: visit}}}
"""
LEIE = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,"
    "REINDATE,WAIVERDATE,WVRSTATE"
)


def english() -> set[str]:
    """Give what stands between the values of English messages that Spanish ones lack, of two words or more."""
    found: dict[str, set[str]] = {}
    for language in ("en", "es"):
        texts = (text for each in catalogue(language).values() for text in ([each] if isinstance(each, str) else each))
        found[language] = {part.strip(" .,;:()?'") for text in texts for part in re.split(r"\{\w+\}|'[^']*'", text)}
    return {each for each in found["en"] - found["es"] if len(each.split()) >= 2}


def run(capsys: Capture, *command: object) -> list[str]:
    """Give the lines that a command writes in Spanish; a platform is a key, and the same in every language."""
    main([*map(str, command), "--language", "es"])
    text = "".join(reversed(capsys.readouterr()))
    words = text.replace("platform: the clinic's own page\n", "")
    assert [each for each in english() if each in words] == []
    return text.splitlines()


def test_a_table_of_listings(capsys: Capture, tmp_path: Path) -> None:
    """Columns of faults, what to do about them, and what came of all rows."""
    rows = [["Ref", "Name", "Land", "Who", "Seen", "Hands", "More"]]
    rows += [["a", "A", "GB", "us", "2026-05-04", "yes", ""], ["a", "B", "GB", "us", "2026-05-04", "yes", ""]]
    rows += [["c", "C", "España", "us", "03/04/2026", "perhaps", ""], ["d", "D", "", "", "", "", ""]]
    rows += [["", "E", "", "us", "2026-05-04", "no", ""], ["TOTAL", "5 clínicas", "", "", "", "4", ""]]
    (tmp_path / "m.yaml").write_text(MAP)
    (tmp_path / "t.csv").write_text("\n".join(map(",".join, rows)) + '\nf,"F\ng,G,GB\n', encoding="utf-8")

    told = run(capsys, "import", "csv", tmp_path / "t.csv", "--map", tmp_path / "m.yaml", "--output", tmp_path / "out")

    at = f"{tmp_path / 't.csv'}"
    assert told[0] == (
        f"{at}:3: clinic.id: se esperaba: cada id una sola vez; en su lugar: 'a', que ya tiene la línea 2; "
        "se deja fuera la fila"
    )
    assert told[1].startswith(f"{at}:4: columna 'Land' (clinic.country): se esperaba: un código de país como GB")
    assert told[1].endswith("words: {<un código de país>: [España]}; o corrija la celda")
    assert told[2].endswith("corrija la celda, o indique 'dates: uk' o 'dates: us' en el mapa")
    assert "uno de yes, partly, no, not_applicable, o una palabra que explique el mapa" in told[3]
    assert told[4].endswith("en su lugar: nada; corrija la celda; se deja fuera la fila")
    assert told[5] == (
        f"{at}:7: columna 'Ref' (clinic.id): se esperaba: una clínica; en su lugar: 'TOTAL', que parece un total; "
        "se deja fuera la fila; si es una clínica, indique en el mapa: columns: {Ref: {words: {TOTAL: [TOTAL]}}}"
    )
    assert told[6].startswith(
        f"{at}:8: fila: se esperaba: 7 columnas, como en la cabecera; en su lugar: una comilla sin cerrar"
    )
    assert told[7:] == [
        f"{at}: 8 filas; en {tmp_path / 'out'}: 4 dossiers",
        "Columnas que el mapa no nombra: More",
        "Filas sin sus últimas celdas, que se toman por vacías; mire si lo están: línea 9",
        "Filas que nombran una clínica y no dicen nada de ella: líneas 5, 9",
        "Sin leer, cada fallo indicado en la salida de errores: 7",
    ]


def test_a_workbook_without_the_columns(capsys: Capture, tmp_path: Path) -> None:
    """With the nearest that it has."""
    book = Workbook()
    book.active.append(["Ref", "Nmae", "Land", "Who", "Seen", "Hands"])
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "m.yaml").write_text(MAP)

    (told,) = run(capsys, "import", "csv", tmp_path / "t.xlsx", "--map", tmp_path / "m.yaml")

    assert told == (
        f"{tmp_path / 't.xlsx'}:1: documento: se esperaba: las columnas Ref, Name, Land, Who, Seen, Hands; "
        "en su lugar: 6 columnas: 'Ref, Nmae, Land, Who, Seen, Hands'; faltan: Name (¿quiso decir 'Nmae'?)"
    )


def test_a_page(capsys: Capture, tmp_path: Path) -> None:
    """What it says and is no record, and what does not fit."""
    clinic: dict[str, Any] = {
        "@type": "MedicalClinic", "@id": "#c", "name": "Row", "logo": "x", "address": {"addressRegion": "Kent"},
        "aggregateRating": {"ratingValue": 9}, "makesOffer": {"name": "Filler"},
    }  # fmt: skip
    things = [clinic, {"@type": "MedicalClinic", "name": "Other"}, {"@type": "Event", "name": "Day"}]
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in things)
    (tmp_path / "p.html").write_text(f"<html><body>{scripts}</body></html>")

    told = run(capsys, "import", "page", tmp_path / "p.html")

    assert [each for each in told if each.startswith(("MedicalClinic", "La ", "address", "Event"))] == [
        "MedicalClinic 'Other': de la misma clase que MedicalClinic 'Row', que se toma por la clínica; se deja fuera",
        "La página no tiene fecha: lo que se afirma sin fecha cuenta la mitad; indique el día con --seen",
        "MedicalClinic 'Row': una valoración sin media o sin recuento; se deja fuera",
        "addressRegion: 'Kent' no es un código como CA (ISO 3166-2); se deja fuera",
        "MedicalClinic 'Row': ofrece Filler: indique qué se evalúa con --treatment",
        "MedicalClinic 'Row': no se leen, pues no atañen a ningún criterio: logo",
        "Event 'Day': sin leer",
    ]
    assert any(each.endswith("una valoración dentro de su escala; en su lugar: '9'; se deja fuera") for each in told)


def test_whom_an_import_names_as_a_source(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language of whoever imports: it is read by those who read the dossier, and its reports."""
    shown = {"@type": "MedicalClinic", "@id": "#c", "name": "Row", "review": {"reviewBody": "Nice."}}
    shown |= {
        "aggregateRating": {"ratingValue": 4, "ratingCount": 7},
        "employee": {"@type": "Physician", "name": "Ann"},
    }
    (tmp_path / "p.html").write_text(f'<script type="application/ld+json">{json.dumps(shown)}</script>')
    ann, bob = (
        {
            "resourceType": "Practitioner",
            "id": each,
            "name": [{"text": each}],
            "qualification": [{"code": {"text": "MD"}}],
        }
        for each in ("ann", "bob")
    )
    check = {"resourceType": "VerificationResult", "status": "attested", "target": [{"reference": "Practitioner/ann"}]}
    nameless = {"resourceType": "Practitioner"}
    entries = [{"resource": each} for each in ({"resourceType": "Organization", "id": "o"}, ann, bob, nameless, check)]
    (tmp_path / "b.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))

    monkeypatch.chdir(tmp_path)
    page = run(capsys, "import", "page", "p.html")
    fhir = run(capsys, "import", "fhir", "b.json")

    assert [each.strip(" -") for each in page if "own page" in each or "propia" in each] == [
        "who: la página propia de la clínica",
        "platform: the clinic's own page",
        "platform: the clinic's own page",
    ]
    assert [each.strip() for each in fhir if "who:" in each] == [
        "who: la entrada de FHIR Practitioner/ann",
        "who: la parte interesada",
        "who: la entrada de FHIR Practitioner/bob",
        "who: la entrada de FHIR Practitioner en b.json:1",
    ]


def test_a_source_named_by_a_long_path_is_cut_in_each_language(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its name in English just fits, and the Spanish one is longer."""
    entries = [{"resource": {"resourceType": each}} for each in ("Organization", "Practitioner")]
    place = "/".join(["x" * 50] * 5)
    name = place + "/" + "b" * (299 - len(f"FHIR entry Practitioner at {place}:1"))
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / name).write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
    monkeypatch.chdir(tmp_path)

    assert main(["import", "fhir", name, "--id", "o"]) == 0
    assert f"    who: FHIR entry Practitioner at {name}:1\n" in capsys.readouterr().out
    spanish = f"la entrada de FHIR Practitioner en {name}"
    assert f"    who: {spanish[:300]}" in run(capsys, "import", "fhir", name, "--id", "o")


def test_resources_of_fhir(capsys: Capture, tmp_path: Path) -> None:
    """What proves nothing, and why; and an option that no dossier takes."""
    degree = {"code": {"text": "MD"}, "issuer": {"display": "Board"}, "identifier": [{"value": "7"}]}
    check = {
        "resourceType": "VerificationResult", "id": "v", "status": "val-fail", "statusDate": "2026-10-01",
        "target": [{"reference": "Practitioner/p"}], "nextScheduled": "2027-01-01",
    }  # fmt: skip
    person = {"resourceType": "Practitioner", "id": "p", "name": [{"text": "Ann"}], "qualification": [degree]}
    resources = [{"resourceType": "Organization", "id": "o"}, person, check, check, {"resourceType": "Slot"}]
    entries = [{"resource": each} for each in resources]
    (tmp_path / "b.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))

    told = run(capsys, "import", "fhir", tmp_path / "b.json")

    what = "Practitioner.qualification[0] (MD, número 7, Board) de Ann"
    assert told[:3] == [
        (
            f"{what}: no lo ha confirmado una fuente sin nombre, el 2026-10-01 (VerificationResult/v, val-fail); "
            "es una pregunta, no un resultado"
        ),
        f"{what}: próxima comprobación el 2027-01-01 (VerificationResult/v); lo que demuestra cuenta hasta ese día",
        "1 de tipo Slot: sin leer, pues no atañen a ningún criterio",
    ]
    assert told[3].endswith(
        "se esperaba: VerificationResult/v una sola vez; en su lugar: un mapa de claves; se conserva el primero"
    )
    assert run(capsys, "import", "fhir", tmp_path / "b.json", "--id", "x" * 201)[0].startswith(
        "import fhir: --id: se esperaba: texto de 1 a 200 caracteres; en su lugar: 'xxx"
    )


def test_a_register(capsys: Capture, tmp_path: Path) -> None:
    """Rows that cannot be read, what a snapshot takes the place of, the list, and what would be lost."""
    row = "EXAMPLEROW,ANNE,,,,,,1234567893,,,,CA,,1128a1,{day},00000000,00000000,"
    rows = [LEIE, row.format(day="20200101"), row.format(day="20201399"), *[row.format(day="20200301")] * 2]
    (tmp_path / "l.csv").write_text("\n".join(rows))
    common = ("register", "import", "leie", tmp_path / "l.csv", "--db", tmp_path / "r.db", "--as-of")

    (refused, done) = run(capsys, *common, "2026-10-01")
    told = run(capsys, *common, "2026-11-01", "--errors", tmp_path / "errors.txt")

    fault = (
        f"{tmp_path / 'l.csv'}:3: EXCLDATE: se esperaba: una fecha como 2026-11-30, 11/30/2026, 20261130 "
        "o un mes como 11/2026; en su lugar: '20201399'"
    )
    assert (refused, done) == (fault, "leie  2026-10-01  filas: 3, sin leer: 1  l.csv")
    assert told[0] == "leie: desde el 2026-11-01 se consulta en lugar de 3 filas del 2026-10-01 (l.csv)"
    assert (tmp_path / "errors.txt").read_text(encoding="utf-8") == f"{fault}\n"
    assert run(capsys, "register", "list", "--db", tmp_path / "r.db") == [done, done.replace("-10-", "-11-")]
    (tmp_path / "l.csv").write_text("\n".join(rows[:2]))
    assert run(capsys, *common, "2026-11-02")[0].startswith(
        "leie: 1 filas, menos de nueve décimas partes de las 3 del 2026-11-01 ('l.csv'), que quedarían ocultas"
    )
    assert "csv                 Una tabla propia, con un mapa de columnas" in run(capsys, "register", "kinds")


@pytest.mark.parametrize(
    ("name", "english", "spanish"),
    [
        ("none.db", "there is no such database; make it with", "no existe esa base de datos; créela con"),
        ("", "is a folder; expected a database", "es una carpeta; se esperaba una base de datos"),
        ("text.db", "is no database of registers; give another", "no es una base de datos de registros; indique otra"),
    ],
)
def test_a_database_that_is_none(tmp_path: Path, name: str, english: str, spanish: str) -> None:
    """In English it is what `str` says."""
    (tmp_path / "text.db").write_text("no database at all, " * 100)

    with pytest.raises(RegisterError) as error:
        Registers.open(tmp_path / name)

    assert (english in str(error.value), said(error.value, "en")) == (True, str(error.value))
    assert spanish in said(error.value, "es")


def test_a_column_map_and_a_location(capsys: Capture, tmp_path: Path) -> None:
    """What a map lacks, and which record of a file cannot be read."""
    (tmp_path / "m.yaml").write_text("column_map: 1\nregister: ours\ntitle: T\nby: B\ncolumns: {state: S}\n")
    (tmp_path / "c.json").write_text('[{"locationId": "1-1", "name": "A"}, {"name": "B"}]')
    to = ("--db", tmp_path / "r.db", "--as-of", "2026-11-01")

    (lacking,) = run(capsys, "register", "import", "csv", HERE / "cases.py", "--map", tmp_path / "m.yaml", *to)
    refused, done = run(capsys, "register", "import", "cqc", tmp_path / "c.json", *to)

    assert lacking.endswith(
        ": se esperaba: una columna para 'number' o 'name', por las que se encuentran las filas; "
        "en su lugar: un mapa de claves"
    )
    assert ": ficha 2: se esperaba: un centro de la API de CQC; en su lugar: " in refused
    assert done == "cqc  2026-11-01  filas: 1, sin leer: 1  c.json"
