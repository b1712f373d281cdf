"""Reading a clinic's reviews: statements with quotes, signals with their chances, and what neither may move."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from typing import Any

import attrs
import pytest
from cases import DAY, ROOT, clinic, mesotherapy
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Clinic,
    Outcome,
    Review,
    clinic_digest,
    clinic_from,
    load_clinic,
    plain,
    read_reviews,
    tables,
    to_json,
    to_text,
    to_tree,
    vet,
)
from clinic_vetting.canonical import digest
from clinic_vetting.cli import main
from clinic_vetting.reviews.chances import binomial_tail, burst_bound, divergence_tail, hypergeometric_tail, unexplained
from clinic_vetting.reviews.reading import analyse
from clinic_vetting.reviews.signals import FALSE_ALARMS, HONEST, Signal, signals
from clinic_vetting.reviews.similar import groups, jaccard, shingles
from clinic_vetting.reviews.telling import SIGNALS
from clinic_vetting.reviews.words import plain_words

ABSCESS = "I got an abscess on my hip and it had to be drained."
LUMPS = "Three weeks later red painful lumps came up on my arms."


def review(text: str | None = None, days: int | None = 30, **more: Any) -> Review:
    """Make a review so many days before the day."""
    date = None if days is None else DAY - dt.timedelta(days)
    return Review(**({"platform": "Google", "text": text, "date": date} | more))


def outcome(criterion: str, *reviews: Review) -> Outcome:
    """Give what a criterion comes to after reading."""
    verdict = vet(read_reviews(Clinic(id="c", reviews=reviews), as_of=DAY), mesotherapy(), as_of=DAY)
    return next(each.outcome for each in verdict.findings if each.id == criterion)


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([review(ABSCESS)], Outcome.DOUBTED),
        ([review(ABSCESS), review(LUMPS, 60)], Outcome.DOUBTED),
        ([review(ABSCESS), review(LUMPS, 60, platform="Trustpilot")], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 60)], Outcome.FAILED),
        ([review(ABSCESS, verified=True), review(LUMPS, 60, verified=False)], Outcome.FAILED),
        ([review(ABSCESS, author="Anonymous"), review(LUMPS, 60, author="A Google User")], Outcome.DOUBTED),
        ([review(ABSCESS, author="\u200b"), review(LUMPS, 60, verified=False)], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 60, author="Ben")], Outcome.FAILED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 60, author=" ada ")], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 60, author="Ada.")], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 30)], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(ABSCESS, 60)], Outcome.DOUBTED),
        ([review(f"{ABSCESS} Never again.", author="Ada"), review(ABSCESS, 60)], Outcome.DOUBTED),
        ([review(ABSCESS, author="Ada"), review(LUMPS, 400)], Outcome.DOUBTED),
        ([review(ABSCESS, 1000, author="Ada"), review(LUMPS, 1010)], Outcome.FAILED),
        ([review(ABSCESS, None)], Outcome.WEAK),
        ([review(ABSCESS, None), review(LUMPS)], Outcome.DOUBTED),
        ([review(ABSCESS, -1)], Outcome.UNKNOWN),
        ([review("They warned me about bruising.")], Outcome.UNKNOWN),
        ([review("I was bruised for three days."), review("My face is still swollen after a month.")], Outcome.UNKNOWN),
        ([review(None)], Outcome.UNKNOWN),
        ([], Outcome.UNKNOWN),
    ],
)
def test_reports_of_grave_harm(reviews: list[Review], expected: Outcome) -> None:
    """Two independent ones within six months of each other fail the criterion, one is a doubt, undated words less."""
    assert expected == outcome("reviews.no_alarm_reports", *reviews)


def test_a_newer_report_stands_beside_two_that_belong_together() -> None:
    """So that whoever looked between them clears the old ones only."""
    reviews = (review(ABSCESS, 900, author="Ada"), review(LUMPS, 950), review("I ended up in hospital.", 10))

    said = read_reviews(Clinic(id="c", reviews=reviews), as_of=DAY).answers["reviews.no_alarm_reports"]

    assert [(each.measured, each.source.seen) for each in said] == [
        ((0, 60), DAY - dt.timedelta(900)),
        ((0, 40), DAY - dt.timedelta(10)),
    ]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((None, None), "The newest of 2 reports of grave harm (2 anonymous), no two of them independent within"),
        (("A", "."), "The newest of 2 reports of grave harm (2 anonymous), no two of them independent within"),
        (("Google user", "Google User 2"), "The newest of 2 reports of grave harm (2 anonymous), no two of them"),
        (("Ada", None), "2 reports of grave harm (1 anonymous), 2 of them independent: other people, days and words,"),
        (("Ada", "Ben"), "2 reports of grave harm, 2 of them independent: other people, days and words, within six"),
        (("Ada", "Ben", "Ada"), "3 reports of grave harm, 2 of them independent: other people, days and words, within"),
    ],
)
def test_a_note_says_how_many_reports_were_anonymous(authors: tuple[str | None, ...], expected: str) -> None:
    """Two that nobody is known to have written may be one competitor's; and on how many independent ones it rests."""
    texts = (ABSCESS, LUMPS, "My cheek went black and the skin died.")
    several = enumerate(zip(texts, authors, strict=False))
    reviews = tuple(review(text, 1 + 30 * at, author=author) for at, (text, author) in several)

    said = read_reviews(Clinic(id="c", reviews=reviews), as_of=DAY).answers["reviews.no_alarm_reports"]

    assert (said[0].note or "").startswith(expected)


