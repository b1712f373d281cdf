"""What records say, for the oracle: written from sections 3, 5 and 11 of docs/method.md alone.

Like `oracle`, it shares no code with the library. `ruling_of` gives what the records and the direct answers to one
criterion come to on a day. Ratings are left out; everything else of the table in section 5 is here, row by row.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from oracle import ONE_DAY, Belief, Day, Ruling, Statement, Tree, alike, make_statement, rule

Date = datetime.date
Things = list[list[Statement]]
"""The statements about each of several things."""

GOOD = ("yes", "partly")
OFFICIAL = ("register", "inspection")
CHECKED = "(our own check)"
SPENT = "spent"
"""'It keeps its `f` and has no `p`.'"""
DOUBT = "doubt"
"""'A `partly` that proves nothing and fails at most 40.'"""


@dataclass(frozen=True)
class Facts:
    """A dossier on a day."""

    tree: Tree
    evidence: Tree
    today: Date

    def records(self, name: str) -> list[Tree]:
        """All records of a kind."""
        return self.tree.get(name) or []

    def says(self, answer: str | None, source: str | None) -> list[Statement]:
        """'A record says nothing without a source.'"""
        if answer is None or source is None:
            return []
        told = self.tree["sources"][source]
        said = make_statement(
            self.evidence, "partly" if answer in (SPENT, DOUBT) else answer, source, told["kind"], seen_of(told)
        )
        fails = {SPENT: said.strength - said.strength // 2, DOUBT: min(said.strength, 40)}
        return [replace(said, fails=fails.get(answer))]

    def seen(self, source: str) -> Date | None:
        """When a source was seen."""
        return seen_of(self.tree["sources"][source])

    def kind(self, source: str) -> str:
        """What kind of source it is."""
        return str(self.tree["sources"][source]["kind"])

    @property
    def country(self) -> str | None:
        """The clinic's country."""
        country: str | None = self.tree["clinic"].get("country")
        return country

    @property
    def treatments(self) -> list[str | None]:
        """The treatments on record; 'without treatments on record any will do'."""
        return list(self.tree["clinic"].get("treatments") or [None])

    def injectors(self) -> list[Tree]:
        """Injectors are all who are not said not to inject."""
        return [each for each in self.records("practitioners") if each.get("injects") is not False]

    def in_date(self, answer: str | None, record: Tree, source: str) -> str | None:
        """'A record's day of expiry is its last good day. From the next day on a good answer of that record says
        nothing, except that a source which saw it after that day says `no`. What was `partly` so is spent.'
        """
        last = date_of(record, "expires")
        if answer not in GOOD or last is None or self.today <= last:
            return answer
        seen = self.seen(source)
        return "no" if seen is not None and seen > last else SPENT if answer == "partly" else None

    def in_force(self, record: Tree, first: str, end: str) -> bool:
        """'From `issued` until the day before `lifted`'."""
        begins, ends = date_of(record, first), date_of(record, end)
        return (begins is None or begins <= self.today) and (ends is None or self.today < ends)


def seen_of(source: Tree) -> Date | None:
    return date_of(source, "seen")


def date_of(record: Tree, name: str) -> Date | None:
    return Date.fromisoformat(record[name]) if record.get(name) else None


# --- Numbers of registers (section 11) ---


def cannot_exist(licence: Tree, facts: Facts) -> bool:
    """'A number that cannot exist is one that the description rules out', 'judged for a clinic in the register's own
    country, or in none that is stated'; 'a text that is not plainly one number is not judged'.

    Here only for plain digits, and for two registers: the GMC has seven digits, of which up to three zeros in front
    are often lost; an NPI has ten, or fifteen with 80840 in front, and a Luhn digit as if it stood in front.
    """
    register, number = licence["authority"].strip().casefold(), licence.get("number") or ""
    home = {"gmc": "GB", "npi": "US"}.get(register)
    if home is None or facts.country not in (None, home) or not number.isdecimal():
        return False
    if register == "gmc":
        return not 4 <= len(number) <= 7
    whole = number if len(number) == 15 else f"80840{number}"
    return len(whole) != 15 or not whole.startswith("80840") or not has_luhn_digit(whole)


def has_luhn_digit(number: str) -> bool:
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(number))]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def is_ruled_out(licence: Tree, facts: Facts) -> bool:
    """'Where a register or an inspection has seen the entry, the number was mistyped since. It counts as before.'"""
    return cannot_exist(licence, facts) and facts.kind(licence["source"]) not in OFFICIAL


# --- Entries that have been superseded ---


