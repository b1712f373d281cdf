"""When the silence of the exclusions list counts: for nobody who may stand on it, however the name is written."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from cases import DAY, HERE
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Answer,
    Clinic,
    Fault,
    InputError,
    Kind,
    Licence,
    Practitioner,
    RegisterError,
    Registration,
    RegistrationKind,
    Source,
)
from clinic_vetting.cli import main
from clinic_vetting.registers import Registers, enrich, spelling

HEADER = (HERE / "fixtures/registers/leie/UPDATED.csv").read_text().splitlines()[0]
AS_OF = dt.date(2026, 11, 1)
SITE = Source("site", Kind.CLAIM, "the clinic's website", dt.date(2026, 10, 1))
SANCTIONS = "credentials.no_active_sanctions"
NPI, OTHER = "1234567893", "1000000004"
Capture = pytest.CaptureFixture[str]


def row(name: str, npi: str = "0000000000", day: str = "20190420", ended: str = "00000000", firm: str = "") -> str:
    """Make a row of a nurse in Texas, `FAMILY,GIVEN`."""
    return f"{name},,{firm},MED,PHYS,,{npi},19700101,2 S,S,TX,90001,1128b4,{day},{ended},00000000,\n"


def listed(tmp_path: Path, *rows: str, name: str = "UPDATED.csv") -> Path:
    """Write a list that spans decades, with some rows."""
    path = tmp_path / name
    path.write_text(f"{HEADER}\n{row('OLDEST,BOB', day='19900101')}{''.join(rows)}{row('ROE,BOB')}", encoding="utf-8")
    return path


@pytest.fixture
def registers(tmp_path: Path) -> Iterator[Registers]:
    """Give an empty database."""
    with Registers.open(tmp_path / "registers.db", create=True) as opened:
        yield opened


def whole(registers: Registers, path: Path, as_of: dt.date = AS_OF, **more: Any) -> list[Fault]:
    """Import a whole list; give its faults."""
    faults: list[Fault] = []
    registers.add("leie", path, as_of, whole=True, tell=faults.append, **more)
    return faults


def clinic(name: str | None, number: str = OTHER, authority: str = "NPI", **more: Any) -> Clinic:
    """Make a clinic in California with one practitioner."""
    person = Practitioner(name=name, licences=(Licence(authority=authority, number=number, source=SITE),))
    return Clinic(**{"id": "c", "country": "US", "region": "US-CA", "practitioners": (person,), **more})


def answer(registers: Registers, one: Clinic) -> list[Answer]:
    """Give what the list answers."""
    return [each.answer for each in enrich(one, registers).answers.get(SANCTIONS, ())]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)
FAMILIES = st.lists(LETTERS, min_size=1, max_size=3)
ACCENTED = str.maketrans("aeiounc", "áèïôüñç")


@st.composite
def written(draw: st.DrawFn, parts: list[str]) -> str:
    """Write a family name otherwise: a letter slipped, the words parted elsewhere, accents, case, words around."""
    name = "".join(parts)
    at, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from("abkz"))
    slipped = [name, name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :]]
    slipped += [name[:at] + name[at + 1 :], name[:at] + name[at : at + 2][::-1] + name[at + 2 :]]
    name = draw(st.sampled_from([each for each in slipped if len(each) > 1]))
    cut = draw(st.integers(0, len(name)))
    name = f"{name[:cut]}{draw(st.sampled_from(('', ' ', '-', ' ', '  ')))}{name[cut:]}".strip(" -")
    name = draw(st.sampled_from((name, name.upper(), name.title(), name.translate(ACCENTED))))
    return draw(
        st.sampled_from(("{}", "Jane {}", "{}, Jane", "Dr. Jane {}, RN", "Nan Q. {}-Smith", "Jane Roe {}"))
    ).format(name)


@given(st.data(), FAMILIES)
def test_no_way_of_writing_a_listed_name_stays_unseen(data: st.DataObject, parts: list[str]) -> None:
    """One letter more, less, other or changed places; joined or parted; cut off at the field; whatever is around it."""
    kept = " ".join(parts).upper()[: spelling.FIELD]
    name = data.draw(written(parts))

    assert set(spelling.keys(kept)) & set(spelling.search_keys(name)), (kept, name)


@given(FAMILIES)
def test_a_name_that_fills_its_field_may_be_the_beginning_of_a_longer_one(parts: list[str]) -> None:
    """Even its last word alone."""
    cut = " ".join(parts).upper().ljust(spelling.FIELD, "X")[: spelling.FIELD]
    last = cut.split()[-1]

    assert len(last) < 2 or set(spelling.keys(cut)) & set(spelling.search_keys(f"Jane {last}ingham"))


ALIKE = {
    "DELACRUZ": ("Jane de la Cruz",), "VANDERBERG": ("Jane van der Berg",), "DELAO": ("Jane Delao", "Jane De La O Roe"),
    "ABD AL RAHMAN": ("Jane Abdulrahman",), "WOLFESCHLEGELSTEINHA": ("Anna Wolfeschlegelsteinhausen",),
    "MUELLER": ("Jane Muller", "Jane Müller"), "GONZALEZ": ("Jane Gonzales",), "MACDONALD": ("Jane McDonald",),
    "THOMPSON": ("Jane Thomson",), "STEPHENS": ("Bill Stevens",), "SMITH": ("Jane Smythe",), "NUÑEZ": ("Jane Nunez",),
    "DO PHAM": ("Anna Do",), "NG": ("Anna Ny",), "PHILIPS": ("Jane Filips",),
}  # fmt: skip


@pytest.mark.parametrize(("family", "name"), [(family, name) for family, several in ALIKE.items() for name in several])
def test_absence_says_nothing_of_a_name_that_is_alike(
    registers: Registers, tmp_path: Path, family: str, name: str
) -> None:
    """Whatever the given name and the state."""
    assert not whole(registers, listed(tmp_path, row(f"{family},WILLIAM")))

    assert not answer(registers, clinic(name))
    assert answer(registers, clinic("Solveig Kvikstad")) == [Answer.YES]


UNSEARCHED = ("Jane O", "Jane Q. X.", "Solveig " + "Kvikstad " * 12, "I. Kvikstad", "Solveig Kvikst\u0430d")


@pytest.mark.parametrize("name", UNSEARCHED)
def test_a_name_that_cannot_be_searched_answers_nothing(registers: Registers, tmp_path: Path, name: str) -> None:
    """An initial, too many words, another script."""
    whole(registers, listed(tmp_path))

    assert not answer(registers, clinic(name))


@pytest.mark.parametrize("family", ["NU?EZ", "NU\ufffdEZ", "NUÃ‘EZ", "NU¥EZ", "DОE", "D0E", "(?)"])  # noqa: RUF001 - as they come
def test_a_list_with_a_damaged_name_answers_nothing(registers: Registers, tmp_path: Path, family: str) -> None:
    """It is told; the row itself is kept, and found by its number."""
    faults = whole(registers, listed(tmp_path, row(f"{family},JANE", NPI)))

    assert [(each.line, each.path, each.expected) for each in faults] == [(3, "LASTNAME", "a name in Latin letters")]
    assert not answer(registers, clinic("Solveig Kvikstad"))
    assert [each.place for each in enrich(clinic("Solveig Kvikstad", NPI), registers).possible_matches] == [
        "UPDATED.csv:3"
    ]


@pytest.mark.parametrize(
    ("firm", "count"), [("1 BEST/CARE #2, INC?", 0), ("CAF\ufffd LLC", 1), ("CAFÃ© LLC", 1), ("101", 0)]
)
def test_a_firms_name_may_have_signs(registers: Registers, tmp_path: Path, firm: str, count: int) -> None:
    """But no letter that is lost."""
    faults = whole(registers, listed(tmp_path, row(",", firm=f'"{firm}"')))

    assert [each.path for each in faults] == ["BUSNAME"] * count


def test_an_open_quote_swallows_no_row(registers: Registers, tmp_path: Path) -> None:
    """The publisher breaks no line inside a field: it is a fault, and the rows behind it are read."""
    swallowing = (row('FIRST,AMY,"M').replace('"M,', '"M'), row("DOE,JANE"), row("OTHER,X").replace("X,,", 'X,Y",'))
    faults = whole(registers, listed(tmp_path, *swallowing))
    (snapshot,) = registers.snapshots()

    assert [(each.line, each.got) for each in faults] == [(3, "a quote without its end")]
    assert (snapshot.rows, snapshot.refused, snapshot.complete) == (4, 1, False)
    assert enrich(clinic("Jane Doe", region="US-TX"), registers).possible_matches


def test_a_list_that_is_cut_off_is_refused(registers: Registers, tmp_path: Path, capsys: Capture) -> None:
    """Fewer than nine tenths of the rows before it, of the same day or an earlier one; who knows better says so."""
    long = listed(tmp_path, *(row(f"NAME{chr(97 + n)},JOE") for n in range(18)), name="long.csv")
    short, nearly = listed(tmp_path, name="short.csv"), listed(tmp_path, *[row("X,JOE")] * 16, name="nearly.csv")
    whole(registers, long)
    expected = r"leie: 2 rows, fewer than nine tenths of the 20 as of 2026-11-01 \('long.csv'\), which they would hide"

    for day in (AS_OF, DAY):
        with pytest.raises(RegisterError, match=expected):
            whole(registers, short, day)
    assert [each.rows for each in registers.snapshots()] == [20]
    assert not whole(registers, short, AS_OF - dt.timedelta(1))
    assert not whole(registers, nearly, DAY)
    command = ["register", "import", "leie", str(short), "--as-of", "2026-11-20", "--whole", "--db"]
    assert main([*command, str(tmp_path / "registers.db")]) == 2
    assert "or say --fewer if it is right" in capsys.readouterr().err
    assert main([*command, str(tmp_path / "registers.db"), "--fewer"]) == 0


def test_a_zip_with_several_tables_is_no_whole_list(registers: Registers, tmp_path: Path) -> None:
    """Only the largest is read: the others are told."""
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as packed:
        packed.write(listed(tmp_path, row("DOE,JANE")), "a.csv")
        packed.writestr("b.csv", f"{HEADER}\n{row('DOE,JANE', NPI)}")
    notes: list[str] = []

    with pytest.raises(InputError, match=r"expected one table in the zip, as --whole says, got others .* 'b.csv'"):
        whole(registers, tmp_path / "list.zip")
    registers.add("leie", tmp_path / "list.zip", AS_OF, note=notes.append)
    assert [each.endswith("only the largest table of the zip is read; left out: 'b.csv'") for each in notes] == [True]


def test_a_part_hides_no_list_without_a_word(registers: Registers, tmp_path: Path) -> None:
    """A supplement is refused, though the list was not said to be whole; and of any register it is told."""
    supplement = tmp_path / "supplement.csv"
    supplement.write_text(f"{HEADER}\n{row('NEW,X', day='20261001')}")
    registers.add("leie", listed(tmp_path, row("DOE,JANE", NPI)), AS_OF)
    notes: list[str] = []

    for day in (AS_OF, DAY):
        with pytest.raises(RegisterError, match="1 rows, fewer than nine tenths of the 3 as of 2026-11-01"):
            registers.add("leie", supplement, day)
    assert enrich(clinic("Jane Doe", NPI), registers).sanctions
    for day in (DAY, AS_OF, AS_OF):
        registers.add("leie", supplement, day, fewer=True, note=notes.append)
    assert notes == [
        "leie: from 2026-11-21 on it is looked up instead of 3 rows as of 2026-11-01 (UPDATED.csv)",
        "leie: took the place of 3 rows as of 2026-11-01 (UPDATED.csv)",
        "leie: from 2026-11-21 on it is not looked up, but 1 row as of 2026-11-21 (supplement.csv)",
        "leie: from 2026-11-21 on it is not looked up, but 1 row as of 2026-11-21 (supplement.csv)",
    ]


COUNCIL = {"column_map": 1, "title": "C", "by": "C", "columns": {"number": "No"}}


def test_no_other_table_takes_a_registers_name(registers: Registers, tmp_path: Path) -> None:
    """Neither by its map nor by hand: it would destroy the list, or hide it."""
    table = tmp_path / "c.csv"
    table.write_text("No\nCL-1\n")
    registers.add("leie", listed(tmp_path), AS_OF)

    with pytest.raises(InputError, match="register: expected a name of its own: this one is an official register's"):
        registers.add("csv", table, AS_OF, options={"register": "cc", "map": {**COUNCIL, "register": "leie"}})
    with pytest.raises(RegisterError, match="leie: is the name of an official register; give the table another"):
        registers.add("csv", table, DAY, options={"register": "leie", "map": {**COUNCIL, "register": "cc"}})
    registers.add("csv", table, AS_OF, options={"register": "cc", "map": {**COUNCIL, "register": "cc"}})
    with pytest.raises(RegisterError, match=r"cc: holds snapshots of another kind \(csv\); give another name"):
        registers.add("leie", listed(tmp_path), DAY, options={"register": "cc"})
    assert [each.register for each in registers.snapshots()] == ["cc", "leie"]


AUTHORITIES = ("N.P.I.", "npi number", "US NPI", "National Provider Identifier", "ＮＰＩ", "Board of Elsewhere")  # noqa: RUF001 - as people type it


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_listed_number_is_found_under_whatever_authority(
    registers: Registers, tmp_path: Path, authority: str
) -> None:
    """Another number that is not listed does not clear its owner."""
    whole(registers, listed(tmp_path, row("MAIDEN,JANE", NPI)))
    ours = clinic("Jane Kvikstad", NPI, authority)
    second = Licence(authority="NPI", number=OTHER, source=SITE)
    person = attrs.evolve(ours.practitioners[0], licences=(*ours.practitioners[0].licences, second))
    found = enrich(attrs.evolve(ours, practitioners=(person,)), registers)

    assert [each.name for each in found.possible_matches] == ["MAIDEN, JANE"]
    assert not found.answers


def test_the_clinics_own_number_is_looked_up(registers: Registers, tmp_path: Path) -> None:
    """A listed firm is a question, and no answer."""
    whole(registers, listed(tmp_path, row(",", NPI, firm="BAD CLINIC LLC")))
    own = Registration(kind=RegistrationKind.PREMISES, body="NPI", number=NPI, source=SITE)
    found = enrich(clinic("Solveig Kvikstad", registrations=(own,)), registers)

    assert [(each.about, each.name) for each in found.possible_matches] == [("NPI", "BAD CLINIC LLC")]
    assert found.possible_matches[0].ask == f"The number {NPI} is listed, as the NPI of that name. Whose number is it?"
    assert not found.answers


def test_an_end_before_the_beginning_does_not_clear(registers: Registers, tmp_path: Path) -> None:
    """An earlier exclusion ended, most likely: it is in force, and asked about."""
    whole(registers, listed(tmp_path, row("DOE,JANE", NPI, ended="20190101")))
    found = enrich(clinic("Jane Doe", NPI), registers)

    assert [each.ended for each in found.sanctions] == [None]
    assert [each.ask.split(",")[0] for each in found.possible_matches] == ["By this row it ended before it began"]
    assert "bears the number of Jane Doe" in str(found.possible_matches[0])


def test_memory_stays_flat_and_nobody_is_forgotten(
    registers: Registers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a name may be spelt is kept once, and again where too many names lie between."""
    monkeypatch.setattr("clinic_vetting.registers.exclusions._MOST_KNOWN", 2)
    names = ("DOE", "OTHER", "DOE", "DOE", "THIRD", "FOURTH")
    whole(registers, listed(tmp_path, *(row(f"{each},JANE") for each in names)))

    assert [answer(registers, clinic(f"Jane {each}")) for each in names] == [[]] * len(names)
    assert answer(registers, clinic("Solveig Kvikstad")) == [Answer.YES]
