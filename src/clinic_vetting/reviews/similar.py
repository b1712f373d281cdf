"""Texts that nearly repeat one another: exact for few, by MinHash beyond a few hundred."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHINGLE: Final = 3
"""How many words in a row make a shingle."""
LEAST_WORDS: Final = 10
"""Shorter texts are alike by chance, and are not compared."""
ALIKE: Final = 0.5
"""From this share of common shingles (Jaccard) two texts nearly repeat one another."""
EXACT_UP_TO: Final = 300
"""Among so many texts all shingles are compared, among more the smallest hashes of each."""
_SKETCH, _SHARED = 12, 3
"""How many smallest hashes of a text are kept, and shared by alike ones: at `ALIKE` 1 pair in 50 is missed."""
_TRIED: Final = 10
"""How many earlier texts one is compared with: those that share most with it."""
_KEPT: Final = 20
"""How many texts are kept for one shingle or hash."""


def shingles(words: Sequence[str]) -> frozenset[str]:
    """Give every run of `SHINGLE` words; none for a text of fewer than `LEAST_WORDS`."""
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of shingles that two texts have in common."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def groups(texts: Sequence[frozenset[str]]) -> list[list[int]]:
    """Group texts, by place, with the first one that each nearly repeats; texts on their own are left out."""
    many = len(texts) > EXACT_UP_TO
    marks: Callable[[frozenset[str]], Iterable[object]] = sketch if many else iter
    kept, least = (_KEPT, _SHARED) if many else (EXACT_UP_TO, 1)
    found: dict[int, list[int]] = {}
    by_mark: dict[object, list[int]] = {}
    for place, text in enumerate(texts):
        marked = list(marks(text))
        shared = Counter(first for each in marked for first in by_mark.get(each, ()))
        nearest = (first for first, number in shared.most_common(_TRIED) if number >= least)
        first = next((each for each in nearest if jaccard(texts[each], text) >= ALIKE), None)
        if first is not None:
            found.setdefault(first, [first]).append(place)
        else:
            for each in marked:
                known = by_mark.setdefault(each, [])
                if len(known) < kept:
                    known.append(place)
    return list(found.values())


def sketch(text: frozenset[str]) -> list[int]:
    """Give the smallest hashes of a text: two sketches share any one as likely as the texts are alike (MinHash)."""
    return sorted([crc32(each.encode("utf-8", "surrogatepass")) for each in text])[:_SKETCH]
