"""What reviews tell of harm: labelled sentences, hostile texts, and what moves a class."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest
import yaml
from cases import HERE, mesotherapy
from hypothesis import example, given
from hypothesis import strategies as st
from shared import real

from clinic_vetting.reviews.harm import Account, read_text
from clinic_vetting.reviews.languages import language
from clinic_vetting.reviews.phrases import Phrases
from clinic_vetting.reviews.spans import durations
from clinic_vetting.reviews.vocabulary import LANGUAGES, Harm, events
from clinic_vetting.reviews.words import QUOTE, clean, plain, plain_words, sentences
from clinic_vetting.tables import adverse_events, clause_words, review_cues

TUNED = (
    "reviews_tuning",
    "reviews_tuning_2",
    "reviews_tuning_3",
    "reviews_tuning_4",
    "reviews_tuning_5",
    "reviews_tuning_6",
    "reviews_tuning_7",
)
FLOORS = {
    "reviews_held_out": (0.95, 0.97, 0.96, 0.97),
    "reviews_fresh": (0.73, 0.77, 0.78, 0.90),
    "reviews_fresh_2": (0.6, 1, 0.6, 1),
    "reviews_fresh_3": (0.77, 0.7, 0.77, 0.7),
    "reviews_fresh_4": (0.68, 0.55, 0.68, 0.55),
}
"""Precision and recall of alarms, then of lasting or grave harm; docs/reviews.md gives the numbers."""


class Row(NamedTuple):
    """A labelled sentence."""

    harm: str
    flags: str
    language: str
    kind: str
    text: str


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Read a file of labelled sentences."""
    lines = (HERE / "data" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Row(*line.split("\t")) for line in lines if not line.startswith("#"))


def found(text: str) -> str:
    """Give the class that is read."""
    told = read_text(text).told
    return max(each.harm for each in told).name.lower() if told else "none"


def rates(name: str, wanted: set[str]) -> tuple[float, float]:
    """Give precision and recall for some classes."""
    pairs = [(row.harm in wanted, found(row.text) in wanted) for row in rows(name)]
    hits = sum(is_so and said for is_so, said in pairs)
    return hits / sum(said for _, said in pairs), hits / sum(is_so for is_so, _ in pairs)


def test_the_labelled_sentences_are_many_and_half_of_them_traps() -> None:
    """In both languages, of every class, and no sentence twice."""
    every = [row for name in (*TUNED, *FLOORS) for row in rows(name)]
    traps = [row for row in every if row.harm in ("none", "expected") or row.kind in ("contrast", "delayed", "conduct")]

    assert len({row.text for row in every}) == len(every) >= 250
    assert len(traps) * 2 >= len(every)
    assert {row.harm for row in every} == {"alarm", "watch", "expected", "none"}
    assert {row.language for row in every} == set(LANGUAGES)


@pytest.mark.parametrize("name", FLOORS)
def test_what_was_not_tuned_on_is_read_as_well_as_the_docs_say(name: str) -> None:
    """Precision and recall do not fall below the floors that docs/reviews.md states."""
    floors = FLOORS[name]

    actual = (*rates(name, {"alarm"}), *rates(name, {"alarm", "watch"}))

    assert all(rate >= floor for rate, floor in zip(actual, floors, strict=True)), actual


@pytest.mark.parametrize("name", TUNED)
def test_what_was_tuned_on_is_read(name: str) -> None:
    """No alarm is missed or made up there, and one harm at most."""
    alarms, harms = rates(name, {"alarm"}), rates(name, {"alarm", "watch"})

    assert min(alarms) == 1
    assert min(harms) >= 0.97


