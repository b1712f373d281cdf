"""What a verdict offers to programs: findings, days, reachable bands, questions, fixes and waivers."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import Any

import attrs
import pytest
from cases import DAY, clinic, mesotherapy, small_set

from clinic_vetting import (
    Answer,
    Belief,
    Clinic,
    CriteriaSet,
    Kind,
    Outcome,
    Source,
    Statement,
    Verdict,
    Waiver,
    fixes,
    load_criteria,
    parse_clinic,
    parse_criteria,
    questions,
    reports,
    to_text,
    vet,
    vet_tree,
)
from clinic_vetting.evidence import NOBODY_SAID
from clinic_vetting.plan import compiled
from clinic_vetting.verdict import changed_verdicts

HAND = "hygiene.hand_hygiene"
SHARPS = "hygiene.single_use_sharps"
SMALL = small_set("""
  - id: a
    title: A
    weight: 3
    criteria:
      - {id: x, question: X?, weight: 2, severity: critical}
      - {id: y, question: Y?, weight: 1, severity: major, applies: {countries: [GB]}}
  - id: b
    title: B
    weight: 1
    criteria:
      - {id: z, question: Z?, weight: 1, severity: minor, applies: {treatments: [filler]}}
""")


def small() -> CriteriaSet:
    """Give a set of three criteria worth 50, 25 and 25 points."""
    return parse_criteria(SMALL, "small.yaml")


def small_verdict(facts: dict[str, str], **more: Any) -> Verdict:
    """Vet direct answers by an inspection today under the small set."""
    return vet(clinic(facts, **more), small(), as_of=DAY)


def best_and_worst(verdict: Verdict) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give the ids of the settled and of the reachable bands."""
    settled, reachable = verdict.settled, verdict.reachable
    assert settled.best
    assert settled.worst
    assert reachable.best
    assert reachable.worst
    return (settled.best.id, settled.worst.id), (reachable.best.id, reachable.worst.id)


# --- findings


def test_a_finding_is_found_by_its_full_id() -> None:
    """With what was proven, what it is worth, and how far it moves the score."""
    finding = small_verdict({"a.x": "yes"}).finding("a.x")

    assert (finding.outcome, finding.belief) == (Outcome.MET, Belief(100, 0))
    assert finding.points == 50
    assert finding.effect == 25
    assert finding.decided_by is not None
    assert finding.decided_by.statement.answer is Answer.YES


def test_a_finding_that_is_not_there_is_an_error_with_a_suggestion() -> None:
    """The nearest criterion is named."""
    verdict = vet(Clinic(id="c"), mesotherapy(), as_of=DAY)

    with pytest.raises(KeyError, match=r"mesotherapy has no criterion.*did you mean 'hygiene\.hand_hygiene'\?"):
        verdict.finding("hygiene.hand_hygeine")


def test_findings_come_by_category_in_the_order_of_the_set() -> None:
    """All of them, each once."""
    verdict = vet(Clinic(id="c"), mesotherapy(), as_of=DAY)
    by_category = [(category.id, [each.id for each in found]) for category, found in verdict.by_category()]

    expected = [(each.id, [one.full_id for one in each.criteria]) for each in mesotherapy().categories]
    assert expected == by_category
    assert [each.id for each in verdict.findings] == [name for _, names in by_category for name in names]


def test_a_contradiction_keeps_both_statements() -> None:
    """The one that did not decide stands among the others."""
    site = Source("site", Kind.CLAIM, "the website", DAY)
    given = clinic({HAND: "no"}, kind="observation").answering({HAND: Statement(Answer.YES, site)})
    finding = vet(given, mesotherapy(), as_of=DAY).finding(HAND)

    assert finding.contradicted
    assert finding.outcome is Outcome.FAILED
    assert [each.statement.source.id for each in finding.others] == ["site"]


def test_our_standard_is_noted_where_the_law_asks_less() -> None:
    """For a clinic that is known to stand there, or, where its region is not stated, in the region's country."""
    name = "credentials.injector_licensed"

    def notes(**identity: Any) -> tuple[str, ...]:
        return vet(clinic({}, **identity), mesotherapy(), as_of=DAY).finding(name).notes

    (note,) = notes(country="GB", region="GB-ENG")
    assert "our standard" in note
    assert notes(country="GB") == (note,)
    assert note.startswith("England ")
    assert notes(country="GB", region="GB-SCT") == notes(country="FR") == notes() == ()


