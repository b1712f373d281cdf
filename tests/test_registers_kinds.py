"""What registers say of a clinic: a number is a statement, a name is a question, and false friends do not count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from cases import DAY, HERE, mesotherapy, refusal
from hypothesis import given
from hypothesis import strategies as st
from registers import HEADER
from registers import rows as made_up_rows
from shared import real

from clinic_vetting import (
    Answer,
    Clinic,
    Fault,
    InputError,
    Kind,
    Licence,
    LicenceStatus,
    Outcome,
    Practitioner,
    Product,
    RegisterError,
    Registration,
    RegistrationKind,
    RegistrationStatus,
    Sanction,
    Source,
    Statement,
    Supplier,
    clinic_from,
    plain,
    to_json,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.clinic import Action, Notice
from clinic_vetting.history import history
from clinic_vetting.registers import Registers, enrich, names
from clinic_vetting.registers.board_actions import Means, board_words, key
from clinic_vetting.registers.column_map import read_map
from clinic_vetting.registers.kinds import nppes
from clinic_vetting.registers.name_keys import person_keys
from clinic_vetting.words import catalogue

FIXTURES = HERE / "fixtures" / "registers"
AS_OF = dt.date(2026, 11, 1)
SITE = Source("site", Kind.CLAIM, "the clinic's website", dt.date(2026, 10, 1))
SANCTIONS = "credentials.no_active_sanctions"
ACCREDITED = "credentials.independent_accreditation"
LEIE = "leie/UPDATED.csv"


@pytest.fixture
def registers(tmp_path: Path) -> Iterator[Registers]:
    """Give an empty database."""
    with Registers.open(tmp_path / "registers.db", create=True) as opened:
        yield opened


def add(registers: Registers, kind: str, file: Path | str, **options: Any) -> list[Fault]:
    """Import a file, or a fixture by its name; give its faults."""
    faults: list[Fault] = []
    path = FIXTURES / file if isinstance(file, str) else file
    registers.add(kind, path, AS_OF, tell=faults.append, options=options, whole=file == LEIE, fewer=True)
    return faults


def person(name: str | None, number: str | None = None, authority: str = "NPI") -> Practitioner:
    """Make a practitioner whom the clinic's website names."""
    licences = (Licence(authority=authority, number=number, source=SITE),) if number else ()
    return Practitioner(name=name, licences=licences)


def californian(*people: Practitioner, **more: Any) -> Clinic:
    """Make a clinic in California."""
    return Clinic(**{"id": "c", "country": "US", "region": "US-CA", "practitioners": people, **more})


def outcome(clinic: Clinic, criterion: str = SANCTIONS) -> Outcome:
    """Give what one criterion comes to."""
    return vet(clinic, mesotherapy(), as_of=DAY).finding(criterion).outcome


def same_numbers(one: Clinic, other: Clinic) -> bool:
    """Say whether two clinics come to the same on every criterion."""
    beliefs = [vet(each, mesotherapy(), as_of=DAY).beliefs for each in (one, other)]
    return beliefs[0] == beliefs[1]


def asked(clinic: Clinic) -> list[str]:
    """Give whom or what each possible match is about, and the row's place."""
    return [f"{each.about} < {each.place}" for each in clinic.possible_matches]


def test_a_number_on_the_exclusions_list_is_a_decision_dated_by_the_snapshot(registers: Registers) -> None:
    """With register, snapshot, row and reason; the clinic is to be avoided."""
    add(registers, "leie", LEIE)
    found = enrich(californian(person("Anne Examplerow", "1234567893")), registers)
    (sanction,) = found.sanctions

    assert sanction.action is Action.EXCLUSION
    assert (sanction.decided, sanction.ended) == (dt.date(2019, 4, 20), None)
    assert sanction.source == Source(
        "leie:2026-11-01:3",
        Kind.REGISTER,
        "OIG List of Excluded Individuals/Entities, snapshot of 2026-11-01, UPDATED.csv:3: excluded 2019-04-20, "
        "licence revoked, suspended or surrendered",
        AS_OF,
        "https://exclusions.oig.hhs.gov/",
    )
    assert outcome(found) is Outcome.FAILED
    assert not found.possible_matches


def test_a_name_on_the_exclusions_list_is_a_question_and_moves_no_number(registers: Registers) -> None:
    """With the row's place; it holds back the answer by absence."""
    add(registers, "leie", LEIE)
    clinic = californian(person("Bruno Testperson", "1000000004"), name="Made Up Supply LLC")
    found = enrich(clinic, registers)

    assert asked(found) == ["Bruno Testperson < UPDATED.csv:4", "Made Up Supply LLC < UPDATED.csv:2"]
    assert not found.sanctions
    assert not found.answers
    assert same_numbers(clinic, found)
    assert outcome(found) is Outcome.UNKNOWN


def test_absence_by_number_and_by_name_answers_yes(registers: Registers) -> None:
    """From the whole list alone, with what it proves and what it does not."""
    add(registers, "leie", LEIE)
    found = enrich(californian(person("Nora Nowhere", "1000000004")), registers)
    (statement,) = found.answers[SANCTIONS]

    assert statement.answer is Answer.YES
    assert statement.source.kind is Kind.REGISTER
    assert statement.source.seen == AS_OF
    assert statement.note is not None
    assert statement.note.endswith("not of every decision of a state board.")
    assert outcome(found) is Outcome.MET


OPPOSED = {
    "nobody": {"practitioners": ()},
    "no number": {"practitioners": (person("Nora Nowhere"),)},
    "no name": {"practitioners": (person(None, "1000000004"),)},
    "no valid number": {"practitioners": (person("Nora Nowhere", "0000000000"),)},
    "one of two numbers": {
        "practitioners": (
            attrs.evolve(
                person("Nora Nowhere"),
                licences=tuple(Licence(authority="NPI", number=each, source=SITE) for each in ("1000000004", "n/a")),
            ),
        )
    },
    "of another country, where no name is searched": {"country": "GB", "region": None},
    "another script": {"practitioners": (person("Nora Nоwhere", "1000000004"),)},  # noqa: RUF001 - it is Cyrillic
    "a digit": {"practitioners": (person("Nora N0where", "1000000004"),)},
    "an initial": {"practitioners": (person("N. Nowhere", "1000000004"),)},
    "one of two": {"practitioners": (person("Nora Nowhere", "1000000004"), person("Otto Other"))},
    "of another state": {"practitioners": (person("Clara Testperson", "1000000004"),)},
    "at a firm that may be listed": {"name": "Made Up Supply"},
    "with the name of a listed firm": {"practitioners": (person("Nora Made", "1000000004"),)},
    "listed, reinstated": {"practitioners": (person("Doris Returned", "1000000012"),)},
    "a decision": {"sanctions": (Sanction(by="Board", action=Action.SUSPENSION, source=SITE),)},
    "a patient's no": {"answers": {SANCTIONS: Statement(Answer.NO, SITE)}},
}


