"""The words of the reports: one catalogue, every sentence in every language."""

from __future__ import annotations

import pickle
from string import Formatter

import pytest
from cases import ROOT
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Action,
    Answer,
    AuthorisationStatus,
    InputError,
    Kind,
    LicenceStatus,
    NoticeKind,
    Outcome,
    RegistrationStatus,
    Severity,
    document,
    parse_clinic,
)
from clinic_vetting.advice import CAUSES, Reason, Stands
from clinic_vetting.criteria_folder import folder
from clinic_vetting.dates import Span
from clinic_vetting.identifiers import Form
from clinic_vetting.language import known, said
from clinic_vetting.upkeep.lint import NAMES
from clinic_vetting.words import (
    ENGLISH,
    PARTS,
    again,
    catalogue,
    cut,
    joined,
    languages,
    needs,
    recorded,
    say,
    told,
    whole,
    word,
)


def untranslated(language: str) -> tuple[str, ...]:
    """List the messages that have no sentence in a language, or one that needs other values than the English one."""
    mine, english = catalogue(language), catalogue(ENGLISH)
    return tuple(each for each in english if each not in mine or needs(mine[each]) != needs(english[each]))


def test_the_reports_speak_english_and_spanish() -> None:
    assert languages() == ("en", "es")


@pytest.mark.parametrize("language", languages())
def test_a_language_says_everything_that_english_says(language: str) -> None:
    """Nothing missing, nothing left over, the same placeholders."""
    assert untranslated(language) == ()
    assert catalogue(language).keys() == catalogue("en").keys()


@pytest.mark.parametrize("message", sorted(catalogue("en")))
def test_a_message_is_said_with_its_values(message: str) -> None:
    """Each value stands in each language's sentence, whatever it holds."""
    values = {name: f"<{name}>" for name in needs(catalogue("en")[message])}

    for language in languages():
        said = say(language, message, **values)
        assert said.strip()
        assert [value for value in values.values() if value not in said] == []


def test_one_and_several_have_forms_of_their_own() -> None:
    assert say("es", "finding.more", count=1) == "y 1 más, marcada abajo con ? ~ o ."
    assert say("es", "finding.more", count=2) == "y 2 más, marcadas abajo con ? ~ o ."


@given(value=st.text(alphabet="{}.!:_[]a0", max_size=20))
def test_a_value_is_never_read_as_a_placeholder(value: str) -> None:
    """Braces, attributes and formats in a value stay text."""
    assert say("en", "finding.note", text=value) == f"note: {value}"


def test_a_text_that_is_a_message_is_said_again() -> None:
    """Messages within messages too, and after a journey to another process; what people wrote stays."""
    where = told("measured.ratings_on", count=1, platforms=told("measured.reviews", count=2))

    assert (where, again(where, "en")) == ("1 rating on 2 dated reviews", "1 rating on 2 dated reviews")
    assert again(pickle.loads(pickle.dumps(where)), "es") == "1 valoración en 2 reseñas con fecha"  # noqa: S301
    assert again("1 rating on 2 dated reviews", "es") == "1 rating on 2 dated reviews"


def test_texts_put_together_or_cut_are_said_again_each() -> None:
    """What is no message stays, what is not there is left out, and what a record holds is told by it."""
    several = told("measured.ratings", count=2)
    text = joined(", ", "Maps", several, "", None, recorded(Span(3)))

    assert (text, again(text, "es")) == ("Maps, 2 ratings, 3 months", "Maps, 2 valoraciones, 3 months")
    assert (cut(several, 9), cut(several, 4), again(cut(several, 4), "es")) == ("2 ratings", "2 ra", "2 va")
    assert (cut("ratings", 4), type(cut("ratings", 4))) == ("rati", str)
    assert again(pickle.loads(pickle.dumps(cut(text, 30))), "es") == "Maps, 2 valoraciones, 3 months"  # noqa: S301
    assert again(cut(several, len(several)), "es") == "2 valorac"


@pytest.mark.parametrize(
    ("given", "near"),
    [("esp", "es"), ("español", "es"), ("ES", "es"), ("en-GB", "en"), ("English", "en"), ("xx", ""), ("", "")],
)
def test_an_unknown_language_is_refused_with_those_there_are(given: str, near: str) -> None:
    """And with the one that it begins with: its name, or with a country."""
    with pytest.raises(InputError) as error:
        known(given)

    hint = f"; did you mean {near!r}?" if near else ""
    assert str(error.value) == f"language: code: expected one of en, es, got {given!r}{hint}"


def test_a_word_that_no_list_has_is_shown_as_it_is_written() -> None:
    assert (word("es", "outcome", "met"), word("es", "outcome", "of_its_own")) == ("cumplido", "of its own")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("part", PARTS)
def test_a_catalogue_says_each_message_once(language: str, part: str) -> None:
    """A second one with the same name would win in silence."""
    assert document.read_document(str(folder() / "messages" / language / f"{part}.yaml")).faults == []


