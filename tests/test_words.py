"""The words of the reports: one catalogue, every sentence in every language."""

from __future__ import annotations

import pickle

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
)
from clinic_vetting.advice import CAUSES, Reason, Stands
from clinic_vetting.dates import Span
from clinic_vetting.identifiers import Form
from clinic_vetting.upkeep.lint import NAMES
from clinic_vetting.words import (
    again,
    catalogue,
    cut,
    joined,
    known,
    languages,
    needs,
    read,
    recorded,
    say,
    told,
    untranslated,
    word,
)


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
        assert all(value in say(language, message, **values) for value in values.values())


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

    assert (where, again(where, "en")) == ("1 ratings on 2 dated reviews", "1 ratings on 2 dated reviews")
    assert again(pickle.loads(pickle.dumps(where)), "es") == "1 valoración en 2 reseñas con fecha"  # noqa: S301
    assert again("1 ratings on 2 dated reviews", "es") == "1 ratings on 2 dated reviews"


def test_texts_put_together_or_cut_are_said_again_each() -> None:
    """What is no message stays, what is not there is left out, and what a record holds is told by it."""
    several = told("measured.ratings", count=2)
    text = joined(", ", "Maps", several, "", None, recorded(Span(3)))

    assert (text, again(text, "es")) == ("Maps, 2 ratings, 3 months", "Maps, 2 valoraciones, 3 months")
    assert (cut(several, 9), cut(several, 4), again(cut(several, 4), "es")) == ("2 ratings", "2 ra", "2 va")
    assert (cut("ratings", 4), type(cut("ratings", 4))) == ("rati", str)
    assert again(pickle.loads(pickle.dumps(cut(text, 30))), "es") == "Maps, 2 valoraciones, 3 months"  # noqa: S301


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError) as error:
        known("esp")

    assert str(error.value) == "language: code: expected one of en, es, got 'esp'; did you mean 'es'?"


def test_a_word_that_no_list_has_is_shown_as_it_is_written() -> None:
    assert (word("es", "outcome", "met"), word("es", "outcome", "of_its_own")) == ("cumplido", "of its own")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("messages: 1\na: {b: '{x.y}'}", "m.yaml:2: a.b: expected placeholders that are plain names, such as {score}"),
        ("messages: 1\na: '{x!r}'", "m.yaml:2: a: expected placeholders that are plain names"),
        ("messages: 1\na: '{x:>9}'", "m.yaml:2: a: expected placeholders that are plain names"),
        ("messages: 1\na: '{0}'", "m.yaml:2: a: expected placeholders that are plain names"),
        ("messages: 1\na: '{x'", "m.yaml:2: a: expected pairs of braces around names"),
        ("messages: 1\na: {one: '{', other: b}", "m.yaml:2: a.one: expected pairs of braces around names"),
        ("messages: 1\na: {one: [], other: b}", "m.yaml:2: a.one: expected a sentence, or a mapping of sentences"),
        ("messages: 2\na: b", "m.yaml:1: messages: expected the format version 1"),
        ("- a", "m.yaml:1: document: expected a catalogue: a mapping with 'messages: 1'"),
    ],
)
def test_a_fault_of_a_catalogue_names_its_line(text: str, fault: str) -> None:
    with pytest.raises(InputError) as error:
        read(document.parse(text, "m.yaml"))

    assert str(error.value).startswith(fault)


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
        made = f'"{message.rpartition(".")[0]}.{{'
        return message in code or made in code or message.split(".", maxsplit=1)[0] in groups

    assert [each for each in catalogue("en") if not is_said(each)] == []


@pytest.mark.parametrize("language", languages())
def test_words_fit_their_columns(language: str) -> None:
    """Outcomes and severities stand in rows, with a blank after them."""
    assert max(len(word(language, "outcome", each)) for each in Outcome) <= 14
    assert max(len(word(language, "severity", each)) for each in Severity) <= 8
