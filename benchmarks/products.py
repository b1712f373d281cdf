"""How fast recalls are imported and looked up, and FHIR bundles read. Run: python benchmarks/products.py [ROWS]."""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic_vetting import Clinic, Kind, Product, Source, document, from_fhir
from clinic_vetting.registers import Registers, enrich

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.date(2026, 11, 1)
SEEN = Source("label", Kind.DOCUMENT, "label", DAY)
RESULTS = 2_000


def recalls(rows: int) -> Iterator[str]:
    """Write a download of openFDA, a record at a time."""
    yield '{"meta": {}, "results": ['
    for n in range(rows):
        record = {
            "recall_number": f"D-{n}-2026",
            "recalling_firm": f"Maker{n % 5000} Pharma Inc.",
            "product_description": f"Example Product {n % 700}, 10 mL vial, NDC {n % 9999:04}-{n % 997:04}-01",
            "code_info": f"Lot numbers: A{n:07}, B{n:07}, Exp 05/2028; C{n:07}, Exp 06/2028",
            "reason_for_recall": "Lack of sterility assurance",
            "recall_initiation_date": "20260501",
        }
        yield f"{json.dumps(record)}{',' if n < rows - 1 else ']}'}\n"


def bundle(results: int) -> dict[str, Any]:
    """Make a Bundle of practitioners, each with a licence that a board has confirmed."""
    entries: list[dict[str, Any]] = []
    for n in range(results // 10):
        board = {"who": {"display": "Board"}, "type": [{"coding": [{"code": "lic-board"}]}]}
        board["validationStatus"] = {"coding": [{"code": "successful"}]}
        licence = {"identifier": [{"value": str(n)}], "issuer": {"display": "Board"}, "code": {"text": "MD"}}
        entries.append({"resourceType": "Practitioner", "id": str(n), "qualification": [licence]})
        entries += [
            {
                "resourceType": "VerificationResult",
                "id": f"{n}-{k}",
                "target": [{"reference": f"Practitioner/{n}"}],
                "status": "validated",
                "lastPerformed": "2026-10-01",
                "primarySource": [board],
            }
            for k in range(10)
        ]
    return {"resourceType": "Bundle", "entry": [{"resource": each} for each in entries]}


def timed(what: str, begun: float, count: int) -> None:
    """Print how long each of so many took."""
    took = time.perf_counter() - begun
    print(f"{what}: {count / took:,.0f} a second, {took / count * 1e6:,.1f} us each")


def main(rows: int) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "enforcement.json")
        with file.open("w") as writing:
            writing.writelines(recalls(rows))
        with Registers.open(Path(folder, "r.db"), create=True) as registers:
            begun = time.perf_counter()
            registers.add("drug-enforcement", file, DAY)
            timed(f"import of {rows:,} recalls", begun, rows)
            print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
            product = Product(name="Example Product 7", lot="A0000007", maker="Maker7 Pharma", source=SEEN)
            clinic = Clinic(id="a", products=(product,))
            begun = time.perf_counter()
            for _ in range(200):
                found = enrich(clinic, registers)
            timed(f"enrich of a product ({len(found.notices)} recalled)", begun, 200)
    text = json.dumps(bundle(RESULTS))
    begun = time.perf_counter()
    from_fhir([document.parse(text, "x.json", len(text))], Clinic(id="a"))
    timed(f"FHIR, of {RESULTS:,} verification results", begun, RESULTS)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