@pytest.mark.parametrize("facts", OPPOSED.values(), ids=OPPOSED.keys())
def test_absence_says_nothing_where_it_proves_less_or_would_displace(registers: Registers, facts: Any) -> None:
    """Most rows have no number; and a list of exclusions must not clear what a board has decided."""
    add(registers, "leie", LEIE)
    clinic = californian(**{"practitioners": (person("Nora Nowhere", "1000000004"),), **facts})
    found = enrich(clinic, registers)

    assert found.answers == clinic.answers


WIDE = "".join(chr(ord(each) + 0xFEE0) for each in "1234567893")
"""In full-width digits."""


@pytest.mark.parametrize(
    "written",
    ["1234567893", "123 456 7893", "1234-567-893", "NPI 1234567893", "NPI: 123.456.7893", WIDE],
)
def test_a_number_is_found_however_it_is_written(registers: Registers, written: str) -> None:
    """An exclusion must not be missed for a blank; under another name it is a question and absence says nothing."""
    add(registers, "leie", LEIE)
    listed = enrich(californian(person("Anne Examplerow", written)), registers)
    renamed = enrich(californian(person("Anne Newname", written)), registers)

    assert [each.action for each in listed.sanctions] == [Action.EXCLUSION]
    assert not renamed.sanctions
    assert len(renamed.possible_matches) == 1
    assert not renamed.answers


LISTED = {
    "DOE,JANE,": (
        "Jane Doe FAAD", "JANE DOE, FAAD", "Jane Doe, Dermatologist", "Jane Doe PA-C", "Jane Doe Esq", "Nurse Jane Doe",
        "Jane Doe RN BSN CANS",
        "Dra. Jane Doe", "Dr Jane Doe (medical director)", "Jane Doe / Bob Roe", "Mary Jane Doe",
        "Jane D\u200boe", "Ja\u00adne Doe", "Jane Doe-Smith", "Doe Janet", "DOE, J. ANE",
    ),
    "EXAMPLEROW,ANNE,Q": ("Anne Newname (née Examplerow)",),
    "OBRIEN,JANE,": ("Jane O' Brien", "Jane O’Brien"),  # noqa: RUF001 - as people write it
    "MCDONALD,JANE,": ("Jane Mc Donald",),
    "DO,ANNA,": ("Anna Lee Do",),
    "DOE,MARY JANE,": ("Jane Doe",),
    "DOE,JANE,Q": ("Jane Doe-Smith",),
    "GARCIA,MARIA,": ("Maria Garcia Lopez",),
    "ROE,WILLIAM,": ("Bill Roe",),
    "MUELLER,JOERG,": ("Jörg Müller",),
    "MULLER,JORG,": ("Joerg Mueller",),
}  # fmt: skip


@pytest.mark.parametrize(("row", "name"), [(row, name) for row, several in LISTED.items() for name in several])
def test_absence_says_nothing_where_a_word_of_the_name_is_a_listed_family_name(
    registers: Registers, tmp_path: Path, row: str, name: str
) -> None:
    """Whatever the given name, the order and the words around it; most rows have no number."""
    header, *_, old = (FIXTURES / LEIE).read_text().splitlines()
    rest = ",,MED,PHYS,,0000000000,19700101,2 S,S,TX,90001,1128b4,20190420,00000000,00000000,"
    (tmp_path / "l.csv").write_text(f"{header}\n{row}{rest}\n{old.replace('20180120', '19990120')}\n")
    registers.add("leie", tmp_path / "l.csv", AS_OF, whole=True)
    found = enrich(californian(person(name, "1000000004")), registers)
    other = enrich(californian(person("Nora Nowhere", "1000000004")), registers)

    assert not found.answers
    assert other.answers


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("J. Doe", "ROE,RICHARD J"),
        ("Anna Kim, DO", "DO,HUNG"),
        ("Anna Kim", "SMITH,ANNA"),
        ("Anna Kim Lee", "KIM,HUNG"),
        ("Jane van der Berg", "VAN,JOE"),
        ("Jane van Dyke", "VAN HALEN,JOE"),
        ("Jane De Soto", "DE,JOE"),
        ("James Mary Smith", "MARY,JACK"),
        ("John Robert", "ROBERT,SMITH"),
        ("Nan Lee", "LEE,ROBERT"),
    ],
)
def test_a_number_needs_the_name_too(registers: Registers, tmp_path: Path, name: str, row: str) -> None:
    """Not an initial, a title, a particle, a given name or a family name alone; else it is a question."""
    header = (FIXTURES / LEIE).read_text().splitlines()[0]
    rest = ",,,MED,PHYS,,1234567893,19700101,2 S,S,CA,90001,1128b4,20190420,00000000,00000000,"
    (tmp_path / "l.csv").write_text(f"{header}\n{row}{rest}\n")
    add(registers, "leie", tmp_path / "l.csv")
    found = enrich(californian(person(name, "1234567893")), registers)

    assert not found.sanctions
    assert [each.ask for each in found.possible_matches] == [
        "The NPI 1234567893 is listed under that name. Is the number right?"
    ]


NAMED_OTHERWISE = (
    "Anne Examplerow",
    "A. Example Row",
    "EXAMPLEROW ANNE",
    "Anne Examplerow Smith, RN",
    "Anita Examplerow",
)


@pytest.mark.parametrize("name", NAMED_OTHERWISE)
def test_a_family_name_may_be_written_otherwise(registers: Registers, name: str) -> None:
    """In parts, in front, as the first of two; and a given name may be an initial, or begin alike."""
    add(registers, "leie", LEIE)

    assert len(enrich(californian(person(name, "1234567893")), registers).sanctions) == 1


