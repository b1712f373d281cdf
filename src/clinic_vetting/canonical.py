"""One form for equal trees, whatever the order in which they were written."""

from __future__ import annotations

import hashlib
import json


def digest(tree: object) -> str:
    """Give a tree's SHA-256 over its canonical form: sorted keys and lists, no insignificant space."""
    return f"sha256:{hashlib.sha256(_canonical(tree).encode()).hexdigest()}"


def _canonical(tree: object) -> str:
    match tree:
        case dict():
            inner = ",".join(f"{json.dumps(key)}:{_canonical(tree[key])}" for key in sorted(tree))
            return f"{{{inner}}}"
        case list():
            return f"[{','.join(sorted(map(_canonical, tree)))}]"
        case _:
            return json.dumps(tree)
