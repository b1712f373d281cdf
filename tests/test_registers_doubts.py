"""Rows that may be another's, or say what cannot be: each is a question, never an accusation and never a pardon."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, HERE, mesotherapy

from clinic_vetting import (
    Clinic,
    Kind,
    Licence,
    Outcome,
    Practitioner,
    RegisterError,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Source,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.clinic import Action
from clinic_vetting.errors import InputError
from clinic_vetting.registers import Registers, enrich
from clinic_vetting.registers.column_map import column_map
from clinic_vetting.words import again

AS_OF = dt.date(2026, 11, 1)
SITE = Source("site", Kind.CLAIM, "the clinic's website", dt.date(2026, 10, 1))
SANCTIONS = "credentials.no_active_sanctions"
ACCREDITED = "credentials.independent_accreditation"
LEIE = HERE / "fixtures/registers/leie/UPDATED.csv"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def registers(tmp_path: Path) -> Iterator[Registers]:
    """Give an empty database."""
    with Registers.open(tmp_path / "registers.db", create=True) as opened:
        yield opened


def person(name: str | None, number: str, authority: str = "Council") -> Practitioner:
    """Make a practitioner with a number."""
    return Practitioner(name=name, licences=(Licence(authority=authority, number=number, source=SITE),))


def clinic(*people: Practitioner) -> Clinic:
    """Make a clinic in California."""
    return Clinic(id="c", country="US", region="US-CA", practitioners=people)


def outcome(one: Clinic, criterion: str = SANCTIONS) -> Outcome:
    """Give what a criterion comes to."""
    return vet(one, mesotherapy(), as_of=DAY).finding(criterion).outcome


COUNCIL: dict[str, Any] = {
    "column_map": 1, "register": "cc", "title": "C", "by": "Council", "dates": "uk",
    "columns": {"number": "No", "name": "Name", "action": "Act", "decided": "From", "ended": "To"},
    "meanings": [{"words": ["Suspended"], "action": "suspension"}, {"words": ["Charged"], "action": "allegation"}],
}  # fmt: skip


def council(registers: Registers, rows: str, *people: Practitioner, **more: Any) -> Clinic:
    """Look people up in a table of one's own."""
    path = Path(registers._database.path).with_name("c.csv")  # noqa: SLF001 - beside it
    path.write_text(f"No,Name,Act,From,To\n{rows}", encoding="utf-8")
    registers.add("csv", path, AS_OF, options={"register": "cc", "map": {**COUNCIL, **more}})
    return enrich(clinic(*people), registers)


@pytest.mark.parametrize("name", ["Иван Петров", "王小明", "Robert Doe", "Doe Clinic Ltd"])
def test_a_name_that_is_another_or_cannot_be_read_does_not_agree(registers: Registers, name: str) -> None:
    """Under the person's number it is a question; the very same name, in whatever script, is a statement."""
    doubtful = council(registers, f"CL-1,{name},Suspended,03/04/2026,\n", person("Jane Doe", "CL-1"))
    same = council(registers, f"CL-1,{name},Suspended,03/04/2026,\n", person(name, "CL-1"))

    assert not doubtful.sanctions
    assert [each.name for each in doubtful.possible_matches] == [name]
    assert [each.action for each in same.sanctions] == [Action.SUSPENSION]


@pytest.mark.parametrize("number", ["0", "000000", "A00000", "\u0660\u0660", "pending"])
def test_zeros_are_no_number(registers: Registers, number: str) -> None:
    """Neither in a table of one's own nor in a board's: whoever has none would be the same person."""
    rows = f"{number},,Suspended,03/04/2026,\nCL-1,,Charged,03/04/2026,\n"
    board = Path(registers._database.path).with_name("b.csv")  # noqa: SLF001 - beside it
    board.write_text(f"license,action_type,action_date\n{number},Revoked,2020-01-01\nA1,Revoked,2020-01-01\n")
    registers.add("ca-board", board, AS_OF)
    found = council(registers, rows, person("Jane Doe", number), person("Jane Roe", number, "MBC"))

    assert (found.sanctions, found.possible_matches) == ((), ())
    assert [each.refused for each in registers.snapshots()] == [1, 1]


