"""Titles around a name: they hide no listed person, accuse nobody else, and eat no name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from cases import HERE

from clinic_vetting import Clinic, Kind, Licence, Practitioner, Source
from clinic_vetting.clinic import Action
from clinic_vetting.registers import Registers, enrich, families, names
from clinic_vetting.registers.absence import _can_be_searched
from clinic_vetting.registers.column_map import column_map, options_of
from clinic_vetting.registers.likeness import Likeness, likeness
from clinic_vetting.registers.name_keys import KEY, keys, search_keys
from clinic_vetting.registers.sounds import sound

AS_OF = dt.date(2026, 11, 1)
SITE = Source("site", Kind.CLAIM, "the clinic's website", dt.date(2026, 10, 1))
LEIE = HERE / "fixtures/registers/leie/UPDATED.csv"
COLLEGE = {
    "column_map": 1,
    "register": "college",
    "title": "College of Samples",
    "by": "Colegio X",
    "columns": {"number": "Number", "name": "Name", "action": "Outcome"},
    "meanings": [{"words": ["Inhabilitación"], "action": "suspension"}],
}
IN_FRONT = [
    *["Dr.", "Dra.", "Dr.ª", "Doctor", "Doctora", "Sr.", "Sra.", "Sr.ª", "Srta.", "Don", "Doña", "D.", "D.ª", "Dª"],
    *["Dña.", "Lic.", "Licda.", "Lcda.", "Lcdo.", "Ldo.", "Lda.", "Enf.", "Enfermera", "Enfermero", "Sra. Dra. Dña."],
    *["Nurse", "Nurse Practitioner", "Sister", "Matron", "Sir", "Dame", "Rev.", "Mx", "Prof. Dr. med.", "Herr", "Frau"],
    *["Frau Dr.", "Mme", "M.", "Mlle", "Dott.", "Dott.ssa", "Sig.", "Sig.ra", "Prof.ª", "DRA.", "enfermera"],
]
BEHIND = [
    *["DDS", "DMD", "NP", "PA-C", "RN", "RN, BSN", "FRCS", "FNP-BC", "MD PhD", "MSc, PhD", "DO", "RN, Aesthetic Nurse"],
    *["Dra.", "enfermera", "Registered Nurse", "MA"],
]


def clinic(name: str, authority: str, number: str) -> Clinic:
    """Make a clinic with one injector."""
    licence = Licence(authority=authority, number=number, source=SITE)
    return Clinic(id="c", practitioners=(Practitioner(name=name, licences=(licence,)),))


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registers]:
    """Give a database of a college's decisions, one row with a title and one without, and of exclusions."""
    place = tmp_path_factory.mktemp("titles")
    rows = ["28001,Ana Muestra Ejemplo", "28002,Dña. Eva Muestra Ejemplo", "28003,Don Sample Name"]
    (place / "t.csv").write_text("Number,Name,Outcome\n" + "".join(f"{each},Inhabilitación\n" for each in rows))
    with Registers.open(place / "r.db", create=True) as opened:
        opened.add("csv", place / "t.csv", AS_OF, options=options_of(column_map(COLLEGE)))
        opened.add("leie", LEIE, AS_OF)
        yield opened


@pytest.mark.parametrize("name", [f"{each} Ana Muestra Ejemplo" for each in IN_FRONT])
def test_a_title_in_front_hides_nobody(registers: Registers, name: str) -> None:
    """Neither by number nor by name alone."""
    found = enrich(clinic(name, "Colegio X", "28001"), registers)
    asked = enrich(Clinic(id="c", practitioners=(Practitioner(name=name),)), registers)

    assert [(each.action, each.practitioner) for each in found.sanctions] == [(Action.SUSPENSION, name)]
    assert "Ana Muestra Ejemplo" in [each.name for each in asked.possible_matches]


@pytest.mark.parametrize("end", [f" {each}" for each in BEHIND[:11]])
def test_credentials_behind_a_name_hide_nobody(registers: Registers, end: str) -> None:
    """Without a comma."""
    found = enrich(clinic(f"Ana Muestra Ejemplo{end}", "Colegio X", "28001"), registers)

    assert [each.action for each in found.sanctions] == [Action.SUSPENSION]


@pytest.mark.parametrize("end", BEHIND)
def test_a_profession_behind_a_comma_is_no_given_name(registers: Registers, end: str) -> None:
    """Whatever its letters."""
    found = enrich(clinic(f"Ana Muestra Ejemplo, {end}", "Colegio X", "28001"), registers)

    assert [each.action for each in found.sanctions] == [Action.SUSPENSION]


@pytest.mark.parametrize("name", ["Nurse Anne Examplerow", "Sister Anne Examplerow, RN", "Examplerow, Nurse Anne"])
def test_a_title_hides_nobody_who_is_excluded(registers: Registers, name: str) -> None:
    """By NPI."""
    assert [each.action for each in enrich(clinic(name, "NPI", "1234567893"), registers).sanctions] == [
        Action.EXCLUSION
    ]