def is_late_enough(new: Tree, old: Tree, facts: Facts) -> bool:
    """'At most a year (365 days) before the old one was seen, or on any day after that. An old entry without a day is
    earlier than any day.' And 'shown by a source that has a day, on or before the as-of day, and is neither the
    clinic's claim nor a patient'.
    """
    seen, before = facts.seen(new["source"]), facts.seen(old["source"])
    if seen is None or seen > facts.today or facts.kind(new["source"]) in ("claim", "patient"):
        return False
    return before is None or seen >= before - datetime.timedelta(days=365)


def has_run_out(record: Tree, facts: Facts) -> bool:
    last = date_of(record, "expires")
    return last is not None and last < facts.today


def is_superseded(old: Tree, person: Tree, facts: Facts) -> bool:
    """The four conditions, of licences."""
    gone = old.get("status") in ("lapsed", "expired", "not_found")
    if not gone and not (old.get("status") in ("active", "conditions") and has_run_out(old, facts)):
        return False
    return any(
        new.get("status") == "active"
        and not has_run_out(new, facts)
        and not is_ruled_out(new, facts)
        and are_surely_different(new, old)
        and is_late_enough(new, old, facts)
        for new in person.get("licences") or []
    )


def are_surely_different(new: Tree, old: Tree) -> bool:
    """'Of another authority; or of the same one, where both have a number and the numbers differ.'"""
    if not alike(new["authority"], old["authority"]):
        return True
    return bool(new.get("number") and old.get("number") and not alike(new["number"], old["number"]))


def is_superseded_policy(old: Tree, named: list[Tree], facts: Facts) -> bool:
    """'It is past its last day, another is proven to be in force, both have a last day, and these differ.'"""
    return has_run_out(old, facts) and any(
        new.get("expires") and not has_run_out(new, facts) and is_late_enough(new, old, facts) for new in named
    )


# --- The rows of the table ---

LICENCE = {"active": "yes", "conditions": "partly"} | dict.fromkeys(
    ("suspended", "revoked", "surrendered", "lapsed", "expired", "not_found"), "no"
)
DECISION = dict.fromkeys(("suspension", "revocation", "surrender", "exclusion", "prohibition"), "no")
ENTRY = (
    dict.fromkeys(("registered", "accredited", "member", "active"), "yes")
    | dict.fromkeys(("suspended", "cancelled", "refused", "lapsed", "expired", "not_registered"), "no")
    | {"conditions": "partly", "not_required": "not_applicable"}
)


def licensed_injectors(facts: Facts) -> Things:
    def of(person: Tree) -> Iterator[Statement]:
        for each in person.get("licences") or []:
            answer = LICENCE.get(each.get("status"))
            shown = facts.in_date(answer, each, each["source"])
            if shown in GOOD and is_ruled_out(each, facts):
                shown = SPENT if shown == "partly" else None
            if not is_superseded(each, person, facts):
                yield from facts.says(shown, each["source"])

    return [list(of(person)) for person in facts.injectors()]


def unsanctioned_injectors(facts: Facts) -> Things:
    """'A doubt where the person is on record, and by everybody's record of that name does not inject.'"""
    answers = DECISION | {"conditions": "partly"}

    def answer(each: Tree) -> str | None:
        named = each.get("practitioner")
        people = [one for one in facts.records("practitioners") if named and alike(one.get("name") or "", named)]
        seen = (one.get("source") and facts.kind(one["source"]) != "claim" for one in people)
        idle = bool(people) and all(seen) and all(one.get("injects") is False for one in people)
        return DOUBT if idle and each["action"] in answers else answers.get(each["action"])

    alone = latest(facts.records("sanctions"), ("by", "action", "practitioner", "decided"), "decided", facts)
    held = [each for each in alone if facts.in_force(each, "decided", "ended")]
    return [[said for each in held for said in facts.says(answer(each), each["source"])]]


RANKS = {"register": 0, "inspection": 0, "document": 1, "observation": 1, "patient": 2, "claim": 3}


def latest(records: list[Tree], same: tuple[str, ...], day: str, facts: Facts) -> list[Tree]:
    """'What one body issued, or decided of one person, on one day and of one kind is one and the same [...]. The
    record seen later, and by the as-of day, decides, if its kind of source is at least as strong. Without a day nobody
    can tell, and each counts.'
    """

    def is_one(old: Tree, new: Tree) -> bool:
        return (
            bool(old.get(day)) and named(old) and all(alike(old.get(name) or "", new.get(name) or "") for name in same)
        )

    def named(record: Tree) -> bool:
        needed = "practitioner" in same or record.get("kind") in ("recall", "alert")
        return not needed or bool(record.get("practitioner") or record.get("about"))

    def replaces(new: Tree, old: Tree) -> bool:
        seen, before = facts.seen(new["source"]), facts.seen(old["source"])
        strong = RANKS[facts.kind(new["source"])] <= RANKS[facts.kind(old["source"])]
        return bool(seen and before and before < seen <= facts.today and strong)

    return [old for old in records if not any(is_one(old, new) and replaces(new, old) for new in records)]