@pytest.mark.parametrize("language", languages())
def test_placeholders_are_plain_names(language: str) -> None:
    """So no value is looked into, and none is formatted."""
    texts = [each for text in catalogue(language).values() for each in ([text] if isinstance(text, str) else text)]
    parts = [part for text in texts for part in Formatter().parse(text) if part[1] is not None]

    assert [each for each in parts if not str(each[1]).isidentifier() or each[2] or each[3]] == []


def test_a_language_without_a_catalogue_says_nothing() -> None:
    """Not even where its name is the path of another file."""
    for language in ("xx", "../en", ""):
        with pytest.raises(KeyError):
            say(language, "outcome.met")


LISTS = {
    "outcome": Outcome,
    "severity": Severity,
    "answer": Answer,
    "kind": Kind,
    "notice": NoticeKind,
    "action": Action,
    "form": Form,
    "reason": Reason,
    "fixes": Stands,
    "plainly": Outcome,
    "cause": CAUSES,
    "because": CAUSES,
}


@pytest.mark.parametrize("group", LISTS)
def test_every_word_of_a_list_is_in_the_catalogue(group: str) -> None:
    """So none is shown in English to a reader of another language."""
    assert {f"{group}.{each}" for each in LISTS[group]} <= catalogue("en").keys()


@pytest.mark.parametrize("rule", NAMES)
def test_every_rule_of_lint_has_its_sentences(rule: str) -> None:
    """What was found, why it matters, what to do."""
    assert {f"lint.{rule}.{part}" for part in ("what", "why", "do")} <= catalogue("en").keys()


@pytest.mark.parametrize("status", sorted({*LicenceStatus, *RegistrationStatus, *AuthorisationStatus}))
def test_every_status_is_in_the_catalogue(status: str) -> None:
    """In English it is the word as dossiers write it."""
    assert say("en", f"status.{status}") == status.replace("_", " ")


def test_every_message_is_said_somewhere() -> None:
    """None is left over: its id, or its group, stands in the code."""
    code = "".join(
        each.read_text(encoding="utf-8") for each in (ROOT / "src").rglob("*.*") if each.suffix in (".py", ".html")
    )
    groups = {*LISTS, "status", "legend", "condition", "part", "limit", "cite", "remedies", "robustness"}
    groups |= {
        "history",
        "forecast",
        "difference",
        "comparison",
        "page",
        "lint",
        "set",
        "backtest",
        "interview",
        "treatment",
    }

    def is_said(message: str) -> bool:
        group = message.rpartition(".")[0]
        made = any(each in code for each in (f'"{group}.{{', f'"{group}", ', f'"{group}."'))
        return message in code or made or message.split(".", maxsplit=1)[0] in groups

    assert [each for each in catalogue("en") if not is_said(each)] == []


@pytest.mark.parametrize("language", languages())
def test_words_fit_their_columns(language: str) -> None:
    """Outcomes and severities stand in rows, with a blank after them."""
    assert max(len(word(language, "outcome", each)) for each in Outcome) <= 14
    assert max(len(word(language, "severity", each)) for each in Severity) <= 8


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        (
            "dossier: 1\nclinic: {id: a, name: b, country: C}",
            "expected a country code",
            "se esperaba: un código de país",
        ),
        ("- a", "x.yaml:1: document: expected", "x.yaml:1: documento: se esperaba"),
        (
            "dossier: 1\ndosier: 2",
            "got the unknown key 'dosier'; did you",
            "la clave desconocida 'dosier'; ¿quiso decir",
        ),
    ],
)
def test_a_fault_is_said_in_each_language(text: str, english: str, spanish: str) -> None:
    """In English it is what `str` says."""
    with pytest.raises(InputError) as error:
        parse_clinic(text, "x.yaml")

    assert said(error.value, "en") == str(error.value)
    assert (english in str(error.value), spanish in said(error.value, "es")) == (True, True)


def test_what_is_no_message_is_said_as_it_is() -> None:
    """An error without a text, too."""
    assert (said(ValueError(), "es"), said(ValueError(7), "es"), said("a text", "es")) == ("", "7", "a text")


@pytest.mark.parametrize(
    ("number", "english", "spanish"),
    [(0, "0", "0"), (999, "999", "999"), (5000, "5,000", "5000"), (1234567, "1,234,567", "1\u00a0234\u00a0567")],
)
def test_the_digits_of_a_number_are_grouped_as_a_language_does(number: int, english: str, spanish: str) -> None:
    """In Spanish by a space, from five digits on (RAE, Ortografía, 2010)."""
    said = whole(number)

    assert (said, said.again("en"), said.again("es")) == (english, english, spanish)
    assert again(told("note.register.holds", rows=said), "es") == f"filas: {spanish}"


def test_one_of_something_is_said_as_one() -> None:
    """In each language."""
    english, spanish = (say(each, "warning.unread", count=1) for each in ("en", "es"))

    assert english == "reviews: 1 text was not read for harm; read_reviews or --read-reviews reads it"
    assert spanish.startswith("reviews: no se ha leído 1 texto en busca de daños; lo lee")
    assert say("en", "difference.silent", count=1).startswith("1 more is asked by only one of the two sets")
    assert "no mueve nada" in say("es", "difference.silent", count=1)
