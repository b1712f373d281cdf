"""Vet a corpus on Spark: Parquet in, Parquet out, a partition at a time, and again only what is missing.

    spark-submit spark_job.py s3a://listings/raw s3a://listings/verdicts --as-of 2026-11-21 --by country

The input has one listing a row: a column `dossier` with its JSON, and the column that is named by `--by`.
The output stands in `OUTPUT/set=<digest>/as_of=<day>/<by>=<value>/`. Spark marks a partition that is
complete with `_SUCCESS`; one without is written again from the start, so a job that died is simply
submitted again. Another set or day has a folder of its own: partitions are never mixed.
"""

from __future__ import annotations

import argparse
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from clinic_vetting import criteria_digest, load_criteria
from clinic_vetting.columns import vet_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame

VERDICTS = (
    "clinic_id string, band string, score double, proven double, unknown double, failed double,"
    " valid_until date, verdict string, faults array<string>"
)
ROWS = 500
"""Listings an Arrow batch: a verdict is some 70 KB, so about 35 MB."""
UNSTATED = "__HIVE_DEFAULT_PARTITION__"


def main(arguments: Sequence[str] | None = None) -> list[str]:
    """Run the job; give the partitions that were vetted, which are those that were missing."""
    chosen = _parser().parse_args(arguments)
    criteria = load_criteria(chosen.criteria)
    vetted = partial(vet_batch, criteria=criteria, as_of=chosen.as_of, column=chosen.column, keep=chosen.keep)
    spark = SparkSession.builder.appName("clinic-vetting").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS)
    digest = criteria_digest(criteria).removeprefix("sha256:")[:16]
    output = f"{chosen.output}/set={digest}/as_of={chosen.as_of}"
    listings = spark.read.parquet(chosen.input)
    done = []
    for value in _values(listings, chosen.by):
        folder = f"{output}/{chosen.by}={UNSTATED if value is None else value}"
        if not _exists(spark, f"{folder}/_SUCCESS"):
            part = listings.where(f.col(chosen.by).eqNullSafe(value))
            _verdicts(part, vetted, chosen.keep).write.mode("overwrite").parquet(folder)
            done.append(str(value))
    return done


def _verdicts(part: DataFrame, vetted: Callable[[pa.RecordBatch], pa.RecordBatch], keep: Sequence[str]) -> DataFrame:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(vetted, batches)

    kept = "".join(f"`{name}` {part.schema[name].dataType.simpleString()}, " for name in keep)
    return part.mapInArrow(run, kept + VERDICTS)


def _values(listings: DataFrame, by: str) -> list[Any]:
    return sorted((row[0] for row in listings.select(by).distinct().collect()), key=str)


def _exists(spark: SparkSession, path: str) -> bool:
    """Look wherever Spark can write: a disk, HDFS, an object store."""
    there = spark._jvm.org.apache.hadoop.fs.Path(path)  # noqa: SLF001 - Spark has no public way
    found: bool = there.getFileSystem(spark._jsc.hadoopConfiguration()).exists(there)  # noqa: SLF001
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Vet a corpus of listings on Spark.")
    parser.add_argument("input", help="Parquet, one listing a row")
    parser.add_argument("output", help="a folder of verdicts")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, required=True, metavar="DATE", help="day of verdicts")
    parser.add_argument("--criteria", default="mesotherapy", metavar="NAME-OR-PATH", help="default: mesotherapy")
    parser.add_argument("--column", default="dossier", help="the column of dossiers (default: dossier)")
    parser.add_argument("--by", default="country", help="the column by which to cut the corpus (default: country)")
    parser.add_argument("--keep", nargs="*", default=[], metavar="COLUMN", help="columns to pass through")
    return parser


if __name__ == "__main__":
    print("vetted:", ", ".join(main()) or "nothing, all is there")