def test_a_note_for_a_region_names_it() -> None:
    """Since it is shown where only the country is known."""
    noted = [each for criterion in mesotherapy().criteria() for each in criterion.our_standard if each.regions]

    assert {each.regions for each in noted} == {("GB-ENG",)}
    assert [each.says for each in noted if "England" not in each.says] == []


# --- where criteria apply


def test_a_criterion_that_does_not_apply_gives_its_points_to_the_others() -> None:
    """First to its category, and an empty category's to the other categories."""
    verdict = small_verdict({}, country="FR", treatments=["mesotherapy"])

    assert [each.points for each in verdict.findings] == [100, None, None]
    assert [each.outcome for each in verdict.findings][1:] == [Outcome.NOT_APPLICABLE] * 2


def test_a_limit_on_what_is_not_stated_holds() -> None:
    """A clinic of unknown country and treatments is asked everything."""
    assert [each.points for each in small_verdict({}).findings] == [50, 25, 25]


@pytest.mark.parametrize("treatment", ["filler", "Filler", " FILLER "])
def test_a_capital_letter_excuses_nobody(treatment: str) -> None:
    """A limit on treatments holds whatever their case and outer space."""
    verdict = small_verdict({}, treatments=[treatment])

    assert verdict.finding("b.z").points == 25
    assert verdict.warnings == ()


def test_a_treatment_that_nearly_matches_a_limit_is_told() -> None:
    """For then a criterion leaves by a slip of the pen; another treatment altogether is no slip."""
    verdict = small_verdict({}, treatments=["mesotherapy", "fillers"])

    assert verdict.finding("b.z").points is None
    assert verdict.warnings == ("clinic: the treatment 'fillers' is not known here; did you mean 'filler'?",)


def test_what_was_said_about_a_criterion_that_does_not_apply_is_kept_and_not_counted() -> None:
    """It stands among the other statements."""
    verdict = small_verdict({"a.y": "no"}, country="FR")
    finding = verdict.finding("a.y")

    assert verdict.failed == 0
    assert finding.decided_by is None
    assert [each.statement.answer for each in finding.others] == [Answer.NO]


def test_an_excused_required_criterion_is_not_met() -> None:
    """A statement that it does not apply excuses from its points, and not from the band's condition."""
    verdict = small_verdict({"a.x": "not_applicable", "a.y": "yes", "b.z": "yes"})

    assert verdict.band is not None
    assert verdict.band.id == "fair"
    assert [(each.band, each.condition, each.criteria) for each in verdict.limits] == [("good", "met", ("a.x",))]


# --- limits


def test_limits_come_best_band_first_in_a_fixed_order() -> None:
    """Critical, required, failed, proven; each with what was wanted and found, exact."""
    verdict = small_verdict({"a.x": "no"})

    found = [(each.band, each.condition, int(each.wanted), int(each.found), each.criteria) for each in verdict.limits]
    assert found == [
        ("good", "critical_in_doubt", 0, 1, ("a.x",)),
        ("good", "met", 1, 0, ("a.x",)),
        ("good", "failed_at_most", 10, 50, ("a.x",)),
        ("good", "proven_at_least", 60, 0, ()),
        ("fair", "critical_failed", 0, 1, ("a.x",)),
        ("fair", "failed_at_most", 40, 50, ("a.x",)),
    ]


def test_the_best_band_has_no_limits() -> None:
    """Nothing kept it out of a better one."""
    assert small_verdict({"a.x": "yes", "a.y": "yes"}).limits == ()


def test_a_band_names_criteria_that_rule_it_out() -> None:
    """A pattern of reports of serious harm leaves a clinic that is good in all else at caution, and never at avoid."""
    shown = {each.full_id: "yes" for each in mesotherapy().criteria()}
    good = vet(clinic(shown, kind="inspection"), mesotherapy(), as_of=DAY)
    harm = clinic(shown | {"reviews.no_alarm_reports": "no"}, kind="inspection")
    ruled_out = vet(harm, mesotherapy(), as_of=DAY)

    assert good.band is not None
    assert ruled_out.band is not None
    assert (good.band.id, ruled_out.band.id) == ("recommended", "caution")
    named = [(each.band, each.criteria) for each in ruled_out.limits if each.condition == "not_failed"]
    assert named == [(each, ("reviews.no_alarm_reports",)) for each in ("recommended", "acceptable", "unproven")]
    assert "criteria failed that rule this out: 1, allowed 0" in " ".join(to_text(ruled_out).split())


