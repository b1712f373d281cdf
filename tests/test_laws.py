"""The laws of a verdict, on random criteria sets and dossiers; each test quotes its law."""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from records import trees
from strategies import ANSWERS, KINDS, TODAY, cases, criteria_sets, ids_of

from clinic_vetting import (
    Belief,
    Clinic,
    CriteriaSet,
    Verdict,
    clinic_from,
    load_criteria,
    parse_criteria,
    questions,
    to_json,
    to_tree,
    vet,
)
from clinic_vetting.reach import at_best, at_worst

Case = tuple[dict[str, Any], dict[str, Any]]
SHIPPED = tuple(each.full_id for each in load_criteria().criteria())
"""What records can answer, and all else."""
many = settings(max_examples=4 * settings().max_examples)


def read(tree: dict[str, Any]) -> CriteriaSet:
    return parse_criteria(json.dumps(tree), "drawn.json")


def verdict_of(case: Case, day: dt.date = TODAY) -> Verdict:
    return vet(clinic_from(case[1]), read(case[0]), as_of=day)


def known(number: Fraction | None) -> Fraction:
    """Give a number of a verdict by which something applies."""
    assert number is not None
    return number


def place(verdict: Verdict) -> int:
    """Give a band's place; a larger one is better."""
    assert verdict.band is not None
    return -verdict.criteria.bands.index(verdict.band)


def core(verdict: Verdict) -> tuple[object, ...]:
    band = verdict.band.id if verdict.band else None
    return (band, verdict.score, verdict.proven, verdict.failed, verdict.unknown)


class TestLaw1:
    """Where something applies, proven + unknown + failed == 100 exactly; start plus effects is the score."""

    @many
    @given(cases())
    def test_exactly(self, case: Case) -> None:
        """Parts sum to 100 within bounds, effects to the score."""
        verdict = verdict_of(case)
        assume(verdict.rated)

        parts = (verdict.proven, verdict.unknown, verdict.failed)
        effects = sum((each.effect for each in verdict.findings if each.effect is not None), Fraction(0))

        assert sum(part for part in parts if part is not None) == 100
        assert all(part is not None and 0 <= part <= 100 for part in parts)
        assert verdict.start is not None
        assert verdict.score == verdict.start + effects

    @many
    @given(cases())
    def test_as_shown(self, case: Case) -> None:
        """The numbers in JSON add up to the last digit."""
        tree = to_tree(verdict_of(case))
        assume(tree["score"] is not None)

        hundredths = {name: round(tree[name] * 100) for name in ("proven", "unknown", "failed", "start", "score")}
        findings = [each for category in tree["categories"] for each in category["findings"]]
        effects = sum(round(each["effect"] * 100) for each in findings if each["effect"] is not None)

        assert hundredths["proven"] + hundredths["unknown"] + hundredths["failed"] == 10_000
        assert hundredths["score"] == hundredths["start"] + effects


class TestLaw2:
    """Order never matters: of categories, criteria, statements, records, keys."""

    @many
    @given(cases(), st.randoms(use_true_random=False))
    def test_shuffled(self, case: Case, draw: random.Random) -> None:
        """A shuffled set and dossier give the same verdict and the same findings."""
        verdict = verdict_of(case)
        other = verdict_of((shuffled_set(case[0], draw), shuffled(case[1], draw)))

        assert core(verdict) == core(other)
        assert findings(to_tree(verdict)) == findings(to_tree(other))
        assert to_tree(verdict)["dossier_digest"] == to_tree(other)["dossier_digest"]

    @given(trees(), st.randoms(use_true_random=False))
    def test_shuffled_records(self, tree: dict[str, Any], draw: random.Random) -> None:
        """A dossier with its records, statements and keys in another order gives the same bytes of JSON."""
        one, other = (vet(clinic_from(each), load_criteria(), as_of=TODAY) for each in (tree, shuffled(tree, draw)))

        assert to_json(one) == to_json(other)