def test_harm_called_normal_or_left_alone_speaks_of_no_plan() -> None:
    """A report of lasting harm needs words on what the clinic did; a bruise of three days is none."""
    blocked = review("I have a lump under my eye and they blocked me.")
    normal = review("My face is still swollen after a month and they told me it was normal.")
    bruise = review("They told me the bruise was normal and it was gone in two days.")

    assert outcome("care.complication_plan", blocked) is Outcome.DOUBTED
    assert outcome("reviews.complaints_answered", blocked) is Outcome.DOUBTED
    assert outcome("care.complication_plan", normal) is Outcome.DOUBTED
    assert outcome("reviews.complaints_answered", normal) is Outcome.UNKNOWN
    assert outcome("care.complication_plan", bruise) is Outcome.UNKNOWN


def test_a_warning_speaks_weakly_for_consent() -> None:
    """Only on platforms that the clinic does not control, and never so much that it clears anything."""
    warned = review("They warned me about bruising.")

    assert outcome("care.informed_consent", warned) is Outcome.WEAK
    assert outcome("care.informed_consent", attrs.evolve(warned, independent=False)) is Outcome.UNKNOWN


def test_one_event_concludes_no_cause() -> None:
    """Only what was told is answered; what to ask about is named."""
    read = read_reviews(Clinic(id="c", reviews=(review(ABSCESS),)), as_of=DAY)
    note = read.answers["reviews.no_alarm_reports"][0].note or ""

    assert set(read.answers) == {"reviews.no_alarm_reports"}
    assert "several possible causes, and none is concluded" in note
    assert "hygiene.single_use_sharps" in note


def test_two_verdicts_with_and_without_reading_can_be_told_apart() -> None:
    """The dossier's digest is the same, for it is the same dossier; the rules have a digest of their own."""
    given = load_clinic(ROOT / "examples" / "told-in-reviews.yaml")
    bare, read = vet(given, mesotherapy(), as_of=DAY), vet(read_reviews(given, as_of=DAY), mesotherapy(), as_of=DAY)
    rules = [
        tables.adverse_events(),
        tables.review_cues(),
        tables.clause_words(),
        [["en", "English"], ["es", "Spanish"]],
    ]

    assert to_tree(bare)["dossier_digest"] == to_tree(read)["dossier_digest"]
    assert bare.score != read.score
    assert to_tree(bare)["review_rules"] is None
    assert to_tree(read)["review_rules"] == digest(rules)
    assert json.loads(to_json(read)) == to_tree(read)
    assert json.loads(to_json(bare)) == to_tree(bare)


