"""Columns: row for row what `vet` alone gives, whatever the type of the column and the cut into batches."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cases import DAY, mesotherapy
from corpus import alone, rows

from clinic_vetting import parse_criteria

pa = pytest.importorskip("pyarrow")
columns = pytest.importorskip("clinic_vetting.columns")
COUNT = 100


def batch(kind: Any, count: int = COUNT) -> Any:
    texts = [text for _, _, text in rows(count)]
    binary = "binary" in str(kind)
    given = [text.encode() if binary and text is not None else text for text in texts]
    return pa.record_batch({"key": pa.array(range(count)), "dossier": pa.array(given, kind)})


@pytest.fixture(scope="module")
def vetted() -> Any:
    return columns.vet_batch(batch(pa.string()), mesotherapy(), as_of=DAY, keep=["key"])


def test_every_row_has_the_bytes_of_vet_alone(vetted: Any) -> None:
    """Verdicts and faults stand in the rows of their dossiers."""
    assert vetted.column("key").to_pylist() == list(range(COUNT))
    for (_, _, text), row in zip(rows(COUNT), vetted.to_pylist(), strict=True):
        verdict, faults = alone(text)
        assert (row["verdict"], tuple(row["faults"])) == (verdict, faults)


def test_columns_say_what_the_json_says(vetted: Any) -> None:
    """Ids, rounded numbers and the last day are those of the verdict; of a bad dossier all are null."""
    assert vetted.schema == pa.schema([pa.field("key", pa.int64()), *columns.VERDICT_SCHEMA])
    for row in vetted.to_pylist():
        tree = json.loads(row["verdict"] or '{"clinic": {"id": null}, "band": {"id": null}}')
        assert row["clinic_id"] == tree["clinic"]["id"]
        assert row["band"] == tree["band"]["id"]
        assert (row["valid_until"] and row["valid_until"].isoformat()) == tree.get("valid_until")
        for name in ("score", "proven", "unknown", "failed"):
            assert row[name] == tree.get(name)


@pytest.mark.parametrize("kind", ["large_string", "string_view", "binary", "large_binary", "binary_view"])
def test_the_type_of_the_column_makes_no_difference(kind: str, vetted: Any) -> None:
    """Text and UTF-8 are read alike."""
    few = columns.vet_batch(batch(getattr(pa, kind)()).slice(0, 32), mesotherapy(), as_of=DAY, keep=["key"])

    assert few.equals(vetted.slice(0, 32))


def test_the_cut_into_chunks_makes_no_difference(vetted: Any) -> None:
    """A table of several chunks is vetted as one batch."""
    whole = batch(pa.string()).slice(0, 32)
    table = pa.Table.from_batches([whole.slice(0, 5), whole.slice(5, 0), whole.slice(5)])

    assert columns.vet_batch(table, mesotherapy(), as_of=DAY, keep=["key"]).equals(vetted.slice(0, 32))


def test_no_rows_give_no_rows() -> None:
    """The schema stands all the same."""
    table = pa.table({"dossier": pa.chunked_array([], pa.string())})

    made = columns.vet_batch(table, mesotherapy(), as_of=DAY)

    assert (made.num_rows, made.schema) == (0, columns.VERDICT_SCHEMA)


@pytest.mark.parametrize(
    "data",
    [b'{"dossier": 1, "clinic": {"id": "\xff"}}', b"\xef\xbb\xbf{}", b" " * (2 << 20) + b"{}"],
    ids=["not UTF-8", "byte order mark", "too large"],
)
def test_bytes_that_are_no_dossier_stay_as_rows(data: bytes) -> None:
    """They say what to mend."""
    row = columns.vet_batch(pa.record_batch({"dossier": [data]}), mesotherapy(), as_of=DAY).to_pylist()[0]

    assert row["verdict"] is None
    assert row["faults"]


def test_numbers_stay_as_they_were_written() -> None:
    """A licence number such as 1.10 or 1e5 is text to a dossier."""
    text = '{"dossier": 1, "clinic": {"id": 1.10, "name": 1e5}}'

    row = columns.vet_batch(pa.record_batch({"dossier": [text]}), mesotherapy(), as_of=DAY).to_pylist()[0]

    assert row["clinic_id"] == "1.10"
    assert row["verdict"] == alone(text)[0]


def test_where_nothing_is_rated_there_are_no_numbers() -> None:
    """The verdict stands, without band and score."""
    change = {
        "because": "b",
        "owner": "o",
        "select": ["hygiene.hand_hygiene"],
        "set": {"hygiene.hand_hygiene": {"applies": {"countries": ["FR"]}}},
        "bands": [{"id": "any", "label": "Any"}],
    }
    own = {"criteria_set": 1, "id": "fr", "version": "1", "extends": "mesotherapy", "title": "T", "changes": [change]}
    criteria = parse_criteria(json.dumps(own))
    text = '{"dossier": 1, "clinic": {"id": "c", "country": "GB"}}'

    row = columns.vet_batch(pa.record_batch({"dossier": [text]}), criteria, as_of=DAY).to_pylist()[0]

    assert (row["clinic_id"], row["band"], row["score"], row["faults"]) == ("c", None, None, [])


@pytest.mark.parametrize(
    ("given", "arguments", "says"),
    [
        ({"dosier": ["{}"]}, {}, "no column 'dossier'; it has dosier; did you mean 'dosier'?"),
        ({"dossier": [1]}, {}, "column 'dossier' must hold JSON dossiers as one of string, .* and is int64"),
        ({"dossier": ["{}"]}, {"keep": ["key"]}, "no column 'key'; it has dossier$"),
        ({"dossier": ["{}"], "band": ["x"]}, {"keep": ["band"]}, "cannot keep 'band'"),
    ],
)
def test_another_batch_is_refused(given: dict[str, Any], arguments: dict[str, Any], says: str) -> None:
    """The error names the column and what would have been right."""
    with pytest.raises(columns.ColumnError, match=says):
        columns.vet_batch(pa.record_batch(given), mesotherapy(), as_of=DAY, **arguments)


def test_a_column_twice_is_refused() -> None:
    """Nobody can tell which is meant."""
    twice = pa.RecordBatch.from_arrays([pa.array(["{}"])] * 2, names=["dossier", "dossier"])

    with pytest.raises(columns.ColumnError, match="more than one column 'dossier'"):
        columns.vet_batch(twice, mesotherapy(), as_of=DAY)
