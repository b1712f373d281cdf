"""Recalls as the US FDA's enforcement reports tell of them, for drugs and for devices.

A recall that has ended stays: it was ended because the packs were taken back, and one that is still in use was not.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import ndc
from clinic_vetting.clinic import Clinic, Notice, NoticeKind, PossibleMatch, Product
from clinic_vetting.evidence import Kind, Source
from clinic_vetting.registers import days, lots, names, openfda, recall_text
from clinic_vetting.registers.asking import capped, with_more
from clinic_vetting.registers.lot import bare, spellings
from clinic_vetting.registers.packs import Pack, asked, pack_of
from clinic_vetting.registers.recalls import Match, Recall, match
from clinic_vetting.registers.rows import Entry, Row
from clinic_vetting.words import cut, joined, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.errors import Fault
    from clinic_vetting.registers.intake import Intake
    from clinic_vetting.registers.register import Register

FIELDS: Final = ("number", "firm", "product", "codes", "ndcs", "devices", "class", "status", "initiated", "reason")
_NAMED: Final = {
    "number": ("recall_number", "product_res_number", "res_event_number", "event_id"),
    "firm": ("recalling_firm",),
    "product": ("product_description",),
    "codes": ("code_info",),
    "class": ("classification",),
    "status": ("status", "recall_status"),
    "initiated": ("recall_initiation_date", "event_date_initiated", "report_date"),
    "reason": ("reason_for_recall",),
}
"""Each fact, and the names under which the FDA has published it, the oldest with hyphens."""


def read(intake: Intake) -> Iterator[Row | Fault]:
    """Give the recalls; one without a firm, a product or codes is a fault, and so is one with an impossible date."""
    for number, record in openfda.records(intake):
        given = {key.replace("-", "_"): value for key, value in record.items()}
        facts = {name: _first(given, known) for name, known in _NAMED.items()}
        missing = [name for name in ("firm", "product", "codes") if not facts[name]]
        if missing:
            column = _NAMED[missing[0]][0]
            yield intake.fault(number, column, told("fault.registers.recall"), told("fault.nothing"))
            continue
        try:
            initiated = days.day(facts["initiated"])
        except ValueError:
            yield intake.fault(number, "recall_initiation_date", days.expected("us"), repr(facts["initiated"][:60]))
            continue
        facts |= {"ndcs": " ".join(_ndcs(given, facts)), "devices": " ".join(sorted(_devices(given, facts)))}
        facts["initiated"] = initiated.isoformat() if initiated else ""
        yield Row(number, tuple(_keys(facts)), tuple(facts[name] for name in FIELDS))


def _first(given: dict[str, Any], known: tuple[str, ...]) -> str:
    found = next((given[name] for name in known if isinstance(given.get(name), str) and given[name].strip()), "")
    if not found.isprintable():
        found = "".join(char if char.isprintable() else " " for char in found.replace("\n", " ; "))
    return found.strip()


def _ndcs(given: dict[str, Any], facts: dict[str, str]) -> list[str]:
    harmonised = given.get("openfda")
    listed = harmonised if isinstance(harmonised, dict) else {}
    told = [each for key in ("package_ndc", "product_ndc") for each in _texts(listed.get(key))]
    return list(dict.fromkeys((*ndc.cited(facts["product"]), *(code for each in told for code in ndc.elevens(each)))))


def _texts(value: object) -> list[str]:
    """Give the texts of a list, or of a text alone; of anything else none."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _devices(_: dict[str, Any], facts: dict[str, str]) -> frozenset[str]:
    return recall_text.device_identifiers(f"{facts['codes']} ; {facts['product']}")


def _keys(facts: dict[str, str]) -> Iterator[str]:
    """Give what a recall is found by: lots, the products of NDCs, device identifiers, the firm.

    A firm's recalls are many; for a pack whose lot is known only those have to be looked at whose lots are not listed.
    """
    several = recall_text.numbered_parts(facts["codes"]).values()
    found = [lots.read(each) for each in (facts["codes"], *several)]
    named = {lot: None for each in found for lot in (*each.named, *each.maybe)}
    yield from {f"lot={each}": None for lot in named for each in (lot, bare(lot))}
    yield from (f"ndc={each[:9]}" for each in facts["ndcs"].split())
    yield from (f"di={each}" for each in facts["devices"].split())
    yield f"firm={_joined(facts['firm'])}"
    if any(each.open or each.ranges for each in found):
        yield f"open={_joined(facts['firm'])}"


def _joined(firm: str) -> str:
    return "".join(names.firm(firm).family)


def look(clinic: Clinic, register: Register) -> Clinic:
    """Add a notice for each product whose lot is recalled, and a question for each that may be."""
    notices: list[Notice] = []
    matches: list[PossibleMatch] = []
    for product in clinic.products:
        pack, asked_of = pack_of(product), list[PossibleMatch]()
        for entry in _candidates(pack, register):
            found = match(_recall(entry), pack)
            if found is Match.SURE and product.source:
                notices.append(_notice(product, pack, entry, _source(product.source, entry, register)))
            elif found is not Match.NONE:
                asked_of.append(_possible(product, entry, register))
        matches += capped(asked_of)
    return with_more(clinic, notices=notices, possible_matches=matches)


def _candidates(pack: Pack, register: Register) -> list[Entry]:
    keys = [f"lot={each}" for each in spellings(pack.lot or "")]
    keys += [f"ndc={each}" for each in sorted({each[:9] for each in pack.ndcs})]
    keys += [f"di={each}" for each in sorted(pack.devices)]
    keys += [f"{'open' if pack.lot else 'firm'}={_joined(pack.maker)}"] if pack.maker else []
    return register.by_keys(tuple(keys)) if keys else []


def _recall(entry: Entry) -> Recall:
    numbers, devices = (frozenset(entry[name].split()) for name in ("ndcs", "devices"))
    return Recall(entry["firm"], entry["product"], entry["codes"], numbers, devices)


def _source(seen_by: Source, entry: Entry, register: Register) -> Source:
    """Give the register, or who saw the pack: a recall concerns the clinic only as surely as they did."""
    if seen_by.kind is Kind.PATIENT or seen_by.seen is None:
        return seen_by
    says = ", ".join(each for each in (entry["class"], entry["reason"]) if each)
    return register.source(entry, says=f"{entry['number']} {says}".strip()[:150])


def _notice(product: Product, pack: Pack, entry: Entry, source: Source) -> Notice:
    name = product.name or product.ndc or next(iter(sorted(pack.devices)), None)
    named = joined(", ", name, told("record.lot", lot=pack.lot))
    why = entry["reason"] or entry["product"]
    issued = dt.date.fromisoformat(entry["initiated"]) if entry["initiated"] else None
    return Notice(
        by="FDA",
        kind=NoticeKind.RECALL,
        about=cut(told("recall.notice", named=named, number=entry["number"], firm=entry["firm"], why=why), 1000),
        issued=issued,
        source=source,
    )


def _possible(product: Product, entry: Entry, register: Register) -> PossibleMatch:
    values = {
        "number": entry["number"],
        "day": entry["initiated"],
        "product": entry["product"],
        "codes": entry["codes"],
    }
    return asked(register, entry, product, (entry["firm"], told("recall.says", **values)), told("recall.ask"))