@pytest.mark.parametrize("flag", ["warned", "abandoned"])
def test_warnings_and_conduct_are_read(flag: str) -> None:
    """Of what was not tuned on, every one that is found is one, and most are found."""

    def says(account: Account) -> bool:
        return bool(account.warned) if flag == "warned" else account.left_alone

    pairs = [(flag in row.flags, says(read_text(row.text))) for name in FLOORS for row in rows(name)]

    assert not [pair for pair in pairs if pair == (False, True)]
    assert sum(pair == (True, True) for pair in pairs) >= 0.9 * sum(is_so for is_so, _ in pairs)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("I was bruised for four days.", Harm.EXPECTED),
        ("I was bruised for ten days.", Harm.WATCH),
        ("I was bruised and day 20 is no better.", Harm.WATCH),
        ("I was numb for ten days.", Harm.EXPECTED),
        ("I had lumps for three days.", Harm.WATCH),
        ("Three weeks later I got lumps.", Harm.ALARM),
        ("Three years later I got lumps.", Harm.WATCH),
        ("Three weeks later I still have lumps.", Harm.WATCH),
        ("My lumps were gone in two days.", Harm.EXPECTED),
        ("My bruises were gone after three weeks.", Harm.WATCH),
        ("Me salieron bultos al mes y medio.", Harm.ALARM),
    ],
)
def test_time_turns_the_class(text: str, harm: Harm) -> None:
    """Expected for about a week, then to be watched; late lumps are an alarm."""
    actual = read_text(text)

    assert harm == actual.harm
    assert actual.told


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Je suis très contente, mais une infection est apparue après les piqûres avec des douleurs.", "fr"),
        ("Die Ärztin ist sehr nett und ich habe mich nicht unwohl gefühlt, keine Infektion.", "de"),
        ("感染しました。とても痛いです。", "other"),
        ("Оченьбольно", "other"),
    ],
)
def test_other_languages_are_not_read(text: str, others: str) -> None:
    """They are named, and nothing is read into them."""
    actual = read_text(text)

    assert (actual.read, actual.language, actual.told) == (False, others, ())


@pytest.mark.parametrize(
    "text",
    [
        "I got an \uff49\uff4e\uff46\uff45\uff43\uff54\uff49\uff4f\uff4e.",
        "I got an in\u200bfec\u200dtion.",
        "\u202eI got an infection.\u202c",
        "I got an infection \U0001f62d\U0001f62d.",
        "I\u2019ve got an INFECTION!!!",
        "I got\tan\r\ninfection\x00.",
        "I got an inf\u0435\u0441ti\u03bfn.",
        "I got \u0455\u0435\u0440\u0455\u0456\u0455.",
    ],
)
def test_disguised_words_are_read_and_quoted_plainly(text: str) -> None:
    """Full-width, invisible, turned-around, emoji, lookalikes: what is quoted does nothing in a terminal."""
    actual = read_text(text)

    assert actual.harm is Harm.ALARM
    assert not [char for told in actual.told for char in told.quote if not char.isprintable() and char != "\n"]


@pytest.mark.parametrize(
    "text",
    ["!" * 20_000, "a\u0301\u0327" * 6_000, "\ufdfa" * 20_000, "skin " * 4_000, "'&'" * 6_000, "i got pus, " * 1_800,
     "no i have " * 2_000, "days of " * 2_500, "\ud800", "\U000e0001" * 9_000, "x" * 20_000, ""],
)  # fmt: skip
def test_hostile_texts_are_read_in_pieces(text: str) -> None:
    """No sentence that is worked on is longer than a bound, so that time grows with the text and no faster."""
    account = read_text(text)

    assert max((len(each.words) for each in sentences(clean(text))), default=0) <= 1000
    assert all(len(each.quote) <= QUOTE + 6 for each in account.told)


TOLD = st.sampled_from(["I got an abscess.", "It was infected, I had pus", "they BLOCKED me", "hard lumps for months!"])
"""What tells of an event, if nothing around it speaks against that."""