def test_a_number_with_a_known_form_is_found_however_it_is_parted(registers: Registers) -> None:
    """Where the authority's numbers have one, dashes do not count."""
    row = "1234567893,Jane Doe,Suspended,03/04/2026,\n"
    found = council(registers, row, person("Jane Doe", "1234-567-893", "NPI"), authorities=["NPI"])

    assert [each.action for each in found.sanctions] == [Action.SUSPENSION]


def test_a_word_has_one_meaning() -> None:
    """Else the first would win, and a suspension be lost; to say the same twice is no fault."""
    active = {"words": ["Suspended "], "status": "active"}
    again = {"words": ["SUSPENDED"], "action": "suspension"}

    with pytest.raises(InputError, match="meanings: expected one meaning of each word, and 'Suspended' has two"):
        column_map({**COUNCIL, "meanings": [*COUNCIL["meanings"], active]})
    assert column_map({**COUNCIL, "meanings": [*COUNCIL["meanings"], again]}).meaning("suspended") is not None


def test_an_end_before_the_beginning_is_in_force_and_asked_about(registers: Registers) -> None:
    """Not history."""
    found = council(registers, "CL-1,Jane Doe,Suspended,03/04/2026,03/04/2025\n", person("Jane Doe", "CL-1"))

    assert [each.ended for each in found.sanctions] == [None]
    assert [each.ask.split(",")[0] for each in found.possible_matches] == ["By this row it ended before it began"]
    assert outcome(found) is Outcome.FAILED


@pytest.mark.parametrize("row", ["", "CL-99"])
def test_a_name_is_asked_about_where_no_number_was_found(registers: Registers, row: str) -> None:
    """The clinic's own number does not silence a row of that name; a number that is found does."""
    rows = f"{row},Rita Blank,Suspended,01/02/2026,\nCL-2,Rita Blank,Charged,01/02/2020,\n"
    asked = council(registers, rows, person("Rita Blank", "CL-1"))
    found = council(registers, rows, person("Rita Blank", "CL-2"))

    assert not asked.sanctions
    assert {each.name for each in asked.possible_matches} == {"Rita Blank"}
    assert outcome(asked) is Outcome.UNKNOWN
    assert [each.action for each in found.sanctions] == [Action.ALLEGATION]
    assert not found.possible_matches


@pytest.mark.parametrize(
    ("waived", "action"),
    [("20180301", Action.CONDITIONS), ("20290101", Action.EXCLUSION), ("20100101", Action.EXCLUSION)],
)
def test_a_waiver_follows_what_it_waives_and_has_begun(
    registers: Registers, tmp_path: Path, waived: str, action: Action
) -> None:
    """One that is to come, or older than the exclusion, restricts nothing less."""
    head, *rows = LEIE.read_text(encoding="utf-8").splitlines()
    row = next(each for each in rows if "20180301" in each)
    (tmp_path / "UPDATED.csv").write_text(f"{head}\n{row.replace('20180301', waived)}\n", encoding="utf-8")
    registers.add("leie", tmp_path / "UPDATED.csv", AS_OF)
    seen = enrich(clinic(person("Emil Waived", "1000000020", "NPI")), registers)

    assert [each.action for each in seen.sanctions] == [action]


def test_a_decision_is_not_crowded_out(registers: Registers) -> None:
    """Of more than a dossier may hold, decisions come first, the last to end before the others; then allegations."""
    days = [f"{1 + n % 28:02d}/{1 + n // 28:02d}" for n in range(250)]
    charged = "".join(f"CL-1,Jane Doe,Charged,{day}/2020,\n" for day in days)
    over = "".join(f"CL-1,Jane Doe,Suspended,01/01/2000,{day}/2020\n" for day in days[:199])
    rows = f"{charged}{over}CL-2,Bob Roe,Suspended,03/04/2026,01/01/2029\nCL-2,Bob Roe,Suspended,03/04/2026,\n"
    found = council(registers, rows, person("Jane Doe", "CL-1"), person("Bob Roe", "CL-2"))

    assert len(found.sanctions) == 200
    assert {each.action for each in found.sanctions} == {Action.SUSPENSION}
    assert [each.ended for each in found.sanctions[:2]] == [None, dt.date(2029, 1, 1)]
    assert outcome(found) is Outcome.FAILED


