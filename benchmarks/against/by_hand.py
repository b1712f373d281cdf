"""What a good developer writes in an hour: dicts in, dicts out, with a line that explains each criterion.

It reads the listing as it is, records included, weighs several statements on one question, and gives the same
outcomes, sums and band as the library. It does less in this: nothing is validated, days stay text, nothing cites its source as an
object, there is no `not_applicable`, no limits, waivers, days to come, notices or sanctions, and sums stay in parts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from workload import COUNTS, DAY, IN_DOUBT, Load, Row, Rules, Scored

Statement = tuple[str, dict[str, Any], str]
Pair = tuple[int, int, str]
Tree = dict[str, Any]
TODAY = DAY.isoformat()
LICENCE = {"active": "yes", "conditions": "partly"}
REGISTERED = {"registered": "yes", "accredited": "yes", "member": "yes", "active": "yes", "conditions": "partly"}


def rows(load: Load) -> list[Row]:
    """Measure it with its lines and without."""
    rules = load.rules
    asked = [
        {"id": each.id, "severity": each.severity, "points": each.points, "full_from": each.full_from.isoformat(),
         "half_from": each.half_from.isoformat(), "measure": MEASURES.get(each.id)}
        for each in rules.asked
    ]  # fmt: skip

    def explained(tree: Tree) -> Tree:
        return vet(tree, rules, asked, explain=True)

    def bare(tree: Tree) -> Tree:
        return vet(tree, rules, asked, explain=False)

    def scored(result: Tree) -> Scored:
        return Scored(tuple(result["outcomes"].values()), result["proven"], result["failed"], result["band"])

    does = "listing (dict) to outcomes, sums and band, records included"
    return [
        Row("by hand, with lines", f"{does}; a line of text for each criterion and missed condition", explained, load.trees, scored),
        Row("by hand, no lines", f"{does}; cannot explain", bare, load.trees, scored),
    ]  # fmt: skip


def vet(tree: Tree, rules: Rules, asked: list[dict[str, Any]], *, explain: bool) -> Tree:  # noqa: C901 - as it is written in an hour
    sources = tree["sources"]
    tree = {**tree, "ratings": _ratings(tree)}
    said: dict[str, list[Statement]] = {}
    for category, answers in tree.get("answers", {}).items():
        for name, given in answers.items():
            listed = given if isinstance(given, list) else [given]
            said[f"{category}.{name}"] = [
                (each["answer"], sources[each["source"]], each.get("note", "")) for each in listed
            ]
    outcomes: dict[str, str] = {}
    lines: list[str] = []
    proven = failed = 0
    counts = dict.fromkeys(COUNTS, 0)
    for each in asked:
        direct = said.get(each["id"], [])
        if each["measure"]:
            p, f, why = each["measure"](tree, sources, direct, each, rules)
        else:
            p, f, why = weigh(direct, each, rules) if direct else (0, 0, "nobody said")
        outcome = word(p, f)
        outcomes[each["id"]] = outcome
        proven += each["points"] * p
        failed += each["points"] * f
        if outcome in IN_DOUBT:
            if each["severity"] == "critical":
                counts["critical_in_doubt"] += 1
                counts["critical_failed"] += outcome == "failed"
            elif outcome == "failed" and each["severity"] == "major":
                counts["major_failed"] += 1
        if explain:
            points = each["points"] * 100 / rules.whole
            lines.append(f"{each['id']}: {outcome}, {points * (p - f) / 200:+.2f} of {points:.2f} points: {why}")
    band = ""
    for rung in rules.rungs:
        missed = _missed(rung, outcomes, proven, failed, counts)
        if not missed:
            band = rung.id
            break
        if explain:
            lines.append(f"not {rung.id}: {', '.join(missed)}")
    return {"band": band, "proven": proven, "failed": failed, "outcomes": outcomes, "lines": lines}


def _missed(rung: Any, outcomes: dict[str, str], proven: int, failed: int, counts: dict[str, int]) -> list[str]:
    missed = []
    if proven < rung.proven:
        missed.append("too little proven")
    if failed > rung.failed:
        missed.append("too much failed")
    for name, most in zip(COUNTS, rung.most, strict=True):
        if counts[name] > most:
            missed.append(f"{name} {counts[name]}, at most {most}")
    return missed + [f"{name} not met" for name in rung.met if outcomes[name.replace("_", ".", 1)] != "met"]


def weigh(statements: list[Statement], asked: dict[str, Any], rules: Rules) -> Pair:
    """Decide between statements on one question."""
    speaking, against = [], []
    for answer, source, note in statements:
        seen = source.get("seen", "")
        if seen > TODAY:
            continue
        strength = rules.strengths[answer][source["kind"]]
        if not seen:
            strength = min(strength // 2, 40) if answer == "no" else strength // 2
        if answer == "no":
            against.append((strength, 0, strength, source, note))
        elif answer == "partly":
            against.append((strength, aged(strength // 2, seen, asked), strength - strength // 2, source, note))
        elif left := aged(strength, seen, asked):
            speaking.append((left, source, note))
    standing = [each for each in against if not any(_displaces(yes, each, rules) for yes in speaking)]
    if standing:
        p, f = min(each[1] for each in standing), max(each[2] for each in standing)
        _, _, _, source, note = max(standing, key=lambda each: (each[2], each[0]))
        return p, f, f"{source['who']} ({source['kind']}, {source.get('seen', 'undated')}) speaks against it. {note}"
    if speaking:
        left, source, note = max(speaking, key=lambda each: (each[0], each[1].get("seen", "")))
        return left, 0, f"{source['who']} ({source['kind']}, {source.get('seen', 'undated')}) says so. {note}"
    return 0, 0, "nothing that still counts"


def _displaces(yes: tuple[int, Any, str], no: tuple[int, int, int, Any, str], rules: Rules) -> bool:
    left, strength = yes[0], no[0]
    if left < 50:
        return False
    if left > strength:
        return True
    since, was = yes[1].get("seen", ""), no[3].get("seen", "")
    return bool(since > was and left * (1 if was >= rules.recent_from.isoformat() else 2) >= strength)


def aged(value: int, seen: str, asked: dict[str, Any]) -> int:
    if not seen or seen >= asked["full_from"]:
        return value
    return value // 2 if seen >= asked["half_from"] else 0


def word(p: int, f: int) -> str:
    if f >= 25:
        return "partly" if p >= 25 else "failed" if f >= 50 else "doubted"
    if p >= 25:
        return "met" if p >= 50 else "supported"
    return "weak" if p or f else "unknown"


def in_date(answer: str | None, expires: str | None, source: dict[str, Any]) -> str | None:
    if not expires or expires >= TODAY or answer not in ("yes", "partly"):
        return answer
    return "no" if source.get("seen", "") > expires else None


def injectors(tree: Tree) -> list[Tree]:
    people = tree.get("practitioners", [])
    return [each for each in people if each.get("injects")] or [each for each in people if each.get("injects") is None]


def _licensed(person: Tree, _tree: Tree, sources: Tree) -> list[Statement]:
    found = []
    for each in person.get("licences", []):
        source = sources[each["source"]]
        answer = in_date(LICENCE.get(each["status"], "no") if each.get("status") else None, each.get("expires"), source)
        if answer:
            found.append((answer, source, f"{person['name']}: {each['authority']} {each.get('number')}"))
    return found


def _identified(person: Tree, _tree: Tree, sources: Tree) -> list[Statement]:
    found = [each for each in person.get("licences", []) if each.get("number") and each.get("status") != "not_found"]
    return [
        ("yes", sources[each["source"]], f"{person['name']}, {each['number']}") for each in found if person.get("name")
    ]


def _trained(person: Tree, tree: Tree, sources: Tree) -> list[Statement]:
    wanted = [each.casefold() for each in tree["clinic"]["treatments"]]
    return [
        ("yes", sources[each["source"]], f"{person['name']}: {each['provider']}")
        for each in person.get("training", [])
        if each["treatment"].casefold() in wanted and each.get("completed", TODAY) <= TODAY
    ]


def _insured(person: Tree, tree: Tree, sources: Tree) -> list[Statement]:
    policy = person.get("insurance")
    if not policy or not set(tree["clinic"]["treatments"]) <= set(policy["covers"]):
        return []
    answer = in_date("yes", policy.get("expires"), sources[policy["source"]])
    return [(answer, sources[policy["source"]], f"{person['name']}: {policy['insurer']}")] if answer else []


def _authorised(product: Tree, tree: Tree, sources: Tree) -> list[Statement]:
    each = product.get("authorisation")
    if not each or each.get("country", tree["clinic"]["country"]) != tree["clinic"]["country"]:
        return []
    answer = "yes" if each.get("status", "authorised") == "authorised" else "no"
    return [(answer, sources[each["source"]], f"{product['name']}: {each['authority']} {each['number']}")]


def _supplied(product: Tree, _tree: Tree, sources: Tree) -> list[Statement]:
    each = product.get("supplier")
    if not each or each.get("authorised") is None:
        return []
    return [("yes" if each["authorised"] else "no", sources[each["source"]], f"{product['name']}: {each['name']}")]


def _recorded(product: Tree, _tree: Tree, sources: Tree) -> list[Statement]:
    lot, expires = product.get("lot"), product.get("expires")
    if not (lot or expires) or not product.get("source"):
        return []
    answer = in_date("yes" if lot and expires else "partly", expires, sources[product["source"]])
    return [(answer, sources[product["source"]], f"{product['name']}: lot {lot}")] if answer else []


def each_of(things: Callable[[Tree], list[Tree]], says: Callable[[Tree, Tree, Tree], list[Statement]]) -> Any:
    """Ask it of everything: as good as the worst."""

    def measure(tree: Tree, sources: Tree, direct: list[Statement], asked: dict[str, Any], rules: Rules) -> Pair:
        pairs = [weigh(says(each, tree, sources) + direct, asked, rules) for each in things(tree)]
        if not pairs:
            return weigh(direct, asked, rules)
        worst = min(pairs, key=lambda each: (-each[1], each[0]))
        return min(each[0] for each in pairs), max(each[1] for each in pairs), worst[2]

    return measure


def registered(kind: str, *, best: bool) -> Any:
    """Ask it of every body, or of the best."""

    def measure(tree: Tree, sources: Tree, direct: list[Statement], asked: dict[str, Any], rules: Rules) -> Pair:
        bodies: dict[str, list[Statement]] = {}
        for each in tree.get("registrations", []):
            if each["kind"] == kind:
                source, status = sources[each["source"]], each.get("status")
                answer = None if status in (None, "applied") else REGISTERED.get(status, "no")
                answer = in_date(answer, each.get("expires"), source)
                said = [(answer, source, f"{each['body']} {each.get('number', '')}")] if answer else []
                bodies.setdefault(each["body"].strip().casefold(), []).extend(said)
        pairs = [weigh(each + direct, asked, rules) for each in bodies.values()]
        if not pairs:
            return weigh(direct, asked, rules)
        if best:
            leading = max(pairs, key=lambda each: (each[0], -each[1]))
            return max(each[0] for each in pairs), min(each[1] for each in pairs), leading[2]
        leading = min(pairs, key=lambda each: (-each[1], each[0]))
        return min(each[0] for each in pairs), max(each[1] for each in pairs), leading[2]

    return measure


def _ratings(tree: Tree) -> dict[str, Any]:
    """Give how many, the newest day, and each platform's number and stars, aged and not."""
    latest = {}
    for each in sorted(tree.get("ratings", []), key=lambda each: str(each["seen"])):
        if each.get("independent", True) and each["count"] and each["seen"] <= TODAY:
            latest[each["platform"]] = each
    rows = [(each["platform"], each["count"], each["mean"], each["seen"]) for each in latest.values()]
    rows += [
        (each["platform"], 1, each["rating"], each["date"])
        for each in tree.get("reviews", [])
        if each["platform"] not in latest and each.get("independent", True) and each["date"] <= TODAY
    ]
    newest = max((each[3] for each in rows), default="")
    full = (date.fromisoformat(newest) - timedelta(365)).isoformat() if newest else ""
    half = (date.fromisoformat(newest) - timedelta(730)).isoformat() if newest else ""
    every: dict[str, list[int]] = {}
    fresh: dict[str, list[int]] = {}
    for platform, count, mean, day in rows:
        stars = round(mean * 100) * count
        sums = every.setdefault(platform, [0, 0])
        sums[0] += 2 * count
        sums[1] += 2 * stars
        share = 2 if day >= full else 1 if day >= half else 0
        sums = fresh.setdefault(platform, [0, 0])
        sums[0] += share * count
        sums[1] += share * stars
    return {"number": sum(each[1] for each in rows), "newest": newest, "every": _pool(every), "aged": _pool(fresh)}