def test_a_clinic_without_reviews_was_not_read() -> None:
    """There is nothing that rules could have been read by."""
    read = read_reviews(Clinic(id="c"), as_of=DAY)

    assert to_tree(vet(read, mesotherapy(), as_of=DAY))["review_rules"] is None


def test_the_report_shows_what_was_read() -> None:
    """Quote, day, platform, how many texts, which languages, and how many were not read."""
    french = review("Je suis très contente du résultat, une équipe formidable et des soins.")
    read = read_reviews(Clinic(id="c", reviews=(review(ABSCESS), french, review(None))), as_of=DAY)

    text = " ".join(to_text(vet(read, mesotherapy(), as_of=DAY)).split())

    assert f'2026-10-22, Google: "{ABSCESS}" (abscess)' in text
    assert (
        "our reading of 3 reviews on Google (texts read as English and Spanish: 1; 1 in other languages not read)"
        in text
    )


def test_finding_nothing_is_told_and_counts_for_nothing() -> None:
    """What was read is said, and proves nothing."""
    others = (review(platform=each) for each in "ABCD")
    before = Clinic(id="c", reviews=(review("Lovely people, thank you.", platform="E"), *others))
    after = read_reviews(before, as_of=DAY)
    verdicts = [vet(each, mesotherapy(), as_of=DAY) for each in (before, after)]
    text = " ".join(to_text(verdicts[1]).split())

    assert verdicts[0].score == verdicts[1].score
    assert "That proves nothing" in text
    assert "A, B, C and 2 more platforms" in text


def test_the_clinics_own_page_is_named_in_the_readers_language() -> None:
    """As who was read, and beside a quote; in a dossier it is one text. Other platforms keep their names."""
    own = review(ABSCESS, platform="the clinic's own page")
    before = Clinic(id="c", reviews=(own, review("Nice.", platform="the clinic's own page too")))
    verdict = vet(read_reviews(before, as_of=DAY), mesotherapy(), as_of=DAY)
    english, spanish = (" ".join(to_text(verdict, language=each).split()) for each in ("en", "es"))

    assert english.count("the clinic's own page") > english.count("the clinic's own page too") > 0
    assert spanish.count("the clinic's own page") == spanish.count("the clinic's own page too") > 0
    assert "la página propia de la clínica" in spanish


def test_hostile_platforms_and_texts_are_shown_harmless() -> None:
    """Nothing turns text around or hides in it."""
    hostile = review("\u202eI got an abs\u200bcess.\u0007", platform="\u202eGoogle" + "x" * 100, author="\u200b")
    text = to_text(vet(read_reviews(Clinic(id="c", reviews=(hostile,)), as_of=DAY), mesotherapy(), as_of=DAY))

    assert not [char for char in text if not char.isprintable() and char != "\n"]
    assert "I got an abscess." in " ".join(text.split())


TEXTS = [ABSCESS, LUMPS, "They warned me about bruising.", "I have a lump and they blocked me.", "Nice."]
histories = st.lists(
    st.builds(
        review,
        st.sampled_from(TEXTS),
        st.none() | st.integers(-5, 400),
        platform=st.sampled_from(["Google", "Trustpilot"]),
        rating=st.none() | st.integers(1, 5).map(Decimal),
        author=st.none() | st.sampled_from("ab"),
        independent=st.booleans(),
    ),
    max_size=8,
)