# --- settled and reachable


def test_settled_says_what_answers_to_the_unknown_can_lead_to() -> None:
    """Where nothing is known everything is open; where all is known nothing is."""
    everything = {"a.x": "yes", "a.y": "yes", "b.z": "yes"}

    assert best_and_worst(small_verdict({}))[0] == ("good", "bad")
    assert best_and_worst(small_verdict(everything))[0] == ("good", "good")


def test_what_failed_is_settled_and_can_be_mended() -> None:
    """A failed critical stays while its statement stands; an inspection today can clear it."""
    settled, reachable = best_and_worst(small_verdict({"a.x": "no"}, kind="observation"))

    assert settled == ("bad", "bad")
    assert reachable == ("good", "bad")


def test_what_an_inspection_found_today_cannot_be_cleared_today() -> None:
    """An inspection of the same day is not later, and not stronger."""
    settled, reachable = best_and_worst(small_verdict({"a.x": "no"}))

    assert settled == reachable == ("bad", "bad")


def test_reachable_counts_on_what_is_fully_shown() -> None:
    """What is proven in full is not asked anew, so it cannot be lost."""
    _, reachable = best_and_worst(small_verdict({"a.x": "yes", "a.y": "yes", "b.z": "yes"}))

    assert reachable == ("good", "good")


# --- time


def aged(seen: dt.date, kind: str = "inspection", answer: str = "yes") -> Verdict:
    """Vet one answer of some day."""
    return vet(clinic({"a.x": answer}, kind=kind, seen=seen), small(), as_of=DAY)


def test_a_finding_changes_the_day_after_its_freshness_ends() -> None:
    """Full through twelve calendar months, so the verdict stands through that day."""
    verdict = aged(dt.date(2026, 2, 28))

    assert verdict.valid_until == dt.date(2027, 2, 28)
    assert verdict.finding("a.x").changes_on == dt.date(2027, 3, 1)


def test_half_a_finding_changes_when_it_is_stale() -> None:
    """Half through twice as long, counted from the first day."""
    verdict = aged(dt.date(2025, 6, 30))

    assert verdict.finding("a.x").belief == Belief(50, 0)
    assert verdict.valid_until == dt.date(2027, 6, 30)


def test_what_failed_never_changes_by_waiting() -> None:
    """No day is named."""
    verdict = aged(dt.date(2020, 1, 1), answer="no")

    assert verdict.finding("a.x").belief == Belief(0, 100)
    assert verdict.finding("a.x").changes_on is None
    assert verdict.valid_until is None


def test_what_is_undated_never_changes() -> None:
    """It counts half from the first day."""
    verdict = vet(clinic({"a.x": "yes"}, seen=None), small(), as_of=DAY)

    assert verdict.finding("a.x").belief == Belief(50, 0)
    assert verdict.valid_until is None


def test_statements_of_later_days_do_not_exist_yet() -> None:
    """A replay of an earlier day knows nothing of them; the day on which they come is a day of change."""
    later = DAY + dt.timedelta(days=10)
    verdict = aged(later)

    assert verdict.finding("a.x").outcome is Outcome.UNKNOWN
    assert verdict.finding("a.x").others == ()
    assert verdict.valid_until == later - dt.timedelta(days=1)
    assert verdict.finding("a.x").changes_on == later


def test_a_verdict_replayed_is_the_verdict_of_then() -> None:
    """What came later leaves score and band of the earlier day alone."""
    then = clinic({"a.x": "yes"}, seen=DAY)
    later = Source("later", Kind.INSPECTION, "somebody", DAY + dt.timedelta(days=30))
    now = then.answering({"a.x": Statement(Answer.NO, later)})

    before, after = vet(then, small(), as_of=DAY), vet(now, small(), as_of=DAY)

    assert (before.band.id, before.score) == (after.band.id, after.score)  # type: ignore[union-attr]
    assert vet(now, small(), as_of=later.seen).band.id == "bad"  # type: ignore[arg-type, union-attr]