def _pool(platforms: dict[str, list[int]]) -> tuple[int, Fraction, Fraction]:
    """Give the strength, and the mean as it is and with the prior."""
    number = sum((Fraction(100 * halves, 198 + halves) for halves, _ in platforms.values()), Fraction(0))
    if not number:
        return 0, number, number
    stars = sum((Fraction(stars, 198 + halves) for halves, stars in platforms.values()), Fraction(0))
    return int(70 * number / (number + 20)), stars / number, (35 + stars) / (10 + number)


def rating(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    ratings = tree["ratings"]
    strength, mean, shrunk = ratings["aged"]
    if not strength:
        return 0, 0, "too few ratings"
    p = int(strength * (min(mean, shrunk) - 1) / 4)
    strength, mean, shrunk = ratings["every"]
    f = int(strength * (5 - max(mean, shrunk)) / 4)
    return aged(min(p, 100 - f), ratings["newest"], asked), f, f"mean {float(mean):.2f} of {ratings['number']} ratings"


def volume(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    ratings = tree["ratings"]
    return aged(ratings["aged"][0], ratings["newest"], asked), 0, f"{ratings['number']} ratings"


def recent(tree: Tree, _sources: Tree, _direct: list[Statement], asked: dict[str, Any], _rules: Rules) -> Pair:
    days = [each["date"] for each in tree.get("reviews", []) if each.get("independent", True) and each["date"] <= TODAY]
    newest = sorted(days, reverse=True)[:3]
    if not newest:
        return 0, 0, "no dated reviews"
    return aged(20 * len(newest), newest[-1], asked), 0, f"{len(days)} dated reviews"


def products(tree: Tree) -> list[Tree]:
    found: list[Tree] = tree.get("products", [])
    return found


def cosmetic(tree: Tree, sources: Tree, direct: list[Statement], asked: dict[str, Any], rules: Rules) -> Pair:
    found = [("no", sources[each["source"]], each["name"]) for each in products(tree) if each.get("kind") == "cosmetic"]
    return weigh(found + direct, asked, rules)


MEASURES: dict[str, Any] = {
    "credentials.injector_licensed": each_of(injectors, _licensed),
    "credentials.injector_identified": each_of(injectors, _identified),
    "credentials.procedure_training": each_of(injectors, _trained),
    "credentials.indemnity_insurance": each_of(injectors, _insured),
    "credentials.facility_registered": registered("premises", best=False),
    "credentials.voluntary_register": registered("membership", best=True),
    "credentials.independent_accreditation": registered("accreditation", best=True),
    "sourcing.product_authorised": each_of(products, _authorised),
    "sourcing.not_cosmetic_grade": cosmetic,
    "sourcing.authorised_supplier": each_of(products, _supplied),
    "sourcing.lot_expiry_recorded": each_of(products, _recorded),
    "reviews.rating": rating,
    "reviews.independent_volume": volume,
    "reviews.recent": recent,
}
