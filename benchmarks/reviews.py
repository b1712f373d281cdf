"""What reading a clinic's reviews costs: harm in their texts and every signal, beside `json.loads` of them.

Run `python benchmarks/reviews.py`; `--write` replaces its section of RESULTS.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import time
from typing import Any

import results

from clinic_vetting import clinic_from
from clinic_vetting.reviews.reading import analyse

DAY = dt.date(2026, 11, 22)
GOAL = 150.0
OPENINGS = [
    "I came here for",
    "My third visit for",
    "A friend sent me for",
    "Fui a esta clínica por",
    "Second course of",
    "I booked",
]
MIDDLES = [
    "the nurse explained every step and answered my questions",
    "there was some bruising for two days and then it was gone",
    "no swelling at all, I went straight back to work",
    "they warned me about redness and gave me a leaflet",
    "la doctora fue muy amable y no tuve ningún moratón",
    "the room was clean and the needles came out of sealed packs",
    "I had a lump under my eye for a week",
    "I got an infection and needed antibiotics",
    "parking was a pain but the staff are kind",
]
ENDINGS = [
    "Would recommend to anyone.",
    "Volveré seguro.",
    "Not cheap, but worth it.",
    "I will be back in spring.",
    "Five stars.",
]


def tree(count: int, *, seed: int = 7) -> dict[str, Any]:
    """Make up a clinic with so many reviews of some fifty words, a third of which name an event or fear one."""
    chosen = random.Random(seed)
    words = [
        f"{a}{b}" for a in ("mor", "tal", "ven", "sul", "ril", "dan") for b in ("ing", "ed", "ly", "os", "ar", "et")
    ]
    reviews = [
        {
            "platform": chosen.choice(["Google", "Trustpilot", "Doctify"]),
            "rating": chosen.choices([5, 4, 3, 2, 1], [70, 15, 5, 4, 6])[0],
            "date": (DAY - dt.timedelta(chosen.randrange(1000))).isoformat(),
            "verified": chosen.choice([True, False]),
            "author": f"author {i}",
            "text": f"{chosen.choice(OPENINGS)} mesotherapy. {'. '.join(chosen.sample(MIDDLES, 2)) if i % 3 == 0 else ''}. "
            f"{' '.join(chosen.choices(words, k=15))} the nurse was kind and I liked the room. "
            f"{' '.join(chosen.choices(words, k=15))}. {chosen.choice(ENDINGS)}",
        }
        for i in range(count)
    ]
    return {"dossier": 1, "clinic": {"id": "made-up"}, "reviews": reviews}


def measured(count: int, rounds: int) -> tuple[float, float, float]:
    """Give kilobytes of text, and milliseconds for `json.loads` and for the analysis, each at its fastest."""
    text = json.dumps(tree(count))
    clinic = clinic_from(json.loads(text))
    loads, reads = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        json.loads(text)
        between = time.perf_counter()
        analyse(clinic, DAY)
        loads.append((between - start) * 1000)
        reads.append((time.perf_counter() - between) * 1000)
    return len(text) / 1000, min(loads), min(reads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    rows = [(count, *measured(count, chosen.rounds)) for count in (100, 300, 1000, 3000)]
    lines = [
        "## Reading reviews",
        "",
        results.machine(),
        "",
        f"Milliseconds for one clinic, the fastest of {chosen.rounds} rounds, of reviews of some fifty words. Wanted: 1,000 under {GOAL:.0f} ms.",
        "",
        "| reviews | KB | json.loads | analysis: harm and signals |",
        "|---:|---:|---:|---:|",
        *(f"| {count:,} | {size:.0f} | {low:.1f} | {high:.1f} |" for count, size, low, high in rows),
    ]
    print("\n".join(lines))
    if chosen.write:
        results.section("reviews", lines)


if __name__ == "__main__":
    main()
