"""By hand: what practitioners, products and registrations say, and which criterion asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from against.hand_ratings import rating, recent, volume
from against.hand_weighing import TODAY, Pair, Statement, in_date, weigh

if TYPE_CHECKING:
    from workload import Rules

Tree = dict[str, Any]
LICENCE = {"active": "yes", "conditions": "partly"}
REGISTERED = {"registered": "yes", "accredited": "yes", "member": "yes", "active": "yes", "conditions": "partly"}


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
    by = [person["source"]] if person.get("source") else [each["source"] for each in found]
    told = [sources[each] for each in by if person.get("source") or sources[each]["kind"] != "register"]
    return [("yes", each, person["name"]) for each in told if found and person.get("name")]


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
