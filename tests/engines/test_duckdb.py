"""DuckDB: batches stream out of one connection, through `vet_batch`, into another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, mesotherapy
from corpus import as_table, expected, found

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb, or nox -s engines")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
columns = pytest.importorskip("clinic_vetting.columns")
COUNT, SIZE = 300, 64


def test_verdicts_stream_from_one_connection_into_another(tmp_path: Path) -> None:
    """Every row has the bytes of `vet` alone; what reads is still streaming while the other writes."""
    pq.write_table(as_table(COUNT), tmp_path / "listings.parquet", row_group_size=SIZE)
    vetted = partial(columns.vet_batch, criteria=mesotherapy(), as_of=DAY, keep=["key"])
    reading, writing = duckdb.connect(), duckdb.connect(str(tmp_path / "verdicts.duckdb"))
    source = reading.sql(f"select * from '{tmp_path}/listings.parquet'").to_arrow_reader(SIZE)  # noqa: S608
    schema = pa.schema([source.schema.field("key"), *columns.VERDICT_SCHEMA])
    sizes: list[int] = []

    def stream() -> Iterator[Any]:
        for batch in source:
            sizes.append(batch.num_rows)
            yield vetted(batch)

    writing.register("incoming", pa.RecordBatchReader.from_batches(schema, stream()))
    writing.execute("create table verdicts as select * from incoming")

    names = ("key", "verdict", "faults")
    made = writing.execute("select key, verdict, faults from verdicts").fetchall()
    assert found([dict(zip(names, row, strict=True)) for row in made]) == expected(COUNT)
    assert len(sizes) > 1
