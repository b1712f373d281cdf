"""Texts that nearly repeat one another: exact for few, by MinHash beyond a few hundred."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
"""How many earlier texts one is compared with, beyond `EXACT_UP_TO`: those that share most with it."""
_KEPT: Final = 20
"""How many texts are kept for one hash, beyond `EXACT_UP_TO`."""


def shingles(words: Sequence[str]) -> frozenset[bytes]:
    """Give every run of `SHINGLE` words; none for a text of fewer than `LEAST_WORDS`."""
    if len(words) < LEAST_WORDS:
        return frozenset()
    coded = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    return frozenset(map(b" ".join, zip(*(coded[i:] for i in range(SHINGLE)), strict=False)))


def jaccard(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    """Give the share of shingles that two texts have in common."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def groups(texts: Sequence[frozenset[bytes]]) -> list[list[int]]:
    """Group texts, by place, with the first one that each nearly repeats; texts on their own are left out."""
    many = len(texts) > EXACT_UP_TO
    marks: Iterable[Sequence[object]] = map(sketch, texts) if many else _rarest(texts)
    tried, kept, least = (_TRIED, _KEPT, _SHARED) if many else (EXACT_UP_TO, EXACT_UP_TO, 1)
    found: dict[int, list[int]] = {}
    by_mark: dict[object, list[int]] = {}
    for place, (text, marked) in enumerate(zip(texts, marks, strict=True)):
        known = [by_mark[each] for each in marked if each in by_mark]
        shared = Counter(chain.from_iterable(known)) if len(known) >= least else {}
        near = {first: n if many else len(texts[first] & text) for first, n in sorted(shared.items()) if n >= least}
        nearest = sorted(near, key=near.__getitem__, reverse=True)[:tried]
        first = next((each for each in nearest if jaccard(texts[each], text) >= ALIKE), None)
        if first is not None:
            found.setdefault(first, [first]).append(place)
        else:
            for each in marked:
                having = by_mark.setdefault(each, [])
                if len(having) < kept:
                    having.append(place)
    return list(found.values())


def sketch(text: frozenset[bytes]) -> list[int]:
    """Give the smallest hashes of a text: two sketches share any one as likely as the texts are alike (MinHash)."""
    return sorted(map(crc32, text))[:_SKETCH]


def _rarest(texts: Sequence[frozenset[bytes]]) -> Iterator[list[bytes]]:
    """Give the rarer half of each text's shingles and one more, less those of no other text.

    Two texts that are `ALIKE` have at least half of either's shingles in common, and so one of these (Chaudhuri,
    Ganti and Kaushik, A Primitive Operator for Similarity Joins in Data Cleaning, 2006).
    """
    number = Counter(chain.from_iterable(texts))
    for text in texts:
        common = [(number[each], each) for each in text if number[each] > 1]
        alone = len(text) - len(common)
        yield [each for _, each in sorted(common)[: max(len(text) // 2 + 1 - alone, 0)]]