def test_a_licence_that_expires_ends_the_verdict() -> None:
    """Its last day is the last on which the verdict stands, if nothing else changes before."""
    text = """
dossier: 1
clinic: {id: c}
sources: {gmc: {kind: register, who: GMC, seen: 2026-11-20}}
practitioners:
  - {name: A, injects: yes, licences: {authority: GMC, number: "1", status: active, expires: 2026-11-30, source: gmc}}
"""
    verdict = vet(parse_clinic(text), mesotherapy(), as_of=DAY)

    assert verdict.valid_until == dt.date(2026, 11, 30)
    assert verdict.finding("credentials.injector_licensed").changes_on == dt.date(2026, 12, 1)


# --- questions and fixes


def test_open_criteria_are_asked_for() -> None:
    """First those without which a better band is closed, then by points unknown, then by id."""
    asked = questions(small_verdict({}))

    assert [(each.criterion.full_id, int(each.points), each.opens) for each in asked] == [
        ("a.x", 50, ("good",)),
        ("a.y", 25, ()),
        ("b.z", 25, ()),
    ]


def test_a_small_question_that_opens_a_band_comes_first() -> None:
    """Before a greater one that does not."""
    text = SMALL.replace("met: [a.x]", "met: [b.z]").replace("proven_at_least: 60", "proven_at_least: 20")
    criteria = parse_criteria(text, "small.yaml")
    asked = questions(vet(clinic({}), criteria, as_of=DAY))

    assert [each.criterion.full_id for each in asked] == ["b.z", "a.x", "a.y"]


def test_what_is_shown_or_failed_in_full_is_not_asked() -> None:
    """What is shown in part is, for the rest of its points."""
    verdict = vet(clinic({"a.x": "yes", "b.z": "no"}, kind="observation"), small(), as_of=DAY)

    assert {each.criterion.full_id: each.points for each in questions(verdict)} == {"a.y": 25, "a.x": 10, "b.z": 5}
    assert questions(small_verdict({"a.x": "yes", "a.y": "yes", "b.z": "no"})) == ()


def test_a_fix_brings_back_what_failed() -> None:
    """Its points again in full; the most first."""
    verdict = small_verdict({"a.x": "partly", "a.y": "no"})

    assert [(each.criterion.full_id, int(each.regains)) for each in fixes(verdict)] == [("a.x", 25), ("a.y", 25)]


def test_score_and_fixes_add_up() -> None:
    """Mending everything that failed brings the score to what the fixes say."""
    before = small_verdict({"a.x": "no", "a.y": "partly"})
    after = small_verdict({"a.x": "yes", "a.y": "yes"})
    assert before.score is not None

    assert after.score == before.score + sum((each.regains for each in fixes(before)), Fraction(0))


# --- waivers


def waived(criterion: str, until: dt.date, facts: dict[str, str] | None = None) -> Verdict:
    """Vet with one waiver."""
    given = clinic(facts or {}, kind="observation")
    waiver = Waiver(criterion=criterion, reason="because", owner="us", until=until)
    return vet(Clinic(id="c", answers=given.answers, waivers=(waiver,)), small(), as_of=DAY)


def test_a_waiver_in_force_leaves_a_criterion_out() -> None:
    """Its points go to the others, through the last day."""
    verdict = waived("a.y", DAY, {"a.y": "no"})
    finding = verdict.finding("a.y")

    assert verdict.failed == 0
    assert finding.points is None
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert finding.waiver is not None
    assert "Left out by us" in finding.says


def test_the_numbers_without_a_waiver_are_at_hand() -> None:
    """As if it had not been given."""
    without = waived("a.y", DAY, {"a.y": "no"}).without_waivers
    assert without is not None

    assert without.failed == small_verdict({"a.y": "no"}, kind="observation").failed
    assert without.waived == {}


def test_the_day_after_a_waiver_the_criterion_counts_again() -> None:
    """And the waiver's last day is the verdict's."""
    facts = {"a.y": "no"}

    assert waived("a.y", DAY - dt.timedelta(days=1), facts).failed == 20
    assert waived("a.y", DAY + dt.timedelta(days=5), facts).valid_until == DAY + dt.timedelta(days=5)