def board(registers: Registers, *alerts: str) -> Clinic:
    """Look a licence up among alerts, `action,day`."""
    path = Path(registers._database.path).with_name("b.csv")  # noqa: SLF001 - beside it
    path.write_text("license,action_type,action_date\n" + "".join(f"A1,{each}\n" for each in alerts))
    registers.add("ca-board", path, AS_OF, fewer=True)
    return enrich(clinic(person("Jane Doe", "A1", "MBC")), registers)


@pytest.mark.parametrize(
    ("alerts", "ended", "because"),
    [
        (("Suspended,2010-01-01", "Accusation Dismissed,2011-01-01"), dt.date(2011, 1, 1), "withdrawn or dismissed"),
        (("Revoked,2010-01-01", "Reinstated,2015-01-01"), dt.date(2015, 1, 1), "The licence was given back"),
        (("Suspended,2010-01-01", "Public Reprimand,2010-01-01"), dt.date(2010, 1, 1), "is of the same day"),
        (("Suspended,2010-01-01", "Public Reprimand,2010-01-02"), dt.date(2010, 1, 2), ""),
        (("Revoked,2010-01-01", "Accusation Dismissed,2011-01-01"), None, ""),
        (("Suspended,2010-01-01", "Reinstated,2009-01-01"), None, ""),
    ],
)  # fmt: skip
def test_what_ends_an_order_does_so_in_whatever_row(
    registers: Registers, alerts: tuple[str, ...], ended: dt.date | None, because: str
) -> None:
    """The order of rows does not decide; an end that is not plainly one is asked about."""
    found = [board(registers, *each) for each in (alerts, reversed(alerts))]

    assert [{each.ended for each in one.sanctions if each.action is not Action.REPRIMAND} for one in found] == [
        {ended}
    ] * 2
    for one in found:
        assert [because in each.ask for each in one.possible_matches] == [True] * bool(because)


LOCATIONS = "Location ID,Location Name,Location Latest Overall Rating,Publication Date"


def cqc(registers: Registers, data: str | dict[str, Any], name: str | None = "Skin Clinic") -> Clinic:
    """Look a location up; of the record of the register only."""
    path = Path(registers._database.path).with_name("cqc")  # noqa: SLF001 - beside it
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    registers.add("cqc", path, AS_OF)
    ours = Registration(kind=RegistrationKind.PREMISES, body="CQC", number="1-1", source=SITE)
    return enrich(Clinic(id="c", name=name, country="GB", registrations=(ours,)), registers)


def record(**more: str) -> dict[str, Any]:
    """Make a record of the API, rated good."""
    overall = {"rating": "Good", "reportDate": more.pop("rated", "2026-01-01")}
    return {"locationId": "1-1", "name": "Skin Clinic", "currentRatings": {"overall": overall}, **more}


REGISTERED, CANCELLED = RegistrationStatus.REGISTERED, RegistrationStatus.CANCELLED
GONE = {"registrationStatus": "Deregistered", "deregistrationDate": "2026-02-01"}