def identified_injectors(facts: Facts) -> Things:
    def of(person: Tree) -> list[Statement]:
        given = [each for each in person.get("licences") or [] if each.get("number")]
        possible = [each for each in given if not is_ruled_out(each, facts)]
        if given and not possible:
            days = [facts.seen(each["source"]) for each in given]
            return [make_statement(facts.evidence, "no", CHECKED, "document", day) for day in days]
        numbered = [each for each in possible if each.get("status") != "not_found"]
        if not person.get("name"):
            return []
        if numbered:
            given = [each["source"] for each in numbered if facts.kind(each["source"]) != "register"]
            by = [person["source"]] if person.get("source") else given
            return [said for source in by for said in facts.says("yes", source)]
        return facts.says("partly", person.get("source"))

    return [of(person) for person in facts.injectors()]


def trained_injectors(facts: Facts) -> Things:
    def of(person: Tree, treatment: str | None) -> Iterator[Statement]:
        for each in person.get("training") or []:
            done = date_of(each, "completed")
            if (treatment is None or alike(each["treatment"], treatment)) and (done is None or done <= facts.today):
                yield from facts.says("yes", each["source"])

    return [list(of(person, treatment)) for person in facts.injectors() for treatment in facts.treatments]


def insured_injectors(facts: Facts) -> Things:
    def of(person: Tree, treatment: str | None) -> Iterator[Statement]:
        named = [
            each
            for each in person.get("insurance") or []
            if any(treatment is None or alike(one, treatment) for one in each.get("covers") or [])
        ]
        for each in named:
            if not is_superseded_policy(each, named, facts):
                yield from facts.says(facts.in_date("yes", each, each["source"]), each["source"])

    return [list(of(person, treatment)) for person in facts.injectors() for treatment in facts.treatments]


def entries(kind: str) -> Callable[[Facts], Things]:
    """'Every body' or 'any body': the entries with each."""

    def things(facts: Facts) -> Things:
        found: dict[str, list[Statement]] = {}
        for each in facts.records("registrations"):
            if each["kind"] == kind:
                answer = facts.in_date(ENTRY.get(each.get("status", "")), each, each["source"])
                found.setdefault(each["body"].strip().casefold(), []).extend(facts.says(answer, each["source"]))
        return list(found.values())

    return things


def no_open_notices(facts: Facts) -> Things:
    return [
        [
            said
            for each in latest(facts.records("notices"), ("by", "kind", "issued", "about"), "issued", facts)
            if each.get("kind") not in ("recall", "alert") and facts.in_force(each, "issued", "lifted")
            for said in facts.says("partly" if each.get("kind") in ("improvement", "warning") else "no", each["source"])
        ]
    ]


def authorised_products(facts: Facts) -> Things:
    def of(product: Tree) -> Iterator[Statement]:
        for each in product.get("authorisation") or []:
            if None in (each.get("country"), facts.country) or each["country"] == facts.country:
                answer = "yes" if each.get("status", "authorised") == "authorised" else "no"
                yield from facts.says(answer, each["source"])

    return [list(of(product)) for product in facts.records("products")]


def injectable_products(facts: Facts) -> Things:
    cosmetics = [each for each in facts.records("products") if each.get("kind") == "cosmetic"]
    return [[said for each in cosmetics for said in facts.says("no", each.get("source"))]]


def authorised_suppliers(facts: Facts) -> Things:
    answers = {True: "yes", False: "no", None: None}

    def of(product: Tree) -> list[Statement]:
        supplier = product.get("supplier") or {}
        return facts.says(answers[supplier.get("authorised")], supplier.get("source"))

    return [of(product) for product in facts.records("products")]


def recorded_lots(facts: Facts) -> Things:
    """'Lot and expiry known, given or in the pack's GS1 code: `yes`; one of them: `partly`; in force.'"""

    def of(product: Tree) -> list[Statement]:
        code = dict(re.findall(r"\((\d+)\)([^(]*)", product.get("gs1") or ""))
        lot, last = product.get("lot") or code.get("10"), product.get("expires") or coded_day(code.get("17"))
        source = product.get("source")
        if source is None or not (lot or last):
            return []
        return facts.says(facts.in_date("yes" if lot and last else "partly", {"expires": last}, source), source)

    return [of(product) for product in facts.records("products")]


def coded_day(text: str | None) -> str | None:
    return f"20{text[:2]}-{text[2:4]}-{text[4:]}" if text else None


def sealed_products(facts: Facts) -> Things:
    return [
        [said for each in product.get("sealed") or [] for said in facts.says(each["answer"], each["source"])]
        for product in facts.records("products")
    ]


