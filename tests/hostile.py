"""Dossiers whose every text is hostile: what nobody may be tricked by, in any report."""

from __future__ import annotations

from typing import Any

from clinic_vetting import Clinic, clinic_from

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script><!--",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style></title></textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% for x in y %}{# #}{page}",
    "&lt;script&gt;&#60;b&#62;",
    "\u202egnorts\u202c \u2066isolated\u2069 \u200f",
    "W" * 190,
    "\U0001f489\U0001f469\u200d\u2695\ufe0f\U0001f1ec\U0001f1e7",
    "عيادة التجميل، ממליץ (100%)!",
    "]]> --> */ }</p>",
    "[click](javascript:alert(1)) ![x](https://e.example/p.png) <https://e.example> www.e.example a@e.example",
    "# heading\n\n---\n* * *\n```\n| a | b |\n1. one\n> quote",
    "=cmd|' /C calc'!A0",
    '+1;=HYPERLINK("https://e.example")',
    "@SUM(A1),-2\t=3\r=4",
    "\ufffe \U0001ffff \ue000 \u2028 \u2029 \u0085",
)


def hostile(text: str, address: str = "javascript:alert(1)") -> Clinic:
    """Make a clinic that says a text wherever a dossier may say one, and gives an address wherever it may give one."""
    short = text[:90]
    said = [
        {"answer": answer, "source": source, "note": text}
        for source in ("s", "t")
        for answer in ("no", "yes", "partly")
    ]
    tree: dict[str, Any] = {
        "dossier": 1,
        "clinic": {"id": text[:200], "name": text, "country": "GB", "region": "GB-ENG", "treatments": [short]},
        "sources": {
            "s": {"kind": "claim", "who": text, "seen": "2026-10-01", "url": address},
            "t": {"kind": "inspection", "who": text, "seen": "2026-09-01", "url": "https://e.example/?a=1&b=<\">'"},
        },
        "practitioners": [
            {
                "name": text,
                "injects": "yes",
                "source": "t",
                "licences": [{"authority": short, "number": short, "status": "active", "source": "t"}],
            }
        ],
        "notices": [
            {
                "by": text,
                "kind": "closure",
                "about": text,
                "issued": "2020-01-01",
                "lifted": "2021-01-01",
                "source": "t",
            }
        ],
        "answers": {
            "hygiene": {"single_use_sharps": said, "hand_hygiene": said[:1], "premises_clean": said[3:4]},
            "no_such": {"criterion": said[:1]},
        },
        "replies": [{"criterion": "hygiene.hand_hygiene", "by": text, "on": "2026-10-20", "text": text}],
        "waivers": [
            {"criterion": "reviews.independent_volume", "reason": text, "owner": text, "until": "2027-01-31"},
        ],
    }
    return clinic_from(tree)
