"""What a page shows of what a command prints."""

from __future__ import annotations

import re

DOTS = re.compile(r"(?<!\.)\.{3}(?!\.)")


def shows(shown: list[str], printed: list[str]) -> bool:
    """Compare line by line; a line of three dots stands for any lines, three dots in a line for any text."""
    place, anywhere = 0, False
    for line in shown:
        if line == "...":
            anywhere = True
            continue
        pattern = re.compile(".*".join(map(re.escape, DOTS.split(line))))
        found = (at for at in range(place, len(printed)) if pattern.fullmatch(printed[at]))
        at = next(found, None)
        if at is None or (at != place and not anywhere):
            return False
        place, anywhere = at + 1, False
    return anywhere or place == len(printed)