def test_a_firms_number_accuses_no_person(registers: Registers, tmp_path: Path) -> None:
    """It is a question."""
    text = (FIXTURES / LEIE).read_text().replace("DME - GENERAL,,0000000000", "DME - GENERAL,,1234567893")
    (tmp_path / "l.csv").write_text("\n".join(text.splitlines()[:2]).replace("MADE-UP SUPPLY", "NORA NOWHERE"))
    add(registers, "leie", tmp_path / "l.csv")
    found = enrich(californian(person("Nora Nowhere", "1234567893")), registers)

    assert not found.sanctions
    assert found.possible_matches


def test_an_end_in_the_future_has_not_come(registers: Registers, tmp_path: Path) -> None:
    """Only of a month alone, which has begun, the snapshot's day is taken."""
    text = (FIXTURES / LEIE).read_text().replace("20190420,00000000", "20190420,20991231")
    (tmp_path / "l.csv").write_text(text)
    add(registers, "leie", tmp_path / "l.csv")
    found = enrich(californian(person("Anne Examplerow", "1234567893")), registers)

    assert found.sanctions[0].ended == dt.date(2099, 12, 31)
    assert outcome(found) is Outcome.FAILED


def test_an_ended_decision_does_not_stand_against_absence(registers: Registers) -> None:
    """It is history."""
    add(registers, "leie", LEIE)
    ended = Sanction(by="Board", action=Action.SUSPENSION, ended=dt.date(2020, 1, 1), source=SITE)
    found = enrich(californian(person("Nora Nowhere", "1000000004"), sanctions=(ended,)), registers)

    assert outcome(found) is Outcome.MET


def test_absence_from_part_of_the_list_says_nothing(registers: Registers, tmp_path: Path) -> None:
    """A supplement has the same columns, an extract lacks most people, and only who imports it knows what is whole."""
    clinic = californian(person("Nora Nowhere", "1000000004"))
    header, first, *_ = (FIXTURES / LEIE).read_text().splitlines()
    (tmp_path / "supplement.csv").write_text(f"{header}\n{first}\n{first.replace('20150320', '20150420')}\n")
    (tmp_path / "extract.csv").write_text("n,s,sp,npi,r,d\nA B,CA,,,x,01/2001\nC D,CA,,,x,01/2020\n")

    for path in (tmp_path / "supplement.csv", tmp_path / "extract.csv", FIXTURES / LEIE):
        add(registers, "leie", path)
        assert enrich(clinic, registers) == clinic
    for path in (tmp_path / "supplement.csv", tmp_path / "extract.csv"):
        with pytest.raises(InputError, match="expected the whole list, as --whole says, got a part or an extract"):
            registers.add("leie", path, AS_OF, whole=True)


def test_reinstatements_alone_are_no_list(registers: Registers, tmp_path: Path) -> None:
    """Their dates go back decades, and they would clear whoever is excluded."""
    add(registers, "leie", LEIE)
    lines = (FIXTURES / LEIE).read_text().replace("00000000,00000000,", "20261020,00000000,").splitlines()
    (tmp_path / "rein.csv").write_text("\n".join(lines[:-1]))

    with pytest.raises(InputError, match="expected exclusions, got reinstatements alone"):
        registers.add("leie", tmp_path / "rein.csv", DAY, whole=True)
    with pytest.raises(InputError, match="expected exclusions, got reinstatements alone"):
        registers.add("leie", tmp_path / "rein.csv", AS_OF - dt.timedelta(1))
    assert enrich(californian(person("Anne Examplerow", "1234567893")), registers).sanctions


def test_a_part_does_not_hide_the_whole(registers: Registers) -> None:
    """Whoever is excluded would be cleared by a monthly supplement; and only a kind whose absence counts is whole."""
    add(registers, "leie", LEIE)

    with pytest.raises(RegisterError, match="leie: would hide the whole register as of 2026-11-01; import a whole"):
        registers.add("leie", FIXTURES / LEIE, DAY)
    with pytest.raises(RegisterError, match="ca-board: absence from it says nothing, whole or not"):
        registers.add("ca-board", FIXTURES / "ca_board/alerts.csv", AS_OF, whole=True)
    assert registers.add("leie", FIXTURES / LEIE, AS_OF - dt.timedelta(1)).complete is False


def test_a_reinstatement_is_history_and_a_waiver_is_shown(registers: Registers) -> None:
    """In the state of the waiver the exclusion is no more than a restriction; elsewhere it stands."""
    add(registers, "leie", LEIE)
    people = (person("Doris Returned", "1000000012"), person("Emil Waived", "1000000020"))
    here = enrich(californian(*people), registers)
    there = enrich(californian(people[1], region="US-TX"), registers)

    assert [each.action for each in here.sanctions] == [Action.EXCLUSION, Action.CONDITIONS]
    assert here.sanctions[0].ended == dt.date(2013, 6, 1)
    assert any("ended 2013-06-01: history" in line for line in history(here, DAY))
    assert here.sanctions[1].source.who.endswith("waived in CA from 2018-03-01")
    assert there.sanctions[0].action is Action.EXCLUSION
    assert outcome(enrich(californian(people[0]), registers)) is Outcome.UNKNOWN


def test_a_number_that_leads_to_another_name_is_a_question(registers: Registers) -> None:
    """A slip of the pen must not make an accusation."""
    add(registers, "leie", LEIE)
    found = enrich(californian(person("Nora Nowhere", "1234567893")), registers)
    unnamed = enrich(californian(person(None, "1234567893")), registers)

    assert not found.sanctions
    assert [each.ask for each in found.possible_matches] == [
        "The NPI 1234567893 is listed under that name. Is the number right?"
    ]
    assert len(unnamed.sanctions) == 1


def test_the_same_name_in_another_state_or_country_does_not_count(registers: Registers) -> None:
    """Nor a name that is only alike there, nor one whose row has another number."""
    add(registers, "leie", LEIE)
    there = californian(person("Clara Testperson"), person("Carla Testperson"), person("Anne Examplerow", "1000000004"))
    found = enrich(there, registers)
    british = Clinic(id="c", country="GB", practitioners=(person("Bruno Testperson"),), name="Made-Up Supply Ltd")

    assert asked(found) == ["Clara Testperson < UPDATED.csv:5"]
    assert "another state (OH): most likely another person" in found.possible_matches[0].ask
    assert same_numbers(there, found)
    assert enrich(british, registers) == british