@pytest.mark.parametrize(
    ("data", "status", "rated", "asked"),
    [
        (record(registrationStatus="Registered"), REGISTERED, True, ""),
        (record(), None, True, ""),
        (record(registrationStatus="Something"), None, True, ""),
        (record(**GONE), CANCELLED, False, ""),
        (record(**{**GONE, "registrationStatus": "Registered"}), None, False, "and that this ended"),
        (record(registrationStatus="Registered", deregistrationDate="2027-02-01"), REGISTERED, False, ""),
        (record(registrationStatus="Registered", rated="2099-01-01"), REGISTERED, False, "lies after the snapshot"),
        (f"{LOCATIONS}\n1-1,Skin Clinic,Good,2026-01-01\n", None, True, ""),
        (f"{LOCATIONS},Location HSCA end date\n1-1,Skin Clinic,Good,2026-01-01,\n", REGISTERED, True, ""),
        (f"{LOCATIONS},Location HSCA end date\n1-1,Skin Clinic,Good,2026-01-01,2026-02-01\n", CANCELLED, False, ""),
    ],
)  # fmt: skip
def test_a_location_says_what_its_record_says_and_no_more(
    registers: Registers, data: Any, status: Any, rated: Any, asked: str
) -> None:
    """Without a status it is neither registered nor cancelled; what contradicts itself is asked about."""
    found = cqc(registers, data)

    assert [each.status for each in found.registrations[1:]] == [status]
    assert (ACCREDITED in found.answers) is rated
    assert [asked in each.ask for each in found.possible_matches] == [True] * bool(asked)


@pytest.mark.parametrize(
    ("name", "agrees"),
    [("Skin Clinic", True), ("Skin Clinic Ltd", True), ("Skin Clinic Leeds", True), (None, True), ("Skin", False),
     ("St Elsewhere Hospital", False), ("Hair Clinic", False)],
)  # fmt: skip
def test_a_location_number_needs_the_name(registers: Registers, name: str | None, agrees: Any) -> None:
    """Another's number is a question: neither its good rating nor its bad one is the clinic's."""
    found = cqc(registers, record(registrationStatus="Registered"), name)

    assert (ACCREDITED in found.answers, len(found.registrations) == 2) == (agrees, agrees)
    assert [each.ask for each in found.possible_matches] == (
        [] if agrees else ["CQC's number 1-1 is of that name. Is it the clinic's? Look on CQC's page."]
    )


def test_what_is_asked_is_asked_in_the_readers_language(registers: Registers) -> None:
    """Where number and name agree, the question is what the row says, and not whose it is."""
    early = council(registers, "CL-1,Jane Doe,Suspended,03/04/2026,03/04/2025\n", person("Jane Doe", "CL-1"))
    same = board(registers, "Suspended,2010-01-01", "Public Reprimand,2010-01-01")
    given_back = board(registers, "Revoked,2010-01-01", "Reinstated,2015-01-01")
    withdrawn = board(registers, "Suspended,2010-01-01", "Accusation Dismissed,2011-01-01")
    both = cqc(registers, record(**{**GONE, "registrationStatus": "Registered"}))
    ahead = cqc(registers, record(rated="2099-01-01"))
    another = cqc(registers, record(), "Hair Clinic")
    asked = [each.possible_matches[0] for each in (early, same, given_back, withdrawn, both, ahead, another)]
    page = "Lea en la página del colegio qué se decidió sobre la licencia y si sigue en vigor."
    until = "lo que se hubiera ordenado hasta que se decidiera el caso."
    cqcs = "Consulte la página de CQC."

    assert [again(each.ask, "es") for each in asked] == [
        "Según esta entrada terminó antes de empezar, así que se considera en vigor. Pregunte al registro: ¿lo está?",
        f"{page} «Public Reprimand» es del mismo día y se entiende que le pone fin.",
        f"{page} La licencia se devolvió, así que lo que se había decidido antes pertenece al pasado.",
        f"{page} La acusación anterior se retiró o se desestimó y, con ella, {until}",
        f"La entrada dice que el centro está registrado y que el registro terminó el 2026-02-01. {cqcs}",
        f"La fecha de su calificación, 2099-01-01, es posterior a la copia. {cqcs}",
        f"El número de CQC 1-1 es de ese nombre. ¿Es el de la clínica? {cqcs}",
    ]
    assert ["Nobody has shown that" in str(each) for each in asked] == [False] * 6 + [True]