@given(histories, st.randoms(use_true_random=False))
def test_reading_again_changes_nothing_and_order_does_not_matter(history: list[Review], chance: random.Random) -> None:
    """The same reviews in any order, read once or twice, give the same verdict; the dossier stays the same."""
    given_ = clinic({"reviews.no_alarm_reports": "yes", "hygiene.hand_hygiene": "no"})
    first = read_reviews(attrs.evolve(given_, reviews=tuple(history)), as_of=DAY)
    chance.shuffle(history)
    other = read_reviews(attrs.evolve(given_, reviews=tuple(history)), as_of=DAY)

    assert read_reviews(first, as_of=DAY) == first
    assert first.answers == other.answers
    assert to_json(vet(first, mesotherapy(), as_of=DAY)) == to_json(vet(other, mesotherapy(), as_of=DAY))
    assert clinic_digest(first) == clinic_digest(attrs.evolve(given_, reviews=tuple(history)))
    assert plain(clinic_from(plain(first))) == plain(attrs.evolve(given_, reviews=first.reviews))


@given(histories)
def test_more_reports_never_raise_and_reading_stays_within_its_bounds(history: list[Review]) -> None:
    """No critical criterion can fail by reading, and one more report of harm never heals."""
    more = [*history, review(ABSCESS, 1)]
    verdicts = [
        vet(read_reviews(Clinic(id="c", reviews=tuple(each)), as_of=DAY), mesotherapy(), as_of=DAY)
        for each in (history, more)
    ]
    failed = [
        next(each.belief.failed for each in verdict.findings if each.id == "reviews.no_alarm_reports" and each.belief)
        for verdict in verdicts
    ]

    assert failed[0] <= failed[1]
    assert all(
        each.outcome is not Outcome.FAILED for each in verdicts[1].findings if each.criterion.severity == "critical"
    )


# --- Signals ---


def kinds(reviews: list[Review]) -> list[str]:
    """Give the kinds of signals."""
    return [each.kind for each in signals(reviews, [plain_words(each.text or "") for each in reviews])]


def rated(counts: list[int], **more: Any) -> list[Review]:
    """Make reviews with so many of one star, two stars and so on."""
    return [review(rating=Decimal(i), **more) for i, count in enumerate(counts, 1) for _ in range(count)]


def test_small_samples_give_no_signal() -> None:
    """However odd they are."""
    few = [
        review("word " * 12, 5, rating=Decimal(5), verified=False, author="a"),
        review("other " * 12, 5, rating=Decimal(1)),
    ]

    assert kinds([]) == kinds(few) == kinds(rated([0, 0, 0, 0, 19], days=3)) == []


def test_a_burst_is_told_with_its_numbers() -> None:
    """Ten in one week of a clinic that has one or two a month."""
    usual = [review(days=days) for days in range(30, 750, 20)]
    burst = [review(days=100 + i % 5) for i in range(12)]

    found = signals([*usual, *burst], [[]] * 48)

    assert kinds(usual) == []
    assert found == [
        Signal(
            "burst",
            "12 of 30 reviews on Google are dated from 2026-08-09 to 2026-08-15, where about 0.6 were usual. "
            "By chance at most 1 time in 1,000,000.",
        )
    ]


def test_a_burst_in_a_day_and_dates_rounded_to_months() -> None:
    """Dates that stand for whole months show no burst."""
    days = [review(days=days) for days in range(1, 361, 9)]
    months = [attrs.evolve(each, date=each.date.replace(day=1)) for each in days if each.date]

    assert "are dated on 2026-05-25," in signals([*days, *[review(days=180)] * 6], [[]] * 46)[0].says
    assert kinds(months) == []


def test_texts_that_repeat_one_another() -> None:
    """By others than their first author, twice at least, and long enough."""
    text = "The whole team made me feel welcome and the result is better than I hoped for"
    same = [review(f"{text} {word}", author=word) for word in ("really", "truly", "honestly")]

    assert kinds(same) == ["repeated"]
    assert kinds(same[:2]) == []
    assert kinds([attrs.evolve(each, author="one") for each in same]) == []
    assert kinds([attrs.evolve(each, author=None) for each in same]) == ["repeated"]
    assert kinds([review("Great place, thank you")] * 9) == []


