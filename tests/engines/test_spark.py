"""Spark: the job of examples/spark_job.py, with `mapInArrow` on `local[2]`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, ROOT
from corpus import COUNTRIES, as_table, expected, found

pytest.importorskip("pyspark", reason="Spark is not installed: pip install pyspark, or nox -s engines")
pq = pytest.importorskip("pyarrow.parquet")
pytestmark = [
    pytest.mark.skipif(not (shutil.which("java") or "JAVA_HOME" in os.environ), reason="Spark needs Java 17: no java"),
    pytest.mark.filterwarnings("ignore"),
]
COUNT = 300


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Start Spark with two workers that run this Python."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only where it is installed

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def job(spark: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load the example as it stands, with smaller batches; it finds the session that runs."""
    assert spark
    spec = spec_from_file_location("spark_job", ROOT / "examples" / "spark_job.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROWS", 32)
    return module


def test_a_job_writes_every_partition_and_again_only_what_is_missing(job: Any, tmp_path: Path) -> None:
    """Every row has the bytes of `vet` alone; a partition that was lost comes back the same."""
    (tmp_path / "listings").mkdir()
    for i in range(4):
        pq.write_table(as_table(COUNT).slice(i * 75, 75), tmp_path / "listings" / f"{i}.parquet")
    arguments = [str(tmp_path / "listings"), str(tmp_path / "out"), "--as-of", str(DAY), "--keep", "key"]

    assert job.main(arguments) == sorted(map(str, COUNTRIES))
    assert _written(tmp_path / "out") == expected(COUNT)

    assert job.main(arguments) == []
    lost = next((tmp_path / "out").glob("set=*/as_of=*/country=GB"))
    (lost / "_SUCCESS").unlink()
    next(lost.glob("*.parquet")).unlink()

    assert job.main(arguments) == ["GB"]
    assert _written(tmp_path / "out") == expected(COUNT)


def _written(out: Path) -> Any:
    """Read what the job wrote, without Spark."""
    return found([row for each in sorted(out.rglob("*.parquet")) for row in pq.ParquetFile(each).read().to_pylist()])