def test_a_month_that_has_not_ended_counts_through_the_snapshot(registers: Registers, tmp_path: Path) -> None:
    """Of a month alone the last day; and no day that the snapshot cannot know."""
    (tmp_path / "l.csv").write_text("npi,name,state,spec,reason,date\n1234567893,A EXAMPLE,CA,,,11/2026\n")
    add(registers, "leie", tmp_path / "l.csv")
    (sanction,) = enrich(californian(person(None, "1234567893")), registers).sanctions

    assert sanction.decided == AS_OF


def test_rows_without_a_name_are_faults(registers: Registers, tmp_path: Path) -> None:
    """Nobody could be told by them."""
    (tmp_path / "l.csv").write_text("npi,name,state,spec,reason,date\n1234567893,,CA,,,11/2026\n,A B,,,,\n")

    assert [each.expected for each in add(registers, "leie", tmp_path / "l.csv")] == ["a name of a person or a firm"]


def test_enriching_twice_is_as_good_as_once(registers: Registers) -> None:
    """And nothing that was there is taken away; what comes out is a dossier."""
    for kind, file in (("leie", LEIE), ("ca-board", "ca_board/alerts.csv"), ("cqc", "cqc/locations.json")):
        add(registers, kind, file)
    cqc = Registration(kind=RegistrationKind.PREMISES, body="CQC", number="1-0001", source=SITE)
    people = (person("Anne Examplerow", "1234567893"), person("Bruno Testperson"), person("X", "A00004", "MBC"))
    clinic = californian(*people, registrations=(cqc,))
    once = enrich(clinic, registers)

    assert once == enrich(once, registers)
    assert once == clinic_from(plain(once))
    assert set(clinic.registrations) <= set(once.registrations)
    assert json.loads(to_json(vet(once, mesotherapy(), as_of=DAY))) == to_tree(vet(once, mesotherapy(), as_of=DAY))


def board(registers: Registers, licence: str) -> Clinic:
    """Look up a licence of the Medical Board of California."""
    add(registers, "ca-board", "ca_board/alerts.csv")
    return enrich(californian(person("P. Person", licence, "Medical Board of California")), registers)


def test_an_accusation_is_no_decision_whether_withdrawn_or_not(registers: Registers) -> None:
    """It is told as history, with its end, and never counts."""
    withdrawn, standing = board(registers, "G 00002"), board(registers, "A00004")

    assert [str(each) for each in withdrawn.sanctions] == [
        "allegation by Medical Board of California, about P. Person, decided 2011-01-31"
    ]
    assert "ended 2012-01-31: an allegation is no decision" in history(withdrawn, DAY)[0]
    assert standing.sanctions[0].ended is None
    assert {outcome(withdrawn), outcome(standing)} == {Outcome.UNKNOWN}


def test_a_suspension_that_ended_is_history_and_a_decision_without_a_word_is_asked_about(registers: Registers) -> None:
    """A later final decision ends an interim order."""
    found = board(registers, "A00001")

    assert found.sanctions[0].ended == dt.date(2010, 6, 1)
    assert outcome(found) is Outcome.UNKNOWN
    assert [each.says for each in found.possible_matches] == ["Decision, 2010-06-01"]


@pytest.mark.parametrize(
    ("licence", "action", "expected"),
    [
        ("A00003", Action.REVOCATION, Outcome.FAILED),
        ("A00005", Action.SUSPENSION, Outcome.FAILED),
        ("A00008", Action.SURRENDER, Outcome.FAILED),
        ("A00006", Action.REPRIMAND, Outcome.UNKNOWN),
    ],
)
def test_decisions_count_as_what_they_are(
    registers: Registers, licence: str, action: Action, expected: Outcome
) -> None:
    """A reprimand restricts nobody; the source has the board's own word."""
    found = board(registers, licence)

    assert [each.action for each in found.sanctions] == [action]
    assert outcome(found) is expected


def test_a_word_that_is_in_no_table_is_asked_about(registers: Registers) -> None:
    """Never taken as a decision; and a licence of another board is not looked up."""
    found = board(registers, "A00007")
    other = californian(person("P. Person", "A00003", "Medical Board of Elsewhere"))

    assert not found.sanctions
    assert found.possible_matches[0].ask.endswith("The word is not in the table of action words.")
    assert "alerts.csv:10 bears the number of P. Person" in str(found.possible_matches[0])
    assert "Nobody has shown that" not in str(found.possible_matches[0])
    assert enrich(other, registers) == other


def test_a_board_alert_without_licence_action_or_day_is_a_fault(registers: Registers, tmp_path: Path) -> None:
    """Each with its column."""
    rows = ",Revoked,2020-01-01\nA1,,2020-01-01\nA1,Revoked,soon\nA2,Revoked,\nPENDING,Revoked,2020-01-01\n"
    (tmp_path / "b.csv").write_text(f"license,action_type,action_date\n{rows}")

    assert [each.path for each in add(registers, "ca-board", tmp_path / "b.csv")] == [
        "license", "action_type", "action_date", "license",
    ]  # fmt: skip


def test_every_action_word_of_the_real_alerts_is_mapped(registers: Registers) -> None:
    """No word of the sample is left to luck, each has a reason, and every row goes in."""
    path = real("data/boards/ca_discipline_2008_2017.csv")
    assert not add(registers, "ca-board", path)
    (register,) = registers.newest()
    words = {line.split(",")[-2] for line in path.read_text(encoding="utf-8").splitlines()[1:]}
    known = board_words("california")

    assert {key(each) for each in words} <= set(known)
    assert {known[key(each)].means for each in words} == set(Means) - {Means.RESTORED}
    assert all(each.because or each.asks for each in known.values())
    asking = {Means.UNCLEAR, Means.WITHDRAWN, Means.RESTORED}
    assert [
        each for each in known.values() if each.means in asking and f"board.{each.asks}" not in catalogue("en")
    ] == []
    assert register.snapshot.rows == 3716


