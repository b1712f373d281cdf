"""The library itself, in the ways it can be called."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

from workload import DAY, Load, Row, scored_by_library

import clinic_vetting
from clinic_vetting import clinic_from, decode_clinic, to_json, vet_json, vet_tree

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.verdict import Verdict


def rows(load: Load) -> list[Row]:
    """Measure it from a built clinic, a dict and text, and with its explanation read."""
    criteria = load.rules.criteria

    def vet(clinic: Clinic) -> Verdict:
        return clinic_vetting.vet(clinic, criteria, as_of=DAY)

    def read(clinic: Clinic) -> tuple[Verdict, list[Any]]:
        verdict = vet(clinic)
        lines = [(each.id, each.outcome, each.effect, each.says, each.decided_by) for each in verdict.findings]
        return verdict, [lines, verdict.limits]

    found = [
        Row("library: vet", "a built Clinic to a Verdict: outcomes, sums, band; findings are made when read", vet, load.clinics, scored_by_library),
        Row("library: vet, findings read", "the same, and every finding, its sentence, effect and deciding statement, and all limits", read, load.clinics, lambda result: scored_by_library(result[0])),
        Row("library: to_json(vet)", "the same, written in full as one line of JSON, advice and days to come included", lambda clinic: to_json(vet(clinic)), load.clinics),
        Row("library: clinic_from", "dict to a validated Clinic; no score", clinic_from, load.trees),
        Row("library: clinic_from, vet", "dict to a validated Clinic to a Verdict", lambda tree: vet(clinic_from(tree)), load.trees, scored_by_library),
        Row("library: json.loads, clinic_from, vet", "text to a Verdict", lambda text: vet(clinic_from(json.loads(text))), load.texts, scored_by_library),
    ]  # fmt: skip
    return found + _from_text(load)


def _from_text(load: Load) -> list[Row]:
    """Measure what scores a listing without a `Clinic`, and what msgspec decodes."""
    criteria, texts = load.rules.criteria, [each.encode() for each in load.texts]
    found = [
        Row("library: vet_tree", "dict to a Verdict", lambda tree: vet_tree(tree, criteria, as_of=DAY), load.trees, scored_by_library),
        Row("library: json.loads, vet_tree", "text to a Verdict", lambda text: vet_tree(json.loads(text), criteria, as_of=DAY), load.texts, scored_by_library),
    ]  # fmt: skip
    if importlib.util.find_spec("msgspec"):
        found += [
            Row("library: vet_json", "bytes to a Verdict with msgspec", lambda text: vet_json(text, criteria, as_of=DAY), texts, scored_by_library),
            Row("library: decode_clinic", "bytes to a Clinic with msgspec; no score", decode_clinic, texts),
        ]  # fmt: skip
    return found