def test_a_waiver_that_begins_later_ends_the_verdict() -> None:
    """The day before its first day is the verdict's last."""
    given = clinic({"a.y": "no"}, kind="observation")
    waiver = Waiver(criterion="a.y", reason="r", owner="o", since=DAY + dt.timedelta(days=3), until=dt.date.max)
    verdict = vet(attrs.evolve(given, waivers=(waiver,)), small(), as_of=DAY)
    later = vet(verdict.clinic, small(), as_of=DAY + dt.timedelta(days=3))

    assert verdict.waived == {}
    assert verdict.failed == 20
    assert verdict.valid_until == DAY + dt.timedelta(days=2)
    assert list(later.waived.values()) == [waiver]
    assert later.failed == 0


def test_what_stays_fresh_beyond_the_last_day_of_all_never_changes() -> None:
    """The calendar ends with the year 9999."""
    criteria = parse_criteria(SMALL.replace("12 months", "9999 years"))
    verdict = vet(clinic({"a.y": "yes"}), criteria, as_of=DAY)

    assert verdict.finding("a.y").changes_on is None
    assert verdict.valid_until is None


def test_points_are_shared_anew_whatever_was_asked_before() -> None:
    """More sets of applying criteria than are remembered give the same points."""
    plan = compiled(mesotherapy())
    count = len(plan.asked)
    everything = [NOBODY_SAID] * count
    first = plan.points(everything)
    for number in range(1, 1100):
        applying = [NOBODY_SAID if number >> place % 11 & 1 else None for place in range(count)]
        assert plan.points(applying).whole

    assert first == plan.points(everything)


def test_each_verdict_to_come_differs_from_the_one_before() -> None:
    """What is shown counts in full, then half, then not at all."""
    verdict = small_verdict({"a.y": "yes"}, country="GB", treatments=["filler"])
    coming = list(changed_verdicts(verdict))

    assert [tuple(each.finding("a.y").belief or ()) for each in (verdict, *coming)] == [(100, 0), (50, 0), (0, 0)]
    assert [each.as_of for each in coming] == [dt.date(2027, 11, 22), dt.date(2028, 11, 22)]


def test_the_readable_rules_give_no_band_where_nothing_applies() -> None:
    """As the verdict gives none."""
    plan = compiled(small())

    assert plan.band([None] * len(plan.asked), Clinic(id="c")) is None


def test_a_failed_critical_cannot_be_waived() -> None:
    """Its band stands, and a warning says why."""
    verdict = waived("a.x", DAY, {"a.x": "no"})

    assert verdict.band is not None
    assert verdict.band.id == "bad"
    assert verdict.waived == {}
    assert any("a.x is not left out" in each for each in verdict.warnings)


def test_a_waived_required_criterion_is_not_met() -> None:
    """A waiver never opens a band that requires what it leaves out."""
    verdict = waived("a.x", DAY, {"a.y": "yes", "b.z": "yes"})

    assert [each.condition for each in verdict.limits] == ["met"]


# --- what `vet` takes


@pytest.mark.parametrize(
    ("given", "criteria", "as_of", "told"),
    [
        ("clinic.yaml", mesotherapy(), DAY, "vet needs a Clinic, got a str"),
        ({"dossier": 1}, mesotherapy(), DAY, "vet needs a Clinic, got a dict"),
        (Clinic(id="c"), "mesotherapy", DAY, "expected a CriteriaSet, such as load_criteria.. gives, got a str"),
        (Clinic(id="c"), None, DAY, "expected a CriteriaSet, such as load_criteria.. gives, got a NoneType"),
        (Clinic(id="c"), mesotherapy(), "2026-11-21", "as_of must be a datetime.date, got a str"),
        (
            Clinic(id="c"),
            mesotherapy(),
            dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
            "as_of must be a datetime.date, got a datetime",
        ),
        (Clinic(id="c"), mesotherapy(), None, "as_of must be a datetime.date, got a NoneType"),
    ],
    ids=["path", "tree", "name of a set", "no set", "text as day", "moment", "no day"],
)
def test_what_is_no_clinic_set_or_day_is_refused(given: Any, criteria: Any, as_of: Any, told: str) -> None:
    """At the door, with what was expected and what came."""
    with pytest.raises(TypeError, match=told):
        vet(given, criteria, as_of=as_of)