@given(st.lists(st.one_of(st.text(max_size=40), TOLD), max_size=6).map(" ".join))
@example("I got an abscess.")
def test_whatever_is_written_can_be_read(text: str) -> None:
    """Every event has a quote that stands in the text as it is cleaned."""
    cleaned = clean(text)

    assert clean(cleaned) == cleaned or not cleaned.isascii()
    assert len(plain(cleaned)) == len(cleaned)
    assert all(each.quote.strip(".") in cleaned for each in read_text(text).told)


@given(
    st.lists(
        st.sampled_from(["i", "got", "an", "infection", "no", "my", "friend", "but", "they", "warned", "pus", "3"])
    )
)
def test_words_in_any_order_can_be_read(words: list[str]) -> None:
    """What is told is at most as often told as a word of harm stands there."""
    assert len(read_text(" ".join(words)).told) <= words.count("infection") + words.count("pus")


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("I got an infection.", ["infection"]),
        ("I got an infection. From my piercing, not from them.", []),
        ("I got an infection.\n\nFrom my piercing, not from them.", []),
        ("I got an infection. Nothing to do with the clinic?", ["infection"]),
        ("I got an infection. They said it was nothing to do with them.", ["infection"]),
        ("I got an infection. I want nothing to do with them.", ["infection"]),
        ("I got an infection. Not from my piercing.", ["infection"]),
        ("I got an infection. Lovely staff. I had an abscess from my piercing.", ["infection"]),
        ("I got an infection. I had an abscess from my piercing.", ["infection"]),
        ("I had an HIV test. It was negative.", []),
        ("I had an HIV test. It was a negative experience of a visit.", ["blood-borne virus"]),
        ("I got an abscess. 10/10. ... \U0001f62d.", ["abscess"]),
    ],
)
def test_a_sentence_can_take_back_the_one_before_it(text: str, events: list[str]) -> None:
    """Where the reviewer gives another cause and tells no event there; not where the clinic does."""
    assert [each.event.term for each in read_text(text).told] == events


def test_scripts_that_are_not_latin_stay_as_they_are() -> None:
    """Only what stands among Latin letters is taken for one."""
    assert (
        clean("\u043e\u0447\u0435\u043d\u044c \u0441\u043e\u0440")
        == "\u043e\u0447\u0435\u043d\u044c \u0441\u043e\u0440"
    )
    assert clean("abs\u0441ess \u043e\u0447\u0435\u043d\u044c \u0431\u043e\u043b\u044c\u043d\u043e").startswith(
        "abscess \u043e\u0447"
    )


def test_a_long_sentence_is_quoted_around_its_event() -> None:
    """Dots stand for what was left out."""
    quote = read_text(f"{'la ' * 60} I got an abscess {'la ' * 60}").told[0].quote

    assert quote.startswith("...")
    assert quote.endswith("...")
    assert "I got an abscess" in quote
    assert len(quote) <= QUOTE + 6


def test_the_vocabulary_covers_the_field() -> None:
    """What has the same name in the field has the same class."""
    known = yaml.safe_load(real("domain/adverse_events.yaml").read_text(encoding="utf-8"))["events"]
    classes = {each["id"]: each["class"] for each in known}
    shared = set(classes) & set(events())

    assert {name: classes[name] for name in shared} == {name: events()[name].harm.name.lower() for name in shared}
    assert len(shared) >= 15
    assert len(events()) >= 30


