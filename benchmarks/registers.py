"""Importing a register in NPPES's official columns, and looking up in it: rates, memory, times.

The file is made up. Memory is the most that the importing process ever held (VmHWM), read from /proc; Linux only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from results import machine, section

from clinic_vetting.registers import Registers, names
from clinic_vetting.registers.kinds import nppes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic_vetting.registers.register import Register

AS_OF = dt.date(2026, 11, 1)
PEOPLE = (
    *("Last Name (Legal Name)", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text", "Credential Text"),
    *("Other Organization Name", "Other Organization Name Type Code", "Other Last Name", "Other First Name"),
    *("Other Middle Name", "Other Name Prefix Text", "Other Name Suffix Text", "Other Credential Text"),
    "Other Last Name Type Code",
)
ADDRESS = (
    *("First Line Business {} Address", "Second Line Business {} Address", "Business {} Address City Name"),
    *("Business {} Address State Name", "Business {} Address Postal Code"),
    *("Business {} Address Country Code (If outside U.S.)", "Business {} Address Telephone Number"),
    "Business {} Address Fax Number",
)
TAXONOMY = (
    *("Healthcare Provider Taxonomy Code_{}", "Provider License Number_{}", "Provider License Number State Code_{}"),
    "Healthcare Provider Primary Taxonomy Switch_{}",
)
OTHER = ("Other Provider Identifier_{}", "Other Provider Identifier Type Code_{}", "Other Provider Identifier State_{}")
OFFICIAL = (*("Last Name", "First Name", "Middle Name", "Title or Position", "Telephone Number"),)
HEADER = (
    *("NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)"),
    *("Provider Organization Name (Legal Business Name)", *(f"Provider {each}" for each in PEOPLE)),
    *(f"Provider {line.format(kind)}" for kind, line in product(("Mailing", "Practice Location"), ADDRESS)),
    *("Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code", "NPI Deactivation Date"),
    *("NPI Reactivation Date", "Provider Sex Code", *(f"Authorized Official {each}" for each in OFFICIAL)),
    *(each.format(number) for number, each in product(range(1, 16), TAXONOMY)),
    *(each.format(number) for number, each in product(range(1, 51), (*OTHER, "Other Provider Identifier Issuer_{}"))),
    *("Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN"),
    *(f"Authorized Official {each} Text" for each in ("Name Prefix", "Name Suffix", "Credential")),
    *(f"Healthcare Provider Taxonomy Group_{number}" for number in range(1, 16)),
    "Certification Date",
)
"""The columns of the monthly file, in its order."""
SYLLABLES = (
    "ba",
    "co",
    "den",
    "fi",
    "gar",
    "hol",
    "ja",
    "kel",
    "lo",
    "mar",
    "nes",
    "or",
    "pe",
    "ri",
    "son",
    "ton",
    "vi",
    "wes",
)
GIVEN = ("Anne", "Bruno", "Clara", "David", "Emil", "Fatima", "Grace", "Hugo", "Ines", "John", "Karen", "Liam", "Maria")
STATES = ("CA", "FL", "NY", "OH", "TX", "WA")


def rows(count: int, seed: int = 7) -> Iterator[str]:
    """Make up rows, every field quoted as the publisher does, in lines with their ends."""
    drawn = random.Random(seed)
    families = ["".join(drawn.choices(SYLLABLES, k=drawn.choice((2, 3, 3)))).upper() for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(families))]
    pool = drawn.choices(families, weights, k=200_000)
    place = {name: number for number, name in enumerate(HEADER)}
    empty = [""] * len(HEADER)
    for number in range(count):
        row = empty.copy()
        state = drawn.choice(STATES)
        filled = {
            "NPI": f"{1_000_000_000 + 7 * number}",
            "Entity Type Code": "1",
            "Provider Last Name (Legal Name)": drawn.choice(pool),
            "Provider First Name": drawn.choice(GIVEN).upper(),
            "Provider Middle Name": drawn.choice("ABCDEFGH"),
            "Provider Credential Text": "MD",
            "Provider First Line Business Mailing Address": f"{number} SAMPLE ST",
            "Provider Business Mailing Address City Name": "SPRINGFIELD",
            "Provider Business Practice Location Address City Name": "SPRINGFIELD",
            "Provider Business Practice Location Address State Name": state,
            "Provider Enumeration Date": "05/23/2005",
            "Last Update Date": "07/08/2020",
            "Healthcare Provider Taxonomy Code_1": "207N00000X",
            "Provider License Number_1": f"A{number:06}",
            "Provider License Number State Code_1": state,
            "Healthcare Provider Primary Taxonomy Switch_1": "Y",
            "Is Sole Proprietor": "N",
        }
        for name, value in filled.items():
            row[place[name]] = value
        yield '"' + '","'.join(row) + '"\n'


def write(path: Path, count: int) -> float:
    """Write a file; give its size in MB."""
    with path.open("w", encoding="utf-8") as file:
        file.write('"' + '","'.join(HEADER) + '"\n')
        file.writelines(rows(count))
    return path.stat().st_size / 1e6


class Import(NamedTuple):
    """One import: wall and processor seconds, and the most memory that it held, in MiB."""

    seconds: float
    processor: float
    peak: float


_CHILD = """
import datetime, resource, sys, time
from pathlib import Path
from clinic_vetting.registers import Registers
began = time.perf_counter()
with Registers.open(sys.argv[2], create=True) as registers:
    registers.add("nppes", sys.argv[1], datetime.date(2026, 11, 1))