@pytest.mark.parametrize("name", ["Eva Muestra Ejemplo", "Dra. Eva Muestra Ejemplo", "Muestra Ejemplo, Sra. Eva"])
def test_a_title_of_a_row_hides_nobody(registers: Registers, name: str) -> None:
    """Its keys are those of the name."""
    found = enrich(clinic(name, "Colegio X", "28002"), registers)
    asked = enrich(Clinic(id="c", practitioners=(Practitioner(name=name),)), registers)

    assert [each.practitioner for each in found.sanctions] == [name]
    assert "Dña. Eva Muestra Ejemplo" in [each.name for each in asked.possible_matches]


@pytest.mark.parametrize("name", ["Don Sample Name", "Don Name", "D. Name", "Name, Don", "Sample Name"])
def test_a_word_that_may_be_a_title_is_read_both_ways(registers: Registers, name: str) -> None:
    """As the given name that it may be, and without it."""
    asked = enrich(Clinic(id="c", practitioners=(Practitioner(name=name),)), registers)

    assert "Don Sample Name" in [each.name for each in asked.possible_matches]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Dra. Luz Muestra Ejemplo", "28001"),
        ("Don Luis Muestra Ejemplo", "28001"),
        ("Sister Ejemplo", "28001"),
        ("Nurse Ana Otra", "28001"),
        ("Ann Name", "28003"),
        ("Doctora", "28003"),
    ],
)
def test_a_title_accuses_nobody_else(registers: Registers, name: str, number: str) -> None:
    """Under another's number there is a question."""
    found = enrich(clinic(name, "Colegio X", number), registers)

    assert not found.sanctions
    assert found.possible_matches


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Anh Do", "DO, ANH", Likeness.SAME),
        ("Dr. Anh Do", "Anh Do", Likeness.SAME),
        ("Linh Thi Do", "DO, LINH T", Likeness.SAME),
        ("Don Sample", "SAMPLE, DON", Likeness.SAME),
        ("Don A Sample", "SAMPLE, DON ALAN", Likeness.SAME),
        ("Sister Sample", "Sample, Sister", Likeness.SAME),
        ("Anne Prince", "PRINCE, ANNE", Likeness.SAME),
        ("Prince A Sample", "Sample, Prince", Likeness.SAME),
        ("Nurse A. Sample", "Anne Sample", Likeness.INITIAL),
        ("Pa Houa Sample", "SAMPLE, PA HOUA", Likeness.SAME),
        ("Julia Miss", "MISS, JULIA", Likeness.SAME),
        ("Dr Julia Miss", "MISS, JULIA", Likeness.SAME),
        ("Julia Miss RN", "MISS, JULIA", Likeness.SAME),
        ("Md Sample MBBS", "SAMPLE, MD", Likeness.SAME),
        ("Dr. Md. Sample, MBBS", "SAMPLE, MD", Likeness.SAME),
        ("Md Sample", "SAMPLE, MD", Likeness.SAME),
        ("JR Sample", "SAMPLE, JR", Likeness.SAME),
        ("J. R. Sample", "SAMPLE, JR", Likeness.SAME),
        ("Dr Sample", "SAMPLE, DAVID", None),
        ("Dr. Sample", "Sample, Dr.", Likeness.SAME),
        ("Don A Sample", "Alice Sample", None),
        ("Sample, Don A", "Alice Sample", None),
        ("M. J. Sample", "John Sample", None),
        ("Don Sample", "Anne Sample", None),
        ("Dr. Do", "Anne Sample", None),
    ],
)
def test_a_title_eats_no_name(one: str, other: str, expected: Likeness | None) -> None:
    """It stays a name where no two others remain, and before an initial where it is a given name."""
    first, second = names.read(one), names.read(other)

    assert expected is likeness(first, second)
    assert expected is likeness(second, first)
    assert expected is None or (families.agree(first, second) and families.agree(second, first))
    assert expected is None or set(keys(second)) & set(search_keys(first))
    assert expected is None or set(keys(first)) & set(search_keys(second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne O Sample", "O'SAMPLE, ANNE"),
        ("Maria de la Sample", "DELASAMPLE, MARIA"),
        ("Dr. Jan van der Sample", "VANDERSAMPLE, JAN P"),
        ("Mc Sample, Anne", "MCSAMPLE, ANNE"),
    ],
)
def test_a_name_that_a_register_writes_as_one_word_is_found(one: str, other: str) -> None:
    """Short words in front of a family name are a part of it for one, and words of their own for another."""
    first, second = names.read(one), names.read(other)

    assert likeness(first, second) is Likeness.SAME
    assert set(keys(second)) & set(search_keys(first))


def test_a_name_is_found_in_a_database_that_has_kept_its_title_as_a_name() -> None:
    """Databases were filled while fewer titles were known."""
    kept = {f"{KEY}{sound('muestra')}d"}

    assert kept <= set(search_keys(names.read("Dra. Ana Muestra")))
    assert kept <= set(search_keys(names.read("Muestra, Dra. Ana")))


def test_only_a_full_name_can_be_searched_for_absence() -> None:
    """Whichever way it is read: a title does not make up for a given name."""
    people = [clinic(name, "NPI", "1234567893").practitioners[0] for name in ("Sister Anne Sample", "Sister A. Sample")]

    assert [_can_be_searched(each, ("NPI",)) for each in people] == [True, False]