def test_ratings_without_text() -> None:
    """Where some have a text, and more than ordinary have none."""
    assert kinds([*rated([0, 4, 9, 30, 60]), review("Fine.", rating=Decimal(5))]) == ["without_text"]
    assert kinds(rated([0, 4, 9, 30, 60])) == []
    assert kinds([*rated([1, 1, 2, 8, 20]), *rated([1, 1, 2, 4, 8], text="Fine.")]) == []


def test_a_gap_between_verified_and_unverified() -> None:
    """In stars, and beyond chance."""
    verified = rated([5, 5, 5, 5, 5], verified=True, text="A")

    assert kinds([*verified, *rated([0, 0, 0, 0, 20], verified=False, text="A")]) == ["verified_gap"]
    assert kinds([*verified, *rated([4, 4, 4, 4, 5], verified=False, text="A")]) == []
    assert kinds([*verified, *rated([0, 0, 0, 0, 9], verified=False, text="A")]) == []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([6, 1, 2, 6, 85], []),
        ([50, 2, 2, 2, 144], []),
        ([0, 0, 0, 6, 300], []),
        ([20, 20, 20, 20, 20], []),
        ([0, 0, 100, 0, 100], ["histogram"]),
        ([0, 0, 0, 0, 1500], ["histogram"]),
        ([60, 0, 0, 0, 900], ["histogram"]),
    ],
)
def test_histograms_that_no_mixture_gives(counts: list[int], expected: list[str]) -> None:
    """Love and hate are a mixture; no four stars at all beside very many fives are not."""
    assert expected == kinds(rated(counts, text="Fine."))


def test_what_a_signal_moves_is_small() -> None:
    """All together leave the finding weak; no review is called false."""
    reviews = [
        *rated([0, 0, 0, 0, 900], days=3, verified=False),
        *rated([20, 20, 20, 20, 20], days=200, verified=True, text="A"),
    ]
    read = read_reviews(Clinic(id="c", reviews=(*reviews, review("A"))), as_of=DAY)
    said = read.answers["reviews.no_manipulation"][0]

    assert said.measured == (0, SIGNALS)
    assert outcome("reviews.no_manipulation", *reviews) is Outcome.WEAK
    assert (said.note or "").endswith("That shows no review to be false: there can be other reasons.")
    assert (
        analyse(Clinic(id="c", reviews=tuple(attrs.evolve(each, independent=False) for each in reviews)), DAY).signals
        == ()
    )


def test_the_false_alarm_rate_of_bursts_holds() -> None:
    """Of clinics whose reviews fall anywhere with equal chance, at most one in a hundred shows a burst."""
    chance, runs = random.Random(4), 400  # noqa: S311
    histories = [[review(days=chance.randrange(700)) for _ in range(chance.choice([25, 60, 150]))] for _ in range(runs)]

    alarms = sum("burst" in kinds(each) for each in histories)

    assert alarms <= 2 * FALSE_ALARMS * runs


def test_the_false_alarm_rate_of_histograms_holds() -> None:
    """Of honest mixtures at most one in a hundred is called inexplicable."""
    chance, runs = random.Random(5), 150  # noqa: S311
    alarms = 0
    for _ in range(runs):
        groups_ = chance.sample(HONEST, 3)
        weights = [sum(group[i] for group in groups_) for i in range(5)]
        drawn = chance.choices(range(5), weights, k=chance.choice([60, 500]))
        counts = [drawn.count(i) for i in range(5)]
        alarms += divergence_tail(unexplained(counts, HONEST), 5) <= FALSE_ALARMS

    assert alarms <= 2 * FALSE_ALARMS * runs