def test_most_of_the_real_alerts_are_allegations_that_do_not_count(registers: Registers) -> None:
    """Of licences with accusations alone, not one clinic is marked."""
    path = real("data/boards/ca_discipline_2008_2017.csv")
    add(registers, "ca-board", path)
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    by_licence: dict[str, set[Means]] = {}
    for row in rows:
        by_licence.setdefault(row[3], set()).add(board_words("california")[key(row[4])].means)
    alleged = [each for each, means in by_licence.items() if means <= {Means.ALLEGATION, Means.WITHDRAWN}]
    people = [person(f"P {number}", number, "MBC") for number in alleged[:100]]
    found = enrich(californian(*people), registers)

    assert len(alleged) > 200
    assert len(found.sanctions) >= 100
    assert {each.action for each in found.sanctions} == {Action.ALLEGATION}
    assert outcome(found) is Outcome.UNKNOWN


def test_a_supplier_with_the_name_of_a_firm_that_got_a_letter_is_asked_about(registers: Registers) -> None:
    """Firms have no number here, so that it never counts; both of the published forms are read."""
    product = Product(
        name="X", maker="Sample Toxins", supplier=Supplier(name="MADE UP PHARMA LLC", authorised=True, source=SITE)
    )
    clinic = Clinic(id="c", country="GB", products=(product,))
    add(registers, "fda-warning-letters", "fda/warning_letters.csv")
    found = enrich(clinic, registers)
    add(registers, "fda-warning-letters", "fda/export.csv")
    exported = enrich(clinic, registers)

    assert asked(found) == ["MADE UP PHARMA LLC < warning_letters.csv:2", "Sample Toxins < warning_letters.csv:3"]
    assert found.possible_matches[0].says == (
        "warning letter of 2025-12-01: Compounding Pharmacy/Adulterated Drug Products"
    )
    assert "https://www.fda.gov/letters/made-up-pharma" in found.possible_matches[0].ask
    assert exported.possible_matches[0].says == (
        "warning letter of 2025-12-01: Compounding Pharmacy; closed by a letter of 05/01/2026"
    )
    assert exported.possible_matches[0].ask.startswith("Read the letter on FDA's page")
    assert same_numbers(clinic, found)


def test_a_letter_without_company_or_day_is_a_fault(registers: Registers, tmp_path: Path) -> None:
    """Each with its column."""
    (tmp_path / "l.csv").write_text("letter_date,company,subject\n01/02/2026,?,s\nsoon,A,s\n,B,s\n")

    assert [each.path for each in add(registers, "fda-warning-letters", tmp_path / "l.csv")] == [
        "company", "letter_date",
    ]  # fmt: skip
    assert not add(registers, "fda-warning-letters", real("data/sourcing/fda_warning_letters_index.csv"))


def cqc(registers: Registers, file: Path | str, number: str, **more: Any) -> Clinic:
    """Look up a location of the Care Quality Commission."""
    add(registers, "cqc", file)
    registration = Registration(kind=RegistrationKind.PREMISES, body="cqc", number=number, source=SITE)
    return enrich(Clinic(**{"id": "c", "country": "GB", "registrations": (registration,), **more}), registers)


def test_a_rating_is_an_inspection_of_its_own_day_and_says_nothing_of_injectables(registers: Registers) -> None:
    """The current one counts; earlier ones are told."""
    found = cqc(registers, "cqc/locations.json", "1-0001")
    (statement,) = found.answers[ACCREDITED]

    assert statement.answer is Answer.YES
    assert (statement.source.kind, statement.source.seen) == (Kind.INSPECTION, dt.date(2024, 3, 12))
    assert statement.note == (
        "Overall Good; Safe: Requires improvement, Well-led: Good; earlier: 2019-07-01: Inadequate. CQC does not "
        "regulate or inspect cosmetic toxin or filler; this tells of governance, not of injectables."
    )
    assert found.registrations[1].status is RegistrationStatus.REGISTERED
    assert outcome(found, "credentials.facility_registered") is Outcome.MET


@pytest.mark.parametrize(
    ("file", "number", "expected", "seen"),
    [
        ("cqc/locations.json", "1-0004", Answer.PARTLY, dt.date(2025, 2, 1)),
        ("cqc/locations.csv", "1-0011", Answer.NO, dt.date(2025, 11, 20)),
        ("cqc/locations.csv", "1-0012", Answer.YES, None),
    ],
)
def test_ratings_answer_in_their_words(
    registers: Registers, file: str, number: str, expected: Answer, seen: dt.date | None
) -> None:
    """In whatever case; a publication on the day of registration is no rating's day."""
    (statement,) = cqc(registers, file, number).answers[ACCREDITED]

    assert (statement.answer, statement.source.seen) == (expected, seen)


def test_what_has_no_rating_in_force_rates_nothing(registers: Registers) -> None:
    """No published rating, and a location whose registration has ended."""
    unrated, closed = (cqc(registers, "cqc/locations.json", number) for number in ("1-0003", "1-0002"))

    assert not unrated.answers
    assert not closed.answers
    assert closed.registrations[1].status is RegistrationStatus.CANCELLED
    assert closed.registrations[1].source.who.endswith("Closed Sample Surgery, registration ended 2023-01-31")


def test_a_clinic_without_a_number_is_asked_about_by_name(registers: Registers) -> None:
    """One that has a number is not, nor one in another country."""
    add(registers, "cqc", "cqc/directory.csv")
    clinic = Clinic(id="c", name="Made up Dental Practice", country="GB")
    found = enrich(clinic, registers)
    abroad = attrs.evolve(clinic, country="US")

    assert asked(found) == ["Made up Dental Practice < directory.csv:4"]
    assert found.possible_matches[0].says == "ZZ1 1ZZ"
    assert enrich(abroad, registers) == abroad
    assert not cqc(registers, "cqc/directory.csv", "1-0001", name="Made-Up Dental Practice").possible_matches


def test_locations_that_cannot_be_read_are_faults(registers: Registers, tmp_path: Path) -> None:
    """Of JSON and of a table; all others go in."""
    (tmp_path / "l.csv").write_text(
        "Location Name,Location ID,Location Latest Overall Rating\n?,1,Good\nA,,Good\nA,2,\n"
    )
    (tmp_path / "l.jsonl").write_text(
        '{"locationId": "1", "name": "A Clinic"}\n{"locationId": "2", "name": "B", "currentRatings": 7}\n'
        '{"locationId": "3", "name": "C", "currentRatings": {"reportDate": "soon"}}\n'
    )

    assert [each.path for each in add(registers, "cqc", "cqc/locations.json")] == ["record 4", "record"]
    assert [each.path for each in add(registers, "cqc", "cqc/directory.csv")] == ["Date of latest check"]
    assert [each.path for each in add(registers, "cqc", tmp_path / "l.jsonl")] == ["record 2", "record 3"]
    assert [each.path for each in add(registers, "cqc", tmp_path / "l.csv")] == ["Location ID", "Location ID"]


