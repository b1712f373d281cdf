"""Made-up listings of a stated size, the same on every machine."""

from __future__ import annotations

import json
import random
from typing import Any

TEXTS = (
    "Explained every step and answered my questions.",
    "Lovely staff, clean room, a little bruising for a few days.",
    "Booked quickly. Result was fine, price as agreed.",
    "Waited half an hour, otherwise good.",
)


def listing(number: int, reviews: int) -> dict[str, Any]:
    """Make one listing: about 4 KB without reviews, about 10 KB more for 100 short ones."""
    draw = random.Random(number)

    def day(month: int) -> str:
        return f"2026-{month:02}-{draw.randint(1, 28):02}"

    sources = {
        "gmc": {"kind": "register", "who": "General Medical Council", "seen": day(11)},
        "visit": {"kind": "observation", "who": "our editor", "seen": day(9)},
        "invoice": {"kind": "document", "who": "wholesaler invoice", "seen": day(9)},
        "site": {"kind": "claim", "who": "the clinic's website", "seen": day(10)},
        "mail": {"kind": "patient", "who": "a patient's letter", "seen": day(8)},
    }
    return {
        "dossier": 1,
        "clinic": {"id": f"clinic-{number}", "name": f"Example Clinic {number}", "country": "GB", "region": "GB-ENG",
                   "treatments": ["mesotherapy"]},
        "sources": sources,
        "practitioners": [_practitioner(draw, i) for i in range(2)],
        "products": [_product(draw, i) for i in range(2)],
        "registrations": [
            {"kind": "premises", "body": "CQC", "number": f"1-{draw.randint(10**8, 10**9)}", "status": "registered", "source": "gmc"},
            {"kind": "membership", "body": "Example Society", "status": "member", "source": "site"},
        ],
        "ratings": [{"platform": "Google", "mean": draw.choice([4.1, 4.6, 3.9]), "count": draw.randint(5, 300), "seen": day(10)}],
        "answers": _answers(draw),
        "replies": [{"criterion": "hygiene.hand_hygiene", "by": "clinic manager", "on": day(10), "text": "A basin was fitted."}],
        **({"reviews": [_review(draw, i) for i in range(reviews)]} if reviews else {}),
    }  # fmt: skip


def _practitioner(draw: random.Random, i: int) -> dict[str, Any]:
    expires = f"2027-0{draw.randint(1, 9)}-15"
    return {
        "name": f"A. Example {i}", "role": "physician", "injects": True,
        "licences": [{"authority": "GMC", "number": f"7{draw.randint(100000, 999999)}", "status": "active", "expires": expires, "source": "gmc"}],
        "training": [{"treatment": "mesotherapy", "provider": "Example College", "hours": 16, "completed": "2024-05-01", "source": "invoice"}],
        "insurance": {"insurer": "Example Mutual", "covers": ["mesotherapy"], "expires": expires, "source": "invoice"},
    }  # fmt: skip


def _product(draw: random.Random, i: int) -> dict[str, Any]:
    return {
        "name": f"Example Filler {i}", "maker": "Example Pharma", "treatment": "mesotherapy", "kind": "device",
        "authorisation": {"authority": "MHRA", "number": f"EX-{draw.randint(1, 99)}", "source": "invoice"},
        "supplier": {"name": "Example Wholesale", "authorised": True, "source": "invoice"},
        "lot": f"A{draw.randint(10, 99)}", "expires": "2027-06-30", "source": "visit",
    }  # fmt: skip


def _answers(draw: random.Random) -> dict[str, Any]:
    asked = {
        "hygiene": ("single_use_sharps", "sterile_devices", "vial_handling", "skin_antisepsis", "premises_clean", "sharps_waste"),
        "care": ("consultation_with_injector", "medical_history", "informed_consent", "emergency_kit", "aftercare_written",
                 "records_kept", "price_transparency", "follow_up"),
        "sourcing": ("cold_chain", "ingredients_disclosed", "price_plausible"),
    }  # fmt: skip
    answers: dict[str, Any] = {
        category: {name: {"answer": draw.choice(["yes", "yes", "yes", "partly"]), "source": draw.choice(["visit", "site", "invoice"])}
                   for name in names}
        for category, names in asked.items()
    }  # fmt: skip
    answers["hygiene"]["hand_hygiene"] = [
        {"answer": "yes", "source": "site"},
        {"answer": "no", "source": "visit", "note": "no hand wash between two patients"},
    ]
    return answers


def _review(draw: random.Random, i: int) -> dict[str, Any]:
    when = f"2026-{draw.randint(1, 10):02}-{draw.randint(1, 28):02}"
    return {"platform": "Trustpilot", "rating": draw.randint(2, 5), "date": when, "author": f"r{i}"}


def sizes() -> str:
    """Say how large the two kinds are."""
    return ", ".join(f"{n} reviews: {len(json.dumps(listing(1, n)))} bytes" for n in (0, 100))


if __name__ == "__main__":
    print(sizes())