used = resource.getrusage(resource.RUSAGE_SELF)
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, int(peak) / 1024)
"""


def run_import(source: Path, database: Path) -> Import:
    """Import in a process of its own."""
    database.unlink(missing_ok=True)
    told = subprocess.run(
        [sys.executable, "-c", _CHILD, str(source), str(database)], check=True, capture_output=True, text=True
    )
    return Import(*map(float, told.stdout.split()))


def microseconds(act: Callable[[int], object], times: int) -> tuple[float, float]:
    """Give the median and the worst in a hundred."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1e6)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def lookups(database: Path, count: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Time lookups by number, and by names that are there, misspelt or turned round."""
    drawn = random.Random(3)
    with Registers.open(database) as registers:
        (register,) = registers.newest()
        numbers = [f"{1_000_000_000 + 7 * drawn.randrange(count)}" for _ in range(5000)]
        entries = [register.by_number(each)[0] for each in numbers[:300]]
        people = [f"{each['given']} {each['middle']} {each['family']}" for each in entries]
        turned = [f"{each['family']} {each['given']}" for each in entries]
        wanted = [names.read(each.title()) for each in (*people, *turned)]
        by_number = microseconds(lambda i: register.by_number(numbers[i]), len(numbers))
        by_name = microseconds(lambda i: _candidates(register, wanted[i]), len(wanted))
    return by_number, by_name


def _candidates(register: Register, name: names.Name) -> object:

    return register.by_name(name, nppes.row_names)


def main() -> None:
    """Print the figures; with `--write` put them into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    lines = [
        "| rows | MB | rows/s | rows/s of processor time | peak MiB | database MB | by number, us: median, p99 | by name, ms: median, p99 |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for count in chosen.rows:
        with tempfile.TemporaryDirectory() as folder:
            source, database = Path(folder, "npidata.csv"), Path(folder, "registers.db")
            size = write(source, count)
            runs = [run_import(source, database) for _ in range(chosen.rounds)]
            best = min(runs, key=lambda each: each.seconds)
            number, name = lookups(database, count)
            lines.append(
                f"| {count:,} | {size:,.0f} | {count / best.seconds:,.0f} | {count / min(runs, key=lambda each: each.processor).processor:,.0f} "
                f"| {max(each.peak for each in runs):.0f} | {database.stat().st_size / 1e6:,.0f} "
                f"| {number[0]:.1f}, {number[1]:.1f} | {name[0] / 1000:.2f}, {name[1] / 1000:.2f} |"
            )
            print(lines[-1], flush=True)
    told = [
        "## Registers",
        "",
        machine(),
        "",
        (
            f"A made-up file in NPPES's {len(HEADER)} official columns, every field quoted, imported by a process of its own into a new "
            f"database: the fastest of {chosen.rounds} runs, start of Python and reading of tables included in the processor time. Lookups "
            "are warm, through the same calls that `vet --registers` makes; names are looked up as `Given M Family` and turned round."
        ),
        "",
        *lines,
    ]
    print("\n".join(told))
    if chosen.write:
        section("registers", told)


if __name__ == "__main__":
    main()