def test_the_false_alarm_rate_of_gaps_and_shares_holds() -> None:
    """Where the mark means nothing, or the share is the ordinary one."""
    chance, runs = random.Random(6), 300  # noqa: S311
    alarms = 0
    for _ in range(runs):
        reviews = [
            review(
                "A" if chance.random() < 0.3 else None,
                rating=Decimal(chance.choice([1, 4, 5, 5])),
                verified=chance.random() < 0.5,
            )
            for _ in range(45)
        ]
        alarms += bool({"verified_gap", "without_text"} & set(kinds(reviews)))

    assert alarms <= 2 * 2 * FALSE_ALARMS * runs


@given(st.integers(-1, 31), st.integers(0, 30), st.floats(0, 1))
def test_the_binomial_tail_is_a_tail(least: int, trials: int, share: float) -> None:
    """It falls as more is asked, and is what the next one and its term add up to."""
    assert 0 <= binomial_tail(least + 1, trials, share) <= binomial_tail(least, trials, share) + 1e-12
    assert binomial_tail(0, trials, share) == 1


def test_chances_known_in_full() -> None:
    """Counted by hand."""
    assert binomial_tail(3, 4, 0.5) == pytest.approx(5 / 16)
    assert hypergeometric_tail(2, 2, 2, 4) == pytest.approx(1 / 6)
    assert burst_bound(2, 4, 8, 7) == 1
    assert divergence_tail(3.9, 5) == 1
    assert divergence_tail(14, 5) == pytest.approx(0.00681, rel=0.01)


def test_near_repeats_by_hashes_are_those_by_comparing_all() -> None:
    """Beyond a few hundred texts hashes find them, and so few are missed that here none is."""
    chance = random.Random(1)  # noqa: S311
    words = [f"word{i}" for i in range(500)]
    alone = [chance.choices(words, k=30) for _ in range(320)]
    copies = [[*each[:-2], "changed", "ending"] for each in alone[:40]]
    cut = [shingles(each) for each in [*alone, *copies]]

    assert sorted(groups(cut)) == [[i, 320 + i] for i in range(40)]
    assert groups(cut[:40] + cut[320:]) == [[i, 40 + i] for i in range(40)]
    assert jaccard(cut[0], cut[320]) > 0.5
    assert jaccard(cut[0], cut[1]) == 0


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=8, max_size=14), max_size=12))
def test_few_texts_are_grouped_as_if_all_were_compared(texts: list[list[str]]) -> None:
    """Who repeats joins the first that shares most, of several the earliest; who does not is near none."""
    cut = [shingles(each) for each in texts]
    joined = {place: group[0] for group in groups(cut) for place in group[1:]}

    for place, text in enumerate(cut):
        near = [i for i in range(place) if i not in joined and jaccard(cut[i], text) >= 0.5]
        nearest = [i for _, i in sorted((-len(cut[i] & text), i) for i in near)[:1]]
        assert nearest == ([joined[place]] if place in joined else [])


def test_many_texts_of_one_template_stay_cheap() -> None:
    """Each is compared with the first of its kind only."""
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    cut = [shingles([*words, f"n{i}"]) for i in range(2000)]

    different = [shingles([*words, *(f"n{i}w{j}" for j in range(20))]) for i in range(400)]

    assert [len(each) for each in groups(cut)] == [2000]
    assert groups(different) == []


# --- The command ---


def test_the_command_reads_reviews_when_asked(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """And not otherwise."""
    path = tmp_path / "d.yaml"
    path.write_text(
        f'dossier: 1\nclinic: {{id: c}}\nreviews: [{{platform: Google, date: 2026-10-01, text: "{ABSCESS}"}}]\n',
        encoding="utf-8",
    )
    without = main(["vet", str(path), "--as-of", "2026-11-21"]), capsys.readouterr().out
    with_ = main(["vet", str(path), "--as-of", "2026-11-21", "--read-reviews"]), capsys.readouterr().out

    assert (without[0], with_[0]) == (0, 0)
    assert "abscess" not in without[1]
    assert "abscess" in with_[1]
