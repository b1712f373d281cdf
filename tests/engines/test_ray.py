"""Ray Data: `map_batches` over batches that are Arrow tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, mesotherapy
from corpus import as_table, expected, found

pa = pytest.importorskip("pyarrow")
ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'ray[data]', or nox -s engines")
pytest.importorskip("ray.data", reason="Ray Data is not installed: pip install 'ray[data]', or nox -s engines")
pq = pytest.importorskip("pyarrow.parquet")
columns = pytest.importorskip("clinic_vetting.columns")
pytestmark = pytest.mark.filterwarnings("ignore")
COUNT = 300


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Start Ray with two workers."""
    ray.init(num_cpus=2, include_dashboard=False, logging_level="error", configure_logging=False)
    yield
    ray.shutdown()


def test_a_dataset_is_vetted_in_batches(tmp_path: Path) -> None:
    """Every row has the bytes of `vet` alone, Parquet in and out."""
    pq.write_table(as_table(COUNT), tmp_path / "listings.parquet", row_group_size=64)
    vet = partial(columns.vet_batch, criteria=mesotherapy(), as_of=DAY, keep=["key"])

    def vetted(table: Any) -> Any:
        return pa.Table.from_batches([vet(table)])  # Ray takes tables, and not batches

    listings = ray.data.read_parquet(str(tmp_path / "listings.parquet"))
    verdicts = listings.map_batches(vetted, batch_format="pyarrow", batch_size=64)
    verdicts.write_parquet(str(tmp_path / "out"))

    assert found(ray.data.read_parquet(str(tmp_path / "out")).take_all()) == expected(COUNT)
