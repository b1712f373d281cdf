"""Texts that nearly repeat one another: exact for few, by MinHash beyond a few hundred."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHINGLE: Final = 3
"""How many words in a row make a shingle."""
LEAST_WORDS: Final = 10
"""Shorter texts are alike by chance, and are not compared."""
ALIKE: Final = 0.5
"""From this share of common shingles (Jaccard) two texts nearly repeat one another."""
EXACT_UP_TO: Final = 300
"""How many texts are compared each with each."""
_SKETCH: Final = 8
"""How many smallest hashes of a text must all be missed for a likeness to be missed: at `ALIKE` 1 time in 256."""
_TRIED: Final = 50
"""How many earlier texts one is compared with at most, those that share most hashes first."""


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
    found: dict[int, list[int]] = {}
    near = _all_before(texts) if len(texts) <= EXACT_UP_TO else _sharing_hashes(texts)
    leader: dict[int, int] = {}
    for place, earlier in near:
        first = next((each for each in earlier if each not in leader and _are_alike(texts[each], texts[place])), None)
        if first is not None:
            leader[place] = first
            found.setdefault(first, [first]).append(place)
    return list(found.values())


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    few, many = sorted((len(one), len(other)))
    return few >= ALIKE * many and jaccard(one, other) >= ALIKE


def _all_before(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, list[int]]]:
    places = [place for place, text in enumerate(texts) if text]
    for i, place in enumerate(places):
        yield place, places[:i]


def _sharing_hashes(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, list[int]]]:
    """Give for each text the earlier ones with one of its smallest hashes: a bottom-k MinHash sketch."""
    by_hash: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        sketch = sorted(crc32(each.encode("utf-8", "surrogatepass")) for each in text)[:_SKETCH]
        shared = Counter(earlier for each in sketch for earlier in by_hash.get(each, ()))
        yield place, [earlier for earlier, _ in shared.most_common(_TRIED)]
        for each in sketch:
            known = by_hash.setdefault(each, [])
            if len(known) < _TRIED:
                known.append(place)