@pytest.mark.parametrize(
    ("kind", "file", "rows"),
    [
        ("leie", "data/exclusions/leie_npi.csv", 4215),
        ("leie", "data/exclusions/leie_recent.csv", 6181),
        ("nppes", "data/registry/nppes_sample.csv", 2469),
        ("cms-clinicians", "data/registry/cms_doctors_clinicians_sample.csv", 4764),
        ("fda-warning-letters", "data/sourcing/fda_warning_letters_index.csv", 1694),
        ("cqc", "data/cqc/oldham_locations.jsonl", 214),
        ("cqc", "data/cqc/locations_999.csv", 503),
        ("cqc", "data/cqc/wmfs_cqc_sample.csv", 5),
    ],
)
def test_real_files_go_in_whole(registers: Registers, kind: str, file: str, rows: int) -> None:
    """Every row, without a fault, and none of them complete."""
    assert not add(registers, kind, real(file))
    (snapshot,) = registers.snapshots()

    assert (snapshot.rows, snapshot.complete) == (rows, False)


def test_credentials_in_the_wild_are_no_names() -> None:
    """Behind a name and a comma, whichever of them."""
    written = real("data/registry/credential_abbreviations.csv").read_text(encoding="utf-8").splitlines()[1:]

    assert {names.read(f"Anne Example, {each.strip().upper()}").words for each in written} == {("anne", "example")}


def nppes_file(tmp_path: Path, *filled: dict[str, str]) -> Path:
    """Write a file in the official columns."""
    path = tmp_path / "npidata.csv"
    lines = ['"' + '","'.join(row.get(name, "") for name in HEADER) + '"' for row in filled]
    path.write_text("\n".join(['"' + '","'.join(HEADER) + '"', *lines]))
    return path


ROW = {
    "NPI": "1999999992",
    "Provider Last Name (Legal Name)": "SAMPLE",
    "Provider First Name": "MARIA",
    "Provider Credential Text": "MD",
    "Provider Other Last Name": "FORMER",
    "Provider Business Practice Location Address State Name": "CA",
    "Provider License Number_1": "A123",
    "Provider License Number State Code_1": "CA",
}


def test_an_npi_that_leads_to_the_name_is_on_record_and_proves_no_licence(registers: Registers, tmp_path: Path) -> None:
    """By the name of today or a former one; in 330 columns."""
    firm = {"NPI": "1000000004", "Provider Organization Name (Legal Business Name)": "MADE UP MEDICAL INC"}
    trading = {**firm, "NPI": "1000000012", "Provider Other Organization Name": "MADE UP SKIN"}
    assert not add(registers, "nppes", nppes_file(tmp_path, ROW, firm, trading))
    clinic = californian(person("Maria Sample", "1999999992"), person("Maria Former", "1999999992"))
    found = enrich(clinic, registers)
    licence = found.practitioners[0].licences[1]

    assert (licence.authority, licence.number, licence.status) == ("NPI", "1999999992", None)
    assert licence.source.who.endswith("npidata.csv:2: NPI 1999999992, MD, licence A123 of CA, CA")
    assert len(found.practitioners[1].licences) == 2
    assert outcome(found, "credentials.injector_licensed") is Outcome.UNKNOWN
    assert enrich(found, registers) == found


def test_an_npi_that_disagrees_or_is_no_longer_in_use_is_asked_about(registers: Registers, tmp_path: Path) -> None:
    """Two registers can disagree; neither is a decision. One who came back is not asked about."""
    gone = {"NPI": "1000000004", "NPI Deactivation Date": "01/02/2020"}
    back = {**ROW, "NPI": "1000000012", "NPI Deactivation Date": "01/02/2020", "NPI Reactivation Date": "02/02/2020"}
    add(registers, "nppes", nppes_file(tmp_path, ROW, gone, back))
    other, left, again = person("Otto Other", "1999999992"), *(person("Maria Sample", n["NPI"]) for n in (gone, back))
    unnamed = person(None, "1999999992")
    found = enrich(californian(other, left, again, unnamed), registers)

    assert [each.ask.split(".")[0] for each in found.possible_matches] == [
        "The number 1999999992 is listed under that name",
        "The number was deactivated on 01/02/2020 and is no longer in use",
        "The number 1999999992 is listed under that name",
    ]
    assert [len(each.licences) for each in found.practitioners] == [1, 1, 2, 1]


def test_a_name_without_a_number_is_asked_about_in_the_clinics_own_state(registers: Registers, tmp_path: Path) -> None:
    """At most five of them, with how many more there are."""
    add(registers, "nppes", nppes_file(tmp_path, *({**ROW, "NPI": f"{1_000_000_000 + n}"} for n in range(8))))
    found = enrich(californian(person("Maria Sample")), registers)
    elsewhere = californian(person("Maria Sample"), region="US-TX")
    anywhere = californian(person("Maria Sample"), region=None)

    assert len(found.possible_matches) == 5
    assert found.possible_matches[4].ask.startswith("3 more rows with such a name are not listed. Ask for the number")
    assert enrich(elsewhere, registers) == elsewhere
    assert enrich(anywhere, registers) == anywhere


