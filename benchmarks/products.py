"""How fast recalls are imported and looked up, and FHIR bundles read: `python benchmarks/products.py [--rows N] [--write]`."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results import machine, section

from clinic_vetting import Clinic, Kind, Product, Source, document, from_fhir
from clinic_vetting.registers import Registers, enrich

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.date(2026, 11, 1)
SEEN = Source("label", Kind.DOCUMENT, "label", DAY)
RESULTS = 2_000
LOOKUPS = 200


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


def rate(what: str, count: int, begun: float) -> str:
    """Give a row of the table: how long each of so many took."""
    took = time.perf_counter() - begun
    return f"| {what} | {count / took:,.0f} | {took / count * 1e6:,.1f} |"


def imported(rows: int) -> Iterator[str]:
    """Import recalls, and look up a product in them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "enforcement.json")
        with file.open("w") as writing:
            writing.writelines(recalls(rows))
        with Registers.open(Path(folder, "r.db"), create=True) as registers:
            begun = time.perf_counter()
            registers.add("drug-enforcement", file, DAY)
            yield rate(f"recalls imported, of {rows:,}", rows, begun)
            product = Product(name="Example Product 7", lot="A0000007", maker="Maker7 Pharma", source=SEEN)
            clinic = Clinic(id="a", products=(product,))
            begun = time.perf_counter()
            for _ in range(LOOKUPS):
                found = enrich(clinic, registers)
            yield rate(f"products looked up ({len(found.notices)} recalled)", LOOKUPS, begun)


def read() -> str:
    """Read a bundle."""
    text = json.dumps(bundle(RESULTS))
    begun = time.perf_counter()
    from_fhir([document.parse(text, "x.json", len(text))], Clinic(id="a"))
    return rate("FHIR verification results read", RESULTS, begun)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="write the section `products` of RESULTS.md")
    asked = parser.parse_args()
    lines = ["## Recalls and FHIR", "", machine(), "", "| | a second | us each |", "|---|---:|---:|"]
    lines += [*imported(asked.rows), read()]
    lines += ["", f"Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB."]
    print("\n".join(lines))
    if asked.write:
        section("products", lines)


if __name__ == "__main__":
    main()