def findings(tree: dict[str, Any]) -> dict[str, Any]:
    return {each["id"]: each for category in tree["categories"] for each in category["findings"]}


def shuffled_set(tree: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    tree = copy.deepcopy(tree)
    draw.shuffle(tree["categories"])
    for category in tree["categories"]:
        draw.shuffle(category["criteria"])
    return tree


def shuffled(tree: Any, draw: random.Random) -> Any:
    """Shuffle the keys of every mapping and the items of every list."""
    if isinstance(tree, dict):
        keys = list(tree)
        draw.shuffle(keys)
        return {key: shuffled(tree[key], draw) for key in keys}
    if isinstance(tree, list):
        items = [shuffled(each, draw) for each in tree]
        draw.shuffle(items)
        return items
    return tree


class TestLaw3:
    """Multiplying all weights of one level by k changes nothing."""

    @many
    @given(cases(), st.integers(2, 9), st.booleans())
    def test_scaled(self, case: Case, factor: int, of_categories: bool) -> None:  # noqa: FBT001
        """Category weights, or the weights in every category, times k."""
        tree = copy.deepcopy(case[0])
        for category in tree["categories"]:
            for each in [category] if of_categories else category["criteria"]:
                each["weight"] *= factor

        assert core(verdict_of(case)) == core(verdict_of((tree, case[1])))


class TestLaw4:
    """A criterion that does not apply equals one that is absent, in band, score, parts and settled bands."""

    @many
    @given(cases(), st.data())
    def test_absent(self, case: Case, data: st.DataObject) -> None:
        """One criterion limited to another country, against the set without it."""
        tree, dossier = copy.deepcopy(case)
        dossier["clinic"]["country"] = "GB"
        gone = data.draw(st.sampled_from(ids_of(tree)))
        limited, without = copy.deepcopy(tree), copy.deepcopy(tree)
        for category in limited["categories"]:
            for each in category["criteria"]:
                if f"{category['id']}.{each['id']}" == gone:
                    each["applies"] = {"countries": ["NZ"]}
        for category in without["categories"]:
            kept = [each for each in category["criteria"] if f"{category['id']}.{each['id']}" != gone]
            category["criteria"] = kept
        without["categories"] = [category for category in without["categories"] if category["criteria"]]
        assume(bool(without["categories"]))
        for band in without["bands"]:
            for name in ("met", "not_failed"):
                band[name] = [each for each in band.get(name, []) if each != gone]

        one, other = verdict_of((limited, dossier)), verdict_of((without, dossier))

        assert core(one) == core(other)
        assert to_tree(one)["settled"] == to_tree(other)["settled"]


class TestLaw5:
    """One more statement of good never lowers score or band, and one more of bad never raises them."""

    @many
    @given(cases(), st.sampled_from(KINDS), st.integers(-900, 200), st.booleans(), st.data())
    def test_one_more(self, case: Case, kind: str, age: int, good: bool, data: st.DataObject) -> None:  # noqa: FBT001
        """A yes or a no of any kind and day, on any criterion that applies before and after."""
        tree, dossier = case
        chosen = data.draw(st.sampled_from(ids_of(tree)))
        more = copy.deepcopy(dossier)
        more["sources"]["more"] = {"kind": kind, "who": "more", "seen": (TODAY + dt.timedelta(age)).isoformat()}
        category, criterion = chosen.split(".")
        said = more["answers"].setdefault(category, {}).setdefault(criterion, [])
        said.append({"answer": "yes" if good else "no", "source": "more"})

        before, after = verdict_of(case), verdict_of((tree, more))
        assume(before.finding(chosen).belief is not None and after.finding(chosen).belief is not None)

        lower, higher = (before, after) if good else (after, before)
        assert known(lower.score) <= known(higher.score)
        assert place(lower) <= place(higher)

    @given(trees(), st.sampled_from(SHIPPED), st.sampled_from(KINDS), st.integers(-900, 200), st.booleans())
    def test_one_more_beside_records(self, tree: dict[str, Any], chosen: str, kind: str, age: int, good: bool) -> None:  # noqa: FBT001
        """The same where records answer, too; a waiver may end by it, so there is none."""
        more = copy.deepcopy({**tree, "waivers": []})
        more["sources"]["more"] = {"kind": kind, "who": "more", "seen": (TODAY + dt.timedelta(age)).isoformat()}
        category, criterion = chosen.split(".")
        said = more.setdefault("answers", {}).setdefault(category, {}).setdefault(criterion, [])
        said.append({"answer": "yes" if good else "no", "source": "more"})

        before, after = (
            vet(clinic_from(each), load_criteria(), as_of=TODAY) for each in ({**tree, "waivers": []}, more)
        )
        assume(before.finding(chosen).belief is not None and after.finding(chosen).belief is not None)

        lower, higher = (before, after) if good else (after, before)
        assert known(lower.score) <= known(higher.score)
        assert place(lower) <= place(higher)


class TestLaw6:
    """Whatever the unknown turn out to be, score and band stay within what is said to be settled."""

    @many
    @given(cases(), st.randoms(use_true_random=False))
    def test_within(self, case: Case, draw: random.Random) -> None:
        """Every criterion is moved anywhere between all known to be good and all known to be bad."""
        verdict = verdict_of(case)
        assume(verdict.rated)
        moved: list[Belief | None] = []
        for belief in verdict.beliefs:
            if belief is None:
                moved.append(None)
                continue
            good = draw.randint(0, belief.open)
            moved.append(belief._replace(proven=belief.proven + good, failed=100 - belief.proven - good))
        bands = list(verdict.criteria.bands)

        sums = verdict.plan.points(moved).sums(moved)
        band = verdict.plan.band(moved, verdict.clinic)

        assert known(verdict.proven) <= sums.score(verdict.plan.unknown_counts) <= 100 - known(verdict.failed)
        assert verdict.settled.best is not None
        assert verdict.settled.worst is not None
        assert band is not None
        assert bands.index(verdict.settled.best) <= bands.index(band) <= bands.index(verdict.settled.worst)
        assert all(at_best(each).open == at_worst(each).open == 0 for each in verdict.beliefs if each)


class TestLaw7:
    """A critical criterion that failed gives the last band, whatever else is true."""

    @many
    @given(criteria_sets(), st.data())
    def test_fatal(self, tree: dict[str, Any], data: st.DataObject) -> None:
        """Everything proven by a register, but one critical criterion failed; a waiver does not help."""
        fatal = data.draw(st.sampled_from(ids_of(tree)))
        tree = copy.deepcopy(tree)
        tree["evidence"] = dict.fromkeys(KINDS, 100)
        for category in tree["categories"]:
            for each in category["criteria"]:
                each.pop("applies", None)
                if f"{category['id']}.{each['id']}" == fatal:
                    each["severity"] = "critical"
        answers: dict[str, dict[str, Any]] = {}
        for each in ids_of(tree):
            category, criterion = each.split(".")
            answers.setdefault(category, {})[criterion] = {"answer": "no" if each == fatal else "yes", "source": "s"}
        dossier = {
            "dossier": 1,
            "clinic": {"id": "c"},
            "sources": {"s": {"kind": "register", "who": "w", "seen": TODAY.isoformat()}},
            "answers": answers,
            "waivers": [{"criterion": fatal, "reason": "r", "owner": "o", "until": "2030-01-01"}],
        }

        verdict = verdict_of((tree, dossier))

        assert verdict.band is verdict.criteria.bands[-1]


class TestLaw8:
    """With the shipped bands, a dossier with no statement is unproven, and every criterion is asked."""

    @many
    @given(criteria_sets())
    def test_nothing_known(self, tree: dict[str, Any]) -> None:
        """Score is the start, and the questions hold every criterion."""
        verdict = vet(Clinic(id="c"), read(tree), as_of=TODAY)

        assert verdict.band is not None
        assert verdict.band.id == "unproven"
        assert verdict.score == verdict.start
        assert {each.criterion.full_id for each in questions(verdict)} == set(ids_of(tree))


class TestLaw9:
    """The verdict of an unchanged dossier is constant to valid_until, and differs the day after."""

    @settings(max_examples=settings().max_examples)
    @given(cases(), st.integers(0, 400))
    def test_constant_then_different(self, case: Case, days: int) -> None:
        """Any day up to valid_until gives the same; the next day does not."""
        verdict = verdict_of(case)
        later = TODAY + dt.timedelta(days)
        until = verdict.valid_until or dt.date.max

        if later <= until:
            assert core(verdict) == core(verdict_of(case, later))
        if until < dt.date.max:
            assert core(verdict) == core(verdict_of(case, until))
            assert core(verdict) != core(verdict_of(case, until + dt.timedelta(1)))


class TestLaw11:
    """Waiting never heals: with one statement each, failed never falls and proven never rises."""

    @many
    @given(cases(most=1), st.integers(0, 2000))
    def test_waiting(self, case: Case, days: int) -> None:
        """Statements seen by the first day, none of them not applicable."""
        tree, dossier = copy.deepcopy(case)
        for source in dossier["sources"].values():
            if source.get("seen", "") > TODAY.isoformat():
                source["seen"] = TODAY.isoformat()
        said = [each for category in dossier["answers"].values() for each in category.values()]
        assume(all(statement["answer"] != ANSWERS[-1] for each in said for statement in each))

        now, later = verdict_of((tree, dossier)), verdict_of((tree, dossier), TODAY + dt.timedelta(days))
        assume(now.rated)

        assert known(later.failed) >= known(now.failed)
        assert known(later.proven) <= known(now.proven)

    @given(trees(), st.integers(0, 2000))
    def test_waiting_with_records(self, tree: dict[str, Any], days: int) -> None:
        """One record of each kind, seen by the first day; what it says ends only by being no longer good."""
        given = one_of_each(tree)

        now, later = (vet(clinic_from(given), load_criteria(), as_of=TODAY + dt.timedelta(n)) for n in (0, days))

        assert known(later.failed) >= known(now.failed)
        assert known(later.proven) <= known(now.proven)


OWN_DATES = ("lifted", "ended", "issued", "decided", "completed")
"""Days by which a record itself says that something begins or ends."""


def one_of_each(tree: Any) -> Any:
    """Keep one of each list, nothing seen or written later, no day by which a record itself ends, and no excuse."""
    if isinstance(tree, list):
        return [one_of_each(each) for each in tree[:1]]
    if not isinstance(tree, dict):
        return tree
    kept = {key: one_of_each(each) for key, each in tree.items() if key not in ("waivers", "answers", *OWN_DATES)}
    for key in ("seen", "date"):
        if kept.get(key, "") > TODAY.isoformat():
            kept[key] = TODAY.isoformat()
    if kept.get("status") == "not_required" or kept.get("answer") == "not_applicable":
        kept |= {"status": "registered"} if "status" in kept else {"answer": "no"}
    return kept


@many
@given(cases(), st.data())
def test_a_reply_never_moves_a_number(case: Case, data: st.DataObject) -> None:
    """A clinic's reply is shown and never scored."""
    clinic = clinic_from(case[1])
    reply = {"criterion": data.draw(st.sampled_from(ids_of(case[0]))), "by": "b", "on": "2026-01-01", "text": "t"}
    replied = attrs.evolve(clinic, replies=clinic_from({**case[1], "replies": [reply]}).replies)
    criteria = read(case[0])

    assert core(vet(clinic, criteria, as_of=TODAY)) == core(vet(replied, criteria, as_of=TODAY))
