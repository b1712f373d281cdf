"""Polars: Parquet in, `map_batches` over frames that are Arrow tables, Parquet out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, mesotherapy
from corpus import as_table, expected, found

polars = pytest.importorskip("polars", reason="Polars is not installed: pip install polars, or nox -s engines")
pq = pytest.importorskip("pyarrow.parquet")
columns = pytest.importorskip("clinic_vetting.columns")
COUNT, SIZE = 300, 64


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    path = tmp_path / "listings.parquet"
    pq.write_table(as_table(COUNT), path, row_group_size=SIZE)
    return path


def vetted(frame: Any) -> Any:
    """Vet a frame by way of Arrow, which copies nothing."""
    vet = partial(columns.vet_batch, criteria=mesotherapy(), as_of=DAY, keep=["key"])
    return polars.from_arrow(vet(frame.to_arrow()))


def test_a_lazy_scan_of_parquet_is_vetted(listings: Path, tmp_path: Path) -> None:
    """Every row has the bytes of `vet` alone, through `map_batches` of a lazy frame."""
    schema = {"key": polars.Int64, **polars.from_arrow(columns.VERDICT_SCHEMA.empty_table()).schema}

    lazy = polars.scan_parquet(listings).map_batches(vetted, schema=schema, streamable=True)
    lazy.sink_parquet(tmp_path / "verdicts.parquet")

    assert found(polars.read_parquet(tmp_path / "verdicts.parquet").to_dicts()) == expected(COUNT)


def test_slice_by_slice_gives_the_same(listings: Path) -> None:
    """A corpus can be read, vetted and written in slices."""
    parts = [vetted(part) for part in polars.read_parquet(listings).iter_slices(SIZE)]

    assert len(parts) > 1
    assert found(polars.concat(parts).to_dicts()) == expected(COUNT)
