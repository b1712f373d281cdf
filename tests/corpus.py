"""Listings as JSON for tests of columns and engines, good and bad, with the verdicts that `vet` alone gives."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyarrow as pa
from cases import DAY, mesotherapy
from listings import listing

from clinic_vetting import InputError, parse_clinic, to_json, vet

COUNTRIES = ("GB", "FR", "US", None)
BAD = {
    7: None,
    19: "{",
    31: '{"dossier": 1}',
    43: '{"dossier": 1, "clinic": {"id": "twice", "id": "twice"}}',
    55: '{"dossier": 1, "clinic": {"id": ""}}',
    67: '{"dossier": 1, "clinic": {"id": "nan"}, "ratings": [{"platform": "P", "mean": NaN, "count": 3}]}',
    79: "[" * 100_000,
    91: "dossier: 1\nclinic: {id: yaml}\n",
}


@cache
def rows(count: int) -> tuple[tuple[int, str | None, str | None], ...]:
    """Make so many rows: a key, the country and the dossier, some of which cannot be used."""
    return tuple((i, COUNTRIES[i % 4], BAD[i] if i in BAD else _dossier(i)) for i in range(count))


def _dossier(number: int) -> str:
    tree = listing(number % 40, 0)
    tree["clinic"]["id"] = f"clinic-{number % 40}-{COUNTRIES[number % 4]}"
    if country := COUNTRIES[number % 4]:
        tree["clinic"]["country"] = country
        tree["clinic"].pop("region", None)
    return json.dumps(tree)


@cache
def alone(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Give the verdict of one dossier as JSON, or its faults."""
    if text is None:
        return None, ("dossier.json: document: expected a dossier, got null",)
    try:
        clinic = parse_clinic(text, "dossier.json")
    except InputError as error:
        return None, tuple(map(str, error.faults))
    return to_json(vet(clinic, mesotherapy(), as_of=DAY)), ()


def expected(count: int) -> dict[int, tuple[str | None, tuple[str, ...]]]:
    """Give every row's verdict or faults, by its key."""
    return {key: alone(text) for key, _, text in rows(count)}


def as_table(count: int) -> Any:
    """Give the rows as an Arrow table: `key`, `country`, `dossier`."""
    keys, countries, dossiers = zip(*rows(count), strict=True)
    text = pa.string()
    return pa.table({"key": keys, "country": pa.array(countries, text), "dossier": pa.array(dossiers, text)})


def found(made: list[dict[str, Any]]) -> dict[int, tuple[str | None, tuple[str, ...]]]:
    """Give every row's verdict or faults by its key, as `expected` does, each key once."""
    assert len({row["key"] for row in made}) == len(made)
    return {row["key"]: (row["verdict"], tuple(row["faults"])) for row in made}
