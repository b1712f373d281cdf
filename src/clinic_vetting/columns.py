"""Verdicts as Arrow columns: one batch in, one batch out, row for row. Needs `clinic-vetting[arrow]`.

`vet_batch` is a pure function of its batch: DuckDB, Polars, Spark and Ray Data run it unchanged, and
however a corpus is cut into batches, each row comes out with the same bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.extras import missing
from clinic_vetting.words import joined, told

try:
    import pyarrow as pa
except ImportError as error:  # pragma: no cover - tests have it
    raise missing(extra="arrow", what="clinic_vetting.columns") from error

from clinic_vetting.dossier import parse_clinic
from clinic_vetting.errors import ClinicVettingError, Fault, InputError
from clinic_vetting.hints import did_you_mean
from clinic_vetting.reports import to_json
from clinic_vetting.score import HUNDRED, apportioned, rounded
from clinic_vetting.verdict import vet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.verdict import Verdict

VERDICT_SCHEMA: Final = pa.schema(
    [
        pa.field("clinic_id", pa.string()),
        pa.field("band", pa.string()),
        pa.field("score", pa.float64()),
        pa.field("proven", pa.float64()),
        pa.field("unknown", pa.float64()),
        pa.field("failed", pa.float64()),
        pa.field("valid_until", pa.date32()),
        pa.field("verdict", pa.string()),
        pa.field("faults", pa.list_(pa.string())),
    ]
)
"""What `vet_batch` adds, in this order.

`clinic_id` and `band` are ids; `score`, `proven`, `unknown` and `failed` are points, 0..100, rounded to
hundredths as in the JSON; `valid_until` is the last day on which the verdict stands, null for ever;
`verdict` is the line of `to_json`. All of these are null where the dossier cannot be used; then `faults`
says what to mend, one line each. Otherwise `faults` is an empty list: it is never null. `band` and the
numbers are null too where nothing is rated.
"""
_HELD: Final = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
_DIGITS: Final = 2


class ColumnError(ClinicVettingError, ValueError):
    """A batch lacks a column, or has one of another type or name than can be used."""


def vet_batch(
    batch: pa.RecordBatch | pa.Table,
    criteria: CriteriaSet,
    *,
    as_of: dt.date,
    column: str = "dossier",
    keep: Sequence[str] = (),
) -> pa.RecordBatch:
    """Vet every row of a batch.

    A dossier is read exactly as `parse_clinic` reads a JSON file of it. One that cannot be used, or is
    null, stays as a row with `faults`, in which its file is called `<column>.json`.

    Args:
        batch: Rows of any number; other columns may have any type.
        criteria: What is asked.
        as_of: The day of every verdict.
        column: The column of JSON dossiers: string or binary (UTF-8), plain, large or view.
        keep: Names of columns to pass through unchanged, such as a key of your own.

    Returns:
        As many rows, in order, with the columns of `keep` and then those of `VERDICT_SCHEMA`. A verdict takes
        about 70 KB of text and a batch holds at most 2 GiB of it, so give at most some 20,000 rows.

    Raises:
        ColumnError: A column is missing, is not text or bytes, or is kept under a name of the schema.
        CriteriaError: The set asks for a measure that nobody registered.
    """
    kept = [_column(batch, name) for name in keep]
    if taken := set(keep) & set(VERDICT_SCHEMA.names):
        raise ColumnError(told("fault.columns.taken", names=", ".join(map(repr, sorted(taken)))))
    rows = [_row(each, criteria, as_of, f"{column}.json") for each in _dossiers(batch, column)]
    made = pa.RecordBatch.from_pylist(rows, schema=VERDICT_SCHEMA)
    fields = [batch.schema.field(name) for name in keep]
    return pa.RecordBatch.from_arrays([*kept, *made.columns], schema=pa.schema([*fields, *VERDICT_SCHEMA]))


def _dossiers(batch: pa.RecordBatch | pa.Table, column: str) -> list[str | bytes | None]:
    texts = _column(batch, column)
    if str(texts.type) not in _HELD:
        types = ", ".join(_HELD)
        raise ColumnError(told("fault.columns.type", name=repr(column), types=types, type=str(texts.type)))
    listed: list[str | bytes | None] = texts.to_pylist()
    return listed


def _column(batch: pa.RecordBatch | pa.Table, name: str) -> pa.Array:
    if batch.schema.names.count(name) != 1:
        message = "fault.columns.several" if name in batch.schema.names else "fault.columns.missing"
        problem = told(message, name=repr(name), names=", ".join(batch.schema.names))
        raise ColumnError(joined("; ", problem, did_you_mean(name, batch.schema.names)))
    values = batch.column(name)
    if not isinstance(values, pa.ChunkedArray):
        return values
    return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)


def _row(text: str | bytes | None, criteria: CriteriaSet, as_of: dt.date, name: str) -> dict[str, Any]:
    try:
        clinic = _clinic(text, name)
    except InputError as error:
        return {"faults": [str(each) for each in error.faults]}
    return _found(vet(clinic, criteria, as_of=as_of))


def _found(verdict: Verdict) -> dict[str, Any]:
    return {
        "clinic_id": verdict.clinic.id,
        "band": verdict.band.id if verdict.band else None,
        **_numbers(verdict),
        "valid_until": verdict.valid_until,
        "verdict": to_json(verdict),
        "faults": [],
    }


def _numbers(verdict: Verdict) -> dict[str, float]:
    """Round as `to_json` does."""
    score, proven, unknown, failed = verdict.score, verdict.proven, verdict.unknown, verdict.failed
    if score is None or proven is None or unknown is None or failed is None:
        return {}
    parts = apportioned({"proven": proven, "unknown": unknown, "failed": failed}, HUNDRED, _DIGITS)
    return {"score": float(rounded(score, _DIGITS)), **{name: float(value) for name, value in parts.items()}}


def _clinic(text: str | bytes | None, name: str) -> Clinic:
    if text is None:
        raise InputError([Fault(name, 0, "", told("fault.dossier.dossier"), "null")])
    return parse_clinic(text, name)