# --- not rated


def test_where_nothing_applies_nothing_is_rated() -> None:
    """No band, no numbers, no questions, no day."""
    criteria = parse_criteria(SMALL.replace("severity: critical", "severity: critical, applies: {countries: [GB]}"))
    verdict = vet(clinic({}, country="FR", treatments=["mesotherapy"]), criteria, as_of=DAY)

    numbers = (verdict.start, verdict.score, verdict.proven, verdict.unknown, verdict.failed)
    assert not verdict.rated
    assert (verdict.band, *numbers, verdict.valid_until) == (None,) * 7
    assert (verdict.settled.best, verdict.reachable.worst, verdict.limits) == (None, None, ())
    assert questions(verdict) == ()
    assert fixes(verdict) == ()


def test_a_verdict_on_nothing_has_no_numbers_in_json_either() -> None:
    """Nothing applies: no band, and no number that could be taken for a bad one."""
    criteria = small()
    visit = Source("visit", Kind.INSPECTION, "a regulator", DAY)
    answers = {each.full_id: Statement(Answer.NOT_APPLICABLE, visit) for each in criteria.criteria()}
    verdict = vet(Clinic(id="c", answers=answers), criteria, as_of=DAY)

    tree = reports.to_tree(verdict)
    assert [tree[each] for each in ("band", "score", "proven", "unknown", "failed")] == [None] * 5
    assert json.loads(reports.to_json(verdict)) == tree


@pytest.mark.parametrize(
    ("given", "warnings"),
    [
        (
            {"country": "ZZ"},
            ["clinic: 'ZZ' is no country of ISO 3166-1; mend it, or leave it out where it is not known"],
        ),
        ({"country": "XK"}, []),
        (
            {"treatments": ["Mesotherapy", "mesoterapy", "laser"]},
            ["clinic: the treatment 'mesoterapy' is not known here; did you mean 'mesotherapy'?"],
        ),
    ],
)
def test_a_country_that_is_none_and_a_misspelt_treatment_are_told(given: dict[str, Any], warnings: list[str]) -> None:
    """So that no rule of a place is missed without a word; what is merely not known here is no fault."""
    assert list(vet(Clinic(id="c", **given), mesotherapy(), as_of=DAY).warnings) == warnings


def test_a_verdict_shows_itself_in_a_line() -> None:
    day = dt.date(2026, 11, 22)
    verdict = vet_tree({"dossier": 1, "clinic": {"id": "harbour"}}, load_criteria(), as_of=day)
    assert repr(verdict) == (
        "Verdict(clinic='harbour', criteria='mesotherapy', as_of=datetime.date(2026, 11, 22), band='unproven')"
    )


@pytest.mark.parametrize(("seen", "warned"), [("2026-11-20", True), ("2026-09-03", False), ("2026-09-02", False)])
def test_an_older_look_that_outweighs_a_newer_one_is_told(seen: str, warned: bool) -> None:  # noqa: FBT001
    found = vet_tree(
        {
            "dossier": 1,
            "clinic": {"id": "a"},
            "sources": {
                "cqc": {"kind": "inspection", "who": "CQC", "seen": "2026-09-03"},
                "visit": {"kind": "observation", "who": "our editor", "seen": seen},
            },
            "answers": {
                "hygiene": {
                    "single_use_sharps": [{"answer": "yes", "source": "cqc"}, {"answer": "no", "source": "visit"}]
                }
            },
        },
        load_criteria(),
        as_of=dt.date(2026, 11, 21),
    )
    told = (
        "hygiene.single_use_sharps: no by our editor, 2026-11-20, is newer than what outweighs it, CQC, 2026-09-03: "
        "look again before relying on that"
    )
    assert (told in found.warnings) is warned
    assert any("más reciente" in each for each in found.in_language("es").warnings) is warned


def test_a_finding_shows_its_id_and_outcome() -> None:
    found = vet_tree({"dossier": 1, "clinic": {"id": "a"}}, load_criteria(), as_of=DAY)
    assert repr(found.finding("hygiene.hand_hygiene")) == "Finding('hygiene.hand_hygiene', 'unknown')"