def test_a_day_of_a_location_that_is_none_is_a_fault(registers: Registers, tmp_path: Path) -> None:
    """Of its registration's end too, with its column."""
    path, faults = tmp_path / "l.csv", list[Any]()
    path.write_text(f"{LOCATIONS},Location HSCA end date\n1-1,A,Good,,soon\n1-2,A,Good,soon,\n1-3,A,,,\n")
    registers.add("cqc", path, AS_OF, tell=faults.append)

    assert [(each.line, each.path) for each in faults] == [(2, "Location HSCA end date"), (3, "Publication Date")]


DAMAGE = {
    "facts='x'": "row 3 of leie is damaged; import it again",
    "facts=x'ff'": "row 3 of leie is damaged; import it again",
    "facts=cast(x'1b5d303b68691b5b33316dff' as text)": "is damaged; remove it and import the registers again",
    "facts=replace(facts, '20190420', 'soon')": "is damaged; remove it and import the registers again",
    "as_of='garbage'": "is damaged; remove it and import the registers again",
    "options='{'": "is damaged; remove it and import the registers again",
    "options='[]'": "is damaged; remove it and import the registers again",
    "rows='abc'": "is damaged; remove it and import the registers again",
    "register=x'ff'": "is damaged; remove it and import the registers again",
    "register='a' || char(27) || '[31m'": "is damaged; remove it and import the registers again",
    "kind='zzz'": "holds a register of a kind that is not known here: zzz: no such kind of register",
}


@pytest.mark.parametrize(("change", "expected"), DAMAGE.items(), ids=DAMAGE)
def test_a_damaged_database_is_one_error(tmp_path: Path, capsys: Capture, change: str, expected: str) -> None:
    """Which names the file, and moves no terminal; whoever wants to look up or to list."""
    path, clinics = tmp_path / "r.db", tmp_path / "c.json"
    with Registers.open(path, create=True) as registers:
        registers.add("leie", LEIE, AS_OF)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"UPDATE {'rows_1' if change.startswith('facts') else 'snapshots'} SET {change}")  # noqa: S608
    connection.close()
    source = {"kind": "claim", "who": "site"}
    people = [{"name": "Anne Examplerow", "licences": [{"authority": "NPI", "number": "1234567893", "source": "s"}]}]
    tree = {"dossier": 1, "clinic": {"id": "c", "country": "US"}, "sources": {"s": source}, "practitioners": people}
    clinics.write_text(json.dumps(tree))

    assert main(["vet", str(clinics), "--registers", str(path), "--as-of", "2026-11-21"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{path}: {expected}")
    assert told.removesuffix("\n").isprintable()
    assert main(["register", "list", "--db", str(path)]) in {0, 2}
    assert capsys.readouterr().out.replace("\n", "").isprintable()


def test_a_day_far_ahead_is_refused(tmp_path: Path, capsys: Capture) -> None:
    """No verdict would ever use it."""
    command = ["register", "import", "leie", str(LEIE), "--db", str(tmp_path / "r.db"), "--as-of"]

    assert main([*command, "9999-12-31"]) == 2
    assert capsys.readouterr().err == (
        "--as-of 9999-12-31: lies more than a year ahead; give the day of which the file tells\n"
    )
    assert not (tmp_path / "r.db").exists()


def test_a_file_named_to_move_a_terminal_moves_none(tmp_path: Path, capsys: Capture) -> None:
    """Neither where it is replaced nor where it would be hidden."""
    odd, path = tmp_path / "a\x1b[31m.csv", str(tmp_path / "r.db")
    shutil.copy(LEIE, odd)
    one = tmp_path / "one.csv"
    one.write_text("\n".join(LEIE.read_text().splitlines()[:2]))
    command = ["register", "import", "leie", str(odd), "--db", path, "--as-of"]

    assert main([*command, "2026-10-01"]) == 0
    assert main([*command, "2026-11-01"]) == 0
    assert main([*command[:3], str(one), *command[4:], "2026-11-01"]) == 2
    told = capsys.readouterr()
    assert "'a\\x1b[31m.csv'" in told.err
    assert f"{told.out}{told.err}".replace("\n", "").isprintable()
    with Registers.open(path) as registers, pytest.raises(RegisterError, match="fewer than nine tenths"):
        registers.add("leie", one, AS_OF)