def test_somebody_with_many_addresses_is_one_entry(registers: Registers, tmp_path: Path) -> None:
    """The national file has a row for each."""
    header, row, _ = (FIXTURES / "cms" / "clinicians.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "c.csv").write_text("\n".join([header, *[row] * 80]), encoding="utf-8")
    add(registers, "cms-clinicians", tmp_path / "c.csv")
    found = enrich(californian(person("Maria Sample-Jones", "1999999992")), registers)

    assert [each.source.id for each in found.practitioners[0].licences] == ["site", "cms-clinicians:2026-11-01:2"]


def test_more_than_a_dossier_may_hold_is_told(registers: Registers, tmp_path: Path) -> None:
    """With how many; what stands comes before what has ended, and twice is as good as once."""
    (tmp_path / "map.json").write_text(json.dumps(COUNCIL))
    ended = "".join(f"CL1,Zoe Other,Suspended,,{n % 28 + 1}/01/2001,01/02/{2002 + n // 28}\n" for n in range(404))
    (tmp_path / "c.csv").write_text(f"No,Name,Act,St,From,To\n{ended}CL1,Zoe Other,Suspended,,01/03/2020,\n")
    add(registers, "csv", tmp_path / "c.csv", **read_map(tmp_path / "map.json"))
    found = enrich(californian(person("Zoe Other", "CL1", "Council")), registers)

    assert len(found.sanctions) == 200
    assert found.sanctions[0].ended is None
    assert [each.ask.split(":")[0] for each in found.possible_matches] == ["205 more rows of the register are left out"]
    assert outcome(found) is Outcome.FAILED
    assert enrich(found, registers) == found


def test_more_licences_than_a_person_may_have_are_told(registers: Registers, tmp_path: Path) -> None:
    """The verdict is not lost for them."""
    found = council(registers, tmp_path, "\n".join(["CL1,Zoe Other,,Lapsed,,"] * 60), "Zoe Other", "CL1")

    assert len(found.practitioners[0].licences) == 50
    assert [(each.about, each.ask.split(" ")[0]) for each in found.possible_matches] == [("CL1", "11")]
    assert outcome(found) is Outcome.UNKNOWN


def test_a_number_that_is_no_npi_is_a_fault(registers: Registers, tmp_path: Path) -> None:
    """In both registers of them; the official columns are 330."""
    bad = add(registers, "nppes", nppes_file(tmp_path, ROW, {**ROW, "NPI": "12"}))
    found = add(registers, "cms-clinicians", "cms/clinicians.csv")

    ragged = nppes_file(tmp_path, ROW)
    ragged.write_text(f'{ragged.read_text()}\n"1999999992","SHORT"\n')

    assert len(HEADER) == 330
    assert [each.line for each in (*bad, *found, *add(registers, "nppes", ragged))] == [3, 3, 3]
    clinic = californian(person("Maria Sample-Jones", "1999999992"), person("Maria Samplejones"))
    asking = enrich(clinic, registers)
    assert asking.practitioners[0].licences[1].source.id == "cms-clinicians:2026-11-01:2"
    assert "Maria Samplejones < clinicians.csv:2" in asked(asking)


def test_made_up_rows_of_the_benchmark_go_in(registers: Registers, tmp_path: Path) -> None:
    """As the benchmark writes them."""
    path = tmp_path / "npidata.csv"
    path.write_text('"' + '","'.join(HEADER) + '"\n' + "".join(made_up_rows(300)))

    assert not add(registers, "nppes", path)
    assert registers.newest()[0].by_number("1000000007")[0].place == 3


def mapped(registers: Registers, name: str) -> list[Fault]:
    """Import a table of one's own by its map."""
    return add(registers, "csv", f"csv/{name}.csv", **read_map(FIXTURES / "csv" / f"{name}.yaml"))


def test_a_table_of_ones_own_says_what_its_map_explains(registers: Registers) -> None:
    """A word that it does not explain is asked about; allegations do not count; what has ended is history."""
    faults = mapped(registers, "board")
    called = ("Anne Example", "B. Example", "Example, Clara", "Dora Example")
    people = [person(name, f"cl - 00{n}", "muc") for n, name in enumerate(called, 1)]
    found = enrich(Clinic(id="c", practitioners=tuple(people)), registers)

    assert [(each.line, each.path) for each in faults] == [(6, "Licence or Full name"), (7, "From")]
    assert [(each.action, each.decided, each.ended) for each in found.sanctions] == [
        (Action.REVOCATION, dt.date(2024, 4, 3), None),
        (Action.SUSPENSION, dt.date(2020, 2, 1), dt.date(2020, 8, 1)),
        (Action.ALLEGATION, dt.date(2025, 6, 5), None),
    ]
    assert found.sanctions[0].source.who == (
        "Made-Up Council, decisions, snapshot of 2026-11-01, board.csv:2: Struck off, 03/04/2024, North"
    )
    assert found.sanctions[0].source.url == "https://council.example/decisions"
    assert asked(found) == ["Example, Clara < board.csv:4"]
    assert [each.register for each in registers.snapshots()] == ["made-up-council"]


def test_a_name_in_a_table_of_ones_own_is_a_question(registers: Registers) -> None:
    """Of people and of firms; not of another state; one without address has no link."""
    mapped(registers, "board")
    mapped(registers, "members")
    clinic = californian(person("Anne Example"), person(None))
    anywhere = attrs.evolve(clinic, region=None)

    assert asked(enrich(anywhere, registers)) == ["Anne Example < board.csv:2", "Anne Example < members.csv:2"]
    assert asked(enrich(clinic, registers)) == ["Anne Example < members.csv:2"]
    assert enrich(clinic, registers).possible_matches[0].source.url is None


def test_a_status_in_a_table_of_ones_own_is_an_entry(registers: Registers) -> None:
    """One that is not explained proves nothing and is asked about."""
    mapped(registers, "members")
    found = enrich(
        Clinic(id="c", practitioners=(person("Anne Example", "M-1", "MUR"), person(None, "M-2", "MUR"))), registers
    )

    assert [each.licences[1].status for each in found.practitioners] == [LicenceStatus.ACTIVE, None]
    assert found.practitioners[0].licences[1].expires == dt.date(2027, 1, 31)
    assert asked(found) == ["M-2 < members.csv:3"]


COUNCIL = {
    "column_map": 1, "register": "cc", "title": "C", "by": "Council", "dates": "uk",
    "columns": {"number": "No", "name": "Name", "action": "Act", "status": "St", "decided": "From", "ended": "To"},
    "meanings": [
        {"words": ["Suspended"], "action": "suspension"}, {"words": ["Struck  off"], "action": "revocation"},
        {"words": ["Lapsed"], "status": "lapsed"},
    ],
}  # fmt: skip


def council(registers: Registers, tmp_path: Path, row: str, name: str | None, number: str) -> Clinic:
    """Look somebody up in a table of one row."""
    (tmp_path / "map.json").write_text(json.dumps(COUNCIL))
    (tmp_path / "c.csv").write_text(f"No,Name,Act,St,From,To\n{row}\n")
    add(registers, "csv", tmp_path / "c.csv", **read_map(tmp_path / "map.json"))
    return enrich(Clinic(id="c", practitioners=(person(name, number, "Council"),)), registers)


@pytest.mark.parametrize(
    ("row", "name", "number", "questions"),
    [
        ("CL-001,Clara Sample,Suspended,,03/04/2020,", "Zoe Other", "CL-001", 1),
        ("CL-001,Clara Sample,,Lapsed,,", "Zoe Other", "CL-001", 1),
        ("1-23,Zoe Other,Suspended,,03/04/2020,", "Zoe Other", "12-3", 1),
        ("PENDING,Zoe Other,Suspended,,03/04/2020,", "Otto Other", "pending", 0),
        ("N/A,Zoe Other,Suspended,,03/04/2020,", None, "n/a", 0),
    ],
)
def test_a_number_of_ones_own_table_needs_the_name_and_the_dashes(  # noqa: PLR0913, PLR0917
    registers: Registers, tmp_path: Path, row: str, name: str | None, number: str, questions: int
) -> None:
    """Else it is a question; a text without a digit is no number."""
    found = council(registers, tmp_path, row, name, number)

    assert not found.sanctions
    assert len(found.practitioners[0].licences) == 1
    assert len(found.possible_matches) == questions


@pytest.mark.parametrize(
    ("row", "actions", "statuses", "questions"),
    [
        ("CL1,Zoe Other,Lapsed,,03/04/2020,", [], [LicenceStatus.LAPSED], 0),
        ("CL1,Zoe Other,,Suspended,03/04/2020,", [Action.SUSPENSION], [], 0),
        ("CL1,Zoe Other,struck off,,03/04/2020,", [Action.REVOCATION], [], 0),
        ("CL1,Zoe Other,Suspended,Weird,03/04/2020,", [Action.SUSPENSION], [], 1),
        ("CL1,Zoe Other,Suspended,Lapsed,03/04/2020,", [Action.SUSPENSION], [LicenceStatus.LAPSED], 0),
        ("CL1,Zoe Other,Weird,Lapsed,03/04/2020,", [], [LicenceStatus.LAPSED], 1),
        ("CL1,,,,,", [], [None], 0),
    ],
)
def test_a_word_means_the_same_in_either_column(  # noqa: PLR0913, PLR0917
    registers: Registers, tmp_path: Path, row: str, actions: list[Action], statuses: list[Any], questions: int
) -> None:
    """None is lost: it is said, or asked about."""
    found = council(registers, tmp_path, row, "Zoe Other", "CL1")

    assert [each.action for each in found.sanctions] == actions
    assert [each.status for each in found.practitioners[0].licences[1:]] == statuses
    assert len(found.possible_matches) == questions


def test_a_table_of_firms_is_looked_up_by_name(registers: Registers, tmp_path: Path) -> None:
    """The clinic's own name among them."""
    tree = {"column_map": 1, "register": "firms", "title": "T", "by": "B", "about": "firms", "columns": {"name": "N"}}
    (tmp_path / "map.json").write_text(json.dumps(tree))
    (tmp_path / "firms.csv").write_text("N,M\nMade-Up Care Ltd,\n")
    add(registers, "csv", tmp_path / "firms.csv", **read_map(tmp_path / "map.json"))

    assert asked(enrich(Clinic(id="c", name="Made-Up Care"), registers)) == ["Made-Up Care < firms.csv:2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", "a column map: a mapping with 'column_map: 1'"),
        ("register: r\ntitle: T\nby: B\ncolumns: {name: N}", "the format version, 'column_map: 1'"),
        ("column_map: 1\nregister: r\ntitle: T\nby: B\ncolumns: {state: S}", "a column for 'number' or 'name'"),
        ("column_map: 1\nregister: r\ntitle: T\nby: B\ncolumns: {nmae: N}", "did you mean 'name'?"),
    ],
)
def test_a_column_map_that_cannot_be_used_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    """With every fault."""
    assert expected in refusal(read_map, tmp_path / "map.yaml", text)