def test_every_event_points_to_criteria_that_are_asked() -> None:
    """Alarms point somewhere, and phrases are as they are matched: lower case, without accents."""
    asked = {each.full_id for each in mesotherapy().criteria()}
    tables = [*adverse_events().values(), *review_cues().values(), *clause_words().values()]
    phrases = [row[each] for row in tables for each in LANGUAGES]

    assert {criterion for each in events().values() for criterion in each.points_to} <= asked
    assert all(each.points_to for each in events().values() if each.harm is Harm.ALARM)
    assert [each for each in phrases if plain(each) != each] == []


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("lip* .. white", "my lips went all so very white", (1, 7)),
        ("lip* .. white", "my lips went all so very very white", None),
        ("lip* .. white", "white lips", None),
        ("cut open", "cut me open", None),
        ("cut open", "was cut open", (1, 3)),
        ("scar", "scared", None),
    ],
)
def test_phrases(phrase: str, text: str, expected: tuple[int, int] | None) -> None:
    """An ending is any, a gap at most four words."""
    found = Phrases({"it": [phrase]}).find(text.split())

    assert [(each.start, each.end) for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a couple of weeks", [14]), ("for weeks", [14]), ("a month and a half", [45]), ("mes y medio", [45]),
        ("al mes y medio", [45]), ("48 hours", [0]), ("tres dias", [3]), ("99999 years", [9999 * 365]),
        ("day one", []), ("week 6", [42]), ("the month", []), ("of of days", [2]), ("9 months", [270]),
    ],
)  # fmt: skip
def test_durations(text: str, days: list[int]) -> None:
    """In both languages, with and without a number."""
    assert days == [each.days for each in durations(text.split())]


def test_language_by_common_words() -> None:
    """A text too short to tell is read as any."""
    assert language(frozenset(plain_words("I was there and it was fine"))) == "en"
    assert language(frozenset(plain_words("Fui con mi hermana y todo muy bien"))) == "es"
    assert language(frozenset()) == ""


@pytest.mark.parametrize(
    "tie",
    [
        *[
            "after lip filler",
            "after the botox",
            "from the treatment",
            "following treatment",
            "after my second session",
        ],
        *[
            "because of the filler",
            "due to the injections",
            "due to this clinic",
            "thanks to this place",
            "after my appointment",
            "after coming here",
            "from the jabs",
        ],
        *[
            "here",
            "in this clinic",
            "two days after my mesotherapy",
            "and it was their fault",
            "from unsterile needles",
        ],
    ],
)
@pytest.mark.parametrize(
    "told",
    [
        "I have asthma and got an infection {}.",
        "I had a fall last year, and now I got an abscess {}.",
        "I got sepsis {} and was off work with pneumonia too.",
    ],
)
def test_another_illness_clears_no_harm_that_is_tied_to_the_treatment(told: str, tie: str) -> None:
    """People have asthma, and falls behind them."""
    assert read_text(told.format(tie)).harm is Harm.ALARM


@pytest.mark.parametrize(
    "told",
    [
        "Tengo asma y cogí una infección por los pinchazos.",
        "Tengo asma y me salió un absceso tras ponerme bótox.",
        "Tuve covid y cogí una infección por una aguja sucia, por falta de higiene.",
        "Tuve covid y me salió un absceso después de mi sesión.",
        "Cogí una infección de vacaciones por los pinchazos de esta clínica.",
        "Tengo diabetes y cogí una infección gracias a este centro.",
    ],
)
def test_another_illness_clears_no_harm_that_is_tied_to_the_treatment_in_spanish(told: str) -> None:
    """As in English."""
    assert read_text(told).harm is Harm.ALARM


@pytest.mark.parametrize(
    "told",
    [
        "I got an infection from a car accident; it wasn't their fault and they were lovely.",
        "I have diabetes and never got an infection after my treatment.",
        "I have hepatitis C and they treated me with no discrimination.",
        "No fue culpa suya, la infección fue por un accidente de moto.",
        "I have diabetes and got an infection in my foot; due to this place I feel cared for.",
        "I have diabetes and got an infection in my foot; thanks to this clinic I recovered.",
        "Gracias a esta clinica se me curó un absceso.",
        "Tengo diabetes y tuve una infección en el pie; gracias a este centro me recuperé.",
    ],
)
def test_what_ties_nothing_raises_no_alarm(told: str) -> None:
    """Words of a tie stand in what denies one, too."""
    assert read_text(told).harm is not Harm.ALARM