def unrecalled_products(facts: Facts) -> Things:
    """Of notices without a text only: 'where it has no text, or no product is on record, it is a doubt'."""
    recalls = [each for each in facts.records("notices") if each.get("kind") in ("recall", "alert")]
    alone = latest(recalls, ("by", "kind", "issued", "about"), "issued", facts)
    held = [each for each in alone if facts.in_force(each, "issued", "lifted")]
    return [[said for each in held for said in facts.says(DOUBT, each["source"])]]


def recent_reviews(facts: Facts) -> Things:
    """'`p` = 20, 40 or 60 for one, two, or at least three dated reviews, `f` = 0; seen on the day of the third newest
    (or the oldest of fewer)'; 'only platforms over which the clinic has no say count'.
    """
    dated = [date_of(each, "date") for each in facts.records("reviews") if each.get("independent") is not False]
    newest = sorted((day for day in dated if day and day <= facts.today), reverse=True)[:3]
    return [[Statement("yes", "(reviews)", "patient", newest[-1], 20 * len(newest))] if newest else []]


ROWS: Mapping[str, tuple[str, Callable[[Facts], Things]]] = {
    "licensed_injectors": ("every", licensed_injectors),
    "unsanctioned_injectors": ("together", unsanctioned_injectors),
    "identified_injectors": ("every", identified_injectors),
    "trained_injectors": ("every", trained_injectors),
    "insured_injectors": ("every", insured_injectors),
    "registered_premises": ("every", entries("premises")),
    "voluntary_memberships": ("any", entries("membership")),
    "accreditation_in_force": ("any", entries("accreditation")),
    "no_open_notices": ("together", no_open_notices),
    "authorised_products": ("every", authorised_products),
    "injectable_products": ("together", injectable_products),
    "authorised_suppliers": ("every", authorised_suppliers),
    "recorded_lots": ("every", recorded_lots),
    "sealed_products": ("every", sealed_products),
    "unrecalled_products": ("together", unrecalled_products),
    "recent_reviews": ("together", recent_reviews),
}
"""Every row of the table but those of ratings."""


# --- Several things (section 3) ---


def ruling_of(measure: str, facts: Facts, direct: list[Statement], day: Day) -> tuple[Ruling, set[tuple[str, str]]]:
    """What records and direct answers come to, and what may be cited: source and answer, several where things tie."""
    how, things_of = ROWS[measure]
    things = things_of(facts)
    if how == "together" or not things:
        ruling = rule([*(said for each in things for said in each), *direct], day)
        return ruling, cited([ruling])
    rulings = [of_one(each, direct, day) for each in things]
    left = [each for each in rulings if each.belief is not None]
    if not left:
        ruling = rule([*(said for each in things for said in each), *direct], day)
        return (ruling, cited([ruling])) if direct else (Ruling(None, None, False), set())
    beliefs = [each.belief for each in left if each.belief is not None]
    first = min(beliefs, key=lambda each: order(how, each))
    leading = [each for each in left if each.belief == first]
    return Ruling(combined(how, beliefs), leading[0].decided_by, False), cited(leading)


def of_one(said: list[Statement], direct: list[Statement], day: Day) -> Ruling:
    """'Direct answers speak about each of the things, beside its records. A thing that its own records excuse leaves,
    and a direct answer does not bring it back.'
    """
    alone = rule(said, day)
    return alone if alone.belief is None else rule([*said, *direct], day)


def combined(how: str, beliefs: list[Belief]) -> Belief:
    """'`every`: least `p`, greatest `f`. `any`: greatest `p`; least `f` among those of which something is proven, and
    if nothing is of any, the greatest.'
    """
    ps, fs = [p for p, _ in beliefs], [f for _, f in beliefs]
    if how == "every":
        return min(ps), max(fs)
    return max(ps), min((f for p, f in beliefs if p), default=max(fs))


def order(how: str, belief: Belief) -> tuple[int, int]:
    """'`every` cites the thing with the greatest `f`, then the least `p`; `any` the one with the greatest `p`, then
    the least `f`, and where nothing is proven the greatest `f`.'
    """
    p, f = belief
    if how == "every" or not p:
        return (-f, p) if how == "every" else (0, -f)
    return -p, f


def cited(rulings: Iterable[Ruling]) -> set[tuple[str, str]]:
    return {(each.decided_by.source, each.decided_by.answer) for each in rulings if each.decided_by}


def record_days(tree: Any) -> Iterator[Date]:
    """Every day that stands in a dossier, and the day after it."""
    if isinstance(tree, dict):
        for each in tree.values():
            yield from record_days(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from record_days(each)
    elif isinstance(tree, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", tree):
        yield Date.fromisoformat(tree)
        yield Date.fromisoformat(tree) + ONE_DAY