def test_a_table_without_a_map_is_refused(registers: Registers) -> None:
    """The message says how to give one."""
    with pytest.raises(InputError, match="give it with --map"):
        add(registers, "csv", "csv/board.csv")


def test_possible_matches_stand_in_reports_and_count_nothing(registers: Registers) -> None:
    """In text and JSON; those of a snapshot that lies ahead are left out."""
    add(registers, "leie", LEIE)
    clinic = californian(person("Bruno Testperson"))
    verdict = vet(enrich(clinic, registers), mesotherapy(), as_of=DAY)
    early = vet(verdict.clinic, mesotherapy(), as_of=AS_OF - dt.timedelta(1))
    text = to_text(verdict)
    (match,) = to_tree(verdict)["possible_matches"]

    assert "Possible matches to look up\n" in text
    assert "  A name is no proof: these are questions, and count nothing.\n" in text
    assert "Is Bruno Testperson meant by TESTPERSON, BRUNO, UPDATED.csv:4? Nobody has\n" in text
    assert match["place"] == "UPDATED.csv:4"
    assert match["who"] == "OIG List of Excluded Individuals/Entities, snapshot of 2026-11-01, UPDATED.csv:4"
    assert match["seen"] == "2026-11-01"
    assert to_tree(early)["possible_matches"] == []
    assert json.loads(to_json(verdict)) == to_tree(verdict)


def test_a_snapshot_later_than_the_day_is_left_aside(registers: Registers) -> None:
    """A verdict can be replayed for any day."""
    add(registers, "leie", LEIE)
    clinic = californian(person("Anne Examplerow", "1234567893"))

    assert enrich(clinic, registers, as_of=AS_OF - dt.timedelta(1)) == clinic
    assert enrich(clinic, registers, as_of=AS_OF) != clinic


def test_products_makers_and_notices_are_kept(registers: Registers) -> None:
    """Nothing on record is lost by looking up."""
    add(registers, "leie", LEIE)
    notice = Notice(by="Council", source=SITE)
    clinic = californian(notices=(notice,), products=(Product(name="X"),))

    assert enrich(clinic, registers) == clinic


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_persons_keys_are_put_together_as_they_are_made(family: str, given_name: str) -> None:
    """From those of the family name and what the given name adds."""
    assert nppes.keys_of(family, given_name) == person_keys(family, given_name)
